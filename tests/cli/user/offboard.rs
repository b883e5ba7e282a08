//! `iamctl user offboard`.

use serde_json::json;

use super::{Holder, session_is_over, shared, stored};
use crate::support::running::at_once;
use crate::support::{Db, without_change_id};

/// alice and bob, with rows in every table. They also share the owner of the token `team`.
pub fn two_holders() -> (Db, Holder) {
    let db = Db::new();
    let alice = Holder::new(&db, "alice");
    Holder::new(&db, "bob");
    shared(&db, &["alice", "bob"], "team");
    (db, alice)
}

/// The rows that a run shows: kind, name, outcome, changed.
pub fn impacts(db: &Db, line: &str) -> Vec<String> {
    let columns = "-o csv --no-headers --columns kind,name,outcome,changed";
    let shown = db.iamctl(&format!("{line} {columns}")).ok().stdout;
    let mut impacts: Vec<_> = shown.lines().map(str::to_owned).collect();
    impacts.sort_unstable();
    impacts
}

const IMPACTS_OF_ALICE: [&str; 6] = [
    "authorization code,,removed,true",
    "session,,revoked,true",
    "token,alice-own,revoked,true",
    "token,team,kept: shared,false",
    "user,alice,blocked,true",
    "verification code,,removed,true",
];

#[test]
fn offboard_blocks_revokes_sessions_and_tokens_and_removes_codes() {
    let (db, alice) = two_holders();
    let before = db.state();
    assert_eq!(impacts(&db, "user offboard alice --yes --reason left"), IMPACTS_OF_ALICE);
    assert_eq!(
        db.changes(&before, &alice.ids()),
        [
            "-api_tokens",
            "+api_tokens",
            "-authorization_codes",
            "-refresh_tokens",
            "+refresh_tokens",
            "-users",
            "+users",
            "-verification_codes"
        ],
    );
    assert_eq!(db.iamctl("user show alice").json()["status"], "blocked");
    assert!(session_is_over(&db, &alice.id));
    let revoked = "select name, revoked_at > now() - '1m'::interval from api_tokens where revoked";
    assert_eq!(db.sql(revoked), "alice-own|t");
    assert_eq!(db.audited(&before), [format!("user.offboard|{}|left", alice.id)]);
    assert_eq!(
        db.details(),
        json!({ "sessions_revoked": 1, "codes_removed": 2, "tokens_revoked": 1 })
    );
}

#[test]
fn each_row_has_its_id() {
    let (db, alice) = two_holders();
    let shown = db.iamctl("user offboard alice --yes").json();
    assert_eq!(shown[0]["kind"], "user", "the user comes first");
    assert_eq!(shown[0]["id"], alice.id.as_str());
    let shown = shown.as_array().unwrap();
    let id = |kind: &str, name: &str| {
        let row =
            shown.iter().find(|row| row["kind"] == kind && row["name"].as_str() == Some(name));
        row.unwrap()["id"].as_str().unwrap().to_owned()
    };
    let known = |name: &str| {
        db.sql(&format!(
            "select translate(left(token, 12), '+/', '-_') from api_tokens where name = '{name}'"
        ))
    };
    for name in ["alice-own", "team"] {
        assert_eq!(id("token", name), known(name));
    }
    let session = shown.iter().find(|row| row["kind"] == "session").unwrap();
    let expected =
        format!("select translate(left({}, 12), '+/', '-_')", stored("session of alice"));
    assert_eq!(session["id"], db.sql(&expected));
    let printed = json!(shown).to_string();
    for secret in
        db.sql("select token from api_tokens union select token from refresh_tokens").lines()
    {
        assert!(!printed.contains(&secret[..13]), "an id has only 12 characters of the secret");
    }
}

#[test]
fn repeating_offboard_succeeds_without_a_change() {
    let (db, _) = two_holders();
    db.iamctl("user offboard alice --yes").ok();
    let before = db.state();
    assert_eq!(
        impacts(&db, "user offboard alice --yes"),
        ["token,team,kept: shared,false", "user,alice,blocked,false"],
    );
    assert_eq!(db.state(), before, "no change, no audit row");
}

#[test]
fn expired_and_revoked_rows_are_not_shown_and_do_not_change() {
    let (db, alice) = two_holders();
    db.sql(&format!(
        "insert into refresh_tokens values ('{id}', '2020-01-01', '2020-02-01', {old});
         insert into api_tokens values
             ('{owner}', '2020-01-01', '2020-02-01', 'old', {old}, false, false, null),
             ('{owner}', now(), 'infinity', 'gone', {gone}, false, true, '2024-01-01'),
             ('{owner}', now(), 'infinity', 'held', {held}, true, false, null);
         update users set blocked = true where id = '{id}'",
        id = alice.id,
        owner = alice.owner,
        old = stored("old"),
        gone = stored("gone"),
        held = stored("held"),
    ));
    let before = db.state();
    let mut expected =
        IMPACTS_OF_ALICE.map(|row| row.replace("alice,blocked,true", "alice,blocked,false"));
    let mut shown = impacts(&db, "user offboard alice --yes");
    assert!(
        shown.contains(&"token,held,revoked,true".to_owned()),
        "a blocked token is revoked, too"
    );
    shown.retain(|row| !row.contains(",held,"));
    expected.sort_unstable();
    assert_eq!(shown, expected);
    let changes = db.changes(&before, &alice.ids());
    assert_eq!(changes.iter().filter(|change| *change == "-api_tokens").count(), 2);
    assert_eq!(changes.iter().filter(|change| *change == "-refresh_tokens").count(), 1);
    assert!(!changes.contains(&"+users".to_owned()), "alice was blocked before");
    assert_eq!(db.audited(&before), [format!("user.offboard|{}|", alice.id)]);
}

#[test]
fn a_dry_run_shows_the_same_rows_as_the_run() {
    let (db, _) = two_holders();
    let shown = db.dry_run("user offboard alice");
    assert_eq!(impacts(&db, "user offboard alice --dry-run"), IMPACTS_OF_ALICE);
    let done = without_change_id(db.iamctl("user offboard alice --yes").json());
    assert_eq!(done, without_change_id(shown));
}

#[test]
fn offboard_asks_first() {
    let (db, _) = two_holders();
    db.refuses(2, "user offboard alice", "--yes");
    let before = db.state();
    let words = ["Offboard", "alice", "revoke tokens", "`postgres`"];
    for no in ["n", "", "alice"] {
        assert_eq!(db.answer("user offboard alice", &words, no), 5);
    }
    assert_eq!(db.state(), before);
    assert_eq!(db.answer("user offboard alice", &words, "y"), 0);
    assert_eq!(db.iamctl("user show alice").json()["status"], "blocked");
}

#[test]
fn bad_input_changes_nothing() {
    let (db, _) = two_holders();
    db.refuses(3, "user offboard nobody --yes", "nobody");
    db.refuses(2, "user offboard --yes", "USER");
    db.iamctl("user offboard --yes").arg("").fails(2);
    db.refuses(2, "user offboard id:alice --yes", "UUID");
}

#[test]
fn a_failed_audit_row_rolls_back_the_change() {
    let (db, _) = two_holders();
    db.sql("alter table admin_audit_log add constraint no check (action <> 'user.offboard')");
    let before = db.state();
    assert_ne!(db.iamctl("user offboard alice --yes").run().code, 0);
    assert_eq!(db.state(), before);
}

#[test]
fn offboard_revokes_tokens_that_are_issued_concurrently() {
    let (db, alice) = two_holders();
    let mut runs: Vec<_> = (0..6)
        .map(|number| db.iamctl(&format!("token issue --user alice --name t{number}")))
        .collect();
    runs.insert(3, db.iamctl("user offboard alice --yes"));
    for outcome in at_once(runs) {
        assert!(
            [0, 5].contains(&outcome.code),
            "issued before the offboarding, or refused: {outcome:?}"
        );
    }
    assert_eq!(
        db.sql(&format!(
            "select count(*) from api_tokens where owner_id = '{}' and not revoked",
            alice.owner
        )),
        "0",
    );
}

#[test]
fn several_users_are_offboarded_together_or_none() {
    let (db, alice) = two_holders();
    let carol = Holder::new(&db, "carol");
    shared(&db, &["alice", "bob", "carol"], "three");
    let bob = db.sql("select id from users where username = 'bob'");
    db.refuses(3, "user offboard alice nobody bob --yes", "nobody");
    let before = db.state();
    let shown = db.iamctl("user offboard - alice --yes").input("bob\nalice\n").json();
    assert_eq!(impacts(&db, "user offboard - --yes"), [""; 0], "an empty input succeeds");
    let shown = shown.as_array().unwrap();
    assert_eq!(shown.iter().filter(|row| row["kind"] == "user").count(), 2, "{shown:#?}");
    for row in shown {
        let (id, name) =
            if row["username"] == "alice" { (&alice.id, "alice") } else { (&bob, "bob") };
        assert_eq!(row["user_id"], id.as_str(), "{row}");
        assert_eq!(row["email"], format!("{name}@example.org"), "{row}");
        let keys: Vec<_> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            [
                "user_id",
                "username",
                "email",
                "kind",
                "id",
                "name",
                "outcome",
                "new_id",
                "file",
                "changed",
                "change_id"
            ]
        );
    }
    let mut logged = db.audited(&before);
    logged.sort_unstable();
    let mut expected = [&alice.id, &bob].map(|id| format!("user.offboard|{id}|"));
    expected.sort_unstable();
    assert_eq!(logged, expected);
    let outcomes = |token: &str| {
        let of_token = shown.iter().filter(|row| row["kind"] == "token" && row["name"] == token);
        of_token.map(|row| row["outcome"].as_str().unwrap()).collect::<Vec<_>>()
    };
    assert_eq!(outcomes("team"), ["revoked"; 2], "no other user has it");
    assert_eq!(outcomes("three"), ["kept: shared"; 2]);
    let live = "select string_agg(name, ' ' order by name) from api_tokens where not revoked";
    assert_eq!(db.sql(live), "carol-own three");
    let bystander = db.rows().into_iter().filter(|row| row.contains(&carol.id));
    assert_eq!(bystander.count(), 6);
    assert_eq!(db.sql("select count(*) from refresh_tokens where not revoked"), "1");
}

/// The result is the same if the users are offboarded together or one after the other.
#[test]
fn offboarding_the_last_user_revokes_a_shared_token() {
    let db = Db::new();
    for name in ["alice", "bob"] {
        db.user(name);
    }
    let owner = db.iamctl("owner create --user alice --user bob -o id").ok().line();
    db.iamctl(&format!("token issue --owner {owner} --name shared")).ok();
    let outcome = |name: &str| {
        let rows = db.iamctl(&format!("user offboard {name} --yes")).json();
        let rows = rows.as_array().unwrap().iter();
        let token = rows.clone().find(|row| row["kind"] == "token").unwrap();
        token["outcome"].as_str().unwrap().to_owned()
    };
    assert_eq!(outcome("alice"), "kept: shared", "bob still uses it");
    assert_eq!(outcome("bob"), "revoked", "alice is blocked");
    assert_eq!(db.sql("select revoked from api_tokens"), "t");
}
