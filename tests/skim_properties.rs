//! A list of reports that were only skimmed is, to the byte, the list of the same reports read in full.

use std::path::Path;

use crossread::annotate::Annotator;
use crossread::filter::Query;
use crossread::ingest::{self, ByteCounter, ReadLimits};
use crossread::library::LoadedReports;
use crossread::report::{self, Found, OutputFormat, PrintJob, PrintOptions};
use proptest::prelude::*;

/// What values are made of: words that the queries ask for, and what else news has.
const PLAIN: [&str; 16] = [
    "Carney",
    "steel",
    "STEEL duties",
    "Québec",
    "“white smoke”",
    "white  smoke",
    "l’État",
    "tariff",
    " ",
    ", ",
    ". ",
    "unknown",
    "2025-09-03",
    "Sept. 3, 2025",
    "CBC",
    "\u{a0}",
];
/// What is not what it seems, or has a meaning of its own.
const ODD: [&str; 16] = [
    "que\u{301}bec",
    "tar\u{200b}iff",
    "\\u0074ariff",
    "caf\\u00e9",
    "\\\"duty\\\"",
    "\\n\\n",
    "\\t",
    "\\ud83d",
    "|",
    "|||||",
    "OTTAWA (Reuters) - ",
    "a.jsonl",
    "https://www.cbc.ca/x",
    "\u{7f}",
    "\t",
    "…",
];
const KEYS: [&str; 13] = [
    "Title",
    "headline",
    "outlet",
    "date",
    "published",
    "text",
    "articleBody",
    "keywords",
    "dek",
    "id",
    "author",
    "body_html",
    "ti\\u0074le",
];
const WORDS: [&str; 24] = [
    "carney",
    "steel",
    "tariff",
    "quebec",
    "québec",
    "\"white smoke\"",
    "smoke",
    "'duties",
    "^steel",
    "duties$",
    "!steel",
    "|",
    "unknown",
    "sep",
    "2025",
    "date",
    "stl",
    "x",
    "cbc",
    "a.jsonl",
    "cn|12",
    "jsonl",
    "état",
    "…",
];

fn words() -> impl Strategy<Value = String> {
    let words = |pieces: &[&'static str]| {
        let pieces = prop::sample::select(pieces.to_vec());
        prop::collection::vec(pieces, 0..4).prop_map(|pieces| format!("\"{}\"", pieces.concat()))
    };
    prop_oneof![9 => words(&PLAIN), 1 => words(&ODD), 1 => words(&[PLAIN, ODD].concat())]
}

fn value() -> impl Strategy<Value = String> {
    let others = vec![
        "null",
        "7",
        "1756908900",
        "1e999",
        "{\"name\": \"CBC\"}",
        "[]",
    ];
    prop_oneof![
        20 => words(),
        1 => prop::sample::select(others).prop_map(str::to_owned),
        1 => (words(), words()).prop_map(|(one, other)| format!("[{one}, {other}]")),
    ]
}

/// Rows of one form, as a program writes them.
fn dump() -> impl Strategy<Value = String> {
    let common = prop::sample::subsequence(vec!["title", "source", "body"], 2..=3);
    let others = prop::sample::subsequence(KEYS.to_vec(), 0..4);
    let keys = (common, others).prop_map(|(common, others)| [common, others].concat());
    let joint = prop::sample::select(vec![": ", ":", " :\t"]);
    let end = prop::sample::select(vec!["}\n", "}\r\n", " }\n", "}\n\n"]);
    (keys.prop_shuffle(), joint, end).prop_flat_map(|(keys, joint, end)| {
        let row = prop::collection::vec(value(), keys.len());
        prop::collection::vec(row, 1..8).prop_map(move |rows| {
            let row = |values: &Vec<String>| {
                let members = keys.iter().zip(values);
                let members = members.map(|(key, value)| format!("\"{key}\"{joint}{value}"));
                format!("{{{}{end}", members.collect::<Vec<_>>().join(", "))
            };
            rows.iter().map(row).collect()
        })
    })
}

/// Rows that no reader should meet.
fn oddity() -> impl Strategy<Value = String> {
    let odd = vec![
        "\n",
        " \t\n",
        "\u{feff}\n",
        "[1]\n",
        "null\n",
        "{}\n",
        "{\"title\": \"steel\"}\n",
        "{\"text\": \"steel\n",
        "\u{feff}{\"title\": \"Steel\", \"source\": \"CBC\", \"text\": \"x\"}\n",
        "steel duties\n",
        "{\"text\": \"a\"} {\n",
    ];
    prop::sample::select(odd).prop_map(str::to_owned)
}

fn file() -> impl Strategy<Value = Vec<u8>> {
    let parts = prop::collection::vec(prop_oneof![4 => dump(), 1 => oddity()], 1..5);
    (parts, any::<bool>()).prop_map(|(parts, is_utf8)| {
        let mut bytes = parts.concat().into_bytes();
        if !is_utf8 {
            bytes.extend(
                b"{\"title\": \"Qu\xe9bec steel\", \"source\": \"CBC\", \"text\": \"x\"}\n",
            );
        }
        bytes
    })
}

fn query() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(WORDS.to_vec()), 1..4)
        .prop_map(|words| words.join(" "))
}

fn read(path: &Path) -> LoadedReports {
    let sources = ingest::sources(&[path.to_owned()]);
    let sources: Vec<_> = sources.into_iter().flatten().collect();
    let mut read = Vec::new();
    ingest::read_all(
        &sources,
        &ReadLimits::default(),
        &ByteCounter::default(),
        &mut |one| {
            read.push(one);
        },
    );
    read.into_iter().collect()
}

fn list(
    library: &LoadedReports,
    annotator: &Annotator,
    words: &str,
    format: OutputFormat,
) -> String {
    let batch = PrintJob {
        library,
        annotator,
        options: PrintOptions {
            measure: 80,
            columns: None,
            painted: false,
        },
    };
    let mut out = Vec::new();
    report::list(&batch, Some(words), format, &mut out).expect("memory takes all");
    String::from_utf8(out).expect("a list is text")
}

fn list_found(found: &Found, annotator: &Annotator, format: OutputFormat) -> String {
    let mut out = Vec::new();
    report::list_found(found, annotator, format, &mut out).expect("memory takes all");
    String::from_utf8(out).expect("a list is text")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn a_skimmed_list_is_the_list_of_reports_read_in_full(bytes in file(), queries in prop::collection::vec(query(), 6)) {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, &bytes).expect("a file");
        let (annotator, library) = (Annotator::bundled(), read(&path));
        for words in queries {
            let query = Query::parse(&words);
            if !report::is_at_a_glance(&query) {
                continue;
            }
            let sources = ingest::sources(std::slice::from_ref(&path));
            let found = Found::new(sources, &ReadLimits::default(), &query);
            prop_assert_eq!(found.failures(), &library.failures);
            for format in report::PLAIN {
                let wanted = list(&library, &annotator, &words, format);
                prop_assert_eq!(list_found(&found, &annotator, format), wanted, "{}", words);
            }
        }
    }
}
