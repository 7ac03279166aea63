//! A first look at sources: how many reports there are and where each stands, before any is read.
//!
//! Files of rows are kept as they came. Of each row it is only asked whether it is one report; what the report is called
//! ([`Skimmed::glances`]) and the report itself ([`Skimmed::read`]) are taken from the row when somebody asks. Everything
//! else - texts, lists, rows of several reports, rows that are broken - is read at once. So numbers and failures are those
//! that reading everything gives.

use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use crate::article::Article;

use super::batches::{Batch, Batches, Rows, Start, Stretch};
use super::failure::ReadFailure;
use super::form::Form;
use super::glance::Glance;
use super::json;
use super::read::{self, MARK, One, ReadLimits, runs};
use super::source::ReportSource;

/// The reports of some sources, most of them unread.
#[derive(Debug, Default)]
pub struct Skimmed {
    /// What could not be read.
    pub failures: Vec<ReadFailure>,
    reports: Vec<Skim>,
    pages: Vec<Page>,
}

/// Rows as they came.
#[derive(Debug)]
struct Page {
    source: ReportSource,
    bytes: Vec<u8>,
    /// The byte of the source that it begins with.
    start: u64,
}

/// What was found at a place.
#[derive(Debug)]
enum Skim {
    /// The one report of a row that parses.
    Row(Row),
    /// A report that was read.
    Read(Box<Article>),
    /// What could not be read.
    Lost(Box<ReadFailure>),
}

/// Where an unread row is; small, because there are many.
#[derive(Clone, Copy, Debug)]
struct Row {
    start: u64,
    length: u32,
    line: u32,
    page: u32,
    is_kept: bool,
}

/// Looks at `sources`, in order; `keeps` says which unread rows may be of interest.
pub fn skim(
    sources: &[ReportSource],
    limits: &ReadLimits,
    keeps: &(impl FnMut(&str) -> bool + Clone + Sync),
) -> Skimmed {
    let mut all = Skimmed::default();
    for together in runs(sources) {
        if let [alone] = together {
            all.add(alone, limits, keeps);
            continue;
        }
        let each = together.par_iter().map(|source| {
            let mut one = Skimmed::default();
            one.add(source, limits, keeps);
            one
        });
        let each: Vec<Skimmed> = each.collect();
        each.into_iter().for_each(|one| all.append(one));
    }
    all
}

impl Skimmed {
    /// Returns how many reports there are.
    pub fn len(&self) -> usize {
        self.reports.len()
    }

    /// Whether there is no report.
    pub fn is_empty(&self) -> bool {
        self.reports.is_empty()
    }

    /// Returns the numbers of the reports that may be of interest: rows that were kept, and whatever was read at once.
    pub fn kept(&self) -> Vec<usize> {
        let is_kept = |skim: &Skim| !matches!(skim, Skim::Row(row) if !row.is_kept);
        let numbered = self.reports.iter().enumerate();
        let kept = numbered.filter(|(_, skim)| is_kept(skim));
        kept.map(|(number, _)| number).collect()
    }

    /// Returns what each of the reports `numbers` is called and where it comes from.
    pub fn glances(&self, numbers: &[usize]) -> impl Iterator<Item = Glance> {
        let mut form = None;
        numbers.iter().map(move |&number| {
            let told = self.row(number).and_then(|row| glance(row, &mut form));
            told.or_else(|| self.read(number).as_ref().map(Glance::from))
                .unwrap_or_default()
        })
    }

    /// Reads report `number`.
    pub fn read(&self, number: usize) -> Option<Article> {
        match self.reports.get(number)? {
            Skim::Row(row) => self.pages.get(row.page as usize)?.read(row),
            Skim::Read(article) => Some(Article::clone(article)),
            Skim::Lost(_) => None,
        }
    }

    /// Returns the row that report `number` is still to be read from.
    pub fn row(&self, number: usize) -> Option<&str> {
        match self.reports.get(number)? {
            Skim::Row(row) => self.pages.get(row.page as usize)?.row(row),
            _ => None,
        }
    }

    fn add(
        &mut self,
        source: &ReportSource,
        limits: &ReadLimits,
        keeps: &(impl FnMut(&str) -> bool + Clone + Sync),
    ) {
        let looked = source
            .open()
            .and_then(|(input, path)| self.look(source, (input, path), limits, keeps));
        if let Err(reason) = looked {
            self.failures.push(source.failure(None, &reason));
        }
    }

    fn look(
        &mut self,
        source: &ReportSource,
        (mut input, path): (impl Read + Send, &Path),
        limits: &ReadLimits,
        keeps: &(impl FnMut(&str) -> bool + Clone + Sync),
    ) -> Result<(), String> {
        let start = Start::of(&mut input, path)?;
        if !start.is_rows() {
            let mut read = |one: One| self.push(Skim::from(one));
            return source.whole(start, input, limits, &mut read);
        }
        let share = |rows: &Rows<'_>| source.skim(rows, keeps.clone());
        let batches = Batches::new(start, input, limits);
        batches.each(source, &share, |batch, found| {
            self.page(source, batch, found);
        })
    }

    fn page(&mut self, source: &ReportSource, batch: Batch, found: Vec<Vec<Skim>>) {
        let page = self.pages.len() as u32;
        for mut skim in found.into_iter().flatten() {
            if let Skim::Row(row) = &mut skim {
                row.page = page;
            }
            self.push(skim);
        }
        self.pages.push(Page {
            source: source.clone(),
            bytes: batch.bytes,
            start: batch.start,
        });
    }

    fn push(&mut self, skim: Skim) {
        match skim {
            Skim::Lost(failure) => self.failures.push(*failure),
            report => self.reports.push(report),
        }
    }

    fn append(&mut self, mut other: Skimmed) {
        let pages = self.pages.len() as u32;
        for report in &mut other.reports {
            if let Skim::Row(row) = report {
                row.page += pages;
            }
        }
        self.reports.append(&mut other.reports);
        self.failures.append(&mut other.failures);
        self.pages.append(&mut other.pages);
    }
}

impl Page {
    fn row(&self, row: &Row) -> Option<&str> {
        let start = usize::try_from(row.start.checked_sub(self.start)?).ok()?;
        let bytes = self
            .bytes
            .get(start..start.checked_add(row.length as usize)?)?;
        std::str::from_utf8(bytes).ok()
    }

    fn read(&self, row: &Row) -> Option<Article> {
        let stretch = Stretch {
            start: row.start,
            length: row.length.into(),
            line: Some(row.line as usize),
        };
        self.source.row(self.row(row)?, stretch).ok()?.pop()
    }
}

impl Row {
    /// Returns the place of `row`, but for its page; none where it is farther off than can be noted.
    fn at(row: Stretch, is_kept: bool) -> Option<Self> {
        Some(Self {
            start: row.start,
            length: row.length.try_into().ok()?,
            line: row.line?.try_into().ok()?,
            page: 0,
            is_kept,
        })
    }
}

impl From<One> for Skim {
    fn from(one: One) -> Self {
        match one {
            Ok(article) => Skim::Read(Box::new(article)),
            Err(failure) => Skim::Lost(Box::new(failure)),
        }
    }
}

impl ReportSource {
    /// Looks at rows; those that are not UTF-8 are read.
    fn skim(&self, rows: &Rows<'_>, mut keeps: impl FnMut(&str) -> bool) -> Vec<Skim> {
        let Ok(mut rest) = std::str::from_utf8(rows.bytes) else {
            return self.share(rows).into_iter().map(Skim::from).collect();
        };
        let mut found = Vec::new();
        let mut form = None;
        for (bytes, row) in rows.each() {
            let (line, after) = rest.split_at(bytes.len());
            rest = after.strip_prefix('\n').unwrap_or_default();
            let unread = is_one(line, &mut form).then(|| Row::at(row, keeps(line)));
            if let Some(row) = unread.flatten() {
                found.push(Skim::Row(row));
            } else if !line.trim().is_empty() {
                found.extend(read::each(self.row(line, row)).map(Skim::from));
            }
        }
        found
    }
}

/// Whether `line` is a row that parses and is one report. Rows are held against the `form` of those before, and the form of
/// one that is written in another way is kept for the next.
fn is_one(line: &str, form: &mut Option<Form>) -> bool {
    if form.as_ref().is_some_and(|form| form.fits(line)) {
        return true;
    }
    let Ok(row) = json::parse(line.trim_start_matches(MARK)) else {
        return false;
    };
    *form = Form::of(line, &row).or(form.take());
    json::is_one(&row)
}

/// Returns what a row that is one report says of itself, as far as it settles that; `form` as in [`is_one`].
fn glance(line: &str, form: &mut Option<Form>) -> Option<Glance> {
    if let Some(told) = form.as_ref().and_then(|form| form.glance(line)) {
        return told;
    }
    let row = json::parse(line.trim_start_matches(MARK)).ok()?;
    *form = Form::of(line, &row).or(form.take());
    json::glance(row)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn skimmed(name: &str, text: &str) -> Skimmed {
        let source = ReportSource::file(name.into());
        let mut skimmed = Skimmed::default();
        let looked = skimmed.look(
            &source,
            (text.as_bytes(), Path::new(name)),
            &ReadLimits::default(),
            &|row: &str| row.contains("calls"),
        );
        if let Err(reason) = looked {
            skimmed.failures.push(source.failure(None, &reason));
        }
        skimmed
    }

    fn labels(skimmed: &Skimmed) -> Vec<String> {
        let numbers: Vec<usize> = (0..skimmed.len()).collect();
        let glances = skimmed.glances(&numbers);
        glances.map(|glance| glance.label.to_string()).collect()
    }

    #[test]
    fn rows_wait_unread_and_what_is_no_plain_row_is_read_at_once() {
        let rows = "{\"title\":\"Carney calls\",\"text\":\"He called.\"}\n\n{\"title\":\n\
                    {\"title\":\"Trump answers\",\"text\":\"He did.\"}\n{\"text\":\"One.|||||Two.\"}\n{\"text\":\"Three.\"}";
        let skimmed = skimmed("a.jsonl", rows);
        let unread: Vec<bool> = (0..5).map(|number| skimmed.row(number).is_some()).collect();
        assert_eq!(unread, [true, true, false, false, true]);
        assert_eq!(skimmed.kept(), [0, 2, 3]);
        assert_eq!(
            labels(&skimmed),
            ["Carney calls", "Trump answers", "One.", "Two.", "Three."]
        );
        let paths = [0, 1, 3, 4].map(|number| skimmed.read(number).map(|article| article.path));
        assert_eq!(
            paths.map(|path| path.unwrap_or_default().to_string()),
            ["a.jsonl#1", "a.jsonl#4", "a.jsonl#5.2", "a.jsonl#6"]
        );
        let [failure] = skimmed.failures.as_slice() else {
            panic!("one row is broken")
        };
        assert_eq!(failure.line, Some(3));
    }

    #[test]
    fn a_glance_tells_what_the_report_tells() {
        let row = "{\"title\":\"Carney calls\",\"source\":\"CBC\",\"text\":\"OTTAWA, Sept. 3, 2025 (Reuters) - He called.\"}\n";
        let dated = row.replace(
            "\"CBC\"",
            "\"CBC\",\"date\":\"2025-09-04\",\"tags\":\"trade; Québec\"",
        );
        let skimmed = skimmed("a.jsonl", &format!("{row}{dated}"));
        let glances: Vec<Glance> = skimmed.glances(&[0, 1]).collect();
        let articles = [0, 1].map(|number| skimmed.read(number).expect("it is there"));
        assert_eq!(glances, articles.each_ref().map(Glance::from));
        let days = glances.iter().filter_map(|glance| glance.published);
        let days: Vec<String> = days.map(|published| published.date.to_string()).collect();
        assert_eq!(days, ["2025-09-03", "2025-09-04"]);
    }

    #[test]
    fn a_text_and_a_list_are_read_at_once_and_nothing_is_a_failure() {
        let list = skimmed("a.json", "[{\"text\":\"One.\"},{\"text\":\"Two.\"}]");
        assert_eq!((list.len(), list.row(0)), (2, None));
        assert_eq!(
            labels(&skimmed("a.txt", "Carney called.")),
            ["Carney called."]
        );
        let nothing = skimmed("a.jsonl", "\n\n");
        assert!(nothing.is_empty() && nothing.failures.len() == 1);
    }
}
