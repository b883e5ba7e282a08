//! Prints findings, and turns them into an exit code.

use crate::context::Context;
use crate::db::maintenance::finding::Finding;
use crate::db::maintenance::namespace;
use crate::db::{Access, Database};
use crate::domain::counted;
use crate::error::{Error, Result};
use crate::output::{Column, Record, columns_of, field, shown};

/// Prints the findings. Fails with `refused` if there are any. The message says that the database
/// `what`, such as "cannot be adopted yet".
pub fn refuse(findings: &[Finding], what: &str, context: &Context) -> Result<()> {
    let printed = context.output.list::<Finding>()?.all(findings);
    fail_for(findings.len(), what, printed)
}

fn fail_for(findings: usize, what: &str, printed: Result<()>) -> Result<()> {
    if findings == 0 {
        return printed;
    }
    Err(Error::Refused(format!("the database {what}: {}", counted(findings, "finding"))))
}

/// What `db check` found, and whether it fails for it.
pub struct Checked {
    finding: Finding,
    is_warning: bool,
}

impl Checked {
    pub fn failed(finding: Finding) -> Self {
        Self { finding, is_warning: false }
    }

    pub fn warning(finding: Finding) -> Self {
        Self { finding, is_warning: true }
    }
}

/// The same as `refuse`, but warnings do not make it fail.
pub fn refuse_findings(all: &[Checked], what: &str, context: &Context) -> Result<()> {
    let printed = context.output.list::<Checked>()?.all(all);
    fail_for(all.iter().filter(|checked| !checked.is_warning).count(), what, printed)
}

/// Tells where others may create in the schema of the tables, and how to end it.
pub fn warn_of_creators(database: &mut Database, context: &mut Context) -> Result<()> {
    let creators =
        database.transaction(Access::INSPECTION, |conn| Ok(namespace::creators(conn)?))?;
    if let Some(warning) = creators.warning() {
        context.terminal.notice(&warning);
    }
    Ok(())
}

impl Record for Checked {
    fn columns() -> Vec<Column<Self>> {
        let mut columns = columns_of(|checked: &Self| &checked.finding);
        columns.insert(
            2,
            shown(field::one_of("status", ["warning", "failed"]), |checked: &Self| {
                if checked.is_warning { "warning" } else { "failed" }.into()
            }),
        );
        columns
    }

    fn id(&self) -> Option<String> {
        self.finding.id()
    }
}

impl Record for Finding {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("table"), |finding| finding.table.into()),
            shown(field::text("object"), |finding| finding.object.as_str().into()),
            shown(field::text("problem"), |finding| finding.problem.as_str().into()),
            shown(field::text("advice"), |finding| finding.advice.as_str().into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.object.clone())
    }
}
