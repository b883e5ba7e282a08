//! What `--yes` allows: everything, but in a database that is protected only where it names it.

use super::Database;
use super::access::Access;
use crate::db::protection;
use crate::error::Result;

/// What the operator has said instead of answering a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Consent {
    /// Nothing: there is a question, or none is needed.
    #[default]
    Silent,
    /// `--yes`.
    Yes,
    /// `--yes=DATABASE`.
    Named(String),
}

impl Database {
    /// What `--yes` says, from now on.
    pub fn set_consent(&mut self, consent: Consent) {
        self.consent = consent;
    }

    /// Whether BEGIN has to fail in a protected database. A purge goes on there.
    pub(super) fn says_no_name(&self, access: Access) -> bool {
        !access.only_reads() && !access.is_purge_window() && self.consent == Consent::Yes
    }

    /// Fails where `--yes=DATABASE` names another one. Call it at the beginning of a transaction; it looks once.
    pub(super) fn require_named(&mut self, access: Access) -> Result<()> {
        if let (false, Consent::Named(name)) = (access.only_reads(), &self.consent) {
            protection::read(&mut self.conn)?.require_name(name)?;
            self.consent = Consent::Silent;
        }
        Ok(())
    }
}
