//! `iamctl db`: creating, checking, adopting and reverting the tables.

mod adopt;
mod adopt_columns;
mod adopt_columns_partitions;
mod adopt_columns_refused;
mod adopt_columns_times;
mod adopt_keys;
mod adopt_live;
mod audit_check;
mod check;
mod citus;
mod column_privileges;
mod copies;
mod cut_off;
mod elsewhere;
mod foreign;
mod grants;
mod migrate;
mod of_others;
mod references;
mod revert;
mod search_index;
mod taken_names;

use std::fs;

use serde_json::Value;

use crate::support::{Db, directory, server, server::run};

/// The tables, as the service's own scripts create them.
const SEED: &str = "
    create table users (
        id uuid not null, created_at timestamp with time zone not null,
        username varchar(50) not null, username_fingerprint bytea not null,
        email varchar(100) not null, email_verified boolean default false not null,
        email_verified_at timestamp with time zone, blocked boolean default false not null,
        deleted boolean default false not null, deleted_at timestamp with time zone);
    create table verification_codes (
        user_id uuid not null, created_at timestamp with time zone not null,
        expires_at timestamp with time zone not null, code char(44) not null);
    create table authorization_codes (
        user_id uuid not null, created_at timestamp with time zone not null,
        expires_at timestamp with time zone not null, code char(44) not null);
    create table refresh_tokens (
        user_id uuid not null, created_at timestamp not null, expires_at timestamp not null,
        token char(44) not null, revoked boolean default false not null, revoked_at timestamp);
    create table api_tokens (
        owner_id uuid not null, created_at timestamp with time zone not null,
        expires_at timestamp with time zone not null, name varchar(100) not null,
        token char(44) not null, blocked boolean default false not null,
        revoked boolean default false not null, revoked_at timestamp with time zone);
    create table api_token_owners (owner_id uuid not null, user_id uuid not null);";

/// The whole schema as `pg_dump` writes it, without the table of migrations.
fn dump(db: &Db) -> String {
    let mut dump = server().program("pg_dump");
    let text = run(dump.args(["--schema-only", "--exclude-table=__diesel*", &db.url()]));
    // Without `\restrict` and `\unrestrict`, which contain a random key.
    text.lines().filter(|line| !line.starts_with('\\')).collect::<Vec<_>>().join("\n")
}

/// Rows as the service writes them: three users, one of them deleted, each with a row in every
/// table.
const ROWS: &str = "
    insert into users (id, created_at, username, username_fingerprint, email, deleted)
    select md5(name)::uuid, '2024-01-01', name,
           convert_to(encode(sha256(convert_to(lower(name), 'utf8')), 'hex'), 'utf8'),
           lower(name) || '@example.org', name = 'Carol'
    from unnest(array['Alice', 'Bob', 'Carol']) name;
    insert into verification_codes
    select id, '2024-01-01', '2999-01-01', encode(sha256(id::text::bytea), 'base64') from users;
    insert into authorization_codes select * from verification_codes;
    insert into refresh_tokens select user_id, created_at, expires_at, code from verification_codes;
    insert into api_tokens select user_id, created_at, expires_at, 'ci', left(code, 43) || '.'
                           from verification_codes;
    insert into api_token_owners select id, id from users;";

/// A database with the tables and rows of the service, after running `more`.
pub fn foreign(more: &str) -> Db {
    let db = Db::bare();
    db.sql(SEED);
    db.sql(ROWS);
    script(&db, more);
    db
}

/// Runs SQL statement by statement, so that it can contain CREATE INDEX CONCURRENTLY.
#[track_caller]
fn script(db: &Db, sql: &str) {
    let directory = directory();
    let file = directory.path().join("script.sql");
    fs::write(&file, sql).unwrap();
    let mut psql = server().psql();
    run(psql.args(["-XAtq", "-v", "ON_ERROR_STOP=1", "-f"]).arg(file).arg(db.url()));
}

/// `table.object` of each finding or step.
fn objects(list: &Value) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let list = list.as_array().unwrap().iter();
    list.map(|one| format!("{}.{}", text(&one["table"]), text(&one["object"]))).collect()
}

/// The objects left after reverting everything, except the table of migrations and extensions.
fn left_over(db: &Db) -> String {
    db.sql(
        "select relname from pg_class where relnamespace = 'public'::regnamespace
           and relname !~ '^__diesel'
         union all
         select proname from pg_proc p where pronamespace = 'public'::regnamespace
           and not exists (select from pg_depend where objid = p.oid and deptype = 'e')",
    )
}

/// Expects the schema that the migrations create.
#[track_caller]
fn is_as_migrated(db: &Db) {
    let (found, expected) = (dump(db), dump(&Db::new()));
    let more: Vec<_> = found.lines().filter(|line| !expected.contains(*line)).collect();
    let less: Vec<_> = expected.lines().filter(|line| !found.contains(*line)).collect();
    assert!(found == expected, "unexpected: {more:#?}\nmissing: {less:#?}");
}

/// The schema and the rows, which a refused command must not change.
fn everything(db: &Db) -> (String, Vec<String>) {
    (dump(db), db.rows())
}
