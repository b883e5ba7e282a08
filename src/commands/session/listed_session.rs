use crate::db::sessions::Session;
use crate::domain::{SessionStatus, StoredText};
use crate::output::{Column, Record, detail, field, shown};

/// A session as lists show it: the refresh token stays hidden.
pub struct ListedSession {
    pub session: Session,
    pub status: SessionStatus,
    /// `None` where the user is missing; likewise the email.
    pub username: Option<StoredText>,
    pub email: Option<StoredText>,
}

impl Record for ListedSession {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("id").or_null(), |session| session.session.key.id().into()),
            shown(field::text("username").or_null(), |session| {
                session.username.as_ref().map(StoredText::as_str).into()
            }),
            shown(
                field::one_of("status", SessionStatus::ALL.map(SessionStatus::name)),
                |session| session.status.name().into(),
            ),
            shown(field::time("created_at"), |session| session.session.created_at.into()),
            shown(field::time("expires_at"), |session| session.session.expires_at.into()),
            detail(field::uuid("user_id"), |session| session.session.user_id.into()),
            detail(field::text("email").or_null(), |session| {
                session.email.as_ref().map(StoredText::as_str).into()
            }),
            detail(field::flag("revoked"), |session| session.session.revoked.into()),
            detail(field::time("revoked_at").or_null(), |session| {
                session.session.revoked_at.into()
            }),
        ]
    }

    fn id(&self) -> Option<String> {
        self.session.key.id()
    }
}
