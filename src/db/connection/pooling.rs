//! Whether a pooler is between this program and the server.

use std::thread;
use std::time::{Duration, Instant};

use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::{Bool, Integer};

use super::access::Access;
use super::establish::connect_within;
use super::link::{self, Link};
use super::{Database, RETRY_PAUSE};

/// How long the server may take to end a process whose client has closed its connection.
const LONGEST_END: Duration = Duration::from_secs(1);

impl Database {
    /// What libpq knows about a connection to this database; `None` if a second one fails.
    pub fn link(&mut self) -> Option<Link> {
        let conninfo = self.conninfo.render();
        let limit = self.conninfo.connect_limit().unwrap_or_else(|| self.answer_limit());
        let examine = move || link::examine(conninfo.expose());
        let examined = connect_within(Some(limit), &self.conninfo, &self.interrupt, examine);
        let mut link = examined.ok().flatten().and_then(|(link, _)| link)?;
        if link.pooled == Some(false) {
            link.pooled = self.outlives_its_client(link.process);
        }
        Some(link)
    }

    /// Whether the server process of a connection that was closed goes on, as one that a pooler keeps does.
    /// `None` if that cannot be found out.
    fn outlives_its_client(&mut self, process: Option<i32>) -> Option<bool> {
        let begun = Instant::now();
        loop {
            // Raw: the catalogue.
            let query = "exists (select from pg_catalog.pg_stat_activity where pid = ";
            let there = sql::<Bool>(query).bind::<Integer, _>(process?).sql(")");
            let is_there = self.transaction(Access::INSPECTION, |conn| {
                Ok(diesel::select(there.clone()).get_result::<bool>(conn)?)
            });
            match is_there {
                Ok(true) if begun.elapsed() < LONGEST_END => thread::sleep(RETRY_PAUSE),
                answer => return answer.ok(),
            }
        }
    }
}
