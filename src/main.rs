//! The binary: arguments to one call.

use std::process::ExitCode;

fn main() -> ExitCode {
    atlassian_bridge::cli::run()
}
