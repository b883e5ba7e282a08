use crate::db::users::User;
use crate::domain::{Email, Fingerprint, FirstTen, StoredTime, counted, lower_case};

/// Rows of the input that the service cannot use, as `db check` reports them.
#[derive(Debug, Default)]
pub struct Doubts(FirstTen);

impl Doubts {
    pub fn look_at(&mut self, line: u64, user: &User) {
        let columns = unusable_columns(user);
        if !columns.is_empty() {
            self.0.add(format_args!("line {line} ({})", columns.join(", ")));
        }
    }

    /// What to say of them; `None` where there are none.
    pub fn notice(&self) -> Option<String> {
        let Self(rows) = self;
        let hold = match rows.count() {
            0 => return None,
            1 => "holds",
            _ => "hold",
        };
        Some(format!(
            "{} of the file {hold} what the service cannot use: {rows}; see `iamctl db check`",
            counted(rows.count(), "row"),
        ))
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
