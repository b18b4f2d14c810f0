//! The pass: what was chosen is written again before what reads it later.

use super::choose::chosen;
use super::facts::Facts;
use crate::program::ProgramError;
use crate::program::builder::Builder;
use crate::program::syntax::{Instruction, Program};
use crate::program::transform::copy::ids;
use crate::program::transform::functions::TRANSFORM;
use crate::program::transform::prune::prune;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The program in which elementwise values of at least so many `elements` are computed again where they are read after a
/// product or a sum, if this is cheaper than to write them to memory and to read them again: as what a pullback takes of
/// `tanh(x w + b)` and its like. Products, sums and loops are never computed twice.
///
/// ```
/// use cotangent::program::{Program, recompute};
/// let text = "cotangent program 1
/// %0 x: [2, 9]
/// %1 [2, 9] = mul %0 %0
/// %2 [2, 9] = relu %1
/// %3 [] = reduce_sum([0, 1]) %2
/// %4 [2, 9] = broadcast([2, 9], []) %3
/// %5 [2, 9] = mul %1 %4
/// return %5
/// ";
/// assert_eq!(recompute(&text.parse()?, 18)?.to_string(), "cotangent program 1
/// %0 x: [2, 9]
/// %1 [2, 9] = mul %0 %0
/// %2 [2, 9] = relu %1
/// %3 [] = reduce_sum([0, 1]) %2
/// %4 [2, 9] = broadcast([2, 9], []) %3
/// %5 [2, 9] = mul %0 %0
/// %6 [2, 9] = mul %5 %4
/// return %6
/// ");
/// assert_eq!(recompute(&text.parse()?, 19)?.to_string(), text);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// The results have the same bits: the same functions of the same numbers. It is the last of the passes, since
/// [`simplify`](super::super::simplify) makes equal instructions one. The bodies of loops stay as they are.
///
/// # Errors
/// None for a program that was built: [`ProgramError::NoValue`] for one that uses values it does not have.
pub fn recompute(program: &Program, elements: usize) -> Result<Program, ProgramError> {
    let facts = Facts::of(program, elements);
    let chosen = chosen(&facts);
    if chosen.is_empty() {
        return Ok(program.clone());
    }
    let is_kept = |id: &usize| facts.is_kept(*id) && !chosen.contains(id);
    let kept: BTreeSet<usize> = (0..program.size()).filter(is_kept).collect();
    let mut b = Builder::new(&TRANSFORM);
    let inputs = program.inputs().iter();
    let inputs: Vec<usize> = inputs.map(|input| b.input(input.clone())).collect();
    let mut here = inputs.clone();
    // What was computed again, for each stage.
    let mut again: HashMap<usize, BTreeMap<usize, usize>> = HashMap::new();
    for instruction in program.instructions() {
        let stage = facts.of_arguments(instruction);
        let later = |id: &usize| chosen.contains(id) && facts.stage[*id] < stage;
        let later: Vec<usize> = instruction
            .arguments
            .iter()
            .copied()
            .filter(later)
            .collect();
        let anew = again.entry(stage).or_default();
        for id in &facts.cone(&later, &kept)[0] {
            if let Some(made) = facts.made[*id]
                && !anew.contains_key(id)
            {
                let new = written(&mut b, made, &here, anew)?;
                anew.extend(new.first().map(|&new| (*id, new)));
            }
        }
        here.extend(written(&mut b, instruction, &here, anew)?);
    }
    Ok(prune(&b.finish(&inputs, &ids(&here, program.outputs())?)?))
}

/// Writes an instruction at the new ids of its arguments: those of values that were computed again, and of the others.
fn written(
    b: &mut Builder,
    instruction: &Instruction,
    here: &[usize],
    again: &BTreeMap<usize, usize>,
) -> Result<Vec<usize>, ProgramError> {
    let mut x = ids(here, &instruction.arguments)?;
    for (new, old) in x.iter_mut().zip(&instruction.arguments) {
        *new = again.get(old).copied().unwrap_or(*new);
    }
    b.push_labelled(instruction.prim.clone(), &x, instruction.label.clone())
}
