//! Validated values. Pure: no I/O, no database, no clock.

mod abridged;
mod action;
mod calendar_duration;
mod changed;
mod code;
mod code_kind;
mod counted;
mod email;
mod hex;
mod listed;
mod lower_case;
mod near;
mod printable;
mod row_id;
mod secret;
mod secret_detection;
mod selector;
mod shell_word;
mod status;
mod stored_text;
mod stored_time;
mod time_or_duration;
mod token;
mod token_name;
mod username;
mod without_passwords;

use std::error::Error;

pub use abridged::abridged;
pub use action::ActionFilter;
pub use calendar_duration::CalendarDuration;
pub use changed::Changed;
pub use code::Code;
pub use code_kind::CodeKind;
pub use counted::counted;
pub use email::Email;
pub use hex::{from_hex, to_hex};
pub use listed::{FirstTen, listed};
pub use lower_case::lower_case;
pub use near::{did_you_mean, is_typo, near};
pub use printable::{is_unsafe, printable};
pub use row_id::{CHARACTERS_OF_ID, IdStart, RowId};
pub use secret::Secret;
pub use secret_detection::{holds_secret, looks_secret};
pub use selector::{OwnerSelector, UserSelector, uuids_beginning_with};
pub use shell_word::shell_word;
pub use status::{CodeStatus, SessionStatus, TokenStatus, UserStatus};
pub use stored_text::{StoredText, with_escapes};
pub use stored_time::StoredTime;
pub use time_or_duration::TimeOrDuration;
pub use token::{NewToken, TokenScheme, TokenValue};
pub use token_name::TokenName;
pub use username::{Fingerprint, Username};
pub use without_passwords::without_passwords;

/// Whether a value was refused because it is a secret. No message may repeat it then.
pub fn refused_as_secret(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref() == Some(&row_id::InvalidRowId::Secret)
        || error.downcast_ref() == Some(&selector::InvalidSelector::Secret)
        || error.downcast_ref() == Some(&token_name::InvalidTokenName::Secret)
        || error.downcast_ref() == Some(&email::InvalidEmail::Secret)
}
