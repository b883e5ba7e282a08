use clap::Args;

use crate::context::Context;
use crate::db::Access;
use crate::db::connection::deadline;
use crate::domain::counted;
use crate::error::{Error, Result};
use crate::interrupt;
use crate::output::{Format, Record};
use crate::terminal::Pager;

/// The default limit of a table.
const ROWS_IN_A_TABLE: u32 = 100;

/// How much of a list to print.
#[derive(Debug, Clone, Args)]
pub struct Paging {
    /// Print at most this many rows
    ///
    /// [default: 100 in a table, else all]
    #[arg(long, value_name = "ROWS", value_parser = rows)]
    limit: Option<u32>,
    /// Print all rows, in a table too
    #[arg(long, conflicts_with = "limit")]
    all: bool,
    /// Show the list with $PAGER, on a terminal
    ///
    /// Tables only. The variable `IAMCTL_PAGER` names a pager for every list.
    #[arg(long, conflicts_with = "count", hide_short_help = true)]
    pager: bool,
    /// Print only the number of rows
    #[arg(long, conflicts_with_all = ["limit", "all"])]
    pub count: bool,
}

fn rows(text: &str) -> Result<u32, &'static str> {
    match text.parse() {
        Ok(rows) if rows > 0 => Ok(rows),
        _ => Err("give a number of rows from 1 on, such as `--limit 20`, or --all"),
    }
}

impl Paging {
    fn most(&self, format: Format) -> Option<u32> {
        match self.limit {
            Some(limit) => Some(limit),
            None if format == Format::Table && !self.all => Some(ROWS_IN_A_TABLE),
            None => None,
        }
    }

    /// A list with a limit runs under the statement timeout. A complete list or a count does not.
    pub fn access(&self, format: Format) -> Access {
        if !self.count && self.most(format).is_some() {
            Access::READ
        } else {
            Access::READ.bulk(true)
        }
    }

    /// Prints the rows that `fetch` finds. A notice says so where there are none, or more than the limit.
    /// `plural` names the rows, such as "sessions"; `searched` is the texts that it looks for.
    ///
    /// `fetch` gets the number of rows to look for, `None` for all, and a function to call with
    /// each row. Returns how many rows were printed.
    pub fn print<R: Record>(
        &self,
        context: &mut Context,
        plural: &str,
        searched: &[&str],
        fetch: impl FnOnce(Option<i64>, &mut dyn FnMut(R) -> Result<()>) -> Result<()>,
    ) -> Result<u64> {
        let most = self.most(context.output.format);
        let is_shown = context.output.format == Format::Table && context.output.screen.is_terminal;
        let mut pager = match Pager::chosen(self.pager).filter(|_| is_shown) {
            Some(command) => Some(Pager::start(command, &context.interrupt)?),
            None => None,
        };
        let mut rows = context.output.list::<R>()?;
        let mut printed = 0;
        let mut last = None;
        let mut more = false;
        // One row more than the limit shows whether there are more.
        let fetched = fetch(most.map(|most| i64::from(most) + 1), &mut |record| {
            if most.is_some_and(|most| printed == u64::from(most)) {
                more = true;
                return Ok(());
            }
            printed += 1;
            let printed_row = deadline::pause_while(|| rows.push(&record));
            if let (Err(Error::ReaderGone), Some(pager)) = (&printed_row, &mut pager) {
                pager.finish()?;
            }
            printed_row.inspect_err(interrupt::end_if_gone)?;
            if most.is_some_and(|most| printed == u64::from(most)) {
                last = record.id();
            }
            Ok(())
        });
        if printed == 0 { context.found(fetched, searched) } else { fetched }?;
        let finished = rows.finish();
        if let Some(mut pager) = pager {
            pager.finish()?;
        }
        finished?;
        if printed == 0 {
            context.terminal.notice(&format!("no {plural}"));
        }
        if more {
            let further = match last {
                Some(id) => format!("`--after {id}` continues, `--all` prints everything"),
                None => "`--all` prints everything".to_owned(),
            };
            context.terminal.notice(&format!(
                "printed {}, and there are more: {further}",
                counted(printed, "row")
            ));
        }
        Ok(printed)
    }
}
