//! `session purge` and `token purge` of rows with random lifetimes, compared with one `DELETE`.

use std::time::Duration;

use super::purge::{COPY, fill, fresh_copy};
use crate::bench::{Bench, iamctl_on};
use crate::report::{Measured, Report, Row};
use crate::scale::written;
use crate::timing::{medians, time};

const ROUNDS: usize = 3;
const DATABASE: &str = "of_lifetimes";

/// A table whose rows expire or are revoked.
#[derive(Debug, Clone, Copy)]
struct Kind {
    command: &'static str,
    table: &'static str,
    /// The columns and values of a row that belongs to the user `owner` and has the number `n`.
    columns: &'static str,
    values: &'static str,
    now: &'static str,
}

const KINDS: [Kind; 2] = [
    Kind {
        command: "session purge",
        table: "refresh_tokens",
        columns: "user_id",
        values: "owner",
        now: "(now() at time zone 'utc')",
    },
    Kind {
        command: "token purge",
        table: "api_tokens",
        columns: "owner_id, name",
        values: "owner, 'token' || n",
        now: "now()",
    },
];

pub fn measure(bench: &Bench, report: &mut Report) {
    let million = bench.scale.million();
    for kind in KINDS {
        kind.create(bench, 2 * million);
        let [purge, delete] =
            medians(ROUNDS, [&mut || kind.purge(bench), &mut || kind.delete(bench)]);
        report.add(Row {
            work: format!(
                "{}, {} among {}, random lifetimes",
                kind.command,
                written(million),
                written(2 * million)
            ),
            measured: Measured::Time {
                iamctl: purge,
                compared_with: "psql: DELETE",
                other: delete,
            },
            bound: Some(1.3),
        });
        bench.drop(DATABASE);
    }
    bench.drop(COPY);
}

impl Kind {
    /// A database where half of the rows are over: most expired, some were revoked. They lie anywhere.
    fn create(self, bench: &Bench, rows: u32) {
        let Self { table, columns, values, now, .. } = self;
        bench.create(DATABASE);
        super::purge::create_users(bench, DATABASE);
        let insert = format!(
            "insert into {table} (created_at, expires_at, revoked, revoked_at, token, {columns})
             select {now} - interval '31 days' + n * interval '1 ms',
                    {now} + side * (interval '1 day' + random() * interval '30 days'),
                    revoked, case when revoked then {now} - random() * interval '30 days' end,
                    encode(sha256(n::text::bytea), 'base64'), {values}
             from generate_series(1, {rows}) n,
                  lateral (select md5((n % 1000)::text)::uuid as owner,
                                  case when n % 20 < 9 then -1 else 1 end as side,
                                  n % 20 in (8, 9) as revoked) row"
        );
        fill(bench, DATABASE, table, &insert);
    }

    fn purge(self, bench: &Bench) -> Duration {
        let line = format!("{} --older-than 0s", self.command);
        self.timed(bench, || time(iamctl_on(&bench.url(COPY), &line)))
    }

    fn delete(self, bench: &Bench) -> Duration {
        let delete = format!("delete from {} where {}", self.table, self.is_over());
        self.timed(bench, || time(bench.psql_on(&bench.url(COPY), &delete)))
    }

    fn is_over(self) -> String {
        let now = self.now;
        format!("expires_at < {now} or revoked and revoked_at < {now}")
    }

    /// The time of the work on a fresh copy. Checks that it was done.
    fn timed(self, bench: &Bench, work: impl FnOnce() -> Duration) -> Duration {
        fresh_copy(bench, DATABASE, self.table);
        let count = |rows: &str| bench.sql(COPY, &format!("select count(*) {rows}"));
        let (table, is_over) = (self.table, self.is_over());
        let live = count(&format!("from {table} where not ({is_over})"));
        let time = work();
        assert_eq!(count(&format!("from {table}")), live);
        time
    }
}
