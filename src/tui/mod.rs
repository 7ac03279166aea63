//! The terminal interface; the only module that knows ratatui and crossterm.
