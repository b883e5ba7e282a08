//! Every command works with code tables that are partitioned by range on `expires_at`
//! (docs/growing.md).

use serde_json::json;

use crate::support::{Db, Run};

/// A migrated database with partitioned code tables and three users.
fn partitioned() -> Db {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
    }
    for table in ["verification_codes", "authorization_codes"] {
        db.sql(&format!(
            "drop table {table};
             create table {table} (
                 user_id uuid not null, created_at timestamptz not null,
                 expires_at timestamptz not null, code char(44) not null,
                 constraint {table}_pkey primary key (code, expires_at),
                 constraint {table}_user_id_fkey
                     foreign key (user_id) references users (id) on delete cascade
             ) partition by range (expires_at);
             create table {table}_2019 partition of {table} for values from ('2019-01-01') to ('2020-01-01');
             create table {table}_2020 partition of {table} for values from ('2020-01-01') to ('2021-01-01');
             create table {table}_later partition of {table} default;
             create index {table}_id on {table} (left(code::text, 12) text_pattern_ops);
             create index {table}_expires on {table} (expires_at, code);
             create index {table}_created on {table} (created_at, code);
             create index {table}_user on {table} (user_id, expires_at);"
        ));
    }
    db
}

/// Inserts expired codes of alice into two partitions.
fn expired(db: &Db, table: &str, count: u32) {
    db.sql(&format!(
        "insert into {table}
         select id, '2019-01-01', timestamptz '2019-12-31 23:59:00Z' + n * interval '1 s',
                encode(sha256(convert_to(n || '{table}', 'utf8')), 'base64')
         from users, generate_series(1, {count}) n where username = 'alice'"
    ));
}

#[test]
fn codes_are_issued_listed_and_revoked() {
    let db = partitioned();
    db.sql("update users set email_verified = false where username = 'alice'");
    db.iamctl("code issue verification --user alice").ok();
    db.iamctl("code issue authorization --user bob").ok();
    let listed = db.iamctl("code list -o json").ok().json();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    let id = listed[0]["id"].as_str().unwrap();
    let page = db.iamctl(&format!("code list -o id --after id:{id}")).ok();
    assert_eq!(page.line(), listed[1]["id"].as_str().unwrap());
    db.iamctl(&format!("code revoke id:{id} --yes")).ok();
    assert_eq!(db.iamctl("code list --count").ok().line(), "1");
    db.iamctl("code revoke --all --user alice --yes").ok();
    assert_eq!(db.iamctl("code list --count").ok().line(), "0");
}

#[test]
fn a_purge_deletes_from_the_partitions_in_order() {
    let db = partitioned();
    for table in ["verification_codes", "authorization_codes"] {
        expired(&db, table, 100);
    }
    db.iamctl("code issue authorization --user bob").ok();
    let stopped = db.iamctl("code purge --batch-size 30 --max-rows 70 -o json").ends_with(9).json();
    assert_eq!((&stopped[0]["deleted"], &stopped[0]["remaining"]), (&json!(70), &json!(30)));
    assert_eq!(stopped[0]["oldest"], "2020-01-01T00:00:11Z");
    let stats = db.iamctl("code stats").json();
    assert_eq!((&stats[0]["expired"], &stats[1]["expired"]), (&json!(30), &json!(100)));
    assert_eq!(stats[1]["live"], 1);
    let reports = db.iamctl("purge --batch-size 30 --jobs 2").json();
    assert_eq!((&reports[0]["deleted"], &reports[1]["deleted"]), (&json!(30), &json!(100)));
    assert_eq!(db.iamctl("code list --count").ok().line(), "1", "live codes are kept");
}

/// Each partition by itself, where that does the same as a statement on the whole table.
#[test]
fn a_purge_by_pages_goes_through_one_partition_after_the_other() {
    let db = partitioned();
    let purge = || {
        expired(&db, "verification_codes", 100);
        let line = "code purge --walk pages --batch-size 30 --pause 0 --kind verification";
        let report = db.iamctl(line).json();
        assert_eq!((&report[0]["deleted"], &report[0]["remaining"]), (&json!(100), &json!(0)));
        report[0]["walk"].as_str().unwrap().to_owned()
    };
    assert_eq!(purge(), "pages");
    let batches = db.sql(
        "select details->>'table', details->>'deleted' from admin_audit_log
         where action = 'code.purge' order by id",
    );
    // 59 expired in 2019, and 41 in 2020.
    let rows = [30, 29, 30, 11].map(|rows| format!("verification_codes|{rows}"));
    assert_eq!(batches.lines().collect::<Vec<_>>(), rows);
    // A trigger for statements would not run.
    db.sql(
        "create function note() returns trigger language plpgsql as $$ begin return null; end $$;
         create trigger note after delete on verification_codes execute function note()",
    );
    assert_eq!(purge(), "expiry");
}

#[test]
fn codes_are_removed_with_their_users() {
    let db = partitioned();
    for table in ["verification_codes", "authorization_codes"] {
        expired(&db, table, 80);
    }
    for name in ["bob", "carol"] {
        db.iamctl(&format!("code issue authorization --user {name}")).ok();
    }
    db.iamctl("user delete bob --yes").ok();
    db.iamctl("user offboard carol --yes").ok();
    assert_eq!(db.iamctl("code list --count").ok().line(), "160");
    db.iamctl("user erase alice --force --yes").ok();
    assert_eq!(db.iamctl("code list --count").ok().line(), "0");
    db.iamctl("user set-email carol new@x.org --yes").ok();
}

#[test]
fn db_check_accepts_partitioned_tables() {
    let db = partitioned();
    assert_eq!(db.iamctl("db check").json(), json!([]));
    db.iamctl("doctor").ok();
    db.sql("drop index verification_codes_expires");
    let found = db.iamctl("db check -o json").ends_with(5).json();
    assert_eq!(found[0]["object"], "verification_codes_expires");
    // PostgreSQL cannot create an index on a partitioned table with CONCURRENTLY.
    let advice = found[0]["advice"].as_str().unwrap();
    db.sql(advice);
    db.iamctl("db check").ok();
}

/// Row security, rules and statement triggers of a partition do not apply to a statement on its parent;
/// its triggers for each row do.
#[test]
fn of_a_partition_only_triggers_for_each_row_are_reported() {
    let db = partitioned();
    let operator = db.role("operator");
    db.sql(&db.iamctl(&format!("db grants --profile operator --role {operator}")).ok().stdout);
    db.sql(
        "alter table verification_codes_2019 enable row level security;
         create rule hide as on delete to verification_codes_2019 do instead nothing;
         create rule more as on insert to authorization_codes_later do also select 1;
         create function pass() returns trigger language plpgsql as
             'begin if tg_op = ''DELETE'' then return old; end if; return new; end';
         create trigger once before delete on verification_codes_2020
         for each statement execute function pass()",
    );
    let role = || Run::new(&db.url_as(&operator), "doctor");
    let triggers = |run: Run| {
        let checks = run.json();
        checks.as_array().unwrap().iter().find(|it| it["check"] == "triggers").unwrap().clone()
    };
    for run in [db.iamctl("doctor"), role()] {
        assert_eq!(triggers(run)["status"], "ok");
    }
    db.iamctl("db check").ok();
    expired(&db, "verification_codes", 100);
    assert_eq!(Run::new(&db.url_as(&operator), "code purge").json()[0]["deleted"], 100);

    db.sql(
        "create trigger each before delete on verification_codes_2019
         for each row execute function pass();
         create trigger all_parts before insert on verification_codes
         for each row execute function pass()",
    );
    let found = triggers(role());
    assert_eq!(found["status"], "warning");
    let detail = found["detail"].as_str().unwrap();
    for name in ["each", "all_parts"] {
        let named = format!("the trigger `{name}` on `verification_codes`");
        assert_eq!(detail.matches(&named).count(), 1, "{detail}");
    }
    assert!(!detail.contains("once") && !detail.contains("hide"), "{detail}");
    let found = db.iamctl("db check -o json").ends_with(5).json();
    let objects: Vec<_> = found.as_array().unwrap().iter().map(|it| &it["object"]).collect();
    assert_eq!(objects, ["all_parts", "each"]);
}

#[test]
fn partitioned_tables_can_be_adopted_after_creating_their_indexes() {
    let db = partitioned();
    db.sql("drop table __diesel_schema_migrations, admin_audit_log; drop function admin_audit_log_refuse");
    db.iamctl("db adopt --yes").ok();
    db.iamctl("db check").ok();
    let db = partitioned();
    db.sql(
        "drop table __diesel_schema_migrations, admin_audit_log; drop function admin_audit_log_refuse;
         drop index authorization_codes_user",
    );
    let found = db.iamctl("db adopt --yes -o json").ends_with(5).json();
    assert_eq!(found[0]["object"], "authorization_codes_user");
    db.sql(found[0]["advice"].as_str().unwrap());
    db.iamctl("db adopt --yes").ok();
}

/// PostgreSQL names the partition, and the key of the partition.
#[test]
fn what_others_want_of_a_partition_is_exit_code_7_and_named() {
    const SAME_TIME: &str = "
        create function same_time() returns trigger language plpgsql as
            'begin new.expires_at := ''2099-01-01''; return new; end';
        create trigger same_time before insert on authorization_codes
        for each row execute function same_time();";
    for (sql, named) in [
        (
            "alter table authorization_codes
             add constraint \"Of others\" check (length(code) < 9) not valid",
            "Of others",
        ),
        (
            "alter table authorization_codes_later
             add constraint \"Of others\" check (length(code) < 9) not valid",
            "Of others",
        ),
        ("alter table authorization_codes_later alter region set not null", "region"),
        ("create unique index \"Of others\" on authorization_codes_later ((true))", "Of others"),
        (
            "alter table authorization_codes_later
             add constraint \"Of others\" exclude using btree ((true) with =)",
            "Of others",
        ),
        // PostgreSQL chooses the names of the indexes of partitions.
        (
            &format!(
                "{SAME_TIME} create unique index \"Of others\" on authorization_codes (expires_at)"
            ),
            "authorization_codes_later_",
        ),
    ] {
        let db = partitioned();
        db.sql(
            "alter table authorization_codes add region text;
             insert into authorization_codes
             select id, now(), '2099-01-01', lpad('=', 44, 'a'), 'x' from users where username = 'bob'",
        );
        db.sql(sql);
        let before = db.state();
        db.iamctl("code issue authorization --user alice")
            .fails(7)
            .says(named)
            .says("iamctl db check");
        assert_eq!(db.state(), before, "{sql}");
    }
}

#[test]
fn a_key_of_ours_is_a_conflict_whatever_it_is_called_in_a_partition() {
    for sql in [
        "select 1",
        "drop table authorization_codes_later;
         create table odd (like authorization_codes, constraint odd_key primary key (code, expires_at));
         alter table authorization_codes attach partition odd default",
    ] {
        let db = partitioned();
        db.sql(sql);
        db.sql(
            "insert into authorization_codes
             select id, now(), '2099-01-01', lpad('=', 44, 'a') from users where username = 'bob';
             create function same() returns trigger language plpgsql as
                 'begin new.expires_at := ''2099-01-01''; new.code := lpad(''='', 44, ''a'');
                        return new; end';
             create trigger same before insert on authorization_codes
             for each row execute function same()",
        );
        let before = db.state();
        db.iamctl("code issue authorization --user alice").fails(4).says("existing row");
        assert_eq!(db.state(), before, "{sql}");
    }
}

/// Only Citus puts the number of a shard behind the name of a table.
#[test]
fn rows_of_tables_of_others_are_a_conflict_whatever_these_are_called() {
    for table in ["notes", "users_2", "admin_audit_log_2", "authorization_codes_2018"] {
        let db = partitioned();
        db.sql(&format!(
            "create table {table} (user_id uuid not null references users on delete set null);
             insert into {table} select id from users"
        ));
        let before = db.state();
        db.iamctl("user erase alice --force --yes").fails(4).says(table);
        assert_eq!(db.state(), before);
    }
}
