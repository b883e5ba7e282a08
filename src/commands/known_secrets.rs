//! Tokens whose secrets are known to users who may not use them any more.

use crate::context::Context;
use crate::db::types::StoredSecret;
use crate::domain::{counted, listed};

/// Says that `tokens`, of owners that these users share with others, stay as they are. `who` names the
/// users, such as "the blocked users".
pub fn notice_shared(context: &mut Context, who: &str, tokens: &[StoredSecret]) {
    if tokens.is_empty() {
        return;
    }
    context.terminal.notice(&format!(
        "{who} still know the secrets of {} of owners that others share; `iamctl token rotate ID \
         --overlap 0s` gives each a new one: {}",
        counted(tokens.len(), "live token"),
        ids(tokens)
    ));
}

/// The ids of the tokens, at most ten.
pub fn ids<'a>(tokens: impl IntoIterator<Item = &'a StoredSecret>) -> String {
    listed(&tokens.into_iter().map(StoredSecret::shown_id).collect::<Vec<_>>())
}
