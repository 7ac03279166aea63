//! Runs a command that prints: loads what it needs, writes the result to stdout and what went wrong to stderr.
//!
//! A file that cannot be read is reported and the rest is printed; the exit code tells that it happened.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use crossread::cli::{self, ColorChoice, Command, CommandFlags, Invocation, PrintRequest};
use crossread::compare::{self, Sides};
use crossread::config::{self, Config, UserDirs};
use crossread::ingest::ReadFailure;
use crossread::library::quotes::{QuoteGrouping, QuoteRef, QuoteSearch};
use crossread::library::{Library, LibraryEntry, Report};
use crossread::report::{
    self, ComparedReports, EntryPrintJob, OutputFormat, PrintJob, PrintOptions,
};
use crossread::text::sanitize::sanitize;

use super::load;
use super::outcome::{self, Outcome};
use super::settings;

/// Runs the command of `invocation`.
pub(crate) fn run(invocation: &Invocation) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = match &invocation.command {
        Command::Completions(shell) => done(out.write_all(&cli::completions(*shell)))?,
        Command::Man => done(out.write_all(cli::manual().as_bytes()))?,
        Command::Config { default: None } => current(&invocation.flags, &mut out)?,
        Command::Config {
            default: Some(name),
        } => done(defaults(name, &mut out))?,
        _ => results(invocation, &mut out)?,
    };
    out.flush()?;
    Ok(outcome)
}

fn done(written: io::Result<()>) -> io::Result<Outcome> {
    written.map(|()| Outcome::Done)
}

/// Prints where the settings come from and the settings in effect, after checking all files for mistakes.
fn current(flags: &CommandFlags, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let config = settings::read_all(flags)?.config;
    match UserDirs::from_env() {
        Some(dirs) => {
            let shown = |folder: &Path| sanitize(&*folder.to_string_lossy()).text;
            writeln!(out, "# read from the folder {}", shown(&dirs.config))?;
            writeln!(out, "# large libraries are saved in {}", shown(&dirs.cache))?;
        }
        None => writeln!(out, "# no folder: neither XDG_CONFIG_HOME nor HOME is set")?,
    }
    write!(out, "{}", sanitize(toml::to_string(&config)?).text)?;
    Ok(Outcome::Done)
}

/// Prints the embedded default of the file `name`, or of all.
fn defaults(name: &str, out: &mut dyn Write) -> io::Result<()> {
    for (file, text) in config::DEFAULTS {
        if name == cli::EVERY_FILE {
            writeln!(out, "# ==> {file} <==\n{text}")?;
        } else if name == file {
            out.write_all(text.as_bytes())?;
        }
    }
    Ok(())
}

/// Runs one of the commands that read reports.
fn results(invocation: &Invocation, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let flags = &invocation.flags;
    let lexicon = match &invocation.command {
        Command::LexiconCheck { lexicon, .. } => Some(lexicon.as_path()),
        _ => None,
    };
    let (config, annotator) = settings::read_for_printing(flags, lexicon)?;
    let options = print_options(flags.color, &config);
    // A list alone can do without the texts, of which a saved library may have many.
    if let Command::List { filter, print } = &invocation.command {
        let library = listed(print, filter.as_deref(), &config)?;
        let held = EntryPrintJob {
            reports: &library.entries,
            failures: &library.failures,
            annotator: &annotator,
            options,
        };
        let lost = report::list(&held, filter.as_deref(), print.format, out)?;
        let lost: Vec<ReadFailure> = lost.into_iter().map(|(_, failure)| failure).collect();
        outcome::say_failures(&lost);
        return Ok(Outcome::Done.after(&library.failures).after(&lost));
    }
    let (reports, failures) = load::loaded_reports(invocation.command.paths(), &config);
    outcome::say_failures(&failures);
    ensure!(!reports.is_empty(), load::NOTHING);
    let batch = PrintJob {
        reports: &reports,
        failures: &failures,
        annotator: &annotator,
        options,
    };
    let printed = print(&invocation.command, &batch, out)?;
    Ok(printed.after(&failures))
}

/// Returns the reports to list; those that were saved with a library are closed.
fn listed(print: &PrintRequest, filter: Option<&str>, config: &Config) -> anyhow::Result<Library> {
    // Without a filter every report is printed, so all of them must be read anyway.
    let saved = filter
        .filter(|words| report::summaries_answer(words))
        .and_then(|_| load::saved_library(&print.paths, config));
    let library = saved.unwrap_or_else(|| {
        let (reports, failures) = load::loaded_reports(&print.paths, config);
        let mut library = Library::default();
        library
            .entries
            .extend(reports.into_iter().map(LibraryEntry::from));
        library.failures = failures;
        library
    });
    outcome::say_failures(&library.failures);
    ensure!(!library.entries.is_empty(), load::NOTHING);
    Ok(library)
}

/// Prints what `command` asks of the reports of `batch`.
fn print(command: &Command, batch: &PrintJob<'_>, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let printed = match command {
        Command::Show(print) => report::show(batch, print.format, out),
        Command::Quotes { filter, print } => {
            let chosen = filter.as_deref().map(|words| quotations(batch, words));
            report::quotes(batch, chosen.as_deref(), print.format, out)
        }
        Command::Terms(print) => report::terms(batch, print.format, out),
        Command::LexiconCheck { .. } => report::lexicon(batch, out),
        Command::Compare {
            pick,
            exit_code,
            print,
        } => {
            let outcome = compare(batch, *pick, print.format, out)?;
            return Ok(if *exit_code { outcome } else { Outcome::Done });
        }
        _ => report::show(batch, OutputFormat::Text, out),
    };
    Ok(done(printed)?)
}

/// Returns the quotations that match `words`.
fn quotations(batch: &PrintJob<'_>, words: &str) -> Vec<QuoteRef> {
    let mut quote_search = QuoteSearch::new(Arc::new(batch.annotator.clone()));
    let reports = batch.reports.iter().cloned();
    let entries: Vec<LibraryEntry> = reports.map(LibraryEntry::from).collect();
    let found = quote_search.find(&entries, words, QuoteGrouping::Report);
    found.versions().collect()
}

/// Prints a comparison and returns whether the two reports differ.
fn compare(
    batch: &PrintJob<'_>,
    pick: Option<Sides<usize>>,
    format: OutputFormat,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let reports = picked(batch.reports, pick)?;
    let documents = reports.map(|report| report.document(batch.annotator));
    let compared = ComparedReports {
        reports,
        comparison: &compare::compare(documents),
        failures: batch.failures,
    };
    report::compare(&compared, batch.options, format, out)?;
    Ok(if compared.differ() {
        Outcome::Differ
    } else {
        Outcome::Done
    })
}

/// Returns the two that were picked, or the two that there are.
fn picked(reports: &[Report], pick: Option<Sides<usize>>) -> anyhow::Result<Sides<&Report>> {
    let many = reports.len();
    match (pick, reports) {
        (Some(numbers), _) => {
            let report = |number: usize| {
                let found = number.checked_sub(1).and_then(|place| reports.get(place));
                found.with_context(|| {
                    format!("there is no report {number}; reports are numbered 1 to {many}")
                })
            };
            Ok(Sides::new(report(numbers.left)?, report(numbers.right)?))
        }
        (None, [left, right]) => Ok(Sides::new(left, right)),
        (None, _) => bail!(
            "compare takes two reports, not {many}; name two files, or --pick A,B by their numbers in `{} list`",
            cli::NAME
        ),
    }
}

/// Returns how results are laid out on this stdout.
fn print_options(color: ColorChoice, config: &Config) -> PrintOptions {
    let terminal = io::stdout().is_terminal();
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let plain = set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok();
    PrintOptions {
        measure: config.measure.into(),
        columns: size.map(|size| size.ws_col.into()).filter(|_| terminal),
        painted: match color {
            ColorChoice::Always => true,
            ColorChoice::Never => false,
            ColorChoice::Auto => terminal && !plain,
        },
    }
}
