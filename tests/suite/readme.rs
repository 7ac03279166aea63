//! README's tables say what the program does: keys from the live keymap, formats from the command line.

use crossread::tui::action::KeyContext;
use crossread::tui::keymap::{ActionKeys, Keymap};

const README: &str = include_str!("../../README.md");

#[test]
fn the_tables_of_keys_and_formats_are_live() {
    let expected = with_block(README, "keys", &tables());
    let expected = with_block(&expected, "formats", &formats());
    if std::env::var_os("UPDATE_README").is_some() {
        std::fs::write("README.md", expected).unwrap();
        return;
    }
    assert!(
        README == expected,
        "run the test with UPDATE_README=1 and read what changed"
    );
}

/// Returns `readme` with `block` between the marks of this name.
fn with_block(readme: &str, name: &str, block: &str) -> String {
    let [open, close] = [format!("<!-- {name} -->\n"), format!("<!-- /{name} -->")];
    let (before, rest) = readme.split_once(&open).expect("README marks its tables");
    let (_, after) = rest.split_once(&close).expect("README marks their ends");
    format!("{before}{open}{block}{close}{after}")
}

/// The formats that are read, as a table.
fn formats() -> String {
    let rows = crossread::ingest::descriptions().map(|format| {
        let endings = format.endings.iter();
        let endings: Vec<_> = endings.map(|ending| format!("`.{ending}`")).collect();
        let (name, facts) = (format.name, format.facts);
        format!("| {name} | {} | {facts} |\n", endings.join(" "))
    });
    let rows: String = rows.collect();
    format!("| Kind | Files | Facts |\n| --- | --- | --- |\n{rows}")
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
