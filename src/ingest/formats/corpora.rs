//! Texts as data sets and text programs have them: IRaMuTeQ's corpus, CNN/Daily Mail's `.story`, and Multi-News.
//!
//! IRaMuTeQ begins a text with `**** *source_The_Post *date_2025-09-03`; variables are the user's own, and blanks are `_`.

use crate::article::{Article, BlockRole, Provenance};
use crate::text::{CleanText, Span, sanitize};

use super::super::draft::ReportDraft;
use super::super::facts::ReportFacts;
use super::super::keys::{self, FactKind};
use super::super::{compose, dates};
use super::{FileStart, FormatFamily, FormatReader, PartsReader, decode_text};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "IRaMuTeQ, CNN/Daily Mail stories, Multi-News",
    endings: &["story"],
    facts: "for IRaMuTeQ, its variables (`*source_`, `*date_`, `*author_`); none for the others",
    recognize,
};

/// Marks between the documents of Multi-News.
pub(super) const SEPARATORS: [&str; 2] = ["story_separator_special_tag", "|||||"];
/// Begins a text of IRaMuTeQ.
const TEXT: &str = "****";
/// Begins a line that sums up the story.
const HIGHLIGHT: &str = "@highlight";
/// Names of variables that fields.toml does not have.
const VARIABLES: [(&str, FactKind); 5] = [
    ("journal", FactKind::Outlet),
    ("media", FactKind::Outlet),
    ("auteur", FactKind::Author),
    ("titre", FactKind::Headline),
    ("jour", FactKind::Published),
];
/// Most letters of a first line that is a headline.
const LONGEST_HEADLINE: usize = 200;

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    if start.ending.is_some() && !start.has_ending(&["txt", "text", "story"]) {
        return None;
    }
    let text = start.text();
    let first = text.trim_start();
    type Read = fn(&CleanText, &str) -> Result<Article, String>;
    let reader = |split: fn(&str) -> Vec<Span>, read: Read| PartsReader {
        decode: decode_text,
        split,
        read,
    };
    let is_corpus = || {
        let first = first.lines().next().unwrap_or_default();
        first.starts_with(TEXT) && variables(first).next().is_some()
    };
    let reader = if is_corpus() {
        reader(split_corpus, read_corpus_text)
    } else if text.lines().any(|line| line.trim() == HIGHLIGHT) {
        reader(whole, read_story)
    } else if SEPARATORS.iter().any(|mark| text.contains(mark)) {
        reader(split_cluster, read_document)
    } else {
        return None;
    };
    Some(Ok(FormatReader::Parts(reader)))
}

fn whole(text: &str) -> Vec<Span> {
    vec![Span::new(0, text.len())]
}

/// Returns the variables of a line `**** *source_The_Post *an_2025`.
fn variables(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let words = line
        .strip_prefix(TEXT)
        .unwrap_or_default()
        .split_whitespace();
    words.filter_map(|word| word.strip_prefix('*')?.split_once('_'))
}

fn split_corpus(text: &str) -> Vec<Span> {
    let (mut starts, mut at) = (Vec::new(), 0);
    for line in text.split_inclusive('\n') {
        if line.trim_start_matches('\u{feff}').starts_with(TEXT) {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([at]);
    let parts = starts.iter().zip(ends);
    parts.map(|(&start, end)| Span::new(start, end)).collect()
}

fn read_corpus_text(name: &CleanText, part: &str) -> Result<Article, String> {
    let mut draft = ReportDraft::default();
    let mut lines = part.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    for (variable, value) in variables(first.trim_start_matches('\u{feff}')) {
        state_variable(&mut draft, variable, value);
    }
    // Themes begin with `-*`; they are the user's.
    let lines: Vec<&str> = lines.filter(|line| !line.starts_with("-*")).collect();
    let has_headline = lines.len() > 1
        && draft.facts.headline.is_none()
        && lines.first().is_some_and(|line| is_headline(line));
    for (at, line) in lines.iter().enumerate() {
        if at == 0 && has_headline {
            draft.state(FactKind::Headline, line, Provenance::Layout);
        } else {
            draft.push_body(line);
        }
    }
    if draft.is_empty() {
        return Err("no text below its variables; add it there".to_owned());
    }
    Ok(draft.article(name, part.trim().as_bytes()))
}

fn is_headline(line: &str) -> bool {
    line.len() <= LONGEST_HEADLINE && !line.ends_with(['.', '”', '"', '»'])
}

fn state_variable(draft: &mut ReportDraft, variable: &str, value: &str) {
    let mut own = VARIABLES.iter().filter(|known| known.0 == variable);
    let fact = own.next().map(|known| known.1);
    let fact = fact.or_else(|| keys::plain_key(variable).map(|name| name.fact));
    let Some(fact) = fact else { return };
    let words = match fact {
        FactKind::Body | FactKind::Html | FactKind::Summary => return,
        FactKind::Published => {
            let day = value.replace('_', "-");
            if dates::parse_date(&day).is_none() {
                return;
            }
            day
        }
        _ => value.replace('_', " "),
    };
    draft.state(fact, &words, Provenance::Field(variable.to_owned().into()));
}

/// Reads a story with the highlights of its page below, which are no part of it.
fn read_story(name: &CleanText, text: &str) -> Result<Article, String> {
    let mut draft = ReportDraft::default();
    let story = text.split(HIGHLIGHT).next().unwrap_or_default();
    for paragraph in story.split('\n') {
        draft.push(Some(BlockRole::Body), paragraph);
    }
    if draft.is_empty() {
        return Err("highlights without a story".to_owned());
    }
    Ok(draft.article(name, text.trim().as_bytes()))
}

fn split_cluster(text: &str) -> Vec<Span> {
    let Some(mark) = SEPARATORS.iter().find(|mark| text.contains(**mark)) else {
        return whole(text);
    };
    let (mut parts, mut start) = (Vec::new(), 0);
    for (at, mark) in text.match_indices(mark).chain([(text.len(), "")]) {
        parts.push(Span::new(start, at).trimmed(text));
        start = at + mark.len();
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn read_document(name: &CleanText, part: &str) -> Result<Article, String> {
    // `NEWLINE_CHAR` stands where the data set had a line end.
    let text = part.replace("NEWLINE_CHAR", "\n");
    let facts = ReportFacts::default();
    Ok(compose::row_article(
        name.clone(),
        sanitize::sanitize(text),
        facts,
    ))
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};

    const CORPUS: &[u8] = include_bytes!("../../../tests/fixtures/iramuteq.txt");
    const STORY: &[u8] = include_bytes!("../../../tests/fixtures/cnn.story");
    const CLUSTER: &[u8] = include_bytes!("../../../tests/fixtures/multinews.txt");

    #[test]
    fn a_text_of_a_corpus_states_its_variables() {
        let read = read_bytes("a.txt", CORPUS);
        assert_eq!(
            facts(&read),
            [
                "Minister says ferry fares will not rise this year | The Harbour Post | ? | 2025-09-03",
                "Province freezes ferry fares as union demands guarantee | Prairie Broadcasting | ? | 2025-09-04",
            ]
        );
        assert_eq!(stories(&read)[0].split('\n').count(), 7);
    }

    #[test]
    fn highlights_are_no_part_of_a_story() {
        let read = read_bytes("a.story", STORY);
        assert_eq!(facts(&read), ["? | ? | ? | ?"]);
        let stories = stories(&read);
        assert_eq!(stories[0].split('\n').count(), 7);
        assert!(stories[0].ends_with("is expected in November."));
    }

    #[test]
    fn each_document_of_a_cluster_is_a_report() {
        let read = read_bytes("a.txt", CLUSTER);
        assert_eq!(facts(&read), ["? | ? | ? | ?", "? | ? | ? | ?"]);
        let text = "One. NEWLINE_CHAR NEWLINE_CHAR Two. ||||| Three. |||||";
        assert_eq!(
            stories(&read_bytes("a.txt", text.as_bytes())),
            ["One.\nTwo.", "Three."]
        );
    }

    #[test]
    fn a_cut_off_file_gives_what_it_has() {
        for bytes in [CORPUS, STORY, CLUSTER] {
            for end in (1..bytes.len()).step_by(37) {
                assert!(!read_bytes("a.story", &bytes[..end]).is_empty(), "{end}");
            }
        }
        assert!(read_bytes("a.txt", b"**** *source_The_Post\n")[0].is_err());
        assert!(read_bytes("a.story", b"@highlight\n\nx\n")[0].is_err());
    }
}
