//! Lays out printed text: wraps lines at the measure and colours them.
//!
//! A [`StyledLine`] is text with styles that stand off it, so that it is wrapped as it reads and painted afterwards. Colour only ever
//! adds to what the words and marks say already.

use std::io::{self, Write};

use crate::text::Span;
use crate::text::grapheme::columns;
use crate::text::wrap::wrap;

/// Width and colour of printed text.
#[derive(Clone, Copy, Debug)]
pub struct PrintOptions {
    /// Columns of a line of running text.
    pub measure: usize,
    /// Columns of the terminal that is printed to, if it is one.
    pub columns: Option<usize>,
    /// Whether styles are written.
    pub painted: bool,
}

/// The style of words on a terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TextStyle {
    Plain,
    Title,
    Quiet,
    Quote,
    Term,
    Left,
    Right,
}

impl TextStyle {
    /// Returns the parameters of the escape sequence; sixteen-colour terminals know them all.
    fn sgr(self) -> Option<&'static str> {
        match self {
            TextStyle::Plain => None,
            TextStyle::Title => Some("1"),
            TextStyle::Quiet => Some("2"),
            TextStyle::Quote => Some("3;33"),
            TextStyle::Term => Some("4"),
            // As the sides are in the interface and in HTML: A blue, B green.
            TextStyle::Left => Some("1;34"),
            TextStyle::Right => Some("1;32"),
        }
    }
}

/// Text with the styles of its parts.
#[derive(Clone, Debug, Default)]
pub(crate) struct StyledLine {
    text: String,
    styles: Vec<(Span, TextStyle)>,
}

impl StyledLine {
    /// Returns `words` in no style.
    pub(crate) fn plain(words: &str) -> Self {
        Self::styled(words, TextStyle::Plain)
    }

    /// Returns `words` in one style.
    pub(crate) fn styled(words: &str, style: TextStyle) -> Self {
        let mut line = Self::default();
        line.push(words, style);
        line
    }

    /// Puts `words` at the end.
    pub(crate) fn push(&mut self, words: &str, style: TextStyle) {
        let start = self.text.len();
        self.text.push_str(words);
        if style != TextStyle::Plain {
            self.styles.push((Span::new(start, self.text.len()), style));
        }
    }

    /// Returns the rows of at most `width` columns.
    pub(crate) fn rows(&self, width: usize, options: &PrintOptions) -> Vec<PrintedRow> {
        let spans = wrap(&self.text, width).into_iter();
        spans.map(|span| self.row(span, options)).collect()
    }

    fn row(&self, span: Span, options: &PrintOptions) -> PrintedRow {
        let width = columns(span.of(&self.text));
        let mut painted = String::new();
        let mut at = span.start;
        let styles = self.styles.iter();
        for (styled, style) in styles.filter(|(styled, _)| styled.overlaps(span)) {
            // A style may have begun in a row before, and may go on in the next one.
            let start = styled.start.max(at);
            let end = styled.end.min(span.end).max(start);
            painted.push_str(Span::new(at, start).of(&self.text));
            painted.push_str(&options.paint(Span::new(start, end).of(&self.text), *style));
            at = end;
        }
        painted.push_str(Span::new(at, span.end).of(&self.text));
        PrintedRow { painted, width }
    }
}

/// One row of a wrapped line.
#[derive(Clone, Debug, Default)]
pub(crate) struct PrintedRow {
    painted: String,
    width: usize,
}

impl PrintedRow {
    /// Returns the row filled with blanks to `width` columns.
    pub(crate) fn padded(&self, width: usize) -> String {
        let missing = width.saturating_sub(self.width);
        format!("{}{:missing$}", self.painted, "")
    }
}

impl PrintOptions {
    /// Returns `words` in `style`.
    pub(crate) fn paint(&self, words: &str, style: TextStyle) -> String {
        match style.sgr().filter(|_| self.painted && !words.is_empty()) {
            Some(sgr) => format!("\x1b[{sgr}m{words}\x1b[0m"),
            None => words.to_owned(),
        }
    }

    /// Writes `line` wrapped to the measure, its first row after `sign`, the others after as many blanks.
    pub(crate) fn write(
        &self,
        out: &mut dyn Write,
        sign: &StyledLine,
        line: &StyledLine,
    ) -> io::Result<()> {
        let indent = columns(&sign.text);
        let width = self.measure.saturating_sub(indent).max(NARROWEST);
        let sign = sign.row(Span::new(0, sign.text.len()), self);
        for (number, row) in line.rows(width, self).iter().enumerate() {
            match number {
                0 => writeln!(out, "{}{}", sign.painted, row.painted)?,
                _ => writeln!(out, "{:indent$}{}", "", row.painted)?,
            }
        }
        Ok(())
    }
}

/// Columns that a text has at least, however far it is indented.
const NARROWEST: usize = 8;

#[cfg(test)]
mod tests {
    use super::*;

    const PAPER: PrintOptions = PrintOptions {
        measure: 20,
        columns: None,
        painted: false,
    };

    #[test]
    fn a_line_is_wrapped_as_it_reads_and_painted_afterwards() {
        let mut line = StyledLine::styled("Carney said: ", TextStyle::Plain);
        line.push("a good conversation", TextStyle::Quote);
        let painted = PrintOptions {
            painted: true,
            ..PAPER
        };
        let rows = line.rows(20, &painted);
        assert_eq!(rows[0].painted, "Carney said: \x1b[3;33ma good\x1b[0m");
        assert_eq!(rows[1].painted, "\x1b[3;33mconversation\x1b[0m");
        assert_eq!(rows[1].padded(14), "\x1b[3;33mconversation\x1b[0m  ");
    }

    #[test]
    fn further_rows_hang_under_the_first() {
        let mut out = Vec::new();
        let line = StyledLine::plain("steel and aluminum, autos");
        PAPER
            .write(&mut out, &StyledLine::plain("A  "), &line)
            .unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "A  steel and\n   aluminum, autos\n"
        );
    }
}
