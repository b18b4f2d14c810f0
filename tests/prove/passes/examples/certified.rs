//! The files of this example that have graphs, beside what they call `model`.

use super::digits as model;

#[path = "../../../../examples/certified_digits/attack.rs"]
#[allow(dead_code)]
pub mod attack;
#[path = "../../../../examples/certified_digits/certify.rs"]
#[allow(dead_code)]
pub mod certify;
