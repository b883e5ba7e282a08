//! Parameters of a connection string that other programs know, and libpq does not.

/// What to write in a URL in place of parameters that other drivers know.
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

/// What to do about the parameters of this URL, or list of keywords, that other programs know, and libpq does not;
/// `None` where there are none. Other text is not repeated: it may be a part of a password with an unencoded `?`.
pub fn advice(text: &str) -> Option<String> {
    let is_list = !text.contains("://");
    let parameters: Vec<_> = if is_list {
        text.split_whitespace().collect()
    } else {
        text.split_once('?')?.1.split('&').collect()
    };
    let advice = parameters.into_iter().filter_map(|parameter| {
        let (name, _) = parameter.split_once('=')?;
        let lower = name.to_lowercase();
        let (_, instead) = INSTEAD.iter().find(|(names, _)| names.contains(&&*lower))?;
        let instead = if is_list {
            instead.replace("%3D", "=").replace('&', " ")
        } else {
            (*instead).to_owned()
        };
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
        assert_eq!(advice("host=h dbname=iam password=schema"), None);
        assert_eq!(
            advice("host=h schema=iam").as_deref(),
            Some(
                "libpq has no parameter `schema`: write `options=-csearch_path=NAME` in its place"
            )
        );
    }
}
