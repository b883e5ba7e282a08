//! Tables of others that belong to users by a `user_id`, and by no foreign key.

use crate::domain::StoredText;
use chrono::{DateTime, Utc};
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Array, Text, Timestamptz};

use super::expected_schema::service_tables;

/// The tables, and the database's clock as it runs: a change that reads it needs no round trip more.
#[derive(QueryableByName)]
pub struct SideTables {
    #[diesel(sql_type = Timestamptz)]
    pub at: DateTime<Utc>,
    /// Each with its schema and the column, as in `public.orders (user_id)`, where the role may use the
    /// schema.
    #[diesel(sql_type = Array<Text>)]
    pub names: Vec<StoredText>,
}

pub fn read(conn: &mut PgConnection) -> QueryResult<SideTables> {
    // Raw: the catalogue. A column of a foreign key belongs to what it refers to.
    diesel::sql_query(
        "select pg_catalog.clock_timestamp() as at, array(
             select pg_catalog.format('%I.%I (user_id)', n.nspname, c.relname)
             from pg_catalog.pg_attribute a
                  join pg_catalog.pg_class c on c.oid = a.attrelid
                  join pg_catalog.pg_namespace n on n.oid = c.relnamespace
             where a.attname = 'user_id'::pg_catalog.name and not a.attisdropped
               and a.atttypid = any (array['pg_catalog.uuid'::pg_catalog.regtype::pg_catalog.oid,
                                           'pg_catalog.text'::pg_catalog.regtype::pg_catalog.oid,
                                           'pg_catalog.varchar'::pg_catalog.regtype::pg_catalog.oid,
                                           'pg_catalog.bpchar'::pg_catalog.regtype::pg_catalog.oid])
               and c.relkind in ('r', 'p', 'f') and not c.relispartition and c.relpersistence <> 't'
               and n.nspname <> 'information_schema'::pg_catalog.name
               and not pg_catalog.starts_with(n.nspname::pg_catalog.text, 'pg_')
               and pg_catalog.has_schema_privilege(n.oid, 'usage')
               and not exists (select from pg_catalog.unnest($1) as ours (name)
                               where pg_catalog.to_regclass(ours.name)::pg_catalog.oid = c.oid)
               and not exists (select from pg_catalog.pg_constraint k
                               where k.conrelid = c.oid and k.contype = 'f'
                                 and a.attnum = any (k.conkey))
             order by 1) as names",
    )
    .bind::<Array<Text>, _>(service_tables())
    .get_result(conn)
}
