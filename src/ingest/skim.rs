//! A first look at sources: how many reports there are and where each stands, before any is read.
//!
//! Files of rows are kept as they came. Of each row it is only asked whether it is one report; what the report is called
//! ([`Skimmed::glance`]) and the report itself ([`Skimmed::read`]) are taken from the row when somebody asks. Everything
//! else - texts, lists, rows of several reports, rows that are broken - is read at once. So numbers and failures are those
//! that reading everything gives.

use std::io::Read;
use std::path::Path;

use rayon::prelude::*;

use crate::article::Article;

use super::failure::Failure;
use super::form::Form;
use super::glance::Glance;
use super::json;
use super::read::{Batch, Batches, Limits, MARK, Rows, Start, Stretch, runs};
use super::source::Source;

/// The reports of some sources, most of them unread.
#[derive(Debug, Default)]
pub struct Skimmed {
    /// What could not be read.
    pub failures: Vec<Failure>,
    reports: Vec<Skim>,
    pages: Vec<Page>,
}

/// Rows as they came.
#[derive(Debug)]
struct Page {
    source: Source,
    bytes: Vec<u8>,
    /// The byte of the source that it begins with.
    start: u64,
}

/// A report that is there.
#[derive(Debug)]
enum Skim {
    /// The one report of a row that parses.
    Row { page: usize, row: Stretch },
    /// A report that was read.
    Read(Box<Article>),
}

/// Looks at `sources`, in order.
pub fn skim(sources: &[Source], limits: &Limits) -> Skimmed {
    let mut all = Skimmed::default();
    for together in runs(sources) {
        if let [alone] = together {
            all.add(alone, limits);
            continue;
        }
        let each = together.par_iter().map(|source| {
            let mut one = Skimmed::default();
            one.add(source, limits);
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

    /// Returns the names of the sources that have unread rows.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        let mut names: Vec<&str> = self
            .pages
            .iter()
            .map(|page| page.source.name().as_str())
            .collect();
        names.dedup();
        names.into_iter()
    }

    /// Returns the row of report `number` as it came, if the report is still to be read from it.
    pub fn row(&self, number: usize) -> Option<&[u8]> {
        match self.reports.get(number)? {
            Skim::Row { page, row } => self.pages.get(*page)?.row(*row),
            Skim::Read(_) => None,
        }
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
            Skim::Row { page, row } => self.pages.get(*page)?.read(*row),
            Skim::Read(article) => Some(Article::clone(article)),
        }
    }

    fn add(&mut self, source: &Source, limits: &Limits) {
        let looked = source
            .open()
            .and_then(|(input, path)| self.look(source, input, path, limits));
        if let Err(reason) = looked {
            self.failures.push(source.failure(None, &reason));
        }
    }

    fn look(
        &mut self,
        source: &Source,
        mut input: impl Read + Send,
        path: &Path,
        limits: &Limits,
    ) -> Result<(), String> {
        let start = Start::of(&mut input, path)?;
        if !start.is_rows() {
            let mut read = |one: Result<Article, Failure>| self.push(one.map(Skim::from));
            return source.whole(start, input, limits, &mut read);
        }
        let batches = Batches::new(start, input, limits);
        let share = |rows: &Rows<'_>| source.skim(rows);
        batches.each(source, &share, |batch, found| {
            self.page(source, batch, found);
        })
    }

    fn page(&mut self, source: &Source, batch: Batch, found: Vec<Result<Skim, Failure>>) {
        let page = self.pages.len();
        for mut one in found {
            if let Ok(Skim::Row { page: number, .. }) = &mut one {
                *number = page;
            }
            self.push(one);
        }
        self.pages.push(Page {
            source: source.clone(),
            bytes: batch.bytes,
            start: batch.start,
        });
    }

    fn push(&mut self, one: Result<Skim, Failure>) {
        match one {
            Ok(report) => self.reports.push(report),
            Err(failure) => self.failures.push(failure),
        }
    }

    fn append(&mut self, mut other: Skimmed) {
        let pages = self.pages.len();
        for report in &mut other.reports {
            if let Skim::Row { page, .. } = report {
                *page += pages;
            }
        }
        self.reports.append(&mut other.reports);
        self.failures.append(&mut other.failures);
        self.pages.append(&mut other.pages);
    }
}

impl Page {
    fn row(&self, row: Stretch) -> Option<&[u8]> {
        let start = usize::try_from(row.start.checked_sub(self.start)?).ok()?;
        let length = usize::try_from(row.length).ok()?;
        self.bytes.get(start..start.checked_add(length)?)
    }

    fn read(&self, row: Stretch) -> Option<Article> {
        let mut read = Vec::new();
        let text = std::str::from_utf8(self.row(row)?).ok()?;
        self.source.row(text, row, &mut read);
        read.pop()?.ok()
    }
}

impl From<Article> for Skim {
    fn from(article: Article) -> Self {
        Skim::Read(Box::new(article))
    }
}

impl Source {
    /// Looks at rows; those that are not UTF-8 are read.
    fn skim(&self, rows: &Rows<'_>) -> Vec<Result<Skim, Failure>> {
        let Ok(text) = std::str::from_utf8(rows.bytes) else {
            let read = self.share(rows).into_iter();
            return read.map(|one| one.map(Skim::from)).collect();
        };
        let mut found = Vec::new();
        let mut form = None;
        let mut rest = text;
        for (bytes, row) in rows.each() {
            let (line, after) = rest.split_at(bytes.len());
            rest = after.strip_prefix('\n').unwrap_or_default();
            if is_one(line, &mut form) {
                found.push(Ok(Skim::Row { page: 0, row }));
            } else if !line.trim().is_empty() {
                let mut read = Vec::new();
                self.row(line, row, &mut read);
                found.extend(read.into_iter().map(|one| one.map(Skim::from)));
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
fn glance(row: &[u8], form: &mut Option<Form>) -> Option<Glance> {
    let line = std::str::from_utf8(row).ok()?;
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
        let source = Source::file(name.into());
        let mut skimmed = Skimmed::default();
        let looked = skimmed.look(
            &source,
            text.as_bytes(),
            Path::new(name),
            &Limits::default(),
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
