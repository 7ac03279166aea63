//! Cites a quotation with its source: words, speaker, outlet, headline, date.
//!
//! A missing speaker, outlet or date is said to be unknown, as a reader would look for it; a missing author or address is
//! left out. A label that was derived is never passed off as a headline.

use crate::annotate::quote::Quote;
use crate::article::{Article, LabelSource, StatedFact};
use crate::config::CitationStyle;
use crate::report::facts::speaker;
use crate::report::{escape, facts};
use crate::text::sanitize::sanitize;
use crate::text::{CleanText, Span};

/// Returns `quote` of `article`, cited.
pub fn citation(article: &Article, quote: &Quote, style: CitationStyle) -> CleanText {
    let words = quote.span.of(&article.text);
    let cited = match style {
        CitationStyle::Plain => {
            let source = source(article, Some(speaker(quote)), str::to_owned);
            format!("{words} \u{2014} {source}")
        }
        CitationStyle::Markdown => {
            let source = source(article, Some(speaker(quote)), escape::markdown);
            format!("> {}\n>\n> \u{2014} {source}", escape::markdown(words))
        }
        CitationStyle::Bibtex => bibtex(article, &format!("{}: {words}", speaker(quote))),
    };
    sanitize(cited).text
}

/// Returns the passage at `span` of `article` with its source.
pub fn passage_citation(article: &Article, span: Span, style: CitationStyle) -> CleanText {
    let words = span.of(&article.text).replace('\n', " ");
    let cited = match style {
        CitationStyle::Plain => {
            format!("{words} \u{2014} {}", source(article, None, str::to_owned))
        }
        CitationStyle::Markdown => {
            let source = source(article, None, escape::markdown);
            format!("> {}\n>\n> \u{2014} {source}", escape::markdown(&words))
        }
        CitationStyle::Bibtex => bibtex(article, &words),
    };
    sanitize(cited).text
}

fn source(article: &Article, speaker: Option<&str>, written: impl Fn(&str) -> String) -> String {
    let mut parts: Vec<String> = speaker.map(&written).into_iter().collect();
    parts.extend([
        written(&facts::outlet(article)),
        headline(article).map_or_else(
            || "no headline".to_owned(),
            |words| format!("\u{201c}{}\u{201d}", written(words)),
        ),
        facts::published(article),
    ]);
    parts.extend(article.url.as_ref().map(|url| format!("<{}>", url.value)));
    parts.join(", ")
}

fn headline(article: &Article) -> Option<&str> {
    (article.label_source == LabelSource::Headline).then_some(&article.label)
}

/// Returns the BibTeX entry; its key is taken from the report's identity, so that it stays the same when the file moves.
fn bibtex(article: &Article, note: &str) -> String {
    let id = article.id.to_string();
    let words_of = |field: &Option<StatedFact<CleanText>>| Some(field.as_ref()?.value.to_string());
    let published = article.published.as_ref();
    let fields = [
        ("title", headline(article).map(str::to_owned)),
        ("author", words_of(&article.author)),
        ("publisher", words_of(&article.outlet)),
        ("date", published.map(|field| field.value.date.to_string())),
        ("url", words_of(&article.url)),
        ("note", Some(note.to_owned())),
    ];
    let lines: String = fields
        .iter()
        .filter_map(|(key, value)| Some((key, value.as_ref()?)))
        .map(|(key, value)| format!("  {key} = {{{}}},\n", escape::tex(value)))
        .collect();
    let short_id = id.get(..8).unwrap_or(&id);
    format!("@misc{{crossread-{short_id},\n{lines}}}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotate::Annotator;
    use crate::annotate::term::Lexicon;
    use crate::ingest::article_from_text;

    /// Returns the first quotation of `text`, cited.
    fn cited(text: &str, style: CitationStyle) -> String {
        let article = article_from_text("report.txt", text);
        let marks = Annotator::new(Lexicon::bundled()).annotate(&article);
        citation(&article, &marks.quotes[0], style).to_string()
    }

    const KNOWN: &str = "---\ntitle: Talks {resume}\noutlet: The *Daily*\ndate: 2025-09-03\nauthor: A. Writer\n---\n\n\
        “We spoke at length,” PassageMark Carney said on Monday.\n";
    const UNKNOWN: &str = "“Stay off the ice until the thaw is over.”\n";

    #[test]
    fn words_speaker_outlet_headline_and_date_are_said() {
        assert_eq!(
            cited(KNOWN, CitationStyle::Plain),
            "“We spoke at length,” — PassageMark Carney, The *Daily*, “Talks {resume}”, 3 Sep 2025"
        );
    }

    #[test]
    fn what_is_not_known_is_said_to_be_unknown_and_a_label_is_no_headline() {
        assert_eq!(
            cited(UNKNOWN, CitationStyle::Plain),
            "“Stay off the ice until the thaw is over.” — speaker unknown, outlet unknown, no headline, date unknown"
        );
    }

    #[test]
    fn markdown_shows_the_outlet_as_it_is_written() {
        assert_eq!(
            cited(KNOWN, CitationStyle::Markdown),
            "> “We spoke at length,”\n>\n> — PassageMark Carney, The \\*Daily\\*, “Talks {resume}”, 3 Sep 2025"
        );
    }

    #[test]
    fn a_bibliography_has_the_known_fields_only() {
        let entry = cited(KNOWN, CitationStyle::Bibtex);
        assert!(entry.starts_with("@misc{crossread-"), "{entry}");
        assert!(
            entry.contains("  title = {Talks \\{resume\\}},\n"),
            "{entry}"
        );
        assert!(entry.contains("  date = {2025-09-03},\n"), "{entry}");
        assert!(!cited(UNKNOWN, CitationStyle::Bibtex).contains("publisher"));
    }
}
