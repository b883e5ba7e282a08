//! Round trips after connecting (docs/behaviour.md, Limits). `user create` needs five: Diesel's
//! two, BEGIN with its settings and checks, one statement, COMMIT. Every other one-shot change
//! needs at most 14, and `user offboard` at most 20, for any number of targets.

use std::time::Duration;

use crate::support::proxy::Proxy;
use crate::support::{Db, Run, directory, server};

const CONNECTING: usize = 1;

/// A database, and a proxy in front of the server that counts round trips.
struct Link {
    db: Db,
    proxy: Proxy,
}

impl Link {
    fn new() -> Self {
        Self { db: Db::new(), proxy: Proxy::start(server().directory(), Duration::ZERO) }
    }

    /// Runs the command, checks its round trips against the limit of its verb, and returns its
    /// standard output.
    fn change(&self, line: &str) -> String {
        self.change_with(line, "")
    }

    fn change_with(&self, line: &str, input: &str) -> String {
        let outcome = Run::new(&self.proxy.url(&self.db.name), line).input(input).ok();
        let trips = self.proxy.round_trips() - CONNECTING;
        match line.split(' ').nth(1) {
            Some("create") if line.starts_with("user") => assert_eq!(trips, 5, "{line}"),
            Some("offboard") => assert!(trips <= 20, "{trips}: {line}"),
            _ => assert!(trips <= 14, "{trips}: {line}"),
        }
        outcome.stdout
    }

    /// The same with JSON output. Returns this column of the printed object.
    fn column(&self, line: &str, column: &str) -> String {
        let printed = self.change(&format!("{line} -o json"));
        let object: serde_json::Value = serde_json::from_str(&printed).unwrap();
        object[column].as_str().unwrap().to_owned()
    }
}

#[test]
fn changes_of_users_stay_within_the_limit_of_round_trips() {
    let link = Link::new();
    for line in [
        "user create alice --email a@x.org --verified",
        "user create bob --email b@x.org",
        "user create carol --email c@x.org --if-not-exists --dry-run",
        "user block bob --yes",
        "user unblock bob",
        "user delete bob --yes",
        "user restore bob",
        "user rename bob bobby --yes",
        "user set-email bobby other@x.org --yes",
        "user verify-email bobby",
        "user unverify-email bobby",
        "user block bobby alice --revoke-sessions --yes",
        "user unblock alice bobby",
        "user block bobby --revoke-tokens --yes",
        "user erase bobby --force --yes",
        "user create dora --email d@x.org --verified",
    ] {
        link.change(line);
    }
    for name in ["dora", "alice"] {
        for token in ["one", "two"] {
            let name = format!("{name}-{token}");
            let user = name.split('-').next().unwrap();
            link.db.iamctl(&format!("token issue --user {user} --name {name}")).ok();
        }
    }
    link.change("user create heir --email h@x.org --verified");
    link.change("user offboard dora --hand-over-to heir --yes");
    link.change("user offboard alice heir --yes");
    assert_eq!(link.db.sql("select count(*) from api_tokens where revoked"), "4");
}

#[test]
fn if_not_exists_needs_one_more_round_trip_for_an_existing_user() {
    let link = Link::new();
    link.db.iamctl("user create alice --email a@x.org").ok();
    let line = "user create alice --email a@x.org --if-not-exists";
    Run::new(&link.proxy.url(&link.db.name), line).ok();
    assert_eq!(link.proxy.round_trips() - CONNECTING, 6);
}

#[test]
fn changes_of_tokens_and_owners_stay_within_the_limit_of_round_trips() {
    let link = Link::new();
    for name in ["alice", "bob", "carol"] {
        link.change(&format!("user create {name} --email {name}@x.org --verified"));
    }
    // The first token of a user creates an owner.
    let id = link.column("token issue --user bob --name first", "id");
    link.change("token issue --user bob --name second");
    let owner = link.db.sql("select owner_id from api_token_owners");
    link.change(&format!("token issue --owner {owner} --name third"));
    link.change("token block --user bob --name second --yes");
    link.change("token unblock --user bob --name second");
    link.change(&format!("token block {id} --yes"));
    link.change(&format!("token unblock {id}"));
    link.change(&format!("token rotate {id} --overlap 1h --yes"));
    link.change("token rotate --user bob --name second --yes");
    link.change(&format!("token rotate --owner {owner} --name third --yes"));
    let value = link.change("token issue --user bob --name fourth -o id");
    link.change_with("token block --stdin --yes", &value);
    link.change_with("token unblock --stdin", &value);
    let value = link.change_with("token rotate --stdin --yes -o id", &value);
    link.change_with("token revoke --stdin --yes", &value);
    link.change("token revoke --user bob --name second --yes");
    link.change(&format!("token revoke {id} --yes"));
    link.change(&format!("token block --owner {owner} --all --yes"));
    link.change("token revoke --user bob --all --yes");

    let team = link.column("owner create --user alice --user bob", "owner_id");
    link.change(&format!("token issue --owner {team} --name ci"));
    link.change(&format!("owner add {team} carol"));
    link.change(&format!("owner remove {team} alice bob --yes"));
    link.change(&format!("owner remove {team} carol --revoke-tokens --yes"));
    link.change(&format!("owner add {team} carol"));
    link.change(&format!("owner delete {team} --yes"));
    assert_eq!(link.db.sql("select count(*) from api_tokens where not revoked"), "0");
}

#[test]
fn changes_of_codes_and_sessions_stay_within_the_limit_of_round_trips() {
    let link = Link::new();
    link.change("user create alice --email a@x.org");
    link.change("user create bob --email b@x.org --verified");
    link.change("code issue verification --user alice");
    link.change("code issue verification --user alice --expires-in 1h --force");
    let code = link.column("code issue authorization --user bob", "id");
    link.change(&format!("code revoke {code} --yes"));
    link.change("code revoke --all --user alice --yes");
    let session = |last: char| {
        link.db.sql(&format!(
            "insert into refresh_tokens
             select id, now() at time zone 'utc', now() at time zone 'utc' + interval '1 day',
                    rpad('{last}', 43, 'A') || '=', false
             from users where username = 'bob'"
        ));
    };
    session('B');
    session('C');
    link.change("session revoke BAAAAAAAAAAA --yes");
    link.change("session revoke --all --user bob --yes");
    session('D');
    link.change("session revoke --everyone --yes");
    assert_eq!(link.db.sql("select count(*) from refresh_tokens where not revoked"), "0");
}

#[test]
fn owners_without_users_and_codes_of_both_kinds_need_no_more_round_trips() {
    let link = Link::new();
    link.change("user create alice --email a@x.org --verified");
    let orphan = |name: &str| {
        let owner = link.db.iamctl("owner create --user alice -o id").ok().line();
        let issue = format!("token issue --owner {owner} --name {name}");
        let token = link.db.iamctl(&issue).json()["id"].as_str().unwrap().to_owned();
        link.db.sql(&format!("delete from api_token_owners where owner_id = '{owner}'"));
        (owner, token)
    };
    let (owner, _) = orphan("one");
    link.change(&format!("owner delete {owner} --revoke-tokens --yes"));
    let (_, token) = orphan("two");
    link.change(&format!("token rotate {token} --force --yes"));
    link.db.sql(
        "insert into verification_codes
         select id, now(), now() + interval '1h', rpad('v', 43, 'A') || '=' from users;
         insert into authorization_codes
         select id, now(), now() + interval '1h', rpad('a', 43, 'A') || '=' from users",
    );
    link.change("code revoke vAAAAAAAAAAA aAAAAAAAAAAA --yes");
}

/// Gives the user a session, codes of both kinds, and two owners with a token each: a personal one,
/// and one shared with `other`.
fn fill_every_table(link: &Link, name: &str, other: &str) {
    link.db.iamctl(&format!("token issue --user {name} --name {name}")).ok();
    let team = link.db.iamctl(&format!("owner create --user {name} --user {other} -o id")).ok();
    link.db.iamctl(&format!("token issue --owner {} --name {name}-team", team.line())).ok();
    link.db.sql(&format!(
        "insert into refresh_tokens
         select id, now() at time zone 'utc', now() at time zone 'utc' + interval '1 day',
                left(encode(sha256(username::bytea), 'base64'), 43) || '=', false
         from users where username = '{name}';
         insert into verification_codes
         select id, now(), now() + interval '1h',
                left(encode(sha256(('v' || username)::bytea), 'base64'), 43) || '='
         from users where username = '{name}';
         insert into authorization_codes
         select id, now(), now() + interval '1h',
                left(encode(sha256(('a' || username)::bytea), 'base64'), 43) || '='
         from users where username = '{name}'"
    ));
}

#[test]
fn users_with_rows_in_every_table_need_no_more_round_trips() {
    let link = Link::new();
    for name in ["alice", "bob", "carol", "dora", "heir"] {
        link.change(&format!("user create {name} --email {name}@x.org --verified"));
    }
    for name in ["alice", "bob", "carol", "dora"] {
        fill_every_table(&link, name, "heir");
    }
    link.change("user block alice --revoke-sessions --revoke-tokens --yes");
    link.change("user set-email bob bob@other.org --verified --yes");
    link.change("user delete bob --yes");
    link.change("user erase bob --yes");
    link.change("user offboard carol --yes");
    link.change("user offboard dora --hand-over-to heir --yes");
    link.change("user erase alice --force --yes");
    for name in ["eve", "dave", "next", "last"] {
        link.change(&format!("user create {name} --email {name}@x.org --verified"));
    }
    for name in ["eve", "dave", "next"] {
        fill_every_table(&link, name, "last");
    }
    let directory = directory();
    let into = format!("--rotate-into {} --yes", directory.path().display());
    link.change(&format!("user offboard eve --hand-over-to next --overlap 1h {into}"));
    // A recipient without a personal owner gets one.
    link.change(&format!("user offboard dave --hand-over-to last {into}"));
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 2);
    link.change("user delete next --yes");
}

#[test]
fn thousands_of_new_secrets_need_no_more_round_trips() {
    let link = Link::new();
    link.db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email, email_verified)
         select gen_random_uuid(), now(), 'u' || n, convert_to('u' || n, 'utf8'), n || '@x.org', true
         from generate_series(1, 3000) n;
         insert into api_token_owners select gen_random_uuid(), id from users;
         insert into api_tokens
         select owner_id, now(), now() + interval '1h', owner_id::text,
                left(encode(sha256(owner_id::text::bytea), 'base64'), 43) || '.'
         from api_token_owners",
    );
    link.change("user create heir --email heir@x.org --verified");
    let users = (1..=3000).map(|n| format!("{n}@x.org")).collect::<Vec<_>>().join("\n");
    let directory = directory();
    let into = directory.path().display();
    let line = format!("user offboard - --hand-over-to heir --rotate-into {into} --yes -o id");
    link.change_with(&line, &users);
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 3000);
    let live = "select count(*) from api_tokens where expires_at > now()";
    assert_eq!(link.db.sql(live), "3000");
}

#[test]
fn thousands_of_targets_need_no_more_round_trips() {
    let link = Link::new();
    link.db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email, email_verified)
         select gen_random_uuid(), now(), 'u' || n, convert_to('u' || n, 'utf8'), n || '@x.org', true
         from generate_series(1, 3000) n;
         insert into api_token_owners select gen_random_uuid(), id from users;
         insert into api_tokens
         select owner_id, now(), now() + interval '1h', 'ci',
                left(encode(sha256(owner_id::text::bytea), 'base64'), 43) || '.'
         from api_token_owners;
         insert into refresh_tokens
         select id, now() at time zone 'utc', now() at time zone 'utc' + interval '1 day',
                left(encode(sha256(username::bytea), 'base64'), 43) || '=', false from users;
         analyze",
    );
    let tokens = link.db.iamctl("token list -o id").ok().stdout;
    let sessions = link.db.iamctl("session list -o id").ok().stdout;
    let users = (1..=3000).map(|n| format!("{n}@x.org")).collect::<Vec<_>>().join("\n");
    link.change_with("token block - --yes -o id", &tokens);
    link.change_with("session revoke - --yes -o id", &sessions);
    link.change_with("user block - --revoke-sessions --revoke-tokens --yes -o id", &users);
    link.change_with("user unblock - -o id", &users);
    link.change_with("user offboard - --yes -o id", &users);
    link.change_with("user erase - --force --yes -o id", &users);
    let audited = "select count(*) from admin_audit_log where action <> 'db.migrate'";
    assert_eq!(link.db.sql(audited), "18000");
}
