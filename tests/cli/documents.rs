//! The console blocks of README and docs are run, and print what the documents show.
//!
//! The blocks of a document follow each other on one database, in one directory.

use std::path::Path;
use std::{fs, iter};

use crate::support::Db;
use crate::support::console::{self, Example};

/// The command lines of the blocks that are marked as `console`, also indented ones.
fn examples(document: &str) -> Vec<Example> {
    let mut lines = document.lines();
    let mut shown = Vec::new();
    while let Some(line) = lines.next() {
        let Some(indent) = line.strip_suffix("```console") else { continue };
        let block = iter::from_fn(|| lines.next().filter(|line| line.trim() != "```"));
        shown.extend(block.map(|line| line.strip_prefix(indent).unwrap_or(line)));
    }
    console::examples(shown.into_iter())
}

/// Roles are of the whole server, on which other tests may have made it.
fn create_role(db: &Db, name: &str) {
    db.sql(&format!(
        "do $$ begin
             create role {name} login;
         exception
             when duplicate_object or unique_violation then null;
         end $$"
    ));
}

fn database(document: &str) -> Db {
    match document {
        "README.md" => {
            let db = Db::bare();
            create_role(&db, "iam_operator");
            db
        }
        "docs/adopting.md" => {
            let db = console::to_be_adopted();
            create_role(&db, "iam_service");
            db
        }
        _ => console::populated(),
    }
}

/// Runs the blocks of a document, and returns how many commands they have.
fn check(document: &str) -> usize {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(document);
    let examples = examples(&fs::read_to_string(path).unwrap());
    let db = database(document);
    let directory = console::files();
    for example in &examples {
        // The documents name a database of the reader's.
        if example.typed.starts_with("export DATABASE_URL=") {
            continue;
        }
        let text = console::run(&example.typed, &db, directory.path());
        let printed: Vec<_> = text.lines().map(str::trim_end).collect();
        assert!(
            console::shows(&example.printed, &printed),
            "{document}: `{}` prints\n{text}\nand the document shows\n{}",
            example.typed,
            example.printed.join("\n"),
        );
    }
    examples.len()
}

#[test]
fn the_blocks_of_the_readme_print_what_it_shows() {
    assert!(check("README.md") >= 10);
}

#[test]
fn the_blocks_of_the_documents_print_what_these_show() {
    let mut commands = 0;
    for folder in ["docs", "docs/recipes"] {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let name = path.file_name().unwrap().to_str().unwrap();
                commands += check(&format!("{folder}/{name}"));
            }
        }
    }
    assert!(commands >= 10, "{commands}");
}
