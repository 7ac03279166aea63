//! Factiva's export as a page: makes the lines of the text layout of it, so that both are read alike.

use std::borrow::Cow;

use dom_query::{Document, NodeRef};

use super::super::export_lines::PART_END;
use super::super::{FileStart, html};

/// Marks that a page of the archive has near its top.
const MARKS: [&[u8]; 5] = [
    b"<title>factiva",
    b"<title>dow jones factiva",
    b"global.factiva.com",
    b"global-factiva-com",
    b"articleparagraph en",
];

/// Returns whether the file is a page of this archive.
pub(super) fn is_page(start: &FileStart<'_>) -> bool {
    if !html::is_page(start) {
        return false;
    }
    let head: Vec<u8> = start
        .bytes
        .iter()
        .filter(|byte| !byte.is_ascii_control())
        .map(u8::to_ascii_lowercase)
        .collect();
    MARKS
        .iter()
        .any(|mark| memchr::memmem::find(&head, mark).is_some())
}

/// Returns the articles of a page as lines, a form feed after each; that with the headline begins with `HD` and a tab.
pub(super) fn text(bytes: &[u8]) -> Result<Cow<'_, str>, String> {
    let document = html::parsed(&html::decoded(bytes)?)?;
    let mut text = String::new();
    for article in articles(&document) {
        add_article(&mut text, &article);
    }
    if text.is_empty() {
        return Err("a Factiva page without articles; save the articles themselves".to_owned());
    }
    Ok(Cow::Owned(text))
}

/// Returns the elements of the articles, none inside of another.
fn articles(document: &Document) -> Vec<NodeRef<'_>> {
    let is_article = |node: &NodeRef<'_>| {
        let class = node.class().unwrap_or_default();
        class
            .split_whitespace()
            .any(|class| class.len() > "Article".len() && class.ends_with("Article"))
    };
    let found = document.select("div[class*=Article]").nodes().to_vec();
    let found: Vec<_> = found.into_iter().filter(is_article).collect();
    let is_outer = |node: &NodeRef<'_>| {
        !node
            .ancestors_it(None)
            .any(|outer| found.iter().any(|other| other.id == outer.id))
    };
    found
        .iter()
        .filter(|node| is_outer(node))
        .copied()
        .collect()
}

fn add_article(text: &mut String, article: &NodeRef<'_>) {
    let all = lines(article);
    let select = |selector: &str| -> Vec<String> {
        let found = dom_query::Selection::from(*article).select(selector);
        found.nodes().iter().flat_map(lines).collect()
    };
    let headline = select("[class*=Headline]").join(" ");
    let story = select("p[class*=articleParagraph]");
    // The first line of a story is often the headline once more, so all of its lines are sought.
    let at = all
        .windows(story.len().max(1))
        .position(|lines| lines == story);
    let (head, _) = all.split_at(at.unwrap_or(all.len()));
    for line in head {
        if !headline.is_empty() && *line == headline {
            text.push_str("HD\t");
            add_line(text, without_count(line));
        } else {
            add_line(text, line);
        }
    }
    // In the layout with fields the story stands in cells of its own, and is a part of the lines above.
    story.iter().for_each(|line| add_line(text, line));
    text.push(PART_END);
}

/// Returns a headline without its number in the list, `49) `.
fn without_count(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
    match rest.strip_prefix(") ") {
        Some(words) if rest.len() < line.len() => words,
        _ => line,
    }
}

fn add_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

fn lines(node: &NodeRef<'_>) -> Vec<String> {
    html::paragraphs(node)
        .into_iter()
        .map(|paragraph| paragraph.words)
        .collect()
}
