//! Completion: the scripts, what they get as an answer, and what the shells make of it.

mod answers;
mod rows;
mod scripts;
mod shells;
mod silence;

use crate::support::Run;

/// More than the usual limit: tests run side by side.
const PATIENT: (&str, &str) = ("IAMCTL_COMPLETE_WAIT", "30s");

/// The answer to fish, whose script passes plain words: a candidate a line, with its help after a tab. The last
/// of the words is at the cursor.
#[track_caller]
fn answer(run: Run, words: &[&str]) -> String {
    let run = run.env("IAMCTL_COMPLETE", "fish").env(PATIENT.0, PATIENT.1);
    answer_in_time(run, words)
}

/// The same within the usual limit, or what the run sets.
#[track_caller]
fn answer_in_time(run: Run, words: &[&str]) -> String {
    let run = run.env("IAMCTL_COMPLETE", "fish").arg("--");
    let outcome = words.iter().fold(run, Run::arg).ok();
    assert_eq!(outcome.stderr, "", "{words:?}");
    outcome.stdout
}

/// The candidates with their help.
#[track_caller]
fn offers(run: Run, words: &[&str]) -> Vec<(String, String)> {
    let answer = answer(run, words);
    let mut lines = answer.lines();
    match lines.next() {
        None => return Vec::new(),
        kind => assert_eq!(kind, Some("values"), "{words:?}: {answer}"),
    }
    let split = |line: &str| {
        let (value, help) = line.split_once('\t').unwrap_or((line, ""));
        (value.to_owned(), help.to_owned())
    };
    lines.map(split).collect()
}

/// The candidates that are no options.
#[track_caller]
fn values(run: Run, words: &[&str]) -> Vec<String> {
    let offers = offers(run, words).into_iter();
    offers.map(|(value, _)| value).filter(|value| !value.starts_with('-')).collect()
}
