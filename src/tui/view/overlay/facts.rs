//! The facts of a report, each with the place that states it: what nothing states is unknown.

use crate::article::{Article, Provenance, StatedFact};
use crate::library::ReportNo;
use crate::report::facts::{self, EXCERPT};
use crate::text::CleanText;
use crate::text::wrap;
use crate::tui::shared::Shared;
use crate::tui::theme::Scope;

use super::{PageLine, blanks, column_line, line};

/// Columns of the name of a fact.
const NAME: u16 = 10;

/// Returns the lines of the page.
pub(super) fn lines(report: ReportNo, shared: &Shared, width: u16) -> Vec<PageLine> {
    let Some(report) = shared.report(report) else {
        return vec![line("the report is closed; open it first", Scope::Dim)];
    };
    let article = &*report.article;
    let published = article.published.as_ref();
    let published = published.map(|fact| (facts::published(article), &fact.provenance));
    let mut lines = vec![line("What the report says about itself", Scope::Headline)];
    for (name, fact) in [
        ("headline", words(article.headline.as_ref())),
        ("outlet", words(article.outlet.as_ref())),
        ("author", words(article.author.as_ref())),
        ("published", published),
        ("address", words(article.url.as_ref())),
    ] {
        lines.push(Vec::new());
        lines.extend(fact_lines(name, fact, width));
    }
    lines.push(Vec::new());
    lines.extend(value_lines("file", &article.path, Scope::Text, width));
    lines.extend(value_lines("text", &extent(article), Scope::Text, width));
    lines
}

fn words(fact: Option<&StatedFact<CleanText>>) -> Option<(String, &Provenance)> {
    fact.map(|fact| (fact.value.to_string(), &fact.provenance))
}

fn extent(article: &Article) -> String {
    let length = facts::length(article);
    match length.ends_with(EXCERPT) {
        true => format!("{length}: the file does not hold all of it"),
        false => length,
    }
}

fn fact_lines(name: &str, fact: Option<(String, &Provenance)>, width: u16) -> Vec<PageLine> {
    let Some((value, provenance)) = fact else {
        return value_lines(name, "unknown", Scope::Dim, width);
    };
    let mut lines = value_lines(name, &value, Scope::Text, width);
    lines.extend(value_lines("", &origin(provenance), Scope::Meta, width));
    lines
}

/// Returns a value beside its name, wrapped.
fn value_lines(name: &str, value: &str, scope: Scope, width: u16) -> Vec<PageLine> {
    let room = usize::from(width.saturating_sub(NAME)).max(1);
    let rows = wrap::wrap(value, room).into_iter().enumerate();
    let lines = rows.map(|(number, row)| {
        let mut line = match number {
            0 => column_line(name, Scope::Dim, NAME),
            _ => vec![blanks(NAME)],
        };
        line.push((row.of(value).to_owned(), scope));
        line
    });
    lines.collect()
}

/// Returns the place that states a fact, in words.
fn origin(provenance: &Provenance) -> String {
    match provenance {
        Provenance::FrontMatter(key) => format!("from the front matter, {key}"),
        Provenance::HeaderLine(key) => format!("from a line before the text, {key}"),
        Provenance::InlinePrefix => "from the words before the first sentence".to_owned(),
        Provenance::Layout => "from the layout of the first lines".to_owned(),
        Provenance::Dateline => "from the dateline".to_owned(),
        Provenance::Key(key) => format!("from the field {key}"),
        Provenance::Column(name) => format!("from the column {name}"),
        Provenance::Field(name) => format!("from the field {name}"),
        Provenance::Markup(name) => format!("from the page, {name}"),
        Provenance::FileName => "from the name of the file or folder".to_owned(),
        Provenance::Beside(key) => format!("from a file beside it, {key}"),
    }
}
