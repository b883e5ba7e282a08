//! The names and types of columns, as the schemas of JSON output say them.

use serde_json::{Value, json};

/// The name of a column, and the type of its values.
#[derive(Debug, Clone)]
pub struct Field {
    pub(super) name: &'static str,
    type_: Type,
    or_null: bool,
}

#[derive(Debug, Clone)]
enum Type {
    Uuid,
    Text,
    OneOf(Vec<&'static str>),
    Time,
    Flag,
    Integer,
    Seconds,
    Texts,
    Json,
}

impl Field {
    /// A column whose values can be null. Not for those of `one_of` and `json`.
    pub fn or_null(self) -> Self {
        Self { or_null: true, ..self }
    }

    /// The JSON Schema of its values.
    pub(super) fn schema(&self) -> Value {
        let mut schema = self.type_.schema();
        if self.or_null {
            schema["type"] = json!([schema["type"], "null"]);
        }
        schema
    }
}

impl Type {
    fn schema(&self) -> Value {
        match self {
            Self::Uuid => json!({ "type": "string", "format": "uuid" }),
            Self::Text => json!({ "type": "string" }),
            Self::OneOf(values) => json!({ "type": "string", "enum": values }),
            // Years before 0 and after 9999 have a sign, which RFC 3339 does not know.
            Self::Time => json!({
                "type": "string",
                "description": "RFC 3339 in UTC; `infinity` and `-infinity` as the database has them",
                "pattern": r"^([+-]\d+|\d{4})-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$|^-?infinity$",
            }),
            Self::Flag => json!({ "type": "boolean" }),
            Self::Integer => json!({ "type": "integer" }),
            Self::Seconds => json!({ "type": "number", "minimum": 0 }),
            Self::Texts => json!({ "type": "array", "items": { "type": "string" } }),
            Self::Json => json!(true),
        }
    }
}

fn field(name: &'static str, type_: Type) -> Field {
    Field { name, type_, or_null: false }
}

pub fn uuid(name: &'static str) -> Field {
    field(name, Type::Uuid)
}

pub fn text(name: &'static str) -> Field {
    field(name, Type::Text)
}

/// A text that is one of a few.
pub fn one_of(name: &'static str, values: impl Into<Vec<&'static str>>) -> Field {
    field(name, Type::OneOf(values.into()))
}

pub fn time(name: &'static str) -> Field {
    field(name, Type::Time)
}

pub fn flag(name: &'static str) -> Field {
    field(name, Type::Flag)
}

pub fn integer(name: &'static str) -> Field {
    field(name, Type::Integer)
}

/// A duration in seconds, to the millisecond.
pub fn seconds(name: &'static str) -> Field {
    field(name, Type::Seconds)
}

/// A list of texts.
pub fn texts(name: &'static str) -> Field {
    field(name, Type::Texts)
}

/// Any JSON value.
pub fn json(name: &'static str) -> Field {
    field(name, Type::Json)
}
