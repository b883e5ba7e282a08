use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use crate::commands::help_page::with_values;
use crate::context::Context;
use crate::db::maintenance::search_index;
use crate::db::users::{ByStatus, UserFilter};
use crate::db::{Access, Database};
use crate::domain::{TimeOrDuration, UserStatus};
use crate::error::Result;

/// Which users.
#[derive(Debug, Args)]
pub struct Filters {
    /// active, blocked, deleted, unverified (not blocked), any
    #[arg(long, value_enum, hide_possible_values = true, long_help = with_values::<Status>("Only users in this state [default: all but the deleted]"))]
    status: Option<Status>,
    /// Only users created since: 2026-01-31, 7d
    ///
    /// A time, or a duration before now.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    created_after: Option<TimeOrDuration>,
    /// Only users created before: 2026-01-31, 7d
    ///
    /// A time, or a duration before now.
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    created_before: Option<TimeOrDuration>,
    /// Only users with an email at this domain
    #[arg(long, value_parser = email_domain, value_name = "DOMAIN")]
    email_domain: Option<String>,
    /// Only users whose name or email contains this
    ///
    /// Upper and lower case count as the same.
    #[arg(long, value_parser = NonEmptyStringValueParser::new(), value_name = "TEXT")]
    search: Option<String>,
}

/// What follows the `@` of an email. The `@` may be there, too. Other programs may have written domains that no
/// user could be created with.
fn email_domain(text: &str) -> Result<String, &'static str> {
    let domain = text.strip_prefix('@').unwrap_or(text);
    let cannot_be = |char: char| char == '@' || char.is_whitespace() || char.is_control();
    if domain.is_empty() || domain.contains(cannot_be) {
        return Err("give a domain, such as `example.org`");
    }
    Ok(domain.to_owned())
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Status {
    /// May log in: verified, not blocked, not deleted
    #[value(alias = "live")]
    Active,
    /// Blocked, and not deleted
    Blocked,
    Deleted,
    /// Email not verified, and neither blocked nor deleted
    Unverified,
    /// Everybody, the deleted too
    Any,
}

impl Status {
    fn shown(self) -> ByStatus {
        match self {
            Self::Active => ByStatus::Only(UserStatus::Active),
            Self::Blocked => ByStatus::Only(UserStatus::Blocked),
            Self::Deleted => ByStatus::Only(UserStatus::Deleted),
            Self::Unverified => ByStatus::Only(UserStatus::Unverified),
            Self::Any => ByStatus::All,
        }
    }
}

/// An index of trigrams knows three characters and more.
const SHORTEST_INDEXED: usize = 3;

impl Filters {
    /// The texts that are looked for.
    pub fn searched(&self) -> Vec<&str> {
        [&self.email_domain, &self.search].into_iter().flatten().map(String::as_str).collect()
    }

    /// With durations counted back from the database's clock.
    pub fn resolve(&self, context: &mut Context, database: &mut Database) -> Result<UserFilter> {
        if let Some(search) = &self.search {
            if search.chars().count() < SHORTEST_INDEXED {
                context.terminal.notice(&format!(
                    "--search with fewer than {SHORTEST_INDEXED} characters reads all users"
                ));
            } else if !database
                .transaction(Access::READ, |conn| Ok(search_index::is_indexed(conn)?))?
            {
                context.terminal.notice(search_index::MISSING);
            }
        }
        let [created_after, created_before] = context.between(
            database,
            ("--created-after", self.created_after),
            ("--created-before", self.created_before),
        )?;
        Ok(UserFilter {
            status: self.status.map_or(ByStatus::NotDeleted, Status::shown),
            created_after,
            created_before,
            email_domain: self.email_domain.clone(),
            search: self.search.clone(),
        })
    }
}
