//! The audit log and `iamctl audit list`.

mod erased;
mod list;

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::os::unix::process::CommandExt as _;
use std::process::Command;
use std::time::Duration;

use nix::unistd::{Uid, User, gethostname, getuid};
use serde_json::Value;

use crate::support::proxy::Proxy;
use crate::support::{Db, IAMCTL, Run, directory, server};

fn name_of(uid: Uid) -> String {
    User::from_uid(uid).unwrap().map_or_else(|| uid.to_string(), |user| user.name)
}

/// The newest entry.
fn newest(db: &Db) -> Value {
    db.iamctl("audit list --limit 1").json()[0].clone()
}

/// The ids of the entries that the options select.
fn ids(db: &Db, options: &str) -> Vec<i64> {
    let listed = db.iamctl(&format!("audit list {options} -o id")).ok();
    let ids: Vec<i64> = listed.lines().iter().map(|id| id.parse().unwrap()).collect();
    assert!(ids.is_sorted_by(|one, next| one > next), "newest first: {ids:?}");
    ids
}

/// The number of entries that the options select.
#[track_caller]
fn count(db: &Db, options: &str) -> usize {
    let count = db.iamctl(&format!("audit list --count {options}")).ok().line();
    assert_eq!(count, ids(db, options).len().to_string());
    count.parse().unwrap()
}

#[test]
fn an_entry_has_actor_action_target_time_and_reason() {
    let db = Db::new();
    let alice = db.user("alice");
    db.iamctl("user block alice --yes --reason").arg("left the company").ok();
    let entry = newest(&db);
    assert_eq!(entry["action"], "user.block");
    assert_eq!(entry["target"], alice.as_str());
    assert_eq!(entry["reason"], "left the company");
    assert_eq!(entry["actor"], name_of(getuid()));
    assert!(entry["sudo_actor"].is_null());
    assert_eq!(entry["host"], gethostname().unwrap().to_str().unwrap());
    assert_eq!(entry["database_role"], "postgres");
    assert_eq!(entry["program_version"], env!("CARGO_PKG_VERSION"));
    assert!(entry["details"].is_object());
    let recent = format!(
        "select '{}'::timestamptz between now() - '1m'::interval and now()",
        entry["at"].as_str().unwrap()
    );
    assert_eq!(db.sql(&recent), "t");

    let unblock = || db.iamctl("user unblock alice --yes");
    unblock().env("IAMCTL_REASON", "back again").ok();
    assert_eq!(newest(&db)["reason"], "back again");
    let block = || db.iamctl("user block alice --yes --reason option");
    block().env("IAMCTL_REASON", "variable").ok();
    assert_eq!(newest(&db)["reason"], "option");
    unblock().env("IAMCTL_REASON", "").ok();
    assert!(newest(&db)["reason"].is_null());
}

#[test]
fn the_user_who_ran_sudo_is_recorded() {
    let db = Db::new();
    let nobody = User::from_name("nobody").unwrap().unwrap();
    // sudo sets both variables. The name comes from SUDO_UID, and SUDO_USER is ignored.
    let create = |name: &str| db.iamctl(&format!("user create {name} --email {name}@x.org"));
    create("one").env("SUDO_UID", nobody.uid.to_string()).env("SUDO_USER", "mallory").ok();
    assert_eq!(newest(&db)["sudo_actor"], "nobody");
    assert_eq!(newest(&db)["actor"], name_of(getuid()));
    create("two").env("SUDO_UID", "54321").ok();
    assert_eq!(newest(&db)["sudo_actor"], "54321", "a uid without a name");
    create("three").env("SUDO_USER", "mallory").ok();
    assert!(newest(&db)["sudo_actor"].is_null());
    create("four").env("USER", "mallory").env("LOGNAME", "mallory").env("SUDO_UID", "x").ok();
    assert_eq!(newest(&db)["actor"], name_of(getuid()));
    assert_eq!(count(&db, "--actor nobody"), 1);
    assert_eq!(count(&db, "--actor 54321"), 1);
    assert_eq!(count(&db, "--actor mallory"), 0);
    assert!(count(&db, &format!("--actor {}", name_of(getuid()))) >= 4);
}

#[test]
fn a_uid_without_a_passwd_entry_is_recorded_as_a_number() {
    const UNNAMED_UID: u32 = 54321;
    // Only root can run a program as another user.
    if !getuid().is_root() {
        return;
    }
    let db = Db::new();
    // Only the owner of the server's socket can connect to it. All users can connect to the proxy.
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    let program = directory();
    let copy = program.path().join("iamctl");
    // Another process writes the copy. A child of a concurrent test could inherit a file that this
    // process has open for writing, and the system does not run a program that is open for writing.
    assert!(
        Command::new("cp").args([IAMCTL.as_ref(), copy.as_os_str()]).status().unwrap().success()
    );
    for (path, mode) in [(proxy.directory(), 0o755), (program.path().to_owned(), 0o755)] {
        fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    }
    for entry in fs::read_dir(proxy.directory()).unwrap() {
        fs::set_permissions(entry.unwrap().path(), Permissions::from_mode(0o777)).unwrap();
    }
    let created = Command::new(copy)
        .args(["user", "create", "alice", "--email", "a@x.org"])
        .env_clear()
        .env("DATABASE_URL", proxy.url(&db.name))
        .current_dir("/")
        .uid(UNNAMED_UID)
        .gid(UNNAMED_UID)
        .output()
        .unwrap();
    assert!(created.status.success(), "{created:?}");
    assert_eq!(newest(&db)["actor"], "54321");
    assert_eq!(count(&db, "--actor 54321"), 1);
}

#[test]
fn each_change_has_one_entry_with_its_target() {
    let db = Db::new();
    let alice = db.user("alice");
    let bob = db.user("bob");
    db.iamctl("token issue --user alice --name one").ok();
    db.iamctl("token issue --user alice --name two").ok();
    db.iamctl("token revoke --all --user alice --yes").ok();
    db.iamctl("code issue authorization --user bob --expires-in 250ms").ok();
    db.iamctl("user block alice bob --yes").ok();
    db.iamctl("user delete bob --yes").ok();
    db.iamctl("user restore bob").ok();
    db.iamctl("user unblock bob").ok();
    let tokens =
        db.sql("select translate(left(token, 12), '+/', '-_') from api_tokens order by name");
    let [one, two] = tokens.lines().collect::<Vec<_>>().try_into().unwrap();
    let mut expected = [
        ("user.create", alice.as_str()),
        ("user.create", &bob),
        ("token.issue", one),
        ("token.issue", two),
        ("token.revoke", one),
        ("token.revoke", two),
        ("code.issue", &bob),
        ("user.block", &alice),
        ("user.block", &bob),
        ("user.delete", &bob),
        ("user.restore", &bob),
        ("user.unblock", &bob),
    ]
    .map(|(action, target)| format!("{action}|{target}|"));
    let mut found = db.audit();
    found.sort_unstable();
    expected.sort_unstable();
    assert_eq!(found, expected);

    // Commands that change nothing write no audit row: reads, failures, dry runs, repeated changes.
    for line in
        ["user list", "token list", "code list", "audit list", "user show alice", "db status"]
    {
        db.iamctl(line).ok();
    }
    db.iamctl("user block alice --yes").ok();
    db.iamctl("user block nobody --yes").fails(3);
    db.iamctl("user create alice --email alice@x.org").fails(4);
    db.iamctl("user delete alice --dry-run").ok();
    assert_eq!(db.audit().len(), expected.len());
}

#[test]
fn the_log_holds_ids_not_names_emails_or_secrets() {
    let db = Db::new();
    let mut secrets = Vec::new();
    let mut secret = |line: &str| secrets.push(db.iamctl(line).ok().line());
    db.iamctl("user create Zaphod-Bee --email trillian@heartofgold.example --verified").ok();
    db.iamctl("user create slartibart --email magrathea@fjords.example").ok();
    secret("token issue --user zaphod-bee --name marvinkey -o id");
    secret("token issue --user trillian@heartofgold.example --name fordkey -o id");
    secret("code issue authorization --user Zaphod-Bee -o id --expires-in 250ms");
    secret("code issue verification --user slartibart -o id --expires-in 250ms");
    db.iamctl("token revoke --user zaphod-bee --name marvinkey --yes").ok();
    db.iamctl("token revoke --stdin --yes").input(secrets[1].clone()).ok();
    for verb in ["block", "unblock", "delete", "restore"] {
        db.iamctl(&format!("user {verb} zaphod_bee magrathea@fjords.example --yes")).ok();
    }
    db.sql("update verification_codes set expires_at = now() - '1s'::interval");
    db.iamctl("code purge").ok();
    secrets.extend(db.sql("select token from api_tokens").lines().map(str::to_owned));
    let fingerprint = db.sql("select encode(username_fingerprint, 'escape') from users");
    let log = db.sql("select lower(l::text) from admin_audit_log l");
    assert!(log.lines().count() >= 12, "{log}");
    let words = [
        "zaphod",
        "trillian",
        "heartofgold",
        "slartibart",
        "magrathea",
        "fjords",
        "marvinkey",
        "fordkey",
        "iam_",
    ];
    for word in words.into_iter().chain(fingerprint.lines()) {
        assert!(!log.contains(word), "`{word}` is in the log: {log}");
    }
    // An id is the first 12 characters of a secret. No entry holds more of it.
    let log = db.sql("select l from admin_audit_log l").replace('-', "+").replace('_', "/");
    for secret in secrets {
        assert!(!log.contains(&secret[..13]) && !log.contains(&secret[12..25]), "{secret}: {log}");
    }
}

#[test]
fn a_reason_that_holds_a_secret_is_refused() {
    let db = Db::new();
    db.user("alice");
    let token = db.iamctl("token issue --user alice --name ci -o id").ok().line();
    let code = db.iamctl("code issue authorization --user alice -o id").ok().line();
    let before = (db.rows(), db.audit());
    for secret in [&token, &code] {
        for reason in [
            secret.clone(),
            format!("leaked in CI: {secret}"),
            format!("revoke \"{secret}\", it is public"),
            format!("({secret})"),
            format!("ticket-7:{secret}"),
            format!("token={secret}"),
        ] {
            for line in
                ["user block alice --yes", "code purge", "token revoke --all --user alice -y"]
            {
                let refused = db.iamctl(line).arg("--reason").arg(&reason).fails(2);
                assert!(!refused.stderr.contains(secret), "{refused:?}");
                let refused = db.iamctl(line).env("IAMCTL_REASON", &reason).fails(2);
                assert!(refused.stderr.contains("reason"), "{refused:?}");
                assert!(!refused.stderr.contains(secret), "{refused:?}");
            }
        }
    }
    assert_eq!((db.rows(), db.audit()), before);
    // Ids, names and other long words are not secrets.
    let reason = format!("ABC-123: see https://tickets.example.org/browse/{}", "x".repeat(44));
    db.iamctl("user block alice --yes --reason").arg(reason).ok();
}

/// The roles that `db grants` makes. The owner of the table may set everything.
#[test]
fn a_granted_role_cannot_set_the_time_or_role_of_an_entry() {
    let db = Db::new();
    for profile in ["operator", "purger"] {
        let role = db.role(profile);
        let grants = db.iamctl(&format!("db grants --profile {profile} --role {role}"));
        db.sql(&grants.ok().stdout);
        let insert = |columns: &str, values: &str| {
            db.psql(&format!(
                "set role {role};
                 insert into admin_audit_log ({columns}actor, host, action, details, program_version)
                 values ({values}'me', 'here', 'user.block', '{{}}', '0')"
            ))
        };
        for (column, value) in
            [("at, ", "now(), "), ("database_role, ", "'x', "), ("at, ", "'2000-01-01', ")]
        {
            let forged = insert(column, value);
            assert!(!forged.status.success(), "{profile} {column}: {forged:?}");
        }
        assert!(insert("", "").status.success(), "{profile}");
        let right = "select at > now() - '1m'::interval, database_role from admin_audit_log
                     order by id desc limit 1";
        assert_eq!(db.sql(right), "t|postgres", "the role that logged in");
    }
}

#[test]
fn an_entry_names_the_role_that_logged_in() {
    let db = Db::new();
    let role = db.role("admin");
    db.sql(&format!(
        "grant all on all tables in schema public to {role}; grant {role} to postgres"
    ));
    Run::new(&db.url_as(&role), "user create alice --email a@x.org").ok();
    assert_eq!(newest(&db)["database_role"], role.as_str());
    db.iamctl("user block alice --yes").env("PGOPTIONS", format!("-c role={role}")).ok();
    assert_eq!(
        newest(&db)["database_role"],
        "postgres",
        "the role that logged in, not the role that was set"
    );
}

#[test]
fn rows_of_the_log_cannot_be_changed_or_removed() {
    let db = Db::new();
    db.user("alice");
    let rows = || db.sql("select l from admin_audit_log l order by id");
    let before = rows();
    assert_eq!(db.sql("show is_superuser"), "on");
    for statement in [
        "update admin_audit_log set actor = 'nobody'",
        "update admin_audit_log set actor = 'nobody' where false",
        "delete from admin_audit_log",
        "truncate admin_audit_log",
        "truncate admin_audit_log, users cascade",
        "insert into admin_audit_log (id, actor, host, action, details, program_version)
         overriding system value select id, 'me', 'here', 'x.y', '{}', '0' from admin_audit_log limit 1
         on conflict (id) do update set actor = 'nobody'",
    ] {
        for settings in ["", "set session_replication_role = replica;"] {
            let refused = db.psql(&format!("{settings} {statement}"));
            assert!(!refused.status.success(), "{settings} {statement}");
            let message = String::from_utf8_lossy(&refused.stderr).into_owned();
            assert!(message.contains("admin_audit_log refuses"), "{settings} {statement}: {message}");
        }
    }
    assert_eq!(rows(), before);
}
