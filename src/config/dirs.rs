//! The user's folders: the XDG ones, from the environment.

use std::path::PathBuf;

use etcetera::BaseStrategy;
use etcetera::base_strategy::Xdg;

/// The folders of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserDirs {
    /// Files the user writes: config.toml, keys.toml, themes, lexicons.
    pub config: PathBuf,
    /// Files the program keeps: marks and places.
    pub state: PathBuf,
    /// Files that can be computed again.
    pub cache: PathBuf,
}

impl UserDirs {
    /// Returns the folders that the environment names; none where HOME is not set.
    pub fn from_env() -> Option<Self> {
        let xdg = Xdg::new().ok()?;
        Some(Self {
            config: xdg.config_dir().join("crossread"),
            state: xdg.state_dir()?.join("crossread"),
            cache: xdg.cache_dir().join("crossread"),
        })
    }
}
