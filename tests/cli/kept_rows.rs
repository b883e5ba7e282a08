//! What the database keeps is neither done nor already so: a trigger, a rule or a policy that keeps a
//! row makes the command fail, and nothing is changed.

use crate::support::{Db, Outcome};

/// What the database keeps is neither done nor already so.
#[test]
fn what_a_trigger_or_rule_keeps_is_refused() {
    let db = Db::new();
    db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    let owner = db.sql("select owner_id from api_token_owners");
    db.sql(
        "create function keep() returns trigger language plpgsql as 'begin return null; end';
         create trigger keep before update or delete on users
         for each row execute function keep();
         create rule keep as on update to api_tokens do instead nothing;
         create rule keep as on delete to api_token_owners do instead nothing",
    );
    let before = (db.rows(), db.audit());
    for line in [
        "user block alice --yes",
        "user delete alice --yes",
        "user rename alice other",
        "user set-email alice other@x.org --yes",
        "user unverify-email alice",
        "user erase alice --force --yes",
        "user offboard alice --yes",
        "token revoke --user alice --all --yes",
        "token block --user alice --name ci --yes",
        &format!("owner remove {owner} alice --revoke-tokens --yes"),
        &format!("owner delete {owner} --revoke-tokens --yes"),
    ] {
        let refused = db.iamctl(line).run();
        // A rule keeps PostgreSQL itself from RETURNING.
        assert!([1, 5].contains(&refused.code), "{refused:#?}");
        assert_eq!((db.rows(), db.audit()), before, "{line}");
    }
}

#[test]
fn a_trigger_that_keeps_the_audit_row_undoes_the_change() {
    let db = Db::new();
    db.user("alice");
    db.sql(
        "create function keep() returns trigger language plpgsql as 'begin return null; end';
         create trigger keep before insert on admin_audit_log
         for each row execute function keep()",
    );
    db.refuses(5, "user create bob --email bob@example.org", "audit rows");
    db.refuses(5, "user create bob --email bob@example.org --if-not-exists", "audit rows");
    db.refuses(5, "user block alice --yes", "audit rows");
    db.refuses(5, "owner create --user alice", "audit rows");
}

/// alice has a session, codes of both kinds, a token, and a team with bob.
fn world() -> Db {
    let db = Db::new();
    db.user("alice");
    db.user("bob");
    db.iamctl("owner create --user alice --user bob").ok();
    db.iamctl("token issue --user alice --name ci").ok();
    db.iamctl("code issue authorization --user alice").ok();
    db.sql(
        "insert into verification_codes
         select id, now(), now() + interval '1h', rpad('v', 43, 'A') || '=' from users
         where username = 'alice';
         insert into refresh_tokens
         select id, now() at time zone 'utc', now() at time zone 'utc' + interval '1 day',
                rpad('s', 43, 'A') || '=', false from users where username = 'alice'",
    );
    db
}

/// Keeps the rows of the table from `event`: the trigger returns `returns`.
fn keep(db: &Db, table: &str, event: &str, returns: &str) {
    db.sql(&format!(
        "create function keep() returns trigger language plpgsql as 'begin return {returns}; end';
         create trigger keep before {event} on {table} for each row execute function keep()"
    ));
}

#[track_caller]
fn refused(db: &Db, line: &str) -> Outcome {
    let before = (db.rows(), db.audit());
    let outcome = db.iamctl(line).fails(5).says("a trigger, a rule or a policy prevents it");
    assert_eq!((db.rows(), db.audit()), before, "{line}");
    outcome
}

/// Rows that go along with a user are compared, too. NULL keeps the row from the statement; the old
/// row is counted as changed, and stays as it was.
#[test]
fn what_goes_along_with_a_user_is_not_left_behind() {
    for (table, event, returns, lines) in [
        (
            "refresh_tokens",
            "update",
            "null",
            vec![
                "user block alice --revoke-sessions --yes",
                "user delete alice --yes",
                "user offboard alice --yes",
                "session revoke --all --user alice --yes",
                "session revoke sAAAAAAAAAAA --yes",
                "session revoke --everyone --yes",
            ],
        ),
        (
            "refresh_tokens",
            "update",
            "old",
            vec![
                "user block alice --revoke-sessions --yes",
                "user delete alice --yes",
                "user offboard alice --yes",
                "session revoke --all --user alice --yes",
                "session revoke sAAAAAAAAAAA --yes",
                "session revoke --everyone --yes",
            ],
        ),
        (
            "verification_codes",
            "delete",
            "null",
            vec![
                "user delete alice --yes",
                "user offboard alice --yes",
                "user set-email alice other@x.org --yes",
                "user erase alice --force --yes",
                "code revoke --all --user alice --yes",
                "code revoke vAAAAAAAAAAA --yes",
            ],
        ),
        (
            "authorization_codes",
            "delete",
            "null",
            vec![
                "user delete alice --yes",
                "user offboard alice --yes",
                "user erase alice --force --yes",
                "code revoke --all --user alice --yes",
            ],
        ),
        ("refresh_tokens", "delete", "null", vec!["user erase alice --force --yes"]),
        ("api_token_owners", "delete", "null", vec!["user erase alice --force --yes"]),
        ("api_tokens", "delete", "null", vec!["user erase alice --force --yes"]),
        (
            "api_token_owners",
            "insert",
            "null",
            vec![
                "token issue --user bob --name ci",
                "user offboard alice --hand-over-to bob --yes",
                "owner create --user bob",
            ],
        ),
        (
            "api_tokens",
            "update",
            "old",
            vec![
                "token revoke --user alice --all --yes",
                "token block --user alice --name ci --yes",
                "token rotate --user alice --name ci --yes",
                "user block alice --revoke-tokens --yes",
                "user offboard alice --yes",
                "user offboard alice --hand-over-to bob --yes",
            ],
        ),
        (
            "users",
            "update",
            "old",
            vec![
                "user block alice --yes",
                "user delete alice --yes",
                "user unverify-email alice",
                "user rename alice other",
                "user set-email alice other@x.org --yes",
                "user offboard alice --yes",
            ],
        ),
    ] {
        let db = world();
        keep(&db, table, event, returns);
        for line in lines {
            refused(&db, line);
        }
    }
}

/// A secret is printed only where its row is there.
#[test]
fn a_row_that_is_not_inserted_is_refused() {
    for (table, line) in [
        ("users", "user create carol --email carol@example.org"),
        ("users", "user create carol --email carol@example.org --if-not-exists"),
        ("api_tokens", "token issue --user alice --name new"),
        ("api_tokens", "token rotate --user alice --name ci --yes"),
        ("authorization_codes", "code issue authorization --user alice"),
    ] {
        let db = world();
        keep(&db, table, "insert", "null");
        let outcome = refused(&db, line);
        assert_eq!(outcome.stdout, "", "{line}");
    }
}
