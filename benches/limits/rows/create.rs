//! `user create`, on a local socket and over a slow link.

use std::fmt::Write as _;
use std::process::Command;
use std::time::Duration;

use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use crate::bench::{Bench, iamctl_on};
use crate::report::{Measured, Report, Row};
use crate::timing::{medians, time};

const DATABASE: &str = "of_create";
const PASSWORD: &str = "benchmark";

pub fn measure(bench: &Bench, report: &mut Report) {
    bench.create(DATABASE);
    // This role needs a password, as is usual over a network. That costs both programs two more
    // round trips.
    bench.sql(
        DATABASE,
        &format!(
            "create role password_role login password '{PASSWORD}';
             grant select, insert on all tables in schema public to password_role"
        ),
    );
    let link = bench.link(Duration::from_millis(20));
    let link = link.url(DATABASE).replace("user=postgres", "user=password_role");
    for (work, url, rounds, bound) in [
        ("user create, on a local socket", bench.url(DATABASE), 200, 1.0),
        ("user create, over a link with 20 ms each way", link, 15, 2.2),
    ] {
        let [iamctl, psql] = medians(
            rounds,
            [&mut || time(with_password(create(&url))), &mut || {
                time(with_password(bench.psql_on(&url, &insert())))
            }],
        );
        report.add(Row {
            work: work.to_owned(),
            measured: Measured::Time { iamctl, compared_with: "psql: INSERT", other: psql },
            bound: Some(bound),
        });
    }
}

fn create(url: &str) -> Command {
    let name = name();
    iamctl_on(url, &format!("user create {name} --email {name}@example.org"))
}

/// An INSERT like that of `user create`.
fn insert() -> String {
    let (id, name) = (Uuid::new_v4(), name());
    let fingerprint = Sha256::digest(&name).iter().fold(String::new(), |mut hex, byte| {
        _ = write!(hex, "{byte:02x}");
        hex
    });
    format!(
        "insert into users (id, created_at, username, username_fingerprint, email, email_verified)
         values ('{id}', now(), '{name}', '{fingerprint}', '{name}@example.org', false)"
    )
}

/// A new username. It is already in the form whose SHA-256 is the fingerprint.
fn name() -> String {
    Uuid::new_v4().simple().to_string()
}

fn with_password(mut command: Command) -> Command {
    command.env("PGPASSWORD", PASSWORD);
    command
}
