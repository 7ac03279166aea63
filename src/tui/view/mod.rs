//! The views: each a folder with its state, its update, its layout and its drawing, behind one trait.
//!
//! A view changes only itself and [`Shared`]; what it needs of the outside world, or of another view, it asks for through the
//! [`UpdateContext`]. To add one: its folder, a row in `views!`, and its actions in [`action`](super::action).

pub mod browse;
pub mod compare;
pub mod coverage;
mod note_line;
pub mod notes;
pub mod overlay;
mod place;
pub mod quotes;
pub mod report_mark;

use std::io;
use std::path::PathBuf;

use ratatui::layout::Position;

use crate::compare::Sides;
use crate::library::ReportNo;
use crate::report::{OutputFormat, citation};
use crate::system_error::describe;
use crate::text::{CleanText, Span};

use super::action::{Action, KeyContext, MoveAction};
use super::canvas::Canvas;
use super::effect::Effect;
use super::prompt::Prompt;
pub use super::prompt::PromptEvent;
use super::shared::{Comparisons, Shared};
use super::worker::job::{Answer, Job};
pub use place::Place;

/// A distance to scroll, before the height of the view is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScrollDistance {
    /// Lines or rows; down where positive.
    Lines(isize),
    /// Halves of the screen.
    Halves(isize),
    /// Whole screens.
    Pages(isize),
    /// To the beginning (-1) or the end (1).
    All(isize),
}

impl ScrollDistance {
    /// Returns the distance that an action asks for.
    pub fn of(action: MoveAction) -> Self {
        match action {
            MoveAction::Down => ScrollDistance::Lines(1),
            MoveAction::Up => ScrollDistance::Lines(-1),
            MoveAction::HalfDown => ScrollDistance::Halves(1),
            MoveAction::HalfUp => ScrollDistance::Halves(-1),
            MoveAction::PageDown => ScrollDistance::Pages(1),
            MoveAction::PageUp => ScrollDistance::Pages(-1),
            MoveAction::Top => ScrollDistance::All(-1),
            MoveAction::Bottom => ScrollDistance::All(1),
        }
    }

    /// Returns it in lines, where a screen holds `height` of them. A page keeps one line in view, as less does not but
    /// readers wish it did.
    pub fn lines(self, height: usize) -> isize {
        let height = isize::try_from(height).unwrap_or(isize::MAX);
        match self {
            ScrollDistance::Lines(n) => n,
            ScrollDistance::Halves(n) => n * (height / 2).max(1),
            ScrollDistance::Pages(n) => n * (height - 1).max(1),
            ScrollDistance::All(n) => n * (isize::MAX / 2),
        }
    }
}

/// The appearance of a line being typed, on the last line of the screen.
#[derive(Debug)]
pub enum PromptLine<'a> {
    /// The text, after a sign that says what it is, and notes at the right end.
    Typed {
        /// Words before the text: `/`, `:`.
        sign: &'static str,
        /// The text.
        prompt: &'a Prompt,
        /// Ways to word the notes, the longest first: the first that fits is shown; where none does, the last is cut.
        notes: Vec<String>,
    },
    /// The text stands elsewhere; these are the keys that matter meanwhile.
    Keys(String),
}

/// The owner of a line being typed: a view, an overlay, or the application itself.
pub trait PromptOwner {
    /// Returns the line, while one is being typed.
    fn prompt(&mut self) -> Option<&mut Prompt> {
        None
    }

    /// Reacts to what happened to the line.
    fn on_prompt(&mut self, _event: PromptEvent, _cx: &mut UpdateContext<'_>) {}

    /// Returns how the line looks, while one is being typed.
    fn prompt_line(&self, _shared: &Shared) -> Option<PromptLine<'_>> {
        None
    }
}

/// A file that can be written of what a view shows.
#[derive(Clone, Copy, Debug)]
pub struct ExportOffer {
    /// The name that is offered first.
    pub name: &'static str,
    /// The formats that it can have.
    pub formats: &'static [OutputFormat],
}

/// One view. All methods but the drawing may be called while another view is on the screen.
pub trait View: PromptOwner {
    /// Returns the context whose keys work here.
    fn key_context(&self) -> KeyContext;

    /// Scrolls, or moves the selection.
    fn scroll(&mut self, distance: ScrollDistance, cx: &mut UpdateContext<'_>);

    /// Performs an action of the view's own context; false where it has none of that name.
    fn act(&mut self, action: Action, cx: &mut UpdateContext<'_>) -> bool;

    /// Goes to the next pane or side, or the previous one; false where there is none.
    fn step_pane(&mut self, _by: isize, _cx: &mut UpdateContext<'_>) -> bool {
        false
    }

    /// Shows the next report or the previous one; false where that means nothing.
    fn step_report(&mut self, _by: isize, _cx: &mut UpdateContext<'_>) -> bool {
        false
    }

    /// Compares what is in focus here; false where the marked reports are to be compared.
    fn compare(&mut self, _cx: &mut UpdateContext<'_>) -> bool {
        false
    }

    /// Reacts to Esc: forgets a search or a selection of its own; false where the view is to be left.
    fn back(&mut self, cx: &mut UpdateContext<'_>) -> bool;

    /// Reacts to the wheel, turned over a place by so many lines; down where positive.
    fn turn_wheel(&mut self, at: Position, lines: isize, cx: &mut UpdateContext<'_>);

    /// Reacts to the left button, pressed at a place.
    fn press(&mut self, at: Position, cx: &mut UpdateContext<'_>);

    /// Reacts to the mouse, moved to a place with the button held; `None` where the button was let go.
    fn drag(&mut self, _to: Option<Position>, _cx: &mut UpdateContext<'_>) {}

    /// Runs when the view is opened, not when the reader goes back to it.
    fn on_enter(&mut self, _cx: &mut UpdateContext<'_>) {}

    /// Takes a worker's answer, or gives it back where it is not this view's.
    fn take_answer(&mut self, answer: Answer, _cx: &mut UpdateContext<'_>) -> Option<Answer> {
        Some(answer)
    }

    /// Returns the reports whose text the next frame needs.
    fn needed_reports(&self, shared: &Shared) -> Vec<ReportNo>;

    /// Lays out what the next frame shows and asks for what it lacks.
    fn prepare(&mut self, cx: &mut UpdateContext<'_>);

    /// Returns what the title says of the view, after the reports.
    fn title(&self, shared: &Shared) -> String;

    /// Returns where the reader stands: `3/16`, `31%`.
    fn position(&self, shared: &Shared) -> Option<String>;

    /// Returns what is known of what is in focus.
    fn status(&self, shared: &Shared) -> Option<String>;

    /// Returns the keys that a stranger needs here, the most needed first; help is added.
    fn hints(&self) -> Vec<(Action, &'static str)>;

    /// Returns the file that can be written from here.
    fn export_offer(&self) -> Option<ExportOffer> {
        None
    }

    /// Writes what is shown to a file, or asks a worker for it.
    fn export(&mut self, _path: PathBuf, _format: OutputFormat, _cx: &mut UpdateContext<'_>) {}

    /// Draws the view into the body of the screen.
    fn draw(&self, canvas: &mut Canvas<'_>);
}

macro_rules! views {
    ($($(#[doc = $doc:literal])+ $kind:ident $field:ident $view:ty)+) => {
        /// One of the views.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum ViewKind {
            $($(#[doc = $doc])+ $kind,)+
        }

        /// All views, each with its own state.
        #[derive(Debug, Default)]
        pub struct Views {
            $($(#[doc = $doc])+ pub $field: $view,)+
        }

        impl Views {
            /// Returns a view.
            pub fn get(&self, kind: ViewKind) -> &dyn View {
                match kind { $(ViewKind::$kind => &self.$field,)+ }
            }

            /// Returns a view, to be changed.
            pub fn get_mut(&mut self, kind: ViewKind) -> &mut dyn View {
                match kind { $(ViewKind::$kind => &mut self.$field,)+ }
            }

            /// Offers a worker's answer to each view until one takes it.
            pub fn take_answer(&mut self, answer: Answer, cx: &mut UpdateContext<'_>) {
                let answer = Some(answer);
                $(let answer = answer.and_then(|answer| self.$field.take_answer(answer, cx));)+
                // An answer to a question that nobody asks any more is dropped.
                drop(answer);
            }
        }
    };
}

views! {
    /// The list beside the reader.
    Browse browse browse::Browse
    /// Two reports side by side.
    Compare compare compare::CompareView
    /// All quotations.
    Quotes quotes quotes::QuotesView
    /// The coverage grid.
    Coverage coverage coverage::CoverageView
    /// The notes of the reader.
    Notes notes notes::NotesView
}

/// The place at which the reader opens a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReaderTarget {
    /// The place where it was left the last time.
    LastPlace,
    /// At these words.
    Span(Span),
    /// At the quotation of this number, in focus.
    Quote(usize),
    /// At its first hit for steps forwards (1), at its last for steps backwards (-1).
    Hit(isize),
}

/// A request of a view to the application that concerns other views.
#[derive(Debug)]
pub enum Navigation {
    /// Go back to the view before.
    Leave,
    /// Open a report in the reader.
    Read(ReportNo, ReaderTarget),
    /// Lay two reports side by side.
    Compare(Sides<ReportNo>),
    /// Let the reader choose another report for the right side of a comparison.
    PickRight(Sides<ReportNo>),
    /// Show the facts of a report, with the places where they stand.
    ShowFacts(ReportNo),
    /// Close what lies over the view.
    CloseOverlay,
    /// Ask for the name of a file and write what is shown.
    Export,
    /// Search the list again: another search ended its own.
    SearchList,
}

/// The context of an update: everything that it may change beyond the view's own state, and its messages and effects.
pub struct UpdateContext<'a> {
    /// State that all views share.
    pub shared: &'a mut Shared,
    /// The context whose keys work now.
    pub key_context: KeyContext,
    /// The words in the last line, said until the next key.
    pub message: &'a mut Option<String>,
    pub(super) effects: &'a mut Vec<Effect>,
    pub(super) navigation: &'a mut Vec<Navigation>,
}

impl UpdateContext<'_> {
    /// Says something in the last line until the next key.
    pub fn say(&mut self, words: impl Into<String>) {
        *self.message = Some(words.into());
    }

    /// Asks the outside world for something.
    pub fn emit(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Gives a worker something to do.
    pub fn compute(&mut self, job: impl Into<Job>) {
        self.effects.push(Effect::Compute(job.into()));
    }

    /// Writes a file, or says why that cannot be done.
    pub fn write_file(&mut self, path: PathBuf, written: io::Result<Vec<u8>>) {
        match written {
            Ok(written) => self.emit(Effect::Write {
                path,
                contents: String::from_utf8_lossy(&written).into_owned(),
                without: 0,
            }),
            Err(error) => self.say(format!(
                "not saved: {}: {}",
                path.display(),
                describe(&error)
            )),
        }
    }

    /// Asks the application to go somewhere, after this update.
    pub fn go(&mut self, navigation: Navigation) {
        self.navigation.push(navigation);
    }

    /// Returns the first key of an action here; where it has none, the command that does the same.
    pub fn key_for(&self, action: Action) -> String {
        self.shared.key_in(self.key_context, action)
    }

    /// Says that an action does nothing here; silence would look like a fault.
    pub fn say_idle(&mut self, action: Action) {
        self.say(match action {
            Action::Grid => "you are in the grid already".to_owned(),
            Action::Notes => "you are in the notes already".to_owned(),
            Action::Compare => "you are in a comparison already".to_owned(),
            Action::Copy => "open the report to copy from it".to_owned(),
            Action::Search => "only help can be searched".to_owned(),
            _ => format!("\"{}\" does nothing here", action.name()),
        });
    }

    /// Sends `words` to the terminal's clipboard and says so; whether the terminal takes them, no program is told.
    pub fn copy(&mut self, words: CleanText) {
        let start: String = words.chars().take(40).collect();
        let more = if start.len() < words.len() { "…" } else { "" };
        self.say(format!("sent to the terminal's clipboard: {start}{more}"));
        self.emit(Effect::Copy(words));
    }

    /// Copies a quotation as a citation.
    pub fn copy_quote(&mut self, report: ReportNo, quote: usize) {
        let shared = &*self.shared;
        let cited = shared.report(report).and_then(|report| {
            let quote = report.annotated()?.quotes.get(quote)?;
            Some(citation(&report.article, quote, shared.config.citation))
        });
        if let Some(words) = cited {
            self.copy(words);
        }
    }

    /// Asks a worker to compare two reports anew, with what the reader decided since.
    pub fn compare_again(&mut self, reports: Sides<ReportNo>) {
        // Asked for in one order whichever side is which, so that the comparisons kept for the pair stay one.
        let sides = Comparisons::canonical(reports);
        let ids = self.shared.ids(sides);
        let choices = ids.map(|ids| self.shared.state.choices(ids));
        self.compute(super::worker::job::CompareJob::Pair(
            sides,
            choices.unwrap_or_default(),
        ));
    }

    /// Asks a worker to compare two reports, unless that was done before.
    pub fn ask_comparison(&mut self, sides: Sides<ReportNo>) {
        if let Some(sides) = self.shared.comparisons.ask(sides) {
            let ids = self.shared.ids(sides);
            let choices = ids.map(|ids| self.shared.state.choices(ids));
            self.compute(super::worker::job::CompareJob::Pair(
                sides,
                choices.unwrap_or_default(),
            ));
        }
    }
}

/// Returns the number `by` steps from `from` among `total`, round the ends, and whether an end was passed.
pub fn step(from: usize, by: isize, total: usize) -> Option<(usize, bool)> {
    let total = isize::try_from(total).ok().filter(|total| *total > 0)?;
    let wanted = isize::try_from(from).ok()? + by;
    let to = usize::try_from(wanted.rem_euclid(total)).ok()?;
    Some((to, !(0..total).contains(&wanted)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stepping_goes_round_the_ends_and_says_so() {
        assert_eq!(step(2, 1, 3), Some((0, true)));
        assert_eq!(step(0, -1, 3), Some((2, true)));
        assert_eq!(step(0, 1, 3), Some((1, false)));
        assert_eq!(step(0, 1, 0), None);
    }
}
