//! `iamctl purge --metrics-file`: a text file for Prometheus, replaced atomically.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::all::three_of_each;
use super::{AUTHORIZATION, VERIFICATION, Walk, codes, expired, over_both_walks, two_users};
use crate::support::unprivileged::Unprivileged;
use crate::support::{Db, IAMCTL, Outcome, Run, directory};

over_both_walks!(
    the_file_has_the_values_of_the_report,
    a_run_that_stops_at_a_limit_reports_the_rest_and_keeps_the_last_success,
);

const TABLES: [&str; 4] = [VERIFICATION, AUTHORIZATION, "refresh_tokens", "api_tokens"];
const LAST_RUN: &str = "iamctl_purge_last_run_timestamp_seconds";
const LAST_SUCCESS: &str = "iamctl_purge_last_success_timestamp_seconds";

/// A new directory for the metrics file. A test can see whether a run left other files in it.
struct Metrics {
    directory: tempfile::TempDir,
}

impl Metrics {
    fn new() -> Self {
        Self { directory: directory() }
    }

    fn path(&self) -> PathBuf {
        self.directory.path().join("iamctl.prom")
    }

    fn purge(&self, db: &Db, options: &str) -> Run {
        db.iamctl(&format!("purge {options}")).arg("--metrics-file").arg(self.path())
    }

    fn text(&self) -> String {
        assert_eq!(self.files(), ["iamctl.prom"], "no other file is left");
        fs::read_to_string(self.path()).unwrap()
    }

    fn files(&self) -> Vec<String> {
        let files = fs::read_dir(self.directory.path()).unwrap();
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect()
    }

    /// The samples, by name and labels. Expects the help and type of each metric before its
    /// samples.
    fn samples(&self) -> BTreeMap<String, String> {
        let text = self.text();
        assert!(text.ends_with('\n'), "{text}");
        let mut described = Vec::new();
        let mut samples = BTreeMap::new();
        for line in text.lines() {
            if let Some(comment) = line.strip_prefix("# ") {
                described.push(comment.split(' ').take(2).collect::<Vec<_>>().join(" "));
                continue;
            }
            let (name, value) = line.rsplit_once(' ').unwrap();
            let metric = name.split('{').next().unwrap();
            for kind in ["HELP", "TYPE"] {
                assert!(described.contains(&format!("{kind} {metric}")), "{line} in {text}");
            }
            assert!(value.parse::<f64>().is_ok(), "{line}");
            assert!(samples.insert(name.to_owned(), value.to_owned()).is_none(), "{text}");
        }
        assert!(samples.keys().all(|name| name.starts_with("iamctl_purge_")), "{text}");
        samples
    }

    /// The values of a metric for the tables.
    fn of_tables(&self, name: &str) -> [String; 4] {
        let samples = self.samples();
        TABLES.map(|table| samples[&format!("iamctl_purge_{name}{{table=\"{table}\"}}")].clone())
    }
}

/// Whether this number of seconds since 1970 is the current time of the database.
fn is_now(db: &Db, seconds: &str) -> bool {
    db.sql(&format!("select abs(extract(epoch from now()) - {seconds}) < 30")) == "t"
}

fn purge_without_disk_space(path: &Path) -> String {
    format!("trap '' XFSZ; ulimit -f 0; exec {IAMCTL} purge --metrics-file {}", path.display())
}

fn the_file_has_the_values_of_the_report(walk: Walk) {
    let db = walk.two_users();
    let metrics = Metrics::new();
    three_of_each(&db);
    let reports = metrics.purge(&db, "").json();
    assert_eq!(metrics.of_tables("deleted_rows"), ["3"; 4]);
    assert_eq!(metrics.of_tables("remaining_rows"), ["0"; 4]);
    assert_eq!(metrics.of_tables("oldest_age_seconds"), ["0"; 4]);
    let seconds = metrics.of_tables("duration_seconds");
    for (report, seconds) in reports.as_array().unwrap().iter().zip(seconds) {
        let seconds: f64 = seconds.parse().unwrap();
        assert!((report["seconds"].as_f64().unwrap() - seconds).abs() < 0.01, "{report}");
    }
    let samples = metrics.samples();
    assert!(is_now(&db, &samples[LAST_RUN]) && is_now(&db, &samples[LAST_SUCCESS]), "{samples:?}");
    assert_eq!(samples.len(), 4 * 4 + 2);

    // The file of the next run has the values of that run only.
    metrics.purge(&db, "").ok();
    assert_eq!(metrics.of_tables("deleted_rows"), ["0"; 4]);
}

fn a_run_that_stops_at_a_limit_reports_the_rest_and_keeps_the_last_success(walk: Walk) {
    let db = walk.two_users();
    let metrics = Metrics::new();
    expired(&db, VERIFICATION, 4);
    codes(&db, AUTHORIZATION, 2, "now() - n * '30h'::interval");
    metrics.purge(&db, "--max-rows 1").ends_with(9);
    assert_eq!(metrics.of_tables("deleted_rows"), ["1", "0", "0", "0"]);
    assert_eq!(metrics.of_tables("remaining_rows"), ["3", "2", "0", "0"]);
    let ages = metrics.of_tables("oldest_age_seconds");
    let near = format!(
        "select abs(extract(epoch from now() - '2020-01-01 00:00:02+00') - {}) < 30,
                abs({} - 60 * 3600) < 30",
        ages[0], ages[1]
    );
    assert_eq!(db.sql(&near), "t|t", "{ages:?}");
    assert_eq!(ages[2..], ["0", "0"]);
    assert!(!metrics.samples().contains_key(LAST_SUCCESS), "no run has succeeded yet");

    metrics.purge(&db, "").ok();
    assert!(is_now(&db, &metrics.samples()[LAST_SUCCESS]));
    // Set the last success in the file to 2020-01-01.
    let text = metrics.text();
    let now = text.lines().find_map(|line| line.strip_prefix(&format!("{LAST_SUCCESS} ")));
    fs::write(metrics.path(), text.replace(now.unwrap(), "1577836800")).unwrap();
    expired(&db, VERIFICATION, 2);
    metrics.purge(&db, "--max-rows 1").ends_with(9);
    let samples = metrics.samples();
    assert_eq!(samples[LAST_SUCCESS], "1577836800", "kept after a failed run");
    assert!(is_now(&db, &samples[LAST_RUN]), "{samples:?}");

    // A run that fails halfway is not a success either.
    let _holder = db.session("begin; select from verification_codes for update");
    metrics.purge(&db, "--lock-timeout 100ms").ends_with(10);
    let samples = metrics.samples();
    assert_eq!(samples[LAST_SUCCESS], "1577836800");
    assert!(is_now(&db, &samples[LAST_RUN]), "{samples:?}");
    let deleted = format!("iamctl_purge_deleted_rows{{table=\"{VERIFICATION}\"}}");
    assert_eq!(samples[&deleted], "0");
}

#[test]
fn a_run_that_does_not_purge_keeps_the_file() {
    let db = two_users();
    let metrics = Metrics::new();
    for options in ["--dry-run", "--keep-codes 2999-01-01"] {
        metrics.purge(&db, options).run();
        assert_eq!(metrics.files(), [""; 0], "{options}");
    }
    metrics.purge(&db, "").ok();
    let before = metrics.text();
    expired(&db, VERIFICATION, 3);
    metrics.purge(&db, "--dry-run").ok();
    let unreachable = Run::new("host=/nonexistent user=u dbname=d", "purge --metrics-file");
    unreachable.arg(metrics.path()).fails(6);
    let busy = db.iamctl("purge --batch-size 1 --pause 1m").start();
    db.wait_until("count(*) = 2 from verification_codes");
    metrics.purge(&db, "").fails(10);
    metrics.purge(&db, "--skip-if-busy").ok();
    drop(busy);
    assert_eq!(metrics.text(), before);
}

#[test]
fn a_reader_finds_the_whole_old_file_or_the_whole_new_one() {
    let db = two_users();
    let metrics = Metrics::new();
    // Any existing file is replaced, even if it is not text.
    fs::write(metrics.path(), b"\xff old").unwrap();
    let other = directory();
    let link = other.path().join("old");
    fs::hard_link(metrics.path(), &link).unwrap();
    let inode = || fs::metadata(metrics.path()).unwrap().ino();
    let before = inode();
    expired(&db, VERIFICATION, 1);
    metrics.purge(&db, "--max-rows 1").ok();
    assert_ne!(inode(), before, "the file is replaced, not changed");
    assert_eq!(
        fs::read(&link).unwrap(),
        b"\xff old",
        "the old file is unchanged for a process that has it open"
    );
    assert_eq!(metrics.samples().len(), 4 * 4 + 2);
    // The collector runs as another user.
    let mode = fs::metadata(metrics.path()).unwrap().mode();
    assert_eq!(mode & 0o444, 0o444, "{mode:o}");
}

/// Its directory may be readable by others than the collector.
#[test]
fn a_file_that_is_there_keeps_its_mode_and_owner() {
    let db = Db::new();
    let metrics = Metrics::new();
    fs::write(metrics.path(), "").unwrap();
    let owned = |metrics: &Metrics| {
        let metadata = fs::metadata(metrics.path()).unwrap();
        (metadata.mode() & 0o7777, metadata.uid(), metadata.gid())
    };
    if nix::unistd::Uid::effective().is_root() {
        std::os::unix::fs::chown(metrics.path(), Some(12345), Some(54321)).unwrap();
    }
    fs::set_permissions(metrics.path(), fs::Permissions::from_mode(0o640)).unwrap();
    let before = owned(&metrics);
    metrics.purge(&db, "").ok();
    assert_eq!(owned(&metrics), before);
    assert!(!metrics.text().is_empty());
}

#[test]
fn the_file_may_be_in_the_current_directory() {
    let db = Db::new();
    let metrics = Metrics::new();
    let run = db.iamctl("purge --metrics-file iamctl.prom").directory(metrics.directory.path());
    run.ok();
    assert_eq!(metrics.samples().len(), 4 * 4 + 2);
}

#[test]
fn a_file_that_cannot_be_written_is_an_error_before_the_purge() {
    let db = two_users();
    expired(&db, VERIFICATION, 3);
    let before = db.rows();
    let metrics = Metrics::new();
    fs::create_dir(metrics.path()).unwrap();
    for path in [metrics.path(), metrics.path().join("no/such"), metrics.path().join("..")] {
        let run = db.iamctl("purge -o json --metrics-file").arg(&path).fails(2);
        assert!(run.stderr.contains(&path.display().to_string()), "{run:#?}");
        assert_eq!(db.rows(), before);
        assert_eq!(metrics.files(), ["iamctl.prom"], "no other file is left");
    }
    assert_eq!(fs::read_dir(metrics.path()).unwrap().count(), 0);
    db.iamctl("purge --metrics-file").arg("").fails(2);
}

#[test]
fn the_old_file_is_kept_on_a_full_disk() {
    let db = Db::new();
    let metrics = Metrics::new();
    metrics.purge(&db, "").ok();
    let before = metrics.text();
    // The shell limits the size of files to zero, which has the effect of a full disk.
    let script = purge_without_disk_space(&metrics.path());
    let output = Command::new("sh")
        .args(["-c", &script])
        .env("DATABASE_URL", db.url())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let outcome = Outcome::of(script, &output);
    assert_eq!(outcome.code, 1, "{outcome:#?}");
    assert!(outcome.stderr.contains("--metrics-file"), "{outcome:#?}");
    assert_eq!(metrics.text(), before);
}

#[test]
fn the_file_is_written_even_if_the_report_has_no_reader() {
    let db = two_users();
    let metrics = Metrics::new();
    expired(&db, VERIFICATION, 2);
    assert_eq!(metrics.purge(&db, "").unread().code, 0);
    assert_eq!(metrics.of_tables("deleted_rows"), ["2", "0", "0", "0"]);
}

#[test]
fn only_a_regular_file_is_replaced_and_links_are_followed() {
    let db = two_users();
    expired(&db, VERIFICATION, 3);
    let before = db.rows();
    let metrics = Metrics::new();
    let path = metrics.path();
    let fifo = Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(fifo.success());
    metrics.purge(&db, "").fails(2).says("not a regular file");
    assert_eq!(db.rows(), before, "nothing is purged if the file cannot be written");
    fs::remove_file(&path).unwrap();

    let elsewhere = directory();
    let target = elsewhere.path().join("real.prom");
    fs::write(&target, "").unwrap();
    std::os::unix::fs::symlink(&target, &path).unwrap();
    metrics.purge(&db, "").ok();
    assert!(fs::read_to_string(&target).unwrap().contains(LAST_RUN));
    assert!(path.is_symlink());
}

/// Only root can give a file to a group that the user is not in.
#[test]
fn a_file_that_cannot_keep_its_group_has_the_mode_of_a_new_one() {
    let Some(user) = Unprivileged::new() else { return };
    let db = Db::new();
    let metrics = Metrics::new();
    fs::set_permissions(metrics.directory.path(), fs::Permissions::from_mode(0o777)).unwrap();
    fs::write(metrics.path(), "").unwrap();
    std::os::unix::fs::chown(metrics.path(), None, Some(54321)).unwrap();
    fs::set_permissions(metrics.path(), fs::Permissions::from_mode(0o640)).unwrap();
    let line = format!("purge --metrics-file {}", metrics.path().display());
    user.iamctl(&db, &line, 50).ok().says("lost its group");
    let new = metrics.directory.path().join("new");
    fs::write(&new, "").unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().mode();
    assert_eq!(mode(&metrics.path()), mode(&new));
    assert_eq!(user.iamctl(&db, &line, 50).ok().stderr, "");
}
