//! How to connect: options, variables and files, in the order of docs/behaviour.md, Database.

mod conninfo;
mod dot_env;
mod environment;
mod foreign_parameters;
mod libpq;
mod misread;
mod password_file;
mod probe;

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Read as _};
use std::os::unix::fs::OpenOptionsExt as _;

pub use conninfo::Conninfo;
pub use dot_env::DotEnv;
pub use environment::{prepare, require_utf8};
pub use probe::Probe;

use nix::libc;

use crate::error::{Error, Result};

/// Where the connection string comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Option,
    Environment,
    DotEnv,
}

#[derive(Debug)]
pub enum Source {
    /// The private PostgreSQL.
    Local,
    Server {
        conninfo: Conninfo,
        origin: Origin,
    },
    Unset,
}

/// The variables of libpq that name a database.
const LIBPQ_VARIABLES: [&str; 4] = ["PGHOST", "PGHOSTADDR", "PGSERVICE", "PGDATABASE"];

/// The first of `--database-url`, `DATABASE_URL`, `DATABASE_URL_FILE`, libpq's variables, `.env`.
pub fn source(option: Option<&str>, dot_env: &DotEnv) -> Result<Source> {
    // libpq reads them beside a URL, too.
    require_utf8(environment::is_of_libpq)?;
    if let Some(url) = option {
        return parse(url, "--database-url", Origin::Option);
    }
    if let Some(url) = variable("DATABASE_URL")? {
        return parse(&url, "DATABASE_URL", Origin::Environment);
    }
    if let Some(path) = variable("DATABASE_URL_FILE")? {
        let url = read(&path).map_err(|error| {
            Error::usage(format!("DATABASE_URL_FILE: cannot read `{path}`: {error}"))
        })?;
        return parse(&url, "the URL in DATABASE_URL_FILE", Origin::Environment);
    }
    if LIBPQ_VARIABLES.iter().any(|name| env::var_os(name).is_some_and(|value| !value.is_empty())) {
        let conninfo = Conninfo::from_environment();
        return Ok(Source::Server { conninfo, origin: Origin::Environment });
    }
    match dot_env.get("DATABASE_URL")? {
        Some(url) => parse(url, "DATABASE_URL of `.env`", Origin::DotEnv),
        None => Ok(Source::Unset),
    }
}

/// Reads a file that contains a URL. Only regular files: reading a FIFO or a device may never end.
fn read(path: &str) -> io::Result<String> {
    let mut file = OpenOptions::new().read(true).custom_flags(libc::O_NONBLOCK).open(path)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is not a regular file"));
    }
    let mut text = String::new();
    file.by_ref().take(LONGEST_FILE).read_to_string(&mut text)?;
    Ok(text)
}

/// Whether `IAMCTL_READ_ONLY` refuses changes, and a notice where `.env` set it.
pub fn read_only(dot_env: &DotEnv) -> Result<(bool, Option<&'static str>)> {
    const NAME: &str = "IAMCTL_READ_ONLY";
    let (value, notice) = match variable(NAME)? {
        Some(value) => (value, None),
        None => match dot_env.get(NAME)? {
            Some(value) => (value.to_owned(), Some("using IAMCTL_READ_ONLY from .env")),
            None => return Ok((false, None)),
        },
    };
    match value.to_lowercase().as_str() {
        "1" | "true" | "yes" | "on" => Ok((true, notice)),
        "0" | "false" | "no" | "off" => Ok((false, notice)),
        // Not taken for one of the two: who sets it relies on it.
        _ => {
            Err(Error::usage(format!("{NAME} is neither 1 (true, yes, on) nor 0 (false, no, off)")))
        }
    }
}

/// In bytes. A URL is far shorter.
const LONGEST_FILE: u64 = 64 * 1024;

fn parse(url: &str, name: &str, origin: Origin) -> Result<Source> {
    // Variables that are filled from a file often end with its line break. A file of Windows may begin with a mark.
    let url = url.trim_start_matches('\u{feff}').trim();
    if url == "local:" {
        return Ok(Source::Local);
    }
    if url.is_empty() {
        return Err(Error::usage(format!(
            "{name} is empty; give a URL such as \
             `postgresql://role@host:5432/database`, or leave it out"
        )));
    }
    Ok(Source::Server { conninfo: Conninfo::parse(url, name)?, origin })
}

/// An environment variable; `None` if it is not set or empty.
fn variable(name: &str) -> Result<Option<String>> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(env::VarError::NotPresent) => Ok(None),
        Err(env::VarError::NotUnicode(_)) => {
            Err(Error::usage(format!("the variable {name} is not UTF-8; percent-encode it")))
        }
    }
}

/// The error for a missing configuration. It names the choices.
pub fn no_database(dot_env: &DotEnv) -> Error {
    let ignored = dot_env.ignored.as_ref().map_or_else(String::new, |reason| format!("; {reason}"));
    Error::usage(format!(
        "no database is configured: pass --database-url, set DATABASE_URL, DATABASE_URL_FILE or \
         libpq's PGHOST, PGSERVICE or PGDATABASE, or pass --local to use the private PostgreSQL \
         that iamctl runs itself{ignored}"
    ))
}
