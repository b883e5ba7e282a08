//! How many rows there are to delete, and between which places of the table.

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Json, Nullable, Text};
use serde_json::Value;

use super::Expired;
use crate::db::types::{Place, Tid};

impl Expired {
    /// How many rows these are, as the planner estimates; at least one.
    pub fn estimate(&self, conn: &mut PgConnection) -> QueryResult<f64> {
        #[derive(QueryableByName)]
        struct Explained {
            #[diesel(sql_type = Json, column_name = "QUERY PLAN")]
            plan: Value,
        }
        let rows = self.conditions();
        // Raw: EXPLAIN.
        let query = diesel::sql_query(format!(
            "explain (format json) select from {} where {}",
            self.part,
            rows.sql()
        ));
        let explained: Explained = rows.bind(query.into_boxed()).get_result(conn)?;
        Ok(explained.plan[0]["Plan"]["Plan Rows"].as_f64().unwrap_or_default())
    }

    /// The same rows, without those that come to lie behind the present end of the table: a trigger may put each
    /// row back.
    pub fn before_the_end(&self, conn: &mut PgConnection) -> QueryResult<Self> {
        #[derive(QueryableByName)]
        struct End {
            #[diesel(sql_type = Tid)]
            last: Place,
        }
        // Raw: the place is made of the size of the file.
        let End { last } = diesel::sql_query(
            "select pg_catalog.format('(%s,0)', pg_catalog.pg_relation_size($1::pg_catalog.regclass)
                                                / pg_catalog.current_setting('block_size')::pg_catalog.int8
                                     )::pg_catalog.tid as last",
        )
        .bind::<Text, _>(&self.part)
        .get_result(conn)?;
        Ok(Self { places: Some((Place::START, last)), ..self.clone() })
    }

    /// The same rows, known to lie between the first and the last of them; `None` where there are none. Finds these two
    /// by the index of the times, and visits all of the rows, but no others.
    ///
    /// Settings that forbid other plans hold until the transaction ends.
    pub fn between_first_and_last(&self, conn: &mut PgConnection) -> QueryResult<Option<Self>> {
        #[derive(QueryableByName)]
        struct Ends {
            #[diesel(sql_type = Nullable<Tid>)]
            first: Option<Place>,
            #[diesel(sql_type = Nullable<Tid>)]
            last: Option<Place>,
        }
        // Raw: SET takes no parameters. A plain index scan would visit a page once for each of its rows.
        conn.batch_execute("set local enable_seqscan = off; set local enable_indexscan = off")?;
        let rows = self.conditions();
        // Raw: see `row_by_index`.
        let query = diesel::sql_query(format!(
            "select min(ctid) as first, max(ctid) as last from {} where {}",
            self.part,
            rows.sql()
        ));
        let Ends { first, last } = rows.bind(query.into_boxed()).get_result(conn)?;
        Ok(first.zip(last).map(|places| Self { places: Some(places), ..self.clone() }))
    }
}
