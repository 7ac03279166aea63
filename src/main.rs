//! Parses the command line, loads, then opens the interface or prints; exit codes.

use std::io::{self, Write};
use std::process::ExitCode;

use crossread::cli::{self, Command, Invocation};

fn main() -> ExitCode {
    match cli::parse(std::env::args_os()) {
        Ok(invocation) => ended(run(invocation)),
        Err(message) => {
            let code = u8::try_from(message.exit_code()).unwrap_or(2);
            ended(
                message
                    .print()
                    .map_err(Into::into)
                    .map(|()| ExitCode::from(code)),
            )
        }
    }
}

fn run(invocation: Invocation) -> anyhow::Result<ExitCode> {
    let mut out = io::stdout().lock();
    match invocation.command {
        Command::Completions(shell) => out.write_all(&cli::completions(shell))?,
        Command::Man => out.write_all(cli::manual().as_bytes())?,
        _ => {}
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// Says an error in one line; a closed pipe is none, because the reader has seen enough.
fn ended(result: anyhow::Result<ExitCode>) -> ExitCode {
    result.unwrap_or_else(|error| {
        if error.chain().any(is_closed_pipe) {
            return ExitCode::SUCCESS;
        }
        // nobody is left to tell when stderr is closed too
        _ = writeln!(io::stderr(), "{}: {error:#}", cli::NAME);
        ExitCode::from(2)
    })
}

fn is_closed_pipe(error: &(dyn std::error::Error + 'static)) -> bool {
    error
        .downcast_ref::<io::Error>()
        .is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
