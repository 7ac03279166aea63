//! Parses the command line into a [`Command`]; no side effects.
//!
//! [`Command`] and [`CommandFlags`] are what clap parses and what `--help`, the completions and the manual page are made from: a
//! comment on a command or an argument is its help. Every default that needs neither configuration nor terminal is filled in.
//! Nothing here opens a file: a missing path is found later, and [`nearest_command`] only suggests a command for it.

mod man;

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};

use crate::compare::Sides;
use crate::config::{self, Config};
use crate::report::{self, OutputFormat};

/// The program's name, as it is typed.
pub const NAME: &str = "crossread";

/// Name that stands for all files of the configuration.
pub const EVERY_FILE: &str = "all";

/// A command of the program.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum Command {
    /// Open the interface; print the reports where there is no terminal.
    #[command(skip)]
    Read(Vec<PathBuf>),
    /// List the reports: outlet, headline, date, length, number of quotations
    List {
        /// List only reports that match all of these words, best match first
        #[arg(long, value_name = "WORDS")]
        filter: Option<String>,
        /// The reports, and the output format.
        #[command(flatten)]
        print: PrintRequest,
    },
    /// Print the reports and the facts known about them
    Show {
        /// Line width in columns, where it was typed after the command; [`parse`] moves it to the flags, and leaves none here.
        #[arg(long, value_name = "N", value_parser = measure, help = MEASURE_HELP)]
        measure: Option<u16>,
        /// List the quotations, statements and terms of each paragraph under it, with who says them and the category
        #[arg(long)]
        marks: bool,
        /// The reports, and the output format.
        #[command(flatten)]
        print: PrintRequest,
    },
    /// Print every quotation with its speaker, reporting verb and place
    #[command(mut_arg("format", |format| format.value_parser(one_of(&report::QUOTES))))]
    Quotes {
        /// Print only quotations that match all of these words: in the quotation, speaker or report
        #[arg(long, value_name = "WORDS")]
        filter: Option<String>,
        /// The reports, and the output format.
        #[command(flatten)]
        print: PrintRequest,
    },
    /// Print the terms found, by category
    Terms(PrintRequest),
    /// Compare two reports: what they share, what only one has, and which words differ
    // The help has the format last, as everywhere, though the paths stand before the other options. It has the number of
    // `--exit-code` and stands after it by the alphabet: the tie is meant, since the next number is that of `--lexicon`.
    #[command(mut_arg("format", |format| format.value_parser(one_of(&report::COMPARE)).display_order(2)))]
    Compare {
        /// The reports, and the output format.
        #[command(flatten)]
        print: PrintRequest,
        /// Compare two of many reports, by their numbers in `crossread list`
        #[arg(long, value_name = "A,B", value_parser = two_numbers)]
        pick: Option<Sides<usize>>,
        /// Also list differences that are not sure
        #[arg(long)]
        all: bool,
        /// Exit with code 1 if the reports differ
        #[arg(long)]
        exit_code: bool,
    },
    /// Show which report has what: each claim, and how and how early each report has it
    #[command(mut_arg("format", |format| format.value_parser(one_of(&report::COVERAGE))))]
    Coverage {
        /// Cover only these of many reports, by their numbers in `crossread list`
        #[arg(long, value_name = "N,N,...", value_delimiter = ',', value_parser = report_number)]
        pick: Vec<usize>,
        /// The reports, and the output format.
        #[command(flatten)]
        print: PrintRequest,
    },
    /// Check a lexicon
    #[command(subcommand)]
    Lexicon(LexiconCommand),
    /// Print the settings in effect and where they come from
    Config {
        /// Print the default of this file, or of all files, ready to edit
        #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = EVERY_FILE,
              value_parser = config_files())]
        default: Option<String>,
    },
    /// Print a completion script for a shell
    Completions {
        /// Shell to complete in
        shell: clap_complete::Shell,
    },
    /// Print the manual page (view it with `crossread man | man -l -`)
    Man,
}

/// A command about a lexicon.
#[derive(Clone, Debug, PartialEq, Eq, Subcommand)]
pub enum LexiconCommand {
    /// Check a lexicon against reports: counts, forms never found, every hit in context
    Check {
        /// Lexicon to check, a TOML file
        #[arg(value_name = "FILE")]
        lexicon: PathBuf,
        /// Files and folders; none means the two bundled reports.
        #[arg(value_name = "PATH", help = PATHS_HELP)]
        paths: Vec<PathBuf>,
    },
}

impl Command {
    /// Returns the files and folders that it reads.
    pub fn paths(&self) -> &[PathBuf] {
        match self {
            Command::Read(paths) | Command::Lexicon(LexiconCommand::Check { paths, .. }) => paths,
            Command::List { print, .. }
            | Command::Show { print, .. }
            | Command::Quotes { print, .. }
            | Command::Terms(print)
            | Command::Compare { print, .. }
            | Command::Coverage { print, .. } => &print.paths,
            Command::Config { .. } | Command::Completions { .. } | Command::Man => &[],
        }
    }
}

/// Reports to print, and the output format.
#[derive(Args, Clone, Debug, PartialEq, Eq)]
pub struct PrintRequest {
    /// Files and folders; none means the two bundled reports.
    #[arg(value_name = "PATH", help = PATHS_HELP)]
    pub paths: Vec<PathBuf>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = one_of(&report::PLAIN))]
    pub format: OutputFormat,
}

/// Flags that override the configuration.
#[derive(Args, Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandFlags {
    /// Color theme: dark, light, mono, or one of your own
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Enable the mouse
    #[arg(long, value_name = "on|off", num_args = 0..=1, require_equals = true, default_missing_value = "on",
          hide_possible_values = true, value_parser = PossibleValuesParser::new(["on", "off"]).map(|word| word == "on"))]
    pub mouse: Option<bool>,
    /// Line width in columns.
    #[arg(long, value_name = "N", value_parser = measure, help = MEASURE_HELP)]
    pub measure: Option<u16>,
    /// Also mark terms from this lexicon (repeatable)
    #[arg(long = "lexicon", value_name = "FILE", global = true)]
    pub lexicons: Vec<PathBuf>,
    /// Color printed text: auto (on a terminal, unless NO_COLOR is set), always, never
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: ColorChoice,
    /// Ignore your configuration
    #[arg(long, global = true)]
    pub no_config: bool,
}

impl CommandFlags {
    /// Returns `config` with the values that were given as flags.
    pub fn over(&self, config: Config) -> Config {
        Config {
            theme: self.theme.clone().unwrap_or(config.theme),
            mouse: self.mouse.unwrap_or(config.mouse),
            measure: self.measure.unwrap_or(config.measure),
            ..config
        }
    }
}

/// A command with its flags.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invocation {
    /// The command.
    pub command: Command,
    /// The flags.
    pub flags: CommandFlags,
}

/// When printed text is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Parses the arguments; the error is a message for the user, or the help that was asked for.
pub fn parse(typed: impl IntoIterator<Item = OsString>) -> Result<Invocation, clap::Error> {
    let line = TypedLine::try_parse_from(typed)?;
    let mut flags = line.flags;
    let mut command = line.command.unwrap_or(Command::Read(line.paths));
    if let Command::Show { measure, .. } = &mut command {
        // `--measure` may be typed on both sides of `show`; the one after it is meant.
        flags.measure = measure.take().or(flags.measure);
    }
    Ok(Invocation { command, flags })
}

/// Returns the table that parsing, help, completions and the manual page share.
pub fn table() -> clap::Command {
    TypedLine::command()
}

/// Returns the script that completes the table in `shell`.
pub fn completions(shell: clap_complete::Shell) -> Vec<u8> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut table(), NAME, &mut script);
    script
}

/// Returns the manual page of the table, as roff.
pub fn manual() -> String {
    man::page(table())
}

/// Returns the command whose name is nearest to a path that may be a slip: `lsit` is `list`.
pub fn nearest_command(path: &Path) -> Option<String> {
    let word = path.to_str()?;
    let table = table();
    let names = table.get_subcommands().map(clap::Command::get_name);
    config::settings_file::nearest_name(word, names).map(str::to_owned)
}

/// Read several news reports of one event and compare them
#[derive(Debug, Parser)]
#[command(name = NAME, version, after_help = AFTER_HELP, max_term_width = 100)]
struct TypedLine {
    #[command(subcommand)]
    command: Option<Command>,
    #[arg(value_name = "PATH", help = PATHS_HELP)]
    paths: Vec<PathBuf>,
    #[command(flatten)]
    flags: CommandFlags,
}

const PATHS_HELP: &str =
    "Files and folders of reports; - for stdin [default: the two bundled reports]";
const MEASURE_HELP: &str = "Line width in columns, from 20 to 200 [default: 76]";
const AFTER_HELP: &str = "\
Without a command, the reports open in the interface; if stdout is not a terminal
they are printed, as with `crossread show`. To open a file or folder named like a
command, write a longer path: `crossread ./list`.

Exit codes:
  0  success
  1  the reports differ (with compare --exit-code only)
  2  an error; also if one of many files could not be read and the others were printed

Examples:
  crossread                                   read the two bundled reports
  crossread reports/                          read a folder
  crossread compare a.txt b.txt               compare two reports, as text
  crossread compare a.txt b.txt --format html > comparison.html
  crossread quotes reports/ --format csv      list every quotation with its speaker";

/// Parses a line width.
fn measure(typed: &str) -> Result<u16, String> {
    let columns = typed.parse().ok();
    columns
        .filter(|columns| (20..=200).contains(columns))
        .ok_or_else(|| "give a number of columns from 20 to 200".to_owned())
}

/// Parses the number of a report.
fn report_number(typed: &str) -> Result<usize, String> {
    let number = typed.trim().parse().ok();
    number
        .filter(|number| *number > 0)
        .ok_or_else(|| "give report numbers, as in 1,2,5; reports are numbered from 1".to_owned())
}

/// Parses two numbers of reports, `3,5`.
fn two_numbers(typed: &str) -> Result<Sides<usize>, String> {
    let number = |word: &str| word.trim().parse().ok().filter(|number| *number > 0);
    typed
        .split_once(',')
        .and_then(|(left, right)| Some(Sides::new(number(left)?, number(right)?)))
        .ok_or_else(|| {
            "give two report numbers and a comma, as in 3,5; reports are numbered from 1".to_owned()
        })
}

/// Parses the name of a file that has a default.
fn config_files() -> PossibleValuesParser {
    let names = config::DEFAULTS.iter().map(|(name, _)| *name);
    PossibleValuesParser::new(names.chain([EVERY_FILE]))
}

/// Parses one of the formats that a command can write.
fn one_of(formats: &'static [OutputFormat]) -> impl TypedValueParser<Value = OutputFormat> {
    PossibleValuesParser::new(formats.iter().map(|format| format.name()))
        // clap has refused every other name by then.
        .map(|name| OutputFormat::named(&name).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> Invocation {
        try_read(line).unwrap()
    }

    fn try_read(line: &str) -> Result<Invocation, clap::Error> {
        parse(line.split_whitespace().map(OsString::from))
    }

    fn print(paths: &[&str], format: OutputFormat) -> PrintRequest {
        let paths = paths.iter().map(PathBuf::from).collect();
        PrintRequest { paths, format }
    }

    #[test]
    fn the_table_is_sound() {
        table().debug_assert();
    }

    #[test]
    fn paths_alone_open_the_interface() {
        let typed = read("crossread a.txt reports -");
        let paths = ["a.txt", "reports", "-"].map(PathBuf::from).to_vec();
        assert_eq!(typed.command, Command::Read(paths));
        assert_eq!(read("crossread").command, Command::Read(vec![]));
    }

    #[test]
    fn a_word_that_is_a_command_is_one_and_a_longer_path_is_not() {
        assert!(matches!(
            read("crossread list").command,
            Command::List { .. }
        ));
        let folder = vec![PathBuf::from("./list")];
        assert_eq!(read("crossread ./list").command, Command::Read(folder));
        let after_a_path = ["a.txt", "list"].map(PathBuf::from).to_vec();
        assert_eq!(
            read("crossread a.txt list").command,
            Command::Read(after_a_path)
        );
    }

    #[test]
    fn every_command_takes_paths_and_its_own_formats() {
        assert_eq!(
            read("crossread quotes a.txt --format csv").command,
            Command::Quotes {
                filter: None,
                print: print(&["a.txt"], OutputFormat::Csv)
            }
        );
        assert_eq!(
            read("crossread compare a.txt b.txt --format html --exit-code").command,
            Command::Compare {
                pick: None,
                all: false,
                exit_code: true,
                print: print(&["a.txt", "b.txt"], OutputFormat::Html)
            }
        );
        let error = try_read("crossread list --format html").unwrap_err();
        assert_eq!(error.exit_code(), 2);
        assert!(error.to_string().contains("[possible values: text, json]"));
    }

    #[test]
    fn two_of_many_reports_are_picked_by_number() {
        let Command::Compare { pick, .. } = read("crossread compare rows.jsonl --pick 3,5").command
        else {
            panic!("it is a comparison");
        };
        assert_eq!(pick, Some(Sides::new(3, 5)));
        for wrong in ["3", "0,1", "a,b"] {
            let error = try_read(&format!("crossread compare --pick {wrong}")).unwrap_err();
            assert!(error.to_string().contains("two report numbers and a comma"));
            let error = try_read(&format!("crossread coverage --pick {wrong},x")).unwrap_err();
            assert!(error.to_string().contains("reports are numbered from 1"));
        }
    }

    #[test]
    fn flags_count_before_and_after_the_command() {
        let before = read("crossread --lexicon climate.toml --color never show a.txt");
        let after = read("crossread show a.txt --lexicon climate.toml --color never");
        assert_eq!(before, after);
        assert_eq!(after.flags.lexicons, vec![PathBuf::from("climate.toml")]);
        assert_eq!(read("crossread show --measure 60").flags.measure, Some(60));
        assert_eq!(read("crossread --measure 60 show").flags.measure, Some(60));
    }

    #[test]
    fn the_mouse_is_named_on_off_or_left_to_the_configuration() {
        assert_eq!(read("crossread").flags.mouse, None);
        assert_eq!(read("crossread --mouse a.txt").flags.mouse, Some(true));
        assert_eq!(read("crossread --mouse=off a.txt").flags.mouse, Some(false));
    }

    #[test]
    fn what_is_typed_goes_before_the_configuration() {
        let flags = read("crossread --theme light --measure 60").flags;
        let config = flags.over(Config::default());
        assert_eq!((config.theme.as_str(), config.measure), ("light", 60));
        assert_eq!(
            CommandFlags::default().over(Config::default()),
            Config::default()
        );
    }

    #[test]
    fn a_measure_that_nobody_could_read_is_refused() {
        for wrong in ["5", "201", "many"] {
            let error = try_read(&format!("crossread --measure {wrong}")).unwrap_err();
            assert!(error.to_string().contains("columns from 20 to 200"));
        }
    }

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        assert_eq!(nearest_command(Path::new("lsit")).as_deref(), Some("list"));
        assert_eq!(
            nearest_command(Path::new("comapre")).as_deref(),
            Some("compare")
        );
        assert_eq!(nearest_command(Path::new("report.txt")), None);
    }
}
