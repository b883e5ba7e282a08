//! What a live token is, for the queries of several files.

use diesel::dsl::{not, now};
use diesel::prelude::*;

use super::schema::api_tokens;

/// Neither revoked nor expired at the time of the transaction.
#[diesel::dsl::auto_type(no_type_alias)]
pub fn live_token() -> _ {
    not(api_tokens::revoked).and(api_tokens::expires_at.gt(now))
}
