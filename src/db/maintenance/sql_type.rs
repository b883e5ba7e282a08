//! The names of types, as `format_type` prints them.

/// `timestamp(3) with time zone` is a `timestamp with time zone`, `character varying(50)` a
/// `character varying` of 50.
pub fn kind_and_length(sql_type: &str) -> (String, Option<u32>) {
    let Some((before, rest)) = sql_type.split_once('(') else { return (sql_type.to_owned(), None) };
    let Some((number, after)) = rest.split_once(')') else { return (sql_type.to_owned(), None) };
    (format!("{before}{after}"), number.parse().ok())
}
