//! Writes the table of commands as one manual page, in roff.
//!
//! clap_mangen writes a page for each command, and a reader has then a dozen pages for one program; here its sections for the
//! program are followed by one section that holds every command with its own options.

use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, italic, roman};

/// Returns the page for `table`.
pub(super) fn page(mut table: clap::Command) -> String {
    table.build();
    let examples = table.get_after_help().map(ToString::to_string);
    let man = Man::new(table.clone()).manual("User Commands");
    let mut page = Vec::new();
    let written = "writing to memory does not fail";
    man.render_title(&mut page).expect(written);
    man.render_name_section(&mut page).expect(written);
    page.extend(synopsis(&table).render().into_bytes());
    man.render_options_section(&mut page).expect(written);
    let mut roff = Roff::new();
    roff.control("SH", ["COMMANDS"]);
    for command in leaves(&table) {
        describe(command, &mut roff);
    }
    if let Some(text) = examples {
        roff.control("SH", ["NOTES"]);
        as_written(&text, &mut roff);
    }
    String::from_utf8_lossy(&page).into_owned() + &roff.render()
}

/// Returns the synopsis: with reports, or with a command.
fn synopsis(table: &clap::Command) -> Roff {
    let name = table.get_name();
    let mut roff = Roff::new();
    roff.control("SH", ["SYNOPSIS"]);
    roff.text([bold(name), roman(" [OPTIONS] [PATH]...")]);
    roff.control("br", []);
    roff.text([bold(name), roman(" COMMAND [OPTIONS] [PATH]...")]);
    roff
}

/// Returns the commands that do something, in the table's order.
fn leaves(table: &clap::Command) -> Vec<&clap::Command> {
    let commands = table.get_subcommands();
    let commands = commands.filter(|command| command.get_name() != "help");
    commands
        .flat_map(|command| match leaves(command) {
            below if below.is_empty() => vec![command],
            below => below,
        })
        .collect()
}

fn describe(command: &clap::Command, roff: &mut Roff) {
    let usage = command.clone().render_usage().to_string();
    roff.control("SS", [usage.trim_start_matches("Usage: ").trim()]);
    if let Some(about) = command.get_about() {
        roff.text([roman(about.to_string())]);
    }
    let own = |arg: &&clap::Arg| !arg.is_global_set() && arg.get_id() != "help";
    for arg in command.get_arguments().filter(own) {
        roff.control("TP", []);
        roff.text(name(arg));
        roff.text([roman(help(arg))]);
    }
}

/// Returns `arg` as one types it: `--format FORMAT`, or `PATH`.
fn name(arg: &clap::Arg) -> Vec<Inline> {
    let names = arg.get_value_names();
    let names = names.filter(|_| arg.get_action().takes_values());
    let value = names.map(|names| names.join(" "));
    match (arg.get_long(), value) {
        (Some(long), Some(value)) => vec![bold(format!("--{long}")), roman(" "), italic(value)],
        (Some(long), None) => vec![bold(format!("--{long}"))],
        (None, value) => vec![italic(value.unwrap_or_default())],
    }
}

fn help(arg: &clap::Arg) -> String {
    let text = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values = arg.get_possible_values();
    let values: Vec<_> = values.iter().map(|value| value.get_name()).collect();
    // A switch has possible values too, `true` and `false`, which nobody can type.
    if values.is_empty() || !arg.get_action().takes_values() {
        return text;
    }
    format!("{text}: {}", values.join(", "))
}

/// Writes `text` with its own line breaks.
fn as_written(text: &str, roff: &mut Roff) {
    roff.control("nf", []);
    for line in text.lines() {
        roff.text([roman(line)]);
    }
    roff.control("fi", []);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::table;

    #[test]
    fn the_page_holds_every_command_with_its_options() {
        let page = page(table()).replace('\\', "");
        for word in [
            "crossread list",
            "crossread lexicon check",
            "--exit-code",
            "--filter",
            "html",
        ] {
            assert!(page.contains(word), "{word} is not in the manual");
        }
    }
}
