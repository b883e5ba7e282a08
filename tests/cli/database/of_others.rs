//! Columns, constraints and unique indexes that others added to our tables. What they refuse is exit
//! code 7, which names them; `db check` lists them.

use serde_json::{Value, json};

use super::objects;
use crate::support::{Db, Run};

/// alice, bob, and an owner of alice's.
fn with_owner() -> (Db, String) {
    let db = Db::new();
    db.user("alice");
    db.user("bob");
    let owner = db.iamctl("owner create --user alice -o id").ok().line();
    (db, owner)
}

/// A command that inserts into the table.
fn creates(db: &Db, table: &str, owner: &str) -> Vec<Run> {
    match table {
        "users" => vec![
            db.iamctl("user create carol --email carol@x.org"),
            db.iamctl("user create carol --email carol@x.org --if-not-exists"),
            db.iamctl("user create carol --email carol@x.org --dry-run"),
            db.iamctl("user import - --format csv").input("username,email\ncarol,carol@x.org\n"),
        ],
        "verification_codes" => vec![db.iamctl("code issue verification --user alice --force")],
        "authorization_codes" => vec![db.iamctl("code issue authorization --user alice")],
        "api_tokens" => vec![
            db.iamctl("token issue --user alice --name ci"),
            db.iamctl(&format!("token issue --owner {owner} --name ci")),
        ],
        _ => vec![
            db.iamctl(&format!("owner add {owner} bob")),
            db.iamctl("owner create --user bob"),
            db.iamctl("token issue --user bob --name ci"),
        ],
    }
}

const TABLES: [&str; 5] =
    ["users", "verification_codes", "authorization_codes", "api_tokens", "api_token_owners"];

#[test]
fn a_column_that_wants_a_value_is_exit_code_7_and_a_finding() {
    for table in TABLES {
        let (db, owner) = with_owner();
        db.sql(&format!(
            "alter table {table} add column region text default 'x' not null;
             alter table {table} alter column region drop default"
        ));
        let before = db.state();
        for run in creates(&db, table, &owner) {
            run.fails(7).says("\"region\"").says("iamctl db check");
        }
        assert_eq!(db.state(), before);
        let found = db.iamctl("db check -o json").ends_with(5).json();
        assert_eq!(objects(&found), [format!("{table}.region")]);
    }
}

#[test]
fn a_constraint_that_refuses_a_row_is_exit_code_7_and_named() {
    for table in TABLES {
        for constraint in [
            "check (region is not null) not valid",
            "check (region = 'x' and region is not null) not valid",
            "exclude using btree ((true) with =)",
            "exclude using btree ((true) with =) deferrable initially deferred",
        ] {
            let (db, owner) = with_owner();
            // The exclusion allows one row, which all but the tables of users and owners are without.
            match table {
                "verification_codes" => {
                    db.iamctl("code issue verification --user bob --force").ok();
                }
                "authorization_codes" => {
                    db.iamctl("code issue authorization --user bob").ok();
                }
                "api_tokens" => {
                    db.iamctl("token issue --user bob --name one").ok();
                }
                "users" if constraint.starts_with("exclude") => {
                    db.iamctl("user erase bob --force --yes").ok();
                }
                _ => {}
            }
            db.sql(&format!(
                "alter table {table} add column region text;
                 alter table {table} add constraint \"Of others\" {constraint}"
            ));
            let before = db.state();
            // What is refused at COMMIT alone may have been printed: a secret is, before it.
            let deferred = constraint.ends_with("deferred");
            for run in creates(&db, table, &owner) {
                let refused = if deferred { run.ends_with(7) } else { run.fails(7) };
                refused.says("Of others").says("iamctl db check");
            }
            assert_eq!(db.state(), before);
        }
    }
}

#[test]
fn a_unique_key_of_others_is_exit_code_7_and_named_in_every_language() {
    for db in Db::english_and_german() {
        db.user("alice");
        for key in [
            "create unique index \"Of others\" on users (split_part(email, '@', 2))",
            "alter table users add domain text default 'x.org';
             alter table users add constraint \"Of others\" unique (domain)",
            "alter table users add constraint \"Of others\" unique (domain)
             deferrable initially immediate",
            "alter table users add constraint \"Of others\" unique (domain)
             deferrable initially deferred",
        ] {
            db.sql(key);
            for options in ["", "--dry-run", "--if-not-exists"] {
                db.iamctl(&format!("user create bob --email bob@example.org {options}"))
                    .fails(7)
                    .says("Of others");
            }
            db.iamctl("user import - --format csv")
                .input("username,email\nbob,bob@example.org\n")
                .fails(7)
                .says("Of others");
            assert_eq!(db.sql("select username from users"), "alice");
            db.sql(
                "alter table users drop constraint if exists \"Of others\";
                 drop index if exists \"Of others\"",
            );
        }
        // What is taken by a key of ours is a conflict as ever.
        db.iamctl("user create Alice --email b@example.org").fails(4).says("username");
        db.iamctl("user create bob --email alice@example.org").fails(4).says("email");
    }
}

/// Only the tables of Citus have names and keys with a shard's number.
#[test]
fn a_key_of_others_with_a_number_behind_a_name_of_ours_is_exit_code_7() {
    for name in ["users_unique_email_2", "users_unique_fingerprint_102008", "users_pkey_1"] {
        let db = Db::new();
        db.user("alice");
        db.user("bob");
        db.sql(&format!(
            "alter table users add column region text default 'x';
             update users set region = username;
             create unique index {name} on users ((case when username in ('alice', 'bob')
                 and email not like '%@new.org' then username else region end));
             update users set region = 'x' where username = 'alice';
             insert into users (id, created_at, username, username_fingerprint, email, region)
             values (gen_random_uuid(), now(), 'x', 'x', 'x@x.org', 'x');
             update users set region = 'x' where username = 'bob'"
        ));
        let before = db.state();
        for line in [
            "user create carol --email carol@x.org",
            "user set-email bob bob@new.org --yes",
            "user rename bob robert",
        ] {
            db.iamctl(line).fails(7).says(name).says("iamctl db check");
        }
        assert_eq!(db.state(), before);
    }
}

/// A trigger may name a key, too.
#[test]
fn a_key_that_is_not_deferrable_is_not_called_so() {
    let db = Db::new();
    db.sql(
        "create function refuse() returns trigger language plpgsql as $$ begin
             raise exception 'no ON CONFLICT here' using table = 'users', constraint = 'users_unique_email';
         end $$;
         create trigger refuse before insert on users for each row execute function refuse()",
    );
    let refused = db.iamctl("user create bob --email b@x.org").fails(1);
    assert!(!refused.stderr.contains("deferrable"), "{refused:#?}");
    db.sql(
        "drop trigger refuse on users;
         alter table users drop constraint users_unique_email,
             add constraint users_unique_email unique (email) deferrable",
    );
    for changed in [true, false] {
        let created = db.iamctl("user create bob --email b@x.org --if-not-exists").json();
        assert_eq!(created["changed"], changed, "{created}");
    }
    db.iamctl("user create bobby --email b@x.org --if-not-exists").fails(4).says("is taken");
}

/// PostgreSQL tests them before it finds that the user exists.
#[test]
fn a_user_who_exists_is_accepted_beside_what_refuses_each_new_one() {
    for refuse in [
        "alter table users add region text; update users set region = 'x';
         alter table users alter region set not null",
        "alter table users add constraint closed check (created_at < '2001-01-01') not valid",
        "alter table users add domain text default 'x.org';
         alter table users add constraint one unique (domain) deferrable",
    ] {
        let db = Db::new();
        db.user("alice");
        db.sql(refuse);
        let again = "user create alice --email alice@example.org --if-not-exists";
        assert_eq!(db.iamctl(again).json()["changed"], false);
        db.iamctl("user create bob --email b@x.org --if-not-exists").fails(7);
        db.iamctl("user create alice --email other@x.org --if-not-exists").fails(4);
        assert_eq!(db.sql("select username from users"), "alice");
    }
}

/// Keys of ours under other names are ours.
#[test]
fn a_taken_id_is_a_conflict_whatever_its_key_is_called() {
    let db = Db::new();
    let alice = db.user("alice");
    db.sql("alter table users rename constraint users_pkey to \"PK\"");
    db.iamctl(&format!("user create bob --email b@x.org --id {alice}")).fails(4);
}

#[test]
fn a_foreign_key_of_ours_to_a_table_of_others_is_exit_code_7() {
    let db = Db::new();
    db.sql(
        "create table regions (name text primary key);
         alter table users add region text default 'nowhere'
             constraint of_regions references regions",
    );
    db.iamctl("user create bob --email b@x.org").fails(7).says("of_regions");
    // The default of a column that refers to a table of ours, too.
    db.sql(
        "alter table users drop column region;
         alter table users add created_by uuid default gen_random_uuid()
             constraint of_creators references users",
    );
    db.iamctl("user create bob --email b@x.org").fails(7).says("of_creators");
    assert!(objects(&db.iamctl("db check").json()).contains(&"users.of_creators".to_owned()));
}

/// Only a key of `user_id` refuses what ours does. The other one also keeps users from being erased.
#[test]
fn a_foreign_key_of_others_between_tables_of_ours_is_exit_code_7_and_a_warning() {
    let (db, owner) = with_owner();
    db.sql(
        "alter table api_tokens
             add constraint of_owners foreign key (owner_id) references users (id);
         alter table verification_codes
             add constraint of_users foreign key (user_id) references users (id)
             on delete cascade",
    );
    for run in creates(&db, "api_tokens", &owner) {
        run.fails(7).says("of_owners");
    }
    assert_eq!(objects(&db.iamctl("db check").json()), ["api_tokens.of_owners", "users.of_owners"]);
}

#[test]
fn a_domain_that_refuses_a_row_is_exit_code_7() {
    let db = Db::new();
    db.sql(
        "create domain filled as text not null;
         alter table users add region filled",
    );
    db.iamctl("user create bob --email b@x.org").fails(7).says("filled");
    let found = db.iamctl("db check -o json").ends_with(5).json();
    assert_eq!(objects(&found), ["users.region"]);
    // A domain's own default is one.
    db.sql("alter domain filled set default 'x'");
    db.iamctl("db check").ok();
    db.iamctl("user create bob --email b@x.org").ok();
}

#[test]
fn a_check_that_refuses_every_row_is_a_finding() {
    for (sql, code) in [
        ("add region text, add constraint c check (region is not null)", 5),
        ("add \"Re gion\"\"\" text, add constraint c check (\"Re gion\"\"\" is not null)", 5),
        ("add constraint c check (email_verified_at is not null)", 5),
        ("add region text default 'x', add constraint c check (region is not null)", 0),
        ("add constraint c check (email is not null)", 0),
    ] {
        let db = Db::new();
        db.sql(&format!("alter table users {sql}"));
        let found = db.iamctl("db check -o json").ends_with(code).json();
        if code == 0 {
            continue;
        }
        assert_eq!(objects(&found), ["users.c"], "{sql}");
        assert_eq!(found[0]["status"], "failed");
        db.iamctl("user create bob --email b@x.org").fails(7).says("\"c\"");
        let advice = found[0]["advice"].as_str().unwrap();
        db.sql(advice.split_once("or: ").unwrap().1);
        db.iamctl("user create bob --email b@x.org").ok();
    }
}

#[test]
fn what_may_refuse_rows_is_a_warning() {
    let db = Db::new();
    db.sql(
        "alter table users
             add constraint short check (length(username) < 51),
             add constraint a_unique unique (username),
             add constraint b_unique unique (created_at) deferrable,
             add constraint c_excluded exclude (username with =);
         create unique index \"By lower\" on users (lower(email));
         create unique index by_owner on api_tokens (owner_id, name);
         create table regions (name text primary key);
         alter table users add region text constraint d_region references regions;
         -- These refuse nothing that ours take.
         alter table users add unique (email), add unique (id, username);
         create unique index wide on verification_codes (expires_at, code)",
    );
    let found = db.iamctl("db check").json();
    let mut named = objects(&found);
    named.sort();
    assert_eq!(
        named,
        [
            "api_tokens.by_owner",
            "users.By lower",
            "users.a_unique",
            "users.b_unique",
            "users.c_excluded",
            "users.d_region",
            "users.short",
        ]
    );
    for finding in found.as_array().unwrap() {
        assert_eq!(finding["status"], "warning");
        db.sql(finding["advice"].as_str().unwrap().split_once("or: ").unwrap().1);
    }
    assert_eq!(db.iamctl("db check").json(), json!([]));
    let checks = db.iamctl("doctor").json();
    assert!(checks.as_array().unwrap().iter().all(|check: &Value| check["status"] == "ok"));
}
