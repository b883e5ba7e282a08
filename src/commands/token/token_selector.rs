//! How a token is named: by id, by owner and name, or by its value on standard input.

use std::collections::HashSet;

use chrono::{DateTime, Utc};

use super::choice;
use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::completion::Names;
use crate::context::{ChangeArgs, Context};
use crate::db::connection::encoding::Lacking;
use crate::db::functions::{clock, transaction_time};
use crate::db::lookup::ids::{in_order, unknown_value};
use crate::db::lookup::owners::OwnerRef;
use crate::db::lookup::tokens::{newest, sort_newest_first};
use crate::db::tokens::{self, ApiToken};
use crate::db::types::StoredSecret;
use crate::db::{PgConnection, lookup};
use crate::domain::{OwnerSelector, RowId, TokenName, TokenScheme, TokenValue, UserSelector};
use crate::error::{Error, Result};

/// Whose tokens.
#[derive(Debug, Clone, clap::Args)]
pub struct OwnerArgs {
    /// This user's own token: username, email or id
    ///
    /// A token of the owner whose only user this is.
    #[arg(long, value_name = "USER", conflicts_with = "owner", add = Names::User)]
    pub user: Option<UserSelector>,
    /// A token of this owner, shared or not: its id
    ///
    /// `iamctl owner list` shows the ids.
    #[arg(long, value_name = "ID", add = Names::Owner)]
    pub owner: Option<OwnerSelector>,
}

impl OwnerArgs {
    /// The owner meant; `None` where neither option was given.
    pub fn chosen(&self) -> Option<OwnerRef<'_>> {
        let owner = self.owner.map(|OwnerSelector(owner)| OwnerRef::Owner(owner));
        self.user.as_ref().map(OwnerRef::User).or(owner)
    }

    /// The option that was given.
    fn option(&self) -> &'static str {
        if self.user.is_some() { "--user" } else { "--owner" }
    }

    /// For a token that is named already, by its id or by its value.
    fn is_too_much(&self, is_value: bool) -> Error {
        let named =
            if is_value { "--stdin names tokens by their value" } else { "an id names a token" };
        let option = self.option();
        Error::usage(format!("{named}, also without {option}: leave {option} out"))
    }
}

/// How the service looks tokens up. A value tells by itself of which scheme it is.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct SchemeArg {
    /// Accept values of this scheme only
    ///
    /// [default: both]
    #[arg(long, value_name = "SCHEME", value_enum, hide_short_help = true)]
    token_scheme: Option<TokenScheme>,
}

impl SchemeArg {
    fn check(self, values: Vec<TokenValue>) -> Result<Vec<TokenValue>> {
        if self.token_scheme.is_some_and(|wanted| values.iter().any(|it| it.scheme() != wanted)) {
            return Err(Error::usage("the token is of the other scheme than --token-scheme says"));
        }
        Ok(values)
    }
}

/// Which tokens a verb that takes several is to change.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").args(["ids", "name", "all", "stdin"])))]
pub struct Targets {
    /// Ids from `token list`; `-` reads them from stdin
    ///
    /// On a terminal, a token is asked for if none is named.
    #[arg(value_name = "ID", add = Names::Token)]
    ids: Vec<ValueOrStdin<RowId>>,
    #[command(flatten)]
    owner: OwnerArgs,
    /// Tokens of this name, with --user or --owner
    #[arg(long)]
    name: Option<TokenName>,
    /// All tokens, with --user or --owner
    #[arg(long)]
    all: bool,
    /// Read the tokens themselves from stdin
    ///
    /// One a line.
    #[arg(long)]
    stdin: bool,
    #[command(flatten)]
    scheme: SchemeArg,
}

/// What `Targets` names, standard input read.
pub enum Chosen<'a> {
    Ids(Vec<RowId>),
    Values(Vec<TokenValue>),
    Name(OwnerRef<'a>, &'a TokenName),
    All(OwnerRef<'a>),
}

impl Targets {
    /// Reads standard input where it is asked for. Where no token is named, the operator chooses one of those for
    /// which `needed` holds.
    pub fn choose(
        &self,
        change: &ChangeArgs,
        needed: fn(&ApiToken) -> bool,
        context: &mut Context,
    ) -> Result<Chosen<'_>> {
        Ok(match (self.owner.chosen(), &self.name) {
            (None, None) if self.ids.is_empty() && !self.all && !self.stdin => {
                let chosen = choice::ask(context, change, needed)?;
                context.asked.argument(typed(&chosen));
                Chosen::Ids(vec![chosen])
            }
            (Some(owner), Some(name)) => Chosen::Name(owner, name),
            (Some(owner), None) if self.all => Chosen::All(owner),
            (None, None) if self.stdin => Chosen::Values(self.scheme.check(values(context)?)?),
            (None, None) if !self.all => Chosen::Ids(value_or_stdin::collect(&self.ids)?),
            (None, Some(_)) => return Err(whose("--name")),
            (None, None) => return Err(whose("--all")),
            (Some(_), None) if self.ids.is_empty() && !self.stdin => {
                let option = self.owner.option();
                return Err(Error::usage(format!(
                    "{option} does not say which tokens: add --name NAME, or --all for every token"
                )));
            }
            (Some(_), None) => return Err(self.owner.is_too_much(self.stdin)),
        })
    }
}

/// For an option without those that it needs.
fn whose(option: &str) -> Error {
    Error::usage(format!("{option} does not say whose token: add --user USER or --owner ID"))
}

impl Chosen<'_> {
    /// Locks the tokens, and before them an owner that is named. Returns the tokens in the order given,
    /// those of an owner the newest first, and the time. A name means all tokens of that name that are not
    /// revoked where `every` is set, else the newest.
    ///
    /// What names no token, or an ambiguous one, is an error; an owner may have none.
    pub fn lock(
        &self,
        conn: &mut PgConnection,
        every: bool,
    ) -> Result<(Vec<ApiToken>, DateTime<Utc>)> {
        let owner = match self {
            Self::Ids(ids) => {
                let keys = lookup::ids::token_keys(conn, ids)?;
                let locked = tokens::lock(conn, &keys)?;
                return Ok((in_order("token", &keys, locked, key)?, clock(conn)?));
            }
            Self::Values(values) => {
                let keys = stored(values);
                let locked = tokens::lock(conn, &keys)?;
                let known: HashSet<_> = locked.iter().map(|token| &token.key).collect();
                if let Some(place) = keys.iter().position(|key| !known.contains(key)) {
                    return Err(unknown_value("token", place + 1));
                }
                return Ok((in_order("token", &keys, locked, key)?, clock(conn)?));
            }
            Self::All(owner) | Self::Name(owner, _) => owner,
        };
        // Waits for a rotation of these tokens that is under way.
        let locked = lookup::owners::lock(conn, *owner)?;
        let mut tokens = match self {
            _ if locked.is_new => Vec::new(),
            Self::Name(owner, name) => {
                tokens::lock_named(conn, locked.owner, &name.as_str().into())
                    .map_err(|error| no_such_if_lacking(error.into(), owner, name))?
            }
            _ => tokens::lock_unrevoked(conn, locked.owner)?,
        };
        let at = clock(conn)?;
        if let Self::Name(_, name) = self {
            let newest = newest(&tokens, at).cloned().ok_or_else(|| no_such(owner, name))?;
            tokens.retain(|token| !token.revoked);
            if !every || tokens.is_empty() {
                tokens = vec![newest];
            }
        }
        sort_newest_first(&mut tokens);
        Ok((tokens, at))
    }

    /// How many were named one by one.
    pub fn count(&self) -> usize {
        match self {
            Self::Ids(ids) => ids.len(),
            Self::Values(values) => values.len(),
            Self::Name(..) | Self::All(_) => 1,
        }
    }

    /// The question before the change; `None` where nothing is named. `each` is what a name means:
    /// "every token", or "the newest token".
    pub fn question(&self, verb: &str, each: &str) -> Option<String> {
        Some(match self {
            Self::Name(owner, name) => {
                format!("{verb} {each} named `{name}` of {owner}")
            }
            Self::All(owner) => format!("{verb} every token of {owner}"),
            Self::Ids(ids) => match ids.as_slice() {
                [] => return None,
                [id] => format!("{verb} token `{id}`"),
                ids => format!("{verb} {} tokens", ids.len()),
            },
            Self::Values(values) => match values.as_slice() {
                [] => return None,
                [_] => format!("{verb} the token on standard input"),
                values => format!("{verb} the {} tokens on standard input", values.len()),
            },
        })
    }
}

/// Which one token: by id, by owner and name, or by its value.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("which").required(true).args(["id", "name", "stdin"])))]
pub struct OneToken {
    /// Id from `token list`
    #[arg(add = Names::Token)]
    id: Option<RowId>,
    #[command(flatten)]
    owner: OwnerArgs,
    /// The newest of this name, with --user/--owner
    ///
    /// The newest that is still valid.
    #[arg(long)]
    name: Option<TokenName>,
    /// Read the token itself from stdin
    ///
    /// On a terminal, it is asked for and not shown.
    #[arg(long)]
    stdin: bool,
}

/// What `OneToken` names, standard input read.
pub enum Picked<'a> {
    Id(&'a RowId),
    Name(OwnerRef<'a>, &'a TokenName),
    Value(TokenValue),
}

impl OneToken {
    /// Reads standard input where it is asked for.
    pub fn pick(&self, context: &Context, scheme: SchemeArg) -> Result<Picked<'_>> {
        Ok(match (&self.id, self.owner.chosen(), &self.name) {
            (Some(id), None, None) => Picked::Id(id),
            (None, Some(owner), Some(name)) => Picked::Name(owner, name),
            (None, None, None) => Picked::Value(one_value(context, scheme)?),
            (_, None, Some(_)) => return Err(whose("--name")),
            _ => return Err(self.owner.is_too_much(self.stdin)),
        })
    }
}

impl Picked<'_> {
    /// The token as a message names it.
    pub fn named(&self) -> String {
        match self {
            Self::Id(id) => format!("token `{id}`"),
            Self::Name(owner, name) => format!("token `{name}` of {owner}"),
            Self::Value(_) => "the token on standard input".to_owned(),
        }
    }

    /// The token. A name means the newest, a live one before others.
    pub fn find(&self, conn: &mut PgConnection) -> Result<ApiToken> {
        match self {
            Self::Name(owner, name) => {
                let at = transaction_time(conn)?;
                let tokens = match owner.find(conn)? {
                    Some(id) => tokens::named(conn, id, name)
                        .map_err(|error| no_such_if_lacking(error.into(), owner, name))?,
                    None => Vec::new(),
                };
                newest(&tokens, at).cloned().ok_or_else(|| no_such(owner, name))
            }
            Self::Id(id) => lookup::ids::token(conn, id),
            Self::Value(value) => {
                let found = tokens::find(conn, &StoredSecret::new(value.stored()))?;
                found.ok_or_else(|| unknown_value("token", 1))
            }
        }
    }
}

/// The id as a command line has it, not as an option.
fn typed(id: &RowId) -> String {
    let id = id.to_string();
    if id.starts_with('-') { format!("id:{id}") } else { id }
}

fn key(token: &ApiToken) -> StoredSecret {
    token.key.clone()
}

pub fn no_such(owner: &OwnerRef<'_>, name: &TokenName) -> Error {
    Error::NotFound(format!("{owner} has no token named `{name}`"))
}

/// The same where the encoding of the database lacks a character of the name.
pub fn no_such_if_lacking(error: Error, owner: &OwnerRef<'_>, name: &TokenName) -> Error {
    match Lacking::of(&error).filter(|lacking| lacking.is_in(name.as_str())) {
        Some(lacking) => no_such(owner, name).with(&lacking.to_string()),
        None => error,
    }
}

fn stored(values: &[TokenValue]) -> Vec<StoredSecret> {
    values.iter().map(|value| StoredSecret::new(value.stored())).collect()
}

/// The tokens on standard input, or the one that is typed unseen on a terminal.
fn values(context: &Context) -> Result<Vec<TokenValue>> {
    context.terminal.refuse_typed_secrets()?;
    if context.terminal.is_interactive() {
        let typed = context.terminal.ask_secret("Token")?;
        return Ok(vec![typed.expose().trim().parse().map_err(Error::usage)?]);
    }
    value_or_stdin::lines()
}

/// The one token on standard input, or typed unseen on a terminal.
pub fn one_value(context: &Context, scheme: SchemeArg) -> Result<TokenValue> {
    let mut values = scheme.check(values(context)?)?;
    match (values.pop(), values.is_empty()) {
        (Some(value), true) => Ok(value),
        _ => Err(Error::usage("give one token on standard input")),
    }
}
