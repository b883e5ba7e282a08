//! `--token-scheme verbatim`, for a service that looks tokens up as it looks up codes.

use super::{digest, insert, issue, names, shared_owner, stored};
use crate::support::{Db, Run, directory};

/// Sets the scheme with the environment variable.
fn verbatim(db: &Db, line: &str) -> Run {
    db.iamctl(line).env("IAMCTL_TOKEN_SCHEME", "verbatim")
}

/// alice with a token of each scheme. Returns both plaintexts.
fn two_schemes() -> (Db, String, String) {
    let db = Db::new();
    db.user("alice");
    let plain = issue(&db, "--user alice --name verbatim --token-scheme verbatim");
    let token = issue(&db, "--user alice --name digest");
    (db, plain, token)
}

#[test]
fn the_plaintext_is_a_code_that_is_stored_unchanged() {
    let db = Db::new();
    db.user("alice");
    let by_variable = verbatim(&db, "token issue --user alice --name a -o id").ok().line();
    let by_option = issue(&db, "--user alice --name b --token-scheme verbatim");
    let issued = verbatim(&db, "token issue --user alice --name c").json();
    let in_json = issued["token"].as_str().unwrap();
    for (name, token) in [("a", by_variable.as_str()), ("b", &by_option), ("c", in_json)] {
        assert_eq!((token.len(), token.find('=')), (44, Some(43)), "{token}");
        assert_eq!(db.sql(&format!("select length(decode('{token}', 'base64'))")), "32");
        let row = db.sql(&format!("select token from api_tokens where name = '{name}'"));
        assert_eq!(row, token);
    }
    assert_ne!(by_variable, by_option);
    assert_eq!(issued["id"], in_json[..12].replace('+', "-").replace('/', "_").as_str());
    // The option overrides the variable, and the default is `digest`.
    let line = "token issue --user alice --token-scheme digest -o id --name";
    assert!(verbatim(&db, line).arg("d").ok().line().starts_with("iam_"));
    let unset = db.iamctl("token issue --user alice --name e -o id").env("IAMCTL_TOKEN_SCHEME", "");
    assert!(unset.ok().line().starts_with("iam_"));
}

#[test]
fn an_unknown_scheme_is_refused_as_option_and_as_variable() {
    let (db, ..) = two_schemes();
    let before = (db.rows(), db.audit());
    for line in ["token issue --user alice --name x", "token rotate --user alice --name digest -y"]
    {
        db.iamctl(line).arg("--token-scheme=plain").fails(2).says("verbatim");
        let failed = db.iamctl(line).env("IAMCTL_TOKEN_SCHEME", "plain").fails(2);
        failed.says("IAMCTL_TOKEN_SCHEME").says("verbatim");
    }
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn every_verb_accepts_the_value_of_a_verbatim_token() {
    for scheme in ["digest", "verbatim"] {
        let (db, plain, token) = two_schemes();
        let others = || db.sql("select t from api_tokens t where name = 'digest'");
        let before = others();
        // The value determines its scheme, and the variable has no effect.
        let run = |line: &str| {
            let run = db.iamctl(line).env("IAMCTL_TOKEN_SCHEME", scheme);
            run.input(plain.as_str()).json()
        };
        assert_eq!(run("token verify")["name"], "verbatim");
        assert_eq!(run("token show --stdin")["name"], "verbatim");
        assert_eq!(run("token block --stdin --yes")[0]["status"], "blocked");
        db.iamctl("token verify").input(plain.as_str()).ends_with(5).says("blocked");
        assert_eq!(run("token unblock --stdin")[0]["status"], "active");
        assert_eq!(run("token rotate --stdin --yes")["name"], "verbatim");
        db.iamctl("token verify").input(plain.as_str()).ok();
        let revoked = run("token revoke --stdin --yes");
        assert_eq!(
            (&revoked[0]["name"], &revoked[0]["changed"]),
            (&"verbatim".into(), &true.into())
        );
        db.iamctl("token verify").input(plain.as_str()).ends_with(5).says("revoked");
        assert_eq!(others(), before, "{scheme}");
        db.iamctl("token verify").input(token).env("IAMCTL_TOKEN_SCHEME", scheme).ok();
    }
}

#[test]
fn every_verb_accepts_the_token_scheme_option() {
    let (db, plain, _) = two_schemes();
    for line in [
        "token verify",
        "token show --stdin",
        "token block --stdin --yes",
        "token unblock --stdin",
        "token rotate --stdin --yes",
        "token revoke --stdin --yes",
    ] {
        let run = db.iamctl(line).arg("--token-scheme=verbatim");
        assert!(run.input(plain.as_str()).json().to_string().contains("verbatim"), "{line}");
    }
}

#[test]
fn an_id_or_a_name_selects_a_verbatim_token() {
    let (db, plain, _) = two_schemes();
    let id = plain[..12].replace('+', "-").replace('/', "_");
    let shown = db.iamctl(&format!("token show id:{id}")).json();
    assert_eq!(shown["name"], "verbatim");
    assert_eq!(db.iamctl("token show --user alice --name verbatim").json(), shown);
    assert_eq!(names(&db.iamctl("token list -o json").ok()), ["digest", "verbatim"]);
    for line in ["token list", "token show --user alice --name verbatim", "audit list"] {
        for format in ["table", "json", "jsonl", "csv", "id"] {
            let printed = db.iamctl(line).arg("-o").arg(format).ok().stdout;
            assert!(!printed.contains(&plain[..25]), "no output has a stored secret: {printed}");
        }
    }
    let audit = db.sql("select string_agg(a::text, ' ') from admin_audit_log a");
    assert!(!audit.contains(&plain[..25]), "{audit}");
}

#[test]
fn a_value_matches_rows_of_its_own_scheme_only() {
    let db = Db::new();
    db.user("alice");
    let owner = shared_owner(&db, &["alice"]);
    let token = issue(&db, &format!("--owner {owner} --name digest"));
    let digest = digest(&db, &token);
    let code = stored("code").replace('.', "=");
    // Pairs of stored values that differ only in the last character.
    insert(&db, &owner, "digest as code", &digest.replace('.', "="));
    insert(&db, &owner, "code", &code);
    insert(&db, &owner, "code as digest", &stored("code"));
    for (value, name) in [(&token, "digest"), (&code, "code")] {
        let run = |line: &str| db.iamctl(line).input(value.as_str()).json();
        assert_eq!(run("token verify")["name"], name);
        assert_eq!(run("token show --stdin")["name"], name);
        assert_eq!(run("token revoke --stdin --yes")[0]["name"], name);
    }
    let revoked = "select string_agg(name, ',' order by name) from api_tokens where revoked";
    assert_eq!(db.sql(revoked), "code,digest");

    // A value whose own row is gone is not found, even if the other row of the pair exists.
    db.sql("delete from api_tokens where revoked");
    let before = (db.rows(), db.audit());
    for value in [&token, &code] {
        for line in ["token verify", "token show --stdin", "token revoke --stdin --yes"] {
            let failed = verbatim(&db, line).input(value.as_str()).fails(3);
            assert!(!failed.stderr.contains(&value[4..20]), "{failed:?}");
        }
    }
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn rotate_prints_a_code_and_keeps_the_old_token_for_the_overlap() {
    let (db, plain, _) = two_schemes();
    let new = verbatim(&db, "token rotate --user alice --name verbatim --yes -o id").ok().line();
    assert_eq!((new.len(), new.find('=')), (44, Some(43)), "{new}");
    let rows = db.sql("select token from api_tokens where name = 'verbatim' order by created_at");
    assert_eq!(rows.lines().collect::<Vec<_>>(), [&plain, &new]);
    for value in [plain, new] {
        db.iamctl("token verify").input(value).ok();
    }
}

#[test]
fn a_verbatim_secret_is_protected_like_other_secrets() {
    let db = Db::new();
    db.user("alice");
    let line = "token issue --user alice --name ci --if-not-exists";
    let directory = directory();
    let path = directory.path().join("token");
    let before = (db.rows(), db.audit());
    assert!(verbatim(&db, line).arg("--dry-run").json()["token"].is_null());
    assert_eq!(verbatim(&db, line).arg("--dry-run").arg("-oid").ok().stdout, "");
    assert_eq!(verbatim(&db, line).unread().code, 1);
    assert_eq!((db.rows(), db.audit()), before);

    let outcome = verbatim(&db, line).arg("--write-to").arg(&path).ok();
    let written = std::fs::read_to_string(path).unwrap();
    assert_eq!(written.trim_end(), db.sql("select token from api_tokens"));
    assert!(!outcome.stdout.contains(written.trim_end()), "{outcome:?}");
    let again = verbatim(&db, line).json();
    assert_eq!((&again["changed"], &again["token"]), (&false.into(), &().into()));
    // Other users can read the command line.
    for line in ["token show", "token revoke --yes", "token block --yes", "token rotate --yes"] {
        let failed = db.iamctl(line).arg(written.trim_end()).fails(2);
        assert!(!failed.stderr.contains(&written[4..30]), "{failed:?}");
    }
}
