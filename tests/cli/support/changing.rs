//! Checks for every command that changes something: the changed rows, the other rows, the dry run,
//! the formats, the question.

use serde_json::Value;

use super::Db;

/// The rows and audit rows that dry runs, refusals and errors must not change.
#[derive(Debug, PartialEq, Eq)]
pub struct State {
    rows: Vec<String>,
    audit: Vec<String>,
}

impl Db {
    pub fn state(&self) -> State {
        State { rows: self.rows(), audit: self.audit() }
    }

    /// The tables of the rows that were removed (`-users`) and added (`+users`) since `before`,
    /// sorted by name. Each of these rows must contain one of `ids`.
    #[track_caller]
    pub fn changes(&self, before: &State, ids: &[&str]) -> Vec<String> {
        let after = self.rows();
        let went = before.rows.iter().filter(|row| !after.contains(row)).map(|row| ('-', row));
        let came = after.iter().filter(|row| !before.rows.contains(row)).map(|row| ('+', row));
        let changed = went.chain(came).map(|(sign, row)| {
            assert!(
                ids.iter().any(|id| row.contains(id)),
                "the row of another user or owner changed: {sign}{row}"
            );
            format!("{sign}{}", row.split(':').next().unwrap())
        });
        let mut changed: Vec<_> = changed.collect();
        changed.sort_by(|one, other| one[1..].cmp(&other[1..]));
        changed
    }

    /// The audit rows added since `before`, newest first, as `action|target|reason`.
    pub fn audited(&self, before: &State) -> Vec<String> {
        let mut audit = self.audit();
        audit.truncate(audit.len() - before.audit.len());
        audit
    }

    /// The details of the newest audit row.
    pub fn details(&self) -> Value {
        self.iamctl("audit list --limit 1").json()[0]["details"].clone()
    }

    /// Runs the command in all five formats. Returns the JSON output.
    #[track_caller]
    pub fn in_every_format(&self, line: &str) -> Value {
        let run = |format: &str| self.iamctl(line).arg("-o").arg(format).ok();
        let json = run("json").json();
        let records = match &json {
            Value::Array(records) => records.clone(),
            one => vec![one.clone()],
        };
        let jsonl = run("jsonl");
        let lines = jsonl.lines().into_iter().map(serde_json::from_str);
        let lines: Vec<Value> = lines.collect::<Result<_, _>>().unwrap();
        assert_eq!(lines.len(), records.len(), "{line}: one object on each line: {jsonl:?}");

        let csv = run("csv");
        let mut csv = csv::Reader::from_reader(csv.stdout.as_bytes());
        let header = csv.headers().unwrap().clone();
        for record in &records {
            let keys: Vec<_> = record.as_object().unwrap().keys().map(String::as_str).collect();
            assert_eq!(header.iter().collect::<Vec<_>>(), keys, "{line}: the same columns");
        }
        assert_eq!(csv.records().count(), records.len(), "{line}");

        let ids = run("id");
        assert_eq!(
            ids.lines().len(),
            records.len(),
            "{line}: one identifier on each line: {ids:?}"
        );
        assert!(!ids.stdout.contains([' ', '\t', ',']), "{line}: {ids:?}");
        assert!(!run("table").stdout.is_empty(), "{line}");
        json
    }

    /// Runs the command with `--dry-run` in all five formats. Expects that it says so, changes
    /// nothing and writes no audit row. Returns the JSON output.
    #[track_caller]
    pub fn dry_run(&self, line: &str) -> Value {
        let before = self.state();
        let line = format!("{line} --dry-run");
        let shown = self.in_every_format(&line);
        self.iamctl(&line).ok().says("nothing was changed");
        assert_eq!(self.state(), before, "{line}");
        shown
    }

    /// Expects this exit code, this text on standard error, and no change.
    #[track_caller]
    pub fn refuses(&self, code: i32, line: &str, says: &str) {
        let before = self.state();
        self.iamctl(line).fails(code).says(says);
        assert_eq!(self.state(), before, "{line}");
    }

    /// Runs the command on a terminal. Expects a question with these words and the name of the
    /// database, gives `answer`, and returns the exit code.
    #[track_caller]
    pub fn answer(&self, line: &str, words: &[&str], answer: &str) -> i32 {
        let mut terminal = self.iamctl(line).on_terminal();
        let (question, _) = terminal.exp_regex(r"\[y/N\]|to go ahead:").unwrap();
        let database = format!("database `{}`", self.name);
        for word in words.iter().chain([&database.as_str()]) {
            assert!(question.contains(word), "no {word} in {question}");
        }
        terminal.send_line(answer).unwrap();
        terminal.exp_eof().unwrap();
        match terminal.process().wait().unwrap() {
            rexpect::process::WaitStatus::Exited(_, code) => code,
            other => panic!("{other:?}"),
        }
    }
}
