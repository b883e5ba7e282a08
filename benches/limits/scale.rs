use std::env;

const VARIABLE: &str = "IAMCTL_BENCH_SCALE";

/// The share of the full sizes to measure.
#[derive(Debug, Clone, Copy)]
pub struct Scale(pub f64);

impl Scale {
    pub fn from_environment() -> Self {
        let share = match env::var(VARIABLE).as_deref() {
            Err(_) | Ok("") => Some(0.1),
            Ok("full") => Some(1.0),
            Ok(number) => number.parse().ok().filter(|share| *share > 0.0 && *share <= 1.0),
        };
        Self(share.unwrap_or_else(|| {
            panic!("{VARIABLE} must be `full` or a number above 0 and at most 1")
        }))
    }

    /// The number of rows to use for one million.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the share is above 0 and at most 1"
    )]
    pub fn million(self) -> u32 {
        (self.0 * 1e6).round() as u32
    }
}

/// Formats a number of rows as docs/behaviour.md does: `2 M`, `200 k`.
pub fn written(rows: u32) -> String {
    match rows {
        rows if rows >= 1_000_000 => format!("{} M", f64::from(rows) / 1e6),
        rows => format!("{} k", f64::from(rows) / 1e3),
    }
}
