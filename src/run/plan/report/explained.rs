//! A plan as a whole: its steps, and the memory in which they work.

use super::groups::{self, PlanStep};
use super::held::{self, Held, Lies, Memory};
use super::widths::Widths;
use crate::run::plan::memory::MemoryPlan;
use crate::run::plan::node::Lowered;
use crate::tensor::Key;

/// What a plan is made of: its steps, and the memory in which they work. It prints as a table of both.
///
/// ```
/// use cotangent::prelude::*;
/// let g: GraphData<f64, _, _, _> = graph!(|x: [64, 64], w: [64, 64]| sum(relu(matmul(x, w))));
/// let explained = g.plan().explain();
/// // The product, and one pass over its result: the relu with the sum at its end.
/// let names: Vec<&str> = explained.steps.iter().map(|step| step.what()).collect();
/// assert_eq!(names, ["product", "chain"]);
/// println!("{explained}");
/// // Over small values it is one step.
/// let g: GraphData<f64, _, _, _> = graph!(|x: [2, 3], w: [3, 4]| sum(relu(matmul(x, w))));
/// let steps = g.plan().explain().steps;
/// assert_eq!((steps.len(), steps[0].what()), (1, "small"));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The steps, in the order in which they run.
    pub steps: Vec<PlanStep>,
    /// The values, and where they lie.
    pub memory: Memory,
}

impl Explained {
    /// `registers` counts elements, `scalar` is how many bytes one takes.
    pub(in crate::run::plan) fn new(
        lowered: &Lowered,
        memory: &MemoryPlan,
        registers: usize,
        scalar: usize,
    ) -> Self {
        let widths = [scalar, size_of::<usize>(), size_of::<Key>()];
        let widths = Widths(widths.map(|width| width as u64));
        let (values, rows) = held::values(lowered, memory, widths);
        let bytes = |lies: fn(&Lies) -> bool| {
            let of = values.iter().filter(|held: &&Held| lies(&held.lies));
            of.map(|held| held.bytes).sum()
        };
        Explained {
            steps: groups::groups(lowered, &lowered.nodes, &rows, widths, &mut 0),
            memory: Memory {
                peak: widths.bytes(memory.sizes),
                lower_bound: widths.bytes(memory.bounds),
                registers: registers as u64 * scalar as u64,
                inputs: bytes(|lies| matches!(lies, Lies::Input(_))),
                outputs: bytes(|lies| matches!(lies, Lies::Output(_))),
                constants: bytes(|lies| matches!(lies, Lies::Constant(_))),
                values,
            },
        }
    }

    /// How many steps there are, those of loops counted once.
    pub fn count(&self) -> usize {
        self.all().iter().filter(|group| !group.is_loop()).count()
    }

    /// All steps, loops before what is inside of them: a step is at its number.
    pub fn all(&self) -> Vec<&PlanStep> {
        let steps = self.with_depth().into_iter();
        steps.map(|(_, step)| step).collect()
    }

    /// The same, each with how many loops are around it.
    pub(crate) fn with_depth(&self) -> Vec<(usize, &PlanStep)> {
        fn add<'g>(steps: &'g [PlanStep], depth: usize, all: &mut Vec<(usize, &'g PlanStep)>) {
            for step in steps {
                all.push((depth, step));
                add(&step.inside, depth + 1, all);
            }
        }
        let mut all = Vec::new();
        add(&self.steps, 0, &mut all);
        all
    }
}
