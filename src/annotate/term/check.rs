//! A lexicon checked against texts: counts of each term and form, and a concordance to judge it by.
//!
//! A form never found may be misspelt or vetoed by its own rules; a form found too often shows in the concordance by the company it keeps.

use std::collections::HashSet;

use super::{Lexicon, TermHit, TermIx};
use crate::text::Span;

/// Most characters on each side of a hit, so that a line of the concordance fits into 100 columns.
const CONTEXT: usize = 40;

/// The hits of a lexicon in some texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconCheck {
    /// Number of texts.
    pub texts: usize,
    /// Counts of every term of the lexicon, in its order.
    pub terms: Vec<TermCount>,
    /// Every hit with the words around it, by term, then by text.
    pub concordance: Vec<ConcordanceLine>,
}

/// Counts of one term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermCount {
    /// The term.
    pub term: TermIx,
    /// Hits in all texts.
    pub hits: usize,
    /// Texts with at least one.
    pub texts: usize,
    /// Hits of each form, inflections counted with it.
    pub forms: Vec<usize>,
}

/// A hit in its context, on one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConcordanceLine {
    /// Number of the text, counted from 0.
    pub text: usize,
    /// The hit.
    pub hit: TermHit,
    /// Words before it.
    pub left: String,
    /// Its words.
    pub words: String,
    /// Words after it.
    pub right: String,
}

impl LexiconCheck {
    /// Returns the forms never found, with their terms; `lexicon` is the one that was checked.
    pub fn unseen_forms<'a>(
        &'a self,
        lexicon: &'a Lexicon,
    ) -> impl Iterator<Item = (TermIx, &'a str)> {
        let terms = self.terms.iter().zip(lexicon.terms());
        terms.flat_map(|(count, term)| {
            let forms = count.forms.iter().zip(&term.forms);
            let unseen = forms.filter(|(hits, _)| **hits == 0);
            unseen.map(|(_, form)| (count.term, form.as_str()))
        })
    }
}

/// Returns the hits of `lexicon` in `texts`, each with its paragraphs that are searched, in order.
pub fn check_lexicon<'a>(
    lexicon: &Lexicon,
    texts: impl IntoIterator<Item = (&'a str, Vec<Span>)>,
) -> LexiconCheck {
    let terms = (0..).zip(lexicon.terms());
    let terms = terms.map(|(number, term)| TermCount {
        term: TermIx(number),
        hits: 0,
        texts: 0,
        forms: vec![0; term.forms.len()],
    });
    let mut check = LexiconCheck {
        texts: 0,
        terms: terms.collect(),
        concordance: Vec::new(),
    };
    for (text, paragraphs) in texts {
        let mut seen = HashSet::new();
        for hit in lexicon.find(text, &paragraphs) {
            if let Some(count) = check.terms.get_mut(hit.term.0) {
                count.hits += 1;
                count.forms[hit.form] += 1;
                count.texts += usize::from(seen.insert(hit.term));
            }
            let line = line(text, &paragraphs, check.texts, hit);
            check.concordance.push(line);
        }
        check.texts += 1;
    }
    let lines = &mut check.concordance;
    lines.sort_by_key(|line| (line.hit.term, line.text));
    check
}

fn line(text: &str, paragraphs: &[Span], number: usize, hit: TermHit) -> ConcordanceLine {
    let paragraph = paragraphs.partition_point(|paragraph| paragraph.end < hit.span.end);
    let paragraph = paragraphs.get(paragraph).copied().unwrap_or(hit.span);
    let left = Span::new(paragraph.start, hit.span.start).of(text);
    let right = Span::new(hit.span.end, paragraph.end).of(text);
    let mut before = fitting(left.split_whitespace().rev());
    before.reverse();
    // Two blanks or a line end in a hit are one blank here.
    let words: Vec<&str> = hit.span.of(text).split_whitespace().collect();
    ConcordanceLine {
        text: number,
        hit,
        left: before.join(" "),
        words: words.join(" "),
        right: fitting(right.split_whitespace()).join(" "),
    }
}

/// Returns the first of the `words` that have room in [`CONTEXT`] characters, each with a blank.
fn fitting<'a>(words: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut used = 0;
    let fits = |word: &&str| {
        used += word.chars().count() + 1;
        used <= CONTEXT
    };
    words.take_while(fits).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sentences::paragraphs;

    const TEXTS: [&str; 2] = [
        "Canada answered with counter-tariffs on orange juice.\n\nThe tariffs were announced in March, after weeks of talks that\nled nowhere, officials said.",
        "Wheat prices rose.",
    ];

    fn checked() -> (Lexicon, LexiconCheck) {
        let lexicon = Lexicon::bundled();
        let check = check_lexicon(&lexicon, TEXTS.map(|text| (text, paragraphs(text))));
        (lexicon, check)
    }

    fn count<'a>(lexicon: &Lexicon, check: &'a LexiconCheck, id: &str) -> &'a TermCount {
        let number = lexicon
            .terms()
            .iter()
            .position(|term| term.id == id)
            .unwrap();
        &check.terms[number]
    }

    #[test]
    fn hits_are_counted_by_term_and_form() {
        let (lexicon, check) = checked();
        assert_eq!(check.texts, 2);
        let tariff = count(&lexicon, &check, "tariff");
        assert_eq!(
            (tariff.hits, tariff.texts, &tariff.forms[..]),
            (1, 1, &[1, 0][..])
        );
        assert_eq!(count(&lexicon, &check, "agri").hits, 1);
    }

    #[test]
    fn what_is_never_found_is_named() {
        let (lexicon, check) = checked();
        let hits = |id| count(&lexicon, &check, id).hits;
        assert!(hits("levy") == 0 && hits("tariff") > 0);
        assert!(
            check
                .unseen_forms(&lexicon)
                .any(|(_, form)| form == "tarriff")
        );
        assert!(
            !check
                .unseen_forms(&lexicon)
                .any(|(_, form)| form == "orange juice")
        );
    }

    #[test]
    fn the_concordance_shows_whole_words_on_one_line() {
        let (_, check) = checked();
        let lines: Vec<_> = check
            .concordance
            .iter()
            .map(|line| (line.left.as_str(), line.words.as_str(), line.right.as_str()))
            .collect();
        assert_eq!(
            lines,
            [
                ("The", "tariffs", "were announced in March, after weeks of"),
                (
                    "Canada answered with",
                    "counter-tariffs",
                    "on orange juice."
                ),
                (
                    "Canada answered with counter-tariffs on",
                    "orange juice",
                    "."
                ),
            ]
        );
    }
}
