use std::str::FromStr;

use clap::Arg;
use serde_json::json;

use super::listed_code::ListedCode;
use crate::commands::cannot_log_in;
use crate::commands::expiry::Expiry;
use crate::commands::help_page::{long, short};
use crate::commands::printed_secret;
use crate::completion::Names;
use crate::context::{ChangeArgs, Context};
use crate::db::audit_log::NewAuditEntry;
use crate::db::codes;
use crate::db::functions::clock;
use crate::db::types::StoredSecret;
use crate::db::users::{RowLock, User};
use crate::db::{lookup, require_changed};
use crate::domain::{CalendarDuration, Code, CodeKind, Secret, StoredTime, UserSelector};
use crate::error::{Error, Result};
use crate::output::{Column, Output, Prints, Record, columns_of, field, microseconds, shown};

/// Issue a one-time code for a user
///
/// Prints the code, and its form in a link. What the service would refuse is refused: a code for a
/// blocked or deleted user, a verification code if the email is verified, an authorization code if it
/// is not, a fourth verification code that can still be used. `-o id` prints the code alone.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Issued>(), mut_arg("expires_in", of_codes))]
pub struct Args {
    /// Kind of code
    #[arg(value_enum)]
    kind: CodeKind,
    /// Username, email or id
    #[arg(long, add = Names::User)]
    user: UserSelector,
    #[command(flatten)]
    expiry: Expiry,
    /// Also print this link, with the code for `{code}`
    #[arg(long, value_name = "URL")]
    link_template: Option<LinkTemplate>,
    /// Issue it even if the service would refuse it
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

/// The option with the lifetimes of codes, which are not those of tokens.
fn of_codes(expires_in: Arg) -> Arg {
    let forms = "Or the time until which it is valid. `iamctl help times` lists the forms.";
    let lifetimes = "Lifetime [default: 5m, for authorization 60s]";
    expires_in.help(lifetimes).long_help(format!("{lifetimes}\n\n{forms}"))
}

const EXAMPLES: &str = r#"
$ iamctl code issue verification --user dora
id          Z_FAooXVTk-v
kind        verification
username    dora
status      live
…
code        Z/FAooXVTk+v1VUPCxe4Sk4L/InbHTkSDb6gIjxEP8Q=
url_code    Wi9GQW9vWFZUayt2MVZVUEN4ZTRTazRML0luYkhUa1NEYjZnSWp4RVA4UT0=
link        -

$ iamctl code issue authorization --user alice --expires-in 60s -o id
C/qamdbNV4RoZkt/e6dhwR4LHORLfj8t9F9urVAPK8E=
"#;

#[derive(Debug, Clone)]
struct LinkTemplate(String);

/// A code that was issued; what is secret only where it is to be printed.
struct Issued {
    row: ListedCode,
    code: Option<Secret>,
    url_code: Option<Secret>,
    link: Option<Secret>,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let code = Code::generate()
        .map_err(|error| Error::internal(format!("the system has no randomness: {error}")))?;
    let shown = ["code", "url_code", "link"].iter().any(|column| context.output.shows(column));
    if !args.change.dry_run {
        if !shown {
            return Err(Error::usage("the code would be lost: name `code` in --columns"));
        }
        Output::require_reader("read the code from standard output")?;
    }
    let mut rows = Some(context.output.one::<Issued>()?);
    let audit = context.audit("code.issue", &args.change)?;
    let mut print = |issued: &Issued| rows.take().map_or(Ok(()), |rows| rows.all([issued]));
    let mut is_printed = false;
    let issued = context.connect()?.transaction(args.change.access(), |conn| {
        let user = lookup::users::lock_one(conn, &args.user, RowLock::NoKeyUpdate)?;
        let at = clock(conn)?;
        if !args.force {
            let live = match args.kind {
                CodeKind::Verification => codes::count_live(conn, args.kind, user.id, at)?,
                CodeKind::Authorization => 0,
            };
            refuse_unless_service_accepts(args.kind, &user, live)?;
        }
        let expires_at = args.expiry.end_after(at, lifetime(args.kind))?;
        let stored = StoredSecret::new(code.expose());
        codes::insert(conn, args.kind, user.id, &stored, at, expires_at)?;
        // Read again, with its user: the database may have written another row, or none.
        let inserted = codes::find(conn, args.kind, &[stored])?.pop();
        let inserted = inserted
            .filter(|row| row.user_id == user.id && row.expires_at == StoredTime::from(expires_at));
        let row = require_changed("code", inserted)?;
        let details =
            json!({ "kind": args.kind.name(), "expires_at": microseconds(&row.expires_at) });
        audit.record(conn, vec![NewAuditEntry::new(user.id, details)])?;
        let row = ListedCode::of(row, at);
        if args.change.dry_run {
            return Ok(Issued { row, code: None, url_code: None, link: None });
        }
        let url_code = code.url_form();
        let link = args.link_template.as_ref().map(|template| template.fill(&url_code));
        let code = Some(Secret::new(code.expose()));
        let issued = Issued { row, code, url_code: Some(url_code), link };
        // Before COMMIT: a code that was not handed out must not exist.
        print(&issued).map_err(unseen)?;
        is_printed = true;
        Ok(issued)
    });
    let issued = printed_secret::tell_if_void(issued, is_printed, &context.interrupt)?;
    context.notice_dry_run(&args.change);
    print(&issued)
}

/// The service's own lifetimes.
fn lifetime(kind: CodeKind) -> CalendarDuration {
    match kind {
        CodeKind::Verification => CalendarDuration::minutes(5),
        CodeKind::Authorization => CalendarDuration::minutes(1),
    }
}

/// The service refuses a fourth live verification code for one user.
const MOST_LIVE_VERIFICATION_CODES: i64 = 3;

/// Fails where the service would refuse the code when it is used. `live` is how many verification
/// codes of the user still work.
fn refuse_unless_service_accepts(kind: CodeKind, user: &User, live: i64) -> Result<()> {
    let user_name = &user.username;
    let refused = match kind {
        // A user who is to verify the email may be unverified.
        CodeKind::Authorization if !user.may_log_in() => {
            format!("{}. Run {}", cannot_log_in::explain(user), cannot_log_in::remedy(user))
        }
        CodeKind::Verification if user.deleted || user.blocked => {
            let verified = User { email_verified: true, ..user.clone() };
            let (why, remedy) = (cannot_log_in::why(&verified), cannot_log_in::remedy(&verified));
            format!("user `{user_name}` cannot use a code: {why}. Run {remedy}")
        }
        CodeKind::Verification if user.email_verified => {
            format!("the email of user `{user_name}` is verified already: no code is needed")
        }
        CodeKind::Verification if live >= MOST_LIVE_VERIFICATION_CODES => format!(
            "user `{user_name}` has three live verification codes already, and the service refuses a \
             fourth. Wait until one expires, or run `iamctl code revoke --all --user {}`",
            cannot_log_in::argument(user)
        ),
        _ => return Ok(()),
    };
    Err(Error::Refused(format!("{refused}, or pass --force")))
}

fn unseen(error: Error) -> Error {
    match error {
        Error::ReaderGone => {
            Error::internal("standard output has no reader, so the code was not issued")
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
    const IS_OF_CHANGE: bool = true;

    fn columns() -> Vec<Column<Self>> {
        let mut columns = columns_of(|issued: &Self| &issued.row);
        columns.extend([
            shown(field::text("code").or_null(), |issued: &Self| {
                issued.code.as_ref().map(Secret::expose).into()
            }),
            shown(field::text("url_code").or_null(), |issued| {
                issued.url_code.as_ref().map(Secret::expose).into()
            }),
            shown(field::text("link").or_null(), |issued| {
                issued.link.as_ref().map(Secret::expose).into()
            }),
        ]);
        columns
    }

    fn id(&self) -> Option<String> {
        self.code.as_ref().map(|code| code.expose().to_owned())
    }
}
