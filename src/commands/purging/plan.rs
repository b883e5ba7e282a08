use std::time::Instant;

use chrono::{DateTime, Utc};

use super::Scope;
use super::limits::Limits;
use crate::db::PgConnection;
use crate::db::audit_log::Audit;
use crate::db::bulk::purge_window::Expiring;
use crate::db::functions::transaction_time;
use crate::error::Result;

/// What a purge is to do, in each of its attempts.
pub struct Purge<'a> {
    pub scopes: &'a [Scope],
    pub limits: &'a Limits,
    pub audit: Audit,
    /// How many rows may be deleted, if there is a limit: one more, and none is.
    pub max_changes: Option<u64>,
    /// As of the first attempt that reached the database.
    pub plan: Option<Plan>,
}

/// What stays the same over all attempts of a purge.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The database's clock, when the purge began.
    began_at: DateTime<Utc>,
    pub begun: Instant,
    /// The tables, and before which time rows expired that are to be deleted.
    pub over: Vec<(Expiring, DateTime<Utc>)>,
}

impl Plan {
    /// Fails where a retention is less than none.
    pub fn make(conn: &mut PgConnection, scopes: &[Scope]) -> Result<Self> {
        let (began_at, begun) = (transaction_time(conn)?, Instant::now());
        let over = scopes.iter().map(|scope| Ok((scope.expiring, scope.cutoff(began_at)?)));
        Ok(Self { began_at, begun, over: over.collect::<Result<_>>()? })
    }

    /// The database's clock.
    pub fn now(&self) -> DateTime<Utc> {
        self.began_at + self.begun.elapsed()
    }
}
