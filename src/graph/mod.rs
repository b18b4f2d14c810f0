//! Typed graphs: nodes, data, certified graphs, and what they compute.

mod call;
mod certify;
mod data;
pub(crate) mod false_pass;
mod finish;
mod gradient;
mod handles;
pub(crate) mod identities;
pub(crate) mod node_data;
pub(crate) mod raw;
mod repeat;
pub(crate) mod rule;
mod run;

pub use crate::context::{Computed, Values};
pub use crate::op::Var;
pub use call::{Arguments, Newest};
pub use certify::{Graph, Node};
pub use data::GraphData;
pub use gradient::Reversed;
pub use handles::{EntryHandles, Group, Handles};
pub use identities::Method;
pub use node_data::NodeData;
pub use repeat::repeat;
pub use rule::Programs;
