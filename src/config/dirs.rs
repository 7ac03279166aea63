//! Where the reader's files are: the XDG folders, from the environment.

use std::path::PathBuf;

use etcetera::BaseStrategy;
use etcetera::base_strategy::Xdg;

/// The folders of the program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserDirs {
    /// What the reader writes: config.toml, keys.toml, themes, lexicons.
    pub config: PathBuf,
    /// What the program keeps: marks and places.
    pub state: PathBuf,
    /// What can be computed again.
    pub cache: PathBuf,
}

impl UserDirs {
    /// Returns the folders that the environment names; none where nothing says where home is.
    pub fn from_env() -> Option<Self> {
        let xdg = Xdg::new().ok()?;
        Some(Self {
            config: xdg.config_dir().join("crossread"),
            state: xdg.state_dir()?.join("crossread"),
            cache: xdg.cache_dir().join("crossread"),
        })
    }
}
