//! `iamctl demo` walks through the main tasks on an empty database.

use std::time::{Duration, Instant};

use crate::support::Db;

#[test]
fn the_demo_shows_each_command_with_its_real_output() {
    let db = Db::bare();
    let begun = Instant::now();
    db.iamctl("demo").fails(2).says("pass --yes");
    assert_eq!(db.sql("select count(*) from pg_tables where schemaname = 'public'"), "0");
    let demo = db.iamctl("demo --yes").ok();
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());
    for shown in [
        "$ iamctl db migrate",
        "$ iamctl user create alice",
        "$ iamctl token issue --user alice",
        "$ iamctl token list",
        "$ iamctl token revoke",
        "$ iamctl code issue verification",
        "$ iamctl code purge",
        "$ iamctl audit list",
        "https://app.example.org/verify/",
        "iam_",
    ] {
        assert!(demo.stdout.contains(shown), "{shown}: {}", demo.stdout);
    }
    assert_eq!(
        db.sql(
            "select (select count(*) from users), (select bool_and(revoked) from api_tokens),
                    (select count(*) from authorization_codes)"
        ),
        "2|t|0",
        "the demo makes the changes that it shows",
    );
    db.iamctl("demo").fails(5).says("the database has users");
}

#[test]
fn the_demo_has_json_output() {
    let demo = Db::bare().iamctl("demo --yes").json();
    for step in demo.as_array().unwrap() {
        assert!(step["command"].as_str().unwrap().starts_with("iamctl "), "{step}");
        assert!(step["output"].is_array() || step["output"].is_object(), "{step}");
    }
}
