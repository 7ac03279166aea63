//! Results as text, Markdown, JSON, CSV or HTML, for pipes; knows nothing of terminals.

/// How results are written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// For people.
    #[default]
    Text,
    /// For programs: documented and versioned, with offsets.
    Json,
    /// For notes and tickets.
    Markdown,
    /// One self-contained page.
    Html,
    /// For spreadsheets.
    Csv,
}

/// What most commands can write.
pub const PLAIN: [Format; 2] = [Format::Text, Format::Json];
/// What quotations can be written as.
pub const QUOTES: [Format; 4] = [Format::Text, Format::Json, Format::Markdown, Format::Csv];
/// What a comparison can be written as.
pub const COMPARE: [Format; 5] = [
    Format::Text,
    Format::Json,
    Format::Markdown,
    Format::Html,
    Format::Csv,
];

impl Format {
    /// Returns the name that is typed for it, which is the ending of its files too, but for text and Markdown.
    pub fn name(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Json => "json",
            Format::Markdown => "markdown",
            Format::Html => "html",
            Format::Csv => "csv",
        }
    }

    /// Returns the format of that name.
    pub fn named(name: &str) -> Option<Self> {
        COMPARE.into_iter().find(|format| format.name() == name)
    }
}
