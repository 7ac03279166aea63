//! Writing what is on the screen to a file: the name is asked for, its ending is the format, and no file is overwritten.

use std::io;
use std::path::PathBuf;

use crate::library::quotes::QuoteResults;
use crate::report::{self, ComparedReports, CoveredReports, OutputFormat, PrintOptions};

use super::super::effect::Effect;
use super::super::key::Key;
use super::super::prompt::{Prompt, Typed};
use super::super::worker::{Job, Print, Printed};
use super::{App, Line, View};

/// What is typed to write a file, and what it interrupted.
#[derive(Clone, Debug, Default)]
pub struct Export {
    /// The names used last, one for each view.
    names: [Option<String>; 4],
    /// What was being typed when the name was asked for.
    before: Option<Line>,
}

/// Returns the name that is offered first, and the formats that a view can be written in.
fn offered(view: View) -> (&'static str, &'static [OutputFormat]) {
    match view {
        View::Quotes => ("quotes.md", &report::QUOTES),
        View::Compare => ("comparison.html", &report::COMPARE),
        View::Grid => ("coverage.csv", &[OutputFormat::Csv]),
        View::Browse => ("reports.json", &report::PLAIN),
    }
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

impl App {
    /// Asks for the name of the file to write.
    pub(super) fn open_export(&mut self) {
        let (first, _) = offered(self.view);
        let name = self.export.names[self.view as usize]
            .as_deref()
            .unwrap_or(first);
        let prompt = Prompt::with(name);
        self.export.before = self.line.take();
        self.line = Some(Line::Export(prompt));
    }

    /// Takes a key while the name of the file to write is typed.
    pub(super) fn export_key(&mut self, key: Key) -> Vec<Effect> {
        let Some(Line::Export(prompt)) = &mut self.line else {
            return Vec::new();
        };
        match prompt.key(key) {
            Typed::Submitted => {
                let name = prompt.text().trim().to_owned();
                self.line = self.export.before.take();
                self.write(&name)
            }
            Typed::Cancelled => {
                self.line = self.export.before.take();
                Vec::new()
            }
            Typed::Edited | Typed::Kept | Typed::Other => Vec::new(),
        }
    }

    fn write(&mut self, name: &str) -> Vec<Effect> {
        let (_, formats) = offered(self.view);
        let Some(format) = format_of(name).filter(|format| formats.contains(format)) else {
            let endings: Vec<&str> = formats.iter().map(|format| ending(*format)).collect();
            self.say(format!(
                "\"{name}\": not written; the name ends in {}",
                endings.join(", ")
            ));
            return Vec::new();
        };
        self.export.names[self.view as usize] = Some(name.to_owned());
        let path = PathBuf::from(name);
        if let View::Browse | View::Quotes = self.view {
            return self.ask_for_print(path, format);
        }
        let mut written = Vec::new();
        let printed = self.print(format, &mut written);
        let printed = printed.map(|()| Printed {
            contents: String::from_utf8_lossy(&written).into_owned(),
            lost: Vec::new(),
        });
        self.printed(path, printed)
    }

    /// Asks for what needs every report.
    fn ask_for_print(&mut self, path: PathBuf, format: OutputFormat) -> Vec<Effect> {
        let versions = |found: &QuoteResults| found.versions().collect();
        let quotes = match self.view {
            View::Quotes => Some(self.quotes.found.as_ref().map_or_else(Vec::new, versions)),
            _ => None,
        };
        self.say(format!("writing {} …", path.display()));
        vec![Effect::Compute(Job::Print(Box::new(Print {
            path,
            format,
            options: self.paper(),
            reports: self.library.entries.clone(),
            failures: self.library.failures.clone(),
            quotes,
        })))]
    }

    /// Takes what a file is to hold.
    pub(super) fn printed(&mut self, path: PathBuf, printed: io::Result<Printed>) -> Vec<Effect> {
        match printed {
            Ok(Printed { contents, lost }) => {
                let without = lost.len();
                for (number, failure) in lost {
                    self.opened(number, Err(failure));
                }
                vec![Effect::Write {
                    path,
                    contents,
                    without,
                }]
            }
            Err(error) => {
                self.say(format!("{}: not written: {error}", path.display()));
                Vec::new()
            }
        }
    }

    fn paper(&self) -> PrintOptions {
        PrintOptions {
            measure: self.config.measure.into(),
            columns: None,
            painted: false,
        }
    }

    fn print(&self, format: OutputFormat, out: &mut Vec<u8>) -> io::Result<()> {
        match self.view {
            View::Grid => match self.coverage_on_screen() {
                Some(covered) => report::coverage(&covered, out),
                None => Err(io::Error::other("the grid is not finished yet")),
            },
            _ => match self.comparison_on_screen() {
                Some(compared) => report::compare(&compared, self.paper(), format, out),
                None => Err(io::Error::other("the comparison is not finished yet")),
            },
        }
    }

    fn comparison_on_screen(&self) -> Option<ComparedReports<'_>> {
        let comparing = self.comparing.as_ref()?;
        let comparison = comparing.comparison.as_ref()?;
        let sides = comparing.reports;
        let reports =
            crate::compare::Sides::new(self.report(sides.left)?, self.report(sides.right)?);
        Some(ComparedReports {
            reports,
            comparison,
            failures: &[],
        })
    }

    fn coverage_on_screen(&self) -> Option<CoveredReports<'_>> {
        let coverage = self.grid.coverage.as_ref()?;
        let reports: Option<Vec<_>> = self
            .grid
            .reports
            .iter()
            .map(|&number| self.report(number))
            .collect();
        Some(CoveredReports {
            reports: reports?,
            coverage,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn every_view_offers_a_name_that_it_can_write() {
        for view in [View::Browse, View::Compare, View::Quotes, View::Grid] {
            let (name, formats) = offered(view);
            assert!(
                format_of(name).is_some_and(|format| formats.contains(&format)),
                "{name}"
            );
        }
    }
}
