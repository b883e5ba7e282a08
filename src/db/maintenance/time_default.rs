//! What the default of a column says of the times in its rows, as `pg_get_expr` prints it.

/// Of a column with times.
#[derive(Debug, PartialEq, Eq)]
pub enum TimeDefault {
    /// The same for each row.
    Constant,
    /// The current time, as an expression of an instant. In a column without a zone it is that of the
    /// session's zone.
    Now(String),
    /// The current time in UTC, without a zone; the expression is that of the instant.
    NowInUtc(String),
    /// Whether the times are in UTC only the operator knows.
    Other,
}

const FUNCTIONS: [&str; 4] =
    ["now()", "clock_timestamp()", "statement_timestamp()", "transaction_timestamp()"];

impl TimeDefault {
    /// The default of a column of the type `kind`, which has no precision.
    pub fn of(default: &str, kind: &str) -> Self {
        if let Some(now) = now(without_casts(default)) {
            return Self::Now(now);
        }
        if let Some(now) = in_utc(default) {
            return Self::NowInUtc(now);
        }
        if is_constant(default, kind) { Self::Constant } else { Self::Other }
    }
}

/// The current time, which has a zone in whatever way the default is written.
fn now(expression: &str) -> Option<String> {
    if FUNCTIONS.contains(&expression) {
        return Some(expression.to_owned());
    }
    let words = ["CURRENT_TIMESTAMP", "LOCALTIMESTAMP"];
    let precision = words.iter().find_map(|word| expression.strip_prefix(word))?;
    let digit = precision.strip_prefix('(').and_then(|it| it.strip_suffix(')'));
    let is_precision = digit.is_some_and(|digit| digit.parse::<u8>().is_ok());
    (precision.is_empty() || is_precision).then(|| format!("CURRENT_TIMESTAMP{precision}"))
}

/// Without casts from one type of time to the other, as in
/// `((now())::timestamp with time zone)::timestamp(0) without time zone`.
fn without_casts(mut expression: &str) -> &str {
    while let Some((inner, sql_type)) =
        expression.strip_prefix('(').and_then(|rest| rest.rsplit_once(")::"))
    {
        let is_time = sql_type.starts_with("timestamp")
            && [" with time zone", " without time zone"].iter().any(|it| sql_type.ends_with(it));
        if !is_time {
            break;
        }
        expression = inner;
    }
    expression
}

/// Of `(now() AT TIME ZONE 'utc'::text)` and of `timezone('utc'::text, now())` the current time.
fn in_utc(expression: &str) -> Option<String> {
    let inner = |start, end| expression.strip_prefix(start)?.strip_suffix(end);
    let (time, zone) = if let Some(inner) = inner("(", "'::text)") {
        inner.split_once(" AT TIME ZONE '")?
    } else {
        let (zone, time) = inner("timezone('", ")")?.split_once("'::text, ")?;
        (time, zone)
    };
    let is_utc = ["utc", "gmt", "etc/utc"].contains(&zone.to_ascii_lowercase().as_str());
    // At a time zone, a LOCALTIMESTAMP would get one.
    now(time).filter(|_| is_utc && !time.starts_with("LOCAL"))
}

/// A literal of the column's own type: one of another is cast in the zone of the session.
fn is_constant(expression: &str, kind: &str) -> bool {
    expression.starts_with("NULL::")
        || expression
            .strip_prefix('\'')
            .and_then(|rest| rest.split_once("'::"))
            .is_some_and(|(_, sql_type)| sql_type == kind)
}

#[cfg(test)]
mod tests {
    use super::TimeDefault::{self, Constant, Now, NowInUtc, Other};

    const WITHOUT: &str = "timestamp without time zone";

    #[test]
    fn the_current_time_is_known_however_it_is_written() {
        for (default, now) in [
            ("now()", "now()"),
            ("clock_timestamp()", "clock_timestamp()"),
            ("statement_timestamp()", "statement_timestamp()"),
            ("transaction_timestamp()", "transaction_timestamp()"),
            ("CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP"),
            ("CURRENT_TIMESTAMP(3)", "CURRENT_TIMESTAMP(3)"),
            ("LOCALTIMESTAMP", "CURRENT_TIMESTAMP"),
            ("LOCALTIMESTAMP(0)", "CURRENT_TIMESTAMP(0)"),
            ("(now())::timestamp without time zone", "now()"),
            ("(CURRENT_TIMESTAMP)::timestamp(0) without time zone", "CURRENT_TIMESTAMP"),
            (
                "((clock_timestamp())::timestamp(0) with time zone)::timestamp without time zone",
                "clock_timestamp()",
            ),
        ] {
            assert_eq!(TimeDefault::of(default, WITHOUT), Now(now.to_owned()), "{default}");
        }
        for default in ["(now() AT TIME ZONE 'utc'::text)", "timezone('UTC'::text, now())"] {
            assert_eq!(
                TimeDefault::of(default, WITHOUT),
                NowInUtc("now()".to_owned()),
                "{default}"
            );
        }
    }

    #[test]
    fn a_literal_is_constant_only_in_the_type_of_the_column() {
        for default in ["'2024-01-01 00:00:00'::timestamp without time zone", "NULL::timestamp"] {
            assert_eq!(TimeDefault::of(default, WITHOUT), Constant, "{default}");
        }
        for default in [
            "'2024-01-01 00:00:00+00'::timestamp with time zone",
            "('now'::text)::timestamp without time zone",
            "(now() + '01:00:00'::interval)",
            "(now() AT TIME ZONE 'Asia/Kolkata'::text)",
            "(LOCALTIMESTAMP AT TIME ZONE 'utc'::text)",
            "((now())::date)::timestamp without time zone",
            "CURRENT_DATE",
            "their_now()",
        ] {
            assert_eq!(TimeDefault::of(default, WITHOUT), Other, "{default}");
        }
    }
}
