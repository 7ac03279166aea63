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
    /// All kinds, those about quotations first.
    pub const ALL: [DifferenceKind; 12] = [
        DifferenceKind::QuoteWording,
        DifferenceKind::QuoteCut,
        DifferenceKind::QuoteExtent,
        DifferenceKind::QuoteVsParaphrase,
        DifferenceKind::Speaker,
        DifferenceKind::Number,
        DifferenceKind::Time,
        DifferenceKind::List,
        DifferenceKind::Naming,
        DifferenceKind::Place,
        DifferenceKind::Claim,
        DifferenceKind::Cue,
    ];

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

    /// Returns its name in at most eleven columns, for where there is no room for the other.
    pub fn short_name(self) -> &'static str {
        match self {
            DifferenceKind::QuoteWording => "reworded",
            DifferenceKind::QuoteCut => "cut",
            DifferenceKind::QuoteExtent => "part quoted",
            DifferenceKind::QuoteVsParaphrase => "quoted|told",
            DifferenceKind::Speaker => "speaker",
            DifferenceKind::Cue => "verb",
            kind => kind.name(),
        }
    }

    /// Returns its meaning in a few words.
    pub fn meaning(self) -> &'static str {
        match self {
            DifferenceKind::QuoteWording => "the same quotation in other words",
            DifferenceKind::QuoteCut => "a quotation that goes on in one report only",
            DifferenceKind::QuoteExtent => "the same words quoted at different length",
            DifferenceKind::QuoteVsParaphrase => {
                "the same words quoted in one report, told in the other"
            }
            DifferenceKind::Speaker => "the same words from another speaker",
            DifferenceKind::Number => "another number",
            DifferenceKind::Time => "another time, or a more precise one",
            DifferenceKind::List => "a list with other members",
            DifferenceKind::Naming => "another name for the same thing",
            DifferenceKind::Place => "another place",
            DifferenceKind::Claim => "claims that contradict each other or differ in strength",
            DifferenceKind::Cue => "a reporting verb that judges",
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
