//! Carries a command out: loads what it needs, prints the result on stdout and what went wrong on stderr.
//!
//! One bad file is said and the rest is printed; the exit code tells that it happened.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use crossread::annotate::Annotator;
use crossread::cli::{self, Command, Flags, Invocation, When};
use crossread::compare::{self, Sides};
use crossread::config::{self, Config, UserDirs};
use crossread::filter::Query;
use crossread::ingest::{self, ReadFailure};
use crossread::library::quotes::{QuoteGrouping, QuoteRef, QuoteSearch};
use crossread::library::{LibraryEntry, Report};
use crossread::report::{self, ComparedReports, Found, OutputFormat, PrintJob, PrintOptions};
use crossread::text::sanitize::sanitize;

use super::{load, open};

/// How it ended, as the exit code tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// As it should.
    Done,
    /// Two reports differ, and it was asked for.
    Differ,
    /// Something could not be done.
    Failed,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        ExitCode::from(outcome as u8)
    }
}

/// Carries `invocation` out.
pub(crate) fn run(invocation: &Invocation) -> anyhow::Result<Outcome> {
    if let Command::Read(paths) = &invocation.command
        && open::has_terminal()
    {
        return open::interface(&invocation.flags, paths);
    }
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

/// Says `text` on stderr, the program's name before each line that says something; nobody is left to tell when stderr is
/// closed too.
pub(crate) fn say(text: &str) {
    let mut stderr = io::stderr().lock();
    let text = sanitize(text).text;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        _ = writeln!(stderr, "{}: {line}", cli::NAME);
    }
}

fn done(written: io::Result<()>) -> io::Result<Outcome> {
    written.map(|()| Outcome::Done)
}

/// Prints where the settings are, then those that hold; whoever asks wants to know of a mistake in any of the files.
fn current(flags: &Flags, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let loaded = load::settings(flags)?;
    let config = flags.over(loaded.config.clone());
    load::keymap(&loaded)?;
    load::try_themes(&loaded)?;
    load::annotator(flags, &config, &loaded)?;
    match UserDirs::from_env() {
        Some(dirs) => {
            let shown = |folder: &Path| sanitize(&*folder.to_string_lossy()).text;
            writeln!(out, "# read from the folder {}", shown(&dirs.config))?;
            writeln!(out, "# large libraries are kept in {}", shown(&dirs.cache))?;
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

/// Carries out one of the commands that read reports.
fn results(invocation: &Invocation, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let flags = &invocation.flags;
    let loaded = load::settings(flags)?;
    let config = flags.over(loaded.config.clone());
    let annotator = match &invocation.command {
        Command::LexiconCheck { lexicon, .. } => {
            Annotator::new(load::one_lexicon(lexicon, &loaded)?)
        }
        _ => load::annotator(flags, &config, &loaded)?,
    };
    let paths = invocation.command.paths();
    if let Command::List {
        filter: Some(words),
        print,
        ..
    } = &invocation.command
        && !paths.is_empty()
    {
        let query = Query::parse(words);
        if report::is_at_a_glance(&query) {
            let sources = ingest::sources(paths);
            let found = leaked(Found::new(sources, &load::limits(&config), &query));
            say_failures(found.failures(), found.is_of_nothing())?;
            report::list_found(found, &annotator, print.format, out)?;
            return Ok(outcome(Outcome::Done, found.failures()));
        }
    }
    let library = leaked(load::library(paths, &config));
    say_failures(&library.failures, library.reports.is_empty())?;
    let batch = PrintJob {
        library,
        annotator: &annotator,
        options: paper(flags.color, &config),
    };
    let printed = print(&invocation.command, &batch, out)?;
    Ok(outcome(printed, &library.failures))
}

/// Keeps `reports` to the end of the program: to take a hundred thousand of them apart before it ends costs more than to
/// print some.
fn leaked<T>(reports: T) -> &'static T {
    Box::leak(Box::new(reports))
}

/// Says what could not be read, and whether nothing could.
fn say_failures(failures: &[ReadFailure], is_all: bool) -> anyhow::Result<()> {
    failures.iter().for_each(failed);
    ensure!(!is_all, load::NOTHING);
    Ok(())
}

/// Returns how a command ended that printed what it found.
fn outcome(printed: Outcome, failures: &[ReadFailure]) -> Outcome {
    if failures.is_empty() {
        printed
    } else {
        Outcome::Failed
    }
}

/// Says what could not be read, and which command a word may have been.
pub(crate) fn failed(failure: &ReadFailure) {
    let word = Path::new(failure.path.as_str());
    match cli::meant(word).filter(|_| !word.exists()) {
        Some(command) => say(&format!(
            "{failure}; or did you mean `{} {command}`?",
            cli::NAME
        )),
        None => say(&failure.to_string()),
    }
}

fn print(command: &Command, batch: &PrintJob<'_>, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let printed = match command {
        Command::List { filter, print } => {
            report::list(batch, filter.as_deref(), print.format, out)
        }
        Command::Show(print) => report::show(batch, print.format, out),
        Command::Quotes { filter, print } => {
            let chosen = filter.as_deref().map(|words| quotations(batch, words));
            report::quotes(batch, chosen.as_deref(), print.format, out)
        }
        Command::Terms(print) => report::terms(batch, print.format, out),
        Command::LexiconCheck { .. } => {
            report::lexicon(batch.library, batch.annotator.lexicon(), batch.options, out)
        }
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
    let reports = batch.library.reports.iter().cloned();
    let entries: Vec<LibraryEntry> = reports.map(LibraryEntry::from).collect();
    let found = quote_search.find(&entries, words, QuoteGrouping::Report);
    found.versions().collect()
}

fn compare(
    batch: &PrintJob<'_>,
    pick: Option<Sides<usize>>,
    format: OutputFormat,
    out: &mut dyn Write,
) -> anyhow::Result<Outcome> {
    let reports = picked(&batch.library.reports, pick)?;
    let documents = reports.map(|report| report.document(batch.annotator));
    let compared = ComparedReports {
        reports,
        comparison: &compare::compare(documents),
        failures: &batch.library.failures,
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
                    format!("there is no report {number}; they count from 1 to {many}")
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

fn paper(color: When, config: &Config) -> PrintOptions {
    let terminal = io::stdout().is_terminal();
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let plain = set("NO_COLOR") || std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    let size = rustix::termios::tcgetwinsize(io::stdout()).ok();
    PrintOptions {
        measure: config.measure.into(),
        columns: size.map(|size| size.ws_col.into()).filter(|_| terminal),
        painted: match color {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !plain,
        },
    }
}
