//! A graph of one entry, over many: its values and derivatives are those of each entry.

use cotangent::prelude::*;

graph! {
    struct Layer<I: Dim, O: Dim> { weight: [I, O], bias: [O] }

    /// Of one example.
    fn layer<I: Dim, O: Dim>(x: [I], p: Layer<I, O>) -> [O] { relu(matmul(x, p.weight) + p.bias) }

    fn over_a_batch<B: Dim>(x: [B, 2], p: Layer<2, 3>) -> [B, 3] { vmap(layer)(x, p) }

    /// The batch as one writes it.
    fn as_matrices<B: Dim>(x: [B, 2], p: Layer<2, 3>) -> [B, 3] {
        relu(matmul(x, p.weight) + p.bias)
    }

    fn twice<B: Dim, T: Dim>(x: [B, T, 2], p: Layer<2, 3>) -> [B, T, 3] { vmap(vmap(layer))(x, p) }

    struct Pair { left: [2], right: [] }

    fn of_a_pair(x: Pair, w: []) -> ([2], Pair, []) {
        (x.left * x.right, Pair { left: x.left * w, right: x.right + w }, w * 2.0)
    }

    fn of_pairs(left: [3, 2], right: [3], w: []) -> ([3, 2], [3, 2], [3], [3]) {
        let (product, [scaled, shifted], same) = vmap(of_a_pair)((left, right), w);
        (product, scaled, shifted, same)
    }

    fn noisy(x: [4], _none: []; key) -> [4] { dropout(x, key, { 0.5 }) }
    fn all_noisy(none: [], x: [3, 4]; key) -> [3, 4] { vmap(noisy)(x, none, key) }
    fn noisy_step(none: [], x: [4]; key) -> ([], [4]) { (none, dropout(x, key, { 0.5 })) }
    fn scanned(none: [], x: [3, 4]; key) -> [3, 4] {
        let (_, y) = scan(noisy_step)(none, x, key);
        y
    }

    fn loss_of_one(x: [2], p: Layer<2, 3>; label: [] < 3) -> [] {
        let y = layer(x, p);
        logsumexp(y, 0) - matmul(y, one_hot(label))
    }
    fn losses<B: Dim>(p: Layer<2, 3>; x: [B, 2], labels: [B] < 3) -> [] {
        mean(vmap_each(loss_of_one)(x, p, labels))
    }
    fn loss<B: Dim>(p: Layer<2, 3>; x: [B, 2], labels: [B] < 3) -> [] {
        cross_entropy(as_matrices(x, p), labels)
    }

    fn residual(x: [2], p: Layer<2, 2>) -> [2] { x + layer(x, p) }
    fn deep<B: Dim>(x: [B, 2], p: [Layer<2, 2>; 3]) -> [B, 2] { vmap(repeat(residual))(x, p) }
    fn deep_batches<B: Dim>(x: [B, 2], p: [Layer<2, 2>; 3]) -> [B, 2] { repeat(vmap(residual))(x, p) }
    fn cheap<B: Dim>(x: [B, 2], p: Layer<2, 3>) -> [B, 3] { vmap(checkpoint(layer))(x, p) }
}

fn layer_of<I: Dim, O: Dim>() -> Parameters<f64, Layer<I, O>> {
    let numbers = |n: usize| (0..n).map(|i| ((i * 5) % 7) as f64 - 3.0).collect();
    Layer::of(
        Tensor::from_vec(numbers(I::SIZE * O::SIZE)).unwrap(),
        Tensor::from_vec(numbers(O::SIZE)).unwrap(),
    )
}

fn near(a: &[f64], b: &[f64]) {
    assert_eq!(a.len(), b.len());
    let far = a.iter().zip(b).any(|(a, b)| (a - b).abs() > 1e-12);
    assert!(!far, "{a:?} and {b:?}");
}

/// The value of each entry, its cotangent, and the sum of the cotangents of what all entries share.
#[test]
fn values_and_cotangents_are_those_of_each_entry() {
    let g = over_a_batch::<f64, N<3>>();
    let rows = [[1.0, 2.0], [-1.0, 3.0], [0.0, -2.0]];
    let seeds = [[1.0, 2.0, 3.0], [-1.0, 1.0, 4.0], [2.0, -3.0, 1.0]];
    let p = layer_of();
    let x = tlist![Tensor::from(rows), p.clone()];
    let (y, tlist![dx, dp]) = g.vjp(&x, (), &Tensor::from(seeds));
    let one = layer::<f64, N<2>, N<3>>();
    let mut total = Parameters::<f64, Layer<N<2>, N<3>>>::of(Tensor::zeros(), Tensor::zeros());
    for (i, (row, seed)) in rows.into_iter().zip(seeds).enumerate() {
        let x = tlist![Tensor::from(row), p.clone()];
        let (y_i, tlist![dx_i, dp_i]) = one.vjp(&x, (), &Tensor::from(seed));
        assert_eq!(y.as_slice()[3 * i..3 * i + 3], *y_i.as_slice());
        assert_eq!(dx.as_slice()[2 * i..2 * i + 2], *dx_i.as_slice());
        total += dp_i;
    }
    assert_eq!(dp, total);
}

#[test]
fn it_is_the_batch_as_one_writes_it() -> Result<(), Box<dyn std::error::Error>> {
    use cotangent::prove::prove_equal;
    let (mapped, written) = (over_a_batch::<f64, N<3>>(), as_matrices::<f64, N<3>>());
    assert!(prove_equal(&mapped.program()?, &written.program()?)?.is_exact());
    assert_eq!(mapped.program()?.instructions().len(), 1);
    for proof in [
        prove(&over_a_batch::<f64, N<2>>())?,
        prove(&of_pairs::<f64>())?,
        prove(&twice::<f64, N<2>, N<1>>())?,
    ] {
        assert!(proof.is_exact());
    }
    Ok(())
}

#[test]
fn two_leading_axes() {
    let x = Tensor::<f64, shape![4, 3, 2]>::from_fn(|[i, j, k]| (i * j + k) as f64 - 2.0);
    let y = twice::<f64, N<4>, N<3>>().value(&tlist![x.clone(), layer_of()], ());
    let rows = Tensor::from_vec(x.into_vec()).unwrap();
    let expected = as_matrices::<f64, N<12>>().value(&tlist![rows, layer_of()], ());
    assert_eq!(y.as_slice(), expected.as_slice());
}

/// Groups are mapped field by field, and a result that no entry changes is repeated.
#[test]
fn groups_and_what_is_the_same_for_all() {
    let x = tlist![
        Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]),
        Tensor::from([1.0, 10.0, 100.0]),
        Tensor::scalar(2.0)
    ];
    let g = of_pairs::<f64>();
    let (product, scaled, shifted, same) = g.value(&x, ());
    assert_eq!(
        product,
        Tensor::from([[1.0, 2.0], [30.0, 40.0], [500.0, 600.0]])
    );
    assert_eq!(scaled, Tensor::from([[2.0, 4.0], [6.0, 8.0], [10.0, 12.0]]));
    assert_eq!(
        (shifted, same),
        (Tensor::from([3.0, 12.0, 102.0]), Tensor::full(4.0))
    );
    let zero = || (Tensor::zeros(), Tensor::zeros(), Tensor::zeros());
    let (a, b, c) = zero();
    let (_, tlist![_, _, dw]) = g.vjp(&x, (), &(a, b, c, Tensor::from([1.0, 2.0, 3.0])));
    assert_eq!(dw.item(), 12.0);
}

/// A key is folded with the number of the entry, as a scan folds it with the number of the step.
#[test]
fn each_entry_draws_for_itself() {
    let x = tlist![Tensor::scalar(0.0), Tensor::ones()];
    for seed in 0..8 {
        let key = Key::new(seed);
        let y = all_noisy::<f64>().value(&x, &tlist![key]);
        assert_eq!(y, scanned::<f64>().value(&x, &tlist![key]));
    }
    let y = all_noisy::<f64>().value(&x, &tlist![Key::new(1)]);
    let rows: Vec<&[f64]> = y.as_slice().chunks(4).collect();
    assert!(rows[0] != rows[1] || rows[1] != rows[2]);
}

#[test]
fn an_environment_for_each_entry() -> Result<(), LabelsError> {
    let env = tlist![
        Tensor::from([[0.5, 1.0], [-1.0, 0.25]]),
        Labels::new([2, 0])?
    ];
    let (mapped, dp) = losses::<f64, N<2>>().value_and_vjp(&layer_of(), &env);
    let (written, expected) = loss::<f64, N<2>>().value_and_vjp(&layer_of(), &env);
    near(&[mapped.item()], &[written.item()]);
    near(dp.weight.as_slice(), expected.weight.as_slice());
    near(dp.bias.as_slice(), expected.bias.as_slice());
    Ok(())
}

/// A loop of each entry is a loop over all of them; and a checkpoint changes nothing.
#[test]
fn with_loops_and_checkpoints() {
    let x = tlist![
        Tensor::from([[0.5, 1.0], [-1.0, 0.25], [2.0, 3.0]]),
        [layer_of(), layer_of(), layer_of()]
    ];
    let seed = Tensor::from([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]);
    let (y, tlist![dx, _]) = deep::<f64, N<3>>().vjp(&x, (), &seed);
    let (y2, tlist![dx2, _]) = deep_batches::<f64, N<3>>().vjp(&x, (), &seed);
    near(y.as_slice(), y2.as_slice());
    near(dx.as_slice(), dx2.as_slice());

    let x = tlist![Tensor::from([[0.5, 1.0], [-1.0, 0.25]]), layer_of()];
    let seed = Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
    let expected = over_a_batch::<f64, N<2>>().vjp(&x, (), &seed);
    assert_eq!(cheap::<f64, N<2>>().vjp(&x, (), &seed), expected);
}

#[test]
fn no_entry() {
    let x = tlist![Tensor::zeros(), layer_of()];
    let (y, tlist![_, dp]) = over_a_batch::<f64, N<0>>().vjp(&x, (), &Tensor::zeros());
    assert_eq!((y, dp.bias), (Tensor::zeros(), Tensor::zeros()));
}
