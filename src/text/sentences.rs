//! Paragraphs to sentences, as spans.
//!
//! A sentence may end at a run of `.`, `!`, `?` or `…`, closing marks after it, and white space. The word before the run (a title,
//! a month, an abbreviation, an initial) and the word after it (small letter, number, a word that sentences start with) decide, by
//! the lists of `assets/words/sentences.toml`. The Unicode rules and statistical splitters break at "U.S. President", "Mr." and
//! "Aug. 7,", which news is full of. In scripts without English abbreviations every full stop before white space ends a sentence.

use std::sync::LazyLock;

use serde::Deserialize;

use super::Span;
use super::tokens::char_at;
use super::word_lists::{self, WordSet};

static WORDS: LazyLock<SentenceWords> =
    LazyLock::new(|| word_lists::parse(include_str!("../../assets/words/sentences.toml")));

/// The lists of words that tell whether a full stop ends a sentence; see the file for each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SentenceWords {
    titles: WordSet,
    months: WordSet,
    numbers: WordSet,
    abbreviations: WordSet,
    clock: WordSet,
    after_clock: WordSet,
    starters: WordSet,
    reporting_verbs: WordSet,
}

/// Returns the paragraphs of `text`, trimmed: the stretches between lines without a word.
pub fn paragraphs(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let (mut at, mut is_open) = (0, false);
    for line in text.split_inclusive(['\n', '\r']) {
        let words = Span::new(at, at + line.len()).trimmed(text);
        match found.last_mut().filter(|_| is_open) {
            Some(paragraph) if !words.is_empty() => paragraph.end = words.end,
            None if !words.is_empty() => found.push(words),
            _ => {}
        }
        is_open = !words.is_empty()
            || (is_open && line == "\n" && text.as_bytes().get(at.wrapping_sub(1)) == Some(&b'\r'));
        at += line.len();
    }
    found
}

/// Returns the sentences of `paragraph`, in order, trimmed; together they hold all of it but white space.
pub fn sentences(paragraph: &str) -> Vec<Span> {
    sentences_around(paragraph, Span::new(0, paragraph.len()), std::iter::empty())
}

/// Returns the sentences of `paragraph`, a part of `text`, as places in `text`; none begins inside one of `whole`.
///
/// `whole` are stretches in order, such as quotations, whose own sentences do not count.
pub fn sentences_around(
    text: &str,
    paragraph: Span,
    whole: impl Iterator<Item = Span>,
) -> Vec<Span> {
    let words = paragraph.of(text);
    let mut found = Vec::new();
    let mut start = 0;
    let mut whole = whole.peekable();
    let stops = StopScanner {
        text: words,
        ..StopScanner::default()
    };
    for stop in stops {
        let end = paragraph.start + stop.end;
        while whole.next_if(|stretch| stretch.end <= end).is_some() {}
        let inside = whole.peek().is_some_and(|stretch| stretch.start < end);
        if !inside && stop.ends_sentence(words) {
            found.push(Span::new(start, stop.end));
            start = stop.end;
        }
    }
    found.push(Span::new(start, words.len()));
    found.retain(|span| !span.of(words).trim().is_empty());
    let place = |span: Span| span.trimmed(words).shifted(paragraph.start);
    found.into_iter().map(place).collect()
}

/// Whether the full stop after `word` may belong to the word: `Mr`, `Aug`, `Calif`.
pub fn is_abbreviation(word: &str) -> bool {
    let word = word.to_lowercase();
    let lists = [
        &WORDS.titles,
        &WORDS.months,
        &WORDS.numbers,
        &WORDS.abbreviations,
    ];
    lists.iter().any(|list| list.contains(&word))
}

/// A place where a sentence may end.
struct SentenceStop {
    /// First byte of the run of full stops.
    start: usize,
    /// End of the run, before closing marks.
    run_end: usize,
    /// End of the closing marks.
    end: usize,
    /// Whether it stands in a bracket that is closed later.
    bracketed: bool,
}

/// Walks over the places where a sentence may end.
#[derive(Default)]
struct StopScanner<'a> {
    text: &'a str,
    at: usize,
    brackets: usize,
}

impl StopScanner<'_> {
    fn count_bracket(&mut self, c: char) {
        match c {
            '(' | '[' => self.brackets += 1,
            ')' | ']' => self.brackets = self.brackets.saturating_sub(1),
            _ => {}
        }
    }

    /// Whether a bracket is open at `at` and is closed later.
    ///
    /// One that never closes (a list "a) ... b)", a smiley) holds nothing.
    fn bracketed_until(&mut self, at: usize) -> bool {
        if self.brackets > 0 && !self.text[at..].contains([')', ']']) {
            self.brackets = 0;
        }
        self.brackets > 0
    }
}

impl Iterator for StopScanner<'_> {
    type Item = SentenceStop;

    fn next(&mut self) -> Option<SentenceStop> {
        let text = self.text;
        loop {
            // Most of a text is ASCII letters, which need no decoding: it saves a third of the time that sentences take.
            let rest = text.as_bytes().get(self.at..)?;
            let start = self.at + rest.iter().position(may_begin_stop)?;
            let c = char_at(text, start)?;
            self.count_bracket(c);
            self.at = start + c.len_utf8();
            if !is_stop(c) {
                continue;
            }
            let run_end = start + prefix_len(&text[start..], is_stop);
            let end = run_end + prefix_len(&text[run_end..], is_closing);
            for c in text[run_end..end].chars() {
                self.count_bracket(c);
            }
            self.at = end;
            if text[end..].starts_with(char::is_whitespace) {
                let bracketed = self.bracketed_until(end);
                return Some(SentenceStop {
                    start,
                    run_end,
                    end,
                    bracketed,
                });
            }
        }
    }
}

impl SentenceStop {
    fn ends_sentence(&self, text: &str) -> bool {
        let next = NextWord::after(text, self.end);
        !self.bracketed && next.is_some_and(|next| self.ends_before(text, &next))
    }

    fn ends_before(&self, text: &str, next: &NextWord<'_>) -> bool {
        let run = &text[self.start..self.run_end];
        let rest = &text[self.end..];
        let closed = self.run_end < self.end;
        if next.first.is_lowercase() || is_closing_only(next.first) {
            return false;
        }
        // “The deal is close.” — Mark Carney
        if closed && rest.trim_start().starts_with(is_dash) {
            return false;
        }
        if run.contains(['!', '?', '。', '！', '？']) {
            return !(closed && attribution_follows(rest)) && (closed || next.opens_sentence());
        }
        if run.len() > 1 {
            let resumes = goes_on(&text[..self.start]);
            let attributed = closed && attribution_follows(rest);
            let opens = (closed || next.is_starter()) && next.opens_sentence();
            return !resumes && !attributed && opens;
        }
        if closed {
            return !next.marked_only;
        }
        let before = word_before(text, self.start);
        !self.is_list_number(text, before) && self.full_stop_ends(before, next)
    }

    /// Whether the number of a list stands before the stop: `1. The duty starts.`
    fn is_list_number(&self, text: &str, before: &str) -> bool {
        let first = text[..self.start - before.len()].trim().is_empty();
        let is_number = !before.is_empty() && before.bytes().all(|byte| byte.is_ascii_digit());
        first && is_number && before.len() <= LIST_DIGITS
    }

    /// Whether a full stop with nothing but white space after it ends a sentence.
    fn full_stop_ends(&self, before: &str, next: &NextWord<'_>) -> bool {
        let folded = before.to_lowercase();
        let word = folded.as_str();
        if WORDS.months.contains(word) && before.starts_with(char::is_uppercase) {
            return !next.first.is_numeric() && next.is_starter();
        }
        if WORDS.numbers.contains(word) {
            return !next.is_number();
        }
        if WORDS.titles.contains(word) {
            return false;
        }
        if is_initial(before) {
            // `Plan B. We lost.`, but `George W. Bush`.
            return next.is_starter() && !next.dotted;
        }
        if WORDS.clock.contains(word) {
            return next.marked || !WORDS.after_clock.contains(&next.word.to_lowercase());
        }
        if is_dotted(before) || WORDS.abbreviations.contains(word) {
            return next.is_starter() && !next.dotted || next.marked && next.first.is_uppercase();
        }
        next.opens_sentence()
    }
}

/// The word after a stop, with what stands around it.
struct NextWord<'a> {
    word: &'a str,
    first: char,
    /// Whether an opening mark stands before it.
    marked: bool,
    /// Whether only marks follow, no word.
    marked_only: bool,
    /// Whether a full stop follows it, as in an initial.
    dotted: bool,
}

impl<'a> NextWord<'a> {
    fn after(text: &'a str, end: usize) -> Option<Self> {
        let rest = text[end..].trim_start();
        let bare = rest.trim_start_matches(|c: char| is_opening(c) || c.is_whitespace());
        let first = bare.chars().next().or_else(|| rest.chars().next())?;
        let length = prefix_len(bare, |c| c.is_alphanumeric() || c == '-');
        Some(Self {
            word: &bare[..length],
            first,
            marked: rest.starts_with(is_quote_mark),
            marked_only: bare.is_empty(),
            dotted: bare[length..].starts_with('.'),
        })
    }

    /// Whether it is a number, in digits or as the Romans wrote it.
    fn is_number(&self) -> bool {
        let is_roman = |c: char| matches!(c, 'I' | 'V' | 'X' | 'L' | 'C');
        self.first.is_numeric() || !self.word.is_empty() && self.word.chars().all(is_roman)
    }

    fn is_starter(&self) -> bool {
        WORDS.starters.contains(&self.word.to_lowercase())
    }

    /// Whether a sentence may start with it: a capital, a mark, a number, a sign, a script without cases.
    fn opens_sentence(&self) -> bool {
        !self.first.is_lowercase() && !matches!(self.first, ',' | ';' | ':')
    }
}

/// Most digits of a number of a list; a sentence may be a year.
const LIST_DIGITS: usize = 3;
/// Most words of a name before its verb: `US Senator Jeff Sessions said`.
const NAME_WORDS: usize = 5;
/// Most words of an apposition between a name and its verb: `Miller, a retired worker from a nuclear plant, said`.
const APPOSITION_WORDS: usize = 14;

/// Whether `rest` begins with a name and a reporting verb that belong to the quotation before it.
fn attribution_follows(rest: &str) -> bool {
    let mut tokens = rest.split_whitespace();
    let is_verb = |token: &str| {
        let word = token.trim_end_matches([',', '.', ';', ':']);
        WORDS.reporting_verbs.contains(word)
    };
    for before in 0..=NAME_WORDS {
        let Some(token) = tokens.next() else { break };
        if is_verb(token) {
            return before > 0;
        }
        let word = token.trim_end_matches([',', '.', ';', ':']).to_lowercase();
        if !token.starts_with(char::is_uppercase) || WORDS.starters.contains(&word) {
            return false;
        }
        if token.ends_with(',') {
            return tokens
                .take(APPOSITION_WORDS)
                .take_while(|token| !token.ends_with(is_stop))
                .any(is_verb);
        }
        if word.len() < token.len() && !WORDS.titles.contains(&word) {
            return false;
        }
    }
    false
}

/// Whether an omission goes on from here: `war on terror. ... And` has ended at its full stop.
fn goes_on(before: &str) -> bool {
    let trimmed = before.trim_end();
    trimmed.len() < before.len() && trimmed.trim_end_matches(is_closing).ends_with(is_stop)
}

fn word_before(text: &str, end: usize) -> &str {
    let before = &text[..end];
    let word = before.trim_end_matches(|c: char| c.is_alphanumeric() || c == '.');
    &before[word.len()..]
}

/// Whether one or two letters stand between full stops: `F.B.I`, `a.m`.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word
            .split('.')
            .all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic))
}

/// Whether it is one capital, as in `George W. Bush`.
fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
}

fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

/// Whether the byte may begin a stop or a bracket.
fn may_begin_stop(byte: &u8) -> bool {
    matches!(byte, b'.' | b'!' | b'?' | b'(' | b'[' | b')' | b']') || !byte.is_ascii()
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | ')' | ']' | '}' | '»')
}

/// Whether the mark cannot open anything.
fn is_closing_only(c: char) -> bool {
    matches!(c, '”' | ')' | ']' | '}' | '»')
}

fn is_quote_mark(c: char) -> bool {
    matches!(c, '"' | '\'' | '“' | '‘' | '«' | '`')
}

fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '-')
}

fn is_opening(c: char) -> bool {
    is_dash(c) || is_quote_mark(c) || matches!(c, '(' | '[')
}

/// Returns the length in bytes of the characters at the front for which `holds`.
fn prefix_len(text: &str, holds: impl Fn(char) -> bool) -> usize {
    text.len() - text.trim_start_matches(holds).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_stand_between_blank_lines_whatever_the_line_ends() {
        for end in ["\n", "\r\n", "\r"] {
            let text = " Canada has\na deal. \n\n \nTalks go on.\n".replace('\n', end);
            let found: Vec<_> = paragraphs(&text)
                .iter()
                .map(|span| span.of(&text))
                .collect();
            let first = "Canada has\na deal.".replace('\n', end);
            assert_eq!(found, [first.as_str(), "Talks go on."]);
        }
    }

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn titles_initials_and_acronyms_do_not_end_a_sentence() {
        for one in [
            "Mr. Smith met Lt. Col. James E. Brown at St. Mary's on Aug. 7, 2025.",
            "U.S. President Donald Trump spoke at 5 p.m. Monday.",
            "Rep. Duncan Hunter, R-Calif., was indicted vs. his wish.",
        ] {
            assert_eq!(split(one), [one]);
        }
    }

    #[test]
    fn an_abbreviation_ends_a_sentence_before_a_word_that_starts_one() {
        assert_eq!(
            split(
                "He lied to the F.B.I. Nothing happened. She works in Washington, D.C. It is far."
            )
            .len(),
            4
        );
    }

    #[test]
    fn numbers_of_lists_pages_and_degrees_do_not_end_a_sentence() {
        for one in [
            "1. The duty starts in May.",
            "See vol. IX, p. 4 for details.",
            "It was 10 deg. C outside.",
        ] {
            assert_eq!(split(one), [one]);
        }
        assert_eq!(split("This is Plan B. We lost.").len(), 2);
        assert_eq!(split("It was in 1987. The duty starts.").len(), 2);
    }

    #[test]
    fn closing_marks_belong_to_the_sentence_that_they_close() {
        assert_eq!(
            split("“Are you sure?” she asked. “No.” He left."),
            ["“Are you sure?” she asked.", "“No.”", "He left."]
        );
    }

    #[test]
    fn a_bracket_holds_its_sentences_together_unless_it_never_closes() {
        assert_eq!(
            split("The bill (it failed. Twice.) is dead. So it goes.").len(),
            2
        );
        assert_eq!(split("The bill (it failed. Twice. So it goes.").len(), 3);
    }

    proptest::proptest! {
        #[test]
        fn sentences_hold_everything_but_white_space(text in "[a-zA-Z .!?\"'()…é\n“”0-9]{0,60}") {
            let joined: String = sentences(&text).iter().flat_map(|s| s.of(&text).chars()).collect();
            let bare = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            proptest::prop_assert_eq!(bare(&joined), bare(&text));
        }
    }
}
