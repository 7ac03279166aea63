//! A lexicon held against texts: how often each term and each form is found, and a concordance to judge it by.
//!
//! A form never found may be misspelt or vetoed by its own rules; a form found too often shows in the concordance by the company it keeps.

use super::{Lexicon, TermHit, TermIx};
use crate::text::Span;

/// How many characters of a line stand on each side of the hit, at most.
const CONTEXT: usize = 40;

/// One text to hold a lexicon against.
#[derive(Clone, Copy, Debug)]
pub struct CheckedText<'a> {
    /// The whole text.
    pub text: &'a str,
    /// The paragraphs of it that are looked at, in order.
    pub paragraphs: &'a [Span],
}

/// What a lexicon finds in some texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LexiconCheck {
    /// How many texts there were.
    pub texts: usize,
    /// One per term of the lexicon, in its order.
    pub terms: Vec<TermCount>,
    /// Every hit with the words around it, by term, then by text.
    pub concordance: Vec<ConcordanceLine>,
}

/// How often a term was found.
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
    /// Returns the terms never found.
    pub fn unseen_terms(&self) -> impl Iterator<Item = TermIx> + '_ {
        self.terms
            .iter()
            .filter(|count| count.hits == 0)
            .map(|count| count.term)
    }

    /// Returns the forms never found, with their terms; `lexicon` is the one that was checked.
    pub fn unseen_forms<'a>(
        &'a self,
        lexicon: &'a Lexicon,
    ) -> impl Iterator<Item = (TermIx, &'a str)> {
        self.terms
            .iter()
            .zip(lexicon.terms())
            .flat_map(|(count, term)| {
                let forms = count.forms.iter().zip(&term.forms);
                forms
                    .filter(|(hits, _)| **hits == 0)
                    .map(|(_, form)| (count.term, form.as_str()))
            })
    }
}

/// Returns what `lexicon` finds in `texts`.
pub fn check_lexicon<'a>(
    lexicon: &Lexicon,
    texts: impl IntoIterator<Item = CheckedText<'a>>,
) -> LexiconCheck {
    let terms = lexicon
        .terms()
        .iter()
        .enumerate()
        .map(|(number, term)| TermCount {
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
    for text in texts {
        check.add(text, &lexicon.find(text.text, text.paragraphs));
    }
    check
        .concordance
        .sort_by_key(|line| (line.hit.term, line.text));
    check
}

impl LexiconCheck {
    fn add(&mut self, text: CheckedText<'_>, hits: &[TermHit]) {
        let mut before: Vec<usize> = self.terms.iter().map(|count| count.hits).collect();
        for hit in hits {
            if let Some(count) = self.terms.get_mut(hit.term.0) {
                count.hits += 1;
                count.forms[hit.form] += 1;
            }
            self.concordance.push(line(text, self.texts, *hit));
        }
        for (count, before) in self.terms.iter_mut().zip(before.drain(..)) {
            count.texts += usize::from(count.hits > before);
        }
        self.texts += 1;
    }
}

fn line(text: CheckedText<'_>, number: usize, hit: TermHit) -> ConcordanceLine {
    let paragraph = text
        .paragraphs
        .partition_point(|paragraph| paragraph.end < hit.span.end);
    let paragraph = text.paragraphs.get(paragraph).copied().unwrap_or(hit.span);
    let left = Span::new(paragraph.start, hit.span.start).of(text.text);
    let right = Span::new(hit.span.end, paragraph.end).of(text.text);
    ConcordanceLine {
        text: number,
        hit,
        left: last_words(left),
        words: on_one_line(hit.span.of(text.text)),
        right: first_words(right),
    }
}

/// Returns whole words from the end of `text`, at most [`CONTEXT`] characters.
fn last_words(text: &str) -> String {
    let from = text.char_indices().rev().nth(CONTEXT);
    let tail = from.map_or(text, |(at, c)| {
        text.get(at + c.len_utf8()..).unwrap_or_default()
    });
    let cut = from.is_some_and(|(_, c)| !c.is_whitespace());
    let whole = if cut {
        tail.split_once(char::is_whitespace)
            .map_or("", |(_, rest)| rest)
    } else {
        tail
    };
    on_one_line(whole)
}

/// Returns whole words from the start of `text`, at most [`CONTEXT`] characters.
fn first_words(text: &str) -> String {
    let to = text.char_indices().nth(CONTEXT);
    let head = to.map_or(text, |(at, _)| text.get(..at).unwrap_or_default());
    let cut = to.is_some_and(|(_, c)| !c.is_whitespace());
    let whole = if cut {
        head.rsplit_once(char::is_whitespace)
            .map_or("", |(rest, _)| rest)
    } else {
        head
    };
    on_one_line(whole)
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
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
        let spans = TEXTS.map(paragraphs);
        let texts = TEXTS
            .iter()
            .zip(&spans)
            .map(|(text, paragraphs)| CheckedText { text, paragraphs });
        let check = check_lexicon(&lexicon, texts);
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
        let unseen: Vec<_> = check
            .unseen_terms()
            .map(|term| lexicon.terms()[term.0].id.as_str())
            .collect();
        assert!(unseen.contains(&"levy") && !unseen.contains(&"tariff"));
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
