//! Writes results as comma-separated values (RFC 4180), for spreadsheets: one header line, one row each, lines end in CRLF.
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front, for the words come from anywhere.

use std::io::{self, Write};

use crate::compare::{ComparisonRow, PairTier, Side};
use crate::report::comparison::ComparedReports;
use crate::report::{CoveredReports, ReportQuotes, facts, paragraph};
use crate::text::{ScalarPlaces, Span};

/// Writes quotations; `start` and `end` count Unicode scalar values of the text as it came.
pub(crate) fn quotes(quoted: &[ReportQuotes<'_>], out: &mut dyn Write) -> io::Result<()> {
    let columns = "report,outlet,published,label,path,paragraph,start,end,kind,speaker,cue,words";
    row(out, columns.split(','))?;
    for one in quoted {
        let article = &one.report.article;
        let scalars = ScalarPlaces::new(&article.text, &article.origin);
        for quote in &one.quotes {
            let place = scalars.span(quote.span);
            let paragraph = paragraph(article, quote.span);
            let outlet = article.outlet.as_ref().map_or("", |field| &field.value);
            let published = article.published.as_ref().map(|field| field.value.date);
            let speaker = quote.speaker.as_ref().map_or("", |speaker| &speaker.name);
            let cue = quote.cue.map_or("", |cue| cue.of(&article.text));
            row(
                out,
                [
                    (one.number + 1).to_string().as_str(),
                    outlet,
                    &or_empty(published),
                    &article.label,
                    &article.path,
                    &or_empty(paragraph.map(|number| number + 1)),
                    &place.start.to_string(),
                    &place.end.to_string(),
                    facts::kind(quote.kind),
                    speaker,
                    cue,
                    quote.span.of(&article.text),
                ],
            )?;
        }
    }
    Ok(())
}

/// Writes the coverage: a row a claim, and for each report how it has it, in which paragraph, and the words.
pub fn coverage(covered: &CoveredReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut header = vec!["claim".to_owned(), "told_by".to_owned()];
    for report in &covered.reports {
        let name = facts::column(&report.article);
        header.extend(["how", "paragraph", "words"].map(|what| format!("{name}: {what}")));
    }
    row(out, header.iter().map(String::as_str))?;
    let text = |report: usize| Some(&covered.reports.get(report)?.article.text);
    for claim in &covered.coverage.claims {
        let lead = text(claim.lead.report).map_or("", |text| claim.lead.span.of(text));
        let mut cells = vec![lead.to_owned(), claim.covering_reports().to_string()];
        for (report, cell) in claim.cells.iter().enumerate() {
            let paragraph = covered.coverage.paragraph(report, cell);
            let passages = covered.coverage.passages.get(report);
            let words = cell.passages.iter();
            let words = words.filter_map(|&n| Some(passages?.get(n)?.span.of(text(report)?)));
            cells.push(cell.how.name().to_owned());
            cells.push(or_empty(paragraph.map(|number| number + 1)));
            cells.push(words.collect::<Vec<_>>().join(" "));
        }
        row(out, cells.iter().map(String::as_str))?;
    }
    Ok(())
}

/// Writes the passages of a comparison in rows, then its differences; `start` and `end` as in [`quotes`].
pub(crate) fn compare(compared: &ComparedReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    let columns = "what,kind,similarity,a_start,a_end,a_words,b_start,b_end,b_words,note";
    row(out, columns.split(','))?;
    let sides = Side::BOTH.map(|side| {
        let article = compared.article(side);
        (side, ScalarPlaces::new(&article.text, &article.origin))
    });
    for one in compared.rows() {
        let pair = compared.pair(one);
        let similarity = or_empty(pair.map(|pair| format!("{:.3}", pair.similarity)));
        let [a, b] = sides.each_ref().map(|(side, scalars)| {
            let span = compared.passage(one, *side);
            let words = span.map_or("", |span| span.of(&compared.article(*side).text));
            placed(scalars, span, words)
        });
        let known = ["passage", passage_kind(compared, one), &similarity].map(str::to_owned);
        let cells = [known.as_slice(), &a, &b, &[compared.sign(one)]].concat();
        row(out, cells.iter().map(String::as_str))?;
    }
    for difference in &compared.comparison.differences {
        let [a, b] = sides.each_ref().map(|(side, scalars)| {
            let spans = &difference.spans[*side];
            let ends = spans.first().zip(spans.last());
            let hull = ends.map(|(first, last)| Span::new(first.start, last.end));
            placed(scalars, hull, &compared.words(difference, *side))
        });
        let known = ["difference", difference.kind.id(), ""].map(str::to_owned);
        let cells = [known.as_slice(), &a, &b, &[difference.line()]].concat();
        row(out, cells.iter().map(String::as_str))?;
    }
    Ok(())
}

/// Returns the tier of the pair that binds a row, or the side that has it alone.
fn passage_kind(compared: &ComparedReports<'_>, row: ComparisonRow) -> &'static str {
    let tier = compared.pair(row).map(|pair| pair.tier);
    match (row.passages.left, row.passages.right) {
        (Some(_), Some(_)) => tier.unwrap_or(PairTier::Related).name(),
        (Some(_), None) => tier.map_or("only-a", PairTier::name),
        _ => tier.map_or("only-b", PairTier::name),
    }
}

/// Returns the cells of words on one side: start, end, words.
fn placed(scalars: &ScalarPlaces<'_>, span: Option<Span>, words: &str) -> [String; 3] {
    let place = span.map(|span| scalars.span(span));
    [
        or_empty(place.map(|place| place.start)),
        or_empty(place.map(|place| place.end)),
        words.to_owned(),
    ]
}

/// Returns the cell of a value that may be unknown.
fn or_empty(value: Option<impl ToString>) -> String {
    value.map_or_else(String::new, |value| value.to_string())
}

/// Writes one row.
fn row<'a>(out: &mut dyn Write, cells: impl IntoIterator<Item = &'a str>) -> io::Result<()> {
    let cells: Vec<String> = cells.into_iter().map(cell).collect();
    // RFC 4180 asks for CRLF on every system.
    write!(out, "{}\r\n", cells.join(","))
}

fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@']);
    let guarded = format!("{}{text}", if is_formula { "'" } else { "" });
    if guarded.contains(['"', ',', '\n', '\r']) {
        format!("\"{}\"", guarded.replace('"', "\"\""))
    } else {
        guarded
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_commas_and_formulas_stay_in_their_cell() {
        let mut out = Vec::new();
        row(&mut out, ["\"at length,\" he said", "=1+1", "steel"]).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "\"\"\"at length,\"\" he said\",'=1+1,steel\r\n"
        );
    }
}
