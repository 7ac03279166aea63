//! Words of the texts, looked for in all reports at once: what the rows show, where a report opens, and where `n` leads.

use std::fs;
use std::path::Path;

use crossread::filter::body::TextIndex;
use crossread::ingest::{ReadLimits, ReportSource, article_from_text};
use crossread::library::LibraryEntry;

use ratatui::buffer::Cell;
use ratatui::style::Modifier;

use crate::harness::{EVERY_SIZE, TWO_SIZES, frames};
use crate::stage::Stage;

const SMOKE: [&str; 4] = [
    "outlet: Gazette\ndate: 2025-05-08\n\nCardinals elect a pope\n\nThe square had waited since noon. At 6:07 p.m. white smoke rose from the chapel, and the bells of the basilica began to ring.\n\n“I saw white smoke and I wept,” said Ana Ruiz of Québec.",
    "outlet: Herald\ndate: 2025-05-07\n\nFirst vote ends without a pope\n\nBlack smoke told the crowd at 9 p.m. that nobody had been elected. Nobody there had hoped for white on the first day.",
    "outlet: Mirror\ndate: 2025-05-09\n\nRome's bakers sell out\n\nBakers by the square sold every roll when the white smoke came.",
    "outlet: Gazette\ndate: 2025-05-06\n\nRain in Quebec\n\nIt rained for a third day.",
];

fn smoke(stage: Stage) -> Stage {
    let reports = SMOKE.map(|text| LibraryEntry::new(article_from_text("smoke.txt", text)));
    stage.with(reports.to_vec())
}

fn searched(stage: Stage, words: &str) -> Stage {
    smoke(stage).keys("F").typed(words)
}

fn labels(stage: &Stage) -> Vec<String> {
    let summaries = stage.app.shared.list.order.iter();
    let summaries = summaries.filter_map(|&number| stage.app.shared.summary(number));
    summaries.map(|summary| summary.label.to_string()).collect()
}

#[test]
fn rows_show_the_sentence_that_answers_and_the_reader_stands_on_it() {
    frames("hits", EVERY_SIZE, |stage| searched(stage, "white smoke"));
    frames("hits-read", TWO_SIZES, |stage| {
        searched(stage, "white smoke").keys("Enter Enter n")
    });
}

#[test]
fn words_phrases_accents_and_other_fields_narrow_together() {
    let found = |words| labels(&searched(Stage::empty(80, 24), words));
    let (pope, vote, bakers, rain) = (
        "Cardinals elect a pope",
        "First vote ends without a pope",
        "Rome's bakers sell out",
        "Rain in Quebec",
    );
    assert_eq!(found("white smoke"), [bakers, pope, vote]);
    assert_eq!(found("\"white smoke\""), [bakers, pope]);
    assert_eq!(found("smoke outlet:gazette"), [pope]);
    assert_eq!(found("quebec"), [pope, rain]);
    assert_eq!(found("québec"), [pope]);
    assert_eq!(found("!smoke"), [rain]);
    assert!(found("grey").is_empty());
}

#[test]
fn nothing_typed_after_the_field_shows_every_report_as_sorted() {
    let stage = searched(Stage::empty(80, 24), "");
    assert_eq!(labels(&stage).len(), SMOKE.len());
    assert_eq!(labels(&stage), labels(&smoke(Stage::empty(80, 24))));
}

#[test]
fn the_next_hit_after_the_last_is_in_the_next_report() {
    let mut stage = searched(Stage::empty(120, 40), "smoke").keys("Enter Enter");
    stage.says("smoke · 1 of 1 · report 1 of 3");
    stage = stage.keys("n");
    stage.says("report 2 of 3");
    assert!(stage.text().contains("At 6:07 p.m. white smoke rose"));
    stage = stage.keys("n");
    stage.says("smoke · 2 of 2 · report 2 of 3");
    stage = stage.keys("n");
    stage.says("report 3 of 3");
    stage = stage.keys("n");
    stage.says("report 1 of 3: search wrapped to the first report");
    stage = stage.keys("N");
    stage.says("report 3 of 3: search wrapped to the last report");
    stage = stage.keys("N");
    stage.says("report 2 of 3");
    stage = stage.keys("j");
    stage.says("smoke · 2 of 2 · report 2 of 3");
}

#[test]
fn the_only_report_with_hits_goes_round() {
    let mut stage = searched(Stage::empty(120, 40), "\"white smoke\" bells").keys("Enter Enter");
    stage.says("\"white smoke\" bells · 1 of 3 · report 1 of 1");
    stage = stage.keys("N");
    stage.says("search wrapped to the end");
}

#[test]
fn the_search_from_the_filter_gives_way_to_one_that_is_typed_and_goes_with_the_filter() {
    let mut stage =
        searched(Stage::empty(120, 40), "smoke").keys("Enter Enter / s q u a r e Enter");
    stage.says("/square · 1 of 1");
    let mut given_up = searched(Stage::empty(120, 40), "smoke").keys("Enter Enter / s q Esc");
    given_up.says("smoke · 1 of 1 · report 1 of 3");
    stage = stage.keys("n");
    stage.says("search wrapped to the top");
    stage = stage.keys("J");
    stage.says("smoke · 1 of 2 · report 2 of 3");
    stage = stage.keys("h Esc");
    assert_eq!(stage.app.shared.list.order.len(), SMOKE.len());
    assert!(stage.app.views.browse.reader.search.is_none());
    assert!(stage.text().contains("Herald · 7 May 2025"));
}

#[test]
fn the_key_adds_to_a_filter_that_is_there_and_works_while_reading() {
    let stage = smoke(Stage::empty(120, 40))
        .keys("/")
        .typed("outlet:gazette");
    let mut stage = stage.keys("Enter Enter F").typed("smoke");
    stage.says("/outlet:gazette body: smoke");
    assert_eq!(labels(&stage), ["Cardinals elect a pope"]);
    stage = stage.keys("Enter F");
    stage.says("/outlet:gazette body: smoke");
}

#[test]
fn words_that_no_row_holds_are_looked_for_in_the_texts() {
    let mut stage = smoke(Stage::empty(120, 40)).keys("/").typed("basilica");
    stage = stage.keys("Enter");
    assert!(stage.text().contains("no match; F searches the full texts"));
    stage = stage.keys("F");
    stage.says("/body: basilica");
    assert_eq!(labels(&stage), ["Cardinals elect a pope"]);
}

#[test]
fn a_hit_that_stands_on_two_rows_is_painted_on_both() {
    let mut stage = searched(Stage::empty(80, 24), "\"the chapel\"");
    let (frame, _) = stage.draw();
    let lit = |y| -> String {
        let cells = (4..28).map(|x| &frame[(x, y)]);
        let lit = cells.filter(|cell| cell.modifier.contains(Modifier::UNDERLINED));
        lit.map(Cell::symbol).collect()
    };
    let lines: Vec<String> = (2..22).map(lit).filter(|lit| !lit.is_empty()).collect();
    assert_eq!(lines, ["the", "chapel"]);
}

/// Returns the reports as files, closed, and `count` of their texts to search.
fn closed(folder: &Path, count: usize) -> (Vec<LibraryEntry>, TextIndex) {
    let (mut reports, texts) = (Vec::new(), TextIndex::default());
    for (number, text) in SMOKE.iter().enumerate() {
        let path = folder.join(format!("{number}.txt"));
        fs::write(&path, text).expect("a folder of one's own");
        ReportSource::file(path).read_each(&ReadLimits::default(), &mut |read| {
            reports.extend(read.map(LibraryEntry::new));
        });
    }
    for entry in reports.iter().take(count) {
        let report = entry.open().expect("it was just written");
        texts.push(&report.article.text);
    }
    reports.iter_mut().for_each(LibraryEntry::close);
    texts.encode();
    (reports, texts)
}

#[test]
fn closed_reports_are_searched_and_shown_like_open_ones() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let (reports, texts) = closed(folder.path(), SMOKE.len());
    for words in [
        "white smoke",
        "\"white smoke\"",
        "québec",
        "^outlet",
        "!smoke",
    ] {
        let mut open = searched(Stage::empty(120, 40), words);
        let closed = Stage::searching(120, 40, texts.clone()).with(reports.clone());
        let mut closed = closed.keys("F").typed(words);
        assert_eq!(labels(&open), labels(&closed), "{words}");
        assert_eq!(open.frame(), closed.frame(), "{words}");
    }
}

#[test]
fn what_was_not_searched_yet_is_said() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let (reports, texts) = closed(folder.path(), 2);
    let stage = Stage::searching(120, 40, texts).with(reports);
    let mut stage = stage.keys("F").typed("smoke outlet:gazette");
    assert!(stage.text().contains("1 so far, 2 of 4 reports searched"));
    stage = stage.keys("Esc /").typed("pope");
    assert!(stage.text().contains("2 of 4 reports "));
}
