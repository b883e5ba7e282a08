//! A role with the rights of a profile, and the rows for its commands.

use serde_json::Value;

use crate::support::{Db, Run};

/// A database with alice, who has expired and live rows, and bob.
pub fn alice_and_bob() -> Db {
    let db = Db::new();
    for name in ["alice", "bob"] {
        db.user(name);
        db.iamctl(&format!("token issue --user {name} --name ci")).ok();
        db.iamctl(&format!("code issue authorization --user {name}")).ok();
    }
    expire(&db);
    db
}

/// Inserts codes, a session and a token of alice that are due for a purge.
pub fn expire(db: &Db) {
    db.sql(
        "create temporary table old as
         select id, created_at - interval '5y' as created_at, created_at - interval '5y' as expires_at,
                encode(sha256(gen_random_uuid()::text::bytea), 'base64') as code
         from users where username = 'alice';
         insert into verification_codes select * from old;
         insert into authorization_codes select * from old;
         insert into refresh_tokens select * from old;
         insert into api_tokens
         select owner_id, '2020-01-01', '2020-01-01', 'old', translate(code, '=', '.')
         from old join api_token_owners on user_id = id limit 1",
    );
}

/// A role with exactly the rights of a profile. Its name must be quoted.
pub struct Role<'a> {
    db: &'a Db,
    pub name: String,
}

impl<'a> Role<'a> {
    pub fn new(db: &'a Db, profile: &str) -> Self {
        let name = format!("{} \"{profile}\"", db.name);
        let quoted = name.replace('"', "\"\"");
        db.sql(&format!("create role \"{quoted}\" login"));
        let role = Self { db, name };
        db.sql(&role.grants(profile).ok().stdout);
        role
    }

    pub fn grants(&self, profile: &str) -> Run {
        self.db.iamctl(&format!("db grants --profile {profile} --role")).arg(&self.name)
    }

    /// Runs the command as this role.
    pub fn runs(&self, line: &str) -> Run {
        let name = self.name.replace(' ', "%20").replace('"', "%22");
        Run::new(&self.db.url_as(&name), line)
    }

    /// Whether the role may run this SQL.
    pub fn may(&self, sql: &str) -> bool {
        let role = self.name.replace('"', "\"\"");
        self.db.psql(&format!("set role \"{role}\"; {sql}")).status.success()
    }

    /// Expects that each of these commands fails for lack of rights, and that nothing changes.
    #[track_caller]
    pub fn is_forbidden(&self, lines: &[&str]) {
        let before = self.db.state();
        for line in lines {
            self.runs(line).fails(8).says("role");
        }
        assert_eq!(self.db.state(), before);
    }

    /// Revokes each right of the profile in turn, and expects that one of these commands then
    /// fails.
    #[track_caller]
    pub fn needs_every_right(&self, profile: &str, lines: &[&str]) {
        self.db.sql("revoke all on schema public from public");
        let grants = self.grants(profile).json();
        let mut unneeded = Vec::new();
        for grant in grants.as_array().unwrap() {
            for sql in singly(grant) {
                self.db.sql(&sql.replacen("grant", "revoke", 1).replacen(" to ", " from ", 1));
                expire(self.db);
                let works = lines.iter().all(|line| self.runs(line).run().code == 0);
                self.db.sql(&sql);
                if works {
                    unneeded.push(sql);
                }
            }
        }
        assert!(unneeded.is_empty(), "no command needs these rights: {unneeded:#?}");
    }
}

/// Splits a grant into one for each right and column.
pub fn singly(grant: &Value) -> Vec<String> {
    let text = |key: &str| grant[key].as_str().unwrap().to_owned();
    let (rights, tail) =
        (text("rights"), text("sql").replacen(&format!("grant {} ", text("rights")), "", 1));
    let (right, list) = match rights.split_once(" (") {
        Some((right, columns)) => (Some(right), columns.trim_end_matches(')').to_owned()),
        None => (None, rights),
    };
    let each = list.split(", ").map(|one| match right {
        Some(right) => format!("grant {right} ({one}) {tail}"),
        None => format!("grant {one} {tail}"),
    });
    each.collect()
}
