/// A name as SQL takes it, whatever is in it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Whether it is the name, or that of a shard: a distributed PostgreSQL puts the shard's number behind,
/// as in `users_unique_email_102008`.
pub fn is_or_is_shard_of(name: &str, wanted: &str) -> bool {
    name.strip_prefix(wanted).is_some_and(|rest| {
        rest.is_empty() || rest.strip_prefix('_').is_some_and(|it| it.parse::<u64>().is_ok())
    })
}
