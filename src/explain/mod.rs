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

mod dot;
mod layout;
mod of_graph;
mod order;
mod place;
mod rows;
mod summary;
mod svg;
mod text;

pub use summary::{Kind, Row, Source, Summary};
