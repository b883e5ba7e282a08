//! Copies of a database hold the audit log: logical replication, a restore of the data alone, and a
//! migration that converts the rights of an older release.

use std::time::{Duration, Instant};

use crate::support::server::{Server, THROW_AWAY};
use crate::support::{Db, Run, directory, server};

#[test]
fn logical_replication_of_all_tables_goes_on() {
    let settings: Vec<_> = THROW_AWAY.iter().copied().chain([("wal_level", "logical")]).collect();
    let server = Server::start(&settings);
    let run = |database: &str, line: &str| Run::new(&server.url(database), line).ok();
    for copied in ["false", "true"] {
        let (from, to) = (format!("from_{copied}"), format!("to_{copied}"));
        for database in [&from, &to] {
            server.sql("postgres", &format!("create database {database}"));
            run(database, "db migrate");
        }
        // The rows that each database has of its own: only the copy's are in the way.
        if copied == "true" {
            server.sql(
                &to,
                "alter table admin_audit_log disable trigger all; delete from admin_audit_log;
                 alter table admin_audit_log enable always trigger admin_audit_log_refuse;
                 delete from __diesel_schema_migrations",
            );
        }
        run(&from, "user create alice --email a@x.org");
        server.sql(&from, "create publication everything for all tables");
        // The slot first: both databases are on one server, and CREATE SUBSCRIPTION would wait for
        // its own transaction.
        server
            .sql(&from, &format!("select pg_create_logical_replication_slot('{to}', 'pgoutput')"));
        server.sql(
            &to,
            &format!(
                "create subscription s connection '{}' publication everything
                 with (create_slot = false, slot_name = '{to}', copy_data = {copied})",
                server.url(&from)
            ),
        );
        run(&from, "user create bob --email b@x.org");
        let arrived = "select count(*) from admin_audit_log
                       where action = 'user.create' and target in (select id::text from users)";
        let expected = if copied == "true" { "2" } else { "1" };
        let begun = Instant::now();
        while server.sql(&to, arrived) != expected {
            assert!(begun.elapsed() < Duration::from_secs(30), "copy_data = {copied}");
            std::thread::sleep(Duration::from_millis(100));
        }
        server.sql(&to, "alter subscription s disable");
        server.sql(&to, "alter subscription s set (slot_name = none)");
        server.sql(&to, "drop subscription s");
    }
}

#[test]
fn a_dump_of_the_data_alone_can_be_restored() {
    let db = Db::new();
    db.user("alice");
    let directory = directory();
    let file = directory.path().join("dump.sql");
    let dumped = server()
        .program("pg_dump")
        .args(["--data-only", "--disable-triggers", "--exclude-table=__diesel_schema_migrations"])
        .arg(db.url())
        .output()
        .unwrap();
    assert!(dumped.status.success(), "{dumped:?}");
    // A newer pg_dump sets what older servers do not know.
    let dumped = String::from_utf8(dumped.stdout).unwrap();
    let known =
        |line: &&str| server().major() >= 17 || !line.starts_with("SET transaction_timeout");
    let dumped: Vec<_> = dumped.lines().filter(known).collect();
    std::fs::write(&file, dumped.join("\n")).unwrap();
    let copy = Db::new();
    copy.sql(
        "alter table admin_audit_log disable trigger all; delete from admin_audit_log;
         alter table admin_audit_log enable always trigger admin_audit_log_refuse;
         alter table admin_audit_log enable always trigger admin_audit_log_refuse_truncate",
    );
    let mut psql = server().psql();
    psql.args(["-Xq", "-v", "ON_ERROR_STOP=1", "-f"]).arg(&file).arg(copy.url());
    let restored = psql.output().unwrap();
    assert!(restored.status.success(), "{restored:?}");
    let log = |db: &Db| db.sql("select * from admin_audit_log order by id");
    assert_eq!(log(&copy), log(&db));
}

/// A release before this one granted INSERT on the whole table.
#[test]
fn the_migration_converts_rights_and_reverting_it_gives_them_back() {
    let db = Db::new();
    let role = db.role("operator");
    db.iamctl("db revert --steps 3 --yes").ok();
    db.sql(&format!("grant insert on admin_audit_log to {role}, public"));
    let rights = || {
        db.sql(&format!(
            "select has_table_privilege('{role}', 'admin_audit_log', 'insert'),
                    has_column_privilege('{role}', 'admin_audit_log', 'actor', 'insert'),
                    has_column_privilege('{role}', 'admin_audit_log', 'at', 'insert')"
        ))
    };
    assert_eq!(rights(), "t|t|t");
    db.iamctl("db migrate").ok();
    assert_eq!(rights(), "f|t|f");
    db.iamctl("db revert --steps 3 --yes").ok();
    assert_eq!(rights(), "t|t|t");
}
