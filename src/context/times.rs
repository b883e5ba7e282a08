//! The instants that options mean.

use chrono::{DateTime, Utc};

use super::Context;
use crate::db::functions::transaction_time;
use crate::db::{Access, Database};
use crate::domain::TimeOrDuration;
use crate::error::{Error, Result};
use crate::output::rfc3339;

impl Context {
    /// The instant that an option means; `None` where it was not given. A duration is counted back
    /// from the database's clock, and a notice shows the result. `option` is the name, such as
    /// `--since`.
    pub fn ago(
        &mut self,
        database: &mut Database,
        option: &str,
        moment: Option<TimeOrDuration>,
    ) -> Result<Option<DateTime<Utc>>> {
        let span = match moment {
            None => return Ok(None),
            Some(TimeOrDuration::Time(instant)) => return Ok(Some(instant)),
            Some(TimeOrDuration::Duration(span)) => span,
        };
        let now = database.transaction(Access::READ, |conn| Ok(transaction_time(conn)?))?;
        let instant = span.before(now).ok_or_else(|| {
            Error::usage(format!("{option} reaches back before the calendar begins"))
        })?;
        self.terminal.notice(&format!("{option} {span} is {}", rfc3339(&instant)));
        Ok(Some(instant))
    }

    /// The start and the end that two options mean, as with `ago`. Fails where the start is after the end: the list
    /// would be empty, and not say why.
    pub fn between(
        &mut self,
        database: &mut Database,
        (after, start): (&str, Option<TimeOrDuration>),
        (before, end): (&str, Option<TimeOrDuration>),
    ) -> Result<[Option<DateTime<Utc>>; 2]> {
        let start = self.ago(database, after, start)?;
        let end = self.ago(database, before, end)?;
        match (start, end) {
            (Some(start), Some(end)) if start > end => Err(Error::usage(format!(
                "nothing lies between {after} {} and {before} {}: the first has to be the earlier one",
                rfc3339(&start),
                rfc3339(&end)
            ))),
            both => Ok(both.into()),
        }
    }
}
