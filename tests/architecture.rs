//! The rooms keep their order: imports point left only, and only the edge knows the terminal and the environment.
//!
//! Comments and tests are free to name anything.

use std::fs;
use std::path::{Path, PathBuf};

/// As in the overview of `src/lib.rs`.
const ORDER: &str = "text <- article <- {ingest, annotate} <- {filter, compare} <- library <- report <- tui <- main";

/// Rooms beside that order: as high as the room named, and one higher.
const BESIDE: [(&str, &str); 6] = [
    ("cache", "text"),
    ("compiled", "text"),
    ("config", "compiled"),
    ("parallel", "text"),
    ("state", "compare"),
    ("cli", "report"),
];

const EDGE: [&str; 4] = ["tui", "main", "cli", "config"];
const EDGE_ONLY: [&str; 5] = ["ratatui::", "crossterm::", "println!", "print!", "std::env"];

fn rank(room: &str) -> Option<usize> {
    if let Some((_, below)) = BESIDE.iter().find(|(name, _)| *name == room) {
        return rank(below).map(|rank| rank + 1);
    }
    ORDER.split(" <- ").position(|rooms| {
        let mut names = rooms.trim_matches(['{', '}']).split(", ");
        names.any(|name| name == room)
    })
}

/// Returns every source file under `folder` but those of tests.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let kept = paths.filter(|path| path.file_stem().is_none_or(|stem| stem != "tests"));
    kept.flat_map(|path| {
        if path.is_dir() {
            files(&path)
        } else {
            vec![path]
        }
    })
    .collect()
}

/// Returns room and code of every file, without comments and test modules.
fn rooms() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let room = |path: &Path| {
        let first = path.strip_prefix(&src).ok()?.iter().next()?.to_str()?;
        Some(first.trim_end_matches(".rs").to_owned())
    };
    let code = |path: &Path| {
        let source = fs::read_to_string(path).expect("a source file is text");
        let kept = source
            .split("#[cfg(test)]\nmod tests {")
            .next()
            .unwrap_or_default();
        kept.lines()
            .map(|line| line.split("//").next().unwrap_or_default())
            .collect::<Vec<_>>()
            .join("\n")
    };
    files(&src)
        .iter()
        .filter_map(|path| Some((room(path)?, code(path))))
        .collect()
}

/// Returns the rooms that `code` takes something from.
fn imports(code: &str) -> impl Iterator<Item = &str> {
    code.split("crate::").skip(1).map(|rest| {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        &rest[..end.unwrap_or(rest.len())]
    })
}

#[test]
fn imports_point_left_only() {
    for (room, code) in rooms().iter().filter(|(room, _)| room != "lib") {
        let own = rank(room).unwrap_or_else(|| panic!("{room} has no place in the order"));
        for import in imports(code).filter(|import| import != room) {
            assert!(
                rank(import).is_some_and(|rank| rank < own),
                "{room} must not import {import:?}"
            );
        }
    }
}

#[test]
fn only_the_edge_knows_the_terminal_and_the_environment() {
    for (room, code) in rooms()
        .iter()
        .filter(|(room, _)| !EDGE.contains(&room.as_str()))
    {
        for word in EDGE_ONLY {
            assert!(!code.contains(word), "{room} must not use {word}");
        }
    }
}

#[test]
fn the_overview_draws_this_order() {
    assert!(include_str!("../src/lib.rs").contains(ORDER));
}
