//! What issuing and rotating share: the secret is shown or written before COMMIT.

use std::path::PathBuf;

use crate::commands::cannot_log_in;
use crate::commands::leftover_file;
use crate::commands::printed_secret;
use crate::commands::secret_file::{SecretFile, directory_of, flush_directory};
use crate::commands::secret_generator::SecretGenerator;
use crate::context::{ChangeArgs, Context};
use crate::db::lookup::owners::TokenOwner;
use crate::db::tokens::ListedToken;
use crate::db::{Access, Database, PgConnection};
use crate::domain::{Changed, NewToken, Secret, TokenScheme, shell_word};
use crate::error::{Error, Result};
use crate::output::{Column, Format, Output, Record, columns_of, field, shown};

const WRITE_TO: &str = "--write-to";

/// The options for the kind of secret and for where it is written.
#[derive(Debug, clap::Args)]
pub struct SecretArgs {
    /// Write the token to this new file, mode 0600
    ///
    /// Instead of standard output.
    #[arg(long, value_name = "FILE")]
    write_to: Option<PathBuf>,
    /// How the service looks tokens up
    ///
    /// [default: digest] [env: IAMCTL_TOKEN_SCHEME]
    #[arg(long, value_name = "SCHEME", value_enum, hide_short_help = true)]
    token_scheme: Option<TokenScheme>,
}

/// The result of issuing or rotating: the token, the secret where one was issued, and what to tell the
/// operator about it.
pub struct Outcome {
    pub token: ListedToken,
    pub new: Option<NewToken>,
    pub notice: Option<String>,
}

/// The result as it is printed. It holds the plaintext only where no file was named.
pub struct Issued {
    token: Changed<ListedToken>,
    plaintext: Option<Secret>,
    /// Standard output carries the id in place of the plaintext.
    in_file: bool,
}

/// Fails where nobody would get the token. Called before the first question.
pub fn refuse_to_lose_it(args: &SecretArgs, change: &ChangeArgs, context: &Context) -> Result<()> {
    if args.write_to.is_none() && !change.dry_run {
        if !context.output.shows("token") {
            return Err(Error::usage(
                "the token would be lost: name `token` in --columns, or --write-to",
            ));
        }
        Output::require_reader("pass --write-to FILE")?;
    }
    Ok(())
}

/// Fails, before a question, where the file cannot be created.
pub fn refuse_unusable_file(args: &SecretArgs, database: &mut Database) -> Result<()> {
    let Some(path) = &args.write_to else { return Ok(()) };
    let unusable = SecretFile::check(WRITE_TO, path);
    if unusable.is_err() {
        let found = database
            .transaction(Access::READ, |conn| leftover_file::find(conn, [path.as_path()]))?;
        if found.is_empty() {
            return unusable;
        }
    }
    Ok(())
}

/// Lets `work` put a new secret into the database, and hands it out, all before COMMIT: a token that
/// was not handed out must not exist.
pub fn run(
    args: &SecretArgs,
    change: &ChangeArgs,
    database: &mut Database,
    context: &mut Context,
    mut work: impl FnMut(&mut PgConnection, &SecretGenerator) -> Result<Outcome>,
) -> Result<()> {
    let generator = SecretGenerator::chosen(args.token_scheme, context)?;
    if args.write_to.is_some() {
        context.interrupt.catch_more_signals();
    }
    let format = context.output.format;
    let mut rows = Some(context.output.one::<Issued>()?);
    let mut file = None;
    let mut print = |issued: &Issued| rows.take().map_or(Ok(()), |rows| rows.all([issued]));
    let mut is_printed = false;
    let result = database.transaction(change.access(), |conn| {
        let Outcome { token, new, notice } = work(conn, &generator)?;
        let issued = new.is_some();
        if !issued {
            refuse_without_token(args, &token, format)?;
        }
        let mut plaintext = new.filter(|_| !change.dry_run).map(|new| new.plaintext().clone());
        if let Some(path) = &args.write_to {
            match plaintext.take() {
                Some(secret) => {
                    if let Some(notice) = leftover_file::set_aside(conn, [path.as_path()])? {
                        context.terminal.notice(&notice);
                    }
                    file = Some(SecretFile::create(WRITE_TO, path, &secret, &context.interrupt)?);
                    flush_directory(directory_of(path))?;
                }
                None if issued && leftover_file::find(conn, [path.as_path()])?.is_empty() => {
                    SecretFile::check(WRITE_TO, path)?;
                }
                None => {}
            }
        }
        let token = Changed { record: token, changed: issued };
        let issued = Issued { plaintext, in_file: args.write_to.is_some(), token };
        if issued.plaintext.is_some() {
            print(&issued).map_err(unseen)?;
            is_printed = true;
        }
        Ok((issued, notice))
    });
    let result = printed_secret::tell_if_void(result, is_printed, &context.interrupt);
    let (issued, notice) = SecretFile::keep_unless_rolled_back(file, result, &context.interrupt)?;
    if let Some(notice) = notice {
        context.terminal.notice(&notice);
    }
    if issued.token.changed && !change.dry_run {
        match &args.write_to {
            Some(path) => {
                context.terminal.notice(&format!("token written to `{}`", path.display()));
            }
            None if context.output.screen.is_terminal => {
                context.terminal.notice("this token is shown only once");
            }
            None => {}
        }
    }
    // Last: a dry run takes back what the notice before it says.
    context.notice_dry_run(change);
    print(&issued)
}

/// A reader that went away is a failure here: the token would be lost.
fn unseen(error: Error) -> Error {
    match error {
        Error::ReaderGone => Error::internal(
            "standard output has no reader, so the token was not issued; --write-to FILE keeps it",
        ),
        other => other,
    }
}

/// Fails where no user of the token's owner may log in, unless forced: the token would be of no use.
pub fn refuse_unless_owner_can_log_in(owner: &TokenOwner, force: bool) -> Result<()> {
    if force || owner.any_may_log_in() {
        return Ok(());
    }
    let named = format!("owner `{}`", owner.owner);
    let why = cannot_log_in::explain_all(&owner.users, &named, owner.owner);
    Err(Error::Refused(format!("{why}, or pass --force")))
}

/// Fails where a token of that name exists, and the caller would be left without one.
fn refuse_without_token(args: &SecretArgs, token: &ListedToken, format: Format) -> Result<()> {
    let (lost, write_to) = match &args.write_to {
        Some(path) if path.symlink_metadata().is_err() => {
            let path = path.display().to_string();
            (format!("`{path}` does not exist"), format!(" --write-to {}", shell_word(&path)))
        }
        None if format == Format::Id => ("-o id has nothing to print".to_owned(), String::new()),
        _ => return Ok(()),
    };
    Err(Error::Refused(format!(
        "a live token named `{}` exists, and nothing can show it again: {lost}. Run `iamctl token rotate \
         {}{write_to}` for a new one",
        token.token.name,
        token.token.key.id().unwrap_or_default()
    )))
}

impl Record for Issued {
    const IS_OF_CHANGE: bool = true;

    fn columns() -> Vec<Column<Self>> {
        let mut columns = columns_of(|issued: &Self| &issued.token);
        columns.push(shown(field::text("token").or_null(), |it| {
            it.plaintext.as_ref().map(Secret::expose).into()
        }));
        columns
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
