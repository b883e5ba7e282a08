//! Environment variables that are not UTF-8 are an error that names them: they are neither ignored nor misread.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;

use crate::support::{Db, Run};

const LATIN1: &[u8] = b"zo\xe9";

#[test]
fn a_variable_that_is_not_utf8_is_named() {
    let db = Db::new();
    for variable in [
        "DATABASE_URL",
        "IAMCTL_OUTPUT",
        "IAMCTL_REASON",
        "IAMCTL_TOKEN_SCHEME",
        "PGUSER",
        "PGPASSWORD",
        "PGAPPNAME",
        "PGOPTIONS",
        "PGSSLROOTCERT",
        "PGSERVICE",
    ] {
        for format in ["table", "json"] {
            let run =
                db.iamctl("user list -o").arg(format).env(variable, OsStr::from_bytes(LATIN1));
            run.fails(2).says(&format!("the variable {variable} is not UTF-8"));
        }
    }
    for variable in ["DATABASE_URL_FILE", "PGHOST", "PGDATABASE"] {
        let run = Run::without_database("user list").env(variable, OsStr::from_bytes(LATIN1));
        run.fails(2).says(&format!("the variable {variable} is not UTF-8"));
    }
}

#[test]
fn a_variable_of_another_program_or_of_no_use_may_hold_anything() {
    let db = Db::new();
    let name = OsStr::from_bytes(LATIN1);
    db.iamctl("user list").env("LESSCHARSET", name).env("PGP_KEY", name).ok();
    // --database-url comes before it.
    Run::without_database("user list --database-url").arg(db.url()).env("DATABASE_URL", name).ok();
    Run::without_database("--version").env("IAMCTL_OUTPUT", name).env("PGUSER", name).ok();
}
