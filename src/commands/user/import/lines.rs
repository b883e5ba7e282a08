//! Splits an input into records. A record is one line, or several lines if a line break is quoted.

use std::io::{self, BufRead as _, BufReader};
use std::rc::Rc;

use super::source::{Input, Meter};

/// The position of a record, and problems with its quotes.
pub struct Raw {
    /// The line on which it begins.
    pub line: u64,
    /// The input ended within quotes.
    pub unclosed: bool,
    /// A quote is at another place than around a field.
    pub misquoted: bool,
}

/// Reads records and counts lines. Lines end in LF, CRLF or CR. Blank lines between records are
/// skipped.
pub struct Lines {
    reader: BufReader<Input>,
    meter: Rc<Meter>,
    /// The number of the next line.
    line: u64,
    /// The last byte was a CR. A following LF belongs to the same line end.
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

    /// The number of the next line.
    pub fn line(&self) -> u64 {
        self.line
    }

    pub fn into_input(self) -> Input {
        self.reader.into_inner()
    }

    /// Reads the next record into `record`, without its line end; `None` at the end of input. With
    /// `quotes`, quoted line ends are part of the record.
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
                        // It opens a field, or is the second of a doubled quote.
                        b'"' => !within && !matches!(last, None | Some(b',' | b'"')),
                        // These end a field, also after a closing quote.
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
