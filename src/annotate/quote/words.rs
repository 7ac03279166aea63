//! What is known of single words: the lists of `assets/quotes/`, read once, looked up by a hash of the small letters.
//!
//! A word is one 64-bit key and a set of [`Classes`]: no string is made per word of a report.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::OnceLock;

use serde::Deserialize;

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u64);

impl Classes {
    /// Whether it is in any class of `other`.
    pub(super) fn any(self, other: Classes) -> bool {
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

/// Returns the key of `word`: a hash of its small letters.
pub(super) fn key(word: &str) -> u64 {
    let mut key = KEY_START;
    for byte in word.bytes() {
        if byte < 0x80 {
            key = mix(key, byte.to_ascii_lowercase());
        } else {
            return key_of_any(word);
        }
    }
    key
}

/// Returns the key of a small ASCII word.
pub(super) const fn small_key(word: &str) -> u64 {
    let bytes = word.as_bytes();
    let mut key = KEY_START;
    let mut at = 0;
    while at < bytes.len() {
        key = mix(key, bytes[at]);
        at += 1;
    }
    key
}

/// Keys of words that rules speak of.
pub(super) mod keys {
    use super::small_key;

    pub(in super::super) const ACCORDING: u64 = small_key("according");
    pub(in super::super) const TO: u64 = small_key("to");
    pub(in super::super) const BY: u64 = small_key("by");
    pub(in super::super) const THAT: u64 = small_key("that");
    pub(in super::super) const FOR: u64 = small_key("for");
    pub(in super::super) const WITH: u64 = small_key("with");
    pub(in super::super) const OF: u64 = small_key("of");
    pub(in super::super) const THE: u64 = small_key("the");
    pub(in super::super) const AND: u64 = small_key("and");
    pub(in super::super) const IT: u64 = small_key("it");
    pub(in super::super) const WHO: u64 = small_key("who");
    pub(in super::super) const I: u64 = small_key("i");
    pub(in super::super) const WE: u64 = small_key("we");
    pub(in super::super) const THEY: u64 = small_key("they");
    pub(in super::super) const SO_CALLED: u64 = small_key("so-called");
    /// Pairs that a name for something follows.
    pub(in super::super) const NAMED: [(u64, u64); 2] = [
        (small_key("so"), small_key("called")),
        (small_key("known"), small_key("as")),
    ];
    pub(in super::super) const DAYS: [u64; 7] = [
        small_key("monday"),
        small_key("tuesday"),
        small_key("wednesday"),
        small_key("thursday"),
        small_key("friday"),
        small_key("saturday"),
        small_key("sunday"),
    ];
    /// What a noun phrase hangs on by: a spokesman for, a survey by.
    pub(in super::super) const JOINTS: [u64; 8] = [
        OF,
        FOR,
        small_key("at"),
        small_key("from"),
        WITH,
        small_key("in"),
        small_key("on"),
        BY,
    ];
}

fn key_of_any(word: &str) -> u64 {
    let mut key = KEY_START;
    for c in word.chars().flat_map(char::to_lowercase) {
        let c = if c == '’' { '\'' } else { c };
        key = c.encode_utf8(&mut [0; 4]).bytes().fold(key, mix);
    }
    key
}

const KEY_START: u64 = 0xcbf2_9ce4_8422_2325;

/// One step of the FNV-1a hash.
const fn mix(key: u64, byte: u8) -> u64 {
    (key ^ byte as u64).wrapping_mul(0x0000_0100_0000_01b3)
}

/// Hands a key on as its own hash.
#[derive(Default)]
pub(super) struct SameHash(u64);

impl Hasher for SameHash {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 = bytes.iter().fold(self.0, |key, byte| mix(key, *byte));
    }

    fn write_u64(&mut self, key: u64) {
        // The table takes its tag from the upper bits and its place from the lower ones: both are good in FNV once folded.
        self.0 = key ^ (key >> 32);
    }
}

/// A map whose keys are [`key`]s.
pub(super) type KeyMap<T> = HashMap<u64, T, BuildHasherDefault<SameHash>>;

/// The word lists, ready to be looked up.
pub(super) struct Words {
    classes: KeyMap<Classes>,
    /// Keys of whole titles.
    works: KeyMap<()>,
    /// The first name of each role by any of its names.
    roles: KeyMap<u64>,
}

impl Words {
    /// Returns the bundled lists.
    pub(super) fn bundled() -> &'static Words {
        static WORDS: OnceLock<Words> = OnceLock::new();
        WORDS.get_or_init(|| {
            Words::parse([
                include_str!("../../../assets/quotes/verbs.toml"),
                include_str!("../../../assets/quotes/names.toml"),
                include_str!("../../../assets/quotes/grammar.toml"),
                include_str!("../../../assets/quotes/works.toml"),
            ])
            .expect("the bundled lists are read by a test")
        })
    }

    fn parse([verbs, names, grammar, works]: [&str; 4]) -> Result<Self, toml::de::Error> {
        let mut words = Self {
            classes: KeyMap::default(),
            works: KeyMap::default(),
            roles: KeyMap::default(),
        };
        words.add_verbs(&toml::from_str(verbs)?);
        words.add_names(&toml::from_str(names)?);
        words.add_grammar(&toml::from_str(grammar)?);
        let titles: Works = toml::from_str(works)?;
        for list in [&titles.programmes, &titles.works] {
            let titles = list.lines().filter(|title| !title.is_empty());
            words.works.extend(titles.map(|title| (key(title), ())));
        }
        Ok(words)
    }

    /// Returns what is known of the word with this key.
    pub(super) fn classes(&self, key: u64) -> Classes {
        self.classes.get(&key).copied().unwrap_or_default()
    }

    /// Whether these words are the title of a well-known programme or work.
    pub(super) fn is_work(&self, title: &str) -> bool {
        self.works.contains_key(&key(title))
    }

    /// Returns the one key that all names of a role share: spokesman, spokeswoman.
    pub(super) fn role(&self, key: u64) -> Option<u64> {
        self.roles.get(&key).copied()
    }

    fn add(&mut self, word: &str, classes: Classes) {
        self.classes.entry(key(word)).or_default().add(classes);
    }

    fn add_all(&mut self, words: &str, classes: Classes) {
        for word in words.split_whitespace() {
            self.add(word, classes);
        }
    }

    fn add_verbs(&mut self, verbs: &Verbs) {
        for (list, extra) in [
            (&verbs.strong, STRONG),
            (&verbs.plain, Classes::default()),
            (&verbs.weak, WEAK),
        ] {
            for verb in list.split(',') {
                for (form, class) in forms(verb) {
                    self.add(&form, class.with(extra));
                }
            }
        }
        self.add_all(&verbs.nouns, NOUN);
        self.add_all(&verbs.inverted, INVERTED);
    }

    fn add_names(&mut self, names: &Names) {
        self.add_all(&names.titles, TITLE);
        self.add_all(&names.male_titles, MALE_TITLE);
        self.add_all(&names.female_titles, FEMALE_TITLE);
        self.add_all(&names.particles, PARTICLE);
        self.add_all(&names.suffixes, SUFFIX);
        self.add_all(&names.organisations, ORGANISATION);
        self.add_all(&names.nations, NATION);
        self.add_all(&names.female, FEMALE);
        self.add_all(&names.male, MALE);
        self.add_all(&names.ranks, RANK);
        for list in &names.roles {
            self.add_role(list, list, ROLE);
        }
        for list in &names.plural_roles {
            let several = list.split_once(' ').map_or("", |(_, several)| several);
            self.add_role(list, several, ROLE.with(ROLES));
        }
    }

    /// Adds names of the role that `list` begins with.
    fn add_role(&mut self, list: &str, names: &str, class: Classes) {
        let role = list.split_whitespace().next().map_or(0, key);
        self.add_all(names, class);
        for name in names.split_whitespace() {
            self.roles.insert(key(name), role);
        }
    }

    fn add_grammar(&mut self, grammar: &Grammar) {
        self.add_all(&grammar.pronouns, PRONOUN);
        self.add_all(&grammar.masculine, HE);
        self.add_all(&grammar.feminine, SHE);
        self.add_all(&grammar.determiners, DETERMINER);
        self.add_all(&grammar.openers, OPENER);
        self.add_all(&grammar.prepositions, PREPOSITION);
        self.add_all(&grammar.auxiliaries, AUXILIARY);
        self.add_all(&grammar.not_names, NOT_NAME);
        self.add_all(&grammar.relatives, RELATIVE);
        self.add_all(&grammar.conjunctions, CONJUNCTION);
        self.add_all(&grammar.documents, DOCUMENT);
        self.add_all(&grammar.abbreviations, ABBREVIATION);
        self.add_all(&grammar.naming, NAMING);
        self.add_all(&grammar.works, WORK);
        self.add_all(&grammar.speech, SPEECH);
        self.add_all(&grammar.joiners, JOINER);
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Verbs {
    strong: String,
    plain: String,
    weak: String,
    nouns: String,
    inverted: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    titles: String,
    male_titles: String,
    female_titles: String,
    particles: String,
    suffixes: String,
    organisations: String,
    nations: String,
    female: String,
    male: String,
    ranks: String,
    roles: Vec<String>,
    plural_roles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Grammar {
    pronouns: String,
    masculine: String,
    feminine: String,
    determiners: String,
    openers: String,
    prepositions: String,
    auxiliaries: String,
    not_names: String,
    relatives: String,
    conjunctions: String,
    joiners: String,
    documents: String,
    abbreviations: String,
    naming: String,
    works: String,
    speech: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Works {
    programmes: String,
    works: String,
}

/// Returns the forms of a verb: those written out, or, of a regular verb, those made by rule.
fn forms(verb: &str) -> Vec<(String, Classes)> {
    let written: Vec<&str> = verb.split_whitespace().collect();
    match written.as_slice() {
        [base, third, past, ing, rest @ ..] => {
            [(base, BASE), (third, PRESENT), (past, PAST), (ing, ING)]
                .into_iter()
                .chain(rest.iter().map(|participle| (participle, PAST)))
                .map(|(form, class)| ((*form).to_owned(), class))
                .collect()
        }
        [base, ..] => regular_forms(base),
        [] => Vec::new(),
    }
}

fn regular_forms(base: &str) -> Vec<(String, Classes)> {
    let vowel_before_y = ["ay", "ey", "oy", "uy"]
        .iter()
        .any(|end| base.ends_with(end));
    let (third, past, ing) = if let Some(stem) = base.strip_suffix('e') {
        (format!("{base}s"), format!("{base}d"), format!("{stem}ing"))
    } else if let Some(stem) = base.strip_suffix('y').filter(|_| !vowel_before_y) {
        (
            format!("{stem}ies"),
            format!("{stem}ied"),
            format!("{base}ing"),
        )
    } else if base.ends_with("ss") || base.ends_with("sh") || base.ends_with("ch") {
        (
            format!("{base}es"),
            format!("{base}ed"),
            format!("{base}ing"),
        )
    } else {
        (
            format!("{base}s"),
            format!("{base}ed"),
            format!("{base}ing"),
        )
    };
    vec![
        (base.to_owned(), BASE),
        (third, PRESENT),
        (past, PAST),
        (ing, ING),
    ]
}
