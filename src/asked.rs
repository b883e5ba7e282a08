//! What an operator was asked for, and the command line that asks nothing.

use std::env;
use std::fmt::Display;

use crate::domain::shell_word;

/// The answers to the questions of one run, as words of its command line.
#[derive(Debug, Default)]
pub struct Asked {
    words: Vec<String>,
    confirmed: bool,
}

impl Asked {
    /// Whether nothing that was missing has been asked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// An argument without a name.
    pub fn argument(&mut self, value: impl Display) {
        self.words.push(shell_word(&value.to_string()).into_owned());
    }

    /// An option and its value. `name` is such as `--email`.
    pub fn option(&mut self, name: &str, value: impl Display) {
        self.flag(name);
        self.argument(value);
    }

    pub fn flag(&mut self, name: &str) {
        self.words.push(name.to_owned());
    }

    /// The command also asked whether to go ahead, and would again.
    pub fn confirmation(&mut self) {
        self.confirmed = true;
    }

    /// The command line of this process with the answers in it; `None` where nothing was missing.
    /// `secret_url` is what `--database-url` was given, where that holds a password: the option is left out.
    pub fn command_line(&self, secret_url: Option<&str>) -> Option<String> {
        self.add_to(env::args().skip(1), secret_url)
    }

    fn add_to(
        &self,
        typed: impl Iterator<Item = String>,
        secret_url: Option<&str>,
    ) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let holds_url = |word: &str| secret_url.is_some_and(|url| word.contains(url));
        let mut line = vec!["iamctl".to_owned()];
        let mut typed = typed.peekable();
        // What follows `--` are arguments, so that no option could be added there.
        while let Some(word) = typed.next_if(|word| word != "--") {
            let is_name_of_url =
                word == "--database-url" && typed.peek().is_some_and(|url| holds_url(url));
            if !is_name_of_url && !holds_url(&word) {
                line.push(shell_word(&word).into_owned());
            }
        }
        line.extend(self.words.iter().cloned());
        if self.confirmed {
            line.push("--yes".to_owned());
        }
        line.extend(typed.map(|word| shell_word(&word).into_owned()));
        Some(line.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    fn line(asked: &Asked, typed: &str, secret_url: Option<&str>) -> Option<String> {
        asked.add_to(typed.split_whitespace().map(str::to_owned), secret_url)
    }

    #[test]
    fn answers_become_words_of_the_command_line() {
        let mut asked = Asked::default();
        assert_eq!(line(&asked, "user block alice", None), None);
        asked.argument("two words");
        asked.option("--email", "a@x.org");
        let expected = "iamctl user create 'two words' --email a@x.org";
        assert_eq!(line(&asked, "user create", None).as_deref(), Some(expected));
        asked.confirmation();
        let expected = "iamctl user block --reason leaver 'two words' --email a@x.org --yes";
        assert_eq!(line(&asked, "user block --reason leaver", None).as_deref(), Some(expected));
        let expected = "iamctl user create 'two words' --email a@x.org --yes -- x";
        assert_eq!(line(&asked, "user create -- x", None).as_deref(), Some(expected));
    }

    #[test]
    fn a_password_is_left_out() {
        let mut asked = Asked::default();
        asked.argument("alice");
        let url = "postgres://admin:hunter2@db/iam";
        for typed in [
            "--database-url postgres://admin:hunter2@db/iam user block",
            "user --database-url=postgres://admin:hunter2@db/iam block",
        ] {
            assert_eq!(line(&asked, typed, Some(url)).as_deref(), Some("iamctl user block alice"));
        }
    }
}
