//! Writes the coverage of an event as plain text: each claim with the reports that have it, how, and in which paragraph.

use std::io::{self, Write};

use crate::compare::coverage::{Claim, CoverageCell, CoverageKind};
use crate::report::print_options::{PrintOptions, StyledLine, TextStyle};
use crate::report::{CoveredReports, facts};
use crate::text::count::counted;
use crate::text::grapheme::{columns, cut};

/// Columns of the way in which a report has a claim.
const KIND: usize = 11;
/// Columns of a paragraph's number.
const PARAGRAPH: usize = 4;
/// Most columns of an outlet.
const OUTLET: usize = 24;

/// Writes the reports, then each claim, those of most reports first.
pub(crate) fn coverage(
    covered: &CoveredReports<'_>,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let reports = counted(covered.reports.len(), "report");
    let claims = counted(covered.coverage.claims.len(), "claim");
    let title = format!("{reports} \u{b7} {claims}");
    writeln!(out, "{}", options.paint(&title, TextStyle::Title))?;
    for (number, claim) in covered.coverage.claims.iter().enumerate() {
        writeln!(out)?;
        write_claim(covered, number, claim, options, out)?;
    }
    Ok(())
}

fn write_claim(
    covered: &CoveredReports<'_>,
    number: usize,
    claim: &Claim,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let lead = covered.reports.get(claim.lead.report);
    let words = lead.map_or("", |report| claim.lead.span.of(&report.article.text));
    let style = if claim.lead.quoted {
        TextStyle::Quote
    } else {
        TextStyle::Plain
    };
    let mut line = StyledLine::styled(&words.replace('\n', " "), style);
    if let Some(speaker) = &claim.lead.speaker {
        line.push(&format!("  {speaker}"), TextStyle::Quiet);
    }
    let sign = StyledLine::plain(&format!("{:>3}  ", number + 1));
    options.write(out, &sign, &line)?;
    let names = names(covered);
    let width = names.iter().map(|name| columns(name)).max().unwrap_or(0);
    let mut missing = Vec::new();
    for (report, (cell, name)) in claim.cells.iter().zip(&names).enumerate() {
        if cell.how == CoverageKind::Absent {
            missing.push(name.as_str());
        } else {
            write_cell(covered, (report, cell), (name, width), options, out)?;
        }
    }
    if missing.is_empty() {
        return Ok(());
    }
    let kind = CoverageKind::Absent.name();
    let line = StyledLine::styled(&format!("{kind}: {}", missing.join(", ")), TextStyle::Quiet);
    options.write(out, &StyledLine::plain("     "), &line)
}

/// Writes how one report, by its number, has a claim.
fn write_cell(
    covered: &CoveredReports<'_>,
    (report, cell): (usize, &CoverageCell),
    (name, width): (&str, usize),
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let blanks = width.saturating_sub(columns(name));
    let place = covered.coverage.paragraph(report, cell);
    let place = place.map_or_else(String::new, |place| format!("P{}", place + 1));
    let kind = cell.how.name();
    let line = format!(
        "     {name}{:blanks$}  {kind:<KIND$}  {place:<PARAGRAPH$}",
        ""
    );
    writeln!(out, "{}", options.paint(line.trim_end(), TextStyle::Plain))
}

/// Returns the names of the reports: their outlets, with a number where several have the same or none.
fn names(covered: &CoveredReports<'_>) -> Vec<String> {
    let own = covered.reports.iter();
    let own: Vec<String> = own
        .map(|report| cut(facts::column(&report.article), OUTLET))
        .collect();
    let named = own.iter().enumerate().map(|(number, name)| {
        let is_shared = own.iter().filter(|other| *other == name).count() > 1;
        match is_shared {
            true => format!("{name} ({})", number + 1),
            false => name.clone(),
        }
    });
    named.collect()
}
