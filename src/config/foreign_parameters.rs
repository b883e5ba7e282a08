//! Parameters of a URL that other programs know, and libpq does not.

/// What to write in place of parameters that other drivers know.
const INSTEAD: [(&[&str], &str); 5] = [
    (
        &["schema", "currentschema", "search_path"],
        "write `options=-csearch_path%3DNAME` in its place",
    ),
    (
        &["pgbouncer", "statement_cache_size", "preparethreshold", "prepared_statements"],
        "leave it out: no statement is prepared for longer than its transaction",
    ),
    (
        &["sslaccept", "sslidentity", "trustservercertificate"],
        "write `sslmode=verify-full&sslrootcert=FILE` or `sslmode=require` in its place",
    ),
    (&["connection_limit", "pool_timeout", "pool_size", "max_connections"], "leave it out"),
    (
        &["socket_timeout", "statement_timeout", "logintimeout"],
        "leave it out, and pass --connect-timeout or --statement-timeout",
    ),
];

/// What to do about the parameters of this URL that other programs know, and libpq does not; `None` where
/// there are none. Other text is not repeated: it may be a part of a password with an unencoded `?`.
pub fn advice(url: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let names = query.split('&').map(|parameter| parameter.split('=').next().unwrap_or_default());
    let advice = names.filter_map(|name| {
        let lower = name.to_lowercase();
        let (_, instead) = INSTEAD.iter().find(|(names, _)| names.contains(&&*lower))?;
        Some(format!("libpq has no parameter `{name}`: {instead}"))
    });
    let advice: Vec<_> = advice.collect();
    (!advice.is_empty()).then(|| advice.join("; "))
}

#[cfg(test)]
mod tests {
    use super::advice;

    #[test]
    fn parameters_of_other_programs_are_named() {
        assert_eq!(advice("postgresql://h/db?sslmode=require&application_name=x"), None);
        assert_eq!(advice("postgresql://h/db"), None);
        let found = advice("postgresql://h/db?pgbouncer=true&currentSchema=iam&hunter2=x");
        assert_eq!(
            found.as_deref(),
            Some(
                "libpq has no parameter `pgbouncer`: leave it out: no statement is prepared for longer \
                 than its transaction; libpq has no parameter `currentSchema`: write \
                 `options=-csearch_path%3DNAME` in its place"
            )
        );
        assert_eq!(advice("postgresql://u:pass?secretword&x@h/db"), None);
    }
}
