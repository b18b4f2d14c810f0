//! Operators and reductions of tensors and of lists, rows, draws.

use cotangent::fastrand::Rng;
use cotangent::prelude::*;
use cotangent::scalar::{Interval, MinPlus};
use num_bigint::BigInt;
use num_rational::BigRational;
use proptest::prelude::*;

type Q = BigRational;

fn q(n: i64) -> Q {
    Q::from_integer(BigInt::from(n))
}

#[test]
fn operators_of_tensors() {
    let (a, b) = (
        Tensor::from([1.0, 2.0, 3.0]),
        Tensor::from([4.0, -8.0, 0.5]),
    );
    let (sum, difference) = (
        Tensor::from([5.0, -6.0, 3.5]),
        Tensor::from([-3.0, 10.0, 2.5]),
    );
    let (product, quotient) = (
        Tensor::from([4.0, -16.0, 1.5]),
        Tensor::from([0.25, -0.25, 6.0]),
    );
    let same = |results: [Tensor<f64, _>; 4], expected: &Tensor<f64, shape![3]>| {
        assert!(
            results.iter().all(|result| result == expected),
            "{results:?}"
        );
    };
    same(
        [
            &a + &b,
            &a + b.clone(),
            a.clone() + &b,
            a.clone() + b.clone(),
        ],
        &sum,
    );
    same(
        [
            &a - &b,
            &a - b.clone(),
            a.clone() - &b,
            a.clone() - b.clone(),
        ],
        &difference,
    );
    same(
        [
            &a * &b,
            &a * b.clone(),
            a.clone() * &b,
            a.clone() * b.clone(),
        ],
        &product,
    );
    same(
        [
            &a / &b,
            &a / b.clone(),
            a.clone() / &b,
            a.clone() / b.clone(),
        ],
        &quotient,
    );
    assert_eq!((a.add(&b), a.sub(&b)), (sum, difference));

    assert_eq!(
        (&a + 1.0, a.clone() + 1.0),
        (Tensor::from([2.0, 3.0, 4.0]), Tensor::from([2.0, 3.0, 4.0]))
    );
    assert_eq!(
        (&a - 1.0, a.clone() - 1.0),
        (Tensor::from([0.0, 1.0, 2.0]), Tensor::from([0.0, 1.0, 2.0]))
    );
    assert_eq!(
        (&a * 2.0, a.clone() * 2.0),
        (Tensor::from([2.0, 4.0, 6.0]), Tensor::from([2.0, 4.0, 6.0]))
    );
    assert_eq!(
        (&a / 2.0, a.clone() / 2.0),
        (Tensor::from([0.5, 1.0, 1.5]), Tensor::from([0.5, 1.0, 1.5]))
    );
    assert_eq!(
        (2.0 + &a, 2.0 + a.clone()),
        (Tensor::from([3.0, 4.0, 5.0]), Tensor::from([3.0, 4.0, 5.0]))
    );
    assert_eq!(
        (2.0 - &a, 2.0 - a.clone()),
        (
            Tensor::from([1.0, 0.0, -1.0]),
            Tensor::from([1.0, 0.0, -1.0])
        )
    );
    assert_eq!(
        (2.0 * &a, 2.0 * a.clone()),
        (Tensor::from([2.0, 4.0, 6.0]), Tensor::from([2.0, 4.0, 6.0]))
    );
    let halves = Tensor::from([2.0, 4.0, 8.0]);
    assert_eq!(
        (8.0 / &halves, 8.0 / halves),
        (Tensor::from([4.0, 2.0, 1.0]), Tensor::from([4.0, 2.0, 1.0]))
    );
    assert_eq!((-&a, a.scale(-1.0)), (Tensor::from([-1.0, -2.0, -3.0]), -a));
    // The scalar of a literal is that of the tensor.
    assert_eq!(Tensor::from([1.0_f32]) * 2.0 + 0.5, Tensor::from([2.5_f32]));
}

#[test]
fn assigning_leaves_clones_alone() {
    let mut a = Tensor::from([1.0, 2.0]);
    let before = a.clone();
    a += &Tensor::from([3.0, 4.0]);
    a -= Tensor::from([1.0, 0.0]);
    a *= 2.0;
    a /= 3.0;
    assert_eq!(
        (a, before),
        (Tensor::from([2.0, 4.0]), Tensor::from([1.0, 2.0]))
    );
    let mut list = tlist![Tensor::from([1.0]), Tensor::scalar(2.0)];
    let before = list.clone();
    list += &before;
    list *= 3.0;
    list -= before.clone();
    assert_eq!(list, tlist![Tensor::from([5.0]), Tensor::scalar(10.0)]);
    assert_eq!(before, tlist![Tensor::from([1.0]), Tensor::scalar(2.0)]);
}

/// A semiring has `+` and `*`: those of the scalar.
#[test]
fn operators_are_those_of_the_scalar() {
    let roads = Tensor::from([3.0, 5.0]).map(|&x: &f64| MinPlus::from(x));
    let other = Tensor::from([4.0, 1.0]).map(|&x: &f64| MinPlus::from(x));
    assert_eq!(
        (&roads + &other).map(|x| x.value()),
        Tensor::from([3.0, 1.0])
    );
    assert_eq!(
        (&roads * &other).map(|x| x.value()),
        Tensor::from([7.0, 6.0])
    );
    assert_eq!((roads.sum().value(), roads.dot(&other).value()), (3.0, 6.0));
}

#[test]
fn operators_of_lists_reach_every_entry() {
    graph! { struct Linear { weight: [2], bias: [] } }
    let linear = |x: i64| Linear::of(Tensor::from([q(x), q(x + 1)]), Tensor::scalar(q(x + 2)));
    // A tensor, a group, an array of groups, a list in the list.
    let list = |x| {
        tlist![
            Tensor::from([q(x)]),
            linear(x),
            [linear(x + 1), linear(2 * x)],
            tlist![Tensor::scalar(q(-x))]
        ]
    };
    let (x, y) = (list(3), list(10));
    assert_eq!((&x + &y, &x - &y), (x.add(&y), x.sub(&y)));
    assert_eq!(
        (x.clone() + &y, &x + y.clone(), x.clone() + y.clone()),
        (x.add(&y), x.add(&y), x.add(&y))
    );
    assert_eq!(
        (x.clone() - &y, &x - y.clone(), x.clone() - y.clone()),
        (x.sub(&y), x.sub(&y), x.sub(&y))
    );
    assert_eq!((&x * q(3), x.clone() * q(3)), (&x + &x + &x, x.scale(q(3))));
    assert_eq!((-&x, -x.clone()), (x.map(|x: &Q| -x), x.scale(q(-1))));
    let tlist![tensor, group, layers, tlist![inner]] = &x - &y;
    assert_eq!((tensor[[0]].clone(), inner.item()), (q(-7), q(7)));
    assert_eq!(
        (group.weight[[1]].clone(), group.bias.item()),
        (q(-7), q(-7))
    );
    assert_eq!(layers[1].bias.item(), q(-14));
    // The entries alone, too.
    assert_eq!(&layers * q(2), &layers + &layers);
    let mut p = linear(1);
    p += &linear(2);
    p -= linear(1);
    p *= q(5);
    assert_eq!((-&p, p), (linear(2) * q(-5), linear(2) * q(5)));
}

#[test]
fn sums_and_means() {
    let x = Tensor::from([[1.0, 2.0], [3.0, 6.0]]);
    assert_eq!((x.sum(), x.mean()), (12.0, 3.0));
    let third = Tensor::from([q(1), q(0), q(0)]).mean();
    assert_eq!(third, q(1) / q(3));
    // Of no element: as the op has it.
    let none = Tensor::<f64, shape![0, 3]>::zeros();
    assert!(none.sum() == 0.0 && none.mean().is_nan());
    assert_eq!(Tensor::<Q, shape![0]>::zeros().mean(), q(0));
}

#[test]
fn the_largest() {
    assert_eq!(Tensor::from([1.0, 5.0, 5.0]).argmax(), Some([1]));
    assert_eq!(
        Tensor::from([[0.0, -1.0], [f64::NAN, 9.0]]).argmax(),
        Some([1, 0])
    );
    assert_eq!(Tensor::scalar(q(2)).argmax(), Some([]));
    assert_eq!(Tensor::<f64, shape![3, 0]>::zeros().argmax(), None);
    let [low, high] = [0.0, 5.0].map(Interval::from);
    assert_eq!(Tensor::from([low, high]).argmax(), Some([1]));
    // Nobody knows which of two overlapping intervals is larger.
    let wide = low + Interval::from(0.1) * high;
    assert_eq!(Tensor::from([wide, wide]).argmax(), None);
}

#[test]
fn rows_are_what_is_behind_the_first_axis() {
    let x: Tensor<usize, shape![3, 2, 2]> = Tensor::from_fn(|[i, j, k]| 100 * i + 10 * j + k);
    let row: Option<Tensor<usize, shape![2, 2]>> = x.row(2);
    assert_eq!(row.map(Tensor::into_vec), Some(vec![200, 201, 210, 211]));
    assert!(x.row(3).is_none() && x.row(usize::MAX).is_none());
    assert_eq!(x.rows().len(), 3);
    assert!(x.rows().flat_map(Tensor::into_vec).eq(x.iter().copied()));
    assert_eq!(Tensor::from([1.0, 2.0]).row(1), Some(Tensor::scalar(2.0)));
    // Rows of nothing, and no row.
    assert_eq!(Tensor::<f64, shape![2, 0]>::zeros().rows().count(), 2);
    assert_eq!(Tensor::<f64, shape![0, 2]>::zeros().rows().count(), 0);
    assert_eq!(
        (&x).into_iter().sum::<usize>(),
        4 * (100 + 200) + 6 * 10 + 6
    );
}

/// The shape may come from a type that is written, from an argument, or from a result.
#[test]
fn from_fn_finds_the_type_of_its_closure() {
    let written: Tensor<f64, shape![2, 3]> = Tensor::from_fn(|[i, j]| (i + 10 * j) as f64);
    let g = graph!(|x: [2, 3]| sum(x));
    let sum = g.value(&Tensor::from_fn(|[i, j]| (i + 10 * j) as f64), ());
    assert_eq!((sum.item(), written.sum()), (63.0, 63.0));
    fn counted() -> Tensor<usize, shape![4]> {
        Tensor::from_fn(|[i]| i)
    }
    assert_eq!(counted().into_vec(), [0, 1, 2, 3]);
    let indices = Tensor::<_, shape![2, 1]>::from_fn(|index| index.len() + index[0]);
    assert_eq!(indices.into_vec(), [2, 3]);
    assert_eq!(Tensor::from_fn(|[]| 7.0), Tensor::scalar(7.0));
}

/// Seeded: the same numbers on every machine.
#[test]
fn draws_have_their_moments() {
    type Many = shape![100, 100];
    let rng = &mut Rng::with_seed(3);
    let uniform: Tensor<f64, Many> = Tensor::uniform(-1.0..3.0, rng);
    assert!(uniform.iter().all(|x| (-1.0..3.0).contains(x)));
    // Of n draws the mean is off by about σ / √n and the variance by about 2 σ² / √n: five times that is allowed.
    let moments = |x: &Tensor<f64, Many>| {
        let centered = x - x.mean();
        (x.mean(), (&centered * &centered).mean())
    };
    let (mean, variance) = moments(&uniform);
    let variance_of_uniform = 16.0 / 12.0;
    assert!(
        (mean - 1.0).abs() < 5.0 * variance_of_uniform.sqrt() / 100.0,
        "{mean}"
    );
    assert!(
        (variance - variance_of_uniform).abs() < 5.0 * 2.0 * variance_of_uniform / 100.0,
        "{variance}"
    );
    let normal: Tensor<f64, Many> = Tensor::normal(2.0, 0.5, rng);
    let (mean, variance) = moments(&normal);
    assert!((mean - 2.0).abs() < 5.0 * 0.5 / 100.0, "{mean}");
    assert!(
        (variance - 0.25).abs() < 5.0 * 2.0 * 0.25 / 100.0,
        "{variance}"
    );
    // 68.27% are within one deviation and 95.45% within two, up to five times √(p (1 - p) / n).
    for (deviations, share) in [(1.0, 0.6827), (2.0, 0.9545)] {
        let within = normal
            .iter()
            .filter(|x| (**x - 2.0).abs() < deviations * 0.5)
            .count() as f64
            / 1e4;
        assert!(
            (within - share).abs() < 5.0 * (share * (1.0 - share)).sqrt() / 100.0,
            "{within}"
        );
    }
}

#[test]
fn draws_follow_the_seed_alone() {
    type Net = context![[3], [[2]; 2]];
    let draw = |seed| TList::<f64, Net>::normal(0.0, 1.0, &mut Rng::with_seed(seed));
    assert_eq!(draw(1), draw(1));
    assert_ne!(draw(1), draw(2));
    // Each element has a draw of its own.
    let tlist![first, layers] = draw(1);
    let mut all: Vec<f64> = first
        .iter()
        .chain(layers.iter().flatten())
        .copied()
        .collect();
    all.sort_by(f64::total_cmp);
    all.dedup();
    assert_eq!(all.len(), 7);
    // Any field: singles round, rationals are the doubles themselves.
    let single = Tensor::<f32, shape![3]>::uniform(0.0..1.0, &mut Rng::with_seed(5));
    let double = Tensor::<f64, shape![3]>::uniform(0.0..1.0, &mut Rng::with_seed(5));
    assert_eq!(single, double.map(|x| *x as f32));
    let exact = Tensor::<Q, shape![3]>::uniform(0.0..1.0, &mut Rng::with_seed(5));
    let back = exact.iter().filter_map(num_traits::ToPrimitive::to_f64);
    assert!(back.eq(double.iter().copied()));
    // No deviation, no range, and what is no number: no panic.
    let rng = &mut Rng::with_seed(1);
    assert_eq!(
        Tensor::<f64, shape![2]>::normal(1.5, 0.0, rng),
        Tensor::full(1.5)
    );
    assert_eq!(
        Tensor::<f64, shape![2]>::uniform(2.0..2.0, rng),
        Tensor::full(2.0)
    );
    assert!(
        Tensor::<f64, shape![2]>::normal(f64::NAN, 1.0, rng)
            .iter()
            .all(|x| x.is_nan())
    );
    assert!(
        Tensor::<f64, shape![2]>::uniform(f64::NEG_INFINITY..f64::INFINITY, rng)
            .iter()
            .all(|x| !x.is_finite())
    );
}

proptest! {
    /// The vector space laws, exactly.
    #[test]
    fn tensors_are_a_vector_space(x in prop::array::uniform4(-9i64..9), y in prop::array::uniform4(-9i64..9), c in -9i64..9) {
        let [x, y] = [x, y].map(|x| Tensor::from(x.map(q)));
        prop_assert_eq!(&x + &y, &y + &x);
        prop_assert_eq!((&x - &y) + &y, x.clone());
        prop_assert_eq!((&x + &y) * q(c), &x * q(c) + &y * q(c));
        prop_assert_eq!(-(&x - &y), &y - &x);
        prop_assert_eq!((&x * &y).sum(), x.dot(&y));
        prop_assert_eq!(x.mean() * q(4), x.sum());
    }
}
