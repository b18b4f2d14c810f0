//! The memory of a plan, as a table.

use super::table::{Align, Table};
use super::text;
use crate::run::plan::{Held, Lies, Memory};
use core::fmt;

impl fmt::Display for Lies {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Lies::Arena(offset) => write!(f, "arena + {}", text::grouped(*offset)),
            Lies::Input(place) => write!(f, "input {place}"),
            Lies::Output(place) => write!(f, "output {place}"),
            Lies::Constant(place) => write!(f, "constant {place}"),
        }
    }
}

/// What a value is called in a table.
pub(super) fn title(held: &Held) -> String {
    match (&held.lies, held.origin.title()) {
        (Lies::Constant(place), "") => format!("constant {place}"),
        (Lies::Input(place), "input") => format!("input {place}"),
        (_, title) => text::printable(title),
    }
}

/// A table with a line for each value, and the totals.
impl fmt::Display for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut table = Table::new([
            ("value", Align::Right),
            ("name", Align::Left),
            ("bytes", Align::Right),
            ("lies in", Align::Left),
            ("steps", Align::Left),
        ]);
        for (place, held) in self.values.iter().enumerate() {
            let over = match held.over.and_then(|over| self.values.get(over)) {
                Some(over) => format!("{}, in place of {}", held.lies, title(over)),
                None => held.lies.to_string(),
            };
            table.push([
                place.to_string(),
                title(held),
                text::grouped(held.bytes),
                over,
                format!("{} to {}", held.steps.0, held.steps.1),
            ]);
        }
        write!(f, "{table}")?;
        writeln!(f, "{}", table.rule())?;
        write!(
            f,
            "{} at most, lower bound {}; registers {}, inputs {}, outputs {}, constants {}",
            text::count(self.peak, "byte"),
            text::grouped(self.lower_bound),
            text::grouped(self.registers),
            text::grouped(self.inputs),
            text::grouped(self.outputs),
            text::grouped(self.constants),
        )
    }
}
