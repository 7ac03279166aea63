//! Tables as programs and people write them.

use crate::article::{Article, TextExtent};
use crate::ingest::ReportSource;
use crate::ingest::formats::reading::{facts, read_bytes as read, stories};
use crate::ingest::input::ReadLimits;

fn all_said(name: &str, text: &str) -> Vec<String> {
    let read = read(name, text.as_bytes());
    let facts = facts(&read).into_iter().zip(&read);
    let said = facts.map(|(facts, one)| match one {
        Ok(article) => format!("{facts} | {}", article.text.as_str()),
        Err(_) => facts,
    });
    said.collect()
}

const FERRIES: &str = "Ferries stay | The Post | Jane Doe | 2025-09-03 | The fares stay.";

#[test]
fn columns_are_known_by_their_names_in_several_languages() {
    for (name, table) in [
        (
            "a.csv",
            "title,source,author,date,text\nFerries stay,The Post,Jane Doe,2025-09-03,The fares stay.\n",
        ),
        (
            "a.csv",
            "\u{feff},id,Headline,Publication,Byline,Date,Content\r\n0,17,Ferries stay,The Post,By Jane Doe,2025-09-03,The fares stay.\r\n",
        ),
        (
            "a.txt",
            "Titre;Média;Auteur;Date de publication;Texte\nFerries stay;The Post;Jane Doe;3 septembre 2025;The fares stay.\n",
        ),
        (
            "a.tsv",
            "Titel\tZeitung\tAutorin\tDatum\tVolltext\nFerries stay\tThe Post\tJane Doe\t03.09.2025\tThe fares stay.\n",
        ),
        (
            "a.csv",
            "sep=;\nTitle;Outlet;Author;Date;Text\nFerries stay;The Post;Jane Doe;2025-09-03;The fares stay.\n",
        ),
        (
            "a.csv",
            "title|outlet|author|date|text\nFerries stay|The Post|Jane Doe|2025-09-03|The fares stay.\n",
        ),
    ] {
        assert_eq!(all_said(name, table), [FERRIES], "{table}");
    }
}

#[test]
fn cells_hold_line_ends_or_say_them() {
    let table = "title,text\nOne,\"The fares stay.\n\nThe union waits.\"\nTwo,The fares stay.\\nThe union waits.\n";
    let texts = stories(&read("a.csv", table.as_bytes()));
    assert_eq!(texts, ["The fares stay.\nThe union waits."; 2]);
}

#[test]
fn cells_may_hold_html() {
    let table = "title,content\nOne,<p>The fares stay.</p><p>The union waits.</p>\n";
    assert_eq!(
        stories(&read("a.csv", table.as_bytes())),
        ["The fares stay.\nThe union waits."]
    );
}

#[test]
fn what_is_missing_is_unknown() {
    let table = "title,source,author,date,text\nNA,null,NaN,,The fares stay.\n";
    assert_eq!(
        all_said("a.csv", table),
        ["? | ? | ? | ? | The fares stay."]
    );
}

#[test]
fn the_column_settles_the_order_of_day_and_month() {
    let table = "title,date,text\nOne,03/09/2025,A b.\nTwo,23/09/2025,C d.\n";
    let days = all_said("a.csv", table);
    assert!(
        days[0].contains("2025-09-03") && days[1].contains("2025-09-23"),
        "{days:?}"
    );
    let unsettled = all_said("a.csv", "title,date,text\nOne,03/09/2025,A b.\n");
    assert!(unsettled[0].contains("| ? | A b."), "{unsettled:?}");
}

#[test]
fn an_abstract_or_a_cut_text_is_an_excerpt() {
    for (table, is_excerpt) in [
        ("title,abstract\nOne,The fares stay.\n", true),
        ("title,content\nOne,The fares stay… [+1234 chars]\n", true),
        (
            "title,abstract,text\nOne,The fares stay.,The fares stay. The union waits.\n",
            false,
        ),
    ] {
        let article = read("a.csv", table.as_bytes()).remove(0).unwrap();
        assert_eq!(article.extent == TextExtent::Excerpt, is_excerpt, "{table}");
        assert!(!article.text.contains("chars"));
    }
}

#[test]
fn links_without_texts_are_said_once() {
    let links = "title,url,publish_date\nOne,https://a.example,2025-09-03\nTwo,https://b.example,2025-09-03\n";
    let said = all_said("a.csv", links);
    assert_eq!(said.len(), 1);
    assert!(
        said[0].starts_with("a.csv: none of its 2 rows has a text; "),
        "{said:?}"
    );
    let mixed = "title,text\nOne,A b.\nTwo,\nThree,\nFour,C d.\n";
    let said = all_said("a.csv", mixed);
    assert_eq!(said.len(), 3);
    assert!(
        said[2].starts_with("a.csv:3: no text, as in 1 other rows; "),
        "{said:?}"
    );
}

#[test]
fn prose_and_tables_of_other_things_are_no_tables_of_reports() {
    for text in [
        "Carney, Trump and others met.\nThey spoke, at length, of steel.\n",
        "Title, Text\n",
        "price,tonnes\n1,2\n",
    ] {
        let said = all_said("a.txt", text);
        assert!(said.len() == 1 && !said[0].starts_with("a.txt"), "{said:?}");
    }
    let said = all_said("a.csv", "price,tonnes\n1,2\n");
    assert!(
        said[0].contains("a table without known columns"),
        "{said:?}"
    );
}

#[test]
fn a_table_that_is_cut_off_or_empty_gives_what_it_has() {
    let cut = "title,text\nOne,The fares stay.\nTwo,\"The union wai";
    let said = all_said("a.csv", cut);
    assert_eq!(said[0], "One | ? | ? | ? | The fares stay.");
    assert_eq!(said.len(), 2);
    assert!(all_said("a.csv", "title,text\n")[0].contains("no rows in it"));
    assert!(all_said("a.csv", "")[0].contains("empty"));
}

#[test]
fn a_quotation_mark_that_is_never_closed_ends_the_table_and_not_the_memory() {
    let open = format!("title,text\nOne,A b.\nTwo,\"{}", "long ".repeat(500_000));
    let said = all_said("a.csv", &open);
    assert_eq!(said.len(), 2);
    assert!(
        said[1].starts_with("a.csv:3: cannot be read from here on"),
        "{}",
        said[1]
    );
}

#[test]
fn a_record_is_read_again_from_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let table = "title,date,text\nOne,03/09/2025,A b.\n\nTwo,23/09/2025,\"C\n\nd “e”\"\nThree,24/09/2025,caf\u{e9}.\n";
    let utf16: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(table.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    for (name, bytes) in [("a.csv", table.as_bytes()), ("b.csv", &utf16)] {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let mut read: Vec<Article> = Vec::new();
        let limits = ReadLimits::default();
        ReportSource::file(path).read_each(&limits, &mut |one| read.push(one.unwrap()));
        assert_eq!(read.len(), 3);
        for article in read {
            let again = article.place.as_ref().unwrap().reload(article.id).unwrap();
            assert_eq!(again.text, article.text);
            assert_eq!(again.published, article.published);
            assert_eq!(again.place, article.place);
        }
    }
}

#[test]
fn the_same_wire_copy_of_two_outlets_is_two_reports() {
    let table =
        "n,title,source,text\n1,Steel,A,He called.\n2,Steel,B,He called.\n3,Steel,A,He called.\n";
    let ids: Vec<_> = read("a.csv", table.as_bytes())
        .into_iter()
        .map(|one| one.unwrap().id)
        .collect();
    assert!(ids[0] != ids[1] && ids[0] == ids[2]);
}
