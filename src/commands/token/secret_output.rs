//! What issuing and rotating share: the secret is shown or written before COMMIT.

use std::fmt::Display;
use std::path::PathBuf;

use super::secret_file::SecretFile;
use crate::context::{ChangeArgs, Context};
use crate::db::locks::Locks;
use crate::db::tokens::ApiToken;
use crate::db::{Database, PgConnection, StoredSecret};
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

/// The secrets of which one becomes a token: one of each scheme, or two of the scheme that was chosen.
pub struct Candidates {
    digest: NewToken,
    verbatim: NewToken,
}

impl Candidates {
    fn generate(scheme: Option<TokenScheme>) -> Result<Self> {
        let generate = |default| {
            NewToken::generate(scheme.unwrap_or(default))
                .map_err(|error| Error::internal(format!("the system has no randomness: {error}")))
        };
        Ok(Self {
            digest: generate(TokenScheme::Digest)?,
            verbatim: generate(TokenScheme::Verbatim)?,
        })
    }

    /// What the database is to keep of the one that it chooses: of the digest, and of the verbatim one.
    pub fn stored(&self) -> [StoredSecret; 2] {
        [&self.digest, &self.verbatim].map(|new| StoredSecret::new(new.stored().expose()))
    }

    /// The plaintext of the token of which this is stored.
    fn plaintext(&self, stored: &StoredSecret) -> Option<&Secret> {
        let new = [&self.digest, &self.verbatim];
        new.into_iter().find(|new| stored.is(new.stored())).map(NewToken::plaintext)
    }
}

/// Generates the secret, lets `work` put it into the database, and hands it out, all before COMMIT: a
/// token that nobody has seen must not exist (contract 3). Returns whether one was issued.
pub fn run(
    args: &SecretArgs,
    change: &ChangeArgs,
    locks: &Locks,
    database: &mut Database,
    context: &mut Context,
    work: impl FnOnce(&mut PgConnection, &Candidates) -> Result<Changed<ApiToken>>,
) -> Result<bool> {
    let scheme = match args.token_scheme {
        Some(scheme) => Some(scheme),
        None => context.choice("IAMCTL_TOKEN_SCHEME")?,
    };
    let new = Candidates::generate(scheme)?;
    if args.write_to.is_none() && !change.dry_run && !context.output.shows("token") {
        return Err(Error::usage(
            "the token would be lost: name `token` in --columns, or --write-to",
        ));
    }
    let mut rows = Some(context.output.one::<Issued>()?);
    let mut file = None;
    let mut print = |issued: &Issued| rows.take().map_or(Ok(()), |rows| rows.all([issued]));
    let result = database.locking(locks, change.access(), |conn| {
        let token = work(conn, &new)?;
        let is_real = token.changed && !change.dry_run;
        let mut plaintext = new.plaintext(&token.record.token).filter(|_| is_real).cloned();
        if let Some(path) = &args.write_to {
            match plaintext.take() {
                Some(secret) => file.insert(SecretFile::create(path)?).write(&secret)?,
                None if token.changed => SecretFile::check(path)?,
                None => {}
            }
        }
        let issued = Issued { plaintext, in_file: args.write_to.is_some(), token };
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

/// Fails where a token would be of no use: nobody behind its owner may log in.
pub fn refuse_useless(usable: bool, named: impl Display, force: bool) -> Result<()> {
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
