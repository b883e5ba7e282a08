//! Runs a process to its end, and measures its time or its memory.

use std::env;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use nix::sys::resource::{UsageWho, getrusage};

use crate::server::run;

/// The time that the process took. It must succeed.
pub fn time(mut command: Command) -> Duration {
    let begun = Instant::now();
    run(&mut command);
    begun.elapsed()
}

/// Runs all contenders in each of `rounds` rounds, and returns the median of each in seconds. The
/// order rotates, so that the effects of an earlier run and of other load are the same for all.
pub fn medians<const N: usize>(
    rounds: usize,
    contenders: [&mut dyn FnMut() -> Duration; N],
) -> [f64; N] {
    let mut timed = contenders.map(|contender| (contender, Vec::new()));
    for round in 0..rounds {
        for turn in 0..N {
            let (contender, samples) = &mut timed[(round + turn) % N];
            samples.push(contender());
        }
    }
    timed.map(|(_, samples)| median(samples))
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    let (low, high) = (times[(times.len() - 1) / 2], times[times.len() / 2]);
    (low + high).as_secs_f64() / 2.0
}

pub const PEAK_MEMORY_OF: &str = "--peak-memory-of";

/// The peak memory of the process, in MiB.
///
/// The kernel reports one value for all children of a process, so a second run of this program has
/// the process as its only child.
pub fn peak_memory(command: &Command) -> f64 {
    let mut only_parent = Command::new(env::current_exe().unwrap());
    only_parent.arg(PEAK_MEMORY_OF).arg(command.get_program()).args(command.get_args());
    only_parent.env_clear().current_dir("/").stdin(Stdio::null());
    for (name, value) in command.get_envs() {
        only_parent.env(name, value.unwrap_or_default());
    }
    run(&mut only_parent).trim().parse().unwrap()
}

/// The second run: runs `command` and prints its peak memory.
#[expect(clippy::print_stdout, clippy::cast_precision_loss, reason = "a result, of a few digits")]
pub fn print_peak_memory(command: &[String]) -> ExitCode {
    let [program, args @ ..] = command else { return ExitCode::FAILURE };
    run(Command::new(program).args(args));
    let peak = getrusage(UsageWho::RUSAGE_CHILDREN).unwrap().max_rss();
    // Apple systems count bytes, others KiB.
    let unit = if cfg!(target_vendor = "apple") { 1024.0 * 1024.0 } else { 1024.0 };
    println!("{}", peak as f64 / unit);
    ExitCode::SUCCESS
}
