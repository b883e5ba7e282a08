//! The cost of starting a process that does nothing.

use crate::bench::{Bench, iamctl};
use crate::report::{Measured, Report, Row};
use crate::timing::{medians, time};

const ROUNDS: usize = 200;

pub fn measure(bench: &Bench, report: &mut Report) {
    let [version, help, psql] = medians(
        ROUNDS,
        [&mut || time(iamctl("--version")), &mut || time(iamctl("--help")), &mut || {
            let mut psql = bench.psql();
            psql.arg("--version");
            time(psql)
        }],
    );
    for (work, iamctl) in [("--version", version), ("--help", help)] {
        report.add(Row {
            work: work.to_owned(),
            measured: Measured::Time { iamctl, compared_with: "psql --version", other: psql },
            bound: Some(0.5),
        });
    }
}
