//! Adoption of tables whose columns differ from the seed's.

use serde_json::Value;

use super::adopt::refused;
use super::{dump, foreign, is_as_migrated, script};
use crate::support::Db;

/// The table of sessions as the service's own scripts make it: times with a zone, and no `revoked`.
pub const SCRIPT: &str = "
    create table of_seed as select * from refresh_tokens;
    drop table refresh_tokens;
    create table refresh_tokens (
        user_id uuid not null, created_at timestamptz not null default now(),
        expires_at timestamptz not null, token char(44) not null);
    insert into refresh_tokens
    select user_id, '2024-03-10 07:30:00Z', '2024-10-27 00:59:59.999999Z', token from of_seed;
    update refresh_tokens set expires_at = '2999-01-01 00:00Z' where token = (select min(token) from of_seed);
    drop table of_seed;";

/// A database of the service whose sessions begin in another time zone than UTC, after running `more`.
pub fn in_zone(zone: &str, more: &str) -> Db {
    let db = foreign("");
    db.sql(&format!("alter database {} set timezone = '{zone}'", db.name));
    script(&db, more);
    db
}

/// The instants of all sessions, as text that does not depend on the time zone.
pub fn instants(db: &Db, time: &str) -> String {
    let instant = |column: &str| time.replace("{}", column);
    db.sql(&format!(
        "set timezone = 'UTC'; select token, {}, {} from refresh_tokens order by 1",
        instant("created_at"),
        instant("expires_at")
    ))
}

/// The SQL of the steps that convert columns.
fn conversions(steps: &Value) -> Vec<String> {
    let converts = |step: &&Value| step["action"] == "convert columns";
    let sql = |step: &Value| step["sql"].as_str().unwrap().to_owned();
    steps.as_array().unwrap().iter().filter(converts).map(sql).collect()
}

#[test]
fn sessions_of_the_services_own_scripts_keep_their_instants() {
    for zone in ["UTC", "Asia/Kolkata", "America/New_York"] {
        let db = in_zone(zone, SCRIPT);
        let before = instants(&db, "{}::timestamptz");
        assert!(before.contains("2024-10-27 00:59:59.999999+00"), "{before}");
        let rows = db.sql("select token, user_id from refresh_tokens order by 1");

        let steps = db.iamctl("db adopt --yes").json();
        assert_eq!(
            conversions(&steps),
            ["alter table refresh_tokens alter column created_at drop default, \
              alter column created_at type timestamp without time zone using created_at at time \
              zone 'utc', \
              alter column created_at set default ((now())::timestamp with time zone) at time zone \
              'utc', \
              alter column expires_at type timestamp without time zone using expires_at at time \
              zone 'utc', \
              add column revoked boolean not null default false, \
              add column revoked_at timestamp without time zone"]
        );
        assert_eq!(instants(&db, "{} at time zone 'utc'"), before, "{zone}");
        assert_eq!(db.sql("select token, user_id from refresh_tokens order by 1"), rows);
        assert_eq!(db.sql("select distinct revoked, revoked_at from refresh_tokens"), "f|");
        db.iamctl("db status").ok();
        db.iamctl("db check").ok();
        // The default is UTC in every zone.
        let inserted = "insert into refresh_tokens (user_id, expires_at, token)
                        select id, '2000-01-01', rpad('x', 44, 'x') from users limit 1
                        returning created_at = now() at time zone 'utc'";
        assert_eq!(db.sql(inserted), "t");
        db.sql("alter table refresh_tokens alter created_at drop default");
        is_as_migrated_but_for_the_order(&db);

        let purged = db.iamctl("session purge").json();
        assert_eq!(purged[0]["deleted"], 3, "the expired ones: {purged}");
        let kept: Vec<_> = before.lines().filter(|line| line.contains("|2999-")).collect();
        assert_eq!(instants(&db, "{} at time zone 'utc'").lines().collect::<Vec<_>>(), kept);
        db.iamctl("session revoke --everyone --yes").ok();

        db.iamctl("db revert --steps 5 --discard-audit --yes").ok();
        db.iamctl("db status").ends_with(7);
    }
}

/// The columns that are added come last.
fn is_as_migrated_but_for_the_order(db: &Db) {
    let sorted = |db: &Db| {
        let dump = dump(db);
        let mut lines: Vec<_> =
            dump.lines().map(|line| line.trim_end_matches(',').to_owned()).collect();
        lines.sort();
        lines
    };
    assert_eq!(sorted(db), sorted(&Db::new()));
}

#[test]
fn what_others_have_on_the_table_survives() {
    const OWN: &str = "
        alter table users add primary key (id);
        alter table refresh_tokens add constraint theirs primary key (token),
            add constraint in_order check (expires_at > created_at),
            add constraint of_user foreign key (user_id) references users (id) on delete cascade;
        create index theirs_too on refresh_tokens (expires_at, token);
        create index known on refresh_tokens (user_id) where expires_at is not null;
        create table counted (rows int); insert into counted values (0);
        create function count_them() returns trigger language plpgsql as
            'begin update counted set rows = rows + 1; return null; end';
        create trigger counting after insert on refresh_tokens
            for each row execute function count_them();
        grant select on refresh_tokens to public; comment on column refresh_tokens.expires_at is 'UTC'";
    let objects = "
        select conname::text from pg_constraint where conrelid = 'refresh_tokens'::regclass
        union all select tgname from pg_trigger
                  where tgrelid = 'refresh_tokens'::regclass and not tgisinternal
        union all select relname from pg_class join pg_index on indexrelid = oid
                  where indrelid = 'refresh_tokens'::regclass and indisvalid
        union all select col_description('refresh_tokens'::regclass, 3)
        union all select relacl::text from pg_class where relname = 'refresh_tokens'";
    let db = in_zone("Asia/Kolkata", &format!("{SCRIPT} {OWN}"));
    let before = db.sql(objects);
    db.iamctl("db adopt --yes").ok();
    let after = db.sql(objects);
    for object in before.lines() {
        assert!(after.lines().any(|it| it == object), "no `{object}` in {after}");
    }
    let insert = "insert into refresh_tokens (user_id, expires_at, token)
                  select id, {}, rpad('y', 44, 'y') from users limit 1";
    db.sql(&insert.replace("{}", "'2999-01-01'"));
    assert_eq!(db.sql("select rows from counted"), "1", "the trigger fires");
    let early = db.psql(&insert.replace("{}", "'1999-01-01'"));
    assert!(!early.status.success(), "the check is there");
}

/// Each difference, and the SQL that converts it.
#[test]
fn what_differs_by_a_safe_conversion_is_converted() {
    for (damage, sql) in [
        (
            "alter table users alter created_at type timestamp(3) using created_at at time zone 'utc'",
            "alter table users alter column created_at type timestamp with time zone using \
             created_at at time zone 'utc'",
        ),
        (
            "alter table users alter created_at type timestamptz(3)",
            "alter table users alter column created_at type timestamp with time zone",
        ),
        (
            "alter table api_tokens alter revoked_at type timestamp using null",
            "alter table api_tokens alter column revoked_at type timestamp with time zone using \
             revoked_at at time zone 'utc'",
        ),
        (
            "alter table users alter username type text, alter email type varchar(254)",
            "alter table users alter column username type character varying(50), \
             alter column email type character varying(100)",
        ),
        (
            "alter table users alter username type varchar(40), alter email type char(90)",
            "alter table users alter column username type character varying(50), \
             alter column email type character varying(100)",
        ),
        (
            "alter table verification_codes alter code type text;
             alter table api_tokens alter token type varchar(64)",
            "alter table verification_codes alter column code type character(44)\n\
             alter table api_tokens alter column token type character(44)",
        ),
        (
            "alter table authorization_codes alter code type char(60)",
            "alter table authorization_codes alter column code type character(44)",
        ),
        (
            "alter table users alter username_fingerprint type text
                 using convert_from(username_fingerprint, 'utf8')",
            "alter table users alter column username_fingerprint type bytea using \
             pg_catalog.convert_to(username_fingerprint::pg_catalog.text, 'UTF8')",
        ),
        (
            "alter table users alter id type text; alter table refresh_tokens alter user_id type
             varchar(36)",
            "alter table users alter column id type uuid using id::pg_catalog.uuid\n\
             alter table refresh_tokens alter column user_id type uuid using \
             user_id::pg_catalog.uuid",
        ),
        (
            "alter table users alter blocked drop not null, alter deleted drop default,
                               alter deleted_at set default now(), alter email drop not null",
            "alter table users alter column email set not null, alter column blocked set not null, \
             alter column deleted set default false",
        ),
        (
            "update users set email_verified_at = now(); alter table users alter email_verified_at set
             not null",
            "alter table users alter column email_verified_at drop not null",
        ),
    ] {
        let db = in_zone("America/New_York", damage);
        let dry = conversions(&db.iamctl("db adopt --dry-run").json());
        assert_eq!(dry.join("\n"), sql, "{damage}");
        let printed = db.iamctl("db adopt --dry-run").ok().stdout;
        assert!(sql.lines().all(|sql| printed.contains(&format!("\n{sql};\n"))), "{printed}");
        // A timestamp without a zone is in UTC. `db check` looks at the fingerprints.
        let values = "select u.id::text, extract(epoch from u.created_at), u.username::text,
                             u.email::text, v.code::text, s.token::text, a.token::text
                      from users u join verification_codes v on v.user_id::text = u.id::text
                           join refresh_tokens s on s.user_id::text = u.id::text
                           join api_tokens a on a.owner_id::text = u.id::text
                      order by 1";
        let before = db.sql(values);
        let steps = db.iamctl("db adopt --yes").json();
        assert_eq!(conversions(&steps), dry);
        assert_eq!(db.sql(values), before, "{damage}");
        db.sql("alter table users alter deleted_at drop default");
        is_as_migrated(&db);
        db.iamctl("db check").ok();
        let audited = "select count(*) from admin_audit_log where details->>'sql' = $${}$$";
        for sql in sql.lines() {
            assert_eq!(db.sql(&audited.replace("{}", sql)), "1", "{sql}");
        }
    }
}

#[test]
fn times_without_an_end_stay_so() {
    let db = in_zone("Asia/Kolkata", SCRIPT);
    db.sql("update refresh_tokens set created_at = '-infinity', expires_at = 'infinity'");
    db.iamctl("db adopt --yes").ok();
    let times = db.sql("select distinct created_at, expires_at from refresh_tokens");
    assert_eq!(times, "-infinity|infinity");
}

#[test]
fn psql_can_run_the_conversions_of_a_dry_run() {
    let db = in_zone("America/New_York", SCRIPT);
    let before = instants(&db, "{}::timestamptz");
    script(&db, &db.iamctl("db adopt --dry-run").ok().stdout);
    assert_eq!(instants(&db, "{} at time zone 'utc'"), before);
    db.iamctl("db status").ok();
    db.iamctl("db check").ok();
}

/// A column that can have no value, or one that is known, is added.
#[test]
fn missing_columns_are_added_where_their_value_is_known() {
    let db = foreign(
        "alter table users drop column email_verified_at, drop column blocked, drop column deleted,
                           drop column deleted_at;
         alter table refresh_tokens drop column revoked_at;
         alter table api_tokens drop column blocked, drop column revoked, drop column revoked_at",
    );
    let steps = db.iamctl("db adopt --yes").json();
    assert_eq!(conversions(&steps).len(), 3, "{steps:#}");
    is_as_migrated_but_for_the_order(&db);
    db.iamctl("db check").ok();
    db.iamctl("user block alice --yes").ok();
    db.iamctl("token list").ok();

    let db = foreign("alter table users drop column email_verified, drop column created_at");
    let found = refused(&db, &["users.created_at", "users.email_verified"]);
    let advice = found[1]["advice"].as_str().unwrap();
    assert!(
        advice.contains("add column email_verified boolean not null default false"),
        "{advice}"
    );
    assert!(advice.contains("verified their email"), "{advice}");
}

#[test]
fn the_question_names_the_conversion_and_its_cost() {
    let db = foreign(SCRIPT);
    let refused = db.iamctl("db adopt").fails(2).says("--yes");
    let refused = refused.says("using expires_at at time zone 'utc'");
    let refused = refused.says("nobody can use the table while PostgreSQL rewrites");
    let refused = refused.says("up to --lock-timeout, everybody else waits");
    assert!(!refused.stderr.contains("for UTC"), "{refused:#?}");
    let db = foreign("alter table users alter deleted_at type timestamp using null");
    db.iamctl("db adopt").fails(2).says("takes the times that are there for UTC");
    let db = foreign("alter table users drop column deleted_at");
    let added = db.iamctl("db adopt").fails(2).says("add column deleted_at");
    assert!(!added.stderr.contains("nobody can use"), "{added:#?}");
    db.iamctl("db check").fails(7).says("run `iamctl db adopt`");
}

/// The same SQL is the advice of `db check` where a managed table was changed.
#[test]
fn the_advice_of_check_keeps_the_instants() {
    for zone in ["Asia/Kolkata", "America/New_York"] {
        let db = Db::new();
        let alice = db.user("alice");
        db.sql(&format!(
            "alter database {} set timezone = '{zone}';
             insert into refresh_tokens values
                 ('{alice}', '2026-03-08 07:30:00', '2026-10-25 00:59:59', rpad('x', 44, 'x'));
             alter table refresh_tokens
                 alter created_at type timestamptz using created_at at time zone 'utc',
                 alter expires_at type timestamptz using expires_at at time zone 'utc';
             alter table users alter created_at type timestamp using created_at at time zone 'utc';
             alter table admin_audit_log alter at type timestamp using at at time zone 'utc'",
            db.name
        ));
        // A timestamp without a zone counts as UTC here.
        let epochs = "select extract(epoch from t.created_at), extract(epoch from expires_at),
                             extract(epoch from u.created_at), extract(epoch from min(at))
                      from refresh_tokens t, users u, admin_audit_log group by 1, 2, 3";
        let before = db.sql(epochs);
        let found = db.iamctl("db check -o json").ends_with(5).json();
        for finding in found.as_array().unwrap() {
            db.sql(finding["advice"].as_str().unwrap());
        }
        assert_eq!(found.as_array().unwrap().len(), 4, "{found:#}");
        assert_eq!(db.sql(epochs), before);
        db.iamctl("db check").ok();
        is_as_migrated(&db);
    }
}
