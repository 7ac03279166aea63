//! Reads XML into a small tree; what is not well-formed ends it, and what came before counts.
//!
//! Entities that a document defines are left as they are, so that nothing can grow.

use quick_xml::Reader;
use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// Elements inside each other that are kept apart; deeper ones join the text of the last.
const DEEPEST: usize = 100;

/// An element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name with its prefix, as it is written.
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) content: Vec<Content>,
}

/// A piece of what is in an element.
#[derive(Debug)]
pub(super) enum Content {
    Text(String),
    Element(Element),
}

/// Returns the outermost elements of `text`, in an element without a name.
pub(super) fn parse(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let mut walk = TreeWalk {
        open: vec![Element::default()],
        too_deep: 0,
    };
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => walk.begin(&start),
            Ok(Event::Empty(start)) => {
                walk.begin(&start);
                walk.end();
            }
            Ok(Event::End(_)) => walk.end(),
            Ok(Event::Text(text)) => walk.push(&text),
            Ok(Event::CData(text)) => walk.push(&text),
            Ok(Event::GeneralRef(reference)) => walk.push(&letters(&reference)),
            Ok(Event::Eof) | Err(_) => break,
            Ok(_) => {}
        }
    }
    walk.finished()
}

/// Returns the letters that `&amp;` or `&#8217;` stand for, or the reference as it is.
fn letters(reference: &BytesRef<'_>) -> String {
    let name: &str = reference;
    if let Ok(Some(letter)) = reference.resolve_char_ref() {
        return letter.to_string();
    }
    match resolve_html5_entity(name) {
        Some(letters) => letters.to_owned(),
        None => format!("&{name};"),
    }
}

struct TreeWalk {
    open: Vec<Element>,
    too_deep: usize,
}

impl TreeWalk {
    fn begin(&mut self, start: &BytesStart<'_>) {
        if self.open.len() > DEEPEST {
            self.too_deep += 1;
            return;
        }
        let mut attributes = start.attributes();
        let attributes = attributes.with_checks(false).flatten();
        let attributes = attributes.map(|attribute| {
            let key = attribute.key.as_ref().to_owned();
            let value = &attribute.value;
            (key, super::entities::decoded(value).into_owned())
        });
        self.open.push(Element {
            name: start.name().as_ref().to_owned(),
            attributes: attributes.collect(),
            content: Vec::new(),
        });
    }

    fn end(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if self.open.len() > 1
            && let Some(element) = self.open.pop()
            && let Some(outer) = self.open.last_mut()
        {
            outer.content.push(Content::Element(element));
        }
    }

    fn push(&mut self, words: &str) {
        let Some(element) = self.open.last_mut() else {
            return;
        };
        match element.content.last_mut() {
            Some(Content::Text(text)) => text.push_str(words),
            _ => element.content.push(Content::Text(words.to_owned())),
        }
    }

    /// Returns the outermost element; elements that were never ended end here.
    fn finished(mut self) -> Element {
        self.too_deep = 0;
        while self.open.len() > 1 {
            self.end();
        }
        self.open.pop().unwrap_or_default()
    }
}

impl Element {
    /// Returns its name without its prefix.
    pub(super) fn local_name(&self) -> &str {
        self.name.rsplit(':').next().unwrap_or_default()
    }

    /// Returns the elements right inside of it.
    pub(super) fn children(&self) -> impl Iterator<Item = &Element> {
        self.content.iter().filter_map(|content| match content {
            Content::Element(element) => Some(element),
            Content::Text(_) => None,
        })
    }

    /// Returns the first element right inside of it with this name, prefix and all.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children().find(|child| child.name == name)
    }

    /// Returns the words of the first element right inside of it with this name; none if they are blank.
    pub(super) fn child_text(&self, name: &str) -> Option<String> {
        let text = self.child(name)?.text();
        (!text.trim().is_empty()).then_some(text)
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(key, _)| key == name)?;
        Some(found.1.as_str()).filter(|value| !value.trim().is_empty())
    }

    /// Returns the elements with this name, without prefix, anywhere inside of it, from the front.
    pub(super) fn descendants(&self, name: &str) -> Vec<&Element> {
        let mut found = Vec::new();
        self.collect(name, &mut found);
        found
    }

    fn collect<'e>(&'e self, name: &str, found: &mut Vec<&'e Element>) {
        for child in self.children() {
            if child.local_name() == name {
                found.push(child);
            } else {
                child.collect(name, found);
            }
        }
    }

    /// Returns all words inside of it.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.add_text(&mut text);
        text
    }

    fn add_text(&self, text: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(words) => text.push_str(words),
                Content::Element(element) if element.local_name() == "lb" => text.push('\n'),
                Content::Element(element) => element.add_text(text),
            }
        }
    }

    /// Returns what is inside of it as HTML, for a text that is no words but markup.
    pub(super) fn inner_html(&self) -> String {
        let mut html = String::new();
        self.add_html(&mut html);
        html
    }

    fn add_html(&self, html: &mut String) {
        for content in &self.content {
            match content {
                Content::Text(words) => html.push_str(&quick_xml::escape::partial_escape(words)),
                Content::Element(element) => {
                    let name = element.local_name();
                    html.push_str(&format!("<{name}>"));
                    element.add_html(html);
                    html.push_str(&format!("</{name}>"));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_xml_gives_what_it_has() {
        let tree = parse("<a x='1 &amp; 2'>One &lt;b&gt; &#8217;<b>two</b><c>three");
        let a = tree.child("a").expect("the element");
        assert_eq!(a.attribute("x"), Some("1 & 2"));
        assert_eq!(a.text(), "One <b> ’twothree");
        assert!(parse("").child("a").is_none() && parse("<<<>>>&&").children().count() < 3);
        let deep = parse(&"<a>".repeat(100_000));
        assert_eq!(deep.children().count(), 1);
        drop(deep);
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>";
        assert_eq!(
            parse(bomb).child("x").map(Element::text).as_deref(),
            Some("&b;")
        );
    }
}
