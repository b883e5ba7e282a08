//! Tables of others that a command on users does not touch.

use crate::context::Context;
use crate::domain::{StoredText, listed};

/// Names them, ten at most.
pub fn notice_untouched(context: &mut Context, tables: &[StoredText]) {
    if tables.is_empty() {
        return;
    }
    context.terminal.notice(&format!(
        "not touched: {}; no foreign key of theirs refers to users",
        listed(tables)
    ));
}
