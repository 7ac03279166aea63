//! [`Lexicon`]: one or several lexicon files ready to be looked for.
//!
//! Several lexicons stand side by side: categories and terms keep their lexicon, and where two lexicons claim the same words the earlier one has
//! them. A lexicon that extends another stands for it too, so giving both is the same as giving the extension.

use std::collections::{HashMap, HashSet};

use super::find::{Finder, Rules};
use super::resolve::{Anchor, Entry, Gate, Key, KeyGate, Vocabulary, resolve};
use super::schema::{self, File};
use super::table::{Problem, did_you_mean};
use super::{Category, CategoryIx, Term, TermHit, TermIx, Tier};
use crate::text::Span;

/// The lexicon that comes with the program.
const BUNDLED: &str = include_str!("../../../assets/lexicons/tariff.toml");

/// A lexicon file that was read.
#[derive(Clone, Copy, Debug)]
pub struct Source<'a> {
    /// Its path, for messages.
    pub path: &'a str,
    /// What is in it.
    pub text: &'a str,
}

/// What is wrong with lexicon files, all of it; one line each.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", .problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
pub struct LexiconError {
    /// In the order of the files and their lines, at least one.
    pub problems: Vec<Problem>,
}

/// Categories, terms and where each may match; made once, used for every text.
#[derive(Clone, Debug)]
pub struct Lexicon {
    vocabularies: Vec<Vocabulary>,
    categories: Vec<Category>,
    terms: Vec<Term>,
    finder: Finder,
}

impl Lexicon {
    /// Returns the lexicon of trade and tariffs that comes with the program.
    pub fn bundled() -> Self {
        Self::of(vec![bundled_vocabulary()])
    }

    /// Returns the source of the bundled lexicon, to be shown or copied by a person who writes another.
    pub fn bundled_source() -> &'static str {
        BUNDLED
    }

    /// Reads one lexicon; it may extend the bundled one. `path` is what messages call it.
    pub fn parse(text: &str, path: &str) -> Result<Self, LexiconError> {
        Self::parse_all(&[Source { path, text }])
    }

    /// Reads several lexicons, in order of precedence; each may extend the bundled one or another of them.
    pub fn parse_all(sources: &[Source<'_>]) -> Result<Self, LexiconError> {
        let mut problems = Vec::new();
        let files = sources
            .iter()
            .map(|source| schema::read(source.text, source.path, &mut problems));
        let files: Vec<File> = files.collect();
        let vocabularies = resolve_all(files, &mut problems);
        if problems.is_empty() {
            return Ok(Self::of(vocabularies));
        }
        let order = |problem: &Problem| {
            sources
                .iter()
                .position(|source| source.path == problem.file)
        };
        problems.sort_by_key(|problem| (order(problem), problem.line));
        Err(LexiconError { problems })
    }

    /// Returns `lexicons` as one, in order of precedence.
    pub fn merged(lexicons: Vec<Lexicon>) -> Self {
        Self::of(
            lexicons
                .into_iter()
                .flat_map(|lexicon| lexicon.vocabularies)
                .collect(),
        )
    }

    /// Returns the terms in `paragraphs` of `text`, strong and weak, in order and without overlaps.
    ///
    /// The paragraphs are in order too; what is not in one is not looked at. Takes time linear in the text.
    pub fn find(&self, text: &str, paragraphs: &[Span]) -> Vec<TermHit> {
        let found = self.finder.find(text, paragraphs);
        let hits = found.into_iter().filter_map(|(span, term, form)| {
            let entry = self.terms.get(term.0)?;
            Some(TermHit {
                span,
                category: entry.category,
                term,
                form,
                tier: entry.tier,
            })
        });
        hits.collect()
    }

    /// Returns the categories, in the order of the files; their places are their [`CategoryIx`].
    pub fn categories(&self) -> &[Category] {
        &self.categories
    }

    /// Returns the terms; their places are their [`TermIx`].
    pub fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Returns the id and the name of each lexicon in it.
    pub fn names(&self) -> impl Iterator<Item = (&str, &str)> {
        self.vocabularies
            .iter()
            .map(|one| (one.id.as_str(), one.name.as_str()))
    }

    /// Returns the kind of a hit of this lexicon.
    pub fn category(&self, hit: &TermHit) -> &Category {
        &self.categories[hit.category.0]
    }

    /// Returns the entry of a hit of this lexicon.
    pub fn term(&self, hit: &TermHit) -> &Term {
        &self.terms[hit.term.0]
    }

    /// Returns what a hit of this lexicon stands for: `CUSMA` for `USMCA`; where a term's forms are no names of one thing, the form as listed.
    pub fn canonical(&self, hit: &TermHit) -> &str {
        let term = self.term(hit);
        let form = term.forms.get(hit.form).map_or("", String::as_str);
        term.canon.as_deref().unwrap_or(form)
    }

    fn of(vocabularies: Vec<Vocabulary>) -> Self {
        let kept = without_extended(vocabularies);
        let mut assembly = Assembly::default();
        assembly.number(&kept);
        let rules = assembly.rules(&kept);
        Self {
            finder: Finder::new(&assembly.terms, rules),
            categories: assembly.categories,
            terms: assembly.terms,
            vocabularies: kept,
        }
    }
}

fn bundled_vocabulary() -> Vocabulary {
    let mut problems = Vec::new();
    let file = schema::read(BUNDLED, "tariff.toml", &mut problems);
    let vocabulary = resolve(file, None, &mut problems);
    debug_assert!(problems.is_empty(), "{problems:?}");
    vocabulary
}

/// Resolves `files`, each after the one that it extends; returns them in the order given.
fn resolve_all(files: Vec<File>, problems: &mut Vec<Problem>) -> Vec<Vocabulary> {
    problems.extend(same_ids(&files));
    let mut known = vec![bundled_vocabulary()];
    let mut numbers = Vec::new();
    let mut waiting: Vec<(usize, File)> = files.into_iter().enumerate().collect();
    while let Some(next) = (0..waiting.len()).find(|&at| is_ready(at, &waiting, &known)) {
        let (number, file) = waiting.remove(next);
        let base = file
            .extends
            .as_ref()
            .and_then(|extends| latest(&extends.word, &known))
            .cloned();
        known.push(resolve(file, base.as_ref(), problems));
        numbers.push(number);
    }
    problems.extend(
        waiting
            .iter()
            .map(|(_, file)| no_base(file, &known, &waiting)),
    );
    let mut done: Vec<_> = numbers.into_iter().zip(known.into_iter().skip(1)).collect();
    done.sort_by_key(|&(number, _)| number);
    done.into_iter().map(|(_, vocabulary)| vocabulary).collect()
}

/// Whether what the file at `at` extends is known, and no other file that waits will stand for it.
fn is_ready(at: usize, waiting: &[(usize, File)], known: &[Vocabulary]) -> bool {
    let Some(base) = waiting[at].1.extends.as_ref().map(|extends| &extends.word) else {
        return true;
    };
    let mut others = waiting.iter().enumerate().filter(|&(other, _)| other != at);
    latest(base, known).is_some() && !others.any(|(_, (_, file))| file.id.word == *base)
}

/// Returns the one called `id` that was resolved last.
fn latest<'a>(id: &str, known: &'a [Vocabulary]) -> Option<&'a Vocabulary> {
    known.iter().rfind(|vocabulary| vocabulary.id == id)
}

fn no_base(file: &File, known: &[Vocabulary], waiting: &[(usize, File)]) -> Problem {
    let (word, line) = file
        .extends
        .as_ref()
        .map_or(("", 1), |extends| (extends.word.as_str(), extends.line));
    let message = if waiting.iter().any(|(_, other)| other.id.word == word) {
        format!("extends {word:?}, which in turn extends nothing that is known")
    } else {
        let hint = did_you_mean(word, known.iter().map(|vocabulary| vocabulary.id.as_str()));
        format!("extends unknown lexicon {word:?}{hint}")
    };
    Problem {
        file: file.path.clone(),
        line,
        message,
    }
}

/// Returns the files with an id that an earlier one has; one that extends its own id means to stand for the other.
fn same_ids(files: &[File]) -> Vec<Problem> {
    let extends_itself = |file: &File| {
        file.extends
            .as_ref()
            .is_some_and(|base| base.word == file.id.word)
    };
    let mut owners: HashMap<&str, &str> = HashMap::new();
    let mut problems = Vec::new();
    for file in files
        .iter()
        .filter(|file| !file.id.word.is_empty() && !extends_itself(file))
    {
        if let Some(owner) = owners.insert(&file.id.word, &file.path) {
            problems.push(Problem {
                file: file.path.clone(),
                line: file.id.line,
                message: format!(
                    "duplicate lexicon id {:?}; it is taken by {owner}",
                    file.id.word
                ),
            });
        }
    }
    problems
}

/// Leaves out each vocabulary that another one extends, or that is there twice.
fn without_extended(vocabularies: Vec<Vocabulary>) -> Vec<Vocabulary> {
    let mut seen = HashSet::new();
    let mut once = vocabularies;
    once.retain(|one| seen.insert((one.id.clone(), one.extends.clone())));
    let is_extended = |at: usize| {
        let mut others = once.iter().enumerate().filter(|&(other, _)| other != at);
        others.any(|(_, other)| other.extends.contains(&once[at].id))
    };
    let extended: Vec<bool> = (0..once.len()).map(is_extended).collect();
    let kept = once
        .into_iter()
        .zip(extended)
        .filter(|(_, extended)| !extended);
    kept.map(|(one, _)| one).collect()
}

/// Keys to numbers, over several vocabularies.
#[derive(Default)]
struct Assembly {
    categories: Vec<Category>,
    terms: Vec<Term>,
    category_numbers: HashMap<Key, CategoryIx>,
    term_numbers: HashMap<Key, TermIx>,
}

impl Assembly {
    /// Numbers what the vocabularies hold; what two of them took from a third is there once.
    fn number(&mut self, vocabularies: &[Vocabulary]) {
        for kind in vocabularies.iter().flat_map(|one| &one.kinds) {
            if !self.category_numbers.contains_key(&kind.key) {
                self.category_numbers
                    .insert(kind.key.clone(), CategoryIx(self.categories.len()));
                self.categories.push(kind.category.clone());
            }
        }
        let disabled: HashSet<&Key> = vocabularies.iter().flat_map(|one| &one.disabled).collect();
        for entry in vocabularies.iter().flat_map(|one| &one.entries) {
            if !disabled.contains(&entry.key) && !self.term_numbers.contains_key(&entry.key) {
                self.add(entry);
            }
        }
    }

    fn add(&mut self, entry: &Entry) {
        let Some(&category) = self.category_numbers.get(&entry.category) else {
            return;
        };
        self.term_numbers
            .insert(entry.key.clone(), TermIx(self.terms.len()));
        self.terms.push(Term {
            id: entry.key.id.clone(),
            category,
            sub: entry.table.sub.clone(),
            canon: entry.table.canon.clone(),
            forms: entry.table.forms.clone(),
            tier: entry.table.tier,
        });
    }

    /// Returns the rules of each numbered term, in order.
    fn rules(&self, vocabularies: &[Vocabulary]) -> Vec<Rules> {
        let mut rules: Vec<Rules> = Vec::with_capacity(self.terms.len());
        for vocabulary in vocabularies {
            for entry in &vocabulary.entries {
                if self.term_numbers.get(&entry.key) == Some(&TermIx(rules.len())) {
                    rules.push(self.rules_of(entry, vocabulary));
                }
            }
        }
        rules
    }

    fn rules_of(&self, entry: &Entry, vocabulary: &Vocabulary) -> Rules {
        let kind = vocabulary
            .kinds
            .iter()
            .find(|kind| kind.key == entry.category);
        let of_kind = kind
            .and_then(|kind| kind.need.as_ref())
            .filter(|_| entry.table.tier == Tier::Strong);
        Rules {
            inflect: entry.table.inflect,
            case: entry.table.case,
            gate: entry
                .need
                .as_ref()
                .or(of_kind)
                .map(|gate| self.numbered(gate)),
            not_before: entry.table.not_before.clone(),
            not_after: entry.table.not_after.clone(),
        }
    }

    /// Returns the gate by numbers; a disabled term opens none.
    fn numbered(&self, gate: &KeyGate) -> Gate<TermIx, CategoryIx> {
        let any = gate.any.iter().filter_map(|anchor| match anchor {
            Anchor::Term(key) => self.term_numbers.get(key).map(|&term| Anchor::Term(term)),
            Anchor::Category(key) => self
                .category_numbers
                .get(key)
                .map(|&category| Anchor::Category(category)),
        });
        Gate {
            any: any.collect(),
            scope: gate.scope,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::segment::paragraphs;

    const ELECTIONS: &str = r#"
schema = 1
id = "elections"
name = "Elections"
[[category]]
id = "vote"
label = "Voting"
color = "green"
[[category]]
id = "body"
[[term]]
id = "ballot"
cat = "vote"
forms = ["ballot", "mail in ballot"]
inflect = "n"
[[term]]
id = "race"
cat = "vote"
forms = ["race"]
need = ["ballot", "@body"]
scope = "article"
[[term]]
id = "commission"
cat = "body"
case = "exact"
forms = ["Elections Canada", "FEC"]
"#;

    /// Returns a lexicon of the id `id` with `rest`, one category and one term.
    fn small(id: &str, rest: &str) -> String {
        format!(
            "schema = 1\nid = {id:?}\n{rest}\n[[category]]\nid = \"goods\"\n[[term]]\nid = \"canoe\"\ncat = \"goods\"\nforms = [\"canoe\"]\n"
        )
    }

    /// Returns the words, term and category lexicon of each hit.
    fn hits<'a>(lexicon: &'a Lexicon, text: &'a str) -> Vec<(&'a str, &'a str, &'a str)> {
        let found = lexicon.find(text, &paragraphs(text));
        let described = found.iter().map(|hit| {
            let (term, category) = (
                &lexicon.terms[hit.term.0],
                &lexicon.categories[hit.category.0],
            );
            (
                hit.span.of(text),
                term.id.as_str(),
                category.lexicon.as_str(),
            )
        });
        described.collect()
    }

    fn problems(text: &str) -> Vec<String> {
        match Lexicon::parse(text, "beat.toml") {
            Ok(_) => Vec::new(),
            Err(error) => error.problems.iter().map(ToString::to_string).collect(),
        }
    }

    #[test]
    fn a_lexicon_of_another_beat_is_another_file() {
        let lexicon = Lexicon::parse(ELECTIONS, "elections.toml").unwrap();
        let text =
            "The race is tight, and steel is dear.\n\nMail-in ballots reached Elections Canada.";
        assert_eq!(
            hits(&lexicon, text),
            [
                ("race", "race", "elections"),
                ("Mail-in ballots", "ballot", "elections"),
                ("Elections Canada", "commission", "elections"),
            ]
        );
        let vote = &lexicon.categories()[0];
        assert_eq!(
            (vote.label.as_str(), vote.color.name()),
            ("Voting", "green")
        );
    }

    #[test]
    fn several_lexicons_stand_side_by_side() {
        let elections = Lexicon::parse(ELECTIONS, "elections.toml").unwrap();
        let both = Lexicon::merged(vec![elections, Lexicon::bundled()]);
        let names: Vec<_> = both.names().collect();
        assert_eq!(
            names,
            [("elections", "Elections"), ("tariff", "Trade & tariffs")]
        );
        assert_eq!(
            hits(&both, "A tariff on ballots, says the WTO."),
            [
                ("tariff", "tariff", "tariff"),
                ("ballots", "ballot", "elections"),
                ("WTO", "body-acronym", "tariff")
            ]
        );
        assert_eq!(
            both.categories()
                .iter()
                .filter(|category| category.id == "body")
                .count(),
            2
        );
    }

    #[test]
    fn a_lexicon_extends_another_and_leaves_out_what_it_disables() {
        let text = small(
            "mine",
            "extends = \"tariff\"\ndisable = [\"levy\", \"steel\"]",
        );
        let mine = Lexicon::parse(&text, "mine.toml").unwrap();
        let story = "A levy and a tariff on steel, lumber and canoe.";
        let expected = [
            ("tariff", "tariff", "tariff"),
            ("lumber", "forestry", "tariff"),
            ("canoe", "canoe", "mine"),
        ];
        assert_eq!(hits(&mine, story), expected);
        let with_base = Lexicon::merged(vec![Lexicon::bundled(), mine]);
        assert_eq!(hits(&with_base, story), expected);
        assert_eq!(with_base.categories().len(), 7);
    }

    #[test]
    fn a_lexicon_may_redefine_a_term_and_a_category_of_what_it_extends() {
        let text = "schema = 1\nid = \"tariff\"\nextends = \"tariff\"\n[[category]]\nid = \"measure\"\nlabel = \"Border\"\ncolor = \"green\"\n\
                    [[term]]\nid = \"tariff\"\ncat = \"measure\"\nforms = [\"zoll\"]";
        let mine = Lexicon::parse(text, "mine.toml").unwrap();
        assert_eq!(
            hits(&mine, "Zoll and tariff and import tax"),
            [
                ("Zoll", "tariff", "tariff"),
                ("import tax", "import-tax", "tariff")
            ]
        );
        assert_eq!(mine.categories()[0].label, "Border");
        assert_eq!(mine.categories().len(), 6);
    }

    #[test]
    fn lexicons_may_extend_each_other_in_any_order() {
        let (first, second) = (small("first", "extends = \"second\""), small("second", ""));
        let first = Source {
            path: "first.toml",
            text: &first,
        };
        let second = Source {
            path: "second.toml",
            text: &second,
        };
        let lexicon = Lexicon::parse_all(&[first, second]).unwrap();
        assert_eq!(lexicon.names().collect::<Vec<_>>(), [("first", "first")]);
        assert_eq!(hits(&lexicon, "a canoe").len(), 1);
    }

    #[test]
    fn every_mistake_of_a_file_is_said_at_once_with_its_line() {
        let text = r#"schema = 1
id = "beat"
colour = "red"
[[category]]
id = "vote"
color = "purple"
[[term]]
id = "ballot"
cat = "votes"
form = ["ballot"]
forms = []
[[term]]
id = "ballot"
cat = "vote"
forms = ["poll", 3, "a, b"]
need = ["balot", "@vot"]
scope = "page"
inflect = "x"
not_after = ["of", "!"]
[[term]]
cat = "vote"
"#;
        assert_eq!(
            problems(text),
            [
                r#"beat.toml:3: unknown key "colour" in a lexicon"#,
                r#"beat.toml:6: unknown color "purple"; it is one of "red", "blue", "yellow", "magenta", "cyan", "green""#,
                r#"beat.toml:9: unknown category "votes"; did you mean "vote"?"#,
                r#"beat.toml:10: unknown key "form" in a term; did you mean "forms"?"#,
                r#"beat.toml:11: term "ballot" has no forms; list at least one"#,
                r#"beat.toml:13: duplicate term id "ballot"; it is taken on line 8"#,
                r#"beat.toml:15: each of forms must be a string, not an integer"#,
                r#"beat.toml:15: form "a, b" can never be found; it needs words, and no comma or bracket between them"#,
                r#"beat.toml:16: need names "balot", which is no term id and no "@category"; did you mean "ballot"?"#,
                r#"beat.toml:16: need names "@vot", which is no term id and no "@category"; did you mean "@vote"?"#,
                r#"beat.toml:17: unknown scope "page"; write "sentence", "paragraph", "near:N" or "article""#,
                r#"beat.toml:18: unknown inflect "x"; it is one of "", "n", "v", "nv""#,
                r#"beat.toml:19: not_after of term "ballot" holds no word in "!""#,
                "beat.toml:20: a term needs id = \"...\"",
                r#"beat.toml:20: a term needs forms"#,
            ]
        );
    }

    #[test]
    fn broken_toml_is_said_with_its_line() {
        let found = problems("schema = 1\nid = \"beat\n[[term]]\n");
        assert!(found[0].starts_with("beat.toml:2: "), "{found:?}");
    }

    #[test]
    fn what_is_not_there_cannot_be_extended_or_disabled() {
        assert_eq!(
            problems(&small("beat", "extends = \"tarif\"")),
            [r#"beat.toml:3: extends unknown lexicon "tarif"; did you mean "tariff"?"#]
        );
        assert_eq!(
            problems(&small("beat", "disable = [\"levy\"]")),
            ["beat.toml:3: disable does nothing without extends"]
        );
        assert_eq!(
            problems(&small("beat", "extends = \"tariff\"\ndisable = [\"levi\"]")),
            [
                r#"beat.toml:4: nothing to disable: "tariff" has no term "levi"; did you mean "levy"?"#
            ]
        );
    }

    #[test]
    fn a_lexicon_that_extends_its_own_id_stands_for_it_wherever_it_is_given() {
        let mine = "schema = 1\nid = \"tariff\"\nextends = \"tariff\"\ndisable = [\"levy\"]";
        let mine = Source {
            path: "mine.toml",
            text: mine,
        };
        let bundled = Source {
            path: "tariff.toml",
            text: BUNDLED,
        };
        let more = small("more", "extends = \"tariff\"");
        let more = Source {
            path: "more.toml",
            text: &more,
        };
        for sources in [
            [bundled, mine].as_slice(),
            &[mine, bundled],
            &[more, bundled, mine],
        ] {
            let lexicon = Lexicon::parse_all(sources).unwrap();
            assert_eq!(hits(&lexicon, "a levy"), []);
            assert_eq!(lexicon.names().count(), 1);
        }
    }

    #[test]
    fn lexicons_that_extend_each_other_or_share_an_id_are_mistakes() {
        let (first, second) = (
            small("first", "extends = \"second\""),
            small("second", "extends = \"first\""),
        );
        let error = Lexicon::parse_all(&[
            Source {
                path: "1.toml",
                text: &first,
            },
            Source {
                path: "2.toml",
                text: &second,
            },
        ])
        .unwrap_err();
        assert_eq!(error.problems.len(), 2);
        let text = small("one", "");
        let error = Lexicon::parse_all(&[
            Source {
                path: "1.toml",
                text: &text,
            },
            Source {
                path: "2.toml",
                text: &text,
            },
        ])
        .unwrap_err();
        assert_eq!(
            error.to_string(),
            r#"2.toml:2: duplicate lexicon id "one"; it is taken by 1.toml"#
        );
    }

    #[test]
    fn a_schema_or_a_language_of_another_kind_is_refused() {
        assert_eq!(
            problems("schema = 2\nid = \"x\"\nlang = \"fr\""),
            [
                "beat.toml:1: unknown schema; this program reads schema = 1",
                r#"beat.toml:3: lang "fr" is not supported; inflections are English, write lang = "en""#,
            ]
        );
        assert_eq!(
            problems("id = \"x\""),
            ["beat.toml:1: a lexicon needs schema = 1 at its top"]
        );
    }

    #[test]
    fn the_bundled_lexicon_has_no_mistakes() {
        assert_eq!(problems(BUNDLED), Vec::<String>::new());
        assert_eq!(Lexicon::bundled().categories().len(), 6);
    }
}
