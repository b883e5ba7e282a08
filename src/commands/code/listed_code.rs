use chrono::{DateTime, Utc};

use crate::db::codes::OneTimeCode;
use crate::domain::CodeStatus;
use crate::output::{Column, Record, detail, shown};

/// A code as lists show it: the code itself stays hidden.
pub struct ListedCode {
    pub code: OneTimeCode,
    pub status: CodeStatus,
}

impl ListedCode {
    pub fn of(code: OneTimeCode, at: DateTime<Utc>) -> Self {
        Self { status: code.status(at), code }
    }
}

impl Record for ListedCode {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown("id", |code| code.code.key.id().into()),
            shown("kind", |code| code.code.kind.name().into()),
            shown("username", |code| code.code.username.as_str().into()),
            shown("status", |code| code.status.name().into()),
            shown("expires_at", |code| code.code.expires_at.into()),
            shown("created_at", |code| code.code.created_at.into()),
            detail("user_id", |code| code.code.user_id.into()),
            detail("email", |code| code.code.email.as_str().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        self.code.key.id()
    }
}
