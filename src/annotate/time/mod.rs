//! Expressions of time: where they are and which day, month, quarter or span they mean.
//!
//! News counts from the day it is published: "Monday", "last month", "a year earlier" mean nothing without it, so an
//! expression that needs a day that is not known is found but has no value. Values are those of TIMEX3, the format that
//! annotated news uses (`2025-09-01`, `2025-W36`, `P2Y`, `PAST_REF`). Knows English.

mod reader;
mod tense;
mod tokens;
mod value;

use chrono::NaiveDate;

use crate::text::Span;

use reader::TimeReader;
use tokens::TimeTokens;
pub use value::{DayPart, TimeAmount, TimeUnit, TimeValue, YearSeason};

/// An expression of time in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeHit {
    /// The words.
    pub span: Span,
    /// Their meaning; `None` where it needs a day of publication that is not known.
    pub value: Option<TimeValue>,
}

/// Returns the expressions of time in `paragraphs` of `text`, which was published on `published`; in order, none inside
/// another.
pub fn find_times(text: &str, paragraphs: &[Span], published: Option<NaiveDate>) -> Vec<TimeHit> {
    let mut hits = Vec::new();
    let mut quarter = None;
    for &paragraph in paragraphs {
        let tokens = TimeTokens::new(paragraph.of(text));
        let mut reader = TimeReader::new(&tokens, published, quarter);
        while !reader.is_at_end() {
            match reader.expression() {
                Some((span, value)) => hits.push(TimeHit {
                    span: span.shifted(paragraph.start),
                    value,
                }),
                None => reader.step(),
            }
        }
        quarter = reader.quarter();
    }
    hits
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Finds in a report of Wednesday, 3 September 2025.
    fn times(text: &str) -> Vec<String> {
        let wednesday = NaiveDate::from_ymd_opt(2025, 9, 3);
        find_times(text, &[Span::new(0, text.len())], wednesday)
            .into_iter()
            .map(|hit| {
                format!(
                    "{} = {}",
                    hit.span.of(text),
                    hit.value.map_or("?".to_owned(), |value| value.to_string())
                )
            })
            .collect()
    }

    #[test]
    fn days_are_counted_from_the_day_of_publication() {
        assert_eq!(
            times("He spoke Monday evening."),
            ["Monday evening = 2025-09-01TEV"]
        );
        assert_eq!(times("Carney said Wednesday."), ["Wednesday = 2025-09-03"]);
        assert_eq!(
            times("He will meet Trump on Friday."),
            ["Friday = 2025-09-05"]
        );
        assert_eq!(
            times("On Friday, the ministers will meet."),
            ["Friday = 2025-09-05"]
        );
        assert_eq!(
            times("He said yesterday, not last Friday."),
            ["yesterday = 2025-09-02", "last Friday = 2025-08-29"]
        );
    }

    #[test]
    fn dates_and_clock_times_are_read_whole() {
        assert_eq!(
            times("on Thursday, Aug. 7, 2025."),
            ["Thursday, Aug. 7, 2025 = 2025-08-07"]
        );
        assert_eq!(
            times("on 3 September 2025"),
            ["3 September 2025 = 2025-09-03"]
        );
        assert_eq!(times("until Dec. 1"), ["Dec. 1 = 2025-12-01"]);
        assert_eq!(
            times("at 5:30 p.m. Tuesday"),
            ["5:30 p.m. Tuesday = 2025-09-02T17:30"]
        );
        assert_eq!(times("since 2025-09-03"), ["2025-09-03 = 2025-09-03"]);
    }

    #[test]
    fn longer_stretches_have_their_values() {
        assert_eq!(
            times("He did so late last month."),
            ["late last month = 2025-08"]
        );
        assert_eq!(
            times("It is up for review next year."),
            ["next year = 2026"]
        );
        assert_eq!(times("a trade war in February"), ["February = 2025-02"]);
        assert_eq!(
            times("in the third quarter of 2024, and a year earlier"),
            [
                "the third quarter of 2024 = 2024-Q3",
                "a year earlier = 2023-Q3"
            ]
        );
        assert_eq!(times("in the 1990s"), ["the 1990s = 199X"]);
        assert_eq!(times("this fall"), ["this fall = 2025-FA"]);
    }

    #[test]
    fn lengths_and_repeats_have_no_day() {
        assert_eq!(
            times("for more than two years"),
            ["more than two years = P2Y"]
        );
        assert_eq!(times("a five-hour visit"), ["five-hour = PT5H"]);
        assert_eq!(
            times("a minute and a half later"),
            ["a minute and a half = PT1M30S"]
        );
        assert_eq!(times("for months"), ["months = PXM"]);
        assert_eq!(times("every day"), ["every day = P1D"]);
        assert_eq!(times("two weeks ago"), ["two weeks ago = 2025-W34"]);
    }

    #[test]
    fn names_and_numbers_are_no_times() {
        assert!(
            times("May he march? Mr. August sold 1990 shares and 2,000 tons for $2025.").is_empty()
        );
        assert!(times("A second group, and three-quarters of the seconds.").len() <= 1);
    }

    #[test]
    fn without_a_day_of_publication_the_value_stays_open() {
        let text = "He spoke Monday, not on Aug. 7, 2025, nor last month.";
        let hits = find_times(text, &[Span::new(0, text.len())], None);
        let values: Vec<_> = hits
            .iter()
            .map(|hit| hit.value.map(|value| value.to_string()))
            .collect();
        assert_eq!(
            values,
            [
                Some("XXXX-WXX-1".to_owned()),
                Some("2025-08-07".to_owned()),
                None
            ]
        );
    }

    proptest! {
        #[test]
        fn no_text_is_too_much_and_expressions_stand_in_order(
            words in prop::collection::vec(prop::sample::select(vec![
                "last", "the", "year", "-", "ago", "Monday", "May", "March", "3", "31", ",", "2025", "1990", "'", "s", "first", "quarter", "of", "a",
                "week", "half", "and", "to", "in", "past", "two", "twenty", "hundred", "p", ".", "m", ":", "30", "noon", "century", "20", "th", "é", "“",
            ]), 0..30),
            glue in prop::sample::select(vec!["", " "]),
            published in prop::option::of(0i32..1_000_000),
        ) {
            let text = words.join(glue);
            let day = published.and_then(NaiveDate::from_num_days_from_ce_opt);
            let mut before = 0;
            for hit in find_times(&text, &[Span::new(0, text.len())], day) {
                prop_assert!(hit.span.start >= before && !hit.span.is_empty() && text.get(hit.span.start..hit.span.end).is_some());
                before = hit.span.end;
            }
        }
    }
}
