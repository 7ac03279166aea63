//! Files and rows that are read, read again, and refused.

use proptest::prelude::*;

use super::*;
use crate::article::Article;
use crate::ingest::ReportReloader;
use crate::text::CleanText;

fn read(name: &str, bytes: &[u8], limits: &ReadLimits) -> Vec<ReadResult> {
    let source = ReportSource::file(name.into());
    let mut read = Vec::new();
    let content = source.content(limits);
    if let Err(reason) = content.read(Box::new(bytes), &mut |one| read.push(one)) {
        read.push(Err(source.failure(None, &reason)));
    }
    read
}

fn said(name: &str, text: &str) -> Vec<String> {
    let one = |one: Result<Article, ReadFailure>| match one {
        Ok(article) => format!("{}: {}", article.path, article.label),
        Err(failure) => failure.to_string(),
    };
    read(name, text.as_bytes(), &ReadLimits::default())
        .into_iter()
        .map(one)
        .collect()
}

#[test]
fn a_row_is_a_report_and_a_bad_row_is_one_failure_with_its_line() {
    let rows = "{\"title\":\"Carney calls\",\"body\":\"He called.\"}\n\n{\"title\":\n{\"title\":\"no text\"}\n[1]\n{\"body\":\"Trump answered.\"}";
    assert_eq!(
        said("a.jsonl", rows),
        [
            "a.jsonl#1: Carney calls",
            "a.jsonl:3: not JSON: EOF while parsing a value at line 1 column 9; correct it or remove it",
            "a.jsonl:5: a row must be an object like {\"title\": ..., \"body\": ...}",
            "a.jsonl#6: Trump answered.",
            "a.jsonl:4: no text; name its key body, text, content or articleBody",
        ]
    );
}

#[test]
fn a_row_states_its_facts_and_nothing_else() {
    let row = "{\"id\":7,\"headline\":\"Carney calls Trump\",\"publisher\":{\"name\":\"The Gazette\"},\"authors\":[{\"name\":\"Jane Doe\"},\
               {\"name\":\"John Roe\"}],\"published\":1756908900,\"url\":\"https://x.example/1\",\"keywords\":[\"tariffs\"],\
               \"dek\":\"The two spoke on Monday.\",\"body\":[\"OTTAWA (Reuters) - He called.\",\"She said.\"],\"event_id\":12}";
    let article = read("a.json", row.as_bytes(), &ReadLimits::default())
        .remove(0)
        .expect("a report");
    let words = |field: &Option<crate::article::StatedFact<CleanText>>| {
        field.as_ref().map(|field| field.value.to_string())
    };
    assert_eq!(
        words(&article.headline).as_deref(),
        Some("Carney calls Trump")
    );
    assert_eq!(words(&article.outlet).as_deref(), Some("The Gazette"));
    assert_eq!(
        words(&article.author).as_deref(),
        Some("Jane Doe, John Roe")
    );
    assert_eq!(words(&article.url).as_deref(), Some("https://x.example/1"));
    assert_eq!(
        article
            .published
            .map(|field| field.value.date.to_string())
            .as_deref(),
        Some("2025-09-03")
    );
    assert_eq!(article.event.as_deref(), Some("12"));
    assert_eq!(
        article.text.as_str(),
        "The two spoke on Monday.\n\nOTTAWA (Reuters) - He called.\n\nShe said."
    );
    assert_eq!(
        article
            .blocks
            .iter()
            .filter(|block| block.role.is_story())
            .count(),
        3
    );
}

#[test]
fn lists_of_rows_are_found_in_an_object_and_documents_in_a_row() {
    let list =
        "{\"status\":\"ok\",\"articles\":[{\"body\":\"One.\"},{\"body_html\":\"<p>Two.</p>\"}]}";
    assert_eq!(said("a.json", list), ["a.json#1: One.", "a.json#2: Two."]);
    let cluster = "{\"document\":\"One.|||||Two.\",\"summary\":\"Both.\"}\n";
    assert_eq!(
        said("a.jsonl", cluster),
        ["a.jsonl#1.1: One.", "a.jsonl#1.2: Two."]
    );
}

#[test]
fn half_a_surrogate_pair_does_not_cost_the_row() {
    let row = "{\"title\":\"a\\ud800b \\ud83d\\ude00 \\\\ud800\",\"body\":\"x\"}";
    assert_eq!(said("a.json", row), ["a.json: a\u{fffd}b 😀 \\ud800"]);
}

#[test]
fn what_is_too_large_is_refused_and_rows_after_a_long_one_are_read() {
    let limits = ReadLimits { bytes: 600_000 };
    let large = read("a.txt", &b"x ".repeat(400_000), &limits);
    assert!(
        large[0]
            .as_ref()
            .is_err_and(|failure| failure.to_string().contains("larger than 600000 bytes"))
    );
    let rows = format!(
        "{{\"body\":\"One.\"}}\n{{\"body\":\"{}\"}}\n{{\"body\":\"Three.\"}}\n",
        "long ".repeat(500_000)
    );
    let read = read("a.jsonl", rows.as_bytes(), &limits);
    assert!(
        read[1].as_ref().is_err_and(
            |failure| failure.to_string() == "a.jsonl:2: this row is too long; split it"
        )
    );
    assert!(
        read[2]
            .as_ref()
            .is_ok_and(|article| article.path.as_str() == "a.jsonl#3")
    );
}

#[test]
fn a_report_is_read_again_from_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let limits = ReadLimits { bytes: 600_000 };
    let cluster = "{\"title\":\"Both\",\"text\":\"One fish.|||||Two fish.\"}";
    let long = "long ".repeat(300_000);
    let rows = format!(
        "\u{feff}{{\"body\":\"Québec’s first.\"}}\r\n\nnone\n{{\"body\":\"{long}\"}}\n{cluster}\n"
    );
    let mut rows = rows.into_bytes();
    rows.extend(b"{\"body\":\"caf\xe9 tax\"}");
    for (name, bytes) in [
        ("a.jsonl", rows.as_slice()),
        ("b.txt", b"Outlet: The Gazette\n\nHe called."),
        (
            "c.json",
            b"[{\"body\":\"One.\"},{\"no\":1},{\"body\":\"Two.\"}]",
        ),
    ] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut articles = Vec::new();
        let source = ReportSource::file(path.clone());
        source.read_each(&limits, &mut |one| articles.extend(one));
        let mut reloader = ReportReloader::default();
        for article in &articles {
            let place = article.place.as_ref().unwrap();
            let again = place.reload(article.id).unwrap();
            assert_eq!(again.id, article.id, "{}", article.label);
            let next = reloader.reload(place, article.id).unwrap();
            assert_eq!(format!("{next:?}"), format!("{again:?}"));
            assert_eq!(
                (again.path, again.label),
                (article.path.clone(), article.label.clone())
            );
        }
        let found = articles.len();
        let expected = match name {
            "a.jsonl" => 4,
            "b.txt" => 1,
            _ => 2,
        };
        assert_eq!(found, expected, "{name}");
        std::fs::write(&path, "").unwrap();
        let gone = articles[0].place.as_ref().unwrap().reload(articles[0].id);
        assert!(gone.is_err_and(|failure| failure.to_string().contains(name)));
    }
}

#[test]
fn rows_that_were_decoded_as_a_whole_are_read_again_as_a_whole_or_not_at_all() {
    for (rows, again) in [(2, true), (9_000, false)] {
        let text = "{\"body\":\"One.\"}\n".repeat(rows);
        let units = std::iter::once(0xfeff).chain(text.encode_utf16());
        let bytes: Vec<u8> = units.flat_map(u16::to_le_bytes).collect();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jsonl");
        std::fs::write(&path, bytes).unwrap();
        let mut articles = Vec::new();
        ReportSource::file(path).read_each(&ReadLimits::default(), &mut |one| articles.extend(one));
        assert_eq!(articles.len(), rows);
        let last = articles.last().unwrap();
        let place = last.place.as_ref();
        assert_eq!(place.is_some(), again);
        assert!(place.is_none_or(|place| place.reload(last.id).is_ok()));
    }
}

#[test]
fn rows_stay_in_order_over_many_batches() {
    let rows: String = (1..=20_000)
        .map(|n| {
            format!(
                "{{\"title\":\"Headline {n}\",\"body\":\"{}\"}}\n",
                "Text. ".repeat(20)
            )
        })
        .collect();
    let read = read("a.jsonl", rows.as_bytes(), &ReadLimits::default());
    for (at, article) in read.iter().enumerate() {
        let name = format!("a.jsonl#{}", at + 1);
        assert!(
            article
                .as_ref()
                .is_ok_and(|article| article.path.as_str() == name),
            "{name}"
        );
    }
    assert_eq!(read.len(), 20_000);
}

#[test]
fn nothing_to_read_is_said() {
    for (name, text) in [
        ("a.txt", ""),
        ("a.txt", " \n\t"),
        ("a.jsonl", "\n\n"),
        ("a.json", "[]"),
    ] {
        assert!(said(name, text)[0].contains("empty"), "{name} {text:?}");
    }
}

/// Returns pieces that reports, dumps and worse are made of.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let pieces = prop::sample::select(vec![
        "---\n",
        "title: Carney calls\n",
        "date: 2025-09-03\n",
        " date 2025-09-03 ",
        "Photo: ",
        "The Canadian Press ",
        "(AP Photo/",
        "Jane Doe",
        ")",
        "By ",
        "OTTAWA (Reuters) — ",
        "“",
        "said.",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "# ",
        "- ",
        "{\"body\":\"",
        "\"}",
        "\\ud800",
        "[",
        "é",
        "—",
        ". ",
        "|",
        "![",
        "](",
        "Published ",
        "Sept. 3, 2025",
        "\u{2028}",
        "\u{1b}]0;",
        "/Reuters",
        "Copyright ",
        "|||||",
        "source:\n  name: x\n",
    ]);
    prop::collection::vec(pieces, 0..30).prop_map(|pieces| pieces.concat().into_bytes())
}

proptest! {
    #[test]
    fn no_bytes_are_too_much(bytes in prop_oneof![pieces(), any::<Vec<u8>>()], name in prop::sample::select(vec!["a.txt", "a.md", "a.json", "a.jsonl"])) {
        for article in read(name, &bytes, &ReadLimits::default()).into_iter().flatten() {
            let mut before = 0;
            for block in &article.blocks {
                prop_assert!(block.span.start >= before && !block.span.is_empty());
                let words = article.text.get(block.span.start..block.span.end);
                prop_assert!(words.is_some_and(|words| words.trim() == words && !words.contains('\n')));
                before = block.span.end;
            }
        }
    }

    #[test]
    fn line_ends_of_another_kind_change_no_block(bytes in pieces()) {
        let text = String::from_utf8_lossy(&bytes).replace("\r\n", "\n");
        let blocks = |text: &str| {
            let article = crate::ingest::article_from_text("a.txt", text);
            let words = |block: &crate::article::TextBlock| (block.role, block.span.of(&article.text).to_owned());
            article.blocks.iter().map(words).collect::<Vec<_>>()
        };
        prop_assert_eq!(blocks(&text), blocks(&text.replace('\n', "\r\n")));
        prop_assert_eq!(blocks(&text), blocks(&text.replace('\n', "\r")));
    }

    #[test]
    fn every_word_of_a_text_has_a_role(bytes in pieces()) {
        let article = crate::ingest::article_from_text("a.txt", &String::from_utf8_lossy(&bytes));
        let words: String = article.blocks.iter().map(|block| block.span.of(&article.text)).collect();
        let bare = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(bare(&words), bare(&article.text));
    }
}
