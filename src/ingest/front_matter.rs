//! Reads the facts before the story: front matter between `---` lines, `Key: value` lines, and words glued to the front of the
//! text, as in ` date 2025-09-03 Prime Minister ...`.
//!
//! Reads as much YAML as front matter holds (plain and quoted values, lists, one level of nesting) and skips the rest. A line
//! counts as a fact only when its key is known, since prose has colons too.

use crate::article::{BlockRole, Provenance, TextBlock};
use crate::text::Span;

use super::dates;
use super::facts::{FactWords, ReportFacts};
use super::keys::{self, FactKind, KeyName, KeyStep};

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

/// A known key and the place of its value.
struct KeyedValue {
    name: &'static KeyName,
    value: Span,
}

impl KeyedValue {
    /// Returns the entry of `value`, without the quotation marks around it.
    fn new(text: &str, name: &'static KeyName, value: Span) -> Self {
        let words = value.of(text);
        let mut marks = ['"', '\''].into_iter();
        let value = match marks.find_map(|mark| words.strip_prefix(mark)?.strip_suffix(mark)) {
            Some(_) => Span::new(value.start + 1, value.end - 1),
            None => value,
        };
        Self { name, value }
    }
}

/// States `entries`, the best name of each fact first; a list of authors is one fact.
fn add_facts(
    text: &str,
    mut entries: Vec<KeyedValue>,
    facts: &mut ReportFacts,
    from: fn(&'static str) -> Provenance,
) {
    entries.sort_by_key(|entry| entry.name.rank);
    let are_authors = |one: &KeyedValue, next: &KeyedValue| {
        std::ptr::eq(one.name, next.name) && one.name.fact == FactKind::Author
    };
    for listed in entries.chunk_by(are_authors) {
        let KeyedValue { name, value } = &listed[0];
        let words = listed.iter().map(|entry| plain(entry.value.of(text)));
        let said = FactWords {
            words: &words.collect::<Vec<_>>().join(", "),
            provenance: from(&name.written),
            span: Some(*value).filter(|_| listed.len() == 1),
        };
        facts.add_fact(name.fact, said);
    }
}

/// Returns the words of a value without the marks that keep its quotation marks apart.
fn plain(value: &str) -> String {
    value.replace("\\\"", "\"").replace("''", "'")
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
    let mut yaml = YamlLines {
        text,
        entries: Vec::new(),
        open: &[],
    };
    for line in &lines[1..closing] {
        yaml.read_line(*line);
    }
    add_facts(text, yaml.entries, facts, |key| {
        Provenance::FrontMatter(key.into())
    });
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

/// Reads the lines of front matter from top to bottom.
struct YamlLines<'a> {
    text: &'a str,
    entries: Vec<KeyedValue>,
    /// The names of the last key that had no value on its line, so that what is indented below belongs to it.
    open: &'static [KeyName],
}

impl YamlLines<'_> {
    fn read_line(&mut self, line: Span) {
        let indented = line.of(self.text).starts_with([' ', '-']);
        let line = line.trimmed(self.text);
        if let Some(item) = line.of(self.text).strip_prefix("- ") {
            let item = Span::new(line.end - item.len(), line.end);
            // `- name: Jane Doe` is an entry of a list of objects, told by its last part.
            let value = split_at_mark(self.text, item, &[':']).map_or(item, |(_, value)| value);
            self.add_value(self.open.iter().find(|name| name.way.is_empty()), value);
        } else if let Some((key, value)) = split_at_mark(self.text, line, &[':', '=']) {
            let key = key.of(self.text).trim_matches('"');
            if indented && !self.open.is_empty() {
                let way = [KeyStep::Key(keys::fold_key(key).into_owned())];
                self.add_value(self.open.iter().find(|name| name.way == way), value);
                return;
            }
            let names = keys::names_for_key(key);
            // `|` and `>` announce a text on the lines below.
            self.open = match value.of(self.text) {
                "" | "|" | ">" | "|-" | ">-" => names,
                _ => &[],
            };
            if self.open.is_empty() {
                self.add_value(names.iter().find(|name| name.way.is_empty()), value);
            }
        } else if indented {
            self.add_value(self.open.iter().find(|name| name.way.is_empty()), line);
        }
    }

    /// Adds `value` for `name`, one entry for each part of a `[list]`.
    fn add_value(&mut self, name: Option<&'static KeyName>, value: Span) {
        let Some(name) = name else { return };
        let words = value.of(self.text);
        let list = words.strip_prefix('[');
        let Some(list) = list.and_then(|words| words.strip_suffix(']')) else {
            self.entries.push(KeyedValue::new(self.text, name, value));
            return;
        };
        let mut start = value.start + 1;
        for part in list.split(',') {
            let span = Span::new(start, start + part.len()).trimmed(self.text);
            let entry = KeyedValue::new(self.text, name, span);
            self.entries.push(entry);
            start += part.len() + 1;
        }
    }
}

/// Splits `Key: value` at the first mark that a blank or the end follows.
fn split_at_mark(text: &str, line: Span, marks: &[char]) -> Option<(Span, Span)> {
    let words = line.of(text);
    let at = words.find(marks)?;
    let rest = words.get(at + 1..)?;
    // `https://` and `10:15` have a colon too; behind that of a key stands a blank.
    if !rest.is_empty() && !rest.starts_with(' ') && !words[at..].starts_with('=') {
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
        || first.is_some_and(|entry| stands_alone(text, entry));
    if !is_sure {
        return None;
    }
    add_facts(text, header.entries, facts, |key| {
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
    let (key, value) = split_at_mark(text, line, &[':'])?;
    let words = key.of(text);
    let mut letters = words.chars();
    let plain = letters.all(|c| c.is_alphanumeric() || " -_:".contains(c));
    (plain && words.len() <= 30 && words.split(' ').count() <= 3).then_some((key, value))
}

/// Returns whether a single header line is enough to be taken for one: prose may begin with `Analysis:` or `Text:`.
fn stands_alone(text: &str, entry: &KeyedValue) -> bool {
    let value = entry.value.of(text);
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
