//! The database for completion: no question, no message, and no more than a moment.

use std::env;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::mpsc::sync_channel;
use std::thread;
use std::time::Duration;

use super::line::{Line, with_variables};
use crate::change::Change;
use crate::config::{self, Conninfo, DotEnv, Source};
use crate::db::{Access, Database, PgConnection, SuperuserWarning, Timeouts};
use crate::domain::CalendarDuration;
use crate::error::Result;
use crate::interrupt::Interrupt;
use crate::local::{LocalServer, State};

/// How long the shell waits for the database, connecting included, unless `WAIT` says otherwise.
const LIMIT: Duration = Duration::from_millis(250);

/// The variable for databases that are far away: a duration.
const WAIT: &str = "IAMCTL_COMPLETE_WAIT";

/// What cannot be read as a duration counts as not set.
fn limit() -> Duration {
    let wait = env::var(WAIT).ok().and_then(|text| text.parse::<CalendarDuration>().ok());
    wait.map_or(LIMIT, |wait| wait.as_std().min(LONGEST))
}

/// The most that can be set.
const LONGEST: Duration = Duration::from_secs(60);

/// What the query finds in the database that the line or the environment names. Nothing where that cannot be
/// reached, or does not answer in time.
pub fn ask<T: Default + Send + 'static>(
    line: &Line,
    query: impl FnOnce(&mut PgConnection) -> Result<T> + Send + 'static,
) -> T {
    // Before there is another thread.
    config::prepare();
    let is_local = line.has("--local");
    let url = line.value_of("--database-url").map(with_variables);
    let limit = limit();
    let (send, answer) = sync_channel(1);
    // The process ends while it still waits for a server that does not answer.
    let asked = thread::Builder::new().name("asking".to_owned()).spawn(move || {
        if let Some(found) = connect(url.as_deref(), is_local, limit)
            .and_then(|mut database| database.transaction_once(Access::READ, query).ok())
        {
            // The receiver is gone where it gave up.
            _ = send.send(found);
        }
    });
    match asked {
        Ok(_) => answer.recv_timeout(limit).unwrap_or_default(),
        Err(_) => T::default(),
    }
}

fn connect(url: Option<&str>, is_local: bool, limit: Duration) -> Option<Database> {
    let source = if is_local {
        Source::Local
    } else {
        config::source(url, &DotEnv::read(Path::new(".env"))).ok()?
    };
    let mut conninfo = match source {
        Source::Server { mut conninfo, .. } => {
            conninfo.refuse_misplaced().ok()?;
            conninfo.leave_out_unusable_password_file();
            conninfo
        }
        Source::Local => running_private_server()?,
        Source::Unset => return None,
    };
    conninfo.set_defaults(None);
    conninfo.ask_no_passphrase();
    let timeouts = Timeouts { lock: limit, statement: limit, wait: Duration::ZERO };
    // Nobody is told, so BEGIN does not look for it.
    let warning = SuperuserWarning::new(OnceLock::from(None));
    Database::connect(&conninfo, timeouts, Interrupt::default(), warning, Change::new()).ok()
}

/// The private PostgreSQL; `None` where it does not run.
fn running_private_server() -> Option<Conninfo> {
    let server = LocalServer::locate().ok()?;
    match server.state() {
        Ok(State::Running { .. }) => {
            Conninfo::local(&server.url(), server.account().as_deref()).ok()
        }
        _ => None,
    }
}
