//! Checks of the server and the way to it.

use super::{Check, Verdict};
use crate::db::connection::link::{Encryption, Link};
use crate::db::maintenance::citus::Citus;
use crate::db::maintenance::server_health::{SUPPORTED, Server};

/// Whether others can read, or answer, what is sent. `None` where libpq could not be asked.
pub fn tls(link: Option<&Link>) -> Check {
    let (verdict, mut detail) = match link {
        None => (Verdict::Warning, "unknown: a second connection failed".to_owned()),
        Some(Link { address: None, .. }) => (Verdict::Ok, "not needed on a Unix socket".to_owned()),
        Some(link) => match &link.encryption {
            Encryption::Tls(version) => encrypted(version, &link.sslmode),
            Encryption::Gssapi => (Verdict::Ok, "encrypted with GSSAPI".to_owned()),
            Encryption::None => unencrypted(link),
        },
    };
    if link.is_some_and(|link| link.pooled == Some(true)) {
        detail.push_str("; this is about the way to the pooler: what is behind it is not seen");
    }
    Check::new("tls", verdict, detail)
}

/// Only some modes check who is at the other end.
fn encrypted(version: &str, sslmode: &str) -> (Verdict, String) {
    let (verdict, protects) = match sslmode {
        "verify-full" => (Verdict::Ok, "checks the certificate and its host name"),
        "verify-ca" => (
            Verdict::Warning,
            "checks the certificate but not its host name: another host with a certificate of the \
             same authority could answer; add sslmode=verify-full",
        ),
        "require" => (
            Verdict::Warning,
            "checks no host name, and the certificate only where there is a root certificate: \
             another host could answer; add sslmode=verify-full",
        ),
        _ => (
            Verdict::Warning,
            "does without encryption where the other end refuses it, and does not check who \
             answers; add sslmode=verify-full",
        ),
    };
    (verdict, format!("{version}; sslmode={sslmode} {protects}"))
}

fn unencrypted(link: &Link) -> (Verdict, String) {
    let mode = &link.sslmode;
    if !link.is_loopback() {
        let detail = format!(
            "the connection is not encrypted (sslmode={mode}): others on the way can read and \
             change it; add sslmode=verify-full"
        );
        return (Verdict::Warning, detail);
    }
    let pooled = link.pooled != Some(false);
    let verdict = if pooled { Verdict::Warning } else { Verdict::Ok };
    (verdict, format!("not used (sslmode={mode}); the connection ends on this machine"))
}

/// Servers that are too old have been refused before.
pub fn version(server: &Server) -> Check {
    let version = format!("PostgreSQL {}", server.version);
    let (oldest, newest) = (SUPPORTED.start(), SUPPORTED.end());
    if server.version_number / 10_000 <= *newest {
        return Check::new("server", Verdict::Ok, version);
    }
    Check::new(
        "server",
        Verdict::Warning,
        format!(
            "{version} is newer than what this iamctl was tested with ({oldest} to {newest}); look for a \
             newer iamctl"
        ),
    )
}

pub fn pooler(link: Option<&Link>) -> Check {
    let (verdict, detail) = match link.and_then(|link| link.pooled) {
        Some(false) => (Verdict::Ok, "none in between"),
        Some(true) => (
            Verdict::Ok,
            "one in between; a migration uses two of its connections, a purge one more than its --jobs",
        ),
        None => (Verdict::Warning, "unknown: a second connection failed, and purges need one"),
    };
    Check::new("pooler", verdict, detail.to_owned())
}

/// Where Citus keeps the tables.
pub fn layout(citus: &Citus) -> Check {
    let verdict = match (citus.is_supported(), citus.is_plain()) {
        (false, _) => Verdict::Failed,
        (true, false) => Verdict::Warning,
        (true, true) => Verdict::Ok,
    };
    Check::new("citus", verdict, citus.to_string())
}

/// The service writes and reads UTF-8.
pub fn encoding(server: &Server) -> Check {
    let name = &server.encoding;
    let (verdict, detail) = match name.as_str() {
        "UTF8" => (Verdict::Ok, name.to_string()),
        "SQL_ASCII" => (
            Verdict::Warning,
            format!(
                "{name}: the server takes any bytes; those that are not UTF-8 are shown as `\\xE9`"
            ),
        ),
        _ => (
            Verdict::Warning,
            format!(
                "{name}: names and emails with other characters cannot be stored; UTF8 takes all"
            ),
        ),
    };
    Check::new("encoding", verdict, detail)
}
