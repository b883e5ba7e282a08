use std::str::FromStr;

use crate::commands::expiry::Expiry;
use crate::context::{ChangeArgs, Context};
use crate::db::codes::{self, CodeKind, CodeRow, MOST_LIVE_VERIFICATION_CODES, NewCode};
use crate::db::{self, PgConnection, targets};
use crate::domain::{CalendarDuration, Code, Secret, UserSelector};
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Record, shown};

/// Issue a code for a user, and print it with its form in a link
///
/// Refused is what the service would refuse later: a blocked or deleted user, a verification code
/// for an email that is verified, an authorization code for one that is not, a fourth live
/// verification code. `-o id` prints the code alone.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What the code is for
    #[arg(value_enum)]
    kind: CodeKind,
    /// Username, email or id
    #[arg(long)]
    user: UserSelector,
    #[command(flatten)]
    expiry: Expiry,
    /// Print this link too, with the code's URL form in the place of `{code}`
    #[arg(long, value_name = "URL")]
    link_template: Option<LinkTemplate>,
    /// Issue it even if the service would refuse it
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

#[derive(Debug, Clone)]
struct LinkTemplate(String);

/// A code that was issued; what is secret only where it is to be printed.
struct Issued {
    row: CodeRow,
    code: Option<Secret>,
    url_code: Option<Secret>,
    link: Option<Secret>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let code = Code::generate()
        .map_err(|error| Error::internal(format!("the system has no randomness: {error}")))?;
    let shown = ["code", "url_code", "link"].iter().any(|column| context.output.shows(column));
    if !args.change.dry_run && !shown {
        return Err(Error::usage("the code would be lost: name `code` in --columns"));
    }
    let mut rows = Some(context.output.one::<Issued>()?);
    let audit = context.audit("code.issue", &args.change)?;
    let mut print = |issued: &Issued| rows.take().map_or(Ok(()), |rows| rows.all([issued]));
    let new = NewCode {
        kind: args.kind,
        user: &args.user,
        code: &code,
        end: args.expiry.end(lifetime(args.kind)),
        force: args.force,
    };
    let issued = context.connect()?.locking(&new.locks(), args.change.access(), |conn| {
        let row = codes::issue(conn, &new, &audit)?.map_or_else(|| refuse(args, conn), Ok)?;
        if args.change.dry_run {
            return Ok(Issued { row, code: None, url_code: None, link: None });
        }
        let url_code = code.url_form();
        let link = args.link_template.as_ref().map(|template| template.fill(&url_code));
        let code = Some(Secret::new(code.expose()));
        let issued = Issued { row, code, url_code: Some(url_code), link };
        // Before COMMIT: a code that nobody has seen must not exist (contract 3).
        print(&issued).map_err(unseen)?;
        Ok(issued)
    })?;
    context.notice_dry_run(&args.change);
    print(&issued)
}

/// The service's own lifetimes (contract 1).
fn lifetime(kind: CodeKind) -> CalendarDuration {
    match kind {
        CodeKind::Verification => CalendarDuration::minutes(5),
        CodeKind::Authorization => CalendarDuration::minutes(1),
    }
}

/// Says why no code was issued: mostly, that the service would refuse it when it is used (contract 1).
fn refuse(args: &Args, conn: &mut PgConnection) -> Result<CodeRow> {
    let user = targets::resolve_one(conn, &args.user)?;
    let live = codes::live_verification_codes(conn, user.id)?;
    let reason = match args.kind {
        _ if args.force => None,
        _ if user.deleted => Some("is deleted"),
        _ if user.blocked => Some("is blocked"),
        CodeKind::Verification if user.email_verified => Some("has a verified email already"),
        CodeKind::Authorization if !user.email_verified => Some("has not verified the email"),
        CodeKind::Verification if live >= MOST_LIVE_VERIFICATION_CODES => {
            Some("has three live verification codes already, and the service refuses a fourth")
        }
        _ => None,
    };
    if let Some(reason) = reason {
        return Err(Error::Refused(format!(
            "user `{}` {reason}; --force issues the code all the same",
            user.username
        )));
    }
    args.expiry.check(db::now(conn)?, lifetime(args.kind))?;
    Err(Error::changed_meanwhile(format!("user `{}`", args.user)))
}

fn unseen(error: Error) -> Error {
    match error {
        Error::ReaderGone => {
            Error::internal("nobody reads standard output, so the code was not issued")
        }
        other => other,
    }
}

impl FromStr for LinkTemplate {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if text.contains("{code}") {
            Ok(Self(text.to_owned()))
        } else {
            Err("the template has no `{code}`, such as in https://app.example.org/verify/{code}")
        }
    }
}

impl LinkTemplate {
    fn fill(&self, url_code: &Secret) -> Secret {
        Secret::new(self.0.replace("{code}", url_code.expose()))
    }
}

impl Record for Issued {
    fn columns() -> Vec<Column> {
        let mut columns = CodeRow::columns();
        columns.extend([shown("code"), shown("url_code"), shown("link")]);
        columns
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        let mut cells = self.row.cells();
        for secret in [&self.code, &self.url_code, &self.link] {
            cells.push(secret.as_ref().map(Secret::expose).into());
        }
        cells
    }

    fn id(&self) -> Option<String> {
        self.code.as_ref().map(|code| code.expose().to_owned())
    }
}
