//! `iamctl audit list`: filters and pages.

use super::{count, ids, newest};
use crate::support::Db;

#[test]
fn list_filters_by_action_actor_target_and_time() {
    let db = Db::new();
    let alice = db.user("alice");
    let bob = db.user("bob");
    db.iamctl("user block alice --yes").ok();
    let token = db.iamctl("token issue --user bob --name ci").json();
    let since = db.sql(
        "select to_char(clock_timestamp() at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')",
    );
    db.iamctl("user unblock alice").ok();
    db.iamctl("token revoke --user bob --name ci --yes").ok();

    assert_eq!(count(&db, "--action user"), 4);
    assert_eq!(count(&db, "--action user.create"), 2);
    assert_eq!(count(&db, "--action token"), 2);
    assert_eq!(count(&db, "--action db"), 5);
    for unknown in ["use", "user.", "user.bl", "create", "nonsense", "%", "user%", "u_er"] {
        let line = format!("audit list --action {unknown}");
        db.iamctl(&line).fails(2).says("choose a noun, such as `user`, or one of code.issue, ");
    }
    assert_eq!(count(&db, "--action owner.add"), 0);
    assert_eq!(count(&db, &format!("--target {alice}")), 3);
    assert_eq!(count(&db, &format!("--target {bob}")), 1);
    assert_eq!(count(&db, &format!("--target={}", token["id"].as_str().unwrap())), 2);
    assert_eq!(count(&db, "--target alice"), 3);
    assert_eq!(count(&db, "--target Alice"), 3);
    assert_eq!(count(&db, "--target bob@example.org"), 1);
    assert_eq!(count(&db, &format!("--target id:{alice}")), 3);
    db.iamctl("audit list --target nobody").fails(3).says("no user matches `nobody`");
    db.iamctl("audit list --target alcie").fails(3).says("did you mean `alice`?");
    assert_eq!(count(&db, &format!("--since {since}")), 2);
    assert_eq!(count(&db, "--since 1h"), count(&db, ""));
    assert_eq!(count(&db, "--since 2999-01-01"), 0);
    assert_eq!(count(&db, &format!("--since {since} --action user --target {alice}")), 1);
    db.iamctl("audit list --since 1h").ok().says("--since 1h is ");
    for bad in ["-1", "99999y", "yesterday"] {
        db.iamctl("audit list --since").arg(bad).fails(2).says("90s 30m 12h");
    }
    assert_eq!(db.iamctl("audit list --count").json()["count"], 11);
}

#[test]
fn a_target_that_begins_with_a_hyphen_is_found() {
    let db = Db::new();
    let alice = db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    db.sql(&format!("update api_tokens set token = '+h' || substr('{:A<43}.', 3)", ""));
    db.iamctl("token revoke --user alice --name ci --yes").ok();
    assert_eq!(newest(&db)["target"], "-hAAAAAAAAAA", "{alice}");
    assert_eq!(count(&db, "--target=-hAAAAAAAAAA"), 1);
    assert_eq!(count(&db, "--target -hAAAAAAAAAA"), 1);
}

#[test]
fn list_pages_with_after() {
    let db = Db::new();
    for number in 0..6 {
        db.user(&format!("user{number}"));
    }
    db.iamctl("user block user3 --yes").ok();
    let all = ids(&db, "");
    assert_eq!(all.len(), 12);
    for filter in ["", "--action user.create"] {
        for size in [1, 3] {
            let mut paged = Vec::new();
            let mut after = String::new();
            for _ in 0..=all.len() {
                let page = ids(&db, &format!("--limit {size} {filter} {after}"));
                let Some(last) = page.last() else { break };
                after = format!("--after {last}");
                paged.extend(page);
            }
            assert_eq!(paged, ids(&db, filter), "pages of {size} {filter}");
        }
    }
    db.iamctl("audit list --limit 3").ok().says(&format!("--after {}", all[2]));
    assert_eq!(count(&db, &format!("--after {}", all[2])), 9);
    db.iamctl("audit list --after nonsense").fails(2);
}

#[test]
fn since_is_inclusive_and_until_is_exclusive() {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
    }
    // Times are exact to the microsecond: the entry with this time matches `--since`, not
    // `--until`.
    let at = db.iamctl("audit list --action user").json()[1]["at"].as_str().unwrap().to_owned();
    assert_eq!(count(&db, &format!("--action user --since {at}")), 2);
    assert_eq!(count(&db, &format!("--action user --until {at}")), 1);
    assert_eq!(count(&db, &format!("--since {at} --until {at}")), 0);
    assert_eq!(count(&db, "--until 1h"), 0, "no entry is older than an hour");
    assert_eq!(count(&db, "--until 2000-01-01"), 0);
    assert_eq!(count(&db, "--until 2999-01-01"), 8);
    assert_eq!(count(&db, "--since 1h --until 2999-01-01 --action user.create"), 3);
    db.iamctl("audit list --until 1h").ok().says("--until 1h is ");
    for bad in ["-1", "99999y", "yesterday", ""] {
        db.iamctl("audit list --until").arg(bad).fails(2);
    }
}

#[test]
fn filters_combine_and_apply_to_every_page() {
    let db = Db::new();
    let alice = db.user("alice");
    db.user("bob");
    for _ in 0..3 {
        for verb in ["block", "unblock"] {
            db.iamctl(&format!("user {verb} alice bob --yes")).ok();
        }
    }
    let as_sudo = |line: &str| db.iamctl(line).env("SUDO_UID", "54321");
    for verb in ["unverify-email", "verify-email", "unverify-email"] {
        as_sudo(&format!("user {verb} alice bob")).ok();
    }
    for (filter, expected) in [
        (format!("--target {alice}"), 10),
        (format!("--target {alice} --action user.block"), 3),
        (format!("--target {alice} --actor 54321"), 3),
        ("--actor 54321 --action user.verify-email".to_owned(), 2),
        ("--actor 54321 --action user.block".to_owned(), 0),
        (format!("--target {alice} --actor 54321 --action user --since 1h"), 3),
    ] {
        let all = ids(&db, &filter);
        assert_eq!(all.len(), expected, "{filter}");
        let mut paged = Vec::new();
        let mut after = String::new();
        for _ in 0..=all.len() {
            let page = ids(&db, &format!("{filter} --limit 2 {after}"));
            let Some(last) = page.last() else { break };
            after = format!("--after {last}");
            paged.extend(page);
        }
        assert_eq!(paged, all, "{filter}");
    }
    for empty in ["--actor", "--action", "--target"] {
        db.iamctl("audit list").arg(empty).arg("").fails(2);
    }
}

#[test]
fn new_entries_do_not_change_the_next_page() {
    let db = Db::new();
    for name in ["alice", "bob", "carol", "dave"] {
        db.user(name);
    }
    let all = ids(&db, "");
    let first = ids(&db, "--limit 2");
    db.iamctl("user block alice --yes").ok();
    let rest = ids(&db, &format!("--after {}", first[1]));
    assert_eq!([first, rest].concat(), all, "a new entry does not move the others");
    assert_eq!(ids(&db, "--after 1"), [0; 0]);
    assert_eq!(ids(&db, "--after 999999").len(), all.len() + 1);
}

#[test]
fn only_a_table_is_limited_to_100_entries() {
    let db = Db::new();
    let alice = db.user("alice");
    db.sql(
        "insert into admin_audit_log (actor, host, action, details, program_version)
         select 'somebody', 'here', 'x.y', '{}', '0' from generate_series(1, 150)",
    );
    let entries = db.in_every_format("audit list");
    let entries = entries.as_array().unwrap();
    assert_eq!(entries.len(), 156);
    let of_alice: Vec<_> =
        entries.iter().filter(|entry| entry["target"] == alice.as_str()).collect();
    assert_eq!(of_alice.len(), 1);
    assert_eq!(of_alice[0]["username"], "alice");
    let table =
        db.iamctl("audit list --no-headers").ok().says("printed 100 rows, and there are more");
    assert_eq!(table.lines().iter().filter(|line| line.contains("somebody")).count(), 100);
    let reader_gone = db.iamctl("audit list -o jsonl").unread();
    assert_eq!((reader_gone.code, reader_gone.stderr.as_str()), (0, ""));
}

/// PostgreSQL accepts JSON that JSON libraries do not read, from every role that may write the log.
#[test]
fn details_of_any_kind_are_listed_as_they_are() {
    let db = Db::new();
    let deep = format!("{}1{}", "[".repeat(3000), "]".repeat(3000));
    let long = "x".repeat(2_000_000);
    for details in [
        r#"'{"n": 1e400}'"#,
        r#"'{"n": 1.00}'"#,
        "(repeat('[', 3000) || '1' || repeat(']', 3000))::jsonb",
        "jsonb_build_object('x', repeat('x', 2000000))",
    ] {
        db.sql(&format!(
            "insert into admin_audit_log (actor, host, action, details, program_version, target)
             values ('a', 'h', 'owner.add', {details}, '0', repeat('t', 100))"
        ));
    }
    for format in ["table", "json", "jsonl", "csv", "id"] {
        let listed = db.iamctl("audit list --action owner -o").arg(format).ok();
        if ["json", "jsonl"].contains(&format) {
            assert!(listed.stdout.contains(&format!("\"n\": 1{}", "0".repeat(400))), "{format}");
            assert!(listed.stdout.contains("1.00") && listed.stdout.contains(&deep), "{format}");
            assert!(listed.stdout.contains(&long), "{format} is complete");
        }
        if format == "table" {
            assert!(listed.stdout.len() < 100_000 && listed.stdout.contains('…'));
        }
    }
}

/// An id of a token may look like a name.
#[test]
fn a_target_that_may_be_an_id_or_a_name_is_looked_for_as_both() {
    let db = Db::new();
    let id = db.user("bartholomew-k");
    assert_eq!(count(&db, "--target bartholomew-k"), 1);
    let empty = db.iamctl("audit list --target bartholomew-x").ok();
    assert_eq!(empty.lines().len(), 1);
    empty.says("no audit entries\nno user matches `bartholomew-x`");
    db.iamctl("user delete bartholomew-k --yes").ok();
    assert_eq!(count(&db, "--target bartholomew-k"), 2, "a deleted user has a name");
    db.iamctl("user erase bartholomew-k --yes").ok();
    assert_eq!(count(&db, &format!("--target {id}")), 3, "an erased one has an id");
}

#[test]
fn rows_of_sessions_and_handed_over_tokens_carry_the_user() {
    let db = Db::new();
    let dora = db.user("dora");
    db.user("eve");
    db.iamctl("token issue --user dora --name ci").ok();
    db.sql(&format!(
        "insert into refresh_tokens values ('{dora}', now(), now() + '1 day', lpad('=', 44, 's'))"
    ));
    let session = db.iamctl("session list -o id").ok().line();
    db.iamctl(&format!("session revoke {session} --yes")).ok();
    db.iamctl("user offboard dora --hand-over-to eve --yes").ok();
    let about_dora = |action: &str| {
        let rows = db.iamctl(&format!("audit list --action {action}")).json();
        let rows = rows.as_array().unwrap().clone();
        rows.iter().all(|row| row["username"] == "dora").then_some(rows.len())
    };
    assert_eq!(about_dora("session.revoke"), Some(1));
    assert_eq!(about_dora("user.offboard"), Some(2), "the user, and the token");
}

#[test]
fn details_are_one_line_of_pairs_in_a_table_alone() {
    let db = Db::new();
    db.user("alice");
    let details = |format: &str| {
        db.iamctl("audit list --action user --columns details --no-headers -o").arg(format).ok()
    };
    assert_eq!(details("table").stdout, "verified=true\n");
    assert_eq!(details("csv").stdout, "\"{\"\"verified\"\": true}\"\n");
    assert_eq!(details("jsonl").json()["details"]["verified"], true);
}

/// Each action that the source writes into the log.
#[test]
fn every_action_that_is_written_can_be_asked_for() {
    fn visit(directory: &std::path::Path, actions: &mut std::collections::BTreeSet<String>) {
        for entry in std::fs::read_dir(directory).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                visit(&path, actions);
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            for before in ["audit(\"", "action: \"", "purging::run(\"", "purging::purge(\""] {
                let found = text.split(before).skip(1).filter_map(|rest| rest.split('"').next());
                actions.extend(found.map(str::to_owned));
            }
        }
    }
    let mut actions = std::collections::BTreeSet::new();
    visit(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/commands"), &mut actions);
    assert_eq!(actions.len(), 32, "{actions:?}");
    let db = Db::new();
    for action in actions {
        db.iamctl(&format!("audit list --count --action {action}")).ok();
    }
}
