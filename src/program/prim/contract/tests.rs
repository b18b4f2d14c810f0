use super::alone::{apply, check_batch, check_text, degree, dot, jvp, random, vjp};
use crate::program::prim::contract::{matrices, place};
use crate::program::primitive::Site;
use crate::program::{Contract, Degree, Prim};
use crate::tensor::{AnyTensor, Dims, Type, Value};
use num_rational::BigRational;
use num_traits::Zero;
use std::borrow::Cow;

/// A contraction of random labels, with the dims of its labels.
fn pattern(rng: &mut fastrand::Rng) -> (Contract, Vec<usize>) {
    loop {
        let mut places = [const { Vec::new() }; 3];
        let labels = rng.usize(0..6);
        for label in 0..labels {
            let of = [[0, 1, 2], [0, 2, 2], [1, 2, 2], [0, 1, 1]][rng.usize(0..4)];
            places[of[0]].push(label);
            places[of[1]].push(label);
            if of[2] != of[1] {
                places[of[2]].push(label);
            }
        }
        places.iter_mut().for_each(|labels| rng.shuffle(labels));
        let [left, right, result] = &places;
        if places.iter().all(|labels| labels.len() <= 4) {
            // Numbered as they are: a contraction need not be made by `new`.
            let [left, right, result] = [left, right, result].map(|labels| labels[..].into());
            let dims = (0..labels)
                .map(|_| [0, 1, 2, 2, 3, 3][rng.usize(0..6)])
                .collect();
            return (
                Contract {
                    left,
                    right,
                    result,
                },
                dims,
            );
        }
    }
}

fn dims_of(labels: &[usize], dims: &[usize]) -> Vec<usize> {
    labels.iter().map(|&label| dims[label]).collect()
}

/// Where an element is, row major.
fn offset(labels: &[usize], dims: &[usize], index: &[usize]) -> usize {
    labels
        .iter()
        .fold(0, |offset, &label| offset * dims[label] + index[label])
}

/// A loop for each label.
fn loops(prim: &Contract, dims: &[usize], x: &[Value<BigRational>]) -> Value<BigRational> {
    let [left, right] = [0, 1].map(|i| x[i].tensor().unwrap().as_slice());
    let result = Dims::new(&dims_of(&prim.result, dims));
    let mut out = vec![BigRational::zero(); result.count()];
    for at in 0..dims.iter().product() {
        let mut rest = at;
        let mut index = vec![0; dims.len()];
        for label in (0..dims.len()).rev() {
            index[label] = rest % dims[label];
            rest /= dims[label];
        }
        let product =
            &left[offset(&prim.left, dims, &index)] * &right[offset(&prim.right, dims, &index)];
        out[offset(&prim.result, dims, &index)] += product;
    }
    Value::Scalar(AnyTensor::from_parts(result, out))
}

fn operands(rng: &mut fastrand::Rng, prim: &Contract, dims: &[usize]) -> [Value<BigRational>; 2] {
    [&prim.left, &prim.right].map(|labels| random(rng, &dims_of(labels, dims)))
}

#[test]
fn is_a_loop_for_each_label() {
    let mut rng = fastrand::Rng::with_seed(1);
    for _ in 0..1000 {
        let (prim, dims) = pattern(&mut rng);
        let x = operands(&mut rng, &prim, &dims);
        let expected = loops(&prim, &dims, &x);
        assert_eq!(
            apply(prim.clone(), &x),
            expected,
            "{} of {dims:?}",
            Prim::from(prim.clone())
        );
        let renamed = Contract::new(&prim.left, &prim.right, &prim.result);
        assert_eq!(apply(renamed, &x), expected);
    }
}

/// Small integers are exact in a double, whatever the order of the sums.
#[test]
fn is_the_same_over_floats() {
    let mut rng = fastrand::Rng::with_seed(2);
    for _ in 0..300 {
        let (prim, dims) = pattern(&mut rng);
        let mut exact = Vec::new();
        let mut floats = Vec::new();
        for labels in [&prim.left, &prim.right] {
            let dims = Dims::new(&dims_of(labels, &dims));
            let data: Vec<i32> = (0..dims.count()).map(|_| rng.i32(-9..10)).collect();
            let rational = data
                .iter()
                .map(|&n| BigRational::from_integer(n.into()))
                .collect();
            exact.push(Value::Scalar(AnyTensor::from_parts(dims.clone(), rational)));
            let data = data.into_iter().map(f64::from).collect();
            floats.push(Value::Scalar(AnyTensor::<f64>::from_parts(dims, data)));
        }
        let (exact, floats) = (apply(prim.clone(), &exact), apply(prim.clone(), &floats));
        let (exact, floats) = (exact.tensor().unwrap(), floats.tensor().unwrap());
        assert_eq!(exact.dims(), floats.dims());
        for (exact, &float) in exact.as_slice().iter().zip(floats.as_slice()) {
            assert_eq!(Some(exact), BigRational::from_float(float).as_ref());
        }
    }
}

#[test]
fn derivatives_are_adjoint() {
    let mut rng = fastrand::Rng::with_seed(3);
    for _ in 0..300 {
        let (prim, dims) = pattern(&mut rng);
        let x = operands(&mut rng, &prim, &dims);
        let dx = operands(&mut rng, &prim, &dims);
        let dy = random(&mut rng, &dims_of(&prim.result, &dims));
        let parts = [
            loops(&prim, &dims, &[dx[0].clone(), x[1].clone()]),
            loops(&prim, &dims, &[x[0].clone(), dx[1].clone()]),
        ];
        let prim = Prim::from(prim);
        let tangent = |given: [bool; 2]| {
            let dx: Vec<_> = [0, 1].map(|i| given[i].then(|| dx[i].clone())).into();
            jvp(&prim, &x, &dx)
        };
        assert_eq!(tangent([true, false]).as_ref(), Some(&parts[0]));
        assert_eq!(tangent([false, true]).as_ref(), Some(&parts[1]));
        assert_eq!(tangent([false, false]), None);
        let both = tangent([true, true]).unwrap();
        assert_eq!(dot(&both, &dy), dot(&parts[0], &dy) + dot(&parts[1], &dy));
        let all = vjp(&prim, &x, &[true, true], &dy);
        for (i, cotangent) in all.iter().enumerate() {
            assert_eq!(
                dot(cotangent.as_ref().unwrap(), &dx[i]),
                dot(&parts[i], &dy)
            );
            let mut wanted = [false; 2];
            wanted[i] = true;
            let one = vjp(&prim, &x, &wanted, &dy);
            assert_eq!((&one[i], &one[1 - i]), (cotangent, &None));
        }
    }
}

#[test]
fn a_batch_is_its_samples() {
    let mut rng = fastrand::Rng::with_seed(4);
    for _ in 0..200 {
        let (prim, dims) = pattern(&mut rng);
        for batched in [[true, true], [true, false], [false, true]] {
            let place = |i: usize, labels: &[usize]| {
                batched[i]
                    .then_some(2)
                    .into_iter()
                    .chain(dims_of(labels, &dims))
                    .collect::<Vec<_>>()
            };
            let x = [
                random(&mut rng, &place(0, &prim.left)),
                random(&mut rng, &place(1, &prim.right)),
            ];
            check_batch(&prim.clone().into(), &x, &batched, 2);
        }
    }
}

#[test]
fn products_of_matrices() {
    let mut rng = fastrand::Rng::with_seed(5);
    for batch_axes in 0..3 {
        for (ta, tb) in [(false, false), (false, true), (true, false), (true, true)] {
            let batch = [3, 2][..batch_axes].to_vec();
            let dims = |pair: [usize; 2], transposed: bool| {
                let pair = if transposed { [pair[1], pair[0]] } else { pair };
                [&batch[..], &pair].concat()
            };
            let x = [
                random(&mut rng, &dims([4, 5], ta)),
                random(&mut rng, &dims([5, 6], tb)),
            ];
            let prim = Contract::matmul(batch_axes, ta, tb);
            let k = prim.contracted_axes();
            let axes: Vec<_> = (0..batch_axes).map(|axis| [axis, axis]).collect();
            let last = [batch_axes + usize::from(!ta), batch_axes + usize::from(tb)];
            assert_eq!(
                (prim.batch_axes(), k, prim.order()),
                (axes, vec![last], (0..batch_axes + 2).collect())
            );
            let y = apply(prim, &x);
            let [a, b] = [0, 1].map(|i| x[i].tensor().unwrap().as_slice());
            let y = y.tensor().unwrap();
            assert_eq!(**y.dims(), dims([4, 6], false));
            let size = batch.iter().product();
            let matmul = |i: usize| {
                let (a, b) = (&a[i * 20..(i + 1) * 20], &b[i * 30..(i + 1) * 30]);
                <BigRational as crate::scalar::Semiring>::matmul(a, b, [4, 5, 6], ta, tb)
            };
            assert_eq!(y.as_slice(), (0..size).flat_map(matmul).collect::<Vec<_>>());
        }
    }
}

/// Matrices in memory are multiplied where they are, transposed or not.
#[test]
fn matrices_are_not_copied() {
    let x = [0; 24];
    let borrowed = |dims: [usize; 3], labels: [usize; 3]| {
        let (found, transposed) = matrices(&x, &dims, &labels, [&[7], &[1], &[2]]);
        (matches!(found, Cow::Borrowed(_)), transposed)
    };
    assert_eq!(borrowed([2, 3, 4], [7, 1, 2]), (true, false));
    assert_eq!(borrowed([2, 4, 3], [7, 2, 1]), (true, true));
    assert_eq!(borrowed([3, 2, 4], [1, 7, 2]), (false, false));
}

/// Axes as `dot_general` has them, moved into order, are the contraction.
#[test]
fn axes_of_dot_general() {
    let mut rng = fastrand::Rng::with_seed(6);
    for _ in 0..300 {
        let (prim, _) = pattern(&mut rng);
        let batch: Vec<_> = prim
            .batch_axes()
            .iter()
            .map(|pair| prim.left[pair[0]])
            .collect();
        let summed: Vec<_> = prim
            .contracted_axes()
            .iter()
            .map(|pair| prim.left[pair[0]])
            .collect();
        let agree = |pair: &[usize; 2]| prim.left[pair[0]] == prim.right[pair[1]];
        assert!(
            prim.batch_axes()
                .iter()
                .chain(&prim.contracted_axes())
                .all(agree)
        );
        let free = |labels: &[usize]| {
            let free = |label: &usize| !batch.contains(label) && !summed.contains(label);
            labels.iter().copied().filter(free).collect::<Vec<_>>()
        };
        let given = [batch.clone(), free(&prim.left), free(&prim.right)].concat();
        let ordered: Vec<_> = prim.order().iter().map(|&axis| given[axis]).collect();
        assert_eq!(ordered, *prim.result);
        assert!(summed.is_sorted());
        assert!(
            summed
                .iter()
                .all(|label| place(&prim.result, *label).is_none())
        );
    }
}

fn refusal(prim: Contract, x: &[&[usize]]) -> String {
    let types: Vec<_> = x.iter().map(|dims| Type::scalar(Dims::new(dims))).collect();
    Prim::from(prim).types(&types).unwrap_err().to_string()
}

#[test]
fn says_what_is_wrong() {
    let product = Contract::matmul(0, false, false);
    assert_eq!(
        refusal(product.clone(), &[&[2, 3], &[4, 5]]),
        "`contract([0, 1], [1, 2], [0, 2])` cannot take [2, 3] and [4, 5]: expected one dim for label 1, \
         which has 3 in the first operand and 4 in the second"
    );
    let expected = |prim: &Contract, x: &[&[usize]]| {
        let text = refusal(prim.clone(), x);
        text.split_once(": expected ").unwrap().1.to_owned()
    };
    assert_eq!(
        expected(&product, &[&[2, 3]]),
        "two values of scalars, of one precision"
    );
    assert_eq!(
        expected(&product, &[&[2, 3], &[3]]),
        "2 axes of the second operand, labelled [1, 2]"
    );
    let x: [&[usize]; 2] = [&[2, 2], &[2, 2]];
    let new =
        |left: &[usize], right: &[usize], result: &[usize]| Contract::new(left, right, result);
    assert_eq!(
        expected(&new(&[0, 1], &[1, 1], &[0]), &x),
        "each label once in [1, 1], which has 1 twice"
    );
    assert_eq!(
        expected(&new(&[0, 1], &[1, 2], &[0]), &x),
        "label 2 in the result, as only the second operand has it"
    );
    assert_eq!(
        expected(&new(&[0, 1], &[1, 2], &[0, 2, 3]), &x),
        "label 3 of the result in an operand"
    );
    let index = Type::Index {
        dims: Dims::new(&[2, 3]),
        below: 4,
    };
    let scalar = Type::scalar(Dims::new(&[3, 2]));
    let error = Prim::from(product)
        .types(&[index, scalar])
        .unwrap_err()
        .to_string();
    assert!(
        error.ends_with("[2, 3] < 4 and [3, 2]: expected two values of scalars, of one precision")
    );
}

#[test]
fn costs_and_degrees() {
    let prim = Contract::matmul(1, true, false);
    let x = [&[7, 3, 2], &[7, 3, 5]].map(|dims| Type::scalar(Dims::new(dims)));
    let y = Prim::from(prim.clone()).types(&x).unwrap();
    assert_eq!(
        Prim::from(prim.clone()).multiply_adds(&x, &y),
        7 * 2 * 3 * 5
    );
    assert_eq!(
        degree(prim, &x),
        Degree {
            over: 2.0,
            under: 0.0
        }
    );
    // A fraction for each of the three terms: their denominators multiply.
    let fraction = Degree {
        over: 1.0,
        under: 1.0,
    };
    let site = Site { x: &x, y: &y };
    let sum = Prim::from(Contract::matmul(1, true, false)).degrees(&[fraction; 2], &site);
    assert_eq!(sum.results, [fraction.times(fraction).summed(3)]);
}

#[test]
fn mistakes_and_text() {
    let prim = Contract::matmul(0, false, false);
    check_text(prim.clone(), "contract([0, 1], [1, 2], [0, 2])");
    check_text(
        Contract {
            left: [5].into(),
            right: [].into(),
            result: [5].into(),
        },
        "contract([5], [], [5])",
    );
    let x = [
        Type::scalar(Dims::new(&[2, 2])),
        Type::scalar(Dims::new(&[2, 2])),
    ];
    let prim = Prim::from(prim);
    let y = prim.types(&x).unwrap();
    let mutants = prim.mutants(&Site { x: &x, y: &y });
    let transposed = [
        Contract::matmul(0, true, false),
        Contract::matmul(0, false, true),
        Contract::new([0, 1], [1, 2], [2, 0]),
    ];
    let expected = transposed.map(|prim| ("transposition".to_owned(), Prim::from(prim)));
    assert_eq!(mutants, expected);
}
