use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

use nix::unistd::{AccessFlags, access, geteuid};

use super::secret_file::{SecretFile, flush_directory};
use crate::domain::{Secret, holds_secret};
use crate::error::{Error, Result};
use crate::interrupt::Interrupt;

/// A directory for new files with secrets, one for each token.
#[derive(Debug)]
pub struct SecretDirectory<'a> {
    /// What named it, such as "--rotate-into".
    option: &'static str,
    path: &'a Path,
}

impl<'a> SecretDirectory<'a> {
    /// Fails (`usage`) unless it is a directory that belongs to the caller, who may write it, and no
    /// other may: they could remove the files.
    pub fn open(option: &'static str, path: &'a Path) -> Result<Self> {
        let shown = path.display();
        let metadata = fs::metadata(path)
            .map_err(|error| Error::usage(format!("{option} cannot use `{shown}`: {error}")))?;
        let problem = if !metadata.is_dir() {
            "is not a directory"
        } else if metadata.uid() != geteuid().as_raw() {
            "belongs to another user"
        } else if metadata.mode() & 0o022 != 0 {
            "can be written by others"
        } else if access(path, AccessFlags::all()).is_err() {
            "cannot be read and written"
        } else {
            return Ok(Self { option, path });
        };
        Err(Error::usage(format!("{option} wants a directory of your own; `{shown}` {problem}")))
    }

    /// Where the secret of a token goes. `id` tells tokens of one name apart.
    pub fn file(&self, name: &str, id: &str) -> PathBuf {
        self.path.join(file_name(name, id))
    }

    /// Creates a file of mode 0600 for each secret, and flushes all to the disk. An error removes those
    /// that were created. A signal ends it before the next file.
    pub fn write<'s>(
        &self,
        secrets: impl IntoIterator<Item = (&'s Path, &'s Secret)>,
        interrupt: &Interrupt,
    ) -> Result<Vec<SecretFile>> {
        let files = secrets
            .into_iter()
            .map(|(path, secret)| {
                interrupt.check()?;
                // Named by an old token, whose lock keeps other commands from the same name.
                Ok(SecretFile::create(self.option, path, secret, interrupt)?.close())
            })
            .collect::<Result<Vec<_>>>()?;
        flush_directory(self.path)?;
        Ok(files)
    }

    /// Fails where `write` would, as far as can be told without creating anything.
    pub fn check<'s>(&self, paths: impl IntoIterator<Item = &'s Path>) -> Result<()> {
        paths.into_iter().try_for_each(|path| SecretFile::check(self.option, path))
    }
}

/// The name of the token with other characters than `A-Z a-z 0-9 . _ -` replaced, and the id. Rows of
/// other programs may have any name.
fn file_name(name: &str, id: &str) -> String {
    if name.is_empty() || holds_secret(name) {
        return format!("token.{id}");
    }
    let plain = |(place, character): (usize, char)| match character {
        // At the start, they would hide the file, or make it look like an option.
        '.' | '-' if place == 0 => '_',
        '.' | '-' | '_' => character,
        _ if character.is_ascii_alphanumeric() => character,
        _ => '_',
    };
    let name: String = name.chars().enumerate().map(plain).collect();
    format!("{name}.{id}")
}

#[cfg(test)]
mod tests {
    use super::file_name;

    #[test]
    fn a_file_name_has_plain_characters_only() {
        for (name, expected) in [
            ("ci", "ci.ID"),
            ("deploy-2.x_y", "deploy-2.x_y.ID"),
            ("../../etc/passwd", "_._.._etc_passwd.ID"),
            ("-rf", "_rf.ID"),
            (".hidden", "_hidden.ID"),
            ("zoë's token\n", "zo__s_token_.ID"),
            ("", "token.ID"),
            ("iam_003aUlTJC7tjlCTQj2uNU3MFagCXG9LRKRcwGkBIDlf1Yo7hP", "token.ID"),
        ] {
            assert_eq!(file_name(name, "ID"), expected);
        }
    }
}
