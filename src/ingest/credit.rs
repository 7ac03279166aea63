//! Reads photo lines: tells the credit from the caption where dumps have glued the two together.
//!
//! `Photo: The Canadian Press Prime Minister Mark Carney delivers remarks`, `Carney speaks. (AP Photo/Jane Doe)`,
//! `Image source, Reuters`. Known agencies and the shape of names decide (`assets/ingest/photos.toml`); where they do not,
//! all of it is caption and the credit stays unknown.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::text::{Span, word_lists};

/// Most bytes of a caption; a longer paragraph is prose.
const LONGEST: usize = 700;

/// Most bytes of a credit after a caption.
const LONGEST_CREDIT: usize = 120;

/// A photo line, as places in its paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct PhotoLine {
    /// The owner of the photo.
    pub(super) credit: Option<Span>,
    /// The description of the photo.
    pub(super) caption: Option<Span>,
}

/// Returns the credit and the caption of `paragraph`, if it is about a photo.
pub(super) fn photo_line(paragraph: &str) -> Option<PhotoLine> {
    if paragraph.len() > LONGEST {
        return None;
    }
    let line = markdown_image(paragraph)
        .or_else(|| labelled(paragraph))
        .or_else(|| lone_credit(paragraph))
        .or_else(|| closing_credit(paragraph))?;
    // Each way of reading ends its parts at marks of its own; white space beside these belongs to nothing.
    let words = |span: Option<Span>| {
        let words = span?.trimmed(paragraph);
        (!words.is_empty()).then_some(words)
    };
    Some(PhotoLine::new(words(line.credit), words(line.caption)))
}

/// Reads `![caption](address)`.
fn markdown_image(paragraph: &str) -> Option<PhotoLine> {
    let inner = paragraph.strip_prefix("![")?.strip_suffix(')')?;
    let (alt, address) = inner.split_once("](")?;
    let caption = Span::new(2, 2 + alt.len());
    (!address.contains("](")).then(|| PhotoLine::new(None, Some(caption)))
}

/// Part of a photo line that a label announces.
#[derive(Clone, Copy, PartialEq, Eq)]
enum PhotoLabel {
    Credit,
    Caption,
    Either,
}

/// Returns the length of the label that `words` begin with, and what it announces.
fn label(words: &str) -> Option<(usize, PhotoLabel)> {
    let labels = [
        (&WORDS.credit_labels, PhotoLabel::Credit),
        (&WORDS.either_labels, PhotoLabel::Either),
        (&WORDS.caption_labels, PhotoLabel::Caption),
    ];
    labels.into_iter().find_map(|(labels, kind)| {
        let found = labels.iter().find(|label| begins(words, label))?;
        Some((found.len(), kind))
    })
}

fn labelled(paragraph: &str) -> Option<PhotoLine> {
    let open = usize::from(paragraph.starts_with(['(', '[']));
    let (length, kind) = label(&paragraph[open..])?;
    let closed = open == 1 && paragraph.ends_with([')', ']']);
    let whole = Span::new(open + length, paragraph.len() - usize::from(closed));
    let rest = skip(paragraph, whole.trimmed(paragraph), &[':', ',', ' ', '|']);
    if rest.is_empty() {
        return None;
    }
    if kind == PhotoLabel::Caption {
        let line = closing_credit(rest.of(paragraph)).map(|line| line.shifted(rest.start));
        return Some(line.unwrap_or(PhotoLine::new(None, Some(rest))));
    }
    Some(split_labelled(paragraph, rest, kind))
}

impl PhotoLine {
    fn new(credit: Option<Span>, caption: Option<Span>) -> Self {
        Self { credit, caption }
    }

    fn shifted(self, by: usize) -> Self {
        let shifted = |span: Span| span.shifted(by);
        Self::new(self.credit.map(shifted), self.caption.map(shifted))
    }
}

/// Splits the words after a label into a credit and the caption after it, or a caption and the credit after that.
fn split_labelled(paragraph: &str, rest: Span, kind: PhotoLabel) -> PhotoLine {
    let words = rest.of(paragraph);
    if let Some(len) = opening_credit(words) {
        let credit = Span::new(rest.start, rest.start + len);
        let marks = [' ', '.', ',', ':', ';', '|', '-', '–', '—', ')', ']'];
        let caption = skip(paragraph, Span::new(credit.end, rest.end), &marks);
        return PhotoLine::new(Some(credit), Some(caption));
    }
    if let Some(line) = closing_credit(words) {
        return line.shifted(rest.start);
    }
    let short = words.split(' ').count() <= 8 && !words.ends_with(['.', '!', '?']);
    if kind == PhotoLabel::Credit || short {
        PhotoLine::new(Some(rest), None)
    } else {
        PhotoLine::new(None, Some(rest))
    }
}

/// Reads a line that is a photographer and an agency, and nothing else.
fn lone_credit(paragraph: &str) -> Option<PhotoLine> {
    let whole = Span::new(0, paragraph.trim_end_matches('.').len());
    let words = whole.of(paragraph);
    if words.len() > LONGEST_CREDIT {
        return None;
    }
    // An agency alone on a line names the outlet, and is taken for that later.
    let joined = words.contains('/') || words.contains(" via ");
    (joined && opening_credit(words) == Some(words.len()))
        .then(|| PhotoLine::new(Some(whole), None))
}

/// Reads a caption without a label, which is known by the credit after its last sentence.
fn closing_credit(paragraph: &str) -> Option<PhotoLine> {
    let body = paragraph.trim_end_matches([' ', '.']);
    // A credit is short, so that a bracket further in front belongs to the prose.
    let from = body.floor_char_boundary(body.len().saturating_sub(LONGEST_CREDIT));
    let tail = &body[from..];
    let at = match body.strip_suffix([')', ']']) {
        Some(_) => from + tail.rfind(['(', '['])?,
        None => {
            let mark = tail.rfind(['.', '!', '?', '”', '"', '|'])?;
            from + mark + tail[mark..].chars().next().map_or(0, char::len_utf8)
        }
    };
    let bare = &body[..body.trim_end_matches([')', ']']).len().max(at)];
    let marks = [' ', '(', '[', '|', '-', '–', '—'];
    let credit = skip(paragraph, Span::new(at, bare.len()), &marks);
    let caption = paragraph[..at].trim_end().trim_end_matches(['|', ' ', '(']);
    let caption = Span::new(0, caption.len());
    let apart = paragraph[at..].starts_with([' ', '(', '[', '|'])
        || caption.of(paragraph).ends_with(['.', '!', '?', '”', '"']);
    (apart && is_credit(credit.of(paragraph))).then(|| PhotoLine::new(Some(credit), Some(caption)))
}

/// Returns whether `words` can only be a photo's credit: an agency with a photographer or in a photo's phrase.
fn is_credit(words: &str) -> bool {
    if words.is_empty() || words.split_whitespace().count() > 12 {
        return false;
    }
    if label(words).is_some_and(|(_, kind)| kind != PhotoLabel::Caption) {
        return true;
    }
    let named = |part: &str| opening_credit(part.trim()) == Some(part.trim().len());
    let is_in_capitals = || !words.contains(char::is_lowercase) && words.contains(' ');
    (words.contains('/') && words.split('/').any(named))
        || words.split(" via ").skip(1).any(named)
        || (is_in_capitals() && named(words))
        || words.starts_with("AP Photo")
        || words.contains("Getty Images")
        || begins(words, "file photo")
        || words == "Reuters Photo"
}

/// Returns the length of the credit that `words` begin with.
fn opening_credit(words: &str) -> Option<usize> {
    let Some(len) = outlet(words) else {
        return photographer(words);
    };
    let rest = &words[len..];
    if let Some(via) = rest.strip_prefix(" via ").and_then(opening_credit) {
        return Some(len + " via ".len() + via);
    }
    match rest.strip_prefix('/').or_else(|| rest.strip_prefix(" / ")) {
        Some(after) => {
            let joint = rest.len() - after.len();
            // First and last name: the words after these are the caption.
            Some(len + joint + opening_credit(after).unwrap_or_else(|| name_len(after, 2)))
        }
        None => Some(len),
    }
}

/// Returns the length of a photographer with an agency: `Jane Doe/Reuters`, `Jane Doe for The New York Times`.
fn photographer(words: &str) -> Option<usize> {
    let len = name_len(words, 4);
    let rest = words.get(len..).filter(|_| len > 0)?;
    [" / ", "/", " | ", ", ", " for ", " via "]
        .iter()
        .find_map(|joint| {
            let agency = outlet(rest.strip_prefix(joint)?)?;
            Some(len + joint.len() + agency)
        })
}

/// Returns the length of the capitalised words, at most `most`, that `words` begin with.
fn name_len(words: &str, most: usize) -> usize {
    let mut len = 0;
    for word in words.split(' ').take(most) {
        let name = word.split(['/', '|', ',']).next().unwrap_or_default();
        if !name.starts_with(char::is_uppercase) {
            break;
        }
        len += usize::from(len > 0) + name.len();
        if name.len() < word.len() || word.ends_with('.') && word.len() > 3 {
            break;
        }
    }
    len
}

/// Returns whether `words` are an agency, a paper or a broadcaster, and nothing else.
pub(super) fn is_agency(words: &str) -> bool {
    outlet(words) == Some(words.len())
}

/// Returns the length of the agency, paper or broadcaster that `words` begin with.
fn outlet(words: &str) -> Option<usize> {
    agency(words).or_else(|| paper(words))
}

/// Returns the length of the known agency that `words` begin with, the longest there is.
fn agency(words: &str) -> Option<usize> {
    let known = |name: &&String| {
        // Short names count in capitals only, for some are words in small letters.
        let matches = match name.len() {
            ..=4 => words.starts_with(name.as_str()),
            _ => begins(words, name),
        };
        matches && !words[name.len()..].starts_with(char::is_alphanumeric)
    };
    WORDS.agencies.iter().filter(known).map(String::len).max()
}

/// Returns the length of the paper or broadcaster that `words` begin with: `The`, a name, and a word that such names end in.
fn paper(words: &str) -> Option<usize> {
    let mut len = 0;
    for (place, word) in words.split(' ').take(5).enumerate() {
        let is_the = word.eq_ignore_ascii_case("the");
        if !word.starts_with(char::is_uppercase) || (place == 0 && !is_the) {
            return None;
        }
        len += usize::from(place > 0) + word.len();
        let bare = word.trim_end_matches([',', '.', ':', ';', ')']);
        let mut last_words = WORDS.last_words.iter();
        if place >= 1 && last_words.any(|last| last.eq_ignore_ascii_case(bare)) {
            return Some(len - (word.len() - bare.len()));
        }
    }
    None
}

/// Returns whether `words` begin with `start`, in small letters or capitals.
pub(super) fn begins(words: &str, start: &str) -> bool {
    let head = words.get(..start.len());
    head.is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn skip(text: &str, span: Span, marks: &[char]) -> Span {
    let rest = span.of(text).trim_start_matches(marks);
    Span::new(span.end - rest.len(), span.end)
}

/// Words of photo lines.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PhotoWords {
    agencies: Vec<String>,
    last_words: Vec<String>,
    credit_labels: Vec<String>,
    caption_labels: Vec<String>,
    either_labels: Vec<String>,
}

static WORDS: LazyLock<PhotoWords> =
    LazyLock::new(|| word_lists::parse(include_str!("../../assets/ingest/photos.toml")));

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(paragraph: &str) -> Option<(&str, &str)> {
        let line = photo_line(paragraph)?;
        let words = |span: Option<Span>| span.map_or("-", |span| span.of(paragraph));
        Some((words(line.credit), words(line.caption)))
    }

    #[test]
    fn white_space_before_a_bracket_is_no_part_of_a_credit() {
        let line = photo_line("(AP Photo/\t)").unwrap();
        assert_eq!(
            line.credit.map(|span| span.of("(AP Photo/\t)")),
            Some("AP Photo/")
        );
    }

    #[test]
    fn a_known_agency_ends_where_the_caption_begins() {
        for (line, credit, caption) in [
            (
                "Photo: The Canadian Press Prime Minister Mark Carney speaks.",
                "The Canadian Press",
                "Prime Minister Mark Carney speaks.",
            ),
            (
                "Photo: Reuters. Donald Trump in Washington.",
                "Reuters",
                "Donald Trump in Washington.",
            ),
            (
                "Photo: The Springfield Herald Workers leave a plant.",
                "The Springfield Herald",
                "Workers leave a plant.",
            ),
            ("PHOTO: Jane Doe/Reuters", "Jane Doe/Reuters", "-"),
            (
                "Photo: Jane Doe / The Canadian Press – A port in Vancouver.",
                "Jane Doe / The Canadian Press",
                "A port in Vancouver.",
            ),
            (
                "(Photo by Jane Doe/Getty Images)",
                "Jane Doe/Getty Images",
                "-",
            ),
            ("Image source, Getty Images", "Getty Images", "-"),
            (
                "JANE Q. DOE via Getty Images",
                "JANE Q. DOE via Getty Images",
                "-",
            ),
            (
                "Photo: AP/Jane Doe Carney arrives.",
                "AP/Jane Doe",
                "Carney arrives.",
            ),
            (
                "Photo: Bloomberg via Getty Images Steel coils.",
                "Bloomberg via Getty Images",
                "Steel coils.",
            ),
        ] {
            assert_eq!(parts(line), Some((credit, caption)), "{line}");
        }
    }

    #[test]
    fn a_credit_behind_the_last_sentence_makes_a_caption() {
        for (line, credit, caption) in [
            (
                "Mark Carney arrives in Toronto. (AP Photo/Jane Doe)",
                "AP Photo/Jane Doe",
                "Mark Carney arrives in Toronto.",
            ),
            (
                "Steel coils in Hamilton, Ont. THE CANADIAN PRESS/Jane Doe",
                "THE CANADIAN PRESS/Jane Doe",
                "Steel coils in Hamilton, Ont.",
            ),
            (
                "Trump signs an order. | Photo: Reuters",
                "Photo: Reuters",
                "Trump signs an order.",
            ),
            (
                "A worker checks a coil. Jane Doe/AFP via Getty Images",
                "Jane Doe/AFP via Getty Images",
                "A worker checks a coil.",
            ),
        ] {
            assert_eq!(parts(line), Some((credit, caption)), "{line}");
        }
    }

    #[test]
    fn where_nothing_tells_the_credit_it_stays_unknown() {
        assert_eq!(
            parts("Photo: Prime Minister Mark Carney delivers remarks in Ottawa on Thursday."),
            Some((
                "-",
                "Prime Minister Mark Carney delivers remarks in Ottawa on Thursday."
            ))
        );
        assert_eq!(parts("![A port](https://x/y.jpg)"), Some(("-", "A port")));
    }

    #[test]
    fn prose_that_names_an_agency_is_no_photo_line() {
        for line in [
            "Carney said so in an interview with Reuters.",
            "The levies stay, an official told The Associated Press.",
            "“We spoke at length.” Trump said so, too.",
            "Photo radar will return to Ottawa's streets.",
            "The deal is off (for now).",
            "He met the U.S./Canada team. AP classes go on.",
        ] {
            assert_eq!(parts(line), None, "{line}");
        }
    }
}
