//! How findings are printed, and what they mean for the exit code.

use crate::context::Context;
use crate::db::maintenance::schema_check::Finding;
use crate::error::{Error, Result};
use crate::output::{Cell, Column, Record, shown};

/// Prints the findings; any is `refused`. `what` the database is, such as "cannot be adopted".
pub fn refuse(findings: &[Finding], what: &str, context: &Context) -> Result<()> {
    let mut rows = context.output.list::<Finding>()?;
    let printed =
        findings.iter().try_for_each(|finding| rows.push(finding)).and_then(|()| rows.finish());
    match findings.len() {
        0 => printed,
        count => Err(Error::Refused(format!("the database {what}: {count} findings"))),
    }
}

impl Record for Finding {
    fn columns() -> Vec<Column> {
        vec![shown("table"), shown("object"), shown("problem"), shown("advice")]
    }

    fn cells(&self) -> Vec<Cell<'_>> {
        vec![
            self.table.into(),
            self.object.as_str().into(),
            self.problem.as_str().into(),
            self.advice.as_str().into(),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.object.clone())
    }
}
