//! Plain text, which may have marks of Markdown: a file is one report, whose facts may stand before its story.

use crate::text::{CleanText, sanitize};

use super::super::compose;
use super::super::failure::ReadResult;
use super::{BYTE_ORDER_MARK, FormatFamily, FormatReader};

pub(super) const FAMILY: FormatFamily = FormatFamily {
    name: "plain text",
    endings: &["txt", "text"],
    facts: "headline, dek, outlet, author, date, address, subjects: from front matter, `Key: value` lines, or the first lines if these leave no doubt",
    recognize: |_| Some(Ok(FormatReader::Whole(read_text))),
};

fn read_text(name: &CleanText, text: &str) -> Result<Vec<ReadResult>, String> {
    let mut cleaned = sanitize::sanitize(text);
    // The mark says how the file is written; nobody hid it there.
    cleaned.hidden -= usize::from(text.starts_with(BYTE_ORDER_MARK));
    if cleaned.text.trim().is_empty() {
        return Err("empty; nothing to read in it".to_owned());
    }
    Ok(vec![Ok(compose::text_article(name.clone(), cleaned))])
}
