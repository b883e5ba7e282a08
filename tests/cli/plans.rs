//! No lookup, list or purge scans a whole table, with the parameter types that Diesel binds.
//! Statements use only forms that a distributed PostgreSQL accepts (docs/growing.md). The tests
//! read both from the server's log, which has every statement and its plan.

use std::fs;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection};

use crate::support::{Db, Run, directory, server, skipped};

/// 20,000 users, each with a session, a code of each kind, an owner and a token.
const ROWS: &str = "
    insert into users (id, created_at, username, username_fingerprint, email, email_verified)
    select gen_random_uuid(), now() - n * interval '1min', 'user' || n,
           convert_to(encode(sha256(('user' || n)::bytea), 'hex'), 'utf8'), 'user' || n || '@x.org', true
    from generate_series(1, 20000) n;
    insert into verification_codes
    select id, created_at, created_at + interval '5min', encode(sha256(id::text::bytea), 'base64') from users;
    insert into authorization_codes
    select user_id, created_at, expires_at, encode(sha256(code::bytea), 'base64') from verification_codes;
    insert into refresh_tokens
    select user_id, created_at at time zone 'utc', expires_at at time zone 'utc', code, false from verification_codes;
    insert into api_token_owners select gen_random_uuid(), id from users;
    insert into api_tokens
    select owner_id, now() - n * interval '1min', now() + n * interval '1min', 'ci',
           left(encode(sha256(owner_id::text::bytea), 'base64'), 43) || '.'
    from (select owner_id, row_number() over () as n from api_token_owners) o;
    insert into admin_audit_log (actor, host, action, target, details, program_version)
    select 'root', 'host', 'user.create', id::text, '{}', '0' from users;";

/// A database with these rows, for which the server logs statements and plans.
pub fn explained() -> Db {
    let db = Db::new();
    db.sql(ROWS);
    db.sql("vacuum analyze");
    db.sql(&format!(
        "alter database {name} set session_preload_libraries = 'auto_explain';
         alter database {name} set auto_explain.log_min_duration = 0;
         alter database {name} set log_statement = 'all';",
        name = db.name
    ));
    db
}

#[test]
fn no_command_scans_a_table() {
    let db = explained();
    for line in commands(&db) {
        check(&db, &line);
    }
}

/// To compile a query of the catalogue takes a second, a hundred times as long as to run it.
#[test]
fn no_statement_is_compiled() {
    let db = explained();
    db.sql(&format!(
        "alter database {name} set jit_above_cost = 1;
         alter database {name} set auto_explain.log_analyze = on;",
        name = db.name
    ));
    if db.sql("select pg_jit_available()") == "f" {
        skipped("the server cannot compile statements");
        return;
    }
    for line in commands(&db).iter().map(String::as_str).chain(["db check"]) {
        let log = log_of(&db, line);
        assert!(!log.contains("JIT:"), "{line}: {log}");
    }
    // Also what asks who holds a lock.
    let mut holder = PgConnection::establish(&db.url()).unwrap();
    holder.batch_execute("begin; lock table users").unwrap();
    let busy = db.iamctl("user block user5 --yes --lock-timeout 100ms");
    let log = log_of_run(&db, busy, &[10]);
    assert!(log.contains("pg_locks"), "{log}");
    assert!(!log.contains("JIT:"), "{log}");
}

/// With little memory, a comparison of all rows with all would show in the plan.
#[test]
fn an_import_that_skips_compares_by_hashes() {
    let db = explained();
    db.sql(&format!("alter database {} set work_mem = '64kB'", db.name));
    let rows: Vec<_> = (0..3000)
        .map(|n| format!("{{\"username\":\"new{n}\",\"email\":\"new{n}@x.org\"}}\n"))
        .collect();
    let import = db.iamctl("user import - --format jsonl --on-conflict skip").input(rows.concat());
    let log = log_of_run(&db, import, &[0]);
    assert!(log.contains("user_imported"), "{log}");
    for sign in ["NOT (SubPlan", "NOT (hashed SubPlan", "Nested Loop"] {
        assert!(!log.contains(sign), "{sign}: {log}");
    }
}

/// A line for every way to look rows up, to list them and to change them. Each works once.
pub fn commands(db: &Db) -> Vec<String> {
    let column = |sql: &str| db.sql(sql).lines().next().unwrap().to_owned();
    let id = column("select id from users where username = 'user7'");
    let code =
        column("select translate(left(code, 12), '+/', '-_') from verification_codes offset 99");
    let token = column("select translate(left(token, 12), '+/', '-_') from api_tokens offset 99");
    let entry = column("select id from admin_audit_log offset 99");
    let owner = column("select owner_id from api_token_owners offset 99");
    [
        "user show user5",
        "user show user5@x.org",
        &format!("user show {id}"),
        "user create new --email new@x.org",
        "user create new --email new@x.org --if-not-exists",
        "user block user6 user7 user8@x.org --yes",
        "user delete user9 --yes",
        "user list",
        "user list --reverse",
        "user list --sort username",
        "user list --sort email --reverse",
        "user list --status blocked",
        "user list --status deleted",
        "user list --status unverified",
        "user list --email-domain x.org",
        "user list --created-after 1h",
        "user list --search ser777",
        "user list --search ser777 --sort username --limit 5",
        "user export -o csv --search ser777",
        &format!("user list --after {id}"),
        &format!("user list --sort username --after {id}"),
        &format!("user list --sort email --after {id}"),
        "token list",
        "token list --user user10",
        "token list --expiring-within 1h --limit 10",
        &format!("token list --owner {owner}"),
        &format!("token list --after id:{token}"),
        &format!("token show id:{token}"),
        "token issue --user user10 --name new",
        &format!("token issue --owner {owner} --name new"),
        &format!("token revoke id:{token} --yes"),
        "token revoke --user user11 --name ci --yes",
        "token revoke --user user12 --all --yes",
        "code list",
        "code list --user user10",
        "code list --status live --user user10",
        "code list --kind verification",
        &format!("code list --after id:{code}"),
        "code issue authorization --user user13",
        "audit list",
        "audit list --action user.block",
        &format!("audit list --target {id}"),
        "audit list --since 1h",
        &format!("audit list --until 1h --after {entry}"),
        "audit list --actor root",
        "code purge --max-rows 100 --batch-size 50 --older-than 13d",
        "session purge --max-rows 100 --batch-size 50 --older-than 13d",
        "token purge --max-rows 100 --batch-size 50 --older-than 1m",
        "session list",
        "session list --user user14",
        "session list --status live --user user14",
        "session list --created-before 13d --limit 10",
        &format!("session list --after id:{code}"),
        &format!("session revoke id:{code} --yes"),
        "session revoke --all --user user15 --yes",
        &format!("code revoke id:{code} --yes"),
        "code revoke --all --user user15 --yes",
        "owner list",
        "owner list --user user16",
        &format!("owner list --after {owner}"),
        &format!("owner show {owner}"),
        &format!("owner add {owner} user17"),
        &format!("owner remove {owner} user17 --yes"),
        "owner create --user user25 --user user26",
        &format!("owner delete {owner} --revoke-tokens --yes"),
        "user unverify-email user27",
        "code issue verification --user user27",
        "token block --user user28 --name ci --yes",
        "token block --user user28 --all --yes",
        "token list --orphaned --limit 10",
        "token list --status blocked",
        &format!("token block id:{token} --yes"),
        "token rotate --user user18 --name ci --yes",
        "user rename user19 another --yes",
        "user set-email user24 another@x.org --yes",
        "user block user24 --revoke-sessions --revoke-tokens --yes",
        "user unblock user24 user25@x.org",
        "user restore user9",
        "user verify-email user27",
        &format!("token unblock id:{token}"),
        "token list --user user10 --count",
        "session list --user user10 --count",
        "session revoke --everyone --yes --dry-run",
        "user erase user20 --force --yes",
        "user erase --deleted-for 1d --yes",
        "user offboard user21 --yes",
        "token revoke --user user23 --name ci --yes",
        "user offboard user22 --hand-over-to user23 --yes",
        "user offboard user29 user30@x.org user31 --yes",
    ]
    .map(str::to_owned)
    .to_vec()
}

#[test]
fn names_and_orphaned_tokens_need_no_scan() {
    let db = explained();
    for line in [
        "audit list --target user5",
        "audit list --target user5@x.org",
        "token list --orphaned --count",
    ] {
        check(&db, line);
    }
    db.sql("delete from users where username in ('user5', 'user6')");
    assert_eq!(db.iamctl("token list --orphaned -o id").ok().lines().len(), 2);
    check(&db, "token list --orphaned");
}

#[test]
fn new_secrets_need_no_scan() {
    let db = explained();
    let directory = directory();
    let into = directory.path().display();
    db.iamctl("token revoke --user user33 --name ci --yes").ok();
    check(&db, &format!("user offboard user32 --hand-over-to user33 --rotate-into {into} --yes"));
}

/// Without statistics on the expression of the index, the planner would scan a table for some ids.
#[test]
fn ids_need_no_scan_however_many() {
    let db = explained();
    for number in [1, 2, 40] {
        let ids = |table: &str, key: &str| {
            let ids = db.sql(&format!(
                "select 'id:' || translate(left({key}, 12), '+/', '-_') from {table}
                 where expires_at > now() - interval '13 days' order by random() limit {number}"
            ));
            ids.lines().collect::<Vec<_>>().join(" ")
        };
        let tokens = ids("api_tokens", "token");
        for line in [
            format!("token block {tokens} --yes"),
            format!("token unblock {tokens}"),
            format!("token rotate {} --yes", tokens.split(' ').next().unwrap()),
            format!("token revoke {tokens} --yes"),
            format!("session revoke {} --yes", ids("refresh_tokens", "token")),
            format!("code revoke {} --yes", ids("verification_codes", "code")),
            format!("code revoke {} --yes", ids("authorization_codes", "code")),
        ] {
            check(&db, &line);
        }
    }
}

#[test]
fn secrets_on_standard_input_need_no_scan() {
    let db = explained();
    let token = db.iamctl("token issue --user user34 --name new").json()["token"]
        .as_str()
        .unwrap()
        .to_owned();
    let line = "token verify";
    check_log(line, &log_of_run(&db, db.iamctl(line).input(token), &[0]));
}

/// What was looked for in vain, is taken, or is not so any more.
#[test]
fn refusals_need_no_scan() {
    let db = explained();
    for line in [
        "user show nobody",
        "user show nobody@x.org",
        "user show usr777",
        "user show user777x",
        "user show xx",
        "user show user777@x.com",
        "audit list --target nobody",
        "user create user40 --email another@x.org",
        "user create another --email user40@x.org",
        "user create user40 --email another@x.org --if-not-exists",
        "user rename user41 user42 --yes",
        "user set-email user41 user42@x.org --yes",
        "user block user41 nobody --yes",
        "token issue --user user43 --name ci",
        "token rotate --user user43 --name another --yes",
        "token revoke aaaaaaaaaaaa bbbbbbbbbbbb --yes",
        "session revoke aaaaaaaaaaaa --yes",
        "session revoke aaaaaaaaaaaa bbbbbbbbbbbb --yes",
        "code revoke aaaaaaaaaaaa bbbbbbbbbbbb --yes",
        "owner show 5a7ffb10-28a1-4c1c-8a62-7ad6a5a2a9d0",
        "user offboard nobody --yes",
    ] {
        check_log(line, &log_of_run(&db, db.iamctl(line), &[3, 4]));
    }
}

fn check(db: &Db, line: &str) {
    check_log(line, &log_of(db, line));
}

#[track_caller]
fn check_log(line: &str, log: &str) {
    assert_no_scan(line, log);
    for statement in statements(log) {
        assert_qualified(line, &statement);
    }
    // A purge may use other forms.
    if !line.contains("purge") {
        // What is sent with BEGIN reads no table but the list of migrations.
        for statement in statements(log).iter().filter(|it| !it.starts_with("begin ")) {
            assert_shape(line, statement);
        }
    }
}

/// The statements in the log, in lower case, each on one line.
pub fn statements(log: &str) -> Vec<String> {
    let mut statements = Vec::<String>::new();
    let mut inside = false;
    for line in log.lines() {
        if line.starts_with('\t') {
            if inside && let Some(last) = statements.last_mut() {
                last.push(' ');
                last.push_str(line.trim());
            }
            continue;
        }
        let text = ["LOG:  execute <unnamed>: ", "LOG:  statement: "]
            .iter()
            .find_map(|start| line.split_once(start).map(|(_, text)| text));
        inside = text.is_some();
        statements.extend(text.map(|text| text.to_lowercase().replace('"', "")));
    }
    assert!(!statements.is_empty(), "no statement in the log: {log}");
    statements
}

/// Expects none of the forms that a distributed PostgreSQL refuses, or accepts without effect.
#[track_caller]
fn assert_shape(command: &str, statement: &str) {
    let has = |text: &str| statement.contains(text);
    let count = |text: &str| statement.matches(text).count();
    let changes = count("insert into ") + count("update ") + count("delete from ")
        - count("for update ")
        - count("no key update ");
    let with_audit_row =
        has("insert into admin_audit_log") && statement.starts_with("with changed");
    let refused = [
        (changes > 1 && !(changes == 2 && with_audit_row), "changes several tables"),
        (has("skip locked") || has("ctid"), "uses SKIP LOCKED or ctid"),
        (has("lateral"), "uses LATERAL"),
        (has("greatest(") || has("case when"), "uses GREATEST or CASE"),
        (
            (has("coalesce(") || has("least(")) && has("now()") && changes > 0,
            "computes a time from now()",
        ),
        (has("pg_advisory") && has(" from "), "takes an advisory lock in a query over tables"),
        (
            has("set_config") && ["users", "tokens", "codes", "owners"].iter().any(|it| has(it)),
            "changes a setting in a query over tables",
        ),
        (
            (has("for update") || has("for no key update") || has("for share"))
                && ["from refresh_tokens", "from verification_codes", "from authorization_codes"]
                    .iter()
                    .any(|it| has(it)),
            "locks sessions or codes",
        ),
        (has("from admin_audit_log") && has("users"), "joins the audit log with users"),
    ];
    for (is_used, what) in refused {
        assert!(!is_used, "{command} {what}: {statement}");
    }
}

/// Expects that every function is called as `pg_catalog.…`: a role that may create in the schema of
/// the tables could make one whose types match better.
#[track_caller]
pub fn assert_qualified(command: &str, statement: &str) {
    // Part of the grammar, or a function of exactly these types in `pg_catalog`. PostgreSQL knows
    // `unnest` of several arrays by the bare name only, and looks it up in `pg_catalog` itself.
    const BARE: [&str; 13] = [
        "any", "array", "case", "coalesce", "count", "in", "least", "max", "min", "numeric", "row",
        "unnest", "values",
    ];
    for (open, _) in statement.match_indices('(') {
        let before = &statement[..open];
        let start = before
            .rfind(|char: char| !char.is_alphanumeric() && char != '_' && char != '.')
            .map_or(0, |index| index + 1);
        let name = &before[start..];
        if name == "operator" {
            let qualified = statement[open..].starts_with("(pg_catalog.");
            assert!(qualified, "{command} takes any operator: {statement}");
            continue;
        }
        assert!(
            name.is_empty() || name.starts_with("pg_catalog.") || BARE.contains(&name),
            "{command} calls {name} without its schema: {statement}"
        );
    }
}

#[test]
fn assert_shape_rejects_refused_forms_and_accepts_others() {
    let fails =
        |statement: &str| std::panic::catch_unwind(|| assert_shape("test", statement)).is_err();
    for bad in [
        "with a as (delete from users returning id) insert into admin_audit_log select from a",
        "select from users where id = 1 for update skip locked",
        "update api_tokens set expires_at = greatest(expires_at, now())",
        "select pg_advisory_xact_lock(1) from users",
        "select from refresh_tokens where user_id = 1 for update",
        "select from admin_audit_log a join users u on true",
        "select from unnest(array[1]) w cross join lateral (select from users) u",
    ] {
        assert!(fails(bad), "{bad}");
    }
    for good in [
        "with changed as (insert into users default values returning *), audited as (insert into admin_audit_log select from changed) select * from changed",
        "select id from users where id = any ($1) order by id for no key update",
        "select pg_advisory_xact_lock($1)",
        "update refresh_tokens set expires_at = least(refresh_tokens.expires_at, $1)",
        "select left(token::text, 12) from api_tokens where left(token::text, 12) = any ($1)",
        "select from users, api_tokens where now() > expires_at",
    ] {
        assert!(!fails(good), "{good}");
    }
}

/// The server's log of one run of the program.
pub fn log_of(db: &Db, line: &str) -> String {
    log_of_run(db, db.iamctl(line), &[0, 9])
}

pub fn log_of_run(db: &Db, run: Run, codes: &[i32]) -> String {
    let start = fs::metadata(server().log()).unwrap().len();
    let outcome = run.run();
    assert!(codes.contains(&outcome.code), "not as expected: {outcome:#?}");
    let log = fs::read(server().log()).unwrap();
    let log = String::from_utf8_lossy(&log[usize::try_from(start).unwrap()..]).into_owned();
    let ours = entries_of(&log, &db.name);
    assert!(ours.contains("Query Text"), "no plan in the log: {log}");
    ours
}

/// The log entries of one database. All lines of an entry except the first begin with a tab.
fn entries_of(log: &str, database: &str) -> String {
    let mut ours = false;
    let mut text = String::new();
    for line in log.lines() {
        if !line.starts_with('\t') {
            ours = line.starts_with(&format!("{database}|"));
        }
        if ours {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

#[track_caller]
pub fn assert_no_scan(command: &str, plans: &str) {
    const TABLES: [&str; 7] = [
        "users",
        "verification_codes",
        "authorization_codes",
        "refresh_tokens",
        "api_tokens",
        "api_token_owners",
        "admin_audit_log",
    ];
    for line in plans.lines() {
        if let Some((_, table)) = line.split_once("Seq Scan on ") {
            let table = table.split(' ').next().unwrap();
            assert!(!TABLES.contains(&table), "{command} scans {table}:\n{plans}");
        }
    }
}
