use std::env;

/// A command line up to the cursor, without the name of the program. Its quotes are removed.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// The complete words.
    pub words: Vec<String>,
    /// The word at the cursor, up to it; empty after a blank.
    pub current: String,
    /// Whether `current` is the file of a redirection.
    pub is_redirection: bool,
}

impl Line {
    /// Whether the flag was given.
    pub fn has(&self, flag: &str) -> bool {
        self.options().any(|word| word == flag)
    }

    /// The value that the option was given; `None` where it was not given, or its value is still to come.
    pub fn value_of(&self, option: &str) -> Option<&str> {
        let is_named = |word: &String| {
            word.strip_prefix(option).is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
        };
        let number = self.options().position(is_named)?;
        match self.words[number].split_once('=') {
            Some((_, value)) => Some(value),
            None => self.words.get(number + 1).map(String::as_str),
        }
    }

    fn options(&self) -> impl Iterator<Item = &String> {
        self.words.iter().take_while(|word| *word != "--")
    }
}

/// The text with the values of `$NAME` and `${NAME}`, as far as the environment has them. A shell that asks for
/// candidates has not replaced its variables.
pub fn with_variables(text: &str) -> String {
    let mut expanded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('$') {
        let (before, from) = rest.split_at(at);
        expanded.push_str(before);
        let (value, length) = variable(from).unwrap_or_else(|| ("$".to_owned(), 1));
        expanded.push_str(&value);
        rest = &from[length..];
    }
    expanded.push_str(rest);
    expanded
}

/// The value of the variable whose use the text begins with, and the length of that use.
fn variable(text: &str) -> Option<(String, usize)> {
    let name_of = |text: &str| {
        let end = text.find(|it: char| !it.is_ascii_alphanumeric() && it != '_');
        text[..end.unwrap_or(text.len())].to_owned()
    };
    let (name, around) = match text.strip_prefix("${") {
        Some(rest) => {
            let name = name_of(rest);
            (rest[name.len()..].starts_with('}').then_some(name)?, 3)
        }
        None => (name_of(text.strip_prefix('$')?), 1),
    };
    env::var(&name).ok().map(|value| (value, name.len() + around))
}

#[cfg(test)]
mod tests {
    use super::{Line, with_variables};

    #[test]
    fn an_option_has_a_value_in_one_word_or_in_two() {
        let value = |words: &[&str]| {
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            let line = Line { words, ..Line::default() };
            line.value_of("--url").map(str::to_owned)
        };
        assert_eq!(value(&["--url", "x", "user"]).as_deref(), Some("x"));
        assert_eq!(value(&["user", "--url=x=y"]).as_deref(), Some("x=y"));
        for none in [&["--url"][..], &["--urls=x"], &["user", "--", "--url", "x"]] {
            assert_eq!(value(none), None, "{none:?}");
        }
    }

    #[test]
    fn variables_of_the_environment_are_replaced() {
        let home = std::env::var("CARGO_MANIFEST_DIR").unwrap();
        assert_eq!(with_variables("a$CARGO_MANIFEST_DIR/b"), format!("a{home}/b"));
        assert_eq!(with_variables("${CARGO_MANIFEST_DIR}b"), format!("{home}b"));
        for same in ["pa$", "$(rm x)", "${NO_SUCH_NAME}", "$NO_SUCH_NAME/x", "${x", "ä$ä"] {
            assert_eq!(with_variables(same), same);
        }
    }
}
