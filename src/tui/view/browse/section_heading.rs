//! The heading over a section of the list: the days of an event, the names that its reports share, and how many they are.

use chrono::{Datelike, NaiveDate};

use crate::tui::canvas::{columns, cut};
use crate::tui::shared::event_groups::{Section, SectionTitle};

/// Returns the heading of a section in `width` columns, with as many names as fit.
pub(super) fn words(section: &Section, width: u16) -> String {
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
fn days(title: &SectionTitle) -> String {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn section(names: &[&str], days: [u32; 2]) -> Section {
        let day = |day| NaiveDate::from_ymd_opt(2025, 9, day);
        Section {
            group: Some(0),
            reports: 3,
            title: Some(SectionTitle {
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
            words(&section, 60),
            "3 Sep 2025 · Carney, Trump · 3 reports"
        );
        assert_eq!(words(&section, 34), "3 Sep · Carney, Trump · 3 reports");
        assert_eq!(words(&section, 28), "3 Sep · Carney · 3 reports");
        assert_eq!(words(&section, 20), "Carney · 3 reports");
        assert_eq!(words(&section, 14), "Carney, Trump");
        assert_eq!(words(&section, 8), "Carney,…");
    }

    #[test]
    fn days_are_said_shortly() {
        assert!(words(&section(&["Carney"], [3, 5]), 60).starts_with("3–5 Sep 2025 · "));
    }
}
