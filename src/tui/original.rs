//! Opens the original of a report outside the interface: its address in a browser, or its file in an editor or a pager.
//!
//! Programs are started with their arguments, never through a shell: an address or a name comes from a file that nobody has checked.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::text::CleanText;

/// Editors and pagers that take `+12` as the line to begin at.
const TAKE_LINES: [&str; 9] = [
    "vi",
    "vim",
    "nvim",
    "view",
    "nano",
    "emacs",
    "emacsclient",
    "less",
    "more",
];
/// Programs that open an address where BROWSER names none.
const OPENERS: [&str; 2] = if cfg!(target_os = "macos") {
    ["open", "xdg-open"]
} else {
    ["xdg-open", "wslview"]
};

/// The original of a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Original {
    /// Its address on the web.
    Address(CleanText),
    /// Its file, and the line where the report begins, from 1.
    File(PathBuf, Option<usize>),
}

/// Returns `address` if a browser may be given it: a page of the web, not a file or a command of the browser.
pub fn web_address(address: &CleanText) -> Option<&CleanText> {
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        let start = address.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    });
    (is_web && !address.contains(char::is_whitespace)).then_some(address)
}

/// Opens an address in a browser, which goes on without the interface; returns the name of the program.
///
/// # Errors
/// Fails if no browser could be started.
pub(super) fn open_address(address: &str) -> io::Result<String> {
    let browser = env::var("BROWSER").ok();
    let own = browser
        .as_deref()
        .into_iter()
        .flat_map(|names| names.split(':'));
    for words in own.chain(OPENERS).filter(|words| !words.trim().is_empty()) {
        let Some(mut command) = command(words) else {
            continue;
        };
        let started = command
            .arg(address)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        if let Ok(mut child) = started {
            // Nobody waits for a browser; but a child that ended is to be taken note of.
            std::thread::spawn(move || child.wait());
            return Ok(program(words).to_owned());
        }
    }
    Err(io::Error::other("no browser was found; set BROWSER"))
}

/// Returns the command that shows a file: VISUAL, EDITOR, PAGER, or less.
pub(super) fn show_file(path: &Path, line: Option<usize>) -> Command {
    let set = |name| {
        env::var(name)
            .ok()
            .filter(|words: &String| !words.trim().is_empty())
    };
    let words = ["VISUAL", "EDITOR", "PAGER"].into_iter().find_map(set);
    let words = words.unwrap_or_else(|| "less".to_owned());
    file_command(&words, path, line)
}

fn file_command(words: &str, path: &Path, line: Option<usize>) -> Command {
    let mut shown = command(words).unwrap_or_else(|| Command::new("less"));
    if let Some(line) = line.filter(|_| TAKE_LINES.contains(&program(words))) {
        shown.arg(format!("+{line}"));
    }
    // A name that begins with a hyphen is no option.
    let is_option = path.to_string_lossy().starts_with('-');
    let path = if is_option {
        Path::new(".").join(path)
    } else {
        path.to_owned()
    };
    shown.arg(path);
    shown
}

/// Returns the program and its arguments that `words` name, as `code --wait`.
fn command(words: &str) -> Option<Command> {
    let mut words = words.split_whitespace();
    let mut command = Command::new(words.next()?);
    command.args(words);
    Some(command)
}

/// Returns the name of the program that `words` begin with.
fn program(words: &str) -> &str {
    let path = words.split_whitespace().next().unwrap_or_default();
    path.rsplit('/').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(command: &Command) -> Vec<String> {
        let words = std::iter::once(command.get_program()).chain(command.get_args());
        words
            .map(|word| word.to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn a_file_is_an_argument_and_no_words_of_a_shell() {
        let path = Path::new("a b; rm *.txt");
        let command = file_command("code --wait", path, Some(3));
        assert_eq!(written(&command), ["code", "--wait", "a b; rm *.txt"]);
        let command = file_command("/usr/bin/vim", path, Some(3));
        assert_eq!(written(&command), ["/usr/bin/vim", "+3", "a b; rm *.txt"]);
        let command = file_command("less", Path::new("-c"), None);
        assert_eq!(written(&command), ["less", "./-c"]);
    }

    #[test]
    fn only_pages_of_the_web_are_given_to_a_browser() {
        let given = |address: &str| web_address(&CleanText::one_line(address)).is_some();
        assert!(given("https://example.org/a?b=c") && given("HTTP://example.org"));
        for address in [
            "file:///etc/passwd",
            "javascript:alert(1)",
            "--help",
            "example.org",
            "https://a b",
        ] {
            assert!(!given(address), "{address}");
        }
    }
}
