use clap::Command;

/// A word that goes on with the name of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandWord {
    pub name: String,
    /// The summary of the command.
    pub about: String,
}

/// The words that can follow these, as after `iamctl help` and `iamctl man`. None where the words are no
/// command.
pub fn command_words(root: &Command, words: &[String]) -> Vec<CommandWord> {
    let command =
        words.iter().try_fold(root, |command, word| command.find_subcommand(word.as_str()));
    command
        .into_iter()
        .flat_map(Command::get_subcommands)
        .filter(|below| !below.is_hide_set() && below.get_name() != "help")
        .map(|below| CommandWord {
            name: below.get_name().to_owned(),
            about: below.get_about().map(ToString::to_string).unwrap_or_default(),
        })
        .collect()
}
