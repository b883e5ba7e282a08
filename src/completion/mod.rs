//! What the Tab key of a shell offers (docs/behaviour.md, Completion).
//!
//! The script of a shell calls iamctl with the line up to the cursor. clap_complete's engine knows the command
//! tree. Arguments carry `Names`, which says what of the database can be their value, and commands carry
//! `Prints`.

mod bash;
mod candidates;
mod command_words;
mod database;
mod line;
mod request;
mod rows;
mod script;
mod tree;

use clap::Command;

pub use candidates::Names;
pub use request::Request;
pub use script::script;

/// The lines that the script of the shell reads: what kind of answer it is, then a candidate a line. Empty
/// where there is nothing to offer. `root` is the whole command tree.
pub fn answer(request: Request, root: Command) -> String {
    let (line, shell) = request.into_parts();
    if line.is_redirection {
        return request::FILES.to_owned();
    }
    shell.answer(&tree::candidates(line, root))
}
