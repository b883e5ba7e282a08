//! If a trigger or a rule keeps a row as it is, the command fails and nothing is changed. A kept
//! row is reported neither as changed nor as already in the wanted state. So it is for a superuser and for
//! a role with the rights of an operator and no more.

use crate::support::{Db, Run};

/// A database, and a role with the rights of an operator.
struct World {
    db: Db,
    operator: String,
}

impl std::ops::Deref for World {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

impl World {
    fn new() -> Self {
        let db = Db::new();
        Self { operator: db.operator(), db }
    }

    /// The command as a superuser, and as an operator. It is expected to change nothing.
    fn as_both(&self, line: &str) -> [Run; 2] {
        [self.db.url(), self.db.url_as(&self.operator)].map(|url| Run::new(&url, line))
    }

    /// Expects this exit code, these texts on standard error, nothing on standard output, and no change,
    /// of both roles.
    #[track_caller]
    fn refuse(&self, code: i32, line: &str, says: &[&str]) {
        let before = (self.rows(), self.audit());
        for run in self.as_both(line) {
            let outcome = run.fails(code);
            says.iter().fold(outcome, |outcome, text| outcome.says(text));
            assert_eq!((self.rows(), self.audit()), before, "{line}");
        }
    }
}

#[test]
fn a_change_that_a_trigger_or_rule_prevents_is_refused() {
    let db = World::new();
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
        db.refuse(5, line, &[]);
    }
}

#[test]
fn a_change_without_its_audit_row_is_rolled_back() {
    let db = World::new();
    db.user("alice");
    db.sql(
        "create function keep() returns trigger language plpgsql as 'begin return null; end';
         create trigger keep before insert on admin_audit_log
         for each row execute function keep()",
    );
    db.refuse(5, "user create bob --email bob@example.org", &["audit rows"]);
    db.refuse(5, "user create bob --email bob@example.org --if-not-exists", &["audit rows"]);
    db.refuse(5, "user block alice --yes", &["audit rows"]);
    db.refuse(5, "owner create --user alice", &["audit rows"]);
}

/// alice has a session, codes of both kinds, and a token, and shares an owner with bob.
fn alice_and_bob() -> World {
    let db = World::new();
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

/// Creates a trigger that runs before each `event` on the table and returns `returns`.
fn keep(db: &Db, table: &str, event: &str, returns: &str) {
    db.sql(&format!(
        "create function keep() returns trigger language plpgsql as 'begin return {returns}; end';
         create trigger keep before {event} on {table} for each row execute function keep()"
    ));
}

/// Creates a trigger that changes each row before it is inserted.
fn alter(db: &Db, table: &str, assignment: &str) {
    db.sql(&format!(
        "create function alter_{table}() returns trigger language plpgsql as
         $$begin {assignment}; return new; end$$;
         create trigger alter_{table} before insert on {table}
         for each row execute function alter_{table}()"
    ));
}

#[track_caller]
fn refused(db: &World, line: &str) {
    db.refuse(5, line, &["a trigger, a rule or a policy prevents it"]);
}

/// The commands that end alice's session.
const END_SESSIONS: [&str; 6] = [
    "user block alice --revoke-sessions --yes",
    "user delete alice --yes",
    "user offboard alice --yes",
    "session revoke --all --user alice --yes",
    "session revoke sAAAAAAAAAAA --yes",
    "session revoke --everyone --yes",
];

/// The rows that belong to a user are compared, too. If the trigger returns NULL, the statement
/// skips the row. If it returns the old row, the statement counts the row and does not change it.
#[test]
fn a_kept_row_that_belongs_to_a_user_fails_the_command() {
    for (table, event, returns, lines) in [
        ("refresh_tokens", "update", "null", END_SESSIONS.to_vec()),
        ("refresh_tokens", "update", "old", END_SESSIONS.to_vec()),
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
                "session revoke --all --user alice --yes",
                "session revoke --everyone --yes",
                "user block alice --revoke-sessions --yes",
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
        let db = alice_and_bob();
        keep(&db, table, event, returns);
        for line in lines {
            refused(&db, line);
        }
    }
}

/// A secret is printed only if its row was inserted.
#[test]
fn a_command_whose_row_is_not_inserted_fails() {
    for (table, line) in [
        ("users", "user create carol --email carol@example.org"),
        ("users", "user create carol --email carol@example.org --if-not-exists"),
        ("api_tokens", "token issue --user alice --name new"),
        ("api_tokens", "token rotate --user alice --name ci --yes"),
        ("authorization_codes", "code issue authorization --user alice"),
    ] {
        let db = alice_and_bob();
        keep(&db, table, "insert", "null");
        refused(&db, line);
    }
}

/// PostgreSQL reports such a rule as an error of RETURNING, which need not name the table.
#[test]
fn a_rule_that_replaces_a_change_is_named() {
    for (event, table, line) in [
        ("insert", "users", "user create carol --email carol@example.org"),
        ("insert", "users", "user create carol --email carol@example.org --if-not-exists"),
        ("insert", "authorization_codes", "code issue authorization --user alice"),
        ("insert", "api_tokens", "token issue --user alice --name new"),
        ("insert", "admin_audit_log", "user create carol --email carol@example.org"),
        ("update", "users", "user block alice --yes"),
        ("delete", "authorization_codes", "code revoke --all --user alice --yes"),
    ] {
        let db = alice_and_bob();
        db.sql(&format!("create rule swallow as on {event} to {table} do instead nothing"));
        db.refuse(5, line, &[&format!("`swallow` on `{table}`")]);
    }
}

/// Without RETURNING, PostgreSQL counts what such a rule did as what the command did.
#[test]
fn a_rule_that_diverts_a_change_is_named() {
    for (event, table, action, lines) in [
        (
            "insert",
            "admin_audit_log",
            "insert into diverted values (new.action)",
            vec![
                "user create carol --email carol@example.org",
                "user block alice --yes",
                "token issue --user alice --name new",
                "session revoke --everyone --yes",
                "user erase alice --force --yes",
                "owner create --user alice",
                "code revoke --all --user alice --yes",
            ],
        ),
        (
            "delete",
            "api_tokens",
            "insert into diverted values (old.name)",
            vec!["user erase alice --force --yes"],
        ),
        (
            "update",
            "refresh_tokens",
            "insert into diverted values (old.token)",
            END_SESSIONS.to_vec(),
        ),
        (
            "delete",
            "authorization_codes",
            "insert into diverted values (old.code)",
            vec!["session revoke --everyone --yes", "code revoke --all --user alice --yes"],
        ),
    ] {
        let db = alice_and_bob();
        db.sql(&format!(
            "create table diverted (what text);
             create rule divert as on {event} to {table} do instead {action}"
        ));
        for line in lines {
            db.refuse(5, line, &[&format!("`divert` on `{table}`")]);
        }
        assert_eq!(db.sql("select count(*) from diverted"), "0", "{event} {table}");
    }
}

/// The command returns the row as the trigger leaves it: changed, and not as asked.
#[test]
fn a_change_whose_row_gets_other_values_is_refused() {
    for (table, event, assignment, line) in [
        (
            "users",
            "update",
            "new.email_verified := old.email_verified",
            "user set-email alice other@example.org --yes",
        ),
        (
            "users",
            "update",
            "new.email_verified_at := old.email_verified_at",
            "user set-email alice other@example.org --yes",
        ),
        ("users", "update", "new.email := 'third@example.org'", SET_VERIFIED_EMAIL),
        ("users", "update", "new.email_verified_at := null", SET_VERIFIED_EMAIL),
        ("users", "update", "new.deleted_at := null", "user delete alice --yes"),
        ("users", "update", "new.deleted_at := now()", "user restore dora"),
        ("users", "update", "new.email_verified_at := now()", "user unverify-email alice"),
        ("users", "update", "new.email_verified_at := null", "user verify-email dora"),
        (
            "api_tokens",
            "update",
            "new.revoked_at := null",
            "token revoke --user alice --name ci --yes",
        ),
        ("api_tokens", "update", "new.revoked_at := null", "user offboard alice --yes"),
        (
            "api_token_owners",
            "insert",
            "new.owner_id := gen_random_uuid()",
            "token issue --user dora --name new --force",
        ),
        (
            "api_token_owners",
            "insert",
            "new.owner_id := gen_random_uuid()",
            "owner create --user alice",
        ),
        ("api_token_owners", "insert", BOB, "token issue --user dora --name new --force"),
        ("api_token_owners", "insert", BOB, "owner create --user alice"),
        ("api_token_owners", "insert", BOB, "user offboard alice --hand-over-to erin --yes"),
    ] {
        let db = alice_and_bob();
        db.user("erin");
        db.sql(
            "update users set email_verified = true, email_verified_at = now();
             insert into users values
             (gen_random_uuid(), now(), 'dora', 'dora', 'dora@example.org', false, null, false,
              true, now())",
        );
        alter_before(&db, table, event, assignment);
        refused(&db, line);
    }
    for assignment in ["new.revoked := false", "new.revoked_at := null"] {
        let db = alice_and_bob();
        alter_before(&db, "refresh_tokens", "update", assignment);
        for line in END_SESSIONS {
            refused(&db, line);
        }
    }
}

const BOB: &str = "select id into new.user_id from users where username = 'bob'";

/// Creates a trigger that changes each row before the event.
fn alter_before(db: &Db, table: &str, event: &str, assignment: &str) {
    db.sql(&format!(
        "create function alter_row() returns trigger language plpgsql as
         $$begin {assignment}; return new; end$$;
         create trigger alter_row before {event} on {table}
         for each row execute function alter_row()"
    ));
}

const SET_VERIFIED_EMAIL: &str = "user set-email alice other@example.org --verified --yes";

/// A trigger may set when a row was changed.
#[test]
fn a_change_with_a_time_of_the_database_is_accepted() {
    let db = alice_and_bob();
    db.sql(
        "create function set_time() returns trigger language plpgsql as
         $$begin new.deleted_at := now() - interval '1s'; return new; end$$;
         create trigger set_time before update on users
         for each row when (new.deleted) execute function set_time()",
    );
    db.iamctl("user delete alice --yes").ok();
}

/// PostgreSQL takes no change of such a table in WITH. Commands that have none go on working.
#[test]
fn a_rule_that_adds_to_a_change_is_found_and_named() {
    const CREATE: &str = "user create carol --email carol@example.org";
    let if_not_exists = format!("{CREATE} --if-not-exists");
    for (event, table, refused, works) in [
        ("insert", "users", vec![CREATE, &if_not_exists], "user block alice --yes"),
        ("insert", "admin_audit_log", vec![CREATE, &if_not_exists], "user list"),
        ("update", "users", vec![], "user block alice --yes"),
        ("delete", "users", vec![], "user erase alice --force --yes"),
        ("insert", "authorization_codes", vec![], "code issue authorization --user alice"),
        ("delete", "authorization_codes", vec![], "code revoke --all --user alice --yes"),
        ("insert", "api_tokens", vec![], "token issue --user alice --name new"),
        ("update", "api_tokens", vec![], "token revoke --user alice --all --yes"),
        ("update", "refresh_tokens", vec![], "session revoke --all --user alice --yes"),
        ("delete", "verification_codes", vec![], "code purge"),
    ] {
        let db = alice_and_bob();
        db.sql(&format!(
            "create table seen (line int);
             create rule note as on {event} to {table} do also insert into seen values (1)"
        ));
        let found = db.iamctl("db check -o json").ends_with(5).json();
        let mut found = found.as_array().unwrap().iter();
        assert!(
            found.any(|it| it["table"] == table && it["object"] == "note"),
            "no finding: {event} {table}"
        );
        for line in refused {
            let rule = format!("the rule `note` on `{table}`");
            db.refuse(5, line, &[&rule, "iamctl db check"]);
        }
        assert_eq!(db.sql("select count(*) from seen"), "0", "{event} {table}");
        db.iamctl(works).ok();
    }
}

/// The tables and events of a rule, with a command that PostgreSQL then refuses: every right that an
/// operator lacks on these tables is among them.
#[test]
fn a_rule_that_replaces_a_change_is_named_in_german_too() {
    for (event, table, line) in [
        ("update", "refresh_tokens", "session revoke --all --user alice --yes"),
        ("insert", "admin_audit_log", "user block alice --yes"),
        ("delete", "authorization_codes", "session revoke --all --user alice --yes"),
        ("delete", "verification_codes", "code revoke --all --user alice --yes"),
        ("insert", "api_token_owners", "owner create --user alice"),
        ("insert", "users", "user create carol --email carol@example.org --if-not-exists"),
    ] {
        let db = alice_and_bob();
        db.sql(&format!(
            "alter database {} set lc_messages = 'de_DE.UTF-8';
             create rule swallow as on {event} to {table} do instead nothing",
            db.name
        ));
        db.refuse(5, line, &[&format!("`swallow` on `{table}`")]);
    }
}

/// Whatever table the words name, and whichever rights an operator lacks on it; also beside a rule that
/// has nothing to do with it.
#[test]
fn an_error_that_a_trigger_raises_is_shown_as_it_is() {
    for table in [
        "authorization_codes",
        "api_token_owners",
        "refresh_tokens",
        "admin_audit_log",
        "api_tokens",
    ] {
        for rule in ["", "create rule note as on insert to api_tokens do also select 1"] {
            for language in ["C", "de_DE.UTF-8"] {
                let db = alice_and_bob();
                db.sql(&format!(
                    "create function fail() returns trigger language plpgsql as
                     $$begin raise exception 'quota of {table} exceeded'; end$$;
                     create trigger fail before update on users
                     for each row execute function fail();
                     alter database {} set lc_messages = '{language}'; {rule}",
                    db.name
                ));
                db.refuse(1, "user block alice --yes", &[&format!("quota of {table} exceeded")]);
            }
        }
    }
}

/// What an operator may not do is said to a role with fewer rights: also of one that a trigger or rule
/// keeps rows from.
#[test]
fn a_right_that_an_operator_has_is_missed_beside_a_rule_too() {
    for language in ["C", "de_DE.UTF-8"] {
        let db = alice_and_bob();
        db.sql(&format!(
            "revoke update on refresh_tokens from {};
             create rule note as on delete to refresh_tokens do also select 1;
             alter database {} set lc_messages = '{language}'",
            db.operator, db.name
        ));
        let line = "session revoke --all --user alice --yes";
        let run = Run::new(&db.url_as(&db.operator), line);
        run.fails(8).says("with table `refresh_tokens` (it may: SELECT, DELETE)");
    }
}

/// Each column of a new row but the time of creation.
#[test]
fn a_command_whose_new_row_has_other_values_fails() {
    const CREATE: &[&str] = &[
        "user create carol --email carol@example.org",
        "user create carol --email carol@example.org --verified",
        "user create carol --email carol@example.org --if-not-exists",
    ];
    const TOKENS: &[&str] = &[
        "token issue --user alice --name new",
        "token rotate --user alice --name ci --yes",
        "token rotate --user alice --name ci --overlap 0s --expires-in 1h --yes",
    ];
    const VERIFICATION: &[&str] = &["code issue verification --user alice --force"];
    const AUTHORIZATION: &[&str] = &["code issue authorization --user alice"];
    let bob = "(select id from users where username = 'bob')";
    let bobs = format!("new.user_id := {bob}");
    for (table, lines, assignment) in [
        ("users", CREATE, "new.id := gen_random_uuid()"),
        ("users", CREATE, "new.username := 'Carol'"),
        ("users", CREATE, "new.username_fingerprint := 'other'"),
        ("users", CREATE, "new.email := 'hijack@example.org'"),
        ("users", CREATE, "new.email_verified := not new.email_verified"),
        ("users", &CREATE[1..2], "new.email_verified_at := null"),
        ("users", &CREATE[..1], "new.email_verified_at := now()"),
        ("users", CREATE, "new.blocked := true"),
        ("users", CREATE, "new.deleted := true; new.deleted_at := now()"),
        ("api_tokens", TOKENS, "new.token := rpad('x', 43, 'A') || '.'"),
        ("api_tokens", TOKENS, "new.owner_id := gen_random_uuid()"),
        ("api_tokens", TOKENS, "new.name := 'other'"),
        ("api_tokens", TOKENS, "new.expires_at := new.expires_at + interval '1us'"),
        ("api_tokens", TOKENS, "new.expires_at := 'infinity'"),
        ("api_tokens", TOKENS, "new.blocked := true"),
        ("api_tokens", TOKENS, "new.revoked := true; new.revoked_at := now()"),
        ("verification_codes", VERIFICATION, "new.code := rpad('x', 43, 'A') || '='"),
        ("verification_codes", VERIFICATION, &bobs),
        ("verification_codes", VERIFICATION, "new.expires_at := 'infinity'"),
        ("authorization_codes", AUTHORIZATION, "new.code := rpad('x', 43, 'A') || '='"),
        ("authorization_codes", AUTHORIZATION, &bobs),
        ("authorization_codes", AUTHORIZATION, "new.expires_at := 'infinity'"),
    ] {
        let db = alice_and_bob();
        alter(&db, table, assignment);
        for line in lines {
            db.refuse(5, line, &["a trigger, a rule or a policy prevents it", "as asked"]);
        }
    }
}

/// A trigger that sets another column of a token than the one that was to change.
#[test]
fn a_token_that_changes_in_another_way_than_asked_fails_the_command() {
    for assignment in ["new.expires_at := 'infinity'", "new.name := 'other'", "new.blocked := true"]
    {
        for line in [
            "token revoke --user alice --name ci --yes",
            "token block --user alice --name ci --yes",
            "token rotate --user alice --name ci --yes",
            "token rotate --user alice --name ci --overlap 1h --yes",
            "user block alice --revoke-tokens --yes",
            "user offboard alice --yes",
            "user offboard alice --hand-over-to bob --yes",
        ] {
            if assignment.contains("blocked") && line.contains("token block") {
                continue;
            }
            let db = alice_and_bob();
            alter_before(&db, "api_tokens", "update", assignment);
            refused(&db, line);
        }
    }
}

/// A trigger that sets another column of a user than the one that was to change, such as one that lets the
/// user in.
#[test]
fn a_user_who_changes_in_another_way_than_asked_fails_the_command() {
    let let_in = "new.blocked := false; new.deleted := false; new.deleted_at := null";
    for (assignment, lines) in [
        (
            let_in,
            &[
                "user rename carol carl",
                "user set-email carol carl@example.org --verified --yes",
                "user unverify-email carol",
            ][..],
        ),
        (
            "new.email := 'evil@example.org'",
            &[
                "user rename alice alex",
                "user block alice --yes",
                "user delete alice --yes",
                "user offboard alice --yes",
                "user unverify-email alice",
                "user restore carol",
                "user unblock carol",
            ][..],
        ),
        ("new.username := 'other'", &["user block alice --yes", "user unblock carol"][..]),
    ] {
        for line in lines {
            let db = alice_and_bob();
            db.user("carol");
            db.sql(
                "update users set blocked = true, deleted = true, deleted_at = now()
                 where username = 'carol'",
            );
            alter_before(&db, "users", "update", assignment);
            db.refuse(5, line, &["a trigger, a rule or a policy prevents it"]);
        }
    }
}

/// A trigger that gives a session another key, user or time while it is revoked.
#[test]
fn a_session_that_changes_in_another_way_than_asked_fails_its_revocation() {
    for assignment in [
        "new.token := translate(old.token, 'A', 'B')",
        "new.user_id := (select id from users where username = 'bob')",
        "new.created_at := now()",
    ] {
        let db = alice_and_bob();
        alter_before(&db, "refresh_tokens", "update", assignment);
        refused(&db, "session revoke sAAAAAAAAAAA --yes");
        refused(&db, "session revoke --all --user alice --yes");
    }
}

/// What COMMIT would refuse, a dry run refuses.
#[test]
fn a_dry_run_fails_where_a_deferred_constraint_would() {
    let db = alice_and_bob();
    db.sql(
        "create table mails (code char(44) references verification_codes
                                deferrable initially deferred);
         insert into mails select code from verification_codes",
    );
    for line in [
        "code revoke --all --user alice --yes",
        "user delete alice --yes",
        "user offboard alice --yes",
        "user erase alice --force --yes",
    ] {
        db.refuse(4, &format!("{line} --dry-run"), &["mails"]);
        db.refuse(4, line, &["mails"]);
    }
}

/// A trigger may set when a row was created, and times are compared as the database stores them.
#[test]
fn a_new_row_with_another_time_of_creation_is_accepted() {
    let db = alice_and_bob();
    for table in ["users", "api_tokens", "verification_codes", "authorization_codes"] {
        alter(&db, table, "new.created_at := now() + interval '1s'");
    }
    db.iamctl("user create carol --email carol@example.org --verified").ok();
    let end = "--expires-at 2999-12-31T23:59:59.1234567Z";
    db.iamctl(&format!("token issue --user alice --name new {end}")).ok();
    db.iamctl(&format!("token rotate --user alice --name ci --yes {end}")).ok();
    db.iamctl(&format!("code issue verification --user alice --force {end}")).ok();
    db.iamctl(&format!("code issue authorization --user alice {end}")).ok();
    let ends = "select count(*) from api_tokens where expires_at = '2999-12-31T23:59:59.123456Z'";
    assert_eq!(db.sql(ends), "2");
}

#[test]
fn a_user_whom_a_trigger_keeps_is_left_and_named_and_the_others_go() {
    let db = Db::new();
    db.deleted_users(600);
    db.sql(
        "create function keep() returns trigger language plpgsql as
         'begin if old.username = ''u550'' then return null; end if; return old; end';
         create trigger keep before delete on users for each row execute function keep()",
    );
    let kept = db.sql("select id from users where username = 'u550'");
    let outcome = db.iamctl("user erase --deleted-for 1y --yes -o id").run();
    assert_eq!(outcome.code, 9);
    let outcome = outcome.says("1 deleted user left").says(&kept).says("a trigger");
    let outcome = outcome.says("the erasure of 599 users is committed");
    assert_eq!(outcome.lines().len(), 599);
    assert_eq!(db.sql("select username from users"), "u550");
    // The next run says the same, and its list is an empty one.
    let outcome = db.iamctl("user erase --deleted-for 1y --yes -o json").run();
    assert_eq!((outcome.code, outcome.stdout.trim()), (9, "[]"));
    assert!(outcome.stderr.contains(&kept), "{outcome:#?}");
}

#[test]
fn an_erasure_without_its_audit_row_ends_the_run() {
    let db = Db::new();
    db.deleted_users(3);
    db.sql(
        "create function keep() returns trigger language plpgsql as 'begin return null; end';
         create trigger keep before insert on admin_audit_log for each row execute function keep()",
    );
    db.iamctl("user erase --deleted-for 1y --yes").fails(5).says("audit rows");
    assert_eq!(db.sql("select count(*) from users"), "3");
}

/// What the import inserted is known from RETURNING, whatever a trigger makes of the rows.
#[test]
fn an_import_counts_what_was_inserted() {
    const ROWS: &str = "username,email\nann,ann@x.org\nbea,bea@x.org\ncat,cat@x.org\n";
    let import = |body: &str, mode: &str| {
        let db = Db::new();
        db.user("bea");
        db.sql(
            "update users set email = 'other@x.org', username = 'zoe', username_fingerprint = 'z'",
        );
        db.sql(&format!(
            "create function alter_row() returns trigger language plpgsql as $$begin {body} end$$;
             create trigger alter_row before insert on users
             for each row execute function alter_row()"
        ));
        let line = format!("user import - --format csv --on-conflict {mode}");
        let outcome = db.iamctl(&line).input(ROWS).run();
        let rows = db.sql("select count(*) from users where username <> 'zoe'");
        (outcome, rows, db.sql("select count(*) from admin_audit_log where action = 'user.import'"))
    };
    for mode in ["fail", "skip"] {
        let changed = "new.email := 'x-' || new.email; return new;";
        let (outcome, rows, audited) = import(changed, mode);
        assert_eq!((outcome.code, rows.as_str(), audited.as_str()), (0, "3", "1"), "{outcome:#?}");
        assert!(outcome.stdout.contains("imported"), "{outcome:#?}");
        let dropped = "if new.username = 'bea' then return null; end if; return new;";
        let (outcome, rows, audited) = import(dropped, mode);
        assert_eq!((outcome.code, rows.as_str(), audited.as_str()), (5, "0", "0"), "{outcome:#?}");
        assert!(outcome.stderr.contains("trigger"), "{outcome:#?}");
    }
    let (outcome, rows, _) = import("new.id := gen_random_uuid(); return new;", "skip");
    assert_eq!((outcome.code, rows.as_str()), (5, "0"), "{outcome:#?}");
    assert!(outcome.stderr.contains("changes the ids"), "{outcome:#?}");
}

/// A purge would leave rows that refer to what it deletes, and the audit log could be changed.
#[test]
fn nothing_is_changed_where_foreign_keys_do_not_run() {
    let db = alice_and_bob();
    let (name, operator) = (&db.name, &db.operator);
    let says = "session_replication_role is `replica`";
    let block = |options: &str| {
        Run::new(&db.url_as(operator), &format!("user block alice --yes {options}"))
    };
    for of in [
        &format!("role {operator}"),
        &format!("database {name}"),
        &format!("role {operator} in database {name}"),
    ] {
        db.sql(&format!("alter {of} set session_replication_role = replica"));
        let refused = block("").fails(5).says(says);
        let advice = refused.stderr.trim().split_once("run: ").unwrap().1.to_owned();
        db.sql(&advice);
        block("--dry-run").ok();
    }
    let url = format!("{}&options=-csession_replication_role%3Dreplica", db.url());
    Run::new(&url, "user block alice --yes").fails(5).says("out of `options`");

    db.sql(&format!("alter database {name} set session_replication_role = replica"));
    for line in
        ["user block alice --yes", "user block alice --dry-run", "user erase bob --force --yes"]
    {
        db.refuse(
            5,
            line,
            &[says, &format!("alter database {name} reset session_replication_role")],
        );
    }
    for run in db.as_both("purge -o id") {
        run.ends_with(5).says("session_replication_role is `replica`");
    }
    for run in db.as_both("user list --count") {
        assert_eq!(run.ok().line(), "2");
    }
}
