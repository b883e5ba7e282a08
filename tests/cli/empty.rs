//! A list without rows, and a check without findings, say so on standard error.

use serde_json::json;

use crate::support::Db;

const LISTS: [(&str, &str); 6] = [
    ("user list", "no users\n"),
    ("session list", "no sessions\n"),
    ("token list", "no tokens\n"),
    ("code list", "no codes\n"),
    ("owner list", "no owners\n"),
    ("audit list --action user", "no audit entries\n"),
];

#[test]
fn an_empty_list_says_so_in_every_format() {
    let db = Db::new();
    for (list, notice) in LISTS {
        let table = db.iamctl(list).ok();
        assert_eq!((table.lines().len(), table.stderr.as_str()), (1, notice), "{list}");
        for (format, printed) in [("json", "[]\n"), ("jsonl", ""), ("id", "")] {
            let empty = db.iamctl(list).arg("-o").arg(format).ok();
            assert_eq!((empty.stdout.as_str(), empty.stderr.as_str()), (printed, notice), "{list}");
        }
        let csv = db.iamctl(list).arg("-o").arg("csv").ok();
        assert_eq!((csv.lines().len(), csv.stderr.as_str()), (1, notice), "{list}");
        assert_eq!(db.iamctl(list).arg("-q").ok().stderr, "", "{list}");
        assert_eq!(db.iamctl(list).arg("--count").ok().stderr, "", "{list}: the count says it");
    }
}

#[test]
fn a_list_with_rows_says_nothing() {
    let db = Db::new();
    let alice = db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    db.iamctl("code issue authorization --user alice").ok();
    db.sql(&format!(
        "insert into refresh_tokens values ('{alice}', now(), now() + '1 day', lpad('=', 44, 's'))"
    ));
    for (list, _) in LISTS {
        for format in ["table", "json", "jsonl", "csv", "id"] {
            assert_eq!(db.iamctl(list).arg("-o").arg(format).ok().stderr, "", "{list} {format}");
        }
    }
}

#[test]
fn an_empty_list_of_users_counts_deleted_users_who_match() {
    let db = Db::new();
    db.user("zoe");
    db.user("zora");
    let search = |text: &str| db.iamctl("user list --search").arg(text);
    db.iamctl("user delete zoe --yes").ok();
    search("zoe").ok().says("no users\n1 deleted user matches; --status any ");
    db.iamctl("user delete zora --yes").ok();
    search("zo").ok().says("2 deleted users match; --status any ");
    db.iamctl("user list").ok().says("2 deleted users match; --status any ");
    // Not where there are none, where the operator has chosen a state, for programs, and with -q.
    assert_eq!(search("bob").ok().stderr, "no users\n");
    assert_eq!(search("zoe").arg("--status").arg("blocked").ok().stderr, "no users\n");
    assert_eq!(search("zoe").arg("--status").arg("any").ok().lines().len(), 2);
    assert_eq!(search("zoe").arg("-o").arg("json").ok().stderr, "no users\n");
    assert_eq!(search("zoe").arg("-q").ok().stderr, "");
}

#[test]
fn a_check_without_findings_says_so() {
    let db = Db::new();
    let check = || db.iamctl("db check");
    assert_eq!(check().ok().stderr, "no problems found\n");
    let json = check().arg("-o").arg("json").ok();
    assert_eq!((json.json(), json.stderr.as_str()), (json!([]), "no problems found\n"));
    assert_eq!(check().arg("-q").ok().stderr, "");
    db.sql("create table notes (user_id uuid references users)");
    let warned = check().ok();
    assert!(!warned.stderr.contains("no problems"), "{warned:?}");
    db.sql("drop table notes; alter table users drop constraint users_unique_email");
    let failed = check().ends_with(5);
    assert!(!failed.stderr.contains("no problems"), "{failed:?}");
}
