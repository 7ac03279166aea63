//! The terminal interface; the only module that knows ratatui and crossterm.

pub mod action;
pub mod key;
pub mod keymap;
pub mod theme;
