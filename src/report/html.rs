//! Writes a comparison as one page of HTML: no network, no script, readable on paper, in the dark and without colour.
//!
//! All text of a report goes through [`escape::html`]; the page forbids itself everything but its own style sheet, so that
//! even a mistake here could not make it load anything.

use std::io::{self, Write};

use crate::article::Article;
use crate::compare::{ComparisonRow, Difference, PairRelation, PassageMark, Side};
use crate::report::comparison::{ComparedReports, RowRelation, name};
use crate::report::{escape, facts};
use crate::text::count::counted;

const STYLE: &str = include_str!("../../assets/report.css");
/// Stands in the box of a passage without a partner, which has no sign; an empty box would be no link to click.
const THIN_SPACE: &str = "\u{2009}";

/// Writes the page.
pub(crate) fn compare(compared: &ComparedReports<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "{}{}{}{}<footer>Made by crossread {}. Only in A and only in B are passages without a partner in the other report; nothing here \
         says which report is right.</footer>\n</body>\n</html>",
        head(compared),
        strip(compared),
        differences(compared),
        rows(compared),
        env!("CARGO_PKG_VERSION")
    )
}

fn head(compared: &ComparedReports<'_>) -> String {
    let [left, right] = Side::BOTH.map(|side| escape::html(&compared.article(side).label));
    // The policy in the head forbids even what this file writes by mistake: no script, no picture, no address.
    let reports = Side::BOTH.map(|side| report(side, compared.article(side)));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{left} / {right}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<p class=\"kicker\">Two reports compared</p>\n\
         <div class=\"reports\">\n{}</div>\n<p class=\"found\">{}</p>\n",
        reports.concat(),
        escape::html(&compared.headline())
    )
}

fn report(side: Side, article: &Article) -> String {
    let known = [facts::published(article), facts::author(article)];
    let derived = facts::derived(article).map(|from| format!(" <small>({from})</small>"));
    format!(
        "<section class=\"report {class}\">\n<p><b class=\"letter\">{letter}</b> <b>{outlet}</b> \u{b7} {known} \u{b7} {words}</p>\n<h1>{label}{derived}</h1>\n\
         <p class=\"path\">{path}</p>\n</section>\n",
        class = class(side),
        letter = side.letter(),
        outlet = escape::html(&facts::outlet(article)),
        derived = derived.unwrap_or_default(),
        label = escape::html(&article.label),
        known = escape::html(&known.join(" \u{b7} ")),
        words = facts::length(article),
        path = escape::html(&article.path),
    )
}

/// Returns the strip: each report as a row of boxes, one for each passage, that link to their rows.
fn strip(compared: &ComparedReports<'_>) -> String {
    let reports = Side::BOTH.map(|side| {
        let boxes = boxes(compared, side).into_iter();
        let boxes = boxes.map(|(relation, number)| passage_box(relation, &name(side, number)));
        let boxes: String = boxes.collect();
        let (class, letter) = (class(side), side.letter());
        format!("<p class=\"{class}\"><b class=\"letter\">{letter}</b>\n{boxes}</p>\n")
    });
    format!(
        "<nav class=\"strip\" aria-label=\"Passages at a glance\">\n{}<p class=\"legend\">{}</p>\n</nav>\n</header>\n",
        reports.concat(),
        legend()
    )
}

fn passage_box(relation: RowRelation, name: &str) -> String {
    let sign = match relation.sign() {
        "" => THIN_SPACE,
        sign => sign,
    };
    let (class, words) = (relation_class(relation), relation.words());
    format!("<a href=\"#{name}\" class=\"{class}\" title=\"{name}: {words}\">{sign}</a>\n")
}

/// Returns the meaning of the signs and marks.
fn legend() -> String {
    let signs = PairRelation::ALL
        .map(|relation| format!("<b>{}</b> {}", relation.sign(), relation.meaning()));
    format!(
        "{} \u{b7} empty: only in this report. In the rows, <mark>marked words</mark> differ from the partner\u{2019}s, \
         <i class=\"shared\">dotted words</i> are in both, <span class=\"attribution\">grey words</span> say who said it.",
        signs.join(" \u{b7} ")
    )
}

/// Returns the relation of each passage of `side`, in the order of its own report.
fn boxes(compared: &ComparedReports<'_>, side: Side) -> Vec<(RowRelation, usize)> {
    let rows = compared.rows().into_iter();
    let boxes = rows.filter_map(|row| Some((compared.relation(row), row.passages[side]?)));
    let mut boxes: Vec<_> = boxes.collect();
    boxes.sort_by_key(|(_, number)| *number);
    boxes
}

fn differences(compared: &ComparedReports<'_>) -> String {
    let found = &compared.comparison.differences;
    if found.is_empty() {
        return String::new();
    }
    let items: String = found.iter().map(difference).collect();
    let title = counted(found.len(), "difference");
    format!("<section class=\"differences\">\n<h2>{title}</h2>\n<ol>\n{items}</ol>\n</section>\n")
}

fn difference(difference: &Difference) -> String {
    let links = Side::BOTH.map(|side| link(side, difference.at[side]));
    let links = links.join(" ");
    let line = escape::html(&difference.line());
    format!("<li>{line} <span class=\"at\">{links}</span></li>\n")
}

fn link(side: Side, number: usize) -> String {
    let name = name(side, number);
    format!("<a href=\"#{name}\">{name}</a>")
}

fn rows(compared: &ComparedReports<'_>) -> String {
    let rows = compared.rows().into_iter().map(|row| {
        let [left, right] = Side::BOTH.map(|side| cell(compared, row, side));
        let class = relation_class(compared.relation(row));
        let gutter = gutter(compared, row);
        format!("<tr class=\"{class}\">\n{left}<td class=\"gutter\">{gutter}</td>\n{right}</tr>\n")
    });
    format!(
        "<table>\n<caption>Both reports, passage by passage, in the order of A</caption>\n<thead><tr><th scope=\"col\">A</th>\
         <th scope=\"col\"><span class=\"away\">Relation</span></th><th scope=\"col\">B</th></tr></thead>\n<tbody>\n{}</tbody>\n</table>\n",
        rows.collect::<String>()
    )
}

fn cell(compared: &ComparedReports<'_>, row: ComparisonRow, side: Side) -> String {
    let Some(number) = row.passages[side] else {
        return "<td class=\"gap\"></td>\n".to_owned();
    };
    let pieces = compared.pieces(side, number, row.pair).into_iter();
    let words = pieces.map(|piece| {
        let words = escape::html(piece.words);
        match piece.mark {
            Some(PassageMark::Changed) => format!("<mark>{words}</mark>"),
            Some(PassageMark::Shared) => format!("<i class=\"shared\">{words}</i>"),
            Some(PassageMark::Attribution) => format!("<span class=\"attribution\">{words}</span>"),
            None => words,
        }
    });
    let (name, words) = (name(side, number), words.collect::<String>());
    format!("<td id=\"{name}\"><span class=\"name\">{name}</span> {words}</td>\n")
}

/// Returns the sign between the columns, and where the partner is when it stands in another row.
fn gutter(compared: &ComparedReports<'_>, row: ComparisonRow) -> String {
    let relation = compared.relation(row);
    let (said, sign) = (relation.words(), relation.sign());
    match relation {
        RowRelation::Opposite(_) => format!("<b title=\"{said}\">{sign}</b>"),
        RowRelation::Only(_) => format!("<span>{said}</span>"),
        RowRelation::Elsewhere(_) => {
            let ends = compared.ends(row);
            let mut sides = Side::BOTH.into_iter();
            let partner = sides.find(|side| row.passages[*side].is_none());
            let to = partner.and_then(|side| Some(link(side, ends[side]?)));
            format!("<b title=\"{said}\">{sign}</b> {}", to.unwrap_or_default())
        }
    }
}

fn relation_class(relation: RowRelation) -> String {
    match relation {
        RowRelation::Opposite(relation) => pair_class(relation).to_owned(),
        RowRelation::Elsewhere(relation) => format!("{} elsewhere", pair_class(relation)),
        RowRelation::Only(side) => format!("only {}", class(side)),
    }
}

fn pair_class(relation: PairRelation) -> &'static str {
    match relation {
        PairRelation::SameWords => "same-words",
        PairRelation::SameMatter => "same-matter",
        PairRelation::Touches => "touches",
    }
}

fn class(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Right => "right",
    }
}
