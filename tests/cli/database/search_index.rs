//! Where the index for searches cannot be made, the database is migrated and adopted without it.

use super::foreign;
use crate::support::{Db, Run};

const EVENT_TRIGGER: &str = "
    create function refuse() returns event_trigger language plpgsql as
    $$begin raise exception 'no extensions here'; end$$;
    create event trigger no_extensions on ddl_command_start when tag in ('CREATE EXTENSION')
    execute function refuse()";

/// The extension in a schema of its own that an owner of tables may not use. Returns the owner's URL.
fn out_of_reach(db: &Db) -> String {
    let owner = db.role("owner");
    db.sql(&format!(
        "create schema extensions; create extension pg_trgm schema extensions;
         grant create on schema public to {owner};
         alter database {} set search_path = public",
        db.name
    ));
    db.url_as(&owner)
}

fn has_index(db: &Db) -> bool {
    db.sql("select count(*) from pg_indexes where indexname = 'users_search'") != "0"
}

#[test]
fn migrate_goes_on_without_it_and_says_so() {
    for refuse in [true, false] {
        let db = Db::bare();
        let url = if refuse {
            db.sql(EVENT_TRIGGER);
            db.url()
        } else {
            out_of_reach(&db)
        };
        let migrated = Run::new(&url, "db migrate")
            .ok()
            .says("the index users_search is missing or not valid");
        assert!(!migrated.stderr.contains("error"), "{migrated:?}");
        assert!(!has_index(&db));
        Run::new(&url, "db check").ok();
        Run::new(&url, "user create alice --email alice@example.org").ok();
        let found = Run::new(&url, "user list --search lice -o id").ok();
        assert_eq!(found.says("reads all users").lines().len(), 1);
        assert!(!Run::new(&url, "db migrate").ok().stderr.contains("users_search"));
    }
}

#[test]
fn adopt_goes_on_without_it_and_says_so() {
    for refuse in [true, false] {
        let db = foreign("");
        let url = if refuse {
            db.sql(EVENT_TRIGGER);
            db.url()
        } else {
            let url = out_of_reach(&db);
            db.sql(&format!(
                "do $$ declare name text; begin
                     for name in select tablename from pg_tables where schemaname = 'public' loop
                         execute format('alter table %I owner to {}_owner', name);
                     end loop;
                 end $$",
                db.name
            ));
            url
        };
        Run::new(&url, "db adopt --dry-run").ok();
        let adopted = Run::new(&url, "db adopt --yes -o json")
            .ok()
            .says("the index users_search is missing or not valid");
        assert_eq!(adopted.stderr.contains("no extensions here"), refuse, "{adopted:?}");
        assert!(!adopted.stdout.contains("users_search"), "{adopted:?}");
        assert!(!has_index(&db));
        Run::new(&url, "db check").ok();
        Run::new(&url, "db status").ok();
    }
}

/// As after an upgrade of the server's files, until it is restarted. The extension is there, and its library
/// cannot be loaded.
const UNLOADABLE: &str = "
    create extension pg_trgm;
    update pg_proc set probin = '$libdir/pg_trgm_of_another_version' where probin ~ 'pg_trgm'";

#[test]
fn a_library_that_cannot_be_loaded_costs_only_the_index() {
    let migrated = Db::bare();
    migrated.sql(UNLOADABLE);
    migrated.iamctl("db migrate").ok().says("the index users_search is missing or not valid");

    let adopted = foreign(UNLOADABLE);
    let rows = adopted.rows();
    let outcome = adopted.iamctl("db adopt --yes -o json").ok();
    let outcome =
        outcome.says("the index users_search is missing").says("pg_trgm_of_another_version");
    assert!(!outcome.stdout.contains("users_search"), "{outcome:?}");
    assert_eq!(adopted.rows(), rows);

    for db in [migrated, adopted] {
        assert!(!has_index(&db));
        assert_eq!(db.sql("select count(*) from pg_index where not indisvalid"), "0");
        db.iamctl("db check").ok();
        db.iamctl("user create dora --email dora@example.org").ok();
        let found = db.iamctl("user list --search dor -o id").ok().says("reads all users");
        assert_eq!(found.lines().len(), 1);
    }
}

#[test]
fn a_second_schema_of_a_database_is_migrated_too() {
    let db = Db::new();
    db.sql("create schema second");
    let second = format!("{}&options=-csearch_path%3Dsecond", db.url());
    Run::new(&second, "db migrate --schema second").ok();
    Run::new(&second, "db check").ok();
    Run::new(&second, "user create alice --email alice@example.org").ok();
    let indexed = "select schemaname from pg_indexes where indexname = 'users_search' order by 1";
    assert_eq!(db.sql(indexed), "public\nsecond");
    assert_eq!(db.sql("select count(*) from users"), "0");
}
