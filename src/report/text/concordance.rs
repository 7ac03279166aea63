//! Writes the check of a lexicon on reports: counts, forms that were never found, and every hit in its context.

use std::io::{self, Write};

use crate::annotate::term::{CheckedText, Lexicon, LexiconCheck, TermCount, TermIx, check_lexicon};
use crate::library::LoadedReports;
use crate::report::print_options::{PrintOptions, StyledLine, TextStyle};
use crate::text::count::counted;
use crate::text::grapheme::columns;

/// Columns of the words before a hit.
const LEFT: usize = 42;

/// Writes what `lexicon` finds in the stories of `library`.
pub(crate) fn lexicon(
    library: &LoadedReports,
    lexicon: &Lexicon,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let stories: Vec<Vec<_>> = library
        .reports
        .iter()
        .map(|report| report.article.story().collect())
        .collect();
    let texts = library
        .reports
        .iter()
        .zip(&stories)
        .map(|(report, paragraphs)| CheckedText {
            text: &report.article.text,
            paragraphs,
        });
    let check = check_lexicon(lexicon, texts);
    counts(&check, lexicon, options, out)?;
    unseen(&check, lexicon, options, out)?;
    concordance(&check, lexicon, options, out)
}

fn counts(
    check: &LexiconCheck,
    lexicon: &Lexicon,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = format!(
        "{} of {} in {}",
        counted(check.concordance.len(), "hit"),
        counted(lexicon.terms().len(), "term"),
        counted(check.texts, "report"),
    );
    writeln!(out, "{}", options.paint(&title, TextStyle::Title))?;
    let mut seen: Vec<_> = check.terms.iter().filter(|count| count.hits > 0).collect();
    seen.sort_by_key(|count| std::cmp::Reverse(count.hits));
    for count in seen {
        let line = format!(
            "{} in {}: {}",
            id(lexicon, count.term),
            counted(count.texts, "report"),
            forms(count, lexicon)
        );
        options.write(
            out,
            &StyledLine::plain(&format!("{:>6}  ", count.hits)),
            &StyledLine::plain(&line),
        )?;
    }
    Ok(())
}

/// Returns the forms that were found, with how often.
fn forms(count: &TermCount, lexicon: &Lexicon) -> String {
    let listed = lexicon
        .terms()
        .get(count.term.0)
        .map_or(&[][..], |term| &term.forms);
    let found: Vec<_> = count
        .forms
        .iter()
        .zip(listed)
        .filter(|(hits, _)| **hits > 0)
        .map(|(hits, form)| format!("{form} {hits}"))
        .collect();
    found.join(", ")
}

fn unseen(
    check: &LexiconCheck,
    lexicon: &Lexicon,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let unseen: Vec<_> = check.unseen_forms(lexicon).collect();
    let title = format!("{} never seen", counted(unseen.len(), "form"));
    writeln!(out, "\n{}", options.paint(&title, TextStyle::Title))?;
    for forms in unseen.chunk_by(|one, next| one.0 == next.0) {
        let words: Vec<_> = forms.iter().map(|(_, form)| *form).collect();
        let term = forms.first().map_or("", |(term, _)| id(lexicon, *term));
        let line = format!("{term}: {}", words.join(", "));
        options.write(out, &StyledLine::plain("  "), &StyledLine::plain(&line))?;
    }
    Ok(())
}

/// Writes the hits under each other, each between the words around it, with the number of its report.
fn concordance(
    check: &LexiconCheck,
    lexicon: &Lexicon,
    options: PrintOptions,
    out: &mut dyn Write,
) -> io::Result<()> {
    let title = "In context (report, words)";
    writeln!(out, "\n{}", options.paint(title, TextStyle::Title))?;
    for lines in check
        .concordance
        .chunk_by(|one, next| one.hit.term == next.hit.term)
    {
        let term = lines.first().map_or("", |line| id(lexicon, line.hit.term));
        writeln!(out, "  {}", options.paint(term, TextStyle::Quiet))?;
        for line in lines {
            let indent = LEFT.saturating_sub(columns(&line.left));
            let hit = options.paint(&format!("[{}]", line.words), TextStyle::Term);
            let number = line.text + 1;
            let gap = if line.right.starts_with(char::is_alphanumeric) {
                " "
            } else {
                ""
            };
            writeln!(
                out,
                "{number:>6} {:indent$}{} {hit}{gap}{}",
                "", line.left, line.right
            )?;
        }
    }
    Ok(())
}

fn id(lexicon: &Lexicon, term: TermIx) -> &str {
    lexicon.terms().get(term.0).map_or("", |term| &term.id)
}
