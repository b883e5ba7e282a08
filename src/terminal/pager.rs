//! A program that shows a long list page by page.

use std::env;
use std::fs::File;
use std::io::{Write as _, stdout};
use std::process::{Child, Command, Stdio};

use nix::unistd::dup2_stdout;

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// What `less` is told by default, as git tells it: end if all fits the screen, show colours, leave the screen as it
/// is.
const LESS: &str = "FRX";

/// While it lives, standard output goes to the pager, and Ctrl-C is for the pager. Dropping it waits until the
/// operator leaves the pager.
pub struct Pager {
    command: String,
    child: Child,
    interrupt: Interrupt,
}

impl Pager {
    /// The program that the operator wants: `IAMCTL_PAGER`; where it is not set and `asked` is, `PAGER` or `less`.
    /// `None` without either. Not from `.env`, as it is a command.
    pub fn chosen(asked: bool) -> Option<String> {
        let set = |name| env::var(name).ok().filter(|value| !value.trim().is_empty());
        set("IAMCTL_PAGER").or_else(|| asked.then(|| set("PAGER").unwrap_or("less".to_owned())))
    }

    /// Starts it in a shell, as git and man do.
    pub fn start(command: String, interrupt: &Interrupt) -> Result<Self> {
        let cannot = |error| Error::io("start the pager", &error);
        let mut pager = Command::new("sh");
        pager.args(["-c", &command]).stdin(Stdio::piped());
        if env::var_os("LESS").is_none() {
            pager.env("LESS", LESS);
        }
        let mut child = pager.spawn().map_err(cannot)?;
        interrupt.leave_ctrl_c_to_pager(true);
        if let Some(input) = child.stdin.take() {
            dup2_stdout(input).map_err(|error| cannot(error.into()))?;
        }
        Ok(Self { command, child, interrupt: interrupt.clone() })
    }

    /// Waits until the operator leaves the pager. Fails where the shell could not run it: nothing was shown then.
    pub fn finish(&mut self) -> Result<()> {
        match self.wait() {
            Some(126 | 127) => Err(Error::Unprinted(format!(
                "the list was not shown: the pager `{}` cannot be run; set IAMCTL_PAGER or PAGER to another",
                self.command
            ))),
            _ => Ok(()),
        }
    }

    /// Returns the exit code of the shell; `None` where a signal ended it.
    fn wait(&mut self) -> Option<i32> {
        // Its input ends once this process has no end of the pipe.
        _ = stdout().flush();
        if let Ok(null) = File::options().write(true).open("/dev/null") {
            _ = dup2_stdout(null);
        }
        let status = self.child.wait();
        self.interrupt.leave_ctrl_c_to_pager(false);
        status.ok()?.code()
    }
}

impl Drop for Pager {
    fn drop(&mut self) {
        self.wait();
    }
}
