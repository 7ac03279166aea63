//! Writes the check of a lexicon on reports: counts, forms that were never found, and every hit in its context.

use std::io::{self, Write};

use crate::annotate::term::{Lexicon, LexiconCheck, TermCount, TermIx, check_lexicon};
use crate::report::PrintJob;
use crate::report::print_options::{PrintOptions, StyledLine, TextStyle};
use crate::text::count::counted;
use crate::text::grapheme::columns;

/// Columns of the words before a hit.
const LEFT: usize = 42;

/// Writes what the lexicon of `job` finds in the stories of its reports, all of which must be open, and the forms that it never finds.
pub fn lexicon(job: &PrintJob<'_>, out: &mut dyn Write) -> io::Result<()> {
    let articles = job.open_reports().map(|(_, report)| &report.article);
    let texts = articles.map(|article| (&**article.text, article.story().collect()));
    let checked = CheckedLexicon {
        lexicon: job.annotator.lexicon(),
        check: check_lexicon(job.annotator.lexicon(), texts),
        options: job.options,
    };
    checked.write_counts(out)?;
    checked.write_unseen(out)?;
    checked.write_concordance(out)
}

/// A lexicon with what it finds, and how that is printed.
struct CheckedLexicon<'a> {
    lexicon: &'a Lexicon,
    check: LexiconCheck,
    options: PrintOptions,
}

impl CheckedLexicon<'_> {
    fn write_counts(&self, out: &mut dyn Write) -> io::Result<()> {
        let title = format!(
            "{} of {} in {}",
            counted(self.check.concordance.len(), "hit"),
            counted(self.lexicon.terms().len(), "term"),
            counted(self.check.texts, "report"),
        );
        writeln!(out, "{}", self.options.paint(&title, TextStyle::Title))?;
        let counts = self.check.terms.iter();
        let mut seen: Vec<_> = counts.filter(|count| count.hits > 0).collect();
        // The sort is stable, so that terms of one frequency stay in the order of the lexicon.
        seen.sort_by_key(|count| std::cmp::Reverse(count.hits));
        for count in seen {
            let id = self.id(count.term);
            let texts = counted(count.texts, "report");
            let line = format!("{id} in {texts}: {}", self.forms(count));
            let sign = StyledLine::plain(&format!("{:>6}  ", count.hits));
            self.options.write(out, &sign, &StyledLine::plain(&line))?;
        }
        Ok(())
    }

    /// Returns the forms that were found, with how often.
    fn forms(&self, count: &TermCount) -> String {
        let term = self.lexicon.terms().get(count.term.0);
        let listed = term.map_or(&[][..], |term| &term.forms);
        let found = count
            .forms
            .iter()
            .zip(listed)
            .filter(|(hits, _)| **hits > 0);
        let found = found.map(|(hits, form)| format!("{form} {hits}"));
        found.collect::<Vec<_>>().join(", ")
    }

    fn write_unseen(&self, out: &mut dyn Write) -> io::Result<()> {
        let unseen: Vec<_> = self.check.unseen_forms(self.lexicon).collect();
        let title = format!("{} never seen", counted(unseen.len(), "form"));
        writeln!(out, "\n{}", self.options.paint(&title, TextStyle::Title))?;
        for forms in unseen.chunk_by(|one, next| one.0 == next.0) {
            let words: Vec<_> = forms.iter().map(|(_, form)| *form).collect();
            let term = forms.first().map_or("", |(term, _)| self.id(*term));
            let line = StyledLine::plain(&format!("{term}: {}", words.join(", ")));
            self.options.write(out, &StyledLine::plain("  "), &line)?;
        }
        Ok(())
    }

    /// Writes the hits under each other, each between the words around it, with the number of its report.
    fn write_concordance(&self, out: &mut dyn Write) -> io::Result<()> {
        let title = "In context (report, words)";
        writeln!(out, "\n{}", self.options.paint(title, TextStyle::Title))?;
        let lines = &self.check.concordance;
        for lines in lines.chunk_by(|one, next| one.hit.term == next.hit.term) {
            let term = lines.first().map_or("", |line| self.id(line.hit.term));
            writeln!(out, "  {}", self.options.paint(term, TextStyle::Quiet))?;
            for line in lines {
                let indent = LEFT.saturating_sub(columns(&line.left));
                let hit = format!("[{}]", line.words);
                let hit = self.options.paint(&hit, TextStyle::Term);
                let follows = line.right.starts_with(char::is_alphanumeric);
                let gap = if follows { " " } else { "" };
                let (number, left, right) = (line.text + 1, &line.left, &line.right);
                writeln!(out, "{number:>6} {:indent$}{left} {hit}{gap}{right}", "")?;
            }
        }
        Ok(())
    }

    fn id(&self, term: TermIx) -> &str {
        let term = self.lexicon.terms().get(term.0);
        term.map_or("", |term| &term.id)
    }
}
