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
        let (term, category) = (lexicon.term(hit), lexicon.category(hit));
        (
            hit.span.of(text),
            term.id.as_str(),
            category.lexicon.as_str(),
        )
    });
    described.collect()
}

/// Returns the ids of the lexicons that define its categories.
fn lexicons(lexicon: &Lexicon) -> Vec<&str> {
    let categories = lexicon.categories().iter();
    let mut ids: Vec<_> = categories
        .map(|category| category.lexicon.as_str())
        .collect();
    ids.dedup();
    ids
}

fn problems(text: &str) -> Vec<String> {
    match Lexicon::parse_all(&[SettingsFile::new("beat.toml", text)], &[]) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.0.iter().map(ToString::to_string).collect(),
    }
}

#[test]
fn a_lexicon_of_another_beat_is_another_file() {
    let lexicon =
        Lexicon::parse_all(&[SettingsFile::new("elections.toml", ELECTIONS)], &[]).unwrap();
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
    let elections = SettingsFile::new("elections.toml", ELECTIONS);
    let both = Lexicon::parse_all(&[elections, Lexicon::bundled_file()], &[]).unwrap();
    assert_eq!(lexicons(&both), ["elections", "tariff"]);
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
    let file = SettingsFile::new("mine.toml", &text);
    let mine = Lexicon::parse_all(std::slice::from_ref(&file), &[]).unwrap();
    let story = "A levy and a tariff on steel, lumber and canoe.";
    let expected = [
        ("tariff", "tariff", "tariff"),
        ("lumber", "forestry", "tariff"),
        ("canoe", "canoe", "mine"),
    ];
    assert_eq!(hits(&mine, story), expected);
    let with_base = Lexicon::parse_all(&[Lexicon::bundled_file(), file], &[]).unwrap();
    assert_eq!(hits(&with_base, story), expected);
    assert_eq!(with_base.categories().len(), 7);
}

#[test]
fn a_lexicon_may_redefine_a_term_and_a_category_of_what_it_extends() {
    let text = "schema = 1\nid = \"tariff\"\nextends = \"tariff\"\n[[category]]\nid = \"measure\"\nlabel = \"Border\"\ncolor = \"green\"\n\
                [[term]]\nid = \"tariff\"\ncat = \"measure\"\nforms = [\"zoll\"]";
    let mine = Lexicon::parse_all(&[SettingsFile::new("mine.toml", text)], &[]).unwrap();
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
    let first = SettingsFile::new("first.toml", &small("first", "extends = \"second\""));
    let second = SettingsFile::new("second.toml", &small("second", ""));
    for lexicon in [
        Lexicon::parse_all(&[first.clone(), second.clone()], &[]).unwrap(),
        Lexicon::parse_all(&[first], &[second]).unwrap(),
    ] {
        assert_eq!(lexicons(&lexicon), ["first"]);
        assert_eq!(hits(&lexicon, "a canoe").len(), 1);
    }
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
            r#"beat.toml:3: unknown key of a lexicon "colour""#,
            r#"beat.toml:6: unknown color "purple"; it is one of "red", "blue", "yellow", "magenta", "cyan", "green""#,
            r#"beat.toml:9: unknown category "votes"; did you mean "vote"?"#,
            r#"beat.toml:10: unknown key of a term "form"; did you mean "forms"?"#,
            r#"beat.toml:11: term "ballot" has no forms; list at least one"#,
            r#"beat.toml:13: duplicate term id "ballot"; it is taken on line 8"#,
            r#"beat.toml:15: each of forms must be a string, not an integer"#,
            r#"beat.toml:15: form "a, b" can never be found; it needs words, and no comma or bracket between them"#,
            r#"beat.toml:16: unknown term or @category "balot"; did you mean "ballot"?"#,
            r#"beat.toml:16: unknown term or @category "@vot"; did you mean "@vote"?"#,
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
        [r#"beat.toml:3: unknown lexicon "tarif"; did you mean "tariff"?"#]
    );
    assert_eq!(
        problems(&small("beat", "disable = [\"levy\"]")),
        ["beat.toml:3: disable does nothing without extends"]
    );
    assert_eq!(
        problems(&small("beat", "extends = \"tariff\"\ndisable = [\"levi\"]")),
        [r#"beat.toml:4: unknown term to disable "levi"; did you mean "levy"?"#]
    );
}

#[test]
fn a_lexicon_that_extends_its_own_id_stands_for_it_wherever_it_is_given() {
    let mine = "schema = 1\nid = \"tariff\"\nextends = \"tariff\"\ndisable = [\"levy\"]";
    let mine = SettingsFile::new("mine.toml", mine);
    let more = SettingsFile::new("more.toml", &small("more", "extends = \"tariff\""));
    let bundled = Lexicon::bundled_file();
    for files in [
        vec![bundled.clone(), mine.clone()],
        vec![mine.clone(), bundled.clone()],
        vec![more.clone(), bundled, mine.clone()],
    ] {
        let lexicon = Lexicon::parse_all(&files, &[]).unwrap();
        assert_eq!(hits(&lexicon, "a levy"), [], "{files:?}");
    }
    let lexicon = Lexicon::parse_all(&[more], &[mine]).unwrap();
    assert_eq!(hits(&lexicon, "a levy"), []);
}

#[test]
fn lexicons_that_extend_each_other_or_share_an_id_are_mistakes() {
    let file = |name, id, rest| SettingsFile::new(name, &small(id, rest));
    let said = |files: &[SettingsFile]| Lexicon::parse_all(files, &[]).unwrap_err().to_string();
    let first = file("1.toml", "first", "extends = \"second\"");
    let second = file("2.toml", "second", "extends = \"first\"");
    assert_eq!(
        said(&[first, second]),
        "1.toml:3: lexicon \"second\" extends itself; leave out one \"extends\"\n\
         2.toml:3: lexicon \"first\" extends itself; leave out one \"extends\""
    );
    assert_eq!(
        said(&[file("1.toml", "one", ""), file("2.toml", "one", "")]),
        "2.toml:2: duplicate lexicon id \"one\"; another lexicon has it"
    );
}

#[test]
fn all_lexicons_are_looked_through_for_mistakes() {
    let broken = small("more", "extends = \"good\"\ndisable = [\"cano\"]");
    let files = [
        SettingsFile::new("more.toml", &broken),
        SettingsFile::new("good.toml", &small("good", "")),
        SettingsFile::new("bad.toml", "schema = 1\n"),
    ];
    let said: Vec<_> = Lexicon::errors(&files)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        said,
        [
            "more.toml:4: unknown term to disable \"cano\"; did you mean \"canoe\"?",
            "bad.toml:1: a lexicon needs id = \"...\"",
        ]
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
    assert_eq!(
        problems(&Lexicon::bundled_file().text),
        Vec::<String>::new()
    );
    assert_eq!(Lexicon::bundled().categories().len(), 6);
}
