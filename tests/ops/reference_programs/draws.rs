//! Which masks a program draws, and what their keys are folded with.

use cotangent::program::{Prim, Program};
use cotangent::tensor::Dims;

/// A mask that a program draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    /// The input of the program that is its key.
    pub entry: usize,
    /// The numbers that the key is folded with, in order.
    pub folds: Vec<u32>,
    pub keep: u64,
    pub dims: Dims,
}

/// Where a value that is a key comes from: an input, and the numbers it was folded with.
type Origin = Option<(usize, Vec<u32>)>;

/// All masks, in the order of the program; those of a loop step after step, by the number of the step.
pub fn draws(program: &Program) -> Vec<Draw> {
    let inputs = (0..program.inputs().len()).map(|input| Some((input, Vec::new())));
    let mut all = Vec::new();
    walk(program, inputs.collect(), 0, &mut all);
    all
}

/// The masks of a program whose inputs come from these, in the step `step` of a loop.
fn walk(program: &Program, inputs: Vec<Origin>, step: u32, all: &mut Vec<Draw>) {
    let mut origins = inputs;
    for instruction in program.instructions() {
        let x: Vec<Origin> = instruction
            .arguments
            .iter()
            .map(|&id| origins[id].clone())
            .collect();
        let folded = |n: u32| {
            let (input, folds) = x[0].clone()?;
            Some((input, [folds.as_slice(), &[n]].concat()))
        };
        let mut y = vec![None; instruction.results.len()];
        match &instruction.prim {
            Prim::FoldIn(fold) => y[0] = folded(fold.0),
            Prim::FoldInIndex(_) => y[0] = folded(step),
            Prim::Mask(mask) => {
                let (entry, folds) = x[0]
                    .clone()
                    .expect("the key of a mask is folded from an input");
                let (keep, dims) = (mask.keep, mask.dims.clone());
                all.push(Draw {
                    entry,
                    folds,
                    keep,
                    dims,
                });
            }
            Prim::Call(call) => walk(call.function.body(), x, step, all),
            Prim::Scan(scan) => {
                let body = scan.body.body();
                for step in 0..scan.length as u32 {
                    // Keys are constants of a loop.
                    let mut inputs = x[..scan.constants].to_vec();
                    inputs.resize(body.inputs().len(), None);
                    walk(body, inputs, step, all);
                }
            }
            // What makes no keys, or keys that no case draws from: a mask by one of those is refused above.
            _ => {}
        }
        origins.extend(y);
    }
}
