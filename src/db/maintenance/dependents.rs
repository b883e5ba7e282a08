//! What depends on a column that gets another type. Raw SQL throughout: the catalogue.
//!
//! ALTER TABLE goes on to partitions and to tables that inherit the column, and so does the search.

use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Bool, Text};

use crate::domain::StoredText;

#[derive(QueryableByName)]
struct Dependent {
    #[diesel(sql_type = Text)]
    name: StoredText,
}

/// The default that a partition has in place of its table's.
#[derive(QueryableByName)]
pub struct OtherDefault {
    /// The name of the partition, as SQL takes it.
    #[diesel(sql_type = Text)]
    pub of: StoredText,
    #[diesel(sql_type = Text)]
    pub default: StoredText,
}

/// What uses the column $2 of the table $1: its foreign keys if $3, and as a time if it is one of $4.
const OF_COLUMN: &str = "with recursive family as (
         select pg_catalog.to_regclass($1)::pg_catalog.oid as id
         union
         select i.inhrelid
         from family f
         join pg_catalog.pg_inherits i on i.inhparent = f.id
     ), altered as (
         select a.attrelid, a.attnum
         from pg_catalog.pg_attribute a
         where a.attrelid in (select id from family) and a.attname::pg_catalog.text = $2
     ), kind as (
         select name, pg_catalog.to_regclass(name)::pg_catalog.oid as id
         from pg_catalog.unnest(array[
             'pg_catalog.pg_rewrite', 'pg_catalog.pg_policy', 'pg_catalog.pg_trigger',
             'pg_catalog.pg_proc', 'pg_catalog.pg_publication_rel', 'pg_catalog.pg_attrdef'
         ]) as kind (name)
     ), expression as (
         select pg_catalog.format('check `%s`', conname::pg_catalog.text) as name,
                pg_catalog.pg_get_expr(conbin, conrelid) as text
         from pg_catalog.pg_constraint
         where conrelid in (select id from family) and contype = 'c' and coninhcount = 0
         union all
         select pg_catalog.format('index `%s`', c.relname::pg_catalog.text),
                pg_catalog.concat_ws(' ', pg_catalog.pg_get_expr(i.indexprs, i.indrelid),
                                     pg_catalog.pg_get_expr(i.indpred, i.indrelid))
         from pg_catalog.pg_index i
         join pg_catalog.pg_class c on c.oid = i.indexrelid
         where i.indrelid in (select id from family) and not c.relispartition
     ), of_two as (
         select name, text,
                pg_catalog.regexp_match(
                    text, '^\\((\\w+) (?:<|<=|>|>=|=|<>) (\\w+)\\)$') as columns
         from expression
     )
     select case
                when c.relkind in ('v', 'm')
                then pg_catalog.format('%s `%s.%s`',
                         case c.relkind when 'v' then 'view' else 'materialized view' end,
                         n.nspname::pg_catalog.text, c.relname::pg_catalog.text)
                when e.oid is not null
                then pg_catalog.format('generated column `%s`', g.attname::pg_catalog.text)
                when kind.name like '%publication_rel'
                then pg_catalog.format('row filter `%s`', o.identity)
                else pg_catalog.format('%s `%s`', o.type, o.identity)
            end as name
     from altered a
     join pg_catalog.pg_depend d
       on d.refclassid = pg_catalog.to_regclass('pg_catalog.pg_class')::pg_catalog.oid
          and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
     join kind on kind.id = d.classid
     cross join lateral pg_catalog.pg_identify_object(d.classid, d.objid, d.objsubid) o
     left join pg_catalog.pg_rewrite r on kind.name like '%pg_rewrite' and r.oid = d.objid
     left join pg_catalog.pg_class c on c.oid = r.ev_class
     left join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     left join pg_catalog.pg_attrdef e on kind.name like '%pg_attrdef' and e.oid = d.objid
     left join pg_catalog.pg_attribute g on g.attrelid = e.adrelid and g.attnum = e.adnum
     left join pg_catalog.pg_trigger t on kind.name like '%pg_trigger' and t.oid = d.objid
     where e.adnum is distinct from a.attnum and (t.oid is null or t.tgparentid = 0::pg_catalog.oid)
     union
     -- Up to PostgreSQL 14 the column itself depends on what its expression uses.
     select pg_catalog.format('generated column `%s`', g.attname::pg_catalog.text)
     from altered a
     join pg_catalog.pg_depend d
       on d.classid = pg_catalog.to_regclass('pg_catalog.pg_class')::pg_catalog.oid
          and d.objid = a.attrelid and d.refclassid = d.classid
          and d.refobjid = a.attrelid and d.refobjsubid = a.attnum
     join pg_catalog.pg_attribute g
       on g.attrelid = d.objid and g.attnum = d.objsubid and g.attgenerated <> ''
     union
     select pg_catalog.format('partition key of `%s`',
                              a.attrelid::pg_catalog.regclass::pg_catalog.text)
     from altered a
     join pg_catalog.pg_partitioned_table p on p.partrelid = a.attrelid
     where a.attnum = any (p.partattrs)
        or exists (select from pg_catalog.pg_depend d
                   where d.classid = pg_catalog.to_regclass('pg_catalog.pg_class')::pg_catalog.oid
                     and d.objid = a.attrelid and d.objsubid = 0
                     and d.refclassid = d.classid and d.refobjid = a.attrelid
                     and d.refobjsubid = a.attnum)
     union
     select pg_catalog.format('foreign key `%s` of `%s`', k.conname::pg_catalog.text,
                              k.conrelid::pg_catalog.regclass::pg_catalog.text)
     from altered a
     join pg_catalog.pg_constraint k
       on k.conrelid = a.attrelid and a.attnum = any (k.conkey)
          or k.confrelid = a.attrelid and a.attnum = any (k.confkey)
     where k.contype = 'f' and k.conparentid = 0::pg_catalog.oid and $3
     union
     select name from of_two
     where $2 = any ($4)
       and pg_catalog.regexp_replace(
               text, pg_catalog.concat('\\m', $2, '\\M IS (NOT )?NULL'), '', 'g')
           ~ pg_catalog.concat('\\m', $2, '\\M')
       and (columns operator(pg_catalog.<@) $4) is not true
     order by name";

/// The objects that keep PostgreSQL from changing the type of a column: views, rules, policies, triggers
/// and functions that name it, generated columns, row filters, a partition key, and, where values would be
/// compared in another way, foreign keys. Where the column is one of the `times` that get a zone or lose it,
/// also checks and indexes that compare it with something else than another of them, or than NULL: PostgreSQL
/// would go on with the time zone of the session.
pub fn of_column(
    conn: &mut PgConnection,
    table: &str,
    column: &str,
    foreign_keys: bool,
    times: &[&str],
) -> QueryResult<Vec<StoredText>> {
    // Raw: the catalogue has no typed tables.
    let found: Vec<Dependent> = diesel::sql_query(OF_COLUMN)
        .bind::<Text, _>(table)
        .bind::<Text, _>(column)
        .bind::<Bool, _>(foreign_keys)
        .bind::<Array<Text>, _>(times)
        .load(conn)?;
    Ok(found.into_iter().map(|dependent| dependent.name).collect())
}

/// The publications that send the column, or that of a partition. A subscriber would read the text of a time
/// that has got a zone, or lost it, in a zone of its own.
pub fn publications(
    conn: &mut PgConnection,
    table: &str,
    column: &str,
) -> QueryResult<Vec<StoredText>> {
    // PostgreSQL 14 has no lists of columns.
    let found: Vec<Dependent> = diesel::sql_query(
        "with recursive family as (
             select pg_catalog.to_regclass($1)::pg_catalog.oid as id
             union
             select i.inhrelid
             from family f
             join pg_catalog.pg_inherits i on i.inhparent = f.id
         )
         select distinct p.pubname::pg_catalog.text as name
         from family f
         join pg_catalog.pg_class c on c.oid = f.id
         join pg_catalog.pg_namespace n on n.oid = c.relnamespace
         join pg_catalog.pg_publication_tables p
           on p.schemaname = n.nspname and p.tablename = c.relname
         where coalesce(
                   pg_catalog.jsonb_exists(pg_catalog.to_jsonb(p) operator(pg_catalog.->) 'attnames', $2),
                   true)
         order by 1",
    )
    .bind::<Text, _>(table)
    .bind::<Text, _>(column)
    .load(conn)?;
    Ok(found.into_iter().map(|dependent| dependent.name).collect())
}

/// The defaults that partitions and tables that inherit the column have in place of its own. A change of that
/// one would take theirs away.
pub fn other_defaults(
    conn: &mut PgConnection,
    table: &str,
    column: &str,
) -> QueryResult<Vec<OtherDefault>> {
    diesel::sql_query(
        "with recursive family as (
             select pg_catalog.to_regclass($1)::pg_catalog.oid as id
             union
             select i.inhrelid
             from family f
             join pg_catalog.pg_inherits i on i.inhparent = f.id
         ), of_family as (
             select f.id, pg_catalog.pg_get_expr(d.adbin, d.adrelid) as text
             from family f
             join pg_catalog.pg_attribute a on a.attrelid = f.id
             join pg_catalog.pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
             where a.attname::pg_catalog.text = $2 and a.attgenerated = ''
         )
         select o.id::pg_catalog.regclass::pg_catalog.text as of, o.text as \"default\"
         from of_family o
         left join of_family root on root.id = pg_catalog.to_regclass($1)::pg_catalog.oid
         where o.id <> pg_catalog.to_regclass($1)::pg_catalog.oid
           and o.text is distinct from root.text
         order by 1",
    )
    .bind::<Text, _>(table)
    .bind::<Text, _>(column)
    .load(conn)
}

/// The columns of the row type of a table, or of an array of it, in other tables. They keep PostgreSQL from
/// altering it.
pub fn of_row_type(conn: &mut PgConnection, table: &str) -> QueryResult<Vec<StoredText>> {
    let found: Vec<Dependent> = diesel::sql_query(
        "with recursive family as (
             select pg_catalog.to_regclass($1)::pg_catalog.oid as id
             union
             select i.inhrelid
             from family f
             join pg_catalog.pg_inherits i on i.inhparent = f.id
         ), built as (
             select t.oid
             from pg_catalog.pg_type t
             where t.typrelid in (select id from family)
             union
             select t.oid
             from built b
             join pg_catalog.pg_depend d
               on d.refclassid = pg_catalog.to_regclass('pg_catalog.pg_type')::pg_catalog.oid
                  and d.refobjid = b.oid
             join pg_catalog.pg_type t
               on d.classid = d.refclassid and t.oid = d.objid
                  or d.classid = pg_catalog.to_regclass('pg_catalog.pg_class')::pg_catalog.oid
                     and d.objsubid <> 0 and t.typrelid = d.objid and t.typtype = 'c'
         )
         select pg_catalog.format('%s.%s', a.attrelid::pg_catalog.regclass::pg_catalog.text,
                                  a.attname::pg_catalog.text) as name
         from built b
         join pg_catalog.pg_attribute a on a.atttypid = b.oid and not a.attisdropped
         join pg_catalog.pg_class c on c.oid = a.attrelid
         where c.relkind in ('r', 'p', 'm')
         order by 1",
    )
    .bind::<Text, _>(table)
    .load(conn)?;
    Ok(found.into_iter().map(|dependent| dependent.name).collect())
}
