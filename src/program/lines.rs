//! Programs of tests.

use super::Program;

/// The program of its lines, of which each may be indented; what cannot be read is shown.
pub(crate) fn program(lines: &str) -> Program {
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    let text = format!("cotangent program 1\n{}\n", lines.join("\n"));
    text.parse()
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}
