//! Parses the command line, loads, then opens the interface or prints; exit codes.

mod interface;
mod load;
mod outcome;
mod print;
mod settings;

use std::io;
use std::process::ExitCode;

use crossread::cli::{self, Command};
use crossread::system_error::describe;
use outcome::Outcome;

fn main() -> ExitCode {
    let outcome = match cli::parse(std::env::args_os()) {
        Ok(invocation) => match &invocation.command {
            Command::Read(paths) if interface::has_terminal() => {
                interface::open(&invocation.flags, paths)
            }
            _ => print::run(&invocation),
        },
        Err(message) => explain(&message),
    };
    outcome.unwrap_or_else(fail).into()
}

/// Prints the help that was asked for, or says what was typed wrong.
fn explain(message: &clap::Error) -> anyhow::Result<Outcome> {
    if message.use_stderr() {
        let text = message.to_string();
        outcome::say(text.trim_start_matches("error: ").trim_end());
        return Ok(Outcome::Failed);
    }
    message.print()?;
    Ok(Outcome::Done)
}

/// Says an error; a closed pipe is none, because the reader of the pipe has seen enough.
fn fail(error: anyhow::Error) -> Outcome {
    if error.chain().any(is_closed_pipe) {
        return Outcome::Done;
    }
    let causes: Vec<String> = error.chain().map(cause_words).collect();
    outcome::say(&causes.join(": "));
    Outcome::Failed
}

/// Returns a cause in words, one of the operating system without its number.
fn cause_words(cause: &(dyn std::error::Error + 'static)) -> String {
    let system = cause.downcast_ref::<io::Error>();
    system.map_or_else(|| cause.to_string(), describe)
}

fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
