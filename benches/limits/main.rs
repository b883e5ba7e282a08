//! Measures the numbers of docs/behaviour.md, section Limits: `iamctl` and `psql` as whole
//! processes, side by side on one PostgreSQL server that `cargo bench` creates and removes.
//!
//! `IAMCTL_BENCH_SCALE=full cargo bench` measures the full sizes. Without the variable the sizes
//! are a tenth, and the results are only an estimate. `cargo bench -- purge` measures some of
//! the rows, by a name of `rows::ALL`. The exit code is 1 if a bound is missed.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a benchmark that cannot measure panics"
)]

mod bench;
mod chart;
mod report;
mod rows;
mod scale;
mod timing;

#[path = "../../tests/cli/support/client.rs"]
mod client;
#[path = "../../tests/cli/support/proxy.rs"]
#[expect(dead_code, reason = "only tests count round trips")]
mod proxy;
#[path = "../../tests/cli/support/server.rs"]
#[expect(dead_code, reason = "tests use more of it")]
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
    // `cargo test --all-targets` also runs this file, unoptimized and without `--bench`.
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
