use proptest::prelude::*;

use super::*;

const REPORTS: [&str; 4] = [
    "Carney spoke with Trump about steel and aluminum tariffs and the clerk of the Privy Council is in Washington.",
    "A storm hit the coast of Florida and left thousands of homes without power, the governor said.",
    "Trump and Carney discussed aluminum and steel tariffs; the Privy Council's clerk travelled to Washington.",
    "Thousands of Florida homes lost power when the storm reached the coast.",
];

fn report(text: &str, day: u32) -> EventReport<'_> {
    EventReport {
        headline: "",
        text,
        published: NaiveDate::from_ymd_opt(2025, 9, day),
    }
}

fn groups(days: [u32; 4]) -> Vec<Vec<usize>> {
    let mut days = days.into_iter();
    let reports = REPORTS.map(|text| report(text, days.next().unwrap()));
    events(&reports, 3).groups
}

#[test]
fn reports_of_one_event_are_together() {
    assert_eq!(groups([3, 3, 4, 3]), [vec![0, 2], vec![1, 3]]);
}

#[test]
fn reports_far_apart_in_time_are_not() {
    assert_eq!(groups([3, 3, 20, 3]), [vec![0], vec![1, 3], vec![2]]);
}

#[test]
fn the_words_that_two_reports_share_say_why_they_are_together() {
    let reports = REPORTS.map(|text| report(text, 3));
    let events = events(&reports, 3);
    let why: Vec<_> = events
        .shared(0, 2)
        .into_iter()
        .map(|term| term.word)
        .collect();
    assert!(
        why.contains(&"privi".to_owned()) && why.contains(&"tariff".to_owned()),
        "{why:?}"
    );
    assert!(events.likeness(0, 2) > events.likeness(0, 1));
}

/// Makes reports of a few words each from numbers; equal numbers make equal words, so that some reports are alike.
fn told(numbers: &[Vec<u8>]) -> Vec<String> {
    let word = |number: &u8| format!("harbour{number} ferry{}", number / 3);
    let text = |numbers: &Vec<u8>| numbers.iter().map(word).collect::<Vec<_>>().join(" ");
    numbers.iter().map(text).collect()
}

/// Returns the texts of each event, whatever the order of reports and events.
fn texts_of(events: &Events, reports: &[EventReport<'_>]) -> Vec<Vec<(String, Option<NaiveDate>)>> {
    let text = |&number: &usize| (reports[number].text.to_owned(), reports[number].published);
    let mut groups: Vec<Vec<_>> = events
        .groups
        .iter()
        .map(|group| {
            let mut texts: Vec<_> = group.iter().map(text).collect();
            texts.sort();
            texts
        })
        .collect();
    groups.sort();
    groups
}

proptest! {
    #[test]
    fn the_order_of_reading_changes_nothing(
        numbered in prop::collection::vec((prop::collection::vec(0_u8..30, 1..12), prop::option::of(1_u32..9)), 2..24)
            .prop_flat_map(|reports| (Just(reports.clone()), Just(reports).prop_shuffle())),
    ) {
        let grouped = |numbered: &[(Vec<u8>, Option<u32>)]| {
            let numbers: Vec<_> = numbered.iter().map(|(words, _)| words.clone()).collect();
            let texts = told(&numbers);
            let reports: Vec<_> = texts.iter().zip(numbered).map(|(text, (_, day))| EventReport {
                headline: "",
                text,
                published: day.and_then(|day| NaiveDate::from_ymd_opt(2025, 9, day)),
            }).collect();
            texts_of(&events(&reports, WINDOW), &reports)
        };
        prop_assert_eq!(grouped(&numbered.0), grouped(&numbered.1));
    }

    #[test]
    fn reports_that_are_added_are_grouped_as_if_all_were_new(
        numbers in prop::collection::vec(prop::collection::vec(0_u8..30, 1..12), 2..24),
        known in 0_usize..24,
    ) {
        let texts = told(&numbers);
        let reports: Vec<_> = texts.iter().zip((1..6).cycle()).map(|(text, day)| report(text, day)).collect();
        let (known, new) = reports.split_at(known.min(reports.len()));
        let before = events(known, WINDOW);
        let mut counter = EventCounter::of(&before);
        let old = (0..known.len()).filter_map(|number| before.counted(number).cloned());
        let mut counted: Vec<_> = old.collect();
        counted.extend(new.iter().map(|report| counter.count(report)));
        prop_assert_eq!(counter.group(counted, WINDOW).groups, events(&reports, WINDOW).groups);
    }
}

/// Returns versions of two stories of a hundred words, each without some of them and with one of its own.
fn versions(count: usize) -> Vec<String> {
    let version = |number: usize| {
        let story = ["harbour", "tariff"][number % 2];
        let words = (0..100).filter(|word| word % 19 != number % 19);
        let words = words.map(|word| format!("{story}{word}"));
        format!("{} reader{number}", words.collect::<Vec<_>>().join(" "))
    };
    (0..count).map(version).collect()
}

#[test]
fn a_wire_story_in_hundreds_of_versions_is_one_event() {
    let texts = versions(600);
    let reports: Vec<_> = texts.iter().map(|text| report(text, 3)).collect();
    let found = events(&reports, WINDOW);
    assert_eq!(found.groups.len(), 2);
    assert!(found.groups.iter().all(|group| group.len() == 300));
}

#[test]
fn the_same_story_in_thousands_of_reports_is_counted_and_not_compared() {
    let reports = vec![report(REPORTS[0], 3); 5_000];
    assert_eq!(events(&reports, WINDOW).groups.len(), 1);
}

#[test]
fn the_nearest_report_may_be_of_another_time() {
    let days = [3, 3, 20, 3];
    let reports: Vec<_> = REPORTS
        .iter()
        .zip(days)
        .map(|(text, day)| report(text, day))
        .collect();
    let events = events(&reports, WINDOW);
    assert_eq!(events.nearest(0), Some(2));
    assert_eq!(super::events(&reports[..1], WINDOW).nearest(0), None);
}
