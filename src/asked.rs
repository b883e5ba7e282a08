//! What an operator was asked for, and the command line that asks nothing.

use std::env;
use std::fmt::Display;

use crate::domain::shell_word;

/// The answers to the questions of one run, as words of its command line.
#[derive(Debug, Default)]
pub struct Asked {
    words: Vec<String>,
    confirmed: Option<String>,
    local: bool,
}

impl Asked {
    /// Whether no missing argument was asked for.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// An argument without a name. The caller sees to it that it is not read as an option.
    pub fn argument(&mut self, value: impl Display) {
        self.words.push(shell_word(&value.to_string()).into_owned());
    }

    /// An option and its value. `name` is such as `--email`.
    pub fn option(&mut self, name: &str, value: impl Display) {
        let value = value.to_string();
        let word = shell_word(&value);
        // A value that begins with `-` would be read as an option.
        if value.starts_with('-') {
            self.words.push(format!("{name}={word}"));
        } else {
            self.words.extend([name.to_owned(), word.into_owned()]);
        }
    }

    pub fn flag(&mut self, name: &str) {
        self.words.push(name.to_owned());
    }

    /// The command also asked whether to go ahead, and would again.
    /// `protected` is the name of the database, where `--yes` has to say it.
    pub fn confirmation(&mut self, protected: Option<&str>) {
        let database = protected.map(|name| format!("={}", shell_word(name)));
        self.confirmed = Some(format!("--yes{}", database.unwrap_or_default()));
    }

    /// The operator chose the private PostgreSQL.
    pub fn local(&mut self) {
        self.local = true;
    }

    /// The command line of this process with the answers in it; `None` where nothing was missing, or where it
    /// has arguments that are not UTF-8. A URL for which `holds_secret` holds is replaced by `…`, which is none.
    pub fn command_line(&self, holds_secret: impl Fn(&str) -> bool) -> Option<String> {
        let typed: Option<Vec<_>> =
            env::args_os().skip(1).map(|word| word.into_string().ok()).collect();
        self.add_to(typed?, holds_secret)
    }

    fn add_to(&self, typed: Vec<String>, holds_secret: impl Fn(&str) -> bool) -> Option<String> {
        const URL: &str = "--database-url";
        if self.is_empty() {
            return None;
        }
        let mut line = vec!["iamctl".to_owned()];
        let mut typed = typed.into_iter();
        let mut arguments = Vec::new();
        while let Some(word) = typed.next() {
            if word == "--" {
                // What follows are arguments, so that no option could be added there.
                arguments.push(word);
                arguments.extend(typed.by_ref().map(|word| shell_word(&word).into_owned()));
            } else if let Some(url) = word.strip_prefix(URL).and_then(|it| it.strip_prefix('=')) {
                let url = if holds_secret(url) { "…" } else { url };
                line.push(format!("{URL}={}", shell_word(url)));
            } else {
                line.push(shell_word(&word).into_owned());
                if word == URL
                    && let Some(url) = typed.next()
                {
                    line.push(shell_word(if holds_secret(&url) { "…" } else { &url }).into_owned());
                }
            }
        }
        line.extend(self.words.iter().cloned());
        line.extend(self.local.then(|| "--local".to_owned()));
        line.extend(self.confirmed.clone());
        line.extend(arguments);
        Some(line.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::Asked;

    fn line(asked: &Asked, typed: &str) -> Option<String> {
        let typed = typed.split_whitespace().map(str::to_owned).collect();
        asked.add_to(typed, |url| url.contains("hunter2"))
    }

    #[test]
    fn answers_become_words_of_the_command_line() {
        let mut asked = Asked::default();
        assert_eq!(line(&asked, "user block alice"), None);
        asked.argument("two words");
        asked.option("--email", "a@x.org");
        asked.option("--name", "-ci");
        let answers = "'two words' --email a@x.org --name=-ci";
        let expected = |end: &str| Some(format!("iamctl user create {answers}{end}"));
        assert_eq!(line(&asked, "user create"), expected(""));
        asked.confirmation(None);
        asked.local();
        assert_eq!(line(&asked, "user create"), expected(" --local --yes"));
        assert_eq!(line(&asked, "user create -- x"), expected(" --local --yes -- x"));
    }

    #[test]
    fn a_url_with_a_password_is_not_shown() {
        let mut asked = Asked::default();
        asked.argument("alice");
        for (typed, shown) in [
            ("--database-url postgres://a:hunter2@db user block", "--database-url '…' user block"),
            ("user --database-url=postgres://a:hunter2@db block", "user --database-url='…' block"),
            (
                "--database-url postgres://a:hunter2@db user block --database-url postgres://b@db",
                "--database-url '…' user block --database-url postgres://b@db",
            ),
        ] {
            assert_eq!(line(&asked, typed), Some(format!("iamctl {shown} alice")));
        }
    }
}
