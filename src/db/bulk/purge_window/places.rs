//! How many rows there are to delete, and between which places of the table.

use diesel::connection::SimpleConnection as _;
use diesel::pg::PgConnection;
use diesel::prelude::*;
use diesel::sql_types::{Json, Nullable};
use serde_json::Value;

use super::Expired;
use crate::db::types::{Place, Tid};

impl Expired {
    /// How many rows these are, as the planner estimates; at least one.
    pub fn estimate(&self, conn: &mut PgConnection) -> QueryResult<f64> {
        Ok(self.plan(conn, "")?["Plan Rows"].as_f64().unwrap_or_default())
    }

    /// The same rows, known to lie between the first and the last of them, if an index tells which these are: where
    /// PostgreSQL would read the table for it, the rows as they are. `None` where there are none.
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
        let ends = "min(ctid) as first, max(ctid) as last";
        // Raw: SET takes no parameters. A plain index scan would visit a page once for each row. Parallel workers
        // make a scan of the table look cheaper than it is for the DELETE, which has none.
        conn.batch_execute(
            "set local enable_indexscan = off; set local max_parallel_workers_per_gather = 0",
        )?;
        if scans_a_table(&self.plan(conn, ends)?) {
            return Ok(Some(self.clone()));
        }
        let rows = self.conditions();
        // Raw: see `row_by_index`.
        let query =
            diesel::sql_query(format!("select {ends} from {} where {}", self.part, rows.sql()));
        let Ends { first, last } = rows.bind(query.into_boxed()).get_result(conn)?;
        Ok(first.zip(last).map(|places| Self { places: Some(places), ..self.clone() }))
    }

    /// What PostgreSQL would do to read these columns of the rows.
    fn plan(&self, conn: &mut PgConnection, columns: &str) -> QueryResult<Value> {
        #[derive(QueryableByName)]
        struct Explained {
            #[diesel(sql_type = Json, column_name = "QUERY PLAN")]
            plan: Value,
        }
        let rows = self.conditions();
        // Raw: EXPLAIN.
        let query = diesel::sql_query(format!(
            "explain (format json) select {columns} from {} where {}",
            self.part,
            rows.sql()
        ));
        let explained: Explained = rows.bind(query.into_boxed()).get_result(conn)?;
        Ok(explained.plan[0]["Plan"].clone())
    }
}

/// Whether this part of a plan reads a whole table.
fn scans_a_table(plan: &Value) -> bool {
    let below = plan["Plans"].as_array().into_iter().flatten();
    plan["Node Type"] == "Seq Scan" || below.into_iter().any(scans_a_table)
}
