use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::Value;
use uuid::Uuid;

use crate::domain::At;

/// One value of a record, before a format gives it its looks.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Cell {
    #[default]
    Null,
    Text(String),
    Bool(bool),
    Int(i64),
    /// Seconds, to the millisecond.
    Seconds(f64),
    Time(DateTime<Utc>),
    /// A structure: shown as it is in JSON, as `text` elsewhere.
    Structure {
        json: Value,
        text: String,
    },
}

impl Cell {
    pub fn json(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::Bool(value) => (*value).into(),
            Self::Int(value) => (*value).into(),
            Self::Seconds(value) => ((value * 1000.0).round() / 1000.0).into(),
            Self::Time(time) => text_of(time, SecondsFormat::AutoSi).into(),
            Self::Structure { json, .. } => json.clone(),
        }
    }

    /// The value as a machine reads it from CSV; nothing for null.
    pub fn plain(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Text(text) | Self::Structure { text, .. } => text.clone(),
            Self::Bool(value) => value.to_string(),
            Self::Int(value) => value.to_string(),
            Self::Seconds(value) => format!("{value:.3}"),
            Self::Time(time) => text_of(time, SecondsFormat::AutoSi),
        }
    }

    /// The value as a person reads it in a table: whole seconds, and a dash for null.
    pub fn friendly(&self) -> String {
        match self {
            Self::Null => "-".to_owned(),
            Self::Time(time) => rfc3339(time),
            Self::Bool(true) => "yes".to_owned(),
            Self::Bool(false) => "no".to_owned(),
            other => other.plain(),
        }
    }
}

/// RFC 3339 in UTC, ending in `Z` (contract 3), to the second, as notices and tables show it.
pub fn rfc3339(time: &DateTime<Utc>) -> String {
    text_of(time, SecondsFormat::Secs)
}

/// Infinity in PostgreSQL's own words.
fn text_of(time: &DateTime<Utc>, format: SecondsFormat) -> String {
    if *time == DateTime::<Utc>::MIN_UTC {
        "-infinity".to_owned()
    } else if *time == DateTime::<Utc>::MAX_UTC {
        "infinity".to_owned()
    } else {
        time.to_rfc3339_opts(format, true)
    }
}

impl From<At> for Cell {
    fn from(time: At) -> Self {
        Self::Time(*time)
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Cell {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<Uuid> for Cell {
    fn from(id: Uuid) -> Self {
        Self::Text(id.to_string())
    }
}

impl From<DateTime<Utc>> for Cell {
    fn from(time: DateTime<Utc>) -> Self {
        Self::Time(time)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}
