//! What a check of the database reports.

/// Something that is not as it should be, and what to do about it.
#[derive(Debug, Clone)]
pub struct Finding {
    pub table: &'static str,
    /// The column, constraint, index or kind of row.
    pub object: String,
    pub problem: String,
    pub advice: String,
}
