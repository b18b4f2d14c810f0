//! Every law, over random graphs with exact rationals, and over floats.

use super::common::{random_list, random_seed};
use super::random_graph::{Gamma, random_graph};
use super::typed_graphs;
use cotangent::context::{Here, There};
use cotangent::env::Given;
use cotangent::graph::{AllValues, Body};
use cotangent::prelude::*;
use cotangent::scalar::Sample;
use fastrand::Rng;
use num_bigint::BigUint;
use num_rational::BigRational;
use proptest::prelude::*;

type Laws = Result<(), Counterexample>;

/// The laws of the compile step and of the reverse pass, for one graph at one random point.
fn graph_laws<A: Sample, D: Environment, G: Context, Ss: Body>(
    g: &GraphData<A, D, G, Ss>,
    d: impl Given<A, D>,
    rng: &mut Rng,
) -> Laws {
    let (x, dx) = (random_list::<A, G>(rng), random_list::<A, G>(rng));
    let seed = random_seed(g, &x, d, rng);
    laws::compile_data_ctx_eq_eval(g, &x, d)?;
    laws::compile_data_values_eq(g, &x, d)?;
    laws::compile_data_nodes_size(g, &x, d)?;
    laws::all_requires_grad_true(g, &x, d)?;
    laws::backward_pids_lt_id(g, &x, d)?;
    laws::backward_pids_lt_id_at(&compile_tape(g, &x, d), &seed.erased())?;
    laws::lower_node(g, &x, d)?;
    laws::lower_node_backward_of_shape(g, &x, d)?;
    laws::lower_node_backward_of_ne(g, &x, d)?;
    loop_laws(g, &x, d, &seed.erased(), rng.usize(..))?;
    laws::backward_dense_from_compile_data_eq_backprop_all(g, &x, d, &seed)?;
    laws::backprop_correct(g, &x, &dx, d, &seed)?;
    let certified = g.clone().certify_in(d)?;
    laws::compile_ctx_eq_eval(&certified, &x, d)?;
    laws::compile_values_eq(&certified, &x, d)?;
    laws::compile_nodes_size(&certified, &x, d)?;
    laws::backward_dense_from_compile_eq_backprop_all(&certified, &x, d, &seed)
}

/// The laws of the loops that users call: from the last node, and from one of the others.
fn loop_laws<A: Sample, D: Environment, G: Context, Ss: Body>(
    g: &GraphData<A, D, G, Ss>,
    x: &TList<A, G>,
    d: impl Given<A, D>,
    seed: &[AnyTensor<A>],
    other: usize,
) -> Laws {
    laws::zero_preserving(g, x, d)?;
    let tape = compile_tape(g, x, d);
    for output in [tape.last(), other % tape.size()] {
        let seed = &seed[output];
        laws::backward_dense_eq_foldl_m(&tape, output, seed)?;
        laws::backward_dense_all_eq_backward_dense_from(&tape, output, seed)?;
        laws::backward_dense_all_eq_map_totalize_grads(&tape, output, seed)?;
        laws::backward_dense_compile_eq_backprop_all(g, x, d, output, seed)?;
        laws::backward_dense_all_compile_eq_backprop_all(g, x, d, output, seed)?;
        laws::backward_compile_eq_backprop_all(g, x, d, output, seed)?;
        if seed.dims().is_empty() {
            laws::backward_scalar_compile_eq_backprop_all(g, x, d, output)?;
        }
    }
    Ok(())
}

/// The laws of lists, over a context and a last entry.
fn list_laws<A: Sample>(rng: &mut Rng) -> Laws {
    type Longer = context![[2, 3], [3, 2], [3], [], [4]];
    let mut list = || random_list::<A, Gamma>(rng);
    let (x, y, z) = (list(), list(), list());
    let longer = random_list::<A, Longer>(rng);
    let tlist![a, b] = random_list::<A, context![[4], [4]]>(rng);
    laws::dot_add_right(&x, &y, &z)?;
    laws::dot_zero_right(&x)?;
    laws::dot_snoc(&x, &y, &a, &b)?;
    laws::dot_single::<A, _, Here>(&x, y.get::<0>())?;
    laws::dot_single::<A, _, There<Here>>(&x, y.get::<1>())?;
    laws::dot_single::<A, _, There<There<There<Here>>>>(&x, y.get::<3>())?;
    laws::unsnoc_snoc(&x, &a)?;
    laws::snoc_unsnoc(&longer)?;
    laws::length_to_any_list::<A, Gamma>(&x)?;
    laws::mem_to_indexed_any_list_lt(&x, 7)?;
    laws::to_any_list_snoc::<A, _, _>(&x, &a)?;
    // (Γ ++ [4]) ++ [4] and Γ ++ ([4] ++ [4]): two ways to one context.
    let left = x.clone().snoc(a.clone()).snoc(b.clone());
    let right = y.append(tlist![a, b]);
    type Right<A> = <context![[2, 3], [3, 2], [3], [], [4], [4]] as Context>::Tensors<A>;
    laws::to_any_list_cast::<A, _, Right<A>>(&left)?;
    laws::cast_symm::<A, _, Right<A>>(&left)?;
    laws::dot_cast_left(&left, &right)
}

/// The laws of `add_leaves`, on a tape that has nodes already.
fn leaf_laws<A: Sample>(rng: &mut Rng) -> Laws {
    let mut tape = Tape::empty();
    tape.leaf(&Tensor::<A, shape![2]>::ones(), Some("first"), false);
    let x = random_list::<A, Gamma>(rng);
    laws::size_add_leaves::<A, Gamma>(&tape, &x)?;
    laws::nodes_add_leaves::<A, Gamma>(&tape, &x)?;
    laws::add_leaves_values::<A, Gamma>(&tape, &x)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hold_over_rationals(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        let g = random_graph::<BigRational>(rng);
        prop_assert_eq!(graph_laws(&g, (), rng), Ok(()), "{:?}", g);
        let (x, dx) = (random_list::<BigRational, Gamma>(rng), random_list::<BigRational, Gamma>(rng));
        let dy = Tensor::scalar(BigRational::sample(rng));
        prop_assert_eq!(laws::vjp_checked_eq(&g, &x, (), &dy), Ok(()), "{:?}", g);
        prop_assert_eq!(laws::jvp_checked_eq(&g, &x, &dx, ()), Ok(()), "{:?}", g);
        prop_assert_eq!(list_laws::<BigRational>(rng), Ok(()));
        prop_assert_eq!(leaf_laws::<BigRational>(rng), Ok(()));
    }

    #[test]
    fn hold_over_doubles(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        let g = random_graph::<f64>(rng);
        prop_assert_eq!(graph_laws(&g, (), rng), Ok(()), "{:?}", g);
        prop_assert_eq!(list_laws::<f64>(rng), Ok(()));
        prop_assert_eq!(leaf_laws::<f64>(rng), Ok(()));
    }

    /// Lists of naturals have no subtraction, and their laws hold all the same.
    #[test]
    fn hold_over_a_semiring(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        prop_assert_eq!(list_laws::<BigUint>(rng), Ok(()));
        prop_assert_eq!(leaf_laws::<BigUint>(rng), Ok(()));
    }

    /// One graph, one point: the same numbers through the typed graph, the tape, and other scalars.
    #[test]
    fn one_graph_many_scalars(seed in any::<u64>()) {
        // All values by the tape's context, the cotangents by the graph, which over floats is a plan, and those by the tape.
        fn run<A: OrderedField + Sample>(seed: u64, to_f64: impl Fn(&A) -> f64) -> [Vec<f64>; 3] {
            let g = random_graph::<A>(&mut Rng::with_seed(seed));
            // Eighths: exact in every scalar here.
            let mut rng = Rng::with_seed(seed ^ 1);
            let x: Vec<_> = Gamma::dims().iter().map(|dims| {
                let data = (0..dims.count()).map(|_| A::from_literal(Literal::ratio(rng.i64(-16..17), 8)));
                AnyTensor::new(dims, data.collect()).expect("as many as the dims say")
            }).collect();
            let x: TList<A, Gamma> = TensorList::from_any_list(x).expect("the dims of the context");
            let (_, typed) = g.value_and_vjp(&x, ());
            let (tape, context) = compile_data(&g, &x, ());
            let erased = tape.backward_dense_all(tape.last(), &AnyTensor::scalar(A::one())).expect("a compiled tape");
            let (typed, erased) = (typed.to_any_list(), erased[..4].to_vec());
            if A::EXACT {
                assert_eq!(erased, typed);
            }
            let flat = |list: Vec<AnyTensor<A>>| list.iter().flat_map(|t| t.as_slice().iter().map(&to_f64).collect::<Vec<_>>()).collect();
            [context.to_any_list(), typed, erased].map(flat)
        }
        use cotangent::program::Literal;
        let exact = run::<BigRational>(seed, |x| num_traits::ToPrimitive::to_f64(x).expect("finite"));
        let double = run::<f64>(seed, |x| *x);
        let single = run::<f32>(seed, |x| f64::from(*x));
        for (exact, double) in exact.iter().flatten().zip(double.iter().flatten()) {
            // Twelve nodes deep, sums of at most a dozen products each.
            prop_assert!((exact - double).abs() <= 1e-12 * (1.0 + exact.abs()), "{exact} {double}");
        }
        for (exact, single) in exact.iter().flatten().zip(single.iter().flatten()) {
            prop_assert!((exact - single).abs() <= 1e-4 * (1.0 + exact.abs()), "{exact} {single}");
        }
    }
}

proptest! {
    // Each case is six graphs over two scalars.
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Floats, groups, labels and keys in the environment; several results; loops.
    #[test]
    fn hold_of_typed_graphs(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        macro_rules! over_rationals {
            ($g:expr, $env:expr) => {{
                let (g, env) = ($g, $env);
                prop_assert_eq!(graph_laws::<BigRational, _, _, _>(&g, &env, rng), Ok(()), "{:?}", g);
            }};
        }
        each_typed_graph!(BigRational, rng, over_rationals);
        macro_rules! over_doubles {
            ($g:expr, $env:expr) => {{
                let (g, env) = ($g, $env);
                prop_assert_eq!(graph_laws::<f64, _, _, _>(&g, &env, rng), Ok(()), "{:?}", g);
            }};
        }
        each_typed_graph!(f64, rng, over_doubles);
    }
}
