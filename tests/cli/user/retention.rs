//! `iamctl user erase --deleted-for`, for cron.

use serde_json::json;

use super::{Holder, shared};
use crate::support::Db;

/// alice was deleted 91 days ago, bob 89 days ago, carol is not deleted. Another program marked
/// dave as deleted without a time.
fn deleted_at_times() -> Db {
    let db = Db::new();
    for (name, deleted) in [
        ("alice", "deleted = true, deleted_at = now() - '91d'::interval"),
        ("bob", "deleted = true, deleted_at = now() - '89d'::interval"),
        ("carol", "created_at = '2001-01-01'"),
        ("dave", "deleted = true, created_at = '2001-01-01'"),
    ] {
        Holder::new(&db, name);
        db.sql(&format!("update users set {deleted} where username = '{name}'"));
    }
    db
}

fn usernames(db: &Db) -> String {
    db.sql("select string_agg(username, ' ' order by username) from users")
}

#[test]
fn users_deleted_for_longer_are_erased() {
    let db = deleted_at_times();
    let id = db.sql("select id from users where username = 'alice'");
    let owner = db.sql(&format!("select owner_id from api_token_owners where user_id = '{id}'"));
    let before = db.state();
    let erased = db.iamctl("user erase --deleted-for 90d --yes --reason retention").json();
    assert_eq!(erased.as_array().unwrap().len(), 1);
    assert_eq!((&erased[0]["id"], &erased[0]["changed"]), (&json!(id), &json!(true)));
    assert_eq!(
        db.changes(&before, &[&id, &owner]),
        [
            "-api_token_owners",
            "-api_tokens",
            "-authorization_codes",
            "-refresh_tokens",
            "-users",
            "-verification_codes"
        ],
    );
    assert_eq!(db.audited(&before), [format!("user.erase|{id}|retention")]);

    let before = db.state();
    let again = db.iamctl("user erase --deleted-for 90d --yes").json();
    assert_eq!(again, json!([]), "a repeated run succeeds");
    assert_eq!(db.state(), before);
}

#[test]
fn deleted_for_accepts_a_time_or_a_duration() {
    let db = deleted_at_times();
    db.iamctl("user erase --deleted-for 90d --dry-run").ok().says("--deleted-for 90d is ");
    assert_eq!(db.iamctl("user erase --deleted-for 2020-01-01 --yes").json(), json!([]));
    let between =
        db.sql("select to_char((now() at time zone 'utc') - '90d'::interval, 'YYYY-MM-DD')");
    db.iamctl(&format!("user erase --deleted-for {between} --yes")).ok();
    assert_eq!(usernames(&db), "bob carol dave");
    db.iamctl("user erase --deleted-for 0s --yes").ok();
    assert_eq!(usernames(&db), "carol dave");
}

#[test]
fn owners_shared_with_other_users_are_kept() {
    let db = deleted_at_times();
    shared(&db, &["alice", "bob"], "both");
    shared(&db, &["alice", "carol"], "team");
    db.iamctl("user erase --deleted-for 90d --yes").ok();
    let tokens = || db.sql("select string_agg(name, ' ' order by name) from api_tokens");
    assert_eq!(tokens(), "bob-own both carol-own dave-own team");
    db.iamctl("user erase --deleted-for 30d --yes").ok();
    assert_eq!(
        tokens(),
        "carol-own dave-own team",
        "the last user of the owner of `both` is erased"
    );
}

#[test]
fn erase_asks_first_unless_there_is_nothing_to_erase() {
    let db = deleted_at_times();
    db.refuses(2, "user erase --deleted-for 90d", "--yes");
    db.iamctl("user erase --deleted-for 95d").ok();
    let before = db.state();
    let words = ["1 deleted user for good", "for good", "`postgres`"];
    assert_eq!(db.answer("user erase --deleted-for 90d", &words, "n"), 5);
    assert_eq!(db.state(), before);
    assert_eq!(db.answer("user erase --deleted-for 90d", &words, "y"), 0);
    assert_eq!(usernames(&db), "bob carol dave");
}

#[test]
fn a_dry_run_shows_all_users_to_erase() {
    let db = deleted_at_times();
    let shown = db.dry_run("user erase --deleted-for 30d");
    let mut names: Vec<_> =
        shown.as_array().unwrap().iter().map(|user| user["username"].as_str().unwrap()).collect();
    names.sort_unstable();
    assert_eq!(names, ["alice", "bob"]);
}

#[test]
fn erase_works_in_several_batches() {
    let db = deleted_at_times();
    // All users have the same creation time, so that a batch ends between users of one time.
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email, deleted, deleted_at)
         select gen_random_uuid(), '2010-01-01', 'user' || n, n::text::bytea, n || '@x.org',
                n <= 1200, '2011-01-01'
         from generate_series(1, 1210) n",
    );
    let line = "user erase --deleted-for 90d -o id";
    let dry = db.iamctl(&format!("{line} --dry-run")).ok();
    assert_eq!(dry.lines().len(), 1201);
    let erased = db.iamctl(&format!("{line} --yes")).ok();
    assert_eq!(erased.lines().len(), 1201);
    let mut ids = erased.lines();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 1201, "each user is listed once");
    assert_eq!(
        db.sql("select count(*) from users"),
        "13",
        "bob, carol, dave and 10 users who are not deleted"
    );
    let logged = "select count(distinct target) from admin_audit_log where action = 'user.erase'";
    assert_eq!(db.sql(logged), "1201");
}

#[test]
fn a_failure_reports_the_users_erased_before_it() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email, deleted, deleted_at)
         select gen_random_uuid(), '2010-01-01'::timestamptz + n * interval '1s', 'user' || n,
                n::text::bytea, n || '@x.org', true, '2011-01-01'
         from generate_series(1, 700) n",
    );
    let last = db.sql("select id from users where username = 'user700'");
    db.sql(&format!(
        "alter table admin_audit_log add constraint no check (target is distinct from '{last}')"
    ));
    let failed = db.iamctl("user erase --deleted-for 90d --yes -o id").ends_with(7);
    let failed = failed.says("users is committed");
    let left = db.sql("select count(*) from users").parse::<usize>().unwrap();
    assert!((1..700).contains(&left), "{left}");
    assert_eq!(failed.lines().len(), 700 - left, "the erased users are printed");
    assert!(failed.stderr.contains(&(700 - left).to_string()), "{}", failed.stderr);
    let logged = "select count(*) from admin_audit_log where action = 'user.erase'";
    assert_eq!(db.sql(logged), (700 - left).to_string());
}

/// The reader of standard output pauses, so that the command waits for it after its first batch.
#[test]
fn a_signal_while_a_batch_is_printed_reports_that_batch_too() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email, deleted, deleted_at)
         select gen_random_uuid(), now(), 'user' || n, n::text::bytea, n || '@x.org', true, '2011-01-01'
         from generate_series(1, 1200) n",
    );
    let run = db.iamctl("user erase --deleted-for 90d --yes -o jsonl").start();
    db.wait_until("(select count(*) = 700 from users)");
    // The command is behind its COMMIT, where it prints.
    std::thread::sleep(std::time::Duration::from_millis(500));
    for _ in 0..2 {
        run.signal(nix::sys::signal::Signal::SIGTERM);
        std::thread::sleep(std::time::Duration::from_millis(300));
    }
    run.ends_with(143).says("the erasure of 500 users is committed");
    assert_eq!(db.sql("select count(*) from users"), "700");
}

#[test]
fn erase_continues_without_a_reader() {
    let db = deleted_at_times();
    let ended = db.iamctl("user erase --deleted-for 30d --yes -o jsonl").unread();
    assert_eq!(ended.code, 0, "no error if the reader goes away: {ended:?}");
    assert_eq!(usernames(&db), "carol dave");
}

#[test]
fn bad_input_changes_nothing() {
    let db = deleted_at_times();
    for (line, says) in [
        ("user erase --yes", "--deleted-for"),
        ("user erase alice --deleted-for 90d --yes", "--deleted-for"),
        ("user erase --deleted-for 90d --force --yes", "--force"),
        ("user erase --deleted-for -1 --yes", "90s 30m 12h"),
        ("user erase --deleted-for 99999y --yes", "--deleted-for"),
        ("user erase --deleted-for yesterday --yes", "90s 30m 12h"),
        ("user erase --deleted-for", "--deleted-for"),
    ] {
        db.refuses(2, line, says);
    }
}

/// A table of others refers to two of them.
#[test]
fn a_user_to_whom_others_refer_is_left_and_named_and_the_others_go() {
    let db = Db::new();
    db.deleted_users(1200);
    db.sql(
        "create table orders (user_id uuid constraint of_orders references users);
         insert into orders select id from users where username in ('u7', 'u900')",
    );
    let ids = db.sql("select user_id from orders");
    let erase = |options: &str| {
        let erased = db.iamctl(&format!("user erase --deleted-for 1y --yes -o id {options}")).run();
        assert_eq!(erased.code, 9, "{erased:#?}");
        for named in ids.lines().chain(["of_orders", "2 deleted users left"]) {
            assert!(erased.stderr.contains(named), "{named}: {:?}", erased.stderr);
        }
        (erased.lines().len(), erased.stderr)
    };
    let before = db.state();
    let (shown, stderr) = erase("--dry-run");
    assert_eq!((shown, stderr.contains("committed")), (1198, false), "{stderr}");
    assert_eq!(db.state(), before);

    let (shown, stderr) = erase("");
    assert_eq!(shown, 1198);
    assert!(stderr.contains("the erasure of 1198 users is committed"), "{stderr}");
    assert_eq!(db.sql("select string_agg(username, ' ' order by username) from users"), "u7 u900");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'user.erase'"), "1198");
    assert_eq!(erase("").0, 0);
    db.sql("drop table orders");
    db.iamctl("user erase --deleted-for 1y --yes").ok();
    assert_eq!(db.sql("select count(*) from users"), "0");
}

/// An error of a trigger, and a foreign key that others added to `users` itself.
#[test]
fn a_user_whom_the_database_refuses_to_erase_is_left_and_named_and_the_others_go() {
    for (refuse, code, says) in [
        (
            "create function hold() returns trigger language plpgsql as
             $$begin if old.username = 'u7' then raise exception 'under audit'; end if; return old; end$$;
             create trigger hold before delete on users for each row execute function hold()",
            1,
            "under audit",
        ),
        (
            "alter table users add invited_by uuid constraint of_invitations references users;
             update users set invited_by = (select id from users where username = 'u7')
             where username = 'alice'",
            4,
            "of_invitations",
        ),
    ] {
        let db = Db::new();
        db.user("alice");
        db.deleted_users(100);
        db.sql(refuse);
        let id = db.sql("select id from users where username = 'u7'");
        let erased = db.iamctl("user erase --deleted-for 1y --yes -o id").ends_with(9);
        let erased = erased.says(says).says(&id).says("1 deleted user left");
        assert_eq!(erased.lines().len(), 99);
        assert_eq!(usernames(&db), "alice u7");
        db.iamctl("user erase u7 --yes").fails(code).says(says);
    }
}

/// A hold of others keeps the same users on every run, who are the oldest by then.
#[test]
fn many_users_whom_a_trigger_keeps_do_not_hold_up_those_behind_them() {
    let db = Db::new();
    db.deleted_users(320);
    db.sql(
        "create function hold() returns trigger language plpgsql as
         $$begin if substr(old.username, 2)::int <= 310 then
               raise exception 'unpaid'; end if; return old; end$$;
         create trigger hold before delete on users for each row execute function hold()",
    );
    let dry = db.iamctl("user erase --deleted-for 1y --dry-run -o id").ends_with(9);
    assert_eq!(dry.says("unpaid").lines().len(), 10);
    let erased = db.iamctl("user erase --deleted-for 1y --yes -o id").ends_with(9);
    let erased = erased.says("unpaid").says("310 deleted users left").says("and 300 others");
    assert_eq!(erased.lines().len(), 10);
    assert_eq!(db.sql("select count(*) from users"), "310");
}

#[test]
fn a_dry_run_that_fails_in_the_middle_says_nothing_of_a_commit() {
    let db = Db::new();
    db.deleted_users(4);
    db.sql(
        "create table orders (user_id uuid references users);
         insert into orders select id from users where username = 'u1';
         create table gate (id int);
         insert into gate values (1);
         create function wait() returns trigger language plpgsql as
         $$begin perform from gate for update; return null; end$$;
         create trigger wait after delete on users
         for each row when (old.username = 'u4') execute function wait()",
    );
    let _holder = db.session("begin; select from gate for update");
    let erase = |option: &str| {
        let line = format!("user erase --deleted-for 1y {option} --lock-timeout 300ms");
        db.iamctl(&line).ends_with(10).stderr.contains("committed")
    };
    assert!(!erase("--dry-run"));
    assert_eq!(usernames(&db), "u1 u2 u3 u4");
    assert!(erase("--yes"));
}
