//! Pages as people save them.

use super::super::reading::{facts, read_bytes, stories};
use super::*;

const PAGE: &[u8] = include_bytes!("../../../../tests/fixtures/page.html");

#[test]
fn a_saved_page_is_a_report_with_what_it_states() {
    let read = read_bytes("page.html", PAGE);
    assert_eq!(
        facts(&read),
        [
            "Minister says ferry fares will not rise this year | The Harbour Post | Jane Doe | 2025-09-03"
        ]
    );
    let article = read[0].as_ref().unwrap();
    let address = article.url.as_ref().map(|url| url.value.to_string());
    assert_eq!(
        address.as_deref(),
        Some("https://www.harbourpost.example/news/2025/09/03/ferry-fares-frozen")
    );
    let story: Vec<String> = article
        .blocks
        .iter()
        .filter(|block| block.role == BlockRole::Body)
        .map(|block| block.span.of(&article.text).to_owned())
        .collect();
    assert_eq!(story.len(), 7);
    assert!(
        story[0].starts_with("Fares on the coastal ferries"),
        "{story:?}"
    );
    assert!(story[6].ends_with("is expected in November."));
    assert_eq!(article.photos.len(), 1);
}

#[test]
fn a_page_that_states_nothing_for_machines_is_read_as_people_read_it() {
    let page = "<html><head><title>Ferry fares will not rise - The Harbour Post</title></head><body><a href=/>Home</a><h1>Ferry fares will not rise</h1>\
                <p>By Jane Doe</p><p>Sept. 3, 2025</p><p>The fares on the coastal ferries stay where they are until May 1, 2026, the minister said.</p>\
                <p>The union waits, and says so.</p></body></html>";
    let read = read_bytes("a.html", page.as_bytes());
    assert_eq!(
        facts(&read),
        ["Ferry fares will not rise | ? | Jane Doe | 2025-09-03"]
    );
}

#[test]
fn a_page_that_is_cut_off_gives_what_it_has() {
    for end in (1..PAGE.len()).step_by(97) {
        for one in read_bytes("page.html", &PAGE[..end]) {
            if let Err(failure) = one {
                assert!(failure.to_string().starts_with("page.html: "), "{failure}");
            }
        }
    }
}

#[test]
fn a_page_without_an_article_says_so() {
    for page in [
        "<html></html>",
        "<p></p>",
        "<!doctype html><title>x</title>",
    ] {
        let said = facts(&read_bytes("a.html", page.as_bytes()));
        assert!(said[0].contains("a page without an article"), "{said:?}");
    }
}

#[test]
fn a_page_is_read_in_the_encoding_that_it_says() {
    let page = "<html><head><meta charset=\"windows-1251\"><title>t</title></head><body><p>Паром не подорожает до конца года, сказал министр в среду.</p></body></html>";
    let bytes = encoding_rs::WINDOWS_1251.encode(page).0;
    assert_eq!(
        stories(&read_bytes("a.html", &bytes)),
        ["Паром не подорожает до конца года, сказал министр в среду."]
    );
}

#[test]
fn a_text_in_another_format_may_be_html() {
    assert!(is_fragment("<p>The fares stay.</p>") && is_fragment("The fares<br/>stay."));
    assert!(!is_fragment("The fares < 2025 stay.") && !is_fragment("a<b"));
    let html = "<p>The fares &amp; tolls<br>stay.</p><figure><img><figcaption>A ferry</figcaption></figure><h2>Why</h2>The union waits.<br><br>It says so.";
    assert_eq!(
        fragment_text(html).unwrap(),
        "The fares & tolls stay.\n\nWhy\n\nThe union waits.\n\nIt says so."
    );
}

#[test]
fn a_piece_of_a_page_is_known_by_its_tags_and_prose_is_not() {
    let piece =
        "<p>The fares on the coastal ferries stay where they are.</p><p>The union waits.</p>";
    assert_eq!(
        stories(&read_bytes("a.txt", piece.as_bytes())),
        ["The fares on the coastal ferries stay where they are.\nThe union waits."]
    );
    let prose = "<b>Carney</b> said";
    assert_eq!(
        facts(&read_bytes("a.txt", prose.as_bytes())),
        ["? | ? | ? | ?"]
    );
}
