//! What is shown of a graph: its methods.

use super::summary::Summary;
use super::{dot, svg};
use crate::graph::GraphData;
use crate::scalar::Semiring;

impl<A: Semiring, D, G, Ss> GraphData<A, D, G, Ss> {
    /// The graph as a table: a row for each input, each entry of the environment and each node.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f64, _, _, _> = graph!(|x: [2], y: [2]| sum(x * y));
    /// let summary = g.summary();
    /// let total = summary.rows.last().unwrap();
    /// assert_eq!((total.op.as_str(), total.elements, total.bytes), ("sum", 1, 8));
    /// ```
    pub fn summary(&self) -> Summary {
        Summary::of(&self.nodes, size_of::<A>())
    }

    /// The graph as text for Graphviz: a box for each value, an arrow for each argument with its dims.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(x));
    /// assert!(g.to_dot().contains("v0 -> v1 [label=\"[2]\"]"));
    /// ```
    pub fn to_dot(&self) -> String {
        dot::draw(&self.summary())
    }

    /// The graph as a drawing that a browser shows, values above those that are computed from them. No other program
    /// is needed. Each edge has the dims of what flows along it, and each box says more when it is pointed at.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g: GraphData<f64, _, _, _> = graph!(|x: [2]| sum(x));
    /// assert!(g.to_svg().contains(">[2]</text>"));
    /// ```
    pub fn to_svg(&self) -> String {
        svg::draw(&self.summary())
    }
}
