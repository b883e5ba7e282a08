//! Every secret of a session is looked for in every place where it could be left.

use std::fs;
use std::path::Path;

use crate::support::server::{self, Server};
use crate::support::{Run, directory};

/// What was kept of the commands of a session.
struct Session {
    server: Server,
    temporary: tempfile::TempDir,
    /// Their standard error.
    told: String,
    /// Those in API tokens, codes and the password.
    secrets: Vec<String>,
    codes: Vec<String>,
}

const DATABASE: &str = "secrets";
const PASSWORD: &str = "Tr0ub4dor-and-3-more";

impl Session {
    fn start() -> Self {
        let mut settings = server::THROW_AWAY.to_vec();
        settings.extend([
            ("log_statement", "all"),
            ("log_min_messages", "debug1"),
            ("log_min_duration_statement", "0"),
            ("log_parameter_max_length", "-1"),
            ("log_parameter_max_length_on_error", "-1"),
            ("log_connections", "on"),
            ("log_disconnections", "on"),
        ]);
        let server = Server::start(&settings);
        server.sql("postgres", &format!("create database {DATABASE}"));
        let told = String::new();
        let secrets = vec![PASSWORD.to_owned()];
        Self { server, temporary: directory(), told, secrets, codes: Vec::new() }
    }

    /// Runs the command with -v, and returns its standard output.
    fn run(&mut self, line: &str, input: &str) -> String {
        let url = format!("{}&password={PASSWORD}", self.server.url(DATABASE));
        let run = Run::new(&url, &format!("{line} -v")).env("TMPDIR", self.temporary.path());
        let outcome = run.input(input).ok();
        self.told.push_str(&outcome.stderr);
        outcome.stdout
    }

    /// The same, where a token is printed, which is a secret from then on.
    fn token(&mut self, line: &str, input: &str) -> String {
        let token = self.run(line, input).trim().to_owned();
        assert!(token.starts_with("iam_"), "{line}: {token}");
        self.secrets.push(token.clone());
        token
    }
}

#[test]
fn no_secret_is_left_anywhere() {
    let mut session = Session::start();
    let files = directory();
    let file = files.path().join("token");
    let metrics = files.path().join("metrics");
    session.run("db migrate", "");
    for name in ["alice", "bob"] {
        session.run(&format!("user create {name} --email {name}@example.org --verified"), "");
    }
    let first = session.token("token issue --user alice --name ci -o id", "");
    let second = session.token("token rotate --stdin --yes --overlap 1h -o id", &first);
    session.run(&format!("token issue --user bob --name file --write-to {}", file.display()), "");
    session.secrets.push(fs::read_to_string(&file).unwrap().trim().to_owned());
    for token in [&first, &second] {
        session.run("token verify", token);
        session.run("token block --stdin --yes", token);
        session.run("token unblock --stdin", token);
    }
    for kind in ["verification", "authorization"] {
        let code = session.run(&format!("code issue {kind} --user alice --force -o id"), "");
        session.codes.push(code.trim().to_owned());
    }
    let mut printed = String::new();
    for line in [
        "token list -o json",
        "code list --kind verification -o json",
        "code list --kind authorization -o json",
        "session list -o json",
        "user list",
        "user show alice",
        "audit list --all -o json",
        "db check",
        "user offboard alice --dry-run",
        "token revoke --user alice --all --yes",
        "user offboard alice --hand-over-to bob --yes",
        &format!("purge --metrics-file {}", metrics.display()),
    ] {
        printed.push_str(&session.run(line, ""));
    }
    for words in ["token revoke ", "token show ", "code revoke ", "user show "] {
        let answer = Run::new(&session.server.url(DATABASE), "")
            .env("IAMCTL_COMPLETE", "fish")
            .env("IAMCTL_COMPLETE_WAIT", "30s")
            .arg("--");
        let answer = words.split(' ').fold(answer, Run::arg).run();
        printed.push_str(&answer.stdout);
        session.told.push_str(&answer.stderr);
    }

    let audit = session.server.sql(DATABASE, "select a::text from admin_audit_log a");
    let log = fs::read_to_string(session.server.log()).unwrap();
    assert!(log.contains("insert into") || log.contains("INSERT INTO"), "everything is logged");
    let places = [
        ("standard error", session.told.as_str()),
        ("what is printed", &printed),
        ("the audit log", &audit),
        ("metrics", &fs::read_to_string(&metrics).unwrap()),
    ];
    for secret in session.secrets.iter().chain(&session.codes) {
        for (place, text) in places {
            assert!(!text.contains(secret), "{secret} is in {place}");
        }
    }
    // The database has codes as they are, and so do the parameters of statements; of a token it has a digest.
    for secret in &session.secrets {
        assert!(!log.contains(secret), "{secret} is in the server's log");
    }
    assert_eq!(fs::read_dir(session.temporary.path()).unwrap().count(), 0, "temporary files");
    assert_eq!(files_of(files.path()), ["metrics", "token"]);
}

fn files_of(directory: &Path) -> Vec<String> {
    let files = fs::read_dir(directory).unwrap();
    let mut names: Vec<_> =
        files.map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
