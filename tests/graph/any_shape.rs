//! Graphs over any shape: a parameter `S: Shape` stands for the shape of inputs, of the environment and of results.

use cotangent::prelude::*;

graph! {
    fn gelu<S: Shape>(x: S) -> S {
        0.5 * x * (1.0 + tanh(0.75 * (x + 0.25 * x * x * x)))
    }

    fn swish<S: Shape>(x: S) -> S { x * sigmoid(x) }

    fn standardized<S: Shape>(x: S) -> S {
        let centred: S = x - mean(x);
        centred / sqrt(mean(centred * centred) + 0.5)
    }

    fn huber<S: Shape>(x: S; y: S) -> [] {
        let d = abs(x - y);
        mean(select(less(d, 1.0), d * d / 2.0, d - 0.5))
    }

    fn mixed<S: Shape>(x: S, y: S, share: []) -> (S, []) {
        let z = share * x + (1.0 - share) * y;
        (maximum(z, -z), sum(square(z)))
    }

    struct Affine<S: Shape> { scale: S, shift: S }

    fn affine<S: Shape>(x: S, p: Affine<S>) -> S { x * p.scale + p.shift }

    fn layered<S: Shape, const L: usize>(x: S, p: [Affine<S>; L]) -> S { gelu(repeat(affine)(x, p)) }

    fn network(x: [2, 3], w: [3, 4], b: [4]) -> [] {
        sum(swish(matmul(gelu(x), w))) + mean(gelu(b)) + gelu(sum(b))
    }
}

/// The same graph at each rank: values of each element, and they are those at rank 0.
#[test]
fn at_any_rank() {
    let one = |x: f64| gelu::<f64, shape![]>().value(&Tensor::scalar(x), ()).item();
    let matrix = gelu::<f64, shape![2, 3]>();
    let x = Tensor::from([[0.0, 1.0, -1.0], [2.0, 0.5, -3.0]]);
    let expected: Vec<f64> = x.as_slice().iter().copied().map(one).collect();
    assert_eq!(matrix.value(&x, ()).as_slice(), expected);
    let six = gelu::<f64, shape![1, 2, 1, 3, 1, 1]>();
    let x = Tensor::from_vec(x.into_vec()).unwrap();
    assert_eq!(six.value(&x, ()).as_slice(), expected);
}

#[test]
fn shapes_are_inferred_where_it_is_called() {
    let g = network::<f64>();
    let x = tlist![
        Tensor::from([[0.5, -1.0, 2.0], [1.5, 0.25, -0.5]]),
        Tensor::full(0.5),
        Tensor::from([1.0, 2.0, -1.0, 0.5])
    ];
    let by_hand: GraphData<f64, _, _, _> = graph!(|x: [2, 3], w: [3, 4], b: [4]| -> [] {
        let g = 0.5 * x * (1.0 + tanh(0.75 * (x + 0.25 * x * x * x)));
        let h = matmul(g, w);
        let c = 0.5 * b * (1.0 + tanh(0.75 * (b + 0.25 * b * b * b)));
        let s = sum(b);
        sum(h * sigmoid(h)) + mean(c) + 0.5 * s * (1.0 + tanh(0.75 * (s + 0.25 * s * s * s)))
    });
    assert_eq!(g.value(&x, ()), by_hand.value(&x, ()));
    assert!(
        cotangent::prove::prove_equal(&g.program().unwrap(), &by_hand.program().unwrap())
            .unwrap()
            .is_exact()
    );
}

#[test]
fn reductions_and_scalars() {
    let g = standardized::<f64, shape![2, 2]>();
    let y = g.value(&Tensor::from([[1.0, 2.0], [3.0, 6.0]]), ());
    let root = 4.0_f64.sqrt(); // the variance is 3.5
    assert_eq!(
        y,
        Tensor::from([[-2.0 / root, -1.0 / root], [0.0, 3.0 / root]])
    );

    let g = huber::<f64, shape![3]>();
    let (loss, dx) = g.value_and_vjp(&Tensor::from([0.5, 3.0, -2.0]), &tlist![Tensor::zeros()]);
    assert_eq!(loss.item(), (0.125 + 2.5 + 1.5) / 3.0);
    assert_eq!(dx, Tensor::from([0.5 / 3.0, 1.0 / 3.0, -1.0 / 3.0]));

    let g = mixed::<f64, shape![2]>();
    let x = tlist![
        Tensor::from([1.0, -2.0]),
        Tensor::from([3.0, 0.0]),
        Tensor::scalar(0.5)
    ];
    let (largest, squares) = g.value(&x, ());
    assert_eq!((largest, squares.item()), (Tensor::from([2.0, 1.0]), 5.0));
}

#[test]
fn groups_of_a_shape() {
    let g = layered::<f64, shape![2], 3>();
    let p = |k: f64| Affine {
        scale: Tensor::full(k),
        shift: Tensor::from([1.0, -1.0]),
    };
    let x = tlist![Tensor::from([1.0, 2.0]), [p(1.0), p(2.0), p(0.5)]];
    let y = g.value(&x, ());
    let inner = Tensor::from([3.5, -0.5]); // ((x + s) 2 + s) / 2 + s
    assert_eq!(y, gelu::<_, shape![2]>().value(&inner, ()));
    assert!(prove(&layered::<f64, shape![2], 2>()).is_ok());
}

#[test]
fn they_are_proven_at_the_shape_of_the_call() {
    for proof in [
        prove(&swish::<f64, shape![2]>()).unwrap(),
        prove(&standardized::<f64, shape![2]>()).unwrap(),
        prove(&mixed::<f64, shape![]>()).unwrap(),
        prove(&affine::<f64, shape![2, 3]>()).unwrap(),
    ] {
        assert!(proof.is_exact());
    }
}
