use std::path::PathBuf;

use super::named::OwnerArgs;
use super::secret_file::SecretFile;
use crate::commands::expiry::Expiry;
use crate::context::{ChangeArgs, Context};
use crate::db::audit::Audit;
use crate::db::tokens::{self, ApiToken, NewApiToken};
use crate::db::{PgConnection, Stored, owners, targets};
use crate::domain::{Changed, OwnerSelector, Secret, Span, Token, TokenName};
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Record, shown};

/// Issue a token, and print it once
///
/// The database keeps a digest only: nothing can show the token again. `-o id` prints the token
/// alone.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("whose").required(true).args(["user", "owner"])))]
pub struct Args {
    #[command(flatten)]
    owner: OwnerArgs,
    /// Name that tells the owner's tokens apart
    #[arg(long)]
    name: TokenName,
    /// Lifetime [default: 90d]
    #[command(flatten)]
    expiry: Expiry,
    /// Write the token to this new file of mode 0600, and not to standard output
    #[arg(long, value_name = "FILE")]
    write_to: Option<PathBuf>,
    /// Succeed without a change, and without a token, where a live token of that name exists
    #[arg(long)]
    if_not_exists: bool,
    /// Issue it even if no user of the owner may log in
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    change: ChangeArgs,
}

const LIFETIME: Span = Span::days(90);

/// The token that was issued; the plaintext only where it is to be printed.
struct Issued {
    token: Changed<ApiToken>,
    plaintext: Option<Secret>,
    /// Standard output carries the id in place of the plaintext.
    in_file: bool,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let plaintext = Token::generate()
        .map_err(|error| Error::internal(format!("the system has no randomness: {error}")))?;
    let mut rows = Some(context.output.one::<Issued>()?);
    let audit = context.audit("token.issue", &args.change)?;
    let mut file = None;
    let mut print = |issued: &Issued| rows.take().map_or(Ok(()), |rows| rows.all([issued]));
    let result = context.connect()?.transaction(args.change.access(), |conn| {
        let token = issue(args, &plaintext, conn, &audit)?;
        let secret = token.changed && !args.change.dry_run;
        match &args.write_to {
            Some(path) if secret => {
                file.insert(SecretFile::create(path)?).write(plaintext.secret())?;
            }
            Some(path) if token.changed => SecretFile::check(path)?,
            _ => {}
        }
        let issued = Issued {
            plaintext: (secret && file.is_none()).then(|| plaintext.secret().clone()),
            in_file: args.write_to.is_some(),
            token,
        };
        if issued.plaintext.is_some() {
            // Before COMMIT: a token that nobody has seen must not exist (contract 3).
            print(&issued).map_err(unseen)?;
        }
        Ok(issued)
    });
    // When the connection is lost during COMMIT, the token may be there: its file must be, too.
    if let (Some(file), Ok(_) | Err(Error::Unreachable(_))) = (file, &result) {
        file.keep();
    }
    let issued = result?;
    if !issued.token.changed {
        context.terminal.notice("a live token of that name exists; nothing can show it again");
    }
    context.notice_dry_run(&args.change);
    print(&issued)
}

fn issue(
    args: &Args,
    plaintext: &Token,
    conn: &mut PgConnection,
    audit: &Audit,
) -> Result<Changed<ApiToken>> {
    let (owner, owner_created) = match (&args.owner.user, args.owner.owner) {
        (Some(user), _) => {
            let user = targets::resolve_one(conn, user)?;
            owners::own_or_create(conn, user.id)?
        }
        (None, Some(OwnerSelector(owner))) if owners::exists(conn, owner)? => (owner, false),
        (None, Some(OwnerSelector(owner))) => return Err(Error::not_found("owner", owner)),
        (None, None) => return Err(Error::usage("give --user or --owner")),
    };
    if let Some(record) = tokens::live_named(conn, owner, &args.name)? {
        if args.if_not_exists {
            return Ok(Changed { record, changed: false });
        }
        return Err(Error::Conflict(format!(
            "{} has a live token named `{}` already; revoke it, or choose another name",
            args.owner.named(),
            args.name
        )));
    }
    if !args.force && !owners::has_active_user(conn, owner)? {
        return Err(Error::Refused(format!(
            "no user behind {} may log in (verified, not blocked, not deleted); --force issues \
             the token all the same",
            args.owner.named()
        )));
    }
    let new = NewApiToken {
        owner,
        owner_created,
        name: &args.name,
        stored: Stored::new(plaintext.digest().expose()),
        expires_at: args.expiry.resolve(conn, LIFETIME)?,
    };
    Ok(Changed { record: tokens::insert(conn, new, audit)?, changed: true })
}

/// A reader that went away is a failure here: the token would be lost.
fn unseen(error: Error) -> Error {
    match error {
        Error::ReaderGone => Error::internal(
            "nobody reads standard output, so the token was not issued; --write-to FILE keeps it",
        ),
        other => other,
    }
}

impl Record for Issued {
    fn columns() -> Vec<Column> {
        let mut columns = Changed::<ApiToken>::columns();
        columns.push(shown("token"));
        columns
    }

    fn cells(&self) -> Vec<Cell> {
        let mut cells = self.token.cells();
        cells.push(self.plaintext.as_ref().map(Secret::expose).into());
        cells
    }

    fn id(&self) -> Option<String> {
        match &self.plaintext {
            Some(plaintext) => Some(plaintext.expose().to_owned()),
            None if self.in_file => self.token.id(),
            // An id in the place of a token would be taken for one.
            None => None,
        }
    }
}
