//! The effect of a purge on the service: how long the service's statements take during it.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};

use super::purge::{COPY, Codes, purge_of_copy};
use crate::bench::Bench;
use crate::report::{Measured, Report, Row};
use crate::timing::time;

const ROUNDS: usize = 5;
/// The time from one sign-in of a client to its next. All clients together sign in a thousand times
/// a second, which two cores serve easily.
const INTERVAL: Duration = Duration::from_millis(2);
const CLIENTS: usize = 2;

pub fn measure(bench: &Bench, report: &mut Report) {
    let codes = Codes::in_order(bench);
    codes.create(bench);
    // A COMMIT of the service waits until the WAL of a batch is written. Beside others a purge makes
    // short batches and rests between them, which keeps this wait short.
    for (options, bound) in [("", Some(2.0)), (" --pause 0", None)] {
        let mut with = Vec::new();
        let mut without = Vec::new();
        for _ in 0..ROUNDS {
            codes.copy(bench);
            // The second sample lasts as long as the purge took, so that both see the same amount
            // of other work.
            let mut took = Duration::ZERO;
            with.extend(served(bench, || took = time(purge_of_copy(bench, options))));
            codes.copy(bench);
            without.extend(served(bench, || thread::sleep(took)));
        }
        for (name, share, bound) in [("median", 0.5, None), ("p99", 0.99, bound)] {
            report.add(Row {
                work: format!("service's {name}, code purge{options}"),
                measured: Measured::Time {
                    iamctl: percentile(&mut with, share),
                    compared_with: "without a purge",
                    other: percentile(&mut without, share),
                },
                bound,
            });
        }
    }
    bench.drop(COPY);
    bench.drop(codes.database);
}

/// The duration of each sign-in during `work`. A sign-in issues, finds and deletes a code.
fn served(bench: &Bench, work: impl FnOnce()) -> Vec<Duration> {
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let (over, url) = (&over, bench.url(COPY));
                scope.spawn(move || {
                    let mut conn = PgConnection::establish(&url).unwrap();
                    let mut times = Vec::new();
                    while !over.load(Ordering::SeqCst) {
                        let begun = Instant::now();
                        conn.batch_execute(&sign_in(client, times.len())).unwrap();
                        times.push(begun.elapsed());
                        thread::sleep(INTERVAL.saturating_sub(begun.elapsed()));
                    }
                    times
                })
            })
            .collect();
        // Let the clients connect first.
        thread::sleep(Duration::from_millis(50));
        work();
        over.store(true, Ordering::SeqCst);
        clients.into_iter().flat_map(|client| client.join().unwrap()).collect()
    })
}

fn sign_in(client: usize, number: usize) -> String {
    let code = format!("{:n<44}", format!("{client}n{number}"));
    format!(
        "insert into verification_codes
         select id, now(), now() + interval '5 minutes', '{code}' from users limit 1;
         select * from verification_codes where code = '{code}';
         delete from verification_codes where code = '{code}'"
    )
}

fn percentile(times: &mut [Duration], share: f64) -> f64 {
    times.sort_unstable();
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_precision_loss,
        clippy::cast_sign_loss,
        reason = "an index into some thousand samples"
    )]
    let index = ((times.len() - 1) as f64 * share).round() as usize;
    times[index].as_secs_f64()
}
