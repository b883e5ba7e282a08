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
    let url = ["postgresql://", "postgres://"].iter().find_map(|scheme| text.strip_prefix(scheme));
    // In a list of keywords, blanks separate them.
    let Some(url) = url else {
        return port_is_none || keywords.values().any(|value| value.contains(char::is_control));
    };
    let stray_at = url
        .split('?')
        .next()
        .and_then(|before_options| before_options.split_once('@'))
        .is_some_and(|(before, after)| before.contains('/') || after.contains('@'));
    port_is_none || stray_at || url.contains(char::is_control)
}

/// Fails where a value that messages repeat may hold a password: a URL, a part of one, or several
/// parameters. Fails where a port is none, too.
pub fn refuse_misplaced(keywords: &BTreeMap<String, String>) -> Result<()> {
    for (keyword, variable) in REPEATED {
        let given = keywords.get(keyword).map(|value| (keyword, value.clone()));
        let from_variable = || env::var(variable).ok().map(|value| (variable, value));
        let Some((origin, value)) = given.or_else(from_variable) else { continue };
        let is_more = match keyword {
            "port" => !is_port(&value),
            // A directory may have the name of an email; an abstract socket begins with `@`.
            "host" => !value.starts_with(['/', '@']) && value.contains('@'),
            _ => value.contains("password") && value.contains('='),
        };
        if is_more || value.contains("://") {
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
