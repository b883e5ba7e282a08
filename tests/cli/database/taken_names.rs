//! Names that migrations need, and others have taken in the schema where they would be made.

use super::{dump, foreign, objects};
use crate::support::Db;

/// Expects that nothing is created while `object` is there, that it is named so, and that it is not
/// afterwards.
#[track_caller]
fn refused(db: &Db, create: &str, named: &str, drop: &str) {
    db.sql(create);
    let before = dump(db);
    for line in ["db migrate", "db migrate --schema public", "db migrate --dry-run"] {
        db.iamctl(line).fails(7).says(named).says("a schema of their own");
    }
    assert_eq!(dump(db), before, "{create}");
    db.sql(drop);
}

#[test]
fn every_name_that_a_migration_needs_is_refused_before_anything_is_made() {
    let migrated = Db::new();
    // Diesel's own key and the sequence get another name where theirs is taken.
    let names = migrated.sql(
        "select relname from pg_class
         where relnamespace = 'public'::regnamespace
           and relname not in ('__diesel_schema_migrations_pkey', 'admin_audit_log_id_seq')",
    );
    assert!(names.lines().count() > 45, "{names}");
    let db = Db::bare();
    for name in names.lines() {
        refused(
            &db,
            &format!("create sequence {name}"),
            &format!("the sequence `{name}` has a name that iamctl needs"),
            &format!("drop sequence {name}"),
        );
    }
    db.iamctl("db migrate").ok();
    db.iamctl("db check").ok();
}

#[test]
fn whatever_has_the_name_is_named_with_its_kind() {
    for db in [Db::bare(), german()] {
        for (object, named, drop) in [
            ("view users as select 1 as a", "the view `users`", "view users"),
            (
                "materialized view users as select 1",
                "the materialized view `users`",
                "materialized view users",
            ),
            ("sequence users", "the sequence `users`", "sequence users"),
            ("type users as (a int)", "the type `users`", "type users"),
            ("type users as enum ('a')", "the type `users`", "type users"),
            ("domain api_tokens as int", "the domain `api_tokens`", "domain api_tokens"),
            (
                "table admin_audit_log (a int)",
                "the table `admin_audit_log`",
                "table admin_audit_log",
            ),
            (
                "view admin_audit_log as select 1",
                "the view `admin_audit_log`",
                "view admin_audit_log",
            ),
            (
                "type admin_audit_log as enum ('a')",
                "the type `admin_audit_log`",
                "type admin_audit_log",
            ),
            ("table users_created (a int)", "the table `users_created`", "table users_created"),
            ("view users_search as select 1", "the view `users_search`", "view users_search"),
            (
                "table people (a int constraint users_unique_email unique)",
                "the constraint `users_unique_email` of `people`",
                "table people",
            ),
            (
                "table people (a int); create index users_created on people (a)",
                "the index `users_created` of `people`",
                "table people",
            ),
            (
                "table people (a int); create index refresh_tokens_id on people (a)",
                "the index `refresh_tokens_id` of `people`",
                "table people",
            ),
            (
                "function admin_audit_log_refuse() returns int language sql as 'select 1'",
                "the function `admin_audit_log_refuse()`",
                "function admin_audit_log_refuse()",
            ),
            (
                "sequence __diesel_schema_migrations",
                "the sequence `__diesel_schema_migrations`",
                "sequence __diesel_schema_migrations",
            ),
            (
                "table __diesel_schema_migrations (a int)",
                "the table `__diesel_schema_migrations`",
                "table __diesel_schema_migrations",
            ),
            (
                "type __diesel_schema_migrations as enum ('a')",
                "the type `__diesel_schema_migrations`",
                "type __diesel_schema_migrations",
            ),
        ] {
            refused(&db, &format!("create {object}"), named, &format!("drop {drop}"));
        }
        // These are not in the way.
        db.sql(
            "create function admin_audit_log_refuse(int) returns int language sql as 'select 1';
             create table people (a int, constraint verification_codes_user_id_fkey check (a > 0));
             create schema other; create sequence other.users",
        );
        db.iamctl("db migrate").ok();
    }
}

/// An empty database whose server sends its messages in German.
fn german() -> Db {
    let db = Db::bare();
    db.sql(&format!("alter database {} set lc_messages = 'de_DE.UTF-8'", db.name));
    db
}

#[test]
fn several_names_are_in_one_message() {
    let db = Db::bare();
    db.sql("create sequence users_created; create sequence api_tokens_pkey");
    db.iamctl("db migrate")
        .fails(7)
        .says("the sequence `api_tokens_pkey`, the sequence `users_created` have names");
}

/// What an adoption makes: the audit log, and the index for searches.
#[test]
fn an_adoption_is_refused_before_anything_is_made() {
    for object in ["table admin_audit_log (a int)", "sequence admin_audit_log_actor"] {
        let db = foreign(&format!("create {object}"));
        let before = dump(&db);
        let name = object.split_whitespace().nth(1).unwrap();
        db.iamctl("db adopt --yes")
            .fails(7)
            .says(&format!("`{name}` has a name that iamctl needs"));
        db.iamctl("db adopt --dry-run").fails(7).says(name);
        assert_eq!(dump(&db), before);
    }
    let db = foreign("create view users_search as select 1");
    let before = dump(&db);
    let found = db.iamctl("db adopt --yes -o json").ends_with(5).json();
    assert_eq!(objects(&found), ["users.users_search"]);
    assert_eq!(dump(&db), before);
    db.sql("drop view users_search");
    db.iamctl("db adopt --yes").ok();
}
