//! What `--yes` allows: everything, but in a database that is protected only where it names it.

use super::Database;
use crate::db::protection;
use crate::error::Result;

/// What the operator has said instead of answering a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Consent {
    /// `--yes`.
    Yes,
    /// `--yes=DATABASE`.
    Named(String),
}

impl Database {
    /// What `--yes` says; `None` without it.
    pub fn set_consent(&mut self, consent: Option<Consent>) {
        self.consent = consent;
    }

    /// Whether BEGIN has to fail in a protected database. The first one, also where nothing will be to change: a
    /// command that works until there is something does harm at the worst time.
    pub(super) fn takes_bare_yes(&mut self) -> bool {
        self.consent.take_if(|consent| *consent == Consent::Yes).is_some()
    }

    /// Fails where `--yes=DATABASE` names another one. Call it at the beginning of a transaction; it looks once.
    pub(super) fn require_named(&mut self) -> Result<()> {
        if let Some(Consent::Named(name)) = self.consent.take() {
            protection::read(&mut self.conn)?.require_name(&name)?;
        }
        Ok(())
    }
}
