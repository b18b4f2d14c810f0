//! Layout primitives: their kernels on small values, their rules by `trial`.

use crate::program::ProgramError;
use crate::program::prim::trial::{at, check, kinds, program};
use crate::program::primitive::{Primitive, Site};
use crate::program::primitives::{Broadcast, Concat, Pad, Permute, Reshape, Slice};
use crate::program::syntax::Prim;
use crate::scalar::Precision;
use crate::tensor::{Dims, Type};

const MATRIX: (&[usize], &[i32]) = (&[2, 3], &[1, 2, 3, 4, 5, 6]);

fn is(dims: &[usize], data: &[i32]) -> (Vec<usize>, Vec<i32>) {
    (dims.to_vec(), data.to_vec())
}

fn refused(prim: impl Into<Prim>, x: &[Type]) -> bool {
    matches!(program(prim, x), Err(ProgramError::Arguments { .. }))
}

#[test]
fn kernels_on_a_matrix() {
    let reshaped = Reshape(Dims::new(&[3, 2]));
    assert_eq!(at(reshaped, &[MATRIX]), is(&[3, 2], &[1, 2, 3, 4, 5, 6]));
    assert_eq!(
        at(Permute(vec![1, 0]), &[MATRIX]),
        is(&[3, 2], &[1, 4, 2, 5, 3, 6])
    );
    let rows = Broadcast(Dims::new(&[2, 2]), vec![1]);
    assert_eq!(at(rows, &[(&[2], &[1, 2])]), is(&[2, 2], &[1, 2, 1, 2]));
    let columns = Broadcast(Dims::new(&[2, 3]), vec![0]);
    assert_eq!(
        at(columns, &[(&[2], &[1, 2])]),
        is(&[2, 3], &[1, 1, 1, 2, 2, 2])
    );
    let full = Broadcast(Dims::new(&[2, 2]), vec![]);
    assert_eq!(at(full, &[(&[], &[7])]), is(&[2, 2], &[7; 4]));
    let three = [MATRIX, (&[2, 1], &[7, 8]), (&[2, 0], &[])];
    assert_eq!(
        at(Concat(1), &three),
        is(&[2, 4], &[1, 2, 3, 7, 4, 5, 6, 8])
    );
    assert_eq!(at(Concat(0), &[MATRIX]), is(&[2, 3], MATRIX.1));
    assert_eq!(
        at(Concat(0), &[MATRIX, (&[1, 3], &[7, 8, 9])]).1,
        [1, 2, 3, 4, 5, 6, 7, 8, 9]
    );
    let slice = Slice {
        axis: 1,
        start: 1,
        len: 2,
    };
    assert_eq!(at(slice, &[MATRIX]), is(&[2, 2], &[2, 3, 5, 6]));
    let slice = Slice {
        axis: 0,
        start: 1,
        len: 1,
    };
    assert_eq!(at(slice, &[MATRIX]), is(&[1, 3], &[4, 5, 6]));
    let pad = Pad {
        axis: 1,
        start: 1,
        len: 3,
    };
    assert_eq!(
        at(pad, &[(&[2, 1], &[1, 2])]),
        is(&[2, 3], &[0, 1, 0, 0, 2, 0])
    );
    let pad = Pad {
        axis: 0,
        start: 2,
        len: 3,
    };
    assert_eq!(at(pad, &[(&[0, 2], &[])]), is(&[3, 2], &[0; 6]));
}

/// Nothing takes longer for the number of its empty rows.
#[test]
fn many_empty_rows() {
    let many: (&[usize], &[i32]) = (&[1 << 48, 0], &[]);
    assert_eq!(at(Concat(1), &[many, many]), is(many.0, &[]));
    assert_eq!(at(Concat(0), &[many]), is(many.0, &[]));
    assert_eq!(at(Permute(vec![1, 0]), &[many]), is(&[0, 1 << 48], &[]));
    assert_eq!(
        at(
            Slice {
                axis: 0,
                start: 7,
                len: 1 << 40
            },
            &[many]
        ),
        is(&[1 << 40, 0], &[])
    );
    let pad = Pad {
        axis: 1,
        start: 0,
        len: 0,
    };
    assert_eq!(at(pad, &[many]), is(many.0, &[]));
    let broadcast = Broadcast(Dims::new(&[1 << 20, 0, 1 << 20]), vec![1]);
    assert_eq!(
        at(broadcast, &[(&[0], &[])]),
        is(&[1 << 20, 0, 1 << 20], &[])
    );
}

#[test]
fn rules() {
    for x in kinds(&[2, 3, 4]) {
        let one = core::slice::from_ref(&x);
        check(&Reshape(Dims::new(&[6, 1, 4])), one);
        check(&Permute(vec![2, 0, 1]), one);
        check(&Permute(vec![0, 1, 2]), one);
        check(&Broadcast(Dims::new(&[2, 5, 3, 4, 2]), vec![0, 2, 3]), one);
        check(&Broadcast(Dims::new(&[2, 3, 4]), vec![0, 1, 2]), one);
        check(
            &Slice {
                axis: 1,
                start: 1,
                len: 2,
            },
            one,
        );
        check(
            &Slice {
                axis: 2,
                start: 4,
                len: 0,
            },
            one,
        );
        check(&Concat(1), one);
        check(
            &Concat(1),
            &[x.clone(), x.with_dims(Dims::new(&[2, 1, 4])), x.clone()],
        );
    }
    let x = [Type::scalar(Dims::new(&[2, 3]))];
    check(
        &Pad {
            axis: 1,
            start: 1,
            len: 5,
        },
        &x,
    );
    check(
        &Pad {
            axis: 0,
            start: 0,
            len: 2,
        },
        &x,
    );
    check(&Permute(vec![]), &[Type::scalar(Dims::new(&[]))]);
    check(
        &Broadcast(Dims::new(&[3]), vec![]),
        &[Type::scalar(Dims::new(&[]))],
    );
}

#[test]
fn types_of_joined_values() {
    let index = |below| Type::Index {
        dims: Dims::new(&[2]),
        below,
    };
    let joined = program(Concat(0), &[index(3), index(7), index(5)]).unwrap();
    assert_eq!(
        joined.output_types(),
        [Type::Index {
            dims: Dims::new(&[6]),
            below: 7
        }]
    );
    let [scalars, indices, keys] = kinds(&[2]);
    assert!(refused(Concat(0), &[scalars.clone(), indices.clone()]));
    assert!(refused(Concat(0), &[indices.clone(), keys.clone()]));
    let single = Type::Scalar(Dims::new(&[2]), Precision::Single);
    assert!(refused(Concat(0), &[scalars.clone(), single.clone()]));
    let joined = program(Concat(0), &[single.clone(), single]).unwrap();
    assert_eq!(
        joined.output_types(),
        [Type::Scalar(Dims::new(&[4]), Precision::Single)]
    );
    assert!(refused(Concat(0), &[]));
    assert!(refused(Concat(1), &[scalars.clone(), scalars.clone()]));
    assert!(refused(
        Concat(0),
        &[scalars, Type::scalar(Dims::new(&[2, 1]))]
    ));
    let pad = Pad {
        axis: 0,
        start: 0,
        len: 3,
    };
    assert!(refused(pad.clone(), &[indices]) && refused(pad, &[keys]));
}

#[test]
fn parameters_of_any_size_are_refused() {
    const MAX: usize = usize::MAX;
    let x = [Type::scalar(Dims::new(&[2, 3]))];
    let none = [Type::scalar(Dims::new(&[0, 3]))];
    for (start, len) in [(MAX, 1), (1, MAX), (MAX, MAX), (0, MAX), (MAX - 1, MAX)] {
        assert!(refused(
            Slice {
                axis: 0,
                start,
                len
            },
            &x
        ));
        for x in [&x, &none] {
            assert!(refused(
                Pad {
                    axis: 0,
                    start,
                    len
                },
                x
            ));
        }
    }
    assert!(refused(
        Slice {
            axis: MAX,
            start: 0,
            len: 0
        },
        &x
    ));
    assert!(refused(
        Pad {
            axis: MAX,
            start: 0,
            len: 2
        },
        &x
    ));
    assert!(refused(Concat(MAX), &x));
    assert!(refused(Permute(vec![MAX, 0]), &x));
    assert!(refused(Broadcast(Dims::new(&[2, 3, MAX]), vec![0, 1]), &x));
    assert!(refused(Broadcast(Dims::new(&[2, 3]), vec![0, MAX]), &x));
    assert!(refused(Broadcast(Dims::new(&[3, 2]), vec![1, 0]), &x));
    assert!(refused(Reshape(Dims::new(&[MAX])), &x));
    assert!(refused(Reshape(Dims::new(&[0, MAX])), &none));
}

#[test]
fn mistakes() {
    let x = [Type::scalar(Dims::new(&[2, 2]))];
    let site = Site { x: &x, y: &x };
    let mistakes = Permute(vec![1, 0]).mutants(&site);
    assert_eq!(
        mistakes,
        [("transposition".to_owned(), Permute(vec![0, 1]).into())]
    );
    let index = |prim: Prim| ("index".to_owned(), prim);
    let broadcast = |axes: &[usize]| Broadcast(Dims::new(&[2, 2]), axes.to_vec());
    assert_eq!(
        broadcast(&[0]).mutants(&site),
        [index(broadcast(&[1]).into())]
    );
    assert_eq!(Concat(1).mutants(&site), [index(Concat(0).into())]);
    let slice = |start| Slice {
        axis: 0,
        start,
        len: 1,
    };
    assert_eq!(slice(0).mutants(&site), [index(slice(1).into())]);
    let pad = |start| Pad {
        axis: 0,
        start,
        len: 3,
    };
    assert_eq!(
        pad(1).mutants(&site),
        [index(pad(0).into()), index(pad(2).into())]
    );
    assert_eq!(
        pad(usize::MAX).mutants(&site),
        [index(pad(usize::MAX - 1).into())]
    );
}
