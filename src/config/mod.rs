//! The settings: the defaults in assets/config.toml, the user's config.toml over them, flags over both.
//!
//! Also finds the files beside config.toml: keys.toml, themes and lexicons, which the rooms that use them read by the same
//! [`settings_file`]. One of two places that read the environment for where files are; everything else is told.

mod dirs;
mod folder;
pub mod settings_file;

use std::path::Path;

use serde::Serialize;

pub use dirs::UserDirs;
pub use folder::read_file;
use settings_file::{LocatedText, SettingsReader, SettingsTable, SettingsValue};
pub use settings_file::{SettingsError, SettingsErrors, SettingsFile};

/// The settings; assets/config.toml explains each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Config {
    /// `auto`, or the name of a theme.
    pub theme: String,
    /// Whether the mouse is on.
    pub mouse: bool,
    /// Longest line of text, in columns.
    pub measure: u16,
    /// The list's part of the screen, in percent.
    pub split: u16,
    /// Order of the list.
    pub sort: SortKey,
    /// Whether that order is reversed.
    pub reverse_sort: bool,
    /// Form of a copied quotation.
    pub citation: CitationStyle,
    /// Names of the lexicons whose terms are marked.
    pub lexicons: Vec<String>,
    /// Whether weak terms are marked.
    pub weak_terms: bool,
    /// Largest file that is read, in MiB.
    pub largest_file: u16,
    /// Text that is kept in memory, in MiB; the rest stays in its files.
    pub memory: u16,
    /// Whether facts about large libraries are kept for the next start.
    pub cache: bool,
    /// Marks shown in the text at the start.
    pub layers: MarkLayers,
}

/// Orders of the list of reports.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SortKey {
    /// The newest first.
    #[default]
    Date,
    /// By who published them.
    Outlet,
    /// By their headlines.
    Headline,
    /// The longest first.
    Length,
}

impl SortKey {
    /// All orders with their names.
    pub const ALL: [(&str, SortKey); 4] = [
        ("date", SortKey::Date),
        ("outlet", SortKey::Outlet),
        ("headline", SortKey::Headline),
        ("length", SortKey::Length),
    ];

    /// Returns its name in config.toml and on the screen.
    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].0
    }

    /// Returns the order after this one.
    pub fn next(self) -> Self {
        Self::ALL[(self as usize + 1) % Self::ALL.len()].1
    }
}

/// Forms of a copied quotation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CitationStyle {
    /// A line of text.
    #[default]
    Plain,
    /// A block quotation with its source.
    Markdown,
    /// An entry for a bibliography.
    Bibtex,
}

impl CitationStyle {
    const ALL: [(&str, CitationStyle); 3] = [
        ("plain", CitationStyle::Plain),
        ("markdown", CitationStyle::Markdown),
        ("bibtex", CitationStyle::Bibtex),
    ];
}

/// Kinds of marks in the text, each shown or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct MarkLayers {
    /// Quotations.
    pub quotes: bool,
    /// Terms of the lexicons.
    pub terms: bool,
    /// Reported statements.
    pub statements: bool,
}

/// The settings, and the other files of the config folder, not yet read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoadedSettings {
    /// The settings.
    pub config: Config,
    /// The user's keys.toml.
    pub keys: Option<SettingsFile>,
    /// The user's themes.
    pub themes: Vec<SettingsFile>,
    /// The user's lexicons.
    pub lexicons: Vec<SettingsFile>,
    /// Mistakes in config.toml, and files that cannot be read.
    pub errors: Vec<SettingsError>,
}

/// Names that `theme` may always have.
const THEMES: [&str; 4] = ["auto", "dark", "light", "mono"];

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

/// Returns the files of [`DEFAULTS`] whose names begin with `start`: `themes/`, `keys.toml`.
pub fn default_files(start: &str) -> impl Iterator<Item = SettingsFile> {
    let files = DEFAULTS
        .iter()
        .filter(move |(name, _)| name.starts_with(start));
    files.map(|(name, text)| SettingsFile::new(&format!("default {name}"), text))
}

impl Config {
    /// Reads `user` over the defaults, as the tests of a single file need it.
    ///
    /// # Errors
    /// Returns all mistakes in it, in the order of the lines.
    #[cfg(test)]
    fn parse(user: &SettingsFile) -> Result<Self, SettingsErrors> {
        let reader = SettingsReader::parse(user);
        let config = Self::read(&reader);
        SettingsErrors::unless_any(reader.errors(), config)
    }

    /// Returns the settings of `user`; a wrong one, which is noted, is at its default.
    fn read(user: &SettingsReader<'_>) -> Self {
        let default = SettingsFile::new("default config.toml", DEFAULTS[0].1);
        let default = SettingsReader::parse(&default);
        let config = LayeredTable::new("setting", &[user.root(), default.root()]).config();
        debug_assert_eq!(default.errors(), [], "the default settings have mistakes");
        config
    }
}

impl Default for Config {
    /// Returns the settings of assets/config.toml.
    fn default() -> Self {
        Self::read(&SettingsReader::parse(&SettingsFile::new("no file", "")))
    }
}

/// The user's table over the default one, which has every name there is.
struct LayeredTable<'r>(Vec<SettingsTable<'r>>);

impl<'r> LayeredTable<'r> {
    fn new(kind: &str, tables: &[SettingsTable<'r>]) -> Self {
        if let [user, default] = tables {
            let known = default.entries();
            let known: Vec<&str> = known.iter().map(|(name, _)| name.text).collect();
            user.check_names(kind, &known);
        }
        Self(tables.to_vec())
    }

    /// Returns the first value of `key` that `read` can read.
    fn get<T: Default>(&self, key: &str, read: impl Fn(SettingsValue<'r>) -> Option<T>) -> T {
        let values = self.0.iter().filter_map(|table| table.get(key));
        values.filter_map(read).next().unwrap_or_default()
    }

    fn config(&self) -> Config {
        let string = |value: SettingsValue<'_>| Some(value.text()?.text.to_owned());
        let strings = |value: SettingsValue<'_>| {
            let texts = value.texts().into_iter();
            Some(texts.map(|text| text.text.to_owned()).collect())
        };
        let layers = self
            .0
            .iter()
            .filter_map(|table| table.get("layers")?.table());
        let layers = Self::new("setting of [layers]", &layers.collect::<Vec<_>>());
        Config {
            theme: self.get("theme", string),
            mouse: self.get("mouse", SettingsValue::flag),
            measure: self.get("measure", |value| value.number(20..=200)),
            split: self.get("split", |value| value.number(10..=90)),
            sort: self.get("sort", |value| value.choice("sort", &SortKey::ALL)),
            reverse_sort: self.get("reverse-sort", SettingsValue::flag),
            citation: self.get("citation", |value| {
                value.choice("citation", &CitationStyle::ALL)
            }),
            lexicons: self.get("lexicons", strings),
            weak_terms: self.get("weak-terms", SettingsValue::flag),
            largest_file: self.get("largest-file", |value| value.number(1..=4096)),
            memory: self.get("memory", |value| value.number(0..=32_767)),
            cache: self.get("cache", SettingsValue::flag),
            layers: MarkLayers {
                quotes: layers.get("quotes", SettingsValue::flag),
                terms: layers.get("terms", SettingsValue::flag),
                statements: layers.get("statements", SettingsValue::flag),
            },
        }
    }
}

/// Reads config.toml, and finds the other files of the config folder; what is not there is left at its default.
pub fn load(dirs: &UserDirs) -> LoadedSettings {
    let mut errors = Vec::new();
    let mut read = |name: &Path| {
        let file = read_file(&dirs.config.join(name), &name.to_string_lossy());
        file.unwrap_or_else(|error| {
            errors.push(error);
            None
        })
    };
    let written = read(Path::new("config.toml")).unwrap_or_else(|| SettingsFile::new("", ""));
    let keys = read(Path::new("keys.toml"));
    let mut read_all = |kind| {
        let paths = folder::toml_files(&dirs.config, kind);
        paths.iter().filter_map(|path| read(path)).collect()
    };
    let (themes, lexicons) = (read_all("themes"), read_all("lexicons"));
    let reader = SettingsReader::parse(&written);
    let mut loaded = LoadedSettings {
        config: Config::read(&reader),
        keys,
        themes,
        lexicons,
        errors,
    };
    note_unknown_files(reader.root(), &loaded);
    loaded.errors.extend(reader.errors());
    loaded
}

/// Notes the themes and lexicons that config.toml names and that are not there.
fn note_unknown_files(table: SettingsTable<'_>, loaded: &LoadedSettings) {
    let check = |kind, name: LocatedText<'_>, known: &[&'static str], own: &[SettingsFile]| {
        let own = own.iter().map(SettingsFile::stem);
        let names = known.iter().copied().chain(own);
        if !names.clone().any(|known| known == name.text) {
            name.note_unknown(kind, names);
        }
    };
    if let Some(name) = table.text("theme") {
        check("theme", name, &THEMES, &loaded.themes);
    }
    for name in table.texts("lexicons") {
        check("lexicon", name, &LEXICONS, &loaded.lexicons);
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use proptest::prelude::*;

    use super::*;

    fn errors(text: &str) -> Vec<String> {
        let errors = Config::parse(&SettingsFile::new("config.toml", text)).unwrap_err();
        errors.0.iter().map(SettingsError::to_string).collect()
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
    fn the_default_file_reads_by_the_same_parser_to_the_same_settings() {
        let written = default_files("config.toml").next().unwrap();
        assert_eq!(Config::parse(&written), Ok(Config::default()));
        assert_eq!(Config::default().measure, 76);
    }

    #[test]
    fn the_sort_keys_follow_each_other_round() {
        let keys = SortKey::ALL.map(|(_, key)| key);
        assert_eq!(
            keys.map(SortKey::next).map(SortKey::name),
            ["outlet", "headline", "length", "date"]
        );
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
                "config.toml:2: measure is 5; it may be from 20 to 200",
                "config.toml:3: mouse must be true or false, not a string",
                "config.toml:4: unknown sort \"dat\"; did you mean \"date\"?",
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
        let loaded = load(&dirs);
        assert_eq!(loaded.errors, []);
        assert_eq!(loaded.config.theme, "paper");
        assert_eq!(
            loaded.keys,
            Some(SettingsFile::new("keys.toml", "[list]\n"))
        );
        assert_eq!(loaded.themes[0].name, "themes/paper.toml");
        let lexicons: Vec<_> = loaded.lexicons.iter().map(SettingsFile::stem).collect();
        assert_eq!(lexicons, ["climate"]);
    }

    #[test]
    fn without_a_folder_everything_is_at_its_default() {
        let (dir, dirs) = folder(&[]);
        dir.close().unwrap();
        assert_eq!(load(&dirs), LoadedSettings::default());
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
            .errors
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
            .errors
            .iter()
            .map(SettingsError::to_string)
            .collect();
        assert_eq!(said[0], "config.toml: cannot be read: not a regular file");
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
