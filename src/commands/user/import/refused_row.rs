//! Which row of the input it was that the database refused: reads the input once more.

use super::records::{Fields, Next, Records};
use super::row::Rules;
use crate::db::bulk::user_import::{self, Key};
use crate::db::{Access, Database};
use crate::error::{Error, Result};

/// Where the character is first, as the beginning of a message; `None` where no usable row has it.
pub fn place_of(
    character: char,
    rules: Rules,
    mut records: Box<dyn Records>,
) -> Result<Option<String>> {
    let mut fields = Fields::default();
    loop {
        let line = match records.next(&mut fields)? {
            Next::Record { line } => line,
            Next::Unusable(_) => continue,
            Next::End => return Ok(None),
        };
        let Ok(user) = rules.apply(&fields) else { continue };
        let values = [("username", &user.username), ("email", &user.email)];
        if let Some((name, _)) = values.into_iter().find(|(_, text)| text.contains(character)) {
            return Ok(Some(format!("line {line}, {name}: ")));
        }
    }
}

/// The error for a conflict. It names the row with the key and what it conflicts with.
pub fn conflict(
    key: &Key,
    rules: Rules,
    mut records: Box<dyn Records>,
    database: &mut Database,
) -> Result<Error> {
    let taken = database.transaction(Access::READ, |conn| user_import::is_taken(conn, key))?;
    let mut fields = Fields::default();
    let mut first = None;
    loop {
        let line = match records.next(&mut fields)? {
            Next::Record { line } => line,
            Next::Unusable(_) => continue,
            Next::End => break,
        };
        let Some(user) = rules.apply(&fields).ok().filter(|user| key.is_of(user)) else {
            continue;
        };
        let clash = match (first, taken) {
            (_, true) => "an existing user".to_owned(),
            (Some(first), false) => format!("line {first}"),
            (None, false) => {
                first = Some(line);
                continue;
            }
        };
        let value = match key {
            Key::Id(id) => format!("id {id}"),
            Key::Email(email) => format!("email `{email}`"),
            Key::Fingerprint(_) => format!("username `{}`", user.username),
        };
        return Ok(Error::Conflict(format!(
            "line {line}: the {value} is that of {clash}; nothing was imported; --on-conflict skip \
             leaves such rows out"
        )));
    }
    Ok(Error::Conflict(
        "a row conflicted with a user that no longer exists; nothing was imported; try again"
            .to_owned(),
    ))
}
