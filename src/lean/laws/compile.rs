//! Laws of the compile step: the tape holds what the typed graph computes, in its order.

use super::compare::{all_identical, all_identical_at, on_tape, same_count};
use crate::context::{Computed, Context};
use crate::counterexample::Counterexample;
use crate::env::{Environment, Given};
use crate::graph::nodes::Nodes;
use crate::graph::steps::Entries;
use crate::graph::{AllValues, Body, GraphData};
use crate::lean::certified::Graph;
use crate::lean::link::{compile, compile_data};
use crate::lean::tape::Tape;
use crate::scalar::Semiring;
use crate::tensor::AnyTensor;

/// The statements about a graph compiled by `$compile`, once for data and once for certified graphs.
macro_rules! statements {
    ($Graph:ident, $compile:ident: $ctx:ident ($ctx_lean:literal), $values:ident ($values_lean:literal), $size:ident ($size_lean:literal)) => {
        /// ```
        /// use cotangent::prelude::*;
        /// let g = graph!(|x: [2]| sum(x * x));
        /// let x = tlist![Tensor::from([1.0, 2.0])];
        /// laws::compile_data_ctx_eq_eval(&g, &x, ())?;
        /// laws::compile_ctx_eq_eval(&g.certify()?, &x, ())?;
        /// # Ok::<(), Counterexample>(())
        /// ```
        #[doc = concat!("The context that compiling returns is that of `eval`. Lean's `", $ctx_lean, "`.")]
        ///
        /// `eval` and compiling run the same nodes, so this alone would compare a function with itself, called twice.
        /// Independent of both is the run of the graph's whole program by the reference interpreter, which the context
        /// is compared with as well. A graph with closures has no program.
        ///
        /// # Errors
        /// The first entry that is another.
        pub fn $ctx<A, D, G, Ss>(
            graph: &$Graph<A, D, G, Ss>,
            x: impl Given<A, G>,
            env: impl Given<A, D>,
        ) -> Result<(), Counterexample>
        where
            A: Semiring,
            D: Environment,
            G: Context,
            Ss: Body,
        {
            ctx_eq_eval_of(stringify!($ctx), graph, x, env, &$compile(graph, x, env).1)
        }

        /// ```
        /// use cotangent::prelude::*;
        /// let g = graph!(|x: [2]| sum(x * x));
        /// let x = tlist![Tensor::from([1.0, 2.0])];
        /// laws::compile_data_values_eq(&g, &x, ())?;
        /// laws::compile_values_eq(&g.certify()?, &x, ())?;
        /// # Ok::<(), Counterexample>(())
        /// ```
        #[doc = concat!("The values on the tape are the context, erased, in its order. Lean's `", $values_lean, "`.")]
        ///
        /// They are compared with the context that compiling returns, with `eval` called anew, and with the run of the
        /// graph's whole program by the reference interpreter, which a graph with closures does not have.
        ///
        /// # Errors
        /// The first entry that is another.
        pub fn $values<A, D, G, Ss>(
            graph: &$Graph<A, D, G, Ss>,
            x: impl Given<A, G>,
            env: impl Given<A, D>,
        ) -> Result<(), Counterexample>
        where
            A: Semiring,
            D: Environment,
            G: Context,
            Ss: Body,
        {
            let (tape, context) = $compile(graph, x, env);
            values_eq_of(stringify!($values), &tape, &context.erased())?;
            values_eq_of(stringify!($values), &tape, &graph.eval(x, env).erased())?;
            let d = Entries::of(&graph.nodes, env);
            eq_program(stringify!($values), &graph.nodes, x.tensors(), &d, &tape.values())
        }

        /// ```
        /// use cotangent::prelude::*;
        /// let g = graph!(|x: [2]| sum(x * x));
        /// let x = tlist![Tensor::from([1.0, 2.0])];
        /// laws::compile_data_nodes_size(&g, &x, ())?;
        /// laws::compile_nodes_size(&g.certify()?, &x, ())?;
        /// # Ok::<(), Counterexample>(())
        /// ```
        #[doc = concat!("The tape has a node for each entry of `Γ ++ Ss`. Lean's `", $size_lean, "`.")]
        ///
        /// # Errors
        /// The two sizes.
        pub fn $size<A, D, G, Ss>(
            graph: &$Graph<A, D, G, Ss>,
            x: impl Given<A, G>,
            env: impl Given<A, D>,
        ) -> Result<(), Counterexample>
        where
            A: Semiring,
            D: Environment,
            G: Context,
            Ss: Body,
        {
            let (tape, _context) = $compile(graph, x, env);
            nodes_size(stringify!($size), &graph.nodes, Ss::computed(), &tape)
        }
    };
}

statements!(
    GraphData, compile_data:
    compile_data_ctx_eq_eval ("compileAuxData_ctx_eq_eval"),
    compile_data_values_eq ("compileAuxData_values_eq"),
    compile_data_nodes_size ("compileAuxData_nodes_size")
);
statements!(
    Graph, compile:
    compile_ctx_eq_eval ("compileAux_ctx_eq_eval"),
    compile_values_eq ("compileAux_values_eq"),
    compile_nodes_size ("compileAux_nodes_size")
);

/// A context that claims to be that of `eval`, and of the graph's program; `law` is the name it is reported under.
///
/// # Errors
/// The first entry that is another.
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [2]| sum(x));
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// let wrong = tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(4.0)]; // the sum is 3
/// assert!(laws::ctx_eq_eval_of("mine", &g, &x, (), &wrong).is_err());
/// ```
pub fn ctx_eq_eval_of<A, D, G, Ss>(
    law: &'static str,
    graph: &GraphData<A, D, G, Ss>,
    x: impl Given<A, G>,
    env: impl Given<A, D>,
    context: &Ss::All<A, G>,
) -> Result<(), Counterexample>
where
    A: Semiring,
    D: Environment,
    G: Context,
    Ss: Body,
{
    let context = context.erased();
    all_identical(law, &graph.eval(x, env).erased(), &context)?;
    let d = Entries::of(&graph.nodes, env);
    eq_program(law, &graph.nodes, x.tensors(), &d, &context)
}

/// Values that should be those of the whole program, run by the reference interpreter.
pub(crate) fn eq_program<A: Semiring>(
    law: &'static str,
    nodes: &Nodes,
    x: Vec<AnyTensor<A>>,
    d: &Entries<A>,
    got: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    match nodes.eval_by_program(x, d) {
        Some(expected) => all_identical(law, &expected, got),
        None => Ok(()),
    }
}

/// A tape whose values should be a context, erased; `law` is the name it is reported under.
///
/// # Errors
/// The first entry that is another.
///
/// ```
/// use cotangent::prelude::*;
/// let x = tlist![Tensor::from([1.0, 2.0])];
/// let g = graph!(|x: [2]| sum(x));
/// let mut tape = compile_tape(&g, &x, ());
/// tape.nodes_mut()[1].value = AnyTensor::scalar(4.0); // the sum is 3
/// let context = g.eval(&x, ()).to_any_list();
/// assert!(laws::values_eq_of("mine", &tape, &context).is_err());
/// ```
pub fn values_eq_of<A: Semiring>(
    law: &'static str,
    tape: &Tape<A>,
    context: &[AnyTensor<A>],
) -> Result<(), Counterexample> {
    all_identical_at(law, on_tape(tape), context, &tape.values())
}

/// A tape that should have a node for each entry of `Γ ++ Ss`; `law` is the name it is reported under.
///
/// # Errors
/// The two sizes.
///
/// ```
/// use cotangent::prelude::*;
/// let mut tape = compile_tape(&graph!(|x: [2]| sum(x)), &tlist![Tensor::from([1.0, 2.0])], ());
/// let law = laws::nodes_size_of::<f64, context![[2]], context![[]]>;
/// law("mine", &tape)?;
/// tape.add_node(TapeNode::leaf(AnyTensor::scalar(0.0)));
/// assert!(law("mine", &tape).is_err());
/// # let _ = laws::nodes_size_of::<f64, context![[2]], context![[]]>;
/// # Ok::<(), Counterexample>(())
/// ```
pub fn nodes_size_of<A, G: Context, Ss: Computed>(
    law: &'static str,
    tape: &Tape<A>,
) -> Result<(), Counterexample> {
    let expected = G::dims().len() + Ss::dims().len();
    same_count(law, "the size of the tape", expected, tape.size())
}

/// A tape of a graph whose type says how many tensors it computes, or leaves it to the graph.
pub(crate) fn nodes_size<A>(
    law: &'static str,
    nodes: &Nodes,
    computed: Option<usize>,
    tape: &Tape<A>,
) -> Result<(), Counterexample> {
    let expected = nodes.inputs + computed.unwrap_or_else(|| nodes.nodes().len());
    same_count(law, "the size of the tape", expected, tape.size())
}
