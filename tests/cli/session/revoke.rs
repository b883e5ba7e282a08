//! `iamctl session revoke`. It also ends the session for the service, which only reads
//! `expires_at`.

use diesel::connection::SimpleConnection as _;
use serde_json::Value;

use super::{UTC_NOW, ZONES, every_state, id, letters, set_zone};
use crate::support::running::at_once;
use crate::support::shapes::{difference, in_five_formats};
use crate::support::{Db, without_change_id};

const REVOKE: &str = "session revoke --yes";

/// The sessions that the service still accepts.
fn live(db: &Db) -> String {
    letters(&db.iamctl("session list --status live").json())
}

/// Evaluates SQL on the row of one of alice's sessions.
fn row(db: &Db, name: &str, sql: &str) -> String {
    db.sql(&format!("select {sql} from refresh_tokens where token like '{}%'", id(name)))
}

#[test]
fn a_revoked_session_has_expired_for_the_service_in_any_timezone() {
    for zone in ZONES {
        let db = every_state();
        set_zone(&db, zone);
        let before = (db.rows(), db.audit().len());
        let revoke = || db.iamctl(REVOKE).arg("--reason=stolen").arg(id("l")).json();
        let revoked = revoke();
        assert_eq!(letters(&revoked), "L");
        for (key, value) in
            [("status", Value::from("revoked")), ("changed", true.into()), ("revoked", true.into())]
        {
            assert_eq!(revoked[0][key], value, "{zone}: {key}");
        }
        assert_eq!(revoked[0]["expires_at"], revoked[0]["revoked_at"], "both are the current time");
        let now = format!("between {UTC_NOW} - '30s'::interval and {UTC_NOW}");
        let ended = format!("revoked, revoked_at {now}, expires_at {now}");
        assert_eq!(row(&db, "l", &ended), "t|t|t", "{zone}");
        let (gone, new) = difference(&before.0, &db.rows());
        assert_eq!((gone.len(), new.len()), (1, 1), "other sessions are unchanged");
        let entries = db.audit();
        assert_eq!(
            entries[..entries.len() - before.1],
            [format!("session.revoke|{}|stolen", id("l"))]
        );
        let after = (db.rows(), db.audit());
        let again = revoke();
        assert_eq!((&again[0]["status"], &again[0]["changed"]), (&"revoked".into(), &false.into()));
        assert_eq!((db.rows(), db.audit()), after, "no change, no audit row");
    }
}

#[test]
fn an_expired_or_revoked_session_keeps_its_times() {
    let db = every_state();
    set_zone(&db, "Asia/Kolkata");
    let before = (db.rows(), db.audit());
    let over = db.iamctl(REVOKE).arg(id("x")).arg(id("r")).json();
    assert_eq!((&over[0]["status"], &over[0]["changed"]), (&"expired".into(), &false.into()));
    assert_eq!((&over[1]["status"], &over[1]["changed"]), (&"revoked".into(), &false.into()));
    assert_eq!((db.rows(), db.audit()), before, "expires_at is never set to a later time");

    // The service still accepts a session that another program only marked as revoked. `session
    // revoke` ends it now, and keeps its `revoked_at`.
    let marked_at = row(&db, "m", "revoked_at");
    let marked = db.iamctl(REVOKE).arg(id("m")).json();
    assert_eq!((&marked[0]["status"], &marked[0]["changed"]), (&"revoked".into(), &true.into()));
    assert_eq!(row(&db, "m", "revoked_at"), marked_at);
    assert_eq!(row(&db, "m", &format!("expires_at <= {UTC_NOW}")), "t");
    assert_eq!(live(&db), "Llm");
}

#[test]
fn several_sessions_are_revoked_together_or_none() {
    let db = every_state();
    let before = (db.rows(), db.audit());
    db.iamctl(REVOKE).arg(id("l")).arg("AAAAAAAAAAAA").fails(3).says("AAAAAAAAAAAA");
    db.iamctl(REVOKE).arg("-").input(format!("{}\nAAAAAAAAAAAA\n", id("l"))).fails(3);
    db.iamctl(REVOKE).arg("-").input(format!("{}\nnonsense\n", id("l"))).fails(2).says("line 2");
    for none in ["", "\n \n"] {
        let outcome = db.iamctl("session revoke - -o json").input(none).ok();
        assert_eq!(
            outcome.json(),
            serde_json::json!([]),
            "an empty input succeeds without a question"
        );
    }
    assert_eq!((db.rows(), db.audit()), before);

    let ids = db.iamctl("session list --status live -o id").ok().stdout;
    let revoked = db.iamctl(REVOKE).arg("-").arg(id("l")).input(ids).json();
    assert_eq!(letters(&revoked), "LMlm", "each session is listed once");
    assert_eq!(live(&db), "");
    let audited = "select count(*) from admin_audit_log where action = 'session.revoke'";
    assert_eq!(db.sql(audited), "4");
}

#[test]
fn all_revokes_the_live_sessions_of_one_user() {
    for zone in ZONES {
        let db = every_state();
        set_zone(&db, zone);
        let before = db.rows();
        let revoke = || db.iamctl("session revoke --all --user ALICE --yes").json();
        let revoked = revoke();
        assert_eq!(letters(&revoked), "LM", "{zone}");
        assert_eq!(live(&db), "lm", "{zone}: other users stay logged in");
        assert_eq!(difference(&before, &db.rows()).0.len(), 2);
        let after = (db.rows(), db.audit());
        assert_eq!(revoke(), serde_json::json!([]), "a repeated revoke succeeds");
        assert_eq!((db.rows(), db.audit()), after);
    }
}

#[test]
fn the_everyone_option_revokes_all_sessions_with_one_audit_row() {
    for zone in ZONES {
        let db = every_state();
        set_zone(&db, zone);
        let before = (db.rows(), db.audit().len());
        let revoke = || {
            without_change_id(db.iamctl("session revoke --everyone --yes --reason breach").json())
        };
        let revoked = revoke();
        assert_eq!(
            revoked,
            serde_json::json!([{"sessions_revoked": 4, "authorization_codes_removed": 0, "changed": true}])
        );
        assert_eq!(live(&db), "", "{zone}");
        assert_eq!(
            difference(&before.0, &db.rows()).0.len(),
            4,
            "expired and revoked sessions are unchanged"
        );
        let entries = db.audit();
        assert_eq!(entries[..entries.len() - before.1], ["session.revoke||breach"]);
        let count = "select details->>'sessions_revoked' from admin_audit_log order by id desc";
        assert_eq!(db.sql(&format!("{count} limit 1")), "4");
        let after = (db.rows(), db.audit());
        let again = revoke();
        assert_eq!(
            again,
            serde_json::json!([{"sessions_revoked": 0, "authorization_codes_removed": 0, "changed": false}])
        );
        assert_eq!((db.rows(), db.audit()), after);
    }
}

#[test]
fn ids_that_begin_with_a_hyphen_are_accepted() {
    let db = every_state();
    for (name, start) in [("x", "+h"), ("r", "++"), ("m", "/+")] {
        db.sql(&format!(
            "update refresh_tokens set token = rpad('{start}', 43, 'A') || '='
             where token like '{}%'",
            id(name)
        ));
    }
    let line = "session revoke --yes -hAAAAAAAAAA id:--AAAAAAAAAA _-AAAAAAAAAA";
    assert_eq!(db.iamctl(line).json().as_array().unwrap().len(), 3);
    assert_eq!(live(&db), "Llm");
}

#[test]
fn revoke_asks_first_and_a_dry_run_changes_nothing() {
    let db = every_state();
    let before = (db.rows(), db.audit());
    let by_id = format!("session revoke {}", id("l"));
    for (line, says) in [
        (by_id.as_str(), id("l").as_str()),
        ("session revoke --all --user alice", "every session of user `alice`"),
        ("session revoke --everyone", "every session of every user"),
    ] {
        db.iamctl(line).fails(2).says("--yes");
        assert_eq!(db.iamctl(line).arg("--dry-run").json()[0]["changed"], true);
        db.iamctl(line).arg("--dry-run").ok().says("nothing was changed");
        assert!(in_five_formats(|| db.iamctl(line).arg("--dry-run")) > 0);
        for answer in ["n", ""] {
            assert_eq!(db.iamctl(line).answered(&[says, &db.name, "`postgres`"], answer), 5);
        }
    }
    db.iamctl("session revoke -").input(id("l")).fails(2).says("--yes");
    assert_eq!((db.rows(), db.audit()), before);
    assert_eq!(db.iamctl(&by_id).answered(&[&id("l")], "y"), 0);
    assert_eq!(live(&db), "Mlm");
}

#[test]
fn bad_input_is_refused_with_advice_and_changes_nothing() {
    let db = every_state();
    let before = (db.rows(), db.audit());
    let id = id("l");
    for (options, code, says) in [
        ("", 2, ""),
        ("--all", 2, "--user"),
        ("--user alice", 2, "--all"),
        ("--everyone --all --user alice", 2, "cannot be used with"),
        (&format!("{id} --everyone"), 2, "cannot be used with"),
        (&format!("{id} --all --user alice"), 2, "cannot be used with"),
        ("nonsense", 2, "12 to 24 characters"),
        ("--all --user nobody", 3, "nobody"),
    ] {
        db.iamctl(&format!("session revoke --yes {options}")).fails(code).says(says);
    }
    // The refresh token is a secret.
    let token = db.sql("select token from refresh_tokens limit 1");
    for run in [
        db.iamctl("session revoke --yes").arg(&token),
        db.iamctl("session revoke --yes -").input(token.as_str()),
    ] {
        let failed = run.fails(2);
        assert!(!failed.stderr.contains(&token[..20]), "{failed:?}");
    }
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn concurrent_revokes_change_a_session_once() {
    let db = every_state();
    let outcomes = at_once((0..6).map(|_| db.iamctl(REVOKE).arg(id("l")).arg("-ojson")));
    let changed = outcomes.iter().filter(|outcome| outcome.json()[0]["changed"] == true).count();
    assert_eq!(changed, 1, "{outcomes:#?}");
    assert!(outcomes.iter().all(|outcome| outcome.json()[0]["status"] == "revoked"));
    let audited = "select count(*) from admin_audit_log where action = 'session.revoke'";
    assert_eq!(db.sql(audited), "1");
}

#[test]
fn a_failed_audit_row_rolls_back_the_change() {
    let db = every_state();
    db.sql("alter table admin_audit_log add constraint no check (action <> 'session.revoke')");
    let before = db.rows();
    for which in [id("l").as_str(), "--all --user alice", "--everyone"] {
        db.iamctl(&format!("session revoke --yes {which}")).fails(7);
    }
    assert_eq!(db.rows(), before);
}

#[test]
fn the_user_option_is_accepted_only_with_all() {
    let db = Db::new();
    db.user("alice");
    let before = db.rows();
    for line in
        ["--everyone --user alice", "AAAAAAAAAAAA --user alice", "--everyone --all --user alice"]
    {
        db.iamctl(&format!("session revoke {line} --yes")).fails(2);
    }
    db.iamctl("code revoke AAAAAAAAAAAA --user alice --yes").fails(2);
    assert_eq!(db.rows(), before);
}

/// The service's refresh deletes the session, and makes the next one from an authorization code that
/// lives for a minute.
fn in_mid_refresh() -> Db {
    let db = Db::new();
    for user in ["alice", "bob"] {
        db.user(user);
        db.iamctl(&format!("code issue authorization --user {user}")).ok();
    }
    db.sql(
        "insert into verification_codes
         select id, now(), now() + interval '1h', rpad(username, 43, 'A') || '=' from users",
    );
    db
}

fn codes(db: &Db) -> String {
    db.sql(
        "select 'authorization', username from authorization_codes join users on id = user_id
         union all
         select 'verification', username from verification_codes join users on id = user_id
         order by 1, 2",
    )
}

const VERIFICATION_CODES: &str = "verification|alice\nverification|bob";

#[test]
fn ending_sessions_ends_a_refresh_under_way() {
    for line in
        ["session revoke --all --user alice --yes", "user block alice --revoke-sessions --yes"]
    {
        let db = in_mid_refresh();
        db.iamctl(&format!("{line} --dry-run")).ok().says("1 ");
        assert_eq!(codes(&db).lines().count(), 4, "{line}");
        let ended = db.iamctl(line).ok();
        assert!(ended.stderr.contains("also removed 1 "), "{ended:#?}");
        assert_eq!(codes(&db), format!("authorization|bob\n{VERIFICATION_CODES}"), "{line}");
        let details = db.sql("select details::text from admin_audit_log order by id desc limit 1");
        assert!(details.contains("codes_removed\": 1"), "{line}: {details}");
    }
}

#[test]
fn everyone_includes_users_who_have_only_a_code() {
    let db = in_mid_refresh();
    let total = db.iamctl("session revoke --everyone --yes").json();
    assert_eq!(
        without_change_id(total),
        serde_json::json!([
            {"sessions_revoked": 0, "authorization_codes_removed": 2, "changed": true}
        ])
    );
    assert_eq!(codes(&db), VERIFICATION_CODES);
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'session.revoke'"), "1");
}

/// Users in more than one batch, some with a session, some with a code.
/// The client's transaction began before the command, and commits while the command waits for it. In
/// either direction: a code is exchanged for a session, or a session for a code.
#[test]
fn everyone_ends_what_a_client_is_exchanging() {
    const CODE: &str = "insert into authorization_codes
        select id, now(), now() + interval '1min', repeat('c', 43) || '=' from users";
    const SESSION: &str = "insert into refresh_tokens
        select id, now() at time zone 'utc', now() at time zone 'utc' + interval '90d',
               repeat('s', 43) || '=', false from users";
    for (before, exchange) in [
        (CODE, format!("begin; delete from authorization_codes; {SESSION}")),
        (SESSION, format!("begin; delete from refresh_tokens; {CODE}")),
    ] {
        let db = Db::new();
        db.user("alice");
        db.sql(before);
        let mut client = db.session(&exchange);
        let run = db.iamctl("session revoke --everyone --yes").start();
        db.wait_until(
            "exists (select from pg_stat_activity
                     where application_name = 'iamctl' and wait_event_type = 'Lock'
                       and datname = current_database())",
        );
        client.batch_execute("commit").unwrap();
        run.ends_with(0);
        let left = db.sql(
            "select (select count(*) from refresh_tokens
                     where expires_at > now() at time zone 'utc')
                    + (select count(*) from authorization_codes)",
        );
        assert_eq!(left, "0", "{exchange}");
    }
}

#[test]
fn everyone_covers_all_batches() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'u' || n, convert_to('u' || n, 'utf8'), n || '@x.org'
         from generate_series(1, 2500) n;
         insert into refresh_tokens
         select id, now() at time zone 'utc', now() at time zone 'utc' + interval '1 day',
                left(encode(sha256(username::bytea), 'base64'), 43) || '=', false
         from users where username ~ '[02468]$';
         insert into authorization_codes
         select id, now(), now() + interval '1min',
                left(encode(sha256(username::bytea), 'base64'), 43) || '='
         from users where username ~ '[13579]$'",
    );
    let total = db.iamctl("session revoke --everyone --yes").json();
    assert_eq!(total[0]["sessions_revoked"], 1250);
    assert_eq!(total[0]["authorization_codes_removed"], 1250);
    assert_eq!(db.sql("select count(*) from authorization_codes"), "0");
}
