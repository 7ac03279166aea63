//! The list beside the reader: filtering, marking, what is read, and what Esc and q do.

use std::path::Path;

use crossread::filter::body::TextIndex;
use crossread::ingest::{ReadFailure, article_from_text};
use crossread::library::{LibraryEntry, ReportNo};
use crossread::state::ReaderState;
use crossread::text::Span;
use crossread::tui::event::{Event, Progress};
use crossread::tui::matches::MatchedRow;

use crate::harness::{EVERY_SIZE, TWO_SIZES, frames};
use crate::stage::{self, Stage};

/// Three short reports beside the bundled ones.
pub(crate) fn five(width: u16, height: u16) -> Stage {
    let more = [
        "Ottawa weighs new steel duties\n\nThe finance minister said duties may rise in June.",
        "Québec port strike ends\n\nDockers return to work on Monday, the union said.",
        "Wheat prices fall\n\nPrices fell for a third week.",
    ];
    let more = more
        .iter()
        .map(|text| LibraryEntry::new(article_from_text("report.txt", text)));
    Stage::bundled(width, height).with(more.collect())
}

/// Returns the headline of the selected report.
fn selected(stage: &Stage) -> String {
    let report = stage
        .app
        .shared
        .list
        .current()
        .and_then(|n| stage.app.shared.report(n));
    report.map_or_else(String::new, |report| report.article.label.to_string())
}

#[test]
fn the_first_frame() {
    frames("browse", EVERY_SIZE, |stage| stage);
}

#[test]
fn a_filter_being_typed() {
    frames("filter", EVERY_SIZE, |stage| {
        stage.keys("/").typed("smal deal")
    });
}

#[test]
fn a_filter_that_nothing_matches() {
    frames("filter-nothing", TWO_SIZES, |stage| {
        stage.keys("/").typed("wheat")
    });
}

#[test]
fn reports_marked_for_comparison() {
    frames("marked", TWO_SIZES, |stage| stage.keys("j m k m * u"));
}

#[test]
fn no_report_at_all() {
    for (width, height) in [(80, 24), (12, 4), (1, 1)] {
        let mut stage = Stage::empty(width, height).with(Vec::new());
        stage.draw();
        let mut stage = stage
            .keys("j Enter c Esc m * u n o O z /")
            .typed("x")
            .keys("Enter ]q");
        stage.draw();
    }
}

#[test]
fn esc_gives_every_report_back_and_the_one_selected_before() {
    let stage = five(120, 40).keys("j");
    let before = selected(&stage);
    let stage = stage.keys("/").typed("quebec");
    assert_eq!(
        stage.app.shared.list.order.len(),
        1,
        "accents do not matter"
    );
    let stage = stage.keys("Esc");
    assert_eq!(stage.app.shared.list.order.len(), 5);
    assert_eq!(selected(&stage), before);
}

#[test]
fn enter_keeps_the_filter_and_esc_in_the_list_gives_everything_back() {
    let stage = five(120, 40).keys("/").typed("quebec").keys("Enter");
    assert_eq!(stage.app.shared.list.order.len(), 1);
    let stage = stage.keys("Esc");
    assert_eq!(stage.app.shared.list.order.len(), 5);
    assert_eq!(selected(&stage), "Québec port strike ends");
}

#[test]
fn a_report_found_by_its_tag_says_so_and_stands_below_the_headlines() {
    let tagged = [
        "Tags: Steel, Ottawa\nOutlet: The Star\n\nRain falls\n\nIt fell for a week, the office said.",
        "Tags: Wheat\nOutlet: The Gazette\n\nA long headline that says in its end that steel is dear\n\nIt is.",
    ];
    let reports = tagged.map(|text| LibraryEntry::new(article_from_text("report.txt", text)));
    let mut stage = Stage::empty(120, 40).with(reports.into());
    stage = stage.keys("/").typed("steel");
    assert_eq!(stage.app.shared.list.order, [1, 0].map(ReportNo));
    assert!(stage.text().contains("The Star · date unknown · tag Steel"));
    stage = stage.typed(" star");
    assert_eq!(stage.app.shared.list.order, [0, 1].map(ReportNo));
    let filter = &stage.app.views.browse.list.filter;
    let matched = MatchedRow::new(filter, &stage.app.shared.library.entries[0].summary);
    assert!(matched.label.is_empty());
    assert_eq!(matched.outlet, [4, 5, 6, 7].map(|at| Span::new(at, at + 1)));
}

#[test]
fn the_filter_can_be_mended_letter_by_letter() {
    let stage = five(120, 40).keys("/").typed("quebecx");
    assert_eq!(stage.app.shared.list.order.len(), 0);
    let stage = stage.keys("Backspace");
    assert_eq!(stage.app.shared.list.order.len(), 1);
    let stage = stage.keys("^u");
    assert_eq!(stage.app.shared.list.order.len(), 5);
}

#[test]
fn esc_never_quits() {
    for keys in [
        "Tab", "Enter ]q", "c", "c D", "\"", "? /", "L", "!", ":", "/", "z", "]",
    ] {
        let stage = five(120, 40).keys(keys).keys("Esc Esc Esc Esc Esc Esc");
        assert!(!stage.ended(), "{keys}");
        let mut stage = stage.keys("Esc");
        stage.says("q quits crossread");
    }
}

#[test]
fn q_quits_from_the_list_and_goes_back_from_everywhere_else() {
    assert!(Stage::bundled(120, 40).keys("q").ended());
    for keys in ["c", "\" Tab", "?", "L", "!"] {
        let stage = Stage::bundled(120, 40).keys(keys).keys("q");
        assert!(!stage.ended(), "{keys}");
        let mut stage = stage;
        let mut first = Stage::bundled(120, 40);
        assert_eq!(stage.text(), first.text(), "{keys}");
        assert!(stage.keys("q").ended(), "{keys}");
    }
}

#[test]
fn ctrl_c_quits_from_everywhere_but_a_line_that_is_typed() {
    for keys in ["Tab", "c", "?", "L", "!", "z"] {
        assert!(
            Stage::bundled(80, 24).keys(keys).keys("^c").ended(),
            "{keys}"
        );
    }
    for keys in ["/", ":", "\"", "Enter /", "? /"] {
        let stage = Stage::bundled(80, 24).keys(keys).keys("^c");
        assert!(!stage.ended(), "{keys}");
        assert!(stage.keys("^c ^c").ended(), "{keys}");
    }
}

#[test]
fn a_report_counts_as_read_from_when_the_reader_has_the_keys() {
    let mut stage = Stage::bundled(120, 40);
    assert_eq!(stage.text().matches('•').count(), 2);
    let mut stage = stage.keys("j k");
    assert_eq!(
        stage.text().matches('•').count(),
        2,
        "passing by is not reading"
    );
    let mut stage = stage.keys("Enter Esc");
    assert_eq!(stage.text().matches('•').count(), 1);
    let mut stage = stage.keys("U");
    assert_eq!(stage.text().matches('•').count(), 2, "U takes it back");
}

#[test]
fn the_next_unread_report_is_found_past_the_end() {
    let stage = five(120, 40).keys("j Enter Esc G n");
    assert_eq!(stage.app.shared.list.selected, 0);
    let stage = stage.keys("n");
    assert_eq!(stage.app.shared.list.selected, 2, "the second one is read");
    let mut stage = stage.keys("U g U j j j U j U n");
    stage.says("no unread reports");
}

#[test]
fn the_marked_reports_are_compared_in_the_order_of_marking() {
    let stage = five(120, 40);
    let order = stage.app.shared.list.order.clone();
    let stage = stage.keys("G m g j m");
    assert_eq!(stage.app.shared.list.marked, [order[4], order[1]]);
    let stage = stage.keys("c");
    let compared = stage.app.views.compare.reports;
    let compared = compared.expect("a comparison is open");
    assert_eq!((compared.left, compared.right), (order[4], order[1]));
}

/// Returns the headlines of the reports that are compared.
fn compared(stage: &Stage) -> [String; 2] {
    let sides = stage
        .app
        .views
        .compare
        .reports
        .expect("a comparison is open");
    [sides.left, sides.right].map(|report| {
        let summary = stage.app.shared.summary(report);
        summary.map_or_else(String::new, |summary| summary.label.to_string())
    })
}

#[test]
fn the_selected_report_is_compared_with_one_that_is_named() {
    let mut stage = five(120, 40).keys("G c");
    assert_eq!(compared(&stage)[0], "Wheat prices fall");
    stage.says("B is ");
    stage.says("the most similar report; R chooses another");
    let mut stage = five(120, 40).keys("m G c");
    assert_eq!(compared(&stage)[1], "Wheat prices fall");
    stage.says("the selected report; A is the marked one");
    let mut stage = Stage::bundled(120, 40).keys("j c");
    assert!(compared(&stage)[0].starts_with("Canada is making"));
    assert!(!stage.last_row().contains("B is"), "there are only two");
}

#[test]
fn a_single_report_has_none_to_be_compared_with() {
    let report = article_from_text(
        "a.txt",
        "Wheat prices fall\n\nPrices fell for a third week.",
    );
    let stage = Stage::empty(120, 40).with(vec![LibraryEntry::new(report)]);
    stage.keys("c").says("there is only one report");
}

#[test]
fn the_list_opens_where_it_was_left() {
    let folder = tempfile::tempdir().expect("a folder of one's own");
    let opened = || {
        let (state, _) = ReaderState::load(folder.path());
        let reports = five(120, 40).app.shared.library.entries;
        Stage::remembering(120, 40, TextIndex::default(), state).with(reports)
    };
    let stage = opened();
    assert_eq!(stage.app.shared.list.selected, 0);
    let mut stage = stage.keys("j j j q");
    assert!(stage.ended());
    let left = stage.app.shared.list.current();
    let changes = stage.app.shared.state.take_changes();
    changes
        .expect("the place")
        .write(0)
        .expect("a folder of one's own");
    assert_eq!(opened().app.shared.list.current(), left);
}

#[test]
fn the_words_of_a_filter_and_the_way_out_stay_in_sight() {
    let mut stage = five(120, 40).keys("/").typed("quebec").keys("Enter");
    stage.says("/quebec · Esc shows all");
    let mut stage = stage.keys("Esc");
    assert!(!stage.last_row().contains("quebec"));
}

#[test]
fn the_outlet_stands_first_in_a_card_at_every_width() {
    let text = "Outlet: The Gazette\nDate: 2025-09-03\n\nFerry stops\n\nIt stops on Friday.";
    for (width, height) in [(40, 10), (80, 24), (120, 40), (200, 50)] {
        let report = LibraryEntry::new(article_from_text("a.txt", text));
        let mut stage = Stage::empty(width, height).with(vec![report.clone(), report]);
        let text = stage.text();
        let lines: Vec<&str> = text.lines().collect();
        let at = lines
            .iter()
            .position(|line| line.contains("The Gazette · 3 Sep"));
        assert!(
            lines[at.expect(&text) + 1].contains("Ferry stops"),
            "{text}"
        );
    }
}

#[test]
fn the_order_is_shown_and_can_be_turned_round() {
    let mut stage = five(120, 40);
    assert!(stage.text().contains("sort date ↓"));
    let mut stage = stage.keys("s s");
    assert!(stage.text().contains("sort headline"));
    let before = stage.app.shared.list.order.clone();
    let stage = stage.keys("O");
    assert_ne!(stage.app.shared.list.order, before);
    let stage = stage.keys("O");
    assert_eq!(stage.app.shared.list.order, before);
}

#[test]
fn sorting_keeps_the_selected_report_selected() {
    let stage = five(120, 40).keys("j j");
    let before = selected(&stage);
    for keys in ["s", "s", "s", "O", "s"] {
        assert_eq!(
            selected(&five(120, 40).keys("j j").keys(keys)),
            before,
            "{keys}"
        );
    }
}

#[test]
fn a_narrow_screen_shows_one_pane_at_a_time() {
    let body = "spoke at length on a wide range";
    let mut stage = Stage::bundled(60, 24);
    assert!(!stage.text().contains(body));
    let mut stage = stage.keys("Enter");
    assert!(stage.text().contains(body));
    assert!(
        !stage.text().contains("outlet unknown   "),
        "the list is out of sight"
    );
    let mut stage = stage.keys("h");
    assert!(!stage.text().contains(body));
}

#[test]
fn zoom_gives_the_reader_the_whole_screen_and_back() {
    let mut stage = Stage::bundled(120, 40).keys("Enter");
    let before = stage.text();
    let mut stage = stage.keys("z");
    assert!(!stage.text().contains('│'));
    let mut stage = stage.keys("z");
    assert_eq!(stage.text(), before);
}

#[test]
fn the_split_moves_and_stays_within_reason() {
    let divider = |stage: &mut Stage| stage.app.views.browse.panes(&stage.app.shared).list.width;
    let mut stage = Stage::bundled(120, 40);
    let before = divider(&mut stage);
    let mut stage = stage.keys("} }");
    assert!(divider(&mut stage) > before);
    let mut stage = (0..60).fold(stage, |stage, _| stage.keys("{"));
    assert!((15..before).contains(&divider(&mut stage)));
    let mut stage = (0..60).fold(stage, |stage, _| stage.keys("}"));
    assert!(divider(&mut stage) < 100);
}

#[test]
fn new_reports_do_not_move_the_selection() {
    let stage = Stage::bundled(120, 40).keys("j");
    let before = selected(&stage);
    let newer = article_from_text(
        "n.txt",
        "date: 2030-01-01\n\nLater news\n\nSomething happened.",
    );
    let stage = stage.with(vec![LibraryEntry::new(newer)]);
    assert_eq!(stage.app.shared.list.order.len(), 3);
    assert_eq!(selected(&stage), before);
}

/// Returns the rows of the list pane at this size, after `keys`.
fn list_rows(keys: &str, width: u16, height: u16) -> Vec<String> {
    let (frame, _) = Stage::bundled(width, height).keys(keys).draw();
    (2..9)
        .map(|y| stage::row(&frame, y).chars().take(28).collect())
        .collect()
}

#[test]
fn what_is_unknown_gives_way_to_what_is_known_at_80_columns() {
    let rows = list_rows("k", 80, 24);
    assert!(rows[0].contains("3 Sep 2025 · 342 words "), "{rows:?}");
    assert!(rows[4].contains("355 words · 7 quotes "), "{rows:?}");
}

#[test]
fn a_star_is_seen_below_the_letter_of_the_comparison() {
    let rows = list_rows("*", 80, 24);
    assert!(
        rows[0].starts_with("▌•A") && rows[1].starts_with("▌ ★"),
        "{rows:?}"
    );
}

#[test]
fn what_could_not_be_read_is_said_before_the_counts() {
    let failure = ReadFailure::new(Path::new("a.txt"), "empty");
    let failed = Event::Failed(vec![failure; 7]);
    let (frame, _) = five(80, 24).event(failed).draw();
    let title = stage::row(&frame, 0);
    assert!(title.contains("7 could not be read (!)"), "{title}");
}

#[test]
fn how_far_reading_is_stands_in_the_title_whole_until_it_is_finished() {
    let failure = ReadFailure::new(Path::new("a.txt"), "empty");
    let progress = Progress {
        bytes: 120_400_000,
        total: Some(337_737_209),
        rate: Some(95_123_456),
        finished: false,
    };
    let title = |width, keys| {
        let stage = five(width, 24)
            .event(Event::Failed(vec![failure.clone(); 2]))
            .event(Event::Progress(progress));
        let (frame, _) = stage.keys(keys).draw();
        stage::row(&frame, 0).trim().to_owned()
    };
    let whole = "crossread · reading 5 reports · 120 of 337 MB · 95 MB/s · 2 failed";
    assert!(title(120, "k").starts_with(whole));
    assert_eq!(title(80, "k"), whole);
    assert_eq!(title(44, "k"), "crossread · 5 · 120 of 337 MB · 2 failed");
    assert_eq!(title(40, "k"), "crossread · 5 · 35% · 2 failed");
    let quotes = "crossread · reading 5 reports · 120 of 337 MB · 2 failed · quotes";
    assert_eq!(title(74, "\""), quotes);
    let finished = Progress {
        finished: true,
        ..progress
    };
    let (frame, _) = five(120, 24).event(Event::Progress(finished)).draw();
    assert!(stage::row(&frame, 0).starts_with(" crossread · 5 reports"));
}
