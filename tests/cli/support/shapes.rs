//! Checks that several commands share: the five formats, the question, the changed rows.

use rexpect::process::WaitStatus;
use serde_json::Value;

use super::Run;

/// Runs a command in each of the five formats. Expects success, the same number of records in each,
/// and the same columns in JSON and CSV. Returns the number of records.
#[track_caller]
pub fn in_five_formats(run: impl Fn() -> Run) -> usize {
    let print = |format: &str| run().arg("-o").arg(format).ok();
    // A single record is an object in JSON, and one line for each column in a table.
    let (json, lines_of_table) = match print("json").json() {
        Value::Array(records) => {
            let lines = records.len() + 1;
            (records, lines)
        }
        record => {
            let lines = record.as_object().unwrap().len();
            (vec![record], lines)
        }
    };
    let keys = |record: &Value| record.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let jsonl = print("jsonl");
    let lines: Vec<Value> =
        jsonl.lines().iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(
        lines.iter().map(keys).collect::<Vec<_>>(),
        json.iter().map(keys).collect::<Vec<_>>()
    );
    let csv = print("csv");
    assert_eq!(csv.lines().len(), json.len() + 1, "{csv:#?}");
    if let Some(first) = json.first() {
        assert_eq!(csv.lines()[0], keys(first).join(","));
    }
    let table = print("table");
    assert_eq!(table.lines().len(), lines_of_table, "{table:#?}");
    let ids = print("id");
    assert!(ids.lines().len() <= json.len(), "{ids:#?}");
    assert!(ids.lines().iter().all(|id| !id.is_empty() && !id.contains([' ', ','])), "{ids:#?}");
    json.len()
}

impl Run {
    /// Answers the question on a terminal, which must contain all of `says`. Returns the exit code.
    #[track_caller]
    pub fn answered(self, says: &[&str], answer: &str) -> i32 {
        let mut terminal = self.on_terminal();
        let question = terminal.exp_string("[y/N]").unwrap();
        for text in says {
            assert!(question.contains(text), "no `{text}` in {question}");
        }
        terminal.send_line(answer).unwrap();
        terminal.exp_eof().unwrap();
        match terminal.process().wait().unwrap() {
            WaitStatus::Exited(_, code) => code,
            other => panic!("{other:?}"),
        }
    }
}

/// The rows that are only in `before`, and the rows that are only in `after`.
pub fn difference(before: &[String], after: &[String]) -> (Vec<String>, Vec<String>) {
    let without = |rows: &[String], others: &[String]| {
        rows.iter().filter(|row| !others.contains(row)).cloned().collect::<Vec<_>>()
    };
    (without(before, after), without(after, before))
}
