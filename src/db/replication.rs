//! How far standbys are behind.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable};

use crate::error::Result;

#[derive(Debug, QueryableByName)]
struct Positions {
    /// Of the log, in bytes since its beginning.
    #[diesel(sql_type = BigInt)]
    written: i64,
    /// What the slowest standby has replayed; `None` without a standby.
    #[diesel(sql_type = Nullable<BigInt>)]
    replayed: Option<i64>,
    /// There is a standby whose position this role may not see.
    #[diesel(sql_type = Bool)]
    hidden: bool,
}

/// The lag of the slowest standby, measured from here: how long ago the log was where the standby
/// is now. What the server calls `replay_lag` stands still when a standby does.
#[derive(Debug, Default)]
pub struct Lag {
    seen: VecDeque<(i64, Instant)>,
    /// There is a standby whose position this role may not see.
    pub hidden: bool,
}

impl Lag {
    pub fn measure(&mut self, conn: &mut PgConnection) -> Result<Duration> {
        let positions: Positions = diesel::sql_query(
            "select (pg_current_wal_lsn() - '0/0')::bigint as written,
                    min(replay_lsn - '0/0')::bigint as replayed,
                    coalesce(bool_or(state is null), false) as hidden
             from pg_stat_replication",
        )
        .get_result(conn)?;
        self.hidden |= positions.hidden;
        let Some(replayed) = positions.replayed else {
            self.seen.clear();
            return Ok(Duration::ZERO);
        };
        if self.seen.back().is_none_or(|(written, _)| *written < positions.written) {
            self.seen.push_back((positions.written, Instant::now()));
        }
        while self.seen.front().is_some_and(|(written, _)| *written <= replayed) {
            self.seen.pop_front();
        }
        Ok(self.seen.front().map_or(Duration::ZERO, |(_, since)| since.elapsed()))
    }
}
