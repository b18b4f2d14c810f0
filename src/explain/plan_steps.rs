//! The steps of a plan, as a table.

use super::plan_memory::title;
use super::table::{Align, Table};
use super::text;
use crate::run::plan::{Explained, Memory, Part, PlanStep};
use core::fmt;

/// What a step is, with its size: `chain of 6`, `loop × 50`.
pub(super) fn kind(step: &PlanStep) -> String {
    match step.part {
        Part::Chain { elements } => format!("chain of {}", text::grouped(elements as u64)),
        Part::Small { steps } => format!("{steps} small"),
        Part::Loop { length } => format!("loop × {}", text::grouped(length as u64)),
        Part::Product { .. } | Part::Other(_) => step.what().to_owned(),
    }
}

/// The names of some values of a memory.
pub(super) fn names(values: &[usize], memory: &Memory) -> String {
    let each = values.iter().filter_map(|&value| memory.values.get(value));
    let each: Vec<String> = each.map(title).collect();
    each.join(", ")
}

/// A table with a line for each step, then that of the memory.
impl fmt::Display for Explained {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new([
            ("step", Align::Right),
            ("what", Align::Left),
            ("nodes", Align::Left),
            ("reads", Align::Left),
            ("writes", Align::Left),
            ("bytes", Align::Right),
            ("operations", Align::Right),
        ]);
        for (depth, step) in self.with_depth() {
            table.push([
                step.number.to_string(),
                format!("{}{}", "  ".repeat(depth), kind(step)),
                text::printable(&step.title()),
                names(&step.reads, &self.memory),
                names(&step.writes, &self.memory),
                text::grouped(step.bytes),
                text::grouped(step.operations),
            ]);
        }
        write!(f, "{table}\n{}", self.memory)
    }
}
