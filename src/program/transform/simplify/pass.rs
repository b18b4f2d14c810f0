//! The pass: each instruction once, in order, seen through what is known of its arguments.

use super::known::{Identity, Known, Rewrite};
use super::{contract, elementwise, fold, layout};
use crate::program::syntax::{Function, Instruction, Prim, Program, Rule};
use crate::program::transform::inside::with_inside;
use crate::program::transform::prune::prune;
use crate::scalar::Binary;
use crate::tensor::Type;
use core::hash::{Hash, Hasher};
use std::collections::HashMap;
use std::hash::DefaultHasher;
use std::sync::Arc;

/// The program with equal instructions once, constants folded and what changes nothing left out, also inside of calls
/// and loops; then [pruned](crate::program::prune()). Its outputs are the same over every scalar, by the bits over
/// floats, for NaN, infinities and signed zeros too.
///
/// ```
/// use cotangent::program::{Program, simplify};
/// let text = "cotangent program 1
/// %0 x: [2, 3]
/// %1 [3, 2] = permute([1, 0]) %0
/// %2 [2, 2] = contract([0, 1], [1, 2], [0, 2]) %0 %1
/// %3 [3, 2] = permute([1, 0]) %0
/// %4 [2, 2] = contract([0, 1], [1, 2], [0, 2]) %0 %3
/// %5 [2, 2] = full([2, 2], 1)
/// %6 [2, 2] = mul %4 %5
/// return %2 %6
/// ";
/// assert_eq!(simplify(&text.parse()?).to_string(), "cotangent program 1
/// %0 x: [2, 3]
/// %1 [2, 2] = contract([0, 1], [2, 1], [0, 2]) %0 %0
/// return %1 %1
/// ");
/// # Ok::<(), cotangent::program::TextError>(())
/// ```
pub fn simplify(program: &Program) -> Program {
    let mut functions: Functions<'_> = HashMap::new();
    // Those inside first: each function is simplified once, and nothing is recursive.
    for function in program.functions() {
        let rule = function.rule().map(|rule| Rule {
            jvp: pass(&rule.jvp, &functions),
            vjp: pass(&rule.vjp, &functions),
        });
        let body = pass(function.body(), &functions);
        let simple = function.rewritten(body, rule);
        functions.insert(core::ptr::from_ref(function), (function, simple));
    }
    // Not before: equal calls are one, whatever of them is needed; what is needed of neither goes then.
    prune(&pass(program, &functions))
}

/// The functions that were seen, each with its simplification.
pub(super) type Functions<'p> = HashMap<*const Function, (&'p Function, Arc<Function>)>;

/// All equations, which are tried in order.
pub(super) const IDENTITIES: [&[Identity]; 4] = [
    fold::IDENTITIES,
    elementwise::IDENTITIES,
    layout::IDENTITIES,
    contract::IDENTITIES,
];

/// The program of simplified instructions. Some of them may not be needed any more.
fn pass(program: &Program, functions: &Functions<'_>) -> Program {
    pass_by(&IDENTITIES, program, functions)
}

/// The same by some equations.
pub(super) fn pass_by(
    identities: &[&[Identity]],
    program: &Program,
    functions: &Functions<'_>,
) -> Program {
    let mut writer = Writer {
        identities,
        known: Known::default(),
        written: HashMap::new(),
    };
    let mut here = Vec::with_capacity(program.size());
    for input in program.inputs() {
        here.push(writer.known.out.size());
        writer.known.out.push_input(input.clone());
        writer.known.origins.push(None);
        writer.known.uses.push(0);
    }
    let uses = uses(program);
    for (first, instruction) in program.numbered() {
        let results = first..first + instruction.results.len();
        if uses[results.clone()].iter().all(|&uses| uses == 0) {
            here.extend(results.map(|_| usize::MAX)); // nobody asks for it
            continue;
        }
        let inside = instruction.prim.inside();
        let simple = inside.and_then(|function| functions.get(&core::ptr::from_ref(function)));
        let prim = match simple {
            Some((_, function)) => with_inside(&instruction.prim, Arc::clone(function)),
            None => instruction.prim.clone(),
        };
        let new = writer.add(Instruction {
            prim,
            arguments: instruction.arguments.iter().map(|&id| here[id]).collect(),
            ..instruction.clone()
        });
        for (new, old) in (new..).zip(results) {
            writer.known.uses[new] += uses[old];
            here.push(new);
        }
    }
    let mut out = writer.known.out;
    out.put_outputs(program.outputs().iter().map(|&id| here[id]).collect());
    out
}

/// How often each value is used, by the outputs and by instructions that are used themselves.
fn uses(program: &Program) -> Vec<usize> {
    let mut uses = vec![0; program.size()];
    for &id in program.outputs() {
        uses[id] += 1;
    }
    for (first, instruction) in program.numbered().rev() {
        let results = first..first + instruction.results.len();
        if uses[results].iter().any(|&uses| uses > 0) {
            for &id in &instruction.arguments {
                uses[id] += 1;
            }
        }
    }
    uses
}

struct Writer<'i> {
    identities: &'i [&'i [Identity]],
    known: Known,
    /// The instructions, by their hashes.
    written: HashMap<u64, Vec<usize>>,
}

impl Writer<'_> {
    /// The id of the first result of an instruction, or of what is equal to it.
    fn add(&mut self, mut instruction: Instruction) -> usize {
        // Each equation leaves a value, or an instruction nearer to the inputs or simpler: so this ends.
        while let Some(rewrite) = self.rewritten(&instruction) {
            match rewrite {
                Rewrite::Value(id) => return id,
                Rewrite::Made(prim, arguments) => {
                    instruction.prim = prim;
                    instruction.arguments = arguments.into();
                }
            }
        }
        let hash = hash(&instruction);
        let alike = self.written.entry(hash).or_default();
        let out = &mut self.known.out;
        if let Some(&at) = alike
            .iter()
            .find(|&&at| equal(&out.instructions[at], &instruction))
        {
            let known = &mut out.instructions[at];
            known.label = known.label.take().or(instruction.label);
            return out.first[at];
        }
        let at = out.instructions.len();
        alike.push(at);
        let first = out.size();
        self.known
            .origins
            .extend(instruction.results.iter().map(|_| Some(at)));
        self.known
            .uses
            .extend(instruction.results.iter().map(|_| 0));
        out.push_checked(instruction);
        first
    }

    /// What the first equation that applies makes of an instruction with one result, if it has the same type.
    fn rewritten(&self, instruction: &Instruction) -> Option<Rewrite> {
        let [ty] = &*instruction.results else {
            return None;
        };
        let Instruction {
            prim, arguments, ..
        } = instruction;
        let rewrites = self.identities.iter().copied().flatten();
        let mut rewrites =
            rewrites.filter_map(|identity| (identity.apply)(&self.known, prim, arguments));
        rewrites.find(|rewrite| self.fits(rewrite, ty))
    }

    fn fits(&self, rewrite: &Rewrite, ty: &Type) -> bool {
        match rewrite {
            Rewrite::Value(id) => self.known.ty(*id) == ty,
            Rewrite::Made(prim, arguments) => {
                let types: Vec<Type> = arguments
                    .iter()
                    .map(|&id| self.known.ty(id).clone())
                    .collect();
                prim.types(&types).is_ok_and(|types| types == [ty.clone()])
            }
        }
    }
}

/// Sums and products are commutative, by the bits too.
fn is_commutative(prim: &Prim) -> bool {
    [Binary::Add, Binary::Mul]
        .iter()
        .any(|f| *prim == Prim::Binary(*f))
}

/// The arguments in an order that is the same for instructions that are equal.
fn arguments(instruction: &Instruction) -> Box<[usize]> {
    let mut arguments = instruction.arguments.clone();
    if is_commutative(&instruction.prim) {
        arguments.sort_unstable();
    }
    arguments
}

fn hash(instruction: &Instruction) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&instruction.prim, arguments(instruction)).hash(&mut hasher);
    hasher.finish()
}

fn equal(one: &Instruction, other: &Instruction) -> bool {
    one.prim == other.prim && arguments(one) == arguments(other) && one.results == other.results
}
