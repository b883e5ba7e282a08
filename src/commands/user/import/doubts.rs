use crate::db::users::User;
use crate::domain::{Email, Fingerprint, StoredTime, counted, lower_case};

/// Rows of the input that the service cannot use, as `db check` reports them.
#[derive(Debug, Default)]
pub struct Doubts {
    count: usize,
    /// The first of them, each with its columns.
    named: Vec<String>,
}

impl Doubts {
    const MOST_NAMED: usize = 10;

    pub fn look_at(&mut self, line: u64, user: &User) {
        let columns = unusable_columns(user);
        if columns.is_empty() {
            return;
        }
        self.count += 1;
        if self.named.len() < Self::MOST_NAMED {
            self.named.push(format!("line {line} ({})", columns.join(", ")));
        }
    }

    /// What to say of them; `None` where there are none.
    pub fn notice(&self) -> Option<String> {
        let others = match self.count - self.named.len() {
            0 => String::new(),
            others => format!(" and {}", counted(others, "other")),
        };
        (self.count > 0).then(|| {
            format!(
                "{} of the file {} what the service cannot use: {}{others}; see `iamctl db check`",
                counted(self.count, "row"),
                if self.count == 1 { "holds" } else { "hold" },
                self.named.join(", ")
            )
        })
    }
}

fn unusable_columns(user: &User) -> Vec<&'static str> {
    let is_unusual = |time: Option<StoredTime>| time.is_some_and(|time| !time.is_usual());
    let email = &user.email;
    let fingerprint = Fingerprint::of(&user.username);
    [
        ("username_fingerprint", fingerprint.as_bytes() != user.username_fingerprint.as_slice()),
        ("email", !Email::is_usable(email) || *email != lower_case(email)),
        ("created_at", is_unusual(Some(user.created_at))),
        ("email_verified_at", is_unusual(user.email_verified_at)),
        ("deleted_at", is_unusual(user.deleted_at)),
    ]
    .into_iter()
    .filter_map(|(column, is_unusable)| is_unusable.then_some(column))
    .collect()
}
