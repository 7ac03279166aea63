//! Single marks: the apostrophes that open and close something, and those that belong together.

use super::{MarkTurn, MarkedSpan, QuoteMark, ends_here};
use crate::text::Span;

/// Single marks ahead in which a closing one is looked for; keeps a page of apostrophes linear.
const LOOK_AHEAD: usize = 48;

/// Words that are written with an apostrophe in front.
const ELISIONS: [&str; 16] = [
    "em", "til", "till", "tis", "twas", "cause", "bout", "n", "round", "cuz", "kay", "neath",
    "gainst", "twill", "nuff", "cos",
];

/// Returns whether a single mark may open or close something; `None` for an apostrophe.
pub(super) fn single_turn(text: &str, mark: QuoteMark) -> Option<MarkTurn> {
    let at_start = mark.is_at_start() || "([“\"—–-:«/„".contains(mark.before);
    let opens = match mark.sign {
        '‘' => {
            (at_start || !mark.before.is_alphanumeric()) && !is_decade(word_at(text, mark.end))
        }
        '‚' => true,
        '\'' | '`' => at_start && !is_elision(word_at(text, mark.end)),
        _ => false,
    };
    if opens && mark.is_before_word() {
        return Some(MarkTurn::Open);
    }
    let closes = mark.sign != '`' && !mark.is_at_start() && ends_here(mark.after);
    closes.then_some(MarkTurn::Close)
}

/// Returns the letters and digits from `at` on.
fn word_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or_default();
    let end = rest.find(|c: char| !c.is_alphanumeric());
    rest.get(..end.unwrap_or(rest.len())).unwrap_or_default()
}

fn is_elision(word: &str) -> bool {
    is_decade(word)
        || ELISIONS
            .iter()
            .any(|elision| word.eq_ignore_ascii_case(elision))
}

/// Whether the word is two digits, perhaps with an s: `'90s`, `'16`.
fn is_decade(word: &str) -> bool {
    let digits = word.strip_suffix('s').unwrap_or(word);
    digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// Returns the stretches between single marks; those in one of `doubles`, which are in order, are put into that one.
pub(super) fn pair_singles(
    text: &str,
    singles: &[(QuoteMark, MarkTurn)],
    doubles: &mut [MarkedSpan],
) -> Vec<MarkedSpan> {
    let regions = regions_of(singles, doubles);
    let mut found = Vec::new();
    let mut used = 0;
    for (index, ((mark, turn), region)) in singles.iter().zip(&regions).enumerate() {
        if *turn == MarkTurn::Close || mark.at < used {
            continue;
        }
        let closing = closing_single(text, singles, &regions, index);
        let end = match closing {
            Some(end) => end,
            None if region.is_none() && opens_paragraph(text, *mark) => text.trim_end().len(),
            None => continue,
        };
        used = end;
        let span = Span::new(mark.at, end);
        match region.and_then(|region| doubles.get_mut(region)) {
            Some(parent) => parent.nested.push(span),
            None => found.push(MarkedSpan {
                span,
                nested: Vec::new(),
                closed: closing.is_some(),
            }),
        }
    }
    found
}

/// Returns the number of the double stretch that each single mark stands in.
fn regions_of(singles: &[(QuoteMark, MarkTurn)], doubles: &[MarkedSpan]) -> Vec<Option<usize>> {
    let region = |(mark, _): &(QuoteMark, MarkTurn)| {
        let region = doubles.partition_point(|double| double.span.end <= mark.at);
        let double = doubles.get(region)?;
        (double.span.start < mark.at).then_some(region)
    };
    singles.iter().map(region).collect()
}

/// Whether the mark is the first thing of the paragraph: a quotation in the British style that goes on in the next one.
fn opens_paragraph(text: &str, mark: QuoteMark) -> bool {
    matches!(mark.sign, '‘' | '\'')
        && text.get(..mark.at).unwrap_or_default().trim().is_empty()
        && !is_elision(word_at(text, mark.end))
        && text.get(mark.end..).unwrap_or_default().contains(' ')
}

/// Returns the end of the mark that closes the single mark `index`: the first that is no plural's apostrophe, else the last that may
/// be one.
fn closing_single(
    text: &str,
    singles: &[(QuoteMark, MarkTurn)],
    regions: &[Option<usize>],
    index: usize,
) -> Option<usize> {
    let (open, _) = singles.get(index)?;
    let region = regions.get(index).copied()?;
    let mut best = None;
    let later = singles.iter().zip(regions).skip(index + 1);
    for ((mark, turn), other_region) in later.take(LOOK_AHEAD) {
        let low = open.sign == '‚' && mark.sign == '‘';
        if *turn == MarkTurn::Open && !low {
            // A second opening mark of the same kind says that the first was an apostrophe.
            if best.is_some() || (mark.sign == '‘' && open.sign == '‘') {
                break;
            }
            continue;
        }
        if *other_region != region {
            if region.is_some() {
                break;
            }
            continue;
        }
        if mark.at <= open.end || (open.sign == '\'' && mark.sign == '’') {
            continue;
        }
        best = Some(mark.end);
        if !is_plural_apostrophe(text, *mark) {
            break;
        }
    }
    best
}

/// Whether the mark stands after an s, before a blank and a small letter: `the Joneses' house`.
fn is_plural_apostrophe(text: &str, mark: QuoteMark) -> bool {
    let mut after = text.get(mark.end..).unwrap_or_default().chars();
    matches!(mark.before, 's' | 'z' | 'x')
        && after.next().is_some_and(char::is_whitespace)
        && after
            .find(|c| !c.is_whitespace())
            .is_some_and(char::is_lowercase)
}

/// Puts stretches in order, and those inside another one among that one's nested ones.
pub(super) fn nest_contained(mut found: Vec<MarkedSpan>) -> Vec<MarkedSpan> {
    found.sort_by_key(|marked| (marked.span.start, std::cmp::Reverse(marked.span.end)));
    let mut kept: Vec<MarkedSpan> = Vec::new();
    for marked in found {
        match kept.last_mut() {
            Some(parent) if parent.span.contains(marked.span) => {
                parent.nested.push(marked.span);
                parent.nested.extend(marked.nested);
            }
            _ => kept.push(marked),
        }
    }
    kept
}
