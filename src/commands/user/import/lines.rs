//! Lines of an input, and the records that stand on one or, in quotes, on several of them.

use std::io::{self, BufRead as _, BufReader};
use std::rc::Rc;

use super::source::{Input, Meter};

/// A record as it stands in the input, without its line end.
pub struct Raw {
    /// The line on which it begins.
    pub line: u64,
    /// The input ended within quotes.
    pub unclosed: bool,
    /// A quote stands elsewhere than around a field.
    pub misquoted: bool,
}

/// Counts lines that end in LF, CRLF or CR; blank ones between records are skipped.
pub struct Lines {
    reader: BufReader<Input>,
    meter: Rc<Meter>,
    /// The line that is read next.
    line: u64,
    /// The last byte was a CR: an LF behind it belongs to it.
    after_cr: bool,
}

impl Lines {
    pub fn new(input: Input) -> Self {
        let meter = input.meter();
        let reader = BufReader::with_capacity(64 * 1024, input);
        Self { reader, meter, line: 1, after_cr: false }
    }

    pub fn meter(&self) -> &Meter {
        &self.meter
    }

    /// The line that is read next.
    pub fn line(&self) -> u64 {
        self.line
    }

    pub fn into_input(self) -> Input {
        self.reader.into_inner()
    }

    /// Reads the next record into `record`; `None` at the end. Where `quotes` count, line ends
    /// within them are part of the record.
    pub fn next(&mut self, record: &mut Vec<u8>, quotes: bool) -> io::Result<Option<Raw>> {
        record.clear();
        self.meter.begin_record();
        let mut begins = self.line;
        let mut within = false;
        let mut misquoted = false;
        loop {
            let buffer = self.reader.fill_buf()?;
            if buffer.is_empty() {
                let raw = Raw { line: begins, unclosed: within, misquoted };
                return Ok((!record.is_empty()).then_some(raw));
            }
            let mut used = 0;
            let mut ended = false;
            for &byte in buffer {
                used += 1;
                let ends_line = byte == b'\r' || byte == b'\n' && !self.after_cr;
                let rest_of_crlf = byte == b'\n' && self.after_cr;
                self.after_cr = byte == b'\r';
                self.line += u64::from(ends_line);
                if quotes {
                    let last = record.last().copied();
                    misquoted |= match byte {
                        // One opens a field, or follows another that stands for itself.
                        b'"' => !within && !matches!(last, None | Some(b',' | b'"')),
                        // Behind a closing one the field ends.
                        b',' | b'\r' | b'\n' => false,
                        _ => !within && last == Some(b'"'),
                    };
                    within ^= byte == b'"';
                }
                if within || !(ends_line || rest_of_crlf) {
                    record.push(byte);
                } else if record.is_empty() {
                    begins = self.line;
                    self.meter.begin_record();
                } else if ends_line {
                    ended = true;
                    break;
                }
            }
            self.reader.consume(used);
            if ended {
                return Ok(Some(Raw { line: begins, unclosed: false, misquoted }));
            }
        }
    }
}
