use crate::context::Context;
use crate::db::users::{self, LiveCounts, User};
use crate::db::{Access, targets};
use crate::domain::UserSelector;
use crate::error::Result;
use crate::output::{Cell, Column, Record, shown};

/// Show a user, with counts of live sessions, codes and tokens
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Username, email or id
    user: UserSelector,
}

struct Detailed {
    user: User,
    live: LiveCounts,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Detailed>()?;
    let detailed = context.connect()?.transaction(Access::Read, |conn| {
        let user = targets::resolve_one(conn, &args.user)?;
        let live = users::live_counts(conn, user.id)?;
        Ok(Detailed { user, live })
    })?;
    rows.all([&detailed])
}

impl Record for Detailed {
    fn columns() -> Vec<Column> {
        let mut columns = User::columns();
        columns.extend([
            shown("live_sessions"),
            shown("live_verification_codes"),
            shown("live_authorization_codes"),
            shown("live_tokens"),
        ]);
        columns
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        let mut cells = self.user.cells();
        cells.extend([
            self.live.sessions.into(),
            self.live.verification_codes.into(),
            self.live.authorization_codes.into(),
            self.live.tokens.into(),
        ]);
        cells
    }

    fn id(&self) -> Option<String> {
        self.user.id()
    }
}
