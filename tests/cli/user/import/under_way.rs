//! An import in progress: its progress display, its memory, signals and lost connections.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::MetadataExt as _;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use super::csv_of;
use crate::support::{Db, IAMCTL, Outcome, Run, directory};

/// An import whose standard input stays open. It is killed if the test ends first.
struct Import<'a> {
    db: &'a Db,
    child: Child,
    input: Option<ChildStdin>,
}

impl<'a> Import<'a> {
    fn start(db: &'a Db, run: Run) -> Self {
        let mut command = run.command();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let input = child.stdin.take();
        Self { db, child, input }
    }

    fn write(&mut self, text: &str) -> &mut Self {
        // Writing fails if the program has already ended.
        _ = self.input.as_mut().unwrap().write_all(text.as_bytes());
        self
    }

    /// Waits until PostgreSQL is receiving rows.
    fn wait_for_copy(&self) {
        self.db.wait_until(
            "exists (select from pg_stat_progress_copy where datname = current_database())",
        );
    }

    fn pid(&self) -> u32 {
        self.child.id()
    }

    #[track_caller]
    fn ends_with(mut self, code: i32) -> Outcome {
        let begun = Instant::now();
        while self.child.try_wait().unwrap().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(20), "the import does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
        let mut output = std::process::Output {
            status: self.child.wait().unwrap(),
            stdout: Vec::new(),
            stderr: Vec::new(),
        };
        std::io::Read::read_to_end(&mut self.child.stdout.take().unwrap(), &mut output.stdout)
            .unwrap();
        std::io::Read::read_to_end(&mut self.child.stderr.take().unwrap(), &mut output.stderr)
            .unwrap();
        let outcome = Outcome::of("under way".to_owned(), &output);
        assert_eq!(outcome.code, code, "{outcome:#?}");
        outcome
    }
}

impl Drop for Import<'_> {
    fn drop(&mut self) {
        _ = self.child.kill();
        _ = self.child.wait();
    }
}

#[test]
fn a_signal_rolls_back_the_import() {
    let db = Db::new();
    db.user("alice");
    let before = db.state();
    for options in ["", "--on-conflict skip"] {
        for (signal, code) in [(Signal::SIGINT, 130), (Signal::SIGTERM, 143)] {
            // More rows than the buffers hold.
            let mut import = Import::start(&db, db.import("").with(options));
            import.write(&csv_of(1..=5000)).wait_for_copy();
            kill(Pid::from_raw(import.pid().cast_signed()), signal).unwrap();
            // The input sends no more data and stays open.
            import.ends_with(code).says("interrupted").says("nothing was changed");
            db.wait_until(
                "not exists (select from pg_stat_progress_copy where datname = current_database())",
            );
            assert_eq!(db.state(), before, "{options}");
        }
    }
}

#[test]
fn a_signal_keeps_the_list_of_errors() {
    let db = Db::new();
    let directory = directory();
    let errors = directory.path().join("errors.csv");
    let mut import = Import::start(&db, db.import("").arg("--errors").arg(&errors));
    import.write("username,email\nx,x@x.org\n").wait_for_copy();
    let begun = Instant::now();
    while !fs::read_to_string(&errors).unwrap().contains("\n2,username,") {
        assert!(begun.elapsed() < Duration::from_secs(5), "an error is written when it is found");
        std::thread::sleep(Duration::from_millis(10));
    }
    kill(Pid::from_raw(import.pid().cast_signed()), Signal::SIGINT).unwrap();
    import.ends_with(130);
    assert!(
        fs::read_to_string(&errors).unwrap().ends_with("\"\n"),
        "the file has only whole lines"
    );
}

/// Terminates the connection of an import, then sends `more`. Returns the outcome of the import.
fn cut_off(db: &Db, more: &str) -> Outcome {
    let mut import = Import::start(db, db.import(""));
    import.write(&csv_of(1..=10)).wait_for_copy();
    db.sql(
        "select pg_terminate_backend(pid) from pg_stat_activity
            where datname = current_database() and pid <> pg_backend_pid()",
    );
    import.write(more);
    import.input = None;
    import.ends_with(6)
}

#[test]
fn a_connection_that_is_lost_before_the_last_rows_is_exit_code_6() {
    let db = Db::new();
    let before = db.state();
    cut_off(&db, "").says("was lost");
    assert_eq!(db.state(), before);
}

#[test]
fn a_connection_that_is_lost_while_rows_are_sent_is_exit_code_6() {
    let db = Db::new();
    let before = db.state();
    cut_off(&db, &csv_of(11..=60_000).replace("username,email\n", "")).says("was lost");
    assert_eq!(db.state(), before);
}

#[test]
fn the_copy_of_standard_input_is_private() {
    let db = Db::new();
    let directory = directory();
    let run = db.import("").env("TMPDIR", directory.path());
    let mut import = Import::start(&db, run);
    import.write(&csv_of(1..=5000)).wait_for_copy();
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 0, "the copy has no name");
    let kept: Vec<_> = fs::read_dir(format!("/proc/{}/fd", import.pid()))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| fs::read_link(path).is_ok_and(|to| to.starts_with(directory.path())))
        .map(|path| fs::metadata(path).unwrap())
        .collect();
    assert!(!kept.is_empty(), "the copy exists");
    assert!(kept.iter().all(|file| file.mode() & 0o777 == 0o600 && file.nlink() == 0), "{kept:?}");
    import.input = None;
    import.ends_with(0);
    assert_eq!(db.users().len(), 5000);
}

/// The peak memory of the process, in bytes.
fn peak(pid: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{pid}/status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() * 1024
}

#[test]
fn peak_memory_is_below_32_mib_for_any_size() {
    for options in ["", "--on-conflict skip"] {
        let db = Db::new();
        let mut import = Import::start(&db, db.import_jsonl("").with(options));
        // 50 MB, in rows of 10 KB.
        let padding = " ".repeat(10_000);
        for number in 1..=5000 {
            import.write(&format!(
                "{{\"username\":\"user{number}\",{padding}\"email\":\"{number}@x.org\"}}\n"
            ));
        }
        assert!(peak(import.pid()) < 32 * 1024 * 1024, "{options}: {}", peak(import.pid()));
        import.input = None;
        import.ends_with(0);
        assert_eq!(db.users().len(), 5000);
    }
}

#[test]
fn a_line_of_more_than_1_mib_is_refused() {
    let db = Db::new();
    for (format, begin) in [
        ("csv", "username,email\\nbob,"),
        ("csv", "username,email\\nbob,\""),
        ("csv", ""),
        ("jsonl", "{\"username\":\"bob\",\"email\":\""),
    ] {
        // The line has no end: a program that reads all of it runs out of memory.
        let pipe = format!(
            "ulimit -v 400000; (printf '{begin}'; tr '\\0' x </dev/zero) 2>/dev/null |
             {IAMCTL} user import - --format {format}"
        );
        let mut shell = Command::new("sh");
        let shell = shell.args(["-c", &pipe]).env("DATABASE_URL", db.url()).output().unwrap();
        let outcome = Outcome::of(pipe, &shell);
        assert_eq!((outcome.code, outcome.stdout.as_str()), (2, ""), "{outcome:#?}");
        let line = if format == "csv" && !begin.is_empty() { 2 } else { 1 };
        outcome.says(&format!("line {line} of the input: it is longer than 1 MiB"));
    }
    assert_eq!((db.users().len(), db.audit().len()), (0, 0));
}

#[test]
fn progress_is_shown_only_on_a_terminal() {
    let db = Db::new();
    let directory = directory();
    let path = directory.path().join("users.csv");
    fs::write(&path, csv_of(1..=30_000)).unwrap();
    let import = |options: &str| db.import_file(&path).with("--dry-run").with(options);

    let mut terminal = import("").on_terminal();
    let shown = terminal.exp_eof().unwrap();
    for word in [" of 915.82 KiB, ", "rows, ", " a second", " left"] {
        assert!(shown.contains(word), "no `{word}` in {shown:?}");
    }
    let quiet = import("-q").on_terminal().exp_eof().unwrap();
    assert!(!quiet.contains("a second"), "{quiet:?}");
    let off = import("").ok();
    assert_eq!(off.stderr, "dry run: rolled back, nothing was changed\n");
    assert!(off.stdout.contains("30000"), "{off:?}");
}
