//! Which instructions of a program are one node together: those around the windows of images, which are then never stored.

use super::makers::Makers;
use super::patches::{self, Contraction};
use super::pools::{self, Pooling};
use crate::program::{Instruction, Prim, Program};
use std::collections::BTreeMap;

/// What becomes of an instruction.
pub(super) enum Fused {
    /// Nothing: its readers take its first argument.
    Skipped,
    /// A product with windows, one node of two values.
    Patches(Box<Contraction>),
    /// A pool or the gradient of one.
    Pool(Box<Pooling>),
}

/// The instructions that are no node of their own, by number.
pub(super) fn fused(program: &Program) -> BTreeMap<usize, Fused> {
    let is_window = |of: &Instruction| matches!(of.prim, Prim::Unfold(_) | Prim::Fold(_));
    if !program.instructions().iter().any(is_window) {
        return BTreeMap::new();
    }
    let makers = Makers::new(program);
    let (products, skipped) = patches::products(program, &makers);
    let (pools, more) = pools::pools(program, &makers);
    let pools = pools.into_iter();
    let mut all: BTreeMap<usize, Fused> = pools
        .map(|(number, pool)| (number, Fused::Pool(Box::new(pool))))
        .collect();
    let skipped = skipped.into_iter().chain(more);
    all.extend(skipped.map(|number| (number, Fused::Skipped)));
    let products = products.into_iter();
    all.extend(products.map(|(number, of)| (number, Fused::Patches(Box::new(of)))));
    all
}
