//! `iamctl code stats`: numbers and sizes, and an alarm when a purge is overdue.

use serde_json::Value;

use super::two_users;
use crate::support::Db;
use crate::support::shapes::in_five_formats;

/// Inserts `count` codes of alice that expire at `expires_at`.
fn codes(db: &Db, table: &str, count: usize, expires_at: &str) {
    db.sql(&format!(
        "insert into {table}
         select id, '2019-01-01', {expires_at},
                encode(sha256(convert_to(gen_random_uuid()::text, 'utf8')), 'base64')
         from users, generate_series(1, {count}) where username = 'alice'"
    ));
}

/// Live codes in both tables, and expired codes in one. The oldest expired at the start of 2020.
fn expired() -> Db {
    let db = two_users();
    codes(&db, "verification_codes", 3, "now() + '1m'::interval");
    codes(&db, "verification_codes", 4, "now() - '1m'::interval");
    codes(&db, "verification_codes", 1, "'2020-01-01 00:00:00+00'::timestamptz");
    codes(&db, "authorization_codes", 2, "now() + '1m'::interval");
    db
}

#[test]
fn stats_has_live_expired_oldest_and_bytes_of_each_table() {
    let db = expired();
    for zone in ["Asia/Kolkata", "America/New_York", "UTC"] {
        db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
        let stats = db.iamctl("code stats").json();
        let [verification, authorization] = stats.as_array().unwrap().as_slice() else {
            panic!("{stats}");
        };
        for (table, name, live, expired, oldest) in [
            (verification, "verification_codes", 3, 5, Value::from("2020-01-01T00:00:00Z")),
            (authorization, "authorization_codes", 2, 0, Value::Null),
        ] {
            assert_eq!(table["table"], name);
            assert_eq!((&table["live"], &table["expired"]), (&live.into(), &expired.into()));
            assert_eq!(table["oldest_expired"], oldest);
            let bytes = db.sql(&format!("select pg_total_relation_size('{name}')"));
            assert_eq!(table["bytes"].to_string(), bytes, "the bytes include the indexes");
        }
    }
    let before = (db.rows(), db.audit());
    assert_eq!(in_five_formats(|| db.iamctl("code stats")), 2);
    let ids = db.iamctl("code stats -o id").ok();
    assert_eq!(ids.lines(), ["verification_codes", "authorization_codes"]);
    assert_eq!((db.rows(), db.audit()), before, "code stats changes nothing");
}

#[test]
fn an_empty_database_has_nothing_overdue() {
    let db = Db::new();
    let stats = db.iamctl("code stats --max-age 0s").json();
    for table in stats.as_array().unwrap() {
        assert_eq!((&table["live"], &table["expired"]), (&0.into(), &0.into()));
        assert!(table["oldest_expired"].is_null());
    }
}

#[test]
fn max_age_is_exit_code_5_if_the_oldest_expired_row_is_older() {
    let db = expired();
    for overdue in ["1d", "0s", "2020-01-02", "2020-01-01T00:00:01Z"] {
        let outcome = db.iamctl(&format!("code stats -o json --max-age {overdue}")).ends_with(5);
        assert_eq!(outcome.json()[0]["expired"], 5, "the statistics are printed, too");
        let error: Value = serde_json::from_str(&outcome.stderr).unwrap();
        assert_eq!(error["error"]["kind"], "refused");
        let message = error["error"]["message"].as_str().unwrap();
        assert!(message.contains("verification_codes"), "{message}");
        assert!(message.contains("2020-01-01T00:00:00Z"), "{message}");
        assert!(!message.contains("authorization_codes"), "{message}");
    }
    for fine in ["100y", "2020-01-01", "2019-12-31T23:59:59Z"] {
        db.iamctl(&format!("code stats --max-age {fine}")).ok();
    }
    // After a purge, exit code 0: a live code is never overdue.
    db.iamctl("code purge").ok();
    db.iamctl("code stats --max-age 0s").ok();
    // Overdue rows in the other table are exit code 5, too.
    codes(&db, "authorization_codes", 1, "now() - '3d'::interval");
    db.iamctl("code stats --max-age 2d").ends_with(5).says("authorization_codes");
    db.iamctl("code stats --max-age 4d").ok();
    for bad in ["-1", "99999y", "soon", ""] {
        db.iamctl("code stats").arg(format!("--max-age={bad}")).fails(2);
    }
}
