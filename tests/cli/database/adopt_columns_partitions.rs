//! Conversions go on to partitions and to tables that inherit a column, and so does the search for what
//! prevents them.

use super::adopt_columns::{SCRIPT, in_zone, instants};
use super::{everything, foreign, script};
use crate::support::Db;

const PARTITIONED: &str = "
    alter table refresh_tokens rename to of_seed; alter table users add primary key (id);
    create table refresh_tokens (
        user_id uuid not null, created_at timestamptz not null default now(),
        expires_at timestamptz not null, token char(44) not null,
        revoked boolean not null default false, revoked_at timestamp) partition by hash (token);
    create table part partition of refresh_tokens for values with (modulus 1, remainder 0);
    insert into refresh_tokens
    select user_id, '2024-03-10 07:30:00Z', '2999-10-27 00:59:59.999999Z', token from of_seed;
    drop table of_seed;";

const INHERITED: &str = "
    create table part () inherits (refresh_tokens);
    insert into part
    select user_id, '2024-03-10 07:30:00Z', '2999-10-27 00:59:59.999999Z', rpad('h', 44, 'h')
    from refresh_tokens limit 1;";

const NOTHING: &str = "create function nothing() returns trigger language plpgsql as
                       'begin return null; end';";

fn layouts() -> [String; 2] {
    [format!("{PARTITIONED} {NOTHING}"), format!("{SCRIPT} {INHERITED} {NOTHING}")]
}

/// Makes the keys and indexes that an adoption leaves to the operator where a table is partitioned.
fn adopt_with_keys(db: &Db) {
    let dry_run = db.iamctl("db adopt --dry-run -o json").run();
    if dry_run.code != 0 {
        for finding in dry_run.json().as_array().unwrap() {
            let problem = finding["problem"].as_str().unwrap();
            assert!(problem.contains("the table is partitioned"), "{finding:#}");
            db.sql(finding["advice"].as_str().unwrap());
        }
    }
    db.iamctl("db adopt --yes").ok();
}

/// Expects that the object prevents the adoption, and that the instants are kept after its removal.
fn prevents(layout: &str, zone: &str, object: &str, named: &str, removal: &str) {
    let db = in_zone(zone, layout);
    script(&db, object);
    let before = everything(&db);
    let times = instants(&db, "{}::timestamptz");
    let found = db.iamctl("db adopt --yes -o json").ends_with(5).json();
    for finding in found.as_array().unwrap() {
        assert_eq!(finding["table"], "refresh_tokens");
        assert!(finding["problem"].as_str().unwrap().contains(named), "{object}: {finding:#}");
    }
    assert_eq!(everything(&db), before);
    db.sql(removal);
    adopt_with_keys(&db);
    assert_eq!(instants(&db, "{} at time zone 'utc'"), times, "{object}");
}

#[test]
fn what_depends_on_a_partition_prevents_the_conversion() {
    for layout in layouts() {
        for (object, named, removal) in [
            ("create view v as select expires_at from part", "the view `public.v`", "drop view v"),
            (
                "alter table part add constraint c check (expires_at > '2000-01-01 00:00Z')",
                "the check `c`",
                "alter table part drop constraint c",
            ),
            (
                "create index i on part ((expires_at at time zone 'utc'))",
                "the index `i`",
                "drop index i",
            ),
            (
                "create trigger t after update of expires_at on part
                 for each row execute function nothing()",
                "the trigger `t on public.part`",
                "drop trigger t on part",
            ),
        ] {
            prevents(&layout, "Asia/Kolkata", object, &format!("{named} uses it"), removal);
        }
    }
}

#[test]
fn a_default_of_a_partition_is_never_converted_in_the_zone_of_the_session() {
    for layout in layouts() {
        for (zone, default) in
            [("UTC", "now()"), ("Asia/Kolkata", "now()"), ("Asia/Kolkata", "'2024-01-01 00:00Z'")]
        {
            let set = format!("alter table part alter expires_at set default {default}");
            let removal = "alter table part alter expires_at drop default";
            prevents(&layout, zone, &set, "`part` has a default of its own", removal);
        }
        // One that is the table's own changes with it.
        let db = in_zone("Asia/Kolkata", &layout);
        adopt_with_keys(&db);
        let inserted = "insert into part (user_id, expires_at, token)
                        select id, '2999-01-01', rpad('x', 44, 'x') from users limit 1
                        returning created_at = now() at time zone 'utc'";
        assert_eq!(db.sql(inserted), "t");
    }
}

#[test]
fn a_publication_of_a_time_whose_zone_changes_prevents_the_conversion() {
    for layout in layouts() {
        for publication in ["for table refresh_tokens", "for all tables", "for table only part"] {
            let create = format!("create publication theirs {publication}");
            let named = "the publication `theirs` sends it";
            prevents(&layout, "Asia/Kolkata", &create, named, "drop publication theirs");
        }
    }
    // A text of another length is the same for a subscriber.
    let db = foreign("alter table users alter email type text");
    db.sql("create publication theirs for table users");
    db.iamctl("db adopt --yes").ok();
}
