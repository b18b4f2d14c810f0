//! Mutants: programs with one mistake that people make.

use super::{Instruction, Prim, Program};
use crate::scalar::{Binary, Literal, Unary};

/// A program with one mistake.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::program::{Mutant, Prim, Program};
/// use cotangent::scalar::Binary;
/// use cotangent::tensor::Dims;
/// let mut sum = Program::new(&vec![Dims::of::<shape![]>(); 2]);
/// let z = sum.push(Prim::Binary(Binary::Add), &[0, 1])?;
/// sum.set_outputs(&[z])?;
/// let mutant: Mutant = sum.mutants().swap_remove(0);
/// assert_eq!(mutant.mistake, "sign of %2 `add`: `sub`");
/// assert_eq!(mutant.program.run(&[5.0, 3.0].map(AnyTensor::scalar), &[])?, [AnyTensor::scalar(2.0)]);
/// # let _ = |mutant: Mutant| mutant;
/// # Ok::<(), cotangent::program::ProgramError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Mutant {
    /// The mistake, in words.
    pub mistake: String,
    /// The program that has it.
    pub program: Program,
}

impl Program {
    /// Every mutant: a sign, an index, a transposition, a missing factor, a wrong parent, at every place. All of them
    /// are well-formed and have outputs of the same dims. A few may compute the same as the original.
    ///
    /// ```
    /// use cotangent::program::{Prim, Program};
    /// use cotangent::scalar::Binary;
    /// use cotangent::tensor::Dims;
    /// let mut program = Program::new(&vec![Dims::new(&[2]); 2]);
    /// let product = program.push(Prim::Binary(Binary::Mul), &[0, 1])?;
    /// program.set_outputs(&[product])?;
    /// let mistakes: Vec<_> = program.mutants().into_iter().map(|mutant| mutant.mistake).collect();
    /// assert!(mistakes.contains(&"sign of %2 `mul`".to_owned()));
    /// assert!(mistakes.contains(&"missing factor %1 of %2 `mul`".to_owned()));
    /// # Ok::<(), cotangent::program::ProgramError>(())
    /// ```
    pub fn mutants(&self) -> Vec<Mutant> {
        let mut all = Vec::new();
        for at in 0..self.instructions().len() {
            let id = self.inputs().len() + at;
            let instruction = &self.instructions()[at];
            let named = format!("%{id} `{}`", instruction.prim);
            let mut add = |mistake: String, change: &[Instruction]| {
                // A change that is not well-formed is not a mutant: the recorder would have refused it.
                if let Some(program) = self.with(at, change) {
                    all.push(Mutant { mistake, program });
                }
            };
            for prim in self.other_prims(instruction) {
                let mistake = match prim {
                    Prim::MatMul { .. } | Prim::Permute(_) => "transposition",
                    Prim::Binary(_) => "sign",
                    _ => "index",
                };
                add(
                    format!("{mistake} of {named}: `{prim}`"),
                    &[Instruction {
                        prim,
                        ..instruction.clone()
                    }],
                );
            }
            let negation = Instruction {
                prim: Prim::Unary(Unary::Neg),
                arguments: vec![id],
                dims: instruction.dims.clone(),
            };
            add(format!("sign of {named}"), &[instruction.clone(), negation]);
            for (i, &argument) in self.factors(instruction) {
                let copy = Prim::Scale(Literal::ratio(1, 1));
                let kept = Instruction {
                    prim: copy,
                    arguments: vec![argument],
                    dims: instruction.dims.clone(),
                };
                let missing = match instruction.arguments.get(1 - i) {
                    Some(other) => format!("%{other}"),
                    None => "the number".to_owned(),
                };
                add(format!("missing factor {missing} of {named}"), &[kept]);
            }
            for i in 0..instruction.arguments.len() {
                for other in 0..id {
                    if other != instruction.arguments[i]
                        && self.dims(other) == self.dims(instruction.arguments[i])
                    {
                        let mut wrong = instruction.clone();
                        wrong.arguments[i] = other;
                        add(
                            format!("wrong parent of {named}: %{other} as argument {i}"),
                            &[wrong],
                        );
                    }
                }
            }
        }
        all.extend(self.with_other_outputs());
        all
    }

    /// The same program with instruction `at` replaced by one or two; users of its value take the value of the last.
    fn with(&self, at: usize, change: &[Instruction]) -> Option<Program> {
        let first = self.inputs().len();
        let mut program = Program::new(self.inputs());
        let shift = change.len() - 1;
        let moved = |id: usize| if id >= first + at { id + shift } else { id };
        for (i, instruction) in self.instructions().iter().enumerate() {
            if i == at {
                for instruction in change {
                    program
                        .push(instruction.prim.clone(), &instruction.arguments)
                        .ok()?;
                }
                continue;
            }
            let arguments: Vec<_> = match i < at {
                true => instruction.arguments.clone(),
                false => instruction.arguments.iter().map(|&id| moved(id)).collect(),
            };
            program.push(instruction.prim.clone(), &arguments).ok()?;
        }
        let outputs: Vec<_> = self.outputs().iter().map(|&id| moved(id)).collect();
        program.set_outputs(&outputs).ok()?;
        let same = |(&new, &old): (&usize, &usize)| program.dims(new) == self.dims(old);
        let fits = outputs.iter().zip(self.outputs()).all(same);
        fits.then_some(program)
    }

    /// The arguments that a product, a quotient or a scaling keeps when its other factor is forgotten.
    fn factors<'i>(
        &self,
        instruction: &'i Instruction,
    ) -> impl Iterator<Item = (usize, &'i usize)> + use<'i> {
        let kept = match instruction.prim {
            Prim::Binary(Binary::Mul) => 2,
            Prim::Binary(Binary::Div) | Prim::Scale(_) => 1,
            _ => 0,
        };
        instruction.arguments.iter().enumerate().take(kept)
    }

    /// The primitive with another sign, index or transposition.
    fn other_prims(&self, instruction: &Instruction) -> Vec<Prim> {
        let argument = |i: usize| {
            instruction
                .arguments
                .get(i)
                .and_then(|&id| self.dims(id).ok())
        };
        match &instruction.prim {
            Prim::Binary(Binary::Add) => vec![Prim::Binary(Binary::Sub)],
            Prim::Binary(Binary::Sub) => vec![Prim::Binary(Binary::Add)],
            &Prim::MatMul { ta, tb } => vec![
                Prim::MatMul { ta: !ta, tb },
                Prim::MatMul { ta, tb: !tb },
                Prim::MatMul { ta: !ta, tb: !tb },
            ],
            Prim::Permute(axes) => swaps(axes).map(Prim::Permute).collect(),
            Prim::Reduce(how, axes) => {
                let rank = argument(0).map_or(0, |dims| dims.len());
                other_axes(axes, rank)
                    .map(|axes| Prim::Reduce(*how, axes))
                    .collect()
            }
            Prim::Broadcast(dims, axes) => other_axes(axes, dims.len())
                .map(|axes| Prim::Broadcast(dims.clone(), axes))
                .collect(),
            &Prim::Slice { axis, start, len } => neighbours(start)
                .map(|start| Prim::Slice { axis, start, len })
                .collect(),
            &Prim::Pad { axis, start, len } => neighbours(start)
                .map(|start| Prim::Pad { axis, start, len })
                .collect(),
            &Prim::Concat(axis) => (0..instruction.dims.len())
                .filter(|&other| other != axis)
                .map(Prim::Concat)
                .collect(),
            &Prim::CumSum { axis, reverse } => {
                let mut all = vec![Prim::CumSum {
                    axis,
                    reverse: !reverse,
                }];
                let axes = (0..instruction.dims.len()).filter(|&other| other != axis);
                all.extend(axes.map(|axis| Prim::CumSum { axis, reverse }));
                all
            }
            Prim::Unfold(window) => shifted(*window).map(Prim::Unfold).collect(),
            Prim::Fold(window, image) => shifted(*window).map(|w| Prim::Fold(w, *image)).collect(),
            _ => Vec::new(),
        }
    }

    /// Two outputs of the same dims, exchanged; and an output that is another value.
    fn with_other_outputs(&self) -> Vec<Mutant> {
        let mut all = Vec::new();
        for (i, &output) in self.outputs().iter().enumerate() {
            for other in 0..self.size() {
                if other != output && self.dims(other) == self.dims(output) {
                    let mut program = self.clone();
                    program.outputs[i] = other;
                    let mistake = format!("output {i} is %{other} instead of %{output}");
                    all.push(Mutant { mistake, program });
                }
            }
        }
        all
    }
}

/// A list of axes with two of them exchanged.
fn swaps(axes: &[usize]) -> impl Iterator<Item = Vec<usize>> + '_ {
    let pairs = (0..axes.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    pairs.map(|(i, j)| {
        let mut axes = axes.to_vec();
        axes.swap(i, j);
        axes
    })
}

/// Increasing axes with one of them replaced.
fn other_axes(axes: &[usize], rank: usize) -> impl Iterator<Item = Vec<usize>> + '_ {
    (0..axes.len()).flat_map(move |i| {
        let free = (0..rank).filter(|axis| !axes.contains(axis));
        free.map(move |axis| {
            let mut axes = axes.to_vec();
            axes[i] = axis;
            axes.sort_unstable();
            axes
        })
    })
}

fn neighbours(start: usize) -> impl Iterator<Item = usize> {
    [start.checked_sub(1), start.checked_add(1)]
        .into_iter()
        .flatten()
}

/// A window with another padding, stride or dilation.
fn shifted(window: super::Window) -> impl Iterator<Item = super::Window> {
    let flipped = |pair: [usize; 2]| [pair[1], pair[0]];
    let mut all = vec![window; 6];
    all[0].padding = flipped(window.padding);
    all[1].stride = flipped(window.stride);
    all[2].dilation = flipped(window.dilation);
    all[3].kernel = flipped(window.kernel);
    all[4].padding[0] += 1;
    all[5].dilation[0] += 1;
    all.into_iter().filter(move |other| *other != window)
}
