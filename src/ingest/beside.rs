//! Takes facts from a list beside the files: `metadata.csv`, whose rows name each file and state what is known of its report.
//!
//! The list is read once for the files of its folder that follow each other, and again when it has changed.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use crate::article::{Article, Provenance, StatedFact};

use super::facts::{FactWords, ReportFacts};
use super::keys::{self, FactKind};
use super::{compose, decode};

/// The name of the list.
pub(super) const LIST: &str = "metadata.csv";
/// Bytes of a list that is read; a longer one is a table of its own.
const MOST_BYTES: u64 = 16 << 20;
/// Headings of the column with the names of files, in their bare form.
const FILE_COLUMNS: [&str; 9] = [
    "filename", "file", "path", "filepath", "docid", "document", "fichier", "datei", "textfile",
];

/// The facts that a row states: the fact, its words, and the heading above them.
type RowFacts = Vec<(FactKind, String, String)>;

/// A list that was read: its rows under the names of their files, with and without ending.
struct ReadList {
    path: PathBuf,
    changed: Option<SystemTime>,
    rows: Arc<HashMap<String, RowFacts>>,
}

/// The list that was read last. Every file of a folder asks for the same one, and reading it for each would take the square of
/// their number.
static LAST: Mutex<Option<ReadList>> = Mutex::new(None);

/// Returns `article`, read from `file`, with what the list in its folder states of it. What the article states itself counts
/// first, but not what was only guessed from its first lines.
pub(super) fn with_list_facts(article: Article, file: &Path) -> Article {
    let Some(rows) = list_beside(file) else {
        return article;
    };
    let name =
        |part: Option<&std::ffi::OsStr>| part.map(|name| name.to_string_lossy().into_owned());
    let names = [name(file.file_name()), name(file.file_stem())];
    let Some(row) = names.into_iter().flatten().find_map(|name| rows.get(&name)) else {
        return article;
    };
    let mut facts = ReportFacts::default();
    for (fact, words, heading) in row {
        let said = FactWords {
            words,
            provenance: Provenance::Beside(heading.clone().into()),
            span: None,
        };
        facts.add_fact(*fact, said);
    }
    joined(article, facts)
}

fn joined(article: Article, facts: ReportFacts) -> Article {
    let article = Article {
        outlet: better(article.outlet, facts.outlet),
        author: better(article.author, facts.author),
        published: better(article.published, facts.published),
        url: better(article.url, facts.url),
        event: article.event.or(facts.event),
        ..article
    };
    let is_guessed = article.headline.as_ref().is_none_or(is_guess);
    match facts.headline.filter(|_| is_guessed) {
        Some(headline) => compose::with_headline(article, headline),
        None => article,
    }
}

fn better<T>(own: Option<StatedFact<T>>, listed: Option<StatedFact<T>>) -> Option<StatedFact<T>> {
    match own {
        Some(own) if is_guess(&own) => listed.or(Some(own)),
        own => own.or(listed),
    }
}

fn is_guess<T>(fact: &StatedFact<T>) -> bool {
    matches!(fact.provenance, Provenance::Layout | Provenance::FileName)
}

/// Returns whether `file` is a list of the files beside it, and no table of reports.
pub(super) fn is_list(file: &Path) -> bool {
    file.file_name().is_some_and(|name| name == LIST)
        && rows(file).is_some_and(|rows| !rows.is_empty())
}

/// Returns the rows of the list in the folder of `file`.
fn list_beside(file: &Path) -> Option<Arc<HashMap<String, RowFacts>>> {
    let path = file.with_file_name(LIST);
    if path == file {
        return None;
    }
    let changed = fs::metadata(&path).ok()?.modified().ok();
    let mut last = LAST.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(list) = &*last
        && list.path == path
        && list.changed == changed
    {
        return Some(Arc::clone(&list.rows));
    }
    let rows = Arc::new(rows(&path)?);
    *last = Some(ReadList {
        path,
        changed,
        rows: Arc::clone(&rows),
    });
    Some(rows)
}

/// Reads a list; nothing if it has no column with the names of files, or one with texts.
fn rows(path: &Path) -> Option<HashMap<String, RowFacts>> {
    let is_small = |list: &fs::Metadata| list.is_file() && list.len() <= MOST_BYTES;
    fs::metadata(path).ok().filter(is_small)?;
    let bytes = fs::read(path).ok()?;
    let text = decode::text(&bytes).ok()?;
    let text = text.trim_start_matches('\u{feff}');
    let head = text.lines().next()?;
    let delimiter = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|mark| head.bytes().filter(|byte| byte == mark).count())?;
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(text.as_bytes());
    let headings = reader.headers().ok()?.clone();
    let is_file_column = |heading: &str| {
        let heading = keys::fold_key(heading.trim());
        FILE_COLUMNS.iter().any(|known| *known == heading)
    };
    let at = headings.iter().position(is_file_column)?;
    let facts: Vec<Option<FactKind>> = headings
        .iter()
        .map(|heading| keys::column(heading).map(|name| name.fact))
        .collect();
    if facts.contains(&Some(FactKind::Body)) {
        return None;
    }
    let mut rows = HashMap::new();
    for record in reader.records().flatten() {
        let file = record.get(at).unwrap_or_default().trim();
        let name = file.rsplit(['/', '\\']).next().unwrap_or_default();
        let stated = facts.iter().zip(headings.iter()).zip(record.iter());
        let stated = stated.filter_map(|((fact, heading), words)| {
            Some(((*fact)?, words.to_owned(), heading.to_owned()))
        });
        if !name.is_empty() {
            rows.insert(name.to_owned(), stated.collect());
        }
    }
    Some(rows)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{ByteCounter, ReadLimits, read_all, sources};

    #[test]
    fn a_list_states_facts_of_the_files_beside_it_and_is_no_report() {
        let home = tempfile::tempdir().expect("a folder");
        let write = |name: &str, text: &str| {
            fs::write(home.path().join(name), text).expect("a file");
        };
        write("1.txt", "The fares stay, she said on Wednesday.");
        write("2.txt", "The fares rise, he said on Thursday.");
        write(
            LIST,
            "filename;titre;journal;date\n1.txt;Ferries stay;The Post;2025-09-03\n2;Fares rise;;\n",
        );
        let (found, failures) = sources(&[home.path().to_owned()]);
        assert!(failures.is_empty(), "{failures:?}");
        let mut read = Vec::new();
        let limits = ReadLimits::default();
        read_all(&found, &limits, &ByteCounter::default(), &mut |one| {
            read.push(one);
        });
        let said = read.iter().map(|one| {
            let one = one.as_ref().expect("a report");
            let outlet = one.outlet.as_ref().map(|outlet| outlet.value.as_str());
            (one.label.as_str(), outlet, one.published.is_some())
        });
        let said: Vec<_> = said.collect();
        assert_eq!(
            said,
            [
                ("Ferries stay", Some("The Post"), true),
                ("Fares rise", None, false)
            ]
        );
        let from = read[0]
            .as_ref()
            .ok()
            .and_then(|one| one.outlet.as_ref())
            .map(|fact| &fact.provenance);
        assert_eq!(from, Some(&Provenance::Beside("journal".into())));
    }

    #[test]
    fn a_table_of_reports_and_an_empty_one_are_no_list() {
        let home = tempfile::tempdir().expect("a folder");
        let list = home.path().join(LIST);
        for text in [
            "",
            "filename\n",
            "file,text\n1.txt,The fares stay.\n",
            "title,date\nA,B\n",
        ] {
            fs::write(&list, text).expect("a file");
            assert!(!is_list(&list), "{text}");
        }
    }
}
