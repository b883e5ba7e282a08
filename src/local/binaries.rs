//! Finds the PostgreSQL server programs on this machine.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use super::account::Account;
use crate::error::{Error, Result};

/// The oldest major version that iamctl works with.
const OLDEST: u32 = 14;

const PROGRAMS: [&str; 3] = ["initdb", "pg_ctl", "postgres"];

/// Where packages install each version: the parent directory, the text before the version, and the
/// path below it.
const PACKAGED: [(&str, &str, &str); 10] = [
    ("/usr/lib/postgresql", "", "bin"),          // Debian, Ubuntu
    ("/usr", "pgsql-", "bin"),                   // the project's packages for Fedora, RHEL
    ("/usr/lib", "postgresql", "bin"),           // openSUSE
    ("/usr/lib64", "postgresql-", "bin"),        // Gentoo
    ("/usr/libexec", "postgresql", ""),          // Alpine
    ("/opt/homebrew/opt", "postgresql@", "bin"), // Homebrew
    ("/usr/local/opt", "postgresql@", "bin"),    // Homebrew on Intel
    ("/home/linuxbrew/.linuxbrew/opt", "postgresql@", "bin"),
    ("/opt/local/lib", "postgresql", "bin"), // MacPorts
    ("/Applications/Postgres.app/Contents/Versions", "", "bin"),
];

/// A directory that contains `initdb`, `pg_ctl` and `postgres` of one version.
#[derive(Debug)]
pub struct Binaries {
    directory: PathBuf,
}

impl Binaries {
    /// The first programs found. `major` is the version of an existing cluster, which only programs
    /// of the same version can run.
    pub fn find(account: Account, major: Option<u32>) -> Result<Self> {
        let mut too_old = None;
        let mut seen = HashSet::new();
        for directory in candidates(account) {
            let complete = PROGRAMS.iter().all(|program| directory.join(program).is_file());
            let postgres = directory.join("postgres");
            if !complete || !seen.insert(postgres.canonicalize().unwrap_or(postgres)) {
                continue;
            }
            // As the account that will run them, which may lack access to directories in root's
            // PATH.
            let Some(found) = major_version(account, &directory) else { continue };
            match major {
                Some(wanted) if wanted == found => return Ok(Self { directory }),
                Some(_) => {}
                None if found >= OLDEST => return Ok(Self { directory }),
                None => too_old = Some(found),
            }
        }
        Err(Error::Usage(match (major, too_old) {
            (Some(major), _) => format!(
                "the private PostgreSQL was created with PostgreSQL {major}, whose server programs \
                 are no longer installed; {}, or remove its data with `iamctl local destroy`",
                how_to_install(&os_release(), Some(major)),
            ),
            (None, Some(old)) => format!(
                "the installed PostgreSQL server programs have version {old}, and iamctl needs \
                 {OLDEST} or newer; {}",
                how_to_install(&os_release(), None),
            ),
            (None, None) => format!(
                "the private PostgreSQL needs the server programs initdb, pg_ctl and postgres, \
                 which are not installed; {}",
                how_to_install(&os_release(), None),
            ),
        }))
    }

    /// The path of a program.
    pub fn program(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }
}

/// The directories to search, in order: those of PATH, that of `pg_config`, then the usual places
/// with the newest version first.
fn candidates(account: Account) -> Vec<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<_> = std::env::split_paths(&path).filter(|dir| dir.is_absolute()).collect();
    found.extend(bindir_of_pg_config(account));
    for (parent, prefix, rest) in PACKAGED {
        found.extend(versions(Path::new(parent), prefix).map(|directory| directory.join(rest)));
    }
    found
}

fn bindir_of_pg_config(account: Account) -> Option<PathBuf> {
    let output = account.command("pg_config").arg("--bindir").output().ok()?;
    let directory = PathBuf::from(OsStr::from_bytes(output.stdout.trim_ascii()));
    (output.status.success() && directory.is_absolute()).then_some(directory)
}

/// The directories in `parent` whose name is `prefix` followed by a version, newest first.
fn versions(parent: &Path, prefix: &str) -> impl Iterator<Item = PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(parent).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let version = name.to_str().and_then(|name| name.strip_prefix(prefix)?.parse::<u32>().ok());
        if let Some(version) = version {
            found.push((version, entry.path()));
        }
    }
    found.sort_unstable_by(|a, b| b.cmp(a));
    found.into_iter().map(|(_, directory)| directory)
}

fn major_version(account: Account, directory: &Path) -> Option<u32> {
    let output = account.command(directory.join("postgres")).arg("--version").output().ok()?;
    parse_version(std::str::from_utf8(&output.stdout).ok()?)
}

/// The major version in a text such as `postgres (PostgreSQL) 15.17 (Debian 15.17-0+deb12u1)` or
/// `postgres (PostgreSQL) 19devel`.
fn parse_version(text: &str) -> Option<u32> {
    let (_, version) = text.split_once("(PostgreSQL) ")?;
    let digits = version.find(|c: char| !c.is_ascii_digit()).map_or(version, |end| &version[..end]);
    digits.parse().ok()
}

fn os_release() -> String {
    fs::read_to_string("/etc/os-release")
        .or_else(|_| fs::read_to_string("/usr/lib/os-release"))
        .unwrap_or_default()
}

/// Where the programs are installed in a place that is not searched.
const ELSEWHERE: &str = "(if they are elsewhere, it is enough to add their directory to PATH)";

/// The advice for this system, such as "install them with `apt-get install …`".
fn how_to_install(os_release: &str, major: Option<u32>) -> String {
    let field = |name: &str| {
        let line = os_release.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        line.unwrap_or_default().trim_matches('"').to_owned()
    };
    let systems = format!("{} {}", field("ID"), field("ID_LIKE"));
    let is = |names: &[&str]| systems.split_whitespace().any(|system| names.contains(&system));
    let versioned =
        |stem: &str, or: &str| major.map_or(or.to_owned(), |major| format!("{stem}{major}"));
    let command = if cfg!(target_os = "macos") {
        format!("brew install {}", versioned("postgresql@", "postgresql@17"))
    } else if is(&["debian", "ubuntu"]) {
        format!("apt-get install -y {}", versioned("postgresql-", "postgresql"))
    } else if is(&["alpine"]) {
        format!("apk add {}", versioned("postgresql", "postgresql"))
    } else if is(&["suse", "opensuse"]) {
        format!("zypper install {}-server", versioned("postgresql", "postgresql"))
    } else if major.is_none() && is(&["fedora", "rhel", "centos"]) {
        "dnf install postgresql-server".to_owned()
    } else if major.is_none() && is(&["arch"]) {
        "pacman -S postgresql".to_owned()
    } else {
        let version = major.map_or(String::new(), |major| format!(" {major}"));
        return format!(
            "install PostgreSQL{version} (https://www.postgresql.org/download), {ELSEWHERE}"
        );
    };
    format!("install them with `{command}` {ELSEWHERE}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_read_from_what_postgres_prints() {
        assert_eq!(
            parse_version("postgres (PostgreSQL) 15.17 (Debian 15.17-0+deb12u1)\n"),
            Some(15)
        );
        assert_eq!(parse_version("postgres (PostgreSQL) 19devel\n"), Some(19));
        assert_eq!(parse_version("postgres 15"), None);
    }

    #[test]
    #[cfg(not(target_os = "macos"))]
    fn the_advice_is_for_this_system() {
        let advice = |text: &str, major| {
            let advice = how_to_install(text, major);
            advice.strip_suffix(&format!(" {ELSEWHERE}")).map(str::to_owned).unwrap()
        };
        let debian = "ID=debian\n";
        assert_eq!(advice(debian, None), "install them with `apt-get install -y postgresql`");
        assert_eq!(
            advice(debian, Some(15)),
            "install them with `apt-get install -y postgresql-15`"
        );
        let mint = "ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n";
        assert_eq!(advice(mint, None), "install them with `apt-get install -y postgresql`");
        let rocky = "ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"\n";
        assert_eq!(advice(rocky, None), "install them with `dnf install postgresql-server`");
        assert_eq!(advice("ID=arch\n", None), "install them with `pacman -S postgresql`");
        assert_eq!(advice("ID=alpine\n", None), "install them with `apk add postgresql`");
        assert!(advice("", Some(16)).starts_with("install PostgreSQL 16 ("));
    }
}
