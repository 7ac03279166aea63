//! Settings: defaults, then the user's file, then flags.

pub mod error;

pub use error::{ConfigError, Source};

/// Returns the default key file.
pub fn default_keys() -> Source {
    Source::new("default keys.toml", include_str!("../../assets/keys.toml"))
}
