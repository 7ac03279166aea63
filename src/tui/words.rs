//! Words that several views say: numbers of things, who speaks, what is known of a report.

use crate::annotate::quote::{Quote, Speaker, SpeakerBasis};
use crate::article::Published;
use crate::filter::names_field;
use crate::library::{Report, ReportSummary, UNATTRIBUTED};
use crate::report::facts as said;
pub use crate::text::count::{counted, grouped};

use super::canvas::cut;

/// Words that a person reads in a minute.
const WORDS_A_MINUTE: usize = 230;

/// Returns outlet, author, date and length in one line; what is not known is said to be unknown.
pub fn facts(summary: &ReportSummary) -> String {
    let outlet = outlet(summary);
    let author = summary
        .author
        .as_ref()
        .map(|author| format!(" · by {author}"))
        .unwrap_or_default();
    let minutes = summary.words.div_ceil(WORDS_A_MINUTE).max(1);
    let length = format!("{}, {minutes} min", counted(summary.words, "word"));
    format!(
        "{outlet}{author} · {} · {}",
        date(summary.published),
        said::with_extent(length, summary.extent)
    )
}

/// Returns the outlet of a report, or that it is unknown.
pub fn outlet(summary: &ReportSummary) -> &str {
    summary.outlet.as_deref().unwrap_or(said::OUTLET_UNKNOWN)
}

/// Returns the day of publication as it is shown everywhere.
pub fn date(published: Option<Published>) -> String {
    published.map_or_else(
        || said::DATE_UNKNOWN.to_owned(),
        |published| published.date.format("%-d %b %Y").to_string(),
    )
}

/// Returns the speaker's name cut to `width` columns, with a question mark where it is not as good as certain.
pub fn voice(speaker: Option<&Speaker>, width: u16) -> String {
    match speaker {
        Some(speaker) if !speaker.sure => cut(&speaker.name, width.saturating_sub(1)) + "?",
        Some(speaker) => cut(&speaker.name, width),
        None => cut(UNATTRIBUTED, width),
    }
}

/// Returns that a search for plain words found none, and where a field that was typed would count.
pub fn not_found(words: &str, place: &str) -> String {
    let hint = match names_field(words) {
        true => "; fields are for the list and the quotations",
        false => "",
    };
    format!("\"{words}\" is {place}{hint}")
}

/// Returns who says a quotation, how that is known, and how it stands in the text.
pub fn quote_words(report: &Report, quote: &Quote) -> String {
    let cue = quote.cue.map(|cue| cue.of(&report.article.text));
    let who = attribution(quote.speaker.as_ref(), cue);
    let kind = said::kind_words(quote.kind);
    let open = if quote.closed {
        ""
    } else {
        " · no closing mark"
    };
    format!("{who} · {kind}{open}")
}

/// Returns who speaks, the words that say so, and how that is known.
pub fn attribution(speaker: Option<&Speaker>, cue: Option<&str>) -> String {
    let cue = cue
        .map(|cue| format!(", \"{}\"", cue.replace('\n', " ")))
        .unwrap_or_default();
    match speaker {
        Some(speaker) => format!("{}{cue} · {}", speaker.name, basis(speaker.basis)),
        None => format!("{UNATTRIBUTED}{cue}"),
    }
}

/// Returns how a speaker was found.
pub fn basis(basis: SpeakerBasis) -> &'static str {
    match basis {
        SpeakerBasis::Cue => "named in the sentence",
        SpeakerBasis::Sentence => "subject of the sentence",
        SpeakerBasis::Chain => "continues the previous quotation",
        SpeakerBasis::Neighbour => "named in the next sentence",
        SpeakerBasis::Paragraph => "named nearby",
    }
}
