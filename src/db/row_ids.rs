//! From the ids of tokens, sessions and codes to the rows they name.

use std::collections::HashSet;

use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Integer, Text, Timestamptz};

use crate::db::filter::Query;
use crate::db::literal;
use crate::db::targets::{self, TARGETS};
use crate::db::tokens::Owned;
use crate::db::types::{Bpchar, StoredSecret};
use crate::domain::{Changed, RowId, StoredTime, UserSelector};
use crate::error::{Error, Result};

/// A table whose key is a stored secret, of which an id shows the beginning.
#[derive(Debug, Clone, Copy)]
pub struct SecretTable {
    pub table: &'static str,
    pub column: &'static str,
    /// What one row is, as messages name it.
    pub noun: &'static str,
}

/// The id of a row with a token in this column, as an expression in SQL. What does not have the shape
/// of a secret shows nothing: it may be all of it.
pub fn token_id(column: &str) -> String {
    format!(
        "case when {column} ~ '^[A-Za-z0-9+/]{{43}}[=.]$'
              then translate(left({column}, 12), '+/', '-_') end"
    )
}

/// The same of a row with a `code`.
pub const CODE_ID: &str = "case when code ~ '^[A-Za-z0-9+/]{43}=$'
     then translate(left(code, 12), '+/', '-_') end";

/// A row that an id names, and where it stands in a list that is sorted by creation.
#[derive(Debug, Clone, QueryableByName)]
pub struct Position {
    #[diesel(sql_type = Integer)]
    ordinal: i32,
    #[diesel(sql_type = Bpchar)]
    pub stored: StoredSecret,
    #[diesel(sql_type = Timestamptz)]
    pub created_at: StoredTime,
}

/// A SELECT of the rows that the ids name in any of the tables: `ordinal`, `stored`, `created_at`,
/// up to two for each id. The parameters $1 to $3 are those of `bind`.
fn lookup(tables: &[SecretTable]) -> String {
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
    branches.join(" union all ")
}

/// Its parameters: the place of each id, and what its rows lie between.
fn bounds(ids: &[RowId]) -> (Vec<i32>, Vec<String>, Vec<String>) {
    let (lows, highs) = ids.iter().map(RowId::stored_bounds).unzip();
    ((0..).take(ids.len()).collect(), lows, highs)
}

/// `lookup` with the ids written into it, for where no parameters go.
pub fn literal(tables: &[SecretTable], ids: &[RowId]) -> String {
    let (ordinals, lows, highs) = bounds(ids);
    let arrays = [
        literal::array(ordinals.into_iter().map(Some)),
        literal::texts(lows.into_iter().map(Some)),
        literal::texts(highs.into_iter().map(Some)),
    ];
    literal::fill(&lookup(tables), arrays)
}

/// Binds the parameters of `lookup`.
fn bind<'a>(query: Query<'a>, ids: &[RowId]) -> Query<'a> {
    let (ordinals, lows, highs) = bounds(ids);
    query
        .bind::<Array<Integer>, _>(ordinals)
        .bind::<Array<Text>, _>(lows)
        .bind::<Array<Text>, _>(highs)
}

/// Fails unless every id named exactly one row: `not_found` for none, `conflict` for several.
/// `ordinals` are those of the rows, in ascending order.
fn exactly_one_each(noun: &str, ids: &[RowId], ordinals: &[i32]) -> Result<()> {
    let mut rest = ordinals;
    for (ordinal, id) in (0..).zip(ids) {
        let count = rest.iter().take_while(|it| **it == ordinal).count();
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
    Ok(())
}

/// The rows that the ids name in any of the tables, in the order of the ids, each once.
///
/// An id that names no row is `not_found`, one that names several is a `conflict`.
pub fn find(
    conn: &mut PgConnection,
    tables: &[SecretTable],
    ids: &[RowId],
) -> Result<Vec<Position>> {
    let query = diesel::sql_query(format!("{} order by ordinal", lookup(tables)));
    let mut found: Vec<Position> = bind(query.into_boxed::<Pg>(), ids).load(conn)?;
    let ordinals: Vec<_> = found.iter().map(|row| row.ordinal).collect();
    exactly_one_each(noun(tables), ids, &ordinals)?;
    let mut seen = HashSet::new();
    found.retain(|row| seen.insert(row.stored.clone()));
    Ok(found)
}

/// The error for a secret, given on standard input as the one of this number, that no row has. It does
/// not repeat the secret.
pub fn unknown_value(noun: &str, number: i32) -> Error {
    Error::NotFound(format!(
        "{noun} {number} of those on standard input is in no row of the database"
    ))
}

fn noun(tables: &[SecretTable]) -> &'static str {
    tables.first().map_or("row", |table| table.noun)
}

/// The rows that a statement is to change.
#[derive(Debug)]
pub enum Rows<'a> {
    /// By what is stored, in the order of the values that somebody gave.
    StoredSecret(Vec<StoredSecret>),
    /// By id, looked up by the statement itself.
    Ids(&'a [RowId]),
    /// Of the user whom the selector names, none where it does not name one: `sql` selects their
    /// `stored` and `created_at` for the user `t.id`. The newest come first.
    Of(&'a UserSelector, &'static str),
    /// Of an owner of tokens, none where there is no such owner. The newest come first.
    Owned(Owned<'a>),
}

/// One of them, as the statement returns it.
#[derive(QueryableByName)]
pub struct Returned<R> {
    /// Its place in `given`.
    #[diesel(sql_type = Integer)]
    ordinal: i32,
    #[diesel(embed)]
    record: R,
    #[diesel(sql_type = Bool)]
    changed: bool,
}

impl Rows<'_> {
    /// A CTE `given (ordinal, stored)`, whose parameters are those of `bind`, from $1 on.
    pub fn cte(&self, tables: &[SecretTable]) -> String {
        match self {
            Self::StoredSecret(_) => "given as (
                 select ordinal::int - 1 as ordinal, stored
                 from unnest($1) with ordinality as g (stored, ordinal)
             )"
            .to_owned(),
            Self::Ids(_) => format!("given as ({})", lookup(tables)),
            // Not to be joined with all users' rows.
            Self::Of(_, sql) => format!(
                "{TARGETS}, given as (
                     select row_number() over (order by r.created_at desc, r.stored desc)::int - 1
                                as ordinal,
                            r.stored
                     from targets t cross join lateral ({sql} offset 0) r
                     where (select count(*) from targets) = 1
                 )"
            ),
            Self::Owned(owned) => format!(
                "{owner}, given as (
                     select row_number() over (order by r.created_at desc, r.stored desc)::int - 1
                                as ordinal,
                            r.stored
                     from owner o cross join lateral ({tokens} offset 0) r
                 )",
                owner = owned.owner.cte(),
                tokens = owned.sql(),
            ),
        }
    }

    /// The condition that a row with this column is one of them.
    pub fn include(&self, column: &str) -> String {
        match self {
            Self::StoredSecret(_) => format!("{column} = any ($1)"),
            Self::Ids(_) | Self::Of(..) | Self::Owned(_) => {
                format!("{column} in (select stored from given)")
            }
        }
    }

    /// The first parameter behind those of `bind`.
    pub fn next_parameter(&self) -> usize {
        match self {
            Self::StoredSecret(_) => 2,
            Self::Ids(_) => 4,
            Self::Of(..) => targets::BINDS + 1,
            Self::Owned(owned) => owned.binds() + 1,
        }
    }

    pub fn bind<'a>(&self, query: Query<'a>) -> Query<'a> {
        match self {
            Self::StoredSecret(stored) => query.bind::<Array<Bpchar>, _>(stored.clone()),
            Self::Ids(ids) => bind(query, ids),
            Self::Of(user, _) => targets::bind(query, std::slice::from_ref(*user)),
            Self::Owned(owned) => owned.bind(query),
        }
    }

    /// What came back, each row once. Fails where an id named none or several of them, as `find`
    /// does, and where a selector did not name one user: then the transaction, and with it what was
    /// changed, is to be rolled back.
    pub fn check<R>(
        &self,
        conn: &mut PgConnection,
        tables: &[SecretTable],
        returned: Vec<Returned<R>>,
        stored: impl Fn(&R) -> &StoredSecret,
    ) -> Result<Vec<Changed<R>>> {
        match self {
            Self::Ids(ids) => {
                let ordinals: Vec<_> = returned.iter().map(|row| row.ordinal).collect();
                exactly_one_each(noun(tables), ids, &ordinals)?;
            }
            Self::Of(user, _) if returned.is_empty() => {
                targets::resolve_one(conn, user)?;
            }
            Self::Owned(owned) if returned.is_empty() => owned.explain_none(conn)?,
            Self::StoredSecret(values) => {
                let found: HashSet<_> = returned.iter().map(|row| row.ordinal).collect();
                if let Some(missing) = (0..).take(values.len()).find(|it| !found.contains(it)) {
                    return Err(unknown_value(noun(tables), missing + 1));
                }
            }
            Self::Of(..) | Self::Owned(_) => {}
        }
        let mut seen = HashSet::new();
        let first = returned.into_iter().filter(|row| seen.insert(stored(&row.record).clone()));
        Ok(first.map(|row| Changed { record: row.record, changed: row.changed }).collect())
    }
}

/// The one row that the id names.
pub fn find_one(conn: &mut PgConnection, tables: &[SecretTable], id: &RowId) -> Result<Position> {
    find(conn, tables, std::slice::from_ref(id))?.pop().ok_or_else(|| Error::not_found("row", id))
}
