//! What `iamctl user offboard` shows to people: a line for each kind of row.

use std::rc::Rc;

use super::offboarded_row::{AffectedRow, Kind};
use crate::db::users::User;
use crate::output::{Column, Record, field, shown};

/// How many rows of a user and a kind had the same outcome.
pub struct OutcomeCount {
    user: Rc<User>,
    kind: Kind,
    outcome: &'static str,
    count: usize,
}

/// Counts the rows, which come user by user.
pub fn summary(rows: &[AffectedRow]) -> Vec<OutcomeCount> {
    let mut counts: Vec<OutcomeCount> = Vec::new();
    for AffectedRow { user, row } in rows {
        let of_user = counts.iter_mut().rev().take_while(|count| count.user.id == user.id);
        let mut same =
            of_user.filter(|count| (count.kind, count.outcome) == (row.kind, row.outcome));
        if let Some(same) = same.next() {
            same.count += 1;
        } else {
            let (user, kind, outcome) = (Rc::clone(user), row.kind, row.outcome);
            counts.push(OutcomeCount { user, kind, outcome, count: 1 });
        }
    }
    counts
}

impl Record for OutcomeCount {
    fn columns() -> Vec<Column<Self>> {
        vec![
            shown(field::text("username"), |count| count.user.username.as_str().into()),
            shown(field::one_of("kind", Kind::ALL.map(Kind::name)), |count| {
                count.kind.name().into()
            }),
            shown(field::integer("count"), |count| count.count.into()),
            shown(field::text("outcome"), |count| count.outcome.into()),
        ]
    }

    fn id(&self) -> Option<String> {
        None
    }
}
