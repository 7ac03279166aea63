//! Classes of single words: the lists of `assets/quotes/`, read once when they are first needed.
//!
//! A word may be in several classes, and rules ask for any of several: classes are sets of bits.

use std::ops::BitOr;
use std::sync::LazyLock;

use foldhash::{HashMap, HashSet};

use crate::text::ShortWord;
use crate::text::word_lists::{self, listed_form};

/// A set of word classes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct WordClasses(u64);

impl WordClasses {
    /// Whether it is in any class of `other`.
    pub(super) const fn any(self, other: WordClasses) -> bool {
        self.0 & other.0 != 0
    }

    /// Returns both sets together; in constants, where `|` cannot be used.
    pub(super) const fn with(self, other: WordClasses) -> WordClasses {
        WordClasses(self.0 | other.0)
    }
}

impl BitOr for WordClasses {
    type Output = WordClasses;

    fn bitor(self, other: WordClasses) -> WordClasses {
        self.with(other)
    }
}

/// Makes a class of each list of single words, and a table of both.
macro_rules! classes_of_lists {
    ($($(#[$doc:meta])* $name:ident = $bit:literal, $list:literal;)*) => {
        $($(#[$doc])* pub(super) const $name: WordClasses = WordClasses(1 << $bit);)*

        /// Lists of single words with their classes.
        const WORD_LISTS: &[(&str, WordClasses)] = &[$(($list, $name)),*];
    };
}

classes_of_lists! {
    /// Reporting verbs that are as often nouns: claim.
    NOUN = 5, "nouns";
    /// Reporting verbs that may stand before their subject, after a quotation.
    INVERTED = 6, "inverted";
    /// Words before a name that are no part of it: Mr, spokesman.
    TITLE = 7, "titles";
    MALE_TITLE = 8, "male_titles";
    FEMALE_TITLE = 9, "female_titles";
    /// Small words inside names: von, de la.
    PARTICLE = 10, "particles";
    /// Words after a name that belong to it: Jr.
    SUFFIX = 11, "suffixes";
    /// Last words of the names of organisations.
    ORGANISATION = 12, "organisations";
    /// First names of women.
    FEMALE = 13, "female";
    /// First names of men.
    MALE = 14, "male";
    PRONOUN = 15, "pronouns";
    HE = 16, "masculine";
    SHE = 17, "feminine";
    DETERMINER = 18, "determiners";
    /// Words that may open a bare noun phrase: former, senior.
    OPENER = 19, "openers";
    PREPOSITION = 20, "prepositions";
    /// Auxiliaries and adverbs, which stand between a subject and its verb.
    AUXILIARY = 21, "auxiliaries";
    /// Words that begin a sentence with a capital and are no name.
    NOT_NAME = 22, "not_names";
    RELATIVE = 23, "relatives";
    CONJUNCTION = 24, "conjunctions";
    /// Words that say that the words in marks are a name: titled, the word.
    NAMING = 27, "naming";
    /// Conjunctions that join a clause with words of its own: and, but.
    JOINER = 29, "joiners";
    /// Nations, parties and faiths.
    NATION = 30, "nations";
    /// Nouns of speech: his claim, her conclusion.
    SPEECH = 31, "speech";
    /// Words that make another role of one: vice, former.
    RANK = 34, "ranks";
    /// Works that have a title: book, song.
    WORK = 35, "works";
    /// Days of the week.
    DAY = 36, "days";
    /// Prepositions that join a noun phrase to its head: a spokesman for.
    JOINT = 37, "joints";
    /// Nouns that bring a clause: claim.
    CLAUSE_NOUN = 50, "clause_nouns";
    /// Finite forms that show a clause: is, went.
    FINITE = 51, "finite";
    /// Words that begin a question inside a sentence: whether.
    QUESTION_WORD = 52, "question_words";
    /// Words that open a clause before another one: while.
    SUBORDINATOR = 53, "subordinators";
    /// Nouns that another clause with `that` belongs to: condition.
    OTHER_CLAUSE_NOUN = 60, "other_clause_nouns";
    /// Plain forms that show a clause where one is likely: feel, live.
    PLAIN_FINITE = 61, "plain_finite";
    /// Words for some of a number that speak by themselves: many.
    QUANTIFIER = 62, "quantifiers";
    /// Forms of be.
    BE = 38, "be";
    /// Forms of have.
    HAVE = 39, "have";
    /// Auxiliaries before a plain form: would, did.
    MODAL = 40, "modals";
    /// not, didn't, never
    NEGATION = 41, "negations";
    /// Nouns that say when: week.
    TIME = 42, "times";
    /// Texts that bring their author's words: letter.
    DOCUMENT = 43, "documents";
    /// Words that begin a clause which hangs on another one: because.
    CLAUSE_OPENER = 44, "clause_openers";
    /// Determiners that are a subject too: some said.
    LONE = 63, "lone_determiners";
    /// Words with the ending of a verb that are none: hundred.
    NOT_VERB = 45, "not_verbs";
}

/// Plain form of a reporting verb: say.
pub(super) const BASE: WordClasses = WordClasses(1);
/// Third person: says.
pub(super) const PRESENT: WordClasses = WordClasses(1 << 1);
/// Past and past participle: said.
pub(super) const PAST: WordClasses = WordClasses(1 << 2);
/// Present participle: saying.
pub(super) const ING: WordClasses = WordClasses(1 << 3);
/// Forms of verbs that nearly always bring somebody's words.
pub(super) const STRONG: WordClasses = WordClasses(1 << 4);
/// Forms of verbs of speech that need not bring words.
pub(super) const WEAK: WordClasses = WordClasses(1 << 28);
/// Heads of roles: president, spokesman.
pub(super) const ROLE: WordClasses = WordClasses(1 << 32);
/// Roles said of several people: senators.
pub(super) const SEVERAL: WordClasses = WordClasses(1 << 33);

/// Forms of verbs that a clause with `that` follows.
pub(super) const THAT_VERB: WordClasses = WordClasses(1 << 54);
/// Forms of verbs that a clause without `that` may follow.
pub(super) const BARE_VERB: WordClasses = WordClasses(1 << 55);
/// Forms of verbs whose hearer stands before the clause.
pub(super) const HEARER_VERB: WordClasses = WordClasses(1 << 56);
/// Forms of verbs that a question may follow.
pub(super) const QUESTION_VERB: WordClasses = WordClasses(1 << 57);
/// Forms of verbs that may stand behind the clause, or in it.
pub(super) const CLOSING_VERB: WordClasses = WordClasses(1 << 58);
/// First words of phrases that bring a clause.
pub(super) const PHRASE_HEAD: WordClasses = WordClasses(1 << 59);
/// Plain form of any other verb: take.
pub(super) const ACT_BASE: WordClasses = WordClasses(1 << 46);
/// Third person of any other verb: takes.
pub(super) const ACT_PRESENT: WordClasses = WordClasses(1 << 47);
/// Past and past participle of any other verb: took, taken.
pub(super) const ACT_PAST: WordClasses = WordClasses(1 << 48);
/// Present participle of any other verb: taking.
pub(super) const ACT_ING: WordClasses = WordClasses(1 << 49);

/// Any form of a reporting verb.
pub(super) const CUE: WordClasses = BASE.with(PRESENT).with(PAST).with(ING);

const VERBS: &str = include_str!("../../../assets/quotes/verbs.toml");
const NAMES: &str = include_str!("../../../assets/quotes/names.toml");
const GRAMMAR: &str = include_str!("../../../assets/quotes/grammar.toml");
const STATEMENTS: &str = include_str!("../../../assets/quotes/statements.toml");
const ACTS: &str = include_str!("../../../assets/quotes/acts.toml");
const TITLES: &str = include_str!("../../../assets/quotes/works.toml");

/// Lists of verbs, and what else each of their forms is.
const VERB_LISTS: [(&str, WordClasses); 3] = [
    ("strong", STRONG),
    ("plain", WordClasses(0)),
    ("weak", WEAK),
];
/// Lists of verbs by what may follow them, whose forms are in no other class by that.
const FRAME_LISTS: [(&str, WordClasses); 5] = [
    ("that_verbs", THAT_VERB),
    ("bare_verbs", BARE_VERB),
    ("hearer_verbs", HEARER_VERB),
    ("question_verbs", QUESTION_VERB),
    ("closing_verbs", CLOSING_VERB),
];
/// Phrases of several words, and what the first of each is.
const PHRASE_LISTS: [(&str, WordClasses); 1] = [("phrases", PHRASE_HEAD)];
/// The list of the verbs that report nothing.
const ACT_LIST: &str = "acts";
/// The classes of a reporting verb's forms: plain, third person, past, participles of the present and the past.
const CUE_FORMS: [WordClasses; 5] = [BASE, PRESENT, PAST, ING, PAST];
/// The same of any other verb.
const ACT_FORMS: [WordClasses; 5] = [ACT_BASE, ACT_PRESENT, ACT_PAST, ACT_ING, ACT_PAST];
/// Lists of roles, and what each of their names is.
const ROLE_LISTS: [(&str, WordClasses); 2] =
    [("roles", ROLE), ("plural_roles", ROLE.with(SEVERAL))];
/// Words that a table has room for at once, some more than the lists hold.
const LISTED_FORMS: usize = 7000;

static LISTS: LazyLock<WordTable> = LazyLock::new(WordTable::read);

/// The lists, ready to be looked up, all of them by small letters.
#[derive(Default)]
struct WordTable {
    classes: HashMap<ShortWord, WordClasses>,
    /// The first name of each role, by any of its names.
    roles: HashMap<&'static str, &'static str>,
    /// The phrases that bring a clause, each as its words.
    phrases: Vec<Vec<&'static str>>,
    /// Whole titles.
    works: HashSet<String>,
}

impl WordTable {
    fn read() -> Self {
        let mut words = Self::default();
        words.classes.reserve(LISTED_FORMS);
        for file in [VERBS, NAMES, GRAMMAR, STATEMENTS, ACTS] {
            let lists: HashMap<&str, &str> = word_lists::parse(file);
            for (name, list) in lists {
                words.add_list(name, list);
            }
        }
        let titles: HashMap<&str, &str> = word_lists::parse(TITLES);
        let titles = titles.values().flat_map(|list| list.lines());
        let titles = titles.filter(|title| !title.is_empty());
        words.works = titles.map(listed_form).collect();
        words
    }

    fn add_list(&mut self, name: &str, list: &'static str) {
        if let Some(extra) = classes_of(&VERB_LISTS, name) {
            let forms = CUE_FORMS.map(|form| form | extra);
            list.split(',').for_each(|verb| self.add_verb(verb, forms));
        } else if let Some(frame) = classes_of(&FRAME_LISTS, name) {
            list.split(',')
                .for_each(|verb| self.add_verb(verb, [frame; 5]));
        } else if let Some(head) = classes_of(&PHRASE_LISTS, name) {
            list.split(',')
                .for_each(|phrase| self.add_phrase(phrase, head));
        } else if name == ACT_LIST {
            list.split(',')
                .for_each(|verb| self.add_verb(verb, ACT_FORMS));
        } else if let Some(classes) = classes_of(&ROLE_LISTS, name) {
            list.split(',')
                .for_each(|names| self.add_role(names, classes));
        } else if let Some(classes) = classes_of(WORD_LISTS, name) {
            list.split_whitespace()
                .for_each(|word| self.add(word, classes));
        }
    }

    fn add(&mut self, word: &str, classes: WordClasses) {
        let short = ShortWord::small(word);
        debug_assert!(short.is_some(), "too long for a list: {word}");
        if let Some(short) = short {
            let known = self.classes.entry(short).or_default();
            *known = *known | classes;
        }
    }

    /// Adds the `names` of a role, by the first of them; where it is said of several, the first is of one.
    fn add_role(&mut self, names: &'static str, classes: WordClasses) {
        let Some(first) = names.split_whitespace().next() else {
            return;
        };
        for name in names.split_whitespace() {
            self.roles.insert(name, first);
            if name != first || !classes.any(SEVERAL) {
                self.add(name, classes);
            }
        }
    }

    fn add_phrase(&mut self, phrase: &'static str, head: WordClasses) {
        let words: Vec<&str> = phrase.split_whitespace().collect();
        if let Some(first) = words.first() {
            self.add(first, head);
            self.phrases.push(words);
        }
    }

    /// Adds the forms of a verb: those written out, or, of a regular verb, those made by rule.
    fn add_verb(&mut self, verb: &'static str, classes: [WordClasses; 5]) {
        let written = verb.split_whitespace();
        let Some(base) = written.clone().next() else {
            return;
        };
        if written.clone().nth(1).is_some() {
            let forms = written.zip(classes);
            forms.for_each(|(form, class)| self.add(form, class));
        } else {
            let made = regular_forms(base);
            let forms = made.iter().zip(classes.into_iter().skip(1));
            self.add(base, classes[0]);
            forms.for_each(|(form, class)| self.add(form, class));
        }
    }
}

/// Returns the classes that `lists` gives to the words of the list called `name`.
fn classes_of(lists: &[(&str, WordClasses)], name: &str) -> Option<WordClasses> {
    let found = lists.iter().find(|(list, _)| *list == name);
    found.map(|(_, classes)| *classes)
}

/// Returns the third person, the past and the participle of a regular verb.
fn regular_forms(base: &str) -> [String; 3] {
    let is_vowel = |stem: &str| stem.ends_with(['a', 'e', 'o', 'u']);
    if let Some(stem) = base.strip_suffix('e') {
        return [format!("{base}s"), format!("{base}d"), format!("{stem}ing")];
    }
    if let Some(stem) = base.strip_suffix('y').filter(|stem| !is_vowel(stem)) {
        return [
            format!("{stem}ies"),
            format!("{stem}ied"),
            format!("{base}ing"),
        ];
    }
    let hisses = ["s", "sh", "ch", "x", "z"]
        .iter()
        .any(|end| base.ends_with(end));
    let third = if hisses { "es" } else { "s" };
    [
        format!("{base}{third}"),
        format!("{base}ed"),
        format!("{base}ing"),
    ]
}

/// Reads the lists, if nobody has yet.
pub(in crate::annotate) fn read_lists() {
    LazyLock::force(&LISTS);
}

/// Returns the classes of `word`, however it is written.
pub(super) fn classes(word: &str) -> WordClasses {
    // Asked of each word of each report, so no string is made for an ordinary one.
    let short = match word.is_ascii() {
        true => ShortWord::small(word),
        false => ShortWord::small(&listed_form(word)),
    };
    // No list has a longer word.
    let found = short.and_then(|short| LISTS.classes.get(&short));
    found.copied().unwrap_or_default()
}

/// Whether these words are the title of a well-known programme or work.
pub(super) fn is_work(title: &str) -> bool {
    LISTS.works.contains(&listed_form(title))
}

/// Returns the one name that all names of a role share: spokesperson, for spokeswoman.
pub(super) fn role(word: &str) -> Option<&'static str> {
    LISTS.roles.get(listed_form(word).as_str()).copied()
}

/// Returns the number of words of the longest phrase for which `word_at` gives the words, counted from the first of them.
pub(super) fn phrase_len<'t>(word_at: impl Fn(usize) -> Option<&'t str>) -> Option<usize> {
    let fits = |phrase: &&Vec<&str>| {
        let mut words = phrase.iter().enumerate();
        words.all(|(at, word)| word_at(at).is_some_and(|found| found.eq_ignore_ascii_case(word)))
    };
    LISTS.phrases.iter().filter(fits).map(Vec::len).max()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_the_files_has_a_class() {
        let acts = [(ACT_LIST, ACT_BASE)];
        let known = [
            VERB_LISTS.as_slice(),
            &FRAME_LISTS,
            &PHRASE_LISTS,
            &ROLE_LISTS,
            WORD_LISTS,
            &acts,
        ]
        .concat();
        let names: Vec<String> = [VERBS, NAMES, GRAMMAR, STATEMENTS, ACTS]
            .into_iter()
            .flat_map(|file| word_lists::parse::<HashMap<String, String>>(file).into_keys())
            .collect();
        assert_eq!(names.len(), known.len());
        for name in names {
            assert!(classes_of(&known, &name).is_some(), "{name}");
        }
        assert!(LISTS.classes.len() > 2000 && LISTS.works.len() > 300);
    }

    #[test]
    fn words_are_known_however_they_are_written() {
        assert!(is_work("The O’Reilly Factor") && is_work("the o'reilly factor"));
        assert!(!is_work("The") && !is_work(""));
        assert!(classes("Said").any(PAST) && classes("Zoé") == classes("zoé"));
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
            assert!(classes(form).any(class), "{form}");
        }
        assert!(!classes("replyed").any(CUE));
    }

    #[test]
    fn all_names_of_a_role_are_one() {
        assert_eq!(role("spokeswoman"), Some("spokesperson"));
        assert_eq!(role("Spokesmen"), Some("spokesperson"));
        assert_eq!(role("analyst"), None);
        assert!(classes("senators").any(SEVERAL));
        assert!(!classes("senator").any(SEVERAL));
    }
}
