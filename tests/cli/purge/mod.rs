//! `iamctl purge`, `code purge`, `session purge` and `token purge`.

mod all;
mod batches;
mod durable;
mod engine;
mod kept;
mod metrics;
mod one_run;
mod others;
mod referred;
mod retention;
mod retries;
mod scope;
mod walks;

use serde_json::Value;

use crate::support::Db;

const VERIFICATION: &str = "verification_codes";
const AUTHORIZATION: &str = "authorization_codes";

/// The order in which the purges of a test visit the rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Walk {
    Expiry,
    Pages,
}

/// For functions that take a walk: makes them tests of both walks.
macro_rules! over_both_walks {
    ($($name:ident),+ $(,)?) => {$(
        mod $name {
            #[test]
            fn by_expiry() {
                super::$name(super::super::Walk::Expiry);
            }

            #[test]
            fn by_pages() {
                super::$name(super::super::Walk::Pages);
            }
        }
    )+};
}
use over_both_walks;

impl Walk {
    /// A database with alice and bob, whose purges do not care what else happens on the server.
    fn two_users(self) -> Db {
        two_users().purging_with("--walk", self.name()).purging_with("--pause", "0")
    }

    fn name(self) -> &'static str {
        match self {
            Self::Expiry => "expiry",
            Self::Pages => "pages",
        }
    }
}

/// A database with alice and bob.
fn two_users() -> Db {
    let db = Db::new();
    for name in ["alice", "bob"] {
        db.user(name);
    }
    db
}

/// Inserts `count` codes of alice. `expires_at` is SQL over their number `n`.
fn codes(db: &Db, table: &str, count: usize, expires_at: &str) {
    db.sql(&format!(
        "insert into {table}
         select id, '2019-01-01', {expires_at},
                encode(sha256(convert_to(gen_random_uuid()::text, 'utf8')), 'base64')
         from users, generate_series(1, {count}) n where username = 'alice'"
    ));
}

/// Inserts `count` codes of alice that expired at the start of 2020, one each second.
fn expired(db: &Db, table: &str, count: usize) {
    codes(db, table, count, "'2020-01-01 00:00:00+00'::timestamptz + n * '1s'::interval");
}

fn count(db: &Db, table: &str) -> usize {
    db.sql(&format!("select count(*) from {table}")).parse().unwrap()
}

/// `deleted` and `remaining` of each table.
fn deleted_and_remaining(reports: &Value) -> Vec<(i64, i64)> {
    let reports = reports.as_array().unwrap().iter();
    reports
        .map(|report| (report["deleted"].as_i64().unwrap(), report["remaining"].as_i64().unwrap()))
        .collect()
}

/// The number of rows that each batch deleted, from the audit log.
fn audited(db: &Db) -> Vec<usize> {
    let rows = db.sql(
        "select details->'deleted' from admin_audit_log where action = 'code.purge' order by id",
    );
    rows.lines().map(|deleted| deleted.parse().unwrap()).collect()
}
