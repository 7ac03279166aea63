//! Writes a comparison as plain text: the counts, then the rows, then the differences.
//!
//! On a wide terminal the two stand side by side; everywhere else one under the other, which a pipe, a mail and a screen
//! reader can take. Where there is no colour the marks are written out.

use std::io::{self, Write};

use crate::compare::{ComparisonRow, PassageMark, Side, Sides};
use crate::report::comparison::{ComparedReports, bracketed, legend};
use crate::report::print_options::{PrintOptions, StyledLine, TextStyle};
use crate::text::count::counted;

/// Columns from which two texts fit side by side.
const WIDE: usize = 120;
/// Columns of the signs between them.
const GUTTER: usize = 15;
/// Most columns of each text: longer lines are hard to read, however wide the terminal is.
const WIDEST_COLUMN: usize = 72;

/// Writes the comparison.
pub(crate) fn compare(
    compared: &ComparedReports<'_>,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    for side in Side::BOTH {
        let sign = StyledLine::styled(&format!("{}  ", side.letter()), style(side));
        super::about(options, &sign, compared.article(side), out)?;
    }
    let headline = options.paint(&compared.headline(), TextStyle::Title);
    writeln!(out, "\n{headline}")?;
    let legend = StyledLine::styled(&legend(options.painted), TextStyle::Quiet);
    options.write(out, &StyledLine::default(), &legend)?;
    for row in compared.rows() {
        let texts = Sides::from_fn(|side| marked(compared, row, side, options.painted));
        let sign = compared.sign(row);
        writeln!(out)?;
        match options.columns.filter(|columns| *columns >= WIDE) {
            Some(columns) => beside(&texts, &sign, columns, options, out)?,
            None => stacked(&texts, &sign, options, out)?,
        }
    }
    differences(compared, options, out)
}

fn style(side: Side) -> TextStyle {
    match side {
        Side::Left => TextStyle::Left,
        Side::Right => TextStyle::Right,
    }
}

/// Writes the passages of a row one under the other.
fn stacked(
    texts: &Sides<Option<StyledLine>>,
    sign: &str,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(out, "{}", options.paint(sign, TextStyle::Quiet))?;
    for side in Side::BOTH {
        if let Some(text) = &texts[side] {
            let letter = StyledLine::styled(&format!("  {}  ", side.letter()), style(side));
            options.write(out, &letter, text)?;
        }
    }
    Ok(())
}

/// Writes the passages of a row beside each other, as tall as the taller one.
fn beside(
    texts: &Sides<Option<StyledLine>>,
    sign: &str,
    columns: usize,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = ((columns - GUTTER) / 2).min(WIDEST_COLUMN);
    let rows = |text: &Option<StyledLine>| {
        let text = text.as_ref();
        text.map_or_else(Vec::new, |text| text.rows(width, &options))
    };
    let (left, right) = (rows(&texts.left), rows(&texts.right));
    for line in 0..left.len().max(right.len()) {
        let left = left.get(line).cloned().unwrap_or_default().padded(width);
        let right = right.get(line).cloned().unwrap_or_default().padded(0);
        let sign = if line == 0 { sign } else { "" };
        let middle = options.paint(&format!("{sign:^GUTTER$}"), TextStyle::Quiet);
        writeln!(out, "{}", format!("{left}{middle}{right}").trim_end())?;
    }
    Ok(())
}

/// Returns the passage of `row` on `side`; its marks are written out unless they are `painted`.
fn marked(
    compared: &ComparedReports<'_>,
    row: ComparisonRow,
    side: Side,
    painted: bool,
) -> Option<StyledLine> {
    let mut line = StyledLine::default();
    for piece in compared.pieces(side, row.passages[side]?, row.pair) {
        let style = match piece.mark {
            Some(PassageMark::Changed) => style(side),
            Some(PassageMark::Attribution) => TextStyle::Quiet,
            Some(PassageMark::Shared) | None => TextStyle::Plain,
        };
        match painted {
            true => line.push(piece.words, style),
            false => line.push(&bracketed(side, piece.mark, piece.words), style),
        }
    }
    Some(line)
}

fn differences(
    compared: &ComparedReports<'_>,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let found = &compared.comparison.differences;
    if found.is_empty() {
        return Ok(());
    }
    let title = counted(found.len(), "difference");
    writeln!(out, "\n{}", options.paint(&title, TextStyle::Title))?;
    for (number, difference) in found.iter().enumerate() {
        let line = format!("{}  {}", compared.at(difference), difference.line());
        let number = StyledLine::plain(&format!("{:>3}  ", number + 1));
        options.write(out, &number, &StyledLine::plain(&line))?;
    }
    Ok(())
}
