//! `iamctl man`.

use std::fs;

use crate::support::{Run, directory};

#[test]
fn the_page_of_a_command_is_printed() {
    let page = Run::without_database("man user create").ok().stdout;
    assert!(page.contains(".TH IAMCTL-USER-CREATE 1"), "{page}");
    assert!(page.contains("\\-\\-if\\-not\\-exists"), "{page}");
    let root = Run::without_database("man").ok().stdout;
    assert!(root.contains(".TH IAMCTL 1"), "{root}");
    let json = Run::without_database("man token").json();
    assert!(json["page"].as_str().unwrap().contains("iamctl\\-token"), "{json}");
    Run::without_database("man user nonsense").fails(2).says("there is no command `nonsense`");
}

#[test]
fn all_pages_are_written() {
    let directory = directory();
    let write = || Run::without_database("man --directory").arg(directory.path());
    write().ok();
    let mut pages: Vec<_> = fs::read_dir(directory.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    pages.sort();
    for page in ["iamctl.1", "iamctl-user.1", "iamctl-user-create.1", "iamctl-purge.1"] {
        assert!(pages.iter().any(|found| found == page), "{page} in {pages:?}");
    }
    write().ok();
    Run::without_database("man --directory /dev/null").fails(2).says("--directory");
}
