use std::time::{Duration, SystemTime};

use chrono::{DateTime, TimeDelta, Utc};

use super::report::{Checked, refuse_findings};
use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::functions::clock;
use crate::db::maintenance::citus::Citus;
use crate::db::maintenance::finding::Finding;
use crate::db::maintenance::{
    actual_schema, additions, audit_check, citus, interceptors, namespace, references, row_check,
    schema_check,
};
use crate::db::{Access, Database};
use crate::error::Result;
use crate::output::Prints;

/// Check tables, rights and rows, and list what is wrong
///
/// One line for each finding, with what to do; exits with 5 if any failed. Warnings do not fail:
/// foreign keys and constraints of other programs, which may keep or refuse rows. Finds missing
/// columns, keys and indexes, row security, rules and triggers that keep rows, roles that may create in
/// the schema, orphans, and rows that the service cannot use. It reads whole tables; `iamctl doctor` is
/// quick.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Checked>())]
pub struct Args {}

const EXAMPLES: &str = r#"
$ iamctl db check
TABLE  OBJECT  STATUS  PROBLEM  ADVICE
no problems found
"#;

pub fn run(_args: &Args, context: &mut Context) -> Result<()> {
    let mut database = context.connect()?;
    let (mut found, warnings) = database.transaction(Access::READ.bulk(true), |conn| {
        let actual = actual_schema::read(conn)?;
        let mut found = schema_check::columns(&actual);
        found.extend(schema_check::keys(&actual));
        found.extend(additions::findings(&actual));
        found.extend(audit_check::findings(conn)?);
        found.extend(interceptors::findings(conn)?);
        found.extend(namespace::creators(conn)?.findings());
        found.extend(row_check::unusable(conn, &actual)?);
        let mut warnings = additions::warnings(&actual);
        warnings.extend(references::warnings(&references::read(conn)?));
        if let Some(citus) = citus::read(conn)?.filter(|citus| !citus.is_plain()) {
            let level = if citus.is_supported() { &mut warnings } else { &mut found };
            level.push(layout(&citus));
        }
        Ok((found, warnings))
    })?;
    found.extend(clock_finding(&mut database)?);
    let all: Vec<_> = found
        .into_iter()
        .map(Checked::failed)
        .chain(warnings.into_iter().map(Checked::warning))
        .collect();
    refuse_findings(&all, "is not as it should be", context)?;
    if all.is_empty() {
        context.terminal.notice("no problems found");
    }
    Ok(())
}

fn layout(citus: &Citus) -> Finding {
    Finding {
        table: "users",
        object: "citus".to_owned(),
        problem: citus.to_string(),
        advice: "docs/growing.md says what works on Citus, and in which layouts".to_owned(),
    }
}

/// The largest difference between two clocks that is not a finding.
pub const TOLERANCE: TimeDelta = TimeDelta::seconds(5);

fn clock_finding(database: &mut Database) -> Result<Option<Finding>> {
    let difference = difference(database)?;
    Ok((difference.abs() > TOLERANCE).then(|| Finding {
        table: "users",
        object: "clock".to_owned(),
        problem: described(difference),
        advice: "set the clocks; the database's clock decides what has expired".to_owned(),
    }))
}

/// How far the database's clock is ahead of this machine's, or behind it.
pub fn described(difference: TimeDelta) -> String {
    let distance = difference.abs();
    let amount = match distance.num_milliseconds() {
        0 => return "the database's clock is less than 1 ms from this machine's".to_owned(),
        milliseconds @ ..2000 => format!("{milliseconds} ms"),
        _ => format!("{} s", distance.num_seconds()),
    };
    let direction = if difference < TimeDelta::zero() { "behind" } else { "ahead of" };
    format!("the database's clock is {amount} {direction} this machine's")
}

/// How far the database's clock is ahead of this machine's clock; negative where it is behind.
pub fn difference(database: &mut Database) -> Result<TimeDelta> {
    let before = SystemTime::now();
    let theirs = database.transaction(Access::READ, |conn| Ok(clock(conn)?))?;
    let half = before.elapsed().unwrap_or(Duration::ZERO) / 2;
    let ours: DateTime<Utc> = (before + half).into();
    Ok(theirs - ours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_ahead_or_behind_by_no_negative_amount() {
        for (difference, expected) in [
            (TimeDelta::microseconds(-999), "less than 1 ms from"),
            (TimeDelta::milliseconds(-1), "1 ms behind"),
            (TimeDelta::milliseconds(1999), "1999 ms ahead of"),
            (TimeDelta::milliseconds(-7500), "7 s behind"),
        ] {
            let expected = format!("the database's clock is {expected} this machine's");
            assert_eq!(described(difference), expected);
        }
    }
}
