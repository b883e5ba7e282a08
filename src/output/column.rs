//! The columns of a record.

use super::Cell;
use super::field::{self, Field};
use crate::change::Change;
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
    /// It shows what a command did with the database: the id of the change is its last column.
    const IS_OF_CHANGE: bool = false;
    /// It shows something of the database, and not of the private server.
    const IS_IN_DATABASE: bool = true;

    /// The keys in the order in which they are printed.
    fn columns() -> Vec<Column<Self>>;
    /// What `-o id` prints; `None` prints nothing.
    fn id(&self) -> Option<String>;
}

/// The column with the id of the change, which no table shows without `--columns`.
pub const CHANGE_ID: &str = "change_id";

/// The columns of a record, and the id of the change that this run makes; null where it has no audit rows.
pub fn columns_with_change<R: Record>(change: &Change) -> Vec<Column<R>> {
    let mut columns = R::columns();
    if R::IS_OF_CHANGE {
        let change = change.clone();
        columns.push(Column {
            field: field::uuid(CHANGE_ID).or_null(),
            heading: CHANGE_ID,
            in_table: false,
            cell: Box::new(move |_| change.audited_id().into()),
        });
    }
    columns
}

/// The names and types of a record's columns, in the order in which they are printed.
pub fn fields_of<R: Record>() -> Vec<Field> {
    columns_with_change::<R>(&Change::new()).into_iter().map(|column| column.field).collect()
}

impl<R: Record> Record for Changed<R> {
    const IS_OF_CHANGE: bool = R::IS_IN_DATABASE;

    fn columns() -> Vec<Column<Self>> {
        let mut columns = columns_of(|it: &Self| &it.record);
        columns.push(shown(field::flag("changed"), |it| it.changed.into()));
        columns
    }

    fn id(&self) -> Option<String> {
        self.record.id()
    }
}
