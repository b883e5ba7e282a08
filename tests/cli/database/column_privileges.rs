//! The migration that replaces the right to insert audit rows by that on some columns, up and down.

use crate::support::Db;

/// What a role that may write audit rows inserts.
const ROW: &str = "insert into admin_audit_log (actor, host, action, details, program_version)
                   values ('a', 'h', 'test', '{}', '1')";

/// Who may insert on the whole table, or on how many columns; `*` is with grant option.
fn granted(db: &Db) -> Vec<String> {
    let granted = db.sql(
        "select grantee::regrole::text || case when is_grantable then '*' else '' end || ' table'
         from pg_class, aclexplode(relacl)
         where oid = 'admin_audit_log'::regclass and privilege_type = 'INSERT' and grantee <> relowner
         union all
         select grantee::regrole::text || case when is_grantable then '*' else '' end || ' '
                || count(distinct attname) || ' columns'
         from pg_attribute, aclexplode(attacl)
         where attrelid = 'admin_audit_log'::regclass and privilege_type = 'INSERT'
         group by grantee, is_grantable",
    );
    let mut lines: Vec<_> = granted.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

/// A database before that migration, where `lead` granted the right on to `junior`, who granted it on
/// to `trainee`; `clerk` and everybody have it without the grant option.
fn granted_onward() -> (Db, [String; 4]) {
    let db = Db::new();
    db.iamctl("db revert --steps 3 --yes").ok();
    // Of the names, one sorts before that of its grantor, and one must be quoted.
    let roles = ["lead", "junior", "Trainee \"x\"", "clerk"].map(|role| {
        let name = format!("\"{}_{}\"", db.name, role.replace('"', "\"\""));
        db.sql(&format!("create role {name} login"));
        name
    });
    let [lead, junior, trainee, clerk] = &roles;
    db.sql(&format!(
        "grant insert on admin_audit_log to {lead} with grant option;
         grant insert on admin_audit_log to {clerk}, public;
         set role {lead};
         grant insert on admin_audit_log to {junior} with grant option;
         set role {junior};
         grant insert on admin_audit_log to {trainee}"
    ));
    (db, roles)
}

/// Expects that each of the roles has `what`, and may write audit rows.
#[track_caller]
fn assert_granted(db: &Db, roles: &[String; 4], what: &str) {
    let [lead, junior, trainee, clerk] = roles;
    // `regrole` quotes a name only where it has to. Everybody is `-`.
    let plain = |name: &String| name.trim_matches('"').to_owned();
    let mut wanted = [
        format!("{}* {what}", plain(lead)),
        format!("{}* {what}", plain(junior)),
        format!("{trainee} {what}"),
        format!("{} {what}", plain(clerk)),
        format!("- {what}"),
    ];
    wanted.sort();
    assert_eq!(granted(db), wanted);
    for role in roles {
        db.sql(&format!("begin; set local role {role}; {ROW}; rollback"));
    }
}

#[test]
fn the_right_to_insert_and_to_grant_it_on_survives_both_ways() {
    let (db, roles) = granted_onward();
    assert_granted(&db, &roles, "table");
    db.iamctl("db migrate").ok();
    assert_granted(&db, &roles, "8 columns");
    let [lead, ..] = &roles;
    let forged = format!(
        "set role {lead}; insert into admin_audit_log (actor, host, action, details, program_version, at)
         values ('a', 'h', 'test', '{{}}', '1', '2020-01-01')"
    );
    let refused = String::from_utf8(db.psql(&forged).stderr).unwrap();
    assert!(refused.contains("permission denied"), "nobody may set the time of a row: {refused}");
    // Now the right on the columns is granted on.
    let newcomer = db.role("newcomer");
    db.sql(&format!("set role {lead}; grant insert (actor) on admin_audit_log to {newcomer}"));
    db.iamctl("db revert --steps 3 --yes").ok();
    assert!(granted(&db).contains(&format!("{newcomer} table")), "{:?}", granted(&db));
    db.sql(&format!("revoke insert on admin_audit_log from {newcomer}"));
    assert_granted(&db, &roles, "table");
    db.iamctl("db migrate").ok();
    assert_granted(&db, &roles, "8 columns");
}

/// `clerk` has the right on the table and, with grant option, on one column, which it granted on.
#[test]
fn a_right_on_one_column_stays_one() {
    let (db, [.., clerk]) = granted_onward();
    let newcomer = db.role("newcomer");
    db.sql(&format!(
        "grant insert (actor) on admin_audit_log to {clerk} with grant option;
         set role {clerk}; grant insert (actor) on admin_audit_log to {newcomer}"
    ));
    db.iamctl("db migrate").ok();
    let clerk = clerk.trim_matches('"');
    let granted = granted(&db);
    for line in [
        format!("{newcomer} 1 columns"),
        format!("{clerk} 7 columns"),
        format!("{clerk}* 1 columns"),
    ] {
        assert!(granted.contains(&line), "no {line}: {granted:?}");
    }
}
