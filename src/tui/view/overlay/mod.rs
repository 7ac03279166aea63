//! The page that lies over a view: the keys, the colours, the files that could not be read, why reports are grouped, or reports to
//! choose from.

mod failures;
mod help;
mod legend;
mod pick;
mod why;

use ratatui::layout::Rect;

use crate::library::ReportNo;
use crate::library::event::Why;
use crate::tui::action::{Action, KeyContext, OverlayAction};
use crate::tui::canvas::Canvas;
use crate::tui::prompt::{Prompt, PromptEvent};
use crate::tui::screen;
use crate::tui::scroll::Scroll;
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;
use crate::tui::worker::job::Answer;

use super::{Navigation, PromptLine, PromptOwner, ScrollDistance, UpdateContext};
pub use help::HelpPage;
pub use pick::Picker;
pub use why::Reasons;

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
    /// The meaning of the colours and signs.
    Legend,
    /// The files that could not be read.
    Failures,
    /// Why a report is grouped with others.
    Why(Reasons),
    /// The reports to choose the right side of a comparison from.
    Pick(Picker),
}

impl Overlay {
    /// Returns an overlay, at its beginning.
    pub fn new(content: OverlayContent) -> Self {
        Self {
            content,
            scroll: Scroll::default(),
        }
    }

    /// Returns the keys that work in `context`.
    pub fn help(context: KeyContext) -> Self {
        Self::new(OverlayContent::Help(HelpPage::new(context)))
    }

    /// Returns the meaning of the colours and signs.
    pub fn legend() -> Self {
        Self::new(OverlayContent::Legend)
    }

    /// Returns the list of files that could not be read.
    pub fn failures() -> Self {
        Self::new(OverlayContent::Failures)
    }

    /// Returns why a report is grouped with the others of its event.
    pub fn why(report: ReportNo, reasons: Vec<(ReportNo, Why)>, shared: &Shared) -> Self {
        Self::new(OverlayContent::Why(Reasons::new(report, reasons, shared)))
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

    /// Takes a worker's answer, or gives it back where it is not for this page.
    pub fn take_answer(&mut self, answer: Answer, _cx: &mut UpdateContext<'_>) -> Option<Answer> {
        let is_taken = match (&mut self.content, &answer) {
            (OverlayContent::Pick(picker), Answer::Filtered(results)) => {
                picker.take_results(results)
            }
            _ => false,
        };
        (!is_taken).then_some(answer)
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
        if !areas.rule.is_empty() {
            canvas.put_rule(areas.rule, areas.rule.y);
        }
        let area = page_area(canvas.shared.screen);
        if let OverlayContent::Pick(picker) = &self.content {
            picker.draw(canvas, area);
            return;
        }
        let lines = self.lines(canvas.shared, area.width);
        for (y, line) in (area.top()..area.bottom()).zip(lines.iter().skip(self.scroll.top)) {
            let mut x = area.x;
            for (words, scope) in line {
                let style = canvas.style(*scope);
                x = canvas.put(x, y, area.right().saturating_sub(x), words, style);
            }
        }
        let right = areas.body.right().saturating_sub(1);
        canvas.cursor = Some((area.x.min(right), area.y));
    }

    fn lines(&self, shared: &Shared, width: u16) -> Vec<PageLine> {
        match &self.content {
            OverlayContent::Help(page) => page.lines(&shared.keymap, width),
            OverlayContent::Legend => legend::lines(shared.annotator.lexicon(), width),
            OverlayContent::Failures => failures::lines(&shared.library.failures, width),
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
        match &mut self.content {
            OverlayContent::Help(page) => {
                self.scroll = Scroll::default();
                page.on_prompt(event, cx);
            }
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
    let body = screen::areas(screen).body;
    Rect {
        x: body.x + MARGIN.min(body.width),
        width: body.width.saturating_sub(2 * MARGIN),
        ..body
    }
}

/// Returns a line of words in one scope.
fn line(words: impl Into<String>, scope: Scope) -> PageLine {
    vec![(words.into(), scope)]
}

/// Returns so many blanks, as a part of a line.
fn blanks(count: u16) -> (String, Scope) {
    (" ".repeat(usize::from(count)), Scope::Text)
}
