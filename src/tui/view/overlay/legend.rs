//! The legend: a sample of each mark and sign with its meaning.

use crate::annotate::term::Lexicon;
use crate::compare::PairTier;
use crate::compare::coverage::CoverageKind;
use crate::tui::canvas::{columns, cut};
use crate::tui::marks::{coverage_sign, tier_sign};
use crate::tui::theme::Scope;

use super::{PageLine, blanks, column_line, line};

/// A sample, its scope, and its meaning.
type Sample = (&'static str, Scope, &'static str);

macro_rules! samples {
    ($($words:literal $scope:ident $says:literal)+) => {
        &[$(($words, Scope::$scope, $says)),+]
    };
}

const IN_TEXT: &[Sample] = samples! {
    "“a quotation”" Quote "quoted words"
    "a “fragment”" QuoteMixed "quoted words inside the reporter's sentence"
    "a statement" Statement "reported speech without quotation marks"
    "a match" Search "found by the search"
};

const UNREAD: &[Sample] = samples! { "•" Unread "unread" };

/// The meaning of the letters of the two sides.
const SIDES: &str = "sides of a comparison: the last two marked";

const IN_LIST: &[Sample] = samples! {
    "★" Star "starred"
    "A label" Derived "no headline: taken from the text"
};

const IN_COMPARISON: &[Sample] = samples! {
    "type" DiffChanged "words that differ between matching passages"
    "tariffs" DiffShared "words that related passages share"
    "only" Only "in one report only"
};

/// Returns the lines of the page.
pub(super) fn lines(lexicon: &Lexicon, width: u16) -> Vec<PageLine> {
    let sample = |&(words, scope, says): &Sample| sample_line(words, scope, says, width);
    let samples = |table: &[Sample]| table.iter().map(sample).collect::<Vec<PageLine>>();
    let terms = lexicon.categories().iter().map(|category| {
        let says = format!("{} lexicon", category.lexicon);
        let scope = Scope::term(category.color.name());
        sample_line(&category.label, scope, &says, width)
    });
    let sides = vec![
        ("A".to_owned(), Scope::SideA),
        blanks(2),
        ("B".to_owned(), Scope::SideB),
        blanks(22),
        (SIDES.to_owned(), Scope::Text),
    ];
    let tiers = PairTier::ALL.into_iter().map(|tier| {
        let (sign, scope) = tier_sign(tier);
        sample_line(sign, scope, tier.meaning(), width)
    });
    let coverage = CoverageKind::ALL.into_iter().map(|kind| {
        let (sign, scope) = coverage_sign(kind);
        let says = format!("{}: {}", kind.name(), kind.doc());
        sample_line(sign, scope, &says, width)
    });
    let in_list = [samples(UNREAD), vec![sides], samples(IN_LIST)].concat();
    let in_comparison = samples(IN_COMPARISON).into_iter().chain(tiers).collect();
    let sections = [
        ("Marks in the text", samples(IN_TEXT)),
        ("Terms, by category", terms.collect()),
        ("In the list", in_list),
        ("In a comparison", in_comparison),
        ("In the grid", coverage.collect()),
    ];
    let mut lines = Vec::new();
    for (heading, mut samples) in sections {
        if !lines.is_empty() {
            lines.push(Vec::new());
        }
        lines.push(line(heading, Scope::Headline));
        lines.append(&mut samples);
    }
    lines
}

fn sample_line(words: &str, scope: Scope, says: &str, width: u16) -> PageLine {
    let wide: u16 = if width < 60 { 14 } else { 26 };
    let used = wide.max(columns(words) + 1);
    let mut line = column_line(words, scope, used);
    line.push((cut(says, width.saturating_sub(used)), Scope::Text));
    line
}
