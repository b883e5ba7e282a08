//! The end of a lifetime, as the statement that issues something counts it from its own clock.

use diesel::data_types::PgInterval;
use diesel::sql_types::{Interval, Timestamptz};

use crate::db::filter::Query;
use crate::domain::TimeOrDuration;

/// SQL: the instant that the moment means, over the parameter of `bind`.
pub fn end(moment: TimeOrDuration, parameter: usize) -> String {
    match moment {
        TimeOrDuration::Time(_) => format!("${parameter}::timestamptz"),
        // On the calendar of UTC, whatever time zone the session has.
        TimeOrDuration::Duration(_) => {
            format!("((now() at time zone 'utc' + ${parameter}::interval) at time zone 'utc')")
        }
    }
}

pub fn bind(query: Query<'_>, moment: TimeOrDuration) -> Query<'_> {
    let span = match moment {
        TimeOrDuration::Time(instant) => return query.bind::<Timestamptz, _>(instant),
        TimeOrDuration::Duration(span) => span,
    };
    let (months, rest) = span.parts();
    // A span is 100 years at most.
    let interval = PgInterval {
        months: i32::try_from(months).unwrap_or(i32::MAX),
        days: 0,
        microseconds: i64::try_from(rest.as_micros()).unwrap_or(i64::MAX),
    };
    query.bind::<Interval, _>(interval)
}
