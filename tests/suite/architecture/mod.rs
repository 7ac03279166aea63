//! The rooms keep their order: imports point left only, no files import each other in a circle, and only the edge knows
//! the terminal, the environment and the file system.
//!
//! Comments and tests are free to name anything.

mod sources;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use sources::{SourceFile, Sources};

/// Read once for all tests.
static SOURCES: LazyLock<Sources> = LazyLock::new(Sources::read);

/// As in the overview of `src/lib.rs`.
const ORDER: &str = "text <- article <- {ingest, annotate} <- {filter, compare} <- library <- report <- tui <- main";

/// Rooms beside that order: as high as the room named, and one higher.
const BESIDE: [(&str, &str); 6] = [
    ("cache", "text"),
    ("config", "text"),
    ("parallel", "text"),
    ("state", "compare"),
    ("system_error", "text"),
    ("cli", "report"),
];

const EDGE: [&str; 4] = ["tui", "main", "cli", "config"];
const EDGE_ONLY: [&str; 7] = [
    "ratatui::",
    "crossterm::",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "std::env",
];

/// Files and folders that may open, list, write or ask for files.
const FILE_ROOMS: [&str; 7] = [
    "cache.rs",
    "config/",
    "ingest/",
    "main/",
    "state/",
    "tui/event_loop.rs",
    "tui/terminal.rs",
];
const FILE_ACCESS: [&str; 6] = [
    "std::fs",
    "File::open",
    "File::create",
    "OpenOptions",
    "rustix::fs",
    "WalkDir",
];

/// The floors inside `tui`; files import from their own floor and those before it.
const TUI_ORDER: &str = "theme, keys <- view parts <- views <- event loop";

fn rank(room: &str) -> Option<usize> {
    if let Some((_, below)) = BESIDE.iter().find(|(name, _)| *name == room) {
        return rank(below).map(|rank| rank + 1);
    }
    ORDER.split(" <- ").position(|rooms| {
        let mut names = rooms.trim_matches(['{', '}']).split(", ");
        names.any(|name| name == room)
    })
}

/// Returns the first folder of a path, or the name of a file beside the folders.
fn room(path: &str) -> &str {
    let first = path.split('/').next().unwrap_or_default();
    first.trim_end_matches(".rs")
}

/// Returns the floor of a file inside `tui`, counted along [`TUI_ORDER`].
fn floor(path: &str) -> Option<usize> {
    let path = path.strip_prefix("tui/")?;
    let is_loop = ["mod.rs", "event_loop", "terminal", "app"].iter();
    if is_loop.clone().any(|name| path.starts_with(name)) {
        Some(3)
    } else if path.starts_with("view/") {
        Some(2)
    } else if ["theme", "key", "action"]
        .iter()
        .any(|name| path.starts_with(name))
    {
        Some(0)
    } else {
        Some(1)
    }
}

/// Returns the folder of a view that a file belongs to, for paths below `tui`.
fn view_folder(path: &str) -> Option<&str> {
    Some(path.strip_prefix("view/")?.split_once('/')?.0)
}

/// Returns whether code has a word that is not the end of a longer one.
fn uses(code: &str, word: &str) -> bool {
    let mut found = code.match_indices(word);
    found.any(|(at, _)| !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

/// Returns the files that each file imports from. What the parts of a module take from the `mod.rs` around them is no arrow:
/// it is what they share.
fn arrows(sources: &Sources) -> BTreeMap<&str, BTreeSet<&str>> {
    let arrows = sources.files.iter().map(|file| {
        let to = sources.imports(file).into_keys();
        let to = to.filter(|to| !Sources::is_around(to, &file.path));
        (file.path.as_str(), to.collect())
    });
    arrows.collect()
}

/// Returns every set of files that lead to each other.
fn circles<'a>(arrows: &BTreeMap<&'a str, BTreeSet<&'a str>>) -> BTreeSet<BTreeSet<&'a str>> {
    let reached = |from: &'a str| {
        let mut found = BTreeSet::new();
        let mut open = vec![from];
        while let Some(file) = open.pop() {
            for next in arrows.get(file).into_iter().flatten() {
                if found.insert(*next) {
                    open.push(next);
                }
            }
        }
        found
    };
    let reached: BTreeMap<_, _> = arrows.keys().map(|file| (*file, reached(file))).collect();
    let on_circle = reached.iter().filter(|(file, found)| found.contains(*file));
    let circle = |(file, found): (&&'a str, &BTreeSet<&'a str>)| {
        let back = |other: &&&str| {
            reached
                .get(*other)
                .is_some_and(|found| found.contains(*file))
        };
        found.iter().filter(back).copied().collect()
    };
    on_circle.map(circle).collect()
}

#[test]
fn imports_point_left_only() {
    let sources = &*SOURCES;
    for file in sources
        .files
        .iter()
        .filter(|file| room(&file.path) != "lib")
    {
        let own = room(&file.path);
        let rank_of_own = rank(own).unwrap_or_else(|| panic!("{own} has no place in the order"));
        for (path, names) in sources.imports(file) {
            assert!(
                room(path) == own || rank(room(path)).is_some_and(|rank| rank < rank_of_own),
                "{} must not import {names:?} of {path}",
                file.path
            );
        }
    }
}

#[test]
fn inside_the_interface_imports_point_left_only() {
    let sources = &*SOURCES;
    for file in &sources.files {
        let Some(own) = floor(&file.path) else {
            continue;
        };
        for (path, names) in sources.imports(file) {
            let is_left = floor(path).is_none_or(|floor| floor <= own);
            assert!(
                is_left,
                "{} must not import {names:?} of {path}: {TUI_ORDER}",
                file.path
            );
        }
    }
}

#[test]
fn no_view_imports_another_view() {
    let sources = &*SOURCES;
    let view = |path: &str| {
        path.strip_prefix("tui/")
            .and_then(view_folder)
            .map(str::to_owned)
    };
    for file in &sources.files {
        let Some(own) = view(&file.path) else {
            continue;
        };
        for (path, names) in sources.imports(file) {
            let may = view(path).is_none_or(|other| other == own);
            assert!(
                may,
                "{} must not import {names:?} of another view: {path}",
                file.path
            );
        }
    }
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let sources = &*SOURCES;
    let found = circles(&arrows(sources));
    assert!(found.is_empty(), "files that import each other: {found:#?}");
}

#[test]
fn only_the_edge_knows_the_terminal_and_the_environment() {
    let sources = &*SOURCES;
    let inside = |file: &&SourceFile| !EDGE.contains(&room(&file.path));
    for file in sources.files.iter().filter(inside) {
        for word in EDGE_ONLY {
            assert!(!uses(&file.code, word), "{} must not use {word}", file.path);
        }
    }
}

#[test]
fn only_some_rooms_touch_files() {
    let sources = &*SOURCES;
    let may = |file: &SourceFile| FILE_ROOMS.iter().any(|room| file.path.starts_with(room));
    for file in sources.files.iter().filter(|file| !may(file)) {
        for word in FILE_ACCESS {
            assert!(!uses(&file.code, word), "{} must not use {word}", file.path);
        }
    }
}

#[test]
fn the_overview_draws_this_order() {
    assert!(include_str!("../../../src/lib.rs").contains(ORDER));
}

#[test]
fn a_circle_is_found_through_uses_and_names() {
    let file = |path: &str, source: &str| (path.to_owned(), source.to_owned());
    let sources = Sources::new(vec![
        file("lib.rs", "pub mod a;\npub mod b;\nmod c;\n"),
        file(
            "a.rs",
            "use crate::b::{self, Pair as P};\nfn one() { b::two(); }\n",
        ),
        file(
            "b/mod.rs",
            "mod inner;\npub use inner::Pair;\npub fn two() {}\n",
        ),
        file(
            "b/inner.rs",
            "pub struct Pair(u8);\nfn three() { crate::a::one(); }\n",
        ),
        file(
            "c.rs",
            "// crate::a::one()\n#[cfg(test)]\nmod tests { use crate::a::one; }\n",
        ),
    ]);
    let a = sources.files.iter().find(|file| file.path == "a.rs");
    let imports = sources.imports(a.expect("it was given"));
    assert_eq!(
        imports.keys().copied().collect::<Vec<_>>(),
        ["b/inner.rs", "b/mod.rs"]
    );
    let found = circles(&arrows(&sources));
    assert_eq!(
        found,
        BTreeSet::from([BTreeSet::from(["a.rs", "b/inner.rs"])])
    );
}
