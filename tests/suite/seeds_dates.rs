//! The expressions of time in the two bundled reports, against what a person found in them.

use crossread::annotate::time;
use crossread::text::{ScalarPlaces, Span};
use serde_json::{Value, json};

#[test]
fn every_time_in_the_bundled_reports_is_found_with_its_value() {
    let gold: Value =
        serde_json::from_str(include_str!("../seeds/dates.json")).expect("the gold is JSON");
    for article in crossread::ingest::bundled() {
        let day = article.published.as_ref().map(|field| field.value.date);
        let whole: Vec<Span> = article.blocks.iter().map(|block| block.span).collect();
        let scalars = ScalarPlaces::new(&article.text, &article.origin);
        let found: Vec<Value> = time::find_times(&article.text, &whole, day)
            .into_iter()
            .map(|hit| {
                let place = scalars.span(hit.span);
                json!([
                    place.start,
                    place.end,
                    hit.span.of(&article.text),
                    hit.value.map(|value| value.to_string())
                ])
            })
            .collect();
        let wanted = gold["files"][article.path.as_str()]
            .as_array()
            .expect("a list for each report");
        let wanted: Vec<Value> = wanted
            .iter()
            .map(|time| {
                json!([
                    time["start_char"],
                    time["end_char"],
                    time["text"],
                    time["value"]
                ])
            })
            .collect();
        assert_eq!(found, wanted, "{}", article.path);
    }
}
