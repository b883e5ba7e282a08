//! Section 7 of the contract, measured: `iamctl` and `psql` as whole processes, side by side on one
//! PostgreSQL that `cargo bench` makes for itself and removes again.
//!
//! `IAMCTL_BENCH_SCALE=full cargo bench` measures the sizes of the contract; without the variable
//! they are a tenth, and only hint at what the full ones come to. `cargo bench -- purge` measures
//! the rows of one file in `rows/`. The exit code is 1 where a bound is missed.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark that cannot measure ends at once, and says where"
)]

mod bench;
mod chart;
mod report;
mod rows;
mod scale;
mod timing;

#[path = "../../tests/cli/support/proxy.rs"]
#[expect(dead_code, reason = "tests count round trips")]
mod proxy;
#[path = "../../tests/cli/support/server.rs"]
#[expect(dead_code, reason = "tests read the log, and have settings of their own")]
mod server;

use std::env;
use std::process::ExitCode;

use bench::Bench;
use report::Report;
use scale::Scale;

fn main() -> ExitCode {
    let args: Vec<_> = env::args().skip(1).collect();
    if let [first, command @ ..] = args.as_slice()
        && first == timing::PEAK_MEMORY_OF
    {
        return timing::print_peak_memory(command);
    }
    // `cargo test --all-targets` runs this file too, unoptimized and without `--bench`.
    if !args.iter().any(|arg| arg == "--bench") {
        return ExitCode::SUCCESS;
    }
    let chosen: Vec<_> = args.iter().filter(|arg| !arg.starts_with('-')).collect();

    let bench = Bench::start(Scale::from_environment());
    let mut report = Report::begin(bench.machine(), bench.scale);
    for (name, measure) in rows::ALL {
        if chosen.is_empty() || chosen.iter().any(|chosen| *chosen == name) {
            measure(&bench, &mut report);
        }
    }
    if chosen.is_empty() {
        report.write();
    }
    if report.all_met() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
