//! Europresse (Eureka) as a page: an `article` element each, whose parts are known by their classes.

use std::borrow::Cow;

use dom_query::{NodeRef, Selection};

use crate::article::{Article, Provenance};
use crate::text::CleanText;

use super::super::dates;
use super::super::draft::ReportDraft;
use super::super::keys::FactKind;
use super::export_lines::{PART_END, bare_outlet, parts_between};
use super::{FileStart, FormatFamily, FormatReader, PartsReader, html};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "Europresse and Eureka, saved as HTML",
    endings: &[],
    facts: "headline, outlet, author, date",
    recognize,
};

const READER: PartsReader = PartsReader {
    decode,
    split: |text| parts_between(text, PART_END),
    read,
};

/// The parts of an article and where they stand, the first that holds something; layouts of several years.
const PARTS: [(&str, &[&str]); 5] = [
    (
        "DocPublicationName",
        &[".DocPublicationName", ".rdp__DocPublicationName"],
    ),
    (
        "DocHeader",
        &[".DocHeader", "header .DocTitreSousSection + span", "header"],
    ),
    (
        "titreArticle",
        &[
            ".titreArticleVisu",
            ".TitreArticleVisu",
            ".rdp__articletitle",
            ".titreArticle",
        ],
    ),
    (
        "author",
        &[
            ".docAuthors",
            "header > .sm-margin-bottomNews",
            "header > div > .sm-margin-bottomNews",
        ],
    ),
    ("document", &["footer", ".publiC-lblNodoc"]),
];
/// The story.
const STORY: &[&str] = &[".docOcurrContainer", ".DocText", "section"];

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    let has = |mark: &[u8]| memchr::memmem::find(start.bytes, mark).is_some();
    let is_export = html::is_page(start)
        && has(b"DocPublicationName")
        && [
            &b"titreArticle"[..],
            b"TitreArticle",
            b"DocHeader",
            b"docOcurrContainer",
            b"DocText",
        ]
        .into_iter()
        .any(has);
    is_export.then_some(Ok(FormatReader::Parts(READER)))
}

/// Returns the articles of a page, a form feed after each, with their parts as lines: the name of the part, a tab, its words.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let document = html::parsed(&html::decoded(bytes)?)?;
    let mut text = String::new();
    for article in document.select("article").nodes() {
        add_article(&mut text, article);
    }
    if text.is_empty() {
        return Err("a Europresse page in an unknown layout; save its text".to_owned());
    }
    Ok(Cow::Owned(text))
}

fn add_article(text: &mut String, article: &NodeRef<'_>) {
    for (name, selectors) in PARTS {
        let words = first(article, selectors)
            .iter()
            .map(words_of)
            .find(|words| !words.is_empty());
        text.push_str(&format!("{name}\t{}\n", words.unwrap_or_default()));
    }
    let story = first(article, STORY);
    for paragraph in story.iter().flat_map(html::paragraphs) {
        text.push_str(&format!("p\t{}\n", paragraph.words));
    }
    text.push(PART_END);
}

/// Returns the elements that the first of `selectors` finds which finds any.
fn first<'a>(article: &NodeRef<'a>, selectors: &[&str]) -> Vec<NodeRef<'a>> {
    let found = selectors.iter().map(|selector| {
        let found = Selection::from(*article).select(selector);
        found.nodes().iter().take(1).copied().collect::<Vec<_>>()
    });
    found
        .into_iter()
        .find(|found| !found.is_empty())
        .unwrap_or_default()
}

fn words_of(node: &NodeRef<'_>) -> String {
    node.text().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn read(name: &CleanText, part: &str) -> Result<Article, String> {
    let mut draft = ReportDraft::default();
    for line in part.lines() {
        let Some((key, words)) = line.split_once('\t') else {
            continue;
        };
        take(&mut draft, key, words);
    }
    if draft.is_empty() {
        return Err("an article without text; save it with its full text".to_owned());
    }
    Ok(draft.article(name, part.as_bytes()))
}

fn take(draft: &mut ReportDraft, key: &str, words: &str) {
    let day;
    let (fact, words) = match key {
        "p" => return draft.push_body(words),
        // `La Croix, no. 43018`, `Le Monde (site web)`
        "DocPublicationName" => {
            let name = words.split(", no").next().unwrap_or_default();
            (
                FactKind::Outlet,
                bare_outlet(name.split(", n°").next().unwrap_or_default()),
            )
        }
        "DocHeader" => {
            day = dates::first_date(words).map(|day| day.to_string());
            (FactKind::Published, day.as_deref().unwrap_or_default())
        }
        // `news·20250903·HP·x`
        "document" => {
            let number = words.split('·').nth(1).unwrap_or_default();
            (FactKind::Published, number)
        }
        "titreArticle" => (FactKind::Headline, words),
        _ => (FactKind::Author, words),
    };
    draft.state(fact, words, Provenance::Markup(key.to_owned().into()));
}

#[cfg(test)]
mod tests {
    use super::super::reading::{facts, read_bytes, stories};

    const PAGE: &[u8] = include_bytes!("../../../tests/fixtures/europresse.html");

    #[test]
    fn each_article_of_a_page_is_a_report() {
        let read = read_bytes("a.HTML", PAGE);
        assert_eq!(
            facts(&read),
            [
                "Minister says ferry fares will not rise this year | The Harbour Post | Jane Doe | 2025-09-03",
                "Province freezes ferry fares as union demands guarantee | Prairie Broadcasting | Sam Lee, Priya Nair | 2025-09-03",
            ]
        );
        assert!(
            stories(&read)
                .iter()
                .all(|story| story.split('\n').count() == 7)
        );
    }

    #[test]
    fn an_older_layout_is_read_too() {
        let page = "<html><body><article><header><div><span class=\"DocPublicationName\">La Presse, no. 12</span></div><div><span class=\"DocHeader\">\
                    Monde, jeudi 4 septembre 2025, p. A1</span></div><div class=\"titreArticle\">Les tarifs restent</div></header><section>\
                    <div class=\"DocText\"><p>Les tarifs restent gelés.</p><p>Le syndicat attend.</p></div></section><footer>news·20250904·LA·1</footer></article></body></html>";
        let read = read_bytes("a.html", page.as_bytes());
        assert_eq!(
            facts(&read),
            ["Les tarifs restent | La Presse | ? | 2025-09-04"]
        );
        assert_eq!(
            stories(&read),
            ["Les tarifs restent gelés.\nLe syndicat attend."]
        );
    }

    #[test]
    fn a_cut_page_gives_what_it_has() {
        for end in (1..PAGE.len()).step_by(101) {
            assert!(
                (1..=2).contains(&read_bytes("a.html", &PAGE[..end]).len()),
                "{end}"
            );
        }
    }
}
