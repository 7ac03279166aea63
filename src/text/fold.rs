//! Folding for matching, one char for one char, so that places stay valid: case, accents, curly marks, dashes, odd blanks.
