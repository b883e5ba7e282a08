//! Expired rows to which rows of others refer are left and named. The others go.

use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use super::{AUTHORIZATION, VERIFICATION, Walk, audited, count, expired, over_both_walks};
use crate::support::Db;

over_both_walks!(
    all_but_the_rows_that_others_refer_to_go,
    ten_of_them_are_named,
    what_is_deleted_and_what_is_left_is_counted_however_a_run_ends,
    a_signal_while_a_batch_is_taken_apart_reports_what_is_gone,
    a_foreign_key_without_an_index_does_not_slow_a_purge_down,
    many_rows_that_a_trigger_keeps_do_not_hold_up_those_behind_them,
    an_error_about_no_row_ends_a_purge_at_once,
    all_but_the_rows_that_the_database_refuses_to_delete_go,
    a_trigger_that_looks_up_one_row_does_not_slow_a_purge_down,
    a_trigger_that_refuses_every_row_ends_the_run,
);

/// A table of others that refers to `codes` expired codes.
fn refer(db: &Db, codes: u32, constraint: &str) {
    db.sql(&format!(
        "create table mail_log (code char(44) not null);
         insert into mail_log select code from {VERIFICATION} order by md5(code) limit {codes};
         alter table mail_log add constraint of_mails foreign key (code)
         references {VERIFICATION} {constraint}"
    ));
}

fn all_but_the_rows_that_others_refer_to_go(walk: Walk) {
    for constraint in
        ["", "on delete restrict", "deferrable initially deferred", "on delete set null"]
    {
        for options in ["", "--batch-size 100", "--batch-size 100 --jobs 4", "--batch-size 1"] {
            let db = walk.two_users();
            expired(&db, VERIFICATION, 300);
            refer(&db, 3, constraint);
            let ids = db.sql("select translate(left(code, 12), '+/', '-_') from mail_log");
            for deleted in [297, 0] {
                let line = format!("code purge --kind verification {options} -o json");
                let purge = db.iamctl(&line).run();
                assert_eq!(purge.code, 9, "{line}: {purge:#?}");
                let report = &purge.json()[0];
                assert_eq!(report["deleted"], deleted, "{line}: {report}");
                assert_eq!(report["remaining"], 3, "{line}: {report}");
                assert_eq!(report["complete"], false);
                // Of a column that may not be NULL, PostgreSQL does not name the foreign key.
                let key = if constraint.ends_with("null") { "mail_log" } else { "of_mails" };
                for named in ids.lines().chain([key, "mail_log"]) {
                    assert!(purge.stderr.contains(named), "{line}: {named}: {purge:#?}");
                }
            }
            assert_eq!(count(&db, VERIFICATION), 3);
            assert_eq!(audited(&db).iter().sum::<usize>(), 297, "{constraint} {options}");
        }
    }
}

fn ten_of_them_are_named(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 40);
    refer(&db, 12, "");
    let purge = db.iamctl("code purge --kind verification").run();
    assert_eq!(purge.code, 9);
    assert!(purge.stderr.contains("12 expired rows left, which the database keeps"), "{purge:#?}");
    assert!(purge.stderr.contains("and 2 others; deleted 28 rows"), "{purge:#?}");
}

/// Limits, a signal and rows that a trigger keeps, beside rows that others refer to.
fn what_is_deleted_and_what_is_left_is_counted_however_a_run_ends(walk: Walk) {
    const ALL: i64 = 300;
    for (options, codes) in [
        ("--max-rows 150", 5),
        ("--max-rows 150 --batch-size 40", 5),
        ("--max-duration 300ms --batch-size 100 --pause 20ms", 100),
        ("--max-duration 300ms --batch-size 100 --pause 20ms --jobs 3", 100),
        ("--batch-size 100 --jobs 3", 30),
    ] {
        for keeps in [false, true] {
            let db = walk.two_users();
            expired(&db, VERIFICATION, usize::try_from(ALL).unwrap());
            refer(&db, codes, "");
            if keeps {
                db.sql(&format!(
                    "create function keep() returns trigger language plpgsql as
                     $$begin if old.expires_at < '2020-01-01 00:00:20+00' then return null; end if;
                             return old; end$$;
                     create trigger keep before delete on {VERIFICATION}
                     for each row execute function keep()"
                ));
            }
            let line = format!("code purge --kind verification {options} -o json");
            let purge = db.iamctl(&line).run();
            assert_eq!(purge.code, 9, "{line}: {purge:#?}");
            let report = &purge.json()[0];
            let left = i64::try_from(count(&db, VERIFICATION)).unwrap();
            assert_eq!(report["remaining"], left, "{line} {keeps}: {purge:#?}");
            assert_eq!(report["deleted"], ALL - left, "{line} {keeps}: {purge:#?}");
            let audited: usize = audited(&db).iter().sum();
            assert_eq!(audited, usize::try_from(ALL - left).unwrap(), "{line} {keeps}");
            let limited = purge.stderr.contains("stopped at the limit");
            assert_eq!(limited, options.contains("--max"), "{line} {keeps}: {purge:#?}");
        }
    }
}

fn a_signal_while_a_batch_is_taken_apart_reports_what_is_gone(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 300);
    refer(&db, 40, "");
    let purge = db.iamctl("code purge --kind verification --pause 200ms -o json").start();
    while count(&db, VERIFICATION) > 270 {}
    purge.signal(Signal::SIGTERM);
    let outcome = purge.ends_with(143);
    let gone = 300 - count(&db, VERIFICATION);
    assert_eq!(outcome.json()[0]["deleted"], gone, "{outcome:#?}");
    outcome.says(&format!("the deletion of {gone} expired rows is committed"));
    assert_eq!(audited(&db).iter().sum::<usize>(), gone);
}

/// Each deletion looks into a table of others, which has no index for it.
fn a_foreign_key_without_an_index_does_not_slow_a_purge_down(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 1000);
    db.sql(&format!(
        "insert into {VERIFICATION}
         select id, now(), now() + interval '1h', rpad('v', 43, 'A') || '=' from users limit 1"
    ));
    db.sql(&format!(
        "create table mail_log (code char(44) references {VERIFICATION});
         insert into mail_log select code from {VERIFICATION} where expires_at > now()"
    ));
    // It would be compiled for each row, where the server can.
    db.sql(&format!(
        "create table settings (jit text);
         create function note() returns trigger language plpgsql as
         $$begin insert into settings values (current_setting('jit')); return null; end$$;
         create trigger note after delete on {VERIFICATION} execute function note()"
    ));
    let begun = Instant::now();
    let purge = db.iamctl("code purge --kind verification").json();
    assert_eq!(purge[0]["deleted"], 1000);
    assert_eq!(db.sql("select distinct jit from settings"), "off");
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

/// A hold of others keeps the same rows on every run, which are the oldest by then.
fn many_rows_that_a_trigger_keeps_do_not_hold_up_those_behind_them(walk: Walk) {
    for options in ["", "--batch-size 100 --jobs 3"] {
        let db = walk.two_users();
        expired(&db, VERIFICATION, 340);
        db.sql(&format!(
            "create function hold() returns trigger language plpgsql as
             $$begin if old.expires_at <= '2020-01-01 00:05:10+00' then
                   raise exception 'under audit'; end if; return old; end$$;
             create trigger hold before delete on {VERIFICATION} for each row execute function hold()"
        ));
        let held = format!(
            "select count(*) from {VERIFICATION} where expires_at <= '2020-01-01 00:05:10+00'"
        );
        assert_eq!(db.sql(&held), "310");
        let line = format!("code purge --kind verification {options} -o json");
        let purge = db.iamctl(&line).ends_with(9).says("under audit").says("and 300 others");
        let report = &purge.json()[0];
        assert_eq!(
            (&report["deleted"], &report["remaining"]),
            (&30.into(), &310.into()),
            "{report}"
        );
        assert_eq!(count(&db, VERIFICATION), 310);
        assert_eq!(audited(&db).iter().sum::<usize>(), 30);
    }
}

/// Where nothing looks at deletions, an error cannot be about one of the rows.
fn an_error_about_no_row_ends_a_purge_at_once(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 300);
    db.sql(&format!(
        "create sequence attempts;
         create function fail() returns trigger language plpgsql as $$begin
             if tg_table_name = 'admin_audit_log' then
                 perform nextval('attempts');
                 raise exception 'could not extend file' using errcode = '53100';
             end if;
             return new;
         end$$;
         create trigger fail before insert on {VERIFICATION} for each row execute function fail();
         create trigger fail before insert on admin_audit_log for each row execute function fail()"
    ));
    db.iamctl("code purge --kind verification").ends_with(1).says("could not extend file");
    assert_eq!(db.sql("select last_value, is_called from attempts"), "1|t");
}

/// A trigger of others that raises an error for some rows, and a foreign key that others added to a table of ours.
fn all_but_the_rows_that_the_database_refuses_to_delete_go(walk: Walk) {
    for (refuse, kind, code, says) in [
        (
            "create function hold() returns trigger language plpgsql as
             $$begin if old.expires_at < '2020-01-01 00:00:04+00' then
                   raise exception 'under audit'; end if; return old; end$$;
             create trigger hold before delete on verification_codes
             for each row execute function hold()",
            "verification",
            0,
            "under audit",
        ),
        (
            "alter table refresh_tokens add code char(44) constraint of_sessions references authorization_codes;
             insert into refresh_tokens
                    (user_id, created_at, expires_at, token, revoked, code)
             select user_id, now(), now() + interval '1 day',
                    encode(sha256(convert_to(code, 'utf8')), 'base64'), false, code
             from authorization_codes order by expires_at limit 3",
            "authorization",
            1,
            "of_sessions",
        ),
    ] {
        for options in ["", "--batch-size 100 --jobs 4"] {
            let db = walk.two_users();
            let table = [VERIFICATION, AUTHORIZATION][code];
            expired(&db, table, 300);
            db.sql(refuse);
            for deleted in [297, 0] {
                let line = format!("code purge --kind {kind} {options} -o json");
                let purge = db.iamctl(&line).ends_with(9).says(says);
                let report = &purge.json()[0];
                assert_eq!((&report["deleted"], &report["remaining"]), (&deleted.into(), &3.into()));
                let ids = db.sql(&format!("select translate(left(code, 12), '+/', '-_') from {table}"));
                assert!(ids.lines().all(|id| purge.stderr.contains(id)), "{ids} {purge:#?}");
            }
            assert_eq!(audited(&db).iter().sum::<usize>(), 297, "{says} {options}");
        }
    }
}

/// Settings that make a batch fast hold for triggers of others, too: this one would read all rows of the user for
/// each code, in place of one.
fn a_trigger_that_looks_up_one_row_does_not_slow_a_purge_down(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 1000);
    db.sql(&format!(
        "create table history (user_id uuid, at timestamptz);
         insert into history select id, now() - n * interval '1s'
         from users, generate_series(1, 100000) n where username = 'alice';
         create index on history (user_id, at);
         analyze history;
         create function note() returns trigger language plpgsql as
         $$begin perform max(at) from history where user_id = old.user_id; return null; end$$;
         create trigger note after delete on {VERIFICATION} for each row execute function note()"
    ));
    let begun = Instant::now();
    assert_eq!(db.iamctl("code purge --kind verification").json()[0]["deleted"], 1000);
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
}

/// A command that changes all or nothing names the row that stops it.
#[test]
fn a_row_that_stops_a_command_is_named_by_its_id() {
    for db in Db::english_and_german() {
        for name in ["alice", "bob", "carol"] {
            db.user(name);
        }
        db.sql(
            "create table orders (user_id uuid references users);
             insert into orders select id from users where username = 'bob'",
        );
        let bob = db.sql("select user_id from orders");
        db.iamctl("user erase alice bob carol --force --yes").fails(4).says(&format!("`{bob}`"));

        expired(&db, VERIFICATION, 3);
        refer(&db, 1, "");
        let code = db.sql("select code from mail_log");
        let id = db.sql("select translate(left(code, 12), '+/', '-_') from mail_log");
        let refused = db.iamctl("code revoke --all --user alice --yes").fails(4);
        assert!(!refused.stderr.contains(&code), "a secret: {refused:#?}");
        refused.says(&format!("`{id}`"));
        assert_eq!(count(&db, VERIFICATION), 3);
    }
}

/// An error that is about no row ends a run that could delete nothing.
fn a_trigger_that_refuses_every_row_ends_the_run(walk: Walk) {
    let db = walk.two_users();
    expired(&db, VERIFICATION, 1000);
    db.sql(&format!(
        "create function fail() returns trigger language plpgsql as
         $$begin raise exception 'could not extend file'; end$$;
         create trigger fail before delete on {VERIFICATION} for each row execute function fail()"
    ));
    let purge = db.iamctl("code purge --kind verification -o id").ends_with(1);
    purge.says("could not extend file");
    assert_eq!(count(&db, VERIFICATION), 1000);
    // One for each statement is about no row.
    db.sql(&format!(
        "drop trigger fail on {VERIFICATION};
         create trigger fail before delete on {VERIFICATION} execute function fail()"
    ));
    db.iamctl("code purge --kind verification -o id").ends_with(1).says("could not extend file");
}
