//! Finds rows that a missing key would refuse, that the service cannot use, or whose user is gone.
//! Each check reads whole tables.

use diesel::dsl::{count_star, exists, not};
use diesel::pg::{PgConnection, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use uuid::Uuid;

use super::actual_schema::Actual;
use super::expected_schema::{CONSTRAINTS, Constraint, ConstraintKind, expected_definition};
use super::finding::Finding;
use crate::db::live_token::live_token;
use crate::db::schema::{
    api_token_owners, api_tokens, authorization_codes, refresh_tokens, users, verification_codes,
};
use crate::domain::{
    CodeKind, Email, Fingerprint, FirstTen, StoredText, StoredTime, counted, lower_case,
};
use crate::error::{Error, Result};

/// How many findings of one kind a list shows.
const MOST: i64 = 20;

/// Rows that a missing key or unique constraint would refuse.
pub fn duplicates(conn: &mut PgConnection, wanted: &Constraint) -> Result<Vec<Finding>> {
    #[derive(QueryableByName)]
    struct Group {
        #[diesel(sql_type = Nullable<Text>)]
        value: Option<StoredText>,
        #[diesel(sql_type = BigInt)]
        rows: i64,
        #[diesel(sql_type = Array<Text>)]
        examples: Vec<StoredText>,
    }
    // Raw: Diesel has no array_agg. A code or token is a secret, and its id stands for it. `id` of
    // users comes first, then the columns of their unique constraints, then codes, tokens, owners.
    let query = match (wanted.table, wanted.columns) {
        ("users", "id") => {
            "select pg_catalog.min(username) as value, count(*) as rows,
                    (pg_catalog.array_agg(id::text))[1:10] as examples
             from users group by id having count(*) > 1 order by 2 desc limit $1"
        }
        ("users", "email") => {
            "select email::text as value, count(*) as rows,
                    (pg_catalog.array_agg(id::text))[1:10] as examples
             from users group by email having count(*) > 1 order by 2 desc limit $1"
        }
        ("users", "username_fingerprint") => {
            "select pg_catalog.min(username) as value, count(*) as rows,
                    (pg_catalog.array_agg(id::text))[1:10] as examples
             from users group by username_fingerprint having count(*) > 1
             order by 2 desc limit $1"
        }
        ("verification_codes", "code") => {
            "select case when code::text ~ '^[A-Za-z0-9+/]{43}=$'
                         then pg_catalog.translate(pg_catalog.left(code, 12), '+/', '-_') end as value,
                    count(*) as rows, (pg_catalog.array_agg(user_id::text))[1:10] as examples
             from verification_codes group by code having count(*) > 1 order by 2 desc limit $1"
        }
        ("authorization_codes", "code") => {
            "select case when code::text ~ '^[A-Za-z0-9+/]{43}=$'
                         then pg_catalog.translate(pg_catalog.left(code, 12), '+/', '-_') end as value,
                    count(*) as rows, (pg_catalog.array_agg(user_id::text))[1:10] as examples
             from authorization_codes group by code having count(*) > 1 order by 2 desc limit $1"
        }
        ("refresh_tokens", "token") => {
            "select case when token::text ~ '^[A-Za-z0-9+/]{43}[=.]$'
                         then pg_catalog.translate(pg_catalog.left(token, 12), '+/', '-_') end as value,
                    count(*) as rows, (pg_catalog.array_agg(user_id::text))[1:10] as examples
             from refresh_tokens group by token having count(*) > 1 order by 2 desc limit $1"
        }
        ("api_tokens", "token") => {
            "select case when token::text ~ '^[A-Za-z0-9+/]{43}[=.]$'
                         then pg_catalog.translate(pg_catalog.left(token, 12), '+/', '-_') end as value,
                    count(*) as rows, (pg_catalog.array_agg(owner_id::text))[1:10] as examples
             from api_tokens group by token having count(*) > 1 order by 2 desc limit $1"
        }
        ("api_token_owners", "owner_id, user_id") => {
            "select pg_catalog.concat_ws(', ', owner_id, user_id) as value, count(*) as rows,
                    (pg_catalog.array_agg(user_id::text))[1:10] as examples
             from api_token_owners group by owner_id, user_id having count(*) > 1
             order by 2 desc limit $1"
        }
        (table, columns) => {
            return Err(Error::internal(format!("no check for duplicates of {table} ({columns})")));
        }
    };
    let groups: Vec<Group> = diesel::sql_query(query).bind::<BigInt, _>(MOST).load(conn)?;
    let finding = |group: Group| Finding {
        table: wanted.table,
        object: wanted.name.to_owned(),
        problem: format!(
            "{} rows have the same {} ({}): {}",
            group.rows,
            wanted.columns,
            group.value.as_deref().unwrap_or_default(),
            StoredText::list(&group.examples)
        ),
        advice: "keep one of them".to_owned(),
    };
    Ok(groups.into_iter().map(finding).collect())
}

/// Finds rows whose user does not exist.
pub fn orphans(conn: &mut PgConnection, table: &'static str) -> Result<Vec<Finding>> {
    /// Ids of users who do not exist, and how many rows of the table name each.
    macro_rules! orphans_in {
        ($table:ident) => {
            $table::table
                .filter(not(exists(
                    users::table.filter(users::id.eq($table::user_id)).select(users::id),
                )))
                .group_by($table::user_id)
                .order(count_star().desc())
                .limit(MOST)
                .select(($table::user_id, count_star()))
                .load(conn)?
        };
    }
    let groups: Vec<(Uuid, i64)> = match table {
        "verification_codes" => orphans_in!(verification_codes),
        "authorization_codes" => orphans_in!(authorization_codes),
        "refresh_tokens" => orphans_in!(refresh_tokens),
        "api_token_owners" => orphans_in!(api_token_owners),
        _ => return Err(Error::internal(format!("no check for orphans in {table}"))),
    };
    let finding = |(user, rows): (Uuid, i64)| Finding {
        table,
        object: "user_id".to_owned(),
        problem: format!("{} of user {user}, who does not exist", counted(rows, "row")),
        advice: "delete them".to_owned(),
    };
    Ok(groups.into_iter().map(finding).collect())
}

/// What values of types with the same kind can be compared.
fn kind_of_type(definition: &str) -> &str {
    match definition.split([' ', '(']).next().unwrap_or_default() {
        "text" | "character" => "text",
        other => other,
    }
}

/// Finds rows that the service cannot read or cannot look up.
pub fn unusable(conn: &mut PgConnection, actual: &Actual) -> Result<Vec<Finding>> {
    let mut findings = Vec::new();
    // A column that is missing, or of another kind of type, cannot be checked, and is a finding of its own.
    let has = |table: &str, columns: &[&str]| {
        columns.iter().all(|column| {
            let found = actual.column(table, column).map(|found| kind_of_type(&found.sql_type));
            found.is_some() && found == expected_definition(table, column).map(kind_of_type)
        })
    };
    for wanted in CONSTRAINTS.iter().filter(|wanted| wanted.kind == ConstraintKind::ForeignKey) {
        // Also where the key is there: a session may have been exempt from it.
        if has("users", &["id"]) && has(wanted.table, &["user_id"]) {
            findings.extend(orphans(conn, wanted.table)?);
        }
    }
    let mut others = Vec::new();
    let mut add = |table, object: &str, count: i64, what: &str, problem: &str, advice: &str| {
        if count > 0 {
            findings.push(Finding {
                table,
                object: object.to_owned(),
                problem: format!("{} {problem}", counted(count, what)),
                advice: advice.to_owned(),
            });
        }
    };
    for kind in CodeKind::ALL.into_iter().filter(|kind| has(kind.table(), &["code"])) {
        add(
            kind.table(),
            "code",
            count_unusual_codes(conn, kind)?,
            "code",
            "without the form of 32 bytes in base64, which no link matches",
            "iamctl code purge removes them once they have expired",
        );
    }
    if has("users", &["username", "username_fingerprint"]) {
        add(
            "users",
            "username_fingerprint",
            count_wrong_fingerprints(conn)?,
            "fingerprint",
            "other than that of the username: no login by name",
            "iamctl user rename writes them anew: to the name they have, or to one that the rules \
             allow",
        );
    }
    if has("users", &["id", "email"]) {
        let (capital, unusable) = examine_emails(conn)?;
        add(
            "users",
            "email",
            capital,
            "email",
            "not in lower case, in which the service looks emails up",
            "iamctl user set-email, to the address they have; --verified only where it is so",
        );
        others.extend(finding_of_emails(&unusable));
    }
    others.extend(unusual_times(conn, has)?);
    others.extend(unset_flags(conn, has)?);
    if has("api_tokens", &["owner_id", "revoked", "expires_at"])
        && has("api_token_owners", &["owner_id"])
    {
        let with_users = api_token_owners::table
            .filter(api_token_owners::owner_id.eq(api_tokens::owner_id))
            .select(api_token_owners::owner_id);
        let orphaned = api_tokens::table.filter(live_token()).filter(not(exists(with_users)));
        add(
            "api_tokens",
            "owner_id",
            orphaned.count().get_result(conn)?,
            "live token",
            "of an owner without users",
            "iamctl token list --orphaned shows them",
        );
    }
    findings.extend(others);
    Ok(findings)
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

fn count_unusual_codes(conn: &mut PgConnection, kind: CodeKind) -> QueryResult<i64> {
    // Raw: Diesel has no regular expressions.
    let query = match kind {
        CodeKind::Verification => {
            "select count(*) from verification_codes where code::text !~ '^[A-Za-z0-9+/]{43}=$'"
        }
        CodeKind::Authorization => {
            "select count(*) from authorization_codes where code::text !~ '^[A-Za-z0-9+/]{43}=$'"
        }
    };
    Ok(diesel::sql_query(query).get_result::<Count>(conn)?.count)
}

/// In Rust: PostgreSQL's `lower` follows the locale of the database, the service's rule does not.
fn count_wrong_fingerprints(conn: &mut PgConnection) -> QueryResult<i64> {
    let users = users::table
        .select((users::username, users::username_fingerprint))
        .load_iter::<(StoredText, Vec<u8>), PgRowByRowLoadingMode>(conn)?;
    count(users, |(name, fingerprint)| Fingerprint::of(name).as_bytes() != fingerprint.as_slice())
}

/// The finding of users whose email is no address for the service.
fn finding_of_emails(users: &FirstTen) -> Option<Finding> {
    let what = match users.count() {
        0 => return None,
        1 => "1 email is".to_owned(),
        count => format!("{count} emails are"),
    };
    Some(Finding {
        table: "users",
        object: "email".to_owned(),
        problem: format!(
            "{what} no bare address of at most 100 bytes, which the service takes: {users}"
        ),
        advice: "iamctl user set-email id:ID ADDRESS".to_owned(),
    })
}

/// How many emails have capital letters, and those that are no addresses. In Rust, as with fingerprints.
fn examine_emails(conn: &mut PgConnection) -> QueryResult<(i64, FirstTen)> {
    let (mut capital, mut unusable) = (0, FirstTen::default());
    let rows = users::table
        .select((users::id, users::email))
        .load_iter::<(Uuid, StoredText), PgRowByRowLoadingMode>(conn)?;
    for row in rows {
        let (id, email) = row?;
        // A text with other bytes is in no case, and no address.
        let email = str::from_utf8(email.as_bytes()).unwrap_or_default();
        capital += i64::from(lower_case(email) != email);
        if !Email::is_usable(email) {
            unusable.add(id);
        }
    }
    Ok((capital, unusable))
}

/// Times that are infinite or have no year of four digits, which the service cannot read.
fn unusual_times(
    conn: &mut PgConnection,
    has: impl Fn(&str, &[&str]) -> bool,
) -> QueryResult<Vec<Finding>> {
    let (first, last) = StoredTime::usual();
    let mut findings = Vec::new();
    macro_rules! examine {
        ($($table:ident: $($column:ident),+;)+) => {$($(
            let (table, column) = (stringify!($table), stringify!($column));
            if has(table, &[column]) {
                let unusual = $table::$column.lt(first).or($table::$column.gt(last));
                let count = $table::table.filter(unusual).count().get_result(conn)?;
                findings.extend(finding_of_times(table, column, count));
            }
        )+)+};
    }
    examine!(
        users: created_at, email_verified_at, deleted_at;
        verification_codes: created_at, expires_at;
        authorization_codes: created_at, expires_at;
        refresh_tokens: created_at, expires_at, revoked_at;
        api_tokens: created_at, expires_at, revoked_at;
    );
    Ok(findings)
}

/// Rows that have the time at which they were deleted or revoked, and are neither.
fn unset_flags(
    conn: &mut PgConnection,
    has: impl Fn(&str, &[&str]) -> bool,
) -> QueryResult<Vec<Finding>> {
    let mut findings = Vec::new();
    macro_rules! examine {
        ($($table:ident: $flag:ident, $time:ident;)+) => {$(
            let (table, flag, time) = (stringify!($table), stringify!($flag), stringify!($time));
            if has(table, &[flag, time]) {
                let unset = $table::$flag.eq(false).and($table::$time.is_not_null());
                let count: i64 = $table::table.filter(unset).count().get_result(conn)?;
                findings.extend((count > 0).then(|| Finding {
                    table,
                    object: flag.to_owned(),
                    problem: format!(
                        "{} with `{time}`, and not {flag}: the service takes them for live",
                        counted(count, "row")
                    ),
                    advice: format!(
                        "update {table} set {flag} = true where {time} is not null; or set {time} to \
                         null where they are meant to live"
                    ),
                }));
            }
        )+};
    }
    examine!(
        users: deleted, deleted_at;
        refresh_tokens: revoked, revoked_at;
        api_tokens: revoked, revoked_at;
    );
    Ok(findings)
}

fn finding_of_times(table: &'static str, column: &str, count: i64) -> Option<Finding> {
    let now = if table == "refresh_tokens" { "now() at time zone 'utc'" } else { "now()" };
    (count > 0).then(|| Finding {
        table,
        object: column.to_owned(),
        problem: format!(
            "{} infinite or outside of the years 1 to 9999: the service cannot read these rows",
            if count == 1 { "1 time is".to_owned() } else { format!("{count} times are") },
        ),
        advice: format!(
            "set times that are right, or: update {table} set {column} = {now} \
             where {column} < '0001-01-01T00:00:00Z' or {column} >= '10000-01-01T00:00:00Z'"
        ),
    })
}

/// How many rows are wrong.
fn count<R>(
    rows: impl Iterator<Item = QueryResult<R>>,
    is_wrong: impl Fn(&R) -> bool,
) -> QueryResult<i64> {
    let mut count = 0;
    for row in rows {
        count += i64::from(is_wrong(&row?));
    }
    Ok(count)
}
