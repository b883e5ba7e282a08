//! `iamctl user offboard --hand-over-to --rotate-into`.

use std::fs;
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;
use serde_json::Value;

use super::offboard::two_holders;
use super::{shared, stored};
use crate::support::proxy::Proxy;
use crate::support::{Db, IAMCTL, Outcome, Run, directory, ignores, server, skipped};

const OFFBOARD: &str = "user offboard alice --hand-over-to bob --yes";

/// SQL condition: a command waits for a lock.
const WAITING: &str = "exists (select from pg_stat_activity where datname = current_database()
     and application_name = 'iamctl' and wait_event_type = 'Lock')";

fn into(db: &Db, directory: &Path) -> Run {
    db.iamctl(OFFBOARD).arg("--rotate-into").arg(directory)
}

fn verify(db: &Db, token: &str) -> i32 {
    db.iamctl("token verify").input(token).run().code
}

/// alice has `alice-own` and `deploy`, whose plaintext is returned. She and bob share `team`.
fn with_deploy() -> (Db, String) {
    let (db, _) = two_holders();
    let deploy = db.iamctl("token issue --user alice --name deploy -o id").ok().line();
    (db, deploy)
}

/// Inserts as many live tokens of the owner, each of its own name.
fn insert_tokens(db: &Db, owner: &str, count: usize) {
    db.sql(&format!(
        "insert into api_tokens
         select '{owner}', now(), now() + interval '1h', 'many' || n,
                left(encode(sha256(n::text::bytea), 'base64'), 43) || '.'
         from generate_series(1, {count}) n"
    ));
}

/// The id that the only token of this name had before.
fn id(db: &Db, name: &str) -> String {
    db.sql(&format!(
        "select translate(left(token, 12), '+/', '-_') from api_tokens where name = '{name}'"
    ))
}

fn files(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort_unstable();
    names
}

/// The one row of the run about this token.
fn row<'a>(rows: &'a Value, name: &str) -> &'a Value {
    let mut named = rows.as_array().unwrap().iter().filter(|row| row["name"] == name);
    let row = named.next().unwrap();
    assert!(named.next().is_none(), "{rows:#}");
    row
}

/// Expects this exit code, this message, no change, and no file that was not there.
#[track_caller]
fn refused(db: &Db, directory: &Path, run: Run, code: i32, says: &str) {
    let before = (db.state(), files(directory));
    run.fails(code).says(says);
    assert_eq!((db.state(), files(directory)), before);
}

#[test]
fn each_token_gets_a_new_secret_in_a_file_and_the_old_one_ends() {
    let (db, deploy) = with_deploy();
    let directory = directory();
    let expected =
        [format!("alice-own.{}", id(&db, "alice-own")), format!("deploy.{}", id(&db, "deploy"))];
    let team = db.sql("select t from api_tokens t where name = 'team'");
    let expires = db.sql("select expires_at from api_tokens where name = 'deploy'");
    let old_id = id(&db, "deploy");
    let outcome = into(&db, directory.path()).arg("-o").arg("json").ok();
    for text in [&outcome.stdout, &outcome.stderr] {
        assert!(!text.contains("iam_"), "{outcome:#?}");
    }
    assert_eq!(files(directory.path()), expected);
    let path = directory.path().join(&expected[1]);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o7777, 0o600);
    let text = fs::read_to_string(&path).unwrap();
    let new = text.strip_suffix('\n').unwrap();
    assert_eq!((verify(&db, new), verify(&db, &deploy)), (0, 5), "the old secret has ended");
    let verified = db.iamctl("token verify").input(new).json();
    assert_eq!(verified["users"], serde_json::json!(["bob"]));
    assert_eq!(verified["name"], "deploy");

    let rows = outcome.json();
    let shown = row(&rows, "deploy");
    assert_eq!(shown["outcome"], "handed over: rotated");
    assert_eq!(shown["changed"], true);
    assert_eq!(shown["id"], old_id.as_str());
    assert_eq!(shown["new_id"], verified["id"]);
    assert_eq!(shown["file"], path.to_str().unwrap());
    assert!(row(&rows, "team")["file"].is_null(), "{rows:#}");
    assert!(row(&rows, "team")["new_id"].is_null(), "{rows:#}");
    // The new token lives as long as the old one would have.
    let new_row = |column: &str| {
        db.sql(&format!(
            "select {column} from api_tokens where name = 'deploy' and expires_at > now()"
        ))
    };
    assert_eq!(new_row("expires_at"), expires);
    assert_eq!(new_row("created_at between now() - '1m'::interval and now()"), "t");
    assert_eq!(db.sql("select t from api_tokens t where name = 'team'"), team);
    // The service of the recipient can go on rotating it.
    db.iamctl("token rotate --user bob --name deploy --yes").ok();
}

#[test]
fn old_and_new_token_each_have_an_audit_row() {
    let (db, alice) = two_holders();
    let directory = directory();
    let old = id(&db, "alice-own");
    let bob = db.sql("select owner_id from api_tokens where name = 'bob-own'");
    let before = db.state();
    let rows = into(&db, directory.path()).arg("--reason=left").json();
    let new = row(&rows, "alice-own")["new_id"].as_str().unwrap();
    assert_eq!(db.audited(&before).len(), 3, "alice, the old token, the new one");
    let details = |target: &str| -> Value {
        let entries = db.iamctl(&format!("audit list --target {target}")).json();
        let entry = entries.as_array().unwrap().iter().find(|it| it["action"] == "user.offboard");
        assert_eq!(entry.unwrap()["reason"], "left");
        entry.unwrap()["details"].clone()
    };
    let of_old = details(&old);
    assert_eq!(of_old["from_owner"], alice.owner.as_str());
    assert_eq!(of_old["to_owner"], bob.as_str());
    assert_eq!(of_old["owner_created"], false);
    assert_eq!(of_old["rotated_to"], new);
    let of_new = details(new);
    assert_eq!(of_new["owner_id"], bob.as_str());
    assert_eq!(of_new["rotated_from"], old.as_str());
    let ends = |details: &Value, token: &str| {
        db.sql(&format!(
            "select expires_at = '{}' from api_tokens
             where translate(left(token, 12), '+/', '-_') = '{token}'",
            details["expires_at"].as_str().unwrap()
        ))
    };
    assert_eq!((ends(&of_old, &old), ends(&of_new, new)), ("t".to_owned(), "t".to_owned()));
    for secret in files(directory.path()) {
        let secret = fs::read_to_string(directory.path().join(secret)).unwrap();
        assert!(!db.sql("select a from admin_audit_log a").contains(secret.trim_end()));
    }
}

#[test]
fn old_secrets_work_for_the_overlap_and_no_longer_than_they_would_have() {
    for (overlap, until) in [
        ("30m", "now() + '30m'::interval"),
        ("2w", "now() + '14d'::interval"),
        ("100y", "created_at + '90d'::interval"),
        ("2999-01-31", "created_at + '90d'::interval"),
    ] {
        let (db, deploy) = with_deploy();
        let directory = directory();
        let old = id(&db, "deploy");
        into(&db, directory.path()).arg("--overlap").arg(overlap).ok();
        let new = directory.path().join(format!("deploy.{old}"));
        let new = fs::read_to_string(new).unwrap();
        assert_eq!((verify(&db, &new), verify(&db, &deploy)), (0, 0), "{overlap}");
        let near = db.sql(&format!(
            "select expires_at between {until} - '1m'::interval and {until}, revoked
             from api_tokens where translate(left(token, 12), '+/', '-_') = '{old}'"
        ));
        assert_eq!(near, "t|f", "{overlap}");
        // By its name, the new one is meant.
        db.iamctl("token block --user bob --name deploy --yes").ok();
        assert_eq!((verify(&db, &new), verify(&db, &deploy)), (5, 0), "{overlap}");
    }
    for overlap in ["0s", "2020-01-01"] {
        let (db, deploy) = with_deploy();
        let directory = directory();
        into(&db, directory.path()).arg("--overlap").arg(overlap).ok();
        assert_eq!(verify(&db, &deploy), 5, "{overlap}");
        let past = "select count(*) from api_tokens where expires_at < created_at";
        assert_eq!(db.sql(past), "0", "{overlap}");
    }
}

#[test]
fn more_than_two_live_tokens_of_a_name_are_refused() {
    let (db, deploy) = with_deploy();
    let directory = directory();
    let path = directory.path();
    let newer = db.iamctl("token rotate --user alice --name deploy --yes -o id").ok().line();
    let run = || into(&db, path).arg("--overlap=1h");
    refused(&db, path, run(), 5, "deploy; revoke the older ones first");
    refused(&db, path, run().arg("--dry-run"), 5, "leave out --overlap");
    db.sql(
        "insert into api_tokens
         select owner_id, created_at, expires_at, name, rpad('third', 43, 'A') || '.'
         from api_tokens where name = 'deploy' limit 1",
    );
    refused(&db, path, into(&db, path), 5, "deploy; revoke the older ones first");
    db.iamctl("token revoke id:thirdAAAAAAA --yes").ok();

    // Without an overlap, each of the two is replaced.
    into(&db, path).ok();
    let mut secrets: Vec<_> =
        files(path).into_iter().filter(|name| name.starts_with("deploy.")).collect();
    assert_eq!(secrets.len(), 2, "{secrets:?}");
    assert_eq!((verify(&db, &deploy), verify(&db, &newer)), (5, 5));
    // The newest stays the newest.
    let newest = format!("deploy.{}", digest_id(&db, &newer));
    secrets.retain(|name| *name != newest);
    let read = |name: &str| fs::read_to_string(path.join(name)).unwrap();
    db.iamctl("token block --user bob --name deploy --yes").ok();
    assert_eq!((verify(&db, &read(&newest)), verify(&db, &read(&secrets[0]))), (5, 0));
}

/// The id of a token, computed by PostgreSQL from its plaintext.
fn digest_id(db: &Db, plaintext: &str) -> String {
    db.sql(&format!(
        "select translate(left(encode(sha256('{plaintext}'), 'base64'), 12), '+/', '-_')"
    ))
}

#[test]
fn blocked_verbatim_endless_and_malformed_tokens_stay_what_they_are() {
    let (db, alice) = two_holders();
    let directory = directory();
    let plain = db
        .iamctl("token issue --user alice --name plain --token-scheme verbatim -o id")
        .ok()
        .line();
    db.sql(&format!(
        "insert into api_tokens values
             ('{owner}', now(), 'infinity', 'held', {held}, true, false, null),
             ('{owner}', now() + '1 day', now() + '2 days', 'clock', {clock}, false, false, null),
             ('{owner}', now(), 'infinity', E'../a b\\n', 'short', false, false, null)",
        owner = alice.owner,
        held = stored("held"),
        clock = stored("clock"),
    ));
    let rows = into(&db, directory.path()).json();
    let secret = |name: &str| {
        let path = row(&rows, name)["file"].as_str().unwrap();
        fs::read_to_string(path).unwrap().trim_end().to_owned()
    };
    let new = |name: &str, column: &str| {
        db.sql(&format!(
            "select {column} from api_tokens where name = E'{name}' and created_at = (
                 select max(created_at) from api_tokens where name = E'{name}')"
        ))
    };
    assert_eq!(new("held", "blocked, expires_at"), "t|infinity");
    assert_eq!(verify(&db, &secret("held")), 5, "the token is still blocked");
    assert_eq!(new("clock", "created_at > now() + '1 day'::interval - '1m'::interval"), "t");
    assert_eq!((secret("plain").len(), verify(&db, &secret("plain"))), (44, 0));
    assert_eq!(verify(&db, &plain), 5);
    assert!(secret("alice-own").starts_with("iam_"));
    assert_eq!(new(r"../a b\n", "expires_at"), "infinity");
    assert_eq!(verify(&db, &secret("../a b\n")), 0);
    let odd: Vec<_> =
        files(directory.path()).into_iter().filter(|name| name.starts_with('_')).collect();
    assert!(odd.len() == 1 && odd[0].starts_with("_._a_b_."), "{odd:?}");
    assert_eq!(files(directory.path()).len(), 5);
    // The environment decides how the service looks tokens up.
    let (db, _) = two_holders();
    let rows = into(&db, directory.path()).env("IAMCTL_TOKEN_SCHEME", "verbatim").json();
    let path = row(&rows, "alice-own")["file"].as_str().unwrap();
    assert_eq!(fs::read_to_string(path).unwrap().len(), 45);
}

#[test]
fn tokens_of_several_users_go_to_one_recipient_with_new_secrets() {
    let (db, _) = two_holders();
    db.user("carol");
    let directory = directory();
    let line = "user offboard alice bob --hand-over-to carol --yes --rotate-into";
    let rows = db.iamctl(line).arg(directory.path()).json();
    let shown = rows.as_array().unwrap().iter().filter(|row| !row["file"].is_null());
    assert_eq!(shown.count(), 4, "both users have the token of the team: {rows:#}");
    let names = files(directory.path());
    assert_eq!(names.len(), 3, "{names:?}");
    for name in names {
        let secret = fs::read_to_string(directory.path().join(name)).unwrap();
        assert_eq!(db.iamctl("token verify").input(secret).json()["users"][0], "carol");
    }
    assert_eq!(db.sql("select count(*) from api_tokens where expires_at > now()"), "3");
}

#[test]
fn no_file_is_written_where_no_token_is_handed_over() {
    let (db, _) = two_holders();
    let directory = directory();
    db.iamctl("token revoke --user alice --all --yes").ok();
    into(&db, directory.path()).ok();
    assert_eq!(files(directory.path()), [""; 0]);
}

#[test]
fn the_notice_says_where_the_secrets_are_and_when_the_old_ones_end() {
    let (db, _) = two_holders();
    let path = directory();
    let outcome = into(&db, path.path()).arg("--overlap=2999-01-31").ok();
    outcome
        .says(&format!("handed over 1 token with new secrets in `{}`", path.path().display()))
        .says("2999-01-31T00:00:00Z")
        .says("the users who leave still know the secrets of 1 live token");
    let (db, _) = two_holders();
    let line = OFFBOARD.replace("--yes", &format!("--rotate-into {}", path.path().display()));
    assert_eq!(db.answer(&line, &["hand tokens over to `bob` with new secrets"], "n"), 5);
}

#[test]
fn a_dry_run_writes_nothing_and_fails_where_the_run_would() {
    let (db, _) = two_holders();
    let directory = directory();
    let path = directory.path();
    let line = format!("user offboard alice --hand-over-to bob --rotate-into {}", path.display());
    let shown = db.dry_run(&line);
    assert_eq!(files(path), [""; 0]);
    let token = row(&shown, "alice-own");
    assert!(token["new_id"].is_null(), "the run has another one: {token}");
    let file = PathBuf::from(token["file"].as_str().unwrap());
    fs::write(&file, "mine").unwrap();
    refused(&db, path, db.iamctl(&line).arg("--dry-run"), 2, "never overwrites");
    refused(&db, path, db.iamctl(&line).arg("--yes"), 2, "never overwrites");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    fs::remove_file(&file).unwrap();
    symlink(path.join("nowhere"), &file).unwrap();
    refused(&db, path, db.iamctl(&line).arg("--dry-run"), 2, "never overwrites");
    refused(&db, path, db.iamctl(&line).arg("--yes"), 2, "never overwrites");
    fs::remove_file(&file).unwrap();
    let done = db.iamctl(&line).arg("--yes").json();
    assert_eq!(row(&done, "alice-own")["file"], token["file"]);
    assert_eq!(row(&done, "alice-own")["outcome"], token["outcome"]);
}

#[test]
fn a_second_file_that_cannot_be_created_removes_the_first_one() {
    let (db, _) = with_deploy();
    let directory = directory();
    for name in ["alice-own", "deploy"] {
        let taken = directory.path().join(format!("{name}.{}", id(&db, name)));
        fs::write(&taken, "mine").unwrap();
        refused(&db, directory.path(), into(&db, directory.path()), 2, "never overwrites");
        fs::remove_file(&taken).unwrap();
    }
    into(&db, directory.path()).ok();
}

#[test]
fn the_directory_must_be_the_callers_and_not_writable_by_others() {
    let (db, _) = two_holders();
    let parent = directory();
    let at = |name: &str| parent.path().join(name);
    let make = |name: &str, mode: u32| {
        fs::create_dir(at(name)).unwrap();
        fs::set_permissions(at(name), fs::Permissions::from_mode(mode)).unwrap();
    };
    make("group", 0o720);
    make("others", 0o1777);
    make("mine", 0o755);
    fs::write(at("file"), "").unwrap();
    let mut cases = vec![
        (at("nowhere"), "cannot use"),
        (at("file"), "is not a directory"),
        (at("group"), "can be written by others"),
        (at("others"), "can be written by others"),
        (PathBuf::new(), "a value is required"),
    ];
    if nix::unistd::geteuid().is_root() {
        make("foreign", 0o755);
        chown(at("foreign"), Some(12345), None).unwrap();
        cases.push((at("foreign"), "belongs to another user"));
    } else {
        make("read-only", 0o500);
        cases.push((at("read-only"), "cannot be written"));
    }
    for (path, says) in cases {
        let before = db.state();
        into(&db, &path).fails(2).says("--rotate-into").says(says);
        into(&db, &path).arg("--dry-run").fails(2).says("--rotate-into");
        // Without a database: it is checked first.
        let line = OFFBOARD.replace("--yes", "--yes --rotate-into");
        Run::new("postgresql:///x?host=/nonexistent", &line).arg(&path).fails(2);
        assert_eq!(db.state(), before);
    }
    if nix::unistd::geteuid().is_root() {
        // Not even root may create a file here.
        let before = db.state();
        into(&db, Path::new("/sys/kernel")).fails(2).says("--rotate-into cannot create");
        assert_eq!(db.state(), before);
    }
    into(&db, &at("mine")).ok();
}

#[test]
fn rotate_into_needs_a_recipient_and_overlap_needs_rotate_into() {
    let (db, _) = two_holders();
    db.refuses(2, "user offboard alice --rotate-into /tmp --yes", "--hand-over-to");
    db.refuses(2, &format!("{OFFBOARD} --overlap 1h"), "--rotate-into");
    let path = directory();
    for (overlap, says) in [("soon", "90s 30m 12h"), ("-1", "90s 30m 12h"), ("99999y", "100y")] {
        refused(&db, path.path(), into(&db, path.path()).arg("--overlap").arg(overlap), 2, says);
    }
}

/// The shell limits the size of files to zero, which has the effect of a full disk.
#[test]
fn files_that_cannot_be_completed_are_removed_and_nothing_is_changed() {
    let (db, _) = with_deploy();
    let directory = directory();
    let before = db.state();
    let script = format!(
        "trap '' XFSZ; ulimit -f 0; exec {IAMCTL} {OFFBOARD} --rotate-into {}",
        directory.path().display()
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .env("DATABASE_URL", db.url())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let outcome = Outcome::of(script, &output);
    assert_eq!((outcome.code, outcome.stdout.as_str()), (1, ""), "{outcome:#?}");
    assert!(outcome.stderr.contains(&directory.path().display().to_string()), "{outcome:#?}");
    assert_eq!(db.state(), before);
    assert_eq!(files(directory.path()), [""; 0]);
}

#[test]
fn more_tokens_than_open_files_are_allowed_can_be_rotated() {
    let (db, alice) = two_holders();
    insert_tokens(&db, &alice.owner, 200);
    let directory = directory();
    let script = format!(
        "ulimit -n 64; exec {IAMCTL} {OFFBOARD} --rotate-into {}",
        directory.path().display()
    );
    let output = Command::new("sh")
        .args(["-c", &script])
        .env("DATABASE_URL", db.url())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let outcome = Outcome::of(script, &output);
    assert_eq!(outcome.code, 0, "{outcome:#?}");
    assert_eq!(files(directory.path()).len(), 201);
}

#[test]
fn a_transaction_that_fails_at_commit_leaves_no_file() {
    let (db, _) = with_deploy();
    db.sql(
        "create function refuse() returns trigger language plpgsql as
         $$ begin raise exception 'not today'; end $$;
         create constraint trigger refuse after insert on api_tokens
         deferrable initially deferred for each row execute function refuse()",
    );
    let directory = directory();
    refused(&db, directory.path(), into(&db, directory.path()), 1, "not today");
}

/// A COMMIT that the server refused has changed nothing, whatever happens after it: the server does not
/// answer any more, and the operator presses Ctrl-C twice, or waits. COMMIT is the 19th message; the test fails
/// where it is not among these.
#[test]
fn no_file_stays_after_a_refused_commit() {
    let ends: Vec<_> = thread::scope(|scope| {
        let runs: Vec<_> = (17..=52)
            .flat_map(|nth| [(nth, true), (nth, false)])
            .map(|(nth, signalled)| scope.spawn(move || refused_and_stalled(nth, signalled)))
            .collect();
        runs.into_iter().map(|run| run.join().unwrap()).collect()
    });
    for signalled in [true, false] {
        let of_kind = |end: End| ends.iter().filter(|it| **it == (signalled, end)).count();
        assert_eq!(of_kind(End::DuringCommit), 1, "{ends:?}");
        assert!(of_kind(End::AfterCommit) > 0, "{ends:?}");
        assert!(of_kind(End::NotStalled) > 0, "{ends:?}");
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    BeforeCommit,
    DuringCommit,
    AfterCommit,
    NotStalled,
}

/// COMMIT is refused. The proxy passes on nothing from the nth message on.
fn refused_and_stalled(nth: usize, signalled: bool) -> (bool, End) {
    let (db, _) = two_holders();
    db.sql(
        "create sequence commits;
         create function refuse() returns trigger language plpgsql as
         $$ begin perform nextval('commits'); raise exception 'not today'; end $$;
         create constraint trigger refuse after insert on api_tokens
         deferrable initially deferred for each row execute function refuse()",
    );
    let directory = directory();
    let before = db.state();
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    proxy.stall_at(nth);
    let limits = "--statement-timeout 1s --connect-timeout 2s --rotate-into";
    let mut run = Run::new(&proxy.url(&db.name), &format!("{OFFBOARD} {limits}"))
        .arg(directory.path())
        .start();
    while !proxy.is_stalled() && !run.has_ended() {
        thread::sleep(Duration::from_millis(5));
    }
    let stalled = proxy.is_stalled();
    if stalled && signalled {
        run.signal(Signal::SIGTERM);
        thread::sleep(Duration::from_millis(300));
        run.signal(Signal::SIGTERM);
    }
    let outcome = run.ends();
    // A sequence is not rolled back.
    let refused = db.sql("select is_called from commits") == "t";
    let code = match (stalled, signalled) {
        (true, true) => 143,
        // PostgreSQL's words are known then, and the cause is asked for in vain.
        (true, false) if outcome.stderr.contains("not today") => 1,
        (true, false) => 6,
        (false, _) => 1,
    };
    assert_eq!(outcome.code, code, "{nth}: {outcome:#?}");
    drop(proxy);
    assert_eq!(db.state(), before, "{nth}");
    let during = outcome.stderr.contains("during COMMIT");
    assert_eq!(outcome.stderr.contains("the new secret is in `"), during, "{nth}: {outcome:#?}");
    assert_eq!(files(directory.path()).len(), usize::from(during), "{nth}: {outcome:#?}");
    if signalled && stalled && !during {
        outcome.says("nothing was changed");
    }
    let end = match (stalled, during, refused) {
        (false, ..) => End::NotStalled,
        (_, true, _) => End::DuringCommit,
        (_, _, true) => End::AfterCommit,
        _ => End::BeforeCommit,
    };
    (signalled, end)
}

/// As `token issue` and `token rotate` do.
#[test]
fn a_new_token_with_another_time_of_creation_is_accepted() {
    let (db, deploy) = with_deploy();
    db.sql(
        "create function late() returns trigger language plpgsql as
         $$ begin new.created_at := now() + interval '1s'; return new; end $$;
         create trigger late before insert on api_tokens
         for each row execute function late()",
    );
    let directory = directory();
    let new = directory.path().join(format!("deploy.{}", id(&db, "deploy")));
    into(&db, directory.path()).ok();
    assert_eq!((verify(&db, &fs::read_to_string(new).unwrap()), verify(&db, &deploy)), (0, 5));
}

#[test]
fn a_kept_token_or_audit_row_leaves_no_file_and_no_change() {
    for (table, event, returns) in [
        ("api_tokens", "insert", "null"),
        ("api_tokens", "update", "null"),
        ("api_tokens", "update", "old"),
        ("admin_audit_log", "insert", "null"),
    ] {
        let (db, _) = with_deploy();
        db.sql(&format!(
            "create function keep() returns trigger language plpgsql as 'begin return {returns}; end';
             create trigger keep before {event} on {table} for each row execute function keep()"
        ));
        let directory = directory();
        let says = "a trigger, a rule or a policy prevents it";
        refused(&db, directory.path(), into(&db, directory.path()), 5, says);
    }
    // A trigger that changes what is inserted.
    for change in ["expires_at := 'infinity'", "name := 'x'", "blocked := true"] {
        let (db, _) = with_deploy();
        db.sql(&format!(
            "create function alter_it() returns trigger language plpgsql as
             $$ begin new.{change}; return new; end $$;
             create trigger alter_it before insert on api_tokens
             for each row execute function alter_it()"
        ));
        let directory = directory();
        refused(&db, directory.path(), into(&db, directory.path()), 5, "trigger");
    }
}

#[test]
fn an_interrupted_run_leaves_no_file_and_no_change() {
    let (db, _) = with_deploy();
    let directory = directory();
    let before = db.state();
    let mut holder = db.session("begin; select from users for update");
    let run = into(&db, directory.path()).start();
    db.wait_until(WAITING);
    run.signal(Signal::SIGTERM);
    run.ends_with(143);
    holder.batch_execute("rollback").unwrap();
    assert_eq!(db.state(), before);
    assert_eq!(files(directory.path()), [""; 0]);
}

/// With thousands of tokens, to write and to remove all files takes longer than the process has after
/// the first signal or the second one. SIGHUP comes when a terminal is closed, SIGQUIT by Ctrl-\.
#[test]
fn a_signal_while_files_are_written_leaves_no_file_and_no_change() {
    let (db, alice) = two_holders();
    insert_tokens(&db, &alice.owner, 6000);
    let before = db.state();
    for (signals, code) in [
        (vec![Signal::SIGTERM], 143),
        (vec![Signal::SIGINT, Signal::SIGINT], 130),
        (vec![Signal::SIGHUP], 129),
        (vec![Signal::SIGQUIT], 131),
    ] {
        if [Signal::SIGHUP, Signal::SIGQUIT].contains(&signals[0]) && ignores(signals[0]) {
            skipped("the signal is ignored, as by nohup, and so in the commands of the tests");
            continue;
        }
        for after in [1, 1000] {
            let directory = directory();
            let run = into(&db, directory.path()).start();
            while files(directory.path()).len() < after {
                thread::sleep(Duration::from_millis(1));
            }
            for signal in &signals {
                run.signal(*signal);
                thread::sleep(Duration::from_millis(210));
            }
            run.ends_with(code).says("nothing was changed");
            assert_eq!(files(directory.path()), [""; 0], "{signals:?} after {after}");
            assert_eq!(db.state(), before);
        }
    }
}

/// `nohup` starts a command with SIGHUP ignored.
#[test]
fn a_hangup_that_is_ignored_does_not_interrupt() {
    let (db, _) = two_holders();
    let directory = directory();
    let mut holder = db.session("begin; select from users for update");
    let script = format!(
        "trap '' HUP; exec {IAMCTL} {OFFBOARD} --rotate-into {}",
        directory.path().display()
    );
    let child = Command::new("sh")
        .args(["-c", &script])
        .env("DATABASE_URL", db.url())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    db.wait_until(WAITING);
    kill(Pid::from_raw(child.id().cast_signed()), Signal::SIGHUP).unwrap();
    holder.batch_execute("rollback").unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    assert_eq!(files(directory.path()).len(), 1);
}

/// Whether the change will be made is unknown then.
#[test]
fn a_signal_during_commit_keeps_the_file_and_says_what_to_do() {
    let (db, _) = two_holders();
    db.sql(
        "create function pause() returns trigger language plpgsql as
         $$begin perform pg_sleep(30); return null; end$$;
         create constraint trigger pause after insert on admin_audit_log
         deferrable initially deferred for each row execute function pause()",
    );
    let directory = directory();
    let run = into(&db, directory.path()).start();
    db.wait_until(
        "exists (select from pg_stat_activity where wait_event = 'PgSleep'
                   and datname = current_database())",
    );
    run.signal(Signal::SIGTERM);
    run.ends_with(143)
        .says("during COMMIT")
        .says(&format!("the new secret is in `{}", directory.path().display()))
        .says("iamctl token list");
    assert_eq!(files(directory.path()).len(), 1);
}

/// The proxy passes on nothing from the nth message on. Up to COMMIT, nothing is changed and there is
/// no file; where COMMIT gets no answer, the files stay, because the tokens may be there.
#[test]
fn files_stay_only_where_the_outcome_of_commit_is_unknown() {
    let mut kept = 0;
    thread::scope(|scope| {
        let runs: Vec<_> = (1..=24)
            .map(|nth| {
                scope.spawn(move || {
                    let (db, _) = two_holders();
                    let directory = directory();
                    let before = db.state();
                    let proxy = Proxy::start(server().directory(), Duration::ZERO);
                    proxy.stall_at(nth);
                    let limits = "--statement-timeout 1s --connect-timeout 2s --rotate-into";
                    let outcome = Run::new(&proxy.url(&db.name), &format!("{OFFBOARD} {limits}"))
                        .arg(directory.path())
                        .run();
                    drop(proxy);
                    let files = files(directory.path()).len();
                    if outcome.code != 0 {
                        assert_eq!((outcome.code, db.state()), (6, before), "{nth}: {outcome:#?}");
                    }
                    let commit = outcome.stderr.contains("COMMIT");
                    let advice = outcome.stderr.contains("the new secret is in `");
                    assert_eq!(advice, commit, "{nth}: {outcome:#?}");
                    assert_eq!(files > 0, commit || outcome.code == 0, "{nth}: {outcome:#?}");
                    usize::from(commit)
                })
            })
            .collect();
        kept = runs.into_iter().map(|run| run.join().unwrap()).sum();
    });
    assert_eq!(kept, 1, "the run whose COMMIT got no answer");
}

#[test]
fn a_recipient_without_a_personal_owner_gets_one_with_the_new_tokens() {
    let (db, _) = two_holders();
    db.user("carol");
    shared(&db, &["bob", "carol"], "other");
    let directory = directory();
    let line = OFFBOARD.replace("bob", "carol");
    let rows = db.iamctl(&line).arg("--rotate-into").arg(directory.path()).json();
    let path = row(&rows, "alice-own")["file"].as_str().unwrap();
    let verified = db.iamctl("token verify").input(fs::read_to_string(path).unwrap()).json();
    assert_eq!(verified["users"], serde_json::json!(["carol"]));
}
