//! Limits and find-or-create take their lock in a statement before the one that checks: a command
//! that waited for a lock sees what the transaction before it did (docs/behaviour.md, Locks).

use diesel::connection::SimpleConnection as _;

use crate::support::running::at_once;
use crate::support::{Db, Outcome};

/// alice has an owner of her own with a token, and shares another one with bob.
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

    /// `{…}` of a line or of SQL filled in.
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

    /// Runs the line while another session holds the lock of the owner, or the row of the user, whose
    /// id is in `key`, which does `sql` and lets go.
    fn meanwhile(&self, key: &str, line: &str, sql: &str, code: i32) -> Outcome {
        let id = self.fill(key);
        let lock = if ["{alice}", "{bob}"].contains(&key) {
            format!("begin; select from users where id = '{id}' for no key update")
        } else {
            format!("begin; select pg_advisory_xact_lock(hashtextextended('token owner {id}', 0))")
        };
        let mut holder = self.db.session(&lock);
        let run = self.db.iamctl(&self.fill(line)).start();
        self.db.wait_until(WAITING);
        holder.batch_execute(&format!("{}; commit", self.fill(sql))).unwrap();
        run.ends_with(code)
    }
}

/// A command waits for a lock.
const WAITING: &str = "exists (select from pg_stat_activity where datname = current_database()
     and application_name = 'iamctl' and wait_event_type = 'Lock')";

const TAKE_THE_NAME: &str = "
    insert into api_tokens
    select '{owner}', now(), now() + interval '1h', 'new', rpad('new', 43, 'A') || '.'";
const GIVE_THE_OWNER_AWAY: &str = "
    update api_token_owners set user_id = '{bob}' where owner_id = '{owner}';
    insert into api_token_owners values (gen_random_uuid(), '{alice}')";
const SWAP_NAMES: &str = "
    update users set username = 'old', username_fingerprint = 'old' where id = '{alice}';
    update users set username = 'alice' where username = 'dora'";
const NO_USERS: &str = "delete from api_token_owners where owner_id = '{team}'";

#[test]
fn what_was_done_meanwhile_decides() {
    for (key, line, sql, code, says) in [
        (
            "{owner}",
            "token issue --user alice --name new",
            TAKE_THE_NAME,
            4,
            "a live token named `new`",
        ),
        ("{alice}", "token issue --user alice --name new", TAKE_THE_NAME, 4, "`new`"),
        ("{owner}", "token issue --owner {owner} --name new", TAKE_THE_NAME, 4, "`new`"),
        (
            "{alice}",
            "token issue --user alice --name new",
            "update users set blocked = true where id = '{alice}'",
            5,
            "may log in",
        ),
        ("{team}", "token issue --owner {team} --name new", NO_USERS, 3, "{team}"),
        (
            "{alice}",
            "token issue --owner {owner} --name new",
            "update users set blocked = true where id = '{alice}'",
            5,
            "may log in",
        ),
        ("{team}", "owner add {team} bob", NO_USERS, 3, "{team}"),
        ("{team}", "owner remove {team} bob --yes", NO_USERS, 3, "{team}"),
        ("{team}", "owner delete {team} --yes", NO_USERS, 3, "{team}"),
        ("{owner}", "owner delete {owner} --yes", TAKE_THE_NAME, 5, "`new` (newAAAAAAAAA), `own`"),
        (
            "{alice}",
            "token rotate {token} --yes",
            "update users set blocked = true where id = '{alice}'",
            5,
            "may log in",
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
        let outcome = world.meanwhile(key, line, sql, code);
        assert!(outcome.stderr.contains(&world.fill(says)), "{line}: {outcome:#?}");
        let issued =
            world.db.sql("select count(*) from admin_audit_log where action like 'token.%'");
        assert_eq!(issued, "1", "{line}");
    }
}

/// The lock is that of a row or an owner which is not the one to change any more. The command begins
/// anew, as if it had been typed a moment later.
#[test]
fn a_command_that_waited_for_the_wrong_lock_begins_anew() {
    const DORA_ALONE: &str = "(select blocked from users where username = 'alice')
        and not (select blocked from users where username = 'old')";
    const TOKENS_STAY: &str = "not exists (select from api_tokens where revoked)";
    let unverified = format!("{SWAP_NAMES}; update users set email_verified = false");
    for (key, line, sql, holds) in [
        (
            "{owner}",
            "token issue --user alice --name new",
            GIVE_THE_OWNER_AWAY,
            "(select user_id = '{alice}' from api_tokens join api_token_owners using (owner_id)
              where name = 'new')",
        ),
        (
            "{owner}",
            "token rotate {token} --yes",
            HAND_OVER,
            "(select count(*) = 2 from api_tokens where name = 'own' and owner_id = '{team}')",
        ),
        ("{alice}", "user block alice --yes", SWAP_NAMES, DORA_ALONE),
        ("{alice}", "user block alice --revoke-tokens --yes", SWAP_NAMES, DORA_ALONE),
        ("{alice}", "user offboard alice --yes", SWAP_NAMES, DORA_ALONE),
        (
            "{alice}",
            "user offboard carol --hand-over-to alice --yes",
            SWAP_NAMES,
            "(select username = 'alice' from api_tokens join api_token_owners using (owner_id)
              join users on id = user_id where name = 'hers')",
        ),
        (
            "{alice}",
            "user erase alice --force --yes",
            SWAP_NAMES,
            "not exists (select from users where username = 'alice')
             and exists (select from users where id = '{alice}')",
        ),
        (
            "{alice}",
            "code issue verification --user alice",
            &unverified,
            "(select username = 'alice' from verification_codes join users on id = user_id)",
        ),
        ("{alice}", "user offboard alice --yes", SHARE, TOKENS_STAY),
        ("{alice}", "user block alice --revoke-tokens --yes", SHARE, TOKENS_STAY),
        (
            "{alice}",
            "user erase alice --force --yes",
            SHARE,
            "(select count(*) = 1 from api_tokens where name = 'own')",
        ),
        (
            "{team}",
            "owner add {team} dora",
            SHARE_TEAM,
            "(select count(*) = 4 from api_token_owners where owner_id = '{team}')",
        ),
        (
            "{owner}",
            "token revoke --user alice --all --yes",
            "insert into api_token_owners values ('{owner}', '{bob}')",
            TOKENS_STAY,
        ),
    ] {
        let world = World::new();
        world.db.user("carol");
        world.db.user("dora");
        world.db.iamctl("token issue --user carol --name hers").ok();
        world.meanwhile(key, line, sql, 0);
        assert_eq!(world.db.sql(&world.fill(&format!("select {holds}"))), "t", "{line}");
    }
}

/// Each waits for the one before it, and finds one user more.
#[test]
fn many_users_join_one_owner_at_once() {
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

/// Somebody who is not locked, and may use the tokens, shares an owner with alice.
const SHARE: &str = "
    insert into api_token_owners select '{owner}', id from users where username = 'carol'";
const SHARE_TEAM: &str = "
    insert into api_token_owners select '{team}', id from users where username = 'carol'";

const HAND_OVER: &str = "update api_tokens set owner_id = '{team}'";

/// An owner that a user gets before the lock is granted ends with the others.
#[test]
fn another_owner_of_the_user_is_seen() {
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
        world.meanwhile("{alice}", line, another, 0);
        let live = world.db.sql("select count(*) from api_tokens where not revoked");
        assert_eq!(live, "0", "{line}");
    }
}

/// Rows, not advisory locks: another session holds the user's, as one that blocks it does.
fn behind_the_row(world: &World, sql: &str, line: &str, code: i32) -> Outcome {
    let mut holder = world.db.session("begin; select from users for update");
    holder.batch_execute(&world.fill(sql)).unwrap();
    let run = world.db.iamctl(&world.fill(line)).start();
    world.db.wait_until(WAITING);
    holder.batch_execute("commit").unwrap();
    run.ends_with(code)
}

/// What the service, or a command, adds while another one begins.
const SIGN_IN: &str = "
    insert into refresh_tokens
    select '{alice}', now() at time zone 'utc', now() at time zone 'utc' + interval '1 day',
           rpad('new', 43, 'A') || '=', false;
    insert into authorization_codes
    select '{alice}', now(), now() + interval '1min', rpad('new', 43, 'A') || '='";

#[test]
fn what_the_service_adds_meanwhile_ends_too() {
    for line in [
        "user offboard alice --yes",
        "user delete alice --yes",
        "user block alice --revoke-sessions --yes",
        "user erase alice --force --yes",
    ] {
        let world = World::new();
        behind_the_row(&world, SIGN_IN, line, 0);
        let live = world.db.sql("select count(*) from refresh_tokens where not revoked");
        assert_eq!(live, "0", "{line}");
        let codes = world.db.sql("select count(*) from authorization_codes");
        assert_eq!(codes, if line.contains("block") { "1" } else { "0" }, "{line}");
    }
}

/// The service deletes a session or a code before it inserts the one that follows, which locks the
/// user's row. Neither waits for the other then.
#[test]
fn what_the_service_uses_meanwhile_is_not_found_any_more() {
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

/// A change is later than those that it waited for.
#[test]
fn the_time_of_a_change_is_after_its_locks() {
    for (line, column) in [
        ("user verify-email alice", "email_verified_at"),
        ("user delete alice --yes", "deleted_at"),
        ("user set-email alice new@example.org --verified --yes", "email_verified_at"),
    ] {
        let world = World::new();
        world.db.sql("update users set email_verified = false; create table held (at timestamptz)");
        let note = "select pg_sleep(0.01); insert into held values (clock_timestamp())";
        behind_the_row(&world, note, line, 0);
        let later = format!("select {column} > at from users, held where username = 'alice'");
        assert_eq!(world.db.sql(&later), "t", "{line}");
    }
}

#[test]
fn a_user_who_is_deleted_anew_meanwhile_is_not_erased() {
    let world = World::new();
    world.db.sql(
        "update users set deleted = true, deleted_at = now() - interval '2y'
                  where username = 'alice'",
    );
    let anew = "update users set deleted_at = now() where username = 'alice'";
    behind_the_row(&world, anew, "user erase --deleted-for 1y --yes", 0);
    assert_eq!(world.db.sql("select count(*) from users where username = 'alice'"), "1");
}

#[test]
fn who_is_blocked_or_gone_meanwhile_gets_no_code() {
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
        let outcome = behind_the_row(&world, sql, line, code);
        assert!(outcome.stderr.contains(says), "{line}: {outcome:#?}");
        assert_eq!(world.db.sql("select count(*) from authorization_codes"), "0", "{line}");
    }
}

/// A rotation makes a token that whoever revokes all did not see before it waited.
#[test]
fn what_takes_the_place_of_a_revoked_token_is_revoked() {
    for line in [
        "token revoke --user alice --all --yes",
        "token revoke --user alice --name own --yes",
        "token revoke --owner {owner} --all --yes",
    ] {
        let world = World::new();
        let rotated = "
            insert into api_tokens
            select owner_id, now(), expires_at, name, rpad('new', 43, 'A') || '.' from api_tokens";
        world.meanwhile("{owner}", line, rotated, 0);
        let live = world.db.sql("select count(*) from api_tokens where not revoked");
        assert_eq!(live, "0", "{line}");
    }
}

#[test]
fn an_owner_that_is_shared_by_then_gets_no_token_of_one_user() {
    let world = World::new();
    let line = "token issue --user alice --name new";
    let share = "insert into api_token_owners values ('{owner}', '{bob}')";
    world.meanwhile("{owner}", line, share, 0);
    let owners = world.db.sql(
        "select string_agg(u.username, ' ') from api_tokens join api_token_owners using (owner_id)
         join users u on u.id = user_id where name = 'new'",
    );
    assert_eq!(owners, "alice", "one of her own was made");
}

#[test]
fn what_is_issued_meanwhile_ends_with_its_owner() {
    for line in ["user offboard alice --yes", "user block alice --revoke-tokens --yes"] {
        let world = World::new();
        world.meanwhile("{alice}", line, TAKE_THE_NAME, 0);
        assert_eq!(world.db.sql("select count(*) from api_tokens where not revoked"), "0");
    }
    let world = World::new();
    world.meanwhile("{alice}", "user erase alice --force --yes", TAKE_THE_NAME, 0);
    assert_eq!(world.db.sql("select count(*) from api_tokens"), "0");
}

#[test]
fn many_changed_at_once_in_any_order_do_not_lock_each_other_out() {
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

/// 20,000 users, each with an owner of its own: rows are locked, which takes no room in the memory
/// that all sessions share, as thousands of advisory locks would.
#[test]
fn thousands_of_users_change_at_once() {
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
fn an_owner_with_many_tokens_and_a_user_with_many_owners() {
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

/// Runs each pair of lines at once, several times. Each succeeds: nothing deadlocks.
#[test]
fn the_same_rows_in_opposite_orders_do_not_deadlock() {
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

/// What changes the owners of alice waits while she is locked.
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

/// The service inserts codes and sessions of a user while a command that ends none of them runs.
#[test]
fn the_service_goes_on_where_nothing_ends() {
    for (line, goes_on) in [
        ("user unblock alice", true),
        ("user block alice --yes", true),
        ("token issue --user alice --name new", true),
        ("user block alice --revoke-sessions --yes", false),
        ("user offboard alice --yes", false),
    ] {
        let world = World::new();
        world.db.sql(&format!("update users set blocked = {}", line == "user unblock alice"));
        // The command waits for this at its audit row, with its own locks granted.
        let mut holder = world.db.session("begin; lock admin_audit_log in share mode");
        let run = world.db.iamctl(line).start();
        world.db.wait_until(WAITING);
        let insert = format!("set lock_timeout = '200ms'; {}", world.fill(SIGN_IN));
        let inserted = world.db.psql(&insert).status.success();
        assert_eq!(inserted, goes_on, "{line}");
        holder.batch_execute("commit").unwrap();
        run.ends_with(0);
    }
}

#[test]
fn a_name_is_a_parameter_whatever_is_in_it() {
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
