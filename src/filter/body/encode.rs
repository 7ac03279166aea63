//! Texts as bytes to keep, and back: a section for each index, numbers in little-endian order.
//!
//! Whoever keeps the bytes sees to it that they are those that were written; here it is only made sure that no bytes
//! whatever make a search fail.

use super::text_index::MOST_TEXTS;
use super::word_index::Block;
use super::{TextIndex, WordIndex};

/// Stands before the first index; the number changes with the layout.
const MAGIC: &[u8; 8] = b"bodies 2";

impl TextIndex {
    /// Returns all texts as bytes, after it has waited for their indexes.
    pub fn encode(&self) -> Vec<u8> {
        self.settle();
        let mut bytes = MAGIC.to_vec();
        for index in self.indexes() {
            write(&index, &mut bytes);
        }
        bytes
    }

    /// Returns the texts that became these bytes; `None` if the bytes are not whole.
    pub fn decode(bytes: &[u8]) -> Option<TextIndex> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut indexes = Vec::new();
        while !rest.is_empty() {
            indexes.push(read(&mut rest)?);
        }
        Some(indexes.into_iter().collect())
    }
}

fn write(index: &WordIndex, bytes: &mut Vec<u8>) {
    bytes.extend_from_slice(&index.texts.to_le_bytes());
    bytes.extend_from_slice(&index.worded.to_le_bytes());
    let blocks = index.blocks.iter();
    let blocks = blocks.flat_map(|block| [block.word.to_le_bytes(), block.list.to_le_bytes()]);
    let blocks: Vec<u8> = blocks.flatten().collect();
    for section in [index.words.as_bytes(), &index.lists, &blocks] {
        bytes.extend_from_slice(&(section.len() as u64).to_le_bytes());
        bytes.extend_from_slice(section);
    }
}

fn read(rest: &mut &[u8]) -> Option<WordIndex> {
    let texts = number(rest)?;
    let worded = number(rest)?;
    let mut section = || {
        let (length, after) = rest.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (section, after) = after.split_at_checked(length)?;
        *rest = after;
        Some(section)
    };
    let words = std::str::from_utf8(section()?).ok()?.to_owned();
    let lists = section()?.to_vec();
    let blocks = blocks(section()?)?;
    (texts as usize <= MOST_TEXTS).then_some(WordIndex {
        texts,
        worded,
        words,
        lists,
        blocks,
    })
}

fn number(rest: &mut &[u8]) -> Option<u32> {
    let (number, after) = rest.split_first_chunk::<4>()?;
    *rest = after;
    Some(u32::from_le_bytes(*number))
}

fn blocks(mut bytes: &[u8]) -> Option<Vec<Block>> {
    let mut blocks = Vec::with_capacity(bytes.len() / 8);
    while !bytes.is_empty() {
        blocks.push(Block {
            word: number(&mut bytes)?,
            list: number(&mut bytes)?,
        });
    }
    Some(blocks)
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
