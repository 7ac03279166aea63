//! XML: feeds, what trafilatura extracts, TEI, and NITF of news agencies; lists of links are named as such.
//!
//! The kind is that of the first element, whatever the file is called.

mod articles;
mod feed;
mod tree;

use super::super::entities;
use super::entries::{ReadEntry, reports};
use super::{BYTE_ORDER_MARK, FileStart, FormatFamily, FormatReader, html};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "XML: RSS, Atom, trafilatura, TEI, NITF",
    endings: &["xml", "rss", "atom", "opml", "rdf", "nitf", "tei"],
    facts: "headline, outlet (for a feed, its name), author, date, address, subjects; a teaser as an excerpt",
    recognize,
};

const OPML: &str = "OPML, a list of feeds without texts; save the feeds or the pages themselves";
const SITEMAP: &str = "a sitemap, links without texts; save the pages themselves";
const OTHER: &str = "an unknown kind of XML; save the reports as text, HTML or JSON";

fn recognize(start: &FileStart<'_>) -> Option<Result<FormatReader, &'static str>> {
    let is_named = start.has_ending(FAMILY.endings);
    if !is_named && !start.content().starts_with(b"<") {
        return None;
    }
    let text = start.text();
    let root = root(&text).unwrap_or_default();
    let reader = match root.rsplit(':').next().unwrap_or_default() {
        "rss" | "RDF" | "feed" => Ok(FormatReader::Bytes(feed::read)),
        "doc" | "corpus" | "TEI" | "teiCorpus" | "nitf" => Ok(FormatReader::Bytes(articles::read)),
        "opml" => Err(OPML),
        "urlset" | "sitemapindex" => Err(SITEMAP),
        _ if is_named || start.begins_with(&[b"<?xml"]) => Err(OTHER),
        _ => return None,
    };
    Some(reader)
}

/// Returns the name of the first element, after the prolog and comments.
fn root(text: &str) -> Option<&str> {
    let mut rest = text.trim_start_matches(BYTE_ORDER_MARK).trim_start();
    loop {
        let end = match () {
            () if rest.starts_with("<?") => "?>",
            () if rest.starts_with("<!--") => "-->",
            () if rest.starts_with("<!DOCTYPE") && declares_inside(rest) => "]>",
            () if rest.starts_with("<!") => ">",
            () => break,
        };
        rest = rest.split_once(end)?.1.trim_start();
    }
    let name = rest.strip_prefix('<')?;
    let length = name.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
    name.get(..length?)
}

/// Returns whether a document type has declarations in brackets.
fn declares_inside(rest: &str) -> bool {
    let bracket = rest.find('[').unwrap_or(usize::MAX);
    bracket < rest.find('>').unwrap_or(usize::MAX)
}

/// Returns the text of a file in the encoding that its prolog says.
fn decoded(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, String> {
    let head = bytes.get(..200).unwrap_or(bytes);
    let label = |quote: &[u8]| {
        let lead = [b"encoding=".as_slice(), quote].concat();
        let at = memchr::memmem::find(head, &lead)? + lead.len();
        let rest = head.get(at..)?;
        rest.get(..memchr::memmem::find(rest, quote)?)
    };
    let encoding = label(b"\"").or_else(|| label(b"'"));
    let encoding = encoding.and_then(encoding_rs::Encoding::for_label);
    match encoding {
        Some(encoding)
            if std::str::from_utf8(bytes).is_err()
                && encoding_rs::Encoding::for_bom(bytes).is_none() =>
        {
            Ok(encoding.decode_without_bom_handling(bytes).0)
        }
        _ => super::super::decode::text(bytes).map_err(str::to_owned),
    }
}

#[cfg(test)]
mod tests;
