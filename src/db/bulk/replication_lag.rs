//! How far the standbys lag behind the primary.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable};

use crate::error::{Error, Result};

#[derive(Debug, QueryableByName)]
struct Positions {
    /// How many bytes of WAL have been written since the cluster was created.
    #[diesel(sql_type = BigInt)]
    written: i64,
    /// How many of them the slowest standby has replayed; `None` without a standby.
    #[diesel(sql_type = Nullable<BigInt>)]
    replayed: Option<i64>,
    /// There is a standby whose position this role may not see.
    #[diesel(sql_type = Bool)]
    hidden: bool,
}

/// The lag of the slowest standby.
#[derive(Debug, Clone, Copy)]
pub struct Behind {
    /// `Duration::MAX` until the standby has replayed what was written before the first
    /// measurement.
    pub time: Duration,
    /// Bytes of WAL that the standby has not replayed yet.
    pub bytes: i64,
}

/// Measures the lag of the slowest standby: how long ago the primary wrote the position that the
/// standby has replayed now. The server's own `replay_lag` does not grow while a standby stands
/// still.
#[derive(Debug, Default)]
pub struct Lag {
    /// Positions of the WAL and when each was first seen. The first position was written before this
    /// program looked, so it has no time.
    seen: VecDeque<(i64, Option<Instant>)>,
}

impl Lag {
    /// The lag now. `forbidden` where this role may not see it.
    pub fn measure(&mut self, conn: &mut PgConnection) -> Result<Behind> {
        // Within a transaction PostgreSQL shows the statistics as they were at the first look.
        conn.batch_execute("select pg_catalog.pg_stat_clear_snapshot()")?;
        // Raw: the server's statistics.
        let positions: Positions = diesel::sql_query(
            "select (pg_catalog.pg_current_wal_lsn() - '0/0')::bigint as written,
                    pg_catalog.min(replay_lsn - '0/0')::bigint as replayed,
                    coalesce(pg_catalog.bool_or(state is null), false) as hidden
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
        // The last position is kept: an empty list would make the next one count as the first.
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
