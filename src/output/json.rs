use std::io::{self, Write as _};

use serde_json::{Map, Value};

use super::{Cell, Sink, Stdio};
use crate::domain::is_unsafe;

/// One document: an object for a single record, else an array, written as the records come.
pub struct Json {
    out: Stdio,
    names: Vec<&'static str>,
    single: bool,
    records: u64,
}

impl Json {
    pub fn new(out: Stdio, names: Vec<&'static str>, single: bool) -> Self {
        Self { out, names, single, records: 0 }
    }
}

impl Sink for Json {
    fn record(&mut self, cells: &[Cell], _id: Option<&str>) -> io::Result<()> {
        let object = object(&self.names, cells);
        if self.single {
            write(&mut self.out, &serde_json::to_string_pretty(&object)?)?;
        } else {
            self.out.write_all(if self.records == 0 { b"[\n  " } else { b",\n  " })?;
            write(&mut self.out, &serde_json::to_string(&object)?)?;
        }
        self.records += 1;
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(match (self.single, self.records) {
            (true, _) => b"\n",
            (false, 0) => b"[]\n",
            (false, _) => b"\n]\n",
        })?;
        self.out.flush()
    }
}

/// One object a line.
pub struct JsonLines {
    out: Stdio,
    names: Vec<&'static str>,
}

impl JsonLines {
    pub fn new(out: Stdio, names: Vec<&'static str>) -> Self {
        Self { out, names }
    }
}

impl Sink for JsonLines {
    fn record(&mut self, cells: &[Cell], _id: Option<&str>) -> io::Result<()> {
        write(&mut self.out, &serde_json::to_string(&object(&self.names, cells))?)?;
        self.out.write_all(b"\n")
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn object(names: &[&'static str], cells: &[Cell]) -> Value {
    let keys = names.iter().map(|&name| name.to_owned());
    Value::Object(keys.zip(cells.iter().map(Cell::json)).collect::<Map<_, _>>())
}

/// Writes JSON. It must escape control characters below U+0020 only, and a terminal obeys others,
/// too; none of them stands outside of a string.
fn write(out: &mut Stdio, json: &str) -> io::Result<()> {
    let obeyed = |char: char| char >= '\u{7f}' && is_unsafe(char);
    let mut rest = json;
    while let Some((at, char)) = rest.char_indices().find(|(_, char)| obeyed(*char)) {
        // All of them are in the plane that four digits reach.
        write!(out, "{}\\u{:04x}", &rest[..at], u32::from(char))?;
        rest = &rest[at + char.len_utf8()..];
    }
    out.write_all(rest.as_bytes())
}
