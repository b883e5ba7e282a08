//! `iamctl db check` and `doctor` compare the definition of the audit log with what the migrations
//! make: each field that differs is a finding, and its advice repairs it.

use serde_json::{Value, json};

use super::{objects, script};
use crate::support::server::{Server, THROW_AWAY, run};
use crate::support::{Db, Run, server};

/// SQL that changes one field, the object and words of the finding, and SQL to clean up after the
/// repair. Several objects are separated by commas; the words are those of the first.
struct Damage<'a> {
    sql: &'a str,
    object: &'a str,
    words: &'a str,
    clean_up: &'a str,
}

const fn damage<'a>(sql: &'a str, object: &'a str, words: &'a str) -> Damage<'a> {
    Damage { sql, object, words, clean_up: "" }
}

impl<'a> Damage<'a> {
    const fn clean_up(self, clean_up: &'a str) -> Self {
        Self { clean_up, ..self }
    }

    /// The findings of `db check`: one for each object. `doctor` names them, too.
    #[track_caller]
    fn findings(&self, db: &Db) -> Value {
        let Self { sql, object, words, .. } = self;
        script(db, sql);
        let found = db.iamctl("db check -o json").ends_with(5).json();
        let names: Vec<_> =
            object.split(", ").map(|name| format!("admin_audit_log.{name}")).collect();
        assert_eq!(objects(&found), names, "{sql}: {found:#}");
        assert!(found[0]["problem"].as_str().unwrap().contains(words), "{sql}: {found:#}");
        let doctor = db.iamctl("doctor -o json").ends_with(5).json();
        let tables = doctor.as_array().unwrap().iter().find(|check| check["check"] == "tables");
        let tables = tables.unwrap();
        assert_eq!(tables["status"], "failed", "{sql}: {doctor:#}");
        assert!(
            tables["detail"].as_str().unwrap().contains(&names.join(", ")),
            "{sql}: {doctor:#}"
        );
        found
    }
}

/// Runs the SQL of each advice.
#[track_caller]
fn repair(db: &Db, found: &Value) {
    for finding in found.as_array().unwrap() {
        script(db, finding["advice"].as_str().unwrap());
    }
}

/// The audit log, its function and its rights, as `pg_dump` writes them.
fn dump(db: &Db) -> String {
    let mut dump = server().program("pg_dump");
    let table = run(dump.args(["--schema-only", "--table=admin_audit_log", &db.url()]));
    let function = db.sql("select pg_get_functiondef('admin_audit_log_refuse()'::regprocedure)");
    // Without `\restrict`, which contains a random key, and the line breaks of the function's body.
    let lines = table.lines().filter(|line| !line.starts_with('\\'));
    lines.chain(function.split_whitespace()).collect::<Vec<_>>().join("\n")
}

/// Damages a database in each of these ways, one after the other. Each is found, and the SQL of the
/// advice repairs it.
#[track_caller]
fn each_is_found_and_repaired(all: &[Damage<'_>]) {
    let db = Db::new();
    db.user("alice");
    let log = dump(&db);
    for damage in all {
        let found = damage.findings(&db);
        repair(&db, &found);
        assert_eq!(
            db.iamctl("db check").json(),
            json!([]),
            "after the repair of {}: {found:#}",
            damage.sql
        );
        script(&db, damage.clean_up);
        assert_eq!(dump(&db), log, "after the repair of {}: {found:#}", damage.sql);
    }
    db.iamctl("doctor").ok();
    db.user("bob");
    assert_eq!(db.audit().len(), 2, "{:?}", db.audit());
}

#[test]
fn a_migrated_database_has_no_finding_for_every_role_that_works_with_it() {
    let db = Db::bare();
    let owner = db.role("owner");
    db.sql(&format!(
        "grant create on schema public to {owner}; grant create on database {} to {owner}",
        db.name
    ));
    Run::new(&db.url_as(&owner), "db migrate").ok();
    for profile in ["operator", "purger", "auditor"] {
        let role = db.role(profile);
        let grants = format!("db grants --profile {profile} --role {role}");
        db.sql(&Run::new(&db.url_as(&owner), &grants).ok().stdout);
    }
    let operator = format!("{}_operator", db.name);
    for role in ["postgres", &owner, &operator] {
        let run = |line: &str| Run::new(&db.url_as(role), line);
        assert_eq!(run("db check").json(), json!([]), "{role}");
        let doctor = run("doctor").json();
        let tables = doctor.as_array().unwrap().iter().find(|check| check["check"] == "tables");
        assert_eq!(tables.unwrap()["status"], "ok", "{role}: {doctor:#}");
    }
}

/// Additional nullable columns and plain indexes refuse nothing and run nothing.
#[test]
fn harmless_additions_are_no_finding() {
    let db = Db::new();
    db.sql(
        "alter table admin_audit_log add column ticket text;
         create index of_others on admin_audit_log (lower(reason)) where reason is not null;
         create index sorted on admin_audit_log (reason collate \"de-x-icu\");
         create extension if not exists pg_trgm;
         create index searched on admin_audit_log using gin (reason gin_trgm_ops);
         create index trigrams on admin_audit_log (similarity(reason, 'x'));
         create index alike on admin_audit_log ((reason <-> 'x'));
         alter index admin_audit_log_at rename to another_name;
         create view entries as select * from admin_audit_log;
         comment on table admin_audit_log is 'who did what'",
    );
    assert_eq!(db.iamctl("db check").json(), json!([]));
}

#[test]
fn the_table_itself_is_compared() {
    each_is_found_and_repaired(&[
        damage("alter table admin_audit_log set unlogged", "admin_audit_log", "unlogged"),
        damage(
            "alter table admin_audit_log enable row level security",
            "admin_audit_log",
            "row security is enabled",
        ),
        damage(
            "alter table admin_audit_log force row level security",
            "admin_audit_log",
            "applies to the owner",
        ),
        damage("create policy p on admin_audit_log using (true)", "p", "policy"),
        damage(
            "create rule \"r 1\" as on insert to admin_audit_log do instead nothing",
            "r 1",
            "a rule",
        ),
        damage("create rule r as on update to admin_audit_log do also select 1", "r", "a rule"),
        damage(
            "create table forged () inherits (admin_audit_log)",
            "forged",
            "its rows appear as entries",
        )
        .clean_up("drop table forged"),
        damage(
            "create table \"a parent\" (like admin_audit_log);
             alter table admin_audit_log inherit \"a parent\"",
            "\"a parent\"",
            "the log inherits",
        )
        .clean_up("drop table \"a parent\""),
    ]);
    let attach = "create table whole (like admin_audit_log) partition by range (at);
                  alter table whole attach partition admin_audit_log default";
    if server().major() < 17 {
        let attached = damage(attach, "whole", "is a partition").clean_up("drop table whole");
        each_is_found_and_repaired(&[attached]);
    } else {
        // PostgreSQL itself refuses a partition with an identity column.
        let refused = Db::new().psql(attach);
        assert!(
            String::from_utf8_lossy(&refused.stderr).contains("identity column"),
            "{refused:?}"
        );
    }
}

#[test]
fn its_columns_are_compared() {
    const OWN_NOW: &str = "create schema fake;
        create function fake.now() returns timestamptz language sql
            as 'select timestamptz ''2020-01-01''';
        alter table admin_audit_log alter at set default fake.now()";
    // PostgreSQL prints this default as `now()`.
    let shadowed = format!(
        "do $$ begin execute format(
             'alter database %I set search_path = public, fake, pg_catalog', current_database());
         end $$;
         {OWN_NOW}"
    );
    let reset = "do $$ begin
             execute format('alter database %I reset search_path', current_database());
         end $$;
         drop schema fake cascade";
    each_is_found_and_repaired(&[
        damage(
            "alter table admin_audit_log alter reason type varchar(9)",
            "reason",
            "`varchar(13)`",
        ),
        damage(
            "alter table admin_audit_log alter at type timestamptz(0)",
            "at",
            "`timestamptz(0)`",
        ),
        damage("alter table admin_audit_log alter at type timestamp", "at", "`timestamp`"),
        damage(
            "alter table admin_audit_log alter id type int",
            "id, admin_audit_log_id_seq",
            "`int4`",
        ),
        damage("alter table admin_audit_log alter details type text", "details", "not `jsonb`"),
        damage(
            "create schema fake; create domain fake.text as text;
             alter table admin_audit_log alter host type fake.text",
            "host",
            "`fake.text`",
        )
        .clean_up("drop schema fake cascade"),
        damage(
            "alter table admin_audit_log alter action type text collate \"C\"",
            "action",
            "collate C",
        ),
        damage("alter table admin_audit_log alter actor drop not null", "actor", "may be NULL"),
        damage(
            "alter table admin_audit_log disable trigger user;
             update admin_audit_log set target = 'none' where target is null;
             alter table admin_audit_log enable always trigger admin_audit_log_refuse;
             alter table admin_audit_log enable always trigger admin_audit_log_refuse_truncate;
             alter table admin_audit_log alter target set not null",
            "target",
            "may not be NULL",
        ),
        damage(
            "alter table admin_audit_log alter at set default clock_timestamp()",
            "at",
            "`clock_timestamp()`, and should be `now()`",
        ),
        damage("alter table admin_audit_log alter at drop default", "at", "its default is none"),
        damage(OWN_NOW, "at", "`fake.now()` (not PostgreSQL's own)")
            .clean_up("drop schema fake cascade"),
        damage(&shadowed, "at", "(not PostgreSQL's own)").clean_up(reset),
        damage(
            "alter table admin_audit_log alter database_role set default current_user",
            "database_role",
            "`CURRENT_USER`",
        ),
        damage(
            "alter table admin_audit_log alter reason set default 'none'",
            "reason",
            "should be none",
        ),
        damage(
            "alter table admin_audit_log alter id set generated by default",
            "id",
            "only by default",
        ),
        damage("alter table admin_audit_log alter id drop identity", "id", "not generated"),
        damage(
            "create schema fake; create sequence fake.ids;
             alter table admin_audit_log alter id drop identity,
                 alter id set default nextval('fake.ids')",
            "id",
            "it is not generated; its default is `nextval",
        )
        .clean_up("drop schema fake cascade"),
    ]);
}

#[test]
fn the_sequence_of_its_ids_is_compared() {
    const SEQUENCE: &str = "admin_audit_log_id_seq";
    each_is_found_and_repaired(&[
        damage("alter sequence admin_audit_log_id_seq cycle", SEQUENCE, "does not count"),
        damage("alter sequence admin_audit_log_id_seq increment 2", SEQUENCE, "does not count"),
        damage("alter sequence admin_audit_log_id_seq maxvalue 99", SEQUENCE, "does not count"),
        damage("alter sequence admin_audit_log_id_seq minvalue -9", SEQUENCE, "does not count"),
        damage(
            "alter sequence admin_audit_log_id_seq minvalue -9 start -9 restart",
            SEQUENCE,
            "does not count",
        ),
        damage(
            "alter sequence admin_audit_log_id_seq increment -1 minvalue -99 start -5 restart",
            SEQUENCE,
            "does not count",
        ),
        damage("alter sequence admin_audit_log_id_seq as integer", SEQUENCE, "does not count"),
        damage("alter sequence admin_audit_log_id_seq as smallint", SEQUENCE, "does not count"),
        damage("alter sequence admin_audit_log_id_seq restart", SEQUENCE, "behind"),
        damage(
            "alter sequence admin_audit_log_id_seq restart;
             alter sequence admin_audit_log_id_seq cycle",
            SEQUENCE,
            "without an end; it is behind",
        ),
    ]);
    // Older servers have no unlogged sequences.
    if server().major() >= 15 {
        each_is_found_and_repaired(&[
            damage("alter sequence admin_audit_log_id_seq set unlogged", SEQUENCE, "unlogged"),
            damage(
                "alter sequence admin_audit_log_id_seq restart;
                 alter sequence admin_audit_log_id_seq cycle;
                 alter sequence admin_audit_log_id_seq set unlogged",
                SEQUENCE,
                "without an end; it is unlogged: a crash resets it; it is behind",
            ),
        ]);
    }
}

/// As after logical replication and after a copy of the rows, which do not set sequences.
#[test]
fn a_sequence_behind_the_entries_is_found_and_repaired() {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
    }
    let last: i64 = db.sql("select max(id) from admin_audit_log").parse().unwrap();
    for behind in ["1, false", "1", &format!("{}", last - 1), &format!("{last}, false")] {
        db.sql(&format!("select setval('admin_audit_log_id_seq', {behind})"));
        db.iamctl("user block bob --yes").fails(7).says("see `iamctl db check`");
        db.sql(&format!("select setval('admin_audit_log_id_seq', {behind})"));
        let found = damage("select 1", "admin_audit_log_id_seq", "behind").findings(&db);
        repair(&db, &found);
        assert_eq!(
            db.sql("select nextval('admin_audit_log_id_seq')"),
            (last + 1).to_string(),
            "{behind}"
        );
        assert_eq!(db.iamctl("db check").json(), json!([]), "{behind}");
    }
    db.iamctl("user block bob --yes").ok();
    assert_eq!(db.audit().len(), 4, "{:?}", db.audit());
}

/// A role that may not read the sequence, or not the entries, sees all other findings.
#[test]
fn a_sequence_that_is_ahead_or_cannot_be_read_is_no_finding() {
    let db = Db::new();
    db.user("alice");
    let last: i64 = db.sql("select max(id) from admin_audit_log").parse().unwrap();
    for ahead in [last.to_string(), format!("{}, false", last + 1), "99".to_owned()] {
        db.sql(&format!("select setval('admin_audit_log_id_seq', {ahead})"));
        assert_eq!(db.iamctl("db check").json(), json!([]), "{ahead}");
    }
    db.sql("alter sequence admin_audit_log_id_seq restart");
    let reader = db.role("reader");
    db.sql(&format!("grant select on __diesel_schema_migrations to {reader}"));
    for (grant, found) in [
        ("grant usage on sequence admin_audit_log_id_seq", false),
        ("grant select (actor) on admin_audit_log", false),
        ("grant select on sequence admin_audit_log_id_seq", false),
        ("grant select (id) on admin_audit_log", true),
        (
            "alter table admin_audit_log enable row level security; grant usage on schema public",
            false,
        ),
    ] {
        db.sql(&format!("{grant} to {reader}"));
        let doctor = Run::new(&db.url_as(&reader), "doctor -o json").ends_with(5);
        let named = doctor.stdout.contains("admin_audit_log.admin_audit_log_id_seq");
        assert_eq!(named, found, "{grant}: {doctor:#?}");
        let tables = doctor.json();
        let tables = tables.as_array().unwrap().iter().find(|check| check["check"] == "tables");
        let detail = tables.unwrap()["detail"].as_str().unwrap().to_owned();
        assert!(detail.starts_with("changed: ") || detail.starts_with("as the"), "{detail}");
    }
}

#[test]
fn columns_of_others_that_can_refuse_entries_are_found() {
    const DROP: &str = "alter table admin_audit_log drop column more";
    each_is_found_and_repaired(&[
        damage(
            "alter table admin_audit_log add more float not null default random()",
            "more",
            "its default is used",
        )
        .clean_up(DROP),
        damage(
            "alter table admin_audit_log add more int generated always as identity",
            "more",
            "generated as identity",
        )
        .clean_up(DROP),
        damage(
            "alter table admin_audit_log add more int generated always as (1 / id) stored",
            "more",
            "computed",
        )
        .clean_up(DROP),
        damage(
            "alter table admin_audit_log add more text not null default 'x';
             alter table admin_audit_log alter more drop default",
            "more",
            "it wants a value",
        )
        .clean_up(DROP),
        damage(
            "create domain short as text check (value is distinct from 'long');
             alter table admin_audit_log add more short",
            "more",
            "its domain is checked",
        )
        .clean_up("alter table admin_audit_log drop column more; drop domain short"),
    ]);
}

/// PostgreSQL 18 can compute a column when it is read. Here its catalogue is imitated.
#[test]
fn computed_columns_are_found_and_repaired() {
    for (column, definition, stored) in [
        ("reason", "text generated always as (action) stored", true),
        ("reason", "text generated always as (action) stored", false),
        ("at", "timestamptz not null generated always as ('2020-01-01') stored", true),
        ("at", "timestamptz not null generated always as ('2020-01-01') stored", false),
        ("\"mo re\"", "int generated always as (1 / id) stored", true),
        ("\"mo re\"", "int generated always as (1 / id) stored", false),
    ] {
        let db = Db::new();
        db.user("alice");
        let name = column.trim_matches('"');
        let drop = format!("alter table admin_audit_log drop column if exists {column};");
        let add = format!("alter table admin_audit_log add column {column} {definition};");
        script(&db, &format!("{drop} {add}"));
        if !stored {
            db.sql(&format!(
                "update pg_attribute set attgenerated = 'v'
                 where attrelid = 'admin_audit_log'::regclass and attname = '{name}'"
            ));
        }
        let found = db.iamctl("db check -o json").ends_with(5).json();
        assert_eq!(objects(&found)[0], format!("admin_audit_log.{name}"), "{found:#}");
        assert!(found[0]["problem"].as_str().unwrap().contains("computed"), "{found:#}");
        let advice = found[0]["advice"].as_str().unwrap();
        assert_eq!(advice.contains("drop expression"), stored, "{found:#}");
        repair(&db, &found);
        assert_eq!(db.iamctl("db check").json(), json!([]), "{found:#}");
        db.user("bob");
    }
}

#[test]
fn its_constraints_are_compared() {
    each_is_found_and_repaired(&[
        damage(
            "alter table admin_audit_log drop constraint admin_audit_log_pkey",
            "admin_audit_log_pkey",
            "missing",
        ),
        damage(
            "alter table admin_audit_log drop constraint admin_audit_log_pkey,
                 add constraint wide primary key (id, at)",
            "wide",
            "(id, at), not (id)",
        ),
        damage(
            "alter table admin_audit_log drop constraint admin_audit_log_pkey,
                 add constraint admin_audit_log_pkey primary key (id) deferrable",
            "admin_audit_log_pkey",
            "(id) deferrable",
        ),
        damage(
            "update pg_index set indisvalid = false
             where indexrelid = 'admin_audit_log_pkey'::regclass",
            "admin_audit_log_pkey",
            "not valid",
        ),
        damage(
            "alter table admin_audit_log add constraint \"at now\" check (at = now()) not valid",
            "at now",
            "CHECK",
        ),
        damage(
            "alter table admin_audit_log add constraint once unique (id, actor)",
            "once",
            "UNIQUE",
        ),
        damage(
            "alter table admin_audit_log add constraint alone exclude (id with =)",
            "alone",
            "EXCLUDE",
        ),
        damage(
            "alter table admin_audit_log add constraint known foreign key (id) references
                 admin_audit_log (id) on delete cascade",
            "known",
            "foreign key",
        ),
    ]);
}

#[test]
fn its_indexes_are_compared() {
    let mut all: Vec<Damage<'_>> = Vec::new();
    let indexes = [
        ("admin_audit_log_at", "(at, id)", "(id, at)"),
        ("admin_audit_log_actor", "(actor, id)", "(actor desc, id)"),
        ("admin_audit_log_sudo_actor", "(sudo_actor, id)", "(sudo_actor, id)"),
        ("admin_audit_log_action", "(action pg_catalog.text_pattern_ops, id)", "(action, id)"),
        ("admin_audit_log_target", "(target, id)", "(target, id) where action is not null"),
    ];
    let (mut ours_renamed, mut more_of_others) = (Vec::new(), Vec::new());
    let sql: Vec<_> = indexes
        .iter()
        .map(|(name, _, other)| {
            let drop = format!("drop index {name}");
            let other = format!("{drop}; create index {name} on admin_audit_log {other}");
            let invalid = format!(
                "update pg_index set indisvalid = false where indexrelid = '{name}'::regclass"
            );
            (drop, other, invalid)
        })
        .collect();
    for ((name, columns, _), (drop, other, invalid)) in indexes.iter().zip(&sql) {
        all.push(damage(drop, name, columns));
        all.push(damage(other, name, columns));
        all.push(damage(invalid, name, "not valid"));
    }
    for other in [
        "drop index admin_audit_log_at;
         create unique index admin_audit_log_at on admin_audit_log (at, id)",
        "drop index admin_audit_log_at;
         create index admin_audit_log_at on admin_audit_log (at) include (id)",
        "drop index admin_audit_log_at;
         create index admin_audit_log_at on admin_audit_log using brin (at, id)",
    ] {
        all.push(damage(other, "admin_audit_log_at", "should be btree (at, id)"));
    }
    all.push(damage(
        "drop index admin_audit_log_actor;
         create index admin_audit_log_actor on admin_audit_log (actor collate \"C\", id)",
        "admin_audit_log_actor",
        "collate",
    ));
    all.push(damage(
        "create unique index one on admin_audit_log (id, actor)",
        "one",
        "a unique index of others",
    ));
    // Ours is there under another name.
    for (name, columns, _) in indexes {
        let sql = format!(
            "alter index {name} rename to renamed;
             create unique index {name} on admin_audit_log {columns}"
        );
        ours_renamed.push((name, sql, format!("alter index renamed rename to {name}")));
    }
    for (name, sql, clean_up) in &ours_renamed {
        all.push(damage(sql, name, "a unique index of others").clean_up(clean_up));
    }
    all.push(
        damage(
            "create schema fake;
             create function fake.of(text) returns int immutable language sql as 'select 1';
             create index \"calls it\" on admin_audit_log (fake.of(actor))",
            "calls it",
            "runs a function of others",
        )
        .clean_up("drop schema fake cascade"),
    );
    // Code of others runs for each entry, and may refuse it.
    for (name, more, index) in [
        (
            "checks",
            "create domain fake.short as text check (length(value) < 9)",
            "((reason::fake.short))",
        ),
        (
            "compares",
            "create function fake.fail(text, text) returns bool immutable language plpgsql
                 as 'begin return true; end';
             create operator fake.= (leftarg = text, rightarg = text, function = fake.fail)",
            "(id) where actor operator(fake.=) reason",
        ),
        (
            "orders",
            "create function fake.fail(text, text) returns int immutable language plpgsql
                 as 'begin return 0; end';
             create operator class fake.ops for type text using btree as
                 operator 1 <, operator 2 <=, operator 3 =, operator 4 >=, operator 5 >,
                 function 1 fake.fail(text, text)",
            "(reason fake.ops)",
        ),
    ] {
        more_of_others.push((
            name,
            format!("create schema fake; {more}; create index {name} on admin_audit_log {index}"),
        ));
    }
    for (name, sql) in &more_of_others {
        let damage = damage(sql, name, "runs a function of others");
        all.push(damage.clean_up("drop schema fake cascade"));
    }
    each_is_found_and_repaired(&all);
}

const REFUSE: &str = "admin_audit_log_refuse";

#[test]
fn its_triggers_are_compared() {
    const TRUNCATE: &str = "admin_audit_log_refuse_truncate";
    let again = |trigger: &str| {
        format!(
            "drop trigger admin_audit_log_refuse on admin_audit_log; create trigger {trigger};
             alter table admin_audit_log enable always trigger admin_audit_log_refuse"
        )
    };
    let of = |when: &str, more: &str| {
        again(&format!(
            "admin_audit_log_refuse {when} on admin_audit_log {more}
             execute function admin_audit_log_refuse()"
        ))
    };
    let (update, delete) = (of("before update", ""), of("before delete", ""));
    let more = of("before insert or update or delete", "");
    let after = of("after update or delete", "");
    let (each_row, columns) = (
        of("before update or delete", "for each row"),
        of("before update of reason or delete", ""),
    );
    let when = of("before update or delete", "when (current_user <> 'mallory')");
    let arguments = again(
        "admin_audit_log_refuse before update or delete on admin_audit_log
         execute function admin_audit_log_refuse('x')",
    );
    let other = format!(
        "create function pass() returns trigger language plpgsql as 'begin return null; end';
         {}",
        again(
            "admin_audit_log_refuse before update or delete on admin_audit_log
             execute function pass()"
        )
    );
    let hidden = "create schema fake;
        create function fake.admin_audit_log_refuse() returns trigger language plpgsql
            as 'begin return null; end';
        drop trigger admin_audit_log_refuse_truncate on admin_audit_log;
        create trigger admin_audit_log_refuse_truncate before truncate on admin_audit_log
            execute function fake.admin_audit_log_refuse();
        alter table admin_audit_log enable always trigger admin_audit_log_refuse_truncate";
    each_is_found_and_repaired(&[
        damage(
            "drop trigger admin_audit_log_refuse on admin_audit_log",
            REFUSE,
            "no trigger before",
        ),
        damage(
            "drop trigger admin_audit_log_refuse_truncate on admin_audit_log",
            TRUNCATE,
            "no trigger before truncate",
        ),
        damage(
            "alter table admin_audit_log disable trigger admin_audit_log_refuse",
            REFUSE,
            "not ENABLE ALWAYS",
        ),
        damage(
            "alter table admin_audit_log enable trigger admin_audit_log_refuse",
            REFUSE,
            "not ENABLE ALWAYS",
        ),
        damage(
            "alter table admin_audit_log enable replica trigger admin_audit_log_refuse_truncate",
            TRUNCATE,
            "not ENABLE ALWAYS",
        ),
        damage(&update, REFUSE, "other changes"),
        damage(&delete, REFUSE, "other changes"),
        damage(&more, REFUSE, "other changes"),
        damage(&after, REFUSE, "another time"),
        damage(&each_row, REFUSE, "another time"),
        damage(&columns, REFUSE, "for some columns"),
        damage(&when, REFUSE, "under a condition"),
        damage(&arguments, REFUSE, "has arguments"),
        damage(&other, REFUSE, "calls another function").clean_up("drop function pass()"),
        damage(hidden, TRUNCATE, "calls another function").clean_up("drop schema fake cascade"),
        damage(
            "create trigger \"keep it\" before insert on admin_audit_log
             for each row execute function suppress_redundant_updates_trigger()",
            "keep it",
            "a trigger of others",
        ),
        damage(
            "create constraint trigger later after insert on admin_audit_log
                 deferrable initially deferred for each row
                 execute function admin_audit_log_refuse();
             alter table admin_audit_log disable trigger later",
            "later",
            "a trigger of others",
        ),
    ]);
}

#[test]
fn the_function_of_its_triggers_is_compared() {
    const FUNCTION: &str = "admin_audit_log_refuse()";
    let body = "create or replace function admin_audit_log_refuse() returns trigger
                language plpgsql as 'begin return null; end'";
    let language = "create language other handler plpgsql_call_handler;
                    update pg_proc set prolang = (select oid from pg_language where lanname = 'other')
                    where proname = 'admin_audit_log_refuse'";
    let owner = "do $$ begin
                     if to_regrole('mallory') is null then create role mallory; end if;
                 end $$;
                 alter function admin_audit_log_refuse() owner to mallory";
    each_is_found_and_repaired(&[
        damage(body, FUNCTION, "does something else"),
        damage(language, FUNCTION, "language is not plpgsql").clean_up("drop language other"),
        damage(
            "alter function admin_audit_log_refuse() security definer",
            FUNCTION,
            "SECURITY DEFINER",
        ),
        damage(
            "alter function admin_audit_log_refuse() set search_path = 'x'",
            FUNCTION,
            "settings of its own",
        ),
        damage(owner, FUNCTION, "owner is not that of the table"),
    ]);
}

#[test]
fn rights_beyond_those_of_db_grants_are_found() {
    let db = Db::new();
    db.user("alice");
    let (mallory, other) = (db.role("mallory"), db.role("other"));
    let log = dump(&db);
    let (maintain, all) = if server().major() < 17 {
        (None, "DELETE, INSERT, REFERENCES, TRIGGER, TRUNCATE, UPDATE")
    } else {
        let maintain = ("grant maintain on admin_audit_log to {}", "MAINTAIN");
        (Some(maintain), "DELETE, INSERT, MAINTAIN, REFERENCES, TRIGGER, TRUNCATE, UPDATE")
    };
    let grants = [
        ("grant insert on admin_audit_log to {}", "INSERT"),
        ("grant insert (id) on admin_audit_log to {}", "INSERT (id)"),
        ("grant insert (at) on admin_audit_log to {}", "INSERT (at)"),
        ("grant insert (database_role) on admin_audit_log to {}", "INSERT (database_role)"),
        ("grant update on admin_audit_log to {}", "UPDATE"),
        ("grant update (reason) on admin_audit_log to {}", "UPDATE (reason)"),
        ("grant delete on admin_audit_log to {}", "DELETE"),
        ("grant truncate on admin_audit_log to {}", "TRUNCATE"),
        ("grant trigger on admin_audit_log to {}", "TRIGGER"),
        ("grant references on admin_audit_log to {}", "REFERENCES"),
        (
            "grant update on sequence admin_audit_log_id_seq to {}",
            "UPDATE of admin_audit_log_id_seq",
        ),
        ("grant all on admin_audit_log to {}", all),
    ];
    for (grant, words) in grants.into_iter().chain(maintain) {
        for (role, object) in [(mallory.as_str(), mallory.as_str()), ("public", "PUBLIC")] {
            let found = damage(&grant.replace("{}", role), object, words).findings(&db);
            repair(&db, &found);
            assert_eq!(db.iamctl("db check").json(), json!([]), "{grant} {role}: {found:#}");
            // A role that could write entries still can, but not every role.
            if words == "INSERT" {
                let right = format!(
                    "revoke insert (actor, sudo_actor, host, action, target, reason,
                     details, program_version) on admin_audit_log from {role}"
                );
                assert_eq!(
                    db.sql(&format!(
                        "select has_column_privilege('{mallory}', 'admin_audit_log', 'actor', 'insert')"
                    )),
                    if role == "public" { "f" } else { "t" }
                );
                db.sql(&right);
            }
            db.sql(&format!("revoke all on admin_audit_log from {role}"));
            assert_eq!(dump(&db), log, "{grant} {role}");
        }
    }
    // Every role could write entries.
    db.sql("grant insert (actor, host), select on admin_audit_log to public");
    let found = damage("select 1", "PUBLIC", "gives: INSERT (actor), INSERT (host)").findings(&db);
    assert!(!found[0]["advice"].as_str().unwrap().contains("grant insert"), "{found:#}");
    repair(&db, &found);
    assert_eq!(db.iamctl("db check").json(), json!([]));
    db.sql("revoke select on admin_audit_log from public");
    assert_eq!(dump(&db), log);
    // Columns of others have names of any kind.
    db.sql(&format!(
        "alter table admin_audit_log add \"mo re\" text;
         grant update (\"mo re\") on admin_audit_log to {mallory}"
    ));
    repair(&db, &damage("select 1", &mallory, "UPDATE (mo re)").findings(&db));
    assert_eq!(db.iamctl("db check").json(), json!([]));
    db.sql("alter table admin_audit_log drop \"mo re\"");
    // Rights that a role has from another role, and that it has passed on.
    let chain = format!(
        "grant delete on admin_audit_log to {mallory} with grant option;
         set role {mallory}; grant delete on admin_audit_log to {other}; reset role"
    );
    script(&db, &chain);
    let found = db.iamctl("db check -o json").ends_with(5).json();
    assert_eq!(
        objects(&found),
        [format!("admin_audit_log.{mallory}"), format!("admin_audit_log.{other}")]
    );
    repair(&db, &found);
    assert_eq!(db.iamctl("db check").json(), json!([]));
    assert_eq!(dump(&db), log);
}

/// On a server of its own: the role would be a finding in the databases of all tests.
#[test]
fn a_role_that_may_write_all_tables_is_found() {
    let server = Server::start(THROW_AWAY);
    let run = |line: &str| Run::new(&server.url("postgres"), line);
    run("db migrate").ok();
    server.sql("postgres", "create role \"a writer\"; grant pg_write_all_data to \"a writer\"");
    let found = run("db check -o json").ends_with(5).json();
    assert_eq!(objects(&found), ["admin_audit_log.\"a writer\""]);
    let problem = found[0]["problem"].as_str().unwrap();
    assert!(problem.ends_with("everything that pg_write_all_data may"), "{problem}");
    run("doctor").ends_with(5).says("failed checks: tables");
    server.sql("postgres", found[0]["advice"].as_str().unwrap());
    assert_eq!(run("db check").json(), json!([]));
}

/// A column that is added again stands behind the others, and the entries lack its values.
#[test]
fn a_missing_column_is_found_and_can_be_added_again() {
    for column in [
        "id",
        "at",
        "database_role",
        "actor",
        "sudo_actor",
        "host",
        "action",
        "target",
        "reason",
        "details",
        "program_version",
    ] {
        let db = Db::new();
        script(&db, &format!("alter table admin_audit_log drop column {column}"));
        let found = db.iamctl("db check -o json").ends_with(5).json();
        let of_column = format!("admin_audit_log.{column}");
        assert!(objects(&found).contains(&of_column), "{found:#}");
        repair(&db, &found);
        assert_eq!(db.iamctl("db check").json(), json!([]), "{column}: {found:#}");
        db.user("alice");
        assert!(db.audit()[0].starts_with("user.create|"), "{column}: {:?}", db.audit());
    }
}

/// The SQL of the advice is between backticks, and `iamctl db migrate` does the rest.
#[test]
fn a_log_that_is_missing_or_no_table_is_found_and_can_be_made_anew() {
    for (sql, words, room) in [
        ("drop table admin_audit_log", "the table is missing", ""),
        (
            "alter table admin_audit_log rename to old; drop table old;
             create view admin_audit_log as select 1 as id",
            "it is a view",
            "drop view admin_audit_log",
        ),
        (
            "drop table admin_audit_log;
             create table admin_audit_log (id int) partition by range (id)",
            "it is a partitioned table",
            "drop table admin_audit_log",
        ),
    ] {
        let db = Db::new();
        let found = damage(sql, "admin_audit_log", words).findings(&db);
        let advice = found[0]["advice"].as_str().unwrap();
        let [_, sql, _, migrate, _] = advice.split('`').collect::<Vec<_>>().try_into().unwrap();
        script(&db, room);
        // A later migration of other tables stays noted.
        db.sql("insert into __diesel_schema_migrations (version) values ('29990101000000')");
        script(&db, sql);
        assert_eq!(
            db.sql("select version from __diesel_schema_migrations order by 1"),
            "20261124000001\n20261127000003\n29990101000000"
        );
        db.sql("delete from __diesel_schema_migrations where version = '29990101000000'");
        db.iamctl(migrate.strip_prefix("iamctl ").unwrap()).ok();
        assert_eq!(db.iamctl("db check").json(), json!([]), "{words}");
        assert_eq!(dump(&db), dump(&Db::new()), "{words}");
    }
}
