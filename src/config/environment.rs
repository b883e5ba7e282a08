//! Environment variables that set defaults for libpq and OpenSSL.

use std::env;

use crate::error::{Error, Result};

/// Seconds to wait for a host. Set as a variable, so that the connection string, a service file or
/// the operator's own `PGCONNECT_TIMEOUT` overrides it.
const CONNECT_TIMEOUT: &str = "10";

/// The variables that libpq reads, without `PG`. Source: PostgreSQL's documentation, "Environment Variables"
/// of libpq.
const OF_LIBPQ: &[&str] = &[
    "APPNAME",
    "CHANNELBINDING",
    "CLIENTENCODING",
    "CONNECT_TIMEOUT",
    "DATABASE",
    "DATESTYLE",
    "GEQO",
    "GSSDELEGATION",
    "GSSENCMODE",
    "GSSLIB",
    "HOST",
    "HOSTADDR",
    "KRBSRVNAME",
    "LOADBALANCEHOSTS",
    "LOCALEDIR",
    "MAXPROTOCOLVERSION",
    "MINPROTOCOLVERSION",
    "OPTIONS",
    "PASSFILE",
    "PASSWORD",
    "PORT",
    "REQUIREAUTH",
    "REQUIREPEER",
    "REQUIRESSL",
    "SERVICE",
    "SERVICEFILE",
    "SSLCERT",
    "SSLCERTMODE",
    "SSLCOMPRESSION",
    "SSLCRL",
    "SSLCRLDIR",
    "SSLKEY",
    "SSLMAXPROTOCOLVERSION",
    "SSLMINPROTOCOLVERSION",
    "SSLMODE",
    "SSLNEGOTIATION",
    "SSLROOTCERT",
    "SSLSNI",
    "SYSCONFDIR",
    "TARGETSESSIONATTRS",
    "TZ",
    "USER",
];

pub fn is_of_libpq(name: &str) -> bool {
    name.strip_prefix("PG").is_some_and(|name| OF_LIBPQ.contains(&name))
}

/// Fails where one of the variables that are read is not UTF-8: it would be read as something else, or not at
/// all.
pub fn require_utf8(is_read: impl Fn(&str) -> bool) -> Result<()> {
    let is_unusable = |(name, value): &(std::ffi::OsString, std::ffi::OsString)| {
        name.to_str().is_some_and(&is_read) && value.to_str().is_none()
    };
    match env::vars_os().find(is_unusable) {
        Some((name, _)) => Err(Error::usage(format!(
            "the variable {} is not UTF-8; set it anew, or unset it",
            name.display()
        ))),
        None => Ok(()),
    }
}

/// Sets variables that are not set yet: the connect timeout and, for the bundled libpq and OpenSSL,
/// which do not know the paths of this system, its CA certificates and its service file.
///
/// Call it before any thread starts, as other threads may read the environment.
#[expect(unsafe_code, reason = "set_var is safe only while there is one thread, as here")]
pub fn prepare() {
    for (name, value) in missing() {
        // SAFETY: `main` calls this first, before it starts a thread.
        unsafe { env::set_var(name, value) };
    }
}

fn missing() -> Vec<(&'static str, std::ffi::OsString)> {
    let mut wanted = vec![("PGCONNECT_TIMEOUT", CONNECT_TIMEOUT.into())];
    #[cfg(feature = "bundled")]
    {
        let certificates = openssl_probe::probe();
        let file = certificates.cert_file.map(|path| ("SSL_CERT_FILE", path.into_os_string()));
        let dirs = env::join_paths(certificates.cert_dir).ok().filter(|dirs| !dirs.is_empty());
        let dir = dirs.map(|dirs| ("SSL_CERT_DIR", dirs));
        // The directory of pg_service.conf in Debian's libpq.
        let services = std::path::Path::new("/etc/postgresql-common");
        let services = services.is_dir().then(|| ("PGSYSCONFDIR", services.into()));
        wanted.extend([file, dir, services].into_iter().flatten());
    }
    wanted.retain(|(name, _)| env::var_os(name).is_none());
    wanted
}
