//! Connection parameters that hold something else, such as a password, which messages would repeat.

use std::collections::BTreeMap;
use std::env;

use crate::error::{Error, Result};

/// Parameters that messages repeat, and their variables.
const REPEATED: [(&str, &str); 6] = [
    ("host", "PGHOST"),
    ("hostaddr", "PGHOSTADDR"),
    ("port", "PGPORT"),
    ("dbname", "PGDATABASE"),
    ("user", "PGUSER"),
    ("service", "PGSERVICE"),
];

/// Whether a password with an unencoded `/` or `@`, or a line break, was split, so that libpq takes
/// a part of it as host, port or database. Messages name these three.
pub fn is_misread(text: &str, keywords: &BTreeMap<String, String>) -> bool {
    let port_is_none = keywords.get("port").is_some_and(|ports| !is_port(ports));
    let before_options = text.split_once("://").and_then(|(_, rest)| rest.split('?').next());
    let stray_at = before_options
        .and_then(|rest| rest.split_once('@'))
        .is_some_and(|(before, after)| before.contains('/') || after.contains('@'));
    port_is_none || stray_at || text.contains(char::is_control)
}

/// Fails where a value that messages repeat is a URL, which may hold a password, or a port is none.
pub fn refuse_misplaced(keywords: &BTreeMap<String, String>) -> Result<()> {
    for (keyword, variable) in REPEATED {
        let given = keywords.get(keyword).map(|value| (keyword, value.clone()));
        let from_variable = || env::var(variable).ok().map(|value| (variable, value));
        let Some((origin, value)) = given.or_else(from_variable) else { continue };
        if value.contains("://") || (keyword == "port" && !is_port(&value)) {
            return Err(Error::usage(format!(
                "`{origin}` does not hold the {keyword} of a connection alone; put a whole URL into \
                 DATABASE_URL"
            )));
        }
    }
    Ok(())
}

/// Whether it is a port, or a list of them.
fn is_port(text: &str) -> bool {
    text.split(',').all(|port| port.trim().bytes().all(|byte| byte.is_ascii_digit()))
}
