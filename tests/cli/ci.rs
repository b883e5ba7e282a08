//! The script of continuous integration.

use std::path::Path;
use std::process::Command;
use std::{env, fs};

/// A filter that names no test would run none, and pass.
#[test]
fn each_filter_of_ci_names_tests() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/run");
    let script = fs::read_to_string(script).unwrap();
    let (_, filters) = script.split_once("depends_on_server=(").unwrap();
    let (filters, _) = filters.split_once(')').unwrap();
    let tests = Command::new(env::current_exe().unwrap()).arg("--list").output().unwrap().stdout;
    let tests = String::from_utf8(tests).unwrap();
    for filter in filters.split_whitespace() {
        assert!(tests.lines().any(|test| test.contains(filter)), "{filter}");
    }
}
