use crate::error::Result;
use crate::local::{LocalServer, State};
use crate::output::{Cell, Column, Record, shown};

/// The state of the private PostgreSQL, and where its files are.
pub struct ServerStatus {
    pub state: State,
    pub data_dir: String,
    url: String,
    log: String,
}

impl ServerStatus {
    pub fn of(server: &LocalServer) -> Result<Self> {
        Ok(Self {
            state: server.state()?,
            data_dir: server.data_dir().display().to_string(),
            url: server.url(),
            log: server.log().display().to_string(),
        })
    }
}

impl Record for ServerStatus {
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
