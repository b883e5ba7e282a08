//! `iamctl token rotate`.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use super::{digest, insert, issue, shared_owner, stored};
use crate::support::running::at_once;
use crate::support::shapes::difference;
use crate::support::{Db, Run, directory};

/// alice and bob, each with a token `ci`. Returns alice's token.
fn two_users() -> (Db, String) {
    let db = Db::new();
    for user in ["alice", "bob"] {
        db.user(user);
    }
    issue(&db, "--user bob --name ci");
    let token = issue(&db, "--user alice --name ci");
    (db, token)
}

const ROTATE: &str = "token rotate --user alice --name ci --yes";

fn verify(db: &Db, token: &str) -> i32 {
    db.iamctl("token verify").input(token).run().code
}

/// Evaluates SQL on the row of this token.
fn row(db: &Db, token: &str, sql: &str) -> String {
    db.sql(&format!("select {sql} from api_tokens where token = '{}'", digest(db, token)))
}

fn id(db: &Db, token: &str) -> String {
    digest(db, token)[..12].replace('+', "-").replace('/', "_")
}

/// Expects this exit code, this message, and no change.
#[track_caller]
fn refused(db: &Db, run: Run, code: i32, says: &str) {
    let before = (db.rows(), db.audit());
    run.fails(code).says(says);
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn rotate_issues_a_token_of_the_same_owner_and_name_and_both_work() {
    let (db, old) = two_users();
    let before = db.rows();
    let audited = db.audit().len();
    let rotated = db.iamctl(ROTATE).arg("--reason=yearly").json();
    let new = rotated["token"].as_str().unwrap();
    assert_eq!(new.len(), 53);
    assert_eq!((verify(&db, new), verify(&db, &old)), (0, 0));
    assert_eq!(row(&db, new, "owner_id, name"), row(&db, &old, "owner_id, name"));
    assert_eq!(row(&db, new, "expires_at - created_at = '90d'::interval"), "t");
    for (key, value) in [
        ("id", id(&db, new).into()),
        ("name", "ci".into()),
        ("status", "active".into()),
        ("changed", true.into()),
        ("users", serde_json::json!(["alice"])),
    ] {
        assert_eq!(rotated[key], value, "{key}");
    }
    let (gone, added) = difference(&before, &db.rows());
    assert_eq!((gone.len(), added.len()), (1, 2), "nothing else changed: {gone:?} {added:?}");
    assert!(gone[0].contains(&digest(&db, &old)));
    let entry = format!("token.rotate|{}|yearly", id(&db, new));
    assert!(db.audit()[..db.audit().len() - audited].contains(&entry), "{:?}", db.audit());
    let details = db.sql(&format!(
        "select details->>'rotated_from', details->>'owner_id' from admin_audit_log
         where action = 'token.rotate' and target = '{}'",
        id(&db, new)
    ));
    assert_eq!(details, format!("{}|{}", id(&db, &old), row(&db, &old, "owner_id")));
}

#[test]
fn the_old_token_has_its_own_audit_row_and_rotate_prints_its_expiry() {
    let (db, old) = two_users();
    let rotated = db.iamctl(ROTATE).arg("--overlap=2h").arg("--reason=yearly").arg("-oid").ok();
    let (new, old_id) = (rotated.line(), id(&db, &old));
    assert!(db.audit()[..2].contains(&format!("token.rotate|{old_id}|yearly")));
    let details = db.sql(&format!(
        "select details->>'rotated_to', (details->>'expires_at')::timestamptz = expires_at
         from admin_audit_log, api_tokens
         where action = 'token.rotate' and target = '{old_id}' and token = '{}'",
        digest(&db, &old)
    ));
    assert_eq!(details, format!("{}|t", id(&db, &new)));
    let end = row(&db, &old, "to_char(expires_at at time zone 'utc', 'YYYY-MM-DD\"T\"HH24:MI')");
    rotated.says(&end);
}

#[test]
fn the_old_token_lives_at_most_for_the_overlap() {
    for (overlap, until) in [
        ("", "now() + '24h'::interval"),
        ("--overlap 30m", "now() + '30m'::interval"),
        ("--overlap 2w", "now() + '14d'::interval"),
        ("--overlap 2999-01-31", "created_at + '90d'::interval"),
        ("--overlap 100y", "created_at + '90d'::interval"),
    ] {
        let (db, old) = two_users();
        db.iamctl(&format!("{ROTATE} {overlap}")).ok();
        let near =
            format!("expires_at between {until} - '1m'::interval and {until}, revoked, blocked");
        assert_eq!(row(&db, &old, &near), "t|f|f", "{overlap}");
    }
    // No overlap.
    for overlap in ["0s", "2020-01-01"] {
        let (db, old) = two_users();
        let new = db.iamctl(&format!("{ROTATE} -oid --overlap {overlap}")).ok().line();
        assert_eq!((verify(&db, &new), verify(&db, &old)), (0, 5), "{overlap}");
    }
}

#[test]
fn the_old_token_never_expires_in_the_past() {
    let (db, old) = two_users();
    db.iamctl(ROTATE).arg("--overlap=2020-01-01").ok();
    assert_eq!(row(&db, &old, "expires_at >= created_at"), "t");
    // The purge keeps the old token, because retention counts from expiry.
    db.iamctl("token purge").ok();
    assert_eq!(row(&db, &old, "count(*)"), "1");
}

#[test]
fn the_old_token_never_lives_longer_than_before() {
    let db = Db::new();
    db.user("alice");
    let old = issue(&db, "--user alice --name ci --expires-at 2999-01-31");
    for overlap in ["3000-01-01", "2999-01-31"] {
        let new = db.iamctl(&format!("{ROTATE} -oid --overlap {overlap}")).ok().line();
        assert_eq!(row(&db, &old, "expires_at = '2999-01-31 00:00Z'"), "t", "{overlap}");
        // Remove the new token, so that the next round rotates the old one.
        db.sql(&format!("delete from api_tokens where token = '{}'", digest(&db, &new)));
    }
    db.sql("update api_tokens set expires_at = now() + '1h'::interval");
    let before = row(&db, &old, "expires_at");
    db.iamctl(ROTATE).ok();
    assert_eq!(
        row(&db, &old, "expires_at"),
        before,
        "the overlap of 24h does not extend its lifetime"
    );
}

#[test]
fn the_new_token_has_the_given_lifetime() {
    let (db, _) = two_users();
    let new = db.iamctl(ROTATE).arg("--expires-in=1h").arg("-oid").ok().line();
    assert_eq!(row(&db, &new, "expires_at - created_at"), "01:00:00");
    let rotated = db.iamctl(ROTATE).arg("--overlap=0s").arg("--expires-at=2999-01-31").json();
    assert_eq!(rotated["expires_at"], "2999-01-31T00:00:00Z");
}

#[test]
fn every_format_prints_one_secret_on_standard_output() {
    for format in ["table", "json", "jsonl", "csv", "id"] {
        let (db, old) = two_users();
        let outcome = db.iamctl(ROTATE).arg("-o").arg(format).ok();
        assert_eq!(outcome.stdout.matches("iam_").count(), 1, "{outcome:?}");
        assert!(!outcome.stderr.contains("iam_"), "{outcome:?}");
        assert!(!outcome.stdout.contains(&old[4..]), "{outcome:?}");
        let start = outcome.stdout.find("iam_").unwrap();
        assert_eq!(verify(&db, &outcome.stdout[start..start + 53]), 0);
        if format == "id" {
            assert_eq!(outcome.line().len(), 53, "only the token");
        }
    }
    let (db, _) = two_users();
    refused(&db, db.iamctl(ROTATE).arg("--columns=id,name"), 2, "--write-to");
}

#[test]
fn a_token_that_cannot_be_printed_is_not_issued_and_the_old_one_is_kept() {
    let (db, _) = two_users();
    let before = (db.rows(), db.audit());
    for format in ["table", "json", "jsonl", "csv", "id"] {
        let unread = db.iamctl(ROTATE).arg("-o").arg(format).unread();
        assert_eq!(unread.code, 1, "{format}: {unread:#?}");
    }
    assert_eq!((db.rows(), db.audit()), before);
    db.sql("alter table admin_audit_log add constraint no check (action <> 'token.rotate')");
    db.iamctl(ROTATE).fails(7);
    assert_eq!((db.rows(), db.audit()), before, "no change without its audit row");
}

#[test]
fn a_dry_run_prints_no_secret_and_changes_nothing() {
    let (db, _) = two_users();
    let directory = directory();
    let path = directory.path().join("token");
    let before = (db.rows(), db.audit());
    // A dry run never asks.
    let line = "token rotate --user alice --name ci --dry-run";
    for format in ["table", "json", "jsonl", "csv", "id"] {
        let shown = db.iamctl(line).arg("-o").arg(format).ok();
        assert!(!shown.stdout.contains("iam_"), "{shown:?}");
        assert!(!shown.stderr.contains("iam_"), "{shown:?}");
    }
    let shown = db.iamctl(line).json();
    assert_eq!((&shown["changed"], &shown["token"]), (&true.into(), &().into()));
    db.iamctl(line).arg("--write-to").arg(&path).ok().says("nothing was changed");
    assert!(!path.exists());
    assert_eq!((db.rows(), db.audit()), before);
}

/// The notice of what would happen comes before the one that nothing did.
#[test]
fn a_dry_run_ends_with_the_notice_that_nothing_was_changed() {
    let (db, _) = two_users();
    let end = "the old token works until 20";
    let line = "token rotate --user alice --name ci --dry-run";
    let directory = directory();
    let file = directory.path().join("token");
    for run in [db.iamctl(line), db.iamctl(line).arg("--write-to").arg(&file)] {
        let outcome = run.ok();
        let notices: Vec<_> = outcome.stderr.lines().collect();
        assert_eq!(notices.len(), 2, "{outcome:#?}");
        assert!(notices[0].contains(end), "{outcome:#?}");
        // Which may be earlier than the end of the old one would have been.
        assert!(notices[0].contains(", the new one until 20"), "{outcome:#?}");
        assert!(notices[1].ends_with("dry run: rolled back, nothing was changed"), "{outcome:#?}");
    }
    let outcome = db.iamctl("token issue --user alice --name ci --if-not-exists --dry-run").ok();
    let last = outcome.stderr.lines().last().unwrap();
    assert!(last.ends_with("nothing was changed"), "{outcome:#?}");
    // Without a dry run the notice stands alone.
    let outcome = db.iamctl(ROTATE).ok();
    assert_eq!(outcome.stderr.lines().count(), 1, "{outcome:#?}");
    assert!(outcome.stderr.contains(end), "{outcome:#?}");
}

#[test]
fn write_to_keeps_the_token_off_standard_output() {
    let (db, _) = two_users();
    let directory = directory();
    let path = directory.path().join("token");
    let write = || db.iamctl(ROTATE).arg("--overlap=0s").arg("--write-to").arg(&path);
    let outcome = write().arg("-oid").ok();
    let token = fs::read_to_string(&path).unwrap();
    assert_eq!(outcome.line(), id(&db, token.trim_end()), "-o id then prints the id");
    assert!(!outcome.stderr.contains("iam_"), "{outcome:?}");
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
    assert_eq!(verify(&db, &token), 0);
    refused(&db, write(), 2, "never overwrites");
    assert_eq!(fs::read_to_string(&path).unwrap(), token);
    let nowhere = directory.path().join("no/such");
    let nowhere = db.iamctl(ROTATE).arg("--overlap=0s").arg("--write-to").arg(nowhere);
    refused(&db, nowhere, 2, "cannot create");
}

#[test]
fn an_id_a_value_or_a_name_selects_the_token_to_rotate() {
    let (db, old) = two_users();
    let owner = row(&db, &old, "owner_id");
    insert(&db, &owner, "ci", &stored("older"));
    db.sql(&format!(
        "update api_tokens set created_at = '2020-01-01' where token = '{}'",
        stored("older")
    ));
    let bob = db.sql("select t from api_tokens t where token not in
        (select t.token from api_tokens t join api_token_owners using (owner_id) join users u on u.id = user_id
         where username = 'alice')");
    // It is over: at most two are live.
    db.sql(&format!(
        "update api_tokens set expires_at = '2020-02-01' where token = '{}'",
        stored("older")
    ));
    let before = db.sql(&format!("select t from api_tokens t where token = '{}'", stored("older")));
    let mut newest = old;
    for line in ["--user alice --name ci", &format!("--owner {owner} --name ci"), "ID", "--stdin"] {
        let line = line.replace("ID", &format!("id:{}", id(&db, &newest)));
        let run = db.iamctl(&format!("token rotate {line} --yes --overlap 1h -o id"));
        let next = run.input(newest.as_str()).ok().line();
        assert_eq!(row(&db, &newest, "expires_at < now() + '2h'::interval"), "t", "{line}");
        // At most two are live.
        db.sql(&format!(
            "update api_tokens set revoked = true where token = '{}'",
            digest(&db, &newest)
        ));
        newest = next;
    }
    let older = format!("select t from api_tokens t where token = '{}'", stored("older"));
    assert_eq!(db.sql(&older), before, "the older token of the same name is unchanged");
    assert!(db.sql("select t from api_tokens t").contains(&bob), "other owners keep their tokens");
    assert_eq!(db.sql("select count(*) from api_tokens"), "7");
}

/// Otherwise each repeated run, for example of a restarted job, would issue one more token.
#[test]
fn a_token_that_was_rotated_before_is_refused() {
    let (db, old) = two_users();
    let new = db.iamctl(ROTATE).arg("-oid").ok().line();
    let line = format!("token rotate id:{} --yes", id(&db, &old));
    refused(&db, db.iamctl(&line), 5, &format!("`{}`", id(&db, &new)));
    refused(
        &db,
        db.iamctl("token rotate --stdin --yes").input(old.as_str()),
        5,
        "is the newer token of its name",
    );
    db.iamctl(&format!("token revoke id:{} --yes", id(&db, &new))).ok();
    db.iamctl(&line).ok();
}

#[test]
fn only_a_live_token_is_rotated() {
    let db = Db::new();
    db.user("alice");
    for status in ["revoked", "expired", "blocked"] {
        issue(&db, &format!("--user alice --name {status}"));
    }
    db.iamctl("token revoke --user alice --name revoked --yes").ok();
    db.iamctl("token block --user alice --name blocked --yes").ok();
    db.sql("update api_tokens set expires_at = now() where name = 'expired'");
    for status in ["revoked", "expired", "blocked"] {
        let line = format!("token rotate --user alice --name {status} --yes");
        refused(&db, db.iamctl(&line), 5, status);
        refused(&db, db.iamctl(&line).arg("--force"), 5, status);
    }
}

#[test]
fn an_owner_without_a_user_who_may_log_in_is_refused_without_force() {
    for (change, says) in [
        (
            "blocked = true",
            "user `alice` cannot log in: the account is blocked. Run `iamctl user unblock alice`",
        ),
        ("deleted = true", "`iamctl user restore alice`, or pass --force"),
        ("email_verified = false", "`iamctl user verify-email alice`, or pass --force"),
    ] {
        let (db, old) = two_users();
        db.sql(&format!("update users set {change} where username = 'alice'"));
        refused(&db, db.iamctl(ROTATE), 5, says);
        let new = db.iamctl(ROTATE).arg("--force").arg("-oid").ok().line();
        assert_eq!(row(&db, &new, "owner_id"), row(&db, &old, "owner_id"));
    }
}

#[test]
fn bad_input_is_refused_with_advice_and_changes_nothing() {
    let (db, token) = two_users();
    for (options, code, says) in [
        ("--user alice --name ci --overlap -1", 2, "90s 30m 12h"),
        ("--user alice --name ci --overlap 99999y", 2, "up to 100y"),
        ("--user alice --name ci --expires-in 0s", 2, "expire at once"),
        ("--user alice --name ci --expires-in 1d --expires-at 2999-01-01", 2, "cannot be used"),
        ("--user alice", 2, ""),
        ("--name ci", 2, "--user"),
        ("", 2, ""),
        ("--user alice --name nonsense", 3, "no token named `nonsense`"),
        ("--user nobody --name ci", 3, "nobody"),
        ("AAAAAAAAAAAA", 3, "AAAAAAAAAAAA"),
        ("AAAAAAAAAAAA BBBBBBBBBBBB", 2, ""),
    ] {
        refused(&db, db.iamctl(&format!("token rotate --yes {options}")), code, says);
    }
    let by_value = || db.iamctl("token rotate --yes --stdin");
    refused(&db, by_value().input(digest(&db, &token)), 2, "line 1");
    refused(&db, by_value().input(&token[..50]), 2, "mistyped");
    let unknown = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP";
    refused(&db, by_value().input(unknown), 3, "standard input");
}

#[test]
fn rotate_asks_first() {
    let (db, _) = two_users();
    let line = "token rotate --user alice --name ci";
    refused(&db, db.iamctl(line), 2, "--yes");
    let before = (db.rows(), db.audit());
    let says = ["`ci` of user `alice`", &db.name, "`postgres`"];
    for answer in ["n", ""] {
        assert_eq!(db.iamctl(line).answered(&says, answer), 5);
    }
    assert_eq!((db.rows(), db.audit()), before);
    assert_eq!(db.iamctl(line).answered(&says, "y"), 0);
    assert_eq!(difference(&before.0, &db.rows()).1.len(), 2);
}

#[test]
fn rotate_prompts_for_the_value_before_it_asks_for_confirmation() {
    let (db, token) = two_users();
    let mut terminal = db.iamctl("token rotate --stdin").on_terminal();
    terminal.exp_string("Token").unwrap();
    terminal.send_line(&token).unwrap();
    terminal.exp_string("[y/N]").unwrap();
    terminal.send_line("y").unwrap();
    let rest = terminal.exp_eof().unwrap();
    assert_eq!(rest.matches("iam_").count(), 1, "the new token, once: {rest}");
    assert!(!rest.contains(&token[4..]), "{rest}");
    assert_eq!(verify(&db, &token), 0);
}

#[test]
fn a_token_of_several_users_stays_with_all_of_them() {
    let (db, _) = two_users();
    let owner = shared_owner(&db, &["alice", "bob"]);
    issue(&db, &format!("--owner {owner} --name both"));
    let rotated = db.iamctl(&format!("token rotate --owner {owner} --name both --yes")).json();
    assert_eq!(rotated["owner_id"], owner.as_str());
    assert_eq!(rotated["users"], serde_json::json!(["alice", "bob"]));
}

#[test]
fn a_token_with_the_latest_possible_time_cannot_be_rotated() {
    let (db, token) = two_users();
    db.sql("update api_tokens set created_at = 'infinity'");
    let line = format!("token rotate {} --yes", id(&db, &token));
    refused(&db, db.iamctl(&line), 5, "last possible time");
}

fn live(db: &Db) -> String {
    db.sql(
        "select count(*) from api_tokens join api_token_owners using (owner_id)
         join users on id = user_id
         where username = 'alice' and not revoked and expires_at > now()",
    )
}

#[test]
fn no_more_than_two_tokens_of_a_name_are_live() {
    let (db, _) = two_users();
    db.iamctl(ROTATE).ok();
    refused(&db, db.iamctl(ROTATE), 5, "--overlap 0s");
    assert_eq!(live(&db), "2");
    for _ in 0..3 {
        db.iamctl(&format!("{ROTATE} --overlap 0s")).ok();
        assert_eq!(live(&db), "2", "the one from before the first rotation, and the newest");
    }
    db.sql(
        "update api_tokens set expires_at = now() where name = 'ci' and created_at <
            (select max(created_at) from api_tokens)",
    );
    db.iamctl(ROTATE).ok();
    assert_eq!(live(&db), "2", "what is over does not count");
}

#[test]
fn many_rotations_at_once_leave_two_live_tokens() {
    let (db, _) = two_users();
    let outcomes = at_once((0..20).map(|_| db.iamctl(ROTATE)));
    let codes: Vec<_> = outcomes.iter().map(|outcome| outcome.code).collect();
    assert_eq!(codes.iter().filter(|code| **code == 0).count(), 1, "{codes:?}");
    assert_eq!(codes.iter().filter(|code| **code == 5).count(), 19, "{codes:?}");
    assert_eq!(live(&db), "2");
}

/// Its secret may be the one that leaked.
#[test]
fn a_token_from_before_the_last_rotation_is_named_while_it_works() {
    let (db, _) = two_users();
    let old = db.iamctl("token show --user alice --name ci -o id").ok().line();
    db.iamctl("token rotate --user alice --name ci --overlap 1h --yes").ok();
    let rotated = db.iamctl("token rotate --user alice --name ci --overlap 0s --yes").ok();
    rotated
        .says(&format!("`{old}` of the same name"))
        .says(&format!("`iamctl token revoke {old}` ends it"));
    db.iamctl(&format!("token revoke {old} --yes")).ok();
    let last = db.iamctl("token rotate --user alice --name ci --overlap 0s --yes").ok();
    assert!(!last.stderr.contains("of the same name"), "{last:?}");
}
