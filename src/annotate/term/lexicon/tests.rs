//! Lexicons that are read, extended and put together.

use super::*;
use crate::text::sentences::paragraphs;

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
    let text = "The race is tight, and steel is dear.\n\nMail-in ballots reached Elections Canada.";
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
        [r#"beat.toml:4: nothing to disable: "tariff" has no term "levi"; did you mean "levy"?"#]
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

#[test]
fn the_bundled_lexicon_is_compiled_as_it_is_written() {
    crate::compiled::check("tariff.bin", &Lexicon::of(vec![bundled_vocabulary()]));
}
