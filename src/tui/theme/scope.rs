//! The table of scopes: everything on the screen that a theme can style, with its name in theme files.
//!
//! A scope without a style of its own inherits that of the name before its last dot: `quote.focus` inherits from `quote`. Views
//! use the variants; names in theme files are checked against the table.

macro_rules! scopes {
    ($($variant:ident $name:literal $doc:literal)+) => {
        /// A part of the screen that a theme can style.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Scope {
            $(#[doc = $doc] $variant,)+
        }

        impl Scope {
            /// All scopes, each at the index of its number.
            pub const ALL: &'static [Scope] = &[$(Scope::$variant),+];

            /// Returns its name in theme files.
            pub fn name(self) -> &'static str {
                match self { $(Scope::$variant => $name),+ }
            }

        }
    };
}

scopes! {
    Ui "ui" "everything but the text of a report"
    Text "ui.text" "the text of a report"
    Dim "ui.dim" "secondary text: unknown facts, hints"
    Headline "ui.headline" "a headline"
    Dek "ui.dek" "the summary sentence before a story"
    Meta "ui.meta" "date, length, and what is unknown"
    Outlet "ui.outlet" "the outlet of a report"
    Caption "ui.caption" "a photo's caption and credit"
    Rule "ui.rule" "the lines between panes"
    Title "ui.title" "the first line of the screen"
    Status "ui.status" "the last line of the screen"
    StatusKey "ui.status.key" "a key on the last line and in help"
    Selected "ui.selected" "the selected row of a list"
    Focus "ui.focus" "the heading of the focused pane"
    Unread "ui.unread" "the sign of an unread report"
    Mark "ui.mark" "the sign of a report marked for comparison"
    Star "ui.star" "the sign of a starred report"
    Derived "ui.label.derived" "a label taken from the text where no headline is given"
    Error "ui.error" "an error"
    Prompt "ui.prompt" "the line being typed"
    Passage "ui.passage" "the passage at which another view opened a report"
    Selection "ui.selection" "the sentences that are selected"
    Note "ui.note" "a note, and the sign of a passage that has one"
    Match "ui.match" "letters that match what is typed"
    Quote "quote" "a quotation"
    QuoteMixed "quote.mixed" "quoted words inside the reporter's own sentence"
    QuoteFocus "quote.focus" "the quotation in focus"
    Statement "statement" "reported speech without quotation marks"
    StatementFocus "statement.focus" "the statement in focus"
    Speaker "speaker" "the name of a speaker"
    Term "term" "a term whose category has no known colour"
    TermFocus "term.focus" "the term in focus"
    TermWeak "term.weak" "a word that is only sometimes a term"
    TermRed "term.red" "a term of a category whose colour is red"
    TermOrange "term.orange" "a term of a category whose colour is orange"
    TermYellow "term.yellow" "a term of a category whose colour is yellow"
    TermGreen "term.green" "a term of a category whose colour is green"
    TermCyan "term.cyan" "a term of a category whose colour is cyan"
    TermBlue "term.blue" "a term of a category whose colour is blue"
    TermMagenta "term.magenta" "a term of a category whose colour is magenta"
    TermGrey "term.grey" "a term of a category whose colour is grey"
    Search "search" "a match of the search"
    SearchCurrent "search.current" "the match in focus"
    DiffChanged "diff.changed" "words that differ between corresponding passages"
    DiffTold "diff.told" "words that one report quotes and the other tells, or quotes at another length"
    DiffShared "diff.shared" "words that corresponding passages share"
    DiffFocus "diff.focus" "the difference in focus"
    SideA "side.a" "the letter and the name of the left report"
    SideB "side.b" "the letter and the name of the right report"
    Gutter "gutter" "the column between two reports"
    GutterSame "gutter.same" "the sign of passages that say the same"
    GutterLikely "gutter.likely" "the sign of passages that probably say the same"
    GutterRelated "gutter.related" "the sign of passages about the same thing"
    GutterKind "gutter.kind" "the kind of a difference between two passages"
    Only "only" "a passage in one report only"
    Strip "strip" "a report drawn as a strip, a cell a passage"
    StripSame "strip.same" "a cell whose passage the other report has"
    StripLikely "strip.likely" "a cell whose passage the other report probably has"
    StripRelated "strip.related" "a cell whose passage is related to one in the other report"
    StripOnly "strip.only" "a cell whose passage is in one report only"
    StripHere "strip.here" "the cells that are on the screen"
    Grid "grid" "a cell of the coverage grid"
    GridHeader "grid.header" "the names over the columns of the grid"
    GridQuoted "grid.quoted" "quoted in full"
    GridCut "grid.cut" "quoted in part"
    GridReworded "grid.reworded" "quoted in other words"
    GridParaphrased "grid.paraphrased" "paraphrased without quotation marks"
    GridAbsent "grid.absent" "not mentioned"
    GridFocus "grid.focus" "the cell in focus"
}

impl Scope {
    /// Returns the scope called `name`.
    pub fn named(name: &str) -> Option<Scope> {
        Scope::ALL
            .iter()
            .copied()
            .find(|scope| scope.name() == name)
    }

    /// Returns the scope that it inherits its style from.
    pub fn parent(self) -> Option<Scope> {
        let mut name = self.name();
        while let Some((before, _)) = name.rsplit_once('.') {
            if let Some(scope) = Scope::named(before) {
                return Some(scope);
            }
            name = before;
        }
        None
    }

    /// Returns the scope of the terms of a category with this colour, as the lexicon writes it.
    pub fn term(color: &str) -> Scope {
        Scope::named(&format!("term.{color}")).unwrap_or(Scope::Term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_falls_back_to_the_name_before_its_last_dot() {
        assert_eq!(Scope::QuoteFocus.parent(), Some(Scope::Quote));
        assert_eq!(Scope::StatusKey.parent(), Some(Scope::Status));
        assert_eq!(Scope::Derived.parent(), Some(Scope::Ui), "no ui.label");
        assert_eq!(Scope::Only.parent(), None);
    }

    #[test]
    fn every_scope_is_found_by_its_name_and_at_its_number() {
        for (place, scope) in Scope::ALL.iter().enumerate() {
            assert_eq!(Scope::named(scope.name()), Some(*scope));
            assert_eq!(*scope as usize, place);
        }
    }
}
