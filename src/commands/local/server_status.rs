use crate::error::Result;
use crate::local::{LocalServer, State};
use crate::output::{Cell, Column, Record, field, shown};

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
    const IS_IN_DATABASE: bool = false;

    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::one_of("status", ["absent", "stopped", "running"]), |server| {
                Cell::from(match server.state {
                    State::Absent => "absent",
                    State::Stopped { .. } => "stopped",
                    State::Running { .. } => "running",
                })
            }),
            shown(field::integer("pid").or_null(), |server| match server.state {
                State::Absent | State::Stopped { .. } => Cell::Null,
                State::Running { pid, .. } => i64::from(pid).into(),
            }),
            shown(field::integer("version").or_null(), |server| match server.state {
                State::Absent => Cell::Null,
                State::Stopped { major } | State::Running { major, .. } => i64::from(major).into(),
            }),
            shown(field::text("data_dir"), |server| server.data_dir.as_str().into()),
            shown(field::text("url"), |server| server.url.as_str().into()),
            shown(field::text("log"), |server| server.log.as_str().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.url.clone())
    }
}
