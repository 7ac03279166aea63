//! README's tables say what the program does: keys from the live keymap, formats from the command line.

use crossread::tui::action::KeyContext;
use crossread::tui::keymap::{ActionKeys, Keymap};

const README: &str = include_str!("../../README.md");
const MARKERS: [&str; 2] = ["<!-- keys -->\n", "<!-- /keys -->"];

#[test]
fn the_key_table_is_the_live_one() {
    let expected = tables();
    let (before, rest) = README
        .split_once(MARKERS[0])
        .expect("README marks its keys");
    let (written, after) = rest.split_once(MARKERS[1]).expect("README marks their end");
    if std::env::var_os("UPDATE_README").is_some() {
        let readme = format!("{before}{}{expected}{}{after}", MARKERS[0], MARKERS[1]);
        std::fs::write("README.md", readme).unwrap();
        return;
    }
    assert_eq!(
        written, expected,
        "run the test with UPDATE_README=1 and read what changed"
    );
}

/// The keys of every view, as tables that open on a click.
fn tables() -> String {
    let keymap = Keymap::default();
    KeyContext::ALL
        .into_iter()
        .map(|context| (context, keymap.table(context)))
        .filter(|(_, rows)| rows.iter().any(|row| !row.keys.is_empty()))
        .map(|(context, rows)| table(context, &rows))
        .collect()
}

fn table(context: KeyContext, rows: &[ActionKeys]) -> String {
    let title = match context {
        KeyContext::Global => "everywhere".to_owned(),
        context => context.name().to_owned(),
    };
    let bound = rows.iter().filter(|row| !row.keys.is_empty());
    let lines: String = bound
        .map(|row| format!("| {} | {} |\n", keys(row), row.action.doc()))
        .collect();
    format!(
        "<details><summary>{title}</summary>\n\n| Keys | |\n| --- | --- |\n{lines}\n</details>\n"
    )
}

fn keys(row: &ActionKeys) -> String {
    let keys: Vec<_> = row
        .keys
        .iter()
        .map(|key| {
            format!(
                "<kbd>{}</kbd>",
                key.replace('<', "&lt;")
                    .replace('>', "&gt;")
                    .replace('|', "&#124;")
            )
        })
        .collect();
    keys.join(" ")
}

#[test]
fn every_command_and_its_formats_are_in_the_table() {
    for command in crossread::cli::table().get_subcommands() {
        let name = format!("`crossread {}", command.get_name());
        let line = README
            .lines()
            .find(|line| line.starts_with('|') && line.contains(&name));
        let line = line.unwrap_or_else(|| panic!("README does not name {name}`"));
        let format = command.get_arguments().find(|arg| arg.get_id() == "format");
        for value in format
            .map(|arg| arg.get_possible_values())
            .unwrap_or_default()
        {
            assert!(
                line.contains(value.get_name()),
                "{name} also writes {}",
                value.get_name()
            );
        }
    }
}
