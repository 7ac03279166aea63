//! What is drawn of events: the headings in the list, why reports are together, and the reports to choose from for a comparison.

use chrono::{Datelike, NaiveDate};
use ratatui::layout::Rect;

use crate::report::facts;

use super::super::app::App;
use super::super::app::events::{Picker, Reasons, Section, Title};
use super::super::app::page;
use super::super::theme::Scope;
use super::overlay::Piece;
use super::{Canvas, columns, cut};

/// Columns of a word that is given as a reason.
const WORD: usize = 20;
/// Columns of the longest bar beside one.
const BAR: u16 = 30;

/// Returns what the heading over a section says in `width` columns: as many names as fit.
pub(super) fn heading(section: &Section, width: u16) -> String {
    let reports = match section.reports {
        1 => "1 report".to_owned(),
        n => format!("{n} reports"),
    };
    if section.group.is_none() {
        return cut(&format!("{reports} on their own"), width)
            .replace("1 report on their own", "1 report on its own");
    }
    let title = section.title.clone().unwrap_or_default();
    let line = |days: &str, names: &[String]| {
        let parts = [days, &names.join(", "), &reports].map(str::to_owned);
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    };
    let (days, names) = (days(&title), title.names.as_slice());
    // The year goes first, then one name after the other, then the days.
    let yearless = days.rsplit_once(' ').map_or("", |(days, _)| days);
    let fewer = || {
        (1..names.len())
            .rev()
            .filter_map(|count| names.get(..count))
    };
    let lines = [line(&days, names), line(yearless, names)];
    let mut lines = lines
        .into_iter()
        .chain(fewer().map(|names| line(yearless, names)))
        .chain(fewer().map(|names| line("", names)));
    lines
        .find(|line| columns(line) <= width)
        .unwrap_or_else(|| cut(&names.join(", "), width))
}

/// Returns the days of an event, as short as they can be said.
fn days(title: &Title) -> String {
    let whole = |date: NaiveDate| date.format("%-d %b %Y").to_string();
    match title.days {
        None => String::new(),
        Some((first, last)) if first == last => whole(first),
        Some((first, last)) if first.month() == last.month() && first.year() == last.year() => {
            format!("{}–{}", first.day(), whole(last))
        }
        Some((first, last)) => format!("{} – {}", first.format("%-d %b"), whole(last)),
    }
}

/// Returns why a report stands with the others of its event.
pub(super) fn reasons(app: &App, reasons: &Reasons, width: u16) -> Vec<Vec<Piece>> {
    let label = |number: usize| app.summary(number).map_or("", |summary| &*summary.label);
    let mut lines = vec![
        vec![(cut(label(reasons.report), width), Scope::Headline)],
        vec![(
            cut(
                if reasons.alone {
                    "stands alone; of all others this one is the nearest"
                } else {
                    "stands with these reports, for the words that they share"
                },
                width,
            ),
            Scope::Dim,
        )],
    ];
    for reason in &reasons.others {
        let alike = format!("{} % alike  ", reason.alike);
        let room = width.saturating_sub(columns(&alike));
        lines.push(Vec::new());
        lines.push(vec![
            (alike, Scope::Focus),
            (cut(label(reason.report), room), Scope::Text),
        ]);
        lines.push(vec![(cut(&facts(app, reason.report), width), Scope::Meta)]);
        let most = reason
            .words
            .iter()
            .map(|(_, part)| *part)
            .max()
            .unwrap_or(1)
            .max(1);
        for (word, part) in &reason.words {
            let word = cut(word, WORD as u16 - 1);
            let pad = WORD.saturating_sub(usize::from(columns(&word)));
            let longest = BAR.min(width.saturating_sub(WORD as u16 + 6));
            let bar = usize::from((u32::from(longest) * u32::from(*part) / u32::from(most)) as u16);
            lines.push(vec![
                (word, Scope::Text),
                (" ".repeat(pad), Scope::Text),
                (format!("{part:>3} %  "), Scope::Dim),
                ("▬".repeat(bar), Scope::StripLikely),
            ]);
        }
    }
    lines
}

fn facts(app: &App, number: usize) -> String {
    app.summary(number).map_or_else(String::new, page::facts)
}

/// Draws the reports to choose from.
pub(super) fn picker(canvas: &mut Canvas<'_>, picker: &Picker, area: Rect) {
    let rows = usize::from(area.height).max(1);
    if picker.found.is_empty() {
        let dim = canvas.style(Scope::Dim);
        canvas.put(area.x, area.y, area.width, "nothing matches", dim);
        return;
    }
    // A page at a time: the eye keeps its place while the choice moves.
    let top = picker.selected / rows * rows;
    let left = canvas
        .app
        .comparing
        .as_ref()
        .map(|comparing| comparing.reports.left);
    let event = left
        .map_or(&[][..], |left| canvas.app.events.event_of(left))
        .to_vec();
    for (y, (row, &number)) in
        (area.top()..area.bottom()).zip(picker.found.iter().enumerate().skip(top))
    {
        let app = canvas.app;
        let Some(summary) = app.summary(number) else {
            continue;
        };
        let chosen = row == picker.selected;
        let style = canvas.style(if chosen { Scope::Selected } else { Scope::Text });
        if chosen {
            canvas.put(area.x, y, 1, "▌", style);
            canvas.cursor = Some((area.x, y));
        }
        let near = canvas.style(Scope::Mark);
        if event.contains(&number) {
            canvas.put(area.x + 1, y, 1, "=", near);
        }
        let outlet = summary.outlet.as_deref().unwrap_or(facts::OUTLET_UNKNOWN);
        let aside = format!("{} · {}", cut(outlet, 24), page::date(summary.published));
        let meta = canvas.style(Scope::Meta);
        let (x, right) = (area.x + 3, area.right());
        let least = x + area.width / 2;
        let end = canvas
            .put_right(least, right, y, &aside, meta)
            .unwrap_or(right);
        let room = end.saturating_sub(x + 2);
        canvas.put(x, y, room, &cut(&summary.label, room), style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn section(names: &[&str], days: [u32; 2]) -> Section {
        let day = |day| NaiveDate::from_ymd_opt(2025, 9, day);
        Section {
            group: Some(0),
            reports: 3,
            title: Some(Title {
                days: day(days[0]).zip(day(days[1])),
                names: names.iter().map(ToString::to_string).collect(),
            }),
            ..Section::default()
        }
    }

    #[test]
    fn a_heading_says_as_many_names_as_fit() {
        let section = section(&["Carney", "Trump"], [3, 3]);
        assert_eq!(
            heading(&section, 60),
            "3 Sep 2025 · Carney, Trump · 3 reports"
        );
        assert_eq!(heading(&section, 34), "3 Sep · Carney, Trump · 3 reports");
        assert_eq!(heading(&section, 28), "3 Sep · Carney · 3 reports");
        assert_eq!(heading(&section, 20), "Carney · 3 reports");
        assert_eq!(heading(&section, 14), "Carney, Trump");
        assert_eq!(heading(&section, 8), "Carney,…");
    }

    #[test]
    fn days_are_said_shortly() {
        assert!(heading(&section(&["Carney"], [3, 5]), 60).starts_with("3–5 Sep 2025 · "));
    }
}
