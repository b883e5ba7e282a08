//! Servers that lack something, and poolers that go unnoticed (docs/behaviour.md, Database).

use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection as _;
use diesel::{
    Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, sql_query, sql_types,
};

use crate::database::foreign;
use crate::support::pool::Pool;
use crate::support::proxy::Proxy;
use crate::support::{Db, Run, server};

/// A proxy in front of a server that refuses to look whether its client is still there, as on Windows.
fn without_client_check() -> Proxy {
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    proxy.replace(
        "client_connection_check_interval = 2000",
        "client_connection_check_interval = -200",
    );
    proxy
}

#[test]
fn a_server_that_cannot_check_its_client_is_used_without_that() {
    let proxy = without_client_check();
    let db = Db::bare();
    let run = |line: &str| Run::new(&proxy.url(&db.name), line);
    run("user list").fails(7).says("run `iamctl db migrate`");
    run("db migrate").ok();
    run("user create alice --email a@x.org").ok();
    run("user block alice --yes").ok();
    run("token issue --user alice --name ci --force").ok();
    db.sql(
        "insert into verification_codes
         select id, '2020-01-01', '2020-01-01', repeat('c', 44) from users",
    );
    assert_eq!(run("code purge -o json").ok().json()[0]["deleted"], 1);
    run("user import - --format csv").input("username,email\nbob,b@x.org\n").ok();
    for line in ["doctor", "db check", "db status", "user list", "purge"] {
        run(line).ok();
    }
    assert_eq!(db.sql("select count(*) from users"), "2");

    let db = foreign("");
    let run = |line: &str| Run::new(&proxy.url(&db.name), line);
    run("user list").fails(7).says("iamctl db adopt");
    run("db adopt --yes").ok();
    run("db check").ok();
}

/// Only there it costs a round trip: BEGIN fails, the setting is tried, the version is read.
#[test]
fn a_server_that_cannot_check_its_client_costs_few_round_trips() {
    let db = Db::new();
    let proxy = without_client_check();
    Run::new(&proxy.url(&db.name), "user create alice --email a@x.org").ok();
    // Connecting, and the five of `user create`.
    assert_eq!(proxy.round_trips(), 6 + 4);
}

/// What asks for the version of the server, and what answers with another one.
const ASK_VERSION: &str = "pg_catalog.current_setting('server_version_num')";
const SAY_13: &str = "pg_catalog.concat('130023'                     )";
const SAY_19: &str = "pg_catalog.concat('190001'                     )";

#[test]
fn a_server_that_is_too_old_is_named() {
    let db = Db::bare();
    let proxy = without_client_check();
    proxy.replace(ASK_VERSION, SAY_13);
    let run = |line: &str| Run::new(&proxy.url(&db.name), line);
    let words = "is too old: iamctl works with PostgreSQL 14 to 18; upgrade the server";
    for line in [
        "db migrate",
        "db migrate --dry-run",
        "db status",
        "db check",
        "db adopt --yes",
        "user list",
        "user create alice --email a@x.org",
        "purge",
    ] {
        run(line).fails(7).says(words);
    }
    let doctor = run("doctor -o json").ends_with(5).json();
    assert_eq!(doctor[0]["check"], "server", "{doctor:#}");
    assert_eq!(doctor[0]["status"], "failed", "{doctor:#}");
    assert!(doctor[0]["detail"].as_str().unwrap().ends_with(words), "{doctor:#}");
    assert_eq!(db.sql("select count(*) from pg_class where relname = 'users'"), "0");
}

#[derive(QueryableByName)]
struct Names {
    #[diesel(sql_type = sql_types::Text)]
    names: String,
}

#[test]
fn a_server_that_is_newer_than_tested_is_a_warning() {
    let db = Db::new();
    let proxy = Proxy::start(server().directory(), Duration::ZERO);
    proxy.replace(ASK_VERSION, SAY_19);
    let doctor = Run::new(&proxy.url(&db.name), "doctor").json();
    let checks = doctor.as_array().unwrap();
    let check = checks.iter().find(|check| check["check"] == "server").unwrap();
    assert_eq!(check["status"], "warning", "{doctor:#}");
    let detail = check["detail"].as_str().unwrap();
    assert!(detail.contains("newer than what this iamctl was tested with (14 to 18)"), "{detail}");
}

/// The settings that clients before this one have left in the session. Diesel sets the time zone and the
/// encoding of each connection.
fn left_in(conn: &mut PgConnection) -> String {
    let query = "select coalesce(string_agg(name, ' '), '') as names from pg_settings
                 where source = 'session' and name not in ('TimeZone', 'client_encoding')";
    sql_query(query).get_result::<Names>(conn).unwrap().names
}

#[test]
fn an_unnoticed_pooler_gets_its_connections_back_as_they_were() {
    let db = foreign("");
    db.sql(&format!(
        "alter database {0} set statement_timeout = '20s'; alter database {0} set lock_timeout = '19s'",
        db.name
    ));
    let pool = Pool::start(server().directory());
    let run = |line: &str| Run::new(&pool.url(&db.name), line);
    run("db adopt --yes").ok();
    run("user create dora --email d@x.org").ok();
    run("user import - --format csv").input("username,email\nerik,e@x.org\n").ok();
    for line in ["purge --jobs 2", "db check", "doctor", "user export -o csv", "user list"] {
        run(line).ok();
    }
    let begun = Instant::now();
    let sessions = format!(
        "select count(*) from pg_stat_activity where datname = '{}' and application_name = 'iamctl'",
        db.name
    );
    while pool.idle().to_string() != server().sql("postgres", &sessions) {
        assert!(begun.elapsed() < Duration::from_secs(10));
    }
    let kept = pool.idle();
    assert!(kept > 1, "{kept}");
    let mut clients: Vec<_> =
        (0..kept).map(|_| PgConnection::establish(&pool.url(&db.name)).unwrap()).collect();
    for client in &mut clients {
        assert_eq!(left_in(client), "");
    }
    // What is left would be seen.
    let mut client = clients.pop().unwrap();
    client.batch_execute("set statement_timeout = 0").unwrap();
    assert_eq!(left_in(&mut client), "statement_timeout");
    let locks = "select count(*) from pg_locks where locktype = 'advisory'
                 and database = (select oid from pg_database where datname = current_database())";
    assert_eq!(db.sql(locks), "0");
}

#[test]
fn doctor_notices_a_pooler_that_keeps_connections() {
    let db = Db::new();
    let pool = Pool::start(server().directory());
    let pooler = |url: &str| {
        let doctor = Run::new(url, "doctor").json();
        let checks = doctor.as_array().unwrap();
        let check = checks.iter().find(|check| check["check"] == "pooler").unwrap();
        check["detail"].as_str().unwrap().to_owned()
    };
    assert!(pooler(&pool.url(&db.name)).starts_with("one in between"));
    assert_eq!(pooler(&db.url()), "none in between");
}
