//! Makes paragraphs of a piece of a page: block elements part them, and elements and classes tell the roles of some.

use dom_query::NodeRef;

use crate::article::BlockRole;

/// A paragraph of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct HtmlParagraph {
    pub(in crate::ingest) role: BlockRole,
    pub(in crate::ingest) words: String,
    /// The share of its letters that are in links, in per cent.
    pub(super) linked: usize,
    /// Whether it is an entry of a list.
    pub(super) is_entry: bool,
}

/// Elements deeper than this are not walked into; the page was checked before, so this stops only what a parser adds.
const MOST_DEPTH: usize = 600;
/// Elements that stand in a line of text.
const INLINE: [&str; 34] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strong", "sub", "sup", "time", "u",
];
/// Elements without words of the page.
const WORDLESS: [&str; 14] = [
    "script", "style", "noscript", "template", "iframe", "object", "video", "audio", "button",
    "form", "select", "textarea", "head", "svg",
];
/// Parts of class names, and the role of what they name.
const CLASSES: [(&str, BlockRole); 18] = [
    ("caption", BlockRole::Caption),
    ("credit", BlockRole::Credit),
    ("byline", BlockRole::Byline),
    ("author", BlockRole::Byline),
    ("dateline", BlockRole::Matter),
    ("timestamp", BlockRole::Matter),
    ("pubdate", BlockRole::Matter),
    ("publish-date", BlockRole::Matter),
    ("dek", BlockRole::Dek),
    ("deck", BlockRole::Dek),
    ("standfirst", BlockRole::Dek),
    ("subtitle", BlockRole::Dek),
    ("sub-title", BlockRole::Dek),
    ("subheadline", BlockRole::Dek),
    ("newsletter", BlockRole::Boilerplate),
    ("related", BlockRole::Boilerplate),
    ("social", BlockRole::Boilerplate),
    ("promo", BlockRole::Boilerplate),
];

/// Returns the paragraphs of `node`.
pub(in crate::ingest::formats) fn paragraphs(node: &NodeRef<'_>) -> Vec<HtmlParagraph> {
    let mut walk = ParagraphWalk::default();
    walk.walk(node, BlockRole::Body, 0);
    walk.end_paragraph(BlockRole::Body);
    walk.found
}

#[derive(Default)]
struct ParagraphWalk {
    found: Vec<HtmlParagraph>,
    words: String,
    /// Letters of `words` that are in a link.
    linked: usize,
    in_link: usize,
    in_entry: usize,
    /// Line breaks since the last word.
    breaks: usize,
}

impl ParagraphWalk {
    fn walk(&mut self, node: &NodeRef<'_>, role: BlockRole, depth: usize) {
        if depth > MOST_DEPTH {
            return;
        }
        for child in node.children_it(false) {
            if child.is_text() {
                self.add_text(&child.text());
            } else if child.is_element() {
                self.element(&child, role, depth);
            }
        }
    }

    fn element(&mut self, node: &NodeRef<'_>, role: BlockRole, depth: usize) {
        let name = node.node_name().unwrap_or_default();
        match &*name {
            "br" => {
                self.breaks += 1;
                // One break is the end of a line, two are that of a paragraph.
                if self.breaks > 1 {
                    self.end_paragraph(role);
                }
                self.words.push('\n');
            }
            name if WORDLESS.contains(&name) || is_hidden(node) => {}
            "a" => {
                self.in_link += 1;
                self.walk(node, role, depth + 1);
                self.in_link -= 1;
            }
            name if INLINE.contains(&name) => self.walk(node, role, depth + 1),
            name => {
                self.end_paragraph(role);
                let own = own_role(name, node, role);
                let is_entry = usize::from(name == "li");
                self.in_entry += is_entry;
                self.walk(node, own, depth + 1);
                self.end_paragraph(own);
                self.in_entry -= is_entry;
            }
        }
    }

    fn add_text(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.breaks = 0;
        }
        if self.in_link > 0 {
            self.linked += letters(text);
        }
        self.words.push_str(text);
    }

    fn end_paragraph(&mut self, role: BlockRole) {
        let words = self.words.split_whitespace().collect::<Vec<_>>().join(" ");
        let all = letters(&self.words);
        if !words.is_empty() {
            self.found.push(HtmlParagraph {
                role,
                words,
                linked: self.linked * 100 / all.max(1),
                is_entry: self.in_entry > 0,
            });
        }
        self.words.clear();
        (self.linked, self.breaks) = (0, 0);
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).count()
}

fn is_hidden(node: &NodeRef<'_>) -> bool {
    let says = |name: &str, value: &str| node.attr(name).is_some_and(|found| found.contains(value));
    node.has_attr("hidden") || says("style", "display:none") || says("style", "display: none")
}

/// Returns the role of what stands in an element; inside of a caption all is caption.
fn own_role(name: &str, node: &NodeRef<'_>, outer: BlockRole) -> BlockRole {
    if outer != BlockRole::Body {
        return outer;
    }
    match name {
        "figcaption" | "figure" | "caption" => return BlockRole::Caption,
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => return BlockRole::Heading,
        "aside" | "nav" | "footer" => return BlockRole::Boilerplate,
        _ => {}
    }
    let class = node.class().unwrap_or_default().to_ascii_lowercase();
    if class.is_empty() {
        return BlockRole::Body;
    }
    let mut classes = CLASSES.iter();
    let known = classes.find(|(part, _)| class.split(' ').any(|class| class_has(class, part)));
    // A wrapper of much is not what its name says.
    match known {
        Some((_, role)) if node.normalized_char_count() < 600 => *role,
        _ => BlockRole::Body,
    }
}

/// Returns whether `part` is a word of the class name `class`, or its end.
fn class_has(class: &str, part: &str) -> bool {
    class.split(['-', '_']).any(|word| word == part)
        || class.ends_with(part)
        || class.contains(part) && part.len() > 7
}
