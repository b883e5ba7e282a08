//! `iamctl code list`.

use std::collections::HashSet;

use super::{AUTHORIZATION, VERIFICATION, two_users};
use crate::support::Db;

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
        assert!(code.get("code").is_none(), "the list has ids, not codes: {code}");
        assert_eq!(code["id"].as_str().unwrap().len(), 12);
    }
}

#[test]
fn list_pages_both_kinds_newest_first() {
    let db = two_users();
    // Codes in both tables with three creation times. Ids begin with each character that affects
    // the order.
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
         (select 1 as kind, * from verification_codes
          union all select 2, * from authorization_codes) c
         order by created_at desc, kind, code desc",
    );
    assert_eq!(
        all,
        expected.lines().collect::<Vec<_>>(),
        "newest first, and by kind if the time is the same"
    );
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

/// `a` comes before `B` in an English dictionary, and after it in byte order.
#[test]
fn codes_with_the_same_time_are_listed_once_in_any_collation() {
    let db = Db::english_order();
    db.user("alice");
    for table in ["verification_codes", "authorization_codes"] {
        db.sql(&format!(
            "insert into {table}
             select id, '2026-01-01', now() + interval '1 day',
                    left(encode(sha256(('{table}' || n)::bytea), 'base64'), 43) || '='
             from users, generate_series(1, 1500) n"
        ));
    }
    let listed = db.iamctl("code list -o id").ok();
    let in_order = listed.lines();
    let distinct: HashSet<_> = in_order.iter().collect();
    assert_eq!((in_order.len(), distinct.len()), (3000, 3000));
    let mut paged = Vec::new();
    let mut after = String::new();
    loop {
        let page = db.iamctl(&format!("code list -o id --limit 700 {after}")).ok();
        let Some(last) = page.lines().last().map(|id| (*id).to_owned()) else { break };
        paged.extend(page.lines().into_iter().map(str::to_owned));
        after = format!("--after={last}");
    }
    assert_eq!(paged, in_order);
}

#[test]
fn a_code_with_the_latest_possible_time_is_listed_once() {
    let db = two_users();
    db.sql(
        "insert into verification_codes
         select id, timestamptz '294276-12-31' - n % 3 * interval '1 day', now(),
                left(encode(sha256(n::text::bytea), 'base64'), 43) || '='
         from users, generate_series(1, 2100) n where username = 'alice'",
    );
    let listed = db.iamctl("code list -o id").ok();
    let distinct: HashSet<_> = listed.lines().into_iter().collect();
    assert_eq!((listed.lines().len(), distinct.len()), (2100, 2100));
    let after = format!("code list -o id --limit 2 --after={}", listed.lines()[0]);
    assert_eq!(db.iamctl(&after).ok().lines(), listed.lines()[1..3]);
}
