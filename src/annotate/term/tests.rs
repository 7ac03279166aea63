//! The rules of a lexicon, one by one, on lexicons of a few lines.
//!
//! In these tests a text carries its expected strong hits in [brackets].

use std::sync::LazyLock;

use proptest::prelude::*;

use super::*;
use crate::config::SettingsFile;
use crate::text::sentences::paragraphs;

static BUNDLED: LazyLock<Lexicon> = LazyLock::new(Lexicon::bundled);

#[track_caller]
fn parsed(text: &str) -> Lexicon {
    match Lexicon::parse_all(&[SettingsFile::new("test.toml", text)], &[]) {
        Ok(lexicon) => lexicon,
        Err(errors) => panic!("{errors}"),
    }
}

fn lexicon(terms: &str) -> Lexicon {
    let head =
        "schema = 1\nid = \"test\"\n[[category]]\nid = \"policy\"\n[[category]]\nid = \"people\"\n";
    parsed(&format!("{head}{terms}"))
}

/// Returns a term of category `policy` with the keys `rest`.
fn term(id: &str, forms: &str, rest: &str) -> String {
    format!("[[term]]\nid = {id:?}\ncat = \"policy\"\nforms = [{forms}]\n{rest}\n")
}

fn marked(lexicon: &Lexicon, text: &str, tier: TermTier) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for hit in lexicon
        .find(text, &paragraphs(text))
        .iter()
        .filter(|hit| hit.tier == tier)
    {
        marked.push_str(&text[at..hit.span.start]);
        marked.push_str(&format!("[{}]", hit.span.of(text)));
        at = hit.span.end;
    }
    marked + &text[at..]
}

#[track_caller]
fn assert_marks(lexicon: &Lexicon, expected: &str) {
    let text = expected.replace(['[', ']'], "");
    assert_eq!(marked(lexicon, &text, TermTier::Strong), expected);
}

#[test]
fn a_possessive_is_no_part_of_a_hit() {
    let lexicon = lexicon(&term("pact", "\"CUSMA\", \"tariff\"", "inflect = \"n\""));
    assert_marks(
        &lexicon,
        "[CUSMA]'s review, [CUSMA]’s end and the [tariffs]' cost",
    );
}

#[test]
fn a_form_is_found_as_whole_words_only() {
    let lexicon = lexicon(&term("car", "\"car\"", ""));
    assert_marks(&lexicon, "A [car] for Carney's care, scar and all: [Car]");
}

#[test]
fn dotted_abbreviations_match_dotted_forms_only() {
    let lexicon = lexicon(&(term("us", "\"U.S. goods\"", "") + &term("it", "\"IT\"", "")));
    assert_marks(
        &lexicon,
        "[U.S. goods], [U.S goods], [u.s.-goods] but not US goods; [it] is, I.T. is not",
    );
}

#[test]
fn a_number_with_its_point_is_one_token() {
    let lexicon =
        lexicon(&(term("new", "\"NAFTA 2.0\"", "") + &term("section", "\"section 2\"", "")));
    assert_marks(&lexicon, "[NAFTA 2.0] and [section 2] but not section 2.5");
}

#[test]
fn a_form_runs_across_blanks_hyphens_slashes_and_a_line_end() {
    let lexicon = lexicon(&term("counter", "\"counter tariff\"", "inflect = \"n\""));
    assert_marks(
        &lexicon,
        "[counter-tariffs], [counter\u{2011}tariffs], [counter–tariff], [counter  tariff], [counter\u{a0}tariff], [counter/tariff], [counter\ntariff]",
    );
}

#[test]
fn a_form_stops_at_a_stop_a_comma_a_quote_and_a_paragraph() {
    let lexicon = lexicon(&term("counter", "\"counter tariff\"", ""));
    assert_marks(
        &lexicon,
        "The counter. Tariff, counter, tariff, counter \"tariff, counter\n\ntariff, counter_tariff",
    );
}

#[test]
fn a_form_written_with_a_possessive_or_a_dot_is_found_so_written() {
    let lexicon = lexicon(&term(
        "list",
        "\"voters' list\", \"speaker's chair\", \"St. Louis\"",
        "inflect = \"n\"",
    ));
    assert_marks(
        &lexicon,
        "The [voters’ lists], a voters list; the [Speaker’s chair], a speaker chair; [St. Louis], St Louis",
    );
}

#[test]
fn exact_case_is_kept_letter_by_letter() {
    let lexicon = lexicon(&term(
        "trq",
        "\"TRQ\", \"Mercosur\", \"Trans-Pacific Partnership\"",
        "case = \"exact\"\ninflect = \"n\"",
    ));
    assert_marks(
        &lexicon,
        "[TRQ], [TRQs] not TRQS or trq; [Mercosur] not MERCOSUR; [Trans-Pacific Partnership], [Trans Pacific Partnership] not trans-Pacific partnership",
    );
}

#[test]
fn a_capital_inside_a_sentence_is_a_name() {
    let lexicon = lexicon(&term(
        "levy",
        "\"levy\"",
        "inflect = \"n\"\ncase = \"lower-or-start\"",
    ));
    assert_marks(
        &lexicon,
        "[Levies] rose. [Levies] fell, as Eugene Levy said: “[Levies] are a [levy].”",
    );
}

#[test]
fn accents_soft_hyphens_and_apostrophes_fold_and_offsets_stay() {
    let lexicon = lexicon(&term("vote", "\"référendum\", \"voter's list\"", ""));
    assert_marks(
        &lexicon,
        "Le [RE\u{301}FE\u{301}RENDUM], [réfé\u{ad}rendum] et [Référendum]; a [voter’s list]",
    );
}

#[test]
fn the_longest_form_wins_then_the_leftmost_then_the_first() {
    let terms = term("trade", "\"free trade\", \"deal\"", "")
        + &term(
            "pact",
            "\"trade deal\", \"free trade deal now\", \"deal\"",
            "",
        );
    let lexicon = lexicon(&terms);
    assert_marks(
        &lexicon,
        "A [free trade] [deal], a [free trade deal now], a [trade deal], a [deal]",
    );
    let hits = lexicon.find("a deal", &[Span::new(0, 6)]);
    assert_eq!(lexicon.term(&hits[0]).id, "trade");
}

#[test]
fn a_need_is_met_in_its_sentence() {
    let lexicon = lexicon(
        &(term("tariff", "\"tariff\"", "inflect = \"n\"")
            + &term("duty", "\"duty\"", "need = [\"tariff\"]")),
    );
    assert_marks(
        &lexicon,
        "The [tariff] adds to the [duty]. He did his duty. No duty here.",
    );
}

#[test]
fn a_need_is_met_in_its_paragraph_near_it_or_anywhere() {
    let tariff = term("tariff", "\"tariff\"", "");
    let scoped = |scope: &str| {
        lexicon(
            &(tariff.clone()
                + &term(
                    "duty",
                    "\"duty\"",
                    &format!("need = [\"@policy\"]\nscope = \"{scope}\""),
                )),
        )
    };
    assert_marks(
        &scoped("paragraph"),
        "A [tariff]. A [duty].\n\nA duty.\n\nA duty.",
    );
    assert_marks(
        &scoped("near:1"),
        "A [tariff]. A [duty].\n\nA [duty].\n\nA duty.",
    );
    assert_marks(
        &scoped("article"),
        "A [tariff]. A [duty].\n\nA [duty].\n\nA [duty].",
    );
}

#[test]
fn a_category_gives_its_need_to_terms_without_one() {
    let lexicon = parsed(
        "schema = 1\nid = \"t\"\n[[category]]\nid = \"sector\"\nneed = [\"tariff\"]\nscope = \"article\"\n[[category]]\nid = \"measure\"\n\
         [[term]]\nid = \"tariff\"\ncat = \"measure\"\nforms = [\"tariff\"]\n[[term]]\nid = \"steel\"\ncat = \"sector\"\nforms = [\"steel\"]",
    );
    assert_marks(&lexicon, "Nerves of steel.");
    assert_marks(&lexicon, "Nerves of [steel].\n\nA [tariff].");
}

#[test]
fn what_was_let_in_opens_the_next_gate() {
    let terms = term("tariff", "\"tariff\"", "")
        + &term("duty", "\"duty\"", "need = [\"tariff\"]")
        + &term(
            "relief",
            "\"relief\"",
            "need = [\"duty\"]\nscope = \"article\"",
        );
    assert_marks(&lexicon(&terms), "[Relief] came. The [tariff] is a [duty].");
}

#[test]
fn two_terms_that_only_need_each_other_stay_out() {
    let terms = term("duty", "\"duty\"", "need = [\"relief\"]")
        + &term("relief", "\"relief\"", "need = [\"duty\"]");
    assert_marks(&lexicon(&terms), "The duty relief.");
}

#[test]
fn a_hit_is_not_its_own_need() {
    let terms =
        term("tariff", "\"tariff\"", "") + &term("rate", "\"tariff rate\"", "need = [\"tariff\"]");
    assert_marks(
        &lexicon(&terms),
        "The [tariff] rate. The [tariff rate] of the [tariff].",
    );
}

#[test]
fn words_before_and_after_veto() {
    let lexicon = lexicon(&term(
        "duty",
        "\"duty\"",
        "not_before = [\"on\", \"call of\", \"a * of\"]\nnot_after = [\"officer\", \"of care\", \"to *\"]",
    ));
    assert_marks(
        &lexicon,
        "on duty, on-duty, call of duty, a sense of duty; of [duty], call [duty]",
    );
    assert_marks(
        &lexicon,
        "duty officer, duty-officer, duty of care, duty to serve, [duty] of free, the [duty] to",
    );
}

#[test]
fn a_veto_does_not_reach_across_a_comma_or_a_sentence() {
    let lexicon = lexicon(&term(
        "duty",
        "\"duty\", \"Levy\"",
        "not_before = [\"on\", \"Mr\"]\nnot_after = [\"to\"]",
    ));
    assert_marks(
        &lexicon,
        "It goes on. [Duty] rises, and so on, [duty] falls by a [duty], to be clear. Mr. Levy, on “duty” to serve.",
    );
}

#[test]
fn weak_terms_are_apart_and_open_no_gate() {
    let terms = term("deal", "\"deal\", \"trade\"", "tier = \"weak\"")
        + &term("trade-deal", "\"trade deal\"", "")
        + &term("duty", "\"duty\"", "need = [\"deal\"]");
    let lexicon = lexicon(&terms);
    assert_marks(&lexicon, "A [trade deal], a deal, a duty.");
    assert_eq!(
        marked(&lexicon, "A trade deal, a deal, a duty.", TermTier::Weak),
        "A trade deal, a [deal], a duty."
    );
}

#[test]
fn addresses_handles_and_code_hold_no_terms() {
    let lexicon = lexicon(&term("tariff", "\"tariff\", \"trade\"", "inflect = \"n\""));
    assert_marks(
        &lexicon,
        "[Tariffs]: see https://example.org/tariffs?trade=1, (www.tariffs.example) and trade.gc.ca/tariffs.",
    );
    assert_marks(
        &lexicon,
        "Write to tariff@trade.example.org or @TariffTrade; #[tariffs]. On `tariff` and ```tariff``` no.",
    );
    assert_marks(
        &lexicon,
        "The ``[tariffs]'' and `[trade] war' and `[tariffs]' in wire copy; the [tariff]/[trade] question; and.[tariffs]",
    );
}

#[test]
fn inflections_are_regular_endings_of_the_last_word() {
    let lexicon = lexicon(
        &(term("law", "\"tax law\", \"levy\"", "inflect = \"n\"")
            + &term("exempt", "\"exempt\"", "inflect = \"v\"")),
    );
    assert_marks(
        &lexicon,
        "[tax laws], taxes law, [levies], levied, [exempts], [exempted], [exempting], exemption",
    );
}

#[test]
fn only_the_paragraphs_given_are_looked_at() {
    let lexicon = lexicon(&term("tariff", "\"tariff\"", ""));
    let text = "Tariff.\n\nTariff.";
    let hits = lexicon.find(text, &[Span::new(9, 16)]);
    assert_eq!(
        hits.iter().map(|hit| hit.span).collect::<Vec<_>>(),
        [Span::new(9, 15)]
    );
}

#[test]
fn a_hit_tells_what_it_stands_for() {
    let lexicon = lexicon(
        &(term("cusma", "\"CUSMA\", \"USMCA\"", "canon = \"CUSMA\"")
            + &term("pacts", "\"CETA\", \"CPTPP\"", "inflect = \"n\"")),
    );
    let text = "usmca and CPTPPs";
    let hits = lexicon.find(text, &paragraphs(text));
    let canonical: Vec<_> = hits.iter().map(|hit| lexicon.canonical(hit)).collect();
    assert_eq!(canonical, ["CUSMA", "CPTPP"]);
    assert_eq!(lexicon.category(&hits[0]).id, "policy");
}

/// Texts of words that the bundled lexicon knows, joined by what news joins words with.
fn news() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "tariff",
        "Tariffs",
        "counter",
        "duty",
        "steel",
        "free",
        "trade",
        "deal",
        "CUSMA",
        "U.S.",
        "review",
        "Levy",
        "l’impôt",
        "e\u{301}",
        "quota\u{ad}s",
        "it",
        "İ",
        "🇨🇦",
    ]);
    let joints = prop::sample::select(vec![
        " ", " ", " ", "-", ". ", ", ", "’s ", "\n", "\n\n", " “", "@", "`", "/", "://", "\u{a0}",
    ]);
    prop::collection::vec((words, joints), 0..40).prop_map(|pairs| {
        pairs
            .into_iter()
            .flat_map(|(word, joint)| [word, joint])
            .collect()
    })
}

proptest! {
    #[test]
    fn hits_are_in_order_apart_and_on_char_boundaries(text in prop_oneof![news(), any::<String>()]) {
        let hits = BUNDLED.find(&text, &paragraphs(&text));
        let mut end = 0;
        for hit in hits {
            prop_assert!(end <= hit.span.start && hit.span.start < hit.span.end);
            prop_assert!(text.get(hit.span.start..hit.span.end).is_some());
            end = hit.span.end;
        }
    }

    #[test]
    fn line_ends_change_no_hit(text in news()) {
        let words = |text: &str| -> Vec<String> {
            let hits = BUNDLED.find(text, &paragraphs(text));
            hits.iter().map(|hit| hit.span.of(text).replace("\r\n", "\n").replace('\r', "\n")).collect()
        };
        prop_assert_eq!(words(&text), words(&text.replace('\n', "\r\n")));
        prop_assert_eq!(words(&text), words(&text.replace('\n', "\r")));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn any_file_is_a_lexicon_or_a_list_of_mistakes(text in any::<String>(), cut in 0..18_000_usize) {
        let bundled = Lexicon::bundled_file().text;
        let cut = (0..=cut).rev().find(|&at| bundled.is_char_boundary(at)).unwrap_or(0);
        for source in [text.as_str(), &bundled[..cut]] {
            if let Err(errors) = Lexicon::parse_all(&[SettingsFile::new("any.toml", source)], &[]) {
                prop_assert!(!errors.0.is_empty());
            }
        }
    }
}
