//! Parses a query as typed: words that must all match, in fzf's syntax, and fields.
//!
//! `steel` letters in order, `'steel` the very word part, `^steel` at the start of a field, `steel$` at its end, `!steel` not,
//! `steel | iron` either, `"white smoke"` words together, `speaker:carney` in a field, `body: white smoke` every word from
//! there on in a field. A query is read on every key, so half of one (`!`, `outlet:`, an open quotation mark) asks for
//! nothing yet instead of being wrong.

use crate::text::{Span, find, fold};

/// A part of a report that a term can be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum QueryField {
    /// The headline or label.
    Headline,
    /// The publisher.
    Outlet,
    /// The day, as `2025-09-03`; a term matches its start.
    Date,
    /// Anyone quoted.
    Speaker,
    /// A term of the lexicon.
    Term,
    /// The words of a quotation.
    Quote,
    /// The text.
    Body,
    /// The reporting words of a quotation (`said`).
    Cue,
    /// The kind of a quotation (`direct`, `mixed`).
    Kind,
}

impl QueryField {
    /// Every field with the name that is typed before the colon.
    pub const ALL: [(QueryField, &'static str); 9] = [
        (QueryField::Headline, "headline"),
        (QueryField::Outlet, "outlet"),
        (QueryField::Date, "date"),
        (QueryField::Speaker, "speaker"),
        (QueryField::Term, "term"),
        (QueryField::Quote, "quote"),
        (QueryField::Body, "body"),
        (QueryField::Cue, "cue"),
        (QueryField::Kind, "kind"),
    ];

    /// Returns the part of a report that must be searched for it.
    pub fn source(self) -> FieldSource {
        match self {
            QueryField::Headline | QueryField::Outlet | QueryField::Date => FieldSource::Summary,
            QueryField::Body => FieldSource::Text,
            QueryField::Term => FieldSource::Terms,
            QueryField::Speaker | QueryField::Quote | QueryField::Cue | QueryField::Kind => {
                FieldSource::Quotes
            }
        }
    }
}

/// The part of a report that must be searched for a field, the cheapest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FieldSource {
    /// The summary, which is always in memory.
    Summary,
    /// The text.
    Text,
    /// The terms of the lexicon in it.
    Terms,
    /// Its quotations.
    Quotes,
}

/// The arrangement in which a text must hold a term's letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MatchKind {
    /// In order, with anything between.
    Fuzzy,
    /// Side by side.
    Exact,
    /// Side by side at the start of a field.
    Prefix,
    /// Side by side at the end of a field.
    Suffix,
    /// The whole field.
    Whole,
}

impl MatchKind {
    /// Returns whether the letters must begin the field, and whether they must end it.
    pub(super) fn anchors(self) -> (bool, bool) {
        match self {
            MatchKind::Fuzzy | MatchKind::Exact => (false, false),
            MatchKind::Prefix => (true, false),
            MatchKind::Suffix => (false, true),
            MatchKind::Whole => (true, true),
        }
    }
}

/// The treatment of accents in a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AccentRule {
    /// Typed without any: `quebec` finds Québec.
    Ignored,
    /// Typed with one: `québec` does not find Quebec.
    Kept,
}

impl AccentRule {
    /// Returns `text` in lower case and, unless they are kept, without accents.
    fn fold(self, text: &str) -> String {
        match self {
            AccentRule::Ignored => fold::fold(text),
            AccentRule::Kept => text.chars().map(fold::fold_case).collect(),
        }
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct QueryTerm {
    /// The part of the report that must hold it; `None` for the row as a whole.
    pub field: Option<QueryField>,
    /// The arrangement of its letters.
    pub kind: MatchKind,
    /// Whether a row that has it is left out.
    pub negated: bool,
    /// The treatment of its accents.
    pub accents: AccentRule,
    /// The letters, folded as far as `accents` says; never empty.
    pub text: String,
}

impl QueryTerm {
    /// Whether its field is known only of annotated reports.
    pub fn needs_annotations(&self) -> bool {
        let source = self.field.map(QueryField::source);
        matches!(source, Some(FieldSource::Terms | FieldSource::Quotes))
    }

    /// Whether `text`, as displayed, holds the term; letters that are merely in order do not count here.
    ///
    /// Ignores negation: the caller decides what to do with a text that holds the term.
    pub fn is_in(&self, text: &str) -> bool {
        let folded = self.accents.fold(text);
        match self.kind {
            MatchKind::Fuzzy | MatchKind::Exact => folded.contains(&self.text),
            MatchKind::Prefix => folded.starts_with(&self.text),
            MatchKind::Suffix => folded.ends_with(&self.text),
            MatchKind::Whole => folded == self.text,
        }
    }

    /// Returns the places in `text`, as displayed, that are the term, in order; none where [`QueryTerm::is_in`] says no.
    pub fn places_in(&self, text: &str) -> Vec<Span> {
        let mut places = find::find_folded(text, &self.accents.fold(text), &self.text);
        let (starts, ends) = self.kind.anchors();
        places.retain(|place| (!starts || place.start == 0) && (!ends || place.end == text.len()));
        places
    }

    fn new(text: &str) -> Option<QueryTerm> {
        let accents = match fold::has_accents(text) {
            true => AccentRule::Kept,
            false => AccentRule::Ignored,
        };
        let text = accents.fold(text);
        (!text.is_empty()).then_some(QueryTerm {
            field: None,
            kind: MatchKind::Fuzzy,
            negated: false,
            accents,
            text,
        })
    }

    /// Whether every row that has `self` also has `other`, judged by the terms alone.
    fn implies(&self, other: &QueryTerm) -> bool {
        if self == other {
            return true;
        }
        if self.negated || other.negated || self.field != other.field {
            return false;
        }
        let plain;
        let mine = match (self.accents, other.accents) {
            (AccentRule::Ignored, AccentRule::Kept) => return false,
            (AccentRule::Kept, AccentRule::Ignored) => {
                plain = fold::fold(&self.text);
                &plain
            }
            _ => &self.text,
        };
        match other.kind {
            // Contained, not only in order: a row may hold `self` in a field aside, where scattered letters do not count.
            MatchKind::Fuzzy if !other.is_literal() => mine.contains(&other.text),
            MatchKind::Fuzzy | MatchKind::Exact => self.is_literal() && mine.contains(&other.text),
            MatchKind::Prefix => self.kind.anchors().0 && mine.starts_with(&other.text),
            MatchKind::Suffix => self.kind.anchors().1 && mine.ends_with(&other.text),
            MatchKind::Whole => false,
        }
    }

    /// Whether its letters must stand side by side. In a named field they always must: scattered ones are noise there.
    fn is_literal(&self) -> bool {
        self.kind != MatchKind::Fuzzy || self.field.is_some()
    }
}

/// A query as conditions that must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    groups: Vec<Vec<QueryTerm>>,
}

impl Query {
    /// Parses `typed`. Never fails: an unfinished part asks for nothing.
    pub fn parse(typed: &str) -> Query {
        let mut groups: Vec<Vec<QueryTerm>> = Vec::new();
        let mut joined = false;
        let mut standing = None;
        for token in split_tokens(typed) {
            if token == "|" {
                joined = !groups.is_empty();
                continue;
            }
            // `body:` with a blank after it holds for all words that follow, so that a sentence can be typed.
            if let Some((field, "")) = parse_field(token) {
                standing = Some(field);
            }
            let Some(term) = parse_term(token, standing) else {
                continue;
            };
            match groups.last_mut() {
                Some(group) if joined => group.push(term),
                _ => groups.push(vec![term]),
            }
            joined = false;
        }
        Query { groups }
    }

    /// Whether it asks for nothing, so that every row answers it.
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// Whether it ranks the rows that answer, which only words outside fields do.
    pub fn ranks(&self) -> bool {
        self.terms()
            .any(|term| term.field.is_none() && !term.negated)
    }

    /// Whether it asks for fields that are known only of annotated reports.
    pub fn needs_annotations(&self) -> bool {
        self.terms().any(QueryTerm::needs_annotations)
    }

    /// Returns the conditions: every group must hold, a group holds if any of its terms does.
    pub fn groups(&self) -> &[Vec<QueryTerm>] {
        &self.groups
    }

    /// Returns every term, whichever group it is in.
    pub fn terms(&self) -> impl Iterator<Item = &QueryTerm> {
        self.groups.iter().flatten()
    }

    /// Whether every row that answers `self` also answers `other`, so that only the rows of `other` need be searched.
    pub fn narrows(&self, other: &Query) -> bool {
        other.groups.iter().all(|old| {
            self.groups.iter().any(|new| {
                new.iter()
                    .all(|term| old.iter().any(|was| term.implies(was)))
            })
        })
    }
}

/// Splits at white space outside quotation marks.
fn split_tokens(typed: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    typed
        .split(move |c: char| {
            quoted ^= is_double_mark(c);
            !quoted && c.is_whitespace()
        })
        .filter(|token| !token.is_empty())
}

fn is_double_mark(c: char) -> bool {
    fold::fold_case(c) == '"'
}

/// Returns the name before a colon in `typed` that looks like a field and is none: `foo` of `foo:bar`.
pub fn unknown_field(typed: &str) -> Option<&str> {
    let unquoted = typed.split('"').step_by(2);
    let mut tokens = unquoted.flat_map(str::split_whitespace);
    tokens.find_map(|token| {
        let (name, rest) = token.trim_start_matches('!').split_once(':')?;
        // "9:30", "https://..." and "Ottawa:" are words.
        let is_name = name.len() > 1 && name.bytes().all(|byte| byte.is_ascii_lowercase());
        let is_field = QueryField::ALL.iter().any(|(_, known)| *known == name);
        (is_name && !is_field && !rest.is_empty() && !rest.starts_with("//")).then_some(name)
    })
}

/// Whether `typed` names a field, a known one or not; a search for plain words takes it for words.
pub fn names_field(typed: &str) -> bool {
    let is_known = split_tokens(typed).any(|token| parse_field(token).is_some());
    is_known || unknown_field(typed).is_some()
}

/// Returns what is wrong with a query that names an unknown field, with the fields there are; `None` where nothing is.
pub fn field_mistake(typed: &str) -> Option<String> {
    let name = unknown_field(typed)?;
    let known = QueryField::ALL.map(|(_, name)| name).join(", ");
    Some(format!("unknown field \"{name}\"; the fields are {known}"))
}

/// Returns the field that `token` names and what follows.
fn parse_field(token: &str) -> Option<(QueryField, &str)> {
    let (name, rest) = token.split_once(':')?;
    let name = name.to_lowercase();
    let known = QueryField::ALL.iter().find(|(_, known)| *known == name);
    Some((known?.0, rest))
}

/// Reads one token: `!`, then a field, then the marks of its kind around the letters; `standing` is the field of a token that
/// names none.
fn parse_term(token: &str, standing: Option<QueryField>) -> Option<QueryTerm> {
    let (negated, rest) = strip_mark(token, |c| c == '!');
    let (field, rest) = match parse_field(rest) {
        Some((field, rest)) => (Some(field), rest),
        None => (standing, rest),
    };
    let (kind, letters) = parse_kind(rest);
    let kind = match (kind, field) {
        (MatchKind::Fuzzy, Some(QueryField::Date)) => MatchKind::Prefix,
        // Scattered letters stand in so many rows that `!steel` would leave few.
        (MatchKind::Fuzzy, _) if negated => MatchKind::Exact,
        (kind, _) => kind,
    };
    Some(QueryTerm {
        field,
        kind,
        negated,
        ..QueryTerm::new(&letters)?
    })
}

fn parse_kind(rest: &str) -> (MatchKind, String) {
    if rest.contains(is_double_mark) {
        let (anchored, rest) = strip_mark(rest, |c| c == '^');
        let kind = match anchored {
            true => MatchKind::Prefix,
            false => MatchKind::Exact,
        };
        let words: Vec<&str> = rest
            .split(|c: char| is_double_mark(c) || c.is_whitespace())
            .filter(|word| !word.is_empty())
            .collect();
        return (kind, words.join(" "));
    }
    let (exact, rest) = strip_mark(rest, |c| fold::fold_case(c) == '\'');
    let (prefix, rest) = strip_mark(rest, |c| c == '^');
    let suffix = rest.ends_with('$');
    let rest = rest.strip_suffix('$').unwrap_or(rest);
    let kind = match (prefix, suffix) {
        (true, true) => MatchKind::Whole,
        (true, false) => MatchKind::Prefix,
        (false, true) => MatchKind::Suffix,
        (false, false) if exact => MatchKind::Exact,
        (false, false) => MatchKind::Fuzzy,
    };
    (kind, rest.to_owned())
}

/// Returns whether `text` begins with a mark, and the rest after it.
fn strip_mark(text: &str, is_mark: impl Fn(char) -> bool) -> (bool, &str) {
    let rest = text.strip_prefix(is_mark);
    (rest.is_some(), rest.unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(typed: &str) -> Vec<(MatchKind, bool, String)> {
        Query::parse(typed)
            .terms()
            .map(|term| (term.kind, term.negated, term.text.clone()))
            .collect()
    }

    #[test]
    fn marks_around_a_word_say_how_it_must_stand() {
        let read = kinds("steel 'duty ^carney deal$ ^cusma$ !trump");
        let expected = [
            (MatchKind::Fuzzy, false, "steel"),
            (MatchKind::Exact, false, "duty"),
            (MatchKind::Prefix, false, "carney"),
            (MatchKind::Suffix, false, "deal"),
            (MatchKind::Whole, false, "cusma"),
            (MatchKind::Exact, true, "trump"),
        ];
        assert_eq!(
            read,
            expected.map(|(kind, negated, text)| (kind, negated, text.to_owned()))
        );
    }

    #[test]
    fn a_phrase_keeps_its_words_together_and_may_be_open_still() {
        for typed in ["\"White  smoke\"", "“white smoke”", "\"white smoke"] {
            assert_eq!(
                kinds(typed),
                [(MatchKind::Exact, false, "white smoke".to_owned())]
            );
        }
    }

    #[test]
    fn a_bar_joins_the_terms_beside_it_only() {
        let query = Query::parse("steel | iron tariffs |");
        let sizes: Vec<usize> = query.groups().iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 1]);
    }

    #[test]
    fn half_a_query_asks_for_nothing() {
        for typed in [
            "",
            " ",
            "!",
            "'",
            "^",
            "$",
            "|",
            "outlet:",
            "!speaker:",
            "\"",
            "^$",
        ] {
            assert!(Query::parse(typed).is_empty(), "{typed:?}");
        }
    }

    #[test]
    fn a_known_name_before_a_colon_is_a_field_and_a_date_matches_its_start() {
        let query = Query::parse("Outlet:reuters date:2025-09 re:view");
        let fields: Vec<_> = query.terms().map(|term| (term.field, term.kind)).collect();
        assert_eq!(
            fields,
            [
                (Some(QueryField::Outlet), MatchKind::Fuzzy),
                (Some(QueryField::Date), MatchKind::Prefix),
                (None, MatchKind::Fuzzy)
            ]
        );
    }

    #[test]
    fn a_field_with_nothing_after_it_holds_for_the_words_that_follow() {
        let fields = |typed: &str| -> Vec<(Option<QueryField>, String)> {
            let query = Query::parse(typed);
            let terms = query.terms();
            terms.map(|term| (term.field, term.text.clone())).collect()
        };
        let expected = |terms: &[(Option<QueryField>, &str)]| -> Vec<(Option<QueryField>, String)> {
            let terms = terms.iter();
            terms
                .map(|(field, text)| (*field, (*text).to_owned()))
                .collect()
        };
        assert_eq!(
            fields("rome body: white \"black smoke\" outlet:cbc !vote"),
            expected(&[
                (None, "rome"),
                (Some(QueryField::Body), "white"),
                (Some(QueryField::Body), "black smoke"),
                (Some(QueryField::Outlet), "cbc"),
                (Some(QueryField::Body), "vote"),
            ])
        );
        assert_eq!(
            fields("outlet: cbc | ctv body: smoke"),
            expected(&[
                (Some(QueryField::Outlet), "cbc"),
                (Some(QueryField::Outlet), "ctv"),
                (Some(QueryField::Body), "smoke"),
            ])
        );
        assert_eq!(
            fields("!body: smoke"),
            expected(&[(None, "smoke")]),
            "half a negation asks for nothing"
        );
    }

    #[test]
    fn a_name_that_is_no_field_is_told_from_words_with_a_colon() {
        assert_eq!(unknown_field("steel foo:bar"), Some("foo"));
        assert_eq!(unknown_field("!sopurce:cbc"), Some("sopurce"));
        for words in [
            "outlet:cbc",
            "foo:",
            "9:30",
            "https://a.b",
            "\"foo:bar\"",
            "Ottawa:now",
        ] {
            assert_eq!(unknown_field(words), None, "{words}");
        }
        for (words, names) in [
            ("outlet:cbc", true),
            ("foo:bar", true),
            ("9:30 rail", false),
        ] {
            assert_eq!(names_field(words), names, "{words}");
        }
        let mistake = field_mistake("foo:bar").unwrap();
        assert!(mistake.starts_with("unknown field \"foo\"; the fields are headline, outlet"));
    }

    #[test]
    fn only_words_outside_fields_rank() {
        assert!(Query::parse("steel outlet:cbc").ranks());
        assert!(!Query::parse("!steel body: white smoke").ranks());
    }

    #[test]
    fn an_accent_that_was_typed_is_meant() {
        let plain = Query::parse("quebec");
        let meant = Query::parse("Québec");
        let holds = |query: &Query, text: &str| query.terms().all(|term| term.is_in(text));
        assert!(holds(&plain, "Québec votes") && holds(&plain, "Quebec votes"));
        assert!(holds(&meant, "QUÉBEC votes") && !holds(&meant, "Quebec votes"));
    }

    #[test]
    fn a_term_knows_its_places_in_a_text() {
        let places = |typed: &str, text: &'static str| -> Vec<&str> {
            let query = Query::parse(typed);
            let places = query.terms().flat_map(|term| term.places_in(text));
            places.map(|place| place.of(text)).collect()
        };
        let text = "Québec votes; QUEBEC waits";
        assert_eq!(places("quebec", text), ["Québec", "QUEBEC"]);
        assert_eq!(places("québec", text), ["Québec"]);
        assert_eq!(places("^quebec", text), ["Québec"]);
        assert_eq!(
            places("waits$ \"quebec waits\"", text),
            ["waits", "QUEBEC waits"]
        );
        assert!(places("^votes", text).is_empty());
    }

    #[test]
    fn typing_on_narrows_and_taking_a_negation_further_does_not() {
        let narrows = |new: &str, old: &str| Query::parse(new).narrows(&Query::parse(old));
        assert!(narrows("steel", "ste"));
        assert!(narrows("steel duty", "steel"));
        assert!(narrows("'steel", "tee"));
        assert!(narrows("québec", "quebe"));
        assert!(narrows("steel", "steel | iron"));
        assert!(!narrows("ste", "steel"));
        assert!(!narrows("!steel", "!ste"));
        assert!(!narrows("quebec", "québec"));
        assert!(!narrows("steel | iron", "steel"));
        assert!(!narrows("duty$", "dut$"));
        assert!(!narrows("steel", "'stel"));
        assert!(!narrows("steel", "stl"));
    }
}
