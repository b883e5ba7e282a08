//! Where the connection settings come from, and what happens when a connection is slow or lost.

use std::fs::{self, Permissions};
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::Path;
use std::process::Stdio;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use diesel::{Connection as _, PgConnection};

use crate::support::pooler::Pooler;
use crate::support::server::{self as test_server, Server, run as run_to_the_end};
use crate::support::{Db, Run, directory, server};

/// A database with `count` users, so that a count of users identifies it.
fn with_users(count: usize) -> Db {
    let db = Db::new();
    for number in 0..count {
        db.user(&format!("user{number}"));
    }
    db
}

const COUNT: &str = "user list --count";

#[test]
fn sources_of_the_url_have_an_order_of_precedence() {
    let [one, two, three, four, five] = [1, 2, 3, 4, 5].map(with_users);
    let home = directory();
    let file = home.path().join("url");
    fs::write(&file, format!("{}\n", three.url())).unwrap();
    env_file(home.path(), &format!("DATABASE_URL='{}'\nPGHOST=/nonexistent\n", five.url()));

    let all = |line: &str| {
        Run::without_database(line)
            .directory(home.path())
            .env("DATABASE_URL", two.url())
            .env("DATABASE_URL_FILE", &file)
            .env("PGHOST", server().directory())
            .env("PGUSER", "postgres")
            .env("PGDATABASE", &four.name)
    };
    assert_eq!(all(COUNT).arg("--database-url").arg(one.url()).ok().line(), "1");
    assert_eq!(all(COUNT).ok().line(), "2");
    assert_eq!(all(COUNT).without_env("DATABASE_URL").ok().line(), "3");
    assert_eq!(
        all(COUNT).env("DATABASE_URL", "").ok().line(),
        "3",
        "an empty variable counts as unset"
    );
    // As Windows writes it.
    fs::write(&file, format!("\u{feff}{}\r\n", three.url())).unwrap();
    assert_eq!(all(COUNT).without_env("DATABASE_URL").ok().line(), "3");
    let libpq = || all(COUNT).without_env("DATABASE_URL").without_env("DATABASE_URL_FILE");
    assert_eq!(libpq().ok().line(), "4");
    let last = libpq().without_env("PGHOST").without_env("PGDATABASE").ok();
    assert_eq!(last.line(), "5");
    last.says("using DATABASE_URL from .env");
}

#[test]
fn keywords_services_and_several_hosts_work_as_in_libpq() {
    let db = with_users(2);
    let directory = directory();
    let socket = server().directory().display();
    let keywords = format!("host={socket} user=postgres dbname={}", db.name);
    assert_eq!(Run::new(&keywords, COUNT).ok().line(), "2");
    let hosts = format!("host=/nonexistent,{socket} user=postgres dbname={}", db.name);
    assert_eq!(Run::new(&hosts, COUNT).ok().line(), "2");
    let service = directory.path().join("services");
    fs::write(&service, format!("[iam]\nhost={socket}\nuser=postgres\ndbname={}\n", db.name))
        .unwrap();
    let run = Run::without_database(COUNT).env("PGSERVICEFILE", &service).env("PGSERVICE", "iam");
    assert_eq!(run.ok().line(), "2");
}

pub fn env_file(directory: &Path, text: &str) {
    let path = directory.join(".env");
    fs::write(&path, text).unwrap();
    fs::set_permissions(path, Permissions::from_mode(0o600)).unwrap();
}

#[test]
fn dot_env_must_be_in_the_current_directory_and_not_writable_by_others() {
    let db = with_users(1);
    let home = directory();
    let url = format!("DATABASE_URL='{}'\n", db.url());
    let run = |directory: &Path| Run::without_database(COUNT).directory(directory);

    env_file(home.path(), &url);
    let below = home.path().join("below");
    fs::create_dir(&below).unwrap();
    run(&below).fails(2).says("no database is configured");
    symlink(home.path().join(".env"), below.join(".env")).unwrap();
    run(&below).fails(2).says("symbolic link");

    fs::set_permissions(home.path().join(".env"), Permissions::from_mode(0o620)).unwrap();
    run(home.path()).fails(2).says("others can write it");
    env_file(home.path(), &format!("PGHOST={}\n", server().directory().display()));
    run(home.path()).fails(2).says("no database is configured");
    env_file(home.path(), "DATABASE_URL=postgresql://u:s3cret@h/a b\n");
    let broken = run(home.path()).fails(2);
    assert!(!broken.stderr.contains("s3cret"), "{broken:?}");

    // A part of the password would be gone.
    for line in [
        "DATABASE_URL=postgresql://u:pa$word@h/db",
        "export DATABASE_URL=\"x$y\"",
        "DATABASE_URL='word'$HOME",
        "DATABASE_URL='word'${HOME}'b'",
        "DATABASE_URL=\"word $HOME\"",
        "DATABASE_URL=\"two\nwords $HOME\"",
        "DATABASE_URL=pa\\$word",
    ] {
        env_file(home.path(), &format!("{line}\n"));
        let refused =
            run(home.path()).fails(2).says("DATABASE_URL cannot be read as it is written");
        assert!(!refused.stderr.contains("word"), "{refused:?}");
    }
    // Where the database is named elsewhere, the other values of the file still count.
    let elsewhere = || run(home.path()).env("DATABASE_URL", db.url());
    env_file(home.path(), "DATABASE_URL=x$y\n");
    elsewhere().ok();
    env_file(home.path(), "IAMCTL_OUTPUT=$y\n");
    elsewhere().fails(2).says("IAMCTL_OUTPUT cannot be read as it is written");
    env_file(home.path(), "IAMCTL_REASON=costs $5\n");
    let block = Run::new(&db.url(), "user block user0 --yes").directory(home.path());
    block.fails(2).says("IAMCTL_REASON cannot be read as it is written");
    env_file(home.path(), &format!("{url}DATABASE_URL=x y\n"));
    run(home.path()).fails(2).says("DATABASE_URL cannot be read as it is written");
    env_file(home.path(), "#IAMCTL_REASON=\n# IAMCTL_OUTPUT\nNAME=My App\n");
    assert_eq!(elsewhere().ok().stderr, "");
    env_file(home.path(), "not for us\nIAMCTL_OUTPUT=json\n");
    assert_eq!(elsewhere().ok().stderr, "using IAMCTL_OUTPUT from .env\n");
    fs::set_permissions(home.path().join(".env"), Permissions::from_mode(0o620)).unwrap();
    elsewhere().ok().says("ignoring `.env`: others can write it");
    env_file(home.path(), &format!("# costs $5\nOTHER=$x\n{url}IAMCTL_REASON='a $ sign'\n"));
    run(home.path()).ok();
    env_file(home.path(), &format!("{url}IAMCTL_OUTPUT=json\nIAMCTL_REASON=because\n"));
    let count = run(home.path()).ok().says("using IAMCTL_OUTPUT from .env");
    assert_eq!(count.json()["count"], 1);
    Run::without_database("user block user0 --yes -o table").directory(home.path()).ok();
    assert!(db.audit()[0].ends_with("|because"), "{:?}", db.audit());
}

#[test]
fn without_a_database_iamctl_names_the_choices_and_offers_a_private_server() {
    let run = || Run::without_database(COUNT);
    let refused = run().fails(2);
    for choice in ["--database-url", "DATABASE_URL", "DATABASE_URL_FILE", "PGHOST", "--local"] {
        assert!(refused.stderr.contains(choice), "{choice}: {refused:?}");
    }
    run().env("DATABASE_URL_FILE", "/nonexistent/url").fails(2).says("/nonexistent/url");

    let mut terminal = run().on_terminal();
    terminal.exp_string("--local").unwrap();
    terminal.send_line("n").unwrap();
    terminal.exp_string("no database is configured").unwrap();
}

#[test]
fn no_error_shows_a_password() {
    let db = Db::new();
    db.sql(
        "do $$ begin create role password_role login password 's3cret-right';
         exception when duplicate_object then null; end $$",
    );
    let socket = server().directory().display();
    let with = |password: &str| {
        format!("postgresql://password_role:{password}@/{}?host={socket}", db.name)
    };
    for (url, code) in [
        (with("s3cret-wrong"), 6),
        (with("s3cret/wrong"), 2),
        (with("s3cret@wrong"), 2),
        (with("%s3cret"), 2),
        ("postgresql://u:s3cret@h:port/db".to_owned(), 2),
        ("host=h password=s3cret x".to_owned(), 2),
        ("nonsense-s3cret".to_owned(), 2),
    ] {
        for line in ["user list -v", "user list -v -o json"] {
            let failed = Run::new(&url, line).fails(code);
            assert!(!failed.stderr.contains("s3cret"), "{failed:?}");
        }
    }
    // Other users can see the option in the process list, so iamctl warns about it.
    db.sql("grant select on all tables in schema public to password_role");
    Run::without_database(COUNT)
        .arg("--database-url")
        .arg(with("s3cret-right"))
        .ok()
        .says("process list");
    Run::new(&with("s3cret-right"), COUNT).ok();
    db.sql(&format!(
        "drop owned by password_role; alter database {} set timezone = 'UTC'",
        db.name
    ));
}

#[test]
fn keywords_may_be_one_a_line_and_a_password_may_hold_anything() {
    let db = with_users(1);
    let (host, name) = (server().directory().display(), &db.name);
    for list in [
        format!("host={host}\ndbname={name}\nuser=postgres\n"),
        format!("host={host}\tdbname={name} user=postgres"),
        format!("host={host} dbname={name} user=postgres password='a://b/c@d'"),
    ] {
        Run::new(&list, COUNT).ok();
    }
    let broken = Run::new(&format!("host='{host}\nx' dbname={name}"), COUNT);
    broken.fails(2).says("cannot be parsed");
}

#[test]
fn a_parameter_of_another_program_is_named_with_what_to_write_in_its_place() {
    let db = with_users(1);
    let url = |parameter: &str| format!("{}&{parameter}", db.url());
    for (parameter, says) in [
        ("schema=public", "options=-csearch_path"),
        ("currentSchema=public", "options=-csearch_path"),
        ("pgbouncer=true", "leave it out"),
        ("sslaccept=strict", "sslmode=verify-full"),
        ("connection_limit=5", "leave it out"),
    ] {
        let name = format!("`{}`", parameter.split('=').next().unwrap());
        Run::new(&url(parameter), COUNT).fails(2).says(&name).says(says);
    }
    Run::new(&url("options=-csearch_path%3Dpublic"), COUNT).ok();
}

#[test]
fn blanks_around_a_url_and_a_byte_order_mark_before_a_list_are_skipped() {
    let db = with_users(2);
    assert_eq!(Run::new(&format!(" {}\r\n", db.url()), COUNT).ok().line(), "2");
    db.iamctl("user block - --yes").input("\u{feff}user0\r\nuser1\r\n").ok();
    let token = db.iamctl("token issue --user user0 --name ci --force -o id").ok().line();
    db.iamctl("user unblock user0").ok();
    db.iamctl("token verify").input(format!("\u{feff}{token}\r\n")).ok();
    db.iamctl("user block user0 --yes").ok();
    assert_eq!(db.sql("select count(*) from users where blocked"), "2");
}

#[test]
fn a_password_file_that_libpq_ignores_is_a_notice_like_others() {
    let db = with_users(1);
    let home = directory();
    let file = home.path().join(".pgpass");
    fs::write(&file, "*:*:*:*:secret\n").unwrap();
    let run = |mode: u32, line: &str| {
        fs::set_permissions(&file, Permissions::from_mode(mode)).unwrap();
        Run::new(&db.url(), line).env("HOME", home.path().to_str().unwrap())
    };
    let ignored = run(0o644, COUNT).ok().says("run `chmod 600");
    assert_eq!(ignored.stderr.lines().count(), 1, "{ignored:?}");
    assert_eq!(run(0o644, "user list --count -q").ok().stderr, "");
    assert_eq!(run(0o600, COUNT).ok().stderr, "");
    let failed = run(0o644, "user show nobody -o json").fails(3);
    let _: serde_json::Value = serde_json::from_str(&failed.stderr).unwrap();

    let other = home.path().join("other");
    fs::create_dir(&other).unwrap();
    let by_variable = run(0o600, COUNT).env("PGPASSFILE", other.to_str().unwrap()).ok();
    by_variable.says("is not a regular file");
    // It is not read where there is a password.
    let with_password = run(0o644, COUNT).env("PGPASSWORD", "other").ok();
    assert_eq!(with_password.stderr, "");
}

#[test]
fn iamctl_waits_for_the_database_only_with_the_wait_option() {
    let db = with_users(1);
    let directory = directory();
    let url = db.url().replace(
        &server().directory().display().to_string(),
        &directory.path().display().to_string(),
    );
    let begun = Instant::now();
    Run::new(&url, COUNT).fails(6).says("cannot connect");
    assert!(begun.elapsed() < Duration::from_secs(2));
    let socket = directory.path().join(".s.PGSQL.5432");
    let counted = thread::scope(|scope| {
        let run = Run::new(&url, COUNT).arg("--wait").arg("20s");
        let waiting = scope.spawn(|| run.ok().line());
        thread::sleep(Duration::from_millis(700));
        symlink(server().directory().join(".s.PGSQL.5432"), &socket).unwrap();
        waiting.join().unwrap()
    });
    assert_eq!(counted, "1");
}

/// A second connection would ask for the SQLSTATE: a silent host has none.
#[test]
fn the_wait_option_connects_once_for_each_attempt_that_no_server_answers() {
    let directory = directory();
    let listener = UnixListener::bind(directory.path().join(".s.PGSQL.5432")).unwrap();
    let accepted = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&accepted);
    thread::spawn(move || {
        for client in listener.incoming() {
            kept.lock().unwrap().push(client);
        }
    });
    let url = Db::new().url().replace(
        &server().directory().display().to_string(),
        &directory.path().display().to_string(),
    );
    let line = format!("{COUNT} --wait 1s --connect-timeout 2s");
    Run::new(&url, &line).fails(6).says("timeout expired");
    assert_eq!(accepted.lock().unwrap().len(), 1);
}

/// The message of a server that speaks another language is told by its SQLSTATE.
#[test]
fn the_wait_option_does_not_wait_for_a_login_that_a_german_server_rejects() {
    if Db::german().is_none() {
        return;
    }
    let server =
        Server::start(&[test_server::THROW_AWAY, &[("lc_messages", "de_DE.UTF-8")]].concat());
    server.sql("postgres", "create role password_role login password 'secret'");
    for (url, says) in [
        (server.url("no_such_database"), "existiert nicht"),
        (server.url("postgres").replace("user=postgres", "user=no_such_role"), "existiert nicht"),
        (
            server.url("postgres").replace("user=postgres", "user=password_role&password=wrong"),
            "Passwort-Authentifizierung",
        ),
    ] {
        let begun = Instant::now();
        Run::new(&url, COUNT).arg("--wait").arg("30s").fails(6).says(says);
        assert!(begun.elapsed() < Duration::from_secs(10), "{url}: {:?}", begun.elapsed());
    }
    server.sql("postgres", "create role late login connection limit 0");
    let waiting = Run::new(&server.url("postgres").replace("user=postgres", "user=late"), COUNT);
    let begun = Instant::now();
    waiting.arg("--wait").arg("2s").fails(6).says("viele Verbindungen");
    assert!(begun.elapsed() >= Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[test]
fn the_wait_option_does_not_wait_for_what_time_does_not_change() {
    let db = with_users(1);
    let url = db.url();
    let role = db.role("kept_out");
    db.sql(&format!("revoke connect on database {} from public", db.name));
    for url in [
        url.replace(&db.name, "no_such_database"),
        url.replace("user=postgres", "user=no_such_role"),
        db.url_as(&role),
        format!("{url}&sslmode=nonsense"),
        format!("{url}&connect_timeout=soon"),
        format!("{url}&port=99999"),
        format!("{url}&options=-cno_such_setting%3D1"),
        format!("{url}&options=-cwork_mem%3Dmuch"),
        format!("{url}&options=-cshared_buffers%3D1GB"),
        format!("{url}&options=nonsense"),
    ] {
        let begun = Instant::now();
        Run::new(&url, COUNT).arg("--wait").arg("30s").fails(6).says("cannot connect");
        assert!(begun.elapsed() < Duration::from_secs(10), "{url}: {:?}", begun.elapsed());
    }
    let role = db.operator();
    db.sql(&format!("grant connect on database {} to {role}", db.name));
    db.sql(&format!("alter role {role} connection limit 0"));
    let counted = thread::scope(|scope| {
        let run = Run::new(&db.url_as(&role), COUNT).arg("--wait").arg("30s");
        let waiting = scope.spawn(|| run.ok().line());
        thread::sleep(Duration::from_secs(2));
        db.sql(&format!("alter role {role} connection limit 5"));
        waiting.join().unwrap()
    });
    assert_eq!(counted, "1");

    // Also for the second connection of a purge.
    db.sql(&format!("alter role {role} connection limit 2"));
    let other = PgConnection::establish(&db.url_as(&role)).unwrap();
    let waiting = Run::new(&db.url_as(&role), "code purge").arg("--wait").arg("30s").start();
    thread::sleep(Duration::from_secs(2));
    drop(other);
    waiting.ends_with(0);
}

#[test]
fn a_host_that_does_not_answer_ends_with_a_timeout() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = silent.local_addr().unwrap().port();
    let begun = Instant::now();
    Run::new(&format!("postgresql://u@127.0.0.1:{port}/db"), "user list --connect-timeout 2s")
        .fails(6);
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
}

/// A URL, or a password, in a variable of libpq that messages would repeat.
#[test]
fn a_url_in_place_of_one_parameter_is_refused_and_not_repeated() {
    const URL: &str = "postgresql://ops:geheim77@no.invalid/db";
    for variable in ["PGHOST", "PGHOSTADDR", "PGDATABASE", "PGUSER", "PGSERVICE"] {
        for line in ["user list", "doctor", "-v user list -o json"] {
            let failed =
                Run::without_database(line).env("PGHOST", "/nonexistent").env(variable, URL);
            let failed = failed.fails(2);
            assert!(failed.stderr.contains(variable), "{failed:#?}");
            assert!(
                !format!("{}{}", failed.stdout, failed.stderr).contains("geheim77"),
                "{failed:#?}"
            );
        }
    }
    for (variable, value) in [
        ("PGDATABASE", "host=h user=u password=geheim77"),
        ("PGUSER", "u password = geheim77"),
        ("PGHOST", "u:geheim77@h"),
    ] {
        let run = Run::without_database("user list").env("PGHOST", "/nonexistent");
        let failed = run.env(variable, value).fails(2).says(variable);
        assert!(!failed.stderr.contains("geheim77"), "{failed:#?}");
    }
    let failed = Run::without_database("user list").env("PGHOST", "/x").env("PGPORT", "geheim77");
    assert!(!failed.fails(2).stderr.contains("geheim77"));
    for keyword in ["host", "dbname", "user", "service"] {
        let failed = Run::new(&format!("{keyword}={URL}"), "user list").fails(2);
        assert!(failed.stderr.contains("DATABASE_URL"), "{failed:#?}");
        assert!(!failed.stderr.contains("geheim77"), "{failed:#?}");
    }
}

/// Waits until a session of `db` waits for a lock. Returns the process id of that session.
fn waiting_session(db: &Db) -> String {
    for _ in 0..100 {
        let pid = db.sql(
            "select pid from pg_stat_activity where datname = current_database()
             and wait_event_type = 'Lock' and application_name = 'iamctl'",
        );
        if !pid.is_empty() {
            return pid;
        }
        thread::sleep(Duration::from_millis(50));
    }
    panic!("no session called iamctl waits for a lock");
}

#[test]
fn a_lost_connection_is_reported_as_unreachable() {
    let db = Db::new();
    db.user("alice");
    let _holder = db.session("begin; lock table users");
    thread::scope(|scope| {
        let run = db.iamctl("user block alice --yes");
        let waiting = scope.spawn(|| run.fails(6).says("was lost"));
        let pid = waiting_session(&db);
        db.sql(&format!("select pg_terminate_backend({pid})"));
        waiting.join().unwrap();
    });
}

#[test]
fn a_statement_that_an_administrator_cancels_is_reported_as_busy() {
    for db in Db::english_and_german() {
        db.user("alice");
        let operator = db.operator();
        let _holder = db.session("begin; lock table users");
        for (url, line) in [
            (db.url(), "user block alice --yes"),
            (db.url(), "user list --all"),
            (db.url_as(&operator), "user block alice --yes"),
        ] {
            thread::scope(|scope| {
                let run = Run::new(&url, line);
                let waiting = scope.spawn(|| run.fails(10).says("an administrator cancelled"));
                let pid = waiting_session(&db);
                db.sql(&format!("select pg_cancel_backend({pid})"));
                waiting.join().unwrap();
            });
        }
    }
}

#[test]
fn a_statement_of_a_killed_client_ends_within_seconds() {
    let db = Db::new();
    db.user("alice");
    let _holder = db.session("begin; lock table users");
    let mut client = db
        .iamctl("user block alice --yes --lock-timeout 0s --statement-timeout 0s")
        .command()
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let pid = waiting_session(&db);
    client.kill().unwrap();
    client.wait().unwrap();
    let begun = Instant::now();
    while db.sql(&format!("select count(*) from pg_stat_activity where pid = {pid}")) != "0" {
        assert!(
            begun.elapsed() < Duration::from_secs(8),
            "the statement still runs without its client"
        );
        thread::sleep(Duration::from_millis(100));
    }
}

#[test]
fn commands_work_through_a_transaction_pooler() {
    let db = Db::bare();
    let pooler = Pooler::start(&db);
    let url = pooler.url();
    let run = |line: &str| Run::new(&url, line);
    let settings = || {
        let names = "select current_setting('lock_timeout'), current_setting('statement_timeout')";
        let mut psql = server().psql();
        // A pooler refuses most options.
        psql.env_remove("PGOPTIONS");
        run_to_the_end(psql.args(["-XAtq", "-c", names, &url]))
    };
    let before = settings();
    run("db migrate").ok();
    // Successive commands share the pooler's server connections.
    for round in 0..3 {
        run(&format!("user create user{round} --email u{round}@x.org")).ok();
        let token =
            run(&format!("token issue --user user{round} --name ci --force -o id")).ok().line();
        run("token show --stdin").input(token).ok();
        run(&format!("code issue verification --user user{round} --expires-in 250ms")).ok();
        run(&format!("token rotate --user user{round} --name ci --force --yes")).ok();
        run(&format!("user offboard user{round} --dry-run")).ok();
        run(&format!("user block user{round} --revoke-tokens --yes")).ok();
    }
    thread::sleep(Duration::from_millis(300));
    // A second purge is busy, even while the first one pauses.
    let mut pausing = run("code purge --batch-size 1 --pause 3s --max-rows 2")
        .command()
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while db.sql("select count(*) from verification_codes") == "3" {
        assert!(begun.elapsed() < Duration::from_secs(5));
        thread::sleep(Duration::from_millis(20));
    }
    run("code purge").fails(10);
    assert_eq!(pausing.wait().unwrap().code(), Some(9));
    run("code purge").ok();
    assert_eq!(run("user list --status blocked --count").ok().line(), "3");
    // The next client of the pooler finds the default settings.
    assert_eq!(settings(), before);
}
