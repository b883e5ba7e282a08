//! What to type in place of a word or an option that no command has.

use std::ffi::OsString;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Command, ValueEnum as _};

use super::words::{self, DESTRUCTIVE};
use crate::domain::{UserSelector, did_you_mean, is_typo, looks_secret, shell_word};
use crate::output::Format;

/// Replaces what clap suggests for an unknown verb or option by what was meant. `root` builds the command tree.
pub fn give_tips(error: &mut clap::Error, args: &[OsString], root: impl Fn() -> Command) {
    let tips = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            error.remove(ContextKind::SuggestedSubcommand);
            error.remove(ContextKind::Suggested);
            text(error, ContextKind::InvalidSubcommand).and_then(|word| of_word(&word, args, root))
        }
        ErrorKind::UnknownArgument => text(error, ContextKind::InvalidArg)
            .and_then(|given| {
                if given.starts_with('-') {
                    of_option(&given, args, root)
                } else {
                    of_argument(&given, args, root)
                }
            })
            .inspect(|_| {
                error.remove(ContextKind::SuggestedArg);
            })
            .or_else(|| {
                // "to pass '--hard' as a value, use '-- --hard'": hardly a username, a file or an id.
                if error.get(ContextKind::SuggestedArg).is_none() {
                    error.remove(ContextKind::Suggested);
                }
                None
            }),
        ErrorKind::ValueValidation => {
            let argument = text(error, ContextKind::InvalidArg);
            let value = text(error, ContextKind::InvalidValue);
            argument.zip(value).and_then(|(argument, value)| of_id(&argument, &value, args, root))
        }
        ErrorKind::MissingRequiredArgument => of_missing(args, root),
        _ => None,
    };
    if let Some(tip) = tips {
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
}

fn text(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// For a word in the place of a verb or a noun.
fn of_word(word: &str, args: &[OsString], root: impl Fn() -> Command) -> Option<String> {
    let before: Vec<_> = args.iter().take_while(|arg| *arg != word).cloned().collect();
    let (path, command) = named(&before, root());
    let noun = path.join(" ");
    if let Some(tip) = words::tip(&noun, word) {
        return Some(tip.to_owned());
    }
    let swapped = of_swapped_words(word, &path, args, &command);
    if let Some(tip) = swapped.or_else(|| of_verb(word, &path, args, &command)) {
        return Some(tip);
    }
    let verbs = command.get_subcommands().map(Command::get_name);
    let verbs = verbs.filter(|verb| !DESTRUCTIVE.contains(verb) || is_typo(word, verb));
    let before = [&["iamctl"], path.as_slice()].concat();
    did_you_mean(word, verbs.map(str::to_owned), &before)
}

/// For `list user` and `user alice show`: a verb stands behind its noun, and before what it is about.
fn of_swapped_words(
    word: &str,
    path: &[&str],
    args: &[OsString],
    command: &Command,
) -> Option<String> {
    let next = args.iter().skip_while(|arg| *arg != word).nth(1)?.to_str()?;
    let found = command.find_subcommand(next)?;
    if path.is_empty() {
        let verb = found.find_subcommand(word)?;
        return Some(format!("did you mean `iamctl {next} {}`?", verb.get_name()));
    }
    let about = shell_word(word);
    let is_meant = takes_users(found) && !looks_secret(word);
    is_meant.then(|| format!("did you mean `iamctl {} {next} {about}`?", path.join(" ")))
}

/// For `show alice`: a verb whose noun is missing. It may end something, as it was typed itself.
fn of_verb(word: &str, path: &[&str], args: &[OsString], root: &Command) -> Option<String> {
    if !path.is_empty() {
        return None;
    }
    let line = |noun: &Command| {
        let verb = noun.find_subcommand(word)?;
        Some(format!("iamctl {} {}", noun.get_name(), verb.get_name()))
    };
    let about = args.iter().skip_while(|arg| *arg != word).nth(1).and_then(|arg| arg.to_str());
    let about = about.filter(|about| !about.starts_with('-') && !looks_secret(about));
    if let Some(about) = about
        && let Some(user) = root.find_subcommand("user")
        && user.find_subcommand(word).is_some_and(takes_users)
        && let Some(line) = line(user)
    {
        return Some(format!("did you mean `{line} {}`?", shell_word(about)));
    }
    let lines = root.get_subcommands().filter_map(line).map(|line| format!("`{line}`"));
    let lines: Vec<_> = lines.collect();
    let (last, others) = lines.split_last()?;
    Some(match others {
        [] => format!("did you mean {last}?"),
        others => format!("did you mean {} or {last}?", others.join(", ")),
    })
}

/// For an option that the command does not have.
fn of_option(option: &str, args: &[OsString], root: impl Fn() -> Command) -> Option<String> {
    let name = option.split(['=', ' ']).next().unwrap_or(option);
    let value = || {
        let value = value_of(name, args).unwrap_or_default();
        let shown = if looks_secret(&value) { "…" } else { &value };
        shell_word(shown).into_owned()
    };
    let format = |name: &str| Format::from_str(name, true).is_ok();
    match name {
        "--json" | "--jsonl" | "--csv" | "--table" => {
            Some(format!("`-o {}` chooses the format of the output", &name[2..]))
        }
        "--format" | "--output-format" => {
            let chosen = value_of(name, args).filter(|chosen| format(chosen));
            let chosen = chosen.as_deref().unwrap_or("json");
            Some(format!("`-o {chosen}` chooses the format of the output"))
        }
        _ => {
            let (path, command) = named(args, root());
            let has = |long: &str| command.get_arguments().any(|it| it.get_long() == Some(long));
            match name {
                "-n" | "--max" | "--rows" | "--first" if has("limit") => {
                    Some(format!("`--limit {}` prints at most so many rows", value()))
                }
                "--user" | "--username" | "--email" if has("target") => {
                    Some(format!("`--target {}` shows what was done to a user", value()))
                }
                "--active" | "--blocked" | "--deleted" | "--expired" | "--revoked" | "--unverified"
                    if is_status(&command, &name[2..]) =>
                {
                    Some(format!("`--status {}` shows those", &name[2..]))
                }
                "--filter" | "--query" | "--grep" | "--find" if has("search") => {
                    Some(format!("`--search {}` finds a part of a name or email", value()))
                }
                "--stdin" if path == ["token", "verify"] => Some(
                    "`iamctl token verify` reads the token from standard input without an option"
                        .to_owned(),
                ),
                "--older-than" if has("keep-codes") => Some(
                    "`--keep-codes`, `--keep-sessions` and `--keep-tokens` say how long each is kept"
                        .to_owned(),
                ),
                "--user" | "--username" | "--email" | "--id"
                    if path.first() == Some(&"user") && takes_users(&command) =>
                {
                    Some(format!(
                        "name the user without an option: `iamctl {} {}`",
                        path.join(" "),
                        value()
                    ))
                }
                _ => None,
            }
        }
    }
}

/// For a word that the command does not take: what it takes as an option, and people give without one.
fn of_argument(word: &str, args: &[OsString], root: impl Fn() -> Command) -> Option<String> {
    if looks_secret(word) {
        return None;
    }
    let (path, command) = named(args, root());
    let options = [
        ("user", "a user is named by an option"),
        ("target", "what was done to a user, token or session"),
        ("search", "a search is an option"),
        ("name", "a name is given by an option"),
    ];
    let has = |long: &str| command.get_arguments().any(|it| it.get_long() == Some(long));
    // An export has a search, but the word is rather the name of a file.
    if path.last() == Some(&"export") {
        return None;
    }
    let is_free = |long: &str| has(long) && value_of(&format!("--{long}"), args).is_none();
    let (option, why) = options.into_iter().find(|(long, _)| is_free(long))?;
    Some(format!("{why}: `--{option} {}`", shell_word(word)))
}

/// For a value in the place of an id that is none, such as a username.
fn of_id(
    argument: &str,
    value: &str,
    args: &[OsString],
    root: impl Fn() -> Command,
) -> Option<String> {
    if !matches!(argument, "<ID>" | "[ID]" | "<ID>..." | "[ID]...") || looks_secret(value) {
        return None;
    }
    let (path, _) = named(args, root());
    let noun = path.first()?;
    value.parse::<UserSelector>().ok()?;
    if let Some(user) = value_of("--user", args).filter(|user| !looks_secret(user)) {
        let name = shell_word(value);
        return (*noun == "token").then(|| {
            format!("a token of a user is named by `--user {} --name {name}`", shell_word(&user))
        });
    }
    let (word, list) = (shell_word(value), format!("iamctl {noun} list --user"));
    Some(match *noun {
        "token" if !value.contains('@') => format!(
            "the name of a token goes with its user, `--user USER --name {word}`; `{list} {word}` lists the tokens \
             of a user `{word}`"
        ),
        _ => format!("`{list} {word}` shows the ids of a user"),
    })
}

/// For arguments without one that they need.
fn of_missing(args: &[OsString], root: impl Fn() -> Command) -> Option<String> {
    let (path, _) = named(args, root());
    let user = value_of("--user", args).filter(|user| !looks_secret(user))?;
    let user = shell_word(&user);
    match path.as_slice() {
        [noun @ ("session" | "code"), "revoke"] => Some(format!(
            "`iamctl {noun} revoke --all --user {user}` revokes all {noun}s of a user"
        )),
        ["token", _] => Some(format!(
            "add `--name NAME`; `iamctl token list --user {user}` lists the names of a user's tokens"
        )),
        _ => None,
    }
}

/// Whether the command takes this with `--status`.
fn is_status(command: &Command, value: &str) -> bool {
    let status = command.get_arguments().find(|it| it.get_long() == Some("status"));
    status.is_some_and(|it| it.get_possible_values().iter().any(|it| it.matches(value, true)))
}

fn takes_users(command: &Command) -> bool {
    let mut names = command.get_positionals().filter_map(|it| it.get_value_names()).flatten();
    names.any(|name| name.as_str() == "USER")
}

/// The noun and verb of the command line, and their command.
fn named(args: &[OsString], mut root: Command) -> (Vec<&str>, Command) {
    root.build();
    let mut path = Vec::new();
    let mut command = root;
    for arg in args.iter().skip(1).filter_map(|arg| arg.to_str()) {
        if let Some(found) = command.find_subcommand(arg).cloned() {
            path.push(arg);
            command = found;
        }
    }
    (path, command)
}

/// What follows the option: `--limit 5`, `--limit=5`, `-n5`.
fn value_of(option: &str, args: &[OsString]) -> Option<String> {
    let args: Vec<_> = args.iter().map(|arg| arg.to_string_lossy()).collect();
    let is_long = option.starts_with("--");
    let names = |arg: &str| match arg.strip_prefix(option) {
        Some(rest) => !is_long || rest.is_empty() || rest.starts_with('='),
        None => false,
    };
    let at = args.iter().position(|arg| names(arg))?;
    match &args[at][option.len()..] {
        "" => args.get(at + 1).filter(|next| !next.starts_with('-')).map(ToString::to_string),
        rest => Some(rest.trim_start_matches('=').to_owned()),
    }
}
