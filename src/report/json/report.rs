//! The facts of a report, its text by role, and the marks on it, as JSON.

use serde::Serialize;

use super::place::{PlacedWords, TextPlace, TextPlaces};
use crate::annotate::Annotations;
use crate::annotate::quote::{Quote, QuoteKind, Speaker, SpeakerBasis};
use crate::annotate::term::{TermHit, TermTier};
use crate::article::{Article, BlockRole, LabelSource, Provenance, StatedFact, TextExtent};
use crate::report::{PrintJob, paragraph, strong_terms};
use crate::text::{CleanText, Span};

/// The facts of a report; `report` is its number in all other fields.
#[derive(Serialize)]
pub(crate) struct ReportHeader {
    report: usize,
    id: String,
    path: String,
    label: String,
    label_source: LabelSource,
    headline: Option<FactJson>,
    outlet: Option<FactJson>,
    author: Option<FactJson>,
    published: Option<FactJson>,
    published_time: Option<String>,
    published_offset_minutes: Option<i32>,
    url: Option<FactJson>,
    tags: Vec<String>,
    event: Option<String>,
    photos: Vec<PhotoJson>,
    excerpt: bool,
    words: usize,
    hidden_characters: usize,
    quotes: usize,
    terms: usize,
}

/// A fact with where it was found; `place` is null where it is no part of the text.
#[derive(Serialize)]
struct FactJson {
    value: String,
    found: &'static str,
    key: Option<String>,
    place: Option<TextPlace>,
}

#[derive(Serialize)]
struct PhotoJson {
    credit: Option<PlacedWords>,
    caption: Option<PlacedWords>,
    date: Option<String>,
}

/// Returns what is known of `article`, report `number`.
pub(crate) fn header(number: usize, article: &Article, marks: &Annotations) -> ReportHeader {
    let places = TextPlaces::new(article);
    let published = article.published.as_ref();
    let photos = article.photos.iter().map(|photo| PhotoJson {
        credit: photo.credit.map(|span| places.words(span)),
        caption: photo.caption.map(|span| places.words(span)),
        date: photo.date.map(|date| date.to_string()),
    });
    ReportHeader {
        report: number,
        id: article.id.to_string(),
        path: article.path.to_string(),
        label: article.label.to_string(),
        label_source: article.label_source,
        headline: clean(&article.headline, &places),
        outlet: clean(&article.outlet, &places),
        author: clean(&article.author, &places),
        published: published.map(|field| fact(field, field.value.date.to_string(), &places)),
        published_time: published
            .and_then(|field| field.value.time)
            .map(|time| time.format("%H:%M:%S").to_string()),
        published_offset_minutes: published.and_then(|field| field.value.offset),
        url: clean(&article.url, &places),
        tags: article.tags.iter().map(CleanText::to_string).collect(),
        event: article.event.as_ref().map(CleanText::to_string),
        photos: photos.collect(),
        excerpt: article.extent == TextExtent::Excerpt,
        words: article.words,
        hidden_characters: article.hidden,
        quotes: marks.quotes.len(),
        terms: strong_terms(marks).count(),
    }
}

fn clean(field: &Option<StatedFact<CleanText>>, places: &TextPlaces<'_>) -> Option<FactJson> {
    let field = field.as_ref()?;
    Some(fact(field, field.value.to_string(), places))
}

fn fact<T>(field: &StatedFact<T>, value: String, places: &TextPlaces<'_>) -> FactJson {
    let (found, key) = match &field.provenance {
        Provenance::FrontMatter(key) => ("front-matter", Some(key)),
        Provenance::HeaderLine(key) => ("header-line", Some(key)),
        Provenance::InlinePrefix => ("inline-prefix", None),
        Provenance::Layout => ("layout", None),
        Provenance::Dateline => ("dateline", None),
        Provenance::Key(key) => ("key", Some(key)),
        Provenance::Column(key) => ("column", Some(key)),
        Provenance::Field(key) => ("field", Some(key)),
        Provenance::Markup(key) => ("markup", Some(key)),
        Provenance::FileName => ("file-name", None),
        Provenance::Beside(key) => ("beside", Some(key)),
    };
    FactJson {
        value,
        found,
        key: key.map(ToString::to_string),
        place: field.span.map(|span| places.place(span)),
    }
}

/// A report's text by role, with every mark on it.
#[derive(Serialize)]
pub(super) struct TextJson {
    report: usize,
    blocks: Vec<BlockJson>,
    quotes: Vec<QuoteJson>,
    statements: Vec<StatementJson>,
    terms: Vec<TermJson>,
}

#[derive(Serialize)]
struct BlockJson {
    role: BlockRole,
    #[serde(flatten)]
    words: PlacedWords,
}

/// Returns the text of report `number` with its marks.
pub(super) fn text(
    job: &PrintJob<'_>,
    number: usize,
    marks: &Annotations,
    places: &TextPlaces<'_>,
) -> TextJson {
    let blocks = places.article.blocks.iter().map(|block| BlockJson {
        role: block.role,
        words: places.words(block.span),
    });
    let statements = marks.statements.iter().map(|said| StatementJson {
        words: places.words(said.span),
        pieces: said
            .pieces
            .iter()
            .map(|piece| places.words(*piece))
            .collect(),
        speaker: voice(&said.speaker, places),
        cue: said.cue.map(|cue| places.words(cue)),
    });
    TextJson {
        report: number,
        blocks: blocks.collect(),
        quotes: quotations(number, &marks.quotes, places),
        statements: statements.collect(),
        terms: hits(job, number, &marks.terms, places),
    }
}

/// A quotation.
#[derive(Serialize)]
pub(super) struct QuoteJson {
    report: usize,
    #[serde(flatten)]
    words: PlacedWords,
    paragraph: Option<usize>,
    kind: QuoteKind,
    speaker: Option<SpeakerJson>,
    told_by: Option<SpeakerJson>,
    cue: Option<PlacedWords>,
    utterance: usize,
    nested: Vec<PlacedWords>,
    closed: bool,
}

#[derive(Serialize)]
struct SpeakerJson {
    name: String,
    mention: PlacedWords,
    basis: SpeakerBasis,
    sure: bool,
}

#[derive(Serialize)]
struct StatementJson {
    #[serde(flatten)]
    words: PlacedWords,
    pieces: Vec<PlacedWords>,
    speaker: Option<SpeakerJson>,
    cue: Option<PlacedWords>,
}

/// Returns the quotations of report `number`.
pub(super) fn quotations<'a>(
    number: usize,
    quotes: impl IntoIterator<Item = &'a Quote>,
    places: &TextPlaces<'_>,
) -> Vec<QuoteJson> {
    let words = |span: &Span| places.words(*span);
    let quotes = quotes.into_iter().map(|quote| QuoteJson {
        report: number,
        words: words(&quote.span),
        paragraph: paragraph(places.article, quote.span),
        kind: quote.kind,
        speaker: voice(&quote.speaker, places),
        told_by: voice(&quote.told_by, places),
        cue: quote.cue.as_ref().map(words),
        utterance: quote.utterance,
        nested: quote.nested.iter().map(words).collect(),
        closed: quote.closed,
    });
    quotes.collect()
}

fn voice(speaker: &Option<Speaker>, places: &TextPlaces<'_>) -> Option<SpeakerJson> {
    speaker.as_ref().map(|speaker| SpeakerJson {
        name: speaker.name.clone(),
        mention: places.words(speaker.mention),
        basis: speaker.basis,
        sure: speaker.sure,
    })
}

/// A term where it stands.
#[derive(Serialize)]
pub(super) struct TermJson {
    report: usize,
    #[serde(flatten)]
    words: PlacedWords,
    category: String,
    canonical: String,
    tier: TermTier,
}

/// Returns the terms of report `number`.
pub(super) fn hits(
    job: &PrintJob<'_>,
    number: usize,
    terms: &[TermHit],
    places: &TextPlaces<'_>,
) -> Vec<TermJson> {
    let lexicon = job.annotator.lexicon();
    let terms = terms.iter().map(|hit| TermJson {
        report: number,
        words: places.words(hit.span),
        category: lexicon.category(hit).id.clone(),
        canonical: lexicon.canonical(hit).to_owned(),
        tier: hit.tier,
    });
    terms.collect()
}

/// A category of terms, with its label and its lexicon.
#[derive(Serialize)]
pub(super) struct CategoryJson<'a> {
    id: &'a str,
    label: &'a str,
    lexicon: &'a str,
}

/// Returns the categories of the lexicons.
pub(super) fn categories<'a>(job: &PrintJob<'a>) -> Vec<CategoryJson<'a>> {
    let categories = job.annotator.lexicon().categories().iter();
    let categories = categories.map(|category| CategoryJson {
        id: &category.id,
        label: &category.label,
        lexicon: &category.lexicon,
    });
    categories.collect()
}
