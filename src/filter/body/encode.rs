//! Texts as bytes to keep, and back.
//!
//! Whoever keeps the bytes sees to it that they are those that were written; here it is only made sure that no bytes
//! whatever make a search fail.

use serde::{Deserialize, Serialize};

use super::text_index::MOST_TEXTS;
use super::word_index::Block;
use super::{TextIndex, WordIndex};

/// Stands before the first index; the number changes with the layout.
const MAGIC: &[u8; 8] = b"bodies 3";

/// A [`WordIndex`] as it is written. Borrowed, because a borrowed slice is read as a whole and a vector byte by byte.
#[derive(Serialize, Deserialize)]
struct SavedWordIndex<'a> {
    texts: u32,
    worded: u32,
    words: &'a str,
    lists: &'a [u8],
    blocks: Vec<Block>,
}

impl TextIndex {
    /// Returns all texts as bytes, after it has waited for their indexes.
    pub fn encode(&self) -> Vec<u8> {
        self.settle();
        let mut bytes = MAGIC.to_vec();
        self.for_each_index(|index| {
            let saved = SavedWordIndex {
                texts: index.texts,
                worded: index.worded,
                words: &index.words,
                lists: &index.lists,
                blocks: index.blocks.clone(),
            };
            // Writing to memory cannot fail.
            bytes.extend(postcard::to_allocvec(&saved).unwrap_or_default());
        });
        bytes
    }

    /// Returns the texts that became these bytes; `None` if the bytes are not whole.
    pub fn decode(bytes: &[u8]) -> Option<TextIndex> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut indexes = Vec::new();
        while !rest.is_empty() {
            let (saved, after) = postcard::take_from_bytes::<SavedWordIndex>(rest).ok()?;
            rest = after;
            if saved.texts as usize > MOST_TEXTS {
                return None;
            }
            indexes.push(WordIndex {
                texts: saved.texts,
                worded: saved.worded,
                words: saved.words.to_owned(),
                lists: saved.lists.to_vec(),
                blocks: saved.blocks,
            });
        }
        Some(indexes.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes() -> Vec<u8> {
        let texts = TextIndex::default();
        texts.push("Steel tariffs in Québec");
        texts.settle();
        texts.push("White smoke over tariffs");
        texts.push("");
        texts.encode()
    }

    #[test]
    fn texts_are_the_same_after_they_were_kept() {
        let texts = TextIndex::decode(&bytes()).unwrap();
        assert_eq!(texts.len(), 3);
        assert_eq!(texts.holding(&["tariff"]).certain, [0, 1]);
        assert_eq!(texts.holding(&["quebec"]).certain, [0]);
        assert_eq!(texts.encode(), bytes());
        assert!(
            TextIndex::decode(&TextIndex::default().encode()).is_some_and(|none| none.is_empty())
        );
    }

    #[test]
    fn bytes_that_end_early_are_no_texts() {
        let whole = bytes();
        let one = 8 + 1;
        for cut in one..whole.len() {
            let read = TextIndex::decode(&whole[..cut]);
            assert!(read.is_none_or(|texts| texts.len() < 3), "cut at {cut}");
        }
    }

    #[test]
    fn damaged_bytes_make_no_search_fail() {
        let whole = bytes();
        for place in 0..whole.len() {
            for bit in 0..8 {
                let mut damaged = whole.clone();
                damaged[place] ^= 1 << bit;
                if let Some(texts) = TextIndex::decode(&damaged) {
                    for word in ["tariff", "white smoke", "e", ""] {
                        texts.holding(&[word]);
                    }
                }
            }
        }
    }
}
