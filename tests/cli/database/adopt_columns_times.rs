//! Times that get a zone, or lose it, where a default says what is in the rows.

use super::adopt::refused;
use super::adopt_columns::{SCRIPT, in_zone, instants};
use super::{foreign, script};
use crate::support::server::settings_are_unusual;
use crate::support::{Db, skipped};

/// Columns without a zone, and defaults that write the local time into them.
const LOCAL: [(&str, &str, &str); 10] = [
    ("users", "created_at", "now()"),
    ("users", "email_verified_at", "current_timestamp"),
    ("users", "deleted_at", "current_timestamp(3)"),
    ("verification_codes", "created_at", "localtimestamp"),
    ("verification_codes", "expires_at", "localtimestamp(0)"),
    ("authorization_codes", "created_at", "clock_timestamp()"),
    ("authorization_codes", "expires_at", "statement_timestamp()"),
    ("api_tokens", "created_at", "transaction_timestamp()"),
    ("api_tokens", "expires_at", "now()::timestamp"),
    ("api_tokens", "revoked_at", "clock_timestamp()::timestamptz(0)::timestamp"),
];

/// A database with these columns, and a row of each table with the default values.
fn with_local_times(zone: &str) -> Db {
    let alter = |(table, column, default): (&str, &str, &str)| {
        format!(
            "alter table {table} alter {column} type timestamp using {column} at time zone 'utc',
                                 alter {column} set default {default};"
        )
    };
    let db = in_zone(zone, &LOCAL.map(alter).concat());
    insert(&db, "new");
    db
}

fn insert(db: &Db, name: &str) {
    db.sql(&format!(
        "insert into users (id, username, username_fingerprint, email)
         values (md5('{name}')::uuid, '{name}', '{name}', '{name}');
         insert into verification_codes (user_id, code) values (md5('{name}')::uuid, '{name}');
         insert into authorization_codes (user_id, code) values (md5('{name}')::uuid, '{name}');
         insert into api_tokens (owner_id, name, token)
         values (md5('{name}')::uuid, '{name}', '{name}')"
    ));
}

/// Expects that the defaults have written the current time, so many times, and to the minute.
#[track_caller]
fn times_are_right(db: &Db, rows: usize) {
    for (table, column, default) in LOCAL {
        let found = db.sql(&format!(
            "select count(*), bool_and({column} between now() - '5m'::interval
                                                    and now() + '1m'::interval)
             from {table} where {column} between '2025-01-01' and '2100-01-01'"
        ));
        assert_eq!(found, format!("{rows}|t"), "{table}.{column}, {default}");
    }
}

#[track_caller]
fn adopt(db: &Db) {
    db.iamctl("db adopt --yes").ok();
    db.iamctl("db status").ok();
}

/// The two conversions of an advice: of local times, and of times in UTC.
fn conversions(advice: &str) -> (&str, &str) {
    let (local, utc) = advice.split_once("; or where they have UTC: ").unwrap();
    (local.split_once(": ").unwrap().1, utc)
}

#[test]
fn times_that_a_default_wrote_in_utc_are_converted() {
    let db = with_local_times("UTC");
    adopt(&db);
    times_are_right(&db, 1);
    db.sql(&format!("alter database {} set timezone = 'Asia/Kolkata'", db.name));
    insert(&db, "later");
    times_are_right(&db, 2);
}

#[test]
fn times_that_a_default_wrote_in_local_time_are_left_to_the_operator() {
    if settings_are_unusual() {
        skipped("the tests' psql keeps its own time zone, and so does not write local times");
        return;
    }
    let columns: Vec<_> =
        LOCAL.iter().map(|(table, column, _)| format!("{table}.{column}")).collect();
    let columns: Vec<_> = columns.iter().map(String::as_str).collect();
    for zone in ["Asia/Kolkata", "America/New_York"] {
        let db = with_local_times(zone);
        let found = refused(&db, &columns);
        for finding in found.as_array().unwrap() {
            let advice = finding["advice"].as_str().unwrap();
            let (local, utc) = conversions(advice);
            assert!(local.contains(&format!("at time zone '{zone}'")), "{advice}");
            assert_eq!(local.replace(zone, "utc"), utc);
            // Right also where it is run in another zone.
            db.sql(&format!("set timezone = 'Europe/Berlin'; {local}"));
        }
        times_are_right(&db, 1);
        adopt(&db);
        insert(&db, "later");
        times_are_right(&db, 2);
    }
}

/// The service has written the times itself, in UTC, whatever the default.
#[test]
fn the_operator_can_say_that_the_times_are_in_utc() {
    let db = in_zone(
        "Asia/Kolkata",
        "alter table users alter created_at type timestamp using created_at at time zone 'utc',
                           alter created_at set default now()",
    );
    let found = refused(&db, &["users.created_at"]);
    db.sql(conversions(found[0]["advice"].as_str().unwrap()).1);
    adopt(&db);
    let utc = db.sql("set timezone = 'UTC'; select distinct created_at from users");
    assert_eq!(utc, "2024-01-01 00:00:00+00");
}

#[test]
fn the_zone_of_a_role_that_writes_counts() {
    if settings_are_unusual() {
        skipped("the zone of the server is the one that the role is to have");
        return;
    }
    let db = foreign(
        "alter table users alter created_at type timestamp using created_at at time zone 'utc',
                           alter created_at set default now()",
    );
    let role = format!("service_of_{}", db.name);
    db.sql(&format!(
        "create role {role}; alter role {role} in database {} set timezone = 'Asia/Kolkata'",
        db.name
    ));
    db.iamctl("db adopt --dry-run").ok();
    db.sql(&format!("grant insert on users to {role}"));
    let found = refused(&db, &["users.created_at"]);
    let advice = found[0]["advice"].as_str().unwrap();
    assert!(advice.contains("at time zone 'Asia/Kolkata'"), "{advice}");
    db.sql(&format!("alter role {role} in database {} set timezone = 'UTC'", db.name));
    adopt(&db);
    db.sql(&format!("drop owned by {role}; drop role {role}"));
}

#[test]
fn defaults_that_say_the_same_in_every_zone_are_converted() {
    for (default, later) in [
        ("now() at time zone 'utc'", "now()"),
        ("timezone('UTC', current_timestamp)", "now()"),
        ("'2024-01-01'", "'2024-01-01 00:00Z'"),
        ("null", "null"),
    ] {
        let db = in_zone(
            "Asia/Kolkata",
            &format!(
                "alter table users alter deleted_at type timestamp using null,
                                   alter deleted_at set default {default};
                 update users set deleted_at = '2024-07-01 12:00'"
            ),
        );
        adopt(&db);
        let utc = db.sql("set timezone = 'UTC'; select distinct deleted_at from users");
        assert_eq!(utc, "2024-07-01 12:00:00+00");
        let inserted = db.sql(&format!(
            "insert into users (id, created_at, username, username_fingerprint, email)
             values (md5('x')::uuid, now(), 'x', 'x', 'x')
             returning deleted_at is not distinct from {later}::timestamptz"
        ));
        assert_eq!(inserted, "t", "{default}");
    }
}

#[test]
fn a_default_that_nobody_knows_is_left_to_the_operator() {
    for default in [
        "now() + '1 hour'::interval",
        "now() at time zone 'America/New_York'",
        "'2024-01-01 00:00Z'::timestamptz",
        "'now'::text::timestamp",
        "current_date",
    ] {
        for zone in ["UTC", "Asia/Kolkata"] {
            let db = in_zone(
                zone,
                &format!(
                    "alter table users alter created_at type timestamp
                         using created_at at time zone 'utc', alter created_at set default {default}"
                ),
            );
            let found = refused(&db, &["users.created_at"]);
            let advice = found[0]["advice"].as_str().unwrap();
            let utc = if zone == "UTC" {
                assert!(advice.contains(" -- its default was "), "{advice}");
                advice
            } else {
                let (local, utc) = conversions(advice);
                assert!(
                    local.ends_with("using created_at at time zone 'Asia/Kolkata'"),
                    "{advice}"
                );
                utc
            };
            db.sql(utc);
            adopt(&db);
            let times = db.sql("set timezone = 'UTC'; select distinct created_at from users");
            assert_eq!(times, "2024-01-01 00:00:00+00", "{default}, {zone}");
        }
    }
}

/// With a zone the rows are right. Only the default has to be written anew.
#[test]
fn an_unknown_default_of_times_with_a_zone_keeps_their_instants() {
    for default in ["now() + '1 hour'::interval", "now() at time zone 'utc'"] {
        let db = in_zone("Asia/Kolkata", SCRIPT);
        script(&db, &format!("alter table refresh_tokens alter expires_at set default {default}"));
        let before = instants(&db, "{}::timestamptz");
        let found = refused(&db, &["refresh_tokens.expires_at"]);
        db.sql(found[0]["advice"].as_str().unwrap());
        adopt(&db);
        assert_eq!(instants(&db, "{} at time zone 'utc'"), before, "{default}");
    }
}

#[test]
fn a_missing_flag_beside_its_time_brings_nothing_back_to_life() {
    for (table, flag) in
        [("users", "deleted"), ("refresh_tokens", "revoked"), ("api_tokens", "revoked")]
    {
        let db = foreign(&format!(
            "alter table {table} drop column {flag};
             update {table} set {flag}_at = '2024-02-01' where ctid = (select max(ctid) from {table})"
        ));
        let found = refused(&db, &[&format!("{table}.{flag}")]);
        let problem = found[0]["problem"].as_str().unwrap();
        let expected = format!("1 row with `{flag}_at`, which would not be {flag}");
        assert!(problem.ends_with(&expected), "{problem}");
        db.sql(found[0]["advice"].as_str().unwrap());
        adopt(&db);
        let flags = format!(
            "select {flag}, {flag}_at is not null, count(*) from {table} group by 1, 2 order by 1"
        );
        assert_eq!(db.sql(&flags), "f|f|2\nt|t|1");
        db.iamctl("db check").ok();

        // The advice of `db check` sets it, too.
        db.sql(&format!("alter table {table} drop column {flag} cascade"));
        let found = db.iamctl("db check -o json").ends_with(5).json();
        let column = found.as_array().unwrap().iter().find(|it| it["object"] == flag).unwrap();
        db.sql(column["advice"].as_str().unwrap());
        assert_eq!(db.sql(&flags), "f|f|2\nt|t|1");

        // Without a time nothing has ended.
        let db = foreign(&format!("alter table {table} drop column {flag}"));
        adopt(&db);
        assert_eq!(db.sql(&flags), "f|f|3");
    }
}
