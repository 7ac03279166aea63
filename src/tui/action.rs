//! Everything a key or a `:` command can ask for: the name, what it does in a line, and the contexts where it works.
//!
//! Help, the README's key table, the completion of `:` and the check of keys.toml are all made from these two tables. From the second one
//! each context also gets an enum of its own, so that the compiler says which action a view forgot. It knows no keys: those are in
//! assets/keys.toml and the reader's own file (see [`keymap`](super::keymap)).

use std::fmt;
use std::str::FromStr;

use crate::config::settings_file::unknown_name;

/// A name that is no action's.
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
        /// One thing the reader can ask for.
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

            /// Returns a line that says what it does.
            pub fn doc(self) -> &'static str {
                match self { $(Action::$variant => $doc),+ }
            }
        }
    };
}

actions! {
    Quit "quit" "close what is on top, or leave crossread"
    ForceQuit "force-quit" "leave at once; give up the line that is being typed"
    Help "help" "show the keys that work here"
    Command "command" "run any of these by its name"
    Back "back" "close what is on top, or go back one view"
    NextPane "next-pane" "go to the next pane or the other side"
    PreviousPane "previous-pane" "go to the previous pane or the other side"
    NextReport "next-report" "show the next report"
    PreviousReport "previous-report" "show the previous report"
    Compare "compare" "compare the two marked reports, or the two there are"
    Quotes "quotes" "show every quotation of every report"
    Grid "grid" "show which report covers what"
    Legend "legend" "say what the colours mean"
    Failures "failures" "list what could not be read, and why"
    LayerQuotes "layer-quotes" "mark quotations, or stop marking them"
    LayerTerms "layer-terms" "mark terms, or stop marking them"
    LayerStatements "layer-statements" "mark reported statements, or stop marking them"
    Theme "theme" "take the next theme"
    Mouse "mouse" "listen to the mouse, or leave it to the terminal"
    Redraw "redraw" "draw the whole screen anew"
    Suspend "suspend" "go back to the shell for a while"

    Down "down" "one line or row down"
    Up "up" "one line or row up"
    HalfDown "half-down" "half a screen down"
    HalfUp "half-up" "half a screen up"
    PageDown "page-down" "one screen down"
    PageUp "page-up" "one screen up"
    Top "top" "to the beginning"
    Bottom "bottom" "to the end"

    Open "open" "read the report at the place in focus"
    Filter "filter" "narrow the list while typing"
    SearchTexts "search-texts" "search the texts of all reports while typing"
    Mark "mark" "mark for comparison, or unmark"
    ClearMarks "clear-marks" "unmark all reports"
    Star "star" "put a star on the report, or take it off"
    ToggleRead "toggle-read" "call the report read, or unread"
    NextUnread "next-unread" "go to the next unread report"
    Sort "sort" "sort by the next of date, outlet, headline, length"
    ReverseSort "reverse-sort" "turn the order round"
    Why "why" "say why the report stands with the others of its event"
    MoveOut "move-out" "take the report out of its event"
    MoveIn "move-in" "put the report into the event above, or that of the marked report"

    Close "close" "go back to where one came from"
    Search "search" "search the text while typing"
    SearchNext "search-next" "go to the next hit"
    SearchPrevious "search-previous" "go to the previous hit"
    NextQuote "next-quote" "go to the next quotation"
    PreviousQuote "previous-quote" "go to the previous quotation"
    NextTerm "next-term" "go to the next term"
    PreviousTerm "previous-term" "go to the previous term"
    NextStatement "next-statement" "go to the next reported statement"
    PreviousStatement "previous-statement" "go to the previous reported statement"
    Copy "copy" "copy the quotation in focus as a citation"
    Zoom "zoom" "give the pane the whole screen, or share it again"
    SplitLeft "split-left" "move the line between the panes left"
    SplitRight "split-right" "move the line between the panes right"
    Wider "wider" "set the text wider"
    Narrower "narrower" "set the text narrower"

    NextDifference "next-difference" "go to the next difference"
    PreviousDifference "previous-difference" "go to the previous difference"
    NextRight "next-right-report" "put the next report on the right"
    PreviousRight "previous-right-report" "put the previous report on the right"
    Pick "pick" "choose the report on the right from a list"
    Swap "swap" "swap the sides"
    LockScroll "lock-scroll" "scroll the sides together, or apart"
    ViewMode "view-mode" "show aligned rows, or two whole texts"
    Order "order" "follow the order of the left report, or of the right"
    Lanes "lanes" "choose which kinds of rows are shown"
    Differences "differences" "list the differences"
    Overview "overview" "show the two reports as strips, or hide them"
    Link "link" "say by hand that two passages correspond"
    Unlink "unlink" "say by hand that they do not"

    Group "group" "group by speaker, by report, or by utterance"
    Clear "clear" "empty the search"
    Export "export" "write what is shown to a file"

    Left "left" "one column to the left"
    Right "right" "one column to the right"
    HideColumn "hide-column" "hide this report's column"
    ShowColumns "show-columns" "show all columns again"
}

macro_rules! contexts {
    ($($(#[doc = $place:literal])+ $context:ident $name:literal $heading:literal {
        $(#[doc = $doc:literal])+ $kind:ident: $($variant:ident)+
    })+) => {
        /// Where a key is typed: the part of the screen that has the focus.
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

            /// Returns the actions that are made for this context.
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
                /// Returns `action` as one of this context, if it is made for it.
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
    /// Anywhere.
    Global "global" "Everywhere" {
        /// An action that works everywhere.
        GlobalAction:
        Quit ForceQuit Help Command Back NextPane PreviousPane NextReport PreviousReport Compare
        Quotes Grid Legend Failures LayerQuotes LayerTerms LayerStatements Theme Mouse Redraw
        Suspend
    }
    /// Any view that scrolls or holds rows.
    Move "move" "Moving about" {
        /// An action that scrolls, or moves the selection.
        MoveAction:
        Down Up HalfDown HalfUp PageDown PageUp Top Bottom
    }
    /// The list of reports.
    List "list" "In the list" {
        /// An action of the list of reports.
        ListAction:
        Open Filter SearchTexts Mark ClearMarks Star ToggleRead NextUnread Sort ReverseSort Why
        MoveOut MoveIn NextQuote PreviousQuote NextTerm PreviousTerm NextStatement
        PreviousStatement Zoom SplitLeft SplitRight
    }
    /// The text of one report.
    Reader "reader" "In a report" {
        /// An action of the reader.
        ReaderAction:
        SearchTexts Star Close Search SearchNext SearchPrevious NextQuote PreviousQuote NextTerm
        PreviousTerm NextStatement PreviousStatement Copy Zoom SplitLeft SplitRight Wider Narrower
    }
    /// Two reports side by side.
    Compare "compare" "In a comparison" {
        /// An action of the comparison.
        CompareAction:
        Open NextQuote PreviousQuote NextTerm PreviousTerm NextStatement PreviousStatement Copy
        NextDifference PreviousDifference NextRight PreviousRight Pick Swap LockScroll ViewMode
        Order Lanes Differences Overview Link Unlink Export
    }
    /// The quotations of all reports.
    Quotes "quotes" "In the quotes" {
        /// An action of the quotes view.
        QuotesAction:
        Open Mark Search SearchNext SearchPrevious Copy Group Clear Export
    }
    /// The coverage grid.
    Grid "grid" "In the grid" {
        /// An action of the coverage grid.
        GridAction:
        Open Export Left Right HideColumn ShowColumns
    }
    /// Help, the legend, the list of files that could not be read.
    Help "help" "In help" {
        /// An action of an overlay.
        OverlayAction:
        Close Search SearchNext SearchPrevious
    }
    /// A line that is being typed; only keys that type no text count here.
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
    /// Returns the contexts it is made for.
    pub fn contexts(self) -> impl Iterator<Item = KeyContext> {
        let all = KeyContext::ALL.into_iter();
        all.filter(move |context| context.actions().contains(&self))
    }

    /// Whether a key of `context` may ask for it: it is made for that context or for one that the context falls back to.
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
