use std::str::FromStr;

use chrono::{DateTime, NaiveDate, Utc};

use super::calendar_duration::CalendarDuration;

/// A time or a duration: RFC 3339, `YYYY-MM-DD` (UTC midnight), or a `CalendarDuration` counted
/// from the database's clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeOrDuration {
    Time(DateTime<Utc>),
    Duration(CalendarDuration),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "give a time, such as 2027-01-31 or 2027-01-31T12:00:00Z, or a duration, such as 90s 30m 12h \
     7d 2w 6mo 1y, up to 100y"
)]
pub struct InvalidTimeOrDuration;

impl TimeOrDuration {
    /// The time, or the duration after `now`; `None` if chrono cannot represent the result.
    pub fn after(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Time(instant) => Some(*instant),
            Self::Duration(span) => span.after(now),
        }
    }

    /// The time, or the duration before `now`; `None` if chrono cannot represent the result.
    pub fn ago(&self, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self {
            Self::Time(instant) => Some(*instant),
            Self::Duration(span) => span.before(now),
        }
    }
}

impl FromStr for TimeOrDuration {
    type Err = InvalidTimeOrDuration;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(span) = text.parse() {
            return Ok(Self::Duration(span));
        }
        if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return date
                .and_hms_opt(0, 0, 0)
                .map(|time| Self::Time(time.and_utc()))
                .ok_or(InvalidTimeOrDuration);
        }
        DateTime::parse_from_rfc3339(text)
            .map(|time| Self::Time(time.to_utc()))
            .map_err(|_| InvalidTimeOrDuration)
    }
}

#[cfg(test)]
mod tests {
    use super::TimeOrDuration;
    use chrono::DateTime;

    #[test]
    fn a_time_or_a_duration() -> Result<(), Box<dyn std::error::Error>> {
        let now = DateTime::parse_from_rfc3339("2026-01-01T00:00:00Z")?.to_utc();
        let ago = |text: &str| {
            text.parse::<TimeOrDuration>().ok()?.ago(now).map(|then| then.to_rfc3339())
        };
        assert_eq!(ago("1d").as_deref(), Some("2025-12-31T00:00:00+00:00"));
        assert_eq!(ago("2025-01-02").as_deref(), Some("2025-01-02T00:00:00+00:00"));
        assert_eq!(ago("2025-01-02T03:04:05+01:00").as_deref(), Some("2025-01-02T02:04:05+00:00"));
        for bad in ["", "yesterday", "-1", "99999y", "2025-13-01"] {
            assert!(bad.parse::<TimeOrDuration>().is_err(), "{bad}");
        }
        Ok(())
    }
}
