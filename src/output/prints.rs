//! What a command prints, for `--columns` and for the schemas of its JSON.

use clap::builder::CommandExt;
use serde_json::{Map, Value, json};

use super::column::{Record, fields_of};
use super::field::Field;

/// What a command prints. The command carries it.
#[derive(Debug, Clone)]
pub struct Prints(Vec<Shape>);

#[derive(Debug, Clone)]
enum Shape {
    /// One record: an object in JSON.
    One(fn() -> Vec<Field>),
    /// Any number of records: an array in JSON.
    List(fn() -> Vec<Field>),
    /// The records of a list that are printed where the command refuses.
    Refusal(fn() -> Vec<Field>),
    /// The number of records of a list.
    Count,
    /// A text under this name.
    Document(&'static str),
}

impl Prints {
    /// Exactly one record, as `Output::one` prints it.
    pub fn one<R: Record>() -> Self {
        Self(vec![Shape::One(fields_of::<R>)])
    }

    /// Any number of records, as `Output::list` prints them.
    pub fn list<R: Record>() -> Self {
        Self(vec![Shape::List(fields_of::<R>)])
    }

    /// A text that is the whole result, as `Output::document` prints it.
    pub fn document(name: &'static str) -> Self {
        Self(vec![Shape::Document(name)])
    }

    /// Or another text, with some of its options.
    pub fn or_document(self, name: &'static str) -> Self {
        self.or(Shape::Document(name))
    }

    /// Or a list of another record, with some of its options.
    pub fn or_list<R: Record>(self) -> Self {
        self.or(Shape::List(fields_of::<R>))
    }

    /// Or a list of another record, with an error. `--columns` does not choose from it.
    pub fn or_refusal<R: Record>(self) -> Self {
        self.or(Shape::Refusal(fields_of::<R>))
    }

    /// Or only the number of records, as `Output::count` prints it.
    pub fn or_count(self) -> Self {
        self.or(Shape::Count)
    }

    fn or(mut self, shape: Shape) -> Self {
        self.0.push(shape);
        self
    }

    /// The columns of its records, each name once.
    pub fn columns(&self) -> Vec<&'static str> {
        let mut names = Vec::new();
        let shapes = self.0.iter().filter(|shape| !matches!(shape, Shape::Refusal(_)));
        for field in shapes.flat_map(Shape::fields) {
            if !names.contains(&field.name) {
                names.push(field.name);
            }
        }
        names
    }

    /// The JSON Schema of what the command prints with `-o json` and without `--columns`.
    pub fn schema(&self) -> Value {
        match &self.0[..] {
            [shape] => shape.schema(),
            shapes => json!({ "anyOf": shapes.iter().map(Shape::schema).collect::<Vec<_>>() }),
        }
    }
}

impl Shape {
    fn fields(&self) -> Vec<Field> {
        match self {
            Self::One(fields) | Self::List(fields) | Self::Refusal(fields) => fields(),
            Self::Count | Self::Document(_) => Vec::new(),
        }
    }

    fn schema(&self) -> Value {
        match self {
            Self::One(_) => object(self.properties()),
            Self::List(_) | Self::Refusal(_) => {
                json!({ "type": "array", "items": object(self.properties()) })
            }
            Self::Count => object([("count", json!({ "type": "integer", "minimum": 0 }))]),
            Self::Document(name) => object([(*name, json!({ "type": "string" }))]),
        }
    }

    fn properties(&self) -> Vec<(&'static str, Value)> {
        self.fields().iter().map(|field| (field.name, field.schema())).collect()
    }
}

/// The schema of an object with exactly these keys.
pub fn object(properties: impl IntoIterator<Item = (&'static str, Value)>) -> Value {
    let properties: Map<_, _> =
        properties.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect();
    let required: Vec<_> = properties.keys().cloned().collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

impl CommandExt for Prints {}
