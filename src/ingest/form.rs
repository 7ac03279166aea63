//! How the rows of a file are written: one program wrote them all, so what stands between the values of one row stands
//! between those of the next. A row of the same form need not be parsed to know what it is.
//!
//! Only rows of strings without escapes have a form; they are the most common ones.

use std::borrow::Cow;

use super::facts::{Facts, Said};
use super::glance::Glance;
use super::json::{self, Json};
use super::keys::{self, Fact, Name};

/// What is around the values in every row of its kind, and what each value is.
#[derive(Debug)]
pub(super) struct Form {
    /// What is before each value, its opening quotation mark included.
    before: Vec<Box<str>>,
    /// What is after the last one.
    end: Box<str>,
    /// Which values may be the text of a report, the best first.
    texts: Vec<usize>,
    /// Which values state what is seen at a glance, the surest first.
    said: Vec<(&'static Name, usize)>,
}

impl Form {
    /// Returns the form of `line`, which was parsed as `row`.
    pub(super) fn of(line: &str, row: &Json<'_>) -> Option<Self> {
        let Json::Object(members) = row else {
            return None;
        };
        let (mut before, mut at) = (Vec::new(), 0);
        let mut said: Vec<(&'static Name, usize)> = Vec::new();
        for (number, (key, value)) in members.iter().enumerate() {
            let Json::Text(Cow::Borrowed(words)) = value else {
                return None;
            };
            let start = words.as_ptr().addr().checked_sub(line.as_ptr().addr())?;
            before.push(line.get(at..start)?.into());
            at = start + words.len();
            let names = keys::names(key).iter().filter(|name| name.way.is_empty());
            said.extend(names.map(|name| (name, number)));
        }
        said.sort_by_key(|(name, _)| (name.fact, name.rank));
        if said.windows(2).any(is_said_twice) {
            return None;
        }
        let texts = said.iter().filter(|(name, _)| name.fact == Fact::Body);
        Some(Self {
            before,
            end: line.get(at..)?.into(),
            texts: texts.map(|&(_, number)| number).collect(),
            said: said
                .iter()
                .filter(|(name, _)| json::is_seen(name.fact))
                .copied()
                .collect(),
        })
    }

    /// Whether `line` is a row of this form and one report; both are as sure as if it had been parsed.
    pub(super) fn fits(&self, line: &str) -> bool {
        let (mut number, mut has_text, mut has_bars) = (0, false, false);
        let is_of_form = self.each(line, |value| {
            if self.texts.contains(&number) {
                has_text |= !value.trim_start().is_empty();
                has_bars |= value.contains('|') && value.contains(json::BARS);
            }
            number += 1;
        });
        is_of_form && has_text && !has_bars
    }

    /// Returns what [`json::glance`] says of `line`, if it is a row of this form.
    pub(super) fn glance(&self, line: &str) -> Option<Option<Glance>> {
        let mut values = Vec::with_capacity(self.before.len());
        if !self.each(line, |value| values.push(value)) {
            return None;
        }
        let value = |number: usize| values.get(number).copied().unwrap_or_default();
        let has_words = |number: &usize| !value(*number).trim().is_empty();
        let Some(text) = self.texts.iter().copied().find(has_words) else {
            return Some(None);
        };
        let mut facts = Facts::default();
        for &(name, number) in self.said.iter().filter(|(_, number)| *number != text) {
            facts.state(name.fact, Said::under(name, value(number)));
        }
        Some(json::settled(facts, value(text)))
    }

    /// Hands each value of `line` to `take` while it is of this form; returns whether it was to its end.
    fn each<'l>(&self, line: &'l str, mut take: impl FnMut(&'l str)) -> bool {
        let mut rest = line;
        for before in &self.before {
            let from = rest.strip_prefix(&**before);
            let Some((value, after)) = from.and_then(value) else {
                return false;
            };
            take(value);
            rest = after;
        }
        rest == &*self.end
    }
}

/// Whether two keys have the same name, so that it matters in which order they stand.
fn is_said_twice(pair: &[(&'static Name, usize)]) -> bool {
    matches!(pair, [(one, _), (other, _)] if std::ptr::eq(*one, *other))
}

/// Splits `from` at the end of the string that it begins in, if the string is what it says: without an escape, and without
/// the signs that JSON wants escaped.
fn value(from: &str) -> Option<(&str, &str)> {
    let end = memchr::memchr2(b'"', b'\\', from.as_bytes())?;
    let (value, after) = from.split_at_checked(end)?;
    let is_plain = after.starts_with('"') && value.bytes().min().is_none_or(|least| least >= b' ');
    is_plain.then_some((value, after))
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROW: &str = "{\"title\": \"Carney calls\", \"body\": \"\", \"text\": \"He called.\"}\r";

    fn fits(line: &str) -> bool {
        let row = json::parse(ROW).expect("a row");
        Form::of(ROW, &row).is_some_and(|form| form.fits(line))
    }

    #[test]
    fn rows_with_other_values_are_of_the_same_form() {
        assert!(fits(ROW));
        assert!(fits(&ROW.replace("Carney calls", "")));
        assert!(fits(&ROW.replace("He called", "Québec’s “duty”")));
        assert!(fits(&ROW.replace("\"\"", "\"First.\"")));
    }

    #[test]
    fn a_row_that_is_written_in_another_way_or_may_be_no_report_is_parsed() {
        for (old, new) in [
            ("calls", "calls\\u0021"),
            ("calls", "\\\"calls\\\""),
            ("calls", "ca\tlls"),
            ("\"Carney calls\"", "null"),
            ("title", "headline"),
            ("\"title\": ", "\"title\":"),
            ("He called.", " "),
            ("He called.", "One.|||||Two."),
            ("\"\"", "\"One.|||||Two.\""),
            ("}", "} {}"),
            ("}", ""),
        ] {
            assert!(!fits(&ROW.replace(old, new)), "{new}");
        }
    }

    #[test]
    fn a_row_of_other_things_than_strings_or_with_a_key_twice_has_no_form() {
        for line in [
            "{\"title\": \"a\", \"body\": \"b\", \"Title\": \"c\"}",
            "{\"id\": 7, \"body\": \"x\"}",
            "[1]",
            "{\"body\": [\"x\"]}",
        ] {
            let row = json::parse(line).expect("a value");
            assert!(Form::of(line, &row).is_none(), "{line}");
        }
    }
}
