//! What was typed becomes a [`Command`]; no side effects.
//!
//! Two steps: `Typed` is what clap understands and what `--help`, the completions and the manual page are made from;
//! [`Command`] is what is meant, with every default filled in that needs neither configuration nor terminal.
//! Nothing here opens a file: that a path is missing is found out later, and [`meant`] only tells what it may have been.

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

/// What stands for all the files of the configuration.
pub const EVERY_FILE: &str = "all";

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open the interface; print the reports where there is no terminal.
    Read(Vec<PathBuf>),
    /// Print one line for each report.
    List {
        /// Words that a report must match.
        filter: Option<String>,
        /// Which reports, and how they are written.
        print: Print,
    },
    /// Print the reports themselves.
    Show(Print),
    /// Print quotations.
    Quotes {
        /// Words that a quotation must match.
        filter: Option<String>,
        /// Which reports, and how they are written.
        print: Print,
    },
    /// Print the terms by category.
    Terms(Print),
    /// Print two reports side by side.
    Compare {
        /// Which two of the reports, by their numbers in the list, from 1; without it there must be two.
        pick: Option<Sides<usize>>,
        /// Whether a difference is told by the exit code.
        exit_code: bool,
        /// Which reports, and how they are written.
        print: Print,
    },
    /// Try a lexicon on reports.
    LexiconCheck {
        /// The lexicon.
        lexicon: PathBuf,
        /// The reports.
        paths: Vec<PathBuf>,
    },
    /// Print where the configuration is, or the defaults.
    Config {
        /// The file whose embedded default is printed, or [`EVERY_FILE`].
        default: Option<String>,
    },
    /// Print a completion script.
    Completions(clap_complete::Shell),
    /// Print the manual page.
    Man,
}

impl Command {
    /// Returns the files and folders that it reads.
    pub fn paths(&self) -> &[PathBuf] {
        match self {
            Command::Read(paths) | Command::LexiconCheck { paths, .. } => paths,
            Command::List { print, .. }
            | Command::Show(print)
            | Command::Quotes { print, .. }
            | Command::Terms(print)
            | Command::Compare { print, .. } => &print.paths,
            Command::Config { .. } | Command::Completions(_) | Command::Man => &[],
        }
    }
}

/// Which reports to print, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Print {
    /// Files and folders; none means the two bundled reports.
    pub paths: Vec<PathBuf>,
    /// How they are written.
    pub format: OutputFormat,
}

/// What was said about how things look and which lexicons count; each goes before the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// Name of a theme.
    pub theme: Option<String>,
    /// Whether the interface takes the mouse.
    pub mouse: Option<bool>,
    /// Columns of a line of text.
    pub measure: Option<u16>,
    /// Lexicons beside the configured ones.
    pub lexicons: Vec<PathBuf>,
    /// When printed text is coloured.
    pub color: When,
    /// Whether the user's configuration is left unread.
    pub no_config: bool,
}

impl Flags {
    /// Returns `config` with what was said here instead.
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
    /// What is to be done.
    pub command: Command,
    /// How.
    pub flags: Flags,
}

/// When printed text is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Reads what was typed; the error is a message for the user, or the help that was asked for.
pub fn parse(typed: impl IntoIterator<Item = OsString>) -> Result<Invocation, clap::Error> {
    Typed::try_parse_from(typed).map(Invocation::from)
}

/// Returns the table that parsing, help, completions and the manual page share.
pub fn table() -> clap::Command {
    Typed::command()
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

/// Returns the command that a path may have been meant to be: `lsit` is `list`.
pub fn meant(path: &Path) -> Option<String> {
    let word = path.to_str()?;
    let table = table();
    let names = table.get_subcommands().map(clap::Command::get_name);
    config::settings_file::nearest_name(word, names).map(str::to_owned)
}

/// Read several news reports of one event, and see how they differ
#[derive(Debug, Parser)]
#[command(name = NAME, version, after_help = AFTER_HELP, max_term_width = 100)]
struct Typed {
    #[command(subcommand)]
    verb: Option<Verb>,

    #[command(flatten)]
    paths: Paths,

    #[command(flatten)]
    looks: Looks,

    #[command(flatten)]
    measure: Measure,

    #[command(flatten)]
    everywhere: Everywhere,
}

const AFTER_HELP: &str = "\
Without a command, the reports open in the interface; where stdout is no terminal
they are printed, as by `crossread show`. A file or folder that is named like a
command is opened by a longer path: `crossread ./list`.

Exit codes:
  0  success
  1  the reports differ (with compare --exit-code only)
  2  an error, also when one of many files failed and the others were printed

Examples:
  crossread                                   read the two bundled reports
  crossread reports/                          read a folder
  crossread compare a.txt b.txt               how two reports differ, as text
  crossread compare a.txt b.txt --format html > comparison.html
  crossread quotes reports/ --format csv      every quotation with its speaker";

#[derive(Debug, Subcommand)]
enum Verb {
    /// List the reports: headline, outlet, date, length, quotations
    List {
        /// Show only the reports that match all of these words, the best first
        #[arg(long, value_name = "WORDS")]
        filter: Option<String>,
        #[command(flatten)]
        print: TextOrJson,
    },
    /// Print the reports, with what is known of them
    Show {
        #[command(flatten)]
        measure: Measure,
        #[command(flatten)]
        print: TextOrJson,
    },
    /// Print every quotation: who said it, how it is introduced, and where
    Quotes {
        /// Print only those that match all of these words, in what was said, by whom, or where
        #[arg(long, value_name = "WORDS")]
        filter: Option<String>,
        #[command(flatten)]
        paths: Paths,
        /// How the result is written
        #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = one_of(&report::QUOTES))]
        format: OutputFormat,
    },
    /// Print the terms of the lexicon that were found, by category
    Terms {
        #[command(flatten)]
        print: TextOrJson,
    },
    /// Print how two reports differ: what they share, what only one has, and in which words
    Compare {
        #[command(flatten)]
        paths: Paths,
        /// Compare these two of many reports, by their numbers in `crossread list`
        #[arg(long, value_name = "A,B", value_parser = two_numbers)]
        pick: Option<Sides<usize>>,
        /// Exit with 1 when the reports differ
        #[arg(long)]
        exit_code: bool,
        /// How the result is written
        #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = one_of(&report::COMPARE))]
        format: OutputFormat,
    },
    /// Work on lexicons of terms
    #[command(subcommand)]
    Lexicon(LexiconVerb),
    /// Print where the configuration is read from and what holds, or the defaults
    Config {
        /// Print the default of this file, ready to be edited, or of all files
        #[arg(long, value_name = "FILE", num_args = 0..=1, require_equals = true, default_missing_value = EVERY_FILE,
              value_parser = config_files())]
        default: Option<String>,
    },
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page; `crossread man | man -l -` shows it
    Man,
}

#[derive(Debug, Subcommand)]
enum LexiconVerb {
    /// Try a lexicon on reports: forms never seen, counts, and every hit in its context
    Check {
        /// The lexicon, a TOML file
        #[arg(value_name = "FILE")]
        lexicon: PathBuf,
        #[command(flatten)]
        paths: Paths,
    },
}

#[derive(Debug, Args)]
struct Paths {
    /// Files and folders of reports, - for stdin; without any, the two bundled reports
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct TextOrJson {
    #[command(flatten)]
    paths: Paths,
    /// How the result is written
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = one_of(&report::PLAIN))]
    format: OutputFormat,
}

#[derive(Debug, Args)]
struct Looks {
    /// Theme of the interface: dark, light, mono, or one of your own
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,
    /// Let the interface take the mouse
    #[arg(long, value_name = "on|off", num_args = 0..=1, require_equals = true, default_missing_value = "on",
          hide_possible_values = true, value_parser = PossibleValuesParser::new(["on", "off"]).map(|word| word == "on"))]
    mouse: Option<bool>,
}

#[derive(Debug, Args)]
struct Measure {
    /// Columns of a line of text, from 20 to 200 [default: 76]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=200))]
    measure: Option<u16>,
}

#[derive(Debug, Args)]
struct Everywhere {
    /// Find the terms of this lexicon too; may be given several times
    #[arg(long = "lexicon", value_name = "FILE", global = true)]
    lexicons: Vec<PathBuf>,
    /// When printed text is coloured: auto (on a terminal without NO_COLOR), always, never
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    color: When,
    /// Leave your configuration unread: the defaults only
    #[arg(long, global = true)]
    no_config: bool,
}

/// Parses two numbers of reports, `3,5`.
fn two_numbers(typed: &str) -> Result<Sides<usize>, String> {
    let number = |word: &str| word.trim().parse().ok().filter(|number| *number > 0);
    typed
        .split_once(',')
        .and_then(|(left, right)| Some(Sides::new(number(left)?, number(right)?)))
        .ok_or_else(|| "two numbers with a comma between, counted from 1".to_owned())
}

/// Parses the name of a file that has a default.
fn config_files() -> PossibleValuesParser {
    let names = config::DEFAULTS.iter().map(|(name, _)| *name);
    PossibleValuesParser::new(names.chain([EVERY_FILE]))
}

/// Parses one of the formats that a command can write.
fn one_of(formats: &'static [OutputFormat]) -> impl TypedValueParser<Value = OutputFormat> {
    PossibleValuesParser::new(formats.iter().map(|format| format.name()))
        .map(|name| OutputFormat::named(&name).unwrap_or_default())
}

impl From<Typed> for Invocation {
    fn from(typed: Typed) -> Self {
        let mut flags = Flags {
            theme: typed.looks.theme,
            mouse: typed.looks.mouse,
            measure: typed.measure.measure,
            lexicons: typed.everywhere.lexicons,
            color: typed.everywhere.color,
            no_config: typed.everywhere.no_config,
        };
        let command = match typed.verb {
            None => Command::Read(typed.paths.paths),
            Some(verb) => verb.meant(&mut flags),
        };
        Self { command, flags }
    }
}

impl Verb {
    /// Returns the command; what a verb says of the looks goes into `flags`.
    fn meant(self, flags: &mut Flags) -> Command {
        match self {
            Verb::List { filter, print } => Command::List {
                filter,
                print: print.into(),
            },
            Verb::Show { measure, print } => {
                flags.measure = measure.measure.or(flags.measure);
                Command::Show(print.into())
            }
            Verb::Quotes {
                filter,
                paths,
                format,
            } => Command::Quotes {
                filter,
                print: paths.written(format),
            },
            Verb::Terms { print } => Command::Terms(print.into()),
            Verb::Compare {
                paths,
                pick,
                exit_code,
                format,
            } => Command::Compare {
                pick,
                exit_code,
                print: paths.written(format),
            },
            Verb::Lexicon(LexiconVerb::Check { lexicon, paths }) => Command::LexiconCheck {
                lexicon,
                paths: paths.paths,
            },
            Verb::Config { default } => Command::Config { default },
            Verb::Completions { shell } => Command::Completions(shell),
            Verb::Man => Command::Man,
        }
    }
}

impl Paths {
    fn written(self, format: OutputFormat) -> Print {
        Print {
            paths: self.paths,
            format,
        }
    }
}

impl From<TextOrJson> for Print {
    fn from(typed: TextOrJson) -> Self {
        typed.paths.written(typed.format)
    }
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

    fn print(paths: &[&str], format: OutputFormat) -> Print {
        let paths = paths.iter().map(PathBuf::from).collect();
        Print { paths, format }
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
            assert!(try_read(&format!("crossread compare --pick {wrong}")).is_err());
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
        assert_eq!(Flags::default().over(Config::default()), Config::default());
    }

    #[test]
    fn a_measure_that_nobody_could_read_is_refused() {
        assert!(try_read("crossread --measure 5").is_err());
        assert!(try_read("crossread --measure many").is_err());
    }

    #[test]
    fn a_slip_of_the_hand_is_understood() {
        assert_eq!(meant(Path::new("lsit")).as_deref(), Some("list"));
        assert_eq!(meant(Path::new("comapre")).as_deref(), Some("compare"));
        assert_eq!(meant(Path::new("report.txt")), None);
    }
}
