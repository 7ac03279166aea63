//! A JSON value that borrows from the text it was read from, so that a row costs its text once.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};

/// A JSON value; objects keep the order of their members, and numbers that are not whole are not kept.
#[derive(Debug)]
pub(super) enum JsonValue<'a> {
    /// null, and numbers that are not whole.
    Nothing,
    Truth(bool),
    Whole(i64),
    Text(Cow<'a, str>),
    List(Vec<JsonValue<'a>>),
    Object(Vec<JsonMember<'a>>),
}

/// Keys under which an object of a list of paragraphs has its words.
const PARAGRAPH_KEYS: [&str; 4] = ["text", "content", "sentence", "paragraph"];

/// A key of an object and its value.
pub(super) type JsonMember<'a> = (Cow<'a, str>, JsonValue<'a>);

/// Reads one JSON value.
pub(super) fn parse(text: &str) -> Result<JsonValue<'_>, String> {
    serde_json::from_str(text)
        .map_err(|error| format!("not JSON: {error}; correct it or remove it"))
}

/// Returns `text` with U+FFFD for half a surrogate pair (`\ud83d`, cut in two by a crawler), which a strict parser refuses.
pub(super) fn repair_surrogates(text: &str) -> Cow<'_, str> {
    if !text.contains("\\u") {
        return Cow::Borrowed(text);
    }
    let unit = |at: usize| {
        let digits = text.get(at..at + 6)?.strip_prefix("\\u")?;
        u32::from_str_radix(digits, 16).ok()
    };
    let (mut repaired, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(found) = text.get(at..).and_then(|rest| rest.find('\\')) {
        at += found;
        match unit(at) {
            Some(0xd800..=0xdbff) if matches!(unit(at + 6), Some(0xdc00..=0xdfff)) => at += 12,
            Some(0xd800..=0xdfff) => {
                repaired.push_str(&text[copied..at]);
                repaired.push_str("\\ufffd");
                at += 6;
                copied = at;
            }
            // Two characters, so that the second backslash of `\\u` begins no escape.
            _ => at += 2,
        }
    }
    match copied {
        0 => Cow::Borrowed(text),
        _ => Cow::Owned(repaired + &text[copied..]),
    }
}

impl<'a> JsonValue<'a> {
    /// Returns whether this is a text, or a list of paragraphs, that is not blank.
    pub(super) fn has_words(&self) -> bool {
        match self {
            JsonValue::Text(words) => !words.trim().is_empty(),
            JsonValue::List(_) => self.words().iter().any(|words| !words.trim().is_empty()),
            _ => false,
        }
    }

    /// Returns the text, or each paragraph of a list of them; a paragraph may be a list of sentences or an object with its words.
    pub(super) fn words(&self) -> Vec<Cow<'_, str>> {
        match self {
            JsonValue::List(entries) => entries.iter().filter_map(JsonValue::paragraph).collect(),
            value => value.as_text().map(Cow::Borrowed).into_iter().collect(),
        }
    }

    fn paragraph(&self) -> Option<Cow<'_, str>> {
        match self {
            JsonValue::Text(words) => Some(Cow::Borrowed(words)),
            JsonValue::List(sentences) => {
                let sentences = sentences.iter().filter_map(JsonValue::as_text);
                Some(Cow::Owned(sentences.collect::<Vec<_>>().join(" ")))
            }
            JsonValue::Object(members) => {
                let is_words = |key: &str| PARAGRAPH_KEYS.contains(&key);
                let mut members = members.iter();
                let (_, value) = members.find(|(key, value)| is_words(key) && value.has_words())?;
                value.as_text().map(Cow::Borrowed)
            }
            _ => None,
        }
    }

    /// Returns the words of a text.
    pub(super) fn as_text(&self) -> Option<&str> {
        match self {
            JsonValue::Text(words) => Some(words),
            _ => None,
        }
    }

    /// Returns the words of a text, or of a list of paragraphs.
    pub(super) fn into_words(self) -> Cow<'a, str> {
        match self {
            JsonValue::Text(words) => words,
            other => Cow::Owned(other.words().join("\n\n")),
        }
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for JsonValue<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = JsonValue<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(JsonValue::Nothing)
    }

    fn visit_bool<E>(self, truth: bool) -> Result<Self::Value, E> {
        Ok(JsonValue::Truth(truth))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(JsonValue::Nothing)
    }

    fn visit_i64<E>(self, number: i64) -> Result<Self::Value, E> {
        Ok(JsonValue::Whole(number))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Self::Value, E> {
        Ok(i64::try_from(number).map_or(JsonValue::Nothing, JsonValue::Whole))
    }

    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(JsonValue::Text(Cow::Borrowed(text)))
    }

    fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
        Ok(JsonValue::Text(Cow::Owned(text.to_owned())))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while let Some(entry) = entries.next_element()? {
            list.push(entry);
        }
        Ok(JsonValue::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut members = Vec::new();
        while let Some(key) = entries.next_key::<JsonValue<'de>>()? {
            let key = key.into_words();
            members.push((key, entries.next_value()?));
        }
        Ok(JsonValue::Object(members))
    }
}
