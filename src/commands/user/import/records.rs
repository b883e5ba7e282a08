//! Reads the fields of records from CSV or JSON lines.

use std::borrow::Cow;
use std::fmt;
use std::io;

use serde::de::{self, Deserialize, Deserializer, MapAccess, Visitor};

use super::lines::{Lines, Raw};
use super::source::{Input, Meter};
use crate::domain::{counted, holds_secret, printable};
use crate::error::{Error, Result};

/// A column that an import can read.
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
    /// In the order of the variants, as `name` uses a variant as index.
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
            format!("there is no column `{shown}`; the columns are {}", known.join(", "))
        })
    }
}

/// The value of a column in a record.
#[derive(Debug, Default)]
pub enum Field {
    /// The record does not have the column.
    #[default]
    Absent,
    /// Null, or in CSV an empty field of a column other than username and email.
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

    /// The text of a column, if the record has one.
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
    /// `None` if the whole record is unusable.
    pub column: Option<Column>,
    pub reason: String,
}

/// The next record, or the end of input.
pub enum Next {
    Record { line: u64 },
    Unusable(Unusable),
    End,
}

/// Reads the records of an input in order. An error means that the input cannot be read further.
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
            return Err(Error::usage("the input is empty; its first line must name the columns"));
        };
        let unusable =
            |reason: &str| Error::usage(format!("line {line} must name the columns: {reason}"));
        if unclosed || misquoted {
            return Err(unusable("a quote in it is not closed, or is inside a field"));
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
            return unusable(None, "a quote that begins here is not closed".to_owned());
        }
        if misquoted {
            let reason = "a quote is inside a field: double it, and put the field in quotes";
            return unusable(None, reason.to_owned());
        }
        let mut found = 0;
        let mut bad = None;
        for field in self.parser.fields(&self.record) {
            if let Some(column) = self.columns.get(found) {
                match str::from_utf8(field) {
                    // An empty field is null, except in the columns that cannot be null.
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
                format!(
                    "it has {}, but the first line names {}",
                    counted(found, "field"),
                    counted(wanted, "column")
                ),
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

/// Splits one record into fields. The buffers are reused for the next record.
struct Parser {
    reader: csv_core::Reader,
    text: Vec<u8>,
    ends: Vec<usize>,
}

impl Parser {
    fn new() -> Self {
        Self { reader: csv_core::Reader::new(), text: Vec::new(), ends: vec![0; 32] }
    }

    /// The fields of a complete record.
    fn fields(&mut self, record: &[u8]) -> impl Iterator<Item = &[u8]> {
        // Unquoted fields are not longer than the record, and there is at most one field more than
        // commas.
        self.text.resize(record.len(), 0);
        let most = record.split(|&byte| byte == b',').count();
        self.ends.resize(most, 0);
        self.reader.reset();
        let (_, _, written, mut count) =
            self.reader.read_record(record, &mut self.text, &mut self.ends);
        // An empty input tells the reader that the record has ended.
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
            // The message of such an error would repeat the data.
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
                return unusable(Some(column), "it occurs twice".to_owned());
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

/// Reads the next record. After an error the input cannot be read further.
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

/// An object with the values string, boolean and null, in the order of the input.
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

/// A string, borrowed if it contains no escape.
struct Text<'a>(Cow<'a, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Scalar::deserialize(deserializer)? {
            Scalar(Some(text)) => Ok(Self(text)),
            Scalar(None) => Err(de::Error::custom("a name must be a string")),
        }
    }
}

/// A string, `true`, `false` or null, as text.
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
