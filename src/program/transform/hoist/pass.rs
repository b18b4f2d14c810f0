//! The pass: each loop, those inside of others first.

use super::{after, before, sums, through};
use crate::program::ProgramError;
use crate::program::builder::Builder;
use crate::program::input::Label;
use crate::program::syntax::{Function, Prim, Program, Scan};
use crate::program::transform::copy::ids;
use crate::program::transform::functions::TRANSFORM;
use crate::program::transform::inside::with_inside;
use crate::program::transform::prune::prune;
use std::collections::HashMap;
use std::sync::Arc;

/// The program with less inside of its loops, those inside of others first:
///
/// - What is the same at every step is computed once, before the loop.
/// - A product of a value of each step by a factor that is the same at every step, such as the input of a recurrent layer
///   times its weights, is one product for all steps: before the loop, with what leads to it, if it does not need what is
///   carried; after it, with what follows from it, if no later step needs it.
/// - What the steps add up and do not use, such as the cotangent of a weight, is added up after the loop, if it is made of
///   products: a product of two values of each step is one product that sums over the steps too.
///
/// ```
/// use cotangent::program::{Program, hoist};
/// let text = "cotangent program 1
/// function 0 step {
///   %0 w: [2, 2]
///   %1 h: [2]
///   %2 x: [2]
///   %3 [2] = contract([0, 1], [1], [0]) %0 %2
///   %4 [2] = mul %1 %3
///   return %4
/// }
/// %0 w: [2, 2]
/// %1 h: [2]
/// %2 x: [9, 2]
/// %3 [2] = scan(f0, 9, 1, 1, [0], []) %0 %1 %2
/// return %3
/// ";
/// assert_eq!(hoist(&text.parse()?)?.to_string(), "cotangent program 1
/// function 0 step {
///   %0 h: [2]
///   %1: [2]
///   %2 [2] = mul %0 %1
///   return %2
/// }
/// %0 w: [2, 2]
/// %1 h: [2]
/// %2 x: [9, 2]
/// %3 [9, 2] = contract([0, 1], [2, 1], [2, 0]) %0 %2
/// %4 [2] = scan(f0, 9, 0, 1, [0], []) %1 %3
/// return %4
/// ");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// What moves is kept for all steps, so that it takes more memory. A value moves only if it is at most four times as large as
/// all that a step takes and gives as entries of stacks: a loop over the parts of a large value, whose steps make more of
/// each than they take, keeps its memory. So does a call that is a checkpoint; and one with a kernel of a user stays in its step, for
/// which the kernel is. Values that are given as a list, one for each step,
/// do not lie in one value: they count as carried. Literals, and what only lays out elements anew, stay where they are used.
///
/// The results are the same up to the order of sums, for NaN, infinities and signed zeros too: the products that are added are
/// the same, and nothing is multiplied by zeros. A loop without steps stays as it is.
///
/// # Errors
/// None for a program that was built: [`ProgramError::NoValue`] for one that uses values it does not have.
pub fn hoist(program: &Program) -> Result<Program, ProgramError> {
    let mut functions: Functions<'_> = HashMap::new();
    // Those inside first: what leaves a loop may leave the one around it.
    for function in program.functions() {
        let body = written(function.body(), &functions)?;
        let rule = function.rule().cloned();
        functions.insert(
            core::ptr::from_ref(function),
            (function, function.rewritten(body, rule)),
        );
    }
    // Loops keep what they took: most of it is needed no more.
    Ok(prune(&written(program, &functions)?))
}

/// The functions that were seen, each with what became of it.
type Functions<'p> = HashMap<*const Function, (&'p Function, Arc<Function>)>;

fn written(program: &Program, functions: &Functions<'_>) -> Result<Program, ProgramError> {
    let mut b = Builder::new(&TRANSFORM);
    let inputs = program.inputs().iter();
    let inputs: Vec<usize> = inputs.map(|input| b.input(input.clone())).collect();
    let mut here = inputs.clone();
    for instruction in program.instructions() {
        let inside = instruction.prim.inside();
        let new = inside.and_then(|function| functions.get(&core::ptr::from_ref(function)));
        let prim = match new {
            Some((_, function)) => with_inside(&instruction.prim, Arc::clone(function)),
            None => instruction.prim.clone(),
        };
        let x = ids(&here, &instruction.arguments)?;
        let label = instruction.label.clone();
        if let Prim::Scan(scan) = &prim
            // A result of no steps is its start, whose zeros have signs.
            && scan.length > 0
        {
            let results = write_loop(&mut b, scan, &x, label.clone())?;
            // Of an argument that is an index of a lower bound, what follows may have lower bounds, too.
            let types = results.iter().map(|&id| b.ty(id));
            if types.eq(instruction.results.iter().map(Ok)) {
                here.extend(results);
                continue;
            }
        }
        here.extend(b.push_labelled(prim, &x, label)?);
    }
    b.finish(&inputs, &ids(&here, program.outputs())?)
}

/// Writes a loop with what it does not need to compute around it, and returns the ids of its results.
fn write_loop(
    b: &mut Builder,
    scan: &Scan,
    x: &[usize],
    label: Option<Arc<Label>>,
) -> Result<Vec<usize>, ProgramError> {
    let (scan, x) = before::before(b, scan, x)?;
    let Some(sums) = sums::sums(b.transform(), &scan)? else {
        return write_rest(b, &scan, &x, label);
    };
    let results = write_rest(b, &sums.scan, &sums.arguments(&scan, &x), label)?;
    sums.results(b, &scan, &x, results)
}

/// The same, of a loop before which there is nothing to compute, and that sums up only what stays.
fn write_rest(
    b: &mut Builder,
    scan: &Scan,
    x: &[usize],
    label: Option<Arc<Label>>,
) -> Result<Vec<usize>, ProgramError> {
    let Some(after) = after::after(b.transform(), scan)? else {
        return through::push(b, scan, x, label);
    };
    let results = through::push(b, &after.scan, x, label)?;
    after.results(b, scan, x, results)
}
