//! Quotations: where they are, what kind they are, who said them, and how that is known.

use serde::{Deserialize, Serialize};

use crate::text::Span;

/// How a quotation stands in the reporter's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A whole utterance.
    Direct,
    /// A fragment inside the reporter's own sentence.
    Mixed,
}

/// How a speaker was found, surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// A cue in the quotation's own sentence.
    Cue,
    /// The subject of the quotation's own sentence, without a reporting verb.
    Sentence,
    /// The other part of the same utterance, or the quotation that it goes on from.
    Chain,
    /// A cue in the sentence next to it.
    Neighbour,
    /// Another sentence of the same paragraph, or the paragraph before.
    Paragraph,
}

/// Who said it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Speaker {
    /// The full name last meant in the article, or the words as written.
    pub name: String,
    /// The words that name the speaker here (`he`, `the prime minister`, `Carney`).
    pub mention: Span,
    /// How it was found.
    pub basis: Basis,
}

/// A quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// From the opening to the closing mark, both in it; one paragraph at most.
    pub span: Span,
    /// Direct or mixed.
    pub kind: Kind,
    /// Who said it; `None` where the text does not tell.
    pub speaker: Option<Speaker>,
    /// The reporting words (`said`, `according to`).
    pub cue: Option<Span>,
    /// Number of the utterance that it is a part of, counted from 0 in the article.
    pub utterance: usize,
    /// Quotations inside it.
    pub nested: Vec<Span>,
    /// Whether its closing mark was there (a quotation that goes on in the next paragraph counts as closed).
    pub closed: bool,
}

/// Reported speech without marks: `Carney said Canada has a team of senior bureaucrats`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// What was said, in the reporter's words.
    pub span: Span,
    /// Who said it.
    pub speaker: Option<Speaker>,
    /// The reporting words.
    pub cue: Option<Span>,
}
