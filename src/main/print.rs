//! Runs a command that prints: loads what it needs, writes the result to stdout and what went wrong to stderr.
//!
//! A file that cannot be read is reported and the rest is printed; the exit code tells that it happened.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail, ensure};
use crossread::cli::{self, ColorChoice, Command, CommandFlags, Invocation, LexiconCommand};
use crossread::compare::{self, Sides, coverage};
use crossread::config::{self, Config, UserDirs};
use crossread::filter::field_mistake;
use crossread::ingest::ReadFailure;
use crossread::library::quotes::{QuoteGrouping, QuoteRef, QuoteSearch};
use crossread::library::{Library, LibraryEntry, Report};
use crossread::report::{
    self, ComparedReports, CoveredReports, OutputFormat, PrintJob, PrintOptions,
};
use crossread::text::sanitize::sanitize;

use super::load;
use super::outcome::{self, Outcome};
use super::settings;

/// Runs the command of `invocation`.
pub(crate) fn run(invocation: &Invocation) -> anyhow::Result<Outcome> {
    let mut out = BufWriter::new(io::stdout().lock());
    let outcome = match &invocation.command {
        Command::Completions { shell } => done(out.write_all(&cli::completions(*shell)))?,
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
    if let Some(mistake) = filter(&invocation.command).and_then(field_mistake) {
        bail!("{mistake}; quotation marks search for the words as they are");
    }
    let lexicon = match &invocation.command {
        Command::Lexicon(LexiconCommand::Check { lexicon, .. }) => Some(lexicon.as_path()),
        _ => None,
    };
    let (config, annotator) = settings::read_for_printing(flags, lexicon)?;
    let options = print_options(flags.color, &config);
    let library = library(&invocation.command, &config);
    outcome::say_failures(&library.failures);
    ensure!(!library.entries.is_empty(), load::NOTHING);
    let job = PrintJob {
        reports: &library.entries,
        failures: &library.failures,
        annotator: &annotator,
        options,
    };
    let printed = print(&invocation.command, &job, out)?;
    Ok(printed.after(&library.failures))
}

/// Returns the words that a command narrows its results to.
fn filter(command: &Command) -> Option<&str> {
    match command {
        Command::List { filter, .. } | Command::Quotes { filter, .. } => filter.as_deref(),
        _ => None,
    }
}

/// Returns the reports that `command` works on: a saved library, whose reports are closed, where the summaries answer the filter
/// of a list, and else all of them open.
fn library(command: &Command, config: &Config) -> Library {
    let saved = match command {
        // Without a filter every report is printed, so all of them must be read anyway.
        Command::List {
            filter: Some(words),
            print,
        } if report::summaries_answer(words) => load::saved_library(&print.paths, config),
        _ => None,
    };
    saved.unwrap_or_else(|| load::open_library(command.paths(), config))
}

/// Prints what `command` asks of the reports of `job`.
fn print(command: &Command, job: &PrintJob<'_>, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let mut lost = Vec::new();
    match command {
        Command::List { filter, print } => {
            let chosen = filter.as_deref().map(|words| report::matching(job, words));
            say_no_match("report", filter.as_deref(), chosen.as_deref());
            lost = report::list(job, chosen.as_deref(), print.format, out)?;
        }
        Command::Show { print, marks, .. } => report::show(job, print.format, *marks, out)?,
        Command::Quotes { filter, print } => {
            let chosen = filter.as_deref().map(|words| quotations(job, words));
            say_no_match("quotation", filter.as_deref(), chosen.as_deref());
            lost = report::quotes(job, chosen.as_deref(), print.format, out)?;
        }
        Command::Terms(print) => report::terms(job, print.format, out)?,
        Command::Lexicon(_) => report::lexicon(job, out)?,
        Command::Compare { .. } => return compare(job, command, out),
        Command::Coverage { pick, print } => coverage(job, pick, print.format, out)?,
        _ => report::show(job, OutputFormat::Text, false, out)?,
    }
    let lost: Vec<ReadFailure> = lost.into_iter().map(|(_, failure)| failure).collect();
    outcome::say_failures(&lost);
    Ok(Outcome::Done.after(&lost))
}

/// Says that nothing matches a filter, so that an empty result is no riddle. It is no error: the exit code stays as it is.
fn say_no_match<T>(things: &str, filter: Option<&str>, chosen: Option<&[T]>) {
    if let (Some(words), Some([])) = (filter, chosen) {
        outcome::say(&format!("no {things} matches {words}"));
    }
}

/// Returns the quotations that match `words`.
fn quotations(job: &PrintJob<'_>, words: &str) -> Vec<QuoteRef> {
    let mut quote_search = QuoteSearch::new(Arc::new(job.annotator.clone()));
    let found = quote_search.find(job.reports, words, QuoteGrouping::Report);
    found.versions().collect()
}

/// Prints the comparison of two reports, and returns whether they differ where that is asked for.
fn compare(job: &PrintJob<'_>, command: &Command, out: &mut dyn Write) -> anyhow::Result<Outcome> {
    let Command::Compare {
        pick,
        all,
        exit_code,
        print,
    } = command
    else {
        return Ok(Outcome::Done);
    };
    let reports = picked(job.reports, *pick)?;
    let documents = reports.as_ref();
    let documents = documents.map(|report| report.document(job.annotator));
    let found = compare::compare(documents);
    let compared = ComparedReports {
        reports: reports.as_ref(),
        comparison: &if *all { found.with_unsure() } else { found },
        failures: job.failures,
    };
    report::compare(&compared, job.options, print.format, out)?;
    Ok(if *exit_code && compared.differ() {
        Outcome::Differ
    } else {
        Outcome::Done
    })
}

/// Prints which report has what of an event: of all reports, or of those picked by their numbers.
fn coverage(
    job: &PrintJob<'_>,
    pick: &[usize],
    format: OutputFormat,
    out: &mut dyn Write,
) -> anyhow::Result<()> {
    let many = job.reports.len();
    let all: Vec<usize> = (1..=many).collect();
    let numbers = if pick.is_empty() { &all } else { pick };
    ensure!(
        (2..=coverage::MOST).contains(&numbers.len()),
        "coverage takes 2 to {} reports, not {}; choose some with --pick 1,2,3 by their numbers in `{} list`",
        coverage::MOST,
        numbers.len(),
        cli::NAME
    );
    let open = |number: &usize| Ok(numbered(job.reports, *number)?.open()?);
    let reports: Vec<Report> = numbers.iter().map(open).collect::<anyhow::Result<_>>()?;
    let documents: Vec<_> = reports
        .iter()
        .map(|report| report.document(job.annotator))
        .collect();
    let covered = CoveredReports {
        reports: reports.iter().collect(),
        coverage: &coverage::coverage(&documents, &[]),
    };
    report::coverage_table(&covered, job.options, format, out)?;
    Ok(())
}

/// Returns the report of this number in the list, from 1.
fn numbered(reports: &[LibraryEntry], number: usize) -> anyhow::Result<&LibraryEntry> {
    let found = number.checked_sub(1).and_then(|place| reports.get(place));
    let many = reports.len();
    found.with_context(|| format!("there is no report {number}; reports are numbered 1 to {many}"))
}

/// Returns the two that were picked by their numbers in a list, or the two that there are; a closed one is read again.
fn picked(reports: &[LibraryEntry], pick: Option<Sides<usize>>) -> anyhow::Result<Sides<Report>> {
    let many = reports.len();
    let both = match (pick, reports) {
        (Some(numbers), _) => {
            let report = |number| numbered(reports, number);
            Sides::new(report(numbers.left)?, report(numbers.right)?)
        }
        (None, [left, right]) => Sides::new(left, right),
        (None, _) => bail!(
            "compare takes two reports, not {many}; name two files, or --pick A,B by their numbers in `{} list`",
            cli::NAME
        ),
    };
    Ok(Sides::new(both.left.open()?, both.right.open()?))
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
