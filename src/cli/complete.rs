//! The answer to the completion script of a shell.

use std::fs::OpenOptions;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

use clap::Command;
use nix::unistd::dup2_stderr;

use crate::completion::{self, Request};
use crate::output::Output;

/// Prints the candidates and nothing else, whatever fails: a message would be in the middle of what is typed.
pub fn complete(request: Request, root: Command) -> ExitCode {
    // Libraries write there, too.
    if let Ok(null) = OpenOptions::new().write(true).open("/dev/null") {
        _ = dup2_stderr(null);
    }
    if let Ok(answer) = catch_unwind(AssertUnwindSafe(|| completion::answer(request, root))) {
        // A shell that is gone needs no answer.
        _ = Output::text(&answer);
    }
    ExitCode::SUCCESS
}
