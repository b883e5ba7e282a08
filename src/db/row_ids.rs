//! From the ids of tokens, sessions and codes to the rows they name.

use std::collections::HashSet;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Integer, Text, Timestamptz};

use super::columns::{Bpchar, Stored};
use crate::domain::{At, RowId};
use crate::error::{Error, Result};

/// A table whose key is a stored secret, of which an id shows the beginning.
#[derive(Debug, Clone, Copy)]
pub struct SecretTable {
    pub table: &'static str,
    pub column: &'static str,
    /// What one row is, as messages name it.
    pub noun: &'static str,
}

/// The id of a row with a `token`, as an expression in SQL.
pub const TOKEN_ID: &str = "case when token ~ '^[A-Za-z0-9+/]{43}[=.]$'
     then translate(left(token, 12), '+/', '-_') end";

/// The same of a row with a `code`. What does not have the shape of a secret shows nothing: it may
/// be all of it.
pub const CODE_ID: &str = "case when code ~ '^[A-Za-z0-9+/]{43}=$'
     then translate(left(code, 12), '+/', '-_') end";

/// A row that an id names, and where it stands in a list that is sorted by creation.
#[derive(Debug, Clone, QueryableByName)]
pub struct Position {
    #[diesel(sql_type = Integer)]
    ordinal: i32,
    #[diesel(sql_type = Bpchar)]
    pub stored: Stored,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: At,
}

/// The rows that the ids name in any of the tables, in the order of the ids, each once.
///
/// An id that names no row is `not_found`, one that names several is a `conflict`.
pub fn find(
    conn: &mut PgConnection,
    tables: &[SecretTable],
    ids: &[RowId],
) -> Result<Vec<Position>> {
    // The index is read from the first possible value on; two values tell one from several. A
    // range in place of the limit would leave the choice of the index to an estimate.
    let branches: Vec<_> = tables
        .iter()
        .map(|SecretTable { table, column, .. }| {
            format!(
                "select w.ordinal, t.stored, t.created_at
                 from unnest($1::int[], $2::text[], $3::text[]) as w (ordinal, low, high)
                 cross join lateral (
                     select s.{column} as stored, s.created_at::timestamptz from {table} s
                     where s.{column} ~>=~ w.low::bpchar
                     order by s.{column} using ~<~ limit 2
                 ) t
                 where t.stored ~<~ w.high::bpchar"
            )
        })
        .collect();
    let (lows, highs): (Vec<_>, Vec<_>) = ids.iter().map(RowId::stored_bounds).unzip();
    let ordinals: Vec<i32> = (0..).take(ids.len()).collect();
    let mut found: Vec<Position> =
        diesel::sql_query(format!("{} order by ordinal", branches.join(" union all ")))
            .into_boxed::<Pg>()
            .bind::<Array<Integer>, _>(ordinals)
            .bind::<Array<Text>, _>(lows)
            .bind::<Array<Text>, _>(highs)
            .load(conn)?;
    let noun = tables.first().map_or("row", |table| table.noun);
    let mut rest = found.as_slice();
    for (ordinal, id) in (0..).zip(ids) {
        let count = rest.iter().take_while(|row| row.ordinal == ordinal).count();
        rest = &rest[count..];
        match count {
            0 => return Err(Error::not_found(noun, id)),
            1 => {}
            _ => {
                return Err(Error::Conflict(format!(
                    "`{id}` matches several {noun}s; give more characters of the id"
                )));
            }
        }
    }
    let mut seen = HashSet::new();
    found.retain(|row| seen.insert(row.stored.clone()));
    Ok(found)
}

/// The one row that the id names.
pub fn find_one(conn: &mut PgConnection, tables: &[SecretTable], id: &RowId) -> Result<Position> {
    find(conn, tables, std::slice::from_ref(id))?.pop().ok_or_else(|| Error::not_found("row", id))
}
