//! Reads the facts before the story: front matter between `---` lines, `Key: value` lines, and words glued to the front of the
//! text, as in ` date 2025-09-03 Prime Minister ...`.
//!
//! A `Key: value` line counts as a fact only when its key is known, since prose has colons too.

use crate::article::{BlockRole, Provenance, TextBlock};
use crate::text::Span;

use super::dates;
use super::facts::{FactWords, ReportFacts};
use super::keys::{self, FactKind, KeyName, KeyStep};
use super::yaml::{self, FrontValue};

/// Lines that front matter may have; a `---` further down is a rule between paragraphs.
const MOST_LINES: usize = 200;

/// The part of a text before its story.
#[derive(Debug, Default)]
pub(super) struct FrontMatter {
    pub(super) blocks: Vec<TextBlock>,
    /// First byte of the story's text.
    pub(super) end: usize,
    /// Whether facts are glued to the first words of the text.
    pub(super) glued: bool,
}

impl FrontMatter {
    /// Reads the facts before the story of `text` into `facts`.
    pub(super) fn find(text: &str, facts: &mut ReportFacts) -> Self {
        fenced_block(text, facts)
            .or_else(|| header_lines(text, facts))
            .or_else(|| inline_prefix(text, facts))
            .unwrap_or_default()
    }
}

/// A known key and its value.
struct KeyedValue {
    name: &'static KeyName,
    words: String,
    place: Option<Span>,
}

impl KeyedValue {
    /// Returns the entry of the value at `place`, without the quotation marks around it.
    fn new(text: &str, name: &'static KeyName, place: Span) -> Self {
        let words = place.of(text);
        let mut marks = ['"', '\''].into_iter();
        let place = match marks.find_map(|mark| words.strip_prefix(mark)?.strip_suffix(mark)) {
            Some(_) => Span::new(place.start + 1, place.end - 1),
            None => place,
        };
        Self {
            name,
            words: place.of(text).to_owned(),
            place: Some(place),
        }
    }

    /// Returns the entry of a value of front matter, if its keys are known.
    fn of_front(value: FrontValue) -> Option<Self> {
        let (first, rest) = value.keys.split_first()?;
        let way: Vec<KeyStep> = rest
            .iter()
            .map(|key| KeyStep::Key(keys::fold_key(key).into_owned()))
            .collect();
        let names = keys::names_for_key(first);
        let is_name = |step: &KeyStep| matches!(step, KeyStep::Key(key) if key == "name");
        let name = names.iter().find(|name| name.way == way).or_else(|| {
            // `- name: Jane Doe` is an entry of a list of objects.
            let plain = way.len() == 1 && way.iter().all(is_name);
            names.iter().find(|name| plain && name.way.is_empty())
        })?;
        Some(Self {
            name,
            words: unlinked(&value.words).to_owned(),
            place: value.place,
        })
    }
}

/// Returns the words of a link between notes: `[[People/Jane Doe|Jane Doe]]`.
fn unlinked(words: &str) -> &str {
    let inner = words.strip_prefix("[[");
    match inner.and_then(|words| words.strip_suffix("]]")) {
        Some(link) => link.rsplit(['|', '/']).next().unwrap_or(link),
        None => words,
    }
}

/// States `entries`, the best name of each fact first; a list of authors is one fact.
fn add_facts(
    mut entries: Vec<KeyedValue>,
    facts: &mut ReportFacts,
    from: fn(&'static str) -> Provenance,
) {
    entries.sort_by_key(|entry| entry.name.rank);
    let are_authors = |one: &KeyedValue, next: &KeyedValue| {
        std::ptr::eq(one.name, next.name) && one.name.fact == FactKind::Author
    };
    for listed in entries.chunk_by(are_authors) {
        let [KeyedValue { name, place, .. }, ..] = listed else {
            continue;
        };
        let words = listed.iter().map(|entry| entry.words.as_str());
        let said = FactWords {
            words: &words.collect::<Vec<_>>().join(", "),
            provenance: from(&name.written),
            span: place.filter(|_| listed.len() == 1),
        };
        facts.add_fact(name.fact, said);
    }
}

/// Returns the lines that front matter may have, from the first that is not blank on, without their line ends.
fn first_lines(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut start = 0;
    let lines = text.split('\n').map(move |line| {
        let span = Span::new(start, start + line.len());
        start = span.end + 1;
        span
    });
    let is_blank = |line: &Span| line.of(text).trim().is_empty();
    lines.take(MOST_LINES).skip_while(is_blank)
}

/// Reads a block between two `---` or `+++` lines.
fn fenced_block(text: &str, facts: &mut ReportFacts) -> Option<FrontMatter> {
    let mut lines = first_lines(text);
    let opening = lines.next()?;
    let fence = opening.of(text).trim_end();
    if !matches!(fence, "---" | "+++") {
        return None;
    }
    let lines: Vec<Span> = [opening].into_iter().chain(lines).collect();
    let closing = 1 + lines[1..].iter().position(|line| {
        let words = line.of(text).trim_end();
        words == fence || (fence == "---" && words == "...")
    })?;
    let inner = Span::new(opening.end + 1, lines[closing].start.max(opening.end + 1));
    let values = match fence {
        "+++" => yaml::toml_values(inner.of(text)),
        _ => yaml::yaml_values(inner.of(text)),
    };
    let placed = values.into_iter().map(|value| FrontValue {
        place: value.place.map(|place| place.shifted(inner.start)),
        ..value
    });
    let entries = placed.filter_map(KeyedValue::of_front).collect();
    add_facts(entries, facts, |key| Provenance::FrontMatter(key.into()));
    Some(FrontMatter {
        blocks: matter_blocks(text, &lines[..=closing]),
        end: (lines[closing].end + 1).min(text.len()),
        glued: false,
    })
}

fn matter_blocks(text: &str, lines: &[Span]) -> Vec<TextBlock> {
    let spans = lines.iter().map(|line| line.trimmed(text));
    let spans = spans.filter(|span| !span.is_empty());
    let role = BlockRole::Matter;
    spans.map(|span| TextBlock { span, role }).collect()
}

/// Splits `Key: value` at the first colon, if a blank or the end follows it.
fn split_at_colon(text: &str, line: Span) -> Option<(Span, Span)> {
    let words = line.of(text);
    let at = words.find(':')?;
    let rest = words.get(at + 1..)?;
    // `https://` and `10:15` have a colon too; behind that of a key stands a blank.
    if !rest.is_empty() && !rest.starts_with(' ') {
        return None;
    }
    let key = Span::new(line.start, line.start + at).trimmed(text);
    let value = Span::new(line.start + at + 1, line.end).trimmed(text);
    (!key.is_empty()).then_some((key, value))
}

/// Reads `Key: value` lines, where there are enough of them to be no prose.
fn header_lines(text: &str, facts: &mut ReportFacts) -> Option<FrontMatter> {
    let mut header = HeaderLines::default();
    for line in first_lines(text) {
        if !header.add_line(text, line) {
            break;
        }
    }
    let first = header.entries.first().filter(|_| header.apart);
    let is_sure = header.entries.len() + usize::from(header.names_body) >= 2
        || first.is_some_and(stands_alone);
    if !is_sure {
        return None;
    }
    add_facts(header.entries, facts, |key| {
        Provenance::HeaderLine(key.into())
    });
    Some(FrontMatter {
        blocks: matter_blocks(text, &header.lines),
        end: header.end,
        glued: false,
    })
}

/// `Key: value` lines that stand together.
#[derive(Default)]
struct HeaderLines {
    entries: Vec<KeyedValue>,
    /// The lines up to the last known key.
    lines: Vec<Span>,
    /// Lines with unknown keys, which count only when a known one follows or the block ends.
    unsure: Vec<Span>,
    /// First byte after the lines.
    end: usize,
    /// Whether a blank line ended it.
    apart: bool,
    /// Whether a key that the text stands behind ended it.
    names_body: bool,
}

impl HeaderLines {
    /// Adds a line; returns false when the block has ended.
    fn add_line(&mut self, text: &str, line: Span) -> bool {
        let words = line.of(text).trim();
        if words.is_empty() {
            self.apart = true;
            if self.entries.len() >= 2 {
                self.lines.append(&mut self.unsure);
                self.end = self.lines.last().map_or(self.end, |last| last.end);
            }
            return false;
        }
        let Some((key, value)) = key_and_value(text, line) else {
            return false;
        };
        let Some(name) = keys::plain_key(key.of(text)) else {
            self.unsure.push(line);
            return !self.entries.is_empty();
        };
        self.lines.append(&mut self.unsure);
        if name.fact == FactKind::Body {
            // The text itself begins behind this key.
            self.lines.push(Span::new(line.start, value.start));
            self.end = value.start;
            self.names_body = true;
            return false;
        }
        self.lines.push(line);
        self.end = line.end;
        self.entries.push(KeyedValue::new(text, name, value));
        true
    }
}

/// Returns key and value of a `Key: value` line: a few plain words before the colon.
fn key_and_value(text: &str, line: Span) -> Option<(Span, Span)> {
    let (key, value) = split_at_colon(text, line)?;
    let words = key.of(text);
    let mut letters = words.chars();
    let plain = letters.all(|c| c.is_alphanumeric() || " -_:".contains(c));
    (plain && words.len() <= 30 && words.split(' ').count() <= 3).then_some((key, value))
}

/// Returns whether a single header line is enough to be taken for one: prose may begin with `Analysis:` or `Text:`.
fn stands_alone(entry: &KeyedValue) -> bool {
    let value = entry.words.as_str();
    match entry.name.fact {
        FactKind::Published | FactKind::OtherDay => dates::parse_date(value).is_some(),
        FactKind::Url => value.starts_with("http"),
        FactKind::Headline | FactKind::Outlet | FactKind::Author => {
            !value.is_empty() && !value.ends_with('.') && value.len() <= 200
        }
        _ => false,
    }
}

/// Reads keys whose values show where they end: ` date 2025-09-03 url https://... Prime Minister Mark Carney says`.
fn inline_prefix(text: &str, facts: &mut ReportFacts) -> Option<FrontMatter> {
    let mut found = FrontMatter::default();
    loop {
        let rest = text.get(found.end..)?;
        let start = found.end + (rest.len() - rest.trim_start_matches([' ', '\n']).len());
        let Some((name, value)) = glued_fact(text, start) else {
            break;
        };
        let span = Span::new(start, value.end);
        let said = FactWords {
            words: value.of(text),
            provenance: Provenance::InlinePrefix,
            span: Some(span),
        };
        facts.add_fact(name.fact, said);
        found.blocks.push(TextBlock {
            span,
            role: BlockRole::Matter,
        });
        found.end = span.end;
        found.glued = true;
    }
    found.glued.then_some(found)
}

/// Returns the fact at `start`, a key and its value in one line, and where the value stands.
fn glued_fact(text: &str, start: usize) -> Option<(&'static KeyName, Span)> {
    let line = text.get(start..)?.split('\n').next()?;
    let (key, value) = line.split_once([' ', ':'])?;
    let name = keys::plain_key(key)?;
    let value = value.trim_start_matches([' ', ':']);
    let at = start + line.len() - value.len();
    let len = match name.fact {
        FactKind::Published | FactKind::OtherDay => dates::date_prefix(value)?.1,
        FactKind::Url if value.starts_with("http") => value.find(' ').unwrap_or(value.len()),
        _ => return None,
    };
    Some((name, Span::new(at, at + len)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_all(text: &str) -> (ReportFacts, FrontMatter) {
        let mut facts = ReportFacts::default();
        let matter = FrontMatter::find(text, &mut facts);
        (facts, matter)
    }

    fn words<T: ToString>(field: &Option<crate::article::StatedFact<T>>) -> String {
        field
            .as_ref()
            .map_or("unknown".to_owned(), |field| field.value.to_string())
    }

    #[test]
    fn front_matter_states_its_facts() {
        let text = "---\ntitle: \"Carney: \\\"yes\\\"\"\ndate: 2025-09-03\nsource:\n  name: The Gazette\nauthor:\n  - Jane Doe\n\
                    tags: [tariffs, 'steel']\nx: &a [*a]\n---\n\nOttawa said no.\n";
        let (facts, matter) = read_all(text);
        assert_eq!(words(&facts.headline), "Carney: \"yes\"");
        assert_eq!(words(&facts.outlet), "The Gazette");
        assert_eq!(words(&facts.author), "Jane Doe");
        assert_eq!(facts.tags.len(), 2);
        assert!(facts.published.is_some());
        assert_eq!(text[matter.end..].trim(), "Ottawa said no.");
    }

    #[test]
    fn a_rule_without_a_second_one_is_no_front_matter() {
        assert_eq!(read_all("---\nCarney said no.\n").1.end, 0);
    }

    #[test]
    fn header_lines_state_their_facts_with_their_places() {
        let text = "Title: Carney calls Trump\nDate: Sept. 3, 2025\nSource: Reuters\n\nOTTAWA — He called.";
        let (facts, matter) = read_all(text);
        assert_eq!(words(&facts.headline), "Carney calls Trump");
        assert_eq!(
            facts
                .headline
                .and_then(|field| field.span)
                .map(|span| span.of(text)),
            Some("Carney calls Trump")
        );
        assert_eq!(words(&facts.outlet), "Reuters");
        assert!(text[matter.end..].trim().starts_with("OTTAWA"));
    }

    #[test]
    fn unknown_keys_between_known_ones_are_no_prose() {
        let text = "HEADLINE: Carney calls Trump\nLENGTH: 400 words\nBYLINE: By Jane Doe\nLOAD-DATE: x\n\nHe called.";
        let (facts, matter) = read_all(text);
        assert_eq!(words(&facts.author), "Jane Doe");
        assert_eq!(text[matter.end..].trim(), "He called.");
        let (facts, matter) = read_all("Date: 2025-09-03\nBody: He called.");
        assert!(facts.published.is_some() && matter.end == 23);
    }

    #[test]
    fn a_list_of_authors_is_one_fact() {
        assert_eq!(
            words(
                &read_all("---\nauthor: [\"Jane Doe\", 'John Roe']\n---\nText.")
                    .0
                    .author
            ),
            "Jane Doe, John Roe"
        );
    }

    #[test]
    fn prose_with_a_colon_is_no_header() {
        for text in [
            "Analysis: why tariffs matter\n\nText.",
            "Summary: it ends.\n\nText.",
            "Photo: The Canadian Press\n\nText.",
        ] {
            assert_eq!(read_all(text).1.end, 0, "{text}");
        }
    }

    #[test]
    fn a_glued_date_is_read_and_a_glued_word_is_not() {
        let (facts, matter) = read_all(" date 2025-09-03 Prime Minister Mark Carney says");
        assert_eq!(
            facts.published.and_then(|field| field.span),
            Some(Span::new(1, 16))
        );
        assert_eq!((matter.end, matter.glued), (16, true));
        for text in [
            " date 9999-99-99 A headline",
            "date night at the movies",
            "Published authors said no",
            " date ",
        ] {
            assert_eq!(read_all(text).1.end, 0, "{text}");
        }
    }
}
