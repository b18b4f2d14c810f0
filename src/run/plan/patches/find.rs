//! Contractions with the windows of images: which of them are one node, so that the windows are never stored.
//!
//! A contraction reads an unfolding, through reshapes only, which no other instruction reads; or a fold reads a contraction, through
//! reshapes only, which no other instruction reads. The axes of the windows, entries and places, are the last two, and what is
//! left over of the entries is channels.

use super::axes::Contraction;
use super::product::Role;
use crate::program::{Contract, Fold, Instruction, Prim, Program, Unfold};
use crate::run::plan::makers::{Makers, are_exact};
use std::collections::BTreeMap;

/// The products with windows, by the number of the instruction that makes them, and the instructions that nothing else needs.
pub(in crate::run::plan) fn products(
    program: &Program,
    makers: &Makers<'_>,
) -> (BTreeMap<usize, Contraction>, Vec<usize>) {
    let seeker = Seeker(makers);
    let (mut all, mut skipped) = (BTreeMap::new(), Vec::new());
    for (number, instruction) in program.instructions().iter().enumerate() {
        if let Prim::Fold(fold) = &instruction.prim
            && let Some((product, between)) = seeker.folded(fold, instruction)
        {
            all.insert(number, product);
            skipped.extend(between);
        }
    }
    let mut unfolded: BTreeMap<usize, Vec<(usize, Contraction)>> = BTreeMap::new();
    for (number, instruction) in program.instructions().iter().enumerate() {
        if let Prim::Contract(contract) = &instruction.prim
            && !skipped.contains(&number)
            && let Some((root, product)) = seeker.unfolded(contract, instruction)
        {
            unfolded.entry(root).or_default().push((number, product));
        }
    }
    for (root, products) in unfolded {
        let mut between = vec![root];
        let mut readers = 0;
        let mut next = 0;
        while let Some(&number) = between.get(next) {
            // The unfolding and its reshapes; a contraction reads it once.
            let value = makers.result(number);
            readers += makers.uses(value);
            for reshape in makers.reshapes_of(value) {
                readers -= 1;
                between.push(reshape);
            }
            next += 1;
        }
        if readers == products.len() {
            skipped.extend(between);
            all.extend(products);
        }
    }
    (all, skipped)
}

/// Seeks them by what makes each value.
struct Seeker<'m>(&'m Makers<'m>);

impl Seeker<'_> {
    /// A contraction that is folded, and the instructions from it to the fold.
    fn folded(
        &self,
        Fold(window, image): &Fold,
        instruction: &Instruction,
    ) -> Option<(Contraction, Vec<usize>)> {
        let (mut value, mut skipped) = (instruction.arguments[0], Vec::new());
        loop {
            let (number, of) = self.0.maker(value).filter(|_| self.0.uses(value) == 1)?;
            skipped.push(number);
            match &of.prim {
                Prim::Reshape(_) => value = of.arguments[0],
                Prim::Contract(contract) => {
                    let dims = self.0.dims(value);
                    let (x, [left, right]) = (&contract.result, [&contract.left, &contract.right]);
                    // The places are those of one factor.
                    let place = x.last()?;
                    let is_right = right.contains(place);
                    let ([w, y], order) = match is_right {
                        true => ([left, right], [0, 1]),
                        false => ([right, left], [1, 0]),
                    };
                    let product = Contraction {
                        role: Role::Images,
                        window: *window,
                        image: *image,
                        dims,
                        labels: [x, w, y].map(|labels| labels.to_vec()),
                        factors: order.map(|side: usize| of.arguments[side]),
                    };
                    let exact = are_exact([&instruction.results[0], &of.results[0]]);
                    return (exact && product.is_one()).then_some((product, skipped));
                }
                _ => return None, // a match over primitives: no other is a product
            }
        }
    }

    /// A contraction with an unfolding, and the instruction that unfolds.
    fn unfolded(
        &self,
        contract: &Contract,
        instruction: &Instruction,
    ) -> Option<(usize, Contraction)> {
        let sides = [
            (&contract.left, &contract.right),
            (&contract.right, &contract.left),
        ];
        sides
            .into_iter()
            .enumerate()
            .find_map(|(side, (x, other))| {
                let argument = instruction.arguments[side];
                let mut value = argument;
                let (root, of, window) = loop {
                    let (number, of) = self.0.maker(value)?;
                    match &of.prim {
                        Prim::Reshape(_) => value = of.arguments[0],
                        Prim::Unfold(Unfold(window)) => break (number, of, *window),
                        _ => return None, // a match over primitives: no other is an unfolding
                    }
                };
                let images = self.0.dims(of.arguments[0]);
                let [.., height, width] = *images else {
                    return None;
                };
                // What has an axis of places is no weights.
                let role = match other.contains(x.last()?) {
                    true => Role::Weights,
                    false => Role::Result,
                };
                let labels = match role {
                    Role::Weights => [x, &contract.result, other],
                    _ => [x, other, &contract.result],
                };
                let product = Contraction {
                    role,
                    window,
                    image: [height, width],
                    dims: self.0.dims(argument),
                    labels: labels.map(|labels| labels.to_vec()),
                    factors: [of.arguments[0], instruction.arguments[1 - side]],
                };
                let exact = are_exact([&instruction.results[0], &of.results[0]]);
                (exact && product.is_one()).then_some((root, product))
            })
    }
}
