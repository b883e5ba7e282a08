//! How a token is named: by id, by owner and name, or by its value on standard input.

use std::collections::HashSet;

use uuid::Uuid;

use crate::commands::given::{self, Given};
use crate::context::Context;
use crate::db::tokens::{self, ApiToken};
use crate::db::{PgConnection, Stored, owners, row_ids};
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

/// An owner that exists, or the one that a user does not have yet.
#[derive(Debug, Clone)]
pub enum Owner {
    Known(Uuid),
    /// The user has issued no token yet.
    NotYet,
}

impl OwnerArgs {
    pub fn is_given(&self) -> bool {
        self.user.is_some() || self.owner.is_some()
    }

    /// The owner meant; `None` where neither option was given.
    pub fn find(&self, conn: &mut PgConnection) -> Result<Option<Owner>> {
        if let Some(OwnerSelector(owner)) = self.owner {
            if !owners::exists(conn, owner)? {
                return Err(Error::not_found("owner", owner));
            }
            return Ok(Some(Owner::Known(owner)));
        }
        let Some(user) = &self.user else { return Ok(None) };
        Ok(Some(owners::own(conn, user)?.map_or(Owner::NotYet, Owner::Known)))
    }

    /// The options as a message repeats them.
    pub fn named(&self) -> String {
        match (&self.user, self.owner) {
            (Some(user), _) => format!("user `{user}`"),
            (None, Some(OwnerSelector(owner))) => format!("owner `{owner}`"),
            (None, None) => String::new(),
        }
    }
}

/// The owner's tokens of that name, the newest first; none is `not_found`.
pub fn by_name(
    conn: &mut PgConnection,
    owner: &OwnerArgs,
    name: &TokenName,
) -> Result<Vec<ApiToken>> {
    let found = match owner.find(conn)? {
        Some(Owner::Known(owner)) => tokens::named(conn, owner, name)?,
        Some(Owner::NotYet) | None => Vec::new(),
    };
    if found.is_empty() {
        return Err(Error::NotFound(format!("{} has no token named `{name}`", owner.named())));
    }
    Ok(found)
}

/// The rows that the ids name.
pub fn by_ids(conn: &mut PgConnection, ids: &[RowId]) -> Result<Vec<Stored>> {
    let found = row_ids::find(conn, &[tokens::TABLE], ids)?;
    Ok(found.into_iter().map(|row| row.stored).collect())
}

/// The rows of the secrets; one that is unknown is `not_found`, without repeating it.
pub fn by_values(conn: &mut PgConnection, values: &[TokenValue]) -> Result<Vec<Stored>> {
    let mut found: Vec<_> = values.iter().map(|value| Stored::new(value.stored())).collect();
    let known = tokens::known(conn, found.clone())?;
    if let Some(unknown) = found.iter().position(|stored| !known.contains(stored)) {
        return Err(Error::NotFound(format!(
            "token {} of those on standard input is in no row of the database",
            unknown + 1
        )));
    }
    let mut seen = HashSet::new();
    found.retain(|stored| seen.insert(stored.clone()));
    Ok(found)
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
    ids: Vec<Given<RowId>>,
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
    Name(&'a OwnerArgs, &'a TokenName),
    All(&'a OwnerArgs),
}

impl Targets {
    /// Reads standard input where it is asked for.
    pub fn choose(&self, context: &Context) -> Result<Chosen<'_>> {
        if (self.name.is_some() || self.all) != self.owner.is_given() {
            return Err(Error::usage(
                "--name and --all go with --user or --owner, and they with --name or --all",
            ));
        }
        Ok(match &self.name {
            Some(name) => Chosen::Name(&self.owner, name),
            None if self.all => Chosen::All(&self.owner),
            None if self.stdin => Chosen::Values(self.scheme.check(values(context)?)?),
            None => Chosen::Ids(given::collect(&self.ids)?),
        })
    }
}

impl Chosen<'_> {
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
                format!("{verb} {each} named `{name}` of {}", owner.named())
            }
            Self::All(owner) => format!("{verb} every token of {}", owner.named()),
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
    /// Name of the token, with --user or --owner; the newest of that name
    #[arg(long)]
    name: Option<TokenName>,
    /// Read the token itself from standard input; on a terminal it is asked for, unseen
    #[arg(long)]
    stdin: bool,
}

/// What `OneToken` names, standard input read.
pub enum Picked<'a> {
    Id(&'a RowId),
    Name(&'a OwnerArgs, &'a TokenName),
    Value(TokenValue),
}

impl OneToken {
    /// Reads standard input where it is asked for.
    pub fn pick(&self, context: &Context, scheme: SchemeArg) -> Result<Picked<'_>> {
        if self.name.is_some() != self.owner.is_given() {
            return Err(Error::usage("--name goes with --user or --owner, and they with --name"));
        }
        Ok(match (&self.id, &self.name) {
            (Some(id), _) => Picked::Id(id),
            (None, Some(name)) => Picked::Name(&self.owner, name),
            (None, None) => Picked::Value(one_value(context, scheme)?),
        })
    }
}

impl Picked<'_> {
    /// The token as a message names it.
    pub fn named(&self) -> String {
        match self {
            Self::Id(id) => format!("token `{id}`"),
            Self::Name(owner, name) => format!("token `{name}` of {}", owner.named()),
            Self::Value(_) => "the token on standard input".to_owned(),
        }
    }

    /// The newest live token of a name, or else the newest.
    pub fn find(&self, conn: &mut PgConnection) -> Result<ApiToken> {
        let found = match self {
            Self::Name(owner, name) => {
                let mut all = by_name(conn, owner, name)?;
                let is_live = |token: &ApiToken| !token.revoked && token.status != "expired";
                let live = all.iter().position(is_live).unwrap_or(0);
                return Ok(all.swap_remove(live));
            }
            Self::Id(id) => by_ids(conn, std::slice::from_ref(*id))?,
            Self::Value(value) => by_values(conn, std::slice::from_ref(value))?,
        };
        let token = match found.first() {
            Some(stored) => tokens::find(conn, stored)?,
            None => None,
        };
        // It was there a statement ago.
        token.ok_or_else(|| Error::NotFound("the token is gone".to_owned()))
    }
}

/// The tokens on standard input, or the one that is typed unseen on a terminal.
fn values(context: &Context) -> Result<Vec<TokenValue>> {
    context.terminal.refuse_typed_secrets()?;
    if context.terminal.is_interactive() {
        let typed = Terminal::ask_secret("Token")?;
        return Ok(vec![typed.expose().trim().parse().map_err(Error::usage)?]);
    }
    given::lines()
}

/// The one token on standard input, or typed unseen on a terminal.
pub fn one_value(context: &Context, scheme: SchemeArg) -> Result<TokenValue> {
    let mut values = scheme.check(values(context)?)?;
    match (values.pop(), values.is_empty()) {
        (Some(value), true) => Ok(value),
        _ => Err(Error::usage("give one token on standard input")),
    }
}
