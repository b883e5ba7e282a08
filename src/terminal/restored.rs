//! The terminal as it was before a prompt.

use std::io::stdin;

use dialoguer::console::Term;
use nix::errno::Errno;
use nix::sys::termios::{LocalFlags, SetArg, Termios, tcgetattr, tcsetattr};

use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// Restores the terminal when it is dropped, and where another thread ends the process.
pub struct Restored<'a> {
    before: Before,
    interrupt: &'a Interrupt,
}

#[derive(Clone)]
struct Before {
    settings: Termios,
    /// The prompt hides the cursor.
    cursor_is_hidden: bool,
}

impl<'a> Restored<'a> {
    /// From now on, what is typed is not shown.
    pub fn with_hidden_input(interrupt: &'a Interrupt) -> Result<Self> {
        let restored = Self::begin(interrupt, false)?;
        let mut hidden = restored.before.settings.clone();
        hidden.local_flags.remove(LocalFlags::ECHO);
        tcsetattr(stdin(), SetArg::TCSANOW, &hidden).map_err(unusable)?;
        Ok(restored)
    }

    /// The prompt hides the cursor, and reads single keys.
    pub fn with_hidden_cursor(interrupt: &'a Interrupt) -> Result<Self> {
        Self::begin(interrupt, true)
    }

    fn begin(interrupt: &'a Interrupt, cursor_is_hidden: bool) -> Result<Self> {
        // The loss of the terminal and Ctrl-\ would end the process at once, and leave the terminal changed.
        interrupt.catch_more_signals();
        let before = Before { settings: tcgetattr(stdin()).map_err(unusable)?, cursor_is_hidden };
        let at_exit = before.clone();
        interrupt.restore_terminal_at_exit(Some(Box::new(move || at_exit.restore())));
        Ok(Self { before, interrupt })
    }
}

impl Drop for Restored<'_> {
    fn drop(&mut self) {
        self.before.restore();
        self.interrupt.restore_terminal_at_exit(None);
    }
}

impl Before {
    fn restore(&self) {
        _ = tcsetattr(stdin(), SetArg::TCSANOW, &self.settings);
        if self.cursor_is_hidden {
            _ = Term::stderr().show_cursor();
        }
    }
}

fn unusable(error: Errno) -> Error {
    Error::io("change the settings of the terminal", &error.into())
}
