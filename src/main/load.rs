//! What a command needs before it can start: settings, lexicons, reports.

use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use crossread::annotate::Annotator;
use crossread::annotate::term::{Lexicon, Source};
use crossread::article::Article;
use crossread::cli::Flags;
use crossread::config::{
    self, Config, LEXICONS, LoadedSettings, SettingsError, UserDirs, default_keys,
};
use crossread::ingest::{self, ByteCounter, ReadFailure, ReadLimits, ReportSource};
use crossread::library::{Library, LibraryEntry, LoadedReports, SavedLibrary};
use crossread::text::Clean;
use crossread::tui::keymap::Keymap;
use crossread::tui::theme::{ColorDepth, Themes};

/// Message when there is nothing to read.
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
        format!("the settings are in {folder}; --no-config ignores them")
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

/// Reads each theme of the settings and returns the mistakes in them.
pub(crate) fn try_themes(loaded: &LoadedSettings) -> anyhow::Result<()> {
    let themes = Themes::new(&loaded.themes);
    let errors = loaded.themes.iter().map(|(name, _)| name);
    let errors = errors.filter_map(|name| themes.theme(name, ColorDepth::True).err());
    match errors.flatten().collect::<Vec<_>>().as_slice() {
        [] => Ok(()),
        errors => Err(said(errors)),
    }
}

/// Returns an annotator for the lexicons that are asked for.
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

/// Returns how large a file may be.
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
    let (sources, failures) = ingest::sources(paths);
    let mut read: Vec<_> = failures.into_iter().map(Err).collect();
    let counter = ByteCounter::default();
    ingest::read_all(&sources, &limits(config), &counter, &mut |one| {
        read.push(one);
    });
    read.into_iter().collect()
}

/// Returns the reports at `paths` from the library that the interface saved of them; `None` where none was saved, or
/// something has changed since.
pub(crate) fn saved_library(paths: &[PathBuf], config: &Config) -> Option<Library> {
    // To look whether something is saved for standard input would be to read it.
    if !config.cache || paths.iter().any(|path| is_stdin(path)) {
        return None;
    }
    let folder = UserDirs::from_env()?.cache;
    let limits = limits(config);
    let first = FirstReports::read(paths, &limits);
    let ids = first.articles.iter().map(|article| article.id);
    let saved = SavedLibrary::locate(&folder, ids, &first.sources, &limits)?.catalogue()?;
    let mut library = Library::default();
    library
        .entries
        .extend(first.articles.into_iter().map(LibraryEntry::new));
    library
        .entries
        .extend(saved.summaries.into_iter().map(LibraryEntry::closed));
    library.failures = first.failures;
    library.failures.extend(saved.failures);
    Some(library)
}

/// Bytes of a file up to which it is read before the first screen; a mebibyte takes 25 ms (82 µs a report of 3.4 KB).
const SMALL_FILE: u64 = 1 << 20;

/// The first reports of some paths, with which the interface opens, and the sources that are still to be read.
#[derive(Default)]
pub(crate) struct FirstReports {
    /// Reports of standard input, or of the first file.
    pub(crate) articles: Vec<Article>,
    /// Sources that follow them, in order.
    pub(crate) sources: Vec<ReportSource>,
    /// Paths and reports that could not be read.
    pub(crate) failures: Vec<ReadFailure>,
}

impl FirstReports {
    /// Reads standard input if it is named, or else small files until one of them holds a report.
    pub(crate) fn read(paths: &[PathBuf], limits: &ReadLimits) -> Self {
        let (mut ordered, files): (Vec<PathBuf>, Vec<PathBuf>) =
            paths.iter().cloned().partition(|path| is_stdin(path));
        ordered.extend(files);
        let (sources, failures) = ingest::sources(&ordered);
        let mut first = Self {
            failures,
            ..Self::default()
        };
        let mut sources = sources.into_iter().peekable();
        // A file is read only while all before it were, so that the reports stay in the order of their paths.
        while let Some(source) = sources.next_if(|source| {
            source.path().is_none()
                || first.articles.is_empty() && source.size().is_some_and(|size| size <= SMALL_FILE)
        }) {
            source.read_each(limits, &mut |read| match read {
                Ok(article) => first.articles.push(article),
                Err(failure) => first.failures.push(failure),
            });
        }
        first.sources = sources.collect();
        first
    }

    /// Whether there is no report and no source that may hold one.
    pub(crate) fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.sources.is_empty()
    }
}

fn is_stdin(path: &Path) -> bool {
    path.as_os_str() == "-"
}
