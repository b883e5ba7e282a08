/// A name as SQL takes it, whatever is in it.
pub fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// What a distributed PostgreSQL puts behind the name of a table or constraint for one of its shards, as
/// in `users_102008` and `users_unique_email_102008`: `_102008`. `None` where it is no such name.
pub fn shard_suffix<'a>(name: &'a str, wanted: &str) -> Option<&'a str> {
    let suffix = name.strip_prefix(wanted)?;
    let number = suffix.strip_prefix('_')?;
    number.parse::<u64>().is_ok().then_some(suffix)
}
