use crate::commands::help_page::{long, short};
use crate::completion::Names;
use crate::context::Context;
use crate::db::functions::transaction_time;
use crate::db::users::User;
use crate::db::{Access, codes, lookup, sessions, tokens};
use crate::domain::{CodeKind, UserSelector};
use crate::error::Result;
use crate::output::{Column, Prints, Record, columns_of, field, shown};

/// Show a user, with counts of sessions, codes and tokens
///
/// `iamctl audit list --target USER` shows what was done to the user, by whom and why.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Detailed>())]
pub struct Args {
    /// Username, email or id
    #[arg(add = Names::User)]
    user: UserSelector,
}

const EXAMPLES: &str = r#"
$ iamctl user show alice
id                        00000000-0000-4000-8000-000000000001
username                  alice
email                     alice@example.org
status                    active
…
live_tokens               2

$ iamctl user show alice@example.org -o json --columns status,live_sessions
{
  "status": "active",
  "live_sessions": 2
}
"#;

/// A user, and how much of what belongs to it still works.
struct Detailed {
    user: User,
    sessions: i64,
    verification_codes: i64,
    authorization_codes: i64,
    tokens: i64,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let rows = context.output.one::<Detailed>()?;
    let detailed = context.connect_for_deleted()?.transaction(Access::READ, |conn| {
        let user = lookup::users::find_one(conn, &args.user)?;
        let at = transaction_time(conn)?;
        Ok(Detailed {
            sessions: sessions::count_live_of(conn, &[user.id], at)?,
            verification_codes: codes::count_live(conn, CodeKind::Verification, user.id, at)?,
            authorization_codes: codes::count_live(conn, CodeKind::Authorization, user.id, at)?,
            tokens: tokens::count_live_of_user(conn, user.id)?,
            user,
        })
    })?;
    rows.all([&detailed])
}

impl Record for Detailed {
    fn columns() -> Vec<Column<Self>> {
        let mut columns = columns_of(|detailed: &Self| &detailed.user);
        columns.extend([
            shown(field::integer("live_sessions"), |detailed: &Self| detailed.sessions.into()),
            shown(field::integer("live_verification_codes"), |detailed| {
                detailed.verification_codes.into()
            }),
            shown(field::integer("live_authorization_codes"), |detailed| {
                detailed.authorization_codes.into()
            }),
            shown(field::integer("live_tokens"), |detailed| detailed.tokens.into()),
        ]);
        columns
    }

    fn id(&self) -> Option<String> {
        self.user.id()
    }
}
