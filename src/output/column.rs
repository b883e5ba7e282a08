//! The columns of a record.

use super::Cell;
use super::field::{self, Field};
use crate::domain::Changed;

/// A key of a record: its name and type, and how to read its value.
pub struct Column<R: ?Sized> {
    field: Field,
    /// What a table calls it.
    pub(super) heading: &'static str,
    /// A table shows it without `--columns`.
    pub(super) in_table: bool,
    pub(super) cell: Box<dyn Fn(&R) -> Cell<'_>>,
}

/// A column that every format shows.
pub fn shown<R: 'static>(field: Field, cell: fn(&R) -> Cell<'_>) -> Column<R> {
    Column { heading: field.name, in_table: true, cell: Box::new(cell), field }
}

/// A column of the machine formats, and of a table that asks for it with `--columns`.
pub fn detail<R: 'static>(field: Field, cell: fn(&R) -> Cell<'_>) -> Column<R> {
    Column { in_table: false, ..shown(field, cell) }
}

impl<R> Column<R> {
    pub fn name(&self) -> &'static str {
        self.field.name
    }

    /// Whether a table shows it without `--columns`.
    pub fn in_tables(self, in_table: bool) -> Self {
        Self { in_table, ..self }
    }

    /// With another name in a table's header.
    pub fn headed(self, heading: &'static str) -> Self {
        Self { heading, ..self }
    }
}

/// The columns of a record that is a part of another one.
pub fn columns_of<Whole: 'static, Part: Record>(part: fn(&Whole) -> &Part) -> Vec<Column<Whole>> {
    Part::columns()
        .into_iter()
        .map(|Column { field, heading, in_table, cell }| Column {
            field,
            heading,
            in_table,
            cell: Box::new(move |whole| cell(part(whole))),
        })
        .collect()
}

/// What a command prints: columns, and an identifier.
pub trait Record: Sized + 'static {
    /// The keys in the order in which they are printed.
    fn columns() -> Vec<Column<Self>>;
    /// What `-o id` prints; `None` prints nothing.
    fn id(&self) -> Option<String>;
}

/// The names and types of a record's columns, in the order in which they are printed.
pub fn fields_of<R: Record>() -> Vec<Field> {
    R::columns().into_iter().map(|column| column.field).collect()
}

impl<R: Record> Record for Changed<R> {
    fn columns() -> Vec<Column<Self>> {
        let mut columns = columns_of(|it: &Self| &it.record);
        columns.push(shown(field::flag("changed"), |it| it.changed.into()));
        columns
    }

    fn id(&self) -> Option<String> {
        self.record.id()
    }
}
