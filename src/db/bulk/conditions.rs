//! The conditions of a purge's raw queries.

use std::fmt::Write as _;

use diesel::pg::Pg;
use diesel::query_builder::{BoxedSqlQuery, SqlQuery};

/// A raw query whose parameters are bound one after the other.
pub type RawQuery<'a> = BoxedSqlQuery<'a, Pg, SqlQuery>;

type Bind<'a> = Box<dyn Fn(RawQuery<'a>) -> RawQuery<'a> + 'a>;

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

    /// What follows `where`.
    pub fn sql(&self) -> String {
        format!("true{}", self.sql)
    }

    /// Binds all parameters, from `$1` on.
    pub fn bind(&self, query: RawQuery<'a>) -> RawQuery<'a> {
        self.binds.iter().fold(query, |query, bind| bind(query))
    }
}
