//! Writes a comparison as plain text: the counts, then the rows, then the differences.
//!
//! On a wide terminal the two stand side by side; everywhere else one under the other, which a pipe, a mail and a screen
//! reader can take. The marks are written out, so that nothing depends on colour.

use std::io::{self, Write};

use crate::compare::{ComparisonRow, PassageMark, Side};
use crate::report::comparison::{ComparedReports, bracketed, legend};
use crate::report::print_options::{PrintOptions, StyledLine, TextStyle};
use crate::text::count::counted;

/// Columns from which two texts fit side by side.
const WIDE: usize = 110;
/// Columns of the signs between them.
const GUTTER: usize = 15;

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
    writeln!(
        out,
        "\n{}",
        options.paint(&compared.headline(), TextStyle::Title)
    )?;
    options.write(
        out,
        &StyledLine::default(),
        &StyledLine::styled(&legend(), TextStyle::Quiet),
    )?;
    for row in compared.rows() {
        writeln!(out)?;
        match options.columns.filter(|columns| *columns >= WIDE) {
            Some(columns) => beside(compared, row, columns, options, out)?,
            None => stacked(compared, row, options, out)?,
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

/// Writes the passages of `row` one under the other.
fn stacked(
    compared: &ComparedReports<'_>,
    row: ComparisonRow,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    writeln!(
        out,
        "{}",
        options.paint(&compared.sign(row), TextStyle::Quiet)
    )?;
    for side in Side::BOTH {
        if let Some(number) = row.passages[side] {
            let letter = StyledLine::styled(&format!("  {}  ", side.letter()), style(side));
            options.write(out, &letter, &marked(compared, row, side, number))?;
        }
    }
    Ok(())
}

/// Writes the passages of `row` beside each other, as tall as the taller one.
fn beside(
    compared: &ComparedReports<'_>,
    row: ComparisonRow,
    columns: usize,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let width = ((columns - GUTTER) / 2).min(72);
    let [left, right] = Side::BOTH.map(|side| {
        row.passages[side]
            .map(|number| marked(compared, row, side, number).rows(width, &options))
            .unwrap_or_default()
    });
    let sign = format!("{:^GUTTER$}", compared.sign(row));
    for line in 0..left.len().max(right.len()) {
        let left = left.get(line).cloned().unwrap_or_default().padded(width);
        let right = right.get(line).cloned().unwrap_or_default();
        let middle = if line == 0 {
            sign.clone()
        } else {
            " ".repeat(GUTTER)
        };
        let middle = options.paint(&middle, TextStyle::Quiet);
        writeln!(
            out,
            "{}",
            format!("{left}{middle}{}", right.padded(0)).trim_end()
        )?;
    }
    Ok(())
}

fn marked(
    compared: &ComparedReports<'_>,
    row: ComparisonRow,
    side: Side,
    number: usize,
) -> StyledLine {
    let mut line = StyledLine::default();
    for piece in compared.pieces(side, number, row.pair) {
        let style = match piece.mark {
            Some(PassageMark::Changed) => style(side),
            Some(PassageMark::Attribution) => TextStyle::Quiet,
            Some(PassageMark::Shared) | None => TextStyle::Plain,
        };
        line.push(&bracketed(side, piece.mark, piece.words), style);
    }
    line
}

fn differences(
    compared: &ComparedReports<'_>,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let found = &compared.comparison.differences;
    let title = counted(found.len(), "difference");
    writeln!(out, "\n{}", options.paint(&title, TextStyle::Title))?;
    for (number, difference) in found.iter().enumerate() {
        let line = format!("{}  {}", compared.at(difference), difference.line());
        let number = StyledLine::plain(&format!("{:>3}  ", number + 1));
        options.write(out, &number, &StyledLine::plain(&line))?;
    }
    Ok(())
}
