//! Builds the conditions of a purge's raw queries.

use diesel::pg::Pg;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};

/// A raw query; its parameters are bound one after the other.
pub type RawQuery<'a> = BoxedSqlQuery<'a, Pg, SqlQuery>;

type Bind<'a> = Box<dyn Fn(RawQuery<'a>) -> RawQuery<'a> + 'a>;

/// Conditions joined by AND. Parameters are numbered in the order in which conditions are added.
#[derive(Default)]
pub struct Conditions<'a> {
    sql: String,
    parameters: usize,
    binds: Vec<Bind<'a>>,
}

impl<'a> Conditions<'a> {
    /// Adds a condition without parameters.
    pub fn add(&mut self, condition: &str) {
        self.sql.push_str(" and ");
        self.sql.push_str(condition);
    }

    /// Adds a condition in which each `{}` stands for a parameter; `bind` binds them in that order.
    pub fn add_bound(&mut self, condition: &str, bind: impl Fn(RawQuery<'a>) -> RawQuery<'a> + 'a) {
        self.binds.push(Box::new(bind));
        let mut parts = condition.split("{}");
        let mut numbered = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            numbered += &self.next_placeholder();
            numbered += part;
        }
        self.add(&numbered);
    }

    /// Binds a parameter for a part of the query that follows the conditions, and returns its placeholder.
    pub fn bind_behind(&mut self, bind: impl Fn(RawQuery<'a>) -> RawQuery<'a> + 'a) -> String {
        self.binds.push(Box::new(bind));
        self.next_placeholder()
    }

    fn next_placeholder(&mut self) -> String {
        self.parameters += 1;
        format!("${}", self.parameters)
    }

    /// The text that follows `where`.
    pub fn sql(&self) -> String {
        format!("true{}", self.sql)
    }

    /// Binds all parameters, from `$1` on.
    pub fn bind(&self, query: RawQuery<'a>) -> RawQuery<'a> {
        self.binds.iter().fold(query, |query, bind| bind(query))
    }
}
