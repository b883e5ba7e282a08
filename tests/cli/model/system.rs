//! The program beside the model: runs commands, and finds an order of them that explains what is seen.

use std::fmt::Write as _;

use chrono::DateTime;
use serde_json::Value;

use super::answer::Answer;
use super::command::Step;
use super::invariants;
use super::names::Names;
use super::state::Model;
use crate::support::running::at_once;
use crate::support::{Db, Outcome, server};

/// Lists of all rows, in the order of `Model::lists`.
const LISTS: [&str; 5] = [
    "user list --status any -o json",
    "token list -o json",
    "owner list -o json",
    "session list -o json",
    "code list -o json",
];

pub struct System {
    db: Db,
    model: Model,
    names: Names,
    /// The number of the newest audit row.
    audited: i64,
    /// The lines of all steps, for a failure.
    history: String,
}

impl Drop for System {
    /// There are hundreds of them in the long run.
    fn drop(&mut self) {
        server().sql("postgres", &format!("drop database if exists {} with (force)", self.db.name));
    }
}

/// What is seen after commands.
struct Seen {
    outcomes: Vec<Outcome>,
    /// Change id, and `action|target`.
    audit: Vec<(String, String)>,
    lists: Vec<Vec<Value>>,
}

impl System {
    pub fn new() -> Self {
        let (db, model) = (Db::new(), Model::new());
        Self { db, model, names: Names::default(), audited: 0, history: String::new() }
    }

    /// Runs the steps at once. Fails if no order of them explains what they did.
    pub fn run(&mut self, steps: &[Step]) -> Vec<i32> {
        for step in steps {
            let line = step.sql(&self.names).unwrap_or_else(|| {
                let line = step.line(&self.names);
                let input = if line.input.is_empty() { "" } else { "  < " };
                format!("iamctl {}{input}{}", line.words, line.input.replace('\n', "; "))
            });
            let at_once = if steps.len() > 1 { " &" } else { "" };
            _ = writeln!(self.history, "{:>4}  {line}{at_once}", step.number);
        }
        let seen = self.see(steps);
        let mut reasons = String::new();
        for order in orders(steps.len()) {
            match self.explain(steps, &order, &seen) {
                Ok((model, names)) => {
                    (self.model, self.names) = (model, names);
                    self.learn_times(&seen.lists[1]);
                    let checked = invariants::check(&self.db, &self.model, &self.names);
                    checked.unwrap_or_else(|why| panic!("{why}\n{}", self.history));
                    return seen.outcomes.iter().map(|outcome| outcome.code).collect();
                }
                Err(why) => _ = writeln!(reasons, "in the order {order:?}: {why}"),
            }
        }
        panic!("{reasons}\n{}\n{:#?}", self.history, seen.outcomes);
    }

    fn see(&mut self, steps: &[Step]) -> Seen {
        let runs = steps.iter().filter(|step| step.sql(&self.names).is_none()).map(|step| {
            let line = step.line(&self.names);
            self.db.iamctl(&line.words).arg("-o").arg("json").input(line.input)
        });
        let outcomes = at_once(runs.collect::<Vec<_>>());
        for sql in steps.iter().filter_map(|step| step.sql(&self.names)) {
            self.db.sql(&sql);
        }
        let audit;
        (audit, self.audited) = invariants::audited_after(&self.db, self.audited);
        let lists = at_once(LISTS.map(|list| self.db.iamctl(list)));
        let lists = lists.iter().map(|list| records(list).unwrap_or_default()).collect();
        Seen { outcomes, audit, lists }
    }

    /// The model and the names after the steps in this order, if it explains what is seen.
    fn explain(
        &self,
        steps: &[Step],
        order: &[usize],
        seen: &Seen,
    ) -> Result<(Model, Names), String> {
        let (mut model, mut names) = (self.model.clone(), self.names.clone());
        let mut expected = Vec::new();
        for place in order {
            let step = &steps[*place];
            let answer = model.answer(step);
            if let Some(outcome) = seen.outcomes.get(*place) {
                is_answer(step, &answer, outcome, &mut names)?;
                is_audited(&answer, outcome, seen, &names)?;
            }
            expected.extend(answer.audit);
        }
        for (list, (rows, found)) in LISTS.iter().zip(model.lists().iter().zip(&seen.lists)) {
            if !names.are(rows, found) {
                return Err(format!("{list}\nexpected {rows:#?}\nfound {found:#?}"));
            }
            if !list.starts_with("owner") && !is_newest_first(found) {
                return Err(format!("not the newest first: {list}: {found:#?}"));
            }
        }
        let found = seen.audit.iter().map(|(_, row)| called(row, &names)).collect();
        same("the audit log", expected, found)?;
        Ok((model, names))
    }

    /// The database's times decide which token is the newest.
    fn learn_times(&mut self, tokens: &[Value]) {
        for token in tokens {
            let text = |key: &str| token[key].as_str().unwrap();
            let created = DateTime::parse_from_rfc3339(text("created_at")).unwrap();
            let number = self.names.called(text("id")).strip_prefix("#token ").unwrap();
            let token = self.model.tokens.get_mut(&number.parse().unwrap()).unwrap();
            token.created = created.timestamp_micros();
        }
    }
}

/// Whether the program did as the model says.
fn is_answer(
    step: &Step,
    answer: &Answer,
    outcome: &Outcome,
    names: &mut Names,
) -> Result<(), String> {
    if outcome.code != answer.code {
        return Err(format!("expected exit code {}, not {}", answer.code, outcome.code));
    }
    let printed = records(outcome);
    let (Some(expected), Some(records)) = (&answer.printed, &printed) else {
        let is_same = answer.printed.is_none() == printed.is_none();
        return if is_same { Ok(()) } else { Err(format!("expected {answer:#?}")) };
    };
    // The ids of a dry run are in no row.
    let mut tried = names.clone();
    if !tried.are(expected, records) {
        return Err(format!("expected {expected:#?}\nfound {records:#?}"));
    }
    if !step.dry_run {
        *names = tried;
        if let Some(secret) = records.first().and_then(|record| record["token"].as_str()) {
            names.keep_secret(step.number, secret);
        }
    }
    Ok(())
}

/// Whether the audit rows with the printed change id are those of the command.
fn is_audited(
    answer: &Answer,
    outcome: &Outcome,
    seen: &Seen,
    names: &Names,
) -> Result<(), String> {
    let printed = records(outcome).unwrap_or_default();
    let Some(id) = printed.first().and_then(|record| record.get("change_id")) else {
        return Ok(());
    };
    let found = seen.audit.iter().filter(|(change, _)| Some(change.as_str()) == id.as_str());
    let found = found.map(|(_, row)| called(row, names)).collect();
    same("the audit rows of the change id", answer.audit.clone(), found)
}

fn same(what: &str, mut expected: Vec<String>, mut found: Vec<String>) -> Result<(), String> {
    expected.sort_unstable();
    found.sort_unstable();
    if expected == found {
        return Ok(());
    }
    Err(format!("{what}: expected {expected:#?}\nfound {found:#?}"))
}

/// `action|target`, with what the model calls the target.
fn called(row: &str, names: &Names) -> String {
    let (action, target) = row.split_once('|').unwrap();
    format!("{action}|{}", names.called(target))
}

/// The records that were printed, one or several.
fn records(outcome: &Outcome) -> Option<Vec<Value>> {
    if outcome.stdout.is_empty() {
        return None;
    }
    Some(match outcome.json() {
        Value::Array(records) => records,
        one => vec![one],
    })
}

fn is_newest_first(records: &[Value]) -> bool {
    let times: Vec<_> = records.iter().map(|record| record["created_at"].as_str()).collect();
    times.is_sorted_by(|one, next| one >= next)
}

/// All orders of so many commands, that in which they were started first.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut longer = Vec::new();
    for order in orders(count - 1) {
        for place in (0..count).rev() {
            let mut order = order.clone();
            order.insert(place, count - 1);
            longer.push(order);
        }
    }
    longer
}
