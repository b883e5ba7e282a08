//! A line of bash. Readline splits words at more characters than bash does, by default also at `@`, `:` and
//! `=`, and replaces the part after the last of them alone: an answer is cut to what that part becomes.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::CharIndices;

use super::line::Line;
use super::request::Offer;

/// `COMP_TYPE` of completions that are inserted one after the other, or all at once.
const INSERTING: [&str; 2] = ["37", "42"];

/// What decides how an answer is written.
#[derive(Debug, PartialEq, Eq)]
pub struct BashLine {
    /// The part of the word at the cursor that stays, without its quotes.
    kept: String,
    /// The quote that is open where the rest begins.
    quote: Quote,
    /// Whether candidates are inserted, and not only listed.
    inserts: bool,
    /// Of the terminal, in characters.
    width: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Quote {
    None,
    /// `'…'`
    Single,
    /// `"…"`
    Double,
    /// `$'…'`
    Escaped,
}

impl BashLine {
    /// `text` is the line up to the cursor, `replaced` what readline replaces at its end, `kind` is
    /// `COMP_TYPE`, and `width` is that of the terminal.
    pub fn parse(text: &str, replaced: &str, kind: &str, width: &str) -> (Line, Self) {
        let mut reader = Reader::new(text);
        let mut words = reader.words();
        let current = words.pop().unwrap_or_default();
        // The first word is the name of the program.
        let words = words.into_iter().skip(1).map(|word| word.text).collect();
        let kept = text[current.start..].strip_suffix(replaced).unwrap_or_default();
        let mut kept_reader = Reader::new(kept);
        let kept = kept_reader.words().pop().unwrap_or_default().text;
        let this = Self {
            kept,
            quote: kept_reader.quote,
            inserts: INSERTING.contains(&kind),
            width: width.parse().unwrap_or(80),
        };
        let is_redirection = current.is_redirection;
        (Line { words, current: current.text, is_redirection }, this)
    }

    /// One offer a line. Several ones are only listed, and so can have a help beside them: bash inserts what
    /// they have in common at their beginning.
    pub fn write(&self, offers: &[Offer], answer: &mut String) {
        let texts: Vec<_> = offers
            .iter()
            .filter_map(|offer| Some((self.quoted(offer.value.strip_prefix(&self.kept)?), offer)))
            .collect();
        let widest = texts.iter().map(|(text, _)| text.chars().count()).max().unwrap_or_default();
        let with_help = texts.len() > 1 && !self.inserts;
        for (text, offer) in &texts {
            if with_help && offer.needs_help && !offer.help.is_empty() {
                let listed = format!("{text:widest$}  ({})", offer.help);
                let listed = listed.chars().take(self.width.max(widest + 3)).collect::<String>();
                // Writing to a String cannot fail.
                _ = writeln!(answer, "{listed}");
            } else {
                _ = writeln!(answer, "{text}");
            }
        }
    }

    /// The text as bash reads it where the quote is open.
    fn quoted(&self, text: &str) -> String {
        let mut quoted = String::with_capacity(text.len());
        for (number, char) in text.chars().enumerate() {
            match self.quote {
                Quote::Single if char == '\'' => {
                    quoted.push_str(r"'\'");
                }
                Quote::Double if matches!(char, '"' | '$' | '`' | '\\') => quoted.push('\\'),
                Quote::Escaped if matches!(char, '\'' | '\\') => quoted.push('\\'),
                Quote::None if !is_plain(char) || (number == 0 && char == '~') => {
                    quoted.push('\\');
                }
                _ => {}
            }
            quoted.push(char);
        }
        quoted
    }
}

/// Whether the character means itself without quotes.
fn is_plain(char: char) -> bool {
    char.is_alphanumeric() || "-_.,/@%+=:~".contains(char) || !char.is_ascii()
}

/// The word without its quotes, the last of which may be open.
pub fn without_quotes(word: &str) -> String {
    let mut reader = Reader::new(word);
    let mut text = String::new();
    while let Some((_, char)) = reader.chars.next() {
        match reader.quote {
            Quote::None => reader.read_plain(char, &mut text),
            _ => reader.read_quoted(char, &mut text),
        }
    }
    text
}

#[derive(Debug, Default)]
struct Word {
    text: String,
    /// The index of its first character in the line.
    start: usize,
    is_redirection: bool,
}

struct Reader<'a> {
    line: &'a str,
    chars: Peekable<CharIndices<'a>>,
    quote: Quote,
}

impl<'a> Reader<'a> {
    fn new(line: &'a str) -> Self {
        Self { line, chars: line.char_indices().peekable(), quote: Quote::None }
    }

    /// The words of the last command of the line; the last word, which may be empty, is at the cursor. Files
    /// of redirections are left out, except at the cursor.
    fn words(&mut self) -> Vec<Word> {
        let mut words = Vec::new();
        let mut word = Word::default();
        let mut has_word = false;
        while let Some((index, char)) = self.chars.next() {
            let end = index + char.len_utf8();
            match char {
                _ if self.quote != Quote::None => self.read_quoted(char, &mut word.text),
                ' ' | '\t' | '\n' | ';' | '|' | '&' | '(' | ')' | '<' | '>' => {
                    let of_redirection = matches!(char, '<' | '>');
                    let is_file = word.is_redirection && !has_word;
                    // The number before a redirection is no word.
                    let is_number = of_redirection
                        && word.text.chars().all(|digit| digit.is_ascii_digit())
                        && self.line[word.start..index] == word.text;
                    let before = std::mem::take(&mut word);
                    if has_word && !before.is_redirection && !is_number {
                        words.push(before);
                    }
                    if ";|&()".contains(char) && !is_file {
                        words.clear();
                    }
                    let is_redirection =
                        of_redirection || (is_file && (char.is_whitespace() || char == '&'));
                    word = Word { text: String::new(), start: end, is_redirection };
                    has_word = false;
                }
                _ => {
                    has_word = true;
                    self.read_plain(char, &mut word.text);
                }
            }
        }
        words.push(word);
        words
    }

    fn read_plain(&mut self, char: char, text: &mut String) {
        match char {
            '\'' => self.quote = Quote::Single,
            '"' => self.quote = Quote::Double,
            '$' if self.chars.next_if(|(_, next)| *next == '\'').is_some() => {
                self.quote = Quote::Escaped;
            }
            '\\' => text.extend(self.chars.next().map(|(_, next)| next)),
            other => text.push(other),
        }
    }

    fn read_quoted(&mut self, char: char, text: &mut String) {
        let is_end = match self.quote {
            Quote::Single | Quote::Escaped => char == '\'',
            _ => char == '"',
        };
        let is_escape = |next: char| match self.quote {
            Quote::Double => matches!(next, '"' | '$' | '`' | '\\'),
            Quote::Escaped => matches!(next, '\'' | '"' | '\\'),
            _ => false,
        };
        if is_end {
            self.quote = Quote::None;
        } else if char == '\\' {
            let next = self.chars.next_if(|(_, next)| is_escape(*next));
            text.push(next.map_or(char, |(_, next)| next));
        } else {
            text.push(char);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, replaced: &str) -> (Line, BashLine) {
        BashLine::parse(text, replaced, "9", "80")
    }

    #[test]
    fn words_are_read_without_their_quotes() {
        for (text, words, current) in [
            ("iamctl ", &[][..], ""),
            ("iamctl user sh", &["user"], "sh"),
            (r#"iamctl a\ b "c $d\"" 'e'f  g"#, &["a b", "c $d\"", "ef"], "g"),
            ("iamctl 'open word", &[], "open word"),
            ("iamctl $'it\\'s' x", &["it's"], "x"),
            ("iamctl '' x", &[""], "x"),
            ("iamctl list 2>/dev/null >out x", &["list"], "x"),
            ("iamctl list 2>&1 x", &["list"], "x"),
            ("iamctl list | iamctl user bl", &["user"], "bl"),
        ] {
            let (line, _) = parse(text, "");
            let read: Vec<_> = line.words.iter().map(String::as_str).collect();
            assert_eq!((read.as_slice(), line.current.as_str()), (words, current), "{text}");
            assert!(!line.is_redirection, "{text}");
        }
        for text in ["iamctl list >", "iamctl list > o", "iamctl list 2>>o", "iamctl x <\"a b"] {
            assert!(parse(text, "").0.is_redirection, "{text}");
        }
    }

    #[test]
    fn an_answer_is_cut_to_what_readline_replaces() {
        for (text, replaced, value, answer) in [
            ("iamctl show al", "al", "alice", "alice"),
            ("iamctl show alice@ex", "@ex", "alice@example.org", "@example.org"),
            ("iamctl show alice@ex", "ex", "alice@example.org", "example.org"),
            ("iamctl show email:al", "al", "email:alice", "alice"),
            ("iamctl list --user=al", "al", "--user=alice", "alice"),
            ("iamctl list --user=", "=", "--user=alice", "=alice"),
            ("iamctl list --user='a b", "a b", "--user=a b'c", r"a b'\''c"),
            ("iamctl list --user=a\\ b", "a\\ b", "--user=a b$c", r"a\ b\$c"),
            ("iamctl list \"a", "a", "a\"$`\\", r#"a\"\$\`\\"#),
            ("iamctl list ", "", "~x ü", r"\~x\ ü"),
        ] {
            let (_, line) = parse(text, replaced);
            let offer =
                Offer { value: value.to_owned(), help: "help".to_owned(), needs_help: true };
            let mut written = String::new();
            line.write(&[offer], &mut written);
            assert_eq!(written, format!("{answer}\n"), "{text}");
        }
    }

    #[test]
    fn what_says_enough_by_itself_has_no_help() {
        let offers = [("alice", true), ("--all", false)].map(|(value, needs_help)| Offer {
            value: value.to_owned(),
            help: "what it is".to_owned(),
            needs_help,
        });
        let mut written = String::new();
        parse("iamctl ", "").1.write(&offers, &mut written);
        assert_eq!(written, "alice  (what it is)\n--all\n");
    }

    #[test]
    fn only_a_list_has_help() {
        let offers = ["aa", "b"].map(|value| Offer {
            value: value.to_owned(),
            help: "what it is".to_owned(),
            needs_help: true,
        });
        for (kind, width, answer) in [
            ("9", "80", "aa  (what it is)\nb   (what it is)\n"),
            ("63", "8", "aa  (wha\nb   (wha\n"),
            ("37", "80", "aa\nb\n"),
        ] {
            let (_, line) = BashLine::parse("iamctl ", "", kind, width);
            let mut written = String::new();
            line.write(&offers, &mut written);
            assert_eq!(written, answer, "{kind}");
        }
    }
}
