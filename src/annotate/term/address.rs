//! The parts of a text that are no prose: addresses on the web, e-mail addresses, handles, and code between backticks.
//!
//! Looked at around a candidate only, so that a text without candidates costs nothing.

use crate::text::Span;

/// Bytes around a candidate in which an address is looked for; the limit bounds the work per candidate.
const ADDRESS_REACH: usize = 512;

/// Last parts of host names that are written without `http://`; those that are English words (`in`, `is`) are left out.
const TOP_LEVEL: &[&str] = &[
    "com", "org", "net", "gov", "edu", "info", "int", "mil", "news", "ca", "uk", "eu", "mx", "fr",
    "de", "au", "cn", "jp", "nz", "ch",
];

/// Whether the candidate `span` touches an address or a handle in `paragraph` of `text`.
pub(super) fn in_address(text: &str, paragraph: Span, span: Span) -> bool {
    let piece = unbroken(text, paragraph, span);
    let words = piece.of(text);
    let words = words.trim_start_matches(['(', '[', '<', '"', '\'', '“', '‘', '#']);
    let piece = Span::new(piece.end - words.len(), piece.end);
    if let Some(scheme) = words.find("://") {
        // A word right before an address (`tariffs:https://`) is prose.
        return span.end > piece.start + scheme;
    }
    words.starts_with("www.") || is_host(words) || touches_at(text, piece, span)
}

/// Returns the run without blanks around `span`.
fn unbroken(text: &str, paragraph: Span, span: Span) -> Span {
    let from = span.start.saturating_sub(ADDRESS_REACH);
    let from = text.floor_char_boundary(paragraph.start.max(from));
    let to = text.floor_char_boundary(paragraph.end.min(span.end.saturating_add(ADDRESS_REACH)));
    let before = Span::new(from, span.start).of(text);
    let before = before.rsplit(char::is_whitespace).next();
    let after = Span::new(span.end, to).of(text);
    let after = after.split(char::is_whitespace).next();
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    Span::new(span.start - before.len(), span.end + after.len())
}

/// Whether `words` begins with a host name, as `example.org/trade` does.
fn is_host(words: &str) -> bool {
    let ends_host = |c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let host = words.split(ends_host).next().unwrap_or_default();
    host.trim_end_matches('.')
        .rsplit_once('.')
        .is_some_and(|(_, last)| TOP_LEVEL.contains(&last))
}

/// Whether `span` is part of `name@host` or of `@handle`.
fn touches_at(text: &str, piece: Span, span: Span) -> bool {
    let ends_name = |c: char| !(c.is_ascii_alphanumeric() || "._%+-@".contains(c));
    let before = Span::new(piece.start, span.start).of(text);
    let after = Span::new(span.end, piece.end).of(text);
    let ahead = before.rsplit(ends_name).next().unwrap_or_default();
    let behind = after.split(ends_name).next().unwrap_or_default();
    let host = behind.split_once('@').map_or("", |(_, host)| host);
    ahead.contains('@') || host.contains('.')
}

/// Returns the parts of `paragraph` between backticks, in order.
///
/// Wire copy writes quotation marks with backticks (``` ``so'' ```), so two of them open nothing, and one opens only before a letter that is
/// closed by another after a letter.
pub(super) fn code(text: &str, paragraph: Span) -> Vec<Span> {
    let words = paragraph.of(text);
    let mut spans = Vec::new();
    let mut open: Option<usize> = None;
    let mut runs = backticks(words).into_iter();
    while let Some(run) = runs.next() {
        if run.len() > 2 {
            let closing = runs.find(|other| other.len() == run.len());
            let end = closing.map_or(words.len(), |other| other.end);
            spans.push(Span::new(run.start, end).shifted(paragraph.start));
        } else if run.len() == 1 {
            match open.take() {
                Some(start) if closes(words, run) => {
                    spans.push(Span::new(start, run.end).shifted(paragraph.start));
                }
                _ => open = opens(words, run).then_some(run.start),
            }
        }
    }
    spans
}

fn backticks(words: &str) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for at in memchr::memchr_iter(b'`', words.as_bytes()) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end += 1,
            _ => runs.push(Span::new(at, at + 1)),
        }
    }
    runs
}

fn opens(words: &str, run: Span) -> bool {
    let before = words.as_bytes().get(run.start.wrapping_sub(1));
    let after = words.as_bytes().get(run.end);
    !before.is_some_and(u8::is_ascii_alphanumeric)
        && after.is_some_and(|byte| !byte.is_ascii_whitespace())
}

fn closes(words: &str, run: Span) -> bool {
    let before = words.as_bytes().get(run.start.wrapping_sub(1));
    let after = words.as_bytes().get(run.end);
    before.is_some_and(|byte| !byte.is_ascii_whitespace())
        && !after.is_some_and(u8::is_ascii_alphanumeric)
}
