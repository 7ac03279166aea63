//! Every quotation of every report, narrowing while one types.

use crossread::library::ReportNo;
use crossread::tui::event::Event;
use crossread::tui::worker::job::{Answer, FilterResults};

use crate::harness::{EVERY_SIZE, TWO_SIZES, frames};
use crate::stage::Stage;

#[test]
fn every_quotation() {
    frames("quotes", TWO_SIZES, |stage| stage.keys("\""));
}

#[test]
fn quotations_that_hold_what_is_typed() {
    frames("quotes-typed", EVERY_SIZE, |stage| {
        stage.keys("\"").typed("white smo")
    });
}

#[test]
fn no_quotation_holds_what_is_typed() {
    frames("quotes-nothing", TWO_SIZES, |stage| {
        stage.keys("\"").typed("volcano")
    });
}

#[test]
fn an_unknown_field_is_named_with_the_fields_there_are() {
    let mut stage = Stage::bundled(120, 40).keys("\"").typed("foo:bar");
    let screen = stage.text();
    assert!(
        screen.contains("unknown field \"foo\"; the fields are headline, outlet, date"),
        "{screen}"
    );
}

#[test]
fn quotations_by_speaker() {
    frames("quotes-speakers", TWO_SIZES, |stage| stage.keys("\" Tab o"));
}

#[test]
fn enter_goes_to_the_place_in_the_report() {
    let mut stage = Stage::bundled(120, 40)
        .keys("\"")
        .typed("white smoke")
        .keys("Enter");
    assert!(stage.text().contains("white smoke"));
    stage.says("quote ");
    stage.says("Mark Carney");
}

#[test]
fn a_citation_is_copied_while_typing_and_after() {
    let typed = Stage::bundled(120, 40)
        .keys("\"")
        .typed("white smoke")
        .keys("^y");
    let chosen = Stage::bundled(120, 40)
        .keys("\"")
        .typed("white smoke")
        .keys("Tab y");
    let copied = typed.copied().expect("a citation");
    assert!(
        copied.contains("white smoke") && copied.contains("Mark Carney"),
        "{copied}"
    );
    assert_eq!(chosen.copied(), Some(copied));
}

#[test]
fn esc_gives_every_quotation_back_and_then_goes_back() {
    let mut all = Stage::bundled(120, 40).keys("\" Tab");
    let everything = all.text();
    let stage = Stage::bundled(120, 40)
        .keys("\"")
        .typed("white smoke")
        .keys("Esc");
    let mut stage = stage.keys("Esc");
    assert_eq!(stage.text(), everything);
    let mut stage = stage.keys("Esc");
    assert_eq!(stage.text(), Stage::bundled(120, 40).text());
}

#[test]
fn the_letters_of_the_quotations_are_those_of_the_comparison() {
    // The second report is selected in the list, which makes it A there.
    let mut stage = Stage::bundled(120, 40)
        .keys("j \"")
        .typed("white")
        .keys("Tab");
    let quotes = stage.text();
    let kind = quotes.lines().find(|line| line.contains("kind of"));
    assert!(kind.is_some_and(|line| line.contains(" B ")), "{quotes}");
    let mut stage = stage.keys("c");
    let compared = stage.text();
    let head = compared.lines().nth(2).unwrap_or_default();
    let right = head.split(" B ").nth(1).unwrap_or_default();
    assert!(right.starts_with("Canada is making"), "{head}");
}

#[test]
fn quotations_are_found_by_speaker_too() {
    let mut stage = Stage::bundled(120, 40).keys("\"").typed("speaker:team");
    let text = stage.text();
    assert!(text.contains("1 of 16"), "{text}");
    assert!(text.contains("Carney and his team"), "{text}");
}

#[test]
fn the_arrows_choose_while_words_are_typed() {
    let stage = Stage::bundled(120, 40).keys("\" Down Down Up");
    assert_eq!(stage.app.views.quotes.selected, 1);
    assert!(stage.app.views.quotes.is_typing, "words can be typed on");
}

#[test]
fn a_filter_and_quotations_that_ended_each_other_are_looked_for_again() {
    let partly = FilterResults {
        query: "kind:direct".into(),
        reports: vec![ReportNo(0), ReportNo(1)],
        shown: 2,
        literal: 2,
        searched: 1,
    };
    let mut stage = Stage::bundled(80, 24)
        .keys("/")
        .typed("kind:direct")
        .keys("Enter");
    let whole = stage.app.views.browse.list.results.clone();
    for back in ["Esc", "Enter"] {
        stage = stage.event(Event::Answer(Box::new(Answer::Filtered(partly.clone()))));
        assert_eq!(
            stage
                .app
                .views
                .browse
                .list
                .results
                .as_ref()
                .map(|known| known.searched),
            Some(1)
        );
        stage = stage.keys("\"").keys(back);
        assert_eq!(stage.app.views.browse.list.results, whole, "after {back}");
    }
    let mut stage = stage.keys("\"").typed("smoke").keys("Tab q");
    let whole = std::mem::take(&mut stage.app.views.quotes.results).shown;
    let again = stage.keys("\"").app.views.quotes.results.shown;
    assert_eq!(again, whole);
}
