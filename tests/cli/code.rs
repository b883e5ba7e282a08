//! `iamctl code issue` and `code list` (contract 1 and 2).

use std::fs::File;

use crate::support::Db;
use crate::support::running::at_once;

/// alice, who may log in, and carol, whose email is not verified.
fn two_users() -> Db {
    let db = Db::new();
    db.user("alice");
    db.iamctl("user create carol --email carol@example.org").ok();
    db
}

const VERIFICATION: &str = "code issue verification --user carol";
const AUTHORIZATION: &str = "code issue authorization --user alice";

#[test]
fn a_code_is_stored_verbatim_and_printed_with_its_form_in_a_link() {
    let db = two_users();
    for (line, kind, username) in
        [(VERIFICATION, "verification", "carol"), (AUTHORIZATION, "authorization", "alice")]
    {
        let issued = db.iamctl(line).json();
        let code = issued["code"].as_str().unwrap();
        assert_eq!((code.len(), code.find('=')), (44, Some(43)), "32 bytes in padded base64");
        assert_eq!(db.sql(&format!("select code from {kind}_codes")), code, "stored verbatim");
        assert_eq!(db.sql(&format!("select length(decode('{code}', 'base64'))")), "32");
        let url = db.sql(&format!(
            "select translate(encode(convert_to('{code}', 'utf8'), 'base64'), '+/', '-_')"
        ));
        assert_eq!(issued["url_code"], url.as_str(), "once more, URL-safe");
        assert_eq!(url.len(), 60);
        assert_eq!(issued["id"], code[..12].replace('+', "-").replace('/', "_").as_str());
        assert_eq!(issued["kind"], kind);
        assert_eq!(issued["username"], username);
        assert_eq!(issued["email"], format!("{username}@example.org"));
        assert_eq!(issued["status"], "live");
        assert!(issued["link"].is_null());
        let user = db.sql(&format!("select user_id from {kind}_codes"));
        assert_eq!(issued["user_id"], user.as_str());
        assert_eq!(db.audit()[0], format!("code.issue|{user}|"));
    }
}

#[test]
fn o_id_prints_the_code_alone_and_no_two_are_alike() {
    let db = two_users();
    let codes: Vec<_> = (0..5).map(|_| db.iamctl(AUTHORIZATION).arg("-oid").ok().line()).collect();
    let stored = db.sql("select code from authorization_codes order by created_at");
    assert_eq!(stored.lines().collect::<Vec<_>>(), codes);
    assert_eq!(db.sql("select count(distinct code) from authorization_codes"), "5");
    let table = db.iamctl(AUTHORIZATION).ok().stdout;
    let code = db.sql("select code from authorization_codes order by created_at desc limit 1");
    assert!(table.contains(&code), "{table}");
}

#[test]
fn a_link_template_prints_the_link() {
    let db = two_users();
    let issue = |template: &str| db.iamctl(VERIFICATION).arg("--link-template").arg(template);
    let issued = issue("https://app.example.org/verify/{code}?again={code}").json();
    let url_code = issued["url_code"].as_str().unwrap();
    let link = format!("https://app.example.org/verify/{url_code}?again={url_code}");
    assert_eq!(issued["link"], link.as_str());
    let table = issue("https://app.example.org/{code}").ok().stdout;
    assert!(table.contains("https://app.example.org/"), "{table}");
    let before = db.rows();
    for without in ["https://app.example.org/verify/", "", "https://x.org/{CODE}"] {
        issue(without).fails(2).says("{code}");
    }
    assert_eq!(db.rows(), before);
}

#[test]
fn it_lives_as_long_as_the_services_own() {
    let db = two_users();
    let lifetime = |line: &str, kind: &str| {
        db.iamctl(line).ok();
        db.sql(&format!(
            "select extract(epoch from expires_at - created_at)::float from {kind}_codes
             order by created_at desc limit 1"
        ))
    };
    assert_eq!(lifetime(VERIFICATION, "verification"), "300");
    assert_eq!(lifetime(AUTHORIZATION, "authorization"), "60");
    assert_eq!(lifetime(&format!("{VERIFICATION} --expires-in 1d"), "verification"), "86400");
    assert_eq!(lifetime(&format!("{AUTHORIZATION} --expires-in 250ms"), "authorization"), "0.25");
    let until = db.iamctl(&format!("{AUTHORIZATION} --expires-at 2999-01-31")).json();
    assert_eq!(until["expires_at"], "2999-01-31T00:00:00Z");
    let before = db.rows();
    for bad in
        ["--expires-in -1", "--expires-in 99999y", "--expires-in 0s", "--expires-at 2020-01-01"]
    {
        db.iamctl(&format!("{AUTHORIZATION} {bad}")).fails(2);
    }
    db.iamctl("code issue login --user alice").fails(2).says("authorization");
    db.iamctl("code issue verification").fails(2).says("--user");
    db.iamctl("code issue verification --user nobody").fails(3).says("nobody");
    assert_eq!(db.rows(), before);
}

#[test]
fn what_the_service_would_refuse_later_is_refused_unless_forced() {
    let db = two_users();
    for name in ["blocked", "deleted"] {
        db.user(name);
        let create = format!("user create {name}-new --email {name}-new@example.org");
        db.iamctl(&create).ok();
    }
    db.iamctl("user block blocked blocked-new --yes").ok();
    db.iamctl("user delete deleted deleted-new --yes").ok();
    let cases = [
        ("authorization --user blocked", "is blocked"),
        ("verification --user blocked-new", "is blocked"),
        ("authorization --user deleted", "is deleted"),
        ("verification --user deleted-new", "is deleted"),
        ("verification --user alice", "verified email already"),
        ("authorization --user carol", "not verified"),
    ];
    let before = (db.rows(), db.audit());
    for (line, says) in cases {
        let refused = db.iamctl(&format!("code issue {line}")).fails(5).says(says);
        assert!(refused.stderr.contains("--force"), "{refused:?}");
    }
    assert_eq!((db.rows(), db.audit()), before);
    for (line, _) in cases {
        db.iamctl(&format!("code issue {line} --force")).ok();
    }
    assert_eq!(db.iamctl("code list --count").ok().line(), cases.len().to_string());
}

#[test]
fn a_fourth_live_verification_code_is_refused() {
    let db = two_users();
    let carol = db.sql("select id from users where username = 'carol'");
    // Neither of these counts: expired, of another kind, of another user.
    db.iamctl("user create dave --email dave@example.org").ok();
    db.iamctl("code issue verification --user dave").ok();
    db.iamctl("code issue authorization --user carol --force").ok();
    db.sql(&format!(
        "insert into verification_codes
         select '{carol}', now() - '1h'::interval, now(), lpad(n::text, 44, 'x')
         from generate_series(1, 5) n"
    ));
    for _ in 0..3 {
        db.iamctl(VERIFICATION).ok();
    }
    let before = db.rows();
    db.iamctl(VERIFICATION).fails(5).says("fourth");
    db.iamctl(VERIFICATION).arg("--dry-run").fails(5);
    assert_eq!(db.rows(), before);
    db.iamctl(AUTHORIZATION).ok();
    db.iamctl(VERIFICATION).arg("--force").ok();
    assert_eq!(db.iamctl("user show carol").json()["live_verification_codes"], 4);
    db.sql(&format!("update verification_codes set expires_at = now() where user_id = '{carol}'"));
    db.iamctl(VERIFICATION).ok();
}

#[test]
fn eight_at_once_make_three_live_codes() {
    let db = two_users();
    let mut codes: Vec<_> =
        at_once((0..8).map(|_| db.iamctl(VERIFICATION))).iter().map(|one| one.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 0, 0, 5, 5, 5, 5, 5]);
    assert_eq!(db.sql("select count(*) from verification_codes where expires_at > now()"), "3");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'code.issue'"), "3");
}

#[test]
fn a_code_that_nobody_has_seen_does_not_exist() {
    let db = two_users();
    let before = (db.rows(), db.audit());
    for line in [VERIFICATION, AUTHORIZATION] {
        for format in ["table", "json", "jsonl", "csv", "id"] {
            let run = || db.iamctl(line).arg("-o").arg(format);
            let unread = run().unread();
            assert_eq!(unread.code, 1, "{format}: {unread:#?}");
            assert!(unread.stderr.contains("nobody reads standard output"), "{unread:#?}");
            let full = File::options().write(true).open("/dev/full").unwrap();
            let output = run().command().stdout(full).output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{format}: {output:?}");
        }
    }
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn a_dry_run_prints_no_code_and_leaves_nothing() {
    let db = two_users();
    let before = (db.rows(), db.audit());
    let line = format!("{VERIFICATION} --dry-run --link-template https://x.org/{{code}}");
    let issued = db.iamctl(&line).json();
    assert_eq!(issued["kind"], "verification");
    for key in ["code", "url_code", "link"] {
        assert!(issued[key].is_null(), "{issued}");
    }
    assert_eq!(db.iamctl(&line).arg("-oid").ok().stdout, "");
    db.iamctl(&line).ok().says("nothing was changed");
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn list_filters_and_counts() {
    let db = two_users();
    for (line, times) in [(VERIFICATION, 3), (AUTHORIZATION, 2)] {
        for _ in 0..times {
            db.iamctl(line).ok();
        }
    }
    db.sql(
        "update verification_codes set expires_at = now()
         where code = (select min(code) from verification_codes)",
    );
    db.iamctl("code issue authorization --user carol --force --expires-in 1d").ok();
    let count = |options: &str| {
        let listed = db.iamctl(&format!("code list {options}")).json();
        let listed = listed.as_array().unwrap().len().to_string();
        assert_eq!(db.iamctl(&format!("code list --count {options}")).ok().line(), listed);
        listed
    };
    assert_eq!(count(""), "6");
    assert_eq!(count("--kind verification"), "3");
    assert_eq!(count("--kind authorization"), "3");
    assert_eq!(count("--user alice"), "2");
    assert_eq!(count("--user CAROL@example.org"), "4");
    assert_eq!(count("--user carol --kind authorization"), "1");
    assert_eq!(count("--status expired"), "1");
    assert_eq!(count("--status live"), "5");
    assert_eq!(count("--status live --user carol --kind verification"), "2");
    assert_eq!(count("--status expired --kind authorization"), "0");
    assert_eq!(db.iamctl("code list --count").json()["count"], 6);
    db.iamctl("code list --user nobody").fails(3).says("nobody");
    db.iamctl("code list --kind login").fails(2).says("authorization");
    db.iamctl("code list --status nonsense").fails(2).says("expired");

    let codes = db.sql(
        "select trim(code, '=') from verification_codes
         union all select trim(code, '=') from authorization_codes",
    );
    for format in ["table", "json", "jsonl", "csv", "id"] {
        let listed = db.iamctl("code list -o").arg(format).ok();
        assert!(codes.lines().all(|code| !listed.stdout.contains(code)), "{listed:?}");
    }
    let list = db.iamctl("code list").json();
    for code in list.as_array().unwrap() {
        assert!(code.get("code").is_none(), "ids, never codes: {code}");
        assert_eq!(code["id"].as_str().unwrap().len(), 12);
    }
}

#[test]
fn list_pages_over_both_kinds_the_newest_first() {
    let db = two_users();
    // Three instants over both tables; the ids begin with every character that matters.
    for (number, start) in (0..).zip(["+h", "/", "a+", "++", "z", "0", "+V", "+/", "/+"]) {
        let (table, user) = match number % 2 {
            0 => ("verification_codes", "carol"),
            _ => ("authorization_codes", "alice"),
        };
        db.sql(&format!(
            "insert into {table}
             select id, '2020-01-01'::timestamptz + '{} s'::interval, now(), rpad('{start}', 43, 'A') || '='
             from users where username = '{user}'",
            number / 4
        ));
    }
    let ids = |options: &str| -> Vec<String> {
        let listed = db.iamctl(&format!("code list {options} -o id")).ok();
        listed.lines().iter().map(|&id| id.to_owned()).collect()
    };
    let all = ids("");
    let expected = db.sql(
        "select translate(left(code, 12), '+/', '-_') from
         (select * from verification_codes union all select * from authorization_codes) c
         order by created_at desc, code desc",
    );
    assert_eq!(all, expected.lines().collect::<Vec<_>>(), "newest first");
    for (size, filter) in
        [(1, ""), (2, ""), (4, ""), (2, "--kind verification"), (2, "--user alice")]
    {
        let mut paged = Vec::new();
        let mut after = String::new();
        for _ in 0..=all.len() {
            let page = ids(&format!("--limit {size} {filter} {after}"));
            let Some(last) = page.last() else { break };
            after = format!("--after {last}");
            paged.extend(page);
        }
        assert_eq!(paged, ids(filter), "pages of {size} {filter}");
    }
    db.iamctl("code list --limit 4").ok().says(&format!("--after {}", all[3]));
    db.iamctl("code list --after AAAAAAAAAAAA").fails(3);
}

#[test]
fn rows_of_other_programs_are_listed() {
    let db = two_users();
    db.sql(
        "insert into verification_codes
         select id, now(), now() + '1h'::interval, 'a malformed ' || username from users",
    );
    let list = db.iamctl("code list").json();
    assert!(list.as_array().unwrap().iter().all(|code| code["id"].is_null()), "{list}");
    for format in ["table", "jsonl", "csv", "id"] {
        assert!(!db.iamctl("code list -o").arg(format).ok().stdout.contains("malformed"));
    }
}
