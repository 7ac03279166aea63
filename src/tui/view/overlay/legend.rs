//! The legend: an example of each mark and sign with its meaning, those of the view on the screen first.

use crate::annotate::term::{CategoryIx, Lexicon, LexiconTerm};
use crate::compare::DifferenceKind;
use crate::compare::coverage::CoverageKind;
use crate::text::wrap;
use crate::tui::canvas::{columns, cut};
use crate::tui::marks::coverage_sign;
use crate::tui::theme::Scope;
use crate::tui::view::ViewKind;

use super::{PageLine, blanks, column_line, line};

/// Columns of an example: on a narrow screen, and on a wide one.
const EXAMPLE: (u16, u16) = (14, 20);
/// From this width on an example has the wide column.
const WIDE_FROM: u16 = 60;
/// Fewest columns of a meaning.
const LEAST_MEANING: usize = 8;
/// Terms that are named of a category.
const NAMED_TERMS: usize = 3;

/// An example, its scope, and its meaning.
type Example = (&'static str, Scope, &'static str);

macro_rules! examples {
    ($($words:literal $scope:ident $says:literal)+) => {
        &[$(($words, Scope::$scope, $says)),+]
    };
}

const IN_TEXT: &[Example] = examples! {
    "“a quotation”" Quote "quoted words"
    "a “fragment”" QuoteMixed "quoted words inside the reporter's sentence"
    "he said it rose" Statement "reported speech without quotation marks"
    "Carney" Speaker "in the margin: who is quoted"
    "Carney?" Speaker "the report names this speaker near the words, not with them"
    "a match" Search "found by the search"
    "†" Note "before a line: a passage with a note of yours begins here"
    "selected" Selection "selected sentences"
    "this one" QuoteFocus "the mark that ]q, ]t or ]s went to"
};

const IN_LIST: &[Example] = examples! {
    "The Gazette" Outlet "the outlet of a report"
    "•" Unread "unread"
    "★" Star "starred"
    "▌" Selected "the selected report; thin while the text has the keys"
    "+" Mark "marked, but neither A nor B"
    "A label" Derived "no headline: taken from the text"
    "matched" Match "letters that match the filter"
    "sort date ↓" Title "sorted by date, the newest first; ↑ reversed"
};

const SIDES: &[Example] = examples! {
    "A" SideA "the left report of a comparison: the selected or first marked"
    "B" SideB "the right report"
};

const IN_COMPARISON: &[Example] = examples! {
    "type" DiffChanged "words that differ; each is in the list of differences"
    "words told" DiffTold "told here, quoted in the other report or at another length"
    "=" GutterSame "nearly the same words"
    "~" GutterLikely "the same matter in other words"
    "·" GutterRelated "touches on it"
    "◆" DiffChanged "differs (in a narrow window)"
    "┃" SideA "only this report has it"
    "▌" Selected "in focus"
    "▇ ▅▃ ▁" StripSame "a strip: sentences that the other report has, has in part, has not"
    "▒" DiffChanged "a strip: a sentence with a difference"
    "▇" StripHere "a strip: on the screen now"
    "tariffs" DiffShared "words that both passages have, underlined on request"
    "↓ ↑" Dim "its partner is that many rows down, or up"
};

const IN_QUOTES: &[Example] = examples! {
    "Carney" Speaker "who is quoted; a question mark: not certain"
    "type" DiffChanged "words that other versions of the quotation do not have"
    "smoke" Match "letters that match what is typed"
};

/// A section of the legend.
struct LegendSection {
    heading: String,
    /// The views that it is about.
    views: &'static [ViewKind],
    lines: Vec<PageLine>,
}

/// Returns the lines of the page, what `view` shows first.
pub(super) fn lines(view: ViewKind, lexicon: &Lexicon, width: u16) -> Vec<PageLine> {
    let mut sections = sections(lexicon, width);
    // Stable, so that the other sections keep their order.
    sections.sort_by_key(|section| !section.views.contains(&view));
    let mut lines = Vec::new();
    for mut section in sections {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        lines.push(line(cut(&section.heading, width), Scope::Headline));
        lines.append(&mut section.lines);
    }
    lines
}

fn sections(lexicon: &Lexicon, width: u16) -> Vec<LegendSection> {
    let example = |&(words, scope, says): &Example| example_lines(words, scope, says, width);
    let examples = |table: &[Example]| table.iter().flat_map(example).collect::<Vec<PageLine>>();
    let kinds = DifferenceKind::ALL.into_iter().flat_map(|kind| {
        let says = format!("between two passages: {}", kind.meaning());
        example_lines(kind.short_name(), Scope::GutterKind, &says, width)
    });
    let kinds = kinds.collect();
    let in_comparison = [examples(SIDES), examples(IN_COMPARISON), kinds].concat();
    let coverage = CoverageKind::ALL.into_iter().flat_map(|kind| {
        let (sign, scope) = coverage_sign(kind);
        let says = format!("{}: {}", kind.name(), kind.doc());
        example_lines(sign, scope, &says, width)
    });
    let section = |heading: &str, views, lines| LegendSection {
        heading: heading.to_owned(),
        views,
        lines,
    };
    let terms = section(
        &terms_heading(lexicon),
        &[ViewKind::Browse],
        term_lines(lexicon, width),
    );
    let in_list = [examples(IN_LIST), examples(SIDES)].concat();
    vec![
        section("In the list", &[ViewKind::Browse], in_list),
        section(
            "Marks in the text",
            &[ViewKind::Browse, ViewKind::Notes],
            examples(IN_TEXT),
        ),
        terms,
        section("In a comparison", &[ViewKind::Compare], in_comparison),
        section(
            "In the quotations",
            &[ViewKind::Quotes],
            examples(IN_QUOTES),
        ),
        section("In the grid", &[ViewKind::Coverage], coverage.collect()),
    ]
}

/// Returns the heading of the terms, with the names of the lexicons.
fn terms_heading(lexicon: &Lexicon) -> String {
    let mut names: Vec<&str> = Vec::new();
    for category in lexicon.categories() {
        if !names.contains(&category.lexicon.as_str()) {
            names.push(&category.lexicon);
        }
    }
    format!("Terms of the lexicon {}", names.join(", "))
}

/// Returns a line for each category of terms, with some of its terms.
fn term_lines(lexicon: &Lexicon, width: u16) -> Vec<PageLine> {
    let categories = lexicon.categories().iter().enumerate();
    let lines = categories.flat_map(|(number, category)| {
        let terms = lexicon.terms().iter();
        let own = terms.filter(|term| term.category == CategoryIx(number));
        let names: Vec<&str> = own.filter_map(term_name).take(NAMED_TERMS).collect();
        let says = format!("as in {}", names.join(", "));
        let scope = Scope::term(category.color.name());
        example_lines(&category.label, scope, &says, width)
    });
    lines.collect()
}

fn term_name(term: &LexiconTerm) -> Option<&str> {
    term.canon
        .as_deref()
        .or(term.forms.first().map(String::as_str))
}

/// Returns an example and its meaning, wrapped beside it.
fn example_lines(words: &str, scope: Scope, says: &str, width: u16) -> Vec<PageLine> {
    let wide = if width < WIDE_FROM {
        EXAMPLE.0
    } else {
        EXAMPLE.1
    };
    let used = wide.max(columns(words) + 1);
    let room = usize::from(width.saturating_sub(used)).max(LEAST_MEANING);
    let rows = wrap::wrap(says, room).into_iter().enumerate();
    let lines = rows.map(|(number, row)| {
        let mut line = match number {
            0 => column_line(words, scope, used),
            _ => vec![blanks(used)],
        };
        line.push((row.of(says).to_owned(), Scope::Text));
        line
    });
    lines.collect()
}
