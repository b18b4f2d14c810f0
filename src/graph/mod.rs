//! Typed graphs: nodes, data, certified graphs, and what they compute.
//!
//! ```
//! use cotangent::prelude::*;
//! let g = graph!(|x: [2], y: [2]| { let z = x * y; sum(z) });
//! let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
//! let (value, tlist![dx, dy]) = g.value_and_vjp(&x, ());
//! assert_eq!(value.item(), 11.0);
//! assert_eq!((dx, dy), (Tensor::from([3.0, 4.0]), Tensor::from([1.0, 2.0])));
//! ```

mod batch_plan;
mod by_program;
mod call;
mod callee;
mod closures;
mod data;
mod finish;
mod gradient;
mod kept_plans;
mod looped;
pub(crate) mod node;
pub(crate) mod node_data;
pub(crate) mod nodes;
mod one_output;
mod origins;
mod over_entries;
mod plan;
mod plan_profile;
mod plan_report;
mod planned;
mod reading;
mod repeat;
mod results;
mod returned;
mod returns;
mod run;
mod scan;
mod stacked;
pub(crate) mod steps;
mod vmap;
mod whole;

pub use crate::context::{All, Computed};
pub use crate::env::{EachEntry, EachEnvironment, PerStep, StackedList};
pub use crate::op::Var;
pub use crate::run::Float;
pub use batch_plan::BatchPlan;
pub use callee::NoProgram;
pub use data::GraphData;
#[doc(hidden)]
pub use gradient::Differentiable;
pub(crate) use kept_plans::{not_finite, told};
pub use node_data::NodeData;
#[doc(hidden)]
pub use plan::Plan;
pub(crate) use planned::{Planned, Seeded};
#[doc(hidden)]
pub use repeat::{RepeatLayer, ReturnsState};
pub use repeat::{checkpoint, repeat};
pub use results::Results;
pub(crate) use results::erased;
#[doc(hidden)]
pub use returns::{AllValues, Computes, Hidden, NamesNodes};
pub use returns::{Body, Returns};
pub(crate) use run::computed;
#[doc(hidden)]
pub use scan::{ReturnsStep, ScanStep};
pub use scan::{scan, scan_each, scan_each_reverse, scan_reverse};
pub use stacked::StackedResults;
pub use vmap::{vmap, vmap_each};
pub(crate) use whole::Whole;
