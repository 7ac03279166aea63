//! From a place in the cleaned text back to the same words in the text as it came.

use serde::{Deserialize, Serialize};

/// Where the pieces of a cleaned text stood in the original; empty when nothing was moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// `(offset in the cleaned text, offset in the original)` at the start of each piece that moved, in bytes.
    pieces: Vec<(usize, usize)>,
}
