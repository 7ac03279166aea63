use std::sync::Arc;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::style::Modifier;

use super::*;
use crate::annotate::Annotator;
use crate::annotate::term::Lexicon;
use crate::config::Config;
use crate::ingest;
use crate::library::LibraryEntry;
use crate::library::quotes::{QuoteGrouping, QuoteSearch};
use crate::tui::app::{Start, View};
use crate::tui::keymap::Keymap;
use crate::tui::prompt::Prompt;
use crate::tui::theme::{ColorDepth, Themes};
use crate::tui::view::render;

/// Returns the quotes view of the bundled reports, with what `typed` finds.
fn app(typed: &str, grouping: QuoteGrouping, width: u16, height: u16) -> App {
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
        state: Default::default(),
    };
    let mut app = App::new(start, width, height);
    app.library.entries = ingest::bundled()
        .into_iter()
        .map(LibraryEntry::new)
        .collect();
    app.list.order = vec![0, 1];
    app.progress.finished = true;
    app.view = View::Quotes;
    app.quotes.query = Prompt::with(typed);
    app.quotes.grouping = grouping;
    let found = QuoteSearch::new(annotator).find(&app.library.entries, typed, grouping);
    app.quotes.show(found);
    app
}

fn drawn(app: &App) -> ratatui::buffer::Buffer {
    let backend = TestBackend::new(app.screen.width, app.screen.height);
    let mut terminal = Terminal::new(backend).unwrap();
    terminal.draw(|frame| render(app, frame)).unwrap();
    terminal.backend().buffer().clone()
}

fn lines(buffer: &ratatui::buffer::Buffer) -> Vec<String> {
    let width = usize::from(buffer.area.width);
    let rows = buffer.content.chunks(width);
    let line = |row: &[ratatui::buffer::Cell]| row.iter().map(|cell| cell.symbol()).collect();
    rows.map(line)
        .map(|line: String| line.trim_end().to_owned())
        .collect()
}

/// Returns the words of the list whose letters wear `modifier`.
fn dressed(buffer: &ratatui::buffer::Buffer, modifier: Modifier) -> Vec<String> {
    let below_prompt = buffer.area.width as usize * 4;
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
    let buffer = drawn(&app("smoke", QuoteGrouping::Utterance, 100, 30));
    let lines = lines(&buffer);
    assert_eq!(
        lines[4],
        "▌ Mark Carney          A “Don’t expect immediate white smoke on one of these strategic sectors,"
    );
    let second = lines.iter().position(|line| line.contains("B \"Don't"));
    assert!(second.is_some_and(|at| !lines[at].contains("Mark Carney")));
    assert!(lines[2].ends_with("2 of 16 · by utterance"), "{}", lines[2]);
    let bold = dressed(&buffer, Modifier::BOLD);
    for word in ["type", "kind"] {
        assert!(bold.iter().any(|words| words == word), "{bold:?}");
    }
    assert!(
        bold.iter().any(|words| words.starts_with("and we")),
        "{bold:?}"
    );
    let matched = dressed(&buffer, Modifier::BOLD | Modifier::UNDERLINED);
    assert_eq!(matched.iter().filter(|word| *word == "smoke").count(), 2);
}

#[test]
fn a_group_says_what_it_is_and_how_many_it_has() {
    let by_speaker = lines(&drawn(&app("", QuoteGrouping::Speaker, 80, 24)));
    assert!(by_speaker[4].starts_with("  Mark Carney"));
    assert!(by_speaker[4].ends_with("quotations"));
    let by_report = lines(&drawn(&app("smoke", QuoteGrouping::Report, 80, 24)));
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
            let mut app = app("", grouping, width, height);
            for selected in [0, 7, 15] {
                app.quotes.selected = selected;
                let (top, shown) = window(&app);
                assert!(top <= selected && selected < top + shown.max(1));
                app.quotes.top = top;
                drawn(&app);
            }
        }
    }
}

#[test]
fn the_selected_quotation_is_on_the_screen() {
    let mut app = app("", QuoteGrouping::Utterance, 80, 24);
    for selected in (0..16).chain((0..16).rev()) {
        app.quotes.selected = selected;
        app.quotes.top = window(&app).0;
        let buffer = drawn(&app);
        let bars = lines(&buffer)
            .iter()
            .filter(|line| line.starts_with('▌'))
            .count();
        assert!(bars > 1, "{selected}: {bars}");
        assert!(version_at(&app, Position::new(30, 5)).is_some());
    }
}

#[test]
fn what_is_not_known_yet_is_not_denied() {
    let mut app = app("", QuoteGrouping::Utterance, 80, 24);
    app.quotes.found = None;
    assert!(lines(&drawn(&app))[4].contains("looking through the reports"));
    app.quotes.found = Some(QuoteResults::default());
    assert!(lines(&drawn(&app))[4].contains("looking through the reports"));
    let app = self::app("qzxqzx", QuoteGrouping::Utterance, 80, 24);
    assert!(lines(&drawn(&app))[4].contains("no quotation matches"));
}
