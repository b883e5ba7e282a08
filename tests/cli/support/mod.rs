//! The parts that tests share: a server, a database for each test, and runs of the program.

pub mod changing;
mod client;
pub mod console;
pub mod pool;
pub mod pooler;
pub mod proxy;
pub mod running;
pub mod schemas;
pub mod server;
pub mod shapes;
pub mod unprivileged;

use std::ffi::OsStr;
use std::fs;
use std::io::Write as _;
use std::os::unix::process::ExitStatusExt as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};
use nix::sys::signal::Signal;
use rexpect::session::PtySession;
use serde_json::Value;

use server::Server;

pub const IAMCTL: &str = env!("CARGO_BIN_EXE_iamctl");

const TEMPLATE: &str = "template_of_tests";

/// The server of this test run, with a migrated database as template.
pub fn server() -> &'static Server {
    static SERVER: OnceLock<Server> = OnceLock::new();
    SERVER.get_or_init(|| {
        let server = Server::start(server::THROW_AWAY);
        server.sql("postgres", &format!("create database {TEMPLATE}"));
        Run::new(&server.url(TEMPLATE), "db migrate").ok();
        server
    })
}

/// What a changing command prints as JSON, without the id of the change.
#[track_caller]
pub fn without_change_id(mut printed: Value) -> Value {
    let records = match &mut printed {
        Value::Array(records) => records.iter_mut().collect(),
        one => vec![one],
    };
    for record in records {
        let id = record.as_object_mut().unwrap().remove("change_id");
        assert!(id.is_some(), "{record}");
    }
    printed
}

/// The database of one test.
pub struct Db {
    pub name: String,
    /// Options that its purges get, and their values.
    of_purges: Vec<(&'static str, &'static str)>,
}

impl Db {
    /// A migrated database without rows.
    pub fn new() -> Self {
        Self::create(&format!("template {TEMPLATE}"))
    }

    /// A database without tables.
    pub fn bare() -> Self {
        Self::create("template template0")
    }

    /// A copy of this database.
    pub fn copy(&self) -> Self {
        Self::create(&format!("template {}", self.name))
    }

    /// The same database under another name, in place of one that has it.
    pub fn renamed(self, name: &str) -> Self {
        server().sql("postgres", &format!("drop database if exists {name} with (force)"));
        server().sql("postgres", &format!("alter database {} rename to {name}", self.name));
        Self { name: name.to_owned(), ..self }
    }

    /// A migrated database that sorts texts as an English dictionary does, not by their bytes.
    pub fn english_order() -> Self {
        // Before PostgreSQL 15, ICU cannot sort a whole database. German dictionaries have that order, too.
        let order = if server().major() < 15 {
            "locale 'de_DE.UTF-8'"
        } else {
            "locale_provider icu icu_locale 'en' locale 'C.UTF-8'"
        };
        let db = Self::create(&format!("template template0 {order}"));
        db.iamctl("db migrate").ok();
        db
    }

    /// A migrated database in another encoding than UTF8.
    pub fn encoded(encoding: &str) -> Self {
        let db = Self::create(&format!("template template0 encoding '{encoding}' locale 'C'"));
        db.iamctl("db migrate").ok();
        db
    }

    /// A migrated database, for which the server sends its messages in German. `None` (and a message)
    /// where the programs of `IAMCTL_TEST_PGBIN` have no translations.
    pub fn german() -> Option<Self> {
        let db = Self::new();
        db.sql(&format!("alter database {} set lc_messages = 'de_DE.UTF-8'", db.name));
        let words = db.psql("select 1/0");
        let is_german = String::from_utf8_lossy(&words.stderr).contains("Division durch Null");
        if !is_german && std::env::var_os(server::BINARIES).is_some() {
            skipped("the programs of IAMCTL_TEST_PGBIN have no German messages");
            return None;
        }
        assert!(
            is_german,
            "the server has no German messages; run: localedef -i de_DE -f UTF-8 de_DE.UTF-8",
        );
        Some(db)
    }

    /// Two migrated databases, one of which has German messages, where the server has them.
    pub fn english_and_german() -> impl Iterator<Item = Self> {
        [Self::new()].into_iter().chain(Self::german())
    }

    fn create(from: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("test_{}", COUNT.fetch_add(1, Ordering::SeqCst));
        server().sql("postgres", &format!("create database {name} {from}"));
        Self { name, of_purges: Vec::new() }
    }

    /// Gives its purges this option, where they have it not.
    pub fn purging_with(mut self, option: &'static str, value: &'static str) -> Self {
        self.of_purges.push((option, value));
        self
    }

    pub fn url(&self) -> String {
        server().url(&self.name)
    }

    /// The URL of this database for another role.
    pub fn url_as(&self, role: &str) -> String {
        self.url().replace("user=postgres", &format!("user={role}"))
    }

    /// `iamctl` on this database, with the words of `line` as arguments.
    pub fn iamctl(&self, line: &str) -> Run {
        let run = Run::new(&self.url(), line);
        let is_purge = line.split_whitespace().any(|word| word == "purge");
        let options =
            self.of_purges.iter().filter(|(option, _)| is_purge && !line.contains(option));
        options.fold(run, |run, (option, value)| run.arg(option).arg(value))
    }

    /// Runs SQL and returns its rows: columns separated by `|`, one row a line.
    #[track_caller]
    pub fn sql(&self, sql: &str) -> String {
        server().sql(&self.name, sql)
    }

    /// Runs SQL that may fail.
    pub fn psql(&self, sql: &str) -> Output {
        server().psql().args(["-XAtq", "-c", sql, &self.url()]).output().unwrap()
    }

    /// Opens a session and runs `sql` in it. The session stays open.
    pub fn session(&self, sql: &str) -> PgConnection {
        let mut session = PgConnection::establish(&self.url()).unwrap();
        session.batch_execute(sql).unwrap();
        session
    }

    /// Creates a role without rights, and returns its name.
    pub fn role(&self, name: &str) -> String {
        let role = format!("{}_{name}", self.name);
        self.sql(&format!("create role {role} login"));
        role
    }

    /// Creates a role with the rights of `db grants --profile operator`, and returns its name.
    pub fn operator(&self) -> String {
        let role = self.role("operator");
        self.sql(&self.iamctl(&format!("db grants --profile operator --role {role}")).ok().stdout);
        role
    }

    /// Inserts the users `u1`, `u2`, …, who were deleted two years ago.
    #[track_caller]
    pub fn deleted_users(&self, count: u32) {
        self.sql(&format!(
            "insert into users
                 (id, created_at, username, username_fingerprint, email, deleted, deleted_at)
             select gen_random_uuid(), now() + n * interval '1s', 'u' || n,
                    convert_to('u' || n, 'utf8'), n || '@x.org', true, now() - interval '2y'
             from generate_series(1, {count}) n"
        ));
    }

    /// Creates a user who may log in, and returns the id.
    #[track_caller]
    pub fn user(&self, name: &str) -> String {
        let line = format!("user create {name} --email {name}@example.org --verified -o id");
        self.iamctl(&line).ok().line()
    }

    /// Every row of every table except the audit log, as text.
    pub fn rows(&self) -> Vec<String> {
        const TABLES: [&str; 6] = [
            "users",
            "verification_codes",
            "authorization_codes",
            "refresh_tokens",
            "api_tokens",
            "api_token_owners",
        ];
        let branches: Vec<_> = TABLES
            .iter()
            .map(|table| format!("select '{table}: ' || t::text as row from {table} t"))
            .collect();
        let rows =
            self.sql(&format!("select row from ({}) a order by 1", branches.join(" union all ")));
        rows.lines().map(str::to_owned).collect()
    }

    /// The rows of the audit log without those of the migration, newest first, as
    /// `action|target|reason`.
    pub fn audit(&self) -> Vec<String> {
        let rows = self.sql(
            "select action, target, reason from admin_audit_log
             where action <> 'db.migrate' order by id desc",
        );
        rows.lines().map(str::to_owned).collect()
    }
}

/// A run of the program: arguments, variables, standard input.
pub struct Run {
    command: Command,
    input: Vec<u8>,
}

impl Run {
    /// Runs with the words of `line` as arguments and `DATABASE_URL` set, without this process's
    /// other variables, in a directory without `.env`.
    pub fn new(url: &str, line: &str) -> Self {
        Self::without_database(line).env("DATABASE_URL", url)
    }

    pub fn without_database(line: &str) -> Self {
        let mut command = Command::new(IAMCTL);
        command.args(line.split_whitespace());
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
        command.env("HOME", "/nonexistent").current_dir("/");
        Self { command, input: Vec::new() }
    }

    pub fn arg(mut self, arg: impl AsRef<OsStr>) -> Self {
        self.command.arg(arg);
        self
    }

    pub fn env(mut self, name: &str, value: impl AsRef<OsStr>) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn without_env(mut self, name: &str) -> Self {
        self.command.env_remove(name);
        self
    }

    pub fn directory(mut self, path: &Path) -> Self {
        self.command.current_dir(path);
        self
    }

    pub fn input(mut self, text: impl Into<Vec<u8>>) -> Self {
        self.input = text.into();
        self
    }

    /// The command itself, for tests that need pipes or signals.
    pub fn command(self) -> Command {
        self.command
    }

    pub fn can_be_without_proc() -> bool {
        let hide = "mount -t tmpfs none /proc";
        let tried = Command::new("unshare").args(["--mount", "sh", "-c", hide]).output();
        tried.is_ok_and(|output| output.status.success())
    }

    /// Hides `/proc` from it, where that is possible.
    pub fn without_proc(self) -> Self {
        let hide = r#"mount -t tmpfs none /proc && exec "$0" "$@""#;
        self.under("unshare", &["--mount", "sh", "-c", hide])
    }

    /// Runs it by another program, which gets it as its last arguments.
    pub fn under(self, program: &str, args: &[&str]) -> Self {
        let mut outer = Command::new(program);
        outer.args(args).arg(self.command.get_program()).args(self.command.get_args()).env_clear();
        for (name, value) in self.command.get_envs() {
            if let Some(value) = value {
                outer.env(name, value);
            }
        }
        outer.current_dir("/");
        Self { command: outer, input: self.input }
    }

    /// Runs it on a pseudo-terminal.
    pub fn on_terminal(self) -> PtySession {
        let mut command = self.command;
        if command.get_envs().all(|(name, _)| name != "TERM") {
            command.env("TERM", "xterm");
        }
        rexpect::session::spawn_command(command, Some(20_000)).unwrap()
    }

    /// Runs it to the end, and accepts any exit code.
    #[track_caller]
    pub fn run(mut self) -> Outcome {
        let args: Vec<_> =
            self.command.get_args().map(|arg| arg.to_string_lossy().into_owned()).collect();
        let mut child = self
            .command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let writer = thread::spawn(move || _ = stdin.write_all(&self.input));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let outcome = Outcome::of(format!("{args:?}"), &output);
        schemas::check(&args, &outcome);
        outcome
    }

    /// Runs it and expects success.
    #[track_caller]
    pub fn ok(self) -> Outcome {
        self.ends_with(0)
    }

    /// Runs it and expects this exit code and no result on standard output.
    #[track_caller]
    pub fn fails(self, code: i32) -> Outcome {
        let outcome = self.ends_with(code);
        assert_eq!(outcome.stdout, "", "standard output carries results only");
        outcome
    }

    /// Runs it and expects this exit code.
    #[track_caller]
    pub fn ends_with(self, code: i32) -> Outcome {
        let outcome = self.run();
        assert_eq!(outcome.code, code, "{outcome:#?}");
        outcome
    }

    /// Runs it with `-o json`, expects success, and parses what it prints.
    #[track_caller]
    pub fn json(self) -> Value {
        let outcome = self.arg("-o").arg("json").ok();
        outcome.json()
    }
}

/// The outcome of a run, as a failed test shows it.
#[derive(Debug)]
#[expect(dead_code, reason = "`arguments` is shown when a test fails")]
pub struct Outcome {
    arguments: String,
    /// Negative if a signal ended the run.
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Outcome {
    pub fn of(arguments: String, output: &Output) -> Self {
        Self {
            arguments,
            code: output.status.code().unwrap_or_else(|| -output.status.signal().unwrap()),
            stdout: String::from_utf8(output.stdout.clone()).unwrap(),
            stderr: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// Standard output, which must be one line.
    #[track_caller]
    pub fn line(&self) -> String {
        let lines: Vec<_> = self.stdout.lines().collect();
        assert_eq!(lines.len(), 1, "{self:#?}");
        lines[0].to_owned()
    }

    pub fn lines(&self) -> Vec<&str> {
        self.stdout.lines().collect()
    }

    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:#?}"))
    }

    /// Expects this text on standard error.
    #[track_caller]
    pub fn says(self, text: &str) -> Self {
        assert!(self.stderr.contains(text), "no `{text}` in {self:#?}");
        self
    }
}

/// Says on standard error, which the test harness does not capture, why a test did nothing.
pub fn skipped(why: &str) {
    _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// A new directory that only its owner can enter.
pub fn directory() -> tempfile::TempDir {
    let directory = tempfile::Builder::new().prefix("iamctl-").tempdir_in("/tmp").unwrap();
    fs::set_permissions(&directory, std::os::unix::fs::PermissionsExt::from_mode(0o700)).unwrap();
    directory
}

/// Whether this process, and so a command that it starts, ignores the signal.
pub fn ignores(signal: Signal) -> bool {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:")).unwrap();
    u64::from_str_radix(ignored.trim(), 16).unwrap() >> (signal as i32 - 1) & 1 == 1
}
