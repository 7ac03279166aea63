//! The tiers of certainty that two passages correspond, with the same names wherever they are written.

use serde::{Deserialize, Serialize};

use super::weights;

/// Certainty that two passages correspond.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PairTier {
    /// The same claim.
    Same,
    /// Likely the same claim.
    Likely,
    /// Something in common.
    Related,
}

impl PairTier {
    /// All tiers, the surest first.
    pub const ALL: [PairTier; 3] = [PairTier::Same, PairTier::Likely, PairTier::Related];

    /// Returns the tier of two passages of that similarity, if they are a pair at all.
    pub fn of_similarity(similarity: f32) -> Option<Self> {
        match similarity {
            s if s >= weights::SAME => Some(PairTier::Same),
            s if s >= weights::LIKELY => Some(PairTier::Likely),
            s if s >= weights::RELATED => Some(PairTier::Related),
            _ => None,
        }
    }

    /// Returns its name in one word, as JSON and CSV have it too.
    pub fn name(self) -> &'static str {
        match self {
            PairTier::Same => "same",
            PairTier::Likely => "likely",
            PairTier::Related => "related",
        }
    }
}
