//! Prints a table on standard output, each row when it is measured, and writes a JSON file.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::scale::Scale;

/// One row of the table.
pub struct Row {
    pub work: String,
    pub measured: Measured,
    /// The highest ratio, or memory in MiB, that is allowed. `None` if the row is only informative.
    pub bound: Option<f64>,
}

pub enum Measured {
    /// Medians in seconds, of `iamctl` and of the other measurement.
    Time { iamctl: f64, compared_with: &'static str, other: f64 },
    /// In MiB.
    Memory(f64),
}

impl Row {
    fn value(&self) -> f64 {
        match self.measured {
            Measured::Time { iamctl, other, .. } => iamctl / other,
            Measured::Memory(peak) => peak,
        }
    }

    fn met(&self) -> bool {
        self.bound.is_none_or(|bound| self.value() <= bound)
    }

    fn line(&self) -> String {
        let Self { work, bound, .. } = self;
        let value = self.value();
        let verdict = match bound {
            None => "",
            Some(_) if self.met() => "met",
            Some(_) => "missed",
        };
        let bound = |unit: &str, digits: usize| {
            bound.map_or(String::new(), |bound| format!("{bound:.digits$}{unit}"))
        };
        match self.measured {
            Measured::Time { iamctl, compared_with, other } => line(
                work,
                &milliseconds(iamctl),
                compared_with,
                &milliseconds(other),
                &format!("{value:.2}"),
                &bound("", 2),
                verdict,
            ),
            Measured::Memory(_) => {
                line(work, &format!("{value:.1} MiB"), "", "", "", &bound(" MiB", 0), verdict)
            }
        }
    }

    fn json(&self) -> Value {
        let mut row = match self.measured {
            Measured::Time { iamctl, compared_with, other } => json!({
                "work": self.work, "unit": "s", "iamctl": iamctl,
                "compared_with": compared_with, "other": other, "ratio": self.value(),
            }),
            Measured::Memory(peak) => json!({ "work": self.work, "unit": "MiB", "iamctl": peak }),
        };
        row["bound"] = self.bound.into();
        row["met"] = self.bound.map(|_| self.met()).into();
        row
    }
}

/// The results so far, with the machine and the scale.
pub struct Report {
    machine: Value,
    scale: Scale,
    rows: Vec<Row>,
}

impl Report {
    pub fn begin(machine: Value, scale: Scale) -> Self {
        print(&format!("sizes × {}, on {machine}", scale.0));
        print(&line("work", "iamctl", "compared with", "", "ratio", "bound", ""));
        Self { machine, scale, rows: Vec::new() }
    }

    pub fn add(&mut self, row: Row) {
        print(&row.line());
        self.rows.push(row);
    }

    pub fn all_met(&self) -> bool {
        self.rows.iter().all(Row::met)
    }

    /// Writes a file beside the JSON one.
    pub fn write_chart(&self, name: &str, svg: &str) {
        fs::write(self.directory().join(name), svg).unwrap();
    }

    /// Writes `bench/limits.json` in the target directory.
    pub fn write(&self) {
        let rows: Vec<_> = self.rows.iter().map(Row::json).collect();
        let report = json!({ "scale": self.scale.0, "machine": self.machine, "rows": rows });
        fs::write(self.directory().join("limits.json"), format!("{report:#}\n")).unwrap();
    }

    #[expect(clippy::unused_self, reason = "the report's directory")]
    fn directory(&self) -> PathBuf {
        // Cargo sets CARGO_TARGET_TMPDIR to `tmp` in the target directory.
        let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).with_file_name("bench");
        fs::create_dir_all(&directory).unwrap();
        directory
    }
}

fn milliseconds(seconds: f64) -> String {
    format!("{:.1} ms", seconds * 1e3)
}

fn line(
    work: &str,
    iamctl: &str,
    compared_with: &str,
    other: &str,
    ratio: &str,
    bound: &str,
    verdict: &str,
) -> String {
    let line = format!(
        "{work:<58} {iamctl:>10}   {compared_with:<22} {other:>10} {ratio:>6} {bound:>7}  {verdict}"
    );
    line.trim_end().to_owned()
}

#[expect(clippy::print_stdout, reason = "the table is the result")]
fn print(line: &str) {
    println!("{line}");
}
