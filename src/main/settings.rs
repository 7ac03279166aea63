//! The user's settings: config.toml, keys, themes and lexicons, with the mistakes of all files reported at once.

use std::path::Path;

use anyhow::bail;
use crossread::annotate::Annotator;
use crossread::annotate::term::Lexicon;
use crossread::cli::CommandFlags;
use crossread::config::{
    self, Config, LEXICONS, LoadedSettings, SettingsError, SettingsErrors, SettingsFile, UserDirs,
};
use crossread::text::CleanText;
use crossread::text::count::counted;
use crossread::tui::keymap::Keymap;
use crossread::tui::theme::{ColorDepth, Themes};

/// Mistakes of a file that are said at once: one that is no TOML has one in every line.
const MOST_MISTAKES: usize = 20;

/// The settings of the interface.
pub(crate) struct UserSettings {
    pub(crate) config: Config,
    pub(crate) annotator: Annotator,
    pub(crate) keymap: Keymap,
    pub(crate) themes: Themes,
}

/// Reads every file of the config folder, or the defaults with `--no-config`.
///
/// # Errors
/// Returns all mistakes in all files, a line each.
pub(crate) fn read_all(flags: &CommandFlags) -> anyhow::Result<UserSettings> {
    let loaded = load(flags);
    let config = flags.over(loaded.config.clone());
    let themes = Themes::new(&loaded.themes);
    let mut errors = loaded.errors.clone();
    let keymap = loaded.keys.as_ref().map(Keymap::parse);
    let keymap = value_or_default(keymap.unwrap_or_else(|| Ok(Keymap::default())), &mut errors);
    if !loaded.themes.is_empty() {
        errors.extend(themes.errors());
    }
    if !loaded.lexicons.is_empty() {
        errors.extend(Lexicon::errors(&loaded.lexicons));
    }
    let of_settings = errors.len();
    let annotator = value_or_default(annotator(flags, &config, &loaded), &mut errors);
    fail_on(errors, of_settings)?;
    Ok(UserSettings {
        config,
        annotator,
        keymap,
        themes,
    })
}

/// Reads the settings of a command that prints; its `lexicon`, if it has one, takes the place of those in the settings.
///
/// # Errors
/// Returns all mistakes in config.toml and the lexicons in use, a line each.
pub(crate) fn read_for_printing(
    flags: &CommandFlags,
    lexicon: Option<&Path>,
) -> anyhow::Result<(Config, Annotator)> {
    let loaded = load(flags);
    let config = flags.over(loaded.config.clone());
    let annotator = match lexicon {
        Some(path) => lexicon_file(path)
            .and_then(|file| Lexicon::parse_all(&[file], &loaded.lexicons))
            .map(Annotator::new),
        None => annotator(flags, &config, &loaded),
    };
    let mut errors = loaded.errors;
    let of_settings = errors.len();
    // Nothing is drawn here, but a name that is misspelt on the command line is a mistake all the same.
    if let Some(name) = flags.theme.as_deref().filter(|name| *name != "auto") {
        let theme = Themes::new(&loaded.themes).theme(name, ColorDepth::True);
        errors.extend(theme.err().into_iter().flat_map(|errors| errors.0));
    }
    let annotator = value_or_default(annotator, &mut errors);
    fail_on(errors, of_settings)?;
    Ok((config, annotator))
}

fn load(flags: &CommandFlags) -> LoadedSettings {
    let dirs = UserDirs::from_env().filter(|_| !flags.no_config);
    dirs.map_or_else(LoadedSettings::default, |dirs| config::load(&dirs))
}

/// Returns the value that was read, or the default with the mistakes added to `errors`.
fn value_or_default<T: Default>(
    read: Result<T, SettingsErrors>,
    errors: &mut Vec<SettingsError>,
) -> T {
    read.unwrap_or_else(|found| {
        errors.extend(found.0);
        T::default()
    })
}

/// Fails if there are any `errors`: with a line for each different one, and where the settings are if the first ones are
/// `of_settings`. The others are of a lexicon that the command line names, with its path.
fn fail_on(errors: Vec<SettingsError>, of_settings: usize) -> anyhow::Result<()> {
    if errors.is_empty() {
        return Ok(());
    }
    // A lexicon is read twice, for its own mistakes and for the annotator, and would say each of them twice.
    let mut different: Vec<SettingsError> = Vec::new();
    for error in errors {
        if !different.contains(&error) {
            different.push(error);
        }
    }
    let files = different.chunk_by(|one, next| one.file == next.file);
    let mut lines: Vec<String> = files.flat_map(file_lines).collect();
    let dirs = UserDirs::from_env().filter(|_| of_settings > 0);
    lines.extend(dirs.map(|dirs| {
        let folder = shown(&dirs.config);
        format!("the settings are in {folder}; --no-config ignores them")
    }));
    bail!(lines.join("\n"))
}

/// Returns a line for each mistake of a file, up to [`MOST_MISTAKES`].
fn file_lines(mistakes: &[SettingsError]) -> Vec<String> {
    let said = mistakes.iter().take(MOST_MISTAKES);
    let mut lines: Vec<String> = said.map(ToString::to_string).collect();
    if let Some(next) = mistakes.get(MOST_MISTAKES) {
        let more = counted(mistakes.len() - MOST_MISTAKES, "more mistake");
        lines.push(format!("{}: and {more}", next.file));
    }
    lines
}

/// Returns the annotator for the lexicons of the flags, then those of the settings.
fn annotator(
    flags: &CommandFlags,
    config: &Config,
    loaded: &LoadedSettings,
) -> Result<Annotator, SettingsErrors> {
    let mut wanted = Vec::new();
    for path in &flags.lexicons {
        wanted.push(lexicon_file(path)?);
    }
    for name in &config.lexicons {
        let own = loaded.lexicons.iter().find(|file| file.stem() == name);
        // A name that is neither the user's nor the program's is already a mistake of config.toml.
        let bundled = LEXICONS
            .contains(&name.as_str())
            .then(Lexicon::bundled_file);
        wanted.extend(own.cloned().or(bundled));
    }
    if wanted == [Lexicon::bundled_file()] {
        return Ok(Annotator::bundled());
    }
    Lexicon::parse_all(&wanted, &loaded.lexicons).map(Annotator::new)
}

fn lexicon_file(path: &Path) -> Result<SettingsFile, SettingsErrors> {
    let name = shown(path);
    let file = config::read_file(path, &name).and_then(|file| {
        let missing =
            || SettingsFile::new(&name, "").error("there is no such file; check the name");
        file.ok_or_else(missing)
    });
    file.map_err(|error| SettingsErrors(vec![error]))
}

fn shown(path: &Path) -> String {
    CleanText::one_line(&path.to_string_lossy()).to_string()
}
