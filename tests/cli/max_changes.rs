//! `--max-changes` and IAMCTL_MAX_CHANGES: one row more would be changed, and nothing is.

use crate::support::Db;

/// Three users, one of them with two sessions and a code, one with a token.
fn filled() -> Db {
    let db = Db::new();
    for name in ["alice", "bob", "carol"] {
        db.user(name);
    }
    db.iamctl("token issue --user bob --name ci").ok();
    db.sql(
        "insert into refresh_tokens
         select id, now() at time zone 'utc', now() at time zone 'utc' + interval '1 day', rpad(n::text, 44, 'x')
         from users, generate_series(1, 2) n where username = 'alice';
         insert into authorization_codes
         select id, now(), now() + interval '1 day', rpad('c', 44, 'x') from users where username = 'alice'",
    );
    db
}

/// Runs the command with a limit of one row less than it changes, and then with that of its rows.
fn changes(db: &Db, line: &str, rows: u32) {
    let says = format!("this would change {rows} row");
    for limited in [line.to_owned(), format!("{line} --dry-run")] {
        let limited = format!("{limited} --max-changes {}", rows - 1);
        db.refuses(5, &limited, &says);
        db.refuses(5, &limited, "nothing was changed");
    }
    let before = db.state();
    db.iamctl(line).env("IAMCTL_MAX_CHANGES", (rows - 1).to_string()).fails(5).says(&says);
    assert_eq!(db.state(), before);
    // The option goes before the variable.
    db.iamctl(&format!("{line} --max-changes {rows}")).env("IAMCTL_MAX_CHANGES", "0").ok();
    assert_ne!(db.state(), before, "{line}");
}

#[test]
fn one_row_too_many_changes_nothing() {
    let db = filled();
    changes(&db, "user block alice bob --yes", 2);
    changes(&db, "user unblock alice bob", 2);
    // The user, two sessions and a code.
    changes(&db, "user block alice --revoke-sessions --yes", 4);
    changes(&db, "token block --user bob --name ci --yes", 1);
    changes(&db, "token revoke --user bob --name ci --yes", 1);
    changes(&db, "user delete alice --yes", 1);
    // The user and, by cascade, two sessions.
    changes(&db, "user erase alice --yes", 3);
}

#[test]
fn an_import_that_is_too_large_changes_nothing() {
    let db = Db::new();
    let users = "username,email\nyuri,yuri@example.org\nxena,xena@example.org\n";
    let import = |most| {
        db.iamctl(&format!("user import - --format csv --yes --max-changes {most}")).input(users)
    };
    import(1).fails(5).says("this would change 2 rows");
    assert_eq!(db.rows(), [""; 0]);
    import(2).ok();
    // Rows that are left out do not count, nor do those of temporary tables.
    let skip = "user import - --format csv --yes --on-conflict skip --max-changes";
    db.iamctl(&format!("{skip} 0")).input(users).ok();
    let more = format!("{users}zoe,zoe@example.org\n");
    db.iamctl(&format!("{skip} 0")).input(more.clone()).fails(5).says("this would change 1 row,");
    db.iamctl(&format!("{skip} 1")).input(more).ok();
}

#[test]
fn users_of_a_retention_go_all_or_none() {
    let db = Db::new();
    db.deleted_users(1200);
    let erase = "user erase --deleted-for 1d --yes";
    db.refuses(5, &format!("{erase} --max-changes 1199"), "this would change 1200 rows");
    // A row of others refers to one of them.
    db.sql(
        "create table orders (buyer uuid references users);
         insert into orders select id from users where username = 'u600'",
    );
    let limited = format!("{erase} --max-changes 1200");
    db.refuses(4, &limited, "one user who is kept keeps all others");
    db.sql("drop table orders");
    db.iamctl(&limited).ok();
    assert_eq!(db.sql("select count(*) from users"), "0");
}

#[test]
fn what_changes_several_rows_at_once_has_a_limit() {
    let db = filled();
    changes(&db, "owner create --user alice --user bob", 2);
    // The user, and a code that was sent to the old address.
    changes(&db, "user set-email alice other@example.org --yes", 2);
}

#[test]
fn a_purge_of_too_many_rows_deletes_nothing() {
    let db = filled();
    db.sql(
        "insert into verification_codes
         select id, now(), now() - interval '9 days', rpad('x' || n, 44, 'x')
         from users, generate_series(1, 10) n where username = 'alice';
         insert into refresh_tokens
         select id, now() at time zone 'utc', now() at time zone 'utc' - interval '9 days', rpad('e', 44, 'x')
         from users where username = 'alice'",
    );
    db.refuses(5, "purge --max-changes 10", "this would change 11 rows");
    db.refuses(5, "purge --max-changes 10", "nothing was deleted");
    db.iamctl("code purge").env("IAMCTL_MAX_CHANGES", "9").fails(5);
    db.iamctl("purge --max-changes 3 --max-rows 3").ends_with(9);
    db.iamctl("purge --max-changes 8").ok();
}

#[test]
fn what_is_no_number_or_cannot_be_counted_is_an_error() {
    let db = filled();
    let block = |value| db.iamctl("user block alice --yes").env("IAMCTL_MAX_CHANGES", value);
    block("many").fails(2).says("IAMCTL_MAX_CHANGES is not a number of rows");
    // What changes one thing has no such limit.
    db.iamctl("user create dora --email dora@example.org").env("IAMCTL_MAX_CHANGES", "many").ok();
    db.sql(&format!("alter database {} set track_counts = off", db.name));
    block("10").fails(5).says("track_counts");
    block("").ok();
}
