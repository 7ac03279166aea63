//! A report laid out as lines of one width: its fields set apart above, then its blocks with paragraph rhythm.

use crate::article::{Article, BlockRole, Published};
use crate::library::ReportSummary;
use crate::report::facts;
use crate::text::{CleanText, Span, wrap};

/// One line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing.
    Blank,
    /// Words that are not in the text: a headline that came as a field, the facts about the report.
    Made(CleanText, Made),
    /// A row of the text.
    Text {
        /// The words of the row.
        span: Span,
        /// What they are.
        role: BlockRole,
    },
}

/// What kind of made line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// The headline.
    Headline,
    /// Outlet, date, length.
    Meta,
    /// "photo".
    Photo,
}

/// No line is laid out for fewer columns: nobody reads in less, and a row a letter of a long text takes a gigabyte.
pub const NARROWEST: usize = 8;

/// A report as lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The lines, top to bottom.
    pub lines: Vec<Line>,
    /// Columns that they were made for.
    pub width: usize,
}

impl Page {
    /// Lays `article` out at `width` columns.
    pub fn of(article: &Article, width: usize) -> Self {
        let mut page = Self {
            lines: Vec::new(),
            width: width.max(NARROWEST),
        };
        page.head(article);
        for block in &article.blocks {
            match block.role {
                BlockRole::Matter | BlockRole::Headline | BlockRole::Dek | BlockRole::Byline => {}
                role => page.block(&article.text, block.span, role),
            }
        }
        page
    }

    fn head(&mut self, article: &Article) {
        if let Some(headline) = &article.headline {
            self.made(&headline.value, Made::Headline);
            self.lines.push(Line::Blank);
        }
        for role in [BlockRole::Dek, BlockRole::Byline] {
            for block in article.blocks.iter().filter(|block| block.role == role) {
                self.block(&article.text, block.span, role);
            }
        }
        self.made(
            &CleanText::one_line(&facts(&ReportSummary::new(article))),
            Made::Meta,
        );
        self.lines.push(Line::Blank);
    }

    fn block(&mut self, text: &str, span: Span, role: BlockRole) {
        let follows_caption =
            role == BlockRole::Credit && matches!(self.lines.last(), Some(Line::Blank));
        if follows_caption && self.ends_in(BlockRole::Caption) {
            self.lines.pop();
        }
        // A line end inside a paragraph is how the file was broken, not how it is to be shown.
        let rows = wrap::wrap(&span.of(text).replace('\n', " "), self.width);
        self.lines.extend(rows.into_iter().map(|row| Line::Text {
            span: row.shifted(span.start),
            role,
        }));
        self.lines.push(Line::Blank);
    }

    fn ends_in(&self, wanted: BlockRole) -> bool {
        let last = self.lines.iter().rev().find(|line| **line != Line::Blank);
        matches!(last, Some(Line::Text { role, .. }) if *role == wanted)
    }

    fn made(&mut self, text: &CleanText, kind: Made) {
        for row in wrap::wrap(text, self.width) {
            self.lines
                .push(Line::Made(CleanText::one_line(row.of(text)), kind));
        }
    }

    /// Returns the first line that shows the text at `offset` or after it.
    pub fn line_at(&self, offset: usize) -> usize {
        // The lines of fields have no place in the text and those of a dek may stand out of order, so this looks at
        // each; it runs on a jump, not in a frame.
        self.lines
            .iter()
            .position(|line| matches!(line, Line::Text { span, .. } if span.end > offset && span.start <= offset.max(span.start)))
            .unwrap_or(0)
    }

    /// Returns the place in the text where line `from`, or the first line of text after it, begins.
    pub fn offset_of(&self, from: usize) -> usize {
        self.lines
            .iter()
            .skip(from)
            .find_map(|line| match line {
                Line::Text { span, .. } => Some(span.start),
                _ => None,
            })
            .unwrap_or(0)
    }
}

/// Returns outlet, author, date and length in one line; what is not known is said to be unknown.
pub fn facts(summary: &ReportSummary) -> String {
    let outlet = summary.outlet.as_deref().unwrap_or(facts::OUTLET_UNKNOWN);
    let author = summary
        .author
        .as_ref()
        .map(|author| format!(" · by {author}"))
        .unwrap_or_default();
    let minutes = summary.words.div_ceil(230).max(1);
    format!(
        "{outlet}{author} · {} · {} words, {minutes} min",
        date(summary.published),
        summary.words
    )
}

/// Returns the day of publication as it is shown everywhere.
pub fn date(published: Option<Published>) -> String {
    published.map_or_else(
        || facts::DATE_UNKNOWN.to_owned(),
        |published| published.date.format("%-d %b %Y").to_string(),
    )
}
