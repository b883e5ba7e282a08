//! `iamctl user block --revoke-sessions --revoke-tokens`.

use serde_json::json;

use super::{Holder, session_is_over, shared, stored};
use crate::support::Db;

/// alice and bob, with rows in every table. They also share the owner of a token.
fn two_holders() -> (Db, Holder) {
    let db = Db::new();
    let alice = Holder::new(&db, "alice");
    Holder::new(&db, "bob");
    shared(&db, &["alice", "bob"], "team");
    (db, alice)
}

fn token_of_alice(db: &Db) -> String {
    db.iamctl("token show --user alice --name alice-own --columns status -o csv --no-headers")
        .ok()
        .line()
}

#[test]
fn block_without_options_keeps_sessions_and_tokens() {
    let (db, alice) = two_holders();
    let before = db.state();
    db.iamctl("user block alice --yes").ok();
    assert_eq!(db.changes(&before, &[&alice.id]), ["-users", "+users"]);
}

#[test]
fn revoked_sessions_have_expired_for_the_service_too() {
    let (db, alice) = two_holders();
    // An expired session keeps its times. A session that another program only marked as revoked
    // still works, so the block ends it now.
    db.sql(&format!(
        "insert into refresh_tokens values ('{id}', '2020-01-01', '2020-02-01', {old});
         update refresh_tokens set revoked = true, revoked_at = '2024-01-01'
         where token = {marked}",
        id = alice.id,
        old = stored("old"),
        marked = stored("session of alice"),
    ));
    // Times are UTC. The server's TimeZone has no effect on them.
    db.sql(&format!("alter database {} set timezone = 'Asia/Tokyo'", db.name));
    let before = db.state();
    db.iamctl("user block alice --revoke-sessions --yes").ok().says("also revoked 1 session");
    assert_eq!(
        db.changes(&before, &[&alice.id]),
        ["-authorization_codes", "-refresh_tokens", "+refresh_tokens", "-users", "+users"],
    );
    assert_eq!(
        db.sql(&format!(
            "select revoked, revoked_at, expires_at between (now() at time zone 'utc') - '1m'::interval
                                                        and (now() at time zone 'utc')
             from refresh_tokens where token = {}",
            stored("session of alice")
        )),
        "t|2024-01-01 00:00:00|t",
    );
    assert_eq!(db.details()["sessions_revoked"], 1);
    assert_eq!(token_of_alice(&db), "owner-blocked", "the token is not revoked");
}

#[test]
fn the_users_own_tokens_are_revoked_and_shared_ones_are_kept() {
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
    let before = db.state();
    let blocked = db.iamctl("user block alice --revoke-tokens --yes --reason leaked").json();
    assert_eq!(blocked[0]["status"], "blocked");
    assert_eq!(
        db.changes(&before, &alice.ids()),
        ["-api_tokens", "-api_tokens", "+api_tokens", "+api_tokens", "-users", "+users"],
        "live tokens are revoked, blocked ones included; the others are unchanged",
    );
    assert_eq!(token_of_alice(&db), "revoked");
    let bounds =
        "select bool_and(revoked_at > now() - '1m'::interval), bool_and(expires_at > now())
                  from api_tokens where name in ('alice-own', 'held')";
    assert_eq!(db.sql(bounds), "t|t");
    assert_eq!(db.audited(&before), [format!("user.block|{}|leaked", alice.id)]);
    assert_eq!(db.details()["tokens_revoked"], 2);
}

/// Each audit row counts the same token.
#[test]
fn a_token_of_two_users_is_in_the_audit_row_of_each() {
    let db = Db::new();
    for user in ["alice", "bob"] {
        db.user(user);
    }
    shared(&db, &["alice", "bob"], "team");
    for line in ["user block alice bob --revoke-tokens --yes", "user offboard alice bob --yes"] {
        db.sql("update users set blocked = false; update api_tokens set revoked = false");
        let blocked = db.iamctl(line).ok();
        if line.contains("block alice") {
            assert!(blocked.stderr.contains("also revoked 1 token"), "{blocked:#?}");
        }
        let audited = db.sql(
            "select action, details ->> 'tokens_revoked' from admin_audit_log
             order by id desc limit 2",
        );
        let action = line.split(' ').take(2).collect::<Vec<_>>().join(".");
        assert_eq!(audited, format!("{action}|1\n{action}|1"));
    }
}

#[test]
fn both_options_work_together_and_can_be_repeated() {
    let (db, alice) = two_holders();
    let line = "user block alice --revoke-sessions --revoke-tokens --yes";
    let before = db.state();
    assert_eq!(db.iamctl(line).json()[0]["changed"], true);
    assert_eq!(
        db.changes(&before, &alice.ids()),
        [
            "-api_tokens",
            "+api_tokens",
            "-authorization_codes",
            "-refresh_tokens",
            "+refresh_tokens",
            "-users",
            "+users"
        ],
        "verification codes are kept",
    );
    assert!(session_is_over(&db, &alice.id));
    assert_eq!(token_of_alice(&db), "revoked");
    assert_eq!(
        db.details(),
        json!({ "sessions_revoked": 1, "codes_removed": 1, "tokens_revoked": 1 })
    );

    let before = db.state();
    assert_eq!(db.iamctl(line).json()[0]["changed"], false);
    assert_eq!(db.state(), before, "no change, no audit row");
}

#[test]
fn sessions_and_tokens_of_a_blocked_user_are_still_revoked() {
    let (db, alice) = two_holders();
    db.iamctl("user block alice --yes").ok();
    let before = db.state();
    let again = db.iamctl("user block alice --revoke-sessions --yes").json();
    assert_eq!((&again[0]["status"], &again[0]["changed"]), (&json!("blocked"), &json!(true)));
    assert_eq!(
        db.changes(&before, &[&alice.id]),
        ["-authorization_codes", "-refresh_tokens", "+refresh_tokens"]
    );
    assert_eq!(db.audited(&before), [format!("user.block|{}|", alice.id)]);
}

#[test]
fn several_users_are_blocked_together_or_none() {
    let (db, _) = two_holders();
    let carol = Holder::new(&db, "carol");
    shared(&db, &["alice", "bob", "carol"], "three");
    let options = "--revoke-sessions --revoke-tokens";
    db.refuses(3, &format!("user block alice bob nobody {options} --yes"), "nobody");
    db.refuses(2, &format!("user block alice {options}"), "--yes");
    let shown = db.dry_run(&format!("user block alice bob {options}"));
    assert_eq!((&shown[0]["status"], &shown[1]["status"]), (&json!("blocked"), &json!("blocked")));

    let held = |id: &str| db.rows().into_iter().filter(|row| row.contains(id)).collect::<Vec<_>>();
    let before = [held(&carol.id), held(&carol.owner)];
    let both = db.iamctl(&format!("user block - {options} --yes")).input("alice\nbob\n").json();
    assert_eq!(both.as_array().unwrap().len(), 2);
    assert_eq!(db.sql("select count(*) from refresh_tokens where revoked"), "2");
    assert_eq!(
        db.sql("select name from api_tokens where revoked order by 1"),
        "alice-own\nbob-own\nteam",
        "carol still uses the token of three users",
    );
    assert_eq!([held(&carol.id), held(&carol.owner)], before);
    let none = db.iamctl(&format!("user block - {options} --yes")).input("").json();
    assert_eq!(none, json!([]));
}

/// As in a table that was adopted with a foreign key that is not validated.
#[test]
fn a_user_of_an_owner_who_does_not_exist_is_skipped() {
    let db = Db::new();
    db.user("alice");
    let owner = shared(&db, &["alice"], "team");
    db.sql(&format!(
        "alter table api_token_owners drop constraint api_token_owners_user_id_fkey;
         insert into api_token_owners values ('{owner}', gen_random_uuid())"
    ));
    db.iamctl("user block alice --revoke-tokens --yes").ok();
    assert_eq!(db.sql("select revoked from api_tokens"), "t");
}
