//! Groups of parameters: `struct` items of `graph!`, nested and in arrays, and graphs called with them.

use approx::assert_abs_diff_eq;
use cotangent::context::{Entry, GroupValues, by_name};
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
        let h = linear(x, p.up);
        let h = linear(h * h, p.down);
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
        let h = block(h, first);
        let h = block(h, blocks[1]);
        let h = block(h, m.blocks[2]);
        sum(linear(h + m.pair[1], m.head))
    }

    /// The same by `repeat`.
    fn repeated<D: Dim>(x: [2, 3], m: Model<D>) -> []
    where
        A: Semiring,
    {
        let h = matmul(x, m.embed) + m.pair[0];
        let h = repeat(block)(h, m.blocks);
        sum(linear(h + m.pair[1], m.head))
    }

    /// Parameters that come one by one, put together.
    fn together(x: [2, 3], w: [3, 3], b: [3]) -> [2, 3]
    where
        A: Semiring,
    {
        let tied = Linear { weight: transpose(w), bias: b };
        let h = linear(x, Linear { weight: w, bias: b });
        linear(h, tied)
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
            let h = block(h, uw0, ub0, dw0, db0, s0);
            let h = block(h, uw1, ub1, dw1, db1, s1);
            let h = block(h, uw2, ub2, dw2, db2, s2);
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

/// The same tensors, as a list of the inputs of a graph.
fn as_inputs_of<D, G: Context, Ss>(
    _graph: &GraphData<BigRational, D, G, Ss>,
    list: Vec<AnyTensor<BigRational>>,
) -> TList<BigRational, G> {
    TensorList::from_any_list(list).expect("the same dims")
}

#[test]
fn groups_compute_what_flat_parameters_do() {
    let (by_hand, repeated) = (by_hand::<BigRational, D>(), repeated::<BigRational, D>());
    let x = made_up::<context![[2, 3], Model<2>]>(1);
    let flat = flat::model::<BigRational>();
    let flat_x = as_inputs_of(&flat, x.to_any_list());
    let (value, cotangents) = flat.value_and_vjp(&flat_x, ());
    for g in [
        &by_hand.value_and_vjp(&x, ()),
        &repeated.value_and_vjp(&x, ()),
    ] {
        assert_eq!(g.0, value);
        assert_eq!(g.1.to_any_list(), cotangents.to_any_list());
    }
    let dx = made_up::<context![[2, 3], Model<2>]>(4);
    let flat_dx = as_inputs_of(&flat, dx.to_any_list());
    let (_, tangent) = flat.value_and_jvp(&flat_x, &flat_dx, ());
    assert_eq!(by_hand.value_and_jvp(&x, &dx, ()).1, tangent);
    assert_eq!(repeated.value_and_jvp(&x, &dx, ()).1, tangent);
    assert_eq!(cotangents.dot(&flat_dx), tangent.item());
}

#[test]
fn gradients_have_the_structure_of_the_parameters() {
    let g = repeated::<f64, D>();
    let model: Parameters<f64, Model<D>> = Parameters::<f64, Model<D>>::zeros().map(|_| 0.5);
    let x = tlist![Tensor::ones(), model];
    let (_, tlist![_, dmodel]) = g.value_and_vjp(&x, ());
    let _: (&Tensor<f64, shape![3, 2]>, &Tensor<f64, shape![2, 1]>) =
        (&dmodel.embed, &dmodel.head.weight);
    assert_eq!(dmodel.head.bias, Tensor::from([2.0])); // two rows
    assert_eq!(dmodel.pair[1], Tensor::from([1.0, 1.0])); // the same, times the weights of the head
    let last = &dmodel.blocks[2];
    assert_eq!(last.down.bias, Tensor::from([0.5, 0.5])); // and times the scale
    assert!(last.scale[[0]] > 0.0 && last.scale[[0]] == last.scale[[1]]);
}

#[test]
fn laws_hold_of_graphs_with_groups() {
    for proof in [
        prove(&block::<f64, N<2>, D, N<2>>()),
        prove(&together::<f64>()),
    ] {
        assert!(proof.is_ok(), "{proof:?}");
    }
    let x = made_up::<context![[2, 3], Model<2>]>(2);
    let dx = made_up::<context![[2, 3], Model<2>]>(5);
    let g = repeated::<BigRational, D>();
    let seed = g.eval(&dx, ());
    laws::compile_data_ctx_eq_eval(&g, &x, ()).expect("the tape has the values");
    laws::backprop_correct(&g, &x, &dx, (), &seed).expect("adjoint");
    laws::backward_dense_from_compile_data_eq_backprop_all(&g, &x, (), &seed)
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
    assert_eq!(g.value(&x, ()), expected);
}

#[test]
fn names_of_parameters_are_their_way() {
    let g = repeated::<f64, D>();
    let summary = g.summary();
    let names: Vec<_> = summary.inputs().map(|row| row.name.as_str()).collect();
    assert_eq!(
        names[..4],
        ["x", "m.embed", "m.blocks.0.up.weight", "m.blocks.0.up.bias"]
    );
    assert_eq!(
        names[16..],
        [
            "m.blocks.2.scale",
            "m.pair.0",
            "m.pair.1",
            "m.head.weight",
            "m.head.bias"
        ]
    );
    let ops: Vec<_> = summary.nodes().map(|row| row.op.as_str()).collect();
    assert_eq!(ops, ["matmul", "add", "3 x block", "add", "linear", "sum"]);
    let tape = compile_tape(
        &g,
        &tlist![Tensor::ones(), Parameters::<f64, Model<D>>::zeros()],
        (),
    );
    assert_eq!(tape.find("m.blocks.1.down.bias"), Some(10));
}

#[test]
fn a_gradient_of_groups_is_a_graph() {
    let g = block::<BigRational, N<1>, D, N<2>>();
    let scalar = graph!(|x: [1, 2], p: Block<2, 2>| sum({ g }(x, p)));
    let gradient = scalar.gradient();
    let x = made_up::<context![[1, 2], Block<2, 2>]>(1);
    let (_, cotangents) = scalar.value_and_vjp(&x, ());
    assert_eq!(gradient.value(&x, ()), cotangents);

    // A step of gradient descent on one parameter, as a graph: the cotangents come as a group.
    let step = graph!(|x: [1, 2], p: Block<2, 2>| {
        let [_dx, dp] = { gradient }(x, p);
        p.up.bias - dp.up.bias * 0.5
    });
    let half = BigRational::new(1.into(), 2.into());
    let tlist![_, next] = x.sub(&cotangents.scale(half.clone()));
    assert_eq!(step.value(&x, ()), next.up.bias);
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
        flat(&x.add(&y.scale(two.clone()))),
        each.clone().map(|(x, y)| x + y * &two).collect::<Vec<_>>()
    );
    assert_eq!(
        flat(&x.sub(&y)),
        each.clone().map(|(x, y)| x - y).collect::<Vec<_>>()
    );
    assert_eq!(x.dot(&y), each.map(|(x, y)| x * y).sum());
    assert_eq!(
        flat(&x.zip_map(&y, |x: &BigRational, y| x * y)).len(),
        G::dims().iter().map(|d| d.count()).sum::<usize>()
    );

    let x: TList<f64, G> = TList::<f64, G>::zeros().map(|_| 1.0);
    assert_abs_diff_eq!(x, x.map(|v: &f64| v + 1e-12), epsilon = 1e-9);
    assert!(!approx::abs_diff_eq!(
        x,
        x.map(|v: &f64| v + 1e-6),
        epsilon = 1e-9
    ));
    let shown = format!("{:?}", tlist![[Tensor::scalar(1.0)]]);
    assert_eq!(shown, format!("[[{:?}]]", Tensor::<f64, ()>::scalar(1.0)));
}

/// What a vector can do, of the values of a group: against the same of its numbers, one after the other.
#[test]
fn values_of_a_group_are_vectors() {
    type P = Parameters<BigRational, Model<D>>;
    let [x, y] = [1, 2].map(|seed| {
        let tlist![x] = made_up::<context![Model<2>]>(seed);
        x
    });
    let flat = |p: &P| -> Vec<BigRational> {
        let names = p.names();
        names.iter().flat_map(|(.., data)| data.to_vec()).collect()
    };
    let each = flat(&x).into_iter().zip(flat(&y));
    let of =
        |f: fn((BigRational, BigRational)) -> BigRational| each.clone().map(f).collect::<Vec<_>>();
    assert_eq!(flat(&(&x + &y)), of(|(x, y)| x + y));
    assert_eq!(flat(&(x.clone() + y.clone())), of(|(x, y)| x + y));
    assert_eq!(flat(&(&x - &y)), of(|(x, y)| x - y));
    assert_eq!(flat(&(x.clone() - y.clone())), of(|(x, y)| x - y));
    let three = BigRational::from_integer(3.into());
    let tripled = |(x, _): (BigRational, BigRational)| x * BigRational::from_integer(3.into());
    assert_eq!(flat(&(x.clone() * three.clone())), of(tripled));
    assert_eq!(flat(&(&x * three.clone())), of(tripled));
    assert_eq!(x.scale(three.clone()), &x + &(&x + &x));
    assert_eq!(x.dot(&y), of(|(x, y)| x * y).into_iter().sum());
    assert_eq!(flat(&x.map(|x| x * x)), of(|(x, _)| x.clone() * x));
    assert_eq!(flat(&x.zip_map(&y, |x, y| x * y)), of(|(x, y)| x * y));
    assert_eq!(&x - &x, P::zeros());
    assert_eq!(
        (&x + &P::zeros(), x.dot(&P::zeros())),
        (x, BigRational::default())
    );
}

/// Every tensor has a name, without a dot before it, with its dims and its elements; and the names lead back.
#[test]
fn values_have_names_and_come_back_by_them() {
    let tlist![p] = made_up::<context![Model<2>]>(3);
    let names = p.names();
    let shown: Vec<String> = names
        .iter()
        .map(|(name, dims, _)| format!("{name} {dims:?}"))
        .collect();
    assert_eq!(shown.len(), 1 + 3 * 5 + 2 + 2);
    assert_eq!(
        [&*shown[0], &*shown[11], &*shown[16], &*shown[19]],
        [
            "embed [3, 2]",
            "blocks.2.up.weight [2, 4]",
            "pair.0 [2]",
            "head.bias [1]"
        ]
    );
    assert_eq!(names[11].2, p.blocks[2].up.weight.as_slice());
    let again = by_name::<BigRational, Model<D>>(|name, dims| {
        let found = names.iter().find(|(known, ..)| known == name);
        let (_, sizes, data) = found.expect("the same names");
        assert_eq!(*sizes, &**dims);
        data.to_vec()
    });
    assert_eq!(again.as_ref(), Ok(&p));
    // The names of the inputs of a graph are these, after that of the group.
    let summary = repeated::<f64, D>().summary();
    for (row, (name, ..)) in summary.inputs().skip(1).zip(&names) {
        assert_eq!(row.name, format!("m.{name}"));
    }
    // An error names the tensor.
    let error = by_name::<f64, Model<D>>(|name, dims| match name {
        "blocks.1.down.bias" => vec![0.0; 3],
        _ => vec![0.0; dims.count()],
    });
    assert_eq!(
        error.map_err(|error| error.to_string()),
        Err(
            "the tensor `blocks.1.down.bias`: a tensor of dims [2] has 2 elements, got 3"
                .to_owned()
        )
    );
}

/// A list of the fields and the group are one another, and no number is copied.
#[test]
fn groups_are_lists_and_back() {
    let p = Linear::of(Tensor::from([[1.0, 2.0]]), Tensor::from([3.0, 4.0]));
    let data = p.weight.as_slice().as_ptr();
    let list = p.clone().into_list();
    assert_eq!(
        list,
        tlist![Tensor::from([[1.0, 2.0]]), Tensor::from([3.0, 4.0])]
    );
    assert_eq!(list.get::<0>().as_slice().as_ptr(), data);
    let again: Parameters<f64, Linear<N<1>, N<2>>> = GroupValues::from_list(list);
    assert_eq!(again.weight.as_slice().as_ptr(), data);
    assert_eq!(again, p);
    // By a literal, by the constructor, and with the type written out.
    let Linear { weight, bias } = p.clone();
    let literal = Linear { weight, bias };
    assert_eq!(literal, p);
    let shown = format!("{p:?}");
    assert!(shown.starts_with("Linear { weight: "), "{shown}");
    assert!(shown.contains(", bias: "), "{shown}");
}

/// A number of layers is a parameter, and no dim; as a state, a result and a part of an environment a group is a group.
#[test]
fn groups_of_any_number_of_layers() {
    graph! {
        struct Tower<const L: usize> { layers: [Linear<2, 2>; L], head: Linear<2, 1> }
        fn tower<const L: usize>(x: [1, 2], p: Tower<L>; frozen: Tower<L>) -> ([], Linear<2, 1>)
        where
            A: Semiring
        {
            let h = repeat(linear())(repeat(linear())(x, p.layers), frozen.layers);
            (sum(linear()(h, p.head)), frozen.head)
        }
    }
    fn check<const L: usize>() {
        let layer = Linear::of(Tensor::from([[2.0, 0.0], [0.0, 1.0]]), Tensor::zeros());
        let p = Tower::<L, _>::of(
            List::from_fn(|_| layer.clone()),
            Linear::of(Tensor::ones(), Tensor::zeros()),
        );
        let x = tlist![Tensor::ones(), p.clone()];
        let ((y, head), tlist![dx, dp]) = tower::<f64, L>().value_and_vjp(&x, &tlist![p.clone()]);
        let both = 4f64.powi(L as i32); // L layers, then L frozen ones
        assert_eq!((y.item(), head), (both + 1.0, p.head));
        assert_eq!(dx, Tensor::from([[both, 1.0]]));
        for (i, layer) in dp.layers.iter().enumerate() {
            let after = 2f64.powi((2 * L - 1 - i) as i32);
            assert_eq!(layer.bias, Tensor::from([after, 1.0]));
        }
    }
    check::<0>();
    check::<1>();
    check::<30>();
}

#[test]
fn no_layers_are_the_identity() {
    let g: GraphData<f64, _, _, _> = graph!(|x: [1, 2], p: [Block<2, 2>; 0]| repeat(block())(x, p));
    let x = tlist![Tensor::from([[1.0, 2.0]]), []];
    let (y, tlist![dx, none]) = g.vjp(&x, (), &Tensor::from([[3.0, 4.0]]));
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
            sum(repeat(step)(x, ws, shift, labels))
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
            let first = add_pair(x, p);
            repeat(add_pair)(first, q)
        }
        fn add_pair(x: [2], p: Pair) -> [2] where A: Semiring {
            x + p.head * p.tail.head
        }
    }
    let pair = |c: f64| tlist![Tensor::from([c, c]), Tensor::from([2.0, 3.0])];
    let x = tlist![Tensor::zeros(), pair(1.0), [pair(10.0), pair(100.0)]];
    assert_eq!(pass::<f64>().value(&x, ()), Tensor::from([222.0, 333.0]));
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
            let _first = mlp(x, p.first);
            mlp(y, p.second)
        }
        fn wide<const B: usize>(x: [B, B], p: Mlp<B>) -> [B, B] where A: OrderedField {
            mlp(x, p)
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
        Parameters::<f64, Twice<N<1>, N<2>>>::zeros().map(|_| 1.0);
    let x = tlist![Tensor::ones(), Tensor::ones(), [p]];
    // 2 + 1 in each of 8 hidden, then 8 * 3 + 1.
    assert_eq!(
        twice::<f64, N<1>, N<2>>().value(&x, ()),
        Tensor::from([[25.0, 25.0], [25.0, 25.0]])
    );
    let x = tlist![
        Tensor::<f64, shape![1, 1]>::ones(),
        Parameters::<f64, Mlp<N<1>>>::zeros().map(|_| 1.0)
    ];
    assert_eq!(wide::<f64, 1>().value(&x, ()).to_any().as_slice(), [9.0]);
}
