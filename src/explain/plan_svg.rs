//! The steps of a plan as a drawing.

use super::plan_memory::title;
use super::plan_steps::{kind, names};
use super::svg::{Picture, Shown, render};
use super::text;
use crate::run::plan::{Explained, Held, Lies, PlanStep};

/// A box is as wide as so many characters at most: what is left out is said when it is pointed at.
const WIDEST: usize = 40;

impl Explained {
    /// The steps as a drawing that a browser shows: a box for each input, constant and step, with where its results lie, and an
    /// arrow for each value that a step reads. What is inside of a loop is drawn once, in its place.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f32, _, _, _> = graph!(|x: [64, 64], w: [64, 64]| sum(relu(matmul(x, w))));
    /// let svg = g.plan().explain().to_svg();
    /// assert!(svg.contains(">product, arena + 0</text>"));
    /// ```
    pub fn to_svg(&self) -> String {
        render(&self.picture())
    }

    fn picture(&self) -> Picture {
        let values = &self.memory.values;
        let given = |held: &Held| matches!(held.lies, Lies::Input(_) | Lies::Constant(_));
        let mut boxes = Vec::new();
        // The box that has made each value last.
        let mut makers: Vec<Option<usize>> = vec![None; values.len()];
        for (value, held) in values.iter().enumerate().filter(|(_, held)| given(held)) {
            makers[value] = Some(boxes.len());
            boxes.push(of_given(held));
        }
        let mut arrows = Vec::new();
        let mut around = Vec::new();
        for (depth, step) in self.with_depth() {
            around.truncate(depth);
            if step.is_loop() {
                around.push(step);
                continue;
            }
            let to = boxes.len();
            for &value in &step.reads {
                if let (Some(from), Some(held)) = (makers[value], values.get(value)) {
                    let bytes = text::count(held.bytes, "byte");
                    arrows.push((from, Some(to), bytes));
                }
            }
            boxes.push(self.of_step(step, &around));
            for &value in &step.writes {
                makers[value] = Some(to);
            }
        }
        for (value, held) in values.iter().enumerate() {
            if let (Some(from), Lies::Output(place)) = (makers[value], held.lies) {
                arrows.push((from, None, format!("output {place}")));
            }
        }
        let steps = text::count(self.count() as u64, "step");
        let peak = text::count(self.memory.peak, "byte");
        Picture {
            title: "plan".to_owned(),
            totals: format!("{steps}, {peak} at most"),
            boxes,
            arrows,
        }
    }

    fn of_step(&self, step: &PlanStep, around: &[&PlanStep]) -> Shown {
        let values = step
            .writes
            .iter()
            .filter_map(|&value| self.memory.values.get(value));
        let lies: Vec<String> = values.clone().map(|held| held.lies.to_string()).collect();
        let over = values.filter_map(|held| self.memory.values.get(held.over?));
        let over: Vec<String> = over.map(title).collect();
        let mut hint = format!("{} {}:", step.number, kind(step));
        for origin in &step.origins {
            hint.push_str(&format!(" {origin};"));
        }
        let (reads, writes) = (&step.reads, &step.writes);
        hint.push_str(&format!(
            " reads {}, writes {}",
            names(reads, &self.memory),
            names(writes, &self.memory)
        ));
        if !over.is_empty() {
            hint.push_str(&format!(" in place of {}", over.join(", ")));
        }
        hint.push_str(&format!(
            "; {}, {}",
            text::count(step.bytes, "byte"),
            text::count(step.operations, "operation")
        ));
        let mut op = format!("{}, {}", kind(step), lies.join(", "));
        for step in around {
            op.push_str(&format!(", in {} {}", kind(step), step.number));
        }
        Shown {
            class: "node",
            name: text::cut(&format!("{} {}", step.number, step.title()), WIDEST),
            op: text::cut(&op, WIDEST),
            hint,
        }
    }
}

fn of_given(held: &Held) -> Shown {
    Shown {
        class: match held.lies {
            Lies::Constant(_) => "entry",
            _ => "input",
        },
        name: text::cut(&title(held), WIDEST),
        op: held.lies.to_string(),
        hint: format!("{}: {}", held.lies, text::count(held.bytes, "byte")),
    }
}
