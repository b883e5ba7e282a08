//! What issuing and rotating share: the secret is shown or written before COMMIT.

use std::path::PathBuf;

use super::secret_file::SecretFile;
use crate::context::{ChangeArgs, Context};
use crate::db::audit::Audit;
use crate::db::tokens::ApiToken;
use crate::db::{Database, PgConnection};
use crate::domain::{Changed, NewToken, Secret, TokenScheme};
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Record, shown};

/// What kind of secret, and where it goes.
#[derive(Debug, clap::Args)]
pub struct SecretArgs {
    /// Write the token to this new file of mode 0600, and not to standard output
    #[arg(long, value_name = "FILE")]
    write_to: Option<PathBuf>,
    /// How the service looks tokens up [default: digest] [env: IAMCTL_TOKEN_SCHEME]
    #[arg(long, value_name = "SCHEME", value_enum)]
    token_scheme: Option<TokenScheme>,
}

/// The token that was issued; the plaintext only where it is to be printed.
struct Issued {
    token: Changed<ApiToken>,
    plaintext: Option<Secret>,
    /// Standard output carries the id in place of the plaintext.
    in_file: bool,
}

/// Generates a secret, lets `work` put it into the database, and hands it out, all before COMMIT: a
/// token that nobody has seen must not exist (contract 3). Returns whether one was issued. `default`
/// gives its scheme where nothing says otherwise.
pub fn run(
    args: &SecretArgs,
    default: impl FnOnce(&mut Database) -> Result<TokenScheme>,
    change: &ChangeArgs,
    audit: &Audit,
    database: &mut Database,
    context: &mut Context,
    work: impl FnOnce(&mut PgConnection, &NewToken, &Audit) -> Result<Changed<ApiToken>>,
) -> Result<bool> {
    let scheme = match args.token_scheme {
        Some(scheme) => scheme,
        None => match context.choice("IAMCTL_TOKEN_SCHEME")? {
            Some(scheme) => scheme,
            None => default(database)?,
        },
    };
    let new = NewToken::generate(scheme)
        .map_err(|error| Error::internal(format!("the system has no randomness: {error}")))?;
    if args.write_to.is_none() && !change.dry_run && !context.output.shows("token") {
        return Err(Error::usage(
            "the token would be lost: name `token` in --columns, or --write-to",
        ));
    }
    let mut rows = Some(context.output.one::<Issued>()?);
    let mut file = None;
    let mut print = |issued: &Issued| rows.take().map_or(Ok(()), |rows| rows.all([issued]));
    let result = database.transaction(change.access(), |conn| {
        let token = work(conn, &new, audit)?;
        let secret = token.changed && !change.dry_run;
        match &args.write_to {
            Some(path) if secret => {
                file.insert(SecretFile::create(path)?).write(new.plaintext())?;
            }
            Some(path) if token.changed => SecretFile::check(path)?,
            _ => {}
        }
        let issued = Issued {
            plaintext: (secret && file.is_none()).then(|| new.plaintext().clone()),
            in_file: args.write_to.is_some(),
            token,
        };
        if issued.plaintext.is_some() {
            print(&issued).map_err(unseen)?;
        }
        Ok(issued)
    });
    // When the connection is lost during COMMIT, the token may be there: its file must be, too.
    if let (Some(file), Ok(_) | Err(Error::Unreachable(_))) = (file, &result) {
        file.keep();
    }
    let issued = result?;
    context.notice_dry_run(change);
    print(&issued)?;
    Ok(issued.token.changed)
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

/// Fails where the token would be of no use: nobody behind the owner may log in.
pub fn refuse_useless(usable: bool, named: &str, force: bool) -> Result<()> {
    if force || usable {
        return Ok(());
    }
    Err(Error::Refused(format!(
        "no user behind {named} may log in (verified, not blocked, not deleted); --force issues \
         the token all the same"
    )))
}

impl Record for Issued {
    fn columns() -> Vec<Column> {
        let mut columns = Changed::<ApiToken>::columns();
        columns.push(shown("token"));
        columns
    }

    fn cells(&self) -> Vec<Cell<'_>> {
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
