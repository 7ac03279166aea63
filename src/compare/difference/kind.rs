//! The kinds of differences, each with its name for readers and its name for programs.

use serde::{Deserialize, Serialize};

/// A kind of difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DifferenceKind {
    /// The same quotation in other words (type, kind).
    QuoteWording,
    /// One goes on where the other stops.
    QuoteCut,
    /// More words inside the marks on one side ("good", "good conversation").
    QuoteExtent,
    /// Quoted on one side, told without marks on the other.
    QuoteVsParaphrase,
    /// The same words, another speaker.
    Speaker,
    /// Other numbers.
    Number,
    /// Other times, or more precise ones.
    Time,
    /// An enumeration with other members.
    List,
    /// Another name for the same thing.
    Naming,
    /// Another place.
    Place,
    /// The same fact so that both cannot be true, or with another strength.
    Claim,
    /// A reporting verb that judges.
    Cue,
}

impl DifferenceKind {
    /// Returns its name for readers, wherever one sees it.
    pub fn name(self) -> &'static str {
        match self {
            DifferenceKind::QuoteWording => "quote reworded",
            DifferenceKind::QuoteCut => "quote cut short",
            DifferenceKind::QuoteExtent => "quoted at different length",
            DifferenceKind::QuoteVsParaphrase => "quoted in one, told in the other",
            DifferenceKind::Speaker => "another speaker",
            DifferenceKind::Number => "number",
            DifferenceKind::Time => "time",
            DifferenceKind::List => "list",
            DifferenceKind::Naming => "naming",
            DifferenceKind::Place => "place",
            DifferenceKind::Claim => "claim",
            DifferenceKind::Cue => "reporting verb",
        }
    }

    /// Returns its name for programs, in JSON and CSV.
    pub fn id(self) -> &'static str {
        match self {
            DifferenceKind::QuoteWording => "quote-wording",
            DifferenceKind::QuoteCut => "quote-cut",
            DifferenceKind::QuoteExtent => "quote-extent",
            DifferenceKind::QuoteVsParaphrase => "quote-vs-paraphrase",
            DifferenceKind::Speaker => "speaker",
            DifferenceKind::Number => "number",
            DifferenceKind::Time => "time",
            DifferenceKind::List => "list",
            DifferenceKind::Naming => "naming",
            DifferenceKind::Place => "place",
            DifferenceKind::Claim => "claim",
            DifferenceKind::Cue => "cue",
        }
    }

    /// Whether it is about words in quotation marks.
    pub fn is_about_quotes(self) -> bool {
        use DifferenceKind::{QuoteCut, QuoteExtent, QuoteVsParaphrase, QuoteWording, Speaker};
        matches!(
            self,
            QuoteWording | QuoteCut | QuoteExtent | QuoteVsParaphrase | Speaker
        )
    }
}
