use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::db::Access;
use crate::db::codes::{self, Stats};
use crate::db::functions::transaction_time;
use crate::domain::{CodeKind, TimeOrDuration};
use crate::error::{Error, Result};
use crate::output::{Column, Prints, Record, field, rfc3339, shown};

/// Count live and expired codes
///
/// One row for each table. With --max-age it exits with 5 if a purge is overdue, for alerts.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::list::<Stats>())]
pub struct Args {
    /// Exit with 5 if codes expired longer ago than this
    ///
    /// Or before this time, and are still there.
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    max_age: Option<TimeOrDuration>,
}

const EXAMPLES: &str = r#"
$ iamctl code stats
TABLE                LIVE  EXPIRED  OLDEST_EXPIRED        BYTES
verification_codes   1     1        2026-11-26T11:10:25Z  90112
authorization_codes  1     0        -                     90112

$ iamctl code stats --max-age 2d
TABLE                LIVE  EXPIRED  OLDEST_EXPIRED        BYTES
verification_codes   1     1        2026-11-26T11:10:26Z  90112
authorization_codes  1     0        -                     90112
"#;

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let mut rows = context.output.list::<Stats>()?;
    let (tables, now) = context.connect()?.transaction(Access::READ.bulk(true), |conn| {
        let tables = CodeKind::ALL.into_iter().map(|kind| codes::stats(conn, kind));
        let tables = tables.collect::<diesel::QueryResult<Vec<_>>>()?;
        Ok((tables, transaction_time(conn)?))
    })?;
    let printed = tables.iter().try_for_each(|table| rows.push(table)).and_then(|()| rows.finish());

    let Some(max_age) = &args.max_age else { return printed };
    let limit = max_age
        .ago(now)
        .ok_or_else(|| Error::usage("--max-age reaches back before the calendar begins"))?;
    let overdue: Vec<_> = tables
        .iter()
        .filter_map(|stats| Some((stats.table, stats.oldest_expired?)))
        .filter(|(_, oldest)| **oldest < limit)
        .map(|(table, oldest)| format!("{table} has a code that expired at {}", rfc3339(&oldest)))
        .collect();
    if overdue.is_empty() {
        return printed;
    }
    Err(Error::Refused(format!(
        "a purge is overdue: {} (--max-age is {}). Run `iamctl purge`",
        overdue.join("; "),
        rfc3339(&limit)
    )))
}

impl Record for Stats {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("table"), |stats| stats.table.into()),
            shown(field::integer("live"), |stats| stats.live.into()),
            shown(field::integer("expired"), |stats| stats.expired.into()),
            shown(field::time("oldest_expired").or_null(), |stats| stats.oldest_expired.into()),
            shown(field::integer("bytes"), |stats| stats.bytes.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.table.to_owned())
    }
}
