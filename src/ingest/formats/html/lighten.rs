//! Goes over a page once before it is parsed: leaves out styles, scripts, drawings and embedded pictures, and refuses what no
//! person wrote.
//!
//! Every parser of this kind takes quadratic time on elements nested thousands deep and on tags of thousands of attributes, so that
//! a page of a megabyte could hold a core for minutes.

use std::borrow::Cow;

use memchr::memchr;

/// Most bytes of a page without its styles, scripts and pictures.
const MOST_BYTES: usize = 8 << 20;
/// Most elements inside each other.
const MOST_DEPTH: usize = 400;
/// Most attributes of a tag.
const MOST_ATTRIBUTES: usize = 2_000;
/// Most pairs of attributes that stand in one tag, in all tags: each is compared with all before it.
const MOST_PAIRS: usize = 50_000_000;
/// Most `<` one after another that are text.
const MOST_MARKS: usize = 3;
/// Elements whose content is no text of the page; scripts are kept where they state facts.
const DROPPED: [&str; 5] = ["style", "svg", "script", "iframe", "template"];
/// Elements without an end tag.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];
/// Elements that the next of their kind ends, so that they are open beside each other and not in each other.
const SELF_ENDING: [&str; 11] = [
    "p", "li", "td", "th", "tr", "tbody", "thead", "tfoot", "dt", "dd", "option",
];

/// Returns the page without what is no text of it.
pub(super) fn lighten(html: &str) -> Result<String, String> {
    let mut pass = LightPass {
        html,
        kept: String::with_capacity(html.len().min(MOST_BYTES)),
        copied: 0,
        depth: 0,
        pairs: 0,
    };
    pass.run()?;
    Ok(pass.kept)
}

struct LightPass<'a> {
    html: &'a str,
    kept: String,
    /// First byte that is neither kept nor dropped yet.
    copied: usize,
    depth: usize,
    /// Pairs of attributes so far.
    pairs: usize,
}

/// A tag with its place.
struct Tag<'a> {
    name: Cow<'a, str>,
    is_end: bool,
    is_closed: bool,
    /// First byte after it.
    end: usize,
}

impl<'a> LightPass<'a> {
    fn run(&mut self) -> Result<(), String> {
        let mut at = 0;
        while let Some(found) = self.rest(at).and_then(|rest| memchr(b'<', rest)) {
            at += found;
            if self.begins(at, "<!--") {
                at = self.after(at + 4, "-->");
                continue;
            }
            let Some(tag) = self.tag(at)? else {
                at = self.after_marks(at)?;
                continue;
            };
            if !tag.is_end
                && DROPPED.contains(&&*tag.name)
                && !tag.is_closed
                && !self.states_facts(at, tag.end)
            {
                self.keep(at)?;
                at = self.after_element(tag.end, &tag.name);
                self.copied = at;
                continue;
            }
            self.count(&tag)?;
            let skip_to = if tag.name == "script" && !tag.is_end {
                self.after_element(tag.end, "script")
            } else {
                tag.end
            };
            at = skip_to;
        }
        self.keep(self.html.len())
    }

    fn rest(&self, at: usize) -> Option<&'a [u8]> {
        self.html.as_bytes().get(at..)
    }

    fn begins(&self, at: usize, words: &str) -> bool {
        self.rest(at)
            .is_some_and(|rest| rest.starts_with(words.as_bytes()))
    }

    /// Returns the place after the next `mark`, or the end.
    fn after(&self, at: usize, mark: &str) -> usize {
        let rest = self.html.get(at..).unwrap_or_default();
        rest.find(mark)
            .map_or(self.html.len(), |found| at + found + mark.len())
    }

    /// Returns the place after the end tag of the element `name` that is open at `at`, or the end of the page.
    fn after_element(&self, at: usize, name: &str) -> usize {
        let mut from = at;
        while let Some(found) = self.rest(from).and_then(|rest| memchr(b'<', rest)) {
            let tag = from + found;
            let after = self.html.as_bytes().get(tag + 1..tag + 2 + name.len());
            if after.is_some_and(|after| {
                after[0] == b'/' && after[1..].eq_ignore_ascii_case(name.as_bytes())
            }) {
                return self.after(tag, ">");
            }
            from = tag + 1;
        }
        self.html.len()
    }

    /// Returns whether the tag is that of a script that states facts for machines.
    fn states_facts(&self, from: usize, to: usize) -> bool {
        let tag = self.html.get(from..to).unwrap_or_default();
        tag.len() < 300 && tag.to_ascii_lowercase().contains("ld+json")
    }

    /// Keeps the page up to `to`.
    fn keep(&mut self, to: usize) -> Result<(), String> {
        let part = self.html.get(self.copied..to).unwrap_or_default();
        if self.kept.len() + part.len() > MOST_BYTES {
            let most = MOST_BYTES >> 20;
            return Err(format!(
                "a page of more than {most} MiB of markup; save its text"
            ));
        }
        self.kept.push_str(part);
        self.copied = to;
        Ok(())
    }

    /// Reads the tag that begins at `at`; drops the pictures that are written into its attributes.
    fn tag(&mut self, at: usize) -> Result<Option<Tag<'a>>, String> {
        let bytes = self.html.as_bytes();
        let is_end = bytes.get(at + 1) == Some(&b'/');
        let start = at + 1 + usize::from(is_end);
        let is_letter = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_alphabetic);
        if !is_letter(start) {
            return Ok(None);
        }
        let name_end = self.end_of_name(start);
        let name = self.html.get(start..name_end).unwrap_or_default();
        let (mut place, mut attributes) = (name_end, 0);
        while let Some(&byte) = bytes.get(place) {
            match byte {
                b'>' => break,
                b'"' | b'\'' => {
                    let rest = bytes.get(place + 1..).unwrap_or_default();
                    let length = memchr(byte, rest).unwrap_or(rest.len());
                    self.drop_picture(place + 1, length)?;
                    place += length + 2;
                }
                byte => {
                    let after = bytes
                        .get(place + 1)
                        .is_some_and(|next| !next.is_ascii_whitespace());
                    attributes += usize::from(byte.is_ascii_whitespace() && after);
                    place += 1;
                }
            }
            if attributes > MOST_ATTRIBUTES || self.pairs > MOST_PAIRS {
                return Err(
                    "a tag of thousands of attributes; save the text of the page".to_owned(),
                );
            }
        }
        self.pairs += attributes * attributes / 2;
        let is_closed = bytes.get(..place).is_some_and(|tag| tag.ends_with(b"/"));
        let name = match name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            true => Cow::Owned(name.to_ascii_lowercase()),
            false => Cow::Borrowed(name),
        };
        let end = (place + 1).min(bytes.len());
        Ok(Some(Tag {
            name,
            is_end,
            is_closed,
            end,
        }))
    }

    /// Returns the place after some `<` that are text; of a flood of them, which is no text, few are kept.
    fn after_marks(&mut self, at: usize) -> Result<usize, String> {
        let marks = self.rest(at).unwrap_or_default();
        let count = marks.iter().take_while(|&&byte| byte == b'<').count();
        if count <= MOST_MARKS {
            return Ok(at + 1);
        }
        // The last one may begin a tag.
        self.keep(at + MOST_MARKS)?;
        self.copied = at + count - 1;
        Ok(self.copied)
    }

    fn end_of_name(&self, start: usize) -> usize {
        let rest = self.rest(start).unwrap_or_default();
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
        start + rest.iter().position(ends).unwrap_or(rest.len())
    }

    /// Drops a value that is a whole picture.
    fn drop_picture(&mut self, at: usize, length: usize) -> Result<(), String> {
        if length > 1000 && (self.begins(at, "data:") || self.begins(at, "blob:")) {
            self.keep(at)?;
            self.copied = at + length;
        }
        Ok(())
    }

    fn count(&mut self, tag: &Tag<'_>) -> Result<(), String> {
        let name = &*tag.name;
        if tag.is_closed || VOID.contains(&name) || SELF_ENDING.contains(&name) {
            return Ok(());
        }
        if tag.is_end {
            self.depth = self.depth.saturating_sub(1);
        } else {
            self.depth += 1;
        }
        if self.depth > MOST_DEPTH {
            return Err(format!(
                "more than {MOST_DEPTH} nested elements; save the text of the page"
            ));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_left_out() {
        let picture = "A".repeat(2000);
        let page = format!(
            "<STYLE>p > a {{}}</STYLE><p title='a > b'>The <svg><path/></svg>fares<script>if (a<b) {{}}</script> stay.\
             <img src=\"data:image/png;base64,{picture}\" alt=x><script type=\"application/ld+json\">{{\"a\":\"<p>\"}}</script><!-- <style> --></p>"
        );
        assert_eq!(
            lighten(&page).unwrap(),
            "<p title='a > b'>The fares stay.<img src=\"\" alt=x><script type=\"application/ld+json\">{\"a\":\"<p>\"}</script><!-- <style> --></p>"
        );
    }

    #[test]
    fn what_would_take_a_parser_for_ever_is_refused() {
        let deep = "<div>".repeat(500);
        assert!(lighten(&deep).is_err_and(|said| said.contains("nested elements")));
        let wide = format!("<p{}>", " a=1".repeat(3000));
        assert!(lighten(&wide).is_err_and(|said| said.contains("attributes")));
        let heavy = format!("<p{}>", " a=1".repeat(1500)).repeat(60);
        assert!(lighten(&heavy).is_err_and(|said| said.contains("attributes")));
        let long = "<p>The fares stay.</p>".repeat(400_000);
        assert!(lighten(&long).is_err_and(|said| said.contains("8 MiB")));
    }

    #[test]
    fn what_people_write_is_not() {
        for page in [
            "<p>One<p>Two".repeat(500),
            "<br>".repeat(3000),
            "<div><p>x</p></div>".repeat(1000),
        ] {
            assert_eq!(lighten(&page).as_deref(), Ok(&*page));
        }
        for cut in [
            "<", "</", "<p", "<p a='", "<!--", "<script", "<script>", "a < b",
        ] {
            assert!(lighten(cut).is_ok(), "{cut}");
        }
    }
}
