//! Terms of a lexicon: what they are, how they are written, and where they are allowed to match.
