//! Differentiable programs whose shapes the compiler checks, on stable Rust.
//!
//! **Install.** The crate is not published yet. With a clone of it beside your own crate:
//!
//! ```sh
//! cargo add --path ../cotangent
//! ```
//!
//! **A graph.** [`graph!`] turns what looks like a function into a program that can be differentiated. A shape follows
//! each name.
//!
//! ```
//! use cotangent::prelude::*;
//!
//! graph! {
//!     /// Mean cross-entropy of a linear classifier.
//!     /// After the semicolon what is not differentiated: data, and 2 labels, each below 3.
//!     pub fn loss(w: [4, 3], b: [3]; x: [2, 4], labels: [2] < 3) -> [] {
//!         let logits = matmul(x, w) + b;
//!         cross_entropy(logits, labels)
//!     }
//! }
//!
//! # fn main() -> Result<(), LabelsError> {
//! let g = loss::<f64>();
//! let x = Tensor::from([[1.0, 0.0, 2.0, -1.0], [0.5, 1.0, 0.0, 3.0]]);
//! let inputs = tlist![Tensor::zeros(), Tensor::zeros()]; // w, b
//! let env = tlist![x, Labels::new([2, 0])?]; // 3 would be an error
//! assert!((g.value(&inputs, &env).item() - 3f64.ln()).abs() < 1e-12);
//! # Ok(())
//! # }
//! ```
//!
//! **Its gradient** is a list like that of the inputs, each entry with its shape in its type.
//!
//! ```
//! # use cotangent::prelude::*;
//! # graph! {
//! #     fn loss(w: [4, 3], b: [3]; x: [2, 4], labels: [2] < 3) -> [] { cross_entropy(matmul(x, w) + b, labels) }
//! # }
//! # fn main() -> Result<(), LabelsError> {
//! # let g = loss::<f64>();
//! # let x = Tensor::from([[1.0, 0.0, 2.0, -1.0], [0.5, 1.0, 0.0, 3.0]]);
//! # let inputs = tlist![Tensor::zeros(), Tensor::zeros()];
//! # let env = tlist![x, Labels::new([2, 0])?];
//! let (value, tlist![dw, db]) = g.value_and_vjp(&inputs, &env);
//! let (_, _): (&Tensor<f64, shape![4, 3]>, &Tensor<f64, shape![3]>) = (&dw, &db);
//! let next = tlist![dw.map(|d| -0.1 * d), db.map(|d| -0.1 * d)];
//! let inputs = inputs.add(&next); // one step against it
//! assert!(g.value(&inputs, &env).item() < value.item());
//! # Ok(())
//! # }
//! ```
//!
//! **Its type** can be written, in a struct, an argument or a result:
//!
//! ```
//! # use cotangent::prelude::*;
//! # graph! {
//! #     fn loss(w: [4, 3], b: [3]; x: [2, 4], labels: [2] < 3) -> [] { cross_entropy(matmul(x, w) + b, labels) }
//! # }
//! struct Trainer {
//!     loss: graph_type!(f64, fn(w: [4, 3], b: [3]; x: [2, 4], labels: [2] < 3) -> []),
//! }
//! let trainer = Trainer { loss: loss() };
//! # let _ = trainer.loss;
//! ```
//!
//! **A shape error** is found by `cargo check`, at the op, in decimal numbers. This is the whole message; its last line
//! says where the error index has more about it: `docs/errors.md` in the sources, and here [`errors::p01`], [`errors::p02`], [`errors::p03`].
//!
//! ```compile_fail,E0277
//! use cotangent::prelude::*;
//! let g = graph!(|x: [2, 4], w: [5, 3]| matmul(x, w));
//! ```
//!
//! ```text
//! error[E0277]: cannot multiply `(N<2>, N<4>)` by `(N<5>, N<3>)`
//!  --> src/main.rs:4:43
//!   |
//! 4 |     let g = graph!(|x: [2, 4], w: [5, 3]| matmul(x, w));
//!   |                                           ^^^^^^ `matmul` takes `(.., M, K)` with `(K, P)`, `(.., K, P)` or `(K,)`: inner and leading dims must be equal
//!   |
//!   = help: the trait `MatMulBy<(N<5>, N<3>)>` is not implemented for `(N<2>, N<4>)`
//!   = note: docs/errors.md#p01, #p02, #p03, #d14
//! ```
//!
//! **A law.** That the derivatives are right, and that the tape of untyped tensors which a graph compiles to does the
//! same, is shown by running the graph in a free algebra, for every input of these shapes:
//!
//! ```
//! # use cotangent::prelude::*;
//! # graph! {
//! #     fn loss(w: [4, 3], b: [3]; x: [2, 4], labels: [2] < 3) -> [] { cross_entropy(matmul(x, w) + b, labels) }
//! # }
//! # fn main() -> Result<(), Counterexample> {
//! let proof = prove(&loss::<f64>())?;
//! assert!(proof.is_exact());
//! # Ok(())
//! # }
//! ```
//!
//! # Where things are
//!
//! | module | what |
//! | --- | --- |
//! | [`prelude`] | what most programs need |
//! | [`graph!`], [`mod@graph`] | writing a graph; running and differentiating it |
//! | [`op`] | what graphs are made of: one op, one file; how to write your own |
//! | [`tensor`], [`mod@context`] | tensors with static and with dynamic shapes; lists of them |
//! | [`mod@env`] | what a graph reads and is not differentiated by: data, labels, keys |
//! | [`nn`] | layers: groups of parameters with their graphs, and what they are at first |
//! | [`optim`] | optimisers, and the program of a whole step of training |
//! | [`train`] | whole trainings: epochs, checkpoints, logs, measures, a report |
//! | [`mod@checkpoint`] | trainings and parameters on disk; models from elsewhere |
//! | [`data`] | sets of examples, their batches, and readers of files |
//! | [`handle`] | what stands for a value while a graph is built |
//! | [`lean`] | the wing of the Lean file: the erased tape, the compile step to it, and one public law for each theorem |
//! | [`mod@prove`] | proofs of graphs, ops and batches |
//! | [`explain`] | a graph as a table, as Graphviz text and as a drawing |
//! | [`scalar`] | what a graph can run over: floats, exact rationals, intervals, duals, paths |
//! | [`dim`], [`mod@shape`] | sizes and shapes as types, and the judgements over them |
//! | [`program`] | primitives and the reference interpreter |
//! | [`errors`] | every message of the compiler, by its code: what it means, and two ways to mend the mistake |
#![forbid(unsafe_code)]
#![deny(missing_docs)]

extern crate self as cotangent;

#[cfg(feature = "safetensors")]
pub mod checkpoint;
pub mod context;
pub mod counterexample;
pub mod data;
pub mod dim;
pub mod env;
// For the documentation, where it is found by the code of a message. Its mended programs are tests.
#[cfg(doc)]
pub mod errors;
pub mod explain;
pub mod graph;
pub mod handle;
pub mod lean;
pub mod nn;
pub mod op;
pub mod optim;
pub mod prelude;
pub mod program;
pub mod prove;
mod run;
pub mod scalar;
pub mod shape;
pub mod tensor;
#[cfg(feature = "train")]
pub mod train;
/// The part of the crate `frunk` that is in the types of this one: lists of values of different types.
///
/// Not all of it: another part has a type for each letter, and with two types `N` in sight rustc would print
/// `cotangent::dim::N<784>` for `N<784>` in every message.
///
/// ```
/// use cotangent::frunk::{HList, hlist, hlist_pat};
/// let list: HList![i32, bool] = hlist![1, true];
/// let hlist_pat![number, flag] = list;
/// assert_eq!((number, flag), (1, true));
/// ```
pub mod frunk {
    pub use ::frunk::{HList, hlist, hlist_pat};
}
pub use fastrand;
pub use generic_array;
pub use typenum;

pub use cotangent_macros::{
    context, einsum, environment, graph, graph_type, shape, tlist, tlist_pat,
};

// For messages: rustc writes a name that came by `use cotangent::prelude::*` with its shortest path. Hence
// `cotangent::Tensor`, not `cotangent::prelude::Tensor`.
#[doc(no_inline)]
pub use prelude::*;
// And a name that `std` has too it writes with a path.
#[doc(no_inline)]
pub use context::{Entry, Values};
#[doc(hidden)]
pub use dim::TooLarge;
#[doc(no_inline)]
pub use env::{Given, Inputs};
#[doc(no_inline)]
pub use scalar::Number;

/// For the macros of this crate only.
#[doc(hidden)]
pub mod __private {
    pub use frunk::hlist::{HCons, HNil};
    pub use num_traits::One;

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
        crate::graph::GraphData::with_names(name, inputs, environment)
    }

    /// Names the tensors of a group after it and its fields: `p.weight`.
    pub fn push_field_names<P: crate::context::Group>(
        name: &crate::context::Name,
        names: &mut Vec<crate::context::Name>,
    ) {
        let fields = P::FIELDS
            .iter()
            .map(|field| crate::context::part(name, field));
        let fields: Vec<_> = fields.collect();
        <P::Fields as crate::context::Context>::push_entry_names(&fields, names);
    }

    /// The dims of the fields of a group.
    pub fn push_field_dims<P: crate::context::Group>(dims: &mut Vec<crate::tensor::Dims>) {
        <P::Fields as crate::context::Entry>::push_dims(dims);
    }

    /// What the tensors of a group are at first, from what is said of each field. What is `given` for the group is for those of
    /// two axes or more.
    pub fn push_field_initialisers<P: crate::context::Group>(
        given: Option<crate::context::Initialiser>,
        fields: &[Option<crate::context::Initialiser>],
        list: &mut Vec<crate::context::Initialiser>,
    ) {
        let first = list.len();
        <P::Fields as crate::context::Context>::push_entry_initialisers(fields, list);
        if let Some(given) = given {
            let mut dims = Vec::new();
            push_field_dims::<P>(&mut dims);
            for (initialiser, dims) in list[first..].iter_mut().zip(dims) {
                if dims.len() > 1 {
                    *initialiser = given;
                }
            }
        }
    }

    /// The name of a field of a group that is called `name`.
    pub fn field(name: &crate::context::Name, field: &str) -> crate::context::Name {
        crate::context::part(name, field)
    }

    /// A group that is written in a graph: a group of handles.
    pub fn handles<P: crate::context::Group>(group: P) -> P {
        group
    }

    /// What `tlist!` writes around an array: its values on the heap.
    pub fn list<T: crate::context::IntoList>(array: T) -> T::List {
        array.into_list()
    }

    /// A handle that says which shape is expected, and is never used.
    pub fn expected<E: crate::env::EnvEntry>() -> E::Vars {
        E::vars(crate::handle::GraphId::NOBODY, &mut 0)
    }
}

/// The README's examples are tests.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;

/// So is that of the recipe of an op.
#[cfg(doctest)]
#[doc = include_str!("op/README.md")]
struct Recipe;

/// So are those of the book, each chapter by its name.
#[cfg(doctest)]
mod book {
    macro_rules! chapters {
        ($($Chapter:ident $file:literal)*) => {$(
            #[doc = include_str!(concat!("../docs/book/src/", $file))]
            struct $Chapter;
        )*};
    }
    chapters! {
        Introduction "introduction.md"
        Install "install.md"
        FirstGraph "first-graph.md"
        Shapes "shapes.md"
        Layers "layers.md"
        Training "training.md"
        Checkpoints "checkpoints.md"
        Performance "performance.md"
        Programs "programs.md"
        OwnOp "own-op.md"
        Proofs "proofs.md"
        Algebras "algebras.md"
        ComingFrom "coming-from.md"
    }
}
