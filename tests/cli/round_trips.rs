//! A one-shot change needs at most five round trips after connecting (contract 7): Diesel's two,
//! BEGIN with its settings and checks, one statement, COMMIT.

use std::time::Duration;

use crate::support::proxy::Proxy;
use crate::support::{Db, Run, server};

#[test]
fn a_change_takes_five_round_trips_after_connecting() {
    const CONNECTING: usize = 1;
    let db = Db::new();
    db.user("bob");
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    for line in [
        "user create alice --email a@x.org --verified",
        "user create alice --email a@x.org --if-not-exists --dry-run",
        "user block bob --yes",
        "user unblock bob",
        "user delete bob --yes",
        "user restore bob",
        "user rename bob bobby --yes",
        "user set-email bobby other@x.org --yes",
        "user verify-email bobby",
        "user unverify-email bobby",
        "user block bobby alice --revoke-sessions --yes",
    ] {
        Run::new(&proxy.url(&db.name), line).ok();
        let trips = proxy.round_trips() - CONNECTING;
        // What exists already is looked at once more.
        let most = if line.contains("--if-not-exists") { 6 } else { 5 };
        assert!(trips <= most, "{line}: {trips}");
        assert!(trips >= 5, "the proxy counts: {line}: {trips}");
    }
}

/// What is unique or limited under a lock alone (contract 6): one statement takes the lock, one
/// checks, one changes. So it is for a name of a token, which is its owner's. An id takes none.
#[test]
fn a_change_under_a_lock_takes_two_more() {
    const CONNECTING: usize = 1;
    let db = Db::new();
    db.user("bob");
    db.iamctl("user create alice --email a@x.org").ok();
    db.iamctl("token issue --user bob --name first").ok();
    db.iamctl("code issue authorization --user bob").ok();
    db.sql(
        "insert into refresh_tokens
         select id, now() at time zone 'utc', now() at time zone 'utc' + interval '1 day',
                lpad('=', 44, 'A'), false
         from users where username = 'bob'",
    );
    let id = |line: &str| db.iamctl(line).json()["id"].as_str().unwrap().to_owned();
    let token = id("token issue --user bob --name by-id");
    let code = id("code issue authorization --user bob");
    let owner = db.sql("select owner_id from api_token_owners");
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    for (line, most) in [
        ("token issue --user bob --name second", 7),
        (&format!("token issue --owner {owner} --name third"), 7),
        ("token block --user bob --name second --yes", 7),
        ("token revoke --user bob --name second --yes", 7),
        (&format!("token block {token} --yes"), 5),
        (&format!("token revoke {token} --yes"), 5),
        (&format!("code revoke {code} --yes"), 5),
        ("code revoke --all --user bob --yes", 5),
        ("session revoke --all --user bob --yes", 5),
        ("code issue verification --user alice", 7),
        ("code issue authorization --user bob", 6),
    ] {
        Run::new(&proxy.url(&db.name), line).ok();
        let trips = proxy.round_trips() - CONNECTING;
        assert!(trips <= most, "{line}: {trips}");
    }
}
