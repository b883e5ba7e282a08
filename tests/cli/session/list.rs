//! `iamctl session list`: states, filters, pages.

use super::{ZONES, every_state, letters, set_zone};
use crate::support::Db;
use crate::support::shapes::in_five_formats;

#[test]
fn list_filters_sessions_by_status_in_any_timezone() {
    let db = every_state();
    for zone in ZONES {
        set_zone(&db, zone);
        let before = (db.rows(), db.audit());
        let list = |options: &str| {
            let list = letters(&db.iamctl(&format!("session list {options}")).json());
            let count = db.iamctl(&format!("session list --count {options}")).ok().line();
            assert_eq!(count, list.len().to_string(), "{zone}: {options}");
            list
        };
        assert_eq!(list(""), "LMRXlmrx", "{zone}");
        assert_eq!(
            list("--status live"),
            "LMlm",
            "{zone}: a session that is only marked as revoked is live"
        );
        assert_eq!(list("--status expired"), "Xx", "{zone}");
        assert_eq!(list("--status revoked"), "Rr", "{zone}");
        assert_eq!(list("--user ALICE@example.org"), "LMRX");
        assert_eq!(list("--user bob --status live"), "lm");
        for session in db.iamctl("session list --user alice").json().as_array().unwrap() {
            let status = match &session["id"].as_str().unwrap()[..1] {
                "x" => "expired",
                "r" => "revoked",
                _ => "live",
            };
            assert_eq!(session["status"], status, "{zone}");
        }
        assert_eq!((db.rows(), db.audit()), before, "session list changes nothing");
    }
}

#[test]
fn times_are_utc_in_options_and_output() {
    let db = Db::new();
    let alice = db.user("alice");
    db.sql(&format!(
        "insert into refresh_tokens values
         ('{alice}', '2020-01-31 23:59:59.5', '2020-04-30 00:00:00', rpad('s', 43, 'A') || '=', true,
          '2020-02-29 12:34:56')"
    ));
    for zone in ZONES {
        set_zone(&db, zone);
        let session = db.iamctl("session list").json()[0].clone();
        for (key, value) in [
            ("expires_at", "2020-04-30T00:00:00Z"),
            ("revoked_at", "2020-02-29T12:34:56Z"),
            ("user_id", alice.as_str()),
            ("username", "alice"),
            ("email", "alice@example.org"),
            ("id", "sAAAAAAAAAAA"),
        ] {
            assert_eq!(session[key], value, "{zone}");
        }
        let created_at = session["created_at"].as_str().unwrap();
        assert!(created_at.starts_with("2020-01-31T23:59:59"), "{zone}: {created_at}");
        assert!(created_at.ends_with('Z'), "{zone}: {created_at}");
        let count = |options: &str| db.iamctl("session list --count").arg(options).ok().line();
        for (time, after) in [
            ("2020-01-31T23:59:59Z", true),
            ("2020-01-31T23:59:59.5Z", true),
            ("2020-02-01T05:29:59+05:30", true),
            ("2020-02-01", false),
            ("2020-02-01T05:30:00+05:30", false),
        ] {
            let [expected, other] = if after { ["1", "0"] } else { ["0", "1"] };
            assert_eq!(count(&format!("--created-after={time}")), expected, "{zone}: {time}");
            assert_eq!(count(&format!("--created-before={time}")), other, "{zone}: {time}");
        }
    }
}

#[test]
fn ages_count_from_the_clock_of_the_database() {
    let db = every_state();
    for zone in ZONES {
        set_zone(&db, zone);
        let list =
            |options: &str| letters(&db.iamctl(&format!("session list {options}")).json()).len();
        assert_eq!(list("--created-after 61m"), 8, "{zone}");
        assert_eq!(list("--created-after 59m"), 0, "{zone}");
        assert_eq!(list("--created-before 59m"), 8, "{zone}");
        assert_eq!(list("--created-before 61m"), 0, "{zone}");
        assert_eq!(list("--created-after 2h --created-before 30m --user bob"), 4, "{zone}");
    }
    db.iamctl("session list --created-after 61m").ok().says("Z");
}

#[test]
fn list_pages_newest_first_in_any_timezone() {
    let db = Db::new();
    let alice = db.user("alice");
    // Three creation times. Ids begin with each character that affects the order.
    for (number, start) in (0..).zip(["+h", "/", "a+", "++", "z", "0", "+V", "+/", "/+"]) {
        db.sql(&format!(
            "insert into refresh_tokens values
             ('{alice}', '2020-01-01'::timestamp + '{} h'::interval, '2020-04-01',
              rpad('{start}', 43, 'A') || '=')",
            number / 3
        ));
    }
    let expected = db.sql(
        "select translate(left(token, 12), '+/', '-_') from refresh_tokens
         order by created_at desc, token desc",
    );
    let expected: Vec<_> = expected.lines().collect();
    for zone in ZONES {
        set_zone(&db, zone);
        let ids = |options: &str| -> Vec<String> {
            let listed = db.iamctl(&format!("session list -o id {options}")).ok();
            listed.lines().iter().map(|&id| id.to_owned()).collect()
        };
        assert_eq!(ids(""), expected);
        for size in [1, 2, 4] {
            let mut paged = Vec::new();
            let mut after = String::new();
            for _ in 0..=expected.len() {
                let page = ids(&format!("--limit {size} {after}"));
                let Some(last) = page.last() else { break };
                after = format!("--after {last}");
                paged.extend(page);
            }
            assert_eq!(paged, expected, "{zone}: pages of {size}");
        }
    }
    db.iamctl("session list --limit 4").ok().says(&format!("--after {}", expected[3]));
    db.iamctl("session list --after AAAAAAAAAAAA").fails(3);
}

#[test]
fn list_shows_ids_and_no_refresh_tokens() {
    let db = every_state();
    let tokens = db.sql("select left(token, 25) from refresh_tokens");
    for format in ["table", "json", "jsonl", "csv", "id"] {
        let listed = db.iamctl("session list -o").arg(format).ok();
        assert!(tokens.lines().all(|token| !listed.stdout.contains(token)), "{listed:?}");
    }
    let list = db.iamctl("session list").json();
    assert!(list.as_array().unwrap().iter().all(|session| session.get("token").is_none()));
    assert_eq!(in_five_formats(|| db.iamctl("session list")), 8);
    assert_eq!(in_five_formats(|| db.iamctl("session list --created-before 2020-01-01")), 0);
}

#[test]
fn rows_of_other_programs_are_listed() {
    let db = Db::new();
    let alice = db.user("alice");
    db.sql(&format!(
        "insert into refresh_tokens values ('{alice}', now(), 'infinity', 'a malformed one', true)"
    ));
    let list = db.iamctl("session list --status live").json();
    assert!(list[0]["id"].is_null() && list[0]["revoked_at"].is_null(), "{list}");
    for format in ["table", "jsonl", "csv", "id"] {
        let listed = db.iamctl("session list -o").arg(format).ok();
        assert!(!listed.stdout.contains("malformed"), "{listed:?}");
    }
    let revoked = db.iamctl("session revoke --all --user alice --yes").json();
    assert_eq!(revoked[0]["status"], "revoked", "such a session can be revoked");
    let audit = db.sql("select a from admin_audit_log a where action = 'session.revoke'");
    assert!(!audit.is_empty() && !audit.contains("malformed"), "{audit}");
}

#[test]
fn bad_input_is_refused_with_advice() {
    let db = every_state();
    for (options, code, says) in [
        ("--user nobody", 3, "nobody"),
        ("--status nonsense", 2, "revoked"),
        ("--created-after -1", 2, "90s 30m 12h"),
        ("--created-before 99999y", 2, "up to 100y"),
        ("--created-after yesterday", 2, "2027-01-31"),
        ("--after short", 2, "12 to 24 characters"),
        ("--limit -1", 2, ""),
    ] {
        db.iamctl(&format!("session list {options}")).fails(code).says(says);
    }
    let token = db.sql("select token from refresh_tokens limit 1");
    let failed = db.iamctl("session list --after").arg(&token).fails(2);
    assert!(!failed.stderr.contains(&token[..20]), "{failed:?}");
}
