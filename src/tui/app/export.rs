//! Writing what is on the screen to a file: the name is asked for, its ending is the format, and no file is overwritten.

use std::path::{Path, PathBuf};

use crate::report::OutputFormat;

use super::App;
use super::app_line::AppLine;

/// Names that are tried before a free one is given up.
const MOST_NAMES: usize = 1000;

impl App {
    /// Asks for the name of the file to write.
    pub(super) fn open_export(&mut self) {
        let kind = self.current();
        let used = self.export_names.iter().find(|(view, _)| *view == kind);
        let offer = self.views.get(kind).export_offer();
        if let Some(offer) = offer {
            let name = used.map_or(offer.name, |(_, name)| name);
            self.line = Some(AppLine::file_name(name));
        }
    }

    /// Writes what the view shows to the file of this name.
    pub(super) fn export(&mut self, name: &str) {
        let (kind, name) = (self.current(), name.trim());
        let offer = self.views.get(kind).export_offer();
        let formats = offer.map_or(&[][..], |offer| offer.formats);
        let Some(format) = format_of(name).filter(|format| formats.contains(format)) else {
            let endings: Vec<&str> = formats.iter().map(|format| ending(*format)).collect();
            let endings = endings.join(", ");
            self.ask_name_again(name, format!("not saved: the name must end in {endings}"));
            return;
        };
        self.export_names.retain(|(view, _)| *view != kind);
        self.export_names.push((kind, name.to_owned()));
        let path = PathBuf::from(name);
        self.in_view(|view, cx| view.export(path, format, cx));
    }
}

impl App {
    /// Opens the line for the name of a file again with `name` in it, and says what was wrong.
    pub fn ask_name_again(&mut self, name: &str, problem: impl Into<String>) {
        self.line = Some(AppLine::file_name(name));
        self.say(problem);
    }
}

/// Returns a name like that of `path` that `is_taken` has no file of: `quotes-2.md` for `quotes.md`.
pub fn free_name(path: &Path, is_taken: impl Fn(&Path) -> bool) -> PathBuf {
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    let ending = path.extension().unwrap_or_default().to_string_lossy();
    let numbered = |number: usize| path.with_file_name(format!("{stem}-{number}.{ending}"));
    let mut names = (2..MOST_NAMES).map(numbered);
    names
        .find(|name| !is_taken(name))
        .unwrap_or(path.to_owned())
}

/// Returns the format that the ending of a file's name stands for.
fn format_of(name: &str) -> Option<OutputFormat> {
    let (stem, ending) = name.rsplit_once('.')?;
    if stem.is_empty() || stem.ends_with(['/', '\\']) {
        return None;
    }
    match ending.to_ascii_lowercase().as_str() {
        "md" | "markdown" => Some(OutputFormat::Markdown),
        "htm" | "html" => Some(OutputFormat::Html),
        "csv" => Some(OutputFormat::Csv),
        "json" => Some(OutputFormat::Json),
        "txt" => Some(OutputFormat::Text),
        _ => None,
    }
}

/// Returns the ending of a format's files.
fn ending(format: OutputFormat) -> &'static str {
    match format {
        OutputFormat::Text => ".txt",
        OutputFormat::Json => ".json",
        OutputFormat::Markdown => ".md",
        OutputFormat::Html => ".html",
        OutputFormat::Csv => ".csv",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::view::{ViewKind, Views};

    #[test]
    fn the_ending_of_a_name_is_its_format() {
        assert_eq!(format_of("quotes.md"), Some(OutputFormat::Markdown));
        assert_eq!(format_of("notes/steel.CSV"), Some(OutputFormat::Csv));
        assert_eq!(format_of("comparison.html"), Some(OutputFormat::Html));
        for name in ["", "quotes", ".md", "notes/.md", "quotes.exe", "a.b/quotes"] {
            assert_eq!(format_of(name), None, "{name}");
        }
    }

    #[test]
    fn a_name_that_is_taken_is_numbered() {
        let taken = ["notes/quotes.md", "notes/quotes-2.md"].map(Path::new);
        let free = free_name(taken[0], |path| taken.contains(&path));
        assert_eq!(free, Path::new("notes/quotes-3.md"));
    }

    #[test]
    fn every_view_offers_a_name_that_it_can_write() {
        let views = Views::default();
        for kind in [
            ViewKind::Compare,
            ViewKind::Quotes,
            ViewKind::Coverage,
            ViewKind::Notes,
        ] {
            let offer = views.get(kind).export_offer().unwrap();
            let format = format_of(offer.name);
            let is_written = format.is_some_and(|format| offer.formats.contains(&format));
            assert!(is_written, "{}", offer.name);
        }
    }
}
