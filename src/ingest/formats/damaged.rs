//! Samples of every family, damaged in every way: nothing may fail, whatever is read of them.

use proptest::prelude::*;

use super::reading::read_bytes;

/// Samples with the names that files of their kind have.
const SAMPLES: [(&str, &[u8]); 22] = [
    ("a.csv", b"id,title,source,date,text\n1,Ferries stay,The Post,03/09/2025,\"The fares\n\nstay.\"\n2,Two,The Post,23/09/2025,\"<p>The union</p> waits.\"\n"),
    ("a.txt", include_bytes!("../../../tests/fixtures/proquest.txt")),
    ("b.txt", include_bytes!("../../../tests/fixtures/factiva.txt")),
    ("a.rtf", include_bytes!("../../../tests/fixtures/factiva.rtf")),
    ("a.docx", include_bytes!("../../../tests/fixtures/nexis.docx")),
    ("a.html", include_bytes!("../../../tests/fixtures/page.html")),
    ("b.html", include_bytes!("../../../tests/fixtures/europresse.html")),
    ("a", b"{\"articles\":[{\"title\":\"Ferries stay\",\"body\":\"The fares stay.\"}]}\n"),
    ("a.zip", include_bytes!("../../../tests/fixtures/texts.zip")),
    ("a.md", include_bytes!("../../../tests/fixtures/obsidian.md")),
    ("b.md", include_bytes!("../../../tests/fixtures/markdownload.md")),
    ("c.md", include_bytes!("../../../tests/fixtures/readwise.md")),
    ("a.eml", include_bytes!("../../../tests/fixtures/newsletter.eml")),
    ("a.mhtml", include_bytes!("../../../tests/fixtures/page.mhtml")),
    ("53550", include_bytes!("../../../tests/fixtures/newsgroup_post")),
    ("a.xml", include_bytes!("../../../tests/fixtures/feed.xml")),
    ("b.xml", include_bytes!("../../../tests/fixtures/trafilatura.xml")),
    ("a.ris", include_bytes!("../../../tests/fixtures/zotero.ris")),
    ("a.bib", include_bytes!("../../../tests/fixtures/zotero.bib")),
    ("c.txt", include_bytes!("../../../tests/fixtures/lexis.txt")),
    ("d.txt", include_bytes!("../../../tests/fixtures/newsbank.txt")),
    ("e.txt", include_bytes!("../../../tests/fixtures/iramuteq.txt")),
];

/// A change to a file.
#[derive(Clone, Debug)]
enum Damage {
    Cut(prop::sample::Index),
    Set(prop::sample::Index, u8),
    Repeat(prop::sample::Index, prop::sample::Index),
    Drop(prop::sample::Index, prop::sample::Index),
    Insert(prop::sample::Index, &'static [u8]),
}

/// Pieces that mean something in one format or another.
const PIECES: [&[u8]; 16] = [
    b"\"",
    b"\n",
    b"<",
    b"</p>",
    b"<p><b>",
    b"&#x110000;",
    b"{",
    b"}",
    b"\\u-1?",
    b"\\'",
    b"\xff\xfe",
    b"\xc3",
    b"End of Document",
    b"820 words\n3 September 2025\n",
    b"____________________________________________________________\n",
    b"]]>",
];

fn damage() -> impl Strategy<Value = Damage> {
    use any as at;
    prop_oneof![
        at::<prop::sample::Index>().prop_map(Damage::Cut),
        (at::<prop::sample::Index>(), any::<u8>())
            .prop_map(|(place, byte)| Damage::Set(place, byte)),
        (at::<prop::sample::Index>(), at::<prop::sample::Index>())
            .prop_map(|(from, to)| Damage::Repeat(from, to)),
        (at::<prop::sample::Index>(), at::<prop::sample::Index>())
            .prop_map(|(from, to)| Damage::Drop(from, to)),
        (
            at::<prop::sample::Index>(),
            prop::sample::select(PIECES.to_vec())
        )
            .prop_map(|(place, piece)| Damage::Insert(place, piece)),
    ]
}

fn damaged(mut bytes: Vec<u8>, damage: &[Damage]) -> Vec<u8> {
    for one in damage {
        let length = bytes.len() + 1;
        let range = |from: &prop::sample::Index, to: &prop::sample::Index| {
            let (from, to) = (from.index(length), to.index(length));
            from.min(to)..from.max(to)
        };
        match one {
            Damage::Cut(at) => bytes.truncate(at.index(length)),
            Damage::Set(at, byte) => {
                if let Some(place) = bytes.get_mut(at.index(length)) {
                    *place = *byte;
                }
            }
            Damage::Repeat(from, to) => bytes.extend_from_within(range(from, to)),
            Damage::Drop(from, to) => drop(bytes.drain(range(from, to))),
            Damage::Insert(at, piece) => {
                let at = at.index(length);
                bytes.splice(at..at, piece.iter().copied());
            }
        }
    }
    bytes
}

proptest! {
    #[test]
    fn no_damage_ends_the_reader(sample in prop::sample::select(SAMPLES.to_vec()), changes in prop::collection::vec(damage(), 1..6)) {
        let (name, bytes) = sample;
        for one in read_bytes(name, &damaged(bytes.to_vec(), &changes)) {
            match one {
                Ok(article) => {
                    for block in &article.blocks {
                        prop_assert!(article.text.get(block.span.start..block.span.end).is_some());
                    }
                }
                Err(failure) => prop_assert!(!failure.reason.is_empty()),
            }
        }
    }
}
