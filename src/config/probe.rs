//! Whether a server answers at all.

use std::fmt;
use std::time::{Duration, Instant};

use super::libpq;
use crate::domain::Secret;

/// How to look whether the server of a connection answers new connections.
pub struct Probe {
    conninfo: Secret,
    limit: Duration,
}

impl Probe {
    /// `conninfo` has `limit` as `connect_timeout`.
    pub(super) fn new(conninfo: Secret, limit: Duration) -> Self {
        Self { conninfo, limit }
    }

    /// Connects, and waits for an answer until the limit. A connection that is refused at once says
    /// nothing of the others: a pooler that is being replaced goes on serving them.
    pub fn is_silent(&self) -> bool {
        let begun = Instant::now();
        !libpq::answers(self.conninfo.expose()) && begun.elapsed() >= self.limit
    }
}

impl fmt::Debug for Probe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Probe").field("limit", &self.limit).finish_non_exhaustive()
    }
}
