//! The reader's settings: the defaults in assets/config.toml, the reader's config.toml over them, flags over both.
//!
//! Also finds what lies beside config.toml: keys.toml, themes and lexicons of the reader's own, which others parse. One of two
//! places that read the environment for where things are; everything else is told.

mod dirs;
pub mod error;
mod folder;
mod merge;

use std::ops::RangeInclusive;
use std::path::Path;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

pub use dirs::UserDirs;
pub use error::{SettingsError, SettingsFile};
use folder::Folder;
pub use folder::read_file;

use crate::compiled;

/// What can be set; assets/config.toml says what each means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// `auto`, or the name of a theme.
    pub theme: String,
    /// Whether the mouse is listened to.
    pub mouse: bool,
    /// The longest line of text, in columns.
    #[serde(deserialize_with = "measure")]
    pub measure: u16,
    /// The list's part of the screen, in percent.
    #[serde(deserialize_with = "split")]
    pub split: u16,
    /// What the list is sorted by.
    pub sort: SortKey,
    /// Whether the other way round.
    pub reverse_sort: bool,
    /// How a quotation is copied.
    pub citation: CitationStyle,
    /// Names of the lexicons whose terms are marked.
    pub lexicons: Vec<String>,
    /// Whether weak terms are marked.
    pub weak_terms: bool,
    /// The largest file that is read, in MiB.
    #[serde(deserialize_with = "largest_file")]
    pub largest_file: u16,
    /// Text that is kept in memory, in MiB; what is beyond stays in its files.
    #[serde(deserialize_with = "memory")]
    pub memory: u16,
    /// Whether what was found out about large libraries is kept for the next time.
    pub cache: bool,
    /// What is marked in the text at the start.
    pub layers: MarkLayers,
}

/// What the list of reports is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SortKey {
    /// When they were published.
    #[default]
    Date,
    /// Who published them.
    Outlet,
    /// Their headlines.
    Headline,
    /// How many words they have.
    Length,
}

impl SortKey {
    /// Returns what it is called, in config.toml and on the screen.
    pub fn name(self) -> &'static str {
        match self {
            SortKey::Date => "date",
            SortKey::Outlet => "outlet",
            SortKey::Headline => "headline",
            SortKey::Length => "length",
        }
    }

    /// Returns the order after this one.
    pub fn next(self) -> Self {
        match self {
            SortKey::Date => SortKey::Outlet,
            SortKey::Outlet => SortKey::Headline,
            SortKey::Headline => SortKey::Length,
            SortKey::Length => SortKey::Date,
        }
    }
}

/// How a quotation is written when it is copied.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitationStyle {
    /// A line of text.
    Plain,
    /// A block quotation with its source.
    Markdown,
    /// An entry for a bibliography.
    Bibtex,
}

/// What is marked in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct MarkLayers {
    /// Quotations.
    pub quotes: bool,
    /// Terms of the lexicons.
    pub terms: bool,
    /// What somebody is reported to have said.
    pub statements: bool,
}

/// The settings, and the other files of the config folder as they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadedSettings {
    /// The settings.
    pub config: Config,
    /// The reader's keys.toml.
    pub keys: Option<SettingsFile>,
    /// The reader's themes, by name.
    pub themes: Vec<(String, SettingsFile)>,
    /// The reader's lexicons, by name.
    pub lexicons: Vec<(String, SettingsFile)>,
}

/// Names that `theme` may always have.
pub const THEMES: [&str; 4] = ["auto", "dark", "light", "mono"];

/// Names that `lexicons` may always hold.
pub const LEXICONS: [&str; 1] = ["tariff"];

/// The files that a config folder can hold, with the defaults that hold without them.
pub const DEFAULTS: [(&str, &str); 6] = [
    ("config.toml", include_str!("../../assets/config.toml")),
    ("keys.toml", include_str!("../../assets/keys.toml")),
    (
        "themes/dark.toml",
        include_str!("../../assets/themes/dark.toml"),
    ),
    (
        "themes/light.toml",
        include_str!("../../assets/themes/light.toml"),
    ),
    (
        "themes/mono.toml",
        include_str!("../../assets/themes/mono.toml"),
    ),
    (
        "lexicons/tariff.toml",
        include_str!("../../assets/lexicons/tariff.toml"),
    ),
];

/// Returns the default settings as a file.
pub fn default_config() -> SettingsFile {
    SettingsFile::new(
        "default config.toml",
        include_str!("../../assets/config.toml"),
    )
}

/// Returns the default key file.
pub fn default_keys() -> SettingsFile {
    SettingsFile::new("default keys.toml", include_str!("../../assets/keys.toml"))
}

impl Config {
    /// Reads `user` over the defaults.
    ///
    /// # Errors
    /// Returns all that is wrong in it, in the order of the lines.
    pub fn parse(user: &SettingsFile) -> Result<Self, Vec<SettingsError>> {
        merge::read(&default_config(), user)
    }
}

impl Default for Config {
    fn default() -> Self {
        compiled::read(include_bytes!("../../assets/compiled/config.bin"))
    }
}

/// Reads what the config folder holds; what is not there is left at its default.
///
/// # Errors
/// Returns all that is wrong in config.toml, and the files that cannot be read.
pub fn load(dirs: &UserDirs) -> Result<LoadedSettings, Vec<SettingsError>> {
    let mut folder = Folder::new(&dirs.config);
    let written = folder.file(Path::new("config.toml"));
    let mut loaded = LoadedSettings {
        config: Config::default(),
        keys: folder.file(Path::new("keys.toml")),
        themes: folder.named("themes"),
        lexicons: folder.named("lexicons"),
    };
    let mut errors = folder.errors;
    if let Some(written) = &written {
        match Config::parse(written) {
            Ok(config) => loaded.config = config,
            Err(mut wrong) => errors.append(&mut wrong),
        }
        errors.append(&mut unknown_names(written, &loaded));
    }
    match errors.is_empty() {
        true => Ok(loaded),
        false => Err(errors),
    }
}

/// Says which themes and lexicons `written` names that are not there.
fn unknown_names(written: &SettingsFile, loaded: &LoadedSettings) -> Vec<SettingsError> {
    let (document, _) = DeTable::parse_recoverable(&written.text);
    let check = |kind: &str,
                 given: &Spanned<DeValue<'_>>,
                 known: &[&str],
                 own: &[(String, SettingsFile)]| {
        let name = given.get_ref().as_str()?;
        let own = own.iter().map(|(name, _)| name.as_str());
        let names: Vec<&str> = known.iter().copied().chain(own).collect();
        let what = error::unknown(kind, name, error::nearest(name, names.iter().copied()));
        (!names.contains(&name)).then(|| written.error(&given.span(), what))
    };
    let theme = document.get_ref().get("theme");
    let theme = theme.and_then(|name| check("theme", name, &THEMES, &loaded.themes));
    let lexicons = document.get_ref().get("lexicons");
    let lexicons = lexicons.and_then(|names| names.get_ref().as_array());
    let lexicons = lexicons
        .into_iter()
        .flat_map(|names| names.iter())
        .filter_map(|name| check("lexicon", name, &LEXICONS, &loaded.lexicons));
    theme.into_iter().chain(lexicons).collect()
}

fn measure<'de, D: Deserializer<'de>>(number: D) -> Result<u16, D::Error> {
    within(number, 20..=200)
}

fn split<'de, D: Deserializer<'de>>(number: D) -> Result<u16, D::Error> {
    within(number, 10..=90)
}

fn largest_file<'de, D: Deserializer<'de>>(number: D) -> Result<u16, D::Error> {
    within(number, 1..=4096)
}

fn memory<'de, D: Deserializer<'de>>(number: D) -> Result<u16, D::Error> {
    within(number, 0..=32_767)
}

fn within<'de, D>(number: D, range: RangeInclusive<u16>) -> Result<u16, D::Error>
where
    D: Deserializer<'de>,
{
    if !number.is_human_readable() {
        // Kept as it was checked.
        return u16::deserialize(number);
    }
    let number = i64::deserialize(number).ok();
    let fits = number
        .and_then(|number| u16::try_from(number).ok())
        .filter(|number| range.contains(number));
    let (from, to) = (range.start(), range.end());
    fits.ok_or_else(|| {
        D::Error::custom(match number {
            Some(number) => format!("{number} is not from {from} to {to}"),
            None => format!("write a whole number from {from} to {to}"),
        })
    })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    fn errors(text: &str) -> Vec<String> {
        let errors = Config::parse(&SettingsFile::new("config.toml", text)).unwrap_err();
        errors.iter().map(SettingsError::to_string).collect()
    }

    /// A config folder with these files.
    fn folder(files: &[(&str, &str)]) -> (tempfile::TempDir, UserDirs) {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let dirs = UserDirs {
            config: dir.path().to_owned(),
            state: dir.path().join("state"),
            cache: dir.path().join("cache"),
        };
        (dir, dirs)
    }

    #[test]
    fn the_defaults_are_compiled_as_they_are_written() {
        compiled::check("config.bin", &Config::parse(&default_config()).unwrap());
    }

    #[test]
    fn the_default_file_reads_by_the_same_parser_to_the_same_settings() {
        assert_eq!(Config::parse(&default_config()), Ok(Config::default()));
        assert_eq!(Config::default().measure, 76);
    }

    #[test]
    fn what_the_reader_leaves_out_stays_as_it_is() {
        let config = Config::parse(&SettingsFile::new(
            "config.toml",
            "measure = 60\nsort = 'outlet'\n[layers]\nterms = false\n",
        ));
        let expected = Config {
            measure: 60,
            sort: SortKey::Outlet,
            layers: MarkLayers {
                terms: false,
                ..Config::default().layers
            },
            ..Config::default()
        };
        assert_eq!(config, Ok(expected));
    }

    #[test]
    fn everything_wrong_is_said_at_once() {
        assert_eq!(
            errors("mesure = 60\nmeasure = 5\nmouse = 'on'\nsort = 'dat'\nlayers = 3\nzzz = 1\n"),
            [
                "config.toml:1: unknown setting \"mesure\"; did you mean \"measure\"?",
                "config.toml:2: measure: 5 is not from 20 to 200",
                "config.toml:3: mouse: invalid type: string \"on\", expected a boolean",
                "config.toml:4: sort: unknown variant `dat`, expected one of `date`, `outlet`, `headline`, `length`",
                "config.toml:5: \"layers\" is a table; write [layers]",
                "config.toml:6: unknown setting \"zzz\"",
            ]
        );
        assert_eq!(
            errors("[layers]\nquote = true\n"),
            ["config.toml:2: unknown setting of [layers] \"quote\"; did you mean \"quotes\"?"]
        );
    }

    #[test]
    fn a_broken_file_says_where() {
        let said = errors("theme = 'dark'\nmouse = \n[layers\n");
        assert!(
            said.iter()
                .any(|error| error.starts_with("config.toml:2: ")),
            "{said:?}"
        );
        assert!(
            said.iter()
                .any(|error| error.starts_with("config.toml:3: ")),
            "{said:?}"
        );
    }

    #[test]
    fn a_value_cannot_reach_the_terminal_raw() {
        let said = errors("sort = \"\\u001b[31m\\u202e\"\n").concat();
        assert!(said.chars().all(|c| (' '..='~').contains(&c)), "{said:?}");
    }

    #[test]
    fn the_files_of_the_folder_are_found_by_name() {
        let (_dir, dirs) = folder(&[
            (
                "config.toml",
                "theme = 'paper'\nlexicons = ['tariff', 'climate']\n",
            ),
            ("keys.toml", "[list]\n"),
            ("themes/paper.toml", "extends = 'light'\n"),
            ("lexicons/climate.toml", ""),
            ("lexicons/notes.txt", ""),
        ]);
        let loaded = load(&dirs).unwrap();
        assert_eq!(loaded.config.theme, "paper");
        assert_eq!(
            loaded.keys,
            Some(SettingsFile::new("keys.toml", "[list]\n"))
        );
        assert_eq!(loaded.themes[0].1.name, "themes/paper.toml");
        let lexicons: Vec<_> = loaded
            .lexicons
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        assert_eq!(lexicons, ["climate"]);
    }

    #[test]
    fn without_a_folder_everything_is_at_its_default() {
        let (dir, dirs) = folder(&[]);
        dir.close().unwrap();
        assert_eq!(load(&dirs), Ok(LoadedSettings::default()));
    }

    #[test]
    fn a_theme_or_lexicon_that_is_not_there_is_an_error() {
        let (_dir, dirs) = folder(&[
            (
                "config.toml",
                "theme = 'papr'\nlexicons = ['tarif',\n 'climate']\n",
            ),
            ("themes/paper.toml", ""),
        ]);
        let said: Vec<_> = load(&dirs)
            .unwrap_err()
            .iter()
            .map(SettingsError::to_string)
            .collect();
        assert_eq!(
            said,
            [
                "config.toml:1: unknown theme \"papr\"; did you mean \"paper\"?",
                "config.toml:2: unknown lexicon \"tarif\"; did you mean \"tariff\"?",
                "config.toml:3: unknown lexicon \"climate\"",
            ]
        );
    }

    #[test]
    fn a_file_that_cannot_be_read_is_an_error_and_not_the_default() {
        let (dir, dirs) = folder(&[("config.toml/x", "")]);
        fs::write(dir.path().join("keys.toml"), b"[list]\n\xff").unwrap();
        let said: Vec<_> = load(&dirs)
            .unwrap_err()
            .iter()
            .map(SettingsError::to_string)
            .collect();
        assert_eq!(
            said[0],
            "config.toml: cannot be read: it is no regular file"
        );
        assert!(
            said[1].starts_with("keys.toml: cannot be read: "),
            "{said:?}"
        );
    }

    proptest! {
        #[test]
        fn every_setting_reads_back_as_it_is_written(
            (measure, split, largest_file, memory) in (20u16..=200, 10u16..=90, 1u16..=4096, 0u16..=32_767),
            (mouse, reverse_sort, quotes, terms) in any::<(bool, bool, bool, bool)>(),
            theme in ".*",
            lexicons in prop::collection::vec("[a-z]*", 0..3),
            sort in prop::sample::select(vec![SortKey::Date, SortKey::Outlet, SortKey::Headline, SortKey::Length]),
            citation in prop::sample::select(vec![CitationStyle::Plain, CitationStyle::Markdown, CitationStyle::Bibtex]),
        ) {
            let config = Config {
                theme, mouse, measure, split, sort, reverse_sort, citation, lexicons, largest_file, memory,
                cache: terms,
                weak_terms: !mouse,
                layers: MarkLayers { quotes, terms, statements: !quotes },
            };
            let written = toml::to_string(&config).unwrap();
            prop_assert_eq!(Config::parse(&SettingsFile::new("config.toml", &written)), Ok(config));
        }
    }
}
