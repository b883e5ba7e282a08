//! What Citus says about the tables. No package carries Citus here: the tests make its catalogue.

use serde_json::{Value, json};

use crate::support::{Db, Run};

/// The tables of Citus that are read, on the coordinator.
const CATALOGUE: &str = r#"
    set allow_system_table_mods = on;
    create table pg_catalog.pg_dist_partition (
        logicalrelid regclass not null, partmethod "char" not null, partkey text,
        colocationid integer not null default 0, repmodel "char" not null default 's',
        autoconverted boolean not null default false);
    create table pg_catalog.pg_dist_local_group (groupid integer not null primary key);
    grant select on pg_catalog.pg_dist_partition, pg_catalog.pg_dist_local_group to public;
    insert into pg_catalog.pg_dist_local_group values (0);"#;

const WORKER: &str = "update pg_catalog.pg_dist_local_group set groupid = 2";

/// Users, owners and API tokens on every server, codes and sessions by their key, which is the fourth
/// column of their tables.
const BY_KEY: &str = "
    insert into pg_catalog.pg_dist_partition (logicalrelid, partmethod, colocationid, repmodel)
    values ('users', 'n', 1, 't'), ('api_tokens', 'n', 1, 't'), ('api_token_owners', 'n', 1, 't'),
           ('admin_audit_log', 'n', 0, 's');
    insert into pg_catalog.pg_dist_partition (logicalrelid, partmethod, partkey, colocationid)
    select name::regclass, 'h',
           '{VAR :varno 1 :varattno 4 :vartype 1042 :vartypmod 48 :varcollid 100 :varlevelsup 0 '
           || ':varnosyn 1 :varattnosyn 4 :location -1}', 2
    from unnest(array['verification_codes', 'authorization_codes', 'refresh_tokens']) name";

/// The whole schema in one piece.
const ONE_SERVER: &str = "
    insert into pg_catalog.pg_dist_partition (logicalrelid, partmethod, colocationid, repmodel)
    select oid::regclass, 'n', 5, 's' from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'r'";

/// Users by their id.
const OTHER: &str = "
    insert into pg_catalog.pg_dist_partition (logicalrelid, partmethod, partkey, colocationid)
    values ('users', 'h', '{VAR :varno 1 :varattno 1 :vartype 2950 :location -1}', 3)";

/// A migrated database on a server with Citus.
fn citus(layout: &str) -> Db {
    let db = Db::new();
    db.user("alice");
    db.sql(CATALOGUE);
    db.sql(layout);
    db
}

/// The check `citus` of doctor, as `status: detail`.
fn doctor(db: &Db, code: i32) -> String {
    let checks = db.iamctl("doctor -o json").ends_with(code).json();
    let check = checks.as_array().unwrap().iter().find(|check| check["check"] == "citus");
    let word = |key: &str| check.unwrap()[key].as_str().unwrap();
    format!("{}: {}", word("status"), word("detail"))
}

/// The line `citus` of `db check`.
fn check(db: &Db, code: i32) -> Value {
    let found = db.iamctl("db check -o json").ends_with(code).json();
    let found = found.as_array().unwrap().iter().find(|finding| finding["object"] == "citus");
    found.cloned().unwrap_or_default()
}

#[test]
fn without_citus_nothing_is_said_about_it() {
    let db = Db::new();
    assert!(!db.iamctl("doctor").ok().stdout.to_lowercase().contains("citus"));
    assert_eq!(db.iamctl("db check").json(), json!([]));
}

#[test]
fn the_layouts_that_work_are_named_and_changed() {
    for (layout, status, named) in [
        ("select 1", "ok", "all tables are local to this server"),
        (ONE_SERVER, "warning", "the whole schema is on one server"),
        (BY_KEY, "warning", "codes and sessions are distributed by their key"),
    ] {
        let db = citus(layout);
        let found = doctor(&db, 0);
        assert!(found.starts_with(status) && found.contains(named), "{found}");
        let found = check(&db, 0);
        assert_eq!(found["status"], if status == "ok" { Value::Null } else { json!("warning") });
        assert!(status == "ok" || found["problem"].as_str().unwrap().contains(named), "{found}");
        for line in [
            "user create bob --email bob@x.org",
            "user block alice --yes",
            "token issue --user alice --name ci --force",
            "code purge",
            "db migrate",
        ] {
            db.iamctl(line).ok();
        }
    }
}

#[test]
fn any_other_layout_is_refused_by_changes_and_named_by_reports() {
    let db = citus(OTHER);
    let before = db.state();
    let named = "users: distributed by id";
    for line in [
        "user create bob --email bob@x.org",
        "user create bob --email bob@x.org --dry-run",
        "user block alice --yes",
        "user offboard alice --yes",
        "token issue --user alice --name ci --force",
        "code issue authorization --user alice",
        "session revoke --everyone --yes",
        "owner create --user alice",
        "user erase --deleted-for 1s --yes --dry-run",
        "db revert --discard-audit --yes",
    ] {
        let outcome = db.iamctl(line).run();
        if outcome.code == 0 {
            assert!(line.contains("--deleted-for"), "nothing is to do: {outcome:#?}");
            continue;
        }
        assert_eq!((outcome.code, outcome.stdout.as_str()), (5, ""), "{outcome:#?}");
        assert!(outcome.stderr.contains(named), "{outcome:#?}");
        assert!(!outcome.stderr.contains("WARNING"), "{outcome:#?}");
    }
    let rows = "username,email\ndora,dora@x.org\n";
    db.iamctl("user import - --format csv").input(rows).fails(5).says(named);
    assert_eq!(db.state(), before);
    // Reading goes on.
    for line in ["user list", "user show alice", "token list", "code stats", "db status"] {
        db.iamctl(line).ok();
    }
    let found = doctor(&db, 5);
    assert!(found.starts_with("failed") && found.contains(named), "{found}");
    let found = check(&db, 5);
    assert_eq!(found["status"], "failed");
    assert!(found["problem"].as_str().unwrap().contains(named), "{found}");
}

/// Citus puts the number of a shard behind the names of its table and of its constraints. A trigger writes to
/// what stands for a shard here.
#[test]
fn what_refuses_a_row_of_a_shard_is_told_as_of_its_table() {
    for (constraint, code, says) in [
        ("users_unique_email_102008 unique (email)", 4, "the email `x@x.org` is taken"),
        ("users_unique_fingerprint_102008 unique (fingerprint)", 4, "the username `bob` is taken"),
        ("of_others_102008 check (email <> 'x@x.org') not valid", 7, "iamctl db check"),
        ("of_others_102008 unique (email)", 7, "iamctl db check"),
        ("users_unique_email_7 unique (email)", 7, "iamctl db check"),
    ] {
        let db = citus("select 1");
        db.sql(&format!(
            "create table users_102008 (email text, fingerprint text);
             insert into users_102008 values ('x@x.org', 'x');
             alter table users_102008 add constraint {constraint};
             create function place() returns trigger language plpgsql security definer as
                 'begin insert into users_102008 values (new.email, ''x''); return new; end';
             create trigger place before insert on users for each row execute function place()"
        ));
        db.iamctl("user create bob --email x@x.org").fails(code).says(says);
    }
}

#[test]
fn a_change_in_a_layout_that_cannot_be_read_is_refused() {
    let db = citus(OTHER);
    let operator = db.role("operator");
    db.sql(&db.iamctl(&format!("db grants --profile operator --role {operator}")).ok().stdout);
    db.sql("revoke select on pg_catalog.pg_dist_partition from public");
    let before = db.state();
    for line in ["user block alice --yes", "user create bob --email bob@x.org", "code purge"] {
        let refused = Run::new(&db.url_as(&operator), line).run();
        assert_ne!(refused.code, 0, "{refused:#?}");
        assert!(refused.stderr.contains("pg_dist_partition"), "{refused:#?}");
    }
    assert_eq!(db.state(), before);
    Run::new(&db.url_as(&operator), "user list").ok();
}

#[test]
fn a_purge_is_refused_too() {
    let db = citus(OTHER);
    db.sql(
        "insert into verification_codes
         select id, now() - interval '1y', now() - interval '1y', lpad('=', 44, 'v') from users",
    );
    for line in ["purge", "code purge", "code purge --jobs 3"] {
        db.iamctl(line).ends_with(5).says("users: distributed by id");
    }
    assert_eq!(db.sql("select count(*) from verification_codes"), "1");
}

/// What a worker has is not what the coordinator has.
#[test]
fn on_a_worker_no_command_advises_to_migrate_or_adopt() {
    let of_service = super::foreign("");
    for db in [Db::bare(), of_service] {
        db.sql(CATALOGUE);
        db.sql(WORKER);
        let before = super::dump(&db);
        for (line, code) in [
            ("user list", 7),
            ("user create bob --email bob@x.org", 5),
            ("user block alice --yes", 5),
            ("purge", 7),
            ("audit list", 7),
            ("db status", 7),
            ("db check", 7),
            ("db migrate", 5),
            ("db migrate --dry-run", 5),
            ("db adopt --yes", 5),
            ("db adopt --dry-run", 5),
            ("db revert --yes", 5),
            ("doctor", 5),
        ] {
            let outcome = db.iamctl(line).ends_with(code);
            let all = format!("{}{}", outcome.stdout, outcome.stderr);
            assert!(all.contains("worker of"), "{line}: {outcome:#?}");
            for advice in ["db adopt`", "db migrate`"] {
                assert!(!all.contains(advice), "{line}: {outcome:#?}");
            }
        }
        assert_eq!(super::dump(&db), before);
    }
}

/// A worker that knows the tables of the coordinator.
#[test]
fn a_worker_with_the_metadata_takes_changes_of_rows_but_not_of_the_schema() {
    for layout in [ONE_SERVER, BY_KEY] {
        let db = citus(layout);
        db.sql(WORKER);
        db.iamctl("user create bob --email bob@x.org").ok();
        db.iamctl("db revert --discard-audit --yes").fails(5).says("coordinator");
        assert!(doctor(&db, 0).starts_with("warning: this server is a worker of Citus"));
        assert_eq!(check(&db, 0)["status"], "warning");
    }
    let db = citus(WORKER);
    db.iamctl("user create bob --email bob@x.org").fails(5).says("coordinator");
    assert!(doctor(&db, 5).starts_with("failed: this server is a worker of Citus"));
}
