//! Six invented reports of two events, read, grouped and compared as a reader would.

use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::*;
use crate::annotate::Annotator;
use crate::annotate::term::Lexicon;
use crate::config::Config;
use crate::ingest;
use crate::library::LibraryEntry;
use crate::tui::app::Start;
use crate::tui::event::{Event, Progress};
use crate::tui::key;
use crate::tui::keymap::Keymap;
use crate::tui::theme::{ColorDepth, Themes};
use crate::tui::view::render;
use crate::tui::worker::Worker;

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

struct Desk {
    app: App,
    worker: Worker,
}

impl Desk {
    fn open(state: crate::state::ReaderState, width: u16, height: u16) -> Self {
        let annotator = Arc::new(Annotator::new(Lexicon::bundled()));
        let themes = Themes::new(&[]);
        let depth = ColorDepth::detect(true, None, None);
        let start = Start {
            annotator: annotator.clone(),
            config: Config::default(),
            keymap: Keymap::default(),
            theme: themes.theme("dark", depth).unwrap(),
            themes,
            depth,
            state,
        };
        let mut desk = Self {
            app: App::new(start, width, height),
            worker: Worker::new(annotator),
        };
        let reports = REPORTS.map(|(outlet, date, text)| {
            let text = format!("Outlet: {outlet}\nDate: {date}\n\n{text}");
            LibraryEntry::new(ingest::article_from_text("a.txt", &text))
        });
        desk.take(Event::Loaded(reports.into()));
        let finished = Progress {
            finished: true,
            ..Progress::default()
        };
        desk.take(Event::Progress(finished));
        desk
    }

    /// Takes an event and all that follows from it.
    fn take(&mut self, event: Event) {
        for effect in self.app.update(event) {
            if let Effect::Compute(job) = effect
                && let Some(answer) = self.worker.perform(job)
            {
                self.take(Event::Answer(Box::new(answer)));
            }
        }
    }

    fn keys(&mut self, keys: &str) {
        for key in key::parse(keys).unwrap() {
            self.take(Event::Key(key));
        }
    }

    fn screen(&self) -> String {
        let (width, height) = (self.app.screen.width, self.app.screen.height);
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| render(&self.app, frame)).unwrap();
        let buffer = terminal.backend().buffer();
        let rows = buffer.content.chunks(usize::from(width).max(1));
        let rows = rows.map(|row| row.iter().map(|cell| cell.symbol()).collect::<String>());
        rows.map(|row| row.trim_end().to_owned() + "\n").collect()
    }
}

fn desk() -> Desk {
    Desk::open(Default::default(), 120, 40)
}

#[test]
fn reports_stand_under_their_events_and_single_ones_last() {
    let desk = desk();
    assert_eq!(desk.app.list.order, [3, 0, 2, 1, 4, 5]);
    let sections = desk.app.events.sections.iter();
    assert_eq!(
        sections.map(|s| (s.first, s.reports)).collect::<Vec<_>>(),
        [(0, 3), (3, 2), (5, 1)]
    );
    let screen = desk.screen();
    assert!(screen.contains("6 reports, 3 events"), "{screen}");
    assert!(screen.contains("Palmer"), "{screen}");
    assert!(screen.contains("1 report on its own"), "{screen}");
}

#[test]
fn the_order_is_turned_round_within_events_and_among_them() {
    let mut desk = desk();
    desk.keys("O");
    assert_eq!(desk.app.list.order, [0, 2, 3, 1, 4, 5]);
}

#[test]
fn a_filter_shows_a_flat_list_and_esc_the_sections_again() {
    let mut desk = desk();
    desk.keys("/ f e r r y");
    desk.keys("Enter");
    assert_eq!(desk.app.events.sections, []);
    desk.keys("Esc");
    assert_eq!(desk.app.events.sections.len(), 3);
}

#[test]
fn a_report_moved_out_stays_out_and_one_moved_in_stays_in() {
    let folder = tempfile::tempdir().unwrap();
    let (state, _) = crate::state::ReaderState::load(folder.path());
    let mut desk = Desk::open(state, 120, 40);
    desk.keys("j -");
    assert_eq!(desk.app.list.order, [3, 2, 1, 4, 0, 5]);
    assert_eq!(desk.app.list.current(), Some(0), "it stays selected");
    desk.keys("+");
    assert_eq!(desk.app.events.event_of(0), [1, 4, 0]);
    desk.app.state.save(0).unwrap();
    let (state, _) = crate::state::ReaderState::load(folder.path());
    let again = Desk::open(state, 120, 40);
    assert_eq!(again.app.events.event_of(0), [1, 4, 0]);
}

#[test]
fn a_report_goes_into_the_event_of_the_marked_one() {
    let mut desk = desk();
    desk.keys("G k m g +");
    assert_eq!(desk.app.events.event_of(3), [1, 4, 3]);
}

#[test]
fn why_names_the_words_that_both_have() {
    let mut desk = desk();
    desk.keys("w");
    let screen = desk.screen();
    assert!(screen.contains("% alike"), "{screen}");
    assert!(
        screen.contains("ferry") && screen.contains("Palmer"),
        "{screen}"
    );
}

#[test]
fn unmarked_reports_are_compared_within_their_event() {
    let mut desk = desk();
    desk.keys("c");
    let sides = |desk: &Desk| {
        desk.app
            .comparing
            .as_ref()
            .map(|c| (c.reports.left, c.reports.right))
    };
    assert_eq!(sides(&desk), Some((3, 0)));
    desk.keys("]r");
    assert_eq!(sides(&desk), Some((3, 2)));
    desk.keys("]r");
    assert_eq!(sides(&desk), Some((3, 1)), "then the others");
    desk.keys("R");
    assert!(
        desk.screen().contains("=  Mayor") || desk.screen().contains("= Mayor"),
        "{}",
        desk.screen()
    );
    desk.keys("Up Up Enter");
    assert_eq!(sides(&desk), Some((3, 0)));
}

#[test]
fn the_grid_shows_the_event_of_the_selected_report() {
    let mut desk = desk();
    desk.keys("C");
    assert_eq!(desk.app.grid.reports, [3, 0, 2]);
    let screen = desk.screen();
    for words in [
        "told by all 3",
        "● quoted",
        "◐ cut",
        "○ paraphrased",
        "Gazette",
    ] {
        assert!(screen.contains(words), "{words}: {screen}");
    }
    desk.keys("l x");
    assert_eq!(desk.app.grid.columns(), [0, 2]);
    assert!(desk.screen().contains("told by both"), "{}", desk.screen());
    desk.keys("X h h");
    desk.keys("Enter");
    assert_eq!(
        (desk.app.view, desk.app.reader.report),
        (View::Browse, Some(3))
    );
}

#[test]
fn a_comparison_opened_from_the_grid_leads_back_to_it() {
    let mut desk = desk();
    desk.keys("C c");
    assert_eq!(desk.app.view, View::Compare);
    desk.keys("q");
    assert_eq!(desk.app.view, View::Grid);
    desk.keys("q");
    assert_eq!(desk.app.view, View::Browse);
}

#[test]
fn nothing_leaves_a_screen_of_any_size() {
    for (width, height) in [(1, 1), (12, 4), (40, 10), (60, 20), (80, 24), (200, 50)] {
        for keys in ["j", "w", "C", "C l j j j", "G"] {
            let mut desk = Desk::open(Default::default(), width, height);
            desk.keys(keys);
            desk.screen();
        }
        let mut desk = Desk::open(Default::default(), width, height);
        desk.keys("c");
        desk.keys("R");
        desk.screen();
    }
}
