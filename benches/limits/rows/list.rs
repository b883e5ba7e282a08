//! The first page of `user list`, in each sort order.

use crate::bench::{Bench, iamctl_on};
use crate::report::{Measured, Report, Row};
use crate::scale::written;
use crate::timing::{medians, time};

const DATABASE: &str = "of_list";
const ROUNDS: usize = 51;

/// Options of `user list`, and the same sort order in SQL.
const ORDERS: [(&str, &str); 6] = [
    ("--sort created", "created_at desc, id desc"),
    ("--sort created --reverse", "created_at, id"),
    ("--sort username", "username, id"),
    ("--sort username --reverse", "username desc, id desc"),
    ("--sort email", "email"),
    ("--sort email --reverse", "email desc"),
];

pub fn measure(bench: &Bench, report: &mut Report) {
    let users = bench.scale.million();
    bench.create(DATABASE);
    fill(bench, users);
    let url = bench.url(DATABASE);
    for (options, order) in ORDERS {
        // One row more than a page: `iamctl` reads it to know whether more rows follow.
        let query = format!("select * from users where not deleted order by {order} limit 101");
        let [iamctl, psql] = medians(
            ROUNDS,
            [&mut || time(iamctl_on(&url, &format!("user list {options}"))), &mut || {
                time(bench.psql_on(&url, &query))
            }],
        );
        report.add(Row {
            work: format!("user list {options}, {} users", written(users)),
            measured: Measured::Time { iamctl, compared_with: "psql: SELECT", other: psql },
            bound: Some(1.5),
        });
    }
    bench.drop(DATABASE);
}

/// Inserts users in every state. Their usernames and emails sort differently from their times.
fn fill(bench: &Bench, users: u32) {
    bench.sql(
        DATABASE,
        &format!(
            "insert into users (id, created_at, username, username_fingerprint, email,
                                email_verified, email_verified_at, blocked, deleted, deleted_at)
             select md5(name)::uuid, at, name,
                    convert_to(encode(sha256(name::bytea), 'hex'), 'UTF8'), name || '@example.org',
                    n % 10 <> 1, case when n % 10 <> 1 then at end,
                    n % 50 = 2, n % 100 = 3, case when n % 100 = 3 then at end
             from generate_series(1, {users}) n,
                  lateral (select now() - n * interval '1 minute' as at,
                                  'u' || left(md5(n::text), 8) || n as name) made"
        ),
    );
    bench.sql(DATABASE, "vacuum analyze users");
    bench.sql(DATABASE, "checkpoint");
}
