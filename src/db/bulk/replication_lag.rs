//! How far standbys are behind.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable};

use crate::error::{Error, Result};

#[derive(Debug, QueryableByName)]
struct Positions {
    /// WAL bytes since its beginning.
    #[diesel(sql_type = BigInt)]
    written: i64,
    /// What the slowest standby has replayed; `None` without a standby.
    #[diesel(sql_type = Nullable<BigInt>)]
    replayed: Option<i64>,
    /// There is a standby whose position this role may not see.
    #[diesel(sql_type = Bool)]
    hidden: bool,
}

/// How far the slowest standby is behind.
#[derive(Debug, Clone, Copy)]
pub struct Behind {
    /// `Duration::MAX` until it has replayed what was there at first.
    pub time: Duration,
    /// WAL bytes that the standby is behind.
    pub bytes: i64,
}

/// The lag of the slowest standby, measured from here: how long ago the log was where the standby
/// is now. What the server calls `replay_lag` stands still when a standby does.
#[derive(Debug, Default)]
pub struct Lag {
    /// Positions that the log has had, and since when; of the first one nobody knows.
    seen: VecDeque<(i64, Option<Instant>)>,
}

impl Lag {
    /// The lag now. `forbidden` where this role may not see it.
    pub fn measure(&mut self, conn: &mut PgConnection) -> Result<Behind> {
        // The lock's transaction would see the standbys that there were when it first looked.
        conn.batch_execute("select pg_stat_clear_snapshot()")?;
        // Raw: the server's statistics.
        let positions: Positions = diesel::sql_query(
            "select (pg_current_wal_lsn() - '0/0')::bigint as written,
                    min(replay_lsn - '0/0')::bigint as replayed,
                    coalesce(bool_or(state is null), false) as hidden
             from pg_stat_replication",
        )
        .get_result(conn)?;
        if positions.hidden {
            return Err(Error::Forbidden(
                "this role may not see how far a standby is behind, as --max-lag has to; grant it \
                 pg_monitor"
                    .to_owned(),
            ));
        }
        let Some(replayed) = positions.replayed else {
            self.seen.clear();
            return Ok(Behind { time: Duration::ZERO, bytes: 0 });
        };
        match self.seen.back() {
            None => self.seen.push_back((positions.written, None)),
            Some((last, _)) if *last < positions.written => {
                self.seen.push_back((positions.written, Some(Instant::now())));
            }
            Some(_) => {}
        }
        // The last one stays, so that the next is not the first again.
        while self.seen.len() > 1 && self.seen.front().is_some_and(|(at, _)| *at <= replayed) {
            self.seen.pop_front();
        }
        let time = match self.seen.front() {
            Some((at, _)) if *at <= replayed => Duration::ZERO,
            Some((_, Some(since))) => since.elapsed(),
            Some((_, None)) => Duration::MAX,
            None => Duration::ZERO,
        };
        Ok(Behind { time, bytes: positions.written - replayed })
    }
}
