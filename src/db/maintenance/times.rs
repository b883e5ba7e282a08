//! Columns with times that get a zone, or lose it.

use super::actual_schema::ActualColumn;
use super::sql_type::kind_and_length;
use super::time_default::TimeDefault;

pub const WITH_ZONE: &str = "timestamp with time zone";
pub const WITHOUT_ZONE: &str = "timestamp without time zone";
/// The service writes UTC, with and without a zone. A cast alone would read and write the session's time.
pub const UTC: &str = "{} at time zone 'utc'";

/// What to do where a column gets a zone, or loses it, and its default does not say that its times are in UTC.
pub fn by_hand(table: &str, found: &ActualColumn, wanted: &str) -> Option<String> {
    let (kind, _) = kind_and_length(&found.sql_type);
    let gets_zone = kind == WITHOUT_ZONE && wanted == WITH_ZONE;
    let loses_zone = kind == WITH_ZONE && wanted == WITHOUT_ZONE;
    if !gets_zone && !loses_zone {
        return None;
    }
    let default = found.default.as_deref()?;
    let (now, is_now) = match TimeDefault::of(default, &kind) {
        TimeDefault::Constant => return None,
        TimeDefault::NowInUtc(_) if gets_zone => return None,
        TimeDefault::Now(_) if !gets_zone || found.zone.is_none() => return None,
        TimeDefault::Now(now) => (Some(now), true),
        TimeDefault::NowInUtc(_) | TimeDefault::Other => (None, false),
    };
    let name = &found.name;
    let set = now.map(|now| format!(", alter column {name} set default {now}")).unwrap_or_default();
    let convert = |zone: &str| {
        let zone = zone.replace('\'', "''");
        format!(
            "alter table {table} alter column {name} drop default, alter column {name} type {wanted} \
             using {name} at time zone '{zone}'{set}"
        )
    };
    let in_utc = convert("utc");
    Some(match found.zone.as_deref().filter(|_| gets_zone) {
        Some(zone) => format!(
            "where the rows have local time, {}: {}; or where they have UTC: {in_utc}",
            if is_now { "as their default writes it" } else { "which their default may write" },
            convert(zone)
        ),
        None => {
            format!("{in_utc} -- its default was {default}; give it one that suits the new type")
        }
    })
}

/// A default as the values are converted. The current time is an instant, which a column that gets a zone takes
/// as it is.
pub fn default_after(default: &str, expression: &str, found: &ActualColumn) -> String {
    let kind = kind_and_length(&found.sql_type).0;
    let now = match TimeDefault::of(default, &kind) {
        TimeDefault::Now(now) | TimeDefault::NowInUtc(now) if expression == UTC => Some(now),
        _ => None,
    };
    match now {
        Some(now) if kind == WITHOUT_ZONE => now,
        now => {
            let default = now.as_deref().unwrap_or(default);
            expression.replace("{}", &format!("(({default})::{})", found.sql_type))
        }
    }
}
