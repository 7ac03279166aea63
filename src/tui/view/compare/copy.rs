//! Copies what is in focus with both outlets, as plain text or as Markdown.

use crate::compare::Side;
use crate::config::CitationStyle;
use crate::report::{citation, escape};
use crate::text::sanitize::sanitize;
use crate::tui::shared::Shared;
use crate::tui::view::UpdateContext;
use crate::tui::view::report_mark::MarkKind;
use crate::tui::words;

use super::findings::Finding;
use super::focus::only;
use super::{CompareFocus, CompareView};

/// The form of copied words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum CopyForm {
    /// Plain text.
    Plain,
    /// Markdown.
    Markdown,
}

impl CopyForm {
    fn escaped(self, words: &str) -> String {
        match self {
            CopyForm::Plain => words.to_owned(),
            CopyForm::Markdown => escape::markdown(words),
        }
    }

    /// Returns words as said by a source.
    fn cited(self, words: &str, source: &str) -> String {
        let (words, source) = (
            self.escaped(&words.replace('\n', " ")),
            self.escaped(source),
        );
        match self {
            CopyForm::Plain => format!("{words} — {source}"),
            CopyForm::Markdown => format!("> {words}\n>\n> — {source}"),
        }
    }

    fn heading(self, words: &str) -> String {
        match self {
            CopyForm::Plain => format!("{words}:"),
            CopyForm::Markdown => format!("**{}**", self.escaped(words)),
        }
    }
}

impl CompareView {
    /// Copies what is in focus, or else the passages of the row at the top.
    pub(super) fn copy_focused(&self, form: CopyForm, cx: &mut UpdateContext<'_>) {
        let height = self.row_lines(cx.shared.screen);
        if let Some(CompareFocus::Mark(side, mark)) = self.focus_in_sight(height)
            && mark.kind == MarkKind::Quote
        {
            self.copy_quotation(side, mark.number, form, cx);
            return;
        }
        match self.focused_text(height, form, cx.shared) {
            Some(words) => cx.copy(sanitize(words).text),
            None => cx.say("nothing to copy here"),
        }
    }

    fn copy_quotation(
        &self,
        side: Side,
        number: usize,
        form: CopyForm,
        cx: &mut UpdateContext<'_>,
    ) {
        let Some(report) = self.reports.map(|sides| sides[side]) else {
            return;
        };
        let markdown = || {
            let report = cx.shared.report(report)?;
            let quote = report.annotated()?.quotes.get(number)?;
            Some(citation(&report.article, quote, CitationStyle::Markdown))
        };
        match form {
            CopyForm::Plain => cx.copy_quote(report, number),
            CopyForm::Markdown => {
                if let Some(words) = markdown() {
                    cx.copy(words);
                }
            }
        }
    }

    fn focused_text(&self, height: usize, form: CopyForm, shared: &Shared) -> Option<String> {
        match self.focus_in_sight(height) {
            Some(CompareFocus::Finding(_)) => {
                Some(self.difference_text(self.focused_finding()?, form, shared))
            }
            Some(CompareFocus::Mark(side, mark)) => {
                let report = shared.report(self.reports?[side])?;
                Some(form.cited(
                    mark.span.of(&report.article.text),
                    &self.source(side, shared),
                ))
            }
            Some(_) => {
                let (side, passage) = self.focused_passage()?;
                let row = self.rows.with_passage(side, passage);
                let row = row.map_or_else(|| only(side, passage), |row| row.row.passages);
                self.passages_text(row, form, shared)
            }
            None => self.passages_text(self.rows.at_top(self.active)?.row.passages, form, shared),
        }
    }

    /// Returns a difference: its kind, and the words of each report.
    fn difference_text(&self, finding: &Finding, form: CopyForm, shared: &Shared) -> String {
        let mut parts = vec![form.heading(finding.kind.name())];
        for side in Side::BOTH {
            let words = finding.side_words(side);
            parts.push(form.cited(&words, &self.source(side, shared)));
        }
        joined(&parts, form)
    }

    /// Returns the passages of a row, each with its source.
    fn passages_text(
        &self,
        passages: crate::compare::Sides<Option<usize>>,
        form: CopyForm,
        shared: &Shared,
    ) -> Option<String> {
        let (comparison, reports) = (self.comparison.as_ref()?, self.open_reports(shared)?);
        let parts = Side::BOTH.into_iter().filter_map(|side| {
            let span = comparison.passage_span(side, passages[side]?)?;
            let words = span.of(&reports[side].article.text);
            Some(form.cited(words, &self.source(side, shared)))
        });
        let parts: Vec<String> = parts.collect();
        (!parts.is_empty()).then(|| joined(&parts, form))
    }

    /// Returns the outlet of a side, or else its title, and the date where it is known.
    fn source(&self, side: Side, shared: &Shared) -> String {
        let summary = self.reports.and_then(|sides| shared.summary(sides[side]));
        let Some(summary) = summary else {
            return side.letter().to_string();
        };
        let outlet = summary.outlet.as_deref();
        let name = outlet.map_or_else(|| format!("“{}”", summary.label), str::to_owned);
        match summary.published {
            Some(published) => format!("{name}, {}", words::date(Some(published))),
            None => name,
        }
    }
}

fn joined(parts: &[String], form: CopyForm) -> String {
    parts.join(match form {
        CopyForm::Plain => "\n",
        CopyForm::Markdown => "\n\n",
    })
}
