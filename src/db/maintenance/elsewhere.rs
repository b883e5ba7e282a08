//! Tables of the service that the search path misses.

use std::fmt::Write as _;

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use super::expected_schema::service_tables;
use super::identifier::quoted;
use super::namesakes::Namesake;
use crate::domain::{StoredText, listed};

/// Names that the tables have, or had, with the columns by which they are told from those of other
/// programs: many have `users`, and some a `refresh_tokens` with a user and a token.
const KNOWN: [(&str, &str); 14] = [
    ("users", "username_fingerprint"),
    ("user", "username_fingerprint"),
    ("user_account", "username_fingerprint"),
    ("user_accounts", "username_fingerprint"),
    ("verification_codes", "user_id expires_at code"),
    ("verification_code", "user_id expires_at code"),
    ("authorization_codes", "user_id expires_at code"),
    ("authorization_code", "user_id expires_at code"),
    ("refresh_tokens", "user_id expires_at token"),
    ("refresh_token", "user_id expires_at token"),
    ("api_tokens", "owner_id expires_at token"),
    ("api_token", "owner_id expires_at token"),
    ("api_token_owners", "owner_id user_id"),
    ("api_token_owner", "owner_id user_id"),
];

/// A table or view of a schema that the role may use.
#[derive(Debug, QueryableByName)]
struct Relation {
    #[diesel(sql_type = Text)]
    schema: StoredText,
    #[diesel(sql_type = Text)]
    name: StoredText,
    /// `tables`, `views`, …
    #[diesel(sql_type = Text)]
    kinds: StoredText,
    /// It is in the schema in which a migration creates tables.
    #[diesel(sql_type = Bool)]
    is_here: bool,
}

/// The tables that the search path misses, by schema.
#[derive(Debug)]
pub struct Elsewhere(Vec<Relation>);

/// Looks for the tables in all schemas that the role may use; `None` where there are none, or where those
/// that the search path finds are the service's.
pub fn find(conn: &mut PgConnection) -> QueryResult<Option<Elsewhere>> {
    let (names, columns): (Vec<_>, Vec<_>) = KNOWN.into_iter().unzip();
    // Raw: the catalogue.
    let found: Vec<Relation> = diesel::sql_query(
        "select n.nspname::pg_catalog.text as schema, c.relname::pg_catalog.text as name,
                case c.relkind when 'v' then 'views' when 'm' then 'materialized views'
                               when 'f' then 'foreign tables' else 'tables' end as kinds,
                n.nspname is not distinct from pg_catalog.current_schema() as is_here
         from rows from (pg_catalog.unnest($1), pg_catalog.unnest($2))
              with ordinality as known (name, columns, place)
         join pg_catalog.pg_class c on c.relname::pg_catalog.text = known.name
         join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         where c.relkind in ('r', 'p', 'v', 'm', 'f')
           and c.relpersistence <> 't'
           and n.nspname::pg_catalog.text !~ '^pg_' and n.nspname <> 'information_schema'
           and pg_catalog.has_schema_privilege(n.oid, 'usage')
           and not exists (
                   select from pg_catalog.unnest(
                                   pg_catalog.string_to_array(known.columns, ' ')) as needed (name)
                   where not exists (
                             select from pg_catalog.pg_attribute a
                             where a.attrelid = c.oid and a.attname::pg_catalog.text = needed.name
                               and a.attnum > 0 and not a.attisdropped))
         order by n.nspname, 3, known.place",
    )
    .bind::<Array<Text>, _>(names)
    .bind::<Array<Text>, _>(columns)
    .load(conn)?;
    let mut here = found.iter().filter(|relation| relation.is_here && relation.has_our_name());
    let is_found = match here.clone().next() {
        None => false,
        // Views are reported as such, unless there are tables.
        Some(_) if here.all(|relation| relation.kinds != "tables") => {
            !found.iter().any(Relation::is_usable)
        }
        Some(_) => true,
    };
    Ok((!is_found && !found.is_empty()).then_some(Elsewhere(found)))
}

impl Relation {
    /// A table with a name that iamctl works with, if the search path named its schema.
    fn is_usable(&self) -> bool {
        !self.is_here && self.kinds == "tables" && self.has_our_name()
    }

    fn has_our_name(&self) -> bool {
        service_tables().contains(&self.name.as_str())
    }
}

impl Elsewhere {
    /// The first schema that has tables with the names that iamctl works with.
    pub fn schema(&self) -> Option<&str> {
        self.0.iter().find(|it| it.is_usable()).map(|it| it.schema.as_str())
    }

    /// What was found, and what to do. `here` is the schema in which a migration creates tables; `instead`
    /// is what it has in their place.
    pub fn message(&self, here: &str, instead: &[Namesake]) -> String {
        let point = match self.schema() {
            Some(schema) => {
                let (parameter, in_url) = parameters_of(schema);
                format!("point at them with `{parameter}` (in a URL `{in_url}`)")
            }
            None => format!(
                "iamctl works with tables of the names {}: rename the tables, or point at those that have \
                 these names with `options=-csearch_path=SCHEMA`",
                service_tables().join(", ")
            ),
        };
        let second = if self.0.iter().any(|relation| relation.is_here) {
            "to make a second, empty set on purpose, give it a schema of its own: `iamctl db migrate \
             --schema NAME`"
                .to_owned()
        } else {
            let here = shell_word(here);
            format!(
                "to make a second, empty set on purpose, run `iamctl db migrate --schema {here}`"
            )
        };
        let instead: Vec<_> = instead.iter().map(|it| format!(", and finds the {it}")).collect();
        format!(
            "the search path misses the service's tables{}; there are: {}; {point}; {second}",
            instead.concat(),
            self.described()
        )
    }

    /// ``users, refresh_tokens (tables in the schema `iam`)``
    fn described(&self) -> String {
        let mut groups: Vec<(&str, &str, Vec<&str>)> = Vec::new();
        for Relation { schema, name, kinds, .. } in &self.0 {
            match groups.last_mut() {
                Some(group) if (group.0, group.1) == (schema, kinds) => group.2.push(name),
                _ => groups.push((schema, kinds, vec![name])),
            }
        }
        let groups: Vec<_> = groups
            .into_iter()
            .map(|(schema, kinds, names)| {
                format!("{} ({kinds} in the schema `{schema}`)", names.join(", "))
            })
            .collect();
        listed(&groups)
    }
}

/// What to do where `schema` was asked for, and tables would be created `here`.
pub fn advice_for_schema(schema: &str, here: Option<&str>, exists: bool) -> String {
    let (parameter, in_url) = parameters_of(schema);
    let create = if exists {
        String::new()
    } else {
        format!("; there is no such schema yet: `create schema {}`", quoted(schema))
    };
    format!(
        "the tables would be created in {}, not in the schema `{schema}`: point at it with \
         `{parameter}` (in a URL `{in_url}`){create}",
        here.map_or_else(|| "no schema".to_owned(), |here| format!("the schema `{here}`")),
    )
}

/// The parameter that points at the schema, among libpq's keywords and in a URL.
fn parameters_of(schema: &str) -> (String, String) {
    if is_plain(schema) {
        let [keyword, in_url] =
            ["=", "%3D"].map(|sign| format!("options=-csearch_path{sign}{schema}"));
        return (keyword, in_url);
    }
    // Within `options`, a backslash keeps a space; a quoted value of a keyword takes it, too.
    let path = quoted(schema).replace('\\', r"\\").replace(' ', r"\ ");
    let in_quotes = path.replace('\\', r"\\").replace('\'', r"\'");
    (
        format!("options='-csearch_path={in_quotes}'"),
        format!("options=-csearch_path%3D{}", percent_encoded(&path)),
    )
}

fn shell_word(name: &str) -> String {
    if is_plain(name) { name.to_owned() } else { format!("'{}'", name.replace('\'', r"'\''")) }
}

fn is_plain(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

fn percent_encoded(text: &str) -> String {
    let mut encoded = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
