//! Locks of commands that run at the same time (docs/behaviour.md, Locks). Limits and
//! find-or-create take their lock in a statement before the one that checks, so that the check
//! reads the rows that were committed before the lock was granted.

use std::fs;

use diesel::connection::SimpleConnection as _;

use crate::support::running::at_once;
use crate::support::{Db, Outcome, directory};

/// alice has a personal owner, `owner`, with `token`. She shares a second owner, `team`, with bob.
struct World {
    db: Db,
    alice: String,
    bob: String,
    owner: String,
    team: String,
    token: String,
}

impl World {
    fn new() -> Self {
        let db = Db::new();
        let [alice, bob] = ["alice", "bob"].map(|name| db.user(name));
        let token = db.iamctl("token issue --user alice --name own").json();
        let team = db.iamctl("owner create --user alice --user bob").json();
        let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        Self {
            alice,
            bob,
            owner: text(&token["owner_id"]),
            team: text(&team["owner_id"]),
            token: text(&token["id"]),
            db,
        }
    }

    /// Replaces `{alice}`, `{bob}`, `{owner}`, `{team}` and `{token}` in a command line or in SQL.
    fn fill(&self, text: &str) -> String {
        [
            ("{alice}", &self.alice),
            ("{bob}", &self.bob),
            ("{owner}", &self.owner),
            ("{team}", &self.team),
            ("{token}", &self.token),
        ]
        .iter()
        .fold(text.to_owned(), |text, (name, value)| text.replace(name, value))
    }

    /// Another session locks the user that `key` names, or the users of the owner. The command starts
    /// and waits for that lock. The other session then runs `sql` and commits. Expects this exit code of
    /// the command.
    fn run_behind_lock(&self, key: &str, line: &str, sql: &str, code: i32) -> Outcome {
        let users =
            "select '{key}' union select user_id from api_token_owners where owner_id = '{key}'";
        let users = self.fill(&users.replace("{key}", key));
        let lock = format!("begin; select from users where id in ({users}) for no key update");
        self.run_behind(&lock, line, sql, code)
    }

    /// The same with an owner that has no users: its lock is an advisory one.
    fn run_behind_advisory_lock(&self, owner: &str, line: &str, sql: &str, code: i32) -> Outcome {
        let lock =
            "begin; select pg_advisory_xact_lock(hashtextextended('token owner ' || '{owner}', 0))";
        self.run_behind(&self.fill(&lock.replace("{owner}", owner)), line, sql, code)
    }

    /// Another session runs `lock`. The command starts and waits for it. The session then runs `sql` and
    /// commits.
    fn run_behind(&self, lock: &str, line: &str, sql: &str, code: i32) -> Outcome {
        let mut holder = self.db.session(lock);
        let run = self.db.iamctl(&self.fill(line)).start();
        self.db.wait_until(WAITING);
        holder.batch_execute(&format!("{}; commit", self.fill(sql))).unwrap();
        run.ends_with(code)
    }
}

/// SQL condition: a command waits for a lock.
const WAITING: &str = "exists (select from pg_stat_activity where datname = current_database()
     and application_name = 'iamctl' and wait_event_type = 'Lock')";

/// Inserts a live token named `new` of alice's personal owner.
const INSERT_TOKEN_NEW: &str = "
    insert into api_tokens
    select '{owner}', now(), now() + interval '1h', 'new', rpad('new', 43, 'A') || '.'";
/// Gives alice's personal owner, with its token, to bob. alice gets another owner.
const MOVE_OWNER_TO_BOB: &str = "
    update api_token_owners set user_id = '{bob}' where owner_id = '{owner}';
    insert into api_token_owners values (gen_random_uuid(), '{alice}')";
/// Renames alice to `old`, and dora to `alice`.
const RENAME_DORA_TO_ALICE: &str = "
    update users set username = 'old', username_fingerprint = 'old' where id = '{alice}';
    update users set username = 'alice' where username = 'dora'";
const REMOVE_USERS_OF_TEAM: &str = "delete from api_token_owners where owner_id = '{team}'";

#[test]
fn a_command_checks_rows_that_are_committed_while_it_waits() {
    for (key, line, sql, code, says) in [
        (
            "{owner}",
            "token issue --user alice --name new",
            INSERT_TOKEN_NEW,
            4,
            "a live token named `new`",
        ),
        ("{alice}", "token issue --user alice --name new", INSERT_TOKEN_NEW, 4, "`new`"),
        ("{owner}", "token issue --owner {owner} --name new", INSERT_TOKEN_NEW, 4, "`new`"),
        (
            "{alice}",
            "token issue --user alice --name new",
            "update users set blocked = true where id = '{alice}'",
            5,
            "cannot log in",
        ),
        ("{team}", "token issue --owner {team} --name new", REMOVE_USERS_OF_TEAM, 3, "{team}"),
        (
            "{alice}",
            "token issue --owner {owner} --name new",
            "update users set blocked = true where id = '{alice}'",
            5,
            "cannot log in",
        ),
        ("{team}", "owner add {team} bob", REMOVE_USERS_OF_TEAM, 3, "{team}"),
        ("{team}", "owner remove {team} bob --yes", REMOVE_USERS_OF_TEAM, 3, "{team}"),
        ("{team}", "owner delete {team} --yes", REMOVE_USERS_OF_TEAM, 3, "{team}"),
        (
            "{owner}",
            "owner delete {owner} --yes",
            INSERT_TOKEN_NEW,
            5,
            "`new` (newAAAAAAAAA), `own`",
        ),
        (
            "{alice}",
            "token rotate {token} --yes",
            "update users set blocked = true where id = '{alice}'",
            5,
            "cannot log in",
        ),
        (
            "{owner}",
            "token rotate --user alice --name own --yes",
            "update api_tokens set revoked = true",
            5,
            "revoked",
        ),
        (
            "{alice}",
            "owner create --user alice",
            "delete from users where id = '{alice}'",
            3,
            "alice",
        ),
        (
            "{alice}",
            "user erase alice --force --yes",
            "delete from users where id = '{alice}'",
            3,
            "alice",
        ),
        (
            "{alice}",
            "code issue verification --user alice",
            "update users set email_verified = false where id = '{alice}';
             insert into verification_codes
             select '{alice}', now(), now() + interval '5min', rpad(n::text, 43, 'A') || '='
             from generate_series(1, 3) n",
            5,
            "three live verification codes",
        ),
    ] {
        let world = World::new();
        let outcome = world.run_behind_lock(key, line, sql, code);
        assert!(outcome.stderr.contains(&world.fill(says)), "{line}: {outcome:#?}");
        let issued =
            world.db.sql("select count(*) from admin_audit_log where action like 'token.%'");
        assert_eq!(issued, "1", "{line}");
    }
}

/// The locked user or owner is no longer the one that the command has to change. The command rolls
/// back and starts again, as if it had been typed a moment later.
#[test]
fn a_command_that_waited_for_the_wrong_lock_starts_again() {
    const ONLY_DORA_IS_BLOCKED: &str = "(select blocked from users where username = 'alice')
        and not (select blocked from users where username = 'old')";
    const NO_TOKEN_IS_REVOKED: &str = "not exists (select from api_tokens where revoked)";
    let unverified = format!("{RENAME_DORA_TO_ALICE}; update users set email_verified = false");
    for (key, line, sql, holds) in [
        (
            "{owner}",
            "token issue --user alice --name new",
            MOVE_OWNER_TO_BOB,
            "(select user_id = '{alice}' from api_tokens join api_token_owners using (owner_id)
              where name = 'new')",
        ),
        (
            "{owner}",
            "token rotate {token} --yes",
            MOVE_TOKENS_TO_TEAM,
            "(select count(*) = 2 from api_tokens where name = 'own' and owner_id = '{team}')",
        ),
        ("{alice}", "user block alice --yes", RENAME_DORA_TO_ALICE, ONLY_DORA_IS_BLOCKED),
        (
            "{alice}",
            "user block alice --revoke-tokens --yes",
            RENAME_DORA_TO_ALICE,
            ONLY_DORA_IS_BLOCKED,
        ),
        ("{alice}", "user offboard alice --yes", RENAME_DORA_TO_ALICE, ONLY_DORA_IS_BLOCKED),
        (
            "{alice}",
            "user offboard carol --hand-over-to alice --yes",
            RENAME_DORA_TO_ALICE,
            "(select username = 'alice' from api_tokens join api_token_owners using (owner_id)
              join users on id = user_id where name = 'hers')",
        ),
        (
            "{alice}",
            "user erase alice --force --yes",
            RENAME_DORA_TO_ALICE,
            "not exists (select from users where username = 'alice')
             and exists (select from users where id = '{alice}')",
        ),
        (
            "{alice}",
            "code issue verification --user alice",
            &unverified,
            "(select username = 'alice' from verification_codes join users on id = user_id)",
        ),
        ("{alice}", "user offboard alice --yes", ADD_CAROL_TO_OWNER, NO_TOKEN_IS_REVOKED),
        (
            "{alice}",
            "user block alice --revoke-tokens --yes",
            ADD_CAROL_TO_OWNER,
            NO_TOKEN_IS_REVOKED,
        ),
        (
            "{alice}",
            "user erase alice --force --yes",
            ADD_CAROL_TO_OWNER,
            "(select count(*) = 1 from api_tokens where name = 'own')",
        ),
        (
            "{team}",
            "owner add {team} dora",
            ADD_CAROL_TO_TEAM,
            "(select count(*) = 4 from api_token_owners where owner_id = '{team}')",
        ),
        (
            "{owner}",
            "token revoke --user alice --all --yes",
            "insert into api_token_owners values ('{owner}', '{bob}')",
            NO_TOKEN_IS_REVOKED,
        ),
    ] {
        let world = World::new();
        world.db.user("carol");
        world.db.user("dora");
        world.db.iamctl("token issue --user carol --name hers").ok();
        world.run_behind_lock(key, line, sql, 0);
        assert_eq!(world.db.sql(&world.fill(&format!("select {holds}"))), "t", "{line}");
    }
}

/// An owner without users has no row to lock.
#[test]
fn commands_on_an_owner_without_users_exclude_each_other() {
    const ADD_BOB: &str = "insert into api_token_owners values ('{owner}', '{bob}')";
    const PURGE: &str = "delete from api_tokens where owner_id = '{owner}'";
    for (line, sql, code, says) in [
        ("token issue --owner {owner} --name new --force", INSERT_TOKEN_NEW, 4, "`new`"),
        ("token issue --owner {owner} --name new --force", PURGE, 3, "{owner}"),
        ("token issue --owner {owner} --name new", ADD_BOB, 0, ""),
        (
            "token rotate {token} --force --yes",
            "update api_tokens set revoked = true",
            5,
            "revoked",
        ),
        ("token rotate {token} --yes", ADD_BOB, 0, ""),
        ("owner add {owner} bob", PURGE, 3, "{owner}"),
        ("owner add {owner} alice", ADD_BOB, 0, ""),
        ("owner delete {owner} --yes", INSERT_TOKEN_NEW, 5, "`new` (newAAAAAAAAA), `own`"),
        ("owner delete {owner} --revoke-tokens --yes", ADD_BOB, 0, ""),
        ("token revoke --owner {owner} --all --yes", INSERT_TOKEN_NEW, 0, ""),
        ("token revoke --owner {owner} --name new --yes", INSERT_TOKEN_NEW, 0, ""),
        ("token block --owner {owner} --all --yes", ADD_BOB, 0, ""),
    ] {
        let world = World::new();
        world.db.sql(&world.fill("delete from api_token_owners where owner_id = '{owner}'"));
        let outcome = world.run_behind_advisory_lock("{owner}", line, sql, code);
        assert!(outcome.stderr.contains(&world.fill(says)), "{line}: {outcome:#?}");
        if line.contains("revoke") {
            let live = "select count(*) from api_tokens where not revoked and name = 'new'";
            assert_eq!(world.db.sql(&world.fill(live)), "0", "{line}");
        }
    }
}

/// The last user of an owner goes while a command waits for the user's row. The command then waits for
/// the owner's advisory lock, too, which a command that found no user holds.
#[test]
fn a_command_that_waited_for_the_last_user_of_an_owner_locks_the_owner() {
    let world = World::new();
    let advisory =
        "begin; select pg_advisory_xact_lock(hashtextextended('token owner {owner}', 0))";
    let mut other = world.db.session(&world.fill(advisory));
    let user = "begin; select from users where id = '{alice}' for no key update";
    let mut holder = world.db.session(&world.fill(user));
    let line = "token issue --owner {owner} --name new --force";
    let run = world.db.iamctl(&world.fill(line)).start();
    world.db.wait_until(WAITING);
    let gone = "delete from api_token_owners where owner_id = '{owner}'; commit";
    holder.batch_execute(&world.fill(gone)).unwrap();
    world.db.wait_until(
        "exists (select from pg_stat_activity where datname = current_database()
                 and application_name = 'iamctl' and wait_event = 'advisory')",
    );
    other.batch_execute(&world.fill(&format!("{INSERT_TOKEN_NEW}; commit"))).unwrap();
    run.ends_with(4);
}

/// All that changes one owner at once: its users, its tokens, and whether it has any.
#[test]
fn concurrent_changes_of_one_owner_leave_one_live_token_of_a_name() {
    let world = World::new();
    for round in 0..3 {
        let lines = [
            "owner remove {owner} alice --revoke-tokens --yes",
            "owner add {owner} bob",
            "owner add {owner} alice",
            "token issue --owner {owner} --name new --force",
            "token issue --owner {owner} --name new --force",
            "token issue --owner {owner} --name new --force",
            "token issue --user alice --name new --force",
            "token issue --user bob --name new --force",
            "owner remove {owner} bob --revoke-tokens --yes",
            "token issue --owner {owner} --name new --force",
            "owner delete {owner} --revoke-tokens --yes",
            "token issue --owner {owner} --name new --force",
            "token revoke --owner {owner} --all --yes",
            "token issue --owner {owner} --name new --force",
        ];
        let runs =
            lines.map(|line| world.db.iamctl(&world.fill(line)).arg("--lock-timeout").arg("60s"));
        for outcome in at_once(runs) {
            assert!([0, 3, 4, 5].contains(&outcome.code), "{round}: {outcome:#?}");
        }
        let doubles = "select count(*) from (
             select from api_tokens where not revoked group by owner_id, name having count(*) > 1) d";
        assert_eq!(world.db.sql(doubles), "0", "{round}");
    }
}

/// Each command waits for the one before it, and then finds one more user of the owner.
#[test]
fn concurrent_commands_add_users_to_one_owner() {
    let world = World::new();
    for n in 0..20 {
        world.db.user(&format!("user-{n}"));
    }
    let add = |n| world.db.iamctl(&world.fill(&format!("owner add {{team}} user-{n}")));
    for outcome in at_once((0..20).map(add)) {
        assert_eq!(outcome.code, 0, "{outcome:#?}");
    }
    let members = "select count(*) from api_token_owners where owner_id = '{team}'";
    assert_eq!(world.db.sql(&world.fill(members)), "22");
}

/// Makes carol, whose row is not locked, a user of alice's personal owner.
const ADD_CAROL_TO_OWNER: &str = "
    insert into api_token_owners select '{owner}', id from users where username = 'carol'";
/// Makes carol a user of the owner that alice and bob share.
const ADD_CAROL_TO_TEAM: &str = "
    insert into api_token_owners select '{team}', id from users where username = 'carol'";

const MOVE_TOKENS_TO_TEAM: &str = "update api_tokens set owner_id = '{team}'";

/// alice gets another owner with a token before the lock is granted.
#[test]
fn an_owner_that_the_user_gets_while_the_command_waits_is_included() {
    for line in [
        "user offboard alice --yes",
        "user block alice --revoke-tokens --yes",
        "user erase alice --force --yes",
    ] {
        let world = World::new();
        let another = "
            insert into api_token_owners values ('{bob}', '{alice}');
            insert into api_tokens
            select '{bob}', now(), now() + interval '1h', 'new', rpad('new', 43, 'A') || '.'";
        world.run_behind_lock("{alice}", line, another, 0);
        let live = world.db.sql("select count(*) from api_tokens where not revoked");
        assert_eq!(live, "0", "{line}");
    }
}

/// Another session locks the rows of all users and runs `sql`. The command starts and waits for a
/// lock. The other session then commits. Expects this exit code of the command.
fn run_behind_row_locks(world: &World, sql: &str, line: &str, code: i32) -> Outcome {
    let mut holder = world.db.session("begin; select from users for update");
    holder.batch_execute(&world.fill(sql)).unwrap();
    let run = world.db.iamctl(&world.fill(line)).start();
    world.db.wait_until(WAITING);
    holder.batch_execute("commit").unwrap();
    run.ends_with(code)
}

/// A session and a code that the service inserts while a command waits.
const SIGN_IN: &str = "
    insert into refresh_tokens
    select '{alice}', now() at time zone 'utc', now() at time zone 'utc' + interval '1 day',
           rpad('new', 43, 'A') || '=', false;
    insert into authorization_codes
    select '{alice}', now(), now() + interval '1min', rpad('new', 43, 'A') || '='";

#[test]
fn sessions_that_the_service_inserts_meanwhile_are_revoked_too() {
    for line in [
        "user offboard alice --yes",
        "user delete alice --yes",
        "user block alice --revoke-sessions --yes",
        "user erase alice --force --yes",
    ] {
        let world = World::new();
        run_behind_row_locks(&world, SIGN_IN, line, 0);
        let live = world.db.sql("select count(*) from refresh_tokens where not revoked");
        assert_eq!(live, "0", "{line}");
        let codes = world.db.sql("select count(*) from authorization_codes");
        assert_eq!(codes, "0", "{line}");
    }
}

/// The service deletes a session or a code, and then inserts a code of the same user. The insert
/// needs a lock on the user's row. The command, which waits for the deleted row, does not block it,
/// so the two do not deadlock.
#[test]
fn a_session_or_code_that_the_service_uses_meanwhile_is_not_found() {
    for (table, line) in [
        ("refresh_tokens", "session revoke useAAAAAAAAA --yes"),
        ("verification_codes", "code revoke useAAAAAAAAA --yes"),
    ] {
        let world = World::new();
        world.db.sql(&world.fill(&format!(
            "insert into {table} (user_id, created_at, expires_at, {})
             values ('{{alice}}', now() at time zone 'utc',
                     now() at time zone 'utc' + interval '1 day', rpad('use', 43, 'A') || '=')",
            if table == "refresh_tokens" { "token" } else { "code" },
        )));
        let mut service = world.db.session(&format!("begin; delete from {table}"));
        let run = world.db.iamctl(line).start();
        world.db.wait_until(WAITING);
        service
            .batch_execute(&world.fill(
                "insert into authorization_codes
                 select '{alice}', now(), now() + interval '1min', rpad('new', 43, 'A') || '=';
                 commit",
            ))
            .unwrap();
        let outcome = run.ends_with(3);
        assert!(outcome.stderr.contains("useAAAAAAAAA"), "{outcome:#?}");
    }
}

#[test]
fn the_time_of_a_change_is_read_after_its_locks_are_granted() {
    for (line, column) in [
        ("user verify-email alice", "email_verified_at"),
        ("user delete alice --yes", "deleted_at"),
        ("user set-email alice new@example.org --verified --yes", "email_verified_at"),
    ] {
        let world = World::new();
        world.db.sql("update users set email_verified = false; create table held (at timestamptz)");
        let note = "select pg_sleep(0.01); insert into held values (clock_timestamp())";
        run_behind_row_locks(&world, note, line, 0);
        let later = format!("select {column} > at from users, held where username = 'alice'");
        assert_eq!(world.db.sql(&later), "t", "{line}");
    }
}

#[test]
fn a_user_deleted_again_meanwhile_is_not_erased() {
    let world = World::new();
    world.db.sql(
        "update users set deleted = true, deleted_at = now() - interval '2y'
                  where username = 'alice'",
    );
    let delete_again = "update users set deleted_at = now() where username = 'alice'";
    run_behind_row_locks(&world, delete_again, "user erase --deleted-for 1y --yes", 0);
    assert_eq!(world.db.sql("select count(*) from users where username = 'alice'"), "1");
}

#[test]
fn a_user_blocked_or_erased_meanwhile_gets_no_code() {
    let block = "update users set blocked = true";
    let erase = "delete from users where id = '{alice}'";
    for (sql, line, code, says) in [
        (block, "code issue authorization --user alice", 5, "is blocked"),
        (erase, "code issue authorization --user alice", 3, "alice"),
        (erase, "code issue authorization --user alice --force", 3, "alice"),
        (erase, "owner add {team} alice", 3, "alice"),
        (erase, "owner create --user alice", 3, "alice"),
    ] {
        let world = World::new();
        world.db.sql(&world.fill(
            "delete from api_token_owners where owner_id = '{team}' and user_id = '{alice}'",
        ));
        let outcome = run_behind_row_locks(&world, sql, line, code);
        assert!(outcome.stderr.contains(says), "{line}: {outcome:#?}");
        assert_eq!(world.db.sql("select count(*) from authorization_codes"), "0", "{line}");
    }
}

/// A rotation inserts a token after the command has looked up the tokens and before it gets its
/// lock.
#[test]
fn a_token_that_a_rotation_inserts_meanwhile_is_revoked() {
    for line in [
        "token revoke --user alice --all --yes",
        "token revoke --user alice --name own --yes",
        "token revoke --owner {owner} --all --yes",
    ] {
        let world = World::new();
        let rotated = "
            insert into api_tokens
            select owner_id, now(), expires_at, name, rpad('new', 43, 'A') || '.' from api_tokens";
        world.run_behind_lock("{owner}", line, rotated, 0);
        let live = world.db.sql("select count(*) from api_tokens where not revoked");
        assert_eq!(live, "0", "{line}");
    }
}

#[test]
fn an_owner_shared_meanwhile_gets_no_token_of_one_user() {
    let world = World::new();
    let line = "token issue --user alice --name new";
    let share = "insert into api_token_owners values ('{owner}', '{bob}')";
    world.run_behind_lock("{owner}", line, share, 0);
    let owners = world.db.sql(
        "select string_agg(u.username, ' ') from api_tokens join api_token_owners using (owner_id)
         join users u on u.id = user_id where name = 'new'",
    );
    assert_eq!(owners, "alice", "alice gets a new personal owner");
}

#[test]
fn a_token_issued_meanwhile_is_revoked_or_erased_with_its_user() {
    for line in ["user offboard alice --yes", "user block alice --revoke-tokens --yes"] {
        let world = World::new();
        world.run_behind_lock("{alice}", line, INSERT_TOKEN_NEW, 0);
        assert_eq!(world.db.sql("select count(*) from api_tokens where not revoked"), "0");
    }
    let world = World::new();
    world.run_behind_lock("{alice}", "user erase alice --force --yes", INSERT_TOKEN_NEW, 0);
    assert_eq!(world.db.sql("select count(*) from api_tokens"), "0");
}

#[test]
fn concurrent_changes_of_many_users_in_any_order_do_not_deadlock() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'u' || n, convert_to('u' || n, 'utf8'), n || '@x.org'
         from generate_series(1, 300) n",
    );
    db.sql("analyze");
    let mut emails: Vec<_> = (1..=300).map(|n| format!("{n}@x.org")).collect();
    let forwards = emails.join("\n");
    emails.reverse();
    let backwards = emails.join("\n");
    let owner = db.iamctl("owner create --user 1@x.org -o id").ok().line();
    for _ in 0..3 {
        let lines = [
            ("user block - --dry-run", &forwards),
            ("user delete - --dry-run", &backwards),
            ("user verify-email - --dry-run", &backwards),
            ("user block - --revoke-sessions --dry-run", &forwards),
            (&format!("owner add {owner} - --dry-run"), &backwards),
        ];
        let runs = lines.map(|(line, input)| db.iamctl(line).input(input.as_str()));
        for outcome in at_once(runs) {
            assert_eq!(outcome.code, 0, "{outcome:#?}");
        }
    }
}

/// 20,000 users, each with a personal owner. Row locks need no shared memory of the server.
/// Thousands of advisory locks would exhaust it.
#[test]
fn one_command_changes_thousands_of_users() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email, deleted, deleted_at)
         select gen_random_uuid(), now(), 'u' || n, convert_to('u' || n, 'utf8'), n || '@x.org',
                true, now() - interval '2y'
         from generate_series(1, 20000) n;
         insert into api_token_owners select gen_random_uuid(), id from users;",
    );
    db.sql("analyze");
    let all = db.iamctl("user list --status any -o id").ok().stdout;
    let count = |line: &str| db.iamctl(line).input(all.as_str()).ok().lines().len();
    assert_eq!(count("user erase --deleted-for 1y --dry-run -o id"), 20_000);
    assert_eq!(count("user block - --revoke-tokens --dry-run -o id"), 20_000);
    assert_eq!(count("user offboard - --yes -o id"), 20_000);
    assert_eq!(count("user erase - --yes -o id"), 20_000);
    assert_eq!(db.rows(), [""; 0]);
}

/// One owner with 15,000 tokens, one user with 15,000 owners, each with a token.
#[test]
fn an_owner_may_have_many_tokens_and_a_user_many_owners() {
    let world = World::new();
    world.db.sql(&world.fill(
        "insert into api_tokens
         select '{owner}', now(), now() + interval '1h', 't' || n,
                left(encode(sha256(n::text::bytea), 'base64'), 43) || '.'
         from generate_series(1, 15000) n;
         insert into api_token_owners
         select md5(n::text)::uuid, '{bob}' from generate_series(1, 15000) n;
         insert into api_tokens
         select md5(n::text)::uuid, now(), now() + interval '1h', 'o' || n,
                left(encode(sha256(('o' || n)::bytea), 'base64'), 43) || '.'
         from generate_series(1, 15000) n;
         analyze",
    ));
    let count = |line: &str| world.db.iamctl(&world.fill(line)).ok().lines().len();
    assert_eq!(count("token block --owner {owner} --all --yes -o id --dry-run"), 15_001);
    world.db.iamctl(&world.fill("token rotate --owner {owner} --name own --yes --dry-run")).ok();
    assert_eq!(count("user offboard bob --hand-over-to alice --dry-run -o id"), 15_001);
    assert_eq!(count("user block alice bob --revoke-tokens --dry-run -o id"), 2);
    assert_eq!(count("user offboard alice bob --yes -o id"), 30_003);
    assert_eq!(count("user erase alice bob --force --yes -o id"), 2);
    assert_eq!(world.db.sql("select count(*) from api_tokens"), "0");
}

/// Runs pairs of commands concurrently, each with its targets in both orders. All of them succeed.
#[test]
fn commands_on_the_same_rows_in_opposite_orders_do_not_deadlock() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email, email_verified)
         select gen_random_uuid(), now(), 'u' || n, convert_to('u' || n, 'utf8'), n || '@x.org', true
         from generate_series(1, 400) n;
         -- Everybody shares an owner with the next one, and each owner has a token.
         insert into api_token_owners
         select md5(n::text)::uuid, id
         from users join generate_series(1, 400) n on username in ('u' || n, 'u' || (n + 1));
         insert into api_tokens
         select md5(n::text)::uuid, now(), now() + interval '1h', 'ci',
                left(encode(sha256(n::text::bytea), 'base64'), 43) || '.'
         from generate_series(1, 400) n;
         insert into refresh_tokens
         select id, now() at time zone 'utc', now() at time zone 'utc' + interval '1 day',
                left(encode(sha256(username::bytea), 'base64'), 43) || '=', false from users;
         insert into authorization_codes
         select id, now(), now() + interval '1h',
                left(encode(sha256(username::bytea), 'base64'), 43) || '=' from users;
         analyze",
    );
    let both_ways = |line: &str| {
        let forwards = db.iamctl(line).ok().stdout;
        let backwards = forwards.lines().rev().collect::<Vec<_>>().join("\n");
        [forwards, backwards]
    };
    let users = both_ways("user list -o id");
    let tokens = both_ways("token list -o id");
    let sessions = both_ways("session list -o id");
    let codes = both_ways("code list -o id");
    let owner = db.iamctl("owner list --limit 1 -o id").ok().line();
    let add = format!("owner add {owner} - --dry-run");
    let lines = [
        ("token block - --yes", &tokens),
        ("token unblock -", &tokens),
        ("token revoke - --yes --dry-run", &tokens),
        ("session revoke - --yes --dry-run", &sessions),
        ("session revoke --everyone --yes --dry-run", &sessions),
        ("code revoke - --yes --dry-run", &codes),
        ("user block - --revoke-sessions --revoke-tokens --dry-run", &users),
        ("user offboard - --dry-run", &users),
        ("user delete - --dry-run", &users),
        ("user erase - --force --dry-run", &users),
        (add.as_str(), &users),
    ];
    for (one, _) in lines.iter().enumerate() {
        let (a, b) = (&lines[one], &lines[(one * 5 + 3) % lines.len()]);
        let runs = [(a, 0), (b, 1), (a, 1), (b, 0)].map(|((line, input), way)| {
            db.iamctl(line).arg("--lock-timeout").arg("60s").input(input[way].as_str())
        });
        for outcome in at_once(runs) {
            assert_eq!(outcome.code, 0, "{outcome:#?}");
        }
    }
}

/// Another program locks users in another order. PostgreSQL ends the transaction that has waited for
/// `deadlock_timeout`: here the command's.
#[test]
fn a_change_that_a_deadlock_rolled_back_runs_again() {
    Db::english_and_german().for_each(|db| runs_again_after_a_deadlock(&db));
}

fn runs_again_after_a_deadlock(db: &Db) {
    let mut ids = [db.user("alice"), db.user("bob")];
    ids.sort();
    let [first, second] = ids;
    db.sql(
        "do $$begin execute format('alter database %I set deadlock_timeout = 300',
                                   current_database()); end$$",
    );
    let mut other = db.session(&format!(
        "set deadlock_timeout = '1min'; begin; select from users where id = '{second}' for update"
    ));
    let run = db.iamctl("user block alice bob --yes -o json").start();
    db.wait_until(WAITING);
    other
        .batch_execute(&format!("select from users where id = '{first}' for update; commit"))
        .unwrap();
    let blocked = run.ends_with(0).json();
    assert_eq!(blocked[0]["changed"], true);
    assert_eq!(db.sql("select count(*) from users where blocked"), "2");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'user.block'"), "2");
}

/// An import has read its input by then.
#[test]
fn an_import_that_a_deadlock_rolled_back_says_that_nothing_was_imported() {
    Db::english_and_german().for_each(|db| imports_nothing_after_a_deadlock(&db));
}

fn imports_nothing_after_a_deadlock(db: &Db) {
    db.sql(
        "do $$begin execute format('alter database %I set deadlock_timeout = 300',
                                   current_database()); end$$",
    );
    let directory = directory();
    let file = directory.path().join("users.csv");
    let rows = "username,email\nalice,alice@example.org\nbob,bob@example.org\n";
    fs::write(&file, rows).unwrap();
    let insert = |name: &str| {
        format!(
            "insert into users (id, created_at, username, username_fingerprint, email)
             values (gen_random_uuid(), now(), '{name}', '{name}', '{name}@example.org')"
        )
    };
    for conflict in ["fail", "skip"] {
        let mut other = db.session(&format!(
            "set deadlock_timeout = '1min'; begin; {}",
            insert("bob").replace("'bob'", "'other'")
        ));
        let run =
            db.iamctl("user import").arg(&file).arg(format!("--on-conflict={conflict}")).start();
        db.wait_until(WAITING);
        other.batch_execute(&insert("alice")).unwrap();
        let outcome = run.ends_with(10);
        outcome.says("nothing was imported").says("try again");
        other.batch_execute("rollback").unwrap();
        assert_eq!(db.sql("select count(*) from users"), "0");
    }
}

/// A command that changes an owner of alice waits while her row is locked.
#[test]
fn no_owner_of_a_locked_user_changes() {
    let world = World::new();
    let _holder =
        world.db.session(&world.fill("begin; select from users where id = '{alice}' for update"));
    for line in [
        "token issue --user alice --name new",
        "token issue --owner {owner} --name new",
        "token issue --owner {team} --name new",
        "token rotate {token} --yes",
        "owner add {team} bob",
        "owner remove {team} bob --yes",
        "owner delete {team} --yes",
        "owner create --user alice",
        "code issue authorization --user alice",
    ] {
        let waited = world.db.iamctl(&world.fill(line)).arg("--lock-timeout").arg("100ms");
        waited.fails(10).says("lock");
    }
}

/// While a command runs that ends no session of the user, the service can insert codes and sessions
/// of the user.
#[test]
fn the_service_waits_only_for_commands_that_end_sessions() {
    for (line, can_insert) in [
        ("user unblock alice", true),
        ("user block alice --yes", true),
        ("token issue --user alice --name new", true),
        ("user block alice --revoke-sessions --yes", false),
        ("user offboard alice --yes", false),
    ] {
        let world = World::new();
        world.db.sql(&format!("update users set blocked = {}", line == "user unblock alice"));
        // The command gets its own locks, and then waits for this one to insert its audit row.
        let mut holder = world.db.session("begin; lock admin_audit_log in share mode");
        let run = world.db.iamctl(line).start();
        world.db.wait_until(WAITING);
        let insert = format!("set lock_timeout = '200ms'; {}", world.fill(SIGN_IN));
        let inserted = world.db.psql(&insert).status.success();
        assert_eq!(inserted, can_insert, "{line}");
        holder.batch_execute("commit").unwrap();
        run.ends_with(0);
    }
}

#[test]
fn special_characters_in_a_name_have_no_meaning_in_sql() {
    let db = Db::new();
    for (number, name) in
        [r"o'brien", r#"a"b\c,{}"#, "NULL", "ü'); drop table users; --", "$1::int[]", "\u{1F600}"]
            .into_iter()
            .enumerate()
    {
        let escaped = name.replace('\'', "''");
        db.sql(&format!(
            "insert into users (id, created_at, username, username_fingerprint, email, email_verified)
             values (gen_random_uuid(), now(), '{escaped}', '{number}', '{escaped}@x.org', true)"
        ));
        let with = |line: &str| db.iamctl(line).arg(format!("name:{name}"));
        with("token issue --name ci --user").ok();
        with("token rotate --name ci --yes --user").ok();
        with("code issue verification --force --user").ok();
        db.iamctl("user block --revoke-tokens --yes").arg(format!("email:{name}@x.org")).ok();
        with("user offboard --yes").ok();
        with("user erase --force --yes").ok();
    }
    assert_eq!(db.rows(), [""; 0]);
}
