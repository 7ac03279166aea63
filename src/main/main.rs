//! Parses the command line, loads, then opens the interface or prints; exit codes.

mod batch;
mod load;
mod open;

use std::io;
use std::process::ExitCode;

use batch::Outcome;
use crossread::cli;

fn main() -> ExitCode {
    let outcome = match cli::parse(std::env::args_os()) {
        Ok(invocation) => batch::run(&invocation),
        Err(message) => explain(&message),
    };
    outcome.unwrap_or_else(ended).into()
}

/// Prints the help that was asked for, or says what was typed wrong; the words that were typed may hold anything.
fn explain(message: &clap::Error) -> anyhow::Result<Outcome> {
    if message.use_stderr() {
        let text = message.to_string();
        batch::say(text.trim_start_matches("error: ").trim_end());
        return Ok(Outcome::Failed);
    }
    message.print()?;
    Ok(Outcome::Done)
}

/// Says an error; a closed pipe is none, because the reader has seen enough.
fn ended(error: anyhow::Error) -> Outcome {
    if error.chain().any(is_closed_pipe) {
        return Outcome::Done;
    }
    batch::say(&format!("{error:#}"));
    Outcome::Failed
}

fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
