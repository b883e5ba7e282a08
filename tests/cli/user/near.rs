//! An unknown user is met with near ones, where a person reads the message.

use crate::support::Db;

fn users() -> Db {
    let db = Db::new();
    for name in ["alice-w", "bob", "carol", "Dora_1"] {
        db.user(name);
    }
    db
}

#[test]
fn an_unknown_name_or_email_suggests_near_ones() {
    let db = users();
    for (typed, near) in [
        ("alice", "`alice-w`"),
        ("alcie-w", "`alice-w`"),
        ("lice-w", "`alice-w`"),
        ("ALISE-W", "`alice-w`"),
        ("boob", "`bob`"),
        ("dora1", "`Dora_1`"),
        ("alice-w@exmaple.org", "`alice-w@example.org`"),
        ("name:crol", "`carol`"),
        ("email:carol@example.com", "`carol@example.org`"),
    ] {
        for line in ["user show", "user block --yes", "session list --user", "token list --user"] {
            let plain = typed.split_once(':').map_or(typed, |(_, name)| name);
            db.iamctl(line)
                .arg(typed)
                .fails(3)
                .says(&format!("no user matches `{plain}`; did you mean {near}?"));
        }
    }
    for far in ["zacharias", "nobody@example.net", "x", "%", "éé", "--"] {
        let unknown = db.iamctl("user show --").arg(far).fails(3).says("see `iamctl user list`");
        assert!(!unknown.stderr.contains("did you mean"), "{unknown:?}");
    }
}

#[test]
fn several_near_ones_are_named_the_nearest_first_and_three_at_most() {
    let db = Db::new();
    for name in ["anna", "annas", "anna-b", "anna-bc", "ann4", "zoe"] {
        db.user(name);
    }
    db.iamctl("user show anns").fails(3).says("did you mean `ann4`, `anna` or `annas`?");
    db.iamctl("user show zoë").fails(3).says("did you mean `zoe`?");
}

#[test]
fn deleted_users_are_suggested_by_commands_that_take_them() {
    let db = users();
    db.iamctl("user delete bob --yes").ok();
    for line in ["user show boob", "user restore boob", "user erase boob --yes"] {
        db.iamctl(line).fails(3).says("did you mean `bob`?");
    }
    for line in
        ["user block boob --yes", "token issue --user boob --name ci", "session list --user boob"]
    {
        let unknown = db.iamctl(line).fails(3);
        assert!(!unknown.stderr.contains("did you mean"), "{unknown:?}");
    }
}

#[test]
fn machine_formats_suggest_nothing() {
    let db = users();
    for format in ["json", "jsonl", "csv", "id"] {
        let unknown = db.iamctl("user show alcie-w -o").arg(format).fails(3);
        assert!(!unknown.stderr.contains("alice-w"), "{unknown:?}");
    }
    let unknown = db.iamctl("user show alcie-w").env("IAMCTL_OUTPUT", "json").fails(3);
    assert!(!unknown.stderr.contains("alice-w"), "{unknown:?}");
}

#[test]
fn without_the_index_of_trigrams_neighbours_in_the_alphabet_are_suggested() {
    let db = users();
    db.sql("drop index users_search");
    db.iamctl("user show alice").fails(3).says("did you mean `alice-w`?");
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'alf' || n, n::text::bytea, n || '@x.org' from generate_series(1, 40) n",
    );
    let far = db.iamctl("user show alcie-w").fails(3);
    assert!(!far.stderr.contains("alice-w"), "not found by its start: {far:?}");
}

#[test]
fn a_change_that_names_an_unknown_user_changes_nothing() {
    let db = users();
    let before = db.rows();
    db.iamctl("user block carol alcie-w --yes").fails(3).says("did you mean `alice-w`?");
    assert_eq!(db.rows(), before);
}
