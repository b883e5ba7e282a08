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
