//! Takes the markup off words that are almost plain: `&quot;` and `&#8217;` become letters, inline tags like `<b>` go.
//!
//! Services hand out titles and teasers so. Texts with paragraphs in HTML go through the HTML reader.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// Most letters between `&` and `;`.
const LONGEST_ENTITY: usize = 32;

/// Returns `words` without inline tags and with their entities as letters.
pub(super) fn plain(words: &str) -> Cow<'_, str> {
    let words = without_tags(words);
    match words {
        Cow::Borrowed(words) => decoded(words),
        Cow::Owned(words) => Cow::Owned(decoded(&words).into_owned()),
    }
}

/// Returns `words` with their entities as letters; what is none stays.
pub(super) fn decoded(words: &str) -> Cow<'_, str> {
    let (mut decoded, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(found) = words.get(at..).and_then(|rest| rest.find('&')) {
        at += found;
        let Some((letters, length)) = words.get(at..).and_then(entity) else {
            at += 1;
            continue;
        };
        decoded.push_str(words.get(copied..at).unwrap_or_default());
        decoded.push_str(&letters);
        at += length;
        copied = at;
    }
    if copied == 0 {
        return Cow::Borrowed(words);
    }
    Cow::Owned(decoded + words.get(copied..).unwrap_or_default())
}

/// Returns the letters of the entity that `words` begin with, and its length.
fn entity(words: &str) -> Option<(Cow<'static, str>, usize)> {
    let end = words.bytes().take(LONGEST_ENTITY).position(|b| b == b';')?;
    let name = words.get(1..end)?;
    let letters = match name.strip_prefix('#') {
        None => Cow::Borrowed(resolve_html5_entity(name)?),
        Some(number) => {
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            Cow::Owned(windows_1252(char::from_u32(code)?).to_string())
        }
    };
    Some((letters, end + 1))
}

/// Returns the letter that `&#146;` means to everybody, though Unicode has a control character there.
fn windows_1252(letter: char) -> char {
    match u8::try_from(letter) {
        Ok(byte @ 0x80..=0x9f) => {
            let byte = [byte];
            let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&byte);
            decoded.chars().next().unwrap_or(letter)
        }
        _ => letter,
    }
}

/// Returns `words` without tags, if they have end tags.
fn without_tags(words: &str) -> Cow<'_, str> {
    if !words.contains("</") {
        return Cow::Borrowed(words);
    }
    let (mut kept, mut rest) = (String::with_capacity(words.len()), words);
    // Only up to the last `>`: otherwise each `<` behind it would be looked for in all that follows.
    let last = words.rfind('>').unwrap_or_default();
    while let Some((before, after)) = rest.split_once('<') {
        if words.len() - after.len() > last {
            break;
        }
        kept.push_str(before);
        let is_tag = after.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
        if let Some((_, behind)) = is_tag.then(|| after.split_once('>')).flatten() {
            rest = behind;
        } else {
            kept.push('<');
            rest = after;
        }
    }
    Cow::Owned(kept + rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_are_letters_and_inline_tags_go() {
        for (words, plain_words) in [
            ("&quot;We wait,&quot; she said", "\"We wait,\" she said"),
            ("Ferries&#8217; fares &amp; more", "Ferries’ fares & more"),
            ("It&#146;s", "It’s"),
            ("Google <b>ferry</b> news", "Google ferry news"),
            (
                "AT&T; a & b &unknown; &#xffffffff;",
                "AT&T; a & b &unknown; &#xffffffff;",
            ),
            ("3 < 4 </b>", "3 < 4 "),
            ("", ""),
        ] {
            assert_eq!(plain(words), plain_words, "{words}");
        }
    }
}
