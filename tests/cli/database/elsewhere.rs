//! Tables that the search path misses, and names that others have taken.

use super::{SEED, dump, everything, foreign, objects};
use crate::support::{Db, Run, server};

/// What commands of all kinds say where they find no tables.
const LINES: [&str; 10] = [
    "user list",
    "user create dora --email d@x.org",
    "purge",
    "audit list",
    "db status",
    "db check",
    "db adopt --yes",
    "db revert --yes",
    "db migrate",
    "db migrate --dry-run",
];

/// Expects exit code 7 and these words from every command, and no change.
#[track_caller]
fn every_command_says(db: &Db, words: &[&str]) {
    let before = dump(db);
    for line in LINES {
        let outcome = db.iamctl(line).ends_with(7);
        for word in words {
            assert!(outcome.stderr.contains(word), "{line}: no `{word}` in {outcome:#?}");
        }
        assert!(!outcome.stderr.contains("run `iamctl db adopt`"), "{line}: {outcome:#?}");
    }
    let doctor = db.iamctl("doctor -o json").ends_with(5);
    for word in words {
        assert!(doctor.stdout.contains(word), "no `{word}` in {doctor:#?}");
    }
    assert_eq!(dump(db), before);
}

/// The URL with the parameter that a message advises.
fn advised(db: &Db) -> String {
    let error = db.iamctl("user list").fails(7).stderr;
    let (_, rest) = error.split_once("in a URL `").unwrap();
    format!("{}&{}", db.url(), rest.split_once('`').unwrap().0)
}

/// Keywords of libpq with the parameter that a message advises.
fn advised_keywords(db: &Db) -> String {
    let error = db.iamctl("user list").fails(7).stderr;
    let (_, rest) = error.split_once("point at them with `").unwrap();
    let parameter = rest.split_once("` (in a URL").unwrap().0;
    let directory = server().directory().display();
    format!("host={directory} dbname={} user=postgres {parameter}", db.name)
}

/// The tables of the service under the names that they have in the singular.
fn singular() -> String {
    let mut sql = SEED.to_owned();
    for (plural, name) in [
        ("users", "user_account"),
        ("verification_codes", "verification_code"),
        ("authorization_codes", "authorization_code"),
        ("refresh_tokens", "refresh_token"),
        ("api_tokens", "api_token"),
        ("api_token_owners", "api_token_owner"),
    ] {
        sql = sql.replace(&format!("create table {plural} ("), &format!("create table {name} ("));
    }
    assert!(!sql.contains("_tokens (") && !sql.contains("users ("), "{sql}");
    sql
}

#[test]
fn tables_that_the_search_path_misses_are_named_with_how_to_point_at_them() {
    for schema in ["iam", "Mine, \"all\\ mine\"", "user", "q'uo  te", "grün"] {
        let quoted = format!("\"{}\"", schema.replace('"', "\"\""));
        for migrated in [true, false] {
            let db = if migrated { Db::new() } else { foreign("") };
            db.sql(&format!("alter schema public rename to {quoted}; create schema public"));
            let found = format!(
                "users, verification_codes, authorization_codes, refresh_tokens, \
                                 api_tokens, api_token_owners (tables in the schema `{schema}`)"
            );
            let words = ["the search path misses the service's tables", "-csearch_path="];
            for line in LINES {
                let outcome = db.iamctl(line).ends_with(7);
                let outcome = outcome.says(&found).says(words[0]).says(words[1]);
                outcome.says("`iamctl db migrate --schema public`");
            }
            let doctor = db.iamctl("doctor").ends_with(5);
            assert!(doctor.stdout.contains(&found), "{doctor:#?}");
            assert_eq!(
                db.sql("select count(*) from pg_class where relnamespace = 'public'::regnamespace"),
                "0",
                "nothing was created"
            );
            let keywords = advised_keywords(&db);
            Run::new(&keywords, "db status").ends_with(if migrated { 0 } else { 7 });
            let pointed = advised(&db);
            if migrated {
                Run::new(&pointed, "db status").ok();
                Run::new(&pointed, "user create dora --email d@x.org").ok();
            } else {
                Run::new(&pointed, "db adopt --yes").ok();
            }
            Run::new(&pointed, "db check").ok();
        }
    }
}

#[test]
fn a_second_set_is_made_only_where_its_schema_is_named() {
    let db = Db::new();
    db.user("alice");
    db.sql("create schema second");
    let second = format!("{}&options=-csearch_path%3Dsecond", db.url());
    Run::new(&second, "db migrate").fails(7).says("`iamctl db migrate --schema second`");
    let before = everything(&db);
    for line in ["db migrate --schema second", "db migrate --schema second --dry-run"] {
        db.iamctl(line)
            .fails(2)
            .says("created in the schema `public`, not in the schema `second`")
            .says("`options=-csearch_path=second`");
    }
    db.iamctl("db migrate --schema third").fails(2).says("`create schema \"third\"`");
    assert_eq!(everything(&db), before);

    Run::new(&second, "db migrate --schema second --dry-run").ok();
    assert_eq!(everything(&db), before);
    Run::new(&second, "db migrate --schema second").ok();
    Run::new(&second, "db migrate --schema second").ok();
    Run::new(&second, "db migrate").ok();
    Run::new(&second, "db check").ok();
    assert_eq!(Run::new(&second, "user list --count").ok().line(), "0");
    assert_eq!(db.iamctl("user list --count").ok().line(), "1");
    // Where the tables are already, the option changes nothing.
    db.iamctl("db migrate --schema public").ok();
}

/// Reverting goes on, and so does a migration that was cut off.
#[test]
fn a_set_that_is_there_does_not_need_the_option() {
    let db = Db::new();
    db.sql("create schema other; create table other.users (username_fingerprint bytea)");
    db.iamctl("db revert --yes").ok();
    db.iamctl("db status").ends_with(7).says("run `iamctl db migrate`");
    db.iamctl("db migrate").ok();
    db.iamctl("user list").ok();
}

#[test]
fn tables_of_other_programs_with_these_names_stop_nobody() {
    let db = Db::bare();
    // Those of Supabase, of a shop, and of a session of this database.
    db.sql(
        "create schema auth;
         create table auth.users (id uuid, email text, encrypted_password text);
         create table auth.refresh_tokens (
             id bigint, token text, user_id text, revoked bool, created_at timestamptz);
         create schema shop;
         create table shop.users (id int); create table shop.api_tokens (token text);
         create view shop.verification_codes as select 1 as user_id, 2 as code;
         create sequence shop.refresh_token",
    );
    let _session = db.session("create temporary table users (username_fingerprint bytea)");
    db.iamctl("user list").fails(7).says("run `iamctl db migrate`");
    db.iamctl("db migrate").ok();
    db.iamctl("db check").ok();
}

/// They are not called so by chance: an owner of such tables would run with two sets.
#[test]
fn each_of_the_tables_alone_stops_a_migration() {
    for (table, columns) in [
        ("users", "username_fingerprint bytea"),
        ("\"user\"", "username_fingerprint bytea"),
        ("user_account", "username_fingerprint bytea"),
        ("verification_codes", "user_id uuid, expires_at timestamptz, code text"),
        ("authorization_code", "user_id uuid, expires_at timestamptz, code text"),
        ("refresh_tokens", "user_id uuid, expires_at timestamptz, token text"),
        ("api_token", "owner_id uuid, expires_at timestamptz, token text"),
        ("api_token_owners", "owner_id uuid, user_id uuid"),
    ] {
        let db = Db::bare();
        db.sql(&format!("create schema iam; create table iam.{table} ({columns})"));
        let name = table.trim_matches('"');
        let found = format!("{name} (tables in the schema `iam`)");
        db.iamctl("db migrate").fails(7).says(&found);
        db.iamctl("purge").fails(7).says(&found);
        db.sql(&format!(
            "drop table iam.{table}; create materialized view iam.{table} as
                         select {}",
            select(columns)
        ));
        db.iamctl("db migrate").fails(7).says(&format!("{name} (materialized views in"));
        db.sql(&format!("drop materialized view iam.{table}"));
        db.iamctl("db migrate").ok();
    }
}

/// `null::uuid as user_id, …`
fn select(columns: &str) -> String {
    let column = |column: &str| {
        let (name, sql_type) = column.trim().split_once(' ').unwrap();
        format!("null::{sql_type} as {name}")
    };
    columns.split(',').map(column).collect::<Vec<_>>().join(", ")
}

#[test]
fn tables_with_the_names_of_one_row_are_named_in_this_schema_and_in_others() {
    let db = Db::bare();
    db.sql(&singular());
    let names = "user_account, verification_code, authorization_code, refresh_token, api_token, \
                 api_token_owner (tables in the schema `public`)";
    every_command_says(&db, &[names, "rename the tables", "--schema NAME"]);
    db.iamctl("db migrate --schema public").ok();
}

/// `public.users` of another program hides ours, of which the path has the schema later or not at all.
#[test]
fn tables_of_another_program_in_the_path_do_not_hide_ours() {
    let db = Db::new();
    db.sql(
        "alter schema public rename to iam; create schema public;
         create table public.users (id int, name text)",
    );
    every_command_says(&db, &["(tables in the schema `iam`)", "-csearch_path=iam"]);
    Run::new(&advised(&db), "db status").ok();
    // Without ours, they are what there is to adopt.
    db.sql("drop schema iam cascade");
    db.iamctl("db migrate").fails(7).says("run `iamctl db adopt`");
}

#[test]
fn a_role_without_the_right_to_use_a_schema_does_not_see_its_tables() {
    let db = Db::new();
    let stranger = db.role("stranger");
    db.sql(&format!(
        "alter schema public rename to iam; revoke usage on schema iam from public;
         create schema mine authorization {stranger};
         alter role {stranger} set search_path = mine"
    ));
    Run::new(&db.url_as(&stranger), "user list").fails(7).says("run `iamctl db migrate`");
    db.sql(&format!("grant usage on schema iam to {stranger}"));
    Run::new(&db.url_as(&stranger), "db migrate").fails(7).says("in the schema `iam`");
}

#[test]
fn an_empty_search_path_is_set_to_the_schema_of_the_tables() {
    let db = Db::new();
    db.sql(&format!(
        "alter schema public rename to iam; alter database {} set search_path = nowhere",
        db.name
    ));
    let advice = "`alter role \"postgres\" set search_path = \"iam\"`";
    db.iamctl("user list").fails(7).says(advice);
    db.iamctl("db migrate").fails(8).says(advice);
}

#[test]
fn views_in_place_of_the_tables_are_named_with_what_they_are_over() {
    let db = Db::bare();
    db.sql(&singular());
    db.sql(
        "create view users as select * from user_account;
         create materialized view refresh_tokens as
             select t.* from refresh_token t join user_account u on u.id = t.user_id",
    );
    every_command_says(
        &db,
        &[
            "the view `users` over `public.user_account`",
            "the materialized view `refresh_tokens` over `public.refresh_token`, \
             `public.user_account`",
            "no view in their place",
        ],
    );
    db.iamctl("db migrate --schema public").fails(7).says("the view `users`");

    // Beside tables of the service, too.
    let db =
        foreign("alter table users rename to people; create view users as select * from people");
    every_command_says(&db, &["the view `users` over `public.people`"]);
    db.sql("drop view users; alter table people rename to users");
    db.iamctl("db adopt --yes").ok();
}

#[test]
fn views_over_tables_of_another_schema_are_named_with_both() {
    let db = Db::new();
    db.sql(
        "alter schema public rename to iam; create schema public;
         create view users as select * from iam.users",
    );
    every_command_says(
        &db,
        &[
            "the view `users` over `iam.users`",
            "(tables in the schema `iam`)",
            "options=-csearch_path=iam",
        ],
    );
    Run::new(&advised(&db), "db check").ok();
}

/// As after a table was renamed under a database that iamctl manages.
#[test]
fn check_names_a_view_in_place_of_a_table() {
    let db = Db::new();
    db.user("alice");
    db.sql("alter table users rename to people; create view users as select * from people");
    let mut findings = db.iamctl("db check -o json").ends_with(5).json();
    // The foreign keys to the table that has another name now are those of others.
    findings.as_array_mut().unwrap().retain(|finding| finding["status"] == "failed");
    assert_eq!(objects(&findings), ["users.users"], "{findings:#}");
    let problem = findings[0]["problem"].as_str().unwrap();
    assert!(problem.contains("the view `users` over `public.people`"), "{problem}");
    let doctor = db.iamctl("doctor -o json").ends_with(5);
    assert!(doctor.stdout.contains("changed: users.users"), "{doctor:#?}");
    db.sql("drop view users; alter table people rename to users");
    db.iamctl("db check").ok();
}
