//! The interface, driven by keys: frames against the accepted ones, and what each key leads to.

mod any;
mod browse;
mod closed;
mod commands;
mod compare;
mod events;
mod grid;
mod harness;
mod hits;
mod mouse;
mod notes;
mod overlay;
mod quotes;
mod reader;
mod stage;
mod ways_back;
