//! The example of `docs/lexicons.md` is a lexicon, and finds what the page says it finds.

use crossread::annotate::term::{Lexicon, TermTier};
use crossread::config::SettingsFile;
use crossread::text::sentences::paragraphs;

const PAGE: &str = include_str!("../../docs/lexicons.md");

/// Returns the first block of `kind` on the page.
fn block(kind: &str) -> &'static str {
    let (_, rest) = PAGE
        .split_once(&format!("```{kind}\n"))
        .expect("the page has the block");
    rest.split_once("```").expect("the block ends").0
}

/// Returns the words of `key = ` or of the first column of the tables, as the page writes them.
fn is_described(key: &str) -> bool {
    PAGE.lines()
        .any(|line| line.starts_with('|') && line.contains(&format!("`{key}`")))
}

#[test]
fn the_example_finds_what_the_page_marks() {
    let lexicon = Lexicon::parse_all(&[SettingsFile::new("docs/lexicons.md", block("toml"))], &[])
        .expect("the example is a lexicon");
    let text = block("text").replace(['[', ']'], "");
    let mut marked = String::new();
    let mut at = 0;
    for hit in lexicon.find(&text, &paragraphs(&text)) {
        if hit.tier == TermTier::Strong {
            marked += &format!("{}[{}]", &text[at..hit.span.start], hit.span.of(&text));
            at = hit.span.end;
        }
    }
    assert_eq!(marked + &text[at..], block("text"));
}

#[test]
fn every_key_of_the_bundled_lexicon_is_described() {
    let table: toml::Table = Lexicon::bundled_file().text.parse().expect("it is TOML");
    let nested = ["category", "term"]
        .iter()
        .filter_map(|key| table[*key].as_array());
    let inner = nested.flatten().filter_map(toml::Value::as_table);
    for key in inner.flat_map(toml::Table::keys).chain(table.keys()) {
        assert!(
            is_described(key) || PAGE.contains(&format!("`[[{key}]]`")),
            "{key}"
        );
    }
}
