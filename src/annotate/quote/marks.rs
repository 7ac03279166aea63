//! From the quotation marks of one paragraph to the spans between them, with what is nested and what was never closed.
//!
//! Double marks (`"`, curly, `''`, guillemets) are paired first, in one pass. Single ones come second, because the same sign is
//! also an apostrophe (`don't`, `'90s`, `the Joneses'`): an opening one is a quotation only if a fitting closing one follows.
//! Nothing outside the paragraph is looked at, so no other paragraph can change what is found here.

mod attributed;
mod singles;

use crate::text::Span;
use singles::{adopt, pair_singles, single_turn};

/// A stretch between marks, both marks in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MarkedSpan {
    /// From the opening mark to the closing one.
    pub(super) span: Span,
    /// Stretches inside it, in order.
    pub(super) nested: Vec<Span>,
    /// Whether a closing mark was found.
    pub(super) closed: bool,
}

/// The sign on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glyph {
    /// `"`, `''`, or a double mark that looks alike on both sides.
    Straight,
    /// `“`, two backticks.
    Left,
    /// `”`.
    Right,
    /// `„`, closed by `“` or `”`.
    Low,
    /// `«` or `‹`.
    AngleLeft,
    /// `»` or `›`.
    AngleRight,
    /// `'`.
    Apostrophe,
    /// A single backtick.
    Tick,
    /// `‘`.
    SingleLeft,
    /// `’`.
    SingleRight,
    /// `‚`, closed by `‘` or `’`.
    SingleLow,
}

impl Glyph {
    fn is_double(self) -> bool {
        matches!(
            self,
            Glyph::Straight
                | Glyph::Left
                | Glyph::Right
                | Glyph::Low
                | Glyph::AngleLeft
                | Glyph::AngleRight
        )
    }
}

/// One sign with its place and its neighbours.
#[derive(Clone, Copy, Debug)]
struct Mark {
    glyph: Glyph,
    at: usize,
    end: usize,
    before: char,
    after: char,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    Open,
    Close,
}

/// Returns the stretches between marks of `paragraph`, in order; places are counted from `base`.
pub(super) fn find_marked(paragraph: &str, base: usize) -> Vec<MarkedSpan> {
    let out = &mut Vec::new();
    let first = out.len();
    let mut pairing = Pairing::new(paragraph, out);
    let mut at = 0;
    while let Some(mark) = next_mark(paragraph, at) {
        at = mark.end;
        pairing.take(mark);
    }
    pairing.finish(first);
    if base > 0 {
        for marked in out.iter_mut().skip(first) {
            marked.span = marked.span.shifted(base);
            for span in &mut marked.nested {
                *span = span.shifted(base);
            }
        }
    }
    std::mem::take(out)
}

/// Whether a byte can begin a quotation mark.
const STARTS: [bool; 256] = {
    let mut starts = [false; 256];
    starts[b'"' as usize] = true;
    starts[b'\'' as usize] = true;
    starts[b'`' as usize] = true;
    starts[0xC2] = true;
    starts[0xE2] = true;
    starts
};

fn next_mark(text: &str, from: usize) -> Option<Mark> {
    let bytes = text.as_bytes();
    let mut at = from;
    loop {
        at += bytes
            .get(at..)?
            .iter()
            .position(|b| STARTS[usize::from(*b)])?;
        let rest = bytes.get(at..)?;
        if let Some((glyph, len)) = glyph(text, at, rest) {
            let end = at + len;
            return Some(Mark {
                glyph,
                at,
                end,
                before: seen(text.get(..at)?.chars().rev()),
                after: seen(text.get(end..)?.chars()),
            });
        }
        at += 1;
    }
}

/// The next character that shows; the end of the paragraph looks like a blank.
fn seen(mut chars: impl Iterator<Item = char>) -> char {
    let hidden = |c: &char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    chars.by_ref().take(8).find(|c| !hidden(c)).unwrap_or(' ')
}

fn glyph(text: &str, at: usize, rest: &[u8]) -> Option<(Glyph, usize)> {
    Some(match rest {
        [b'"', ..] => (Glyph::Straight, 1),
        [b'\'', ..] => apostrophes(text, at, rest),
        [b'`', b'`', ..] => (Glyph::Left, 2),
        [b'`', ..] => (Glyph::Tick, 1),
        [0xC2, 0xAB, ..] => (Glyph::AngleLeft, 2),
        [0xC2, 0xBB, ..] => (Glyph::AngleRight, 2),
        [0xE2, 0x80, third, ..] => match third {
            0x98 => (Glyph::SingleLeft, 3),
            0x99 => (Glyph::SingleRight, 3),
            0x9A => (Glyph::SingleLow, 3),
            0x9C => (Glyph::Left, 3),
            0x9D => (Glyph::Right, 3),
            0x9E => (Glyph::Low, 3),
            0x9F => (Glyph::Straight, 3),
            0xB9 => (Glyph::AngleLeft, 3),
            0xBA => (Glyph::AngleRight, 3),
            _ => return None,
        },
        _ => return None,
    })
}

/// Two apostrophes are a double mark; of three, the single one stands on the side of the words.
fn apostrophes(text: &str, at: usize, rest: &[u8]) -> (Glyph, usize) {
    let run = rest.iter().take(4).take_while(|b| **b == b'\'').count();
    let after_words = !text
        .get(..at)
        .unwrap_or_default()
        .ends_with(|c: char| c.is_whitespace() || c == '(');
    match run {
        3 if after_words && at > 0 => (Glyph::Apostrophe, 1),
        2.. => (Glyph::Straight, 2),
        _ => (Glyph::Apostrophe, 1),
    }
}

/// A double mark that waits for its end.
struct Waiting {
    glyph: Glyph,
    at: usize,
    nested: Vec<Span>,
}

struct Pairing<'a> {
    text: &'a str,
    out: &'a mut Vec<MarkedSpan>,
    waiting: Vec<Waiting>,
    curly_even: Option<bool>,
    angles_even: Option<bool>,
    singles: Vec<(Mark, Turn)>,
}

impl<'a> Pairing<'a> {
    fn new(text: &'a str, out: &'a mut Vec<MarkedSpan>) -> Self {
        Self {
            text,
            out,
            waiting: Vec::new(),
            curly_even: None,
            angles_even: None,
            singles: Vec::new(),
        }
    }

    fn take(&mut self, mark: Mark) {
        if !mark.glyph.is_double() {
            if let Some(turn) = single_turn(self.text, mark) {
                self.singles.push((mark, turn));
            }
            return;
        }
        match self.double_turn(mark) {
            Some(Turn::Open) => self.open(mark),
            Some(Turn::Close) => self.close(mark),
            None => {}
        }
    }

    fn open(&mut self, mark: Mark) {
        if !self.waiting.is_empty() && !self.nests(mark.glyph) {
            self.give_up(mark.at);
        }
        self.waiting.push(Waiting {
            glyph: mark.glyph,
            at: mark.at,
            nested: Vec::new(),
        });
    }

    /// Whether one directed mark inside another is nested, not a sign that the first was forgotten: the paragraph comes out even.
    fn nests(&mut self, glyph: Glyph) -> bool {
        let (known, marks) = match glyph {
            Glyph::Left => (&mut self.curly_even, ('“', '”')),
            Glyph::AngleLeft => (&mut self.angles_even, ('«', '»')),
            _ => return false,
        };
        *known.get_or_insert_with(|| comes_out_even(self.text, marks))
    }

    /// What waits was never closed: it ends before `end`.
    fn give_up(&mut self, end: usize) {
        let mut nested = Vec::new();
        let mut start = None;
        for waiting in self.waiting.drain(..) {
            match start {
                None => start = Some(waiting.at),
                Some(_) => nested.push(Span::new(waiting.at, end).trimmed(self.text)),
            }
            nested.extend(waiting.nested);
        }
        if let Some(start) = start {
            let whole = Span::new(start, end).trimmed(self.text);
            let span = Span::new(start, attributed::words_end(self.text, whole));
            nested.retain(|inner| inner.end <= span.end);
            self.out.push(MarkedSpan {
                span,
                nested,
                closed: false,
            });
        }
    }

    fn close(&mut self, mark: Mark) {
        let Some(waiting) = self.waiting.pop() else {
            return;
        };
        let span = Span::new(waiting.at, mark.end);
        match self.waiting.last_mut() {
            Some(parent) => {
                let mut inner = waiting.nested;
                // The longer list takes in the shorter one: deep nesting stays linear.
                if inner.len() > parent.nested.len() {
                    std::mem::swap(&mut inner, &mut parent.nested);
                }
                parent.nested.append(&mut inner);
                parent.nested.push(span);
            }
            None => self.out.push(MarkedSpan {
                span,
                nested: waiting.nested,
                closed: true,
            }),
        }
    }

    fn double_turn(&self, mark: Mark) -> Option<Turn> {
        let waiting = self.waiting.last().map(|waiting| waiting.glyph);
        let at_start = mark.before.is_whitespace();
        let word_follows = !mark.after.is_whitespace();
        let open_if = |yes: bool| Some(if yes { Turn::Open } else { Turn::Close });
        match (mark.glyph, waiting) {
            (Glyph::Left, Some(Glyph::Low)) => Some(Turn::Close),
            (Glyph::AngleLeft, Some(Glyph::AngleRight)) => Some(Turn::Close),
            (Glyph::Left | Glyph::Low | Glyph::AngleLeft, Some(_)) => open_if(
                at_start
                    || matches!(mark.before, '(' | '[' | '—' | '–' | '-')
                    || !ends_here(mark.after),
            ),
            (Glyph::Left | Glyph::Low | Glyph::AngleLeft, None) => Some(Turn::Open),
            (Glyph::Right | Glyph::AngleRight, waiting) => {
                open_if(waiting.is_none() && at_start && word_follows)
            }
            _ => self.straight_turn(mark),
        }
    }

    fn straight_turn(&self, mark: Mark) -> Option<Turn> {
        let open = !self.waiting.is_empty();
        let at_start = mark.before.is_whitespace();
        let word_follows = !mark.after.is_whitespace();
        let one_byte = mark.end - mark.at == 1;
        if one_byte && mark.before.is_ascii_digit() && is_measure(self.text, mark, open) {
            return None;
        }
        let closes = ends_here(mark.after) && !at_start;
        if may_open_after(mark.before) && word_follows && !(open && closes) {
            let opens = !open || at_start || matches!(mark.before, '(' | '[' | '—' | '–');
            return Some(if opens { Turn::Open } else { Turn::Close });
        }
        Some(if closes || open {
            Turn::Close
        } else {
            Turn::Open
        })
    }

    fn finish(mut self, first: usize) {
        self.give_up(self.text.len());
        let doubles = self.out.len();
        pair_singles(self.text, &self.singles, first, self.out);
        if self.out.len() > doubles {
            adopt(first, self.out);
        }
        for marked in self.out.iter_mut().skip(first) {
            if marked.nested.len() > 1 {
                keep_nested(&mut marked.nested);
            }
        }
    }
}

/// Puts spans in order, outer ones first, and drops what crosses another.
fn keep_nested(spans: &mut Vec<Span>) {
    spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut around: Vec<Span> = Vec::new();
    spans.retain(|span| {
        while around.last().is_some_and(|outer| outer.end <= span.start) {
            around.pop();
        }
        let fits = around
            .last()
            .is_none_or(|outer| outer.contains(*span) && outer != span);
        if fits {
            around.push(*span);
        }
        fits
    });
}

fn comes_out_even(text: &str, (open, close): (char, char)) -> bool {
    let mut depth = 0usize;
    for c in text.chars() {
        if c == open {
            depth += 1;
        } else if c == close {
            match depth.checked_sub(1) {
                Some(less) => depth = less,
                None => return false,
            }
        }
    }
    depth == 0
}

fn may_open_after(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '(' | '['
                | '{'
                | '<'
                | '—'
                | '–'
                | '―'
                | '-'
                | '/'
                | '‘'
                | '\''
                | '“'
                | '"'
                | '`'
                | ','
                | ';'
                | ':'
        )
}

/// Whether `c`, after a mark, says that the mark closed something.
fn ends_here(c: char) -> bool {
    c.is_whitespace()
        || matches!(
            c,
            '.' | ','
                | ';'
                | ':'
                | '!'
                | '?'
                | ')'
                | ']'
                | '}'
                | '>'
                | '—'
                | '–'
                | '―'
                | '-'
                | '…'
                | '\''
                | '’'
                | '”'
                | '"'
                | '/'
        )
}

/// Whether a straight mark after a digit means inches: `6'2"`, `a 12" pipe`.
fn is_measure(text: &str, mark: Mark, open: bool) -> bool {
    let before = text.get(..mark.at).unwrap_or_default();
    let number =
        before.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.' || c == '/' || c == ' ');
    let feet = number
        .strip_suffix(['\'', '’', '′'])
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    let after = text.get(mark.end..).unwrap_or_default();
    let by = after.starts_with(" x ") || after.starts_with(" by ") || after.starts_with('-');
    feet || by || (!open && ends_here(mark.after))
}

#[cfg(test)]
mod tests;
