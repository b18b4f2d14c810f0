//! What a graph is made of: a table, Graphviz text, and a drawing.
//!
//! ```
//! use cotangent::prelude::*;
//! let g: GraphData<f32, _, _, _> = graph!(|x: [2, 3], w: [3, 4]| sum(relu(matmul(x, w))));
//! let summary = g.summary();
//! assert_eq!(summary.inputs().map(|row| row.elements).sum::<usize>(), 6 + 12);
//! assert_eq!(summary.multiply_adds(), 2 * 3 * 4);
//! println!("{summary}");
//! assert!(g.to_dot().starts_with("digraph"));
//! assert!(g.to_svg().starts_with("<svg"));
//! ```
//!
//! And what a plan of it is made of: steps, and memory.
//!
//! ```
//! use cotangent::prelude::*;
//! let plan = graph!(|x: [2, 3], w: [3, 4]| sum(relu(matmul(x, w)))).plan();
//! let plan: cotangent::graph::Plan<f32, _, _, _> = plan;
//! println!("{}\n{}", plan.memory(), plan.explain());
//! ```

mod dot;
mod layout;
mod of_graph;
mod order;
mod place;
mod plan_memory;
mod plan_profile;
mod plan_steps;
mod plan_svg;
mod rows;
mod summary;
mod svg;
mod table;
mod text;

pub use crate::run::plan::{
    Event, Explained, Held, Lies, Limits, Made, Memory, NotFinite, Origin, Part, PlanStep, Profile,
    Timed,
};
pub use summary::{Kind, Row, Source, Summary};
