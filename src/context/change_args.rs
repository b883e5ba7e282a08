//! What changing commands take.

use clap::Args;
use clap::builder::NonEmptyStringValueParser;

use crate::db::{Access, BULK_TARGETS, Consent};

/// What every changing command takes.
#[derive(Debug, Clone, Args)]
pub struct ChangeArgs {
    /// Show what would change, without changing it
    #[arg(long)]
    pub dry_run: bool,
    /// Reason, for the audit log
    ///
    /// [env: IAMCTL_REASON]
    #[arg(long, value_name = "TEXT")]
    pub reason: Option<String>,
    #[command(flatten)]
    pub yes: Yes,
}

/// What stands for the name where `--yes` has none. Nobody calls a database so.
const BARE: &str = "\u{1}";

/// `--yes`, bare or with the name of the database.
#[derive(Debug, Clone, Default, Args)]
pub struct Yes {
    /// Do not ask for confirmation
    ///
    /// A protected database has to be named (`iamctl db protect`).
    #[arg(short, long, value_name = "DATABASE", num_args = 0..=1, require_equals = true, default_missing_value = BARE, value_parser = NonEmptyStringValueParser::new())]
    yes: Option<String>,
}

impl Yes {
    /// For a purge of what has expired, which goes on in a protected database: a name has to be right, too.
    pub fn for_purge(&self) -> Self {
        Self { yes: self.yes.clone().filter(|name| name != BARE) }
    }

    /// Whether it is there.
    pub fn is_said(&self) -> bool {
        self.yes.is_some()
    }

    pub(super) fn consent(&self) -> Option<Consent> {
        let name = self.yes.as_ref()?;
        Some(if name == BARE { Consent::Yes } else { Consent::Named(name.clone()) })
    }
}

impl ChangeArgs {
    pub fn access(&self) -> Access {
        Access::CHANGE.dry_run(self.dry_run)
    }

    /// The access for so many targets; from `BULK_TARGETS` on it is bulk work.
    pub fn access_for(&self, targets: usize) -> Access {
        self.access().bulk(targets >= BULK_TARGETS)
    }

    /// The access for work without a statement timeout.
    pub fn bulk_access(&self) -> Access {
        self.access().bulk(true)
    }
}

/// What every command takes that can change several rows.
#[derive(Debug, Clone, Copy, Args)]
pub struct MaxChanges {
    /// Change nothing if it would be more rows than this
    ///
    /// Rows of all tables but the audit log count, those that go with others, too. Exits with 5.
    /// [env: IAMCTL_MAX_CHANGES]
    #[arg(long, value_name = "ROWS", hide_short_help = true)]
    pub max_changes: Option<u64>,
}
