//! `iamctl db migrate` and `status`.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::{SEED, dump, left_over};
use crate::support::proxy::Proxy;
use crate::support::{Db, Run, server};

#[test]
fn the_tables_equal_those_of_the_service_column_for_column() {
    let columns = "select table_name, ordinal_position, column_name, data_type,
                          character_maximum_length, is_nullable, column_default
                   from information_schema.columns
                   where table_schema = 'public' and table_name !~ '^(admin|__)' order by 1, 2";
    let seed = Db::bare();
    seed.sql(SEED);
    assert_eq!(Db::new().sql(columns), seed.sql(columns));
}

#[test]
fn keys_have_the_names_that_the_service_knows() {
    let db = Db::new();
    let constraints = db.sql(
        "select conname, pg_get_constraintdef(oid) from pg_constraint
         where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'u')",
    );
    for expected in [
        "users_pkey|PRIMARY KEY (id)",
        "users_unique_fingerprint|UNIQUE (username_fingerprint)",
        "users_unique_email|UNIQUE (email)",
        "verification_codes_pkey|PRIMARY KEY (code)",
        "authorization_codes_pkey|PRIMARY KEY (code)",
        "refresh_tokens_pkey|PRIMARY KEY (token)",
        "api_tokens_pkey|PRIMARY KEY (token)",
        "api_token_owners_pkey|PRIMARY KEY (owner_id, user_id)",
    ] {
        assert!(constraints.lines().any(|line| line == expected), "{expected} in {constraints}");
    }
    let cascades = constraints
        .lines()
        .filter(|line| line.ends_with("(user_id) REFERENCES users(id) ON DELETE CASCADE"));
    assert_eq!(cascades.count(), 4, "{constraints}");
}

/// Writes the same text as `diesel print-schema`, from the same catalogue.
#[test]
fn schema_rs_matches_the_migrations() {
    let db = Db::new();
    let tables = db.sql(
        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
         and relname <> '__diesel_schema_migrations' order by relname",
    );
    let mut schema = "// @generated automatically by Diesel CLI.\n".to_owned();
    for table in tables.lines() {
        let key = db.sql(&format!(
            "select string_agg(attname, ', ' order by array_position(indkey::int2[], attnum))
             from pg_index join pg_attribute on attrelid = indrelid and attnum = any (indkey)
             where indrelid = '{table}'::regclass and indisprimary"
        ));
        let columns = db.sql(&format!(
            "select attname, initcap(typname), attnotnull,
                    case when atttypid in ('bpchar'::regtype, 'varchar'::regtype) then atttypmod - 4 end
             from pg_attribute join pg_type t on t.oid = atttypid
             where attrelid = '{table}'::regclass and attnum > 0 and not attisdropped order by attnum"
        ));
        _ = write!(
            schema,
            "\ndiesel::table! {{\n    use diesel::sql_types::*;\n    \
             use crate::db::types::Bpchar;\n\n    {table} ({key}) {{\n"
        );
        for column in columns.lines() {
            let [name, sql_type, not_null, length] =
                column.split('|').collect::<Vec<_>>().try_into().unwrap();
            if !length.is_empty() {
                _ = writeln!(schema, "        #[max_length = {length}]");
            }
            _ = match not_null {
                "t" => writeln!(schema, "        {name} -> {sql_type},"),
                _ => writeln!(schema, "        {name} -> Nullable<{sql_type}>,"),
            };
        }
        schema.push_str("    }\n}\n");
    }
    schema.push('\n');
    let joins = db.sql(
        "select conrelid::regclass, confrelid::regclass, attname
         from pg_constraint join pg_attribute on attrelid = conrelid and attnum = conkey[1]
         where contype = 'f' order by conrelid::regclass::text",
    );
    for join in joins.lines() {
        let [child, parent, column] = join.split('|').collect::<Vec<_>>().try_into().unwrap();
        _ = writeln!(schema, "diesel::joinable!({child} -> {parent} ({column}));");
    }
    schema.push_str("\ndiesel::allow_tables_to_appear_in_same_query!(\n");
    for table in tables.lines() {
        _ = writeln!(schema, "    {table},");
    }
    schema.push_str(");\n");
    assert_eq!(fs::read_to_string(root().join("src/db/schema.rs")).unwrap(), schema);
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn migrations() -> Vec<PathBuf> {
    let mut found: Vec<_> = fs::read_dir(root().join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

#[test]
fn reverting_and_migrating_again_leaves_the_same_schema() {
    let db = Db::new();
    let before = dump(&db);
    let file = |path: PathBuf| db.sql(&fs::read_to_string(path).unwrap());
    for migration in migrations().iter().rev() {
        file(migration.join("down.sql"));
    }
    assert_eq!(left_over(&db), "");
    for migration in migrations() {
        file(migration.join("up.sql"));
    }
    assert_eq!(dump(&db), before);
}

#[test]
fn migrate_creates_the_tables_once() {
    let db = Db::bare();
    let first = db.iamctl("db migrate --reason first").json();
    assert!(first.as_array().unwrap().iter().all(|one| one["changed"] == true), "{first}");
    let again = db.iamctl("db migrate").json();
    assert!(again.as_array().unwrap().iter().all(|one| one["changed"] == false), "{again}");
    assert_eq!(
        db.sql("select action, reason, details->'versions' from admin_audit_log"),
        "db.migrate|first|[\"20261124000001\", \"20261124000002\"]\n\
         db.migrate|first|[\"20261127000001\"]\n\
         db.migrate|first|[\"20261127000002\"]\n\
         db.migrate|first|[\"20261127000003\"]\n\
         db.migrate|first|[\"20261128000001\"]",
        "one audit row for each transaction; the second migration creates the log",
    );
    assert_eq!(first.as_array().unwrap().len(), migrations().len());
}

/// Kills a migration when it sends its `nth` message. Returns how many migrations are committed then,
/// and whether it was killed before its end.
fn killed(db: &Db, nth: usize) -> (usize, bool) {
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    proxy.stall_at(nth);
    let mut run = Run::new(&proxy.url(&db.name), "db migrate").command();
    let mut run = run.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    while !proxy.is_stalled() && run.try_wait().unwrap().is_none() {
        thread::sleep(Duration::from_millis(5));
    }
    run.kill().unwrap();
    let killed = run.wait().unwrap().code().is_none();
    let applied = db.psql("select version from __diesel_schema_migrations").stdout;
    (String::from_utf8(applied).unwrap().lines().count(), killed)
}

#[test]
fn every_version_is_audited_wherever_a_migration_was_killed() {
    let mut left = BTreeSet::new();
    // Each migration sends more than three messages.
    for nth in (1..).step_by(3) {
        let db = Db::bare();
        let (applied, killed) = killed(&db, nth);
        left.insert(applied);
        db.iamctl("db migrate").ok();
        let versions = "jsonb_array_elements_text(details->'versions')";
        assert_eq!(
            db.sql(&format!("select {versions} from admin_audit_log order by 1")),
            db.sql("select version from __diesel_schema_migrations order by 1"),
            "killed at message {nth}, after {applied} migrations"
        );
        if !killed {
            break;
        }
    }
    let all: Vec<_> = (0..=migrations().len()).collect();
    assert_eq!(left.into_iter().collect::<Vec<_>>(), all, "killed between each two of them");
}

/// Operators of large tables make the indexes beforehand, and an attempt that is cut off leaves an index
/// that is not valid.
#[test]
fn an_index_of_its_name_is_kept_only_if_it_is_the_one_that_the_migration_makes() {
    let definition = "(left(token::text, 12) text_pattern_ops)";
    let good = format!("create index refresh_tokens_id on refresh_tokens {definition}");
    for (before, advice) in [
        (good.clone(), None),
        (
            format!(
                "{good}; update pg_index set indisvalid = false
                         where indexrelid = 'refresh_tokens_id'::regclass"
            ),
            Some("drop index refresh_tokens_id"),
        ),
        (
            "create index refresh_tokens_id on refresh_tokens (user_id)".to_owned(),
            Some("drop index refresh_tokens_id"),
        ),
        ("create view refresh_tokens_id as select".to_owned(), Some("drop view refresh_tokens_id")),
    ] {
        let db = Db::new();
        db.iamctl("db revert --steps 2 --yes").ok();
        db.sql(&before);
        let dump_before = dump(&db);
        if let Some(advice) = advice {
            db.iamctl("db migrate").fails(7).says("`refresh_tokens_id`").says("drop it");
            assert_eq!(dump(&db), dump_before, "{before}");
            db.sql(advice);
        }
        db.iamctl("db migrate").ok();
        assert_eq!(db.iamctl("db check").ok().stderr, "no problems found\n");
    }
}

/// Another program's table is not the audit log, though it has its name.
#[test]
fn an_object_of_others_with_the_name_of_the_audit_log_is_refused() {
    for (object, drop) in [
        ("table admin_audit_log (a int)", "table"),
        ("view admin_audit_log as select 1", "view"),
        ("sequence admin_audit_log", "sequence"),
        ("type admin_audit_log as (a int)", "type"),
    ] {
        let db = Db::bare();
        db.sql(&format!("create {object}"));
        db.iamctl("db migrate").fails(7).says(&format!("the {drop} `admin_audit_log`"));
        assert_eq!(db.sql("select to_regclass('users')"), "", "nothing is created");
        db.sql(&format!("drop {drop} admin_audit_log"));
        db.iamctl("db migrate").ok();
        let versions = "select count(*) from admin_audit_log,
                        jsonb_array_elements(details->'versions')";
        assert_eq!(db.sql(versions), migrations().len().to_string());
    }
}

/// Indexes that an adoption found under other names.
#[test]
fn a_migration_is_taken_back_where_its_indexes_have_other_names() {
    let db = Db::new();
    db.sql("alter index refresh_tokens_id rename to mine; drop index api_tokens_id");
    db.iamctl("db revert --steps 2 --yes").ok();
    db.iamctl("db migrate").ok();
    db.iamctl("db check").ok();
}

/// The list of migrations, made before them, with a trigger that keeps the row of one version.
const KEEPING_LIST: &str = "
    create table __diesel_schema_migrations (
        version varchar(50) primary key not null, run_on timestamp not null default current_timestamp);
    create function keep() returns trigger language plpgsql as 'begin return null; end';
    create trigger keep before insert on __diesel_schema_migrations
    for each row when (new.version = '{version}') execute function keep()";

/// What is not noted would be made again, or never be known.
#[test]
fn a_migration_whose_note_is_kept_fails_with_those_that_are_committed() {
    for (version, applied, says) in [
        ("20261124000001", 0, None),
        ("20261124000002", 1, Some("migration 20261124000001 is committed")),
        ("20261127000001", 2, Some("the migrations 20261124000001, 20261124000002 are committed")),
    ] {
        let db = Db::bare();
        db.sql(&KEEPING_LIST.replace("{version}", version));
        let outcome = db.iamctl("db migrate").fails(5).says("a trigger, a rule or a policy");
        assert_eq!(outcome.stderr.contains("committed"), says.is_some(), "{outcome:#?}");
        let outcome = outcome.says(says.unwrap_or_default());
        let count = db.sql("select count(*) from __diesel_schema_migrations");
        assert_eq!(count, applied.to_string(), "{outcome:#?}");
        db.sql("drop trigger keep on __diesel_schema_migrations");
        db.iamctl("db migrate").ok();
        db.iamctl("db check").ok();
    }
}

/// The lock is gone once the first migration is committed: another run may have it.
#[test]
fn a_migration_that_lost_its_lock_says_what_is_committed() {
    let db = Db::bare();
    // The first migration waits when it is noted.
    db.sql(
        &KEEPING_LIST
            .replace("return null", "perform pg_advisory_lock(5); return new")
            .replace("{version}", "20261124000001"),
    );
    let mut holder = db.session("select pg_advisory_lock(5)");
    let run = db.iamctl("db migrate").start();
    db.wait_until(
        "exists (select from pg_locks where locktype = 'advisory' and not granted
                 and database = (select oid from pg_database where datname = current_database()))",
    );
    db.sql(
        "select pg_terminate_backend(pid) from pg_locks
         where locktype = 'advisory' and granted and (classid, objid) <> (0, 5)
           and pid in (select pid from pg_stat_activity where state <> 'active')
           and database = (select oid from pg_database where datname = current_database())",
    );
    diesel::connection::SimpleConnection::batch_execute(
        &mut holder,
        "select pg_advisory_unlock(5)",
    )
    .unwrap();
    let outcome = run.ends_with(6);
    outcome.says("holds the run lock was lost").says("migration 20261124000001 is committed");
    db.iamctl("db migrate").ok();
}

#[test]
fn only_one_of_several_concurrent_runs_migrates() {
    let db = Db::bare();
    let results: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> =
            (0..4).map(|_| scope.spawn(|| db.iamctl("db migrate -o json").ok().json())).collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    let migrated = results.iter().filter(|list| list[0]["changed"] == true).count();
    assert_eq!(migrated, 1, "{results:#?}");
    db.iamctl("db status").ok();
}

#[test]
fn a_waiting_migration_does_not_block_create_index_concurrently() {
    let db = Db::bare();
    db.sql("create table busy (id int)");
    // A run that migrates holds this lock.
    let key = 0x69_61_6d_63_74_6c_01_i64;
    let mut holder = db.session(&format!(
        "begin isolation level read committed; select pg_advisory_xact_lock({key})"
    ));
    let mut waiting = db
        .iamctl("db migrate")
        .command()
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(300));
    assert!(waiting.try_wait().unwrap().is_none(), "it waits for the other run");
    db.sql(&format!("alter database {} set statement_timeout = '5s'", db.name));
    db.sql("create index concurrently on busy (id)");
    diesel::connection::SimpleConnection::batch_execute(&mut holder, "rollback").unwrap();
    assert!(waiting.wait().unwrap().success());
}

#[test]
fn a_dry_run_prints_the_sql_and_runs_none() {
    let db = Db::bare();
    let sql = db.iamctl("db migrate --dry-run").ok().stdout;
    assert_eq!(
        db.sql("select relname from pg_class where relnamespace = 'public'::regnamespace"),
        ""
    );
    db.sql(&sql);
    assert_eq!(
        dump(&db),
        dump(&Db::new()),
        "the printed SQL creates the same schema as the migrations"
    );
    let planned = Db::bare().iamctl("db migrate --dry-run").json();
    assert_eq!(planned[0]["status"], "pending");
}

#[test]
fn a_migration_is_applied_whole_or_not_at_all() {
    let db = Db::bare();
    db.sql(
        "create function refuse() returns event_trigger language plpgsql as
             $$begin raise exception 'no triggers here'; end$$;
         create event trigger no_triggers on ddl_command_start when tag in ('CREATE TRIGGER')
         execute function refuse()",
    );
    let failed = db.iamctl("db migrate").fails(1).says("no triggers here");
    failed.says("migration 20261124000001 is committed");
    assert_eq!(db.sql("select to_regclass('admin_audit_log'), to_regclass('users')"), "|users");
    let status = db.iamctl("db status -o json").ends_with(7).json();
    assert_eq!(status[0]["status"], "applied");
    assert_eq!(status[1]["status"], "pending");
    assert_eq!(db.sql("select to_regproc('admin_audit_log_refuse')"), "");
    db.sql("drop event trigger no_triggers");
    db.iamctl("db migrate").ok();
}

#[test]
fn status_only_reads_and_exits_with_7_unless_every_migration_is_applied() {
    let db = Db::bare();
    let pending = db.iamctl("db status -o json").ends_with(7);
    assert!(pending.stderr.contains("iamctl db migrate"), "{pending:?}");
    assert_eq!(
        pending.json()[0],
        json!({
            "version": "20261124000001", "name": "2026-11-24-000001_create_iam_tables",
            "status": "pending", "run_on": null,
        })
    );
    let tables = "select count(*) from pg_class where relnamespace = 'public'::regnamespace";
    assert_eq!(db.sql(tables), "0", "Diesel's own listing would create its table");

    db.iamctl("db migrate").ok();
    let role = db.role("reader");
    db.sql(&format!("grant select on __diesel_schema_migrations to {role}"));
    let applied = Run::new(&db.url_as(&role), "db status").json();
    assert!(applied.as_array().unwrap().iter().all(|one| one["status"] == "applied"), "{applied}");

    db.sql("insert into __diesel_schema_migrations (version) values ('29990101000000')");
    let newer = db.iamctl("db status -o json").ends_with(7);
    assert!(newer.stderr.contains("newer than this iamctl"), "{newer:?}");
    assert_eq!(newer.json()[6]["status"], "unknown");
    db.iamctl("user list").fails(7).says("newer than this iamctl");
    db.iamctl("db migrate").fails(7).says("newer than this iamctl");
}

#[test]
fn commands_on_an_empty_database_name_db_migrate() {
    let db = Db::bare();
    for line in ["user list", "user create a1 --email a@x.org", "code purge", "audit list"] {
        db.iamctl(line).fails(7).says("iamctl db migrate");
    }
}

#[test]
fn tables_that_the_service_created_need_db_adopt() {
    let db = Db::bare();
    db.sql(SEED);
    for line in ["db migrate", "db migrate --dry-run", "user list"] {
        db.iamctl(line).fails(7).says("iamctl db adopt");
    }
    db.iamctl("db status").ends_with(7).says("iamctl db adopt");
}

#[test]
fn a_role_that_may_not_create_tables_is_exit_code_8() {
    let db = Db::bare();
    let role = db.role("nobody");
    Run::new(&db.url_as(&role), "db migrate").fails(8).says(&role);
    assert_eq!(
        db.sql("select count(*) from pg_class where relnamespace = 'public'::regnamespace"),
        "0"
    );
}

#[test]
fn a_migration_gives_up_after_the_lock_timeout() {
    let db = Db::new();
    db.iamctl("db revert --discard-audit --yes").ok();
    let _holder = db.session("begin; lock table __diesel_schema_migrations in share mode");
    db.iamctl("db migrate --lock-timeout 200ms").fails(10).says("--lock-timeout");
}
