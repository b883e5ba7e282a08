use chrono::{DateTime, Utc};

use crate::domain::{CalendarDuration, TimeOrDuration};
use crate::error::{Error, Result};

/// How long what is issued lives.
#[derive(Debug, Clone, clap::Args)]
pub struct Expiry {
    /// Lifetime: 90s, 12h, 7d, 6mo [default: 90d]
    ///
    /// Or the time until which it is valid, such as 2027-01-31. `iamctl help times` lists the forms.
    #[arg(long, value_name = "DURATION", allow_hyphen_values = true)]
    expires_in: Option<TimeOrDuration>,
    /// Valid until this time: 2027-01-31
    ///
    /// As a date, or as 2027-01-31T12:00:00Z.
    #[arg(
        long,
        value_name = "TIME",
        allow_hyphen_values = true,
        conflicts_with = "expires_in",
        hide_short_help = true
    )]
    expires_at: Option<TimeOrDuration>,
}

impl Expiry {
    fn chosen(&self, default: CalendarDuration) -> TimeOrDuration {
        self.expires_in.or(self.expires_at).unwrap_or(TimeOrDuration::Duration(default))
    }

    /// How long, for a question: "for 90d", "until 2027-01-31T00:00:00Z".
    pub fn described(&self, default: CalendarDuration) -> String {
        match self.chosen(default) {
            TimeOrDuration::Duration(span) => format!("for {span}"),
            TimeOrDuration::Time(time) => format!("until {}", crate::output::rfc3339(&time)),
        }
    }

    /// The end of the lifetime, counted from `now`, the database's clock; `default` where no option
    /// was given. Fails where it would end at or before `now`.
    pub fn end_after(
        &self,
        now: DateTime<Utc>,
        default: CalendarDuration,
    ) -> Result<DateTime<Utc>> {
        match self.chosen(default).after(now) {
            Some(end) if end > now => Ok(end),
            Some(end) => Err(Error::usage(format!(
                "it would expire at once: {} is not after the database's clock, {}",
                crate::output::rfc3339(&end),
                crate::output::rfc3339(&now)
            ))),
            None => Err(Error::usage("the lifetime ends after the last possible time")),
        }
    }
}
