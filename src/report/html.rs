//! Writes a comparison as one page of HTML: no network, no script, readable on paper, in the dark and without colour.
//!
//! All text of a report goes through [`escape::html`]; the page forbids itself everything but its own style sheet, so that
//! even a mistake here could not make it load anything.

use std::io::{self, Write};

use crate::article::Article;
use crate::compare::{ComparisonRow, Difference, PairTier, PassageMark, Side};
use crate::report::comparison::{ComparedReports, RowRelation, name};
use crate::report::{escape, facts};
use crate::text::count::counted;

const STYLE: &str = include_str!("../../assets/report.css");

/// Writes the page.
pub(crate) fn compare(compared: &ComparedReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    head(compared, out)?;
    strip(compared, out)?;
    differences(compared, out)?;
    rows(compared, out)?;
    writeln!(
        out,
        "<footer>Made by crossread {}. Only in A and only in B are passages without a partner in the other report; nothing here \
         says which report is right.</footer>\n</body>\n</html>",
        env!("CARGO_PKG_VERSION")
    )
}

fn head(compared: &ComparedReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    let [left, right] = Side::BOTH.map(|side| escape::html(&compared.article(side).label));
    writeln!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{left} / {right}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<p class=\"kicker\">Two reports compared</p>"
    )?;
    writeln!(out, "<div class=\"reports\">")?;
    for side in Side::BOTH {
        report(side, compared.article(side), out)?;
    }
    writeln!(
        out,
        "</div>\n<p class=\"found\">{}</p>",
        escape::html(&compared.headline())
    )
}

fn report(side: Side, article: &Article, out: &mut dyn Write) -> io::Result<()> {
    let known = [
        facts::outlet(article),
        facts::published(article),
        facts::author(article),
    ];
    let derived = facts::derived(article)
        .map_or_else(String::new, |from| format!(" <small>({from})</small>"));
    writeln!(
        out,
        "<section class=\"report {class}\">\n<h1><b class=\"letter\">{letter}</b> {label}{derived}</h1>\n<p>{known} \u{b7} {words}</p>\n\
         <p class=\"path\">{path}</p>\n</section>",
        class = class(side),
        letter = side.letter(),
        label = escape::html(&article.label),
        known = escape::html(&known.join(" \u{b7} ")),
        words = counted(article.words, "word"),
        path = escape::html(&article.path),
    )
}

/// Writes the strip: each report as a row of boxes, one for each passage, that link to their rows.
fn strip(compared: &ComparedReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<nav class=\"strip\" aria-label=\"Passages at a glance\">"
    )?;
    for side in Side::BOTH {
        writeln!(
            out,
            "<p class=\"{}\"><b class=\"letter\">{}</b>",
            class(side),
            side.letter()
        )?;
        for (relation, number) in boxes(compared, side) {
            let sign = if relation.sign().is_empty() {
                "\u{2009}"
            } else {
                relation.sign()
            };
            writeln!(
                out,
                "<a href=\"#{name}\" class=\"{relation}\" title=\"{name}: {words}\">{sign}</a>",
                name = name(side, number),
                relation = stand_class(relation),
                words = said(relation),
            )?;
        }
        writeln!(out, "</p>")?;
    }
    writeln!(
        out,
        "<p class=\"legend\">{}</p>\n</nav>\n</header>",
        legend()
    )
}

/// Returns the meaning of the signs and marks.
fn legend() -> String {
    let tiers = PairTier::ALL.map(|tier| format!("<b>{}</b> {}", tier.sign(), tier.meaning()));
    format!(
        "{} \u{b7} empty: only here. In the rows, <mark>marked words</mark> differ from the partner\u{2019}s, \
         <i class=\"shared\">dotted words</i> are in both, <span class=\"attribution\">grey words</span> say who said it.",
        tiers.join(" \u{b7} ")
    )
}

/// Returns the relation of each passage of `side`, in the order of its own report.
fn boxes(compared: &ComparedReports<'_>, side: Side) -> Vec<(RowRelation, usize)> {
    let mut boxes: Vec<_> = compared
        .rows()
        .into_iter()
        .filter_map(|row| Some((compared.relation(row), row.passages[side]?)))
        .collect();
    boxes.sort_by_key(|(_, number)| *number);
    boxes
}

fn differences(compared: &ComparedReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    let found = &compared.comparison.differences;
    writeln!(
        out,
        "<section class=\"differences\">\n<h2>{}</h2>",
        counted(found.len(), "difference")
    )?;
    if !found.is_empty() {
        writeln!(out, "<ol>")?;
        for difference in found {
            write_difference(compared, difference, out)?;
        }
        writeln!(out, "</ol>")?;
    }
    writeln!(out, "</section>")
}

fn write_difference(
    compared: &ComparedReports<'_>,
    difference: &Difference,
    out: &mut dyn Write,
) -> io::Result<()> {
    let at = compared
        .comparison
        .pairs
        .get(difference.pair)
        .map(|pair| pair.at);
    let links = at.map_or_else(String::new, |at| {
        let [a, b] = Side::BOTH.map(|side| link(side, at[side]));
        format!("{a} {b}")
    });
    writeln!(
        out,
        "<li>{} <span class=\"at\">{links}</span></li>",
        escape::html(&difference.line()),
    )
}

fn link(side: Side, number: usize) -> String {
    let name = name(side, number);
    format!("<a href=\"#{name}\">{name}</a>")
}

fn rows(compared: &ComparedReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<table>\n<caption>Both reports, passage by passage, in the order of A</caption>\n<thead><tr><th scope=\"col\">A</th>\
         <th scope=\"col\"><span class=\"away\">Relation</span></th><th scope=\"col\">B</th></tr></thead>\n<tbody>"
    )?;
    for row in compared.rows() {
        let relation = compared.relation(row);
        writeln!(out, "<tr class=\"{}\">", stand_class(relation))?;
        cell(compared, row, Side::Left, out)?;
        writeln!(out, "<td class=\"gutter\">{}</td>", gutter(compared, row))?;
        cell(compared, row, Side::Right, out)?;
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody>\n</table>")
}

fn cell(
    compared: &ComparedReports<'_>,
    row: ComparisonRow,
    side: Side,
    out: &mut dyn Write,
) -> io::Result<()> {
    let Some(number) = row.passages[side] else {
        return writeln!(out, "<td class=\"gap\"></td>");
    };
    let name = name(side, number);
    write!(out, "<td id=\"{name}\"><span class=\"name\">{name}</span> ")?;
    for piece in compared.pieces(side, number, row.pair) {
        let words = escape::html(piece.words);
        let (start, end) = match piece.mark {
            Some(PassageMark::Changed) => ("<mark>", "</mark>"),
            Some(PassageMark::Shared) => ("<i class=\"shared\">", "</i>"),
            Some(PassageMark::Attribution) => ("<span class=\"attribution\">", "</span>"),
            None => ("", ""),
        };
        write!(out, "{start}{words}{end}")?;
    }
    writeln!(out, "</td>")
}

/// Returns the sign between the columns, and where the partner is when it stands in another row.
fn gutter(compared: &ComparedReports<'_>, row: ComparisonRow) -> String {
    let relation = compared.relation(row);
    match relation {
        RowRelation::Opposite(_) => {
            format!("<b title=\"{}\">{}</b>", said(relation), relation.sign())
        }
        RowRelation::Only(side) => format!("<span>{}</span>", said(RowRelation::Only(side))),
        RowRelation::Elsewhere(_) => {
            let ends = compared.ends(row);
            let partner = Side::BOTH
                .into_iter()
                .find(|side| row.passages[*side].is_none());
            let to = partner
                .and_then(|side| Some(link(side, ends[side]?)))
                .unwrap_or_default();
            format!(
                "<b title=\"{}\">{}</b> {to}",
                said(relation),
                relation.sign()
            )
        }
    }
}

fn said(relation: RowRelation) -> String {
    match relation {
        RowRelation::Opposite(tier) => tier.name().to_owned(),
        RowRelation::Elsewhere(tier) => {
            format!("{}, the partner stands in another row", tier.name())
        }
        RowRelation::Only(side) => format!("only in {}", side.letter()),
    }
}

fn stand_class(relation: RowRelation) -> String {
    match relation {
        RowRelation::Opposite(tier) => tier.name().to_owned(),
        RowRelation::Elsewhere(tier) => format!("{} elsewhere", tier.name()),
        RowRelation::Only(side) => format!("only {}", class(side)),
    }
}

fn class(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}
