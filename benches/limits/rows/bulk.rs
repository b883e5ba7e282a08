//! `user import` and `user export`, compared with `\copy` of the same rows.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use crate::bench::{Bench, iamctl_on};
use crate::report::{Measured, Report, Row};
use crate::scale::written;
use crate::timing::{medians, peak_memory, time};

const EMPTY: &str = "of_import_empty";
const COPY: &str = "of_import_copy";
const FULL: &str = "of_export";
const ROUNDS: usize = 3;

pub fn measure(bench: &Bench, report: &mut Report) {
    let rows = bench.scale.million();
    bench.create(EMPTY);
    let file = bench.directory().join("import.csv");
    write_names(&file, rows);

    // `\copy` loads the rows that an import of the file creates.
    bench.create(FULL);
    crate::server::run(&mut import(bench, FULL, &file));
    bench.sql(FULL, "vacuum (freeze, analyze)");
    let finished = bench.directory().join("finished.txt");
    let copy_to = |path: &Path| copy(bench, FULL, &format!("to '{}'", path.display()));
    crate::server::run(&mut copy_to(&finished));

    let [iamctl, psql] = medians(
        ROUNDS,
        [&mut || imported(bench, rows, &|| import(bench, COPY, &file)), &mut || {
            let from = format!("from '{}'", finished.display());
            imported(bench, rows, &|| copy(bench, COPY, &from))
        }],
    );
    report.add(Row {
        work: format!("user import, {}", written(rows)),
        measured: Measured::Time { iamctl, compared_with: "psql: \\copy from", other: psql },
        bound: Some(1.15),
    });
    bench.copy(EMPTY, COPY);
    report.add(memory("import", rows, &import(bench, COPY, &file)));

    let out = bench.directory().join("export");
    let export = || {
        let mut shell = Command::new("sh");
        let export = iamctl_on(&bench.url(FULL), "user export --status any -o csv");
        shell.args(["-c", "exec \"$@\" > \"$OUT\"", "sh"]);
        shell.arg(export.get_program()).args(export.get_args()).env_clear().env("OUT", &out);
        shell.envs(export.get_envs().filter_map(|(name, value)| Some((name, value?))));
        shell
    };
    let [iamctl, psql] = medians(2 * ROUNDS, [&mut || time(export()), &mut || time(copy_to(&out))]);
    report.add(Row {
        work: format!("user export, {}", written(rows)),
        measured: Measured::Time { iamctl, compared_with: "psql: \\copy to", other: psql },
        bound: Some(1.2),
    });
    report.add(memory("export", rows, &export()));
    for database in [EMPTY, COPY, FULL] {
        bench.drop(database);
    }
}

fn memory(verb: &str, rows: u32, command: &Command) -> Row {
    Row {
        work: format!("peak memory of user {verb}, {}", written(rows)),
        measured: Measured::Memory(peak_memory(command)),
        bound: Some(32.0),
    }
}

/// The time that the command takes to fill an empty database.
fn imported(bench: &Bench, rows: u32, command: &dyn Fn() -> Command) -> Duration {
    bench.copy(EMPTY, COPY);
    bench.sql(COPY, "checkpoint");
    let time = time(command());
    assert_eq!(bench.sql(COPY, "select count(*) from users"), rows.to_string());
    time
}

fn import(bench: &Bench, database: &str, file: &Path) -> Command {
    let mut import = iamctl_on(&bench.url(database), "user import");
    import.arg(file);
    import
}

fn copy(bench: &Bench, database: &str, what: &str) -> Command {
    bench.psql_on(&bench.url(database), &format!("\\copy users {what}"))
}

fn write_names(file: &PathBuf, rows: u32) {
    let mut csv = "username,email\n".to_owned();
    for row in 0..rows {
        _ = writeln!(csv, "User-{row},User-{row}@example.org");
    }
    fs::write(file, csv).unwrap();
}
