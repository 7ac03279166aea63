use std::sync::Arc;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::Modifier;

use super::*;
use crate::annotate::Annotator;
use crate::config::Config;
use crate::ingest;
use crate::library::LibraryEntry;
use crate::library::quotes::QuoteSearch;
use crate::tui::app::{App, AppOptions};
use crate::tui::keymap::Keymap;
use crate::tui::theme::{ColorDepth, Themes};

/// The quotes view of the bundled reports on a screen of its own.
struct Stage {
    shared: Shared,
    view: QuotesView,
}

impl Stage {
    /// Returns the view with the quotations that match what was `typed`.
    fn new(typed: &str, grouping: QuoteGrouping, width: u16, height: u16) -> Self {
        let annotator = Arc::new(Annotator::bundled());
        let themes = Themes::new(&[]);
        let depth = ColorDepth::detect(true, None, None);
        let options = AppOptions {
            annotator: annotator.clone(),
            config: Config::default(),
            keymap: Keymap::default(),
            theme: themes.theme("dark", depth).unwrap(),
            themes,
            depth,
            state: Default::default(),
        };
        let mut shared = App::new(options, width, height).shared;
        let reports = ingest::bundled().into_iter();
        shared.library.entries = reports.map(LibraryEntry::new).collect();
        shared.list.order = vec![ReportNo(0), ReportNo(1)];
        shared.progress.finished = true;
        let mut view = QuotesView {
            query: Prompt::with(typed),
            grouping,
            ..QuotesView::default()
        };
        let entries = shared.library.entries.iter();
        entries.for_each(|entry| entry.annotate(&annotator));
        let mut search = QuoteSearch::new(annotator);
        view.show_results(search.find(&shared.library.entries, typed, grouping));
        Self { shared, view }
    }

    fn draw(&self) -> Buffer {
        let mut buffer = Buffer::empty(self.shared.screen);
        self.view.draw(&mut Canvas {
            shared: &self.shared,
            buffer: &mut buffer,
            cursor: None,
        });
        buffer
    }

    fn lines(&self) -> Vec<String> {
        lines(&self.draw())
    }
}

fn lines(buffer: &Buffer) -> Vec<String> {
    let rows = buffer.content.chunks(usize::from(buffer.area.width));
    let line = |row: &[Cell]| row.iter().map(Cell::symbol).collect();
    rows.map(line)
        .map(|line: String| line.trim_end().to_owned())
        .collect()
}

/// Returns the words of the list whose letters have `modifier`.
fn words_in(buffer: &Buffer, modifier: Modifier) -> Vec<String> {
    let below_prompt = usize::from(buffer.area.width) * 4;
    let list = buffer.content.iter().skip(below_prompt);
    let marked: String = list
        .map(|cell| match cell.modifier.contains(modifier) {
            true => cell.symbol(),
            false => "\n",
        })
        .collect();
    let words = marked.split('\n').filter(|word| !word.is_empty());
    words.map(str::to_owned).collect()
}

#[test]
fn versions_stand_under_each_other_with_what_differs_marked() {
    let buffer = Stage::new("smoke", QuoteGrouping::Utterance, 100, 30).draw();
    let lines = lines(&buffer);
    assert_eq!(
        lines[4],
        "▌ Mark Carney          A “Don’t expect immediate white smoke on one of these strategic sectors,"
    );
    let second = lines.iter().position(|line| line.contains("B \"Don't"));
    assert!(second.is_some_and(|at| !lines[at].contains("Mark Carney")));
    assert!(
        lines[2].ends_with("2 of 16 · by what was said"),
        "{}",
        lines[2]
    );
    let bold = words_in(&buffer, Modifier::BOLD);
    for word in ["type", "kind"] {
        assert!(bold.iter().any(|words| words == word), "{bold:?}");
    }
    assert!(
        bold.iter().any(|words| words.starts_with("and we")),
        "{bold:?}"
    );
    let matched = words_in(&buffer, Modifier::BOLD | Modifier::UNDERLINED);
    assert_eq!(matched.iter().filter(|word| *word == "smoke").count(), 2);
}

#[test]
fn a_group_says_what_it_is_and_how_many_it_has() {
    let by_speaker = Stage::new("", QuoteGrouping::Speaker, 80, 24).lines();
    assert!(by_speaker[4].starts_with("  Mark Carney"));
    assert!(by_speaker[4].ends_with("quotations"));
    let by_report = Stage::new("smoke", QuoteGrouping::Report, 80, 24).lines();
    assert!(by_report[4].ends_with("1 quotation"), "{}", by_report[4]);
}

#[test]
fn nothing_leaves_a_screen_of_any_size() {
    for (width, height) in [
        (0, 0),
        (1, 1),
        (3, 2),
        (12, 4),
        (40, 10),
        (69, 5),
        (200, 50),
    ] {
        for grouping in [
            QuoteGrouping::Utterance,
            QuoteGrouping::Speaker,
            QuoteGrouping::Report,
        ] {
            let mut stage = Stage::new("", grouping, width, height);
            for selected in [0, 7, 15] {
                stage.view.selected = selected;
                let (top, shown) = layout::window(&stage.view, &stage.shared);
                assert!(top <= selected && selected < top + shown.max(1));
                stage.view.top = top;
                stage.draw();
            }
        }
    }
}

#[test]
fn the_selected_quotation_is_on_the_screen() {
    let mut stage = Stage::new("", QuoteGrouping::Utterance, 80, 24);
    for selected in (0..16).chain((0..16).rev()) {
        stage.view.selected = selected;
        stage.view.top = layout::window(&stage.view, &stage.shared).0;
        let lines = stage.lines();
        let bars = lines.iter().filter(|line| line.starts_with('▌')).count();
        assert!(bars > 1, "{selected}: {bars}");
        let at = Position::new(30, 5);
        assert!(layout::version_at(&stage.view, &stage.shared, at).is_some());
    }
}

#[test]
fn what_is_not_known_yet_is_not_denied() {
    let mut stage = Stage::new("", QuoteGrouping::Utterance, 80, 24);
    stage.view.results = QuoteResults::default();
    assert!(stage.lines()[4].contains("searching the reports"));
    let stage = Stage::new("qzxqzx", QuoteGrouping::Utterance, 80, 24);
    assert!(stage.lines()[4].contains("no match"));
}
