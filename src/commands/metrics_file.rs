//! The report of a purge as Prometheus' text format, for the textfile collector of node_exporter.

use std::fmt::{Display, Write as _};
use std::fs::{self, Permissions};
use std::io::{self, ErrorKind, Write as _};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, fchown};
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use tempfile::Builder;

use super::purging::Report;
use crate::error::{Error, Result};

const LAST_SUCCESS: &str = "iamctl_purge_last_success_timestamp_seconds";

/// Replaces the file atomically: a reader sees the old content or the new content. `now` is the
/// database's clock at the end of the run.
///
/// A run that did not succeed keeps the time of the last success from the old file. Returns a notice where the file
/// could not keep its group.
pub fn write(
    path: &Path,
    reports: &[Report],
    success: bool,
    now: DateTime<Utc>,
) -> Result<Option<String>> {
    let last_success = if success {
        Some(now.timestamp().to_string())
    } else {
        let before = fs::read_to_string(path).unwrap_or_default();
        let line = before.lines().find_map(|line| line.strip_prefix(LAST_SUCCESS));
        line.map(|value| value.trim().to_owned())
    };
    let shown = path.display();
    let kept_group = replace(path, &text(reports, last_success.as_deref(), now))
        .map_err(|error| Error::io(format!("write --metrics-file `{shown}`"), &error))?;
    Ok((!kept_group).then(|| {
        format!("`{shown}` lost its group, as iamctl's user is not in it, and has the mode of a new file")
    }))
}

/// Resolves symbolic links in the path. Fails if the path names anything but a regular file, which
/// `write` would replace, or if its directory does not exist.
pub fn locate(path: &Path) -> Result<PathBuf> {
    let unusable =
        |why: &dyn Display| Error::usage(format!("--metrics-file `{}`: {why}", path.display()));
    match fs::canonicalize(path) {
        Ok(target) if target.is_file() => Ok(target),
        Ok(_) => Err(unusable(&"it is not a regular file")),
        // The file does not exist yet.
        Err(error) if error.kind() == ErrorKind::NotFound && !path.is_symlink() => {
            let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
            if directory.is_none_or(Path::is_dir) && path.file_name().is_some() {
                Ok(path.to_owned())
            } else {
                Err(unusable(&error))
            }
        }
        Err(error) => Err(unusable(&error)),
    }
}

fn text(reports: &[Report], last_success: Option<&str>, now: DateTime<Utc>) -> String {
    let mut text = String::new();
    let mut gauge = |name: &str, help: &str, value: &dyn Fn(&Report) -> Option<String>| {
        // Writing to a String cannot fail.
        _ = write!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n");
        for report in reports {
            if let Some(value) = value(report) {
                _ = writeln!(text, "{name}{{table=\"{}\"}} {value}", report.table);
            }
        }
    };
    gauge("iamctl_purge_deleted_rows", "Rows that the last run deleted.", &|report| {
        Some(report.deleted.to_string())
    });
    gauge("iamctl_purge_remaining_rows", "Expired rows that the last run left.", &|report| {
        Some(report.left?.rows.to_string())
    });
    gauge(
        "iamctl_purge_oldest_age_seconds",
        "Age of the oldest expired row that the last run left; 0 if there is none.",
        &|report| {
            let oldest = report.left?.oldest;
            Some(oldest.map_or(0, |oldest| (now - *oldest).num_seconds()).to_string())
        },
    );
    gauge("iamctl_purge_duration_seconds", "Duration of the last run.", &|report| {
        Some(format!("{:.3}", report.elapsed.as_secs_f64()))
    });
    for (name, help, value) in [
        (
            "iamctl_purge_last_run_timestamp_seconds",
            "End of the last run.",
            Some(now.timestamp().to_string()),
        ),
        (
            LAST_SUCCESS,
            "End of the last run that left no expired row.",
            last_success.map(str::to_owned),
        ),
    ] {
        if let Some(value) = value {
            _ = write!(text, "# HELP {name} {help}\n# TYPE {name} gauge\n{name} {value}\n");
        }
    }
    text
}

/// Returns whether the file kept its group.
fn replace(path: &Path, text: &str) -> io::Result<bool> {
    let name = path.file_name().ok_or(ErrorKind::InvalidFilename)?;
    // An empty directory is the current one.
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    let mut prefix = name.to_owned();
    prefix.push(".");
    // In the same directory, so that it can be renamed. The collector reads only `*.prom`, and runs
    // as another user: the mode is that of the file before, or of an ordinary new file, 0666 less the
    // umask.
    let mut file = Builder::new()
        .prefix(&prefix)
        .suffix(".tmp")
        .permissions(Permissions::from_mode(0o666))
        .tempfile_in(directory.unwrap_or(Path::new(".")))?;
    let mut kept_group = true;
    if let Ok(before) = fs::metadata(path) {
        // Only root may give a file to another user, and others only to a group that they are in. Without
        // its group, the mode could keep the collector out. A sandbox may refuse even what changes nothing.
        let now = file.as_file().metadata()?;
        if now.uid() != before.uid() {
            _ = fchown(file.as_file(), Some(before.uid()), None);
        }
        kept_group =
            now.gid() == before.gid() || fchown(file.as_file(), None, Some(before.gid())).is_ok();
        if kept_group {
            file.as_file().set_permissions(Permissions::from_mode(before.mode() & 0o777))?;
        }
    }
    file.as_file_mut().write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(kept_group)
}
