//! The scripts in the shells themselves, on a pseudo-terminal, from the places where they are installed.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use rexpect::session::{PtySession, spawn_command};

use super::PATIENT;
use crate::support::{Db, IAMCTL, Run, directory};

/// In milliseconds.
const PATIENCE: u64 = 30_000;

const PROMPT: &str = "ready> ";

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Shell {
    Bash,
    Zsh,
    Fish,
}

const ALL: [Shell; 3] = [Shell::Bash, Shell::Zsh, Shell::Fish];

/// A shell with the script installed. Dropping the value ends it.
struct Terminal {
    session: PtySession,
    _home: tempfile::TempDir,
}

impl Shell {
    fn name(self) -> &'static str {
        match self {
            Self::Bash => "bash",
            Self::Zsh => "zsh",
            Self::Fish => "fish",
        }
    }

    /// Starts it in a directory of its own, which is its home, too, on the database.
    fn start(self, url: &str) -> Terminal {
        let home = directory();
        let path = home.path();
        let install = |file: &str, text: &str| {
            let file = path.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, text).unwrap();
        };
        let script = Run::without_database(&format!("completions {}", self.name())).ok().stdout;
        fs::create_dir(path.join("bin")).unwrap();
        symlink(IAMCTL, path.join("bin/iamctl")).unwrap();
        fs::create_dir(path.join("files")).unwrap();
        fs::write(path.join("files/a file.csv"), "").unwrap();
        let mut command = Command::new(self.name());
        match self {
            Self::Bash => {
                install("completions/iamctl", &script);
                // As bash-completion does, which loads the file at the first use.
                let rc = format!(
                    "PS1='{PROMPT}'; set -u; bind 'set bell-style none'; bind 'set enable-bracketed-paste off'
                     load() {{ . ~/completions/\"${{1##*/}}\" && return 124; }}
                     complete -F load -D"
                );
                install(".rc", &rc);
                command.args(["--noprofile", "--rcfile"]).arg(path.join(".rc")).arg("-i");
            }
            Self::Zsh => {
                install("site-functions/_iamctl", &script);
                let rc = format!(
                    "PROMPT='{PROMPT}'; RPROMPT=; setopt nounset; unsetopt prompt_sp prompt_cr beep
                     fpath=(~/site-functions $fpath); autoload -U compinit; compinit -u; bindkey -e
                     LISTMAX=1000; unset zle_bracketed_paste"
                );
                install(".zshrc", &rc);
                command.args(["-d", "-i"]);
            }
            Self::Fish => {
                install("share/fish/vendor_completions.d/iamctl.fish", &script);
                let config = format!(
                    "set -g fish_greeting
                     function fish_prompt; echo -n '{PROMPT}'; end
                     set -g fish_autosuggestion_enabled 0"
                );
                install(".config/fish/config.fish", &config);
                command.arg("-i");
            }
        }
        let path_of_programs =
            format!("{}:{}", path.join("bin").display(), std::env::var("PATH").unwrap_or_default());
        command
            .env_clear()
            .env("PATH", path_of_programs)
            .env("HOME", path)
            .env("ZDOTDIR", path)
            .env("XDG_DATA_DIRS", format!("{}:/usr/share", path.join("share").display()))
            .env("LANG", "C.UTF-8")
            .env("TERM", "xterm")
            .env("DATABASE_URL", url)
            .env(PATIENT.0, PATIENT.1)
            .current_dir(path);
        let mut session = spawn_command(command, Some(PATIENCE)).unwrap_or_else(|error| {
            panic!("{} does not start; run: apt-get install zsh fish ({error})", self.name())
        });
        // An interactive shell ignores the SIGTERM that is to end it.
        session.process_mut().set_kill_timeout(Some(0));
        let mut terminal = Terminal { session, _home: home };
        terminal.session.exp_string(PROMPT).unwrap();
        terminal
    }
}

impl Terminal {
    /// Types this, and returns the words that the line then has, each in `<>`. `\t` is Tab.
    fn words(&mut self, typed: &str) -> String {
        self.session.send(typed).unwrap();
        // Ctrl-E and Ctrl-A: to the end, to the beginning.
        self.session.send("\x05 'end'\x01printf '<%s>' \r").unwrap();
        self.session.flush().unwrap();
        // The line that is typed has a quote before it.
        self.session.exp_string("<iamctl>").unwrap();
        let words = self.session.exp_string("<end>").unwrap();
        self.session.exp_string(PROMPT).unwrap();
        words
    }

    /// Types this, waits for the texts in this order, and discards the line.
    fn lists(&mut self, typed: &str, texts: &[&str]) {
        self.session.send(typed).unwrap();
        self.session.flush().unwrap();
        for text in texts {
            self.session
                .exp_string(text)
                .unwrap_or_else(|error| panic!("{typed}: {text}: {error}"));
        }
        // Ctrl-E and Ctrl-U. The prompt is drawn again below a list.
        self.session.send("\x05\x15echo over''all\r").unwrap();
        self.session.flush().unwrap();
        self.session.exp_string("overall").unwrap();
        self.session.exp_string(PROMPT).unwrap();
    }
}

fn users() -> Db {
    let db = Db::new();
    for name in ["alice", "bob", "bob-w", "carol"] {
        db.user(name);
    }
    db
}

#[test]
fn commands_options_and_users_are_completed() {
    let db = users();
    for shell in ALL {
        let mut terminal = shell.start(&db.url());
        for (typed, words) in [
            ("iamctl us\tsho\tal\t", "<user><show><alice>"),
            ("iamctl user block alice ca\t", "<user><block><alice><carol>"),
            ("iamctl user show alice@ex\t", "<user><show><alice@example.org>"),
            ("iamctl user show email:al\t", "<user><show><email:alice@example.org>"),
            ("iamctl user show email:alice@\t", "<user><show><email:alice@example.org>"),
            ("iamctl user show name:al\t", "<user><show><name:alice>"),
            ("iamctl token list --user=al\t", "<token><list><--user=alice>"),
            ("iamctl token list --user al\t", "<token><list><--user><alice>"),
            ("iamctl token list --user=alice@e\t", "<token><list><--user=alice@example.org>"),
            (
                "iamctl user list --columns email_verified_\t",
                "<user><list><--columns><email_verified_at>",
            ),
            (
                "iamctl user list --columns=id,email_verified_\t",
                "<user><list><--columns=id,email_verified_at>",
            ),
            ("iamctl user list --csv\t", "<user><list><--csv-safe>"),
            ("iamctl audit list --action user.cr\t", "<audit><list><--action><user.create>"),
            ("iamctl help user set-\t", "<help><user><set-email>"),
            ("iamctl man user set-\t", "<man><user><set-email>"),
            ("iamctl -o json user show al\t", "<-o><json><user><show><alice>"),
            // Where several begin so, what they have in common.
            ("iamctl user show b\t", "<user><show><bob>"),
        ] {
            assert_eq!(terminal.words(typed), words, "{shell:?}: {typed:?}");
        }
    }
}

#[test]
fn words_in_quotes_are_completed() {
    let db = users();
    for shell in ALL {
        let mut terminal = shell.start(&db.url());
        for (typed, words) in [
            ("iamctl user show 'al\t", "<user><show><alice>"),
            ("iamctl user show \"al\t", "<user><show><alice>"),
            ("iamctl user show 'alice@e\t", "<user><show><alice@example.org>"),
            ("iamctl 'user' show al\t", "<user><show><alice>"),
            ("iamctl token list --user='al\t", "<token><list><--user=alice>"),
            ("iamctl token list --user=\"alice@e\t", "<token><list><--user=alice@example.org>"),
        ] {
            assert_eq!(terminal.words(typed), words, "{shell:?}: {typed:?}");
        }
    }
}

#[test]
fn values_with_blanks_quotes_and_dollars_stay_one_word() {
    let db = Db::new();
    for (number, name) in
        ["a b", "b'c", "c\"d", "d$HOME", "e`id`", "f\\g", "h!i;j&k|l", "ü ~"].iter().enumerate()
    {
        db.sql(&format!(
            "insert into users (id, created_at, username, username_fingerprint, email)
             values (gen_random_uuid(), now(), $name${name}$name$, '{number}', 'q{number}@x.org')"
        ));
    }
    for shell in ALL {
        let mut terminal = shell.start(&db.url());
        for (typed, name) in [
            ("a", "a b"),
            ("b", "b'c"),
            ("c", "c\"d"),
            ("d", "d$HOME"),
            ("e", "e`id`"),
            ("f", "f\\g"),
            ("h", "h!i;j&k|l"),
            ("ü", "ü ~"),
            ("a\\ ", "a b"),
            ("'a ", "a b"),
            ("\"a ", "a b"),
        ] {
            let words = terminal.words(&format!("iamctl user show {typed}\t"));
            // What is read from the terminal has a character for each byte.
            let name: String = name.bytes().map(char::from).collect();
            assert_eq!(words, format!("<user><show><{name}>"), "{shell:?}: {typed}");
        }
    }
}

#[test]
fn files_are_completed_where_a_file_is_named_and_nowhere_else() {
    let db = users();
    for shell in ALL {
        let mut terminal = shell.start(&db.url());
        for (typed, words) in [
            ("iamctl user import fil\ta\t", "<user><import><files/a file.csv>"),
            (
                "iamctl token issue --write-to fil\ta\t",
                "<token><issue><--write-to><files/a file.csv>",
            ),
            (
                "iamctl token issue --write-to=fil\ta\t",
                "<token><issue><--write-to=files/a file.csv>",
            ),
            ("iamctl user import ~/fil\ta\t", "HOME"),
            // Neither where nothing begins so.
            ("iamctl user show fil\t", "<user><show><fil>"),
            ("iamctl token list --user fil\t", "<token><list><--user><fil>"),
            ("iamctl token list --user=fil\t", "<token><list><--user=fil>"),
            ("iamctl user list --columns fil\t", "<user><list><--columns><fil>"),
            ("iamctl audit list --action fil\t", "<audit><list><--action><fil>"),
        ] {
            let found = terminal.words(typed);
            match words {
                "HOME" => assert!(found.ends_with("/files/a file.csv>"), "{shell:?}: {found}"),
                words => assert_eq!(found, words, "{shell:?}: {typed:?}"),
            }
        }
    }
}

#[test]
fn lists_have_commands_before_options_and_say_what_rows_are() {
    let db = users();
    db.iamctl("owner create --user alice --user carol").ok();
    db.iamctl("owner create --user bob").ok();
    for shell in ALL {
        let mut terminal = shell.start(&db.url());
        // bash lists from top to bottom in three columns; what is read is row by row.
        let in_order = match shell {
            Shell::Bash => ["user", "man", "--no-headers", "completions"],
            _ => ["user", "token", "demo", "--output"],
        };
        terminal.lists("iamctl \t\t", &in_order);
        terminal.lists("iamctl owner show \t\t", &["alice, carol"]);
        terminal.lists("iamctl user show bob\t\t", &["bob-w", "bob-w@example.org"]);
    }
}

#[test]
fn a_database_that_does_not_answer_leaves_the_line_as_it_is() {
    for shell in ALL {
        let mut terminal = shell.start("postgresql://127.0.0.1:1/nothing");
        let typed = "iamctl user show al\t";
        assert_eq!(terminal.words(typed), "<user><show><al>", "{shell:?}");
        assert_eq!(terminal.words("iamctl user sho\t"), "<user><show>", "{shell:?}");
    }
}

/// By a path, and in the middle of a line with other commands.
#[test]
fn the_program_that_is_typed_is_asked() {
    let db = users();
    for shell in ALL {
        let mut terminal = shell.start(&db.url());
        let session = &mut terminal.session;
        for line in [
            "true; iamctl user show al\t",
            "true | iamctl user show al\t",
            // Last: the loader of this test sees to bare names only.
            "bin/iamctl user show al\t",
        ] {
            session.send(&format!("{line}-o id\r")).unwrap();
            session.flush().unwrap();
            let id = db.sql("select id from users where username = 'alice'");
            session
                .exp_string(id.trim())
                .unwrap_or_else(|error| panic!("{shell:?}: {line}: {error}"));
            session.exp_string(PROMPT).unwrap();
        }
    }
}
