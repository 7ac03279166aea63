//! Parses the command line into a [`Command`]; no side effects.
//!
//! There are two steps: `TypedLine` is the table that clap parses and that `--help`, the completions and the manual page are
//! made from; [`Command`] is its meaning, with every default that needs neither configuration nor terminal.
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Open the interface; print the reports where there is no terminal.
    Read(Vec<PathBuf>),
    /// Print one line for each report.
    List {
        /// Words that a report must match.
        filter: Option<String>,
        /// The reports, and the output format.
        print: PrintRequest,
    },
    /// Print the reports themselves.
    Show(PrintRequest),
    /// Print quotations.
    Quotes {
        /// Words that a quotation must match.
        filter: Option<String>,
        /// The reports, and the output format.
        print: PrintRequest,
    },
    /// Print the terms by category.
    Terms(PrintRequest),
    /// Print two reports side by side.
    Compare {
        /// Numbers in the list, from 1, of the two reports; without it there must be two.
        pick: Option<Sides<usize>>,
        /// Whether the exit code is 1 when the reports differ.
        exit_code: bool,
        /// The reports, and the output format.
        print: PrintRequest,
    },
    /// Try a lexicon on reports.
    LexiconCheck {
        /// The lexicon.
        lexicon: PathBuf,
        /// The reports.
        paths: Vec<PathBuf>,
    },
    /// Print the settings in effect, or the defaults.
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

/// Reports to print, and the output format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintRequest {
    /// Files and folders; none means the two bundled reports.
    pub paths: Vec<PathBuf>,
    /// The output format.
    pub format: OutputFormat,
}

/// Flags that override the configuration.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CommandFlags {
    /// Name of a theme.
    pub theme: Option<String>,
    /// Whether the mouse is enabled in the interface.
    pub mouse: Option<bool>,
    /// Line width in columns.
    pub measure: Option<u16>,
    /// Lexicons in addition to the configured ones.
    pub lexicons: Vec<PathBuf>,
    /// When printed text is coloured.
    pub color: ColorChoice,
    /// Whether the user's configuration is ignored.
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
    TypedLine::try_parse_from(typed).map(Invocation::from)
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
    verb: Option<TypedCommand>,

    #[command(flatten)]
    paths: PathArgs,

    /// Color theme: dark, light, mono, or one of your own
    #[arg(long, value_name = "NAME")]
    theme: Option<String>,

    /// Enable the mouse
    #[arg(long, value_name = "on|off", num_args = 0..=1, require_equals = true, default_missing_value = "on",
          hide_possible_values = true, value_parser = PossibleValuesParser::new(["on", "off"]).map(|word| word == "on"))]
    mouse: Option<bool>,

    #[command(flatten)]
    measure: MeasureArgs,

    /// Also mark terms from this lexicon (repeatable)
    #[arg(long = "lexicon", value_name = "FILE", global = true)]
    lexicons: Vec<PathBuf>,

    /// Color printed text: auto (on a terminal, unless NO_COLOR is set), always, never
    #[arg(
        long,
        value_name = "WHEN",
        global = true,
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    color: ColorChoice,

    /// Ignore your configuration
    #[arg(long, global = true)]
    no_config: bool,
}

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

#[derive(Debug, Subcommand)]
enum TypedCommand {
    /// List the reports: date, outlet, length, number of quotations, headline
    List {
        /// List only reports that match all of these words, best match first
        #[arg(long, value_name = "WORDS")]
        filter: Option<String>,
        #[command(flatten)]
        print: TextOrJsonArgs,
    },
    /// Print the reports and the facts known about them
    Show {
        #[command(flatten)]
        measure: MeasureArgs,
        #[command(flatten)]
        print: TextOrJsonArgs,
    },
    /// Print every quotation with its speaker, reporting verb and place
    Quotes {
        /// Print only quotations that match all of these words: in the quotation, speaker or report
        #[arg(long, value_name = "WORDS")]
        filter: Option<String>,
        #[command(flatten)]
        paths: PathArgs,
        /// Output format
        #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = one_of(&report::QUOTES))]
        format: OutputFormat,
    },
    /// Print the terms found, by category
    Terms(TextOrJsonArgs),
    /// Compare two reports: what they share, what only one has, and which words differ
    Compare {
        #[command(flatten)]
        paths: PathArgs,
        /// Compare two of many reports, by their numbers in `crossread list`
        #[arg(long, value_name = "A,B", value_parser = two_numbers)]
        pick: Option<Sides<usize>>,
        /// Exit with code 1 if the reports differ
        #[arg(long)]
        exit_code: bool,
        /// Output format
        #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = one_of(&report::COMPARE))]
        format: OutputFormat,
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

#[derive(Debug, Subcommand)]
enum LexiconCommand {
    /// Check a lexicon against reports: counts, forms never found, every hit in context
    Check {
        /// Lexicon to check, a TOML file
        #[arg(value_name = "FILE")]
        lexicon: PathBuf,
        #[command(flatten)]
        paths: PathArgs,
    },
}

#[derive(Debug, Args)]
struct PathArgs {
    /// Files and folders of reports; - for stdin [default: the two bundled reports]
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

#[derive(Debug, Args)]
struct TextOrJsonArgs {
    #[command(flatten)]
    paths: PathArgs,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = one_of(&report::PLAIN))]
    format: OutputFormat,
}

#[derive(Debug, Args)]
struct MeasureArgs {
    /// Line width in columns, from 20 to 200 [default: 76]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(20..=200))]
    measure: Option<u16>,
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

impl From<TypedLine> for Invocation {
    fn from(typed: TypedLine) -> Self {
        let mut flags = CommandFlags {
            theme: typed.theme,
            mouse: typed.mouse,
            measure: typed.measure.measure,
            lexicons: typed.lexicons,
            color: typed.color,
            no_config: typed.no_config,
        };
        let command = match typed.verb {
            None => Command::Read(typed.paths.paths),
            Some(verb) => verb.into_command(&mut flags),
        };
        Self { command, flags }
    }
}

impl TypedCommand {
    /// Returns the command; flags that stand after a verb go into `flags`.
    fn into_command(self, flags: &mut CommandFlags) -> Command {
        match self {
            TypedCommand::List { filter, print } => Command::List {
                filter,
                print: print.into(),
            },
            TypedCommand::Show { measure, print } => {
                // `--measure` may be typed on both sides of `show`; the one after it is meant.
                flags.measure = measure.measure.or(flags.measure);
                Command::Show(print.into())
            }
            TypedCommand::Quotes {
                filter,
                paths,
                format,
            } => Command::Quotes {
                filter,
                print: paths.print_as(format),
            },
            TypedCommand::Terms(print) => Command::Terms(print.into()),
            TypedCommand::Compare {
                paths,
                pick,
                exit_code,
                format,
            } => Command::Compare {
                pick,
                exit_code,
                print: paths.print_as(format),
            },
            TypedCommand::Lexicon(LexiconCommand::Check { lexicon, paths }) => {
                Command::LexiconCheck {
                    lexicon,
                    paths: paths.paths,
                }
            }
            TypedCommand::Config { default } => Command::Config { default },
            TypedCommand::Completions { shell } => Command::Completions(shell),
            TypedCommand::Man => Command::Man,
        }
    }
}

impl PathArgs {
    fn print_as(self, format: OutputFormat) -> PrintRequest {
        PrintRequest {
            paths: self.paths,
            format,
        }
    }
}

impl From<TextOrJsonArgs> for PrintRequest {
    fn from(typed: TextOrJsonArgs) -> Self {
        typed.paths.print_as(typed.format)
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
        assert_eq!(
            CommandFlags::default().over(Config::default()),
            Config::default()
        );
    }

    #[test]
    fn a_measure_that_nobody_could_read_is_refused() {
        assert!(try_read("crossread --measure 5").is_err());
        assert!(try_read("crossread --measure many").is_err());
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
