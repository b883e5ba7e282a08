//! Whether the names are free that migrations need.

use diesel::pg::PgConnection;

use super::actual_schema;
use super::expected_schema::{INDEXES, MIGRATIONS};
use super::migration_sql::{Names, names_made_by};
use super::namesakes;
use crate::error::Result;

/// Fails unless all names are free that these migrations need, and that of their list, unless the database
/// has it. An index that is there already, as the migration would make it, is kept.
pub fn require_free(conn: &mut PgConnection, versions: &[&str], has_list: bool) -> Result<()> {
    let mut names = Names::default();
    for version in versions {
        names.extend(names_made_by(version));
    }
    if !has_list {
        names.relations.push(MIGRATIONS);
        names.types.push(MIGRATIONS);
    }
    let mut taken = namesakes::read(conn, &names)?;
    if taken.is_empty() {
        return Ok(());
    }
    let actual = actual_schema::read(conn)?;
    taken.retain(|namesake| {
        let wanted = INDEXES.iter().find(|index| index.name == namesake.name);
        wanted.is_none_or(|index| actual.index(index.table, index.definition).is_none())
    });
    namesakes::refuse(&taken)
}
