mod doubts;
mod error_file;
mod lines;
mod records;
mod refused_row;
mod row;
mod source;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::ValueEnum;
use serde_json::json;

use self::doubts::Doubts;
use self::error_file::ErrorFile;
use self::records::{Csv, Fields, JsonLines, Next, Records, Unusable};
use self::row::Rules;
use self::source::{Input, Source};
use crate::commands::help_page::{long, short, with_values};
use crate::context::{ChangeArgs, Context, MaxChanges};
use crate::db::audit_log::NewAuditEntry;
use crate::db::bulk::free_users::{self, Clash, Skipped};
use crate::db::bulk::user_import::{self, Key, Numbered};
use crate::db::functions::transaction_time;
use crate::db::{Access, require_all_changed};
use crate::domain::counted;
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;
use crate::output::{Cell, Column, Prints, Record, field, shown};
use crate::terminal::{Progress, Terminal};

/// Import users from a CSV or JSONL file, all or none
///
/// CSV has a header line; JSONL has one object a line. Columns: username and email; optional are id,
/// created_at, email_verified, email_verified_at, blocked, deleted, deleted_at and
/// username_fingerprint. Each row is checked as by `user create`. --as-is reads what `user export`
/// wrote.
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::one::<Report>())]
pub struct Args {
    /// File to read; `-` is stdin
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// csv or jsonl [default: by the file's name]
    #[arg(long, value_enum, hide_possible_values = true, long_help = with_values::<Format>("Format of the file [default: by its name]"))]
    format: Option<Format>,
    /// Take names and times of other programs
    ///
    /// Within the limits of the columns. A notice counts the rows that the service cannot use.
    #[arg(long)]
    as_is: bool,
    /// Taken id, name or email: fail or skip
    #[arg(long, value_name = "ACTION", value_enum, default_value_t, hide_possible_values = true, long_help = with_values::<OnConflict>("What to do if an id, a username or an email is taken"))]
    on_conflict: OnConflict,
    /// Write unusable rows to this file
    ///
    /// With line, column and reason. All rows are checked before the import fails.
    #[arg(long, value_name = "FILE")]
    errors: Option<PathBuf>,
    /// Stop after this many unusable rows
    #[arg(long, value_name = "ROWS", requires = "errors", value_parser = clap::value_parser!(u64).range(1..))]
    max_errors: Option<u64>,
    #[command(flatten)]
    change: ChangeArgs,
    #[command(flatten)]
    limit: MaxChanges,
}

const EXAMPLES: &str = r#"
$ iamctl user import users.csv --dry-run
dry run: rolled back, nothing was changed
rows      2
imported  2
skipped   0
sha256    3e06064425edfda3f4d3f6426ada155b0106bab8871996a52ac908d8816783d6
seconds   0.016
changed   yes

$ iamctl user import users.csv --on-conflict skip --errors refused.csv
rows      2
imported  2
skipped   0
sha256    3e06064425edfda3f4d3f6426ada155b0106bab8871996a52ac908d8816783d6
seconds   0.126
changed   yes
"#;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// RFC 4180, with a header line
    Csv,
    /// One JSON object a line
    Jsonl,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum OnConflict {
    /// Import nothing, and name the row
    #[default]
    Fail,
    /// Leave the row out, and name it
    Skip,
}

/// The result of an import.
struct Report {
    rows: u64,
    imported: u64,
    sha256: String,
    seconds: f64,
}

pub fn run(args: &Args, context: &mut Context) -> Result<()> {
    let row = context.output.one::<Report>()?;
    let audit = context.audit("user.import", &args.change)?;
    context.limit_changes(args.limit)?;
    let format = args.format()?;
    let source = Source::open(&args.file)?;
    let errors = RefCell::new(
        args.errors.as_deref().map(|path| ErrorFile::open(path, &source)).transpose()?,
    );
    let mut database = context.connect()?;
    let begun = Instant::now();
    let now = database.transaction(Access::READ, |conn| Ok(transaction_time(conn)?))?;
    let rules = Rules { as_is: args.as_is, now };
    let mut clash = None;
    let mut asked = None;
    let progress = context.terminal.progress_of_bytes(source.size);
    let mut left_out = LeftOut { errors: &errors, terminal: &mut context.terminal, count: 0 };
    let imported = database.transaction_once(args.change.bulk_access(), |conn| {
        asked = Some(user_import::server_process(conn)?);
        user_import::require_copy(conn)?;
        asked = None;
        if let Some(errors) = errors.borrow_mut().as_mut() {
            errors.begin()?;
        }
        let mut rows = Rows {
            records: open(format, source.read()?)?,
            rules,
            fields: Fields::default(),
            count: 0,
            unusable: 0,
            doubts: Doubts::default(),
            most_unusable: args.max_errors,
            errors: &errors,
            progress: &progress,
            interrupt: &context.interrupt,
        };
        let imported = match args.on_conflict {
            OnConflict::Fail => user_import::insert(conn, || rows.next())
                .inspect_err(|error| clash = Key::of_violation(error))?,
            OnConflict::Skip => free_users::insert(conn, || rows.next(), |row| left_out.add(&row))?,
        };
        let doubts = rows.doubts;
        let (count, sha256) = (rows.count, rows.records.into_input().sha256());
        if args.on_conflict == OnConflict::Fail {
            // COPY does not count rows that a trigger keeps out.
            let rows = |count: u64| usize::try_from(count).unwrap_or(usize::MAX);
            require_all_changed("users", rows(imported), rows(count))?;
        }
        let report = Report { rows: count, imported, sha256, seconds: 0.0 };
        if imported > 0 {
            audit.record(conn, vec![NewAuditEntry::untargeted(report.details())])?;
        }
        Ok((report, doubts))
    });
    drop(progress);
    let imported = imported.map_err(|error| match (error, asked) {
        (error @ Error::Unreachable(_), Some(process)) => error.with(&format!(
            "nothing was imported; some poolers, such as pgpool-II, do not pass COPY on: connect to the \
             server itself, and end the process that may still wait there, with `select \
             pg_terminate_backend({process})`"
        )),
        (error, _) => error,
    });
    let (report, doubts) = match (imported, clash) {
        (Ok(report), _) => report,
        (Err(Error::Conflict(_)), Some(key)) => {
            let records = open(format, source.read_again()?)?;
            return Err(refused_row::conflict(&key, rules, records, &mut database)?);
        }
        (Err(Error::Unencodable { character, message }), _) => {
            let records = open(format, source.read_again()?)?;
            let place = refused_row::place_of(character, rules, records)?.unwrap_or_default();
            let message = format!("{place}{message}; nothing was imported");
            return Err(Error::Unencodable { character, message });
        }
        (Err(error @ Error::ChangedMeanwhile(_)), _) => {
            return Err(error.with("nothing was imported"));
        }
        (Err(error), _) => return Err(error),
    };
    left_out.report(args.errors.as_deref());
    if let Some(notice) = doubts.notice() {
        context.terminal.notice(&notice);
    }
    context.notice_dry_run(&args.change);
    row.all([&Report { seconds: begun.elapsed().as_secs_f64(), ..report }])
}

impl Args {
    fn format(&self) -> Result<Format> {
        if let Some(format) = self.format {
            return Ok(format);
        }
        let extension = self.file.extension().and_then(|extension| extension.to_str());
        match extension.map(str::to_lowercase).as_deref() {
            Some("csv") => Ok(Format::Csv),
            Some("jsonl" | "ndjson") => Ok(Format::Jsonl),
            _ => Err(Error::usage(
                "the name of the file does not tell its format; pass --format csv or jsonl",
            )),
        }
    }
}

fn open(format: Format, input: Input) -> Result<Box<dyn Records>> {
    Ok(match format {
        Format::Csv => Box::new(Csv::new(input)?),
        Format::Jsonl => Box::new(JsonLines::new(input)),
    })
}

/// Reads the rows of the input for the database.
struct Rows<'a> {
    records: Box<dyn Records>,
    rules: Rules,
    fields: Fields,
    /// The number of usable rows so far.
    count: u64,
    unusable: u64,
    /// With `--as-is`: rows that the service cannot use.
    doubts: Doubts,
    most_unusable: Option<u64>,
    errors: &'a RefCell<Option<ErrorFile>>,
    progress: &'a Progress,
    interrupt: &'a Interrupt,
}

impl Rows<'_> {
    /// The next usable row. After an unusable row it only checks the remaining rows, and then
    /// fails.
    fn next(&mut self) -> Result<Option<Numbered>> {
        loop {
            if (self.count + self.unusable).is_multiple_of(1024) {
                self.interrupt.check()?;
                self.progress.set(self.records.meter().read(), self.count);
            }
            match self.records.next(&mut self.fields)? {
                Next::Record { line } => match self.rules.apply(&self.fields) {
                    Ok(user) => {
                        self.count += 1;
                        if self.rules.as_is {
                            self.doubts.look_at(line, &user);
                        }
                        if self.unusable == 0 {
                            return Ok(Some((line, user)));
                        }
                    }
                    Err((column, reason)) => {
                        self.refuse(&Unusable { line, column: Some(column), reason })?;
                    }
                },
                Next::Unusable(unusable) => self.refuse(&unusable)?,
                Next::End if self.unusable > 0 => return Err(self.unusable_rows("")),
                Next::End => return Ok(None),
            }
        }
    }

    /// Writes an unusable row to `--errors`. Fails without `--errors`, or at `--max-errors`.
    fn refuse(&mut self, unusable: &Unusable) -> Result<()> {
        let mut errors = self.errors.borrow_mut();
        let Some(errors) = errors.as_mut() else {
            let column = unusable.column.map_or(String::new(), |it| format!(", {}", it.name()));
            return Err(Error::usage(format!(
                "line {}{column}: {}; nothing was imported; --errors FILE lists all such rows",
                unusable.line, unusable.reason
            )));
        };
        let column = unusable.column.map_or("", records::Column::name);
        errors.write(unusable.line, column, &unusable.reason)?;
        self.unusable += 1;
        if self.most_unusable == Some(self.unusable) {
            return Err(self.unusable_rows(" so far"));
        }
        Ok(())
    }

    fn unusable_rows(&self, so_far: &str) -> Error {
        let (unusable, all) = (self.unusable, self.unusable + self.count);
        Error::usage(format!(
            "{unusable} of {}{so_far} cannot be used; --errors lists them; nothing was imported",
            counted(all, "row")
        ))
    }
}

/// Reports the rows that `--on-conflict skip` left out, in `--errors` or as notices.
struct LeftOut<'a> {
    errors: &'a RefCell<Option<ErrorFile>>,
    terminal: &'a mut Terminal,
    count: usize,
}

impl LeftOut<'_> {
    /// The most notices to keep in memory. Notices are kept until the end with JSON output.
    const MOST_KEPT: usize = 100;

    fn add(&mut self, row: &Skipped) -> Result<()> {
        self.count += 1;
        let Skipped { line, username, clash } = row;
        if let Some(errors) = self.errors.borrow_mut().as_mut() {
            let (column, reason) = match clash {
                Clash::Column(column) => (column.as_str(), "it is taken; left out".to_owned()),
                Clash::Other(by) => ("", format!("`{by}`, of others, refuses it; left out")),
            };
            return errors.write(line.unsigned_abs(), column, &reason);
        }
        if !self.terminal.keeps_notices() || self.count <= Self::MOST_KEPT {
            let why = match clash {
                Clash::Column(column) => format!("the {column} of `{username}` is taken"),
                Clash::Other(by) => format!("`{by}`, of others, refuses `{username}`"),
            };
            self.terminal.notice(&format!("line {line} was left out: {why}"));
        }
        Ok(())
    }

    fn report(&mut self, errors: Option<&Path>) {
        match errors {
            Some(path) if self.count > 0 => self.terminal.notice(&format!(
                "left out {}; see `{}`",
                counted(self.count, "row"),
                path.display()
            )),
            None if self.terminal.keeps_notices() && self.count > Self::MOST_KEPT => {
                self.terminal.notice(&format!(
                    "left out {}; --errors FILE lists them all",
                    counted(self.count, "row")
                ));
            }
            _ => {}
        }
    }
}

impl Report {
    fn skipped(&self) -> u64 {
        self.rows - self.imported
    }

    /// The details of the audit row.
    fn details(&self) -> serde_json::Value {
        json!({
            "rows": self.rows,
            "imported": self.imported,
            "skipped": self.skipped(),
            "sha256": self.sha256,
        })
    }
}

impl Record for Report {
    const IS_OF_CHANGE: bool = true;

    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::integer("rows"), |report| report.rows.into()),
            shown(field::integer("imported"), |report| report.imported.into()),
            shown(field::integer("skipped"), |report| report.skipped().into()),
            shown(field::text("sha256"), |report| report.sha256.as_str().into()),
            shown(field::seconds("seconds"), |report| Cell::Seconds(report.seconds)),
            shown(field::flag("changed"), |report| (report.imported > 0).into()),
        ]
    }

    fn id(&self) -> Option<String> {
        Some(self.sha256.clone())
    }
}
