//! `iamctl user offboard --hand-over-to`.

use super::offboard::{impacts, two_holders};
use super::{shared, stored};
use crate::support::{Db, without_change_id};

const OFFBOARD: &str = "user offboard alice --hand-over-to bob --yes";

/// The names of the tokens of the user's personal owners.
fn own_tokens(db: &Db, user: &str) -> String {
    db.sql(&format!(
        "select string_agg(t.name, ' ' order by t.name)
         from users u join api_token_owners o on o.user_id = u.id join api_tokens t using (owner_id)
         where u.username = '{user}' and not exists (
             select from api_token_owners p where p.owner_id = o.owner_id and p.user_id <> u.id)"
    ))
}

#[test]
fn a_recipient_with_two_personal_owners_is_refused_if_there_are_tokens() {
    let (db, _) = two_holders();
    db.iamctl("owner create --user bob").ok();
    db.refuses(4, OFFBOARD, "user `bob` has 2 owners of their own; nothing says which");
    db.iamctl("token revoke --user alice --all --yes").ok();
    db.iamctl(OFFBOARD).ok();
}

#[test]
fn tokens_that_are_handed_over_still_work_for_the_recipient() {
    let (db, alice) = two_holders();
    let token = db.iamctl("token issue --user alice --name deploy -o id").ok().line();
    let row = || {
        db.sql("select created_at, expires_at, token, blocked, revoked, revoked_at from api_tokens where name = 'deploy'")
    };
    let as_it_was = row();
    let bob = db.sql("select id from users where username = 'bob'");
    let before = db.state();
    assert_eq!(
        impacts(&db, &format!("{OFFBOARD} --reason left")),
        [
            "authorization code,,removed,true",
            "session,,revoked,true",
            "token,alice-own,handed over,true",
            "token,deploy,handed over,true",
            "token,team,kept: shared,false",
            "user,alice,blocked,true",
            "verification code,,removed,true",
        ],
    );
    assert_eq!(own_tokens(&db, "bob"), "alice-own bob-own deploy");
    assert_eq!(own_tokens(&db, "alice"), "");
    assert_eq!(row(), as_it_was);
    let bob_owner = db.sql("select owner_id from api_tokens where name = 'bob-own'");
    let changes = db.changes(&before, &[&alice.id, &alice.owner, &bob_owner]);
    assert!(!changes.iter().any(|change| change.contains("api_token_owners")), "{changes:?}");
    let verified = db.iamctl("token verify").input(token).json();
    assert!(verified.to_string().contains("bob"), "{verified}");

    // One audit row for the user, and one for each token with its old and new owner.
    let log = db.sql(
        "select target, reason, details->>'from_owner', details->>'to_owner' from admin_audit_log
         where action = 'user.offboard' order by target",
    );
    assert_eq!(log.lines().count(), 3, "{log}");
    assert!(log.contains(&format!("{}|left||", alice.id)), "{log}");
    let ids = "select translate(left(token, 12), '+/', '-_') from api_tokens
               where name in ('alice-own', 'deploy')";
    for id in db.sql(ids).lines() {
        let expected = format!("{id}|left|{}|{bob_owner}", alice.owner);
        assert!(log.contains(&expected), "no {expected} in {log}");
    }
    assert!(!db.audit().iter().any(|row| row.contains(&bob) && row.starts_with("user.offboard")));
}

#[test]
fn a_recipient_without_a_personal_owner_gets_one() {
    let (db, _) = two_holders();
    db.user("carol");
    shared(&db, &["bob", "carol"], "other");
    let line = OFFBOARD.replace("bob", "carol");
    db.dry_run(line.trim_end_matches(" --yes"));
    db.iamctl(&line).ok();
    assert_eq!(own_tokens(&db, "carol"), "alice-own");
    assert_eq!(own_tokens(&db, "bob"), "bob-own");
}

/// As in a table that was adopted with a foreign key that is not validated.
#[test]
fn an_owner_that_a_missing_user_shares_is_not_a_personal_owner() {
    for issue_first in [true, false] {
        let (db, _) = two_holders();
        let shared = db.sql("select owner_id from api_tokens where name = 'bob-own'");
        db.sql(&format!(
            "alter table api_token_owners drop constraint api_token_owners_user_id_fkey;
             insert into api_token_owners values ('{shared}', gen_random_uuid())"
        ));
        let commands = ["token issue --user bob --name new", OFFBOARD];
        let order = if issue_first { [0, 1] } else { [1, 0] };
        for index in order {
            db.iamctl(commands[index]).ok();
        }
        // Both mean the same owner: one of bob's that is new.
        assert_eq!(own_tokens(&db, "bob"), "alice-own new", "issued first: {issue_first}");
        let of_shared = format!("select name from api_tokens where owner_id = '{shared}'");
        assert_eq!(db.sql(&of_shared), "bob-own", "issued first: {issue_first}");
    }
}

#[test]
fn no_owner_is_created_if_there_is_no_token_to_hand_over() {
    let (db, _) = two_holders();
    db.user("carol");
    db.user("dave");
    let owners = db.sql("select count(*) from api_token_owners");
    db.iamctl("user offboard carol --hand-over-to dave --yes").ok();
    assert_eq!(db.sql("select count(*) from api_token_owners"), owners);
}

#[test]
fn only_live_tokens_are_handed_over() {
    let (db, alice) = two_holders();
    db.sql(&format!(
        "insert into api_tokens values
             ('{owner}', '2020-01-01', '2020-02-01', 'old', {old}, false, false, null),
             ('{owner}', now(), 'infinity', 'gone', {gone}, false, true, '2024-01-01'),
             ('{owner}', now(), 'infinity', 'held', {held}, true, false, null)",
        owner = alice.owner,
        old = stored("old"),
        gone = stored("gone"),
        held = stored("held"),
    ));
    db.iamctl(OFFBOARD).ok();
    assert_eq!(own_tokens(&db, "alice"), "gone old");
    assert_eq!(own_tokens(&db, "bob"), "alice-own bob-own held");
    assert_eq!(
        db.sql("select blocked from api_tokens where name = 'held'"),
        "t",
        "the token is still blocked"
    );
    let again = impacts(&db, OFFBOARD);
    assert_eq!(again, ["token,team,kept: shared,false", "user,alice,blocked,false"]);
}

#[test]
fn both_tokens_of_a_rotated_name_are_handed_over() {
    let (db, _) = two_holders();
    db.iamctl("token rotate --user alice --name alice-own --yes").ok();
    db.iamctl(OFFBOARD).ok();
    assert_eq!(own_tokens(&db, "bob"), "alice-own alice-own bob-own");
}

#[test]
fn a_live_token_of_the_recipient_with_the_same_name_is_a_conflict() {
    let (db, _) = two_holders();
    db.iamctl("token issue --user bob --name alice-own").ok();
    db.refuses(4, OFFBOARD, "alice-own");
    db.refuses(4, &format!("{OFFBOARD} --dry-run"), "alice-own");
    db.iamctl("token revoke --user bob --name alice-own --yes").ok();
    db.iamctl(OFFBOARD).ok();
}

#[test]
fn two_tokens_of_one_name_with_different_owners_are_a_conflict() {
    let (db, _) = two_holders();
    let second = db.iamctl("owner create --user alice -o id").ok().line();
    db.iamctl(&format!("token issue --owner {second} --name alice-own")).ok();
    db.refuses(4, OFFBOARD, "alice-own");
}

#[test]
fn the_recipient_must_be_able_to_log_in() {
    let (db, _) = two_holders();
    db.refuses(2, &OFFBOARD.replace("bob", "alice"), "--hand-over-to");
    db.refuses(2, &OFFBOARD.replace("bob", "ALICE@example.org"), "--hand-over-to");
    db.refuses(3, &OFFBOARD.replace("bob", "nobody"), "nobody");
    db.refuses(2, &OFFBOARD.replace("bob", "id:bob"), "UUID");
    for (state, back, says) in [
        ("blocked = true", "blocked = false", "blocked"),
        ("deleted = true, deleted_at = now()", "deleted = false, deleted_at = null", "deleted"),
        (
            "email_verified = false",
            "email_verified = true",
            "not verified. Run `iamctl user verify-email bob` first",
        ),
    ] {
        db.sql(&format!("update users set {state} where username = 'bob'"));
        db.refuses(5, OFFBOARD, says);
        db.sql(&format!("update users set {back} where username = 'bob'"));
    }
    db.iamctl("owner create --user bob").ok();
    db.refuses(4, OFFBOARD, "owner add");
}

#[test]
fn the_question_names_the_recipient() {
    let (db, _) = two_holders();
    let line = OFFBOARD.trim_end_matches(" --yes");
    db.refuses(2, line, "--yes");
    let words = ["alice", "hand tokens over to `bob`"];
    let before = db.state();
    assert_eq!(db.answer(line, &words, "n"), 5);
    assert_eq!(db.state(), before);
    let shown = db.dry_run(line);
    let done = without_change_id(db.iamctl(OFFBOARD).json());
    assert_eq!(done, without_change_id(shown), "a dry run has the same result as the run");
}

#[test]
fn several_users_can_have_one_recipient() {
    let (db, _) = two_holders();
    db.user("carol");
    db.refuses(2, "user offboard alice bob --hand-over-to bob --yes", "--hand-over-to");
    db.iamctl("user offboard - --hand-over-to carol --yes").input("alice\nbob\n").ok();
    assert_eq!(
        own_tokens(&db, "carol"),
        "alice-own bob-own team",
        "no other user has the token of the team"
    );
    assert_eq!(own_tokens(&db, "alice"), "");
    assert_eq!(own_tokens(&db, "bob"), "");
}
