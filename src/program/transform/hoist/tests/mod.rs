mod bits;
mod kernels;
mod text;

use super::hoist;
use crate::program::Program;

fn program(lines: &str) -> Program {
    let lines: Vec<&str> = lines.lines().map(str::trim).collect();
    let text = format!("cotangent program 1\n{}\n", lines.join("\n"));
    text.parse()
        .unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// What the pass makes of a program. Once more, it finds nothing to do.
fn hoisted(program: &Program) -> Program {
    let got = hoist(program).unwrap();
    assert_eq!(hoist(&got).unwrap().to_string(), got.to_string());
    got
}
