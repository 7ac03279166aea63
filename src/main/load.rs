//! What a command needs before it can start: settings, lexicons, reports.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use crossread::annotate::Annotator;
use crossread::annotate::term::{Lexicon, Source};
use crossread::cli::Flags;
use crossread::config::{
    self, Config, LEXICONS, LoadedSettings, SettingsError, UserDirs, default_keys,
};
use crossread::ingest::{self, ByteCounter, ReadLimits};
use crossread::library::LoadedReports;
use crossread::text::Clean;
use crossread::tui::keymap::Keymap;
use crossread::tui::theme::{ColorDepth, Themes};

/// What is said when no report is left.
pub(crate) const NOTHING: &str =
    "nothing to read; name a text file or a folder of them, or no path for the bundled reports";

/// Returns the user's settings, or the defaults where they are not wanted.
pub(crate) fn settings(flags: &Flags) -> anyhow::Result<LoadedSettings> {
    match UserDirs::from_env().filter(|_| !flags.no_config) {
        Some(dirs) => config::load(&dirs).map_err(|errors| said(&errors)),
        None => Ok(LoadedSettings::default()),
    }
}

/// Returns all errors as one, a line each, and where the files are.
fn said(errors: &[SettingsError]) -> anyhow::Error {
    let lines = errors.iter().map(ToString::to_string);
    let folder = UserDirs::from_env().map(|dirs| {
        let folder = shown(&dirs.config);
        format!("the settings are in {folder}; --no-config leaves them unread")
    });
    anyhow!(lines.chain(folder).collect::<Vec<_>>().join("\n"))
}

/// Returns the keys of the settings over the default ones.
pub(crate) fn keymap(loaded: &LoadedSettings) -> anyhow::Result<Keymap> {
    match &loaded.keys {
        Some(own) => Keymap::parse(&default_keys(), Some(own)).map_err(|errors| said(&errors)),
        None => Ok(Keymap::default()),
    }
}

/// Reads each theme of the settings, so that a mistake in one is known before it is worn.
pub(crate) fn try_themes(loaded: &LoadedSettings) -> anyhow::Result<()> {
    let themes = Themes::new(&loaded.themes);
    let errors = loaded.themes.iter().map(|(name, _)| name);
    let errors = errors.filter_map(|name| themes.theme(name, ColorDepth::True).err());
    match errors.flatten().collect::<Vec<_>>().as_slice() {
        [] => Ok(()),
        errors => Err(said(errors)),
    }
}

/// Returns what looks for the terms of the lexicons that are asked for.
pub(crate) fn annotator(
    flags: &Flags,
    config: &Config,
    loaded: &LoadedSettings,
) -> anyhow::Result<Annotator> {
    let own = |name: &str| loaded.lexicons.iter().any(|(own, _)| own == name);
    match config.lexicons.as_slice() {
        [name] if flags.lexicons.is_empty() && LEXICONS.contains(&name.as_str()) && !own(name) => {
            Ok(Annotator::bundled())
        }
        _ => lexicon(flags, config, loaded).map(Annotator::new),
    }
}

/// Returns the lexicons of the flags, then those of the settings, as one.
fn lexicon(flags: &Flags, config: &Config, loaded: &LoadedSettings) -> anyhow::Result<Lexicon> {
    let mut files = Vec::new();
    for path in &flags.lexicons {
        files.push((shown(path), read(path)?));
    }
    for name in &config.lexicons {
        let own = loaded.lexicons.iter().find(|(own, _)| own == name);
        if let Some((_, source)) = own {
            files.push((source.name.clone(), source.text.clone()));
        } else if LEXICONS.contains(&name.as_str()) {
            files.push((name.clone(), Lexicon::bundled_source().to_owned()));
        }
    }
    parsed(files, loaded)
}

/// Returns the lexicon in the file at `path`; it may extend the user's own.
pub(crate) fn one_lexicon(path: &Path, loaded: &LoadedSettings) -> anyhow::Result<Lexicon> {
    parsed(vec![(shown(path), read(path)?)], loaded)
}

/// What tells which lexicon a file is, and which one it needs.
#[derive(Default, serde::Deserialize)]
struct Header {
    id: Option<String>,
    extends: Option<String>,
}

impl Header {
    /// Reads it from a file that may be wrong elsewhere: that is said where the whole of it is read.
    fn of(text: &str) -> Self {
        toml::from_str(text).unwrap_or_default()
    }
}

/// Adds those of the user's lexicons that `files` extend; one that extends another stands for both.
fn with_bases(mut files: Vec<(String, String)>, loaded: &LoadedSettings) -> Vec<(String, String)> {
    let mut at = 0;
    while let Some((_, text)) = files.get(at) {
        let base = Header::of(text).extends;
        let given = |id: &str| {
            files
                .iter()
                .any(|(_, text)| Header::of(text).id.as_deref() == Some(id))
        };
        if let Some(base) = base.filter(|base| !given(base)) {
            let mut own = loaded.lexicons.iter().map(|(_, source)| source);
            let found = own.find(|source| Header::of(&source.text).id.as_ref() == Some(&base));
            files.extend(found.map(|source| (source.name.clone(), source.text.clone())));
        }
        at += 1;
    }
    files
}

fn parsed(files: Vec<(String, String)>, loaded: &LoadedSettings) -> anyhow::Result<Lexicon> {
    let files = with_bases(files, loaded);
    let sources: Vec<_> = files
        .iter()
        .map(|(path, text)| Source { path, text })
        .collect();
    Ok(Lexicon::parse_all(&sources)?)
}

fn read(path: &Path) -> anyhow::Result<String> {
    config::read_file(path).with_context(|| format!("{}: cannot be read", shown(path)))
}

fn shown(path: &Path) -> String {
    Clean::line(&path.to_string_lossy()).to_string()
}

/// Returns how much is read of a file.
pub(crate) fn limits(config: &Config) -> ReadLimits {
    ReadLimits {
        bytes: usize::from(config.largest_file) << 20,
    }
}

/// Reads the reports at `paths`, the bundled ones without any.
pub(crate) fn library(paths: &[PathBuf], config: &Config) -> LoadedReports {
    if paths.is_empty() {
        return ingest::bundled().into_iter().map(Ok).collect();
    }
    let limits = limits(config);
    let mut read = Vec::new();
    let mut sources = Vec::new();
    for source in ingest::sources(paths) {
        match source {
            Ok(source) => sources.push(source),
            Err(failure) => read.push(Err(failure)),
        }
    }
    ingest::read_all(&sources, &limits, &ByteCounter::default(), &mut |one| {
        read.push(one);
    });
    read.into_iter().collect()
}
