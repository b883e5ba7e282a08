use std::cmp::Ordering;
use std::ops::{Deref, RangeInclusive};

use chrono::{DateTime, Utc};

/// A time as a row holds it, which may be `infinity` or beyond chrono's calendar: reading never
/// fails on a row that the database accepted.
///
/// It compares as in the database, and is written back as it was read. Its `DateTime` is the first or
/// the last instant of chrono where the time is infinity or beyond the calendar.
#[derive(Debug, Clone, Copy)]
pub struct StoredTime {
    /// Since 2000; the ends of the range are infinity.
    microseconds: i64,
    time: DateTime<Utc>,
}

/// Microseconds from 1970, where chrono counts from, to 2000, where PostgreSQL does.
const OFFSET: i64 = 946_684_800_000_000;

impl StoredTime {
    /// In microseconds since 2000: the first timestamp that PostgreSQL accepts, in 4714 BC.
    pub const EARLIEST: i64 = -211_813_488_000_000_000;

    /// In microseconds since 2000: the first of the year 1, and the last of the year 9999. Other times have
    /// no form in RFC 3339.
    const USUAL: RangeInclusive<i64> = -63_082_281_600_000_000..=252_455_615_999_999_999;

    /// Whether it is neither infinite nor outside of the years 1 to 9999.
    pub fn is_usual(self) -> bool {
        Self::USUAL.contains(&self.microseconds)
    }

    /// The first and the last time that is usual.
    pub fn usual() -> (Self, Self) {
        let (first, last) = Self::USUAL.into_inner();
        (Self::from_microseconds(first), Self::from_microseconds(last))
    }

    /// PostgreSQL's own form: microseconds since 2000, the ends of the range being infinity.
    pub fn from_microseconds(microseconds: i64) -> Self {
        let beyond =
            if microseconds < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC };
        let time = microseconds.checked_add(OFFSET).and_then(DateTime::from_timestamp_micros);
        Self { microseconds, time: time.unwrap_or(beyond) }
    }

    /// The reverse of `from_microseconds`.
    pub fn microseconds(self) -> i64 {
        self.microseconds
    }
}

impl PartialEq for StoredTime {
    fn eq(&self, other: &Self) -> bool {
        self.microseconds == other.microseconds
    }
}

impl Eq for StoredTime {}

impl PartialOrd for StoredTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for StoredTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.microseconds.cmp(&other.microseconds)
    }
}

impl From<DateTime<Utc>> for StoredTime {
    fn from(time: DateTime<Utc>) -> Self {
        let microseconds = if time == DateTime::<Utc>::MIN_UTC {
            i64::MIN
        } else if time == DateTime::<Utc>::MAX_UTC {
            i64::MAX
        } else {
            time.timestamp_micros() - OFFSET
        };
        Self { microseconds, time }
    }
}

impl Deref for StoredTime {
    type Target = DateTime<Utc>;

    fn deref(&self) -> &Self::Target {
        &self.time
    }
}

#[cfg(test)]
mod tests {
    use super::StoredTime;

    #[test]
    fn usual_times_have_years_of_four_digits() {
        let (first, last) = StoredTime::usual();
        assert_eq!(first.to_rfc3339(), "0001-01-01T00:00:00+00:00");
        assert_eq!(last.to_rfc3339(), "9999-12-31T23:59:59.999999+00:00");
        assert!(first.is_usual() && last.is_usual());
        for microseconds in [i64::MIN, first.microseconds - 1, last.microseconds + 1, i64::MAX] {
            assert!(!StoredTime::from_microseconds(microseconds).is_usual());
        }
    }

    #[test]
    fn a_time_beyond_the_calendar_is_kept_and_shown_as_its_end() {
        for microseconds in [i64::MIN, -1, 0, 1, 825_000_000_000_000, i64::MAX] {
            assert_eq!(StoredTime::from_microseconds(microseconds).microseconds(), microseconds);
        }
        // The last timestamp that PostgreSQL accepts, in the year 294276.
        let last = 9_223_371_331_199_999_999;
        let (last, infinity) =
            (StoredTime::from_microseconds(last), StoredTime::from_microseconds(i64::MAX));
        assert_eq!(*last, *infinity);
        assert!(last < infinity);
        assert_eq!(last.microseconds(), 9_223_371_331_199_999_999);
        assert_eq!(StoredTime::from_microseconds(0).to_rfc3339(), "2000-01-01T00:00:00+00:00");
    }
}
