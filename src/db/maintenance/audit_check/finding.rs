//! A finding on the audit log.

use crate::db::maintenance::expected_schema::AUDIT_LOG;
use crate::db::maintenance::finding::Finding;

pub fn finding(
    object: impl Into<String>,
    problem: impl Into<String>,
    advice: impl Into<String>,
) -> Finding {
    Finding {
        table: AUDIT_LOG,
        object: object.into(),
        problem: problem.into(),
        advice: advice.into(),
    }
}

/// One field that differs, and how `alter table` sets it right.
pub struct Difference {
    pub problem: String,
    pub clause: String,
}

/// All differences of an object as one finding; `None` where there is none.
pub fn altered(object: &str, differences: Vec<Difference>) -> Option<Finding> {
    if differences.is_empty() {
        return None;
    }
    let (problems, clauses): (Vec<_>, Vec<_>) =
        differences.into_iter().map(|it| (it.problem, it.clause)).unzip();
    let advice = format!("alter table {AUDIT_LOG} {}", clauses.join(", "));
    Some(finding(object, problems.join("; "), advice))
}
