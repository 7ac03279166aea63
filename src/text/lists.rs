//! Lists of words that the compiler reads: when the program starts there is nothing to do for them.
//!
//! A file of lists is TOML, of which only strings are understood here: `name = "..."` or `name = """..."""`, nothing escaped.
//! What is wrong in one is an error of the compiler.

const KEY_START: u64 = 0xcbf2_9ce4_8422_2325;
const BLANKS: &[u8] = b" \n";

/// Returns the key of `word`: a hash of its small letters, with straight apostrophes.
pub fn key(word: &str) -> u64 {
    if word.is_ascii() {
        return small_key(word.as_bytes());
    }
    let mut key = KEY_START;
    for c in word.chars().flat_map(char::to_lowercase) {
        let c = if c == '’' { '\'' } else { c };
        key = add(key, c.encode_utf8(&mut [0; 4]).as_bytes());
    }
    key
}

/// Returns the [`key`] of an ASCII word.
pub const fn small_key(word: &[u8]) -> u64 {
    let (mut key, mut at) = (KEY_START, 0);
    while at < word.len() {
        key = step(key, word[at].to_ascii_lowercase());
        at += 1;
    }
    key
}

/// Returns the [`key`] of a word in small letters; any other one has a key of its own.
pub const fn key_of(word: &[u8]) -> u64 {
    add(KEY_START, word)
}

/// Returns the key of the word with `key` and then `ending`.
pub const fn add(mut key: u64, ending: &[u8]) -> u64 {
    let mut at = 0;
    while at < ending.len() {
        key = step(key, ending[at]);
        at += 1;
    }
    key
}

/// One step of the FNV-1a hash.
const fn step(key: u64, byte: u8) -> u64 {
    (key ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

/// A map of [`key`]s that is made by the compiler; `SLOTS` is a power of two, a third more than the keys.
pub struct Table<const SLOTS: usize> {
    keys: [u64; SLOTS],
    values: [u64; SLOTS],
    /// How many keys it has.
    count: usize,
}

impl<const SLOTS: usize> Table<SLOTS> {
    /// No key; what is not in the table.
    const FREE: u64 = 0;

    /// Makes one without keys.
    pub const fn empty() -> Self {
        assert!(SLOTS.is_power_of_two());
        Self {
            keys: [Self::FREE; SLOTS],
            values: [0; SLOTS],
            count: 0,
        }
    }

    /// Adds the bits of `value` to those at `key`.
    pub const fn add(&mut self, key: u64, value: u64) {
        assert!(key != Self::FREE, "a word with the key of a free slot");
        let slot = self.slot(key);
        if self.keys[slot] == Self::FREE {
            self.count += 1;
            assert!(self.count * 4 <= SLOTS * 3, "a table with too few slots");
        }
        self.keys[slot] = key;
        self.values[slot] |= value;
    }

    /// Puts `value` at `key`.
    ///
    /// # Panics
    /// Where something else is there.
    pub const fn set(&mut self, key: u64, value: u64) {
        if let Some(known) = self.get(key) {
            assert!(known == value, "a word stands in a list twice");
        }
        self.add(key, value);
    }

    /// Returns what is at `key`.
    pub const fn get(&self, key: u64) -> Option<u64> {
        let slot = self.slot(key);
        // A text may hold a word whose key is that of a free slot.
        if self.keys[slot] == key && key != Self::FREE {
            Some(self.values[slot])
        } else {
            None
        }
    }

    /// Returns where `key` stands, or would stand.
    const fn slot(&self, key: u64) -> usize {
        // The lower bits are good in FNV once the upper ones are folded in.
        let mut slot = (key ^ (key >> 32)) as usize & (SLOTS - 1);
        while self.keys[slot] != key && self.keys[slot] != Self::FREE {
            slot = (slot + 1) & (SLOTS - 1);
        }
        slot
    }
}

/// A list that is cut in parts.
pub struct Parts<'a> {
    rest: &'a [u8],
    ends: &'a [u8],
}

impl<'a> Parts<'a> {
    /// Cuts `list` at each byte of `ends`.
    pub const fn of(list: &'a [u8], ends: &'a [u8]) -> Self {
        Self { rest: list, ends }
    }

    /// Cuts `list` at blanks and line ends.
    pub const fn words(list: &'a [u8]) -> Self {
        Self::of(list, BLANKS)
    }

    /// Returns the next part, without blanks around it; empty ones are left out.
    pub const fn next(&mut self) -> Option<&'a [u8]> {
        while !self.rest.is_empty() {
            let end = until(self.rest, self.ends);
            let (part, rest) = self.rest.split_at(end);
            self.rest = match rest {
                [_, rest @ ..] => rest,
                [] => rest,
            };
            let part = part.trim_ascii();
            if !part.is_empty() {
                return Some(part);
            }
        }
        None
    }
}

/// Returns how many bytes of `list` come before the first of `ends`.
const fn until(list: &[u8], ends: &[u8]) -> usize {
    let mut at = 0;
    while at < list.len() {
        let mut end = 0;
        while end < ends.len() {
            if list[at] == ends[end] {
                return at;
            }
            end += 1;
        }
        at += 1;
    }
    at
}

/// Returns the list called `name` in `file`.
///
/// # Panics
/// Where there is none.
pub const fn list<'a>(file: &'a str, name: &str) -> &'a [u8] {
    let mut lines = Parts::of(file.as_bytes(), b"\n");
    while let Some(line) = lines.next() {
        let Some(value) = after(line, name.as_bytes()) else {
            continue;
        };
        let Some(value) = after(value, b" = \"") else {
            continue;
        };
        if after(value, b"\"\"").is_some() {
            let (list, _) = lines.rest.split_at(until(lines.rest, b"\""));
            return list;
        }
        let (list, _) = value.split_at(until(value, b"\""));
        return list;
    }
    panic!("there is no such list")
}

/// Returns what follows `start` in `line`, if it begins with it.
pub const fn after<'a>(line: &'a [u8], start: &[u8]) -> Option<&'a [u8]> {
    if line.len() < start.len() {
        return None;
    }
    let (head, rest) = line.split_at(start.len());
    if same(head, start) { Some(rest) } else { None }
}

const fn same(one: &[u8], other: &[u8]) -> bool {
    let mut at = 0;
    while at < one.len() && at < other.len() && one[at] == other[at] {
        at += 1;
    }
    at == one.len() && at == other.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# \"sea\"\nsea = \"wave  crab\"\nseas = \"\"\"\nNorth Sea\n\nBaltic\n\"\"\"\nlast = \"end\"\n";

    fn parts<'a>(list: &'a [u8], ends: &'a [u8]) -> Vec<&'a str> {
        let mut parts = Parts::of(list, ends);
        let parts = std::iter::from_fn(|| parts.next());
        parts.map(|part| str::from_utf8(part).unwrap()).collect()
    }

    #[test]
    fn a_list_is_found_by_its_whole_name_and_ends_where_it_ends() {
        assert_eq!(parts(list(FILE, "sea"), b" \n"), ["wave", "crab"]);
        assert_eq!(parts(list(FILE, "seas"), b"\n"), ["North Sea", "Baltic"]);
        assert_eq!(parts(list(FILE, "last"), b","), ["end"]);
    }

    #[test]
    fn words_with_the_same_small_letters_have_the_same_key() {
        assert_eq!(key("O’Reilly"), key_of(b"o'reilly"));
        assert_eq!(key("Zoë"), key_of("zoë".as_bytes()));
        assert_eq!(key("Said"), add(key_of(b"sa"), b"id"));
        assert_ne!(key("said"), key("says"));
        assert_ne!(key_of(b"US"), key("US"));
    }

    #[test]
    fn a_table_has_what_was_added_to_it() {
        let mut table = Table::<8>::empty();
        // All of these want the same slot, the last one.
        for (value, key) in [7, 15, 23, 31, 39].into_iter().enumerate() {
            table.add(key, value as u64);
        }
        table.add(15, 8);
        let values = [7, 15, 23, 31, 39, 47].map(|key| table.get(key));
        assert_eq!(values, [Some(0), Some(9), Some(2), Some(3), Some(4), None]);
    }

    #[test]
    fn a_word_with_the_key_of_a_free_slot_is_in_no_table() {
        let word = b"77kepQFQ8Kl";
        assert_eq!(key_of(word), Table::<8>::FREE);
        assert_eq!(Table::<8>::empty().get(key_of(word)), None);
    }
}
