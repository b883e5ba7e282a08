//! The rules of rotations, for `token rotate` and `user offboard --rotate-into`.

use chrono::{DateTime, Utc};
use serde_json::json;

use crate::db::audit_log::NewAuditEntry;
use crate::db::tokens::ApiToken;
use crate::domain::TimeOrDuration;
use crate::error::{Error, Result};
use crate::output::microseconds;

/// When an overlap ends that begins at `at`. A time in the past means at once.
pub fn end_of_overlap(overlap: TimeOrDuration, at: DateTime<Utc>) -> Result<DateTime<Utc>> {
    let too_late = || Error::usage("--overlap ends after the last possible time");
    Ok(overlap.after(at).ok_or_else(too_late)?.max(at))
}

/// Whether more than two tokens of a name would be live after `rotated` ones of it: those that replace
/// them, they themselves where they `overlap`, and `others` of the name.
pub fn leaves_a_third(rotated: usize, overlap: bool, others: usize) -> bool {
    let each = if overlap { 2 } else { 1 };
    rotated * each + others > 2
}

/// `token` is the old one in the words of a message, and `advice` what to do.
pub fn created_too_late(token: &str, advice: &str) -> Error {
    Error::Refused(format!(
        "no token can be newer than {token}, whose created_at is the last possible time; {advice}"
    ))
}

/// Two audit rows, for the old token, as it was, and the new one. Each has the id of the other. `end` is
/// when the old one expires now; `owner_created` says whether the owner of the new one is new, too.
pub fn audit_rows_of(
    old: &ApiToken,
    end: DateTime<Utc>,
    new: &ApiToken,
    owner_created: bool,
) -> [NewAuditEntry; 2] {
    let mut of_old = json!({ "rotated_to": new.key.id(), "expires_at": microseconds(&end) });
    if old.owner_id != new.owner_id {
        of_old["from_owner"] = json!(old.owner_id);
        of_old["to_owner"] = json!(new.owner_id);
        of_old["owner_created"] = json!(owner_created);
    }
    let of_new = json!({
        "owner_id": new.owner_id,
        "owner_created": owner_created,
        "expires_at": microseconds(&new.expires_at),
        "rotated_from": old.key.id(),
    });
    [(old, of_old), (new, of_new)]
        .map(|(token, details)| NewAuditEntry::for_row_id(token.key.id(), details))
}
