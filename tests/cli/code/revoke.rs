//! `iamctl code revoke`: revoked codes are deleted.

use serde_json::Value;

use super::{AUTHORIZATION, VERIFICATION, two_users};
use crate::support::Db;
use crate::support::running::at_once;
use crate::support::shapes::{difference, in_five_formats};

const BY_ID: &str = "code revoke --yes -o json";

/// Two verification codes of carol and two authorization codes of alice.
fn four_codes() -> Db {
    let db = two_users();
    for line in [VERIFICATION, AUTHORIZATION] {
        for _ in 0..2 {
            db.iamctl(line).ok();
        }
    }
    db
}

/// The ids of the codes that the options select.
fn ids(db: &Db, options: &str) -> Vec<String> {
    let listed = db.iamctl(&format!("code list -o id {options}")).ok();
    listed.lines().iter().map(|&id| id.to_owned()).collect()
}

/// The values of a key, sorted.
fn values(list: &Value, key: &str) -> Vec<String> {
    let list = list.as_array().unwrap().iter();
    let mut values: Vec<_> = list.map(|one| one[key].as_str().unwrap().to_owned()).collect();
    values.sort_unstable();
    values
}

#[test]
fn ids_select_codes_of_either_kind() {
    let db = four_codes();
    for kind in ["verification", "authorization"] {
        let id = &ids(&db, &format!("--kind {kind}"))[0];
        let (before, audited) = (db.rows(), db.audit().len());
        let code = db.sql(&format!(
            "select code from {kind}_codes where translate(code, '+/', '-_') like '{id}%'"
        ));
        let run = db.iamctl(BY_ID).arg("--reason=leaked").arg(format!("id:{id}")).ok();
        let revoked = run.json();
        assert_eq!(values(&revoked, "id"), [id.as_str()]);
        assert_eq!(values(&revoked, "kind"), [kind]);
        assert_eq!(revoked[0]["changed"], true);
        assert!(revoked[0].get("code").is_none(), "{revoked}");
        assert!(!run.stdout.contains(&code[12..]) && !run.stderr.contains(&code[12..]));
        let (gone, new) = difference(&before, &db.rows());
        assert_eq!((gone.len(), new.len()), (1, 0), "the other codes are unchanged");
        assert!(gone[0].contains(&code), "{gone:?}");
        let user = revoked[0]["user_id"].as_str().unwrap();
        let entries = db.audit();
        assert_eq!(entries[..entries.len() - audited], [format!("code.revoke|{user}|leaked")]);
        let details = db.sql(
            "select details->>'kind', details->>'id' from admin_audit_log order by id desc limit 1",
        );
        assert_eq!(details, format!("{kind}|{id}"));
        db.iamctl(BY_ID).arg(format!("id:{id}")).fails(3);
    }
}

#[test]
fn several_codes_are_revoked_together_or_none() {
    let db = four_codes();
    let all = ids(&db, "");
    let before = (db.rows(), db.audit());
    let some = format!("{}\nAAAAAAAAAAAA\n", all[0]);
    db.iamctl("code revoke - --yes").input(some).fails(3).says("AAAAAAAAAAAA");
    db.iamctl("code revoke - --yes").input("AAAAAAAAAAAA\nnonsense\n").fails(2).says("line 2");
    for none in ["", "\n \n"] {
        let outcome = db.iamctl("code revoke - -o json").input(none).ok();
        assert_eq!(
            outcome.json(),
            serde_json::json!([]),
            "an empty input succeeds without a question"
        );
    }
    assert_eq!((db.rows(), db.audit()), before);

    // Codes of both kinds. A code that is given twice is revoked once.
    let run = db.iamctl(BY_ID).arg("-").arg(format!("id:{}", all[3]));
    let revoked = run.input(format!("{}\n\n{}\n{}\n", all[0], all[3], all[0])).ok().json();
    let mut expected = [all[0].clone(), all[3].clone()];
    expected.sort_unstable();
    assert_eq!(values(&revoked, "id"), expected);
    assert_eq!(values(&revoked, "kind"), ["authorization", "verification"]);
    assert_eq!(ids(&db, ""), all[1..3]);
    assert_eq!(db.audit().len(), before.1.len() + 2);
}

#[test]
fn all_revokes_live_and_expired_codes_of_one_user() {
    let db = four_codes();
    db.iamctl("code issue authorization --user carol --force").ok();
    db.sql(
        "update verification_codes set expires_at = now()
         where code = (select min(code) from verification_codes)",
    );
    let before = (db.rows(), db.audit().len());
    let revoked = db.iamctl("code revoke --all --user CAROL@example.org --yes").json();
    assert_eq!(values(&revoked, "kind"), ["authorization", "verification", "verification"]);
    assert_eq!(values(&revoked, "username"), ["carol"; 3]);
    let (gone, new) = difference(&before.0, &db.rows());
    assert_eq!((gone.len(), new.len()), (3, 0), "other users keep their codes");
    assert_eq!(db.iamctl("code list --user alice --count").ok().line(), "2");
    assert_eq!(db.audit().len(), before.1 + 3, "one audit row for each code");
    let after = (db.rows(), db.audit());
    let none = db.iamctl("code revoke --all --user carol --yes").json();
    assert_eq!(none, serde_json::json!([]), "a repeated revoke succeeds");
    assert_eq!((db.rows(), db.audit()), after);
}

#[test]
fn ids_that_begin_with_a_hyphen_are_accepted() {
    let db = two_users();
    for start in ["+h", "++", "/+"] {
        db.sql(&format!(
            "insert into authorization_codes
             select id, now(), now() + '1h'::interval, rpad('{start}', 43, 'A') || '='
             from users where username = 'alice'"
        ));
    }
    let revoked = db.iamctl("code revoke --yes -hAAAAAAAAAA id:--AAAAAAAAAA _-AAAAAAAAAA").json();
    assert_eq!(revoked.as_array().unwrap().len(), 3);
    assert_eq!(ids(&db, ""), [""; 0]);
}

#[test]
fn rows_of_other_programs_are_revoked_without_showing_them() {
    let db = two_users();
    db.sql(
        "insert into verification_codes
         select id, now(), now() + '1h'::interval, 'a malformed one' from users
         where username = 'alice'",
    );
    let revoked = db.iamctl("code revoke --all --user alice --yes").json();
    assert!(revoked[0]["id"].is_null() && revoked[0]["changed"] == true, "{revoked}");
    assert_eq!(db.iamctl("code list --count").ok().line(), "0");
    let audit = db.sql("select a from admin_audit_log a where action = 'code.revoke'");
    assert!(!audit.is_empty() && !audit.contains("malformed"), "{audit}");
}

#[test]
fn revoke_asks_first_and_a_dry_run_removes_nothing() {
    let db = four_codes();
    let before = (db.rows(), db.audit());
    let id = ids(&db, "")[0].clone();
    for line in [format!("code revoke id:{id}"), "code revoke --all --user alice".to_owned()] {
        db.iamctl(&line).fails(2).says("--yes");
        let dry = db.iamctl(&line).arg("--dry-run").json();
        assert_eq!(dry[0]["changed"], true);
        db.iamctl(&line).arg("--dry-run").ok().says("nothing was changed");
    }
    db.iamctl("code revoke -").input(id.as_str()).fails(2).says("--yes");
    assert_eq!(in_five_formats(|| db.iamctl("code revoke --all --user alice --dry-run")), 2);
    let by_id = || db.iamctl(&format!("code revoke id:{id}"));
    for answer in ["n", ""] {
        assert_eq!(by_id().answered(&[&id, &db.name, "`postgres`"], answer), 5);
    }
    let all = db.iamctl("code revoke --all --user alice");
    assert_eq!(all.answered(&["every code of user `alice`"], "no"), 5);
    assert_eq!((db.rows(), db.audit()), before);
    assert_eq!(by_id().answered(&[&id], "y"), 0);
    assert_eq!(difference(&before.0, &db.rows()).0.len(), 1);
}

#[test]
fn bad_input_is_refused_with_advice_and_removes_nothing() {
    let db = four_codes();
    let code = db.sql("select code from authorization_codes limit 1");
    let before = (db.rows(), db.audit());
    for (options, code, says) in [
        ("", 2, ""),
        ("--all", 2, "--user"),
        ("--user alice", 2, "--all"),
        ("AAAAAAAAAAAA --all --user alice", 2, "cannot be used with"),
        ("nonsense", 2, "12 to 24 characters"),
        ("--all --user nobody", 3, "nobody"),
        ("AAAAAAAAAAAA", 3, "AAAAAAAAAAAA"),
    ] {
        db.iamctl(&format!("code revoke --yes {options}")).fails(code).says(says);
    }
    // The whole code is a secret.
    let failed = db.iamctl("code revoke --yes").arg(&code).fails(2);
    assert!(!failed.stderr.contains(&code[4..]), "{failed:?}");
    let failed = db.iamctl("code revoke --yes -").input(code.as_str()).fails(2);
    assert!(!failed.stderr.contains(&code[4..]), "{failed:?}");
    assert_eq!((db.rows(), db.audit()), before);
}

#[test]
fn concurrent_revokes_remove_each_code_once() {
    let db = four_codes();
    let runs = (0..6).map(|_| db.iamctl("code revoke --all --user alice --yes -o json"));
    let outcomes = at_once(runs);
    assert!(outcomes.iter().all(|outcome| outcome.code == 0), "{outcomes:#?}");
    let removed: usize =
        outcomes.iter().map(|outcome| outcome.json().as_array().unwrap().len()).sum();
    assert_eq!(removed, 2, "{outcomes:#?}");
    assert_eq!(db.sql("select count(*) from admin_audit_log where action = 'code.revoke'"), "2");
}

#[test]
fn a_failed_audit_row_rolls_back_the_change() {
    let db = four_codes();
    db.sql("alter table admin_audit_log add constraint no check (action <> 'code.revoke')");
    let before = db.rows();
    db.iamctl("code revoke --all --user alice --yes").fails(7);
    assert_eq!(db.rows(), before);
}
