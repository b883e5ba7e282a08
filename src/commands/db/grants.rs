use std::fmt::Write as _;

use clap::ValueEnum;

use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::Access;
use crate::db::maintenance::identifier::quoted;
use crate::db::maintenance::namespace::{self, schema_of_tables};
use crate::db::maintenance::rights::{self, Rights};
use crate::error::{Error, Result};
use crate::output::{Column, Format, Output, Prints, Record, field, shown};

/// Print the GRANTs that a role needs
///
/// Changes nothing: the owner of the tables runs what is printed. The role has to exist. If everyone
/// may create in the schema of the tables, the REVOKE that ends it is printed, too.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Grant>())]
pub struct Args {
    /// What the role is for
    #[arg(long, value_enum)]
    profile: Profile,
    /// Name of the role
    #[arg(long, value_name = "ROLE")]
    role: RoleName,
}

const EXAMPLES: &str = r#"
$ iamctl db grants --profile purger --role iam_purger
-- can read codes and refresh tokens: a purge orders rows by them
grant usage on schema "public" to "iam_purger";
grant select (expires_at, code) on table "public"."verification_codes" to "ia…
grant delete on table "public"."verification_codes" to "iam_purger";
…
"#;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Profile {
    /// Everything but migrating: users, tokens, sessions, codes, owners, purges, the audit log
    Operator,
    /// `purge`, `code purge`, `session purge`, `token purge`
    Purger,
    /// `audit list`, `user list`, `user show`, `code stats`, `db status`; reads no secret
    Auditor,
    /// The service itself: registers users and verifies emails, issues and uses up codes and sessions
    Service,
}

#[derive(Debug, Clone)]
struct RoleName(String);

/// Rights on one table or schema, to be given or taken away.
struct Grant {
    rights: String,
    on: String,
    role: String,
    sql: String,
}

impl std::str::FromStr for RoleName {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // PostgreSQL truncates longer names.
        if (1..=63).contains(&text.len()) && !text.contains(char::is_control) {
            Ok(Self(text.to_owned()))
        } else {
            Err("the name of a role has 1 to 63 bytes and no control character")
        }
    }
}

impl Profile {
    fn grants(self) -> &'static [Rights] {
        match self {
            Self::Operator => &rights::OPERATOR,
            Self::Purger => &rights::PURGER,
            Self::Auditor => &rights::AUDITOR,
            Self::Service => &rights::SERVICE,
        }
    }

    /// Which stored secrets the role can read, and why.
    fn secrets(self) -> &'static str {
        match self {
            Self::Operator => "can read codes and refresh tokens: an operator can act as any user",
            Self::Purger => "can read codes and refresh tokens: a purge orders rows by them",
            Self::Auditor => "cannot read codes, refresh tokens or digests of API tokens",
            Self::Service => {
                "can read codes and refresh tokens, which it issues; it cannot block, delete, restore or \
                 erase users, nor see the audit log"
            }
        }
    }
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let mut rows = context.output.list::<Grant>()?;
    let RoleName(role) = &args.role;
    let (schema, exists, creators) = context.connect()?.transaction(Access::READ, |conn| {
        let exists = rights::role_exists(conn, role)?;
        Ok((schema_of_tables(conn)?, exists, namespace::creators(conn)?))
    })?;
    if !exists {
        return Err(Error::NotFound(format!(
            "no role is called `{role}`. Create it first: `create role {} login`",
            quoted(role)
        )));
    }
    let mut all = vec![Grant::to(role, "usage", format!("schema {}", quoted(&schema)))];
    all.extend(args.profile.grants().iter().map(|rights| {
        let table = format!("table {}.{}", quoted(&schema), quoted(rights.table));
        Grant::to(role, &rights.to_string(), table)
    }));
    all.extend(creators.iter().map(|creator| Grant {
        rights: "create".to_owned(),
        on: format!("schema {}", quoted(&creator.schema)),
        role: creator.role.to_string(),
        sql: creator.revoke(),
    }));
    if context.output.format == Format::Table {
        let mut sql = format!("-- {}\n", args.profile.secrets());
        for grant in &all {
            // Writing to a String cannot fail.
            _ = writeln!(sql, "{};", grant.sql);
        }
        return Output::text(&sql);
    }
    context.terminal.notice(&format!("the role {}", args.profile.secrets()));
    all.iter().try_for_each(|grant| rows.push(grant))?;
    rows.finish()
}

impl Grant {
    fn to(role: &str, rights: &str, on: String) -> Self {
        let sql = format!("grant {rights} on {on} to {}", quoted(role));
        Self { rights: rights.to_owned(), on, role: role.to_owned(), sql }
    }
}

impl Record for Grant {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("role"), |grant| grant.role.as_str().into()),
            shown(field::text("rights"), |grant| grant.rights.as_str().into()),
            shown(field::text("object"), |grant| grant.on.as_str().into()),
            shown(field::text("sql"), |grant| grant.sql.as_str().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.on.clone())
    }
}
