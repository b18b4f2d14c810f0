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
    let _ = decoder.snoc(NodeData::from_op("y", encoder.owner(), relu(x)));
}

graph! {
    /// One layer.
    fn layer<B: Dim, I: Dim, O: Dim>(x: [B, I], w: [I, O], b: [O]) -> [B, O] {
        tanh(matmul(x, w) + b)
    }
    /// Two layers, by calling one graph twice.
    fn two_layers(x: [2, 3], w1: [3, 4], b1: [4], w2: [4, 2], b2: [2]) -> [2, 2] {
        let h = layer()(x, w1, b1);
        layer()(h, w2, b2)
    }
    /// The same, written out.
    fn written_out(x: [2, 3], w1: [3, 4], b1: [4], w2: [4, 2], b2: [2]) -> [2, 2] {
        let h = tanh(matmul(x, w1) + b1);
        tanh(matmul(h, w2) + b2)
    }
    /// An environment that is passed on, in another order.
    fn two_losses(x: [2, 3]; a: [2] < 3, b: [2] < 3) -> [] {
        let first = loss()(x, b);
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
    assert_eq!(
        called.vjp(&x, &tlist![], &seed),
        written.vjp(&x, &tlist![], &seed)
    );
    let tape = compile_tape(&called, &x, &tlist![]);
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
    use cotangent::frunk::hlist::{HCons, HNil};
    type Env = TensorList<HCons<Labels<3, shape![2]>, HNil>>;
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
        type Need = needs::Ring;
        const NAME: &'static str = "secretly_exp";
        fn forward(&self, r: &Recorder<needs::Ring>, x: (Var<S>,)) -> Var<S> {
            r.prim(Prim::Unary(Unary::Exp), x)
        }
        fn jvp(
            &self,
            r: &Recorder<needs::Ring>,
            _x: (Var<S>,),
            y: Var<S>,
            (dx,): (Var<S>,),
        ) -> Var<S> {
            r.mul_same(y, dx)
        }
        fn vjp(
            &self,
            r: &Recorder<needs::Ring>,
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
            let (y, total) = both()(x);
            sum(y * 3.0) + total
        }
    }
    let x = tlist![Tensor::from([1.0, 2.0])];
    let tlist![y, total] = both::<f64>().values::<2>(&x, &tlist![]);
    assert_eq!((y, total.item()), (Tensor::from([1.0, 4.0]), 5.0));
    let dy = tlist![Tensor::from([1.0, 0.0]), Tensor::scalar(10.0)];
    let (_, tlist![dx]) = both::<f64>().values_and_vjp::<2>(&x, &tlist![], &dy);
    assert_eq!(dx, Tensor::from([22.0, 40.0]));
    let (value, tlist![dx]) = caller::<f64>().value_and_vjp(&x, &tlist![]);
    assert_eq!((value.item(), dx), (20.0, Tensor::from([8.0, 16.0])));
}

#[test]
fn returning_an_input() {
    graph! {
        fn same(x: [2], y: [2]) -> [2] { let _z = x * y; x }
    }
    let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    assert_eq!(same::<f64>().value(&x, &tlist![]), Tensor::from([1.0, 2.0]));
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
    let (value, tlist![dx, dy]) = quotient().value_and_vjp(&x, &tlist![]);
    // (1/6 + 1/35) / 2 - 1/10.
    assert_eq!(value.item(), q(41, 420) - q(1, 10));
    assert_eq!(dx, Tensor::from([q(1, 4), q(1, 10)]));
    assert_eq!(dy, Tensor::from([q(-1, 24), q(-1, 350)]));
}

#[test]
fn closures_read_the_environment() {
    #[derive(Clone)]
    struct Gain(f64);
    impl Environment for Gain {}
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
    let certified = Graph::<_, _, Line, _>::nil().snoc(node.certify(&()).expect("linear"));
    assert_eq!(certified.value(&x, &()), Tensor::from([2.0, 4.0]));
}
