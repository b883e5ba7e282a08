use crate::db::sessions::Session;
use crate::domain::{SessionStatus, StoredText};
use crate::output::{Column, Record, detail, shown};

/// A session as lists show it: the refresh token stays hidden.
pub struct ListedSession {
    pub session: Session,
    pub status: SessionStatus,
    pub username: StoredText,
    pub email: StoredText,
}

impl Record for ListedSession {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown("id", |session| session.session.key.id().into()),
            shown("username", |session| session.username.as_str().into()),
            shown("status", |session| session.status.name().into()),
            shown("created_at", |session| session.session.created_at.into()),
            shown("expires_at", |session| session.session.expires_at.into()),
            detail("user_id", |session| session.session.user_id.into()),
            detail("email", |session| session.email.as_str().into()),
            detail("revoked", |session| session.session.revoked.into()),
            detail("revoked_at", |session| session.session.revoked_at.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        self.session.key.id()
    }
}
