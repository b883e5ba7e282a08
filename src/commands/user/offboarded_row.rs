//! The rows that `iamctl user offboard` prints.

use std::rc::Rc;

use crate::db::users::User;
use crate::domain::StoredText;
use crate::output::{Column, Record, detail, field, shown};

/// One row that the offboarding concerns, and the user it belongs to.
pub struct AffectedRow {
    pub user: Rc<User>,
    pub row: Row,
}

/// What became of a row.
pub struct Row {
    pub kind: Kind,
    /// `None` where the row does not have the shape of a secret.
    pub id: Option<String>,
    /// Of users and tokens.
    pub name: Option<StoredText>,
    pub outcome: &'static str,
    pub changed: bool,
    /// The token that replaces this one. Boxed, because most rows have none.
    pub new: Option<Box<Successor>>,
}

/// The id of a token, and the file with its secret.
pub struct Successor {
    pub id: Option<String>,
    pub file: String,
}

impl Row {
    /// A row that is changed, and has no name.
    pub fn new(kind: Kind, id: Option<String>, outcome: &'static str) -> Self {
        Self { kind, id, name: None, outcome, changed: true, new: None }
    }
}

/// In the order in which the rows of a user are listed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    User,
    Session,
    VerificationCode,
    AuthorizationCode,
    Token,
}

impl Kind {
    pub const ALL: [Self; 5] =
        [Self::User, Self::Session, Self::VerificationCode, Self::AuthorizationCode, Self::Token];

    pub fn name(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Session => "session",
            Self::VerificationCode => "verification code",
            Self::AuthorizationCode => "authorization code",
            Self::Token => "token",
        }
    }
}

impl Record for AffectedRow {
    const IS_OF_CHANGE: bool = true;

    fn columns() -> Vec<Column<Self>> {
        vec![
            detail(field::uuid("user_id"), |affected| affected.user.id.into()),
            shown(field::text("username"), |affected| affected.user.username.as_str().into()),
            detail(field::text("email"), |affected| affected.user.email.as_str().into()),
            shown(field::one_of("kind", Kind::ALL.map(Kind::name)), |affected| {
                affected.row.kind.name().into()
            }),
            shown(field::text("id").or_null(), |affected| affected.row.id.clone().into()),
            shown(field::text("name").or_null(), |affected| affected.row.name.clone().into()),
            shown(field::text("outcome"), |affected| affected.row.outcome.into()),
            detail(field::text("new_id").or_null(), |affected| {
                affected.row.new.as_ref().and_then(|new| new.id.as_deref()).into()
            }),
            detail(field::text("file").or_null(), |affected| {
                affected.row.new.as_ref().map(|new| new.file.as_str()).into()
            }),
            shown(field::flag("changed"), |affected| affected.row.changed.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        self.row.id.clone()
    }
}
