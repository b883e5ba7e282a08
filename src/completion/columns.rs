use clap::builder::CommandExt;

use crate::output::{Record, column_names};

/// The columns that a command prints, for `--columns`. The command carries them.
#[derive(Debug, Clone)]
pub struct Columns(Vec<fn() -> Vec<&'static str>>);

impl Columns {
    pub fn of<R: Record>() -> Self {
        Self(vec![column_names::<R>])
    }

    /// Adds those of another record, which the command prints with some of its options.
    pub fn or<R: Record>(mut self) -> Self {
        self.0.push(column_names::<R>);
        self
    }

    /// Each name once.
    pub fn names(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        for name in self.0.iter().flat_map(|of_record| of_record()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

impl CommandExt for Columns {}
