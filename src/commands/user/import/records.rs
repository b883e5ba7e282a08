//! From CSV or JSON lines to the fields of one record after the other.

use std::borrow::Cow;
use std::fmt;
use std::io;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::lines::{Lines, Raw};
use super::source::{Input, Meter};
use crate::domain::{holds_secret, printable};
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
            let shown: String = name.chars().take(40).collect();
            let secret = name.starts_with("iam_") || holds_secret(name);
            let shown = if secret { "…".into() } else { printable(&shown) };
            format!("there is no column `{shown}`; known are {}", known.join(", "))
        })
    }
}

/// What a record says of a column.
#[derive(Debug, Default)]
pub enum Field {
    /// Nothing: the column is not there.
    #[default]
    Absent,
    /// Null, or in CSV an empty field of a column that may be null.
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
    lines: Lines,
    columns: Vec<Column>,
    record: Vec<u8>,
    parser: Parser,
}

impl Csv {
    /// Reads the header line, which names the columns.
    pub fn new(input: Input) -> Result<Self> {
        let mut lines = Lines::new(input);
        let (mut record, mut parser) = (Vec::new(), Parser::new());
        let Some(Raw { line, unclosed, misquoted }) = next(&mut lines, &mut record, true)? else {
            return Err(Error::usage("the input is empty; its first line has to name the columns"));
        };
        let unusable =
            |reason: &str| Error::usage(format!("line {line} has to name the columns: {reason}"));
        if unclosed || misquoted {
            return Err(unusable("a quote in it is never closed, or stands within a field"));
        }
        let mut columns = Vec::new();
        for name in parser.fields(&record) {
            let name = String::from_utf8_lossy(name);
            let column = Column::named(name.trim()).map_err(|reason| unusable(&reason))?;
            if columns.contains(&column) {
                return Err(unusable(&format!("it names `{}` twice", column.name())));
            }
            columns.push(column);
        }
        for wanted in [Column::Username, Column::Email] {
            if !columns.contains(&wanted) {
                return Err(unusable(&format!("`{}` is missing", wanted.name())));
            }
        }
        Ok(Self { lines, columns, record, parser })
    }
}

impl Records for Csv {
    fn next(&mut self, fields: &mut Fields) -> Result<Next> {
        let Some(raw) = next(&mut self.lines, &mut self.record, true)? else {
            return Ok(Next::End);
        };
        let Raw { line, unclosed, misquoted } = raw;
        let unusable =
            |column, reason: String| Ok(Next::Unusable(Unusable { line, column, reason }));
        if unclosed {
            return unusable(None, "a quote that begins here is never closed".to_owned());
        }
        if misquoted {
            let reason = "a quote stands within a field: double it, and put the field in quotes";
            return unusable(None, reason.to_owned());
        }
        let mut found = 0;
        let mut bad = None;
        for field in self.parser.fields(&self.record) {
            if let Some(column) = self.columns.get(found) {
                match str::from_utf8(field) {
                    // What cannot be null is empty.
                    Ok("") if !matches!(column, Column::Username | Column::Email) => {
                        fields.set(*column, None);
                    }
                    Ok(text) => fields.set(*column, Some(text)),
                    Err(_) => bad = bad.or(Some(*column)),
                }
            }
            found += 1;
        }
        if found != self.columns.len() {
            let wanted = self.columns.len();
            return unusable(
                None,
                format!("it has {found} fields, and the first line names {wanted} columns"),
            );
        }
        match bad {
            Some(column) => unusable(Some(column), "it is not UTF-8".to_owned()),
            None => Ok(Next::Record { line }),
        }
    }

    fn meter(&self) -> &Meter {
        self.lines.meter()
    }

    fn into_input(self: Box<Self>) -> Input {
        self.lines.into_input()
    }
}

/// Takes one record apart, into memory of its own.
struct Parser {
    reader: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Parser {
    fn new() -> Self {
        Self { reader: csv_core::Reader::new(), text: Vec::new(), ends: vec![0; 32] }
    }

    /// The fields of a record that is complete.
    fn fields(&mut self, record: &[u8]) -> impl Iterator<Item = &[u8]> {
        // Fields have no more bytes than they have quoted, and one more each than they have commas.
        self.text.resize(record.len(), 0);
        let most = record.split(|&byte| byte == b',').count();
        self.ends.resize(most, 0);
        self.reader.reset();
        let (_, _, written, mut count) =
            self.reader.read_record(record, &mut self.text, &mut self.ends);
        // The end of input ends the record.
        let (rest, ends) = (&mut self.text[written..], &mut self.ends[count..]);
        count += self.reader.read_record(&[], rest, ends).3;
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ends = self.ends.iter().copied().take(count);
        starts.zip(ends).map(|(start, end)| &self.text[start..end])
    }
}

/// One JSON object a line.
pub struct JsonLines {
    lines: Lines,
    record: Vec<u8>,
}

impl JsonLines {
    pub fn new(input: Input) -> Self {
        Self { lines: Lines::new(input), record: Vec::new() }
    }
}

impl Records for JsonLines {
    fn next(&mut self, fields: &mut Fields) -> Result<Next> {
        let line = loop {
            let Some(Raw { line, .. }) = next(&mut self.lines, &mut self.record, false)? else {
                return Ok(Next::End);
            };
            if !self.record.trim_ascii().is_empty() {
                break line;
            }
        };
        let unusable =
            |column, reason: String| Ok(Next::Unusable(Unusable { line, column, reason }));
        if str::from_utf8(&self.record).is_err() {
            return unusable(None, "it is not UTF-8".to_owned());
        }
        let object: Object = match serde_json::from_slice(&self.record) {
            Ok(object) => object,
            // What it says of data repeats them.
            Err(error) if error.is_data() => {
                let reason =
                    "one JSON object a line, each value of it a string, true, false or null";
                return unusable(None, reason.to_owned());
            }
            Err(error) => {
                let text = error.to_string();
                let words = text.split(" at line ").next().unwrap_or_default();
                return unusable(None, format!("character {}: {words}", error.column()));
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
        self.lines.meter()
    }

    fn into_input(self: Box<Self>) -> Input {
        self.lines.into_input()
    }
}

/// An error is one of the input as a whole: nothing behind it can be read.
fn next(lines: &mut Lines, record: &mut Vec<u8>, quotes: bool) -> Result<Option<Raw>> {
    let line = lines.line();
    lines.next(record, quotes).map_err(|error| {
        if error.kind() == io::ErrorKind::InvalidData {
            Error::usage(format!("line {line} of the input: {error}"))
        } else {
            Error::io("read the input", &error)
        }
    })
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
