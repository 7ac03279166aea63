//! The page that lies over a view: the keys, the colours, the files that could not be read, the facts of a report, why reports are
//! grouped, or reports to choose from.

mod facts;
mod help;
mod legend;
mod pick;
mod why;

use ratatui::layout::{Position, Rect};

use crate::ingest::ReadFailure;
use crate::library::ReportNo;
use crate::text::wrap;
use crate::tui::action::{Action, OverlayAction};
use crate::tui::canvas::{Canvas, columns};
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::screen::{self, AreaParts};
use crate::tui::scroll::Scroll;
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::worker::job::Answer;

use super::{Navigation, PromptLine, PromptOwner, ScrollDistance, UpdateContext, ViewKind};
pub use help::HelpPage;
pub use pick::Picker;
pub use why::EventReasons;

/// A line of a page: words with their scopes.
type PageLine = Vec<(String, Scope)>;

/// Columns on each side of a page.
const MARGIN: u16 = 2;

/// A page over a view.
#[derive(Debug)]
pub struct Overlay {
    content: OverlayContent,
    scroll: Scroll,
}

/// The content of an overlay.
#[derive(Debug)]
pub enum OverlayContent {
    /// The keys that work in a context.
    Help(HelpPage),
    /// The meaning of the colours and signs, those of a view first.
    Legend(ViewKind),
    /// The files that could not be read.
    Failures,
    /// The facts of a report.
    Facts(ReportNo),
    /// Why a report is grouped with others.
    Why(EventReasons),
    /// The reports to choose the right side of a comparison from.
    Pick(Picker),
}

impl Overlay {
    /// Returns an overlay, at its beginning.
    pub fn new(content: OverlayContent) -> Self {
        let scroll = Scroll::default();
        Self { content, scroll }
    }

    /// Whether another overlay shows the same kind of thing: its key then closes this one.
    pub fn is_same_kind(&self, other: &Overlay) -> bool {
        std::mem::discriminant(&self.content) == std::mem::discriminant(&other.content)
    }

    /// Performs an action.
    pub fn act(&mut self, action: OverlayAction, cx: &mut UpdateContext<'_>) {
        match (action, &mut self.content) {
            (OverlayAction::Close, _) => cx.go(Navigation::CloseOverlay),
            (OverlayAction::Search, OverlayContent::Help(page)) => page.is_typing = true,
            (OverlayAction::Search, _) => cx.say_idle(Action::Search),
            (OverlayAction::SearchNext, _) => cx.say_idle(Action::SearchNext),
            (OverlayAction::SearchPrevious, _) => cx.say_idle(Action::SearchPrevious),
        }
    }

    /// Scrolls the page.
    pub fn scroll(&mut self, distance: ScrollDistance, cx: &mut UpdateContext<'_>) {
        let area = page_area(cx.shared.screen);
        let (height, total) = (area.height.into(), self.lines(cx.shared, area.width).len());
        self.scroll.by(distance.lines(height), height, total);
    }

    /// Reacts to the left button, pressed at a place.
    pub fn press(&mut self, at: Position, cx: &mut UpdateContext<'_>) {
        let area = page_area(cx.shared.screen);
        if let OverlayContent::Pick(picker) = &mut self.content {
            picker.press(at, area, cx);
        }
    }

    /// Takes a worker's answer, or gives it back where it is not for this page.
    pub fn take_answer(&mut self, answer: Answer) -> Option<Answer> {
        if let (OverlayContent::Pick(picker), Answer::Filtered(results)) =
            (&mut self.content, &answer)
            && picker.take_results(results)
        {
            return None;
        }
        Some(answer)
    }

    /// Returns which lines of how many are on the screen, where not all are.
    pub fn position(&self, shared: &Shared) -> Option<String> {
        let area = page_area(shared.screen);
        let (height, total) = (
            usize::from(area.height),
            self.lines(shared, area.width).len(),
        );
        let last = (self.scroll.top + height).min(total);
        (total > height).then(|| format!("{}–{last} of {total}", self.scroll.top + 1))
    }

    /// Returns the keys that a stranger needs here, the most needed first.
    pub fn hints(&self) -> Vec<(Action, &'static str)> {
        let close = (Action::Close, "close");
        match self.content {
            OverlayContent::Help(_) => vec![(Action::Search, "search"), close],
            _ => vec![close],
        }
    }

    /// Draws the page over the body of the screen.
    pub fn draw(&self, canvas: &mut Canvas<'_>) {
        let areas = screen::areas(canvas.shared.screen);
        canvas.wipe(areas.body);
        canvas.put_rule(areas.rule);
        let area = page_area(canvas.shared.screen);
        if let OverlayContent::Pick(picker) = &self.content {
            picker.draw(canvas, area);
            return;
        }
        let lines = self.lines(canvas.shared, area.width);
        for (row, line) in area.rows().zip(lines.iter().skip(self.scroll.top)) {
            line.iter().fold(row.x, |x, (words, scope)| {
                let room = row.right().saturating_sub(x);
                canvas.put(x, row.y, room, words, *scope)
            });
        }
        let right = areas.body.right().saturating_sub(1);
        canvas.cursor = Some((area.x.min(right), area.y));
    }

    fn lines(&self, shared: &Shared, width: u16) -> Vec<PageLine> {
        match &self.content {
            OverlayContent::Help(page) => page.lines(&shared.keymap, width),
            OverlayContent::Legend(view) => legend::lines(*view, shared.annotator.lexicon(), width),
            OverlayContent::Failures => failure_lines(&shared.library.failures, width),
            OverlayContent::Facts(report) => facts::lines(*report, shared, width),
            OverlayContent::Why(reasons) => reasons.lines(shared, width),
            // It draws its rows itself: there may be one for every report.
            OverlayContent::Pick(_) => Vec::new(),
        }
    }
}

impl PromptOwner for Overlay {
    fn prompt(&mut self) -> Option<&mut Prompt> {
        match &mut self.content {
            OverlayContent::Help(page) => page.prompt(),
            OverlayContent::Pick(picker) => picker.prompt(),
            _ => None,
        }
    }

    fn on_prompt(&mut self, event: PromptEvent, cx: &mut UpdateContext<'_>) {
        self.scroll = Scroll::default();
        match &mut self.content {
            OverlayContent::Help(page) => page.on_prompt(event, cx),
            OverlayContent::Pick(picker) => picker.on_prompt(event, cx),
            _ => {}
        }
    }

    fn prompt_line(&self, shared: &Shared) -> Option<PromptLine<'_>> {
        match &self.content {
            OverlayContent::Help(page) => page.prompt_line(shared),
            OverlayContent::Pick(picker) => picker.prompt_line(shared),
            _ => None,
        }
    }
}

fn page_area(screen: Rect) -> Rect {
    screen::areas(screen).body.inset(MARGIN, MARGIN)
}

/// Returns the files that could not be read, each with the reason.
fn failure_lines(failures: &[ReadFailure], width: u16) -> Vec<PageLine> {
    if failures.is_empty() {
        return vec![line("all files were read", Scope::Dim)];
    }
    let mut lines = vec![line("Could not be read", Scope::Headline)];
    for failure in failures {
        let words = failure.to_string();
        let rows = wrap::wrap(&words, usize::from(width).max(1));
        lines.extend(rows.iter().map(|row| line(row.of(&words), Scope::Text)));
    }
    lines
}

/// Returns a line of words in one scope.
fn line(words: impl Into<String>, scope: Scope) -> PageLine {
    vec![(words.into(), scope)]
}

/// Returns so many blanks, as a part of a line.
fn blanks(count: u16) -> (String, Scope) {
    (" ".repeat(usize::from(count)), Scope::Text)
}

/// Returns a line that begins with a column of words so many columns wide.
fn column_line(words: &str, scope: Scope, width: u16) -> PageLine {
    let pad = blanks(width.saturating_sub(columns(words)));
    vec![(words.to_owned(), scope), pad]
}
