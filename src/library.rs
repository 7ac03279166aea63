//! The loaded reports with their annotations.
