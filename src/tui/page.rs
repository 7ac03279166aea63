//! A report laid out as lines of one width: its fields set apart above, then its blocks with paragraph rhythm.

use crate::article::{Article, BlockRole};
use crate::library::ReportSummary;
use crate::text::{CleanText, Span, wrap};

use super::theme::Scope;
use super::words;

/// One line of the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageLine {
    /// Nothing.
    Blank,
    /// Words that are not in the text: a headline that came as a field, the facts about the report.
    Made(CleanText, Scope),
    /// A row of the text.
    Text {
        /// The words of the row.
        span: Span,
        /// The role of the words.
        role: BlockRole,
    },
}

/// No line is laid out for fewer columns: nobody reads in less, and a row a letter of a long text takes a gigabyte.
pub const NARROWEST: usize = 8;

/// A report as lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The lines, top to bottom.
    pub lines: Vec<PageLine>,
    /// Columns that they were made for.
    pub width: usize,
}

impl Page {
    /// Lays `article` out at `width` columns.
    pub fn lay_out(article: &Article, width: usize) -> Self {
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
            self.made(&headline.value, Scope::Headline);
            self.lines.push(PageLine::Blank);
        }
        for role in [BlockRole::Dek, BlockRole::Byline] {
            for block in article.blocks.iter().filter(|block| block.role == role) {
                self.block(&article.text, block.span, role);
            }
        }
        self.made(
            &CleanText::one_line(&words::facts(&ReportSummary::new(article))),
            Scope::Meta,
        );
        self.lines.push(PageLine::Blank);
    }

    fn block(&mut self, text: &str, span: Span, role: BlockRole) {
        let follows_caption =
            role == BlockRole::Credit && matches!(self.lines.last(), Some(PageLine::Blank));
        if follows_caption && self.ends_in(BlockRole::Caption) {
            self.lines.pop();
        }
        let rows = wrap_span(text, span, self.width).into_iter();
        self.lines
            .extend(rows.map(|span| PageLine::Text { span, role }));
        self.lines.push(PageLine::Blank);
    }

    fn ends_in(&self, wanted: BlockRole) -> bool {
        let last = self
            .lines
            .iter()
            .rev()
            .find(|line| **line != PageLine::Blank);
        matches!(last, Some(PageLine::Text { role, .. }) if *role == wanted)
    }

    fn made(&mut self, text: &CleanText, scope: Scope) {
        for row in wrap::wrap(text, self.width) {
            self.lines
                .push(PageLine::Made(CleanText::one_line(row.of(text)), scope));
        }
    }

    /// Returns the first line that shows the text at `offset` or after it.
    pub fn line_at(&self, offset: usize) -> usize {
        // The lines of fields have no place in the text and those of a dek may stand out of order, so this looks at
        // each; it runs on a jump, not in a frame.
        self.lines
            .iter()
            .position(|line| matches!(line, PageLine::Text { span, .. } if span.end > offset && span.start <= offset.max(span.start)))
            .unwrap_or(0)
    }

    /// Returns the place in the text where line `from`, or the first line of text after it, begins.
    pub fn offset_of(&self, from: usize) -> usize {
        self.lines
            .iter()
            .skip(from)
            .find_map(|line| match line {
                PageLine::Text { span, .. } => Some(span.start),
                _ => None,
            })
            .unwrap_or(0)
    }
}

/// Returns the rows of the paragraph at `span`, at most `width` columns wide, as places in `text`.
pub fn wrap_span(text: &str, span: Span, width: usize) -> Vec<Span> {
    // A line end inside a paragraph is how the file was broken, not how it is to be shown.
    let rows = wrap::wrap(&span.of(text).replace('\n', " "), width);
    rows.into_iter()
        .map(|row| row.shifted(span.start))
        .collect()
}

/// Returns all text between the first and the last of `lines`; those of a dek may stand out of the order of the text.
pub fn text_span<'a>(lines: impl IntoIterator<Item = &'a PageLine>) -> Span {
    let spans = lines.into_iter().filter_map(|line| match line {
        PageLine::Text { span, .. } => Some(*span),
        _ => None,
    });
    spans
        .reduce(|a, b| Span::new(a.start.min(b.start), a.end.max(b.end)))
        .unwrap_or_default()
}
