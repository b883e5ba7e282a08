use crate::commands::help_page::{long, short};
use crate::context::Context;
use crate::error::Result;
use crate::local::LocalServer;
use crate::output::Prints;

/// Print the URL of the private PostgreSQL, for psql
#[derive(Debug, clap::Args)]
#[command(after_help = short(EXAMPLES), after_long_help = long(EXAMPLES))]
#[command(add = Prints::document("url"))]
pub struct Args {}

const EXAMPLES: &str = r#"
$ iamctl local url
postgresql:///iam?host=…
"#;

pub fn run(_args: &Args, context: &Context) -> Result<()> {
    let mut url = LocalServer::locate()?.url();
    if !context.output.format.is_json() {
        url.push('\n');
    }
    context.output.document("url", &url)
}
