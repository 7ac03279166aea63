//! Tests of feeds and of articles in XML.

use super::super::reading::{facts, read_bytes, stories};
use crate::article::TextExtent;

const RSS: &[u8] = include_bytes!("../../../../tests/fixtures/feed.xml");
const TEASER: &[u8] = include_bytes!("../../../../tests/fixtures/feed_teaser.rss");
const OPML: &[u8] = include_bytes!("../../../../tests/fixtures/feeds.opml");
const TRAFILATURA: &[u8] = include_bytes!("../../../../tests/fixtures/trafilatura.xml");
const HEADLINE: &str = "Minister says ferry fares will not rise this year";

#[test]
fn an_entry_of_a_feed_is_a_report() {
    let read = read_bytes("a.xml", RSS);
    let second = "Province freezes ferry fares as union demands guarantee";
    assert_eq!(
        facts(&read),
        [
            format!("{HEADLINE} | The Harbour Post | Jane Doe | 2025-09-03"),
            format!("{second} | ? | Sam Lee, Priya Nair | 2025-09-04"),
        ]
    );
    assert_eq!(stories(&read)[0].split('\n').count(), 7);
    assert!(
        read.iter()
            .flatten()
            .all(|one| one.extent == TextExtent::Whole)
    );
}

#[test]
fn a_teaser_is_an_excerpt() {
    let read = read_bytes("a.rss", TEASER);
    assert_eq!(
        facts(&read)[0],
        format!("{HEADLINE} | The Harbour Post | ? | 2025-09-03")
    );
    assert!(
        read.iter()
            .flatten()
            .all(|one| one.extent == TextExtent::Excerpt)
    );
    let more = "<rss><channel><item><title>A</title><content:encoded><![CDATA[<p>One.</p><p>Two <a>Continue reading</a></p>]]></content:encoded></item></channel></rss>";
    let read = read_bytes("a.rss", more.as_bytes());
    assert!(
        read[0]
            .as_ref()
            .is_ok_and(|one| one.extent == TextExtent::Excerpt)
    );
    assert_eq!(stories(&read), ["One.\nTwo"]);
}

#[test]
fn alerts_lead_to_the_pages_behind_google_and_name_no_outlet() {
    let alert = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Google Alert - ferry</title><link href='https://www.google.com/alerts/feeds/1' rel='self'/>\
        <entry><title type='html'>&lt;b&gt;Ferry&lt;/b&gt; fares stay</title><link href='https://www.google.com/url?rct=j&amp;sa=t&amp;url=https://p.example/1%3Fa%3D2&amp;ct=ga'/>\
        <published>2025-09-03T14:05:00Z</published><updated>2025-09-04T14:05:00Z</updated><content type='html'>The &lt;b&gt;fares&lt;/b&gt; stay&amp;nbsp;...</content></entry></feed>";
    let read = read_bytes("a.xml", alert.as_bytes());
    assert_eq!(facts(&read), ["Ferry fares stay | ? | ? | 2025-09-03"]);
    let address = read
        .iter()
        .flatten()
        .find_map(|one| one.url.as_ref().map(|url| url.value.to_string()));
    assert_eq!(address.as_deref(), Some("https://p.example/1?a=2"));
    assert!(
        read.iter()
            .flatten()
            .all(|one| one.extent == TextExtent::Excerpt)
    );
}

#[test]
fn atom_in_xhtml_and_the_sites_name_in_a_feeds_title_are_read() {
    let atom = "<?xml version='1.0'?><feed><title>CBC | Top Stories News</title><link href='https://www.cbc.ca/'/><entry><title>Ferries stay</title>\
        <link rel='alternate' href='https://www.cbc.ca/1'/><author><name>Jane Doe</name></author><content type='xhtml'><div><p>The fares stay.</p><p>All <b>of</b> them.</p></div></content></entry></feed>";
    let read = read_bytes("a.atom", atom.as_bytes());
    assert_eq!(facts(&read), ["Ferries stay | CBC | Jane Doe | ?"]);
    assert_eq!(stories(&read), ["The fares stay.\nAll of them."]);
}

#[test]
fn articles_of_trafilatura_tei_and_agencies_are_read() {
    let read = read_bytes("a.xml", TRAFILATURA);
    assert_eq!(
        facts(&read),
        [format!(
            "{HEADLINE} | The Harbour Post | Jane Doe | 2025-09-03"
        )]
    );
    assert_eq!(stories(&read)[0].split('\n').count(), 7);
    let tei = "<TEI xmlns='http://www.tei-c.org/ns/1.0'><teiHeader><fileDesc><titleStmt><title type='main'>Ferries stay</title><author>Jane Doe</author></titleStmt>\
        <publicationStmt><publisher>The Post</publisher><date>2025-09-03</date></publicationStmt></fileDesc></teiHeader><text><body><div><p>The fares stay.</p></div></body></text></TEI>";
    assert_eq!(
        facts(&read_bytes("a.xml", tei.as_bytes())),
        ["Ferries stay | The Post | Jane Doe | 2025-09-03"]
    );
    let nitf = "<?xml version='1.0'?><nitf><head><pubdata date.publication='20250903T000000' name='The Post'/></head><body><body.head><hedline><hl1>Ferries stay</hl1></hedline><byline>By Jane Doe</byline></body.head>\
        <body.content><block class='lead_paragraph'><p>The fares stay.</p></block><block class='full_text'><p>The fares stay.</p><p>All.</p></block></body.content></body></nitf>";
    let read = read_bytes("a.xml", nitf.as_bytes());
    assert_eq!(
        facts(&read),
        ["Ferries stay | The Post | Jane Doe | 2025-09-03"]
    );
    assert_eq!(stories(&read), ["The fares stay.\nAll."]);
}

#[test]
fn lists_of_links_are_named() {
    let said = |bytes: &[u8]| facts(&read_bytes("a.xml", bytes)).remove(0);
    assert!(said(OPML).starts_with("a.xml: OPML, a list of feeds"));
    assert!(said(b"<?xml version='1.0'?><urlset><url/></urlset>").contains("sitemap"));
    assert!(said(b"<?xml version='1.0'?><x/>").contains("unknown kind of XML"));
    assert!(
        said(b"<rss><channel><item><title>A</title></item></channel></rss>")
            .contains("its one entry has no text")
    );
    assert!(said(b"<rss><channel/></rss>").contains("without entries"));
}

#[test]
fn a_cut_off_file_gives_what_it_has() {
    for bytes in [RSS, TEASER, TRAFILATURA] {
        for end in (1..bytes.len()).step_by(43) {
            assert!(!read_bytes("a.xml", &bytes[..end]).is_empty(), "{end}");
        }
    }
}
