//! `iamctl db check`: exit code 5 and one line for each finding.

use serde_json::{Value, json};

use super::{everything, is_as_migrated, objects, script};
use crate::support::{Db, Run};

/// Expects exit code 5, the same findings in every format, and no change. Returns the findings.
#[track_caller]
fn findings(db: &Db) -> Value {
    let before = everything(db);
    let found = db.iamctl("db check -o json").ends_with(5);
    assert!(found.stderr.contains(r#""kind":"refused""#), "{found:?}");
    let found = found.json();
    let count = found.as_array().unwrap().len();
    for (format, lines) in
        [("table", 1 + count), ("jsonl", count), ("csv", 1 + count), ("id", count)]
    {
        let outcome = db.iamctl(&format!("db check -o {format}")).ends_with(5);
        assert_eq!(outcome.lines().len(), lines, "{format}: {outcome:#?}");
        outcome.says("is not as it should be");
    }
    for finding in found.as_array().unwrap() {
        let keys: Vec<_> = finding.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["table", "object", "status", "problem", "advice"]);
        assert_eq!(finding["status"], "failed");
        assert_ne!(finding["advice"], "", "each finding has advice: {finding}");
    }
    assert_eq!(everything(db), before);
    found
}

/// The findings in a new database after this SQL has damaged it.
#[track_caller]
fn after(damage: &str) -> Value {
    let db = Db::new();
    script(&db, damage);
    findings(&db)
}

/// alice with a code, a session and a live token.
fn with_rows_of_alice() -> Db {
    let db = Db::new();
    let alice = db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    db.iamctl("code issue authorization --user alice").ok();
    db.sql(&format!(
        "insert into refresh_tokens values ('{alice}', now(), now() + '1 day', lpad('=', 44, 's'))"
    ));
    db
}

#[test]
fn a_clean_database_has_no_findings() {
    let db = with_rows_of_alice();
    assert_eq!(db.iamctl("db check").json(), json!([]));
    let table = db.iamctl("db check").ok();
    assert_eq!(
        (table.lines().len(), table.stderr.as_str()),
        (1, "no problems found\n"),
        "{table:?}"
    );
    // Additional objects, keys and indexes with other names, and a missing search index are not
    // findings.
    db.sql(
        "drop index users_search;
         alter table users add column nickname text, add column level int not null default 0;
         create index of_others on users (lower(email));
         alter table users rename constraint users_pkey to another_name;
         alter index users_created rename to yet_another;
         create table of_others_too (id int)",
    );
    assert_eq!(db.iamctl("db check").json(), json!([]));
}

#[test]
fn a_missing_or_changed_column_is_a_finding() {
    for (damage, column, problem) in [
        ("drop column email_verified_at", "email_verified_at", "missing"),
        ("alter column email type text", "email", "character varying(100)"),
        ("alter column username type varchar(40)", "username", "character varying(50)"),
        ("alter column deleted_at type timestamp", "deleted_at", "timestamp with time zone"),
        ("alter column created_at drop not null", "created_at", "not null"),
        ("alter column deleted_at set not null", "deleted_at", "timestamp with time zone not null"),
        ("add column region text not null", "region", "no default"),
        ("add column region public.filled", "region", "no default"),
    ] {
        let found = after(&format!(
            "create domain public.filled as text not null; alter table users {damage}"
        ));
        let of_column = found.as_array().unwrap().iter().find(|one| one["object"] == column);
        let of_column = of_column.unwrap_or_else(|| panic!("{damage}: {found:#}"));
        assert_eq!(of_column["table"], "users");
        assert!(of_column["problem"].as_str().unwrap().contains(problem), "{of_column}");
    }
    let found = after("alter table refresh_tokens alter column expires_at type timestamptz");
    assert_eq!(objects(&found), ["refresh_tokens.expires_at"], "the column must have no time zone");
}

/// Its rows cannot be compared with those of other tables then.
#[test]
fn a_column_of_another_type_is_a_finding() {
    for (column, change) in [
        (
            "refresh_tokens.user_id",
            "alter table refresh_tokens drop constraint refresh_tokens_user_id_fkey,
             alter user_id type text",
        ),
        ("api_tokens.owner_id", "alter table api_tokens alter owner_id type text"),
        ("users.deleted_at", "alter table users alter deleted_at type text"),
        (
            "refresh_tokens.expires_at",
            "alter table refresh_tokens alter expires_at type bigint using 0",
        ),
    ] {
        let db = Db::new();
        db.user("alice");
        db.sql(change);
        let findings = db.iamctl("db check -o json").ends_with(5).json();
        let names = |finding: &Value| {
            let word = |key: &str| finding[key].as_str().unwrap().to_owned();
            format!("{}.{}", word("table"), word("object"))
        };
        let found: Vec<_> = findings.as_array().unwrap().iter().map(names).collect();
        assert!(found.iter().any(|it| it == column), "{column}: {findings:#}");
    }
}

#[test]
fn a_missing_default_is_a_finding() {
    let found = after("alter table users alter column blocked drop default");
    assert_eq!(objects(&found), ["users.blocked"]);
}

/// Without these columns the rows cannot be checked. The missing column is still a finding.
#[test]
fn a_missing_column_that_other_checks_read_is_a_finding() {
    for (table, column) in [
        ("users", "id"),
        ("users", "username"),
        ("users", "username_fingerprint"),
        ("verification_codes", "code"),
        ("refresh_tokens", "user_id"),
        ("api_tokens", "owner_id"),
        ("api_tokens", "revoked"),
        ("api_token_owners", "owner_id"),
    ] {
        let found = objects(&after(&format!("alter table {table} drop column {column} cascade")));
        assert!(found.contains(&format!("{table}.{column}")), "{found:?}");
    }
    for (table, cascade) in [("api_tokens", ""), ("users", "cascade")] {
        let db = Db::new();
        db.sql(&format!("drop table {table} {cascade}"));
        let found = objects(&db.iamctl("db check -o json").ends_with(5).json());
        assert!(found.contains(&format!("{table}.{table}")), "{found:?}");
    }
}

#[test]
fn the_audit_log_is_checked_too() {
    for damage in [
        "drop table admin_audit_log",
        "alter table admin_audit_log drop column reason",
        "alter table admin_audit_log disable trigger admin_audit_log_refuse",
    ] {
        let found = after(damage);
        assert!(found.to_string().contains("admin_audit_log"), "{damage}: {found:#}");
    }
}

#[test]
fn every_missing_key_and_index_is_found() {
    let db = Db::new();
    // The search index is optional, because it needs an extension.
    let wanted = db.sql(
        "select conrelid::regclass || '.' || conname from pg_constraint
         where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f')
           and conrelid::regclass::text !~ '^(admin|__)'
         union
         select tablename || '.' || indexname from pg_indexes
         where schemaname = 'public' and tablename !~ '^(admin|__)' and indexname <> 'users_search' order by 1",
    );
    db.sql(
        "do $$
         declare gone record;
         begin
           for gone in select conrelid::regclass, conname from pg_constraint
                       where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'f')
                         and conrelid::regclass::text !~ '^(admin|__)' order by contype = 'p'
           loop execute format('alter table %s drop constraint %I', gone.conrelid, gone.conname);
           end loop;
           for gone in select indexname from pg_indexes
                       where schemaname = 'public' and tablename !~ '^(admin|__)'
                         and indexname <> 'users_search'
           loop execute format('drop index %I', gone.indexname);
           end loop;
         end $$",
    );
    let found = findings(&db);
    let mut missed = objects(&found);
    missed.sort();
    assert_eq!(missed, wanted.lines().collect::<Vec<_>>());
    assert_eq!(missed.len(), 12 + 26);
    // The advice is SQL that works.
    for finding in found.as_array().unwrap() {
        script(&db, finding["advice"].as_str().unwrap());
    }
    assert_eq!(db.iamctl("db check").json(), json!([]));
    is_as_migrated(&db);
}

#[test]
fn a_key_or_index_with_another_definition_is_a_finding() {
    for (damage, object, problem) in [
        (
            "alter table users rename constraint users_unique_email to mail",
            "users.users_unique_email",
            "`mail`, which the service does not know",
        ),
        (
            "alter table verification_codes drop constraint verification_codes_user_id_fkey;
             alter table verification_codes add constraint verification_codes_user_id_fkey
                foreign key (user_id) references users (id) on delete cascade not valid",
            "verification_codes.verification_codes_user_id_fkey",
            "never validated",
        ),
        (
            "alter table refresh_tokens drop constraint refresh_tokens_user_id_fkey;
             alter table refresh_tokens add constraint refresh_tokens_user_id_fkey
                foreign key (user_id) references users (id)",
            "refresh_tokens.refresh_tokens_user_id_fkey",
            "ON DELETE CASCADE",
        ),
        (
            "alter table users drop constraint users_unique_email;
             create unique index users_unique_email on users (email)",
            "users.users_unique_email",
            "missing: UNIQUE (email)",
        ),
        (
            "update pg_index set indisvalid = false where indexrelid = 'users_created'::regclass",
            "users.users_created",
            "no valid index USING btree (created_at, id)",
        ),
        (
            "drop index verification_codes_id;
             create index verification_codes_id on verification_codes (left(code::text, 12))",
            "verification_codes.verification_codes_id",
            "text_pattern_ops",
        ),
        (
            "drop index users_blocked; create index users_blocked on users (created_at, id)",
            "users.users_blocked",
            "WHERE blocked",
        ),
    ] {
        let found = after(damage);
        assert_eq!(objects(&found), [object]);
        assert!(found[0]["problem"].as_str().unwrap().contains(problem), "{found:#}");
    }
}

#[test]
fn rows_of_missing_users_are_counted_for_each_user() {
    let db = with_rows_of_alice();
    db.sql(
        "alter table authorization_codes drop constraint authorization_codes_user_id_fkey;
         alter table api_token_owners drop constraint api_token_owners_user_id_fkey;
         insert into authorization_codes
         select md5('gone')::uuid, now(), now(), encode(sha256(n::text::bytea), 'base64')
         from generate_series(1, 3) n;
         insert into api_token_owners values (md5('o')::uuid, md5('gone')::uuid)",
    );
    let found = findings(&db);
    let rows = found.as_array().unwrap().iter().filter(|one| one["object"] == "user_id");
    let rows: Vec<_> = rows.map(|one| format!("{}: {}", one["table"], one["problem"])).collect();
    let gone = db.sql("select md5('gone')::uuid");
    assert_eq!(
        rows,
        [
            format!(r#""authorization_codes": "3 rows of user {gone}, who does not exist""#),
            format!(r#""api_token_owners": "1 row of user {gone}, who does not exist""#),
        ]
    );
}

/// `pg_restore --disable-triggers` of an incomplete dump can leave such rows.
#[test]
fn rows_of_missing_users_are_found_despite_a_foreign_key() {
    let db = with_rows_of_alice();
    db.sql("set session_replication_role = replica; delete from users");
    assert_eq!(
        objects(&findings(&db)),
        ["authorization_codes.user_id", "refresh_tokens.user_id", "api_token_owners.user_id"]
    );
    for noun in ["session", "code"] {
        let rows = db.iamctl(&format!("{noun} list --all")).json();
        let count = db.iamctl(&format!("{noun} list --count")).ok().line();
        assert_eq!(rows.as_array().unwrap().len().to_string(), count, "{rows}");
        assert!(rows[0]["username"].is_null() && rows[0]["user_id"].is_string(), "{rows}");
        let revoked =
            db.iamctl(&format!("{noun} revoke {} --yes", rows[0]["id"].as_str().unwrap()));
        assert_eq!(revoked.json()[0]["username"], Value::Null);
    }
}

/// A key that others added to a table of ours, and not those that each of them has by itself.
#[test]
fn a_foreign_key_among_our_tables_is_a_finding() {
    let db = Db::new();
    db.sql("alter table users add invited_by uuid constraint of_invitations references users");
    let found = db.iamctl("db check").json();
    assert_eq!(objects(&found), ["users.of_invitations"; 2]);
    let problem = |place: usize| found[place]["problem"].as_str().unwrap().to_owned();
    assert!(problem(0).contains("keep users from being erased"), "{found}");
    assert!(problem(1).contains("no index on (invited_by)"), "{found}");
}

#[test]
fn rows_that_the_service_cannot_use_are_findings() {
    let db = with_rows_of_alice();
    let alice = db.sql("select id from users");
    db.sql(&format!(
        "insert into verification_codes values
             ('{alice}', now(), now() + '1 day', 'short'),
             ('{alice}', now(), now() + '1 day', lpad('-', 43, '_') || '=')"
    ));
    let found = findings(&db);
    assert_eq!(objects(&found), ["verification_codes.code"]);
    assert!(found[0]["problem"].as_str().unwrap().starts_with("2 codes "), "{found}");
    assert!(!found.to_string().contains("____"), "stored values are not shown: {found}");
    db.sql("delete from verification_codes where code = 'short' or code ~ '_'");
    assert_eq!(db.iamctl("db check").json(), json!([]));

    db.sql("update users set username = 'Alicia'");
    assert_eq!(objects(&findings(&db)), ["users.username_fingerprint"]);
    // The rename repairs the fingerprint.
    db.iamctl("user rename").arg(format!("id:{alice}")).arg("Alicia").ok();
    assert_eq!(db.iamctl("db check").json(), json!([]));

    db.sql("delete from api_token_owners");
    assert_eq!(objects(&findings(&db)), ["api_tokens.owner_id"]);
    db.sql("update api_tokens set revoked = true");
    db.iamctl("db check").ok();

    // Capital letters whose lower-case form is or contains an ASCII letter.
    let name = "\u{212a}elvin \u{130}";
    let row = format!("{{\"username\":\"{name}\",\"email\":\"k@x.org\"}}");
    db.iamctl("user import - --format jsonl --as-is").input(row).ok();
    db.iamctl("db check").ok();
}

#[test]
fn all_findings_are_in_one_list() {
    let db = with_rows_of_alice();
    db.sql(
        "alter table users drop column email_verified_at;
         alter table api_tokens drop constraint api_tokens_pkey;
         drop index refresh_tokens_id;
         update authorization_codes set code = 'unusual'",
    );
    assert_eq!(
        objects(&findings(&db)),
        [
            "users.email_verified_at",
            "api_tokens.api_tokens_pkey",
            "refresh_tokens.refresh_tokens_id",
            "authorization_codes.code",
        ]
    );
}

#[test]
fn check_needs_only_the_right_to_read_the_tables() {
    let db = with_rows_of_alice();
    let role = db.role("reader");
    let check = || Run::new(&db.url_as(&role), "db check");
    check().fails(8).says(&role);
    db.sql(&format!("grant select on all tables in schema public to {role}"));
    check().ok();
    db.iamctl("db check").env("PGOPTIONS", "-c default_transaction_read_only=on").ok();
    Db::bare().iamctl("db check").fails(7).says("iamctl db migrate");
}

#[test]
fn names_and_emails_from_other_programs_are_checked() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         values (gen_random_uuid(), now(), 'ünï x', 'wrong', 'Plain@X.org')",
    );
    assert_eq!(objects(&findings(&db)), ["users.username_fingerprint", "users.email"]);
}

#[test]
fn an_index_that_is_not_valid_is_made_anew_by_the_advice() {
    let db = Db::new();
    db.sql(
        "update pg_index set indisvalid = false where indexrelid = 'refresh_tokens_id'::regclass;
         drop index users_created; create index users_created on users (id)",
    );
    let found = findings(&db);
    assert_eq!(found.as_array().unwrap().len(), 2, "{found}");
    for finding in found.as_array().unwrap() {
        for statement in finding["advice"].as_str().unwrap().split("; ") {
            db.sql(statement);
        }
    }
    db.iamctl("db check").ok();
}

#[test]
fn infinite_times_and_years_beyond_four_digits_are_findings_in_every_column() {
    const COLUMNS: [(&str, &str); 12] = [
        ("users", "created_at"),
        ("users", "email_verified_at"),
        ("users", "deleted_at"),
        ("verification_codes", "created_at"),
        ("authorization_codes", "created_at"),
        ("authorization_codes", "expires_at"),
        ("refresh_tokens", "created_at"),
        ("refresh_tokens", "expires_at"),
        ("refresh_tokens", "revoked_at"),
        ("api_tokens", "created_at"),
        ("api_tokens", "expires_at"),
        ("api_tokens", "revoked_at"),
    ];
    let db = with_rows_of_alice();
    db.sql("insert into verification_codes select * from authorization_codes");
    db.sql(
        "update users set deleted = true; update refresh_tokens set revoked = true;
         update api_tokens set revoked = true",
    );
    for time in ["infinity", "-infinity", "10000-01-01T00:00Z", "0044-03-15 BC"] {
        for (table, column) in COLUMNS.into_iter().chain([("verification_codes", "expires_at")]) {
            db.sql(&format!("update {table} set {column} = '{time}'"));
            let found = findings(&db);
            assert_eq!(objects(&found), [format!("{table}.{column}")], "{time}");
            let problem = found[0]["problem"].as_str().unwrap();
            assert!(problem.starts_with("1 time is infinite or outside"), "{problem}");
            let advice = found[0]["advice"].as_str().unwrap();
            db.sql(advice.split_once("or: ").unwrap().1);
            db.iamctl("db check").ok();
        }
    }
    // The last times of four digits, in any time zone.
    db.sql(&format!("alter database {} set timezone = 'Asia/Tokyo'", db.name));
    db.sql(
        "update users set created_at = '0001-01-01T00:00Z', deleted_at = '9999-12-31T23:59:59.9Z'",
    );
    db.iamctl("db check").ok();
}

#[test]
fn a_live_row_with_the_time_of_its_end_is_a_finding() {
    let db = with_rows_of_alice();
    for (table, flag) in
        [("users", "deleted"), ("refresh_tokens", "revoked"), ("api_tokens", "revoked")]
    {
        db.sql(&format!("update {table} set {flag}_at = now()"));
        let found = findings(&db);
        assert_eq!(objects(&found), [format!("{table}.{flag}")]);
        let problem = found[0]["problem"].as_str().unwrap();
        assert!(
            problem.starts_with(&format!("1 row with `{flag}_at`, and not {flag}")),
            "{problem}"
        );
        db.sql(found[0]["advice"].as_str().unwrap().split_once("; or ").unwrap().0);
        assert_eq!(db.sql(&format!("select {flag} from {table}")), "t");
        db.iamctl("db check").ok();
    }
}

#[test]
fn emails_that_are_no_addresses_are_findings_that_name_the_users() {
    let db = Db::new();
    let alice = db.user("alice");
    for email in [
        "no at",
        "",
        "a@",
        "@x.org",
        "\"quoted\"@x.org",
        "Alice <a@x.org>".to_lowercase().as_str(),
        "a@b@c.org",
        "a b@x.org",
        "a@[127.0.0.1]",
        &format!("{}@x.org", "x".repeat(65)),
        &format!("x@{}.org", "x".repeat(64)),
        &format!("{}@xx.org", "ë".repeat(47)),
    ] {
        db.sql(&format!("update users set email = '{email}'"));
        let found = findings(&db);
        assert_eq!(objects(&found), ["users.email"], "{email}");
        let problem = found[0]["problem"].as_str().unwrap();
        assert!(problem.starts_with("1 email is no bare address"), "{problem}");
        assert!(problem.ends_with(&alice), "{problem}");
    }
    db.iamctl("user set-email alice alice@x.org --yes").ok();
    db.iamctl("db check").ok();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'u' || n,
                convert_to(encode(sha256(('u' || n)::bytea), 'hex'), 'utf8'), 'none' || n
         from generate_series(1, 13) n",
    );
    let found = findings(&db);
    let problem = found[0]["problem"].as_str().unwrap();
    assert!(problem.starts_with("13 emails are no bare"), "{problem}");
    assert!(problem.ends_with(" and 3 others"), "{problem}");
}
