//! The actions of keys and `:` commands: the name of each, one line of help, and the contexts where it works.
//!
//! Help, the README's key table, the completion of `:` and the check of keys.toml are all made from these two tables. From the second one
//! each context also gets an enum of its own, so that the compiler says which action a view forgot. Keys are not bound here but in
//! assets/keys.toml and the user's own file (see [`keymap`](super::keymap)).

use std::fmt;
use std::str::FromStr;

use crate::config::settings_file::unknown_name;

/// A name that no action has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownAction(String);

impl fmt::Display for UnknownAction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = Action::ALL.iter().map(|action| action.name());
        f.write_str(&unknown_name("action", &self.0, names))
    }
}

impl std::error::Error for UnknownAction {}

macro_rules! actions {
    ($($variant:ident $name:literal $doc:literal)+) => {
        /// A command of the interface.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action {
            $(#[doc = $doc] $variant,)+
        }

        impl Action {
            /// All actions, in the order of help.
            pub const ALL: &'static [Action] = &[$(Action::$variant),+];

            /// Returns its name in keys.toml and after `:`.
            pub fn name(self) -> &'static str {
                match self { $(Action::$variant => $name),+ }
            }

            /// Returns its line of help.
            pub fn doc(self) -> &'static str {
                match self { $(Action::$variant => $doc),+ }
            }
        }
    };
}

actions! {
    Quit "quit" "go back to the view before, or quit"
    ForceQuit "force-quit" "quit at once; while typing, cancel"
    Help "help" "show the keys that work here"
    Command "command" "run a command by name"
    Back "back" "close this page, or go back one view"
    OlderPlace "older-place" "go to the place visited before"
    NewerPlace "newer-place" "go to the place visited after"
    Undo "undo" "undo the last link, unlink, note or move between events"
    NextPane "next-pane" "go to the next pane or side"
    PreviousPane "previous-pane" "go to the previous pane or side"
    NextReport "next-report" "go to the next report"
    PreviousReport "previous-report" "go to the previous report"
    Compare "compare" "compare the marked reports, or this one with another"
    Quotes "quotes" "list the quotations of all reports"
    Grid "grid" "show coverage: which report has what"
    Notes "notes" "list your notes"
    Legend "legend" "legend: marks and colours"
    Failures "failures" "list the files that could not be read"
    LayerQuotes "layer-quotes" "highlight quotations on or off"
    LayerTerms "layer-terms" "highlight terms on or off"
    LayerStatements "layer-statements" "highlight statements on or off"
    Theme "theme" "switch theme"
    Mouse "mouse" "mouse on or off"
    Redraw "redraw" "redraw the screen"
    Suspend "suspend" "suspend (fg returns)"

    Down "down" "down one line or row"
    Up "up" "up one line or row"
    HalfDown "half-down" "down half a screen"
    HalfUp "half-up" "up half a screen"
    PageDown "page-down" "down one screen"
    PageUp "page-up" "up one screen"
    Top "top" "go to the beginning"
    Bottom "bottom" "go to the end"

    Open "open" "open the report here"
    Filter "filter" "filter the list as you type"
    SearchTexts "search-texts" "search the full texts as you type"
    Mark "mark" "mark for comparison, or unmark"
    ClearMarks "clear-marks" "unmark all reports"
    Star "star" "star or unstar"
    ToggleRead "toggle-read" "mark read or unread"
    NextUnread "next-unread" "go to the next unread report"
    Sort "sort" "change the sort: date, outlet, headline, length"
    ReverseSort "reverse-sort" "reverse the order"
    Why "why" "show why it is grouped here"
    Facts "facts" "show the facts of the report and where each was found"
    OpenOriginal "open-original" "open the original: its address, or its file in an editor or pager"
    MoveOut "move-out" "move the report out of its event"
    MoveIn "move-in" "move the report into the event above, or into that of the marked report"

    Close "close" "go back to the view before"
    Search "search" "search as you type"
    SearchNext "search-next" "go to the next match"
    SearchPrevious "search-previous" "go to the previous match"
    NextQuote "next-quote" "go to the next quotation"
    PreviousQuote "previous-quote" "go to the previous quotation"
    NextTerm "next-term" "go to the next term"
    PreviousTerm "previous-term" "go to the previous term"
    NextStatement "next-statement" "go to the next statement"
    PreviousStatement "previous-statement" "go to the previous statement"
    Copy "copy" "copy what is in focus; a quotation as a citation"
    Select "select" "select sentences to copy, or to write a note on"
    Note "note" "write a note on the passage, or change it"
    NextNote "next-note" "go to the next note"
    PreviousNote "previous-note" "go to the previous note"
    Zoom "zoom" "zoom the pane, or restore the split"
    SplitLeft "split-left" "narrow the left pane"
    SplitRight "split-right" "widen the left pane"
    Wider "wider" "widen the text"
    Narrower "narrower" "narrow the text"

    NextDifference "next-difference" "go to the next difference"
    PreviousDifference "previous-difference" "go to the previous difference"
    NextOnly "next-only" "go to the next passage only in one report"
    PreviousOnly "previous-only" "go to the previous passage only in one report"
    CopyMarkdown "copy-markdown" "copy as Markdown"
    SharedWords "shared-words" "underline shared words on or off"
    NextRight "next-right-report" "put the next report on the right"
    PreviousRight "previous-right-report" "put the previous report on the right"
    Pick "pick" "choose the right report from a list"
    Swap "swap" "swap the sides"
    LockScroll "lock-scroll" "scroll the sides together or separately"
    ViewMode "view-mode" "switch between aligned rows and full texts"
    Order "order" "order rows by the left or the right report"
    Lanes "lanes" "filter rows"
    Differences "differences" "switch the list of differences: sure, all, hidden"
    Overview "overview" "overview strips on or off"
    Link "link" "link two passages"
    Unlink "unlink" "unlink two passages"

    Group "group" "group by what was said, speaker or report"
    Clear "clear" "clear the search"
    Delete "delete" "delete the note"
    Export "export" "export to a file"

    Left "left" "go one column left"
    Right "right" "go one column right"
    DetailDown "detail-down" "scroll the wordings below down"
    DetailUp "detail-up" "scroll the wordings below up"
    HideColumn "hide-column" "hide this column"
    ShowColumns "show-columns" "show all columns"
}

macro_rules! contexts {
    ($($(#[doc = $place:literal])+ $context:ident $name:literal $heading:literal {
        $(#[doc = $doc:literal])+ $kind:ident: $($variant:ident)+
    })+) => {
        /// The part of the screen that has the focus when a key is pressed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum KeyContext {
            $($(#[doc = $place])+ $context,)+
        }

        impl KeyContext {
            /// All contexts, in the order of help and keys.toml.
            pub const ALL: [KeyContext; [$(KeyContext::$context),+].len()] =
                [$(KeyContext::$context),+];

            /// Returns its name, which is its table in keys.toml.
            pub fn name(self) -> &'static str {
                match self { $(KeyContext::$context => $name),+ }
            }

            /// Returns the words over its keys in help.
            pub fn heading(self) -> &'static str {
                match self { $(KeyContext::$context => $heading),+ }
            }

            /// Returns the actions of this context alone, without those it falls back to.
            pub fn actions(self) -> &'static [Action] {
                match self {
                    $(KeyContext::$context => &[$(Action::$variant),+],)+
                }
            }
        }

        $(
            $(#[doc = $doc])+
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub enum $kind {
                $(#[doc = concat!("[`Action::", stringify!($variant), "`] in this context.")] $variant,)+
            }

            impl $kind {
                /// Returns `action` as one of this context, if the context has it.
                pub fn from_action(action: Action) -> Option<Self> {
                    match action {
                        $(Action::$variant => Some($kind::$variant),)+
                        _ => None,
                    }
                }
            }
        )+
    };
}

contexts! {
    /// Everywhere.
    Global "global" "Everywhere" {
        /// An action that works everywhere.
        GlobalAction:
        Quit ForceQuit Help Command Back OlderPlace NewerPlace Undo NextPane PreviousPane NextReport PreviousReport Compare
        Quotes Grid Notes Legend Failures LayerQuotes LayerTerms LayerStatements Theme Mouse Redraw
        Suspend
    }
    /// Any view that scrolls or holds rows.
    Move "move" "Moving" {
        /// An action that scrolls, or moves the selection.
        MoveAction:
        Down Up HalfDown HalfUp PageDown PageUp Top Bottom
    }
    /// The list of reports.
    List "list" "In the list" {
        /// An action of the list of reports.
        ListAction:
        Open Filter SearchTexts Mark ClearMarks Star ToggleRead NextUnread Sort ReverseSort Why Facts
        OpenOriginal MoveOut MoveIn NextQuote PreviousQuote NextTerm PreviousTerm NextStatement
        PreviousStatement Zoom SplitLeft SplitRight
    }
    /// The text of one report.
    Reader "reader" "In a report" {
        /// An action of the reader.
        ReaderAction:
        SearchTexts Star Facts OpenOriginal Close Search SearchNext SearchPrevious NextQuote PreviousQuote NextTerm
        PreviousTerm NextStatement PreviousStatement NextNote PreviousNote Copy Select Note Zoom
        SplitLeft SplitRight Wider Narrower
    }
    /// Two reports side by side.
    Compare "compare" "In a comparison" {
        /// An action of the comparison.
        CompareAction:
        Open NextQuote PreviousQuote NextTerm PreviousTerm NextStatement PreviousStatement Copy
        NextDifference PreviousDifference NextOnly PreviousOnly CopyMarkdown SharedWords Search
        SearchNext SearchPrevious NextRight PreviousRight Pick Swap LockScroll ViewMode
        Order Lanes Differences Overview Link Unlink Export
    }
    /// The quotations of all reports.
    Quotes "quotes" "In the quotations" {
        /// An action of the quotes view.
        QuotesAction:
        Open Mark Search SearchNext SearchPrevious Copy Group Clear Export
    }
    /// The coverage grid.
    Grid "grid" "In the grid" {
        /// An action of the coverage grid.
        GridAction:
        Open Export Search SearchNext SearchPrevious Lanes DetailDown DetailUp Left Right HideColumn
        ShowColumns
    }
    /// The notes that the reader wrote.
    Notes "notes" "In the notes" {
        /// An action of the notes view.
        NotesAction:
        Open Note Delete Search Copy CopyMarkdown Export
    }
    /// Help, the legend, the list of files that could not be read.
    Help "help" "In help" {
        /// An action of an overlay.
        OverlayAction:
        Close Search SearchNext SearchPrevious
    }
    /// A line being typed; only keys that type no character work here.
    Prompt "prompt" "While typing" {
        /// An action that works while a line is being typed.
        PromptAction:
        Copy Export
    }
}

impl KeyContext {
    /// Returns the contexts whose keys work here, the nearest first.
    pub fn chain(self) -> impl Iterator<Item = KeyContext> {
        let skipped = match self {
            KeyContext::Global => 2,
            KeyContext::Move => 1,
            _ => 0,
        };
        [self, KeyContext::Move, KeyContext::Global]
            .into_iter()
            .skip(skipped)
    }
}

impl Action {
    /// Returns the contexts that list it as their own.
    pub fn contexts(self) -> impl Iterator<Item = KeyContext> {
        let all = KeyContext::ALL.into_iter();
        all.filter(move |context| context.actions().contains(&self))
    }

    /// Whether it works in `context`, by that context's own table or by one that it falls back to.
    pub fn fits(self, context: KeyContext) -> bool {
        context
            .chain()
            .any(|context| context.actions().contains(&self))
    }
}

impl FromStr for Action {
    type Err = UnknownAction;

    fn from_str(name: &str) -> Result<Self, UnknownAction> {
        let found = Action::ALL.iter().find(|action| action.name() == name);
        found.copied().ok_or_else(|| UnknownAction(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_unique_and_leads_back_to_its_action() {
        for action in Action::ALL {
            assert_eq!(action.name().parse(), Ok(*action));
            assert!(
                action
                    .name()
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c == '-'),
                "{action:?}"
            );
        }
    }

    #[test]
    fn a_misspelt_action_is_answered_with_the_nearest() {
        let error = "nxt-quote".parse::<Action>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "unknown action \"nxt-quote\"; did you mean \"next-quote\"?"
        );
        let error = "zzzzzz".parse::<Action>().unwrap_err();
        assert_eq!(error.to_string(), "unknown action \"zzzzzz\"");
    }

    #[test]
    fn an_action_fits_its_own_context_and_those_that_fall_back_to_it() {
        assert!(Action::Quit.fits(KeyContext::Compare));
        assert!(Action::Down.fits(KeyContext::List));
        assert!(!Action::Down.fits(KeyContext::Global));
        assert!(!Action::Mark.fits(KeyContext::Reader));
    }
}
