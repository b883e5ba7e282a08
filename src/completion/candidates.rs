//! The values of arguments.

use std::ffi::OsStr;
use std::sync::Arc;

use clap::builder::ArgExt;
use clap_complete::CompletionCandidate;
use clap_complete::engine::ValueCompleter;

use super::command_words::CommandWord;
use super::database::ask;
use super::line::Line;
use super::rows;
use crate::db::PgConnection;

/// What the value of an argument names. The argument carries it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Names {
    User,
    Owner,
    Token,
    Session,
    Code,
    /// An action of the audit log.
    Action,
    /// A column of what the command prints.
    Column,
    /// A page: the words of a command, as `user` and `create` in `iamctl man user create`, or one of these topics.
    Page(&'static [&'static str]),
}

impl ArgExt for Names {}

/// The ids of candidates that are rows of the database, and of the one that stands for files.
const OF_ROW: &str = "row:";
const FILES: &str = "files";

/// Stands for the files that begin with the word: the shell knows them better.
pub fn files(_current: &OsStr) -> Vec<CompletionCandidate> {
    vec![CompletionCandidate::new("").id(Some(FILES.to_owned()))]
}

pub fn names_files(candidate: &CompletionCandidate) -> bool {
    candidate.get_id().is_some_and(|id| id == FILES)
}

/// Whether it is a row of the database, whose help says what it is.
pub fn is_of_row(candidate: &CompletionCandidate) -> bool {
    candidate.get_id().is_some_and(|id| id.starts_with(OF_ROW))
}

/// What the values of an argument are completed from.
#[derive(Debug, Clone)]
pub struct Completer {
    pub line: Arc<Line>,
    /// Of the command, such as `revoke`.
    pub verb: String,
    /// Of the command.
    pub columns: Vec<&'static str>,
    /// What can follow the words of a command that the line has, and whether it has none.
    pub next_words: Vec<CommandWord>,
    pub is_first_word: bool,
}

impl Completer {
    pub fn of(self, names: Names) -> impl ValueCompleter {
        move |current: &OsStr| {
            current.to_str().map(|current| self.candidates(names, current)).unwrap_or_default()
        }
    }

    fn candidates(&self, names: Names, current: &str) -> Vec<CompletionCandidate> {
        match names {
            Names::Column => self.columns_beginning_with(current),
            Names::Page(topics) => self.pages_beginning_with(topics, current),
            _ => self.rows(names, current),
        }
    }

    fn pages_beginning_with(&self, topics: &[&str], current: &str) -> Vec<CompletionCandidate> {
        let commands = self.next_words.iter().map(|word| (word.name.as_str(), word.about.as_str()));
        // They are pages by themselves.
        let topics = topics.iter().filter(|_| self.is_first_word).map(|topic| (*topic, ""));
        commands
            .chain(topics)
            .filter(|(name, _)| name.starts_with(current))
            .map(|(name, about)| candidate(name, about))
            .collect()
    }

    /// Without those that the list has already.
    fn columns_beginning_with(&self, current: &str) -> Vec<CompletionCandidate> {
        let typed = &self.line.current;
        let list = typed.split_once('=').map_or(typed.as_str(), |(_, list)| list);
        let before: Vec<_> = list.strip_suffix(current).unwrap_or_default().split(',').collect();
        let mut columns = self.columns.clone();
        columns.retain(|it| it.starts_with(current) && !before.contains(it));
        columns.into_iter().map(CompletionCandidate::new).collect()
    }

    /// Without those that the line has already.
    fn rows(&self, names: Names, current: &str) -> Vec<CompletionCandidate> {
        let (start, verb) = (current.to_owned(), self.verb.clone());
        let query = move |conn: &mut PgConnection| rows::beginning_with(conn, names, &verb, &start);
        let mut found = ask(&self.line, query);
        found.retain(|(value, _)| value.starts_with(current));
        let is_cut = found.len() > rows::MOST;
        found.retain(|(value, _)| !self.line.words.contains(value));
        // A shell inserts what all candidates begin with. Where some are left out, that is what was typed.
        if is_cut && !current.is_empty() {
            found.truncate(rows::MOST - 1);
            found.push((current.to_owned(), "and more: type on".to_owned()));
        }
        found
            .into_iter()
            .take(rows::MOST)
            .map(|(value, help)| candidate(&value, &help).id(Some(format!("{OF_ROW}{value}"))))
            .collect()
    }
}

fn candidate(value: &str, help: &str) -> CompletionCandidate {
    CompletionCandidate::new(value).help(Some(help.to_owned().into()))
}
