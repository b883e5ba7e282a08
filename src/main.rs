use std::process::ExitCode;

fn main() -> ExitCode {
    iamctl::cli::main()
}
