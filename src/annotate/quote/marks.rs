//! From the quotation marks of one paragraph to the stretches between them, with those nested inside and those never closed.
//!
//! Double marks (`"`, curly, `''`, guillemets) are paired first, in one pass. Single ones come second, because the same sign is
//! also an apostrophe (`don't`, `'90s`, `the Joneses'`): an opening one is a quotation only if a fitting closing one follows.
//! Nothing outside the paragraph is looked at, so no other paragraph can change what is found here.

mod attributed;
mod singles;

use crate::text::Span;
use crate::text::tokens::char_at;
use singles::{nest_contained, pair_singles, single_turn};

/// A stretch between marks, both marks in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct MarkedSpan {
    /// The words from the opening mark to the closing one.
    pub(super) span: Span,
    /// Stretches inside it, in order.
    pub(super) nested: Vec<Span>,
    /// Whether a closing mark was found.
    pub(super) closed: bool,
}

/// One quotation mark with its place and its neighbours.
#[derive(Clone, Copy, Debug)]
struct QuoteMark {
    /// The character, or the one that means the same: `"` for two apostrophes, `“` for two backticks, `«` for `‹`.
    sign: char,
    at: usize,
    end: usize,
    before: char,
    after: char,
}

impl QuoteMark {
    fn is_double(&self) -> bool {
        "\"“”„«»".contains(self.sign)
    }

    /// Whether white space or nothing stands before it.
    fn is_at_start(&self) -> bool {
        self.before.is_whitespace()
    }

    fn is_before_word(&self) -> bool {
        !self.after.is_whitespace()
    }
}

/// The part that a mark plays: opening or closing a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum MarkTurn {
    Open,
    Close,
}

impl MarkTurn {
    fn open_if(opens: bool) -> Self {
        if opens { Self::Open } else { Self::Close }
    }
}

/// Returns the stretches between marks of `paragraph`, in order; places are counted from `base`.
pub(super) fn find_marked(paragraph: &str, base: usize) -> Vec<MarkedSpan> {
    let mut pairing = MarkPairing {
        text: paragraph,
        ..MarkPairing::default()
    };
    let mut at = 0;
    while let Some(mark) = next_mark(paragraph, at) {
        at = mark.end;
        pairing.add(mark);
    }
    let mut found = pairing.finish();
    for marked in &mut found {
        drop_crossing(&mut marked.nested);
        for span in marked.nested.iter_mut().chain([&mut marked.span]) {
            *span = span.shifted(base);
        }
    }
    found
}

fn next_mark(text: &str, from: usize) -> Option<QuoteMark> {
    let may_be_mark = |byte: &u8| matches!(byte, b'"' | b'\'' | b'`') || !byte.is_ascii();
    let mut at = from;
    loop {
        // Most of a report is ASCII letters, which need no decoding: it nearly halves the time that marks take.
        at += text.as_bytes().get(at..)?.iter().position(may_be_mark)?;
        if let Some((sign, len)) = sign_at(text, at) {
            let end = at + len;
            return Some(QuoteMark {
                sign,
                at,
                end,
                before: first_visible(text.get(..at)?.chars().rev()),
                after: first_visible(text.get(end..)?.chars()),
            });
        }
        at += char_at(text, at)?.len_utf8();
    }
}

/// Returns the sign of a quotation mark, or of one that means the same.
fn sign_of(c: char) -> Option<char> {
    match c {
        '"' | '‟' => Some('"'),
        '«' | '‹' => Some('«'),
        '»' | '›' => Some('»'),
        '“' | '”' | '„' | '\'' | '`' | '‘' | '’' | '‚' => Some(c),
        _ => None,
    }
}

/// Returns the sign at `at` with its length in bytes.
fn sign_at(text: &str, at: usize) -> Option<(char, usize)> {
    let rest = text.get(at..)?;
    let c = rest.chars().next()?;
    match sign_of(c)? {
        '\'' => Some(apostrophes(text, at)),
        '`' if rest.starts_with("``") => Some(('“', 2)),
        sign => Some((sign, c.len_utf8())),
    }
}

/// Reads a run of apostrophes: two are a double mark; of three, the single one stands on the side of the words.
fn apostrophes(text: &str, at: usize) -> (char, usize) {
    let (before, rest) = text.split_at(at);
    let after_words = at > 0 && !before.ends_with(|c: char| c.is_whitespace() || c == '(');
    let run = rest.bytes().take(4).take_while(|byte| *byte == b'\'');
    match run.count() {
        3 if after_words => ('\'', 1),
        2.. => ('"', 2),
        _ => ('\'', 1),
    }
}

/// Returns the next character that shows; the end of the paragraph looks like a blank.
fn first_visible(chars: impl Iterator<Item = char>) -> char {
    let hidden = |c: &char| matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}');
    // A page of hidden characters must not be walked over once for each mark.
    chars.take(8).find(|c| !hidden(c)).unwrap_or(' ')
}

/// Pairs the marks of a paragraph, which are added in order.
#[derive(Default)]
struct MarkPairing<'a> {
    text: &'a str,
    found: Vec<MarkedSpan>,
    /// Double marks that wait for their end, outermost first.
    waiting: Vec<QuoteMark>,
    /// Stretches inside the outermost one that waits.
    nested: Vec<Span>,
    /// Single marks, which are paired at the end.
    singles: Vec<(QuoteMark, MarkTurn)>,
    /// Whether as many curly marks open as close, so that one inside another is nested; counted once.
    curly_even: Option<bool>,
    /// The same of guillemets.
    angles_even: Option<bool>,
}

impl MarkPairing<'_> {
    fn add(&mut self, mark: QuoteMark) {
        if !mark.is_double() {
            let turn = single_turn(self.text, mark);
            self.singles.extend(turn.map(|turn| (mark, turn)));
            return;
        }
        match self.double_turn(mark) {
            Some(MarkTurn::Open) => self.open(mark),
            Some(MarkTurn::Close) => self.close(mark),
            None => {}
        }
    }

    fn open(&mut self, mark: QuoteMark) {
        // Inside another one a mark that does not nest says that the closing mark was forgotten.
        if !self.waiting.is_empty() && !self.nests(mark.sign) {
            self.give_up(mark.at);
        }
        self.waiting.push(mark);
    }

    fn nests(&mut self, sign: char) -> bool {
        let (even, close) = match sign {
            '“' => (&mut self.curly_even, '”'),
            '«' => (&mut self.angles_even, '»'),
            _ => return false,
        };
        *even.get_or_insert_with(|| comes_out_even(self.text, sign, close))
    }

    /// Ends before `end` the stretches that wait and were never closed.
    fn give_up(&mut self, end: usize) {
        let Some((outer, inner)) = self.waiting.split_first() else {
            return;
        };
        let whole = Span::new(outer.at, end).trimmed(self.text);
        let span = Span::new(outer.at, attributed::words_end(self.text, whole));
        let mut nested = std::mem::take(&mut self.nested);
        nested.extend(
            inner
                .iter()
                .map(|mark| Span::new(mark.at, end).trimmed(self.text)),
        );
        nested.retain(|inner| inner.end <= span.end);
        self.waiting.clear();
        self.found.push(MarkedSpan {
            span,
            nested,
            closed: false,
        });
    }

    fn close(&mut self, mark: QuoteMark) {
        let Some(opening) = self.waiting.pop() else {
            return;
        };
        let span = Span::new(opening.at, mark.end);
        if self.waiting.is_empty() {
            self.found.push(MarkedSpan {
                span,
                nested: std::mem::take(&mut self.nested),
                closed: true,
            });
        } else {
            self.nested.push(span);
        }
    }

    fn double_turn(&self, mark: QuoteMark) -> Option<MarkTurn> {
        let waiting = self.waiting.last().map(|waiting| waiting.sign);
        let turn = match (mark.sign, waiting) {
            // „German“ and »German«
            ('“', Some('„')) | ('«', Some('»')) => MarkTurn::Close,
            ('“' | '„' | '«', Some(_)) => MarkTurn::open_if(
                mark.is_at_start() || "([—–-".contains(mark.before) || !ends_here(mark.after),
            ),
            ('“' | '„' | '«', None) => MarkTurn::Open,
            ('”' | '»', waiting) => {
                MarkTurn::open_if(waiting.is_none() && mark.is_at_start() && mark.is_before_word())
            }
            _ => return self.straight_turn(mark),
        };
        Some(turn)
    }

    /// Decides for a mark that looks alike on both sides; `None` where it means inches.
    fn straight_turn(&self, mark: QuoteMark) -> Option<MarkTurn> {
        let open = !self.waiting.is_empty();
        let one_byte = mark.end - mark.at == 1;
        if one_byte && mark.before.is_ascii_digit() && is_measure(self.text, mark, open) {
            return None;
        }
        let closes = ends_here(mark.after) && !mark.is_at_start();
        let may_open = may_open_after(mark.before) && mark.is_before_word() && !(open && closes);
        let opens = if may_open {
            !open || mark.is_at_start() || "([—–".contains(mark.before)
        } else {
            !closes && !open
        };
        Some(MarkTurn::open_if(opens))
    }

    fn finish(mut self) -> Vec<MarkedSpan> {
        self.give_up(self.text.len());
        let mut found = self.found;
        let singles = pair_singles(self.text, &self.singles, &mut found);
        found.extend(singles);
        nest_contained(found)
    }
}

/// Puts spans in order, outer ones first, and drops those that cross another.
fn drop_crossing(spans: &mut Vec<Span>) {
    spans.sort_unstable_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
    let mut around: Vec<Span> = Vec::new();
    spans.retain(|span| {
        while around.pop_if(|outer| outer.end <= span.start).is_some() {}
        let fits = around
            .last()
            .is_none_or(|outer| outer.contains(*span) && outer != span);
        if fits {
            around.push(*span);
        }
        fits
    });
}

/// Whether each `close` ends an `open` before it, and none is left.
fn comes_out_even(text: &str, open: char, close: char) -> bool {
    let depth = text.matches([open, close]).try_fold(0usize, |depth, mark| {
        if mark.starts_with(open) {
            Some(depth + 1)
        } else {
            depth.checked_sub(1)
        }
    });
    depth == Some(0)
}

/// Whether a mark after `c` may open something.
fn may_open_after(c: char) -> bool {
    c.is_whitespace() || "([{<—–―-/‘'“\"`,;:".contains(c)
}

/// Whether `c`, after a mark, says that the mark closed something.
fn ends_here(c: char) -> bool {
    c.is_whitespace() || ".,;:!?)]}>—–―-…'’”\"»/".contains(c)
}

/// Whether a straight mark after a digit means inches: `6'2"`, `a 12" pipe`.
fn is_measure(text: &str, mark: QuoteMark, open: bool) -> bool {
    let before = text.get(..mark.at).unwrap_or_default();
    let number = before.trim_end_matches(|c: char| c.is_ascii_digit() || "./ ".contains(c));
    let feet = number
        .strip_suffix(['\'', '’', '′'])
        .is_some_and(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    let after = text.get(mark.end..).unwrap_or_default();
    let by = [" x ", " by ", "-"].iter().any(|by| after.starts_with(by));
    feet || by || (!open && ends_here(mark.after))
}

#[cfg(test)]
mod tests;
