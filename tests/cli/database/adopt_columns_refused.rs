//! What prevents the conversion of columns that differ from the seed's, and what is left to the operator.

use super::adopt::{adopted, refused};
use super::adopt_columns::{SCRIPT, in_zone};
use super::{everything, foreign, is_as_migrated, script};

#[test]
fn rows_that_a_conversion_would_change_prevent_it() {
    for (damage, column, problem) in [
        (
            "alter table users alter email type text;
             update users set email = repeat('é', 101) where username = 'Bob'",
            "users.email",
            "1 row with more than 100 characters",
        ),
        (
            "alter table users alter blocked drop not null; update users set blocked = null",
            "users.blocked",
            "3 rows without a value",
        ),
        (
            "alter table refresh_tokens alter token type text;
             update refresh_tokens set token = user_id || ' '",
            "refresh_tokens.token",
            "3 rows with a space at the end, which would be lost",
        ),
        (
            "alter table api_tokens alter token type text; update api_tokens set token = token || '='",
            "api_tokens.token",
            "3 rows with more than 44 characters",
        ),
        (
            "alter table api_token_owners alter owner_id type text;
             update api_token_owners set owner_id = '{' || owner_id || '}'",
            "api_token_owners.owner_id",
            "3 rows with a text that is no UUID",
        ),
        (
            "alter table users alter username_fingerprint type text using
             encode(username_fingerprint, 'base64')",
            "users.username_fingerprint",
            "3 rows with a text that is not 64 hexadecimal digits",
        ),
    ] {
        let db = foreign(damage);
        let found = refused(&db, &[column]);
        assert!(found[0]["problem"].as_str().unwrap().ends_with(problem), "{found:#}");
    }
}

#[test]
fn objects_that_use_a_column_prevent_its_conversion_and_are_named() {
    const TRIGGER: &str = "create function nothing() returns trigger language plpgsql as
                           'begin return null; end';";
    for (object, named, drop) in [
        (
            "create view v as select expires_at from refresh_tokens",
            "the view `public.v`",
            "drop view v",
        ),
        (
            "create materialized view v as select * from refresh_tokens",
            "the materialized view `public.v`",
            "drop materialized view v",
        ),
        (
            "create rule r as on delete to refresh_tokens where old.expires_at > now()
             do instead nothing",
            "the rule `r on public.refresh_tokens`",
            "drop rule r on refresh_tokens",
        ),
        (
            "create trigger t after update of expires_at on refresh_tokens
             for each row execute function nothing()",
            "the trigger `t on public.refresh_tokens`",
            "drop trigger t on refresh_tokens",
        ),
        (
            "alter table refresh_tokens add constraint c check (expires_at < '3999-01-01 00:00Z')",
            "the check `c`",
            "alter table refresh_tokens drop constraint c",
        ),
        (
            "alter table refresh_tokens add constraint c check (created_at <= now())",
            "the check `c`",
            "alter table refresh_tokens drop constraint c",
        ),
        (
            "create index i on refresh_tokens (user_id) where expires_at > '2027-01-01 00:00Z'",
            "the index `i`",
            "drop index i",
        ),
        (
            "create index i on refresh_tokens ((expires_at at time zone 'utc'))",
            "the index `i`",
            "drop index i",
        ),
        (
            "create policy p on refresh_tokens using (expires_at > now())",
            "the policy `p on public.refresh_tokens`",
            "drop policy p on refresh_tokens",
        ),
        (
            "create function f() returns bigint
             begin atomic select count(*) from refresh_tokens where expires_at > now(); end",
            "the function `public.f()`",
            "drop function f",
        ),
        (
            "alter table refresh_tokens add column lasts interval
                 generated always as (expires_at - created_at) stored",
            "the generated column `lasts`",
            "alter table refresh_tokens drop column lasts",
        ),
    ] {
        let db = foreign(&format!("{SCRIPT} {TRIGGER} {object};"));
        let before = everything(&db);
        let found = db.iamctl("db adopt --yes -o json").ends_with(5).json();
        for finding in found.as_array().unwrap() {
            assert_eq!(finding["table"], "refresh_tokens");
            let problem = finding["problem"].as_str().unwrap();
            assert!(problem.ends_with(&format!("{named} uses it")), "{problem}");
        }
        assert!(!found.as_array().unwrap().is_empty());
        assert_eq!(everything(&db), before);
        db.sql(drop);
        db.iamctl("db adopt --yes").ok();
    }
    // Foreign keys, where values would be compared in another way.
    let db = foreign(
        "alter table verification_codes alter code type text, add primary key (code);
         create table mail_log (code text references verification_codes (code))",
    );
    let found = refused(&db, &["verification_codes.code"]);
    assert!(found[0]["problem"].as_str().unwrap().contains("`mail_log_code_fkey` of `mail_log`"));
    db.sql("drop table mail_log");
    adopted(&db);
    // The key of partitions.
    let db = foreign(
        "drop table refresh_tokens;
         create table refresh_tokens (
             user_id uuid not null, created_at timestamptz not null, expires_at timestamptz not null,
             token char(44) not null, revoked boolean not null default false, revoked_at timestamp
         ) partition by range (expires_at)",
    );
    let found = db.iamctl("db adopt -o json").ends_with(5).json();
    assert!(
        found.to_string().contains("the partition key of `refresh_tokens` uses it"),
        "{found:#}"
    );
}

/// What only PostgreSQL knows of is its own refusal; the next run goes on.
#[test]
fn a_conversion_that_fails_says_what_is_committed() {
    let db = foreign(&format!("{SCRIPT} create table theirs (session refresh_tokens)"));
    let before = db.rows();
    db.iamctl("db adopt --yes")
        .fails(5)
        .says("\"theirs.session\"")
        .says("the audit log committed; `iamctl db adopt` continues from there");
    assert_eq!(db.rows(), before);
    db.iamctl("db status").ends_with(7).says("iamctl db adopt");
    db.sql(
        "drop table theirs; create type several as (sessions refresh_tokens[]);
         create table theirs (session several[])",
    );
    db.iamctl("db adopt --yes").fails(5).says("\"theirs.session\"");
    db.sql("drop table theirs; drop type several");
    db.iamctl("db adopt --yes").ok();
    db.iamctl("db check").ok();
}

/// A disk that is full, as PostgreSQL reports it, is no refusal.
#[test]
fn a_conversion_that_fails_for_another_reason_exits_with_1() {
    let db = foreign(SCRIPT);
    db.sql(
        "create function fill_disk() returns event_trigger language plpgsql as $$begin
             raise exception 'could not extend file: No space left on device' using errcode = '53100';
         end$$;
         create event trigger full_disk on table_rewrite execute function fill_disk()",
    );
    let before = db.rows();
    db.iamctl("db adopt --yes")
        .fails(1)
        .says("could not extend file")
        .says("the audit log committed; `iamctl db adopt` continues from there");
    assert_eq!(db.rows(), before);
    db.sql("drop event trigger full_disk; drop function fill_disk");
    db.iamctl("db adopt --yes").ok();
    db.iamctl("db check").ok();
}

#[test]
fn a_conversion_gives_up_after_the_lock_timeout() {
    let db = foreign(SCRIPT);
    let before = db.rows();
    let holder = db.session("begin; select count(*) from refresh_tokens");
    db.iamctl("db adopt --yes --lock-timeout 200ms").fails(10).says("continues from there");
    assert_eq!(db.rows(), before);
    drop(holder);
    // The SQL of a dry run continues from there, too.
    script(&db, &db.iamctl("db adopt --dry-run").ok().stdout);
    db.iamctl("db adopt --yes").ok().says("already managed");
    db.iamctl("db check").ok();
}

/// What is left to the operator has SQL that is right in every time zone.
#[test]
fn the_advice_of_a_refusal_converts_the_column() {
    for (damage, column, sql) in [
        (
            "alter table users alter created_at type date using created_at at time zone 'utc'",
            "users.created_at",
            "alter table users alter column created_at type timestamp with time zone using \
             created_at::timestamp at time zone 'utc'",
        ),
        (
            "alter table api_tokens alter blocked drop default, alter blocked type int using 0,
                                    alter blocked set default 0",
            "api_tokens.blocked",
            "alter table api_tokens alter column blocked drop default, alter column blocked type \
             boolean using blocked <> 0, alter column blocked set default false",
        ),
        (
            "alter table users alter blocked set default true",
            "users.blocked",
            "alter table users alter column blocked set default false",
        ),
    ] {
        let db = in_zone("Asia/Kolkata", damage);
        let found = refused(&db, &[column]);
        assert_eq!(found[0]["advice"], sql);
        db.sql(sql);
        let utc = db.sql("set timezone = 'UTC'; select distinct created_at from users");
        assert_eq!(utc, "2024-01-01 00:00:00+00");
        adopted(&db);
        is_as_migrated(&db);
    }
}
