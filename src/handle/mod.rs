//! Handles: what stands for a value while a graph is built.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = GraphData::<f64, frunk::HList![], context![[2]], _>::named("mine", &["x"]);
//! let cotangent::frunk::hlist_pat![x] = g.inputs();
//! let _: Var<shape![2]> = x; // what it is a value of is in its type
//! assert_eq!((x.id(), x.graph_id()), (0, g.graph_id()));
//! ```

mod any_var;
mod arguments;
mod discrete;
mod graph_id;
mod methods;
mod node_label;
mod var;

#[doc(hidden)]
pub use any_var::AnyVar;
#[doc(hidden)]
pub use arguments::{Arguments, Handle};
pub use discrete::Discrete;
pub use graph_id::GraphId;
pub(crate) use node_label::node_label;
pub use var::Var;
