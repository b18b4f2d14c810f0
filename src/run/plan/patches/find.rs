//! Contractions with the windows of images: which of them are one node, so that the windows are never stored.
//!
//! A contraction reads an unfolding, through reshapes only, which no other instruction reads; or a fold reads a contraction, through
//! reshapes only, which no other instruction reads. The axes of the windows, entries and places, are the last two, and what is
//! left over of the entries is channels.

use super::axes::Contraction;
use super::product::Role;
use crate::program::{Contract, Fold, Instruction, Prim, Program, Unfold};
use crate::scalar::Precision;
use crate::tensor::Type;
use std::collections::BTreeMap;

/// What becomes of an instruction.
pub(in crate::run::plan) enum Fused {
    /// Nothing: its readers take its first argument.
    Skipped,
    /// One node, of these two values.
    Patches(Box<Contraction>),
}

/// What is known of a program while its products are sought.
struct Seeker<'p> {
    program: &'p Program,
    /// The instruction that makes each value, by number, if it has one result.
    makers: Vec<Option<usize>>,
    /// How many read each value; an output is read.
    uses: Vec<usize>,
}

/// The instructions that are no node of their own, by number.
pub(in crate::run::plan) fn fused(program: &Program) -> BTreeMap<usize, Fused> {
    let mut all = BTreeMap::new();
    let is_window = |of: &Instruction| matches!(of.prim, Prim::Unfold(_) | Prim::Fold(_));
    if !program.instructions().iter().any(is_window) {
        return all;
    }
    let seeker = Seeker::new(program);
    for (number, instruction) in program.instructions().iter().enumerate() {
        if let Prim::Fold(fold) = &instruction.prim
            && let Some((product, skipped)) = seeker.folded(fold, instruction)
        {
            all.insert(number, Fused::Patches(Box::new(product)));
            all.extend(skipped.into_iter().map(|number| (number, Fused::Skipped)));
        }
    }
    let mut unfolded: BTreeMap<usize, Vec<(usize, Contraction)>> = BTreeMap::new();
    for (number, instruction) in program.instructions().iter().enumerate() {
        if let Prim::Contract(contract) = &instruction.prim
            && !all.contains_key(&number)
            && let Some((root, product)) = seeker.unfolded(contract, instruction)
        {
            unfolded.entry(root).or_default().push((number, product));
        }
    }
    for (root, products) in unfolded {
        let mut skipped = vec![root];
        let mut readers = 0;
        let mut next = 0;
        while let Some(&number) = skipped.get(next) {
            // The unfolding and its reshapes; a contraction reads it once.
            let value = seeker.result(number);
            readers += seeker.uses[value];
            for reshape in seeker.reshapes_of(value) {
                readers -= 1;
                skipped.push(reshape);
            }
            next += 1;
        }
        if readers == products.len() {
            all.extend(skipped.into_iter().map(|number| (number, Fused::Skipped)));
            let products = products.into_iter();
            all.extend(products.map(|(number, of)| (number, Fused::Patches(Box::new(of)))));
        }
    }
    all
}

impl<'p> Seeker<'p> {
    fn new(program: &'p Program) -> Self {
        let mut makers = vec![None; program.inputs().len()];
        for (number, instruction) in program.instructions().iter().enumerate() {
            match instruction.results.len() {
                1 => makers.push(Some(number)),
                several => makers.resize(makers.len() + several, None),
            }
        }
        let mut uses = vec![0; makers.len()];
        let read = program
            .instructions()
            .iter()
            .flat_map(|of| of.arguments.iter());
        for &value in read.chain(program.outputs()) {
            uses[value] += 1;
        }
        Seeker {
            program,
            makers,
            uses,
        }
    }

    fn maker(&self, value: usize) -> Option<(usize, &'p Instruction)> {
        let number = self.makers[value]?;
        Some((number, &self.program.instructions()[number]))
    }

    /// The value that an instruction with one result makes.
    fn result(&self, number: usize) -> usize {
        let is_it = |maker: &Option<usize>| *maker == Some(number);
        self.makers.iter().position(is_it).unwrap_or(0)
    }

    fn reshapes_of(&self, value: usize) -> impl Iterator<Item = usize> + use<'_, 'p> {
        let all = self.program.instructions().iter().enumerate();
        all.filter(move |(_, of)| matches!(of.prim, Prim::Reshape(_)) && *of.arguments == [value])
            .map(|(number, _)| number)
    }

    fn dims(&self, value: usize) -> Vec<usize> {
        self.program.types()[value].dims().to_vec()
    }

    /// A contraction that is folded, and the instructions from it to the fold.
    fn folded(
        &self,
        Fold(window, image): &Fold,
        instruction: &Instruction,
    ) -> Option<(Contraction, Vec<usize>)> {
        let (mut value, mut skipped) = (instruction.arguments[0], Vec::new());
        loop {
            let (number, of) = self.maker(value).filter(|_| self.uses[value] == 1)?;
            skipped.push(number);
            match &of.prim {
                Prim::Reshape(_) => value = of.arguments[0],
                Prim::Contract(contract) => {
                    let dims = self.dims(value);
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
                    let (number, of) = self.maker(value)?;
                    match &of.prim {
                        Prim::Reshape(_) => value = of.arguments[0],
                        Prim::Unfold(Unfold(window)) => break (number, of, *window),
                        _ => return None, // a match over primitives: no other is an unfolding
                    }
                };
                let images = self.dims(of.arguments[0]);
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
                    dims: self.dims(argument),
                    labels: labels.map(|labels| labels.to_vec()),
                    factors: [of.arguments[0], instruction.arguments[1 - side]],
                };
                let exact = are_exact([&instruction.results[0], &of.results[0]]);
                (exact && product.is_one()).then_some((root, product))
            })
    }
}

/// Whether nothing is rounded to another precision.
fn are_exact(types: [&Type; 2]) -> bool {
    let is_exact = |ty: &&Type| matches!(ty, Type::Scalar(_, Precision::Run));
    types.iter().all(is_exact)
}
