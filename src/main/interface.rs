//! Opens the interface. Everything that may fail is done before the terminal is taken, so that its message stays readable.

use std::env;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crossread::annotate::Annotator;
use crossread::cli::CommandFlags;
use crossread::config::{Config, UserDirs};
use crossread::filter::body::TextIndex;
use crossread::state::ReaderState;
use crossread::tui::app::AppOptions;
use crossread::tui::theme::ColorDepth;
use crossread::tui::worker::gatherer::SavedPlace;
use crossread::tui::worker::loader::Loader;
use crossread::tui::{self, Session};
use terminal_colorsaurus::{QueryOptions, ThemeMode, theme_mode};

use super::load::{self, FirstReports};
use super::outcome::{self, Outcome};
use super::settings;

/// Time for a terminal to tell the colour of its background; some never answer.
const BACKGROUND_TIMEOUT: Duration = Duration::from_millis(200);

/// Whether there is a terminal to draw on.
pub(crate) fn has_terminal() -> bool {
    // A dumb terminal cannot place its cursor.
    io::stdout().is_terminal() && env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// Opens the interface on `paths`, the bundled reports without any.
pub(crate) fn open(flags: &CommandFlags, paths: &[PathBuf]) -> anyhow::Result<Outcome> {
    // Takes as long as reading the settings, and the first report waits for it. The bundled lexicon is nearly always the one in use.
    rayon::spawn(|| Annotator::bundled().prepare());
    let settings = settings::read_all(flags)?;
    let config = settings.config;
    let limits = load::limits(&config);
    let first = FirstReports::load(paths, &limits);
    if first.is_empty() && !paths.is_empty() {
        // An empty screen would not say why.
        outcome::say_failures(&first.failures);
        outcome::say(load::NOTHING);
        return Ok(Outcome::Failed);
    }
    let depth = depth();
    let (state, warning) =
        UserDirs::from_env().map_or_else(Default::default, |dirs| ReaderState::load(&dirs.state));
    let warning = warning.map(|warning| warning.to_string());
    let loader = Loader {
        bundled: paths.is_empty(),
        articles: first.articles,
        sources: first.sources,
        limits,
        memory: usize::from(config.memory) << 20,
        cache: UserDirs::from_env()
            .map(|dirs| dirs.cache)
            .filter(|_| config.cache),
        texts: TextIndex::default(),
        place: SavedPlace::default(),
    };
    let options = AppOptions {
        theme: settings.themes.theme(&theme(&config, depth), depth)?,
        themes: settings.themes,
        depth,
        annotator: Arc::new(settings.annotator),
        config,
        keymap: settings.keymap,
        state,
    };
    let ended = tui::run(Session {
        options,
        loader,
        failures: first.failures,
        warning: warning.clone(),
    })?;
    outcome::say_failures(&ended.failures);
    // The first line of the screen may have had no room for all of it.
    let warnings = warning.iter().chain(&ended.warning);
    warnings.for_each(|warning| outcome::say(warning));
    if ended.reports == 0 {
        outcome::say(load::NOTHING);
    }
    Ok(Outcome::Done.after(&ended.failures))
}

/// Returns how many colours the terminal shows.
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
    question.timeout = BACKGROUND_TIMEOUT;
    match theme_mode(question) {
        Ok(ThemeMode::Light) => "light",
        Ok(ThemeMode::Dark) | Err(_) => "dark",
    }
    .to_owned()
}
