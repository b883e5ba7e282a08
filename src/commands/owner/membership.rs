use uuid::Uuid;

use crate::db::users::User;
use crate::output::{Column, Record, detail, field, shown};

/// One user's place in an owner.
pub struct Membership {
    pub owner: Uuid,
    pub user: User,
}

impl Record for Membership {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::uuid("owner_id"), |membership| membership.owner.into()),
            shown(field::text("username"), |membership| membership.user.username.as_str().into()),
            shown(field::uuid("user_id"), |membership| membership.user.id.into()),
            detail(field::text("email"), |membership| membership.user.email.as_str().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.user.id.to_string())
    }
}
