//! What is known of single words: the lists of `assets/quotes/`, read by the compiler, looked up by a hash of the small letters.
//!
//! A word is one 64-bit key and a set of [`Classes`]: no string is made per word of a report.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

pub(super) use crate::text::lists::key;
use crate::text::lists::{self, Parts, Table, key_of, small_key};

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u64);

impl Classes {
    /// Whether it is in any class of `other`.
    pub(super) const fn any(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }

    /// Both sets together.
    pub(super) const fn with(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    pub(super) fn add(&mut self, other: Classes) {
        self.0 |= other.0;
    }
}

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal;)*) => {
        $($(#[$doc])* pub(super) const $name: Classes = Classes(1 << $bit);)*
    };
}

classes! {
    /// A reporting verb's plain form: say.
    BASE = 0;
    /// says.
    PRESENT = 1;
    /// said.
    PAST = 2;
    /// saying.
    ING = 3;
    /// Verbs that nearly always bring somebody's words.
    STRONG = 4;
    /// As often a noun as a verb.
    NOUN = 5;
    /// May stand before its subject, after a quotation.
    INVERTED = 6;
    TITLE = 7;
    MALE_TITLE = 8;
    FEMALE_TITLE = 9;
    PARTICLE = 10;
    SUFFIX = 11;
    ORGANISATION = 12;
    FEMALE = 13;
    MALE = 14;
    PRONOUN = 15;
    HE = 16;
    SHE = 17;
    DETERMINER = 18;
    OPENER = 19;
    PREPOSITION = 20;
    AUXILIARY = 21;
    NOT_NAME = 22;
    RELATIVE = 23;
    CONJUNCTION = 24;
    DOCUMENT = 25;
    ABBREVIATION = 26;
    NAMING = 27;
    /// Verbs of speech that need not bring words.
    WEAK = 28;
    /// and, but
    JOINER = 29;
    NATION = 30;
    /// Nouns of speech: his claim, her conclusion.
    SPEECH = 31;
    /// Heads of roles: president, spokesman.
    ROLE = 32;
    /// Those said of several: senators.
    ROLES = 33;
    /// Words that make another role of one: vice, former.
    RANK = 34;
    /// Works that have a title: book, song.
    WORK = 35;
}

/// Any form of a reporting verb.
pub(super) const CUE: Classes = BASE.with(PRESENT).with(PAST).with(ING);

/// Keys of words that rules speak of.
pub(super) mod keys {
    use crate::text::lists::key_of;

    pub(in super::super) const ACCORDING: u64 = key_of(b"according");
    pub(in super::super) const TO: u64 = key_of(b"to");
    pub(in super::super) const BY: u64 = key_of(b"by");
    pub(in super::super) const THAT: u64 = key_of(b"that");
    pub(in super::super) const FOR: u64 = key_of(b"for");
    pub(in super::super) const WITH: u64 = key_of(b"with");
    pub(in super::super) const OF: u64 = key_of(b"of");
    pub(in super::super) const THE: u64 = key_of(b"the");
    pub(in super::super) const AND: u64 = key_of(b"and");
    pub(in super::super) const IT: u64 = key_of(b"it");
    pub(in super::super) const WHO: u64 = key_of(b"who");
    pub(in super::super) const I: u64 = key_of(b"i");
    pub(in super::super) const WE: u64 = key_of(b"we");
    pub(in super::super) const THEY: u64 = key_of(b"they");
    pub(in super::super) const SO_CALLED: u64 = key_of(b"so-called");
    /// Pairs that a name for something follows.
    pub(in super::super) const NAMED: [(u64, u64); 2] = [
        (key_of(b"so"), key_of(b"called")),
        (key_of(b"known"), key_of(b"as")),
    ];
    pub(in super::super) const DAYS: [u64; 7] = [
        key_of(b"monday"),
        key_of(b"tuesday"),
        key_of(b"wednesday"),
        key_of(b"thursday"),
        key_of(b"friday"),
        key_of(b"saturday"),
        key_of(b"sunday"),
    ];
    /// What a noun phrase hangs on by: a spokesman for, a survey by.
    pub(in super::super) const JOINTS: [u64; 8] = [
        OF,
        FOR,
        key_of(b"at"),
        key_of(b"from"),
        WITH,
        key_of(b"in"),
        key_of(b"on"),
        BY,
    ];
}

/// Hands a key on as its own hash.
#[derive(Default)]
pub(super) struct SameHash(u64);

impl Hasher for SameHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = lists::add(self.0, bytes);
    }

    fn write_u64(&mut self, key: u64) {
        // The table takes its tag from the upper bits and its place from the lower ones: both are good in FNV once folded.
        self.0 = key ^ (key >> 32);
    }
}

/// A map whose keys are [`key`]s.
pub(super) type KeyMap<T> = HashMap<u64, T, BuildHasherDefault<SameHash>>;

const VERBS: &str = include_str!("../../../assets/quotes/verbs.toml");
const NAMES: &str = include_str!("../../../assets/quotes/names.toml");
const GRAMMAR: &str = include_str!("../../../assets/quotes/grammar.toml");
const TITLES: &str = include_str!("../../../assets/quotes/works.toml");

/// Lists of verbs, and what else their forms are.
const VERB_LISTS: [(&str, Classes); 3] =
    [("strong", STRONG), ("plain", Classes(0)), ("weak", WEAK)];
/// Lists of single words.
const WORD_LISTS: [(&str, &str, Classes); 28] = [
    (VERBS, "nouns", NOUN),
    (VERBS, "inverted", INVERTED),
    (NAMES, "titles", TITLE),
    (NAMES, "male_titles", MALE_TITLE),
    (NAMES, "female_titles", FEMALE_TITLE),
    (NAMES, "particles", PARTICLE),
    (NAMES, "suffixes", SUFFIX),
    (NAMES, "organisations", ORGANISATION),
    (NAMES, "nations", NATION),
    (NAMES, "female", FEMALE),
    (NAMES, "male", MALE),
    (NAMES, "ranks", RANK),
    (GRAMMAR, "pronouns", PRONOUN),
    (GRAMMAR, "masculine", HE),
    (GRAMMAR, "feminine", SHE),
    (GRAMMAR, "determiners", DETERMINER),
    (GRAMMAR, "openers", OPENER),
    (GRAMMAR, "prepositions", PREPOSITION),
    (GRAMMAR, "auxiliaries", AUXILIARY),
    (GRAMMAR, "not_names", NOT_NAME),
    (GRAMMAR, "relatives", RELATIVE),
    (GRAMMAR, "conjunctions", CONJUNCTION),
    (GRAMMAR, "documents", DOCUMENT),
    (GRAMMAR, "abbreviations", ABBREVIATION),
    (GRAMMAR, "naming", NAMING),
    (GRAMMAR, "works", WORK),
    (GRAMMAR, "speech", SPEECH),
    (GRAMMAR, "joiners", JOINER),
];
/// Lists of roles, and whether it is one that is meant or several.
const ROLE_LISTS: [(&str, Classes); 2] = [("roles", ROLE), ("plural_roles", ROLE.with(ROLES))];
/// Lists of whole titles.
const TITLE_LISTS: [&str; 2] = ["programmes", "works"];

static LISTS: Lists = Lists::read();

/// The lists, ready to be looked up.
struct Lists {
    /// The classes of each word.
    classes: Table<4096>,
    /// The key of the first name of each role, by any of its names.
    roles: Table<512>,
    /// The keys of whole titles.
    works: Table<1024>,
}

impl Lists {
    const fn read() -> Self {
        let mut lists = Self {
            classes: Table::empty(),
            roles: Table::empty(),
            works: Table::empty(),
        };
        lists.add_verbs();
        lists.add_words();
        lists.add_roles();
        lists.add_works();
        lists
    }

    const fn add(&mut self, key: u64, classes: Classes) {
        self.classes.add(key, classes.0);
    }

    const fn add_verbs(&mut self) {
        let mut at = 0;
        while at < VERB_LISTS.len() {
            let (name, extra) = VERB_LISTS[at];
            let mut verbs = Parts::of(lists::list(VERBS, name), b",");
            while let Some(verb) = verbs.next() {
                self.add_verb(verb, extra);
            }
            at += 1;
        }
    }

    const fn add_words(&mut self) {
        let mut at = 0;
        while at < WORD_LISTS.len() {
            let (file, name, classes) = WORD_LISTS[at];
            let mut words = Parts::words(lists::list(file, name));
            while let Some(word) = words.next() {
                self.add(key_of(word), classes);
            }
            at += 1;
        }
    }

    const fn add_roles(&mut self) {
        let mut at = 0;
        while at < ROLE_LISTS.len() {
            let (name, classes) = ROLE_LISTS[at];
            let mut roles = Parts::of(lists::list(NAMES, name), b",");
            while let Some(names) = roles.next() {
                self.add_role(names, classes);
            }
            at += 1;
        }
    }

    /// Adds the `names` of a role, by the first of them; where it is said of several, the first is of one.
    const fn add_role(&mut self, names: &[u8], classes: Classes) {
        let mut names = Parts::words(names);
        let Some(first) = names.next() else { return };
        let role = key_of(first);
        self.roles.set(role, role);
        if !classes.any(ROLES) {
            self.add(role, classes);
        }
        while let Some(name) = names.next() {
            self.roles.set(key_of(name), role);
            self.add(key_of(name), classes);
        }
    }

    const fn add_works(&mut self) {
        let mut at = 0;
        while at < TITLE_LISTS.len() {
            let mut titles = Parts::of(lists::list(TITLES, TITLE_LISTS[at]), b"\n");
            while let Some(title) = titles.next() {
                self.works.set(small_key(title), 1);
            }
            at += 1;
        }
    }

    /// Adds the forms of `verb`: those written out, or, of a regular verb, those made by rule.
    const fn add_verb(&mut self, verb: &[u8], extra: Classes) {
        let mut written = Parts::words(verb);
        let Some(base) = written.next() else { return };
        self.add(key_of(base), BASE.with(extra));
        let (Some(third), Some(past), Some(ing)) = (written.next(), written.next(), written.next())
        else {
            return self.add_regular(base, extra);
        };
        self.add(key_of(third), PRESENT.with(extra));
        self.add(key_of(past), PAST.with(extra));
        self.add(key_of(ing), ING.with(extra));
        while let Some(participle) = written.next() {
            self.add(key_of(participle), PAST.with(extra));
        }
    }

    /// Adds the forms of a regular verb but the first.
    const fn add_regular(&mut self, base: &[u8], extra: Classes) {
        let whole = key_of(base);
        let (third, past, ing) = match base {
            [stem @ .., b'e'] => (
                lists::add(whole, b"s"),
                lists::add(whole, b"d"),
                lists::add(key_of(stem), b"ing"),
            ),
            [stem @ .., b'y'] if !matches!(stem, [.., b'a' | b'e' | b'o' | b'u']) => (
                lists::add(key_of(stem), b"ies"),
                lists::add(key_of(stem), b"ied"),
                lists::add(whole, b"ing"),
            ),
            [.., b's', b's'] | [.., b's' | b'c', b'h'] => (
                lists::add(whole, b"es"),
                lists::add(whole, b"ed"),
                lists::add(whole, b"ing"),
            ),
            _ => (
                lists::add(whole, b"s"),
                lists::add(whole, b"ed"),
                lists::add(whole, b"ing"),
            ),
        };
        self.add(third, PRESENT.with(extra));
        self.add(past, PAST.with(extra));
        self.add(ing, ING.with(extra));
    }
}

/// Returns what is known of the word with this key.
pub(super) fn classes(key: u64) -> Classes {
    Classes(LISTS.classes.get(key).unwrap_or_default())
}

/// Whether these words are the title of a well-known programme or work.
pub(super) fn is_work(title: &str) -> bool {
    LISTS.works.get(key(title)).is_some()
}

/// Returns the one key that all names of a role share: spokesman, spokeswoman.
pub(super) fn role(key: u64) -> Option<u64> {
    LISTS.roles.get(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_files_is_read() {
        let verbs = VERB_LISTS.map(|(name, _)| (VERBS, name));
        let words = WORD_LISTS.map(|(file, name, _)| (file, name));
        let roles = ROLE_LISTS.map(|(name, _)| (NAMES, name));
        let titles = TITLE_LISTS.map(|name| (TITLES, name));
        let read = [&verbs[..], &words, &roles, &titles].concat();
        for file in [VERBS, NAMES, GRAMMAR, TITLES] {
            let lists: toml::Table = toml::from_str(file).unwrap();
            let of_file = read.iter().filter(|(from, _)| *from == file);
            assert_eq!(of_file.count(), lists.len());
            for (name, value) in &lists {
                assert!(read.contains(&(file, name)), "{name}");
                let list = str::from_utf8(lists::list(file, name)).unwrap();
                assert_eq!(Some(list), value.as_str(), "{name}");
            }
        }
    }

    #[test]
    fn every_word_is_known_as_it_is_written() {
        for (file, name, class) in WORD_LISTS {
            let list = str::from_utf8(lists::list(file, name)).unwrap();
            for word in list.split_whitespace() {
                assert!(classes(key(word)).any(class), "{word} of {name}");
            }
        }
        assert!(is_work("The O’Reilly Factor") && is_work("the o'reilly factor"));
        assert!(!is_work("The"));
    }

    #[test]
    fn a_verb_is_known_in_all_its_forms() {
        for (form, class) in [
            ("say", BASE),
            ("said", PAST),
            ("written", PAST),
            ("replies", PRESENT),
            ("replied", PAST),
            ("replying", ING),
            ("noting", ING),
            ("noted", PAST),
            ("dismisses", PRESENT),
            ("portrayed", PAST),
            ("preached", PAST),
            ("asked", PAST),
            ("asks", PRESENT),
        ] {
            assert!(classes(key(form)).any(class), "{form}");
        }
        assert!(!classes(key("replyed")).any(CUE));
    }

    #[test]
    fn all_names_of_a_role_are_one() {
        let of = |name: &str| role(key(name));
        assert_eq!(of("spokeswoman"), Some(key("spokesperson")));
        assert_eq!(of("spokesmen"), Some(key("spokesperson")));
        assert_eq!(of("analyst"), None);
        assert!(classes(key("senators")).any(ROLES));
        assert!(!classes(key("senator")).any(ROLES));
    }
}
