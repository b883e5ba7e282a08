//! What is offered from the database.

use super::{answer, offers, values};
use crate::plans::{assert_no_scan, assert_qualified, explained, log_of_run, statements};
use crate::support::{Db, Run};

fn five_users() -> Db {
    let db = Db::new();
    for name in ["alice", "alice-w", "Albert", "bob", "zoe"] {
        db.user(name);
    }
    db
}

fn pairs(offers: &[(String, String)]) -> Vec<(&str, &str)> {
    offers.iter().map(|(value, help)| (value.as_str(), help.as_str())).collect()
}

#[test]
fn users_are_offered_by_username_email_and_id() {
    let db = five_users();
    let id = db.sql("select id from users where username = 'bob'");
    let id = id.trim();
    let (id_start, forced) = (&id[..9], format!("id:{}", &id[..6]));
    let email = |name: &str| db.sql(&format!("select email from users where username = '{name}'"));
    let (alice, bob) = (email("alice"), email("bob"));
    let (alice, bob) = (alice.trim(), bob.trim());
    for (typed, expected) in [
        ("al", vec!["alice".to_owned(), "alice-w".to_owned()]),
        ("alice-", vec!["alice-w".to_owned()]),
        ("Al", vec!["Albert".to_owned()]),
        ("name:bo", vec!["name:bob".to_owned()]),
        (&alice[..=alice.find('@').unwrap()], vec![alice.to_owned()]),
        ("email:bo", vec![format!("email:{bob}")]),
        (id_start, vec![id.to_owned()]),
        (&forced, vec![format!("id:{id}")]),
        ("id:x", vec![]),
        ("nobody", vec![]),
        ("%", vec![]),
        ("a_", vec![]),
    ] {
        assert_eq!(values(db.iamctl(""), &["user", "show", typed]), expected, "{typed}");
    }
}

#[test]
fn users_are_offered_wherever_one_is_named() {
    let db = five_users();
    for words in [
        &["user", "block", "bo"][..],
        &["user", "block", "alice", "bo"],
        &["user", "rename", "bo"],
        &["user", "offboard", "alice", "--hand-over-to", "bo"],
        &["token", "list", "--user", "bo"],
        &["token", "issue", "--user", "bo"],
        &["session", "revoke", "--all", "--user", "bo"],
        &["code", "issue", "verification", "--user", "bo"],
        &["owner", "create", "--user", "alice", "--user", "bo"],
        &["user", "list", "--after", "bo"],
    ] {
        assert_eq!(values(db.iamctl(""), words), ["bob"], "{words:?}");
    }
    let with_option = offers(db.iamctl(""), &["token", "list", "--user=bo"]);
    assert_eq!(with_option[0].0, "--user=bob");
    // One that the line has already is not offered again.
    assert_eq!(values(db.iamctl(""), &["user", "block", "alice", "al"]), ["alice-w"]);
    // A new name is not one of a user.
    assert!(values(db.iamctl(""), &["user", "create", "bo"]).is_empty());
}

#[test]
fn the_state_of_a_user_is_in_the_help() {
    let db = five_users();
    db.sql("update users set email = username || '@x.org', email_verified = true, email_verified_at = now()");
    db.iamctl("user block alice --yes").ok();
    db.iamctl("user delete alice-w --yes").ok();
    db.sql(
        "update users set email_verified = false, email_verified_at = null where username = 'bob'",
    );
    let help = |typed: &str| {
        let mut offers = offers(db.iamctl(""), &["user", "show", typed]);
        offers.retain(|(value, _)| !value.starts_with('-'));
        offers.into_iter().map(|(_, help)| help).collect::<Vec<_>>()
    };
    assert_eq!(help("al"), ["alice@x.org, blocked", "alice-w@x.org, deleted"]);
    assert_eq!(help("bo"), ["bob@x.org, unverified"]);
    assert_eq!(help("zo"), ["zoe@x.org"]);
    assert_eq!(help("zoe@"), ["zoe"]);
}

/// Names of other programs: with blanks and quotes, and some that cannot be typed or mean something else.
#[test]
fn only_what_can_be_typed_is_offered() {
    let db = five_users();
    let strange = ["q a b", "q'$x\"", "q\u{202e}b", "qé", "-q", "q@x", "x\tq"];
    for (number, name) in strange.iter().enumerate() {
        db.sql(&format!(
            "insert into users (id, created_at, username, username_fingerprint, email)
             values (gen_random_uuid(), now(), $name${name}$name$, '{number}', 'q{number}@x.org')"
        ));
    }
    let mut offered = values(db.iamctl(""), &["user", "show", "q"]);
    offered.sort();
    assert_eq!(offered, ["q a b", "q'$x\"", "qé"]);
    assert_eq!(values(db.iamctl(""), &["user", "show", "name:q@"]), ["name:q@x"]);
    assert_eq!(values(db.iamctl(""), &["user", "show", "name:-"]), ["name:-q"]);
    let all = offers(db.iamctl(""), &["user", "show", ""]);
    assert!(!all.iter().any(|(value, _)| value == "-q" || value.contains('\t')), "{all:?}");
}

#[test]
fn bytes_that_are_not_utf8_are_not_offered() {
    let db = Db::encoded("SQL_ASCII");
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         values (gen_random_uuid(), now(), E'zo\\351', '1', 'a@x.org'),
                (gen_random_uuid(), now(), 'zoe', '2', 'b@x.org')",
    );
    assert_eq!(values(db.iamctl(""), &["user", "show", "zo"]), ["zoe"]);
    // No row can have a character that the encoding lacks.
    let db = Db::encoded("LATIN1");
    assert_eq!(answer(db.iamctl(""), &["user", "show", "я"]), "");
}

#[test]
fn an_order_that_is_not_that_of_bytes_hides_nothing() {
    let db = Db::english_order();
    for name in ["Al", "al", "al-1", "al_2", "AL-3", "ala", "a-lb", "Alb", "am"] {
        db.sql(&format!(
            "insert into users (id, created_at, username, username_fingerprint, email)
             values (gen_random_uuid(), now(), '{name}', '{name}', '{name}@x.org')"
        ));
    }
    let mut offered = values(db.iamctl(""), &["user", "show", "al"]);
    offered.sort();
    assert_eq!(offered, ["al", "al-1", "al_2", "ala"]);
}

#[test]
fn at_most_fifty_are_offered() {
    let db = explained();
    for words in [
        &["user", "show", "user"][..],
        &["user", "show", "email:user"],
        &["owner", "show", ""],
        &["token", "show", ""],
        &["session", "revoke", ""],
        &["code", "revoke", ""],
    ] {
        let mut offered = offers(db.iamctl(""), words);
        // Ids that begin with `-` are offered as `id:-…`.
        offered.retain(|(value, _)| !value.starts_with('-'));
        assert_eq!(offered.len(), 50, "{words:?}");
    }
}

/// A shell inserts what all candidates begin with: of a list that is cut, no more than what was typed.
#[test]
fn a_list_that_is_cut_adds_no_letters() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'user-' || to_char(n, 'FM0000'),
                convert_to('user' || n, 'utf8'), 'user-' || n || '@x.org'
         from generate_series(0, 2999) n",
    );
    let common = |typed: &str| {
        let offered = values(db.iamctl(""), &["user", "show", typed]);
        assert_eq!(offered.len(), 50, "{typed}");
        let common = |a: String, b: String| {
            a.chars().zip(b.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a).collect()
        };
        offered.into_iter().reduce(common).unwrap()
    };
    for (typed, inserted) in [
        ("", "user-"),
        ("us", "us"),
        ("user-", "user-"),
        ("user-1", "user-1"),
        ("user-12", "user-12"),
    ] {
        assert_eq!(common(typed), inserted);
    }
    assert_eq!(values(db.iamctl(""), &["user", "show", "user-123"]).len(), 10);
}

#[test]
fn owners_are_offered_with_their_users() {
    let db = five_users();
    db.iamctl("owner create --user alice --user bob").ok();
    let owner = db.sql("select distinct owner_id from api_token_owners");
    let owner = owner.trim();
    for words in [
        &["owner", "show", ""][..],
        &["owner", "add", &owner[..5]],
        &["owner", "list", "--after", ""],
        &["token", "list", "--owner", ""],
    ] {
        let mut offered = offers(db.iamctl(""), words);
        offered.retain(|(value, _)| !value.starts_with('-'));
        assert_eq!(pairs(&offered), [(owner, "alice, bob")], "{words:?}");
    }
    assert_eq!(values(db.iamctl(""), &["owner", "show", "id:"]), [format!("id:{owner}")]);
    assert_eq!(values(db.iamctl(""), &["owner", "add", owner, "zo"]), ["zoe"]);
}

#[test]
fn ids_are_offered_with_what_they_are() {
    let db = Db::new();
    db.user("alice");
    let stored = |letter: char| format!("{}{}", letter.to_string().repeat(12), "A".repeat(31));
    db.iamctl("owner create --user alice").ok();
    db.sql(&format!(
        "insert into api_tokens
         select owner_id, now(), '2031-02-03', 'ci', '{}.' from api_token_owners;
         insert into refresh_tokens
         select id, now() at time zone 'utc', '2031-02-03', '{}=', false from users;
         insert into verification_codes select id, now(), '2031-02-03', '{}=' from users;
         insert into authorization_codes select id, now(), '2001-02-03', '{}=' from users;
         insert into verification_codes select id, now(), '2031-02-03', repeat('x', 44) from users",
        stored('t'),
        stored('+'),
        stored('v'),
        stored('/'),
    ));
    let offered = |words: &[&str]| {
        let mut offered = offers(db.iamctl(""), words);
        offered.retain(|(value, _)| !value.starts_with('-'));
        offered
    };
    let token = [("tttttttttttt", "ci of alice, active, until 2031-02-03")];
    assert_eq!(pairs(&offered(&["token", "show", ""])), token);
    assert_eq!(pairs(&offered(&["token", "revoke", "ttt"])), token);
    assert_eq!(offered(&["token", "show", "id:tt"])[0].0, "id:tttttttttttt");
    // An id that begins with `-` is named so that it is not read as an option.
    let session = [("id:------------", "alice, live, until 2031-02-03")];
    assert_eq!(pairs(&offered(&["session", "revoke", ""])), session);
    assert_eq!(pairs(&offered(&["session", "revoke", "id:--"])), session);
    let codes = offered(&["code", "revoke", ""]);
    assert_eq!(codes.len(), 2, "what has no shape of a secret has no id: {codes:?}");
    assert!(
        pairs(&codes).contains(&("vvvvvvvvvvvv", "verification, alice, live, until 2031-02-03"))
    );
    let authorization = [("____________", "authorization, alice, expired, until 2001-02-03")];
    assert_eq!(pairs(&offered(&["code", "revoke", "__"])), authorization);
    // More than an id, and what is no id, is not looked up.
    for typed in ["iam_", "tttttttttttttt", "t%", "x"] {
        assert!(offered(&["token", "show", typed]).is_empty(), "{typed}");
    }
}

/// What a verb has nothing to change of comes last, however new it is.
#[test]
fn what_a_verb_can_change_is_offered_first() {
    let db = five_users();
    db.iamctl("user block alice --yes").ok();
    db.iamctl("user delete alice-w --yes").ok();
    let order = |words: &[&str]| {
        let mut offered = values(db.iamctl(""), words);
        offered.retain(|value| !value.starts_with('-'));
        offered.join(" ")
    };
    for (verb, expected) in [
        ("show", "Albert alice alice-w bob zoe"),
        ("block", "Albert alice-w bob zoe alice"),
        ("unblock", "alice Albert alice-w bob zoe"),
        ("delete", "Albert alice bob zoe alice-w"),
        ("restore", "alice-w Albert alice bob zoe"),
    ] {
        assert_eq!(order(&["user", verb, ""]), expected, "{verb}");
    }
    // A live one, then 39 that are over, each newer than the one before it.
    db.iamctl("owner create --user bob").ok();
    let values = "select n, lpad(n::text, 12, 'x') || repeat('A', 31) v,
        now() - interval '1 h' + n * interval '1 s' as at from generate_series(1, 40) n";
    db.sql(&format!(
        "insert into api_tokens
         select owner_id, at, '2031-02-03', 'ci', v || '.' from api_token_owners, ({values}) it;
         update api_tokens set revoked = true, revoked_at = now() where token not like 'xxxxxxxxxxx1%';
         insert into refresh_tokens
         select id, at at time zone 'utc', case n when 1 then '2031-02-03' else '2001-02-03'::timestamp end,
             v || '=', false
         from users, ({values}) it where username = 'bob';
         insert into verification_codes
         select id, at, case n when 1 then '2031-02-03' else '2001-02-03'::timestamptz end, v || '='
         from users, ({values}) it where username = 'bob'"
    ));
    for (words, first) in [
        (["token", "rotate"], "xxxxxxxxxxx1"),
        (["token", "revoke"], "xxxxxxxxxxx1"),
        (["token", "block"], "xxxxxxxxxxx1"),
        (["session", "revoke"], "xxxxxxxxxxx1"),
        (["code", "revoke"], "xxxxxxxxxxx1"),
        // The newest one, as in a list.
        (["token", "show"], "xxxxxxxxxx40"),
        (["token", "unblock"], "xxxxxxxxxx40"),
    ] {
        for typed in ["", "xx"] {
            let first =
                if typed.is_empty() || first.ends_with("x1") { first } else { "xxxxxxxxxx10" };
            let offered = order(&[words[0], words[1], typed]);
            assert!(offered.starts_with(first), "{words:?} {typed}: {offered}");
        }
    }
    db.sql("update api_tokens set blocked = true where token like 'xxxxxxxxxxx1%'");
    assert!(order(&["token", "unblock", ""]).starts_with("xxxxxxxxxxx1"));
    assert!(order(&["token", "rotate", ""]).starts_with("xxxxxxxxxx40"));
}

#[test]
fn actions_are_those_of_the_log() {
    let db = five_users();
    db.iamctl("user block alice --yes").ok();
    db.iamctl("user block bob --yes").ok();
    db.iamctl("token issue --user zoe --name ci --force").ok();
    db.sql(
        "insert into admin_audit_log (actor, host, action, details, program_version)
         values ('x', 'x', 'user.by_others', '{}', '0'), ('x', 'x', 'user%', '{}', '0')",
    );
    let actions = |typed: &str| values(db.iamctl(""), &["audit", "list", "--action", typed]);
    // Those of other programs are refused.
    assert_eq!(actions("user."), ["user.block", "user.create"]);
    assert!(actions("user%").is_empty());
    assert_eq!(actions("t"), ["token.issue"]);
    assert!(actions("").contains(&"db.migrate".to_owned()));
    assert!(actions("nothing").is_empty());
}

#[test]
fn candidates_need_no_scan() {
    let db = explained();
    for words in [
        &["user", "show", ""][..],
        &["user", "show", "user77"],
        &["user", "show", "user77@"],
        &["user", "show", "nobody"],
        &["user", "show", "email:user77"],
        &["user", "show", "id:7"],
        &["owner", "show", ""],
        &["owner", "show", "7a"],
        &["token", "show", ""],
        &["token", "show", "a"],
        &["token", "show", "abc"],
        &["session", "revoke", ""],
        &["session", "revoke", "a"],
        &["session", "revoke", "abc"],
        &["code", "revoke", ""],
        &["code", "revoke", "a"],
        &["code", "revoke", "abc"],
        &["audit", "list", "--action", ""],
        &["audit", "list", "--action", "user."],
    ] {
        let run = db.iamctl("").env("IAMCTL_COMPLETE", "fish").arg("--");
        let run = words.iter().fold(run, Run::arg);
        let log = log_of_run(&db, run, &[0]);
        assert_no_scan(&words.join(" "), &log);
        for statement in statements(&log) {
            assert_qualified(&words.join(" "), &statement);
        }
    }
}
