//! Groups of parameters: `struct` items of `graph!`, nested and in arrays, and graphs called with them.

use approx::assert_abs_diff_eq;
use cotangent::context::Entry;
use cotangent::prelude::*;
use num_rational::BigRational;

graph! {
    /// A matrix and a bias.
    pub struct Linear<I: Dim, O: Dim> {
        /// The matrix.
        weight: [I, O],
        /// The bias.
        bias: [O],
    }

    /// Two layers, and the scale of what they add.
    pub struct Block<D: Dim, H: Dim> { up: Linear<D, H>, down: Linear<H, D>, scale: [D] }

    struct Model<D: Dim> { embed: [3, D], blocks: [Block<D, 4>; 3], pair: [[D]; 2], head: Linear<D, 1> }

    pub fn linear<B: Dim, I: Dim, O: Dim>(x: [B, I], p: Linear<I, O>) -> [B, O]
    where
        A: Semiring,
    {
        matmul(x, p.weight) + p.bias
    }

    fn block<B: Dim, D: Dim, H: Dim>(x: [B, D], p: Block<D, H>) -> [B, D]
    where
        A: Semiring,
    {
        let h = linear()(x, p.up);
        let h = linear()(h * h, p.down);
        x + h * p.scale
    }

    /// One block after another, by hand.
    fn by_hand<D: Dim>(x: [2, 3], m: Model<D>) -> []
    where
        A: Semiring,
    {
        let blocks = m.blocks;
        let first = blocks[0];
        let h = matmul(x, m.embed) + m.pair[0];
        let h = block()(h, first);
        let h = block()(h, blocks[1]);
        let h = block()(h, m.blocks[2]);
        sum(linear()(h + m.pair[1], m.head))
    }

    /// The same by `repeat`.
    fn repeated<D: Dim>(x: [2, 3], m: Model<D>) -> []
    where
        A: Semiring,
    {
        let h = matmul(x, m.embed) + m.pair[0];
        let h = repeat(block())(h, m.blocks);
        sum(linear()(h + m.pair[1], m.head))
    }

    /// Parameters that come one by one, put together.
    fn together(x: [2, 3], w: [3, 3], b: [3]) -> [2, 3]
    where
        A: Semiring,
    {
        let tied = Linear { weight: transpose(w), bias: b };
        let h = linear()(x, Linear { weight: w, bias: b });
        linear()(h, tied)
    }
}

/// The same without groups.
mod flat {
    use super::*;

    graph! {
        pub fn block(x: [2, 2], uw: [2, 4], ub: [4], dw: [4, 2], db: [2], s: [2]) -> [2, 2] where A: Semiring {
            let h = matmul(x, uw) + ub;
            x + (matmul(h * h, dw) + db) * s
        }
        pub fn model(
            x: [2, 3], e: [3, 2],
            uw0: [2, 4], ub0: [4], dw0: [4, 2], db0: [2], s0: [2],
            uw1: [2, 4], ub1: [4], dw1: [4, 2], db1: [2], s1: [2],
            uw2: [2, 4], ub2: [4], dw2: [4, 2], db2: [2], s2: [2],
            before: [2], after: [2], hw: [2, 1], hb: [1],
        ) -> [] where A: Semiring {
            let h = matmul(x, e) + before;
            let h = block()(h, uw0, ub0, dw0, db0, s0);
            let h = block()(h, uw1, ub1, dw1, db1, s1);
            let h = block()(h, uw2, ub2, dw2, db2, s2);
            sum(matmul(h + after, hw) + hb)
        }
    }
}

type D = N<2>;

/// Made up values, of both signs, of a context with any groups.
fn made_up<G: Context>(from: i64) -> TList<BigRational, G> {
    let mut next = from;
    let tensors = G::dims().into_iter().map(|dims| {
        let data = (0..dims.count()).map(|_| {
            next = (next * 7 + 3) % 11;
            BigRational::new((next - 5).into(), 2.into())
        });
        AnyTensor::new(&dims, data.collect::<Vec<_>>()).expect("as many as the dims say")
    });
    TensorList::from_any_list(tensors.collect::<Vec<_>>()).expect("the same dims")
}

#[test]
fn groups_compute_what_flat_parameters_do() {
    let (by_hand, repeated) = (by_hand::<BigRational, D>(), repeated::<BigRational, D>());
    let x = made_up::<context![[2, 3], Model<2>]>(1);
    let flat = flat::model::<BigRational>();
    let (value, cotangents) = flat.value_and_vjp(&x.cast().expect("the same dims"), &tlist![]);
    for g in [
        &by_hand.value_and_vjp(&x, &tlist![]),
        &repeated.value_and_vjp(&x, &tlist![]),
    ] {
        assert_eq!(g.0, value);
        assert_eq!(g.1.to_any_list(), cotangents.to_any_list());
    }
    let dx = made_up::<context![[2, 3], Model<2>]>(4);
    let (flat_x, flat_dx) = (
        x.cast().expect("the same dims"),
        dx.cast().expect("the same dims"),
    );
    let (_, tangent) = flat.value_and_jvp(&flat_x, &flat_dx, &tlist![]);
    assert_eq!(by_hand.value_and_jvp(&x, &dx, &tlist![]).1, tangent);
    assert_eq!(repeated.value_and_jvp(&x, &dx, &tlist![]).1, tangent);
    assert_eq!(cotangents.dot(&flat_dx), tangent.item());
}

#[test]
fn gradients_have_the_structure_of_the_parameters() {
    let g = repeated::<f64, D>();
    let model: Parameters<f64, Model<D>> = Parameters::<f64, Model<D>>::zero().map(|_| 0.5);
    let x = tlist![Tensor::one(), model];
    let (_, tlist![_, dmodel]) = g.value_and_vjp(&x, &tlist![]);
    let tlist![embed, blocks, pair, tlist![head, bias]] = dmodel;
    let ([_, _, last], [_, after]) = (blocks.into_array(), pair.into_array());
    let tlist![tlist![_, _], tlist![_, down_bias], scale] = last;
    let _: (Tensor<f64, shape![3, 2]>, Tensor<f64, shape![2, 1]>) = (embed, head);
    assert_eq!(bias, Tensor::from([2.0])); // two rows
    assert_eq!(after, Tensor::from([1.0, 1.0])); // the same, times the weights of the head
    assert_eq!(down_bias, Tensor::from([0.5, 0.5])); // and times the scale
    assert!(scale[[0]] > 0.0 && scale[[0]] == scale[[1]]);
}

#[test]
fn laws_hold_of_graphs_with_groups() {
    for proof in [
        laws::prove(&block::<f64, N<2>, D, N<2>>()),
        laws::prove(&together::<f64>()),
    ] {
        assert!(proof.is_ok(), "{proof:?}");
    }
    let x = made_up::<context![[2, 3], Model<2>]>(2);
    let dx = made_up::<context![[2, 3], Model<2>]>(5);
    let g = repeated::<BigRational, D>();
    let seed = g.eval(&dx, &tlist![]);
    laws::compile_data_ctx_eq_eval(&g, &x, &tlist![]).expect("the tape has the values");
    laws::backprop_correct(&g, &x, &dx, &tlist![], &seed).expect("adjoint");
    laws::backward_dense_from_compile_data_eq_backprop_all(&g, &x, &tlist![], &seed)
        .expect("the tape agrees");
}

#[test]
fn values_are_put_together_to_groups() {
    let g = together::<f64>();
    let w = Tensor::from([[1.0, 2.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 3.0]]);
    let x = tlist![
        Tensor::from([[1.0, 1.0, 1.0], [0.0, 0.0, 2.0]]),
        w,
        Tensor::from([0.0, 0.0, 1.0])
    ];
    let expected = Tensor::from([[7.0, 3.0, 13.0], [0.0, 0.0, 22.0]]);
    assert_eq!(g.value(&x, &tlist![]), expected);
}

#[test]
fn names_of_parameters_are_their_way() {
    let g = repeated::<f64, D>();
    let summary = g.summary();
    let names: Vec<_> = summary.inputs().map(|row| row.name.as_str()).collect();
    assert_eq!(
        names[..4],
        [
            "x",
            "m.embed",
            "m.blocks[0].up.weight",
            "m.blocks[0].up.bias"
        ]
    );
    assert_eq!(
        names[16..],
        [
            "m.blocks[2].scale",
            "m.pair[0]",
            "m.pair[1]",
            "m.head.weight",
            "m.head.bias"
        ]
    );
    let ops: Vec<_> = summary.nodes().map(|row| row.op.as_str()).collect();
    assert_eq!(ops, ["matmul", "add", "3 x block", "add", "linear", "sum"]);
    let tape = compile_tape(
        &g,
        &tlist![Tensor::one(), Parameters::<f64, Model<D>>::zero()],
        &tlist![],
    );
    assert_eq!(tape.find("m.blocks[1].down.bias"), Some(10));
}

#[test]
fn a_gradient_of_groups_is_a_graph() {
    let g = block::<BigRational, N<1>, D, N<2>>();
    let scalar = graph!(|x: [1, 2], p: Block<2, 2>| sum({ g }(x, p)));
    let gradient = scalar.gradient();
    let x = made_up::<context![[1, 2], Block<2, 2>]>(1);
    let (_, cotangents) = scalar.value_and_vjp(&x, &tlist![]);
    let values = gradient.values::<2>(&x, &tlist![]);
    assert_eq!(values, cotangents);

    // A step of gradient descent on one parameter, as a graph: the cotangents come as a group.
    let step = graph!(|x: [1, 2], p: Block<2, 2>| {
        let (_dx, dp) = { gradient }(x, p);
        p.up.bias - dp.up.bias * 0.5
    });
    let half = BigRational::new(1.into(), 2.into());
    let tlist![_, tlist![tlist![_, bias], _, _]] = x.sub(&cotangents.scale(&half));
    assert_eq!(step.value(&x, &tlist![]), bias);
}

#[test]
fn lists_with_groups_are_vectors() {
    type G = context![[2], Block<2, 1>, [[Linear<1, 2>; 2]; 1]];
    let (x, y) = (made_up::<G>(1), made_up::<G>(2));
    let flat = |x: &TList<BigRational, G>| -> Vec<BigRational> {
        x.to_any_list()
            .iter()
            .flat_map(|t| t.as_slice().to_vec())
            .collect()
    };
    let two = BigRational::from_integer(2.into());
    let each = flat(&x).into_iter().zip(flat(&y));
    assert_eq!(
        flat(&x.add(&y.scale(&two))),
        each.clone().map(|(x, y)| x + y * &two).collect::<Vec<_>>()
    );
    assert_eq!(
        flat(&x.sub(&y)),
        each.clone().map(|(x, y)| x - y).collect::<Vec<_>>()
    );
    assert_eq!(x.dot(&y), each.map(|(x, y)| x * y).sum());
    assert_eq!(
        flat(&x.zip_map(&y, |x: &BigRational, y| x * y)).len(),
        G::dims().iter().map(|d| d.count()).sum()
    );

    let x: TList<f64, G> = TList::<f64, G>::zero().map(|_| 1.0);
    assert_abs_diff_eq!(x, x.map(|v: &f64| v + 1e-12), epsilon = 1e-9);
    assert!(!approx::abs_diff_eq!(
        x,
        x.map(|v: &f64| v + 1e-6),
        epsilon = 1e-9
    ));
    let shown = format!("{:?}", tlist![[Tensor::scalar(1.0)]]);
    assert_eq!(shown, format!("[[{:?}]]", Tensor::<f64, ()>::scalar(1.0)));
}

#[test]
fn no_layers_are_the_identity() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [1, 2], p: [Block<2, 2>; 0]| repeat(block())(x, p));
    let x = tlist![Tensor::from([[1.0, 2.0]]), []];
    let (y, tlist![dx, none]) = g.vjp(&x, &tlist![], &Tensor::from([[3.0, 4.0]]));
    assert_eq!(
        (y, dx),
        (Tensor::from([[1.0, 2.0]]), Tensor::from([[3.0, 4.0]]))
    );
    assert!(none.is_empty());
}

#[test]
fn what_follows_the_parameters_is_shared() {
    graph! {
        fn step(x: [2], w: [2], shift: []; _labels: [2] < 2) -> [2] where A: Semiring {
            x * w + shift
        }
        fn steps(x: [2], ws: [[2]; 3], shift: []; labels: [2] < 2) -> [] where A: Semiring {
            sum(repeat(step())(x, ws, shift, labels))
        }
    }
    let g = steps::<f64>();
    let w = |c: f64| Tensor::from([c, 1.0]);
    let env = tlist![Labels::<2, shape![2]>::new([0, 1]).expect("two labels")];
    let x = tlist![
        Tensor::from([1.0, 1.0]),
        [w(2.0), w(3.0), w(4.0)],
        Tensor::scalar(1.0)
    ];
    // ((1 * 2 + 1) * 3 + 1) * 4 + 1 = 41 and 1 + 3 = 4.
    let (y, tlist![dx, _, shift]) = g.value_and_vjp(&x, &env);
    assert_eq!(y.item(), 45.0);
    assert_eq!(dx, Tensor::from([24.0, 1.0]));
    assert_eq!(shift.item(), (12.0 + 4.0 + 1.0) + 3.0);
}

#[test]
fn an_unnamed_context_is_a_group_too() {
    type Pair = context![[2], [2]];
    graph! {
        fn pass(x: [2], p: Pair, q: [Pair; 2]) -> [2] where A: Semiring {
            let first = add_pair()(x, p);
            repeat(add_pair())(first, q)
        }
        fn add_pair(x: [2], p: Pair) -> [2] where A: Semiring {
            x + p.head * p.tail.head
        }
    }
    let pair = |c: f64| tlist![Tensor::from([c, c]), Tensor::from([2.0, 3.0])];
    let x = tlist![Tensor::zero(), pair(1.0), [pair(10.0), pair(100.0)]];
    assert_eq!(
        pass::<f64>().value(&x, &tlist![]),
        Tensor::from([222.0, 333.0])
    );
    let mut names = Vec::new();
    Pair::push_names("p".into(), &mut names);
    assert_eq!(names, ["p.0", "p.1"]);
}

#[test]
fn fields_have_computed_dims() {
    graph! {
        struct Mlp<D: Dim> { up: Linear<D, 4 * D>, down: Linear<4 * D, D> }
        struct Twice<D: Dim, H: Dim> { first: Mlp<D>, second: Mlp<D * H>, both: [D + H, D] }

        fn mlp<B: Dim, D: Dim>(x: [B, D], p: Mlp<D>) -> [B, D] where A: OrderedField {
            linear()(relu(linear()(x, p.up)), p.down)
        }
        fn twice<D: Dim, H: Dim>(x: [2, D], y: [2, D * H], p: [Twice<D, H>; 1]) -> [2, D * H] where A: OrderedField {
            let p = p[0];
            let _first = mlp()(x, p.first);
            mlp()(y, p.second)
        }
        fn wide<const B: usize>(x: [B, B], p: Mlp<B>) -> [B, B] where A: OrderedField {
            mlp()(x, p)
        }
    }
    let dims = <context![Twice<3, 2>]>::dims();
    let shown: Vec<_> = dims.iter().map(|dims| dims.to_string()).collect();
    assert_eq!(
        shown,
        [
            "[3, 12]", "[12]", "[12, 3]", "[3]", "[6, 24]", "[24]", "[24, 6]", "[6]", "[5, 3]"
        ]
    );
    let p: Parameters<f64, Twice<N<1>, N<2>>> =
        Parameters::<f64, Twice<N<1>, N<2>>>::zero().map(|_| 1.0);
    let x = tlist![Tensor::one(), Tensor::one(), [p]];
    // 2 + 1 in each of 8 hidden, then 8 * 3 + 1.
    assert_eq!(
        twice::<f64, N<1>, N<2>>().value(&x, &tlist![]),
        Tensor::from([[25.0, 25.0], [25.0, 25.0]])
    );
    let x = tlist![
        Tensor::<f64, shape![1, 1]>::one(),
        Parameters::<f64, Mlp<N<1>>>::zero().map(|_| 1.0)
    ];
    assert_eq!(
        wide::<f64, 1>().value(&x, &tlist![]).to_any().as_slice(),
        [9.0]
    );
}
