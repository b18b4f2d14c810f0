//! Contractions take the order of axes of their operands, and give it to their result.
//!
//! A label is a number, and the sums are taken in the order of the numbers of what is summed over. The labels keep
//! their numbers, or the order of the sums: so nothing is rounded in another way.

use super::known::{Identity, Known, Rewrite, made};
use crate::program::primitives::{Contract, Permute};
use crate::program::syntax::Prim;

pub(super) const IDENTITIES: &[Identity] = &[
    Identity {
        name: "contract of a permuted left operand = contract",
        apply: permuted_left,
    },
    Identity {
        name: "contract of a permuted right operand = contract",
        apply: permuted_right,
    },
    Identity {
        name: "permute of contract = contract",
        apply: permuted_result,
    },
];

/// The labels of what is permuted, from those of the result of the permutation.
fn before(axes: &[usize], labels: &[usize]) -> Box<[usize]> {
    let mut all = vec![0; axes.len()];
    for (&axis, &label) in axes.iter().zip(labels) {
        all[axis] = label;
    }
    all.into()
}

/// The axes and the argument of a permutation.
fn permuted(k: &Known, id: usize) -> Option<(&[usize], usize)> {
    match k.made(id)? {
        (Prim::Permute(Permute(axes)), &[x]) => Some((axes, x)),
        _ => None,
    }
}

/// The contraction with labels in their usual order, if that does not change the order of the sums.
fn ordered(contract: Contract) -> Contract {
    let shared = contract
        .left
        .iter()
        .filter(|label| contract.right.contains(label));
    let summed = shared.filter(|label| !contract.result.contains(label));
    match summed.is_sorted() {
        true => Contract::new(&contract.left, &contract.right, &contract.result),
        false => contract,
    }
}

fn permuted_left(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Contract(contract), &[x, y]) => {
            let (axes, x) = permuted(k, x)?;
            let left = before(axes, &contract.left);
            made(
                ordered(Contract {
                    left,
                    ..contract.clone()
                }),
                [x, y],
            )
        }
        _ => None,
    }
}

fn permuted_right(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Contract(contract), &[x, y]) => {
            let (axes, y) = permuted(k, y)?;
            let right = before(axes, &contract.right);
            made(
                ordered(Contract {
                    right,
                    ..contract.clone()
                }),
                [x, y],
            )
        }
        _ => None,
    }
}

// Only where nobody else uses the contraction: else it would be computed twice.
fn permuted_result(k: &Known, prim: &Prim, x: &[usize]) -> Option<Rewrite> {
    match (prim, x) {
        (Prim::Permute(Permute(axes)), &[z]) if k.uses[z] == 1 => match k.made(z)? {
            (Prim::Contract(contract), arguments) => {
                let result = axes.iter().map(|&axis| contract.result[axis]).collect();
                made(
                    ordered(Contract {
                        result,
                        ..contract.clone()
                    }),
                    arguments,
                )
            }
            _ => None,
        },
        _ => None,
    }
}
