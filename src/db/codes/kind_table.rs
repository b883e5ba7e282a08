//! One query for both tables. A file that uses it imports both from `schema`, and `CodeKind`.

/// The query on the table of the kind: `$table` stands for it.
macro_rules! on_table_of {
    ($kind:expr, $table:ident => $query:expr) => {
        match $kind {
            CodeKind::Verification => {
                use verification_codes as $table;
                $query
            }
            CodeKind::Authorization => {
                use authorization_codes as $table;
                $query
            }
        }
    };
}

pub(super) use on_table_of;
