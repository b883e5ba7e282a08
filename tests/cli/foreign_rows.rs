//! Rows that other programs wrote, and databases with other settings. Reading never fails, and such
//! rows can be shown and repaired.

use std::thread;

use crate::support::Db;

#[test]
fn rows_with_infinite_times_can_be_read_and_changed() {
    let db = Db::new();
    let alice = db.user("alice");
    db.iamctl("token issue --user alice --name ci").ok();
    db.sql("update api_tokens set expires_at = 'infinity', created_at = '-infinity'");
    db.sql("update users set created_at = 'infinity', deleted = true, deleted_at = '290000-01-01'");
    db.sql(&format!(
        "insert into verification_codes values ('{alice}', now(), '-infinity', lpad('x', 44, 'c')),
                                               ('{alice}', now(), 'infinity', lpad('y', 44, 'c'))"
    ));

    let token = db.iamctl("token list").json();
    assert_eq!(token[0]["expires_at"], "infinity");
    assert_eq!(token[0]["created_at"], "-infinity");
    assert_eq!(db.iamctl("user show alice").json()["deleted_at"], "infinity");
    assert_eq!(db.iamctl("user list --status any").json()[0]["created_at"], "infinity");
    assert_eq!(db.iamctl("code list").json().as_array().unwrap().len(), 2);
    for format in ["table", "csv", "id"] {
        db.iamctl("token list -o").arg(format).ok();
    }
    db.iamctl("user restore alice").ok();
    assert_eq!(db.iamctl("token revoke --user alice --all --yes").json()[0]["changed"], true);
    assert_eq!(db.iamctl("code purge --dry-run").json()[0]["remaining"], 1);
    assert_eq!(db.iamctl("code purge --batch-size 1").json()[0]["deleted"], 1);
    assert_eq!(db.sql("select count(*) from verification_codes"), "1");
}

#[test]
fn locks_work_at_every_default_isolation_level() {
    for level in ["repeatable read", "serializable"] {
        let db = Db::new();
        db.user("alice");
        db.sql(&format!(
            "alter database {} set default_transaction_isolation = '{level}'",
            db.name
        ));
        let codes: Vec<i32> = thread::scope(|scope| {
            let runs: Vec<_> = (0..6)
                .map(|_| scope.spawn(|| db.iamctl("token issue --user alice --name ci").run().code))
                .collect();
            runs.into_iter().map(|run| run.join().unwrap()).collect()
        });
        assert_eq!(codes.iter().filter(|&&code| code == 0).count(), 1, "{level}: {codes:?}");
        assert_eq!(codes.iter().filter(|&&code| code == 4).count(), 5, "{level}: {codes:?}");
        assert_eq!(db.sql("select count(*) from api_token_owners"), "1", "{level}");
    }
}

#[test]
fn thirty_thousand_targets_take_less_than_twenty_seconds() {
    let db = Db::new();
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'user' || n,
                convert_to(encode(sha256(('user' || n)::bytea), 'hex'), 'utf8'), n || '@x.org'
         from generate_series(1, 30000) n",
    );
    db.sql("analyze users");
    for line in ["user list -o id", "user list --columns username --no-headers -o csv --status any"]
    {
        let targets = db.iamctl(line).ok().stdout;
        let begun = std::time::Instant::now();
        let changed = db.iamctl("user block - --yes -o jsonl").input(targets.clone()).ok();
        assert_eq!(changed.lines().len(), 30_000);
        assert!(begun.elapsed().as_secs() < 20, "{line}: {:?}", begun.elapsed());
        assert_eq!(db.sql("select count(*) from users where blocked"), "30000");
        db.iamctl("user unblock - -o id").input(targets).ok();
    }
}

#[test]
fn a_missing_table_or_column_is_exit_code_7() {
    for (damage, line) in [
        ("drop table api_tokens", "token list"),
        ("drop table admin_audit_log", "user create bob --email b@x.org"),
        ("alter table users drop column blocked", "user list"),
    ] {
        let db = Db::new();
        db.sql(damage);
        db.iamctl(line).fails(7).says("iamctl db check");
    }
}

#[test]
fn row_security_is_exit_code_8_and_the_message_names_the_policy() {
    let db = Db::new();
    db.user("alice");
    let role = db.role("operator");
    let grants = db.iamctl(&format!("db grants --profile operator --role {role}")).ok();
    db.sql(&grants.stdout);
    db.sql(
        "alter table users enable row level security;
         create policy only_reads on users for select using (true)",
    );
    for line in ["user block alice --yes", "user list", "user show alice", "user export"] {
        let run = crate::support::Run::new(&db.url_as(&role), line);
        run.fails(8).says("row security").says("only_reads");
    }
    db.iamctl("user block alice --yes").ok();
}

/// Settings that change how the server reads what a command sends, or writes what it reads.
#[test]
fn unusual_settings_of_a_role_change_nothing() {
    let db = Db::new();
    for setting in [
        "array_nulls = off",
        "standard_conforming_strings = off",
        "quote_all_identifiers = on",
        "gin_fuzzy_search_limit = 1",
        "plan_cache_mode = force_generic_plan",
    ] {
        db.sql(&format!("alter database {} set {setting}", db.name));
    }
    db.iamctl("db check").ok();
    db.iamctl("db migrate").ok();
    for line in [
        "user create alice --email alice@example.org --verified",
        "user create bob --email bob@example.org --verified",
        "token issue --user alice --name ci",
        "code issue authorization --user alice",
        "user list --search lic",
        "user show alice",
        "token list",
        "token rotate --user alice --name ci --yes",
        "session list",
        "user offboard alice --hand-over-to bob --yes",
        "user block bob --revoke-sessions --revoke-tokens --yes",
        "user erase alice --force --yes",
        "code purge",
        "purge",
        "audit list",
        "doctor",
    ] {
        let outcome = db.iamctl(line).ok();
        assert!(!outcome.stderr.contains("users_search"), "{line}: {outcome:#?}");
    }
    // What an error means is read from definitions, in which names may be quoted.
    db.sql("alter table users rename constraint users_pkey to of_users");
    let id = db.user("carol");
    db.iamctl(&format!("user create dora --email dora@x.org --id {id}")).fails(4);
    // So many that the limit of such searches would leave some out.
    db.sql(
        "insert into users (id, created_at, username, username_fingerprint, email)
         select gen_random_uuid(), now(), 'fuzzy' || n, convert_to('fuzzy' || n, 'utf8'), n || '@x.org'
         from generate_series(1, 20000) n",
    );
    db.sql("vacuum analyze users");
    assert_eq!(db.iamctl("user list --search fuzzy --count").ok().line(), "20000");
    assert_eq!(db.iamctl("user list --search fuzzy1234 --count").ok().line(), "11");
}
