use crate::context::Context;
use crate::error::Result;

/// Walk through the main job on an empty database
#[derive(Debug, clap::Args)]
pub struct Args {}

pub fn run(_args: &Args, _context: &mut Context) -> Result<()> {
    Ok(())
}
