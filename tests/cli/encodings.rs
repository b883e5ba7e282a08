//! Databases in other encodings than UTF8. Reading never fails, bytes that are not UTF-8 are shown as
//! `\xE9`, and such rows can be changed by id. What the encoding lacks cannot be found (3) or written (2).

use std::fs;

use serde_json::Value;

use crate::support::{Db, Run, directory};

/// A database in SQL_ASCII with a user, a token, codes, a session and an audit entry whose texts all have a
/// byte that is not UTF-8.
struct Ascii {
    db: Db,
    user: String,
    token: String,
}

impl Ascii {
    fn new() -> Self {
        let db = Db::encoded("SQL_ASCII");
        let user = db.user("alice");
        db.iamctl("token issue --user alice --name ci").ok();
        db.iamctl("code issue authorization --user alice").ok();
        db.sql(
            r"update users set username = E'al\xe9', email = E'a\xff@x.org';
              update api_tokens set name = E'c\xe9';
              insert into verification_codes select id, now(), now() + '1h', E'v\xe9' from users;
              insert into refresh_tokens (user_id, created_at, expires_at, token)
                  select id, localtimestamp, localtimestamp + '1h', E'r\xe9' from users;
              insert into refresh_tokens (user_id, created_at, expires_at, token)
                  select id, localtimestamp, localtimestamp + '1h', rpad('s', 43, 's') || '=' from users;
              insert into admin_audit_log
                  (actor, sudo_actor, host, action, target, reason, details, program_version)
                  values (E'a\xe9', E's\xe9', E'h\xe9', E'v\xe9', E't\xe9', E'r\xe9',
                          E'{\x22k\xe9\x22: \x22v\xe9\x22}', E'p\xe9')",
        );
        let token = db.iamctl("token list -o id").ok().line();
        Self { db, user, token }
    }
}

/// As psql, which asks for an encoding, too.
#[test]
fn a_client_encoding_that_cannot_be_had_is_no_reason_not_to_connect() {
    let db = Db::encoded("EUC_JP");
    db.user("alice");
    let role = db.role("latin");
    db.sql(&format!("grant select on all tables in schema public to {role}"));
    Db::bare().sql(&format!("alter role {role} set client_encoding = 'LATIN1'"));
    let run = || Run::new(&db.url_as(&role), "user list -o id");
    assert_eq!(run().ok().stdout.lines().count(), 1);
    assert_eq!(run().env("PGCLIENTENCODING", "LATIN2").ok().stdout.lines().count(), 1);
}

#[test]
fn lists_show_bytes_that_are_not_utf8() {
    let Ascii { db, user, token } = Ascii::new();
    let listed = db.iamctl("user list").json();
    assert_eq!(listed[0]["username"], r"al\xE9");
    assert_eq!(listed[0]["email"], r"a\xFF@x.org");
    assert_eq!(db.iamctl(&format!("user show {user}")).json()["username"], r"al\xE9");
    assert_eq!(db.iamctl("token list").json()[0]["name"], r"c\xE9");
    assert_eq!(db.iamctl("token list").json()[0]["users"][0], r"al\xE9");
    assert_eq!(db.iamctl(&format!("token show {token}")).json()["name"], r"c\xE9");
    assert_eq!(db.iamctl("owner list").json()[0]["users"][0], r"al\xE9");
    for list in ["session list", "code list"] {
        for row in db.iamctl(list).json().as_array().unwrap() {
            assert_eq!(
                (&row["username"], &row["email"]),
                (&r"al\xE9".into(), &r"a\xFF@x.org".into())
            );
        }
    }
    let entry = db.iamctl("audit list --limit 1").json()[0].clone();
    for (key, shown) in [
        ("actor", r"a\xE9"),
        ("sudo_actor", r"s\xE9"),
        ("host", r"h\xE9"),
        ("action", r"v\xE9"),
        ("target", r"t\xE9"),
        ("reason", r"r\xE9"),
        ("program_version", r"p\xE9"),
    ] {
        assert_eq!(entry[key], shown, "{key}");
    }
    assert_eq!(entry["details"], serde_json::json!({ r"k\xE9": r"v\xE9" }));
    // Malformed keys have no id.
    assert_eq!(db.iamctl("session list -o id").ok().lines().len(), 1);
    assert_eq!(db.iamctl("session list").json().as_array().unwrap().len(), 2);

    for list in
        ["user list", "user export", "token list", "audit list", "code list", "session list"]
    {
        for format in ["table", "csv", "jsonl"] {
            if format != "table" || list != "user export" {
                let printed = db.iamctl(&format!("{list} -o {format}")).ok().stdout;
                assert!(
                    printed.contains(r"\xE9") || printed.contains(r"\\xE9"),
                    "{list}: {printed}"
                );
            }
        }
    }
    for line in ["db status", "db check", "purge --dry-run", "code stats", "db adopt --dry-run"] {
        let code = if line == "db check" { 5 } else { 0 };
        db.iamctl(line).ends_with(code);
    }
}

#[test]
fn rows_with_such_bytes_are_changed_by_id() {
    let Ascii { db, user, token } = Ascii::new();
    let other = db.user("bob");
    let untouched =
        || db.sql(&format!("select username = E'al\\xe9' from users where id = '{user}'"));
    for verb in ["block", "unblock", "delete", "restore", "verify-email", "unverify-email"] {
        db.iamctl(&format!("user {verb} - --yes"))
            .input(db.iamctl("user list -o id --status any").ok().stdout)
            .ok();
        assert_eq!(untouched(), "t", "{verb}");
    }
    db.sql("update users set email_verified = true, email_verified_at = now()");
    let shown = |line: &str| db.iamctl(line).json();
    assert_eq!(shown(&format!("user verify-email {user}"))[0]["username"], r"al\xE9");

    for verb in ["block", "unblock"] {
        assert_eq!(shown(&format!("token {verb} {token} --yes"))[0]["name"], r"c\xE9");
    }
    // The new token has the name of the old one, byte for byte.
    assert_eq!(
        db.iamctl(&format!("token rotate {token} --yes -o json")).ok().json()["name"],
        r"c\xE9"
    );
    assert_eq!(db.sql(r"select count(*) from api_tokens where name = E'c\xe9'"), "2");

    let directory = directory();
    db.iamctl(&format!("token revoke {token} --yes")).ok();
    db.iamctl(&format!("user offboard {user} --hand-over-to {other} --yes"))
        .arg("--rotate-into")
        .arg(directory.path())
        .ok();
    assert_eq!(
        db.sql(r"select count(*), count(*) filter (where name = E'c\xe9') from api_tokens"),
        "3|3"
    );
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);

    db.iamctl(&format!("user set-email {user} new@x.org --yes")).ok();
    db.iamctl(&format!("user rename {user} carol")).ok();
    assert_eq!(
        db.sql(&format!("select username, email from users where id = '{user}'")),
        "carol|new@x.org"
    );
}

#[test]
fn rows_with_such_bytes_are_ended_purged_and_erased() {
    let Ascii { db, user, token } = Ascii::new();
    db.iamctl("session revoke --all --yes --user").arg(&user).ok();
    db.iamctl("code revoke --all --yes --user").arg(&user).ok();
    assert_eq!(db.sql("select count(*) from verification_codes"), "0");
    db.iamctl(&format!("token revoke {token} --yes")).ok();
    db.sql(
        r"insert into verification_codes select id, now(), now() - interval '9d', E'w\xe9' from users;
          update refresh_tokens set expires_at = now() - interval '9y', revoked_at = expires_at;
          update api_tokens set expires_at = now() - interval '9y', revoked_at = now() - interval '9y'",
    );
    db.iamctl("purge").ok();
    assert_eq!(
        db.sql("select (select count(*) from verification_codes), (select count(*) from refresh_tokens)"),
        "0|0"
    );
    // Erasing asks for the name as it is shown.
    let mut terminal = db.iamctl(&format!("user erase {user} --force")).on_terminal();
    terminal.exp_string(r"al\xE9").unwrap();
    terminal.send_line(r"al\xE9").unwrap();
    terminal.exp_eof().unwrap();
    assert_eq!(db.sql("select count(*) from users"), "0");
}

#[test]
fn sorted_lists_continue_after_such_a_row() {
    let db = Db::encoded("SQL_ASCII");
    for (at, name) in [r"a", r"b\xe9", r"b\xea", r"b\xff\xfe", r"c\xc3\xa9"].iter().enumerate() {
        db.sql(&format!(
            "insert into users (id, created_at, username, username_fingerprint, email)
             values (gen_random_uuid(), now() - interval '{at}h', E'{name}', '{at}', E'{name}@x.org')"
        ));
    }
    for sort in ["created", "username", "email"] {
        for reverse in ["", "--reverse"] {
            let whole = db.iamctl(&format!("user list --sort {sort} {reverse} -o id")).ok().stdout;
            let (mut pages, mut after) = (String::new(), String::new());
            for _ in 0..5 {
                let line = format!("user list --sort {sort} {reverse} -o id --limit 1 {after}");
                let page = db.iamctl(&line).ok().line();
                pages += &page;
                pages.push('\n');
                after = format!("--after {page}");
            }
            assert_eq!(pages, whole, "{sort} {reverse}");
        }
    }
    // Text in UTF-8 is found as it is.
    assert_eq!(db.iamctl("user list --search cé@x --count").ok().line(), "1");
    assert_eq!(db.iamctl("user show cé").json()["email"], "cé@x.org");
}

#[test]
fn names_of_the_catalogue_may_have_such_bytes() {
    let Ascii { db, .. } = Ascii::new();
    // Roles are those of the whole server, and may come from a database in another encoding.
    let utf8 = Db::new();
    let role = format!("{}_r", db.name);
    db.sql(&format!(
        r#"do $$ begin execute E'create role "{role}\xe9" login'; end $$;
           do $$ begin execute E'grant create on schema public to "{role}\xe9"'; end $$;
           do $$ begin execute E'grant update on admin_audit_log to "{role}\xe9"'; end $$;
           create function f() returns trigger language plpgsql as 'begin return new; end';
           do $$ begin execute E'create trigger "t\xe9" before insert on users
                                 for each row execute function f()'; end $$;
           do $$ begin execute E'alter table users add "x\xe9" int'; end $$;
           do $$ begin execute E'create index "i\xe9" on users (created_at, blocked)'; end $$"#
    ));
    utf8.sql(&format!(
        r"do $$ declare r name := (select rolname from pg_roles where rolname::text like '{role}%'); begin
               execute format('grant create on schema public to %I', r); end $$"
    ));
    let operator = db.role("operator");
    for db in [&db, &utf8] {
        let findings = db.iamctl("db check -o jsonl").ends_with(5).stdout;
        assert!(findings.contains(&format!(r"{role}\\xE9")), "{findings}");
        db.iamctl("doctor").ends_with(5);
        let grants = db.iamctl(&format!("db grants --profile operator --role {operator}")).ok();
        assert!(grants.stdout.contains(&format!(r"{role}\xE9")), "{grants:#?}");
        db.iamctl("db migrate").ok().says(&format!(r"{role}\xE9"));
        db.iamctl("user list").ok();
    }
    let doctor = db.iamctl("doctor").run().stdout;
    assert!(doctor.contains(r"t\xE9"), "{doctor}");
    utf8.sql(&format!(
        r"do $$ declare r name := (select rolname from pg_roles where rolname::text like '{role}%'); begin
               execute format('revoke create on schema public from %I', r); end $$"
    ));
}

/// Diesel hands out no message that is not UTF-8.
#[test]
fn an_error_whose_message_is_not_utf8_says_where_it_is() {
    let Ascii { db, user, .. } = Ascii::new();
    db.sql(
        r"create function refuse() returns trigger language plpgsql as $$ begin
              raise exception using message = 'no ' || new.username, hint = 'ask the owner'; end $$;
          create trigger refuse before update on users for each row execute function refuse()",
    );
    db.iamctl(&format!("user block {user} --yes"))
        .fails(1)
        .says("its message is not UTF-8, and is in the server's log; hint: ask the owner");
}

#[test]
fn an_import_into_sql_ascii_stores_utf8() {
    let db = Db::encoded("SQL_ASCII");
    let rows = "username,email\nzoe,zoë@x.org\nyan,yan@x.org\n";
    for on_conflict in ["fail", "skip"] {
        db.iamctl(&format!("user import - --format csv --on-conflict {on_conflict}"))
            .input(rows)
            .ok();
        assert_eq!(
            db.sql("select email = E'zo\\xc3\\xab@x.org' from users where username = 'zoe'"),
            "t"
        );
        db.sql("delete from users");
    }
    db.iamctl("user create eva --email éva@x.org").ok();
    assert_eq!(db.iamctl("user show éva@x.org").json()["email"], "éva@x.org");
}

#[test]
fn what_the_encoding_lacks_is_not_found() {
    for (encoding, lacking) in
        [("LATIN1", "ł"), ("LATIN2", "ñ"), ("WIN1252", "ł"), ("EUC_JP", "😀")]
    {
        let db = Db::encoded(encoding);
        db.user("alice");
        db.iamctl("token issue --user alice --name ci").ok();
        let says = format!("{encoding}, has no `{lacking}`");
        for line in [
            "user show x@e",
            "user show x",
            "user block x@e --yes",
            "user unblock alice x@e",
            "user delete x@e --yes",
            "user restore x@e",
            "user erase x@e --force --yes",
            "user rename x@e bob",
            "user set-email x@e new@x.org --yes",
            "user verify-email x@e",
            "user offboard x@e --yes",
            "user offboard alice --hand-over-to x@e --yes",
            "user list --after x@e",
            "token issue --user x@e --name new",
            "token list --user x@e",
            "token show --user alice --name x",
            "token rotate --user alice --name x --yes",
            "token revoke --user alice --name x --yes",
            "token block --user alice --name x --yes",
            "owner create --user x@e",
            "session list --user x@e",
            "session revoke --user x@e --all --yes",
            "code issue verification --user x@e",
            "code revoke --user x@e --all --yes",
        ] {
            let words = line.split(' ').map(|word| match word {
                "x" => lacking.to_owned(),
                "x@e" => format!("{lacking}@example.org"),
                other => other.to_owned(),
            });
            let run = words.fold(db.iamctl(""), Run::arg);
            run.fails(3).says(&says);
        }
        // The lower-case form of what was typed is looked up first.
        if encoding == "LATIN1" {
            db.iamctl("user show").arg("Łucja@x.org").fails(3).says("`Łucja@x.org`");
        }
    }
}

#[test]
fn a_search_for_what_the_encoding_lacks_finds_nothing() {
    let db = Db::encoded("LATIN1");
    db.user("alice");
    for list in ["user list --search łoś", "user list --email-domain ł.org", "audit list --actor ł"]
    {
        assert_eq!(db.iamctl(list).json(), Value::Array(vec![]), "{list}");
        assert_eq!(db.iamctl(list).arg("--count").ok().says("has no `ł`").line(), "0");
    }
    assert_eq!(db.iamctl("user export --no-headers --search łoś").ok().stdout, "");
    db.iamctl("audit list --target ł").fails(3).says("has no `ł`");
}

#[test]
fn what_the_encoding_lacks_cannot_be_written() {
    let german = Db::encoded("LATIN1");
    german.sql(&format!("alter database {} set lc_messages = 'de_DE.UTF-8'", german.name));
    for db in [Db::encoded("LATIN1"), german] {
        db.user("alice");
        db.iamctl("user set-email alice ålice@x.org --verified --yes").ok();
        assert_eq!(db.iamctl("user show ålice@x.org").json()["email"], "ålice@x.org");
        let unchanged = (db.rows(), db.audit());
        let says = "the encoding of the database, LATIN1, has no `ł` (U+0142)";
        for line in [
            "user create bob --email ł@x.org",
            "user create bob --email ł@x.org --if-not-exists",
            "user set-email alice ł@x.org --yes",
            "token issue --user alice --name ł",
            "user block alice --yes --reason ł",
            "user create bob --email bob@x.org --reason ł",
        ] {
            db.iamctl(line).fails(2).says(says);
        }
        let rows = "username,email\nbob,bób@x.org\nyan,łan@x.org\n";
        for more in ["", "--on-conflict skip", "--dry-run"] {
            db.iamctl(&format!("user import - --format csv {more}"))
                .input(rows)
                .fails(2)
                .says(&format!("line 3, email: {says}"));
        }
        assert_eq!((db.rows(), db.audit()), unchanged);
        db.iamctl("user import - --format csv").input(rows.replace('ł', "l")).ok();
        assert_eq!(db.iamctl("user show bób@x.org").json()["username"], "bob");
    }
}

#[test]
fn doctor_names_the_encoding() {
    for (encoding, status) in
        [("UTF8", "ok"), ("SQL_ASCII", "warning"), ("LATIN1", "warning"), ("EUC_JP", "warning")]
    {
        let db = Db::encoded(encoding);
        let checks = db.iamctl("doctor").json();
        let check = checks.as_array().unwrap().iter().find(|it| it["check"] == "encoding").unwrap();
        assert_eq!(check["status"], status, "{encoding}");
        assert!(check["detail"].as_str().unwrap().starts_with(encoding), "{check}");
    }
}

/// A row that PostgreSQL cannot hand out, as it has a character that UTF-8 lacks.
#[test]
fn a_failed_list_is_no_empty_one() {
    let db = Db::encoded("EUC_KR");
    db.user("alice");
    db.user("bob");
    db.sql(r"update users set username = E'bo\xc9\xa1', created_at = now() - interval '1d' where username = 'bob'");
    for line in [
        "user list",
        "user list -o jsonl",
        "user list --search bo",
        "user list --search bɡ --email-domain example.org",
        "user export",
        "user export --search bo",
        "user export -o jsonl",
    ] {
        let failed = db.iamctl(line).run();
        if line.contains('ɡ') {
            // What is looked for is what the encoding lacks.
            assert_eq!(failed.code, 0, "{failed:#?}");
            assert!(failed.stderr.contains("no row can match"), "{failed:#?}");
            continue;
        }
        assert_eq!(failed.code, 1, "{failed:#?}");
        assert!(failed.stderr.contains("0xc9 0xa1"), "{failed:#?}");
        assert!(!failed.stderr.contains("no row can match"), "{failed:#?}");
    }
}

/// The words of that error are in the message of another one.
#[test]
fn only_what_is_looked_for_makes_a_search_find_nothing() {
    let db = Db::encoded("LATIN1");
    db.user("alice");
    db.sql(
        r#"create function refuse(text) returns bool language plpgsql cost 0.0001 as $$ begin
               raise exception 'character with byte sequence 0xc5 0x82 in encoding "UTF8" has no equivalent in encoding "LATIN1"';
           end $$;
           alter table users rename to kept;
           create view users as select * from kept where refuse(username)"#,
    );
    for line in ["user list", "user list --search abc", "user list --count", "user export"] {
        db.iamctl(line).fails(2).says("has no `ł`");
    }
    db.iamctl("user list --search abł").ok().says("no row can match");
}
