//! Whether two programs compute the same.

use crate::program::Program;
use crate::prove::prove_equal;

/// Both give the same: as terms, and over floats by the bits.
pub(super) fn assert_same(name: &str, one: &Program, other: &Program) {
    if let Err(error) = prove_equal(one, other) {
        panic!("{name}: {error}\n{one}\n{other}");
    }
}
