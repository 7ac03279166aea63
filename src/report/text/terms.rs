//! The terms that were found, by category, with how often each report has them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::annotate::term::CategoryIx;
use crate::report::print_options::{StyledLine, TextStyle};
use crate::report::{PrintJob, strong_terms};
use crate::text::count::counted;

/// Most reports whose counts are printed one by one.
const FEW: usize = 9;

/// Counts of a term by the number of the report.
type Counts = BTreeMap<usize, usize>;

/// Writes the categories with their terms, the most frequent first; weak terms are not counted.
pub(crate) fn terms(job: &PrintJob<'_>, out: &mut dyn Write) -> io::Result<()> {
    if job.reports.len() > FEW {
        let many = counted(job.reports.len(), "report");
        writeln!(out, "{}", job.options.paint(&many, TextStyle::Title))?;
    } else {
        for (number, report) in job.open_reports() {
            super::heading(job, number, &report.article, out)?;
        }
    }
    let found = found(job);
    for (number, category) in job.annotator.lexicon().categories().iter().enumerate() {
        let Some(terms) = found.get(&CategoryIx(number)) else {
            continue;
        };
        let sum: usize = terms.values().map(total).sum();
        let label = job.options.paint(&category.label, TextStyle::Title);
        writeln!(out, "\n{label} ({sum})")?;
        for (canonical, counts) in by_frequency(terms) {
            let line = format!("{canonical}{}", spread(job, counts));
            let sign = StyledLine::plain(&format!("{:>5}  ", total(counts)));
            job.options.write(out, &sign, &StyledLine::plain(&line))?;
        }
    }
    Ok(())
}

/// Returns the terms of each category by their canonical form.
fn found<'a>(job: &PrintJob<'a>) -> BTreeMap<CategoryIx, BTreeMap<&'a str, Counts>> {
    let lexicon = job.annotator.lexicon();
    let mut found: BTreeMap<_, BTreeMap<_, Counts>> = BTreeMap::new();
    for (number, report) in job.open_reports() {
        for hit in strong_terms(job.marks(report)) {
            let terms = found.entry(hit.category).or_default();
            let counts = terms.entry(lexicon.canonical(hit)).or_default();
            *counts.entry(number).or_default() += 1;
        }
    }
    found
}

fn by_frequency<'a, 'b>(terms: &'b BTreeMap<&'a str, Counts>) -> Vec<(&'a str, &'b Counts)> {
    let mut sorted: Vec<_> = terms.iter().map(|(name, counts)| (*name, counts)).collect();
    // The sort is stable, so that terms of one frequency stay in the order of the alphabet.
    sorted.sort_by_key(|(_, counts)| std::cmp::Reverse(total(counts)));
    sorted
}

fn total(counts: &Counts) -> usize {
    counts.values().sum()
}

/// Returns where a term stands: by report where there are few, else in how many.
fn spread(job: &PrintJob<'_>, counts: &Counts) -> String {
    match job.reports.len() {
        0 | 1 => String::new(),
        2..=FEW => {
            let each = counts.iter();
            let each = each.map(|(number, count)| format!("{count} in {}", number + 1));
            format!("  ({})", each.collect::<Vec<_>>().join(", "))
        }
        _ => format!("  (in {})", counted(counts.len(), "report")),
    }
}
