//! A role that may create in the schema of the tables makes functions and operators there that match
//! the types of our statements better than PostgreSQL's own do. None of them runs (the class of
//! CVE-2018-1058).

use crate::plans::{commands, explained, log_of};
use crate::support::{Db, Run, server};

/// For each pair of these types an operator of each name that `pg_catalog` has not, and functions like
/// those that statements call by a bare name. All fail with "hijacked".
const OPERATORS: &str = r#"
    grant create on schema public to public;
    create table user_import (line int);
    do $$
    declare
        types constant text[] := array['text', 'varchar', 'bpchar', 'name', '"char"', 'uuid', 'oid',
            'regclass', 'int2', 'int4', 'int8', 'bool', 'bytea', 'timestamptz', 'timestamp', 'jsonb',
            'pg_lsn'];
        names constant text[] := array['=', '<>', '<', '<=', '>', '>=', '||', '~', '!~', '~~', '~~*',
            '~<~', '~>=~', '-', '+', '&', '/'];
        one text; other text; operator text;
    begin
        foreach one in array types loop
            foreach other in array types loop
                execute format('create function public.hijack(%s, %s) returns boolean
                                language plpgsql as %L', one, other,
                               'begin raise exception ''hijacked''; end');
                foreach operator in array names loop
                    if not exists (select from pg_operator
                                   where oprname = operator and oprleft = one::regtype
                                     and oprright = other::regtype) then
                        execute format('create operator public.%s (leftarg = %s, rightarg = %s,
                                        function = public.hijack)', operator, one, other);
                    end if;
                end loop;
            end loop;
        end loop;
    end $$;
    create function public.hijack() returns setof record language plpgsql as
        $$begin raise exception 'hijacked'; end$$;
    create function public.unnest(int[], text[], text[]) returns table (a int, b text, c text)
        language plpgsql as $$begin raise exception 'hijacked'; end$$;
    create function public.split_part(varchar, text, int) returns text language plpgsql immutable as
        $$begin raise exception 'hijacked'; end$$;
    create function public.left(bpchar, int) returns text language plpgsql as
        $$begin raise exception 'hijacked'; end$$;
    create function public.min(timestamptz) returns timestamptz language plpgsql as
        $$begin raise exception 'hijacked'; end$$;
"#;

/// Runs the command. None of the operators is in a plan of a statement of it.
#[track_caller]
fn uses_nothing_of_others(db: &Db, line: &str) {
    let log = log_of(db, line);
    for sign in
        ["hijack", "OPERATOR(public.", "public.unnest(", "public.split_part(", "public.left("]
    {
        assert!(!log.contains(sign), "{line} uses {sign}: {log}");
    }
}

#[test]
fn no_command_runs_what_others_created_in_the_schema() {
    let db = explained();
    let lines = commands(&db);
    db.sql(&format!("alter database {} set auto_explain.log_verbose = on", db.name));
    db.sql(OPERATORS);
    // The test can fail: this operator is found in plans and in errors.
    assert!(
        String::from_utf8_lossy(&db.psql("select from users where username = 'a'::text").stderr)
            .contains("hijacked")
    );
    for line in &lines {
        uses_nothing_of_others(&db, line);
    }
    for line in [
        "db status",
        "db grants --profile operator --role postgres",
        "code stats",
        "token list --status active --limit 5",
        "token list --status owner-blocked --limit 5",
        "purge --jobs 2",
        "session revoke --everyone --yes",
    ] {
        uses_nothing_of_others(&db, line);
    }
    // These fail because of that schema, and say so.
    for line in ["doctor", "db check"] {
        let outcome = db.iamctl(line).ends_with(5);
        assert!(!format!("{outcome:?}").contains("hijacked"), "{outcome:#?}");
        assert!(outcome.stdout.contains("every role"), "{outcome:#?}");
    }
    let import = |options: &str, row: &str| {
        let run = db.iamctl(&format!("user import - --format jsonl {options}"));
        run.input(format!("{{\"username\":\"{row}\",\"email\":\"{row}@new.org\"}}\n")).ok();
    };
    import("", "imported");
    import("--on-conflict skip", "other");
    import("--on-conflict skip", "other");
    let token =
        db.iamctl("token issue --user imported --name ci --force --yes -o json").ok().json();
    db.iamctl("token verify").input(token["token"].as_str().unwrap()).ok();
    // The one error is that of `psql`.
    let log = std::fs::read(server().log()).unwrap();
    let error = format!("{}|ERROR:  hijacked", db.name);
    assert_eq!(String::from_utf8_lossy(&log).matches(&error).count(), 1);
}

/// In a path that names `pg_catalog` behind another schema, an operator or function of that schema is
/// taken in place of PostgreSQL's own with the same types.
const AS_BUILT_IN: &str = r"
    grant create on schema public to public;
    do $$
    declare
        operator record;
    begin
        for operator in
            select o.oprname, l.oid::regtype as l, r.oid::regtype as r
            from pg_operator o join pg_type l on l.oid = o.oprleft join pg_type r on r.oid = o.oprright
            where o.oprname in ('=', '<>', '<', '<=', '>', '>=', '||', '~', '~~', '~<~', '~>=~', '-',
                                '+', '&', '/')
              and l.typname = any ('{text,varchar,bpchar,name,uuid,oid,int4,int8,bool,timestamptz,jsonb}')
              and r.typname = any ('{text,varchar,bpchar,name,uuid,oid,int4,int8,bool,timestamptz,jsonb}')
              and l.typtype = 'b' and r.typtype = 'b'
        loop
            execute format('create or replace function public.hijack(%s, %s) returns boolean
                            language plpgsql as %L', operator.l, operator.r,
                           'begin raise exception ''hijacked''; end');
            execute format('create operator public.%s (leftarg = %s, rightarg = %s,
                            function = public.hijack)', operator.oprname, operator.l, operator.r);
        end loop;
    end $$;
    create function public.textcat(text, text) returns text language plpgsql as
        $$begin raise exception 'hijacked'; end$$;
    create function public.to_regclass(text) returns regclass language plpgsql as
        $$begin raise exception 'hijacked'; end$$;
    create function public.current_setting(text) returns text language plpgsql as
        $$begin raise exception 'hijacked'; end$$;
    create function public.now() returns timestamptz language plpgsql as
        $$begin raise exception 'hijacked'; end$$;
";

#[test]
fn no_command_runs_what_others_created_before_pg_catalog() {
    let others =
        "db status,user list,audit list,token list,code stats,purge,db migrate,db adopt --yes";
    for path in ["public,pg_catalog", "public,pg_catalog,pg_temp"] {
        let db = explained();
        let lines = commands(&db);
        db.sql(AS_BUILT_IN);
        // The test can fail.
        let sql = "set search_path = public, pg_catalog; select 'a'::text = 'b'::text";
        assert!(String::from_utf8_lossy(&db.psql(sql).stderr).contains("hijacked"));
        let run = |line: &str| {
            let outcome = db.iamctl(line).env("PGOPTIONS", format!("-c search_path={path}")).run();
            assert!(!format!("{outcome:?}").contains("hijacked"), "{line}: {outcome:#?}");
            outcome
        };
        for line in others.split(',').chain(lines.iter().map(String::as_str)) {
            let outcome = run(line);
            assert!([0, 9].contains(&outcome.code), "{line}: {outcome:#?}");
        }
        // These fail because of that schema, and say so.
        for line in ["doctor", "db check"] {
            let outcome = run(line);
            assert_eq!(outcome.code, 5, "{outcome:#?}");
            assert!(outcome.stdout.contains("every role"), "{outcome:#?}");
        }
        // The one error is that of `psql`.
        let log = std::fs::read(server().log()).unwrap();
        let error = format!("{}|ERROR:  hijacked", db.name);
        assert_eq!(String::from_utf8_lossy(&log).matches(&error).count(), 1);
    }
}

#[test]
fn migrating_and_adopting_run_nothing_that_others_created() {
    runs_nothing_of_others(OPERATORS, "public");
    runs_nothing_of_others(AS_BUILT_IN, "public,pg_catalog");
}

/// Migrates and adopts with this search path.
fn runs_nothing_of_others(objects: &str, path: &str) {
    let db = Db::bare();
    db.sql(objects);
    let run = |line: &str| db.iamctl(line).env("PGOPTIONS", format!("-c search_path={path}"));
    run("db migrate").ok().says("revoke create on schema \"public\" from public");
    run("user create alice --email a@x.org").ok();
    // The index on the domains of emails is computed for each new user.
    let index = db.sql("select pg_get_indexdef('users_email_domain'::regclass)");
    assert!(!index.contains("public.split_part"), "{index}");

    db.sql(
        "drop table __diesel_schema_migrations, admin_audit_log; drop index users_email_domain;
         drop function admin_audit_log_refuse",
    );
    db.sql("alter table users drop constraint users_unique_email");
    run("db adopt --yes").ok().says("revoke create on schema \"public\" from public");
    let index = db.sql("select pg_get_indexdef('users_email_domain'::regclass)");
    assert!(!index.contains("public.split_part"), "{index}");
    run("db revert --discard-audit --yes").ok();
}

#[test]
fn a_superuser_is_told_that_others_may_create_in_the_schema() {
    let db = Db::new();
    let operator = db.role("operator");
    for grant in db.iamctl(&format!("db grants --profile operator --role {operator}")).ok().lines()
    {
        db.sql(grant);
    }
    db.iamctl("doctor").ok();
    let notice = "with their own rights: every role in the schema `public`; run: revoke create";
    assert!(!db.iamctl("user list").ok().stderr.contains(notice));

    db.sql("grant create on schema public to public");
    db.iamctl("user list").ok().says(notice);
    db.iamctl("user create alice --email a@x.org").ok().says(notice);
    db.iamctl("user block nobody --yes").fails(3).says(notice);
    assert_eq!(db.iamctl("user list --quiet").ok().stderr, "");
    assert!(!Run::new(&db.url_as(&operator), "user list").ok().stderr.contains(notice));
}

#[test]
fn roles_that_may_create_in_the_schema_are_named_with_the_revoke() {
    let db = Db::new();
    let mallory = db.role("mallory");
    db.iamctl("db check").ok();
    db.sql(&format!("grant create on schema public to {mallory}"));
    let revoke = format!("revoke create on schema \"public\" from {mallory}");
    let check = db.iamctl("db check -o json").ends_with(5);
    assert!(check.stdout.contains(&format!("{mallory} may create")), "{check:#?}");
    let checks = db.iamctl("doctor -o json").ends_with(5);
    assert!(checks.stdout.contains(&revoke.replace('"', "\\\"")), "{checks:#?}");
    let grants = db.iamctl(&format!("db grants --profile auditor --role {mallory}")).ok();
    assert_eq!(grants.lines().last().unwrap(), &format!("{revoke};"));
    db.sql(&revoke);
    db.iamctl("db check").ok();
    db.iamctl("doctor").ok();
}

/// In an earlier schema of the path, a role could create tables that are then taken for ours.
#[test]
fn schemas_before_the_one_of_the_tables_count_too() {
    let db = Db::new();
    let mallory = db.role("mallory");
    db.sql(&format!(
        "create schema later; create schema earlier; create schema \"Odd, one\";
         grant create on schema later, earlier, \"Odd, one\" to {mallory};
         alter database {} set search_path = earlier, \"Odd, one\", public, later",
        db.name
    ));
    let findings = db.iamctl("db check -o json").ends_with(5).json();
    let schemas: Vec<_> =
        findings.as_array().unwrap().iter().map(|it| it["object"].as_str().unwrap()).collect();
    assert_eq!(schemas, ["Odd, one", "earlier"], "{findings:#}");
    for finding in findings.as_array().unwrap() {
        db.sql(finding["advice"].as_str().unwrap());
    }
    db.iamctl("db check").ok();
}

/// A path that names `pg_catalog` last, and one without a schema.
#[test]
fn a_migration_is_safe_with_any_path() {
    let db = Db::bare();
    db.sql(
        "grant create on schema public to public;
         create function public.hijack(text, text) returns boolean language plpgsql as
             $$begin raise exception 'hijacked'; end$$;
         create operator public.= (leftarg = text, rightarg = text, function = public.hijack)",
    );
    db.sql(&format!("alter database {} set search_path = public, pg_catalog", db.name));
    db.iamctl("db migrate").ok();
    db.iamctl("user create alice --email a@x.org").ok();

    let db = Db::bare();
    for path in ["''", "nowhere"] {
        db.sql(&format!("alter database {} set search_path = {path}", db.name));
        db.iamctl("db migrate").fails(8).says("may not create tables here");
    }
}

/// Also where nothing is to do, and in a dry run.
#[test]
fn migrating_and_adopting_name_the_revoke_whenever_they_succeed() {
    const ADOPTABLE: &str = "drop table __diesel_schema_migrations, admin_audit_log;
         drop function admin_audit_log_refuse";
    let revoke = "revoke create on schema \"public\" from public";
    let open = "grant create on schema public to public";
    let cases: [(Db, &str, &[&str]); 3] = [
        (Db::bare(), "select 1", &["db migrate --dry-run"]),
        (Db::new(), "select 1", &["db migrate", "db migrate --dry-run", "db adopt --yes"]),
        (Db::new(), ADOPTABLE, &["db adopt --dry-run", "db adopt --yes", "db adopt --dry-run"]),
    ];
    for (db, sql, lines) in cases {
        db.sql(sql);
        db.sql(open);
        for line in lines {
            for format in ["table", "json"] {
                let line = format!("{line} -o {format}");
                db.iamctl(&line).ok().says(revoke);
                assert!(!db.iamctl(&format!("{line} -q")).ok().stderr.contains("revoke"), "{line}");
            }
        }
        db.sql(revoke);
        for line in lines {
            assert!(!db.iamctl(line).ok().stderr.contains("revoke"), "{line}");
        }
    }
}

/// Schemas and paths of all kinds. The tables are found where the role's path has them, and nothing
/// in `pg_temp` is taken for one of them.
#[test]
fn the_tables_are_found_by_any_path() {
    let db = Db::new();
    db.sql("alter schema public rename to \"a b\"\"C,d\"; create schema evil");
    for path in ["\"a b\"\"C,d\"", "evil, \"a b\"\"C,d\", pg_catalog", "pg_temp, \"a b\"\"C,d\""] {
        db.sql(&format!("alter database {} set search_path = {path}", db.name));
        let name = format!("user{}", path.len());
        db.iamctl(&format!("user create {name} --email {name}@x.org")).ok();
        db.iamctl(&format!("user show {name}")).ok();
        db.iamctl("db check").ok();
    }
}
