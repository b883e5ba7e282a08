//! Pieces of conditions that several lists share.

use std::fmt::Write as _;

use diesel::pg::{Pg, PgConnection, PgRowByRowLoadingMode};
use diesel::prelude::*;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};
use diesel::sql_types::{BigInt, Bool};

use crate::error::Result;

/// A raw query whose parameters are bound one after the other.
pub type Query<'a> = BoxedSqlQuery<'a, Pg, SqlQuery>;

type Bind<'a> = Box<dyn Fn(Query<'a>) -> Query<'a> + 'a>;

/// The conditions of a raw query. Each brings its parameter, numbered as it is added, so that one
/// condition can stand in several branches of a UNION.
#[derive(Default)]
pub struct Conditions<'a> {
    sql: String,
    parameters: usize,
    binds: Vec<Bind<'a>>,
}

impl<'a> Conditions<'a> {
    /// A condition without a parameter.
    pub fn add(&mut self, condition: &str) {
        self.sql.push_str(" and ");
        self.sql.push_str(condition);
    }

    /// A condition in which each `{}` stands for a parameter; `bind` binds them in that order.
    pub fn add_bound(&mut self, condition: &str, bind: impl Fn(Query<'a>) -> Query<'a> + 'a) {
        self.binds.push(Box::new(bind));
        let mut numbered = String::new();
        for (index, part) in condition.split("{}").enumerate() {
            if index > 0 {
                self.parameters += 1;
                // Writing to a String cannot fail.
                _ = write!(numbered, "${}", self.parameters);
            }
            numbered.push_str(part);
        }
        self.add(&numbered);
    }

    /// What follows `where`.
    pub fn sql(&self) -> String {
        format!("true{}", self.sql)
    }

    /// Binds all parameters, from `$1` on.
    pub fn bind(&self, query: Query<'a>) -> Query<'a> {
        self.binds.iter().fold(query, |query, bind| bind(query))
    }

    /// Hands the rows of the query `sql`, which holds these conditions, to `each` as they arrive.
    pub fn each_row<R>(
        &self,
        conn: &mut PgConnection,
        sql: String,
        mut each: impl FnMut(R) -> Result<()>,
    ) -> Result<()>
    where
        R: QueryableByName<Pg> + 'static,
    {
        let query = self.bind(diesel::sql_query(sql).into_boxed());
        for row in query.load_iter::<R, PgRowByRowLoadingMode>(conn)? {
            each(row?)?;
        }
        Ok(())
    }

    /// The number in the column `count` of the query `sql`, which holds these conditions.
    pub fn count(&self, conn: &mut PgConnection, sql: String) -> Result<i64> {
        count(conn, self.bind(diesel::sql_query(sql).into_boxed()))
    }
}

/// The number in the column `count` of the one row of `query`.
pub fn count(conn: &mut PgConnection, query: Query<'_>) -> Result<i64> {
    #[derive(QueryableByName)]
    struct Count {
        #[diesel(sql_type = BigInt)]
        count: i64,
    }
    let Count { count } = query.get_result(conn)?;
    Ok(count)
}

/// The answer in the column `holds` of the one row of `query`.
pub fn holds(conn: &mut PgConnection, query: Query<'_>) -> Result<bool> {
    #[derive(QueryableByName)]
    struct Holds {
        #[diesel(sql_type = Bool)]
        holds: bool,
    }
    let Holds { holds } = query.get_result(conn)?;
    Ok(holds)
}

/// A LIKE pattern for what starts with `text` and then `rest`; `text` matches itself only.
pub fn starts_with(text: &str, rest: &str) -> String {
    format!("{}{rest}%", escaped(text))
}

/// A LIKE pattern for what contains `text`.
pub fn contains(text: &str) -> String {
    format!("%{}%", escaped(text))
}

fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for char in text.chars() {
        if matches!(char, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(char);
    }
    pattern
}

#[cfg(test)]
mod tests {
    #[test]
    fn wildcards_of_the_operator_match_themselves() {
        assert_eq!(super::contains("a_b%c\\"), "%a\\_b\\%c\\\\%");
    }
}
