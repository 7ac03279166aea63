//! One report as it was read: its text, stored once, and everything that is known about it as spans with their provenance.
//!
//! Nothing is invented: a field that the source does not state is `None` and is shown as unknown.

use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

use crate::text::{CleanText, OriginMap, Span};

/// Identity of a report: a hash of what it was read from, so that a moved file keeps its marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ArticleId(pub u128);

impl ArticleId {
    /// Returns the id of `text`.
    pub fn for_text(text: &str) -> Self {
        Self::for_bytes(text.as_bytes())
    }

    /// Returns the id of a report that was read from `bytes`, which stays the same when they are read better.
    pub fn for_bytes(bytes: &[u8]) -> Self {
        Self(xxhash_rust::xxh3::xxh3_128(bytes))
    }
}

impl std::fmt::Display for ArticleId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:032x}", self.0)
    }
}

/// The place where a fact was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Provenance {
    /// A key of a `---` block.
    FrontMatter(Cow<'static, str>),
    /// A `Key: value` line before the text.
    HeaderLine(Cow<'static, str>),
    /// Words glued to the front of the text, as in ` date 2025-09-03 Prime Minister ...`.
    InlinePrefix,
    /// The first lines by their shape: a heading, or a short line that stands alone.
    Layout,
    /// A dateline, `OTTAWA (Reuters) -`.
    Dateline,
    /// A key of a JSON row.
    Key(Cow<'static, str>),
    /// A column of a table.
    Column(Cow<'static, str>),
    /// A labelled field of an archive's export, `Byline`, `PD`.
    Field(Cow<'static, str>),
    /// An element or attribute of a page or a feed: `og:title`, `time`.
    Markup(Cow<'static, str>),
    /// The name of the file or of its folder.
    FileName,
    /// Another file that lists the reports, under this key.
    Beside(Cow<'static, str>),
}

/// A fact with its provenance.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedFact<T> {
    /// The fact.
    pub value: T,
    /// The place where it was found.
    pub provenance: Provenance,
    /// The words that state it, where they are part of [`Article::text`].
    pub span: Option<Span>,
}

/// A time of publication, no more precise than its source says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Published {
    /// The day, as the source writes it (its own time zone).
    pub date: NaiveDate,
    /// The time of day, if stated.
    pub time: Option<NaiveTime>,
    /// Offset from UTC in minutes, if stated.
    pub offset: Option<i32>,
}

/// The role of a stretch of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum BlockRole {
    /// Front matter, header lines, an inline prefix: fields, not prose.
    Matter,
    /// The headline.
    Headline,
    /// A summary sentence that stands before the story.
    Dek,
    /// A line that names the author.
    Byline,
    /// A description of a photo.
    Caption,
    /// A line that names the photographer or agency.
    Credit,
    /// A place (and agency) before the first sentence.
    Dateline,
    /// A heading inside the story.
    Heading,
    /// The story.
    Body,
    /// Share buttons, newsletter calls, copyright lines.
    Boilerplate,
}

impl BlockRole {
    /// Whether it is the reporter's prose, which is annotated and compared.
    pub fn is_story(self) -> bool {
        matches!(self, BlockRole::Dek | BlockRole::Body)
    }
}

/// A stretch of the text with one role; blocks are in order, do not overlap, and hold no line end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextBlock {
    /// The place, trimmed of white space.
    pub span: Span,
    /// The role.
    pub role: BlockRole,
}

/// A photo that the text speaks of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Photo {
    /// The photographer or agency, as printed.
    pub credit: Option<Span>,
    /// The caption.
    pub caption: Option<Span>,
    /// The date in the caption: the photo's, never the report's.
    pub date: Option<NaiveDate>,
}

/// The part of a report that its label was taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LabelSource {
    /// The report's own headline.
    Headline,
    /// Its dek.
    Dek,
    /// The first sentence of its story.
    FirstSentence,
    /// The file's name, where nothing in the text would do.
    FileName,
}

/// The share of a report that its source holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TextExtent {
    /// All of it, as far as the source says.
    #[default]
    Whole,
    /// A teaser, an abstract, or the first words: what is missing was not left out by the reporter.
    Excerpt,
}

/// The bytes of a row in its file, or of a file that is read whole; of a packed file, the bytes that it unpacks to, and of an
/// archive's export, those of the text that was taken out of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowExtent {
    /// First byte; 0 where the file is read whole.
    pub start: u64,
    /// Bytes; of a row, without its line end.
    pub length: u64,
    /// Number of the line, from 1; none where the file is read whole.
    pub line: Option<usize>,
}

/// The place of a report's bytes, from which it can be read again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePlace {
    /// The file; one path for all reports in it, so it is saved apart from them.
    #[serde(skip, default = "no_path")]
    pub file: Arc<Path>,
    /// The number of the file inside it, where it is a zip.
    pub entry: Option<u32>,
    /// The row or the file in it.
    pub extent: RowExtent,
    /// Its number, from 0, among the reports of the row or the file.
    pub part: u32,
}

/// Returns the path of a place that was saved without its file, until the file is known again.
fn no_path() -> Arc<Path> {
    Path::new("").into()
}

/// One report.
#[derive(Clone, Debug)]
pub struct Article {
    /// Hash of what it was read from: of a text file the text, of a JSON row the text, headline and outlet, else the bytes of the
    /// file or of the row.
    pub id: ArticleId,
    /// The file that it was read from, fit to be shown; `FILE#3` for the third row of a file.
    pub path: CleanText,
    /// The place where it can be read again; `None` for standard input and the bundled reports, and where it would mean reading
    /// much else.
    pub place: Option<SourcePlace>,
    /// The whole text, cleaned, with the line ends inside its paragraphs as blanks; never changed afterwards.
    pub text: Arc<CleanText>,
    /// From places in `text` to places in the text as it came: the decoded file (without its byte order mark), the text
    /// of a row, with its dek and a blank line before it where the row has one, or the text that was taken out of a file that is
    /// no plain text.
    pub origin: OriginMap,
    /// The text by role, in order.
    pub blocks: Vec<TextBlock>,
    /// The headline, if there is one.
    pub headline: Option<StatedFact<CleanText>>,
    /// The publisher.
    pub outlet: Option<StatedFact<CleanText>>,
    /// The author.
    pub author: Option<StatedFact<CleanText>>,
    /// The time of publication.
    pub published: Option<StatedFact<Published>>,
    /// The address on the web; http and https only.
    pub url: Option<StatedFact<CleanText>>,
    /// Subjects, as the source gives them.
    pub tags: Vec<CleanText>,
    /// The event that the source says it belongs to.
    pub event: Option<CleanText>,
    /// Photos.
    pub photos: Vec<Photo>,
    /// The name of the report in a list.
    pub label: CleanText,
    /// The part of the report that the label was taken from.
    pub label_source: LabelSource,
    /// The share of the report that the text is.
    pub extent: TextExtent,
    /// Words of the story.
    pub words: usize,
    /// Characters that were dropped or made visible because a terminal would act on them or hide them.
    pub hidden: usize,
}

impl Article {
    /// Returns the paragraphs that are the reporter's prose (dek and body), in order.
    pub fn story(&self) -> impl Iterator<Item = Span> + '_ {
        self.blocks
            .iter()
            .filter(|block| block.role.is_story())
            .map(|block| block.span)
    }
}
