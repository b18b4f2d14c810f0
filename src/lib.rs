//! Differentiable programs whose shapes the compiler checks, on stable Rust.
//!
//! Write a graph with [`graph!`]. A wrong shape is a compile error in decimal numbers, at `cargo check`. Evaluate the
//! graph, differentiate it in both modes, or compile it to a tape of untyped tensors. Public [`laws`] say that the
//! derivative rules are adjoint and that the tape does what the typed graph does; anyone can run them.
//!
//! ```
//! use cotangent::prelude::*;
//!
//! graph! {
//!     /// Mean cross-entropy of a linear classifier. After the semicolon: the environment, 2 labels below 3.
//!     pub fn loss(x: [2, 4], w: [4, 3], b: [3]; labels: [2] < 3) -> [] {
//!         let logits = matmul(x, w) + b;
//!         cross_entropy(logits, labels)
//!     }
//! }
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let g = loss::<f64>();
//! let x = Tensor::from([[1.0, 0.0, 2.0, -1.0], [0.5, 1.0, 0.0, 3.0]]);
//! let inputs = tlist![x, Tensor::zero(), Tensor::zero()];
//! let env = tlist![Labels::<3, shape![2]>::new([2, 0])?]; // a label of 3 is an error here
//!
//! // Typed: values and cotangents come back with the shapes of the inputs.
//! let (value, tlist![_, dw, db]) = g.value_and_vjp(&inputs, &env);
//! let _: (Tensor<f64, shape![4, 3]>, Tensor<f64, shape![3]>) = (dw.clone(), db);
//! assert!((value.item() - 3f64.ln()).abs() < 1e-12);
//!
//! // Erased: the same numbers from a tape.
//! let (tape, _context) = compile_data(&g, &inputs, &env);
//! let dense = tape.backward_dense(tape.last(), &AnyTensor::scalar(1.0))?;
//! assert_eq!(dense[1], Some(dw.to_any()));
//!
//! // And the law that says that they agree.
//! laws::compile_data_ctx_eq_eval(&g, &inputs, &env)?;
//! # Ok(())
//! # }
//! ```
//!
//! A shape that does not fit does not compile:
//!
//! ```compile_fail
//! use cotangent::prelude::*;
//! let g = graph!(|x: [2, 4], w: [5, 3]| matmul(x, w)); // cannot multiply `(N<2>, N<4>)` by `(N<5>, N<3>)`
//! ```
//!
//! # Where things are
//!
//! | module | what |
//! | --- | --- |
//! | [`dim`], [`mod@shape`] | sizes and shapes as types, and the judgements over them |
//! | [`scalar`], [`tensor`] | the algebra tower; tensors with static and with dynamic shapes |
//! | [`mod@context`], [`mod@env`], [`program`] | lists of tensors; labels; primitives and the reference interpreter |
//! | [`op`] | operations: one op, one file |
//! | [`mod@graph`], [`tape`], [`link`] | typed graphs, the erased tape, and the compile step between them |
//! | [`laws`] | one public function for each theorem |
//! | [`explain`] | a graph as a table, as Graphviz text and as a drawing |
#![forbid(unsafe_code)]
#![deny(missing_docs)]

extern crate self as cotangent;

pub mod context;
pub mod counterexample;
mod describe;
pub mod dim;
pub mod env;
pub mod explain;
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
/// The part of the crate `frunk` that is in the types of this one: lists of values of different types.
///
/// Not all of it: another part has a type for each letter, and with two types `N` in sight rustc would print
/// `cotangent::dim::N<784>` for `N<784>` in every message.
pub mod frunk {
    pub use ::frunk::{HList, hlist, hlist_pat};
}
pub use generic_array;
pub use typenum;

pub use cotangent_macros::{context, einsum, graph, shape, tlist, tlist_pat};

// For messages: rustc writes a name that came by `use cotangent::prelude::*` with its shortest path. Hence
// `cotangent::Tensor`, not `cotangent::prelude::Tensor`.
#[doc(no_inline)]
pub use prelude::*;

/// For the macros of this crate only.
#[doc(hidden)]
pub mod __private {
    pub use frunk::hlist::{HCons, HNil};

    /// The graph that `graph!` starts from.
    pub fn start<A, D, G>(
        name: &'static str,
        inputs: &[&'static str],
        environment: &[&'static str],
    ) -> crate::graph::GraphData<A, D, G, HNil>
    where
        A: crate::scalar::Semiring,
        D: crate::env::Environment,
        G: crate::context::Context,
    {
        let mut graph = crate::graph::GraphData::named(name, inputs);
        graph.raw.entry_names = environment.to_vec();
        graph
    }

    /// Names the tensors of a group after it and its fields: `p.weight`.
    pub fn push_field_names<P: crate::graph::Group>(
        name: &str,
        names: &mut Vec<crate::context::Name>,
    ) {
        let fields = P::FIELDS
            .iter()
            .map(|field| format!("{name}.{field}").into());
        let fields: Vec<_> = fields.collect();
        <P::Fields as crate::context::Context>::push_entry_names(&fields, names);
    }

    /// A handle that says which shape is expected, and is never used.
    pub fn expected<S>() -> crate::op::Var<S> {
        crate::op::Var::new(crate::owner::Owner::NOBODY, 0)
    }
}

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// So are those of the page about scalars.
#[cfg(doctest)]
#[doc = include_str!("../docs/algebras.md")]
struct Algebras;

/// And those of the page about proofs.
#[cfg(doctest)]
#[doc = include_str!("../docs/proofs.md")]
struct Proofs;

/// And the mended programs of the error index.
#[cfg(doctest)]
#[doc = include_str!("../docs/errors.md")]
struct Errors;
