//! Finds places of the cleaned text again in the text as it came.
//!
//! Cleaning keeps most of a text as it is, so only the stretches that moved are written down; a text that was clean
//! already costs nothing. Places go back in bytes ([`OriginMap`]) or in Unicode scalar values ([`ScalarPlaces`]), both in
//! logarithmic time and never backwards.

use serde::{Deserialize, Serialize};

use super::Span;

/// The places of the pieces of a cleaned text in the original; empty when nothing was moved.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginMap {
    pieces: Vec<OriginPiece>,
}

/// A stretch that was kept as it is, or one character that was replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct OriginPiece {
    /// First byte in the cleaned text.
    clean: usize,
    /// First byte in the original.
    original: usize,
    /// End in the original, in bytes; anything between it and the next piece was dropped.
    end: usize,
    /// First scalar value in the original.
    scalar: usize,
}

impl OriginMap {
    /// Returns true where each place is the same in both texts.
    #[cfg(test)]
    pub(super) fn is_identity(&self) -> bool {
        self.pieces.is_empty()
    }

    /// Returns the place, in bytes of the original, of the character that begins at `at` in the cleaned text.
    pub fn place(&self, at: usize) -> usize {
        let (piece, replaced) = self.piece(at);
        if replaced {
            return piece.original;
        }
        (piece.original + (at - piece.clean)).min(piece.end)
    }

    /// Returns the bytes of the original that `span` was made of, without anything dropped at its ends.
    pub fn span(&self, span: Span) -> Span {
        let start = self.place(span.start);
        if span.is_empty() {
            return Span::new(start, start);
        }
        let (piece, replaced) = self.piece(span.end - 1);
        if replaced {
            return Span::new(start, piece.end);
        }
        let end = piece.original + (span.end - piece.clean);
        Span::new(start, end.min(piece.end))
    }

    /// Returns the piece that holds the cleaned place `at`, and whether it replaces a character of another length, so that only
    /// its ends are places of the original.
    fn piece(&self, at: usize) -> (OriginPiece, bool) {
        let next = self.pieces.partition_point(|piece| piece.clean <= at);
        let Some(piece) = next.checked_sub(1).and_then(|last| self.pieces.get(last)) else {
            return (UNMOVED, false);
        };
        let len = piece.end - piece.original;
        let next = self.pieces.get(next);
        let replaced = next.is_some_and(|next| next.clean - piece.clean != len);
        (*piece, replaced)
    }
}

/// The one piece of a text that was clean already.
const UNMOVED: OriginPiece = OriginPiece {
    clean: 0,
    original: 0,
    end: usize::MAX,
    scalar: 0,
};

/// Builds an [`OriginMap`] while a text is being cleaned from front to back.
#[derive(Debug, Default)]
pub(super) struct OriginBuilder {
    pieces: Vec<OriginPiece>,
    scalars: usize,
}

impl OriginBuilder {
    /// Adds a stretch of the original that begins at `clean` in the cleaned text.
    ///
    /// `len` is its length there in bytes, `scalars` its length in the original in scalar values.
    pub(super) fn keep(&mut self, clean: usize, original: Span, len: usize, scalars: usize) {
        let same = len == original.len();
        match self.pieces.last_mut() {
            Some(last)
                if same
                    && last.end == original.start
                    && last.end - last.original == clean - last.clean =>
            {
                last.end = original.end;
            }
            _ => self.pieces.push(OriginPiece {
                clean,
                original: original.start,
                end: original.end,
                scalar: self.scalars,
            }),
        }
        self.scalars += scalars;
    }

    /// Counts `scalars` characters that were dropped.
    pub(super) fn skip(&mut self, scalars: usize) {
        self.scalars += scalars;
    }

    /// Returns the map for a text of `len` bytes that became one of `clean` bytes.
    pub(super) fn finish(mut self, len: usize, clean: usize) -> OriginMap {
        // A replaced character is known by where the next piece begins, so the last one needs one behind it.
        if let Some(last) = self.pieces.last()
            && clean - last.clean != last.end - last.original
        {
            let end = last.end;
            self.keep(clean, Span::new(end, end), 0, 0);
        }
        if let [only] = self.pieces.as_slice()
            && only.original == 0
            && only.end == len
        {
            self.pieces.clear();
        }
        self.pieces.shrink_to_fit();
        OriginMap {
            pieces: self.pieces,
        }
    }
}

/// Bytes between two counted places: a short walk, and a small table.
const STEP: usize = 256;

/// Places in the original counted in Unicode scalar values; made once for a text, then asked often.
#[derive(Clone, Debug)]
pub struct ScalarPlaces<'a> {
    text: &'a str,
    origin: &'a OriginMap,
    /// Scalar values of the cleaned text before each multiple of [`STEP`], and in all of it; empty for ASCII.
    counted: Vec<usize>,
}

impl<'a> ScalarPlaces<'a> {
    /// Counts through `text`, the cleaned text that `origin` belongs to.
    pub fn new(text: &'a str, origin: &'a OriginMap) -> Self {
        let mut counted = Vec::new();
        if !text.is_ascii() {
            let mut before = 0;
            for bytes in text.as_bytes().chunks(STEP) {
                counted.push(before);
                before += starts(bytes);
            }
            counted.push(before);
        }
        Self {
            text,
            origin,
            counted,
        }
    }

    /// Returns the place, in scalar values of the original, of the character that begins at `at` in the cleaned text.
    pub fn place(&self, at: usize) -> usize {
        let (piece, replaced) = self.origin.piece(at);
        if replaced {
            return piece.scalar;
        }
        piece.scalar + (self.clean(at) - self.clean(piece.clean))
    }

    /// Returns the scalar values of the original that `span` was made of.
    pub fn span(&self, span: Span) -> Span {
        let start = self.place(span.start);
        match span.of(self.text).chars().next_back() {
            Some(last) => Span::new(start, self.place(span.end - last.len_utf8()) + 1),
            None => Span::new(start, start),
        }
    }

    /// Returns the place of `at` in scalar values of the cleaned text itself.
    pub fn clean(&self, at: usize) -> usize {
        let at = at.min(self.text.len());
        let block = at / STEP;
        let Some(before) = self.counted.get(block) else {
            return at;
        };
        let bytes = self.text.as_bytes().get(block * STEP..at);
        before + bytes.map_or(0, starts)
    }
}

/// Returns how many characters begin in `bytes`.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0xC0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::sanitize::sanitize;

    fn back<'a>(original: &'a str, words: &str) -> &'a str {
        let cleaned = sanitize(original);
        let at = cleaned.text.find(words).expect("the words are kept");
        cleaned
            .origin
            .span(Span::new(at, at + words.len()))
            .of(original)
    }

    #[test]
    fn a_clean_text_needs_no_pieces() {
        assert!(
            sanitize("Carney said “yes.”\nTrump did not.")
                .origin
                .is_identity()
        );
        assert!(sanitize("steel\tand aluminum").origin.is_identity());
    }

    #[test]
    fn words_are_found_again_behind_what_was_dropped() {
        let original =
            "\u{feff}The \u{1b}[1mwhite\u{1b}[0m smoke\r\nrose\u{200b} over\u{2028}Ottawa";
        for words in ["The", "white", "smoke", "rose", "over", "Ottawa"] {
            assert_eq!(back(original, words), words);
        }
        assert_eq!(back(original, "white smoke"), "white\u{1b}[0m smoke");
    }

    #[test]
    fn a_replaced_character_goes_back_whole() {
        assert_eq!(back("a\u{f0000}b", "a\u{fffd}"), "a\u{f0000}");
        assert_eq!(back("a\u{f0000}b", "b"), "b");
    }

    #[test]
    fn scalar_places_count_the_characters_of_the_original() {
        let original = "“é\u{200b}é” \r\n— Trump";
        let cleaned = sanitize(original);
        let scalars = ScalarPlaces::new(&cleaned.text, &cleaned.origin);
        let at = cleaned.text.find("Trump").expect("kept");
        let place = original.chars().position(|c| c == 'T');
        assert_eq!(Some(scalars.place(at)), place);
        assert_eq!(scalars.span(Span::new(at, at + 5)).len(), 5);
    }

    #[test]
    fn scalar_places_of_a_long_text_are_right_at_every_step() {
        let text = "tariff – Québec ".repeat(100);
        let origin = OriginMap::default();
        let scalars = ScalarPlaces::new(&text, &origin);
        for (count, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(scalars.place(at), count);
        }
        assert_eq!(scalars.place(text.len()), text.chars().count());
    }
}
