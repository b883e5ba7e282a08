//! `user erase` and `user offboard` name the tables of others that belong to users by no foreign key.

use crate::support::{Db, Run};

const COMMANDS: [&str; 5] = [
    "user erase alice --force --yes",
    "user erase alice --force --dry-run",
    "user erase --deleted-for 1y --yes",
    "user offboard alice --yes",
    "user offboard alice --dry-run",
];

/// A database with alice and a user who was deleted long ago, after this SQL.
fn with(sql: &str) -> Db {
    let db = Db::new();
    db.user("alice");
    db.deleted_users(1);
    db.sql(sql);
    db
}

#[test]
fn tables_with_a_user_id_and_no_foreign_key_are_named() {
    for line in COMMANDS {
        let db = with(
            "create table orders (user_id uuid);
             create schema shop; create table shop.\"Carts\" (user_id text);
             create table notes (user_id varchar(36)); create table logins (user_id char(36));
             create table of_time (user_id uuid, at date) partition by range (at);
             create table of_2026 partition of of_time
                 for values from ('2026-01-01') to ('2027-01-01')",
        );
        let expected = "not touched: public.logins (user_id), public.notes (user_id), \
                        public.of_time (user_id), public.orders (user_id), shop.\"Carts\" (user_id); ";
        let outcome = db.iamctl(line).ok().says(expected);
        assert_eq!(outcome.stderr.matches("not touched").count(), 1, "{line}: {outcome:#?}");
        let quiet = with("create table orders (user_id uuid)");
        assert_eq!(quiet.iamctl(line).arg("-q").ok().stderr, "", "{line}");
    }
}

#[test]
fn tables_that_belong_to_users_or_to_something_else_are_not_named() {
    for line in COMMANDS {
        let db = with(
            "create table orders (user_id uuid references users on delete cascade);
             create schema other;
             create table other.users (id uuid primary key);
             create table other.orders (user_id uuid references other.users);
             create table numbers (user_id int); create table without (id uuid);
             create view viewed as select user_id from orders;
             create table dropped (user_id uuid, id int); alter table dropped drop user_id",
        );
        let outcome = db.iamctl(line).ok();
        assert!(!outcome.stderr.contains("not touched"), "{line}: {outcome:#?}");
    }
}

#[test]
fn ten_are_named_where_the_role_may_use_their_schema() {
    let db = with(
        "do $$ begin
             for n in 10..21 loop
                 execute format('create table side_%s (user_id uuid)', n);
             end loop;
         end $$;
         create schema hidden; create table hidden.orders (user_id uuid)",
    );
    let role = db.operator();
    let outcome = Run::new(&db.url_as(&role), "user offboard alice --yes").ok();
    let outcome = outcome.says("public.side_19 (user_id) and 2 others; ");
    assert!(
        !outcome.stderr.contains("side_20") && !outcome.stderr.contains("hidden"),
        "{outcome:#?}"
    );
}

/// The operator sees them before the answer, and once.
#[test]
fn they_are_named_before_the_question() {
    for (line, answer) in [
        ("user erase alice --force", "alice"),
        ("user erase --deleted-for 1y", "y"),
        ("user offboard alice", "y"),
    ] {
        let db = with("create table orders (user_id uuid)");
        let words = ["not touched: public.orders (user_id)"];
        assert_eq!(db.answer(line, &words, "n"), 5, "{line}");
        let mut terminal = db.iamctl(line).on_terminal();
        terminal.exp_regex(r"\[y/N\]|to go ahead:").unwrap();
        terminal.send_line(answer).unwrap();
        let rest = terminal.exp_eof().unwrap();
        assert!(!rest.contains("not touched"), "{line}: {rest}");
        // Without a terminal, the error stands alone.
        let refused = db.iamctl(line).run();
        assert!(!refused.stderr.contains("not touched"), "{line}: {refused:#?}");
    }
}

#[test]
fn without_users_nothing_is_said() {
    let db = with("create table orders (user_id uuid)");
    for line in ["user erase - --yes", "user offboard - --yes", "user erase --deleted-for 9y --yes"]
    {
        assert_eq!(db.iamctl(line).ok().stderr.matches("not touched").count(), 0, "{line}");
    }
}
