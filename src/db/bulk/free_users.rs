//! Imports the users whose id, username and email are free, and says what the others clash with.

use crate::domain::StoredText;
use diesel::connection::SimpleConnection as _;
use diesel::pg::{CopyFormat, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Nullable, Text};

use super::user_import::{Numbered, Rows};
use crate::db::maintenance::additions;
use crate::error::{Error, Result};

/// Holds the rows of an import with the line of the input of each, until the rows that clash with
/// users of the database have been left out; the lines of those that were inserted, NULL where a trigger
/// changed the id; and the constraint or unique index that refused a row, where rows are inserted one by one.
const STAGING: &str = "create temporary table user_imported (line bigint) on commit drop;
     create temporary table user_refused (line bigint not null, by text not null) on commit drop;
     create temporary table user_import (
         line bigint not null, id uuid not null, created_at timestamptz not null,
         username varchar(50) not null, username_fingerprint bytea not null,
         email varchar(100) not null, email_verified boolean not null,
         email_verified_at timestamptz, blocked boolean not null, deleted boolean not null,
         deleted_at timestamptz
     ) on commit drop";

/// Inserts the staged rows at once. Each has an id of its own, which tells its line.
const INSERT_FREE: &str = "\
    with inserted as (
        insert into users (id, created_at, username, username_fingerprint, email,
                           email_verified, email_verified_at, blocked, deleted, deleted_at)
        select id, created_at, username, username_fingerprint, email, email_verified,
               email_verified_at, blocked, deleted, deleted_at
        from pg_temp.user_import order by line
        on conflict do nothing
        returning id)
    insert into pg_temp.user_imported
        select staged.line from inserted left join pg_temp.user_import staged using (id)";

/// The same one by one, and notes what refused a row. For rows with one id; for keys of others, which the
/// columns of a row do not tell; and for deferrable ones, beside which PostgreSQL takes no ON CONFLICT.
const INSERT_FREE_SINGLY: &str = "\
    set constraints all immediate;
    do $$
    declare
        staged record;
        inserted uuid;
        refused_by text;
    begin
        for staged in select * from pg_temp.user_import order by line loop
            begin
                insert into users (id, created_at, username, username_fingerprint, email,
                                   email_verified, email_verified_at, blocked, deleted, deleted_at)
                values (staged.id, staged.created_at, staged.username, staged.username_fingerprint,
                        staged.email, staged.email_verified, staged.email_verified_at,
                        staged.blocked, staged.deleted, staged.deleted_at)
                returning id into inserted;
                if found then
                    insert into pg_temp.user_imported
                    values (case when inserted = staged.id then staged.line end);
                end if;
            exception when unique_violation or exclusion_violation then
                get stacked diagnostics refused_by = constraint_name;
                insert into pg_temp.user_refused values (staged.line, refused_by);
            end;
        end loop;
    end $$";

diesel::table! {
    /// In `pg_temp`, so that no table of that name in another schema is taken.
    pg_temp.user_import (line) {
        line -> BigInt,
        id -> Uuid,
        created_at -> Timestamptz,
        username -> Varchar,
        username_fingerprint -> Bytea,
        email -> Varchar,
        email_verified -> Bool,
        email_verified_at -> Nullable<Timestamptz>,
        blocked -> Bool,
        deleted -> Bool,
        deleted_at -> Nullable<Timestamptz>,
    }
}

/// A row that was left out, and why.
#[derive(Debug)]
pub struct Skipped {
    pub line: i64,
    pub username: StoredText,
    pub clash: Clash,
}

/// What a row clashes with.
#[derive(Debug)]
pub enum Clash {
    /// The first of its columns whose value another user has.
    Column(StoredText),
    /// A constraint or unique index that others added.
    Other(StoredText),
}

/// Inserts the rows whose id, username and email are free, passes every other row to `skipped`, and
/// returns how many were inserted. Of several rows of the input that clash the first is inserted. Fails
/// where the database inserted another row than the one of the input, or none although all is free.
pub fn insert(
    conn: &mut PgConnection,
    next: impl FnMut() -> Result<Option<Numbered>>,
    mut skipped: impl FnMut(Skipped) -> Result<()>,
) -> Result<u64> {
    let may = diesel::dsl::sql::<Bool>(
        "pg_catalog.has_database_privilege(pg_catalog.current_database(), 'temporary')",
    );
    if !diesel::select(may).get_result::<bool>(conn)? {
        return Err(Error::Forbidden(
            "the role may not create temporary tables, in which --on-conflict skip looks for what is \
             taken; grant it TEMPORARY on the database"
                .to_owned(),
        ));
    }
    conn.batch_execute(STAGING)?;
    let rows = Rows::new(next, true);
    let copied = diesel::copy_from(user_import::table)
        .from_raw_data(user_import::table, |out| rows.write(out))
        .with_format(CopyFormat::Binary)
        .execute(conn);
    rows.outcome(copied)?;
    let keys = Key::all(conn)?;
    let singly = keys.iter().any(Key::needs_single_rows) || has_repeated_ids(conn)?;
    // Raw, like the rest of the staging tables: they exist in this transaction alone. Only RETURNING
    // tells what was inserted: a trigger may have changed the other columns.
    conn.batch_execute(if singly { INSERT_FREE_SINGLY } else { INSERT_FREE })?;
    refuse_changed_ids(conn)?;
    // Raw: see above.
    // What a later line has inserted is no clash of this one.
    let query = diesel::sql_query(
        "with imported as (
             select staged.line, staged.email, staged.username_fingerprint
             from pg_temp.user_import staged join pg_temp.user_imported using (line)
         ), by_email as (
             select email, pg_catalog.min(line) as line from imported group by email
         ), by_username as (
             select username_fingerprint, pg_catalog.min(line) as line
             from imported group by username_fingerprint
         )
         select s.line, s.username::text, r.by as refused_by,
                case when exists (select from users u where u.id = s.id) then 'id'
                     when coalesce(e.line, 0) < s.line
                          and exists (select from users u where u.email::text = s.email::text)
                         then 'email'
                     when coalesce(n.line, 0) < s.line
                          and exists (select from users u
                                      where u.username_fingerprint = s.username_fingerprint)
                         then 'username' end as \"column\"
         from pg_temp.user_import s
         left join pg_temp.user_imported i on i.line = s.line
         left join pg_temp.user_refused r on r.line = s.line
         left join by_email e on e.email::text = s.email::text
         left join by_username n on n.username_fingerprint = s.username_fingerprint
         where i.line is null
         order by s.line",
    );
    for row in query.load_iter::<LeftOut, PgRowByRowLoadingMode>(conn)? {
        let LeftOut { line, username, refused_by, column } = row?;
        let clash = match (refused_by, column) {
            (Some(by), _) => clash(&keys, by),
            (None, Some(column)) => Clash::Column(column),
            (None, None) => {
                return Err(Error::Refused(format!(
                    "line {line}: nothing of `{username}` is taken, and the database did not insert the \
                     row: a trigger prevents it; nothing was imported; see `iamctl db check`"
                )));
            }
        };
        skipped(Skipped { line, username, clash })?;
    }
    // Raw: see above.
    let imported = diesel::dsl::sql::<BigInt>("(select count(*) from pg_temp.user_imported)");
    let imported: i64 = diesel::select(imported).get_result(conn)?;
    Ok(imported.unsigned_abs())
}

/// A unique or exclusion key of the table.
#[derive(Debug, QueryableByName)]
struct Key {
    #[diesel(sql_type = Text)]
    name: StoredText,
    /// Where it is a key of one of our columns, and of nothing else.
    #[diesel(sql_type = Nullable<Text>)]
    column: Option<StoredText>,
    #[diesel(sql_type = Bool)]
    deferrable: bool,
    #[diesel(sql_type = Bool)]
    exclusion: bool,
    /// From USING on.
    #[diesel(sql_type = Text)]
    definition: StoredText,
}

impl Key {
    fn all(conn: &mut PgConnection) -> QueryResult<Vec<Self>> {
        // Raw: the catalogue.
        diesel::sql_query(
            "select (select c.relname::pg_catalog.text from pg_catalog.pg_class c
                     where c.oid = i.indexrelid) as name,
                    (select case a.attname when 'id' then 'id' when 'email' then 'email'
                                           when 'username_fingerprint' then 'username' end
                     from pg_catalog.pg_attribute a
                     where a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                       and i.indisunique and i.indnkeyatts = 1 and i.indpred is null) as \"column\",
                    not i.indimmediate as deferrable, i.indisexclusion as exclusion,
                    pg_catalog.regexp_replace(pg_catalog.pg_get_indexdef(i.indexrelid),
                                              '^.*? USING ', 'USING ') as definition
             from pg_catalog.pg_index i
             where i.indrelid = pg_catalog.to_regclass('users')::pg_catalog.oid
               and (i.indisunique or i.indisexclusion)",
        )
        .load(conn)
    }

    /// Whether it can refuse a row whose id, username and email are free, or stands in the way of ON CONFLICT.
    fn needs_single_rows(&self) -> bool {
        self.deferrable
            || self.exclusion
            || !additions::holds_a_key_of_ours("users", &self.definition)
    }
}

/// Whether several of the staged rows have one id.
fn has_repeated_ids(conn: &mut PgConnection) -> QueryResult<bool> {
    // Raw: see `insert`.
    let repeated = diesel::dsl::sql::<Bool>(
        "exists (select from pg_temp.user_import group by id having pg_catalog.count(*) > 1)",
    );
    diesel::select(repeated).get_result(conn)
}

/// What the key of this name says of a row.
fn clash(keys: &[Key], by: StoredText) -> Clash {
    let column = keys.iter().find(|key| key.name == by).and_then(|key| key.column.as_ref());
    match column {
        Some(column) => Clash::Column(column.clone()),
        None => Clash::Other(by),
    }
}

/// A row that was not inserted.
#[derive(Debug, QueryableByName)]
struct LeftOut {
    #[diesel(sql_type = BigInt)]
    line: i64,
    #[diesel(sql_type = Text)]
    username: StoredText,
    /// The constraint or unique index, where rows were inserted one by one.
    #[diesel(sql_type = Nullable<Text>)]
    refused_by: Option<StoredText>,
    /// `None` where no user has any of its keys.
    #[diesel(sql_type = Nullable<Text>)]
    column: Option<StoredText>,
}

/// Fails where a trigger changed the id of a row: nothing tells then which row of the input it was.
fn refuse_changed_ids(conn: &mut PgConnection) -> Result<()> {
    // Raw: see `insert`.
    let changed =
        diesel::dsl::sql::<Bool>("exists (select from pg_temp.user_imported where line is null)");
    if diesel::select(changed).get_result(conn)? {
        return Err(Error::Refused(
            "a trigger of the database changes the ids of new users; nothing was imported; see \
             `iamctl db check`"
                .to_owned(),
        ));
    }
    Ok(())
}
