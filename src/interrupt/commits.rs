//! What this run has committed, and the new files that belong to its transactions.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// How the server answered COMMIT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommitAnswer {
    Committed,
    /// The transaction was rolled back.
    Refused,
    /// The connection was lost.
    Unknown,
}

#[derive(Debug, Default)]
pub struct Commits {
    /// COMMITs that were sent and not answered.
    pending: usize,
    /// What tells whether the last of them was made.
    tells: String,
    /// A change was committed.
    pub changed: bool,
    /// What is committed so far, in words.
    pub report: String,
    /// Files whose COMMIT was not sent yet.
    uncommitted: BTreeSet<PathBuf>,
    /// Files whose COMMIT was sent and not answered.
    committing: BTreeSet<PathBuf>,
}

impl Commits {
    pub fn send(&mut self, tells: String) {
        self.pending += 1;
        self.tells = tells;
        self.committing.append(&mut self.uncommitted);
    }

    pub fn answer(&mut self, answer: CommitAnswer) {
        match answer {
            CommitAnswer::Committed => {
                self.changed = true;
                self.committing.clear();
            }
            CommitAnswer::Refused => self.uncommitted.append(&mut self.committing),
            CommitAnswer::Unknown => return,
        }
        self.pending -= 1;
    }

    pub fn has_pending(&self) -> bool {
        self.pending > 0
    }

    pub fn forget_pending(&mut self) {
        self.pending = 0;
    }

    pub fn create_file(
        &mut self,
        path: &Path,
        create: impl FnOnce() -> io::Result<File>,
    ) -> io::Result<File> {
        let file = create()?;
        self.uncommitted.insert(path.to_owned());
        Ok(file)
    }

    pub fn remove_file(&mut self, path: &Path) {
        self.uncommitted.remove(path);
        self.committing.remove(path);
        _ = fs::remove_file(path);
    }

    /// Removes the files of the transaction that is rolled back by the end of the process.
    pub fn remove_uncommitted_files(&mut self) {
        self.uncommitted.iter().for_each(|path| _ = fs::remove_file(path));
        self.uncommitted.clear();
    }

    /// What to do with the files where the outcome of their COMMIT is unknown; `None` where there are none.
    pub fn advice_on_files(&self) -> Option<String> {
        let file = self.committing.first()?.as_path();
        let (what, place, them) = match self.committing.len() {
            1 => ("the new secret is", file, "it"),
            _ => ("the new secrets are", file.parent().unwrap_or(file), "them"),
        };
        Some(format!(
            "{what} in `{}`: keep {them} if `iamctl token list` shows that the change was made, and \
             remove {them} if not",
            place.display()
        ))
    }

    /// What is committed, to be appended to a message.
    pub fn words(&self) -> String {
        let mut message = String::new();
        if self.pending > 0 {
            message += " during COMMIT, and it is not known whether the change was made";
            message += &self.tells;
        }
        if !self.report.is_empty() {
            message += "; ";
            message += &self.report;
        } else if self.changed {
            message += "; the change was made, and is committed";
        } else if self.pending == 0 {
            message += "; nothing was changed";
        }
        message
    }
}

#[cfg(test)]
mod tests {
    use super::{CommitAnswer, Commits};
    use std::fs::File;

    #[test]
    fn words_and_files_follow_the_answer_to_commit() {
        let directory = tempfile::tempdir().unwrap();
        for (answer, words, is_kept, has_advice) in [
            (CommitAnswer::Committed, "; the change was made, and is committed", true, false),
            (CommitAnswer::Refused, "; nothing was changed", false, false),
            (
                CommitAnswer::Unknown,
                " during COMMIT, and it is not known whether the change was made; `x` tells",
                true,
                true,
            ),
        ] {
            let path = directory.path().join(format!("{answer:?}"));
            let mut commits = Commits::default();
            commits.create_file(&path, || File::create_new(&path)).unwrap();
            commits.send("; `x` tells".to_owned());
            assert!(commits.advice_on_files().is_some());
            commits.answer(answer);
            assert_eq!(
                (commits.words().as_str(), commits.advice_on_files().is_some()),
                (words, has_advice)
            );
            commits.remove_uncommitted_files();
            assert_eq!(path.exists(), is_kept, "{answer:?}");
        }
    }

    /// Another run may have created a file of that name meanwhile.
    #[test]
    fn a_file_that_was_removed_is_not_removed_again() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("file");
        let mut commits = Commits::default();
        commits.create_file(&path, || File::create_new(&path)).unwrap();
        commits.remove_file(&path);
        File::create_new(&path).unwrap();
        commits.remove_uncommitted_files();
        assert!(path.exists());
    }
}
