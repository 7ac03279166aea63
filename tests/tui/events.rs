//! Six invented reports of two events, read, grouped and compared as a reader would.

use crossread::filter::body::TextIndex;
use crossread::ingest::article_from_text;
use crossread::library::{LibraryEntry, ReportNo};
use crossread::state::ReaderState;
use crossread::tui::view::ViewKind;

use crate::stage::Stage;

const REPORTS: [(&str, &str, &str); 6] = [
    (
        "Gazette",
        "2025-03-10",
        "The harbour ferry will stop running on Friday, Mayor Edith Palmer said on Monday.\n\n“We have no money left for the engine, and nobody has offered us any help at all,” Palmer told reporters at the pier.",
    ),
    (
        "Gazette",
        "2025-03-10",
        "The central bank held its policy rate at 3 per cent on Monday, Governor Nils Aker said.\n\n“Inflation is closer to our target than it was in winter,” Aker told reporters in the capital.",
    ),
    (
        "Herald",
        "2025-03-10",
        "Mayor Edith Palmer announced on Monday that the harbour ferry will stop running on Friday.\n\n“We have no money left for the engine,” Palmer told reporters.",
    ),
    (
        "Mirror",
        "2025-03-11",
        "Palmer said there was no money left for the engine and nobody had offered any help.\n\nThe harbour ferry stops running on Friday, the mayor said.",
    ),
    (
        "Herald",
        "2025-03-10",
        "Governor Nils Aker left the central bank's policy rate unchanged at 3 per cent on Monday.\n\nInflation is closer to the target than in winter, Aker said.",
    ),
    (
        "Mirror",
        "2025-03-09",
        "A brass band from three villages won the autumn contest with a march about bees.",
    ),
];

fn opened(state: ReaderState, width: u16, height: u16) -> Stage {
    let reports = REPORTS.map(|(outlet, date, text)| {
        let text = format!("Outlet: {outlet}\nDate: {date}\n\n{text}");
        LibraryEntry::new(article_from_text("a.txt", &text))
    });
    Stage::remembering(width, height, TextIndex::default(), state).with(reports.into())
}

fn six_reports() -> Stage {
    opened(ReaderState::default(), 120, 40)
}

fn order(stage: &Stage) -> Vec<usize> {
    stage.app.shared.list.order.iter().map(|n| n.0).collect()
}

fn event_of(stage: &Stage, report: usize) -> Vec<usize> {
    let event = stage.app.shared.events.event_of(ReportNo(report));
    event.iter().map(|n| n.0).collect()
}

#[test]
fn reports_stand_under_their_events_and_single_ones_last() {
    let mut stage = six_reports();
    assert_eq!(order(&stage), [3, 0, 2, 1, 4, 5]);
    let sections = stage.app.shared.events.sections.iter();
    assert_eq!(
        sections.map(|s| (s.first, s.reports)).collect::<Vec<_>>(),
        [(0, 3), (3, 2), (5, 1)]
    );
    let screen = stage.text();
    assert!(screen.contains("6 reports, 3 events"), "{screen}");
    assert!(screen.contains("Palmer"), "{screen}");
    assert!(screen.contains("1 report on its own"), "{screen}");
}

#[test]
fn the_order_is_reversed_within_events_and_among_them() {
    assert_eq!(order(&six_reports().keys("O")), [0, 2, 3, 1, 4, 5]);
}

#[test]
fn a_filter_shows_a_flat_list_and_esc_the_sections_again() {
    let stage = six_reports().keys("/ f e r r y Enter");
    assert_eq!(stage.app.shared.events.sections, []);
    let stage = stage.keys("Esc");
    assert_eq!(stage.app.shared.events.sections.len(), 3);
}

#[test]
fn a_report_moved_out_stays_out_and_one_moved_in_stays_in() {
    let folder = tempfile::tempdir().unwrap();
    let (state, _) = ReaderState::load(folder.path());
    let mut stage = opened(state, 120, 40).keys("j -");
    assert_eq!(order(&stage), [3, 2, 1, 4, 0, 5]);
    let selected = stage.app.shared.list.current();
    assert_eq!(selected, Some(ReportNo(0)), "it stays selected");
    let changes = stage.app.shared.state.take_changes();
    changes.expect("a move").write(0).unwrap();
    let (state, _) = ReaderState::load(folder.path());
    let stage = opened(state, 120, 40);
    assert_eq!(event_of(&stage, 0), [0]);
    let (state, _) = ReaderState::load(folder.path());
    let mut stage = opened(state, 120, 40).keys("j j j +");
    let moved = stage.app.shared.list.current().unwrap();
    let event = event_of(&stage, moved.0);
    let changes = stage.app.shared.state.take_changes();
    changes.expect("a move").write(0).unwrap();
    let (state, _) = ReaderState::load(folder.path());
    assert_eq!(event_of(&opened(state, 120, 40), moved.0), event);
}

#[test]
fn a_move_is_undone_by_its_opposite_also_in_a_later_run() {
    let mut stage = six_reports().keys("j -");
    stage.says("moved out of its event (saved); + undoes");
    let mut stage = stage.keys("+");
    stage.says("move undone (saved)");
    assert_eq!(order(&stage), [3, 0, 2, 1, 4, 5]);
    let mut stage = stage.keys("G k +");
    stage.says("- undoes");
    assert_eq!(event_of(&stage, 4).len(), 4);
    let stage = stage.keys("-");
    assert_eq!(order(&stage), [3, 0, 2, 1, 4, 5]);

    let folder = tempfile::tempdir().unwrap();
    let (state, _) = ReaderState::load(folder.path());
    let mut stage = opened(state, 120, 40).keys("j -");
    let changes = stage.app.shared.state.take_changes();
    changes.expect("a move").write(0).unwrap();
    let (state, _) = ReaderState::load(folder.path());
    let stage = opened(state, 120, 40);
    let at = order(&stage).iter().position(|&report| report == 0);
    let steps = "j ".repeat(at.unwrap());
    let mut stage = stage.keys(&format!("{steps}+"));
    stage.says("put back into its event (saved)");
    assert_eq!(order(&stage), [3, 0, 2, 1, 4, 5]);
}

#[test]
fn a_report_goes_into_the_event_of_the_marked_one() {
    assert_eq!(event_of(&six_reports().keys("G k m g +"), 3), [1, 4, 3]);
}

#[test]
fn why_names_the_words_that_both_have() {
    let screen = six_reports().keys("w").text();
    for words in ["% similar", "ferry", "Palmer"] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
}

#[test]
fn unmarked_reports_are_compared_within_their_event() {
    let sides = |stage: &Stage| {
        let reports = stage.app.views.compare.reports;
        reports.map(|sides| (sides.left.0, sides.right.0))
    };
    let stage = six_reports().keys("c");
    assert_eq!(sides(&stage), Some((3, 0)));
    let stage = stage.keys("]r");
    assert_eq!(sides(&stage), Some((3, 2)));
    let stage = stage.keys("]r");
    assert_eq!(sides(&stage), Some((3, 1)), "then the others");
    let mut stage = stage.keys("R");
    let screen = stage.text();
    assert_eq!(screen.matches("same event").count(), 2, "{screen}");
    assert!(
        screen.contains("% similar") && !screen.contains("-0%"),
        "{screen}"
    );
    assert_eq!(sides(&stage.keys("Up Up Enter")), Some((3, 0)));
}

#[test]
fn the_grid_shows_the_event_of_the_selected_report() {
    let mut stage = six_reports().keys("C");
    stage.says("3 of 6 reports");
    let reports = stage.app.views.coverage.reports.iter().map(|n| n.0);
    assert_eq!(reports.collect::<Vec<_>>(), [3, 0, 2]);
    let screen = stage.text();
    for words in [
        "in all 3 reports",
        "● quoted",
        "◐ cut",
        "○ paraphrased",
        "Gazette",
    ] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    let mut stage = stage.keys("l x");
    assert_eq!(stage.app.views.coverage.columns(), [0, 2]);
    let screen = stage.text();
    assert!(screen.contains("in both reports"), "{screen}");
    let stage = stage.keys("X h h Enter");
    assert_eq!(stage.app.current(), ViewKind::Browse);
    assert_eq!(stage.app.views.browse.reader.report, Some(ReportNo(3)));
}

#[test]
fn a_comparison_opened_from_the_grid_leads_back_to_it() {
    let stage = six_reports().keys("C c");
    assert_eq!(stage.app.current(), ViewKind::Compare);
    let stage = stage.keys("q");
    assert_eq!(stage.app.current(), ViewKind::Coverage);
    assert_eq!(stage.keys("q").app.current(), ViewKind::Browse);
}

#[test]
fn nothing_leaves_a_screen_of_any_size() {
    for (width, height) in [(1, 1), (12, 4), (40, 10), (60, 20), (80, 24), (200, 50)] {
        for keys in ["j", "w", "C", "C l j j j", "G", "c R"] {
            opened(ReaderState::default(), width, height)
                .keys(keys)
                .draw();
        }
    }
}
