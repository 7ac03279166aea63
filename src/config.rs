//! Settings: defaults, then the user's file, then flags.
