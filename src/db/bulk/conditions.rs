//! Builds the conditions of a purge's raw queries.

use std::fmt::Write as _;

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

    /// The text that follows `where`.
    pub fn sql(&self) -> String {
        format!("true{}", self.sql)
    }

    /// The placeholder of a parameter that is bound after all of these.
    pub fn next(&self) -> String {
        format!("${}", self.parameters + 1)
    }

    /// Binds all parameters, from `$1` on.
    pub fn bind(&self, query: RawQuery<'a>) -> RawQuery<'a> {
        self.binds.iter().fold(query, |query, bind| bind(query))
    }
}
