//! Tests of the services' own samples, and of the shapes that no sample has.

use super::super::reading::{facts, read_bytes, stories};
use crate::article::{BlockRole, TextExtent};

/// The samples in `tests/fixtures/json`, each with its bytes.
macro_rules! samples {
    ($($name:literal),*) => {
        [$(($name, include_bytes!(concat!("../../../../tests/fixtures/json/", $name)).as_slice())),*]
    };
}

const SAMPLES: [(&str, &[u8]); 14] = samples!(
    "newsapi_everything.json",
    "gnews.json",
    "guardian_search.json",
    "nyt_articlesearch.json",
    "eventregistry_newsapi_ai.json",
    "webz_api.json",
    "gdelt_artlist.json",
    "newsplease_0.json",
    "newspaper4k_0.json",
    "trafilatura_0.json",
    "feed.json",
    "wallabag.json",
    "own_list.json",
    "own_show.json"
);

fn sample(name: &str) -> &'static [u8] {
    let sample = SAMPLES.iter().find(|sample| sample.0 == name);
    sample
        .map(|sample| sample.1)
        .expect("a sample of this name")
}

#[test]
fn each_service_names_its_facts_in_its_own_way() {
    let headline = "Minister says ferry fares will not rise this year";
    for (name, outlet) in [
        ("newsapi_everything.json", "The Harbour Post"),
        ("gnews.json", "The Harbour Post"),
        ("guardian_search.json", "The Harbour Post"),
        ("nyt_articlesearch.json", "The Harbour Post"),
        ("eventregistry_newsapi_ai.json", "The Harbour Post"),
        ("webz_api.json", "harbourpost.example"),
        ("newsplease_0.json", "harbourpost.example"),
        ("newspaper4k_0.json", "The Harbour Post"),
        ("trafilatura_0.json", "The Harbour Post"),
        ("feed.json", "The Harbour Post"),
        ("wallabag.json", "harbourpost.example"),
        ("own_show.json", "?"),
    ] {
        let read = facts(&read_bytes(name, sample(name)));
        let author = if name == "gnews.json" {
            "?"
        } else {
            "Jane Doe"
        };
        let line = format!("{headline} | {outlet} | {author} | 2025-09-03");
        assert_eq!(read.first(), Some(&line), "{name}");
    }
}

#[test]
fn texts_in_html_keep_their_paragraphs_and_teasers_are_excerpts() {
    for name in [
        "guardian_search.json",
        "feed.json",
        "wallabag.json",
        "own_show.json",
    ] {
        let stories = stories(&read_bytes(name, sample(name)));
        // The dek counts as a part of the story.
        let paragraphs = if name == "guardian_search.json" { 8 } else { 7 };
        assert_eq!(stories[0].split('\n').count(), paragraphs, "{name}");
        assert!(!stories[0].contains('<'), "{name}");
    }
    for name in [
        "newsapi_everything.json",
        "gnews.json",
        "nyt_articlesearch.json",
    ] {
        let read = read_bytes(name, sample(name));
        let mut articles = read.iter().flatten();
        assert!(
            articles.all(|one| one.extent == TextExtent::Excerpt),
            "{name}"
        );
        assert!(!stories(&read)[0].contains("chars]"), "{name}");
    }
}

#[test]
fn links_without_texts_are_said_once() {
    let read = facts(&read_bytes("a.json", sample("gdelt_artlist.json")));
    assert_eq!(
        read,
        ["a.json: none of its 2 rows has a text; name its key body, text, content or articleBody"]
    );
    let read = facts(&read_bytes("a.json", sample("own_list.json")));
    assert!(read[0].contains("crossread show --format json"), "{read:?}");
}

#[test]
fn a_cut_off_or_empty_file_is_no_report_and_no_panic() {
    for (name, bytes) in SAMPLES {
        for end in (0..bytes.len()).step_by(bytes.len() / 9 + 1) {
            let read = read_bytes(name, bytes.get(..end).unwrap_or_default());
            assert!(read.iter().all(Result::is_err), "{name} {end}");
        }
    }
    assert!(read_bytes("a.json", b"{}").iter().all(Result::is_err));
    assert!(read_bytes("a.json", b"[]").iter().all(Result::is_err));
}

#[test]
fn reports_inside_of_objects_are_found_with_the_facts_around_them() {
    let hits = r#"{"took":3,"hits":{"total":1,"hits":[{"_id":"1","_source":{"title":"Ferries stay","text":"The fares stay."}}]}}"#;
    assert_eq!(
        facts(&read_bytes("a.json", hits.as_bytes())),
        ["Ferries stay | ? | ? | ?"]
    );
    let one = r#"{"response":{"status":"ok","content":{"webTitle":"Ferries stay","fields":{"body":"<p>The fares stay.</p>"}}}}"#;
    assert_eq!(
        facts(&read_bytes("a.json", one.as_bytes())),
        ["Ferries stay | ? | ? | ?"]
    );
    let map = r#"{"851":{"title":"One","body":"The fares stay."},"852":{"title":"Two","body":"They rise."}}"#;
    assert_eq!(
        facts(&read_bytes("a.json", map.as_bytes())),
        ["One | ? | ? | ?", "Two | ? | ? | ?"]
    );
}

#[test]
fn wordpress_google_reader_and_citations_are_read() {
    let wordpress = r#"[{"id":7,"date":"2025-09-03T10:00:00","date_gmt":"2025-09-03T14:00:00","link":"https://p.example/1",
        "title":{"rendered":"Ferries &#8217;stay&#8217;"},"content":{"rendered":"<p>The fares stay.</p>","protected":false}}]"#;
    let reader = r#"{"id":"user/-/state/starred","items":[{"published":1756908900,"title":"Ferries stay","author":"Jane Doe",
        "canonical":[{"href":"https://p.example/1"}],"origin":{"title":"The Post"},"content":{"content":"<p>The fares stay.</p><p>All.</p>"}}]}"#;
    let citation = r#"[{"id":"x","type":"article-newspaper","title":"Ferries stay","container-title":"The Post","abstract":"The fares stay.",
        "author":[{"family":"Doe","given":"Jane"}],"issued":{"date-parts":[["2025",9,3]]}}]"#;
    let read = |json: &str| facts(&read_bytes("a.json", json.as_bytes())).remove(0);
    assert_eq!(read(wordpress), "Ferries ’stay’ | ? | ? | 2025-09-03");
    assert_eq!(
        read(reader),
        "Ferries stay | The Post | Jane Doe | 2025-09-03"
    );
    assert_eq!(
        read(citation),
        "Ferries stay | The Post | Jane Doe | 2025-09-03"
    );
    let read = read_bytes("a.json", citation.as_bytes());
    assert!(
        read[0]
            .as_ref()
            .is_ok_and(|one| one.extent == TextExtent::Excerpt)
    );
}

#[test]
fn a_rendition_in_html_is_preferred_and_paragraphs_may_be_lists() {
    let ninjs = r#"{"headlines":[{"role":"main","value":"Ferries stay"}],"bodies":[{"contenttype":"text/plain","value":"One. Two."},
        {"contenttype":"text/html","value":"<p>One.</p><p>Two.</p>"}]}"#;
    assert_eq!(
        stories(&read_bytes("a.json", ninjs.as_bytes())),
        ["One.\nTwo."]
    );
    let basil = r#"{"title":"Ferries stay","source":"Fox","date":"2012-01-05","body-paragraphs":[["One.","Two."],["Three."]]}"#;
    assert_eq!(
        stories(&read_bytes("a.json", basil.as_bytes())),
        ["One. Two.\nThree."]
    );
}

#[test]
fn the_day_an_article_was_saved_is_not_its_day() {
    let saved = r#"[{"title":"Ferries stay","content":"<p>The fares stay.</p>","created_at":"2025-09-10","published_at":null}]"#;
    assert_eq!(
        facts(&read_bytes("a.json", saved.as_bytes())),
        ["Ferries stay | ? | ? | ?"]
    );
}

#[test]
fn entities_in_a_text_are_letters() {
    let row = r#"{"title":"&quot;We wait&quot;","text":"&quot;We wait,&quot; she said.\n\nAll &amp; more."}"#;
    assert_eq!(
        stories(&read_bytes("a.json", row.as_bytes())),
        ["\"We wait,\" she said.\nAll & more."]
    );
}

#[test]
fn a_page_in_a_row_is_read_as_a_page_and_roles_come_back() {
    let read = read_bytes("a.json", sample("own_show.json"));
    let roles: Vec<_> = read
        .iter()
        .flatten()
        .flat_map(|one| &one.blocks)
        .map(|block| block.role)
        .collect();
    assert_eq!(roles.first(), Some(&BlockRole::Dateline));
}
