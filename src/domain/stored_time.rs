use std::ops::Deref;

use chrono::{DateTime, Utc};

/// A time as a row holds it, which may be `infinity` or beyond chrono's calendar: reading never
/// fails on a row that the database accepted.
///
/// A time beyond the calendar becomes the first or the last instant of chrono, which stands for
/// infinity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct StoredTime(DateTime<Utc>);

/// Microseconds from 1970, where chrono counts from, to 2000, where PostgreSQL does.
const OFFSET: i64 = 946_684_800_000_000;

impl StoredTime {
    /// In microseconds since 2000: the first timestamp that PostgreSQL accepts, in 4714 BC.
    pub const EARLIEST: i64 = -211_813_488_000_000_000;

    /// PostgreSQL's own form: microseconds since 2000, the ends of the range being infinity.
    pub fn from_microseconds(microseconds: i64) -> Self {
        let beyond =
            if microseconds < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        let time = microseconds.checked_add(OFFSET).and_then(DateTime::from_timestamp_micros);
        Self(time.unwrap_or(beyond))
    }

    /// The reverse of `from_microseconds`.
    pub fn microseconds(self) -> i64 {
        if self.0 == DateTime::<Utc>::MIN_UTC {
            i64::MIN
        } else if self.0 == DateTime::<Utc>::MAX_UTC {
            i64::MAX
        } else {
            self.0.timestamp_micros() - OFFSET
        }
    }
}

impl From<DateTime<Utc>> for StoredTime {
    fn from(time: DateTime<Utc>) -> Self {
        Self(time)
    }
}

impl Deref for StoredTime {
    type Target = DateTime<Utc>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::StoredTime;

    #[test]
    fn what_is_beyond_the_calendar_is_infinity() {
        for microseconds in [i64::MIN, -1, 0, 1, 825_000_000_000_000, i64::MAX] {
            assert_eq!(StoredTime::from_microseconds(microseconds).microseconds(), microseconds);
        }
        // The last timestamp that PostgreSQL accepts, in the year 294276.
        let last = 9_223_371_331_199_999_999;
        assert_eq!(StoredTime::from_microseconds(last), StoredTime::from_microseconds(i64::MAX));
        assert_eq!(StoredTime::from_microseconds(0).to_rfc3339(), "2000-01-01T00:00:00+00:00");
    }
}
