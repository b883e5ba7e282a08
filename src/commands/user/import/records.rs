//! From CSV or JSON lines to the fields of one record after the other.

use std::borrow::Cow;
use std::fmt;
use std::io::{self, BufRead as _, BufReader, Read as _};
use std::rc::Rc;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::source::{Input, Meter};
use crate::domain::printable;
use crate::error::{Error, Result};

/// A column that an import understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(usize)]
pub enum Column {
    Id,
    CreatedAt,
    Username,
    Fingerprint,
    Email,
    EmailVerified,
    EmailVerifiedAt,
    Blocked,
    Deleted,
    DeletedAt,
}

impl Column {
    /// In the order of their numbers.
    const ALL: [(Self, &'static str); 10] = [
        (Self::Id, "id"),
        (Self::CreatedAt, "created_at"),
        (Self::Username, "username"),
        (Self::Fingerprint, "username_fingerprint"),
        (Self::Email, "email"),
        (Self::EmailVerified, "email_verified"),
        (Self::EmailVerifiedAt, "email_verified_at"),
        (Self::Blocked, "blocked"),
        (Self::Deleted, "deleted"),
        (Self::DeletedAt, "deleted_at"),
    ];

    pub fn name(self) -> &'static str {
        Self::ALL[self as usize].1
    }

    fn named(name: &str) -> Result<Self, String> {
        let found = Self::ALL.iter().find(|(_, known)| *known == name);
        found.map(|(column, _)| *column).ok_or_else(|| {
            let known: Vec<_> = Self::ALL.iter().map(|(_, known)| *known).collect();
            format!("there is no column `{}`; known are {}", printable(name), known.join(", "))
        })
    }
}

/// What a record says of a column.
#[derive(Debug, Default)]
pub enum Field {
    /// Nothing: the column is not there.
    #[default]
    Absent,
    /// An empty field of CSV, or null.
    Null,
    Text(String),
}

/// The fields of one record.
#[derive(Debug, Default)]
pub struct Fields([Field; Column::ALL.len()]);

impl Fields {
    pub fn get(&self, column: Column) -> &Field {
        &self.0[column as usize]
    }

    /// A text that is there, and not empty.
    pub fn text(&self, column: Column) -> Option<&str> {
        match self.get(column) {
            Field::Text(text) => Some(text),
            Field::Absent | Field::Null => None,
        }
    }

    fn set(&mut self, column: Column, text: Option<&str>) {
        let field = &mut self.0[column as usize];
        match (text, field) {
            (None, field) => *field = Field::Null,
            (Some(text), Field::Text(old)) => text.clone_into(old),
            (Some(text), field) => *field = Field::Text(text.to_owned()),
        }
    }
}

/// Why a record cannot be used.
#[derive(Debug, Clone)]
pub struct Unusable {
    pub line: u64,
    /// `None` where it is the record as a whole.
    pub column: Option<Column>,
    pub reason: String,
}

/// One record, or the end of them.
pub enum Next {
    Record { line: u64 },
    Unusable(Unusable),
    End,
}

/// The records of an input, one after the other. An error is one of the whole input.
pub trait Records {
    fn next(&mut self, fields: &mut Fields) -> Result<Next>;
    fn meter(&self) -> &Meter;
    fn into_input(self: Box<Self>) -> Input;
}

/// RFC 4180, with a header line.
pub struct Csv {
    reader: csv::Reader<Input>,
    columns: Vec<Column>,
    record: csv::ByteRecord,
    meter: Rc<Meter>,
}

impl Csv {
    /// Reads the header line, which names the columns.
    pub fn new(input: Input) -> Result<Self> {
        let meter = input.meter();
        meter.begin_record();
        let mut reader =
            csv::ReaderBuilder::new().buffer_capacity(64 * 1024).flexible(true).from_reader(input);
        let header = reader.byte_headers().map_err(|error| unreadable(&cause(error), 1))?.clone();
        if header.is_empty() {
            return Err(Error::usage("the input is empty; its first line has to name the columns"));
        }
        let mut columns = Vec::new();
        for name in &header {
            let name = String::from_utf8_lossy(name);
            let column = Column::named(name.trim()).map_err(|reason| {
                Error::usage(format!("line 1 has to name the columns: {reason}"))
            })?;
            if columns.contains(&column) {
                return Err(Error::usage(format!("line 1 names `{}` twice", column.name())));
            }
            columns.push(column);
        }
        for wanted in [Column::Username, Column::Email] {
            if !columns.contains(&wanted) {
                return Err(Error::usage(format!(
                    "line 1 has to name the columns, and `{}` is missing",
                    wanted.name()
                )));
            }
        }
        Ok(Self { reader, columns, record: csv::ByteRecord::new(), meter })
    }
}

impl Records for Csv {
    fn next(&mut self, fields: &mut Fields) -> Result<Next> {
        self.meter.begin_record();
        let begins = self.reader.position().line();
        let more = self
            .reader
            .read_byte_record(&mut self.record)
            .map_err(|error| unreadable(&cause(error), begins))?;
        if !more {
            return Ok(Next::End);
        }
        let line = self.record.position().map_or(begins, csv::Position::line);
        if self.record.len() != self.columns.len() {
            let (has, wants) = (self.record.len(), self.columns.len());
            let reason = format!("it has {has} fields, and the first line names {wants} columns");
            return Ok(Next::Unusable(Unusable { line, column: None, reason }));
        }
        for (column, field) in self.columns.iter().zip(&self.record) {
            let Ok(text) = str::from_utf8(field) else {
                let reason = "it is not UTF-8".to_owned();
                return Ok(Next::Unusable(Unusable { line, column: Some(*column), reason }));
            };
            fields.set(*column, (!text.is_empty()).then_some(text));
        }
        Ok(Next::Record { line })
    }

    fn meter(&self) -> &Meter {
        &self.meter
    }

    fn into_input(self: Box<Self>) -> Input {
        self.reader.into_inner()
    }
}

/// One JSON object a line.
pub struct JsonLines {
    reader: BufReader<Input>,
    line: Vec<u8>,
    number: u64,
    meter: Rc<Meter>,
}

impl JsonLines {
    pub fn new(input: Input) -> Self {
        let meter = input.meter();
        let reader = BufReader::with_capacity(64 * 1024, input);
        Self { reader, line: Vec::new(), number: 0, meter }
    }
}

impl Records for JsonLines {
    fn next(&mut self, fields: &mut Fields) -> Result<Next> {
        loop {
            self.number += 1;
            self.line.clear();
            self.meter.begin_record();
            let read = self.reader.by_ref().read_until(b'\n', &mut self.line);
            if read.map_err(|error| unreadable(&error, self.number))? == 0 {
                return Ok(Next::End);
            }
            if !self.line.trim_ascii().is_empty() {
                break;
            }
        }
        let line = self.number;
        let unusable = |column, reason| Ok(Next::Unusable(Unusable { line, column, reason }));
        if str::from_utf8(&self.line).is_err() {
            return unusable(None, "it is not UTF-8".to_owned());
        }
        let object: Object = match serde_json::from_slice(&self.line) {
            Ok(object) => object,
            // Its position is one in the line, which is a line of its own to the parser.
            Err(error) => {
                let text = error.to_string();
                let words = text.split(" at line ").next().unwrap_or_default();
                return unusable(None, format!("column {}: {words}", error.column()));
            }
        };
        *fields = Fields::default();
        for (name, value) in &object.0 {
            let column = match Column::named(name) {
                Ok(column) => column,
                Err(reason) => return unusable(None, reason),
            };
            if !matches!(fields.get(column), Field::Absent) {
                return unusable(Some(column), "it is there twice".to_owned());
            }
            fields.set(column, value.as_deref());
        }
        Ok(Next::Record { line })
    }

    fn meter(&self) -> &Meter {
        &self.meter
    }

    fn into_input(self: Box<Self>) -> Input {
        self.reader.into_inner()
    }
}

/// An object of texts, flags and nulls, in its own order.
struct Object<'a>(Vec<(Cow<'a, str>, Option<Cow<'a, str>>)>);

impl<'de> Deserialize<'de> for Object<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> Visitor<'de> for Pairs {
            type Value = Object<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("one JSON object a line")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::with_capacity(Column::ALL.len());
                while let Some((Text(name), Scalar(value))) = map.next_entry()? {
                    pairs.push((name, value));
                }
                Ok(Object(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

/// A string, borrowed where nothing in it is escaped.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Scalar::deserialize(deserializer)? {
            Scalar(Some(text)) => Ok(Self(text)),
            Scalar(None) => Err(de::Error::custom("a name is a string")),
        }
    }
}

/// A string, `true` or `false`, or null.
struct Scalar<'a>(Option<Cow<'a, str>>);

impl<'de> Deserialize<'de> for Scalar<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Value;
        impl<'de> Visitor<'de> for Value {
            type Value = Scalar<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string, true, false or null")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Scalar(Some(Cow::Borrowed(text))))
            }

            fn visit_str<E>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Scalar(Some(Cow::Owned(text.to_owned()))))
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Self::Value, E> {
                Ok(Scalar(Some(Cow::Borrowed(if flag { "true" } else { "false" }))))
            }

            fn visit_unit<E>(self) -> Result<Self::Value, E> {
                Ok(Scalar(None))
            }
        }
        deserializer.deserialize_any(Value)
    }
}

/// An error of the input as a whole: nothing behind it can be read.
fn unreadable(error: &io::Error, line: u64) -> Error {
    if error.kind() == io::ErrorKind::InvalidData {
        Error::usage(format!("line {line} of the input: {error}"))
    } else {
        Error::io("read the input", error)
    }
}

/// The operating system's error, whose kind the library's own conversion hides.
fn cause(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}
