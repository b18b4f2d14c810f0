//! Reductions: their kernels on small values, the order of their sums, their rules by `trial`.

use crate::program::ProgramError;
use crate::program::prim::trial::{at, check, program, run};
use crate::program::primitive::{Primitive, Site};
use crate::program::primitives::{ArgMax, ArgMin, CumSum, Reduce, Reduction, TopK};
use crate::program::syntax::Prim;
use crate::program::transform::vjp;
use crate::tensor::{AnyTensor, Dims, Type, Value};
use Reduction::{Max, Sum};

const MATRIX: (&[usize], &[i32]) = (&[2, 3], &[1, 5, 3, 4, 2, 6]);

fn is(dims: &[usize], data: &[i32]) -> (Vec<usize>, Vec<i32>) {
    (dims.to_vec(), data.to_vec())
}

fn refused(prim: impl Into<Prim>, dims: &[usize]) -> bool {
    let x = [Type::scalar(Dims::new(dims))];
    matches!(program(prim, &x), Err(ProgramError::Arguments { .. }))
}

#[test]
fn kernels_on_a_matrix() {
    assert_eq!(at(Reduce(Sum, vec![0]), &[MATRIX]), is(&[3], &[5, 7, 9]));
    assert_eq!(at(Reduce(Sum, vec![1]), &[MATRIX]), is(&[2], &[9, 12]));
    assert_eq!(at(Reduce(Sum, vec![0, 1]), &[MATRIX]), is(&[], &[21]));
    assert_eq!(at(Reduce(Sum, vec![]), &[MATRIX]), is(MATRIX.0, MATRIX.1));
    assert_eq!(
        at(Reduce(Sum, vec![1]), &[(&[2, 0], &[])]),
        is(&[2], &[0, 0])
    );
    assert_eq!(at(Reduce(Max, vec![0]), &[MATRIX]), is(&[3], &[4, 5, 6]));
    assert_eq!(at(Reduce(Max, vec![1]), &[MATRIX]), is(&[2], &[5, 6]));
    assert_eq!(at(Reduce(Max, vec![0, 1]), &[MATRIX]), is(&[], &[6]));
    assert_eq!(at(Reduce(Max, vec![1]), &[(&[0, 3], &[])]), is(&[0], &[]));
    let cumsum = |axis, reverse| at(CumSum { axis, reverse }, &[MATRIX]).1;
    assert_eq!(cumsum(1, false), [1, 6, 9, 4, 6, 12]);
    assert_eq!(cumsum(1, true), [9, 8, 3, 12, 8, 6]);
    assert_eq!(cumsum(0, false), [1, 5, 3, 5, 7, 9]);
    assert_eq!(cumsum(0, true), [5, 7, 9, 4, 2, 6]);
    assert_eq!(
        at(
            CumSum {
                axis: 0,
                reverse: true
            },
            &[(&[0, 2], &[])]
        ),
        is(&[0, 2], &[])
    );
}

/// Nothing takes longer for the number of its empty rows.
#[test]
fn many_empty_rows() {
    let many: (&[usize], &[i32]) = (&[0, 1 << 48], &[]);
    assert_eq!(at(Reduce(Sum, vec![1]), &[many]), is(&[0], &[]));
    assert_eq!(at(Reduce(Max, vec![1]), &[many]), is(&[0], &[]));
    assert_eq!(at(ArgMax(1), &[many]), is(&[0], &[]));
    assert_eq!(
        at(
            CumSum {
                axis: 1,
                reverse: false
            },
            &[many]
        ),
        is(many.0, &[])
    );
}

#[test]
fn the_first_of_the_largest() {
    assert_eq!(at(ArgMax(0), &[MATRIX]), is(&[3], &[1, 0, 1]));
    assert_eq!(at(ArgMax(1), &[MATRIX]), is(&[2], &[1, 2]));
    assert_eq!(at(ArgMin(0), &[(&[4], &[3, -7, 2, -7])]), is(&[], &[1]));
    assert_eq!(at(ArgMax(0), &[(&[3], &[2, 7, 7])]), is(&[], &[1]));
    assert_eq!(at(ArgMax(1), &[(&[0, 3], &[])]), is(&[0], &[]));
    let types = program(ArgMax(1), &[Type::scalar(Dims::new(&[2, 3]))])
        .unwrap()
        .output_types();
    assert_eq!(
        types,
        [Type::Index {
            dims: Dims::new(&[2]),
            below: 3
        }]
    );
}

#[test]
fn the_largest_few_in_order() {
    let top = |axis, count| TopK { axis, count };
    let row: (&[usize], &[i32]) = (&[5], &[3, 7, -2, 7, 3]);
    assert_eq!(at(top(0, 5), &[row]), is(&[5], &[1, 3, 0, 4, 2]));
    assert_eq!(at(top(0, 0), &[row]), is(&[0], &[]));
    assert_eq!(at(top(1, 2), &[MATRIX]), is(&[2, 2], &[1, 2, 2, 0]));
    assert_eq!(at(top(0, 2), &[MATRIX]), is(&[2, 3], &[1, 0, 1, 0, 1, 0]));
    let middle: (&[usize], &[i32]) = (&[2, 2, 2], &[1, 8, 3, 4, 5, 6, 7, 2]);
    assert_eq!(at(top(1, 1), &[middle]), is(&[2, 1, 2], &[1, 0, 1, 0]));
    assert_eq!(at(top(1, 3), &[(&[0, 3], &[])]), is(&[0, 3], &[]));
    assert!(refused(top(1, 4), &[2, 3]));
    assert!(refused(top(2, 1), &[2, 3]));
    let types = program(top(0, 2), &[Type::scalar(Dims::new(&[3]))]);
    let expected = Type::Index {
        dims: Dims::new(&[2]),
        below: 3,
    };
    assert_eq!(types.unwrap().output_types(), [expected]);
}

/// All sums over axes of small tensors, against the sum of terms in their order, by bits.
#[test]
fn sums_add_in_order() {
    let sizes = (0..81).map(|i| [i / 27, i / 9 % 3, i / 3 % 3, i % 3]);
    for dims in sizes.map(|dims| dims.map(|dim: usize| [0, 1, 3][dim])) {
        let n: usize = dims.iter().product();
        let large = |i: usize| if i.is_multiple_of(3) { 1e16 } else { 0.1 };
        let data: Vec<f64> = (0..n).map(|i| (i as f64 - 20.0) * large(i)).collect();
        let x = Value::Scalar(AnyTensor::new(&dims, data.clone()).unwrap());
        for subset in 0..16 {
            let axes: Vec<usize> = (0..4).filter(|axis| subset >> axis & 1 == 1).collect();
            let y = run(
                &program(Reduce(Sum, axes.clone()), &[x.ty()]).unwrap(),
                std::slice::from_ref(&x),
            );
            let mut expected = vec![0.0; y[0].dims().count()];
            for (i, x) in data.iter().enumerate() {
                let (mut rest, mut place, mut step) = (i, 0, 1);
                for axis in (0..4).rev() {
                    let index = rest % dims[axis];
                    rest /= dims[axis];
                    if !axes.contains(&axis) {
                        place += index * step;
                        step *= dims[axis];
                    }
                }
                expected[place] += x;
            }
            assert_eq!(
                y[0].tensor().unwrap().as_slice(),
                expected,
                "{dims:?} {axes:?}"
            );
        }
    }
}

#[test]
fn rules() {
    let x = [Type::scalar(Dims::new(&[2, 3, 4]))];
    for axes in [vec![], vec![0], vec![1], vec![2], vec![0, 2], vec![0, 1, 2]] {
        check(&Reduce(Sum, axes.clone()), &x);
        check(&Reduce(Max, axes), &x);
    }
    for axis in 0..3 {
        check(
            &CumSum {
                axis,
                reverse: false,
            },
            &x,
        );
        check(
            &CumSum {
                axis,
                reverse: true,
            },
            &x,
        );
        check(&ArgMax(axis), &x);
        check(&ArgMin(axis), &x);
        check(&TopK { axis, count: 2 }, &x);
    }
}

#[test]
fn ties_share_evenly() {
    let max = program(Reduce(Max, vec![1]), &[Type::scalar(Dims::new(&[2, 3]))]).unwrap();
    let vjp = vjp(&max, &[true], &[true]).unwrap();
    let x = AnyTensor::new(&[2, 3], vec![4.0, 4.0, 1.0, 2.0, 2.0, 2.0]).unwrap();
    let mut values = run(&vjp.forward, &[Value::Scalar(x)]);
    values.remove(0);
    values.push(AnyTensor::new(&[2], vec![10.0, 9.0]).unwrap().into());
    let dx = run(&vjp.backward, &values);
    assert_eq!(
        dx[0].tensor().unwrap().as_slice(),
        [5.0, 5.0, 0.0, 3.0, 3.0, 3.0]
    );
}

#[test]
fn what_is_refused() {
    assert!(refused(Reduce(Sum, vec![1, 0]), &[2, 3]));
    assert!(refused(Reduce(Sum, vec![1, 1]), &[2, 3]));
    assert!(refused(Reduce(Sum, vec![usize::MAX]), &[2, 3]));
    assert!(refused(Reduce(Max, vec![0]), &[0, 3]));
    assert!(refused(
        CumSum {
            axis: usize::MAX,
            reverse: false
        },
        &[2, 3]
    ));
    assert!(refused(ArgMax(usize::MAX), &[2, 3]));
    assert!(refused(ArgMax(0), &[0, 3]));
}

#[test]
fn mistakes() {
    let x = [Type::scalar(Dims::new(&[2, 2]))];
    let site = Site { x: &x, y: &x };
    let index = |prim: Prim| ("index".to_owned(), prim);
    assert_eq!(
        Reduce(Sum, vec![0]).mutants(&site),
        [index(Reduce(Sum, vec![1]).into())]
    );
    let cumsum = |axis, reverse| CumSum { axis, reverse };
    let all = [cumsum(0, true), cumsum(1, false)].map(|prim| index(prim.into()));
    assert_eq!(cumsum(0, false).mutants(&site), all);
    assert_eq!(ArgMax(1).mutants(&site), [index(ArgMax(0).into())]);
}
