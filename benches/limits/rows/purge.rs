//! `code purge` compared with one `DELETE`, each on a fresh copy of the same table.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use crate::bench::{Bench, iamctl_on};
use crate::chart::{self, Line};
use crate::report::{Measured, Report, Row};
use crate::scale::written;
use crate::timing::{medians, peak_memory, time};

/// Of the rows with the narrowest bounds: the flushes of a disk vary by more than the bounds allow for.
const ROUNDS: usize = 7;
/// Of the rows that are slow to prepare, and of those without a bound.
const FEW_ROUNDS: usize = 3;
/// Of the row whose runs are so short that the waits for the disk make them differ by a factor of three.
const MANY_ROUNDS: usize = 21;
pub const COPY: &str = "of_purge_copy";

/// A database with expired and live codes.
#[derive(Debug, Clone, Copy)]
pub struct Codes {
    pub database: &'static str,
    expired: u32,
    live: u32,
    layout: Layout,
}

/// The physical order of the expired codes in the table.
#[derive(Debug, Clone, Copy)]
enum Layout {
    /// In order of expiry, as when all codes are issued with the same lifetime.
    InOrder,
    /// All with the same expiry.
    AtOnce,
    /// In no order, mixed with live codes, as in a table whose free space has been reused many
    /// times.
    Scattered,
}

pub fn measure(bench: &Bench, report: &mut Report) {
    let million = bench.scale.million();
    let in_order = Codes::in_order(bench);
    let middle = Codes { database: "of_purge_middle", live: 4 * million, ..in_order };
    let among_more = Codes { database: "of_purge_among_more", live: 9 * million, ..in_order };
    let sizes = [in_order, middle, among_more];

    for codes in sizes {
        codes.create(bench);
    }
    // Those that are compared with each other are neighbours: a disk is slower at some times.
    let [few_deleted, few, many] = medians(
        ROUNDS,
        [&mut || in_order.delete(bench), &mut || in_order.purge(bench), &mut || {
            among_more.purge(bench)
        }],
    );
    let [some, some_deleted, many_deleted] = medians(
        FEW_ROUNDS,
        [&mut || middle.purge(bench), &mut || middle.delete(bench), &mut || {
            among_more.delete(bench)
        }],
    );
    report.add(in_order.row(few, few_deleted, Some(1.15)));
    report.add(Row {
        work: among_more.work(),
        measured: Measured::Time {
            iamctl: many,
            compared_with: "the same among fewer",
            other: few,
        },
        bound: Some(1.2),
    });
    report.write_chart(
        "purge-time.svg",
        &chart(&sizes, [few, some, many], [few_deleted, some_deleted, many_deleted]),
    );
    bench.drop(in_order.database);
    bench.drop(middle.database);

    let all = among_more.all_expired(bench);
    let (purge, delete) = (all.purge(bench), all.delete(bench));
    report.add(all.row(purge.as_secs_f64(), delete.as_secs_f64(), None));
    all.copy(bench);
    report.add(Row {
        work: format!("peak memory of {}", all.work()),
        measured: Measured::Memory(peak_memory(&purge_of_copy(bench, ""))),
        bound: Some(32.0),
    });
    bench.drop(all.database);

    let at_once = Codes { database: "of_purge_at_once", layout: Layout::AtOnce, ..in_order };
    let scattered = Codes { database: "of_purge_scattered", layout: Layout::Scattered, ..in_order };
    let in_one_place = Codes { database: "of_purge_one_place", live: 9 * million, ..at_once };
    for (codes, bound) in [(at_once, 1.3), (in_one_place, 1.3), (scattered, 1.3)] {
        codes.create(bench);
        let [purge, delete] =
            medians(FEW_ROUNDS, [&mut || codes.purge(bench), &mut || codes.delete(bench)]);
        report.add(codes.row(purge, delete, Some(bound)));
        bench.drop(codes.database);
    }
    bench.drop(COPY);
}

/// One percent of a large table.
pub fn measure_few(bench: &Bench, report: &mut Report) {
    let million = bench.scale.million();
    let few = Codes {
        database: "of_purge_few",
        expired: million / 10,
        live: 99 * million / 10,
        layout: Layout::InOrder,
    };
    few.create(bench);
    let [purge, delete] =
        medians(MANY_ROUNDS, [&mut || few.purge(bench), &mut || few.delete(bench)]);
    report.add(few.row(purge, delete, Some(1.15)));
    bench.drop(few.database);
    bench.drop(COPY);
}

fn chart(sizes: &[Codes; 3], purge: [f64; 3], delete: [f64; 3]) -> String {
    let over_sizes = |times: [f64; 3]| {
        let rows = sizes.iter().map(|codes| f64::from(codes.expired + codes.live) / 1e6);
        rows.zip(times).collect()
    };
    let expired = written(sizes[0].expired);
    chart::svg(
        &format!("{expired} expired codes, deleted from a table of growing size"),
        "codes in the table, millions",
        "seconds",
        &[
            Line { name: "iamctl code purge", colour: "#1f6feb", points: over_sizes(purge) },
            Line { name: "one DELETE by psql", colour: "#d1850b", points: over_sizes(delete) },
        ],
    )
}

impl Codes {
    pub fn in_order(bench: &Bench) -> Self {
        let million = bench.scale.million();
        Self {
            database: "of_purge_in_order",
            expired: million,
            live: million,
            layout: Layout::InOrder,
        }
    }

    pub fn create(&self, bench: &Bench) {
        let Self { database, expired, live, layout } = self;
        let all = expired + live;
        // Live codes expire a day later, so that none expires during the measurement.
        let expires_at = match layout {
            Layout::InOrder | Layout::Scattered => {
                "now() + (n - $expired) * interval '100 ms' + side * interval '1 day'"
            }
            Layout::AtOnce => "now() + side * interval '1 day'",
        }
        .replace("$expired", &expired.to_string());
        let order = match layout {
            Layout::InOrder | Layout::AtOnce => "n",
            Layout::Scattered => "md5(n::text)",
        };
        bench.create(database);
        create_users(bench, database);
        let insert = format!(
            "insert into verification_codes (user_id, created_at, expires_at, code)
             select md5((n % 1000)::text)::uuid, expires_at - interval '5 minutes', expires_at,
                    encode(sha256(n::text::bytea), 'base64')
             from generate_series(1, {all}) n,
                  lateral (select case when n <= {expired} then -1 else 1 end as side) sides,
                  lateral (select {expires_at} as expires_at) times
             order by {order}"
        );
        fill(bench, database, "verification_codes", &insert);
    }

    /// The same table after its live codes have expired.
    fn all_expired(self, bench: &Bench) -> Self {
        bench.sql(
            self.database,
            "alter table verification_codes alter expires_at type timestamptz
             using expires_at - interval '1 month'",
        );
        bench.sql(self.database, "vacuum (freeze, analyze)");
        Self { expired: self.expired + self.live, live: 0, ..self }
    }

    pub fn copy(&self, bench: &Bench) {
        fresh_copy(bench, self.database, "verification_codes");
    }

    fn purge(&self, bench: &Bench) -> Duration {
        self.copy(bench);
        self.checked(bench, time(purge_of_copy(bench, "")))
    }

    fn delete(&self, bench: &Bench) -> Duration {
        self.copy(bench);
        let delete = "delete from verification_codes where expires_at < now()";
        self.checked(bench, time(bench.psql_on(&bench.url(COPY), delete)))
    }

    /// Checks that the work was done, and returns the time.
    fn checked(&self, bench: &Bench, time: Duration) -> Duration {
        let left = bench.sql(COPY, "select count(*) from verification_codes");
        assert_eq!(left, self.live.to_string());
        time
    }

    pub fn work(&self) -> String {
        let rows = format!(
            "code purge, {} among {}",
            written(self.expired),
            written(self.expired + self.live)
        );
        match self.layout {
            Layout::InOrder => rows,
            Layout::AtOnce => format!("{rows}, expired at one instant"),
            Layout::Scattered => format!("{rows}, in no order"),
        }
    }

    fn row(&self, purge: f64, delete: f64, bound: Option<f64>) -> Row {
        Row {
            work: self.work(),
            measured: Measured::Time {
                iamctl: purge,
                compared_with: "psql: DELETE",
                other: delete,
            },
            bound,
        }
    }
}

/// Inserts rows into the empty table, whose indexes are made after that: for ten million rows a minute in place of
/// seven. No later vacuum has to visit them, as they are frozen.
pub fn fill(bench: &Bench, database: &str, table: &str, insert: &str) {
    bench.sql(
        database,
        &format!(
            "set session_replication_role = replica;
             set maintenance_work_mem = '1GB';
             create temp table indexes as
             select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition,
                    c.conname, pg_get_constraintdef(c.oid) as of_constraint
             from pg_index left join pg_constraint c on conindid = indexrelid
             where indrelid = '{table}'::regclass;
             do $$
             declare it record;
             begin
                 for it in select * from indexes loop
                     if it.conname is null then execute 'drop index ' || it.name;
                     else execute format('alter table {table} drop constraint %I', it.conname);
                     end if;
                 end loop;
             end $$;
             {insert};
             do $$
             declare it record;
             begin
                 for it in select * from indexes loop
                     if it.conname is null then execute it.definition;
                     else execute format('alter table {table} add constraint %I %s',
                                         it.conname, it.of_constraint);
                     end if;
                 end loop;
             end $$;"
        ),
    );
    bench.sql(database, "vacuum (freeze, analyze)");
}

/// A thousand users, whose ids are the hashes of their numbers.
pub fn create_users(bench: &Bench, database: &str) {
    bench.sql(
        database,
        "insert into users (id, created_at, username, username_fingerprint, email)
         select md5(n::text)::uuid, now(), 'user' || n,
                convert_to(encode(sha256(('user' || n)::bytea), 'hex'), 'UTF8'),
                'user' || n || '@example.org'
         from generate_series(0, 999) n",
    );
}

/// Makes a fresh copy and writes it to disk. The expired rows of the table and their index are also in memory, as on
/// a busy server.
pub fn fresh_copy(bench: &Bench, database: &str, table: &str) {
    bench.copy(database, COPY);
    bench.sql(COPY, "vacuum analyze");
    bench.sql(
        COPY,
        &format!(
            "set enable_seqscan = off; set enable_bitmapscan = off;
             select count(created_at) from {table} where expires_at < now()"
        ),
    );
    bench.sql(COPY, "checkpoint");
    // Flush the file system cache, which still has pages from copying and dropping.
    crate::server::run(&mut Command::new("sync"));
    touch_free_memory(bench.directory());
    bench.wait_for_disk();
}

/// Writes and removes a file as large as the WAL of a run.
///
/// A virtual machine may return free memory to its host. Taking it again then costs time for each
/// page (10 µs measured, up to 0.4 s for a run). Without this file, only the runs after large
/// copies would take that time.
fn touch_free_memory(directory: &Path) {
    let file = directory.join("free-memory");
    fs::write(&file, vec![0; 512 << 20]).unwrap();
    fs::remove_file(&file).unwrap();
}

pub fn purge_of_copy(bench: &Bench, options: &str) -> Command {
    iamctl_on(&bench.url(COPY), &format!("code purge --kind verification{options}"))
}
