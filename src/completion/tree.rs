//! From a line to candidates, by the command tree.

use std::ffi::OsString;
use std::iter;
use std::mem;
use std::sync::Arc;

use clap::{Arg, Command, ValueHint};
use clap_complete::CompletionCandidate;
use clap_complete::engine::{ArgValueCompleter, complete};

use super::candidates::{Completer, Names, files};
use super::command_words::command_words;
use super::line::Line;
use crate::output::Prints;

/// What can stand at the cursor: commands, then values, then options.
pub fn candidates(line: Line, mut root: Command) -> Vec<CompletionCandidate> {
    root.build();
    let line = Arc::new(line);
    let words = without_global_options(&root, &line.words);
    let path = path(&root, &words);
    let page = words[path.len()..].iter().filter(|word| !word.starts_with('-')).cloned();
    let page: Vec<_> = page.collect();
    let completer = Completer {
        line: Arc::clone(&line),
        verb: path.last().cloned().unwrap_or_default(),
        columns: Vec::new(),
        next_words: command_words(&root, &page),
        is_first_word: page.is_empty(),
    };
    add_completers(&mut root, &path, completer);

    let args = iter::once("iamctl".to_owned()).chain(words).chain([line.current.clone()]);
    let args: Vec<OsString> = args.map(OsString::from).collect();
    let index = args.len() - 1;
    complete(&mut root, args, index, None).unwrap_or_default()
}

/// Adds completers to the arguments of the command at the path.
fn add_completers(command: &mut Command, path: &[String], mut completer: Completer) {
    if let Some((name, rest)) = path.split_first()
        && let Some(below) = command.find_subcommand_mut(name)
    {
        return add_completers(below, rest, completer);
    }
    completer.columns = command.get::<Prints>().map(Prints::columns).unwrap_or_default();
    *command = mem::take(command).mut_args(|arg| with_completer(arg, &completer));
}

fn with_completer(arg: Arg, completer: &Completer) -> Arg {
    if arg.get_value_hint() == ValueHint::AnyPath {
        return arg.add(ArgValueCompleter::new(files));
    }
    match arg.get::<Names>().copied() {
        Some(names) => arg.add(ArgValueCompleter::new(completer.clone().of(names))),
        None => arg,
    }
}

/// The words without the options of every command: clap_complete's engine would take the value of one that
/// comes before a command for that command.
fn without_global_options(root: &Command, words: &[String]) -> Vec<String> {
    let mut left = Vec::new();
    let mut words = words.iter().peekable();
    while let Some(word) = words.next() {
        if word == "--" {
            left.push(word.clone());
            left.extend(words.cloned());
            break;
        }
        match global_option(root, word) {
            // The value is at the cursor.
            Some(Takes::NextWord) if words.peek().is_none() => left.push(word.clone()),
            Some(Takes::NextWord) => _ = words.next(),
            Some(Takes::Nothing) => {}
            None => left.push(word.clone()),
        }
    }
    left
}

enum Takes {
    NextWord,
    Nothing,
}

/// What a word that is such an option takes; `None` for other words.
fn global_option(root: &Command, word: &str) -> Option<Takes> {
    let (name, value) = match word.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (word, None),
    };
    let is_named = |arg: &&Arg| match name.strip_prefix("--") {
        Some(long) => arg.get_long() == Some(long),
        None => arg.get_short().is_some_and(|short| name == format!("-{short}")),
    };
    let arg = root.get_arguments().filter(|arg| arg.is_global_set()).find(is_named)?;
    let takes_next = value.is_none() && arg.get_action().takes_values();
    Some(if takes_next { Takes::NextWord } else { Takes::Nothing })
}

/// The commands at the beginning of the words.
fn path(root: &Command, words: &[String]) -> Vec<String> {
    let mut command = root;
    let mut path = Vec::new();
    for word in words {
        let Some(below) = command.find_subcommand(word) else { break };
        path.push(below.get_name().to_owned());
        command = below;
    }
    path
}
