//! Makes a user from the fields of a record, with the checks of `user create`.

use chrono::{DateTime, Datelike as _, NaiveDateTime, Utc};
use uuid::Uuid;

use super::records::{Column, Field, Fields};
use crate::db::users::User;
use crate::domain::{Email, Fingerprint, StoredTime, Username, from_hex};

/// The rules for a row, and the value of its missing times.
#[derive(Debug, Clone, Copy)]
pub struct Rules {
    /// `--as-is`: accepts names and times that only satisfy the limits of the columns.
    pub as_is: bool,
    /// The database's clock, for times that a row does not set.
    pub now: DateTime<Utc>,
}

/// The unusable column, and the reason.
type Bad = (Column, String);

/// The limits of the columns, in characters.
const LONGEST_USERNAME: usize = 50;
const LONGEST_EMAIL: usize = 100;

/// In bytes. The service's fingerprints have 64. An index entry is limited to a third of a page.
const LONGEST_FINGERPRINT: usize = 2600;

impl Rules {
    /// The user that a record describes.
    pub fn apply(&self, fields: &Fields) -> Result<User, Bad> {
        let (username, email) = if self.as_is { as_is(fields)? } else { checked(fields)? };
        let email_verified = flag(fields, Column::EmailVerified)?;
        let deleted = flag(fields, Column::Deleted)?;
        Ok(User {
            id: match fields.text(Column::Id) {
                Some(text) => id(text)?,
                None => Uuid::new_v4(),
            },
            created_at: self.time(fields, Column::CreatedAt)?.unwrap_or_else(|| self.now.into()),
            username_fingerprint: self.fingerprint(&username, fields)?,
            username: username.into(),
            email: email.into(),
            email_verified,
            email_verified_at: self.since(email_verified, fields, Column::EmailVerifiedAt)?,
            blocked: flag(fields, Column::Blocked)?,
            deleted,
            deleted_at: self.since(deleted, fields, Column::DeletedAt)?,
        })
    }

    /// The time since when a flag is set. With `--as-is`, flag and time may contradict each other.
    fn since(
        &self,
        flag: bool,
        fields: &Fields,
        column: Column,
    ) -> Result<Option<StoredTime>, Bad> {
        let given = self.time(fields, column)?;
        if self.as_is && !matches!(fields.get(column), Field::Absent) {
            return Ok(given);
        }
        match (flag, given) {
            (true, given) => Ok(Some(given.unwrap_or_else(|| self.now.into()))),
            (false, None) => Ok(None),
            (false, Some(_)) => Err((column, "it is given, but the flag is not set".to_owned())),
        }
    }

    /// A time. Only with `--as-is` may it be infinite or outside of the years 1 to 9999.
    fn time(&self, fields: &Fields, column: Column) -> Result<Option<StoredTime>, Bad> {
        let Some(text) = fields.text(column) else { return Ok(None) };
        instant(text)
            .filter(|at| self.as_is || (1..=9999).contains(&at.year()))
            .map(Some)
            .ok_or_else(|| (column, "it is not a time such as 2027-01-31T12:00:00Z".to_owned()))
    }

    /// The fingerprint, computed from the username. Only with `--as-is` may the row give another
    /// one.
    fn fingerprint(&self, username: &str, fields: &Fields) -> Result<Vec<u8>, Bad> {
        let computed = Fingerprint::of(username).as_bytes().to_vec();
        let Some(text) = fields.text(Column::Fingerprint) else { return Ok(computed) };
        let given = match text.strip_prefix("\\x") {
            Some(digits) => from_hex(digits),
            None => Some(text.as_bytes().to_vec()),
        };
        match given {
            Some(given) if given.len() > LONGEST_FINGERPRINT => Err((
                Column::Fingerprint,
                format!("it is longer than {LONGEST_FINGERPRINT} bytes, the limit of an index"),
            )),
            Some(given) if self.as_is || given == computed => Ok(given),
            Some(_) => {
                Err((Column::Fingerprint, "it is not the fingerprint of the username".to_owned()))
            }
            None => Err((
                Column::Fingerprint,
                "only pairs of hexadecimal digits may follow `\\x`".to_owned(),
            )),
        }
    }
}

fn checked(fields: &Fields) -> Result<(String, String), Bad> {
    let text = |column| fields.text(column).unwrap_or_default();
    let username: Username =
        text(Column::Username).parse().map_err(|error| bad(Column::Username, &error))?;
    let email: Email = text(Column::Email).parse().map_err(|error| bad(Column::Email, &error))?;
    Ok((username.as_str().to_owned(), email.as_str().to_owned()))
}

fn as_is(fields: &Fields) -> Result<(String, String), Bad> {
    let text = |column, longest| match fields.get(column) {
        Field::Absent | Field::Null => Err((column, "it is missing".to_owned())),
        Field::Text(text) if text.contains('\0') => {
            Err((column, "PostgreSQL cannot store a zero byte".to_owned()))
        }
        Field::Text(text) if text.chars().count() > longest => {
            Err((column, format!("the column holds {longest} characters")))
        }
        Field::Text(text) => Ok(text.clone()),
    };
    Ok((text(Column::Username, LONGEST_USERNAME)?, text(Column::Email, LONGEST_EMAIL)?))
}

fn bad(column: Column, error: &dyn ToString) -> Bad {
    (column, error.to_string())
}

fn id(text: &str) -> Result<Uuid, Bad> {
    let hyphenated = text.len() == 36;
    Uuid::try_parse(text)
        .ok()
        .filter(|_| hyphenated)
        .ok_or_else(|| (Column::Id, "an id is a UUID with hyphens".to_owned()))
}

fn flag(fields: &Fields, column: Column) -> Result<bool, Bad> {
    match fields.text(column).unwrap_or("false").to_ascii_lowercase().as_str() {
        "true" | "t" | "1" => Ok(true),
        "false" | "f" | "0" => Ok(false),
        _ => Err((column, "it must be true or false".to_owned())),
    }
}

/// Reads RFC 3339, a time as PostgreSQL prints it with the UTC offset, or `infinity` or
/// `-infinity`. `None` also for times before the earliest that PostgreSQL can store.
fn instant(text: &str) -> Option<StoredTime> {
    match text {
        "infinity" => return Some(DateTime::<Utc>::MAX_UTC.into()),
        "-infinity" => return Some(DateTime::<Utc>::MIN_UTC.into()),
        _ => {}
    }
    let time = DateTime::parse_from_rfc3339(text)
        .or_else(|_| DateTime::parse_from_str(text, "%Y-%m-%d %H:%M:%S%.f%#z"))
        .map(|time| time.to_utc())
        // Exports contain years with more or fewer than four digits.
        .or_else(|_| {
            NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.fZ").map(|time| time.and_utc())
        })
        .ok()?;
    let at = StoredTime::from(time);
    (at.microseconds() >= StoredTime::EARLIEST).then_some(at)
}
