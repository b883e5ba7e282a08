//! Validated values. Pure: no I/O, no database, no clock.

mod changed;
mod code;
mod duration;
mod email;
mod moment;
mod printable;
mod row_id;
mod secret;
mod selector;
mod token;
mod token_name;
mod username;

pub use changed::Changed;
pub use code::Code;
pub use duration::Span;
pub use email::Email;
pub use moment::Moment;
pub use printable::{is_unsafe, printable};
pub use row_id::RowId;
pub use secret::{Secret, looks_secret};
pub use selector::{OwnerSelector, UserSelector};
pub use token::{NewToken, TokenScheme, TokenValue};
pub use token_name::TokenName;
pub use username::{Fingerprint, Username};
