use std::io::{self, Write as _};

use serde_json::Map;

use super::cell::Cell;
use super::sink::{Sink, Stdio};
use crate::domain::is_unsafe;

/// One document: an object for a single record, otherwise an array. Each record is written as soon
/// as it is added.
pub struct Json {
    out: Stdio,
    names: Vec<&'static str>,
    objects: Objects,
    single: bool,
    records: u64,
}

impl Json {
    pub fn new(out: Stdio, names: Vec<&'static str>, single: bool) -> Self {
        let objects = Objects::new(&names);
        Self { out, names, objects, single, records: 0 }
    }
}

impl Sink for Json {
    fn record(&mut self, cells: &[Cell], _id: &dyn Fn() -> Option<String>) -> io::Result<()> {
        if self.single {
            let keys = self.names.iter().map(|&name| name.to_owned());
            let object: Map<_, _> = keys.zip(cells.iter().map(Cell::json)).collect();
            write(&mut self.out, &serde_json::to_string_pretty(&object)?)?;
        } else {
            self.out.write_all(if self.records == 0 { b"[\n  " } else { b",\n  " })?;
            self.objects.write(&mut self.out, cells)?;
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

/// One object per line.
pub struct JsonLines {
    out: Stdio,
    objects: Objects,
}

impl JsonLines {
    pub fn new(out: Stdio, names: &[&'static str]) -> Self {
        Self { out, objects: Objects::new(names) }
    }
}

impl Sink for JsonLines {
    fn record(&mut self, cells: &[Cell], _id: &dyn Fn() -> Option<String>) -> io::Result<()> {
        self.objects.write(&mut self.out, cells)?;
        self.out.write_all(b"\n")
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Writes objects with the same keys, each on one line, without building a `serde_json::Value`.
struct Objects {
    /// The text before each value: `{` or a comma, the key and a colon.
    keys: Vec<String>,
    line: String,
}

impl Objects {
    fn new(names: &[&'static str]) -> Self {
        let key = |(index, name)| format!("{}\"{name}\":", if index == 0 { '{' } else { ',' });
        Self { keys: names.iter().enumerate().map(key).collect(), line: String::new() }
    }

    fn write(&mut self, out: &mut Stdio, cells: &[Cell]) -> io::Result<()> {
        let line = &mut self.line;
        line.clear();
        for (key, cell) in self.keys.iter().zip(cells) {
            line.push_str(key);
            match cell {
                // They contain no character that JSON escapes.
                Cell::Id(_) | Cell::Time(_) => {
                    line.push('"');
                    cell.write_plain(line);
                    line.push('"');
                }
                Cell::Bool(_) | Cell::Int(_) => cell.write_plain(line),
                Cell::Null => line.push_str("null"),
                // It may be huge: not copied.
                Cell::Json(text) => {
                    write(out, line)?;
                    line.clear();
                    write(out, text)?;
                }
                Cell::Text(text) if text.bytes().all(is_plain) => {
                    line.push('"');
                    line.push_str(text);
                    line.push('"');
                }
                Cell::Text(text) => line.push_str(&serde_json::to_string(text)?),
                Cell::Seconds(_) | Cell::Structure { .. } => {
                    line.push_str(&serde_json::to_string(&cell.json())?);
                }
            }
        }
        line.push('}');
        write(out, line)
    }
}

/// Whether a JSON string contains the byte without an escape.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~') && byte != b'"' && byte != b'\\'
}

/// Writes JSON, with characters escaped that a terminal would execute. JSON itself only requires
/// this below U+0020. Such characters occur only within strings, so an escape is always valid.
fn write(out: &mut Stdio, json: &str) -> io::Result<()> {
    if json.bytes().all(|byte| byte < 0x7f) {
        return out.write_all(json.as_bytes());
    }
    let obeyed = |char: char| char >= '\u{7f}' && is_unsafe(char);
    let mut rest = json;
    while let Some((at, char)) = rest.char_indices().find(|(_, char)| obeyed(*char)) {
        // All of them are below U+10000, so four digits suffice.
        write!(out, "{}\\u{:04x}", &rest[..at], u32::from(char))?;
        rest = &rest[at + char.len_utf8()..];
    }
    out.write_all(rest.as_bytes())
}
