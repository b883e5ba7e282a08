//! Files with secrets that a killed command left behind. They would keep the same command from creating
//! its file for ever.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io::{self, Read as _};
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::libc::O_NOFOLLOW;
use nix::unistd::geteuid;
use zeroize::Zeroizing;

use crate::db::types::StoredSecret;
use crate::db::{PgConnection, tokens};
use crate::domain::{TokenValue, counted};
use crate::error::{Error, Result};

/// More than a token and its line break.
const MOST_BYTES: u64 = 64;

/// A command that creates a file locks it, and then writes into it, at once.
const TIME_TO_WRITE: Duration = Duration::from_secs(10);

/// A file of the caller that no running command has locked, and that is empty, or holds a token that is in
/// no row.
#[derive(Debug, PartialEq, Eq)]
pub struct Leftover {
    pub path: PathBuf,
    /// `None` where the file is empty.
    token: Option<StoredSecret>,
}

/// Those of the files that are there and were left behind.
pub fn find<'p>(
    conn: &mut PgConnection,
    paths: impl IntoIterator<Item = &'p Path>,
) -> Result<Vec<Leftover>> {
    // A process may have a thousand files open, and there may be more.
    let mut found: Vec<_> =
        paths.into_iter().filter_map(|path| Some(Leftover::lock(path)?.0)).collect();
    let keys: Vec<_> = found.iter().filter_map(|file| file.token.clone()).collect();
    if !keys.is_empty() {
        let stored: HashSet<_> = tokens::among(conn, &keys)?.into_iter().collect();
        found.retain(|file| file.token.as_ref().is_none_or(|token| !stored.contains(token)));
    }
    Ok(found)
}

/// Makes room for these files: removes those that were left behind empty, and gives the others, whose token
/// may be in another database, another name. Returns a notice, if there are any.
pub fn set_aside<'p>(
    conn: &mut PgConnection,
    paths: impl IntoIterator<Item = &'p Path>,
) -> Result<Option<String>> {
    let found = find(conn, paths)?;
    let mut notice = None;
    for file in &found {
        let shown = file.path.display();
        let done = file.set_aside().map_err(|error| {
            let what = format!("rename `{shown}`, which a killed command left behind");
            Error::io(what, &error)
        })?;
        notice.get_or_insert_with(|| match done {
            Some(new) => format!(
                "`{shown}` was left behind by a killed command: its token is in no row of this database; \
                 the file is now `{}`",
                new.display()
            ),
            None => format!("`{shown}` was left behind, empty, by a killed command; it is replaced"),
        });
    }
    Ok(notice.map(|notice| match found.len() {
        1 => notice,
        all => format!("{notice}; likewise {}", counted(all - 1, "other file")),
    }))
}

impl Leftover {
    /// `None` where the file is not there, is not the caller's, is in use, or holds anything but one token.
    fn lock(path: &Path) -> Option<(Self, File)> {
        let file = open_own_file(path)?;
        file.try_lock().ok()?;
        let mut text = Zeroizing::new(String::with_capacity(64));
        (&file).take(MOST_BYTES).read_to_string(&mut text).ok()?;
        let token = if text.is_empty() {
            let written = file.metadata().ok()?.modified().ok()?;
            if written.elapsed().ok()? < TIME_TO_WRITE {
                return None;
            }
            None
        } else {
            let value: TokenValue = text.strip_suffix('\n').unwrap_or(&text).parse().ok()?;
            Some(StoredSecret::new(value.stored()))
        };
        // Another command may have put its file in the place of the one that is locked now.
        let named = path.symlink_metadata().ok()?;
        let locked = file.metadata().ok()?;
        let is_same = (named.dev(), named.ino()) == (locked.dev(), locked.ino());
        is_same.then(|| (Self { path: path.to_owned(), token }, file))
    }

    /// Returns the new name; `None` where the file was empty, and is removed. Fails where another command
    /// has done so meanwhile.
    fn set_aside(&self) -> io::Result<Option<PathBuf>> {
        let Some((found, _locked)) = Self::lock(&self.path).filter(|(found, _)| found == self)
        else {
            return Err(io::Error::other("another command uses it"));
        };
        let Some(token) = found.token else {
            fs::remove_file(&self.path)?;
            return Ok(None);
        };
        let mut name = self.path.clone().into_os_string();
        name.push(format!(".unused-{}", token.id().unwrap_or_default()));
        let new = PathBuf::from(name);
        if new.symlink_metadata().is_ok() {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, new.display().to_string()));
        }
        fs::rename(&self.path, &new)?;
        Ok(Some(new))
    }
}

/// Opens a regular file of the caller that has no other name. Opening a FIFO would wait.
fn open_own_file(path: &Path) -> Option<File> {
    let is_own = |it: &fs::Metadata| {
        it.is_file() && it.uid() == geteuid().as_raw() && it.nlink() == 1 && it.len() < MOST_BYTES
    };
    if !is_own(&path.symlink_metadata().ok()?) {
        return None;
    }
    let file = File::options().read(true).custom_flags(O_NOFOLLOW).open(path).ok()?;
    is_own(&file.metadata().ok()?).then_some(file)
}
