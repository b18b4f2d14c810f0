//! Typed graphs: nodes, data, certified graphs, and what they compute.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = graph!(|x: [2], y: [2]| { let z = x * y; sum(z) });
//! let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
//! let (value, tlist![dx, dy]) = g.value_and_vjp(&x, &tlist![]);
//! assert_eq!(value.item(), 11.0);
//! assert_eq!((dx, dy), (Tensor::from([3.0, 4.0]), Tensor::from([1.0, 2.0])));
//! ```

mod arguments;
mod call;
mod certify;
mod closures;
mod data;
pub(crate) mod false_pass;
mod finish;
mod gradient;
mod handles;
pub(crate) mod identities;
mod layers;
pub(crate) mod node;
pub(crate) mod node_data;
pub(crate) mod nodes;
mod repeat;
mod run;
pub(crate) mod steps;
mod whole;

pub use crate::context::{Computed, Values};
pub use crate::op::Var;
pub use arguments::Arguments;
pub use call::{Newest, NoProgram};
pub use certify::{Graph, Node};
pub use data::GraphData;
pub use gradient::Reversed;
pub use handles::{EntryHandles, Group, Handles};
pub use identities::Method;
pub use layers::Layers;
pub use node_data::NodeData;
pub use repeat::{NextOf, checkpoint, repeat};
