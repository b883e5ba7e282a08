//! Times as people say them.

use chrono::{DateTime, TimeDelta, Utc};

use super::rfc3339;

/// The time seen from `now`, such as `in 3 days` or `2 h ago`. Rounded down: `in 3 days` is at least three.
pub fn relative_time(time: DateTime<Utc>, now: DateTime<Utc>) -> String {
    if time == DateTime::<Utc>::MIN_UTC || time == DateTime::<Utc>::MAX_UTC {
        return rfc3339(&time);
    }
    let distance = time - now;
    if distance.num_seconds() == 0 {
        return "now".to_owned();
    }
    let amount = amount(distance.abs());
    if distance > TimeDelta::zero() { format!("in {amount}") } else { format!("{amount} ago") }
}

/// The distance in its largest unit of which there are two or more; days up to two months.
fn amount(distance: TimeDelta) -> String {
    let days = distance.num_days();
    match () {
        () if distance < TimeDelta::minutes(2) => format!("{} s", distance.num_seconds()),
        () if distance < TimeDelta::hours(2) => format!("{} min", distance.num_minutes()),
        () if days < 2 => format!("{} h", distance.num_hours()),
        () if days < 61 => format!("{days} days"),
        () if days < 2 * 365 => format!("{} months", days * 12 / 365),
        () => format!("{} years", days / 365),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_from_now() {
        let now = DateTime::<Utc>::UNIX_EPOCH;
        for (distance, future, past) in [
            (TimeDelta::milliseconds(999), "now", "now"),
            (TimeDelta::seconds(1), "in 1 s", "1 s ago"),
            (TimeDelta::seconds(119), "in 119 s", "119 s ago"),
            (TimeDelta::seconds(120), "in 2 min", "2 min ago"),
            (TimeDelta::minutes(119), "in 119 min", "119 min ago"),
            (TimeDelta::hours(2), "in 2 h", "2 h ago"),
            (TimeDelta::hours(47), "in 47 h", "47 h ago"),
            (TimeDelta::hours(48), "in 2 days", "2 days ago"),
            (TimeDelta::days(60), "in 60 days", "60 days ago"),
            (TimeDelta::days(61), "in 2 months", "2 months ago"),
            (TimeDelta::days(729), "in 23 months", "23 months ago"),
            (TimeDelta::days(730), "in 2 years", "2 years ago"),
        ] {
            assert_eq!(relative_time(now + distance, now), future);
            assert_eq!(relative_time(now - distance, now), past);
        }
        assert_eq!(relative_time(DateTime::<Utc>::MAX_UTC, now), "infinity");
    }
}
