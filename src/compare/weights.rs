//! All numbers of the pairing, in one place, with where they come from.

/// Pairs below this soft cosine are not looked at.
pub const LEAST_COSINE: f32 = 0.02;
/// What a term weighs that the words only imply (a canonical name, a long name for a short one), against a written one.
pub const IMPLIED: f32 = 0.7;
/// Letters that two words must begin with to be near each other.
pub const NEAR_LEAST: usize = 4;
/// Part of the longer word that near words begin with.
pub const NEAR: f32 = 0.6;

/// Least similarity of a pair.
pub const RELATED: f32 = 0.165;
/// Least similarity of a likely pair.
pub const LIKELY: f32 = 0.25;
/// Least similarity of the same claim.
pub const SAME: f32 = 0.40;
/// A pair must have this part of the similarity of the better of its passages' best pairs.
pub const OF_BEST: f32 = 0.3;

/// Passages are diffed word by word if this part of the shorter one's content words is shared in order.
pub const DIFFED: f32 = 0.5;
/// Words left times words right above which two passages are not diffed.
pub const DIFF_CELLS: usize = 1_000_000;

/// Content words that two quotations must share in order to be the same quotation ...
pub const QUOTE_WORDS: usize = 3;
/// ... and the part of the shorter one's content words that they must be.
pub const QUOTE_PART: f32 = 0.6;
