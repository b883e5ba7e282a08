//! Adoption of tables that already have keys and indexes, some with other names or definitions.

use serde_json::Value;

use super::adopt::{adopted, assert_adopted, refused};
use super::{everything, foreign};
use crate::support::Db;

/// The steps that changed something, each as `action object`.
fn done(steps: &Value) -> Vec<String> {
    let changed = steps.as_array().unwrap().iter().filter(|step| step["changed"] == true);
    let word = |value: &Value| value.as_str().unwrap().to_owned();
    changed.map(|step| format!("{} {}", word(&step["action"]), word(&step["object"]))).collect()
}

fn constraints(db: &Db, table: &str) -> String {
    db.sql(&format!(
        "select conname, pg_get_constraintdef(oid) from pg_constraint
         where conrelid = '{table}'::regclass and contype in ('p', 'u', 'f') order by 1"
    ))
}

/// Erases alice with all her rows, and expects that no foreign key prevents it.
#[track_caller]
fn alice_can_be_erased(db: &Db) {
    let bystanders: Vec<_> =
        db.rows().into_iter().filter(|row| !row.contains(&alice(db))).collect();
    db.iamctl("user erase alice --force --yes").ok();
    let rows: Vec<_> = db.rows().into_iter().filter(|row| !row.starts_with("api_tokens")).collect();
    let expected: Vec<_> =
        bystanders.into_iter().filter(|row| !row.starts_with("api_tokens")).collect();
    assert_eq!(rows, expected);
}

fn alice(db: &Db) -> String {
    db.sql("select md5('Alice')::uuid")
}

/// The service's own keys and indexes, in every form that adoption keeps or renames.
const OWN_KEYS: &str = r#"
    alter table users add constraint pk_users primary key (id);
    alter table users add constraint users_email_key unique (email);
    create unique index "Finger Print" on users (username_fingerprint);
    alter table verification_codes add constraint "The ""Key""" primary key (code);
    create unique index codes on authorization_codes (code);
    alter table authorization_codes add constraint fk
        foreign key (user_id) references users (id) on delete cascade;
    alter table api_token_owners add primary key (owner_id, user_id);
    create index mine on verification_codes (expires_at, code);
    create index "Mine too" on users (split_part(email, '@', 2), created_at, id);
    create index of_others on users (lower(email));
    alter table users add constraint short check (length(username) < 51);"#;

#[test]
fn existing_keys_are_matched_by_definition() {
    let db = foreign(OWN_KEYS);
    let steps = adopted(&db);
    assert_eq!(
        constraints(&db, "users"),
        "pk_users|PRIMARY KEY (id)\n\
         users_unique_email|UNIQUE (email)\n\
         users_unique_fingerprint|UNIQUE (username_fingerprint)",
        "a constraint is renamed if the service reads its name",
    );
    assert_eq!(
        constraints(&db, "verification_codes"),
        "The \"Key\"|PRIMARY KEY (code)\n\
         verification_codes_user_id_fkey|FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
    );
    assert_eq!(
        constraints(&db, "authorization_codes"),
        "authorization_codes_pkey|PRIMARY KEY (code)\n\
         fk|FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
    );
    let doubles = "select string_agg(indexname, ', ')
                   from (select indexname, tablename,
                                regexp_replace(indexdef, '^.*? USING ', '') as def
                         from pg_indexes where schemaname = 'public') i
                   group by tablename, def having count(*) > 1";
    assert_eq!(db.sql(doubles), "", "no two indexes have the same definition");
    let own = "select count(*) from pg_indexes
               where indexname in ('mine', 'Mine too', 'of_others', 'pk_users')";
    assert_eq!(db.sql(own), "4", "the existing indexes are kept");
    assert_eq!(db.sql("select count(*) from pg_constraint where conname = 'short'"), "1");

    let done = done(&steps);
    for expected in [
        "rename users_unique_email",
        "add constraint users_unique_fingerprint",
        "add constraint authorization_codes_pkey",
    ] {
        assert!(done.contains(&expected.to_owned()), "{expected} in {done:?}");
    }
    for kept in ["users_pkey", "verification_codes_pkey", "users_email_domain"] {
        assert!(!done.iter().any(|step| step.ends_with(kept)), "{kept} in {done:?}");
    }
    alice_can_be_erased(&db);
}

#[test]
fn a_foreign_key_without_cascade_is_replaced() {
    for rule in ["", "on delete restrict", "on delete no action deferrable"] {
        let db = foreign(&format!(
            "alter table users add primary key (id);
             alter table refresh_tokens add constraint theirs
                foreign key (user_id) references users (id) {rule}"
        ));
        let done = done(&adopted(&db));
        assert!(
            done.contains(&"add constraint refresh_tokens_user_id_fkey".to_owned()),
            "{done:?}"
        );
        assert_eq!(
            constraints(&db, "refresh_tokens"),
            "refresh_tokens_pkey|PRIMARY KEY (token)\n\
             refresh_tokens_user_id_fkey|FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE",
            "{rule}",
        );
        alice_can_be_erased(&db);
    }
}

/// A script with `references users (id)` creates a key of exactly this name.
#[test]
fn a_foreign_key_without_cascade_and_with_the_right_name_is_replaced() {
    let db = foreign(
        "alter table users add primary key (id);
         alter table refresh_tokens add foreign key (user_id) references users (id);
         alter table api_token_owners add foreign key (user_id) references users (id)",
    );
    adopted(&db);
    alice_can_be_erased(&db);
}

#[test]
fn a_second_foreign_key_without_cascade_is_dropped() {
    let db = foreign(
        "alter table users add primary key (id);
         alter table refresh_tokens add constraint theirs foreign key (user_id) references users (id);
         alter table refresh_tokens add constraint refresh_tokens_user_id_fkey
             foreign key (user_id) references users (id) on delete cascade",
    );
    adopted(&db);
    alice_can_be_erased(&db);
}

#[test]
fn an_index_with_another_definition_does_not_replace_a_missing_one() {
    let db = foreign(
        "create unique index on users (email) where deleted;
         create index on users (lower(email));
         create index on users (email);
         create index on users (created_at desc, id);
         create index on verification_codes (code);
         create index on api_tokens (owner_id)",
    );
    let done = done(&adopted(&db));
    for expected in [
        "create index users_unique_email",
        "add constraint users_unique_email",
        "create index users_created",
        "create index verification_codes_id",
        "create index api_tokens_owner",
    ] {
        assert!(done.contains(&expected.to_owned()), "{expected} in {done:?}");
    }
    assert_eq!(db.sql("select count(*) from pg_indexes where indexname ~ '_idx'"), "6");
}

#[test]
fn another_primary_key_is_a_finding() {
    let db = foreign("alter table verification_codes add primary key (user_id, code)");
    let found = refused(&db, &["verification_codes.verification_codes_pkey"; 2]);
    assert!(found.to_string().contains("PRIMARY KEY (user_id, code)"), "{found}");
    let db = foreign(
        "alter table users add column number serial;
         alter table users add constraint theirs primary key (number)",
    );
    let found = refused(&db, &["users.theirs"]);
    assert!(found.to_string().contains("PRIMARY KEY (number)"), "{found}");
}

#[test]
fn a_taken_name_is_a_finding() {
    let db = foreign("create index users_created on users (username)");
    let found = refused(&db, &["users.users_created"]);
    assert!(found.to_string().contains("USING btree (username)"), "{found}");
    let db = foreign(
        "alter table users add constraint users_unique_email unique (username_fingerprint, email)",
    );
    refused(&db, &["users.users_unique_email"]);
    db.sql("alter table users rename constraint users_unique_email to theirs");
    adopted(&db);
}

#[test]
fn a_name_that_another_table_uses_is_a_finding() {
    let db = foreign("create table orders (id int); create index users_created on orders (id)");
    refused(&db, &["users.users_created"]);
    let db = foreign("create table orders (id int, constraint users_unique_email unique (id))");
    refused(&db, &["users.users_unique_email"]);
    let db = foreign("create table verification_codes_id (id int)");
    refused(&db, &["verification_codes.verification_codes_id"]);
}

#[test]
fn a_duplicate_index_with_a_needed_name_is_adopted_or_refused() {
    let db = foreign(
        "alter table users add constraint theirs unique (email);
         create unique index users_unique_email on users (email)",
    );
    let before = everything(&db);
    let rows = db.rows();
    let outcome = db.iamctl("db adopt --yes").run();
    match outcome.code {
        0 => assert_adopted(&db, &rows),
        5 => assert_eq!(everything(&db), before),
        _ => panic!("{outcome:#?}"),
    }
}
