//! `iamctl user import`: all rows of a file, or none.

mod conflicts;
mod of_others;
mod report;
mod rows;
mod under_way;
mod unusable;

use std::path::Path;

use crate::support::{Db, Run};

impl Db {
    /// `user import` of this CSV on standard input.
    fn import(&self, csv: impl Into<Vec<u8>>) -> Run {
        self.iamctl("user import - --format csv").input(csv)
    }

    /// `user import` of these JSON lines on standard input.
    fn import_jsonl(&self, lines: impl Into<Vec<u8>>) -> Run {
        self.iamctl("user import - --format jsonl").input(lines)
    }

    fn import_file(&self, path: &Path) -> Run {
        self.iamctl("user import").arg(path)
    }

    /// The users as `username|email`, sorted by username.
    fn users(&self) -> Vec<String> {
        let users = self.sql("select username, email from users order by username");
        users.lines().map(str::to_owned).collect()
    }
}

impl Run {
    /// Adds these options.
    fn with(self, options: &str) -> Self {
        options.split_whitespace().fold(self, Self::arg)
    }
}

/// CSV with these users, the first one on line 2.
fn csv_of(users: std::ops::RangeInclusive<u32>) -> String {
    users.fold("username,email\n".to_owned(), |csv, number| {
        csv + &format!("user{number},user{number}@example.org\n")
    })
}
