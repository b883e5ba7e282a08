use clap::builder::NonEmptyStringValueParser;

use crate::commands::paging::Paging;
use crate::context::Context;
use crate::db::audit_log::{self, AuditEntry, AuditFilter};
use crate::domain::TimeOrDuration;
use crate::error::Result;
use crate::output::{Cell, Column, Record, detail, shown};

/// List who changed what, when and why; the newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only this action, such as `user.block`, or all of a noun, such as `user`
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    action: Option<String>,
    /// Only what this system user did, or had done through sudo
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "NAME")]
    actor: Option<String>,
    /// Only what was done to this: the id of a user, a token, a session, an owner; a code's user
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "ID", allow_hyphen_values = true)]
    target: Option<String>,
    /// Only what was done since this time, or within this duration
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    since: Option<TimeOrDuration>,
    /// Only what was done before this time, or longer ago than this duration
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    until: Option<TimeOrDuration>,
    /// Continue after this entry
    #[arg(long, value_name = "ID")]
    after: Option<i64>,
    #[command(flatten)]
    paging: Paging,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let access = args.paging.access(context.output.format);
    let mut database = context.connect()?;
    let filter = AuditFilter {
        action: args.action.clone(),
        actor: args.actor.clone(),
        target: args.target.clone(),
        since: context.ago(&mut database, "--since", args.since)?,
        until: context.ago(&mut database, "--until", args.until)?,
        before_id: args.after,
        limit: None,
    };
    if args.paging.count {
        let count = database.transaction(access, |conn| audit_log::count(conn, &filter))?;
        return context.output.count(count);
    }
    args.paging.print::<AuditEntry>(context, |limit, each| {
        let filter = AuditFilter { limit, ..filter };
        database.transaction(access, |conn| audit_log::list(conn, &filter, each))
    })?;
    Ok(())
}

impl Record for AuditEntry {
    fn columns() -> Vec<Column> {
        vec![
            shown("id"),
            shown("at"),
            shown("actor"),
            shown("action"),
            shown("target"),
            shown("username"),
            shown("reason"),
            shown("details"),
            detail("database_role"),
            detail("sudo_actor"),
            detail("host"),
            detail("program_version"),
        ]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        let details =
            Cell::Structure { text: self.details.to_string(), json: self.details.clone() };
        vec![
            self.id.into(),
            self.at.into(),
            self.actor.as_str().into(),
            self.action.as_str().into(),
            self.target.clone().into(),
            self.username.clone().into(),
            self.reason.clone().into(),
            details,
            self.database_role.as_str().into(),
            self.sudo_actor.clone().into(),
            self.host.as_str().into(),
            self.program_version.as_str().into(),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.id.to_string())
    }
}
