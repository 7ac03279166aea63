//! Opens the interface: the terminal is asked what it can show, and everything that may fail is done before it is taken.

use std::env;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::anyhow;
use crossread::article::Article;
use crossread::cli::Flags;
use crossread::config::{Config, UserDirs};
use crossread::ingest::{self, ReadFailure, ReadLimits, ReportSource};
use crossread::state::ReaderState;
use crossread::tui::theme::{ColorDepth, Themes};
use crossread::tui::{self, Session};
use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use super::batch::{self, Outcome};
use super::load;

/// How long a terminal may take to say what its background is.
const PATIENCE: Duration = Duration::from_millis(200);
/// The largest file that is read before the first screen, in bytes.
const AT_ONCE: u64 = 1 << 20;

/// Whether there is a terminal to draw on.
pub(crate) fn has_terminal() -> bool {
    io::stdout().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Opens the interface on `paths`, the bundled reports without any.
pub(crate) fn interface(flags: &Flags, paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    let loaded = load::settings(flags)?;
    let config = flags.over(loaded.config.clone());
    let annotator = Arc::new(load::annotator(flags, &config, &loaded)?);
    let keymap = load::keymap(&loaded)?;
    let limits = load::limits(&config);
    let Some(first) = First::read(paths, &limits) else {
        return Ok(Outcome::Failed);
    };
    let depth = depth();
    let (state, warning) =
        UserDirs::from_env().map_or_else(Default::default, |dirs| ReaderState::load(&dirs.state));
    let warning = warning.map(|warning| warning.to_string());
    let ended = tui::run(Session {
        theme: theme(&config, depth),
        keymap,
        themes: Themes::new(&loaded.themes),
        depth,
        annotator,
        bundled: paths.is_empty(),
        articles: first.articles,
        sources: first.sources,
        failures: first.failures,
        limits,
        cache: UserDirs::from_env().map(|dirs| dirs.cache),
        state,
        warning: warning.clone(),
        config,
    })
    .map_err(|error| anyhow!(error))?;
    ended.failures.iter().for_each(batch::failed);
    // The first line of the screen may have had no room for all of it.
    let warnings = warning.iter().chain(&ended.warning);
    warnings.for_each(|warning| batch::say(warning));
    if ended.reports == 0 {
        batch::say(load::NOTHING);
    }
    Ok(if ended.failures.is_empty() {
        Outcome::Done
    } else {
        Outcome::Failed
    })
}

/// What is there when the screen is first drawn, and what is still to be read.
#[derive(Default)]
struct First {
    articles: Vec<Article>,
    sources: Vec<ReportSource>,
    failures: Vec<ReadFailure>,
}

impl First {
    /// Reads until there is something to show: standard input, or the first of the small files.
    ///
    /// Returns `None`, and says why, where nothing could be read: an empty screen would not.
    fn read(paths: &[PathBuf], limits: &ReadLimits) -> Option<Self> {
        let mut first = Self::default();
        if paths.is_empty() {
            return Some(first);
        }
        let (stdin, paths): (Vec<_>, Vec<_>) = paths
            .iter()
            .cloned()
            .partition(|path| path.as_os_str() == "-");
        for source in ingest::sources(&stdin) {
            first.take(source, limits);
        }
        for source in ingest::sources(&paths) {
            match source {
                Ok(source)
                    if !first.articles.is_empty()
                        || source.size().is_none_or(|size| size > AT_ONCE) =>
                {
                    first.sources.push(source);
                }
                source => first.take(source, limits),
            }
        }
        if first.articles.is_empty() && first.sources.is_empty() {
            first.failures.iter().for_each(batch::failed);
            batch::say(load::NOTHING);
            return None;
        }
        Some(first)
    }

    fn take(&mut self, source: Result<ReportSource, ReadFailure>, limits: &ReadLimits) {
        match source {
            Ok(source) => source.read_each(limits, &mut |one| match one {
                Ok(article) => self.articles.push(article),
                Err(failure) => self.failures.push(failure),
            }),
            Err(failure) => self.failures.push(failure),
        }
    }
}

fn depth() -> ColorDepth {
    let says = |name| env::var(name).ok();
    let no_color = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    ColorDepth::detect(
        no_color,
        says("COLORTERM").as_deref(),
        says("TERM").as_deref(),
    )
}

/// Returns the theme to begin with; `auto` asks the terminal for its background.
fn theme(config: &Config, depth: ColorDepth) -> String {
    if config.theme != "auto" || depth == ColorDepth::None {
        return config.theme.clone();
    }
    let mut question = QueryOptions::default();
    question.timeout = PATIENCE;
    match theme_mode(question) {
        Ok(ThemeMode::Light) => "light",
        Ok(ThemeMode::Dark) | Err(_) => "dark",
    }
    .to_owned()
}
