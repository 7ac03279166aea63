//! What was typed in the prompt, understood: words that must all match, in fzf's syntax, and fields.
//!
//! `steel` letters in order, `'steel` the very word part, `^steel` at the start of a field, `steel$` at its end, `!steel` not,
//! `steel | iron` either, `"white smoke"` words together, `speaker:carney` in a field, `body: white smoke` every word from
//! there on in a field. A query is read on every key, so half of one (`!`, `outlet:`, an open quotation mark) asks for
//! nothing yet instead of being wrong.

use crate::text::{Span, find, fold};

/// A part of a report that a term can be limited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Field {
    /// The headline or label.
    Headline,
    /// Who published it.
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

impl Field {
    /// Every field with the name that is typed before the colon.
    pub const ALL: [(Field, &'static str); 9] = [
        (Field::Headline, "headline"),
        (Field::Outlet, "outlet"),
        (Field::Date, "date"),
        (Field::Speaker, "speaker"),
        (Field::Term, "term"),
        (Field::Quote, "quote"),
        (Field::Body, "body"),
        (Field::Cue, "cue"),
        (Field::Kind, "kind"),
    ];

    fn named(name: &str) -> Option<Field> {
        Field::ALL
            .iter()
            .find(|(_, known)| *known == name)
            .map(|(field, _)| *field)
    }
}

/// How a term's letters must stand in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
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

/// Whether a term asks for the accents as typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Accents {
    /// Typed without any: `quebec` finds Québec.
    Ignored,
    /// Typed with one: `québec` does not find Quebec.
    Kept,
}

/// One condition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// The part of the report it speaks of; `None` for the row as a whole.
    pub field: Option<Field>,
    /// How its letters must stand.
    pub kind: Kind,
    /// Whether a row that has it is left out.
    pub negated: bool,
    /// Whether accents count.
    pub accents: Accents,
    /// The letters, folded as far as `accents` says; never empty.
    pub text: String,
}

impl Term {
    /// Whether `text`, as displayed, holds the term; letters that are merely in order do not count here.
    ///
    /// Says nothing of negation: the caller asks whether the term is there.
    pub fn is_in(&self, text: &str) -> bool {
        let folded = self.folded(text);
        match self.kind {
            Kind::Fuzzy | Kind::Exact => folded.contains(&self.text),
            Kind::Prefix => folded.starts_with(&self.text),
            Kind::Suffix => folded.ends_with(&self.text),
            Kind::Whole => folded == self.text,
        }
    }

    /// Returns the places in `text`, as displayed, that are the term, in order; none where [`Term::is_in`] says no.
    pub fn places_in(&self, text: &str) -> Vec<Span> {
        let mut places = find::find_folded(text, &self.folded(text), &self.text);
        let (starts, ends) = match self.kind {
            Kind::Fuzzy | Kind::Exact => (false, false),
            Kind::Prefix => (true, false),
            Kind::Suffix => (false, true),
            Kind::Whole => (true, true),
        };
        places.retain(|place| (!starts || place.start == 0) && (!ends || place.end == text.len()));
        places
    }

    /// Returns `text` folded as far as the term's own letters are.
    fn folded(&self, text: &str) -> String {
        match self.accents {
            Accents::Ignored => fold::fold(text),
            Accents::Kept => text.chars().map(fold::fold_case).collect(),
        }
    }

    fn new(text: &str) -> Option<Term> {
        let (accents, text) = if fold::has_accents(text) {
            (Accents::Kept, text.chars().map(fold::fold_case).collect())
        } else {
            (Accents::Ignored, fold::fold(text))
        };
        (!text.is_empty()).then_some(Term {
            field: None,
            kind: Kind::Fuzzy,
            negated: false,
            accents,
            text,
        })
    }

    /// Whether every row that has `self` also has `other`, judged by the terms alone.
    fn implies(&self, other: &Term) -> bool {
        if self == other {
            return true;
        }
        if self.negated || other.negated || self.field != other.field {
            return false;
        }
        let plain;
        let mine = match (self.accents, other.accents) {
            (Accents::Ignored, Accents::Kept) => return false,
            (Accents::Kept, Accents::Ignored) => {
                plain = fold::fold(&self.text);
                &plain
            }
            _ => &self.text,
        };
        match other.kind {
            // What holds these letters may hold them aside, where scattered ones do not count.
            Kind::Fuzzy if !other.is_literal() => mine.contains(&other.text),
            Kind::Fuzzy | Kind::Exact => self.is_literal() && mine.contains(&other.text),
            Kind::Prefix => {
                matches!(self.kind, Kind::Prefix | Kind::Whole) && mine.starts_with(&other.text)
            }
            Kind::Suffix => {
                matches!(self.kind, Kind::Suffix | Kind::Whole) && mine.ends_with(&other.text)
            }
            Kind::Whole => false,
        }
    }

    /// Whether its letters must stand side by side; in a named field they always must, scattered ones are noise there.
    fn is_literal(&self) -> bool {
        self.kind != Kind::Fuzzy || self.field.is_some()
    }
}

/// What was typed, as conditions that must all hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    groups: Vec<Vec<Term>>,
}

impl Query {
    /// Understands `typed`; never fails, what is not finished yet asks for nothing.
    pub fn parse(typed: &str) -> Query {
        let mut groups: Vec<Vec<Term>> = Vec::new();
        let mut joined = false;
        let mut standing = None;
        for token in tokens(typed) {
            if token == "|" {
                joined = !groups.is_empty();
                continue;
            }
            if let Some((field, "")) = field(token) {
                standing = Some(field);
            }
            let Some(term) = term(token, standing) else {
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

    /// Whether it says which of the rows that answer are better: only words outside fields do.
    pub fn ranks(&self) -> bool {
        self.terms()
            .any(|term| term.field.is_none() && !term.negated)
    }

    /// Returns the conditions: every group must hold, a group holds if any of its terms does.
    pub fn groups(&self) -> &[Vec<Term>] {
        &self.groups
    }

    /// Returns every term, whichever group it is in.
    pub fn terms(&self) -> impl Iterator<Item = &Term> {
        self.groups.iter().flatten()
    }

    /// Whether a row that holds `other`'s one word scattered can hold this query's one word only so, if at all.
    /// Said of ASCII words only, which every row has at hand.
    pub(super) fn keeps_scattered(&self, other: &Query) -> bool {
        let mut words = self.terms().zip(other.terms());
        let is_one_each = self.terms().count() == 1 && other.terms().count() == 1;
        is_one_each && words.all(|(new, old)| new.text.is_ascii() && new.text.contains(&old.text))
    }

    /// Whether every row that answers `self` also answers `other`, so that `other`'s rows are enough to look at.
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
fn tokens(typed: &str) -> impl Iterator<Item = &str> {
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

/// Returns the field that `token` names and what follows.
fn field(token: &str) -> Option<(Field, &str)> {
    let (name, rest) = token.split_once(':')?;
    Some((Field::named(&name.to_lowercase())?, rest))
}

/// Reads one token: `!`, then a field, then the marks of its kind around the letters; `standing` is the field of a token that
/// names none.
fn term(token: &str, standing: Option<Field>) -> Option<Term> {
    let (negated, rest) = strip(token, '!');
    let (field, rest) = match field(rest) {
        Some((field, rest)) => (Some(field), rest),
        None => (standing, rest),
    };
    let (kind, letters) = kind(rest);
    let kind = match (kind, field) {
        (Kind::Fuzzy, Some(Field::Date)) => Kind::Prefix,
        (Kind::Fuzzy, _) if negated => Kind::Exact,
        (kind, _) => kind,
    };
    Some(Term {
        field,
        kind,
        negated,
        ..Term::new(&letters)?
    })
}

fn kind(rest: &str) -> (Kind, String) {
    if rest.contains(is_double_mark) {
        let (anchored, rest) = strip(rest, '^');
        let kind = if anchored { Kind::Prefix } else { Kind::Exact };
        let words: Vec<&str> = rest
            .split(|c: char| is_double_mark(c) || c.is_whitespace())
            .filter(|word| !word.is_empty())
            .collect();
        return (kind, words.join(" "));
    }
    let (exact, rest) = match rest.strip_prefix(|c| fold::fold_case(c) == '\'') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let (prefix, rest) = strip(rest, '^');
    let (suffix, rest) = match rest.strip_suffix('$') {
        Some(rest) => (true, rest),
        None => (false, rest),
    };
    let kind = match (prefix, suffix) {
        (true, true) => Kind::Whole,
        (true, false) => Kind::Prefix,
        (false, true) => Kind::Suffix,
        (false, false) if exact => Kind::Exact,
        (false, false) => Kind::Fuzzy,
    };
    (kind, rest.to_owned())
}

fn strip(text: &str, mark: char) -> (bool, &str) {
    match text.strip_prefix(mark) {
        Some(rest) => (true, rest),
        None => (false, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(typed: &str) -> Vec<(Kind, bool, String)> {
        Query::parse(typed)
            .terms()
            .map(|term| (term.kind, term.negated, term.text.clone()))
            .collect()
    }

    #[test]
    fn marks_around_a_word_say_how_it_must_stand() {
        let read = kinds("steel 'duty ^carney deal$ ^cusma$ !trump");
        let expected = [
            (Kind::Fuzzy, false, "steel"),
            (Kind::Exact, false, "duty"),
            (Kind::Prefix, false, "carney"),
            (Kind::Suffix, false, "deal"),
            (Kind::Whole, false, "cusma"),
            (Kind::Exact, true, "trump"),
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
                [(Kind::Exact, false, "white smoke".to_owned())]
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
                (Some(Field::Outlet), Kind::Fuzzy),
                (Some(Field::Date), Kind::Prefix),
                (None, Kind::Fuzzy)
            ]
        );
    }

    #[test]
    fn a_field_with_nothing_after_it_holds_for_the_words_that_follow() {
        let fields = |typed: &str| -> Vec<(Option<Field>, String)> {
            let query = Query::parse(typed);
            let terms = query.terms();
            terms.map(|term| (term.field, term.text.clone())).collect()
        };
        let expected = |terms: &[(Option<Field>, &str)]| -> Vec<(Option<Field>, String)> {
            let terms = terms.iter();
            terms
                .map(|(field, text)| (*field, (*text).to_owned()))
                .collect()
        };
        assert_eq!(
            fields("rome body: white \"black smoke\" outlet:cbc !vote"),
            expected(&[
                (None, "rome"),
                (Some(Field::Body), "white"),
                (Some(Field::Body), "black smoke"),
                (Some(Field::Outlet), "cbc"),
                (Some(Field::Body), "vote"),
            ])
        );
        assert_eq!(
            fields("outlet: cbc | ctv body: smoke"),
            expected(&[
                (Some(Field::Outlet), "cbc"),
                (Some(Field::Outlet), "ctv"),
                (Some(Field::Body), "smoke"),
            ])
        );
        assert_eq!(
            fields("!body: smoke"),
            expected(&[(None, "smoke")]),
            "half a negation asks for nothing"
        );
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

    #[test]
    fn scattered_rows_stay_scattered_when_letters_are_added_at_the_ends_only() {
        let keeps = |new: &str, old: &str| Query::parse(new).keeps_scattered(&Query::parse(old));
        assert!(keeps("steel", "ste"));
        assert!(!keeps("steel", "sel"));
        assert!(!keeps("steel", "st el"));
    }
}
