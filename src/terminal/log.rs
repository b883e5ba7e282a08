//! Lines on standard error: for people, for the journal of systemd, or for a log of JSON.

use std::env;
use std::fmt::Display;
use std::io::{Write as _, stderr};
use std::sync::OnceLock;

use chrono::{SecondsFormat, Utc};
use clap::ValueEnum;
use nix::sys::stat::fstat;
use serde_json::{Value, json};

use crate::domain::printable;

/// What notices and errors look like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
    /// Text with a priority before each line, such as `<4>`, for systemd's journal
    Journal,
}

/// How much a line matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    Error,
    Warning,
    Notice,
    Info,
}

impl Level {
    pub const ALL: [Self; 4] = [Self::Error, Self::Warning, Self::Notice, Self::Info];

    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Notice => "notice",
            Self::Info => "info",
        }
    }

    /// The number of syslog(3), as sd-daemon(3) puts it before a line.
    fn priority(self) -> u8 {
        match self {
            Self::Error => 3,
            Self::Warning => 4,
            Self::Notice => 5,
            Self::Info => 6,
        }
    }
}

static FORMAT: OnceLock<LogFormat> = OnceLock::new();

/// Sets the format for the whole process; `None` is that of what standard error is connected to.
pub fn choose(format: Option<LogFormat>) {
    _ = FORMAT.set(format.unwrap_or_else(detect));
}

pub fn format() -> LogFormat {
    *FORMAT.get_or_init(detect)
}

fn detect() -> LogFormat {
    if is_journal() { LogFormat::Journal } else { LogFormat::Text }
}

/// Whether systemd reads standard error: the variable names the file it was for this process or its parent,
/// which may have redirected it (systemd.exec(5), `JOURNAL_STREAM`).
fn is_journal() -> bool {
    let Some(stream) = env::var("JOURNAL_STREAM").ok() else { return false };
    fstat(stderr()).is_ok_and(|file| stream == format!("{}:{}", file.st_dev, file.st_ino))
}

/// Writes a message, which may have several lines.
pub fn write(level: Level, message: &str) {
    match format() {
        LogFormat::Json => write_line(entry(level, message)),
        _ => message.lines().for_each(|line| write_text(level, printable(line))),
    }
}

/// Writes a line as it is, but for the priority that the journal reads.
pub fn write_text(level: Level, line: impl Display) {
    match format() {
        LogFormat::Journal => write_line(format_args!("<{}>{line}", level.priority())),
        LogFormat::Json | LogFormat::Text => write_line(line),
    }
}

/// The JSON of a message.
#[expect(clippy::disallowed_methods, reason = "when this machine wrote the line")]
pub fn entry(level: Level, message: &str) -> Value {
    let time = Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true);
    json!({ "time": time, "level": level.name(), "message": message })
}

/// Writes one line, at once: several processes may write to one file. A failed write is ignored: the exit code
/// tells, too.
pub(super) fn write_line(line: impl Display) {
    _ = stderr().lock().write_all(format!("{line}\n").as_bytes());
}
