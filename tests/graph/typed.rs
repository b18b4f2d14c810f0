//! Typed graphs: handles, calls, outputs, environments.

use cotangent::prelude::*;

#[test]
#[should_panic(expected = "a handle of graph `encoder`")]
fn a_handle_of_another_graph_is_refused() {
    let encoder = GraphData::<f64, (), context![[2]], _>::named("encoder", &["x"]);
    let decoder = GraphData::<f64, (), context![[2]], _>::named("decoder", &["z"]);
    let frunk::hlist_pat![x] = encoder.inputs();
    let _ = decoder.node("y", relu(x));
}

use cotangent::frunk;

#[test]
fn the_refusal_names_both_graphs() {
    let refused = std::panic::catch_unwind(|| {
        let a = GraphData::<f64, (), context![[2]], _>::named("encoder", &[]);
        let b = GraphData::<f64, (), context![[2]], _>::named("decoder", &[]);
        let (frunk::hlist_pat![x], frunk::hlist_pat![y]) = (a.inputs(), b.inputs());
        let _ = a.node("mixed", add(x, y));
    });
    let message = *refused
        .unwrap_err()
        .downcast::<String>()
        .expect("a formatted panic");
    assert!(
        message.contains("graph `decoder`") && message.contains("graph `encoder`"),
        "{message}"
    );
}

#[test]
#[should_panic(expected = "`decoder`")]
fn a_node_wired_in_another_graph_is_refused() {
    let encoder = GraphData::<f64, (), context![[2]], _>::named("encoder", &[]);
    let decoder = GraphData::<f64, (), context![[2]], _>::named("decoder", &[]);
    let frunk::hlist_pat![x] = encoder.inputs();
    let _ = decoder.snoc(NodeData::from_op("y", encoder.graph_id(), relu(x)));
}

graph! {
    /// One layer.
    fn layer<B: Dim, I: Dim, O: Dim>(x: [B, I], w: [I, O], b: [O]) -> [B, O] {
        tanh(matmul(x, w) + b)
    }
    /// Two layers, by calling one graph twice.
    fn two_layers(x: [2, 3], w1: [3, 4], b1: [4], w2: [4, 2], b2: [2]) -> [2, 2] {
        let h = layer(x, w1, b1);
        layer(h, w2, b2)
    }
    /// The same, written out.
    fn written_out(x: [2, 3], w1: [3, 4], b1: [4], w2: [4, 2], b2: [2]) -> [2, 2] {
        let h = tanh(matmul(x, w1) + b1);
        tanh(matmul(h, w2) + b2)
    }
    /// An environment that is passed on, in another order.
    fn two_losses(x: [2, 3]; a: [2] < 3, b: [2] < 3) -> [] {
        let first = loss(x, b);
        first * 2.0 + cross_entropy(x, a)
    }
    fn loss(x: [2, 3]; labels: [2] < 3) -> [] {
        cross_entropy(x, labels)
    }
}

#[test]
fn a_call_is_one_node_and_computes_the_same() {
    let tensor = |seed: u64| fastrand::Rng::with_seed(seed);
    fn random<S: Shape>(rng: &mut fastrand::Rng) -> Tensor<f64, S> {
        Tensor::from_vec((0..S::SIZE).map(|_| rng.f64() - 0.5).collect()).expect("as many")
    }
    let rng = &mut tensor(5);
    let x = tlist![
        random(rng),
        random(rng),
        random(rng),
        random(rng),
        random(rng)
    ];
    let (called, written) = (two_layers::<f64>(), written_out::<f64>());
    let seed = random(rng);
    assert_eq!(called.vjp(&x, (), &seed), written.vjp(&x, (), &seed));
    let tape = compile_tape(&called, &x, ());
    let names: Vec<_> = tape.nodes()[5..]
        .iter()
        .map(|n| (n.name.as_deref(), &*n.op))
        .collect();
    assert_eq!(names, [(Some("h"), "layer"), (Some("out"), "layer")]);
}

#[test]
fn a_call_passes_its_environment() {
    let x = tlist![Tensor::from([[1.0, 2.0, 3.0], [3.0, 1.0, 2.0]])];
    let labels = |l: [usize; 2]| Labels::<3, shape![2]>::new(l).expect("below 3");
    let (a, b) = (labels([0, 1]), labels([2, 0]));
    let alone = |l: &Labels<3, shape![2]>| loss::<f64>().value(&x, &tlist![l.clone()]).item();
    let both = two_losses::<f64>()
        .value(&x, &tlist![a.clone(), b.clone()])
        .item();
    assert_eq!(both, 2.0 * alone(&b) + alone(&a));
    assert!(alone(&b) < alone(&a));
}

#[test]
#[should_panic(expected = "a handle of graph `other`")]
fn an_environment_of_another_graph_is_refused() {
    type Env = environment![[2] < 3];
    let g = GraphData::<f64, Env, context![[2, 3]], _>::named("this", &[]);
    let other = GraphData::<f64, Env, context![[2, 3]], _>::named("other", &[]);
    let (frunk::hlist_pat![x], frunk::hlist_pat![labels]) = (g.inputs(), other.environment());
    let _ = g.node("loss", cross_entropy(x, labels));
}

#[test]
#[should_panic(expected = "the op `secretly_exp` says it needs Ring, and `exp` needs Real")]
fn a_primitive_that_needs_more_than_the_op_says_is_refused() {
    use cotangent::op::{Call, Op, Recorder, Var};
    use cotangent::program::Prim;
    use cotangent::scalar::Unary;
    #[derive(Clone)]
    struct SecretlyExp;
    impl<S: Shape> Op<(S,)> for SecretlyExp {
        type Out = S;
        type Level = levels::Ring;
        const NAME: &'static str = "secretly_exp";
        fn forward(&self, r: &Recorder<levels::Ring>, x: (Var<S>,)) -> Var<S> {
            r.prim(Prim::Unary(Unary::Exp), x)
        }
        fn jvp(
            &self,
            r: &Recorder<levels::Ring>,
            _x: (Var<S>,),
            y: Var<S>,
            (dx,): (Var<S>,),
        ) -> Var<S> {
            r.mul_same(y, dx)
        }
        fn vjp(
            &self,
            r: &Recorder<levels::Ring>,
            _x: (Var<S>,),
            y: Var<S>,
            dy: Var<S>,
        ) -> (Var<S>,) {
            (r.mul_same(y, dy),)
        }
    }
    let g = GraphData::<f64, (), context![[2]], _>::nil();
    let frunk::hlist_pat![x] = g.inputs();
    let _ = g.node("y", Call::new(SecretlyExp, (x,)));
}

#[test]
fn several_outputs() {
    graph! {
        fn both(x: [2]) -> ([2], []) {
            let y = x * x;
            (y, sum(y))
        }
        fn caller(x: [2]) -> [] {
            let (y, total) = both(x);
            sum(y * 3.0) + total
        }
    }
    let x = tlist![Tensor::from([1.0, 2.0])];
    let (y, total) = both::<f64>().value(&x, ());
    assert_eq!((y, total.item()), (Tensor::from([1.0, 4.0]), 5.0));
    let dy = (Tensor::from([1.0, 0.0]), Tensor::scalar(10.0));
    let (_, tlist![dx]) = both::<f64>().vjp(&x, (), &dy);
    assert_eq!(dx, Tensor::from([22.0, 40.0]));
    let (value, tlist![dx]) = caller::<f64>().value_and_vjp(&x, ());
    assert_eq!((value.item(), dx), (20.0, Tensor::from([8.0, 16.0])));
}

#[test]
fn returning_an_input() {
    graph! {
        fn same(x: [2], y: [2]) -> [2] { let _z = x * y; x }
    }
    let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    assert_eq!(same::<f64>().value(&x, ()), Tensor::from([1.0, 2.0]));
}

#[test]
fn exact_over_rationals() {
    use num_rational::BigRational;
    graph! {
        fn quotient(x: [2], y: [2]) -> [] where A: Field { mean(x / y) - 0.1 }
    }
    let q = |n: i64, d: i64| BigRational::new(n.into(), d.into());
    let x = tlist![
        Tensor::from([q(1, 3), q(1, 7)]),
        Tensor::from([q(2, 1), q(5, 1)])
    ];
    let (value, tlist![dx, dy]) = quotient().value_and_vjp(&x, ());
    // (1/6 + 1/35) / 2 - 1/10.
    assert_eq!(value.item(), q(41, 420) - q(1, 10));
    assert_eq!(dx, Tensor::from([q(1, 4), q(1, 10)]));
    assert_eq!(dy, Tensor::from([q(-1, 24), q(-1, 350)]));
}

#[test]
fn closures_read_the_environment() {
    #[derive(Clone)]
    struct Gain(f64);
    impl Environment for Gain {
        type Of<A: Semiring> = Gain;
    }
    type Line = context![[2]];
    let amplify = NodeData::<f64, Gain, Line, shape![2]>::from_closures(
        "amplify",
        |x, gain: &Gain| x.get::<0>().map(|x| gain.0 * x),
        |_, dx, gain| dx.get::<0>().map(|dx| gain.0 * dx),
        |_, gain, dy| tlist![dy.map(|dy| gain.0 * dy)],
    );
    let g = GraphData::<_, _, Line, _>::nil().snoc(amplify);
    let x = tlist![Tensor::from([1.0, 2.0])];
    let (y, tlist![dx]) = g.vjp(&x, &Gain(3.0), &Tensor::from([1.0, 10.0]));
    assert_eq!(
        (y, dx),
        (Tensor::from([3.0, 6.0]), Tensor::from([3.0, 30.0]))
    );
    let tape = compile_tape(&g, &x, &Gain(3.0));
    let dense = tape
        .backward(1, &AnyTensor::new(&[2], vec![1.0, 10.0]).unwrap())
        .unwrap();
    assert_eq!(dense[&0].as_slice(), [3.0, 30.0]);
    // A certified graph, node by node.
    let node = NodeData::<f64, (), Line, shape![2]>::from_closures(
        "double",
        |x, ()| x.get::<0>().map(|x| 2.0 * x),
        |_, dx, ()| dx.get::<0>().map(|dx| 2.0 * dx),
        |_, (), dy| tlist![dy.map(|dy| 2.0 * dy)],
    );
    let certified = Graph::<_, _, Line, _>::nil().snoc(node.certify().expect("linear"));
    assert_eq!(certified.value(&x, ()), Tensor::from([2.0, 4.0]));
}

graph! {
    /// A linear layer on data of the environment, and the same with the data in the context.
    fn by_weights(w: [3, 2], b: [2]; x: [4, 3]) -> [] where A: Ring {
        let h = matmul(x, w) + b;
        sum(h * h)
    }
    fn by_all(x: [4, 3], w: [3, 2], b: [2]) -> [] where A: Ring {
        let h = matmul(x, w) + b;
        sum(h * h)
    }
}

/// How many contractions of two operands a program has: the matrix products.
fn products(program: &cotangent::program::Program) -> usize {
    use cotangent::program::{Prim, inline, simplify};
    let program = simplify(&inline(program).expect("it is well typed"));
    let all = program.instructions().iter();
    all.filter(|i| matches!(i.prim, Prim::Contract(_)) && i.arguments.len() == 2)
        .count()
}

/// A float entry is in no gradient, and what is only for its cotangent is not computed.
#[test]
fn a_float_entry_has_no_cotangent() {
    let (by_weights, by_all) = (by_weights::<f64>(), by_all::<f64>());
    let x = Tensor::<f64, shape![4, 3]>::from_fn(|[i, j]| (i * 3 + j) as f64);
    let w = Tensor::from([[1.0, -1.0], [0.5, 2.0], [0.0, 3.0]]);
    let b = Tensor::from([1.0, -2.0]);
    let context = tlist![w.clone(), b.clone()];
    let (value, tlist![dw, db]) = by_weights.value_and_vjp(&context, &tlist![x.clone()]);
    let (same, tlist![_, same_dw, same_db]) = by_all.value_and_vjp(&tlist![x.clone(), w, b], ());
    assert_eq!((value, &dw, &db), (same, &same_dw, &same_db));
    // The product, and its transpose for w; the other one has one for x, too.
    let of =
        |program: Result<cotangent::program::Program, _>| program.map(|program| products(&program));
    assert_eq!(of(by_weights.gradient().program()), Ok(2));
    assert_eq!(of(by_all.gradient().program()), Ok(3));
    // The tape has a leaf for each input, none for the entry; and no contribution to it.
    let tape = compile_tape(&by_weights, &context, &tlist![x]);
    let ops: Vec<&str> = tape.nodes().iter().map(|node| &*node.op).collect();
    assert_eq!(ops, ["leaf", "leaf", "matmul", "add", "mul", "sum"]);
    assert_eq!(tape.nodes()[2].parents, [0]);
    let contributions =
        tape.nodes()[2].backward(&AnyTensor::zeros(tape.nodes()[2].value.dims().clone()));
    let parents = contributions.map(|all| all.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    assert_eq!(parents, Ok(vec![0]));
    // Node by node, typed: the same as the program.
    let cotangents = tape.backward_scalar(tape.last()).expect("a scalar");
    assert_eq!(cotangents[&0], dw.to_any());
    assert_eq!(cotangents[&1], db.to_any());
}

/// A tangent has no part of an entry, and the adjoint of it neither: second derivatives along the data are none.
#[test]
fn derivatives_leave_the_environment_alone() {
    let g = by_weights::<f64>();
    let x = tlist![Tensor::<f64, shape![4, 3]>::ones()];
    let context = tlist![Tensor::ones(), Tensor::zeros()];
    let tangent = g
        .tangent()
        .value(&tlist![context.clone(), context.clone()], &x);
    let (_, gradient) = g.value_and_vjp(&context, &x);
    assert_eq!(tangent.item(), gradient.dot(&context));
    assert_eq!(g.gradient().value(&context, &x), gradient);
}

/// The type of a graph in a field, an argument and a return type.
#[test]
fn the_type_of_a_graph_is_written() {
    graph! {
        fn twice(w: [3, 2], b: [2]; x: [4, 3]) -> [] where A: Ring {
            let loss = by_weights()(w, b, x);
            loss + loss
        }
    }
    struct Model {
        loss: graph_type!(f64, fn([3, 2], [2]; [4, 3]) -> []),
    }
    fn scaled(twofold: bool) -> graph_type!(f64, fn([3, 2], [2]; [4, 3]) -> []) {
        if twofold { twice() } else { by_weights() }
    }
    fn at_ones(loss: &graph_type!(f64, fn([3, 2], [2]; [4, 3]) -> [])) -> f64 {
        loss.value(
            &tlist![Tensor::ones(), Tensor::zeros()],
            &tlist![Tensor::ones()],
        )
        .item()
    }
    let models = [false, true].map(|twofold| Model {
        loss: scaled(twofold),
    });
    assert_eq!(models.map(|model| at_ones(&model.loss)), [72.0, 144.0]);
}

/// A list of 7 entries has a gradient of 7; results are up to 12, of any kind, and of any of the values.
#[test]
fn many_results_of_every_kind() {
    graph! {
        struct Pair { first: [2], second: [] }
        fn all(
            a: [], b: [2], c: [], p: Pair, q: [[2]; 2], e: [2], f: [2]; labels: [2] < 3, x: [2]
        ) -> ([], [2] < 3, Pair, [[2]; 2], [2], [], [], [2], [2], [2], [2], [2] < 2) where A: OrderedField {
            let total = sum(b * x) + a * c + p.second + sum(p.first * q[0] + q[1] * e * f);
            (total, labels, p, q, x, a, c, b, e, f, p.first, less(e, f))
        }
    }
    let g = all::<f64>();
    let two = |a: f64, b: f64| Tensor::from([a, b]);
    let s = Tensor::scalar;
    let p = Pair::of(two(1.0, 2.0), s(3.0));
    let q = List::from([two(5.0, 7.0), two(11.0, 13.0)]);
    let inputs = tlist![
        s(2.0),
        two(1.0, 1.0),
        s(4.0),
        p.clone(),
        q.clone(),
        two(1.0, 2.0),
        two(2.0, 1.0)
    ];
    let labels = Labels::<3, shape![2]>::new([2, 0]).expect("below 3");
    let env = tlist![labels.clone(), two(10.0, 20.0)];
    let (values, gradient) = g.value_and_vjp(&inputs, &env);
    // 30 + 8 + 3 + (5 + 22) + (14 + 26).
    assert_eq!((values.0.item(), &values.1), (108.0, &labels));
    assert_eq!((&values.2, &values.3), (&p, &q));
    assert_eq!((values.4, values.10.clone()), (two(10.0, 20.0), p.first));
    assert_eq!(values.11, Labels::new([1, 0]).expect("below 2"));
    let tlist![da, db, dc, dp, dq, de, df] = &gradient;
    assert_eq!((da.item(), dc.item(), db), (4.0, 2.0, &two(10.0, 20.0)));
    assert_eq!(dp, &Pair::of(two(5.0, 7.0), s(1.0)));
    assert_eq!((&dq[0], &dq[1]), (&two(1.0, 2.0), &two(2.0, 2.0)));
    assert_eq!((de, df), (&two(22.0, 13.0), &two(11.0, 26.0)));
    assert_eq!(g.gradient().value(&inputs, &env), gradient);
}
