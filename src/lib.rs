//! cotangent
#![forbid(unsafe_code)]
extern crate self as cotangent;
pub mod context;
pub mod counterexample;
mod describe;
pub mod dim;
pub mod env;
pub mod graph;
pub mod laws;
pub mod link;
pub mod op;
pub mod owner;
pub mod prelude;
pub mod program;
pub mod scalar;
pub mod shape;
pub mod tape;
pub mod tensor;
pub use frunk;
pub use generic_array;
pub use typenum;

pub use cotangent_macros::{context, graph, shape, tlist, tlist_pat};

/// For the macros of this crate only.
#[doc(hidden)]
pub mod __private {
    pub use frunk::hlist::{HCons, HNil};

    /// The graph that `graph!` starts from.
    pub fn start<A, D, G>(
        name: &'static str,
        inputs: &[&'static str],
        _environment: &[&'static str],
    ) -> crate::graph::GraphData<A, D, G, HNil>
    where
        A: crate::scalar::Semiring,
        D: crate::env::Environment,
        G: crate::context::Context,
    {
        crate::graph::GraphData::named(name, inputs)
    }

    /// A handle that says which shape is expected, and is never used.
    pub fn expected<S>() -> crate::op::Var<S> {
        crate::op::Var::new(crate::owner::Owner::NOBODY, 0)
    }
}
