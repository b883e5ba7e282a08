//! Recognizes a deadlock in every language.

/// The lock modes, which PostgreSQL does not translate.
const MODES: [&str; 8] = [
    "AccessShareLock",
    "RowShareLock",
    "RowExclusiveLock",
    "ShareUpdateExclusiveLock",
    "ShareLock",
    "ShareRowExclusiveLock",
    "ExclusiveLock",
    "AccessExclusiveLock",
];

/// Whether this DETAIL of an error is that of a deadlock. It has one line for each process: its pid, the
/// mode of the lock that it waits for, and the pid of the process that has the lock. So each line shares
/// a number with the next, and the last one with the first.
pub fn is_detail_of_deadlock(detail: &str) -> bool {
    let lines: Vec<Vec<&str>> = detail.lines().map(words).collect();
    let next = lines.iter().cycle().skip(1);
    lines.len() > 1
        && lines.iter().all(|line| line.iter().any(|word| MODES.contains(word)))
        && lines.iter().zip(next).all(|(line, next)| shares_a_number(line, next))
}

/// Not every language puts a space beside a name or a number.
fn words(line: &str) -> Vec<&str> {
    line.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect()
}

fn shares_a_number(one: &[&str], other: &[&str]) -> bool {
    one.iter().any(|word| word.parse::<u64>().is_ok() && other.contains(word))
}

#[cfg(test)]
mod tests {
    use super::is_detail_of_deadlock;

    #[test]
    fn a_deadlock_is_recognized_in_every_language() {
        for detail in [
            "Process 41 waits for ShareLock on transaction 750; blocked by process 42.\n\
             Process 42 waits for ShareLock on transaction 749; blocked by process 41.",
            "Prozess 41 wartet auf ShareLock-Sperre auf Transaktion 750; blockiert von Prozess 42.\n\
             Prozess 42 wartet auf ExclusiveLock-Sperre auf Tupel (0,1) von Relation 16 der Datenbank \
             5; blockiert von Prozess 43.\n\
             Prozess 43 wartet auf ShareLock-Sperre auf Transaktion 7; blockiert von Prozess 41.",
            "プロセス41はShareLockをトランザクション750で待機していますが、プロセス42でブロックされています。\n\
             プロセス42はShareLockをトランザクション749で待機していますが、プロセス41でブロックされています。",
        ] {
            assert!(is_detail_of_deadlock(detail), "{detail}");
        }
    }

    #[test]
    fn another_detail_is_no_deadlock() {
        for detail in [
            "",
            "Process 41 waits for ShareLock on transaction 750; blocked by process 42.",
            "Key (id)=(41) is not present in table \"users\".\nKey (id)=(41) is taken.",
            "Process holding the lock: 41. Wait queue: 42.\nShareLock on 41",
            "Process 41 waits for ShareLock on transaction 1; blocked by process 42.\n\
             Process 43 waits for ShareLock on transaction 2; blocked by process 44.",
        ] {
            assert!(!is_detail_of_deadlock(detail), "{detail}");
        }
    }
}
