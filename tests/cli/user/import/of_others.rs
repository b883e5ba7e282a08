//! What others want of the rows of an import, and what the service wants of them.

use std::fs;

use crate::support::{Db, directory};

/// `line: what is said of it` of each row that was left out.
fn left_out(db: &Db, rows: &str) -> Vec<String> {
    let done =
        db.import(format!("id,username,email\n{rows}")).arg("--on-conflict").arg("skip").ok();
    done.stderr
        .lines()
        .map(|line| line.replace(" was left out", "").trim_start_matches("line ").to_owned())
        .collect()
}

const ID: &str = "3f0c9d2e-6c1b-4c62-9a53-0d2f4f0f9a11";

#[test]
fn skip_names_what_really_clashes() {
    for key in [
        "create unique index \"By local part\" on users (split_part(email, '@', 1))",
        "alter table users add local text generated always as (split_part(email, '@', 1)) stored,
             add constraint \"By local part\" unique (local) deferrable",
        "alter table users add local text generated always as (split_part(email, '@', 1)) stored,
             add constraint \"By local part\" unique (local) deferrable initially deferred",
        "alter table users add constraint \"By local part\"
             exclude (split_part(email, '@', 1) with =) deferrable initially deferred",
    ] {
        let db = Db::new();
        db.iamctl(&format!("user create Alice --email alice@x.org --id {ID}")).ok();
        db.sql(key);
        let rows = format!(
            ",bob,alice@other.org\n\
             ,ALICE,new@x.org\n\
             {ID},carol,carol@x.org\n\
             ,dora,dora@x.org\n\
             ,eve,dora@other.org\n\
             ,bob,bob@x.org\n"
        );
        assert_eq!(
            left_out(&db, &rows),
            [
                "2: `By local part`, of others, refuses `bob`",
                "3: the username of `ALICE` is taken",
                "4: the id of `carol` is taken",
                "6: `By local part`, of others, refuses `eve`",
            ],
            "{key}"
        );
        assert_eq!(db.users(), ["Alice|alice@x.org", "bob|bob@x.org", "dora|dora@x.org"]);
        assert_eq!(db.details()["imported"], 2);
    }
}

/// What a later row of the file has inserted is no clash of an earlier one.
#[test]
fn skip_names_what_clashed_when_the_row_came() {
    let db = Db::new();
    db.iamctl("user create Alice --email alice@x.org").ok();
    assert_eq!(
        left_out(&db, ",ALICE,bob@x.org\n,bob,bob@x.org\n,carol,BOB@x.org\n,Bob,alice@x.org\n"),
        [
            "2: the username of `ALICE` is taken",
            "4: the email of `carol` is taken",
            "5: the email of `Bob` is taken",
        ]
    );
    assert_eq!(db.users(), ["Alice|alice@x.org", "bob|bob@x.org"]);
}

/// A key of ours that is deferrable, as another program may have made it.
#[test]
fn skip_works_beside_deferrable_keys_of_ours() {
    let db = Db::new();
    db.iamctl("user create alice --email alice@x.org").ok();
    db.sql(
        "alter table users drop constraint users_unique_email,
             add constraint users_unique_email unique (email) deferrable initially deferred",
    );
    let said = left_out(&db, ",bob,alice@x.org\n,carol,carol@x.org\n,dora,carol@x.org\n");
    assert_eq!(said, ["2: the email of `bob` is taken", "4: the email of `dora` is taken"]);
    assert_eq!(db.users(), ["alice|alice@x.org", "carol|carol@x.org"]);
}

#[test]
fn the_file_of_errors_names_it_too() {
    let db = Db::new();
    db.iamctl("user create alice --email alice@x.org").ok();
    db.sql("create unique index by_local_part on users (split_part(email, '@', 1))");
    let directory = directory();
    let errors = directory.path().join("errors.csv");
    db.import("username,email\nbob,alice@other.org\ncarol,carol@x.org\n")
        .with("--on-conflict skip --errors")
        .arg(&errors)
        .ok();
    let text = fs::read_to_string(&errors).unwrap();
    assert_eq!(
        text.lines().nth(1),
        Some("2,,\"`by_local_part`, of others, refuses it; left out\"")
    );
    assert_eq!(db.users(), ["alice|alice@x.org", "carol|carol@x.org"]);
}

#[test]
fn a_dry_run_of_skip_names_them_and_changes_nothing() {
    let db = Db::new();
    db.iamctl("user create alice --email alice@x.org").ok();
    db.sql(
        "alter table users add local text generated always as (split_part(email, '@', 1)) stored,
             add constraint by_local_part unique (local) deferrable initially deferred",
    );
    let before = db.state();
    db.import("username,email\nbob,alice@other.org\ncarol,carol@x.org\n")
        .with("--on-conflict skip --dry-run")
        .ok()
        .says("line 2 was left out: `by_local_part`, of others, refuses `bob`");
    assert_eq!(db.state(), before);
}

#[test]
fn as_is_warns_of_rows_that_the_service_cannot_use() {
    let rows = "username,email,created_at,username_fingerprint\n\
                one,one@x.org,,\n\
                two,no at,,\n\
                three,\"\"\"quoted\"\"@x.org\",,\n\
                four,four@x.org,infinity,\n\
                five,Five@X.org,-infinity,\n\
                six,six@x.org,,other\n";
    let db = Db::new();
    let done = db.import(rows).arg("--as-is").ok();
    assert_eq!(
        done.stderr.trim_end(),
        "5 rows of the file hold what the service cannot use: line 3 (email), line 4 (email), line 5 \
         (created_at), line 6 (email, created_at), line 7 (username_fingerprint); see `iamctl db check`"
    );
    assert_eq!(db.users().len(), 6);
    // What is said is what `db check` finds.
    let found = db.iamctl("db check -o json").ends_with(5).json();
    let mut objects: Vec<_> =
        found.as_array().unwrap().iter().map(|one| one["object"].as_str().unwrap()).collect();
    objects.sort_unstable();
    assert_eq!(objects, ["created_at", "email", "email", "username_fingerprint"]);
    assert_eq!(Db::new().import(rows).with("--as-is -q").ok().stderr, "");

    let many =
        (1..=13).fold("username,email\n".to_owned(), |all, n| format!("{all}u{n},none{n}\n"));
    let done = Db::new().import(many).arg("--as-is").ok();
    done.says("13 rows of the file hold").says("line 11 (email) and 3 others; see");
    let one = Db::new().import("username,email\none,none\n").arg("--as-is").ok();
    one.says("1 row of the file holds what the service cannot use: line 2 (email); see");
    assert_eq!(
        Db::new().import("username,email\nodd name,a@x.org\n").arg("--as-is").ok().stderr,
        ""
    );
}

/// Row by row takes a transaction of its own for each row.
#[test]
fn skip_inserts_row_by_row_only_beside_keys_that_can_refuse_more_than_ours() {
    for (key, at_once) in [
        ("select 1", true),
        ("create unique index wide on users (id, created_at)", true),
        ("create unique index those on users (email) where not deleted", true),
        ("alter table users add constraint wide unique (username_fingerprint, email)", true),
        ("create unique index name on users (username)", false),
        ("create unique index lower on users (lower(email))", false),
        ("alter table users add constraint wide unique (id, email) deferrable", false),
        ("alter table users add exclude using btree (id with =, email with =)", false),
    ] {
        let db = Db::new();
        db.sql(key);
        assert_eq!(left_out(&db, ",ann,ann@x.org\n,bob,bob@x.org\n,eve,ann@x.org\n").len(), 1);
        let transactions = db.sql("select count(distinct xmin::text) from users");
        assert_eq!(transactions == "1", at_once, "{key}: {transactions}");
    }
}
