use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use chrono::{DateTime, Months, TimeDelta, Utc};

/// A duration as an operator writes it: `250ms 90s 30m 12h 7d 2w 6mo 1y`, or `0`.
///
/// `after` and `before` count months and years on the calendar, as PostgreSQL does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CalendarDuration {
    count: u32,
    unit: Unit,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Unit {
    suffix: &'static str,
    /// In milliseconds. A month counts as 30 days, a year as 365 days.
    millis: u64,
    /// In months; zero for units of fixed length.
    months: u32,
}

const SECOND: Unit = Unit { suffix: "s", millis: 1_000, months: 0 };

const UNITS: [Unit; 8] = [
    Unit { suffix: "ms", millis: 1, months: 0 },
    Unit { suffix: "mo", millis: 30 * 86_400_000, months: 1 },
    SECOND,
    Unit { suffix: "m", millis: 60_000, months: 0 },
    Unit { suffix: "h", millis: 3_600_000, months: 0 },
    Unit { suffix: "d", millis: 86_400_000, months: 0 },
    Unit { suffix: "w", millis: 7 * 86_400_000, months: 0 },
    Unit { suffix: "y", millis: 365 * 86_400_000, months: 12 },
];

/// 100 years, the longest duration.
const LONGEST_MILLIS: u64 = 100 * 365 * 86_400_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a duration is a number and a unit, such as 250ms 90s 30m 12h 7d 2w 6mo 1y, up to 100y")]
pub struct InvalidDuration;

impl CalendarDuration {
    pub const fn minutes(count: u32) -> Self {
        Self { count, unit: UNITS[3] }
    }

    pub const fn days(count: u32) -> Self {
        Self { count, unit: UNITS[5] }
    }

    /// The duration with months of 30 days and years of 365 days.
    pub fn as_std(&self) -> Duration {
        Duration::from_millis(u64::from(self.count) * self.unit.millis)
    }

    /// The instant this long after `instant`; `None` if chrono cannot represent it.
    pub fn after(&self, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.unit.months {
            0 => instant.checked_add_signed(TimeDelta::from_std(self.as_std()).ok()?),
            months => instant.checked_add_months(Months::new(self.count * months)),
        }
    }

    /// The instant this long before `instant`; `None` if chrono cannot represent it.
    pub fn before(&self, instant: DateTime<Utc>) -> Option<DateTime<Utc>> {
        match self.unit.months {
            0 => instant.checked_sub_signed(TimeDelta::from_std(self.as_std()).ok()?),
            months => instant.checked_sub_months(Months::new(self.count * months)),
        }
    }
}

impl FromStr for CalendarDuration {
    type Err = InvalidDuration;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Zero is the same in every unit.
        if text == "0" {
            return Ok(Self { count: 0, unit: SECOND });
        }
        let (number, unit) = UNITS
            .iter()
            .find_map(|unit| Some((text.strip_suffix(unit.suffix)?, *unit)))
            .ok_or(InvalidDuration)?;
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(InvalidDuration);
        }
        let count: u32 = number.parse().map_err(|_| InvalidDuration)?;
        match u64::from(count).checked_mul(unit.millis) {
            Some(millis) if millis <= LONGEST_MILLIS => Ok(Self { count, unit }),
            _ => Err(InvalidDuration),
        }
    }
}

impl fmt::Display for CalendarDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.count, self.unit.suffix)
    }
}

#[cfg(test)]
mod tests {
    use super::CalendarDuration;
    use chrono::DateTime;

    #[test]
    fn every_unit_is_read() -> Result<(), Box<dyn std::error::Error>> {
        let seconds =
            |text: &str| text.parse::<CalendarDuration>().map(|span| span.as_std().as_secs_f64());
        assert!((seconds("250ms")? - 0.25).abs() < 1e-9);
        for (text, expected) in
            [("90s", 90.0), ("30m", 1800.0), ("12h", 43200.0), ("2w", 1_209_600.0)]
        {
            assert!((seconds(text)? - expected).abs() < 1e-9, "{text}");
        }
        for bad in [
            "",
            "-1",
            "-1d",
            "1",
            "d",
            "1x",
            "99999y",
            "1.5h",
            "1 d",
            "+1d",
            "10000000000s",
            "4294967295y",
            // Its milliseconds overflow a `u64`.
            "584942418y",
        ] {
            assert!(bad.parse::<CalendarDuration>().is_err(), "{bad}");
        }
        Ok(())
    }

    #[test]
    fn months_are_those_of_the_calendar() -> Result<(), Box<dyn std::error::Error>> {
        let instant = DateTime::parse_from_rfc3339("2026-08-31T00:00:00Z")?.to_utc();
        let after =
            "6mo".parse::<CalendarDuration>()?.after(instant).map(|after| after.to_rfc3339());
        assert_eq!(after.as_deref(), Some("2027-02-28T00:00:00+00:00"));
        Ok(())
    }
}
