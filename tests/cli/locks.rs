//! Limits and find-or-create take their lock before the statement that checks (contract 6): whoever
//! waited for it finds what was done meanwhile.

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

    /// Runs the line while another session holds the lock, which does `sql` and lets go.
    fn meanwhile(&self, key: &str, line: &str, sql: &str, code: i32) -> Outcome {
        let key = self.fill(key);
        let mut holder = self
            .db
            .session(&format!("begin; select pg_advisory_xact_lock(hashtextextended('{key}', 0))"));
        let run = self.db.iamctl(&self.fill(line)).start();
        self.db.wait_until(
            "exists (select from pg_locks where locktype = 'advisory' and not granted
                     and database = (select oid from pg_database
                                     where datname = current_database()))",
        );
        holder.batch_execute(&format!("{}; commit", self.fill(sql))).unwrap();
        run.ends_with(code)
    }
}

const TAKE_THE_NAME: &str = "
    insert into api_tokens
    select '{owner}', now(), now() + interval '1h', 'new', rpad('new', 43, 'A') || '.'";
const GIVE_THE_OWNER_AWAY: &str = "
    update api_token_owners set user_id = '{bob}' where owner_id = '{owner}';
    insert into api_token_owners values (gen_random_uuid(), '{alice}')";
const SWAP_NAMES: &str = "
    update users set username = 'old', username_fingerprint = 'old' where id = '{alice}';
    update users set username = 'alice' where id = '{bob}'";
const NOBODYS: &str = "delete from api_token_owners where owner_id = '{team}'";

#[test]
fn what_was_done_meanwhile_decides() {
    for (key, line, sql, code, says) in [
        (
            "token name{owner}",
            "token issue --user alice --name new",
            TAKE_THE_NAME,
            4,
            "a live token named `new`",
        ),
        ("owner{alice}", "token issue --user alice --name new", TAKE_THE_NAME, 4, "`new`"),
        ("token name{owner}", "token issue --owner {owner} --name new", TAKE_THE_NAME, 4, "`new`"),
        (
            "owner{alice}",
            "token issue --user alice --name new",
            "update users set blocked = true where id = '{alice}'",
            5,
            "may log in",
        ),
        ("token name{team}", "token issue --owner {team} --name new", NOBODYS, 3, "{team}"),
        ("token name{team}", "owner add {team} bob", NOBODYS, 3, "{team}"),
        ("token name{team}", "owner remove {team} bob --yes", NOBODYS, 3, "{team}"),
        ("token name{team}", "owner delete {team} --yes", NOBODYS, 3, "{team}"),
        (
            "token name{owner}",
            "owner delete {owner} --yes",
            TAKE_THE_NAME,
            5,
            "`new` (newAAAAAAAAA), `own`",
        ),
        (
            "token name{owner}",
            "token rotate {token} --yes",
            "update users set blocked = true where id = '{alice}'",
            5,
            "may log in",
        ),
        (
            "token name{owner}",
            "token rotate --user alice --name own --yes",
            "update api_tokens set revoked = true",
            5,
            "revoked",
        ),
        (
            "owner{alice}",
            "owner create --user alice",
            "delete from users where id = '{alice}'",
            3,
            "alice",
        ),
        (
            "owner{alice}",
            "user erase alice --force --yes",
            "delete from users where id = '{alice}'",
            3,
            "alice",
        ),
        (
            "codes{alice}",
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

/// What was locked is not what is to be changed any more.
#[test]
fn whoever_waited_for_the_wrong_lock_is_told_to_try_again() {
    let unverified = format!("{SWAP_NAMES}; update users set email_verified = false");
    for (key, line, sql) in [
        ("token name{owner}", "token issue --user alice --name new", GIVE_THE_OWNER_AWAY),
        ("token name{owner}", "token rotate {token} --yes", HAND_OVER),
        ("token name{owner}", "user block alice --revoke-tokens --yes", SWAP_NAMES),
        ("owner{alice}", "user offboard alice --yes", SWAP_NAMES),
        ("owner{alice}", "user offboard carol --hand-over-to alice --yes", SWAP_NAMES),
        ("owner{alice}", "user erase alice --force --yes", SWAP_NAMES),
        ("codes{alice}", "code issue verification --user alice", &unverified),
        ("token name{owner}", "user offboard alice --yes", ANOTHER_OWNER),
        ("token name{owner}", "user block alice --revoke-tokens --yes", ANOTHER_OWNER),
        ("token name{owner}", "user erase alice --force --yes", ANOTHER_OWNER),
    ] {
        let world = World::new();
        world.db.user("carol");
        world.db.iamctl("token issue --user carol --name hers").ok();
        let outcome = world.meanwhile(key, line, sql, 10);
        assert!(outcome.stderr.contains("changed at this moment; try again"), "{outcome:#?}");
    }
}

/// Where a token may be on its way that the command does not see.
const ANOTHER_OWNER: &str = "
    insert into api_token_owners values (gen_random_uuid(), '{alice}')";

const HAND_OVER: &str = "update api_tokens set owner_id = '{team}'";

/// Rows, not advisory locks: another session holds the user's, as one that blocks it does.
fn behind_the_row(world: &World, sql: &str, line: &str, code: i32) -> Outcome {
    let mut holder = world.db.session("begin; select from users for update");
    holder.batch_execute(&world.fill(sql)).unwrap();
    let run = world.db.iamctl(&world.fill(line)).start();
    world.db.wait_until(
        "exists (select from pg_stat_activity where datname = current_database()
                 and application_name = 'iamctl' and wait_event_type = 'Lock')",
    );
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

#[test]
fn who_is_blocked_or_gone_meanwhile_gets_no_code() {
    let block = "update users set blocked = true";
    let erase = "delete from users where id = '{alice}'";
    for (sql, line, code, says) in [
        (block, "code issue authorization --user alice", 5, "is blocked"),
        (erase, "code issue authorization --user alice", 3, "alice"),
        (erase, "code issue authorization --user alice --force", 3, "alice"),
        (erase, "owner add {team} alice", 3, "erased at this moment"),
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
        world.meanwhile("token name{owner}", line, rotated, 0);
        let live = world.db.sql("select count(*) from api_tokens where not revoked");
        assert_eq!(live, "0", "{line}");
    }
}

#[test]
fn an_owner_that_is_shared_by_then_gets_no_token_of_one_user() {
    let world = World::new();
    let line = "token issue --user alice --name new";
    let share = "insert into api_token_owners values ('{owner}', '{bob}')";
    world.meanwhile("token name{owner}", line, share, 0);
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
        world.meanwhile("token name{owner}", line, TAKE_THE_NAME, 0);
        assert_eq!(world.db.sql("select count(*) from api_tokens where not revoked"), "0");
    }
    let world = World::new();
    world.meanwhile("token name{owner}", "user erase alice --force --yes", TAKE_THE_NAME, 0);
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

/// Each lock takes room in the server's memory, which thousands of them would fill.
#[test]
fn thousands_of_users_take_one_lock() {
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

#[test]
fn many_users_and_single_ones_wait_for_each_other() {
    let world = World::new();
    let lock = |mode: &str| {
        format!("begin; select pg_advisory_xact_lock{mode}(hashtextextended('many', 0))")
    };
    let names: String = (0..100).map(|_| "alice\n").collect();
    {
        let _one = world.db.session(&lock("_shared"));
        world.db.iamctl("token issue --user alice --name new").ok();
        let many = world.db.iamctl("user offboard - --yes --lock-timeout 100ms");
        many.input(names.as_str()).fails(10).says("lock");
    }
    let _many = world.db.session(&lock(""));
    let line = "token issue --user alice --name newer --lock-timeout 100ms";
    world.db.iamctl(line).fails(10).says("lock");
    world.db.iamctl("code issue authorization --user alice").ok();
}

/// BEGIN takes no parameters, so that names are written into it.
#[test]
fn no_name_breaks_out_of_the_statement_that_locks() {
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
