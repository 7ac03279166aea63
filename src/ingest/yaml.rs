//! Reads the YAML and TOML of front matter into plain values, each with the keys that lead to it and its place.
//!
//! Aliases are left out, so that nothing can grow. Front matter is often no good YAML (`title: Carney: yes`): then each key by
//! itself is read, and one that is none still has the rest of its line as its value.

use saphyr_parser::{Event, Parser, ScalarStyle};

use crate::text::Span;

/// Lists and objects inside each other that are read.
const DEEPEST: usize = 16;

/// A value that is neither list nor object.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct FrontValue {
    /// The keys that lead to it; the entries of a list have the same.
    pub(super) keys: Vec<String>,
    pub(super) words: String,
    /// The place where it stands, if the text has its words as they are.
    pub(super) place: Option<Span>,
}

/// Returns the values of YAML front matter.
pub(super) fn yaml_values(text: &str) -> Vec<FrontValue> {
    strict_values(text).unwrap_or_else(|| {
        let keys = top_keys(text).into_iter();
        keys.flat_map(|key| key_values(text, key)).collect()
    })
}

/// Returns the values of TOML front matter, whose places are not known.
pub(super) fn toml_values(text: &str) -> Vec<FrontValue> {
    let mut values = Vec::new();
    if let Ok(table) = text.parse::<toml::Table>() {
        add_toml(&mut Vec::new(), &toml::Value::Table(table), &mut values);
    }
    values
}

fn add_toml(keys: &mut Vec<String>, value: &toml::Value, values: &mut Vec<FrontValue>) {
    let words = match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                keys.push(key.clone());
                add_toml(keys, value, values);
                keys.pop();
            }
            return;
        }
        toml::Value::Array(entries) => {
            for entry in entries {
                add_toml(keys, entry, values);
            }
            return;
        }
        toml::Value::String(words) => words.clone(),
        value => value.to_string(),
    };
    values.push(FrontValue {
        keys: keys.clone(),
        words,
        place: None,
    });
}

/// Returns the lines of each key of the outermost object, with what is indented below.
fn top_keys(text: &str) -> Vec<Span> {
    let mut keys: Vec<Span> = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        match keys.last_mut() {
            Some(last) if line.starts_with([' ', '\t', '-', ']', '}']) => last.end = end,
            _ => keys.push(Span::new(at, end)),
        }
        at = end;
    }
    keys
}

/// Returns the values of one key, whose lines are no good YAML together with the others.
fn key_values(text: &str, lines: Span) -> Vec<FrontValue> {
    if let Some(mut values) = strict_values(lines.of(text)) {
        for value in &mut values {
            value.place = value.place.map(|place| place.shifted(lines.start));
        }
        return values;
    }
    let line = lines.of(text).lines().next().unwrap_or_default();
    let Some((key, value)) = line.split_once(':') else {
        return Vec::new();
    };
    let start = lines.start + key.len() + 1;
    let place = Span::new(start, start + value.len()).trimmed(text);
    vec![FrontValue {
        keys: vec![key.trim().to_owned()],
        words: place.of(text).trim_matches('"').to_owned(),
        place: Some(place),
    }]
}

/// Returns the values of good YAML.
fn strict_values(text: &str) -> Option<Vec<FrontValue>> {
    let mut walk = YamlWalk {
        text,
        offsets: text.char_indices().map(|(at, _)| at).collect(),
        open: Vec::new(),
        values: Vec::new(),
    };
    let mut parser = Parser::new_from_str(text);
    while let Some(event) = parser.next_event() {
        let (event, place) = event.ok()?;
        walk.take(&event, place.start.index(), place.end.index());
        if walk.open.len() > DEEPEST {
            return None;
        }
    }
    Some(walk.values)
}

/// A list or an object that is being read.
enum Open {
    List,
    /// With the key whose value comes next.
    Object(Option<String>),
}

struct YamlWalk<'a> {
    text: &'a str,
    /// The byte at which each character begins; the parser counts characters.
    offsets: Vec<usize>,
    open: Vec<Open>,
    values: Vec<FrontValue>,
}

impl YamlWalk<'_> {
    fn take(&mut self, event: &Event<'_>, start: usize, end: usize) {
        match event {
            Event::MappingStart(..) => self.open.push(Open::Object(None)),
            Event::SequenceStart(..) => self.open.push(Open::List),
            Event::MappingEnd | Event::SequenceEnd => {
                self.open.pop();
                self.end_value();
            }
            Event::Alias(_) => self.take_scalar("", None),
            Event::Scalar(words, style, ..) => {
                let is_quoted =
                    matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted);
                let place = self.place(start, end, is_quoted);
                self.take_scalar(words, place);
            }
            _ => {}
        }
    }

    /// Returns the place of a value on one line, without its quotation marks.
    fn place(&self, start: usize, end: usize, is_quoted: bool) -> Option<Span> {
        let at = |index: usize| self.offsets.get(index).copied().unwrap_or(self.text.len());
        let (start, end) = (at(start), at(end));
        let place = match is_quoted {
            true => Span::new(start + 1, end.saturating_sub(1).max(start + 1)),
            false => Span::new(start, end.max(start)),
        };
        let words = self.text.get(place.start..place.end)?;
        (!words.contains('\n') && !words.is_empty()).then_some(place)
    }

    fn take_scalar(&mut self, words: &str, place: Option<Span>) {
        if let Some(Open::Object(key @ None)) = self.open.last_mut() {
            *key = Some(words.to_owned());
            return;
        }
        let keys = self.open.iter().filter_map(|open| match open {
            Open::Object(key) => key.clone(),
            Open::List => None,
        });
        let is_known = !matches!(words, "" | "~" | "null");
        let value = FrontValue {
            keys: keys.collect(),
            words: words.to_owned(),
            place,
        };
        self.values.extend(Some(value).filter(|_| is_known));
        self.end_value();
    }

    /// Notes that the value of the last key was read.
    fn end_value(&mut self) {
        if let Some(Open::Object(key)) = self.open.last_mut() {
            *key = None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> Vec<String> {
        let values = yaml_values(text).into_iter();
        values
            .map(|value| format!("{}={}", value.keys.join("."), value.words))
            .collect()
    }

    #[test]
    fn values_are_read_as_yaml_has_them() {
        assert_eq!(
            said(
                "title: >-\n  Ferry fares\n  stay\ndate: 2025-09-03 # a guess\ntags: [port, \"steel, iron\"]\nauthor:\n  name: Jane Doe\nx: ~\n"
            ),
            [
                "title=Ferry fares stay",
                "date=2025-09-03",
                "tags=port",
                "tags=steel, iron",
                "author.name=Jane Doe",
            ]
        );
        assert_eq!(said("a: &x [b]\nc: *x\n"), ["a=b"]);
    }

    #[test]
    fn a_key_that_is_no_good_yaml_costs_no_other() {
        assert_eq!(
            said("title: Carney: \"yes\"\ndate: 2025-09-03\nauthor:\n  - Jane Doe\n"),
            ["title=Carney: \"yes", "date=2025-09-03", "author=Jane Doe"]
        );
    }

    #[test]
    fn places_are_those_of_the_words() {
        let text = "é: \"Québec\"\nd: 'one'\n";
        let values = yaml_values(text);
        let places = values.iter().filter_map(|value| value.place);
        let words: Vec<&str> = places.map(|place| place.of(text)).collect();
        assert_eq!(words, ["Québec", "one"]);
    }

    #[test]
    fn broken_and_empty_front_matter_states_nothing() {
        for text in [
            "",
            ":",
            "[[[[",
            "{{{",
            "- - - -",
            "\"",
            "a: &a [*a, *b]",
            "%x",
            "? ",
        ] {
            let values = yaml_values(text);
            assert!(values.iter().all(|value| value.words != "x"), "{text}");
        }
        assert!(yaml_values(&"[".repeat(5000)).is_empty());
    }

    #[test]
    fn toml_is_read_too() {
        let values =
            toml_values("title = \"Ferries\"\ndate = 2025-09-03\n[author]\nname = 'Jane Doe'\n");
        let values: Vec<_> = values
            .into_iter()
            .map(|value| (value.keys.join("."), value.words))
            .collect();
        let expected = [
            ("author.name", "Jane Doe"),
            ("date", "2025-09-03"),
            ("title", "Ferries"),
        ];
        assert_eq!(
            values,
            expected.map(|(key, words)| (key.to_owned(), words.to_owned()))
        );
    }
}
