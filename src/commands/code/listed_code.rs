use chrono::{DateTime, Utc};

use crate::db::codes::OneTimeCode;
use crate::domain::{CodeKind, CodeStatus, StoredText};
use crate::output::{Column, Record, detail, field, shown};

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
            shown(field::text("id").or_null(), |code| code.code.key.id().into()),
            shown(field::one_of("kind", CodeKind::ALL.map(CodeKind::name)), |code| {
                code.code.kind.name().into()
            }),
            shown(field::text("username").or_null(), |code| {
                code.code.username.as_ref().map(StoredText::as_str).into()
            }),
            shown(field::one_of("status", CodeStatus::ALL.map(CodeStatus::name)), |code| {
                code.status.name().into()
            }),
            shown(field::time("expires_at"), |code| code.code.expires_at.into()),
            shown(field::time("created_at"), |code| code.code.created_at.into()),
            detail(field::uuid("user_id"), |code| code.code.user_id.into()),
            detail(field::text("email").or_null(), |code| {
                code.code.email.as_ref().map(StoredText::as_str).into()
            }),
        ]
    }

    fn id(&self) -> Option<String> {
        self.code.key.id()
    }
}
