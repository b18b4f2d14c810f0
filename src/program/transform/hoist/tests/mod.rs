mod bits;
mod kernels;
mod text;

use super::hoist;
use crate::program::Program;

/// What the pass makes of a program. Once more, it finds nothing to do.
fn hoisted(program: &Program) -> Program {
    let got = hoist(program).unwrap();
    assert_eq!(hoist(&got).unwrap().to_string(), got.to_string());
    got
}
