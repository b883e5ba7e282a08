//! The id of what this run changes, and the numbers of its transactions.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI32, Ordering};

use uuid::Uuid;

/// What one run of a command changes. Its connections, its audit rows and its output share it.
#[derive(Debug, Clone)]
pub struct Change(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    id: Uuid,
    /// The number of transactions so far.
    steps: AtomicI32,
    /// The last transaction that wrote audit rows; 0 before there is one.
    audited: AtomicI32,
    /// One that did is committed.
    is_committed: AtomicBool,
    /// A COMMIT got no answer, and the audit log shows that the change was made.
    was_found: AtomicBool,
}

/// One transaction of a change. The defaults of `admin_audit_log` read it from the setting `iamctl.change`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    pub change: Uuid,
    /// From 1 on.
    pub number: i32,
}

impl Change {
    /// With an id that no other run has.
    pub fn new() -> Self {
        Self(Arc::new(Shared {
            id: Uuid::new_v4(),
            steps: AtomicI32::new(0),
            audited: AtomicI32::new(0),
            is_committed: AtomicBool::new(false),
            was_found: AtomicBool::new(false),
        }))
    }

    pub fn id(&self) -> Uuid {
        self.0.id
    }

    /// The next transaction, on whichever connection.
    pub fn next_step(&self) -> Step {
        Step { change: self.0.id, number: self.0.steps.fetch_add(1, Ordering::SeqCst) + 1 }
    }

    /// Notes that the open transaction has written audit rows.
    pub fn audited(&self) {
        self.0.audited.store(self.0.steps.load(Ordering::SeqCst), Ordering::SeqCst);
    }

    /// Whether this transaction has written audit rows. Of several at once, the last one that began counts.
    pub fn has_audited(&self, step: Step) -> bool {
        self.0.audited.load(Ordering::SeqCst) == step.number
    }

    /// Notes that the transaction is committed.
    pub fn committed(&self, step: Step) {
        if self.has_audited(step) {
            self.0.is_committed.store(true, Ordering::SeqCst);
        }
    }

    /// Its id, once it has written audit rows; `None` before, where nothing was to change, and where they were rolled
    /// back.
    pub fn audited_id(&self) -> Option<Uuid> {
        let audited = self.0.audited.load(Ordering::SeqCst);
        let is_open = audited > 0 && audited == self.0.steps.load(Ordering::SeqCst);
        (is_open || self.0.is_committed.load(Ordering::SeqCst)).then_some(self.0.id)
    }

    /// Notes that the audit log shows a change whose COMMIT got no answer.
    pub fn found(&self, step: Option<Step>) {
        if let Some(step) = step.filter(|step| self.has_audited(*step)) {
            self.committed(step);
            self.0.was_found.store(true, Ordering::SeqCst);
        }
    }

    pub fn was_found(&self) -> bool {
        self.0.was_found.load(Ordering::SeqCst)
    }

    /// The command that shows its entries in the audit log.
    pub fn command(&self) -> String {
        format!("iamctl audit list --change {}", self.0.id)
    }
}

impl Step {
    /// The key of the advisory lock that its transaction holds, which no other transaction has.
    pub fn lock_key(self) -> i64 {
        let (_, random) = self.change.as_u64_pair();
        (random ^ u64::from(self.number.unsigned_abs())).cast_signed()
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.change, self.number)
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Change;

    #[test]
    fn a_change_has_an_id_once_it_has_audit_rows() {
        let change = Change::new();
        let first = change.next_step();
        assert_eq!(change.audited_id(), None);
        change.audited();
        assert!(change.has_audited(first));
        assert_eq!(change.audited_id(), Some(change.id()));
        // It was rolled back, and the next attempt has nothing to do.
        let second = change.next_step();
        assert!(!change.has_audited(second));
        assert_eq!(change.audited_id(), None);
        change.audited();
        change.committed(second);
        change.next_step();
        assert_eq!(change.audited_id(), Some(change.id()));
    }

    #[test]
    fn each_step_has_its_number_and_its_lock() {
        let change = Change::new();
        let steps: Vec<_> = (0..1000).map(|_| change.next_step()).collect();
        assert_eq!(steps[0].to_string(), format!("{}/1", change.id()));
        assert!(steps.iter().all(|step| step.change == change.id()));
        let keys: HashSet<_> = steps.iter().map(|step| step.lock_key()).collect();
        assert_eq!(keys.len(), steps.len());
    }
}
