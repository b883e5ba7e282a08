//! Environment variables that set defaults for libpq and OpenSSL.

use std::env;

/// Seconds to wait for a host. Set as a variable, so that the connection string, a service file or
/// the operator's own `PGCONNECT_TIMEOUT` overrides it.
const CONNECT_TIMEOUT: &str = "10";

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
