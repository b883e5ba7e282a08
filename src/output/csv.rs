use std::io;

use super::{Cell, Sink, Stdio, printable};

/// RFC 4180 with `\n` line ends.
pub struct Csv {
    out: csv::Writer<Stdio>,
    header: Option<Vec<&'static str>>,
    on_terminal: bool,
}

impl Csv {
    pub fn new(out: Stdio, names: &[&'static str], no_headers: bool, on_terminal: bool) -> Self {
        let header = (!no_headers).then(|| names.to_vec());
        Self { out: csv::Writer::from_writer(out), header, on_terminal }
    }

    fn write_header(&mut self) -> io::Result<()> {
        match self.header.take() {
            Some(names) => Ok(self.out.write_record(names)?),
            None => Ok(()),
        }
    }
}

impl Sink for Csv {
    fn record(&mut self, cells: &[Cell], _id: Option<&str>) -> io::Result<()> {
        self.write_header()?;
        let fields = cells.iter().map(Cell::plain);
        if self.on_terminal {
            Ok(self.out.write_record(fields.map(|field| printable(&field).into_owned()))?)
        } else {
            Ok(self.out.write_record(fields)?)
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.write_header()?;
        self.out.flush()
    }
}
