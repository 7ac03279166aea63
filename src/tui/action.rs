//! Everything a key or a `:` command can ask for, as one table: the name, what it does in a line, and where it means something.
//!
//! Help, the README's key table, the completion of `:` and the check of keys.toml are all made from this table. It knows no
//! keys: those are in assets/keys.toml and the reader's own file (see [`keymap`](super::keymap)).

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::config::settings_file::unknown_name;

/// Where a key is typed: the part of the screen that has the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Context {
    /// Anywhere.
    Global,
    /// Any view that scrolls or holds rows.
    Move,
    /// The list of reports.
    List,
    /// The text of one report.
    Reader,
    /// Two reports side by side.
    Compare,
    /// The quotations of all reports.
    Quotes,
    /// The coverage grid.
    Grid,
    /// Help, the legend, the list of what could not be read.
    Help,
    /// A line that is being typed; only keys that are no text count here.
    Prompt,
}

impl Context {
    /// All contexts, in the order of help and keys.toml.
    pub const ALL: [Context; 9] = [
        Context::Global,
        Context::Move,
        Context::List,
        Context::Reader,
        Context::Compare,
        Context::Quotes,
        Context::Grid,
        Context::Help,
        Context::Prompt,
    ];

    /// Returns its name, which is its table in keys.toml.
    pub fn name(self) -> &'static str {
        match self {
            Context::Global => "global",
            Context::Move => "move",
            Context::List => "list",
            Context::Reader => "reader",
            Context::Compare => "compare",
            Context::Quotes => "quotes",
            Context::Grid => "grid",
            Context::Help => "help",
            Context::Prompt => "prompt",
        }
    }

    /// Returns the contexts whose keys hold here, the nearest first.
    pub fn chain(self) -> &'static [Context] {
        use Context::{Compare, Global, Grid, Help, List, Move, Prompt, Quotes, Reader};
        match self {
            Global => &[Global],
            Move => &[Move, Global],
            List => &[List, Move, Global],
            Reader => &[Reader, Move, Global],
            Compare => &[Compare, Move, Global],
            Quotes => &[Quotes, Move, Global],
            Grid => &[Grid, Move, Global],
            Help => &[Help, Move, Global],
            Prompt => &[Prompt, Move, Global],
        }
    }
}

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
    ($($variant:ident $name:literal [$($context:ident),+] $doc:literal)+) => {
        /// One thing the reader can ask for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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

            /// Returns what it does, in one line.
            pub fn doc(self) -> &'static str {
                match self { $(Action::$variant => $doc),+ }
            }

            /// Returns the contexts it is made for.
            pub fn contexts(self) -> &'static [Context] {
                match self { $(Action::$variant => &[$(Context::$context),+]),+ }
            }
        }
    };
}

actions! {
    Quit "quit" [Global] "close what is on top, or leave crossread"
    ForceQuit "force-quit" [Global] "leave at once; give up the line that is being typed"
    Help "help" [Global] "show the keys that work here"
    Command "command" [Global] "run any of these by its name"
    Back "back" [Global] "close what is on top, or go back one view"
    NextPane "next-pane" [Global] "go to the next pane or the other side"
    PreviousPane "previous-pane" [Global] "go to the previous pane or the other side"
    NextReport "next-report" [Global] "show the next report"
    PreviousReport "previous-report" [Global] "show the previous report"
    Compare "compare" [Global] "compare the two marked reports, or the two there are"
    Quotes "quotes" [Global] "show every quotation of every report"
    Grid "grid" [Global] "show which report covers what"
    Legend "legend" [Global] "say what the colours mean"
    Failures "failures" [Global] "list what could not be read, and why"
    LayerQuotes "layer-quotes" [Global] "mark quotations, or stop marking them"
    LayerTerms "layer-terms" [Global] "mark terms, or stop marking them"
    LayerStatements "layer-statements" [Global] "mark reported statements, or stop marking them"
    Theme "theme" [Global] "take the next theme"
    Mouse "mouse" [Global] "listen to the mouse, or leave it to the terminal"
    Redraw "redraw" [Global] "draw the whole screen anew"
    Suspend "suspend" [Global] "go back to the shell for a while"

    Down "down" [Move] "one line or row down"
    Up "up" [Move] "one line or row up"
    HalfDown "half-down" [Move] "half a screen down"
    HalfUp "half-up" [Move] "half a screen up"
    PageDown "page-down" [Move] "one screen down"
    PageUp "page-up" [Move] "one screen up"
    Top "top" [Move] "to the beginning"
    Bottom "bottom" [Move] "to the end"

    Open "open" [List, Compare, Quotes, Grid] "read the report at the place in focus"
    Filter "filter" [List] "narrow the list while typing"
    SearchTexts "search-texts" [List, Reader] "search the texts of all reports while typing"
    Mark "mark" [List, Quotes] "mark for comparison, or unmark"
    ClearMarks "clear-marks" [List] "unmark all reports"
    Star "star" [List, Reader] "put a star on the report, or take it off"
    ToggleRead "toggle-read" [List] "call the report read, or unread"
    NextUnread "next-unread" [List] "go to the next unread report"
    Sort "sort" [List] "sort by the next of date, outlet, headline, length"
    ReverseSort "reverse-sort" [List] "turn the order round"
    Why "why" [List] "say why the report stands with the others of its event"
    MoveOut "move-out" [List] "take the report out of its event"
    MoveIn "move-in" [List] "put the report into the event above, or that of the marked report"

    Close "close" [Reader, Help] "go back to where one came from"
    Search "search" [Reader, Quotes, Help] "search the text while typing"
    SearchNext "search-next" [Reader, Quotes, Help] "go to the next hit"
    SearchPrevious "search-previous" [Reader, Quotes, Help] "go to the previous hit"
    NextQuote "next-quote" [List, Reader, Compare] "go to the next quotation"
    PreviousQuote "previous-quote" [List, Reader, Compare] "go to the previous quotation"
    NextTerm "next-term" [List, Reader, Compare] "go to the next term"
    PreviousTerm "previous-term" [List, Reader, Compare] "go to the previous term"
    NextStatement "next-statement" [List, Reader, Compare] "go to the next reported statement"
    PreviousStatement "previous-statement" [List, Reader, Compare] "go to the previous reported statement"
    Copy "copy" [Reader, Compare, Quotes, Prompt] "copy the quotation in focus as a citation"
    Zoom "zoom" [List, Reader] "give the pane the whole screen, or share it again"
    SplitLeft "split-left" [List, Reader] "move the line between the panes left"
    SplitRight "split-right" [List, Reader] "move the line between the panes right"
    Wider "wider" [Reader] "set the text wider"
    Narrower "narrower" [Reader] "set the text narrower"

    NextDifference "next-difference" [Compare] "go to the next difference"
    PreviousDifference "previous-difference" [Compare] "go to the previous difference"
    NextRight "next-right-report" [Compare] "put the next report on the right"
    PreviousRight "previous-right-report" [Compare] "put the previous report on the right"
    Pick "pick" [Compare] "choose the report on the right from a list"
    Swap "swap" [Compare] "swap the sides"
    LockScroll "lock-scroll" [Compare] "scroll the sides together, or apart"
    ViewMode "view-mode" [Compare] "show aligned rows, or two whole texts"
    Order "order" [Compare] "follow the order of the left report, or of the right"
    Lanes "lanes" [Compare] "choose which kinds of rows are shown"
    Differences "differences" [Compare] "list the differences"
    Overview "overview" [Compare] "show the two reports as strips, or hide them"
    Link "link" [Compare] "say by hand that two passages correspond"
    Unlink "unlink" [Compare] "say by hand that they do not"

    Group "group" [Quotes] "group by speaker, by report, or by utterance"
    Clear "clear" [Quotes] "empty the search"
    Export "export" [Compare, Quotes, Grid, Prompt] "write what is shown to a file"

    Left "left" [Grid] "one column to the left"
    Right "right" [Grid] "one column to the right"
    HideColumn "hide-column" [Grid] "hide this report's column"
    ShowColumns "show-columns" [Grid] "show all columns again"
}

impl Action {
    /// Whether a key of `context` may ask for it: it is made for that context or for one that the context falls back to.
    pub fn fits(self, context: Context) -> bool {
        let chain = context.chain();
        self.contexts()
            .iter()
            .any(|made_for| chain.contains(made_for))
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
        assert!(Action::Quit.fits(Context::Compare));
        assert!(Action::Down.fits(Context::List));
        assert!(!Action::Down.fits(Context::Global));
        assert!(!Action::Mark.fits(Context::Reader));
    }
}
