//! Single marks: which apostrophes open and close something, and which of those belong together.

use super::{Glyph, Mark, MarkedSpan, Turn};
use crate::text::Span;

/// How far ahead, in single marks, a closing single mark is looked for; keeps a page of apostrophes linear.
const LOOK_AHEAD: usize = 48;

pub(super) fn single_turn(text: &str, mark: Mark) -> Option<Turn> {
    let at_start = mark.before.is_whitespace()
        || matches!(
            mark.before,
            '(' | '[' | '“' | '"' | '—' | '–' | '-' | ':' | '«' | '/' | '„'
        );
    let word_follows = !mark.after.is_whitespace();
    let opens = match mark.glyph {
        Glyph::SingleLeft => word_follows && (at_start || !mark.before.is_alphanumeric()),
        Glyph::SingleLow => word_follows,
        Glyph::Apostrophe | Glyph::Tick => at_start && word_follows && !is_elision(text, mark.end),
        _ => false,
    };
    if opens && !(mark.glyph == Glyph::SingleLeft && is_decade(text, mark.end)) {
        return Some(Turn::Open);
    }
    let closes = mark.glyph != Glyph::Tick
        && !mark.before.is_whitespace()
        && (mark.after.is_whitespace()
            || matches!(
                mark.after,
                '.' | ','
                    | ';'
                    | ':'
                    | '!'
                    | '?'
                    | ')'
                    | ']'
                    | '—'
                    | '–'
                    | '-'
                    | '”'
                    | '"'
                    | '…'
                    | '\''
                    | '’'
                    | '»'
                    | '/'
            ));
    closes.then_some(Turn::Close)
}

/// Words that are written with an apostrophe in front.
const ELISIONS: [&str; 16] = [
    "em", "til", "till", "tis", "twas", "cause", "bout", "n", "round", "cuz", "kay", "neath",
    "gainst", "twill", "nuff", "cos",
];

fn is_elision(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let word = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    is_decade(text, at)
        || ELISIONS
            .iter()
            .any(|elision| word.eq_ignore_ascii_case(elision))
}

/// `'90s`, `'16`: two digits, perhaps an s.
fn is_decade(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or_default();
    let word = rest
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let digits = word.strip_suffix('s').unwrap_or(word);
    digits.len() == 2 && digits.bytes().all(|b| b.is_ascii_digit())
}

/// Appends the stretches between single marks, or puts them into the double ones they stand in.
pub(super) fn pair_singles(
    text: &str,
    singles: &[(Mark, Turn)],
    first: usize,
    out: &mut Vec<MarkedSpan>,
) {
    let doubles = out.len();
    let mut around = first;
    let mut used = 0;
    let mut region_of = Vec::with_capacity(singles.len());
    for (mark, _) in singles {
        while out
            .get(around)
            .is_some_and(|marked| marked.span.end <= mark.at)
            && around < doubles
        {
            around += 1;
        }
        let inside = out
            .get(around)
            .filter(|marked| around < doubles && marked.span.start < mark.at);
        region_of.push(inside.map(|_| around));
    }
    for (index, (mark, turn)) in singles.iter().enumerate() {
        let region = region_of.get(index).copied().flatten();
        if *turn == Turn::Close || mark.at < used {
            continue;
        }
        let closing = closing_single(text, singles, &region_of, index);
        let span = match closing {
            Some(end) => Span::new(mark.at, end),
            None if region.is_none() && opens_paragraph(text, *mark) => {
                Span::new(mark.at, text.trim_end().len())
            }
            None => continue,
        };
        used = span.end;
        match region.and_then(|region| out.get_mut(region)) {
            Some(parent) => parent.nested.push(span),
            None => out.push(MarkedSpan {
                span,
                nested: Vec::new(),
                closed: closing.is_some(),
            }),
        }
    }
}

/// A quotation in the British style that goes on in the next paragraph: its mark is the first thing of this one.
fn opens_paragraph(text: &str, mark: Mark) -> bool {
    matches!(mark.glyph, Glyph::SingleLeft | Glyph::Apostrophe)
        && text.get(..mark.at).unwrap_or_default().trim().is_empty()
        && !is_elision(text, mark.end)
        && text.get(mark.end..).unwrap_or_default().contains(' ')
}

/// Returns the end of the mark that closes the single mark `index`: the first that is no plural's apostrophe, else the last that may be one.
fn closing_single(
    text: &str,
    singles: &[(Mark, Turn)],
    region_of: &[Option<usize>],
    index: usize,
) -> Option<usize> {
    let (open, _) = singles.get(index)?;
    let region = region_of.get(index).copied()?;
    let mut best = None;
    let ahead = singles
        .iter()
        .zip(region_of)
        .skip(index + 1)
        .take(LOOK_AHEAD);
    for ((mark, turn), other_region) in ahead {
        let low = open.glyph == Glyph::SingleLow && mark.glyph == Glyph::SingleLeft;
        if *turn == Turn::Open && !low {
            if best.is_some() || (mark.glyph == open.glyph && open.glyph == Glyph::SingleLeft) {
                break;
            }
            continue;
        }
        if region.is_some() && *other_region != region {
            break;
        }
        if *other_region != region || mark.at <= open.end {
            continue;
        }
        if open.glyph == Glyph::Apostrophe && mark.glyph == Glyph::SingleRight {
            continue;
        }
        best = Some(mark.end);
        if !is_plural_apostrophe(text, *mark) {
            break;
        }
    }
    best
}

/// `the Joneses' house`: after an s, before a blank and a small letter.
fn is_plural_apostrophe(text: &str, mark: Mark) -> bool {
    let mut after = text.get(mark.end..).unwrap_or_default().chars();
    matches!(mark.before, 's' | 'z' | 'x')
        && after.next().is_some_and(char::is_whitespace)
        && after
            .find(|c| !c.is_whitespace())
            .is_some_and(char::is_lowercase)
}

/// Puts what stands inside another stretch among that one's children, so that what is left is in order and apart.
pub(super) fn adopt(first: usize, out: &mut Vec<MarkedSpan>) {
    let mut found = out.split_off(first);
    found.sort_by_key(|marked| (marked.span.start, std::cmp::Reverse(marked.span.end)));
    for marked in found {
        match out.get_mut(first..).and_then(|kept| kept.last_mut()) {
            Some(parent) if parent.span.contains(marked.span) => {
                parent.nested.push(marked.span);
                parent.nested.extend(marked.nested);
            }
            _ => out.push(marked),
        }
    }
}
