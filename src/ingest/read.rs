//! Sources are read: a file of text is one report, a file of rows streams through in batches that all cores share.
//!
//! A file is opened without waiting and only if it is a regular one, so that no pipe or device can hang the reader; what is
//! too large is refused before it is read. Reports reach the sink in the order of their files and rows, whoever read them.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use rayon::prelude::*;
use rustix::fs::{Mode, OFlags};

use crate::article::{Article, Place};
use crate::text::{Clean, sanitize};

use super::batches::{Batches, Rows, Start, Stretch, fill};
use super::compose::{self, Kind};
use super::detect::Format;
use super::facts::Facts;
use super::failure::{Failure, explained};
use super::meter::{Meter, Metered};
use super::source::{From, Source, no_file};
use super::{decode, json};

/// What is refused because of its size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that a text, a JSON file or one row may have. Files of rows may have any size.
    pub bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 64 << 20 }
    }
}

/// Where reports and failures go, in order.
pub type Sink<'a> = dyn FnMut(Result<Article, Failure>) + 'a;

/// A report, or why it could not be read.
pub(super) type One = Result<Article, Failure>;
/// What reading one file, batch or row gave.
pub(super) type Read1 = Vec<One>;

/// Says that a file is UTF-8.
pub(super) const MARK: char = '\u{feff}';
/// Files that are read at a time when there are many.
const FILES: usize = 64;
/// A file beyond this size is read by itself.
const LARGE: u64 = 4 << 20;
/// A file of several reports up to this size is read anew for one of them: every step onto one costs all of it.
const SMALL: usize = 1 << 16;

impl Source {
    /// Reads every report of this source, in order, into `sink`.
    pub fn read_each(&self, limits: &Limits, sink: &mut Sink<'_>) {
        self.read_metered(limits, &Meter::default(), sink);
    }

    /// Does the same while `meter` counts the bytes.
    pub fn read_metered(&self, limits: &Limits, meter: &Meter, sink: &mut Sink<'_>) {
        let read = self.open().and_then(|(input, path)| {
            let input = Metered { input, meter };
            self.read_from(input, path, limits, sink)
        });
        if let Err(reason) = read {
            sink(Err(self.failure(None, &reason)));
        }
    }

    /// Opens the source; the path tells what it holds.
    pub(super) fn open(&self) -> Result<(Box<dyn Read + Send>, &Path), String> {
        match &self.from {
            From::Stdin => Ok((Box::new(io::stdin()), Path::new("-"))),
            From::File(path) => Ok((Box::new(open(path)?), path)),
        }
    }

    pub(super) fn failure(&self, line: Option<usize>, reason: &str) -> Failure {
        Failure::named(self.name.clone(), line, reason)
    }

    pub(super) fn read_from(
        &self,
        mut input: impl Read + Send,
        path: &Path,
        limits: &Limits,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        let start = Start::of(&mut input, path)?;
        if start.is_rows() {
            let share = |rows: &Rows<'_>| self.share(rows);
            let batches = Batches::new(start, input, limits);
            batches.each(self, &share, |_, read| {
                read.into_iter().flatten().for_each(&mut *sink);
            })
        } else {
            self.whole(start, input, limits, sink)
        }
    }

    /// Reads an input that begins with `start` and is held in memory as a whole.
    pub(super) fn whole(
        &self,
        start: Start,
        mut input: impl Read,
        limits: &Limits,
        sink: &mut Sink<'_>,
    ) -> Result<(), String> {
        let Start {
            bytes: mut start,
            format,
        } = start;
        fill(&mut input, &mut start, limits.bytes.saturating_add(1))?;
        if start.len() > limits.bytes {
            return Err(format!(
                "larger than {}; split it, or give it as rows (.jsonl)",
                size(limits.bytes)
            ));
        }
        let text = decode::text(&start)?;
        let again = format == Format::Text || start.len() <= SMALL;
        let whole = Stretch {
            start: 0,
            length: start.len() as u64,
            line: None,
        };
        let mut part = 0;
        let mut placed = |mut read: Result<Article, Failure>| {
            if let Ok(article) = &mut read {
                // Rows that were decoded as a whole do not know their bytes.
                article.place = again.then(|| self.place(whole, part)).flatten();
                part += 1;
            }
            sink(read);
        };
        match format {
            Format::Text => placed(Ok(self.report(&text)?)),
            Format::Json => self.json(text.trim_start_matches(MARK), &mut placed)?,
            Format::Rows => {
                let rows = Rows {
                    bytes: text.as_bytes(),
                    line: 1,
                    start: 0,
                };
                self.lines(&text, &rows).into_iter().for_each(placed);
            }
        }
        Ok(())
    }

    /// Returns where a report can be read again, if it came from a file.
    fn place(&self, stretch: Stretch, part: u32) -> Option<Place> {
        match &self.from {
            From::File(file) => Some(Place {
                file: Arc::clone(file),
                start: stretch.start,
                length: stretch.length,
                line: stretch.line,
                part,
            }),
            From::Stdin => None,
        }
    }

    /// Reads a text that is one report.
    fn report(&self, text: &str) -> Result<Article, String> {
        let mut cleaned = sanitize::sanitize(text);
        // the mark says how the file is written; nobody hid it there
        cleaned.hidden -= usize::from(text.starts_with(MARK));
        if cleaned.text.trim().is_empty() {
            return Err("empty; there is nothing to read in it".to_owned());
        }
        Ok(compose::article(
            self.name.clone(),
            cleaned,
            Facts::default(),
            Kind::File,
        ))
    }

    /// Reads one JSON value: a row, a list of rows, or an object that holds a list of rows.
    fn json(&self, text: &str, sink: &mut Sink<'_>) -> Result<(), String> {
        let mended = json::whole_surrogates(text);
        let text = mended.as_deref().unwrap_or(text);
        let value = json::parse(text).map_err(|error| broken(&error))?;
        let rows = json::rows(value);
        if rows.is_empty() {
            return Err("an empty list; there are no reports in it".to_owned());
        }
        let many = rows.len() > 1;
        for (at, row) in rows.into_iter().enumerate() {
            let path = if many {
                self.row_name(at + 1)
            } else {
                self.name.clone()
            };
            match json::articles(&path, row) {
                Ok(articles) => articles.into_iter().for_each(|article| sink(Ok(article))),
                Err(reason) => sink(Err(Failure::named(path, None, reason))),
            }
        }
        Ok(())
    }

    fn row_name(&self, number: usize) -> Clean {
        Clean::line(&format!("{}#{number}", self.name))
    }

    /// Reads rows; those that are not UTF-8 are decoded one by one.
    pub(super) fn share(&self, rows: &Rows<'_>) -> Read1 {
        if let Ok(text) = std::str::from_utf8(rows.bytes) {
            return self.lines(text, rows);
        }
        let mut read = Vec::new();
        for (line, row) in rows.each() {
            match decode::text(line) {
                Ok(text) if text.trim().is_empty() => {}
                Ok(text) => read.extend(each(self.row(&text, row))),
                Err(reason) => read.push(Err(self.failure(row.line, reason))),
            }
        }
        read
    }

    /// Reads rows whose text is `text`.
    fn lines(&self, text: &str, rows: &Rows<'_>) -> Read1 {
        let mut read = Vec::new();
        for (line, (_, row)) in text.split('\n').zip(rows.each()) {
            if !line.trim().is_empty() {
                read.extend(each(self.row(line, row)));
            }
        }
        read
    }

    /// Reads one row, which is not blank.
    pub(super) fn row(&self, line: &str, row: Stretch) -> Result<Vec<Article>, Failure> {
        let failure = |reason: &str| self.failure(row.line, reason);
        let line = line.trim_start_matches(MARK);
        let has_escapes = memchr::memchr(b'\\', line.as_bytes()).is_some();
        let mended = if has_escapes && (line.contains("\\ud") || line.contains("\\uD")) {
            json::whole_surrogates(line)
        } else {
            None
        };
        let value = json::parse(mended.as_deref().unwrap_or(line));
        let value = value.map_err(|error| failure(&broken(&error)))?;
        let name = self.row_name(row.line.unwrap_or_default());
        let mut articles = json::articles(&name, value).map_err(failure)?;
        for (part, article) in (0..).zip(&mut articles) {
            article.place = self.place(row, part);
        }
        Ok(articles)
    }
}

/// Returns each report of a row, or why there is none.
pub(super) fn each(row: Result<Vec<Article>, Failure>) -> impl Iterator<Item = One> {
    let (articles, failure) = match row {
        Ok(articles) => (articles, None),
        Err(failure) => (Vec::new(), Some(Err(failure))),
    };
    articles.into_iter().map(Ok).chain(failure)
}

/// Reads every report of `sources` into `sink`, in their order, with all cores; `meter` counts the bytes.
pub fn read_all(sources: &[Source], limits: &Limits, meter: &Meter, sink: &mut Sink<'_>) {
    for together in runs(sources) {
        if let [alone] = together {
            alone.read_metered(limits, meter, sink);
            continue;
        }
        let read: Vec<Read1> = together
            .par_iter()
            .map(|source| {
                let mut read = Vec::new();
                source.read_metered(limits, meter, &mut |one| read.push(one));
                read
            })
            .collect();
        read.into_iter().flatten().for_each(&mut *sink);
    }
}

/// Cuts `sources` into runs: many small files that are read at a time, or one that is read by itself.
pub(super) fn runs(sources: &[Source]) -> impl Iterator<Item = &[Source]> {
    let small = |source: &&Source| source.size().is_some_and(|size| size <= LARGE);
    let mut rest = sources;
    std::iter::from_fn(move || {
        let many = rest.iter().take(FILES).take_while(small).count();
        let (now, later) = rest.split_at_checked(many.max(1))?;
        rest = later;
        Some(now)
    })
}

/// Opens a regular file without waiting for anybody.
pub(super) fn open(path: &Path) -> Result<File, String> {
    let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::NOCTTY | OFlags::CLOEXEC;
    let file =
        rustix::fs::open(path, flags, Mode::empty()).map_err(|error| explained(&error.into()))?;
    let file = File::from(file);
    let facts = file.metadata().map_err(|error| explained(&error))?;
    if facts.is_dir() {
        return Err("a folder now, and a file before; read it again".to_owned());
    }
    match no_file(facts.file_type()) {
        Some(reason) => Err(reason.to_owned()),
        None => Ok(file),
    }
}

fn broken(error: &serde_json::Error) -> String {
    format!("not JSON: {error}; mend it or remove it")
}

fn size(bytes: usize) -> String {
    if bytes >= 1 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{bytes} bytes")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(name: &str, bytes: &[u8], limits: &Limits) -> Read1 {
        let source = Source::file(name.into());
        let mut read = Vec::new();
        if let Err(reason) =
            source.read_from(bytes, Path::new(name), limits, &mut |one| read.push(one))
        {
            read.push(Err(source.failure(None, &reason)));
        }
        read
    }

    fn said(name: &str, text: &str) -> Vec<String> {
        let one = |one: Result<Article, Failure>| match one {
            Ok(article) => format!("{}: {}", article.path, article.label),
            Err(failure) => failure.to_string(),
        };
        read(name, text.as_bytes(), &Limits::default())
            .into_iter()
            .map(one)
            .collect()
    }

    #[test]
    fn a_row_is_a_report_and_a_bad_row_is_one_failure_with_its_line() {
        let rows = "{\"title\":\"Carney calls\",\"body\":\"He called.\"}\n\n{\"title\":\n{\"title\":\"no text\"}\n[1]\n{\"body\":\"Trump answered.\"}";
        assert_eq!(
            said("a.jsonl", rows),
            [
                "a.jsonl#1: Carney calls",
                "a.jsonl:3: not JSON: EOF while parsing a value at line 1 column 9; mend it or remove it",
                "a.jsonl:4: no text under a known key; name it body, text, content or articleBody",
                "a.jsonl:5: a row must be an object like {\"title\": ..., \"body\": ...}",
                "a.jsonl#6: Trump answered.",
            ]
        );
    }

    #[test]
    fn a_row_states_its_facts_and_nothing_else() {
        let row = "{\"id\":7,\"headline\":\"Carney calls Trump\",\"publisher\":{\"name\":\"The Gazette\"},\"authors\":[{\"name\":\"Jane Doe\"},\
                   {\"name\":\"John Roe\"}],\"published\":1756908900,\"url\":\"https://x.example/1\",\"keywords\":[\"tariffs\"],\
                   \"dek\":\"The two spoke on Monday.\",\"body\":[\"OTTAWA (Reuters) - He called.\",\"She said.\"],\"event_id\":12}";
        let article = read("a.json", row.as_bytes(), &Limits::default())
            .remove(0)
            .expect("a report");
        let words = |field: &Option<crate::article::Field<Clean>>| {
            field.as_ref().map(|field| field.value.to_string())
        };
        assert_eq!(
            words(&article.headline).as_deref(),
            Some("Carney calls Trump")
        );
        assert_eq!(words(&article.outlet).as_deref(), Some("The Gazette"));
        assert_eq!(
            words(&article.author).as_deref(),
            Some("Jane Doe, John Roe")
        );
        assert_eq!(words(&article.url).as_deref(), Some("https://x.example/1"));
        assert_eq!(
            article
                .published
                .map(|field| field.value.date.to_string())
                .as_deref(),
            Some("2025-09-03")
        );
        assert_eq!(article.event.as_deref(), Some("12"));
        assert_eq!(
            article.text.as_str(),
            "The two spoke on Monday.\n\nOTTAWA (Reuters) - He called.\n\nShe said."
        );
        assert_eq!(
            article
                .blocks
                .iter()
                .filter(|block| block.role.is_story())
                .count(),
            3
        );
    }

    #[test]
    fn lists_of_rows_are_found_in_an_object_and_documents_in_a_row() {
        let list = "{\"status\":\"ok\",\"articles\":[{\"body\":\"One.\"},{\"body_html\":\"<p>Two.</p>\"}]}";
        assert_eq!(
            said("a.json", list),
            [
                "a.json#1: One.",
                "a.json#2: its text is HTML, which is not read yet; save it as plain text under body"
            ]
        );
        let cluster = "{\"document\":\"One.|||||Two.\",\"summary\":\"Both.\"}\n";
        assert_eq!(
            said("a.jsonl", cluster),
            ["a.jsonl#1.1: One.", "a.jsonl#1.2: Two."]
        );
    }

    #[test]
    fn half_a_surrogate_pair_does_not_cost_the_row() {
        let row = "{\"title\":\"a\\ud800b \\ud83d\\ude00 \\\\ud800\",\"body\":\"x\"}";
        assert_eq!(said("a.json", row), ["a.json: a\u{fffd}b 😀 \\ud800"]);
    }

    #[test]
    fn what_is_too_large_is_refused_and_rows_after_a_long_one_are_read() {
        let limits = Limits { bytes: 600_000 };
        let large = read("a.txt", &b"x ".repeat(400_000), &limits);
        assert!(
            large[0]
                .as_ref()
                .is_err_and(|failure| failure.to_string().contains("larger than 600000 bytes"))
        );
        let rows = format!(
            "{{\"body\":\"One.\"}}\n{{\"body\":\"{}\"}}\n{{\"body\":\"Three.\"}}\n",
            "long ".repeat(500_000)
        );
        let read = read("a.jsonl", rows.as_bytes(), &limits);
        assert!(read[1].as_ref().is_err_and(
            |failure| failure.to_string() == "a.jsonl:2: this row is too long; split it"
        ));
        assert!(
            read[2]
                .as_ref()
                .is_ok_and(|article| article.path.as_str() == "a.jsonl#3")
        );
    }

    #[test]
    fn a_report_is_read_again_from_its_place() {
        let folder = tempfile::tempdir().unwrap();
        let limits = Limits { bytes: 600_000 };
        let cluster = "{\"title\":\"Both\",\"text\":\"One fish.|||||Two fish.\"}";
        let long = "long ".repeat(300_000);
        let rows = format!(
            "\u{feff}{{\"body\":\"Québec’s first.\"}}\r\n\nnone\n{{\"body\":\"{long}\"}}\n{cluster}\n"
        );
        let mut rows = rows.into_bytes();
        rows.extend(b"{\"body\":\"caf\xe9 tax\"}");
        for (name, bytes) in [
            ("a.jsonl", rows.as_slice()),
            ("b.txt", b"Outlet: The Gazette\n\nHe called."),
            (
                "c.json",
                b"[{\"body\":\"One.\"},{\"no\":1},{\"body\":\"Two.\"}]",
            ),
        ] {
            let path = folder.path().join(name);
            std::fs::write(&path, bytes).unwrap();
            let mut articles = Vec::new();
            let source = Source::file(path.clone());
            source.read_each(&limits, &mut |one| articles.extend(one));
            for article in &articles {
                let again = article.place.as_ref().unwrap().read(article.id).unwrap();
                assert_eq!(again.id, article.id, "{}", article.label);
                assert_eq!(
                    (again.path, again.label),
                    (article.path.clone(), article.label.clone())
                );
            }
            let found = articles.len();
            let expected = match name {
                "a.jsonl" => 4,
                "b.txt" => 1,
                _ => 2,
            };
            assert_eq!(found, expected, "{name}");
            std::fs::write(&path, "").unwrap();
            let gone = articles[0].place.as_ref().unwrap().read(articles[0].id);
            assert!(gone.is_err_and(|failure| failure.to_string().contains(name)));
        }
    }

    #[test]
    fn rows_that_were_decoded_as_a_whole_are_read_again_as_a_whole_or_not_at_all() {
        for (rows, again) in [(2, true), (9_000, false)] {
            let text = "{\"body\":\"One.\"}\n".repeat(rows);
            let units = std::iter::once(0xfeff).chain(text.encode_utf16());
            let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("a.jsonl");
            std::fs::write(&path, bytes).unwrap();
            let mut articles = Vec::new();
            Source::file(path).read_each(&Limits::default(), &mut |one| articles.extend(one));
            assert_eq!(articles.len(), rows);
            let last = articles.last().unwrap();
            let place = last.place.as_ref();
            assert_eq!(place.is_some(), again);
            assert!(place.is_none_or(|place| place.read(last.id).is_ok()));
        }
    }

    #[test]
    fn rows_stay_in_order_over_many_batches() {
        let rows: String = (1..=20_000)
            .map(|n| {
                format!(
                    "{{\"title\":\"Headline {n}\",\"body\":\"{}\"}}\n",
                    "Text. ".repeat(20)
                )
            })
            .collect();
        let read = read("a.jsonl", rows.as_bytes(), &Limits::default());
        for (at, article) in read.iter().enumerate() {
            let name = format!("a.jsonl#{}", at + 1);
            assert!(
                article
                    .as_ref()
                    .is_ok_and(|article| article.path.as_str() == name),
                "{name}"
            );
        }
        assert_eq!(read.len(), 20_000);
    }

    #[test]
    fn nothing_to_read_is_said() {
        for (name, text) in [
            ("a.txt", ""),
            ("a.txt", " \n\t"),
            ("a.jsonl", "\n\n"),
            ("a.json", "[]"),
        ] {
            assert!(said(name, text)[0].contains("empty"), "{name} {text:?}");
        }
    }

    /// What reports, dumps and worse are made of.
    fn pieces() -> impl Strategy<Value = Vec<u8>> {
        let pieces = prop::sample::select(vec![
            "---\n",
            "title: Carney calls\n",
            "date: 2025-09-03\n",
            " date 2025-09-03 ",
            "Photo: ",
            "The Canadian Press ",
            "(AP Photo/",
            "Jane Doe",
            ")",
            "By ",
            "OTTAWA (Reuters) — ",
            "“",
            "said.",
            "\n",
            "\n\n",
            "\r\n",
            "\t",
            "# ",
            "- ",
            "{\"body\":\"",
            "\"}",
            "\\ud800",
            "[",
            "é",
            "—",
            ". ",
            "|",
            "![",
            "](",
            "Published ",
            "Sept. 3, 2025",
            "\u{2028}",
            "\u{1b}]0;",
            "/Reuters",
            "Copyright ",
            "|||||",
            "source:\n  name: x\n",
        ]);
        prop::collection::vec(pieces, 0..30).prop_map(|pieces| pieces.concat().into_bytes())
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_much(bytes in prop_oneof![pieces(), any::<Vec<u8>>()], name in prop::sample::select(vec!["a.txt", "a.md", "a.json", "a.jsonl"])) {
            for article in read(name, &bytes, &Limits::default()).into_iter().flatten() {
                let mut before = 0;
                for block in &article.blocks {
                    prop_assert!(block.span.start >= before && !block.span.is_empty());
                    let words = article.text.get(block.span.start..block.span.end);
                    prop_assert!(words.is_some_and(|words| words.trim() == words && !words.contains('\n')));
                    before = block.span.end;
                }
            }
        }

        #[test]
        fn line_ends_of_another_kind_change_no_block(bytes in pieces()) {
            let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
            let blocks = |text: &str| {
                let article = crate::ingest::article_from_text("a.txt", text);
                let words = |block: &crate::article::Block| (block.role, block.span.of(&article.text).to_owned());
                article.blocks.iter().map(words).collect::<Vec<_>>()
            };
            prop_assert_eq!(blocks(&text), blocks(&text.replace('\n', "\r\n")));
            prop_assert_eq!(blocks(&text), blocks(&text.replace('\n', "\r")));
        }

        #[test]
        fn every_word_of_a_text_has_a_role(bytes in pieces()) {
            let article = crate::ingest::article_from_text("a.txt", &String::from_utf8_lossy(&bytes));
            let words: String = article.blocks.iter().map(|block| block.span.of(&article.text)).collect();
            let bare = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(bare(&words), bare(&article.text));
        }
    }
}
