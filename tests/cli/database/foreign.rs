//! Every command except `iamctl db adopt`, on tables that the service's own scripts created.

use super::{everything, foreign};

#[test]
fn every_other_command_names_db_adopt() {
    let db = foreign("");
    let before = everything(&db);
    let id = "AAAAAAAAAAAA";
    let owner = "00000000-0000-0000-0000-000000000000";
    for line in [
        "user create dora --email d@x.org",
        "user show alice",
        "user list",
        "user list -o jsonl",
        "user list --count",
        "user block alice --yes",
        "user unblock alice",
        "user delete alice --yes",
        "user restore carol",
        "user erase carol --yes",
        "user erase --deleted-for 90d --yes",
        "user rename alice alicia",
        "user set-email alice a@x.org --yes",
        "user verify-email alice",
        "user unverify-email alice",
        "user offboard alice --yes",
        "user export",
        "token issue --user alice --name new",
        "token list",
        &format!("token show {id}"),
        &format!("token revoke {id} --yes"),
        &format!("token rotate {id} --yes"),
        &format!("token block {id} --yes"),
        &format!("token unblock {id}"),
        "token purge",
        "owner create --user alice",
        "owner list",
        &format!("owner show {owner}"),
        &format!("owner add {owner} alice"),
        &format!("owner remove {owner} alice --yes"),
        &format!("owner delete {owner} --yes"),
        "session list",
        &format!("session revoke {id} --yes"),
        "session revoke --everyone --yes",
        "session purge",
        "code issue verification --user alice",
        "code list",
        &format!("code revoke {id} --yes"),
        "code purge",
        "code purge --dry-run",
        "code stats",
        "audit list",
        "purge",
        "db migrate",
        "db revert --yes",
        "db check",
        "db grants --profile auditor --role postgres",
    ] {
        db.iamctl(line).fails(7).says("iamctl db adopt");
    }
    let users = "username,email\ndora,dora@x.org\n";
    let import = db.iamctl("user import - --format csv").input(users);
    import.fails(7).says("iamctl db adopt");
    let token = format!("iam_{}2CZclj", "0".repeat(43));
    db.iamctl("token verify").input(token).fails(7).says("iamctl db adopt");
    db.iamctl("db status").ends_with(7).says("iamctl db adopt");
    let doctor = db.iamctl("doctor -o json").ends_with(5);
    assert!(doctor.stdout.contains("iamctl db adopt"), "{doctor:?}");
    assert_eq!(everything(&db), before);
}
