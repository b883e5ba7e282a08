//! Foreign keys of others to our tables: which keep rows, and which make deletions slow.

use serde_json::{Value, json};

use super::script;
use crate::support::Db;

/// The warnings of `db check`, which exits with 0, each as `table.object: problem`.
#[track_caller]
fn warnings(db: &Db) -> Vec<String> {
    let found = db.iamctl("db check").json();
    let word = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    let all = found.as_array().unwrap().iter();
    all.map(|one| {
        assert_eq!(one["status"], "warning", "{found:#}");
        format!("{}.{}: {}", word(one, "table"), word(one, "object"), word(one, "problem"))
    })
    .collect()
}

/// The advice of the only warning.
fn advice(db: &Db) -> String {
    let found = db.iamctl("db check").json();
    assert_eq!(found.as_array().unwrap().len(), 1, "{found:#}");
    found[0]["advice"].as_str().unwrap().to_owned()
}

#[test]
fn a_foreign_key_that_does_not_cascade_is_named_with_the_sql_that_makes_it() {
    for (clause, keeps) in [
        ("", true),
        ("on delete restrict", true),
        ("on update cascade on delete restrict deferrable initially deferred", true),
        ("on delete set null", false),
        ("on delete cascade", false),
        ("not valid", true),
    ] {
        let db = Db::new();
        db.sql(&format!(
            "create schema shop; create table shop.\"Orders\" (user_id uuid);
             create index on shop.\"Orders\" (user_id);
             alter table shop.\"Orders\" add constraint of_user
                 foreign key (user_id) references users {clause}"
        ));
        if !keeps {
            assert_eq!(warnings(&db), [""; 0], "{clause}");
            continue;
        }
        let found = warnings(&db);
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(
            found[0].starts_with(
                "users.of_user: rows of shop.\"Orders\" (user_id) keep users from being erased: FOREIGN KEY"
            ),
            "{found:#?}"
        );
        let advice = advice(&db);
        let sql = advice.split_once("where they may go along: ").unwrap().1;
        script(&db, sql);
        assert_eq!(warnings(&db), [""; 0], "{clause}: {sql}");
        let key =
            db.sql("select pg_get_constraintdef(oid) from pg_constraint where conname = 'of_user'");
        assert_eq!(key.contains("ON UPDATE CASCADE"), clause.contains("on update"), "{key}");
        assert_eq!(key.contains("DEFERRABLE"), clause.contains("deferrable"), "{key}");
        db.user("alice");
        db.sql("insert into shop.\"Orders\" select id from users");
        db.iamctl("user erase alice --force --yes").ok();
        assert_eq!(db.sql("select count(*) from shop.\"Orders\""), "0");
    }
}

#[test]
fn a_column_that_cannot_be_set_to_null_keeps_rows() {
    let db = Db::new();
    db.sql(
        "create table orders (user_id uuid not null references users on delete set null);
         create index on orders (user_id)",
    );
    let found = warnings(&db);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].contains("keep users from being erased"), "{found:#?}");
}

#[test]
fn a_foreign_key_without_an_index_is_named_with_the_sql_that_makes_it() {
    for (index, has) in [
        ("select 1", false),
        ("create index on orders (user_id)", true),
        ("create index on orders using hash (user_id)", true),
        ("create index on orders (user_id, id)", true),
        ("create index on orders (id, user_id)", false),
        ("create index on orders (id) include (user_id)", false),
        ("create index on orders (user_id) where user_id is not null", true),
        ("create index on orders (user_id) where id > 0", false),
        ("create index on orders using brin (user_id)", false),
        ("create index on orders ((user_id::text))", false),
    ] {
        let db = Db::new();
        db.sql("create table orders (id int, user_id uuid references users on delete cascade)");
        db.sql(index);
        let found = warnings(&db);
        assert_eq!(found.is_empty(), has, "{index}: {found:#?}");
        if has {
            continue;
        }
        assert_eq!(
            found,
            [
                "users.orders_user_id_fkey: each deletion from users reads the whole of public.orders: no \
              index on (user_id)"
            ]
        );
        assert_eq!(advice(&db), "create index concurrently on public.orders (user_id)");
        script(&db, &advice(&db));
        assert_eq!(warnings(&db), [""; 0], "{index}");
    }
}

#[test]
fn keys_of_several_columns_and_on_every_table_are_looked_at() {
    let db = Db::new();
    db.sql(
        "alter table users add unique (id, email);
         create table mails (email varchar(100), id uuid,
                             foreign key (id, email) references users (id, email) on delete cascade);
         create index on mails (email, id);
         create table a (code char(44) references verification_codes);
         create table b (code char(44) references authorization_codes);
         create table c (token char(44) references refresh_tokens);
         create table d (token char(44) references api_tokens);
         create table e (owner uuid, member uuid,
                         foreign key (owner, member) references api_token_owners)",
    );
    let found = warnings(&db);
    assert_eq!(found.len(), 10, "{found:#?}");
    for (name, kept) in [
        ("verification_codes.a_code_fkey", "rows from being purged"),
        ("authorization_codes.b_code_fkey", "rows from being purged"),
        ("refresh_tokens.c_token_fkey", "rows from being purged"),
        ("api_tokens.d_token_fkey", "rows from being purged"),
        ("api_token_owners.e_owner_member_fkey", "rows from being purged"),
    ] {
        let of_key: Vec<_> = found.iter().filter(|one| one.starts_with(name)).collect();
        assert_eq!(of_key.len(), 2, "{name}: {found:#?}");
        assert!(of_key[0].contains(kept) && of_key[1].contains("no index"), "{of_key:#?}");
    }
}

#[test]
fn a_partitioned_table_of_others_is_named_once() {
    let db = Db::new();
    db.sql(
        "create table orders (user_id uuid references users, at date) partition by range (at);
         create table orders_1 partition of orders for values from ('2026-01-01') to ('2027-01-01');
         create table orders_2 partition of orders for values from ('2027-01-01') to ('2028-01-01')",
    );
    let found = db.iamctl("db check").json();
    assert_eq!(found.as_array().unwrap().len(), 2, "{found:#}");
    assert_eq!(found[1]["advice"], "create index on public.orders (user_id)");
    for finding in found.as_array().unwrap() {
        let advice = finding["advice"].as_str().unwrap();
        script(&db, advice.rsplit("along: ").next().unwrap());
    }
    assert_eq!(db.iamctl("db check").json(), json!([]));
}

#[test]
fn doctor_warns_of_them() {
    let db = Db::new();
    db.sql("create table orders (user_id uuid constraint of_user references users)");
    let checks = db.iamctl("doctor").json();
    let check = checks.as_array().unwrap().iter().find(|check| check["check"] == "constraints");
    let check = check.unwrap();
    assert_eq!(check["status"], "warning");
    let detail = check["detail"].as_str().unwrap();
    assert_eq!(detail.matches("of_user on users").count(), 1, "{detail}");
    assert!(detail.contains("iamctl db check"), "{detail}");
}
