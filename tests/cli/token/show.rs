//! How a token is selected: by id, by owner and name, or by its value.

use serde_json::Value;

use super::{digest, insert, issue, shared_owner, stored};
use crate::support::{Db, Run};

#[test]
fn a_token_is_shown_by_id_by_name_and_by_value() {
    let db = Db::new();
    for name in ["alice", "bob"] {
        db.user(name);
        issue(&db, &format!("--user {name} --name cd"));
    }
    let token = issue(&db, "--user alice --name ci");
    let digest = digest(&db, &token);
    let id = digest[..12].replace('+', "-").replace('/', "_");
    let longer = digest[..24].replace('+', "-").replace('/', "_");
    let owner = db.sql(&format!("select owner_id from api_tokens where token = '{digest}'"));

    let expected = db.iamctl("token show --user alice --name ci").json();
    assert_eq!(expected["id"], id.as_str());
    assert_eq!(expected["status"], "active");
    let show = |line: &str| db.iamctl(&format!("token show {line}"));
    assert_eq!(show(&id).json(), expected);
    assert_eq!(show(&format!("id:{id}")).json(), expected);
    assert_eq!(show(&longer).json(), expected);
    assert_eq!(show(&format!("--owner {owner} --name ci")).json(), expected);
    assert_eq!(show("--stdin").input(format!("\n {token} \n")).json(), expected);

    show("AAAAAAAAAAAA").fails(3).says("AAAAAAAAAAAA");
    show("--user bob --name ci").fails(3).says("no token named `ci`");
    show("--user nobody --name ci").fails(3);
    show("--name ci").fails(2).says("--user");
    show("--user alice").fails(2);
    show("").fails(2);
    show(&format!("{id} --stdin")).fails(2);
    show("--stdin").input("").fails(2).says("one token");
    show("--stdin").input(format!("{token}\n{token}\n")).fails(2).says("one token");
}

#[test]
fn a_name_selects_the_newest_token_of_that_name() {
    let db = Db::new();
    db.user("alice");
    let owner = shared_owner(&db, &["alice"]);
    for (days, start) in [(3, "old"), (1, "new"), (2, "middle")] {
        insert(&db, &owner, "ci", &stored(start));
        let age = format!("created_at = now() - '{days}d'::interval");
        db.sql(&format!("update api_tokens set {age} where token = '{}'", stored(start)));
    }
    assert_eq!(db.iamctl("token show --user alice --name ci").json()["id"], "newAAAAAAAAA");
}

#[test]
fn an_id_that_begins_with_a_hyphen_is_an_id() {
    let db = Db::new();
    db.user("alice");
    let owner = shared_owner(&db, &["alice"]);
    for (name, start) in [("help", "+h"), ("both", "++/"), ("slash", "/+")] {
        insert(&db, &owner, name, &stored(start));
    }
    for (name, id) in
        [("help", "-hAAAAAAAAAA"), ("both", "--_AAAAAAAAA"), ("slash", "_-AAAAAAAAAA")]
    {
        assert_eq!(db.iamctl("token show --user alice --name").arg(name).json()["id"], id);
        let after_dashes = db.iamctl("token show -o json --").arg(id).ok();
        assert_eq!(after_dashes.json()["name"], name, "after `--`");
        assert_eq!(db.iamctl("token show").arg(format!("id:{id}")).json()["name"], name);
    }
    for (name, id) in [("help", "-hAAAAAAAAAA"), ("slash", "_-AAAAAAAAAA")] {
        assert_eq!(db.iamctl("token show").arg(id).json()["name"], name);
        assert_eq!(db.iamctl("token show -q").arg(id).json()["name"], name);
    }
}

#[test]
fn a_mistyped_token_is_rejected_offline() {
    let db = Db::new();
    db.user("alice");
    let token = issue(&db, "--user alice --name ci");
    let mut typo = token.clone().into_bytes();
    typo[20] = if typo[20] == b'x' { b'y' } else { b'x' };
    let typo = String::from_utf8(typo).unwrap();
    let unreachable = |line: &str| Run::new("host=/nonexistent user=u dbname=d", line);
    let swapped = token.to_uppercase();
    for wrong in [typo.as_str(), &token[..52], &format!("{token}0"), &token[4..], &swapped, "Größe"]
    {
        for line in ["token show --stdin", "token revoke --stdin --yes"] {
            let failed = unreachable(line).input(wrong).fails(2);
            assert!(failed.stderr.contains("line 1"), "{failed:?}");
            assert!(!failed.stderr.contains(&wrong[4..]), "{failed:?}");
            let json = unreachable(line).arg("-ojson").input(wrong).fails(2);
            let json: Value = serde_json::from_str(&json.stderr).unwrap();
            assert_eq!(json["error"]["kind"], "usage");
        }
    }
    unreachable("token show --stdin").input(token).fails(6);
}

#[test]
fn an_unknown_token_is_not_found_and_a_digest_is_not_a_token() {
    let db = Db::new();
    db.user("alice");
    let token = issue(&db, "--user alice --name ci");
    let digest = digest(&db, &token);
    let unknown = "iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP";
    let before = db.rows();
    for (value, code) in [
        (unknown, 3),
        // A digest from a dump: unchanged, in the form of a code, and without its last character.
        (digest.as_str(), 2),
        (&digest.replace('.', "="), 3),
        (&digest[..43], 2),
    ] {
        for line in ["token show --stdin", "token revoke --stdin --yes"] {
            let failed = db.iamctl(line).input(value).fails(code);
            assert!(!failed.stderr.contains(&value[..20]), "{failed:?}");
        }
    }
    assert_eq!(db.rows(), before);
}

#[test]
fn a_verbatim_row_is_found_by_its_44_characters() {
    let db = Db::new();
    db.user("alice");
    let owner = shared_owner(&db, &["alice"]);
    let token = issue(&db, &format!("--owner {owner} --name digest"));
    // The service looks this token up as it looks up codes (`--token-scheme verbatim`).
    let code = stored("verbatim").replace('.', "=");
    insert(&db, &owner, "verbatim", &code);
    // Another row, whose digest has the same characters.
    insert(&db, &owner, "other", &stored("verbatim"));
    let show = |value: &str| db.iamctl("token show --stdin").input(value).json();
    assert_eq!(show(&code)["name"], "verbatim");
    assert_eq!(show(&token)["name"], "digest");
    // An `iam_` token never matches a row that stores it unchanged.
    db.sql(&format!("update api_tokens set token = left('{token}', 44) where name = 'digest'"));
    db.iamctl("token show --stdin").input(token).fails(3);
}

#[test]
fn an_id_that_matches_two_tokens_is_a_conflict() {
    let db = Db::new();
    db.user("alice");
    let owner = shared_owner(&db, &["alice"]);
    for (name, start) in
        [("one", "twelve+chars+one"), ("two", "twelve+chars+two"), ("three", "twelve+char")]
    {
        insert(&db, &owner, name, &stored(start));
    }
    let before = db.rows();
    for line in ["token show", "token revoke --yes"] {
        db.iamctl(line).arg("twelve-chars").fails(4).says("more characters");
        db.iamctl(line).arg("twelve-chars-").fails(4);
        db.iamctl(line).arg("twelve-chars-x").fails(3);
        db.iamctl(line).arg("twelve-char").fails(2).says("12 to 24 characters");
    }
    db.iamctl("token list --after twelve-chars").fails(4);
    assert_eq!(db.rows(), before);
    assert_eq!(db.iamctl("token show twelve-chars-o").json()["name"], "one");
    assert_eq!(db.iamctl("token show twelve-chars-two").json()["name"], "two");
    assert_eq!(db.iamctl("token show twelve-charA").json()["name"], "three");
}

#[test]
fn a_secret_on_the_command_line_is_not_repeated() {
    let db = Db::new();
    db.user("alice");
    let token = issue(&db, "--user alice --name ci");
    let before = db.rows();
    let digest = digest(&db, &token);
    let percent = format!("q83v%2Bq83{}%3D", "vq83".repeat(7));
    let others = "Grüße-an-alle-Freunde-von-Geheimnissen";
    for secret in [&token, &token[..12], &digest, &digest[..25], percent.as_str(), others] {
        for line in [
            "token show",
            "token revoke --yes",
            "token revoke --yes AAAAAAAAAAAA",
            "token list --after",
            "code list --after",
        ] {
            for format in ["table", "json"] {
                let failed = db.iamctl(line).arg(secret).arg("-o").arg(format).fails(2);
                let repeated = failed.stderr.contains(&secret[4..]);
                assert!(!repeated, "{line} repeats a possible secret: {failed:#?}");
            }
        }
        let failed = db.iamctl("token revoke - --yes").input(secret.to_owned()).fails(2);
        assert!(!failed.stderr.contains(&secret[4..]), "{failed:#?}");
    }
    for option in ["--user", "--owner", "--reason"] {
        let line = format!("token revoke --all --user alice --yes {option}");
        let failed = db.iamctl(&line).arg(&token).fails(2);
        assert!(!failed.stderr.contains(&token[4..]), "{failed:#?}");
    }
    assert_eq!(db.rows(), before);
}
