//! `iamctl code issue`.

use std::fs::File;

use super::{AUTHORIZATION, VERIFICATION, two_users};
use crate::support::running::at_once;

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
        assert_eq!(issued["url_code"], url.as_str(), "encoded again in URL-safe base64");
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
fn output_id_prints_only_the_code_and_codes_differ() {
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
fn a_code_has_the_lifetime_of_the_services_codes() {
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
fn a_code_that_the_service_would_refuse_needs_force() {
    let db = two_users();
    for name in ["blocked", "deleted"] {
        db.user(name);
        let create = format!("user create {name}-new --email {name}-new@example.org");
        db.iamctl(&create).ok();
    }
    db.iamctl("user block blocked blocked-new --yes").ok();
    db.iamctl("user delete deleted deleted-new --yes").ok();
    let cases = [
        (
            "authorization --user blocked",
            "the account is blocked. Run `iamctl user unblock blocked`",
        ),
        (
            "verification --user blocked-new",
            "blocked. Run `iamctl user unblock blocked-new`, or pass",
        ),
        (
            "authorization --user deleted",
            "the account is deleted. Run `iamctl user restore deleted`",
        ),
        (
            "verification --user deleted-new",
            "deleted. Run `iamctl user restore deleted-new`, or pass",
        ),
        ("verification --user alice", "`alice` is verified already: no code is needed"),
        (
            "authorization --user carol",
            "email is not verified. Run `iamctl user verify-email carol`",
        ),
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
    // These do not count: expired codes, codes of the other kind, codes of another user.
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
fn eight_concurrent_issues_make_three_live_codes() {
    let db = two_users();
    let mut codes: Vec<_> =
        at_once((0..8).map(|_| db.iamctl(VERIFICATION))).iter().map(|one| one.code).collect();
    codes.sort_unstable();
    assert_eq!(codes, [0, 0, 0, 5, 5, 5, 5, 5]);
    assert_eq!(db.sql("select count(*) from verification_codes where expires_at > now()"), "3");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'code.issue'"), "3");
}

#[test]
fn a_code_that_cannot_be_printed_is_not_issued() {
    let db = two_users();
    let before = (db.rows(), db.audit());
    for line in [VERIFICATION, AUTHORIZATION] {
        for format in ["table", "json", "jsonl", "csv", "id"] {
            let run = || db.iamctl(line).arg("-o").arg(format);
            let unread = run().unread();
            assert_eq!(unread.code, 1, "{format}: {unread:#?}");
            assert!(unread.stderr.contains("standard output has no reader"), "{unread:#?}");
            let full = File::options().write(true).open("/dev/full").unwrap();
            let output = run().command().stdout(full).output().unwrap();
            assert_eq!(output.status.code(), Some(1), "{format}: {output:?}");
        }
    }
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn a_dry_run_prints_no_code_and_stores_none() {
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
