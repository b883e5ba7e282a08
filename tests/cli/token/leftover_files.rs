//! Files of secrets that a killed command left behind.

use std::fs::{self, File};
use std::path::Path;
use std::time::{Duration, SystemTime};

use nix::sys::signal::Signal;

use crate::support::{Db, Outcome, Run, directory};

fn to(db: &Db, name: &str, path: &Path) -> Run {
    db.iamctl("token issue --user alice --name").arg(name).arg("--write-to").arg(path)
}

fn files(directory: &Path) -> Vec<String> {
    let entries = fs::read_dir(directory).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// A token that is in no row of the database of the test.
fn token_of_another_database() -> String {
    let other = Db::new();
    other.user("alice");
    other.iamctl("token issue --user alice --name ci -o id").ok().line()
}

const COMMIT_IS_SENT: &str = "exists (select from pg_stat_activity
     where datname = current_database() and wait_event = 'PgSleep')";

/// Inserting a token waits at COMMIT.
fn commit_waits(db: &Db) {
    db.sql(
        "create function wait() returns trigger language plpgsql as
         $$ begin perform pg_sleep(60); return null; end $$;
         create constraint trigger wait after insert on api_tokens
         deferrable initially deferred for each row execute function wait()",
    );
}

fn without_waiting(db: &Db) {
    db.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity
         where datname = current_database() and pid <> pg_backend_pid()",
    );
    db.sql("drop function wait() cascade");
}

#[test]
fn a_command_that_was_killed_before_commit_can_be_repeated() {
    let db = Db::new();
    db.user("alice");
    db.user("bob");
    commit_waits(&db);
    let directory = directory();
    let path = directory.path().join("token");
    let running = to(&db, "ci", &path).start();
    db.wait_until(COMMIT_IS_SENT);
    let left = fs::read_to_string(&path).unwrap();

    // The file of a command that is running is not touched.
    let of_bob = db.iamctl("token issue --user bob --name ci --write-to").arg(&path);
    of_bob.fails(2).says("is there already");
    assert_eq!(files(directory.path()), ["token"]);

    running.signal(Signal::SIGKILL);
    running.ends_with(-9);
    without_waiting(&db);
    assert_eq!(db.sql("select count(*) from api_tokens"), "0");

    to(&db, "ci", &path).arg("--dry-run").ok();
    assert_eq!(fs::read_to_string(&path).unwrap(), left);
    to(&db, "ci", &path).ok().says("is in no row of this database");
    let token = fs::read_to_string(&path).unwrap();
    db.iamctl("token verify").input(token).ok();
    let [_, aside] = files(directory.path()).try_into().unwrap();
    assert!(aside.starts_with("token.unused-"), "{aside}");
    assert_eq!(fs::read_to_string(directory.path().join(aside)).unwrap(), left, "nothing is lost");
}

/// A kill between the creation of the file and its first byte.
#[test]
fn an_empty_file_of_before_is_replaced() {
    let db = Db::new();
    db.user("alice");
    let directory = directory();
    let path = directory.path().join("token");
    let file = File::create(&path).unwrap();
    // Its command may be about to write.
    to(&db, "ci", &path).fails(2).says("is there already");
    file.set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
    drop(file);
    to(&db, "ci", &path).ok().says("is replaced");
    assert_eq!(files(directory.path()), ["token"]);
    db.iamctl("token verify").input(fs::read_to_string(&path).unwrap()).ok();
}

#[test]
fn other_files_are_never_touched() {
    let db = Db::new();
    db.user("alice");
    let in_a_row = db.iamctl("token issue --user alice --name ci -o id").ok().line();
    let other = token_of_another_database();
    let mistyped = other.replace("iam_", "iam_x");
    let directory = directory();
    let path = directory.path().join("token");
    let elsewhere = directory.path().join("elsewhere");
    for text in [
        format!("{in_a_row}\n"),
        in_a_row,
        mistyped,
        format!("{other}\n{other}\n"),
        format!("TOKEN={other}\n"),
        "mine".to_owned(),
        "\n".to_owned(),
    ] {
        fs::write(&path, &text).unwrap();
        for option in ["--quiet", "--dry-run"] {
            to(&db, "new", &path).arg(option).fails(2).says("is there already");
        }
        assert_eq!(fs::read_to_string(&path).unwrap(), text);
    }
    // A link, and a file with a second name, may belong to something else.
    fs::write(&elsewhere, &other).unwrap();
    for link in [std::os::unix::fs::symlink, |from: &Path, to: &Path| fs::hard_link(from, to)] {
        fs::remove_file(&path).unwrap();
        link(&elsewhere, &path).unwrap();
        to(&db, "new", &path).fails(2).says("is there already");
        assert_eq!(fs::read_to_string(&elsewhere).unwrap(), other);
    }
    assert_eq!(db.sql("select count(*) from api_tokens"), "1");
}

/// Where the new name is taken, too, nothing is changed.
#[test]
fn a_file_that_cannot_be_set_aside_stops_the_command() {
    let db = Db::new();
    db.user("alice");
    let directory = directory();
    let path = directory.path().join("token");
    let other = token_of_another_database();
    fs::write(&path, &other).unwrap();
    to(&db, "first", &path).ok();
    let [_, aside] = files(directory.path()).try_into().unwrap();
    fs::write(&path, &other).unwrap();
    let outcome: Outcome = to(&db, "second", &path).fails(1);
    assert!(outcome.stderr.contains("cannot rename"), "{outcome:#?}");
    assert_eq!(db.sql("select string_agg(name, ' ') from api_tokens"), "first");
    assert_eq!(files(directory.path()), ["token".to_owned(), aside]);
    assert_eq!(fs::read_to_string(&path).unwrap(), other);
}

#[test]
fn rotate_into_can_be_repeated_after_it_was_killed() {
    let db = Db::new();
    db.user("alice");
    db.user("bob");
    for name in ["ci", "deploy"] {
        db.iamctl(&format!("token issue --user alice --name {name}")).ok();
    }
    commit_waits(&db);
    let directory = directory();
    let offboard = || {
        db.iamctl("user offboard alice --hand-over-to bob --yes --rotate-into")
            .arg(directory.path())
    };
    let running = offboard().start();
    db.wait_until(COMMIT_IS_SENT);
    running.signal(Signal::SIGKILL);
    running.ends_with(-9);
    without_waiting(&db);
    let left = files(directory.path());

    offboard().arg("--dry-run").ok();
    assert_eq!(files(directory.path()), left);
    offboard().ok().says("likewise 1 other file");
    assert_eq!(files(directory.path()).len(), 4);
    for name in left {
        let token = fs::read_to_string(directory.path().join(name)).unwrap();
        db.iamctl("token verify").input(token).ok();
    }
}
