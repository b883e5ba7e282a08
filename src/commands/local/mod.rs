//! `iamctl local`: the private PostgreSQL that iamctl itself runs.

mod destroy;
mod start;
mod status;
mod stop;
mod url;

use clap::Subcommand;

use crate::context::Context;
use crate::error::Result;
use crate::local::{LocalServer, State};
use crate::output::{Cell, Column, Record, shown};

#[derive(Debug, Subcommand)]
pub enum LocalCommand {
    Start(start::Args),
    Stop(stop::Args),
    Status(status::Args),
    Url(url::Args),
    Destroy(destroy::Args),
}

impl LocalCommand {
    pub fn run(&self, context: &mut Context) -> Result<()> {
        match self {
            Self::Start(args) => start::run(args, context),
            Self::Stop(args) => stop::run(args, context),
            Self::Status(args) => status::run(args, context),
            Self::Url(args) => url::run(args, context),
            Self::Destroy(args) => destroy::run(args, context),
        }
    }
}

/// The private PostgreSQL as it stands.
struct Standing {
    state: State,
    data_dir: String,
    url: String,
    log: String,
}

impl Standing {
    fn of(server: &LocalServer) -> Result<Self> {
        Ok(Self {
            state: server.state()?,
            data_dir: server.data_dir().display().to_string(),
            url: server.url(),
            log: server.log().display().to_string(),
        })
    }
}

impl Record for Standing {
    fn columns() -> Vec<Column> {
        vec![
            shown("status"),
            shown("pid"),
            shown("version"),
            shown("data_dir"),
            shown("url"),
            shown("log"),
        ]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        let (status, pid, version) = match self.state {
            State::Absent => ("absent", None, None),
            State::Stopped { major } => ("stopped", None, Some(major)),
            State::Running { pid, major } => ("running", Some(i64::from(pid)), Some(major)),
        };
        vec![
            status.into(),
            pid.into(),
            version.map(i64::from).into(),
            self.data_dir.as_str().into(),
            self.url.as_str().into(),
            self.log.as_str().into(),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.url.clone())
    }
}
