//! Joins lines to paragraphs: by blank lines, and where lines stand together by whether they were wrapped.
//!
//! Three kinds of file are told apart by their lines. Where most lines end a sentence, or are long, each is a paragraph.
//! Where they end anywhere they were wrapped at some width, and a line that had room for the next word ends its paragraph.
//! An indented line, a list mark and a Markdown heading begin one in any case.

use crate::text::Span;

/// Longest line that still looks wrapped rather than written in one.
const WIDEST_WRAP: usize = 160;
/// Narrowest width that a text is wrapped at.
const NARROWEST_WRAP: usize = 40;

/// Returns the paragraphs of `text` from `from` on, trimmed, in order.
pub(super) fn split_paragraphs(text: &str, from: usize) -> Vec<Span> {
    let lines = lines(text, from);
    let wrap = LineWrap::detect(text, &lines);
    let mut paragraphs: Vec<Span> = Vec::new();
    let mut before: Option<TextLine> = None;
    for line in lines {
        match (before, paragraphs.last_mut()) {
            (Some(before), Some(paragraph))
                if !line.apart && !wrap.separates(text, before, line) =>
            {
                paragraph.end = line.words.end;
            }
            _ => paragraphs.push(line.words),
        }
        before = Some(line);
    }
    paragraphs.shrink_to_fit();
    paragraphs
}

/// A line that is not blank.
#[derive(Clone, Copy)]
struct TextLine {
    words: Span,
    indent: usize,
    /// Whether it is the first or follows a blank line.
    apart: bool,
}

fn lines(text: &str, from: usize) -> Vec<TextLine> {
    let mut lines = Vec::new();
    let (mut start, mut apart) = (from, true);
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    for end in memchr::memchr_iter(b'\n', rest)
        .map(|at| from + at)
        .chain([text.len()])
    {
        let words = Span::new(start, end).trimmed(text);
        if words.is_empty() {
            apart = true;
        } else {
            lines.push(TextLine {
                words,
                indent: words.start - start,
                apart,
            });
            apart = false;
        }
        start = end + 1;
    }
    lines
}

/// Way in which the lines of a text that stand together were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum LineWrap {
    /// Each line is a paragraph.
    None,
    /// Lines were filled up to this many bytes.
    At(usize),
}

impl LineWrap {
    fn detect(text: &str, all: &[TextLine]) -> Self {
        let (mut lines, mut closed, mut long, mut widest) = (0usize, 0usize, 0usize, 0usize);
        for (at, line) in all.iter().enumerate() {
            // A line between two blank ones does not tell how lines were joined.
            let alone = line.apart && all.get(at + 1).is_none_or(|next| next.apart);
            if alone {
                continue;
            }
            lines += 1;
            closed += usize::from(ends_sentence(line.words.of(text)));
            if line.words.len() > WIDEST_WRAP {
                long += 1;
            } else {
                widest = widest.max(line.words.len());
            }
        }
        if closed * 2 > lines || long * 4 > lines || widest < NARROWEST_WRAP {
            LineWrap::None
        } else {
            LineWrap::At(widest)
        }
    }

    /// Returns whether a new paragraph begins between two lines that stand together.
    fn separates(self, text: &str, line: TextLine, next: TextLine) -> bool {
        if begins_paragraph(next.words.of(text))
            || line.words.of(text).starts_with('#')
            || next.indent > line.indent + 1
        {
            return true;
        }
        let LineWrap::At(width) = self else {
            return true;
        };
        let first = next.words.of(text).split(' ').next().unwrap_or_default();
        // A fifth of the width is left for programs that balance their lines.
        line.words.len() + 1 + first.len() <= width - width / 5
    }
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'', ')', '»'])
        .ends_with(['.', '!', '?', '…'])
}

/// Returns whether a line begins a paragraph by its first characters: a heading, a list mark.
fn begins_paragraph(line: &str) -> bool {
    if let Some(rest) = line.strip_prefix(['-', '*', '•', '–', '—', '>']) {
        return rest.starts_with(' ');
    }
    let hashes = line.trim_start_matches('#');
    hashes.len() < line.len() && hashes.starts_with(' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraphs(text: &str) -> Vec<String> {
        split_paragraphs(text, 0)
            .into_iter()
            .map(|span| span.of(text).replace('\n', " "))
            .collect()
    }

    #[test]
    fn blank_lines_part_paragraphs() {
        assert_eq!(paragraphs(" A.\n\n  B.  \n \n\n\nC"), ["A.", "B.", "C"]);
        assert!(paragraphs(" \n\n").is_empty());
    }

    #[test]
    fn wrapped_lines_are_one_paragraph() {
        let text = "Prime Minister Mark Carney said on Wednesday that the tariff\ntalks with the United States go on, and that nobody should\n\
                    expect white smoke.\n\nHe spoke in Toronto at the cabinet retreat with his own team of\nministers.\n";
        assert_eq!(paragraphs(text).len(), 2);
    }

    #[test]
    fn in_a_wrapped_text_a_line_with_room_left_ends_its_paragraph() {
        let text = "Prime Minister Mark Carney said on Wednesday that the tariff\ntalks with the United States go on.\nHe spoke in Toronto \
                    at the cabinet retreat, which goes on until\nThursday, and took no questions from the reporters who waited\noutside.\n";
        assert_eq!(paragraphs(text).len(), 2);
    }

    #[test]
    fn lines_that_each_end_a_sentence_are_paragraphs() {
        let text = "Carney called Trump on Monday evening about the trade war.\nTrump did not say what they spoke about.\nThe levies stay.\n";
        assert_eq!(paragraphs(text).len(), 3);
    }

    #[test]
    fn long_lines_are_paragraphs_and_so_are_the_short_ones_between() {
        let long =
            "The premier said the levies would stay in place for as long as it takes, ".repeat(4);
        let text = format!("Carney calls Trump\nBy Jane Doe\n{long}\n{long}\n");
        assert_eq!(paragraphs(&text).len(), 4);
    }

    #[test]
    fn an_indent_and_a_list_mark_begin_a_paragraph() {
        let text = "The sectors that are hit by the levies this year are said to be\n- steel and aluminum, which Canada sells to the United\n\
                    - copper\n    Carney said that the talks about all of them go on, and\nthat is all.";
        assert_eq!(paragraphs(text).len(), 4);
    }
}
