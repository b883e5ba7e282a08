//! Users who leave still know the secrets of the tokens that they shared: a notice says so, and how to
//! get new ones.

use super::offboard::two_holders;
use super::shared;
use crate::support::Db;

const STILL_KNOW: &str = "still know the secrets of";

/// alice and bob share the tokens `team` and `web`. Returns the ids of these.
fn two_tokens() -> (Db, Vec<String>) {
    let (db, _) = two_holders();
    shared(&db, &["alice", "bob"], "web");
    let ids = "select translate(left(token, 12), '+/', '-_') from api_tokens
               where name in ('team', 'web')";
    let ids = db.sql(ids).lines().map(str::to_owned).collect();
    (db, ids)
}

#[test]
fn users_who_leave_still_know_the_tokens_that_stay() {
    for (line, who) in [
        ("user block alice --yes", "the blocked users"),
        ("user block alice --revoke-sessions --revoke-tokens --yes", "the blocked users"),
        ("user delete alice --yes", "the deleted users"),
        ("user erase alice --force --yes", "the erased users"),
        ("user offboard alice --yes", "the users who leave"),
        ("user offboard alice --hand-over-to bob --yes", "the users who leave"),
    ] {
        let (db, ids) = two_tokens();
        for line in [format!("{line} --dry-run"), line.to_owned()] {
            let outcome = db
                .iamctl(&line)
                .ok()
                .says(&format!("{who} {STILL_KNOW} 2 live tokens of owners that others share"))
                .says("`iamctl token rotate ID --overlap 0s`");
            for id in &ids {
                assert!(outcome.stderr.contains(id), "{line}: {outcome:#?}");
            }
        }
        let quiet = db.iamctl("user block bob --yes --quiet").ok();
        assert_eq!(quiet.stderr, "");
        // The advice works.
        if !line.contains("erase") {
            db.iamctl("user unblock bob").ok();
        }
        db.iamctl(&format!("token rotate id:{} --overlap 0s --force --yes", ids[0])).ok();
    }
}

#[test]
fn a_user_who_is_removed_from_an_owner_still_knows_its_tokens() {
    let (db, _) = two_tokens();
    let owner = db.sql("select owner_id from api_tokens where name = 'team'");
    let id = "select translate(left(token, 12), '+/', '-_') from api_tokens where name = 'team'";
    let remove = |user: &str| db.iamctl(&format!("owner remove {owner} {user} --yes")).ok();
    remove("alice").says(&format!("the removed users {STILL_KNOW} 1 live token")).says(&db.sql(id));
    let again = remove("alice");
    assert!(!again.stderr.contains(STILL_KNOW), "{again:#?}");
    db.sql("update api_tokens set revoked = true where name = 'team'");
    let last = remove("bob");
    assert!(!last.stderr.contains(STILL_KNOW), "{last:#?}");
}

#[test]
fn no_notice_where_no_token_goes_on_working() {
    for (line, before) in [
        // Only tokens of their own.
        ("user block alice --yes", "delete from api_tokens where name in ('team', 'web')"),
        ("user delete alice --yes", "delete from api_tokens where name in ('team', 'web')"),
        ("user erase alice --force --yes", "delete from api_tokens where name in ('team', 'web')"),
        ("user offboard alice --yes", "delete from api_tokens where name in ('team', 'web')"),
        // Expired and revoked ones.
        ("user block alice --yes", "update api_tokens set revoked = true"),
        ("user delete alice --yes", "update api_tokens set expires_at = now()"),
        ("user erase alice --force --yes", "update api_tokens set revoked = true"),
        ("user offboard alice --yes", "update api_tokens set expires_at = now()"),
        // No user is left who may use them.
        ("user block alice bob --yes", "select"),
        ("user block alice --yes", "update users set deleted = true where username = 'bob'"),
        ("user delete alice --yes", "update users set blocked = true where username = 'bob'"),
        ("user erase alice bob --force --yes", "select"),
    ] {
        let (db, _) = two_tokens();
        db.sql(before);
        let outcome = db.iamctl(line).ok();
        assert!(!outcome.stderr.contains(STILL_KNOW), "{line}, {before}: {outcome:#?}");
    }
}

#[test]
fn an_erasure_in_batches_names_no_token_that_it_deletes_later() {
    let (db, ids) = two_tokens();
    db.user("carol");
    let kept = shared(&db, &["alice", "carol"], "kept");
    // 500 users are in a batch: bob is in the second one, with the tokens of which he is the last user.
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email, deleted, deleted_at)
         select gen_random_uuid(), now(), 'u' || n, convert_to('u' || n, 'utf8'), n || '@x.org',
                true, now() - interval '3y' from generate_series(1, 600) n;
         update users set deleted = true, deleted_at = now() - interval '4y'
         where username = 'alice';
         update users set deleted = true, deleted_at = now() - interval '2y' where username = 'bob'",
    );
    let outcome = db.iamctl("user erase --deleted-for 1y --yes -o id").ok();
    assert_eq!(outcome.lines().len(), 602);
    let id = format!(
        "select translate(left(token, 12), '+/', '-_') from api_tokens where owner_id = '{kept}'"
    );
    let outcome = outcome.says("1 live token of owners that others share").says(&db.sql(&id));
    for gone in ids {
        assert!(!outcome.stderr.contains(&gone), "{outcome:#?}");
    }
}

#[test]
fn ten_tokens_are_named() {
    let (db, _) = two_tokens();
    let owner = shared(&db, &["alice", "bob"], "many");
    db.sql(&format!(
        "insert into api_tokens
         select '{owner}', now(), now() + interval '1h', 'many' || n,
                left(encode(sha256(n::text::bytea), 'base64'), 43) || '.'
         from generate_series(1, 20) n"
    ));
    db.iamctl("user block alice --yes").ok().says("23 live tokens").says(" and 13 others");
}
