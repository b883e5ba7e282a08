//! The kinds of error, their names in JSON and their exit codes.

use std::fmt::Display;
use std::io;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What a failed command reports.
///
/// Each variant before `Query` has its own exit code (docs/behaviour.md, Exit codes). A message is
/// in lower case, says what to do next, and contains no secret.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Internal(String),
    #[error("{0}")]
    Usage(String),
    #[error("{0}")]
    NotFound(String),
    /// No user has this name or email. `Database` looks for near ones, where a person reads the message.
    #[error("{message}")]
    UnknownUser { name: String, message: String },
    #[error("{0}")]
    Conflict(String),
    #[error("{0}")]
    Refused(String),
    /// A trigger, a rule or a policy kept rows from a change. For the operator it is the same as `Refused`.
    #[error("{0}")]
    Kept(String),
    /// A column or constraint that others added refuses a row. For the operator it is the same as `Schema`.
    #[error("{0}")]
    RowRefused(String),
    /// The database refused a change, perhaps by a trigger of others. For the operator it is the same as
    /// `Internal`.
    #[error("{0}")]
    Raised(String),
    #[error("{0}")]
    Unreachable(String),
    #[error("{0}")]
    Schema(String),
    #[error("{0}")]
    Forbidden(String),
    #[error("{0}")]
    Incomplete(String),
    #[error("{0}")]
    Busy(String),
    /// A concurrent transaction changed what this one had read before its locks were granted.
    /// `Database::transaction` tries again; for the operator it is the same as `Busy`.
    #[error("{0}")]
    ChangedMeanwhile(String),
    /// The encoding of the database lacks a character of what was to be written, or looked for.
    #[error("{message}")]
    Unencodable { character: char, message: String },
    #[error("{message}")]
    Interrupted { signal: i32, message: String },

    /// A query failed, and its cause is not known yet. `Database` turns it into one of the variants
    /// above when it ends the transaction, so the operator never sees it.
    #[error("a database query failed: {0}")]
    Query(#[from] diesel::result::Error),
    /// Waiting for the advisory lock of this name failed; otherwise like `Query`.
    #[error("a database query failed: {source}")]
    AdvisoryLock { name: String, source: diesel::result::Error },
    /// A result could not be printed. The change may already be committed.
    #[error("{0}")]
    Unprinted(String),
    /// The reader of standard output has closed it, as `head` does. The command ends with 0 and
    /// without a message.
    #[error("the reader of standard output closed it")]
    ReaderGone,
}

impl Error {
    pub fn usage(message: impl Display) -> Self {
        Self::Usage(message.to_string())
    }

    /// No row of this kind, such as "token", matches. The noun of `iamctl` is the same.
    pub fn not_found(kind: &str, key: impl Display) -> Self {
        Self::NotFound(format!("no {kind} matches `{key}`; see `iamctl {kind} list`"))
    }

    /// No user has this name or email.
    pub fn unknown_user(name: String) -> Self {
        Self::UnknownUser { message: format!("no user matches `{name}`"), name }
    }

    /// A concurrent transaction changed `what`.
    pub fn changed_meanwhile(what: impl Display) -> Self {
        Self::ChangedMeanwhile(format!("{what} was changed at this moment; try again"))
    }

    pub fn internal(message: impl Display) -> Self {
        Self::Internal(message.to_string())
    }

    /// The operating system failed to do `what`, such as "write `/tmp/token`".
    pub fn io(what: impl Display, source: &io::Error) -> Self {
        Self::Internal(format!("cannot {what}: {source}"))
    }

    /// The error for a failed write to standard output.
    pub fn output(source: &io::Error) -> Self {
        if source.kind() == io::ErrorKind::BrokenPipe {
            Self::ReaderGone
        } else {
            Self::Unprinted(format!("cannot write standard output: {source}"))
        }
    }

    /// The first error, with the messages of the others: an operator who mends one would meet the next one then. One of
    /// a query, or of the output, stays as it is.
    pub fn of_all(results: impl IntoIterator<Item = Result<()>>) -> Result<()> {
        let mut errors = results.into_iter().filter_map(Result::err);
        let Some(first) = errors.next() else { return Ok(()) };
        let others = errors.filter(|error| !matches!(error, Self::ReaderGone));
        Err(others.fold(first, |first, other| first.with(&other.to_string())))
    }

    /// Appends context to the message.
    pub fn with(self, more: &str) -> Self {
        let longer = |message: String| format!("{message}; {more}");
        match self {
            Self::Internal(message) => Self::Internal(longer(message)),
            Self::Usage(message) => Self::Usage(longer(message)),
            Self::NotFound(message) => Self::NotFound(longer(message)),
            Self::UnknownUser { name, message } => {
                Self::UnknownUser { name, message: longer(message) }
            }
            Self::Conflict(message) => Self::Conflict(longer(message)),
            Self::Refused(message) => Self::Refused(longer(message)),
            Self::Kept(message) => Self::Kept(longer(message)),
            Self::RowRefused(message) => Self::RowRefused(longer(message)),
            Self::Raised(message) => Self::Raised(longer(message)),
            Self::Unreachable(message) => Self::Unreachable(longer(message)),
            Self::Schema(message) => Self::Schema(longer(message)),
            Self::Forbidden(message) => Self::Forbidden(longer(message)),
            Self::Incomplete(message) => Self::Incomplete(longer(message)),
            Self::Busy(message) => Self::Busy(longer(message)),
            Self::ChangedMeanwhile(message) => Self::ChangedMeanwhile(longer(message)),
            Self::Unencodable { character, message } => {
                Self::Unencodable { character, message: longer(message) }
            }
            Self::Interrupted { signal, message } => {
                Self::Interrupted { signal, message: longer(message) }
            }
            // `Database` has named the cause of a failed query before anything is added.
            other @ (Self::Query(_)
            | Self::AdvisoryLock { .. }
            | Self::Unprinted(_)
            | Self::ReaderGone) => other,
        }
    }

    /// Adds `--local` to the commands that the message recommends, if `local`.
    pub fn for_local(self, local: bool) -> Self {
        match self {
            Self::Schema(message) if local => Self::Schema(with_local(&message)),
            Self::RowRefused(message) if local => Self::RowRefused(with_local(&message)),
            other => other,
        }
    }

    /// Whether it may be about some of the rows of a change, so that the others could be changed without them.
    pub fn is_of_rows(&self) -> bool {
        matches!(self, Self::Conflict(_) | Self::Kept(_) | Self::RowRefused(_) | Self::Raised(_))
    }

    /// Whether the database refused for a reason that is not known.
    pub fn is_raised(&self) -> bool {
        matches!(self, Self::Raised(_))
    }

    /// The name of the kind, as JSON shows it.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Internal(_)
            | Self::Raised(_)
            | Self::Query(_)
            | Self::AdvisoryLock { .. }
            | Self::Unprinted(_)
            | Self::ReaderGone => "internal",
            Self::Usage(_) | Self::Unencodable { .. } => "usage",
            Self::NotFound(_) | Self::UnknownUser { .. } => "not_found",
            Self::Conflict(_) => "conflict",
            Self::Refused(_) | Self::Kept(_) => "refused",
            Self::Unreachable(_) => "unreachable",
            Self::Schema(_) | Self::RowRefused(_) => "schema",
            Self::Forbidden(_) => "forbidden",
            Self::Incomplete(_) => "incomplete",
            Self::Busy(_) | Self::ChangedMeanwhile(_) => "busy",
            Self::Interrupted { .. } => "interrupted",
        }
    }

    pub fn exit_code(&self) -> u8 {
        match self {
            Self::ReaderGone => 0,
            Self::Internal(_)
            | Self::Raised(_)
            | Self::Query(_)
            | Self::AdvisoryLock { .. }
            | Self::Unprinted(_) => 1,
            Self::Usage(_) | Self::Unencodable { .. } => 2,
            Self::NotFound(_) | Self::UnknownUser { .. } => 3,
            Self::Conflict(_) => 4,
            Self::Refused(_) | Self::Kept(_) => 5,
            Self::Unreachable(_) => 6,
            Self::Schema(_) | Self::RowRefused(_) => 7,
            Self::Forbidden(_) => 8,
            Self::Incomplete(_) => 9,
            Self::Busy(_) | Self::ChangedMeanwhile(_) => 10,
            Self::Interrupted { signal, .. } => u8::try_from(128 + signal).unwrap_or(130),
        }
    }
}

fn with_local(message: &str) -> String {
    message.replace("`iamctl db", "`iamctl --local db")
}
