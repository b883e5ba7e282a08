//! Batches with rows that the database refuses to delete.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::Run;
use crate::commands::purging::window::{Table, Window};
use crate::db::Database;
use crate::db::bulk::purge_window::{Backlog, Expired};
use crate::error::{Error, Result};
use crate::panics::lock;

impl Run<'_> {
    /// Deletes the rows of a window but for those that the database refuses to delete, as where other rows refer
    /// to them or a trigger raises an error: takes it apart until each of these is alone. Returns those that are
    /// left; `None` where a limit ends the run before.
    pub(super) fn delete_apart(
        &self,
        window: &Window,
        table: Table,
        database: &mut Database,
    ) -> Result<Option<Backlog>> {
        let mut left = Backlog::default();
        let mut parts = window.halves(&mut lock(&self.lock))?;
        while let Some(part) = parts.pop() {
            self.rest(Duration::ZERO, database)?;
            if self.is_over() {
                self.limited.store(true, Ordering::SeqCst);
                return Ok(None);
            }
            match (self.delete(&part, table, database), &part.end) {
                (Err(error), Some(end)) if error.is_of_rows() && part.rows == 1 => {
                    left = left.plus(
                        lock(&self.lock).read(|conn| Ok(part.expired.left(conn, Some(end))?))?,
                    );
                    let id = lock(&self.lock).read(|conn| Ok(part.expired.id_at(conn, end)?))?;
                    let id = id.unwrap_or_else(|| "a row without an id".to_owned());
                    if self.is_about_no_row(&error, id, &window.expired, table, database)? {
                        return Err(error);
                    }
                }
                (Err(error), _) if error.is_of_rows() => {
                    parts.extend(part.halves(&mut lock(&self.lock))?);
                }
                (done, _) => left = left.plus(done?),
            }
        }
        // `Route::left` counts those of the last window.
        Ok(Some(if window.end.is_some() { left } else { Backlog::default() }))
    }

    /// Notes a row that could not be deleted. Returns whether the error is about no row, as that of a full disk: then
    /// the newest row cannot be deleted either, after many others.
    fn is_about_no_row(
        &self,
        error: &Error,
        id: String,
        expired: &Expired,
        table: Table,
        database: &mut Database,
    ) -> Result<bool> {
        let mut referred = lock(&self.referred);
        referred.add(error, id);
        let is_known = self.deleted() > 0 || self.about_rows.load(Ordering::SeqCst);
        if is_known || !referred.are_in_vain() {
            return Ok(false);
        }
        drop(referred);
        let Some(newest) = lock(&self.lock).read(|conn| Ok(expired.newest(conn)?))? else {
            return Ok(true);
        };
        let newest = Window { number: 0, expired: newest, end: None, rows: 1 };
        match self.delete(&newest, table, database) {
            Err(error) if error.is_raised() => return Ok(true),
            Err(error) if error.is_of_rows() => {}
            deleted => _ = deleted?,
        }
        self.about_rows.store(true, Ordering::SeqCst);
        Ok(false)
    }
}
