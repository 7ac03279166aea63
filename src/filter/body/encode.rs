//! Encodes the index of texts as bytes for the cache, and decodes it.
//!
//! The cache makes sure that the bytes are unchanged. Here damaged bytes may give wrong answers, but never make a search fail.

use std::sync::Arc;

use super::text_index::{FULL, MOST_TEXTS};
use super::{TextIndex, WordIndex};

/// First bytes of the encoded texts; the number changes with the layout.
const MAGIC: &[u8; 8] = b"bodies 3";

impl TextIndex {
    /// Waits until every text is indexed, and returns the indexes as bytes.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        for part in self.seal() {
            part.index().encode(&mut bytes);
        }
        bytes
    }

    /// Returns the texts that were encoded as these bytes, which are kept; `None` if they are damaged.
    pub fn decode(bytes: Vec<u8>) -> Option<TextIndex> {
        let mut at = bytes.starts_with(MAGIC).then_some(MAGIC.len())?;
        let bytes = Arc::new(bytes);
        let mut indexes = Vec::new();
        while at < bytes.len() {
            let (index, after) = WordIndex::decode(&bytes, at)?;
            at = after;
            // A search reserves memory for each text, so a damaged number must not be believed.
            if index.texts as usize > MOST_TEXTS {
                return None;
            }
            indexes.push(index);
        }
        Some(TextIndex::new(indexes, FULL))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes() -> Vec<u8> {
        let texts = TextIndex::default();
        texts.push("Steel tariffs in Québec");
        texts.encode();
        texts.push("White smoke over tariffs");
        texts.push("");
        texts.encode()
    }

    #[test]
    fn texts_are_the_same_after_they_were_kept() {
        let texts = TextIndex::decode(bytes()).unwrap();
        assert_eq!(texts.count(), 3);
        assert_eq!(texts.holding(&["tariff"]).certain, [0, 1]);
        assert_eq!(texts.holding(&["quebec"]).certain, [0]);
        assert_eq!(texts.encode(), bytes());
        assert!(
            TextIndex::decode(TextIndex::default().encode()).is_some_and(|none| none.count() == 0)
        );
    }

    #[test]
    fn bytes_that_end_early_are_no_texts() {
        let whole = bytes();
        let one = 8 + 1;
        for cut in one..whole.len() {
            let read = TextIndex::decode(whole[..cut].to_vec());
            assert!(read.is_none_or(|texts| texts.count() < 3), "cut at {cut}");
        }
    }

    #[test]
    fn damaged_bytes_make_no_search_fail() {
        let whole = bytes();
        for place in 0..whole.len() {
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[place] ^= 1 << bit;
                if let Some(texts) = TextIndex::decode(damaged) {
                    for word in ["tariff", "white smoke", "e", ""] {
                        texts.holding(&[word]);
                    }
                }
            }
        }
    }
}
