//! How a token is named: by id, by owner and name, or by its value on standard input.

use crate::commands::value_or_stdin::{self, ValueOrStdin};
use crate::context::Context;
use crate::db::locks::Locks;
use crate::db::owners::OwnerOf;
use crate::db::row_ids::{self, Rows};
use crate::db::tokens::{self, ApiToken, Owned, Which};
use crate::db::{PgConnection, StoredSecret};
use crate::domain::{OwnerSelector, RowId, TokenName, TokenScheme, TokenValue, UserSelector};
use crate::error::{Error, Result};
use crate::terminal::Terminal;

/// Whose tokens.
#[derive(Debug, Clone, clap::Args)]
pub struct OwnerArgs {
    /// The owner that is this user's alone: username, email or id
    #[arg(long, value_name = "USER", conflicts_with = "owner")]
    pub user: Option<UserSelector>,
    /// Any owner, by its owner_id
    #[arg(long, value_name = "ID")]
    pub owner: Option<OwnerSelector>,
}

impl OwnerArgs {
    /// The owner meant; `None` where neither option was given.
    pub fn chosen(&self) -> Option<OwnerOf<'_>> {
        let owner = self.owner.map(|OwnerSelector(owner)| OwnerOf::Owner(owner));
        self.user.as_ref().map(OwnerOf::User).or(owner)
    }
}

/// How the service looks tokens up. A value tells by itself of which scheme it is.
#[derive(Debug, Clone, Copy, Default, clap::Args)]
pub struct SchemeArg {
    /// Take a token by value only if it is of this scheme [default: both]
    #[arg(long, value_name = "SCHEME", value_enum)]
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
#[command(group(clap::ArgGroup::new("which").required(true).args(["ids", "name", "all", "stdin"])))]
pub struct Targets {
    /// Ids, as `token list` shows them; `-` reads them from standard input, one a line
    #[arg(value_name = "ID")]
    ids: Vec<ValueOrStdin<RowId>>,
    #[command(flatten)]
    owner: OwnerArgs,
    /// By name, with --user or --owner
    #[arg(long)]
    name: Option<TokenName>,
    /// All tokens, with --user or --owner
    #[arg(long)]
    all: bool,
    /// Read the tokens themselves from standard input, one a line
    #[arg(long)]
    stdin: bool,
    #[command(flatten)]
    scheme: SchemeArg,
}

/// What `Targets` names, standard input read.
pub enum Chosen<'a> {
    Ids(Vec<RowId>),
    Values(Vec<TokenValue>),
    Name(OwnerOf<'a>, &'a TokenName),
    All(OwnerOf<'a>),
}

impl Targets {
    /// Reads standard input where it is asked for.
    pub fn choose(&self, context: &Context) -> Result<Chosen<'_>> {
        Ok(match (self.owner.chosen(), &self.name) {
            (Some(owner), Some(name)) => Chosen::Name(owner, name),
            (Some(owner), None) if self.all => Chosen::All(owner),
            (None, None) if self.stdin => Chosen::Values(self.scheme.check(values(context)?)?),
            (None, None) if !self.all => Chosen::Ids(value_or_stdin::collect(&self.ids)?),
            _ => {
                return Err(Error::usage(
                    "--name and --all go with --user or --owner, and they with --name or --all",
                ));
            }
        })
    }
}

impl Chosen<'_> {
    /// The rows that a statement is to find. A name means all tokens that bear it where `every` is
    /// set, else the newest (contract 5).
    pub fn rows(&self, every: bool) -> Rows<'_> {
        match self {
            Self::Ids(ids) => Rows::Ids(ids),
            Self::Values(values) => Rows::StoredSecret(stored(values)),
            Self::All(owner) => Rows::Owned(Owned { owner: *owner, which: Which::Unrevoked }),
            Self::Name(owner, name) => {
                let which = if every { Which::Named(name) } else { Which::Newest(name) };
                Rows::Owned(Owned { owner: *owner, which })
            }
        }
    }

    /// Against a token that takes the place of one of theirs at the same moment.
    pub fn locks(&self) -> Locks {
        match self {
            Self::Name(owner, _) | Self::All(owner) => Locks::to_replace(*owner),
            Self::Ids(_) | Self::Values(_) => Locks::default(),
        }
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
    /// Id, as `token list` shows it
    id: Option<RowId>,
    #[command(flatten)]
    owner: OwnerArgs,
    /// Name of the token, with --user or --owner; the newest live one of that name
    #[arg(long)]
    name: Option<TokenName>,
    /// Read the token itself from standard input; on a terminal it is asked for, unseen
    #[arg(long)]
    stdin: bool,
}

/// What `OneToken` names, standard input read.
pub enum Picked<'a> {
    Id(&'a RowId),
    Name(OwnerOf<'a>, &'a TokenName),
    Value(TokenValue),
}

impl OneToken {
    /// Reads standard input where it is asked for.
    pub fn pick(&self, context: &Context, scheme: SchemeArg) -> Result<Picked<'_>> {
        Ok(match (&self.id, self.owner.chosen(), &self.name) {
            (Some(id), None, None) => Picked::Id(id),
            (None, Some(owner), Some(name)) => Picked::Name(owner, name),
            (None, None, None) => Picked::Value(one_value(context, scheme)?),
            _ => {
                return Err(Error::usage(
                    "--name goes with --user or --owner, and they with --name",
                ));
            }
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

    /// The row that a statement is to find.
    pub fn rows(&self) -> Rows<'_> {
        match self {
            Self::Id(id) => Rows::Ids(std::slice::from_ref(*id)),
            Self::Name(owner, name) => {
                Rows::Owned(Owned { owner: *owner, which: Which::Newest(name) })
            }
            Self::Value(value) => Rows::StoredSecret(stored(std::slice::from_ref(value))),
        }
    }

    /// The locks to replace it.
    pub fn locks(&self) -> Locks {
        match self {
            Self::Id(id) => Locks::of_token(id),
            Self::Name(owner, _) => Locks::to_replace(*owner),
            // Not by the secret: what is written into BEGIN, the server may log.
            Self::Value(value) => Locks::of_token(&value.id()),
        }
    }

    /// The token, a live one of its name before others.
    pub fn find(&self, conn: &mut PgConnection) -> Result<ApiToken> {
        match self {
            Self::Name(owner, name) => {
                let found = match owner.find(conn)?.known() {
                    Some(owner) => tokens::named(conn, owner, name)?,
                    None => None,
                };
                found.ok_or_else(|| tokens::no_such(owner, name))
            }
            Self::Id(id) => {
                let stored = row_ids::find_one(conn, &[tokens::TABLE], id)?.stored;
                // It was there a statement ago.
                tokens::find(conn, &stored)?.ok_or_else(|| Error::not_found("token", id))
            }
            Self::Value(value) => {
                let found = tokens::find(conn, &StoredSecret::new(value.stored()))?;
                found.ok_or_else(|| row_ids::unknown_value("token", 1))
            }
        }
    }
}

fn stored(values: &[TokenValue]) -> Vec<StoredSecret> {
    values.iter().map(|value| StoredSecret::new(value.stored())).collect()
}

/// The tokens on standard input, or the one that is typed unseen on a terminal.
fn values(context: &Context) -> Result<Vec<TokenValue>> {
    context.terminal.refuse_typed_secrets()?;
    if context.terminal.is_interactive() {
        let typed = Terminal::ask_secret("Token")?;
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
