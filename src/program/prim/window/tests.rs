//! Windows: their kernels on small images, their rules by `trial`.

use crate::program::prim::trial::{at, check, program};
use crate::program::primitive::{Primitive, Site};
use crate::program::primitives::{Fold, Unfold};
use crate::program::{ProgramError, Window};
use crate::tensor::{Dims, Type};

#[test]
fn kernels_on_a_row() {
    let window = Window::of([1, 2]);
    let (dims, data) = at(Unfold(window), &[(&[1, 3], &[1, 2, 3])]);
    assert_eq!((dims, data), (vec![2, 2], vec![1, 2, 2, 3]));
    let (dims, data) = at(Fold(window, [1, 3]), &[(&[2, 2], &[1, 2, 3, 4])]);
    assert_eq!((dims, data), (vec![1, 3], vec![1, 5, 4]));
    let strided = Window {
        stride: [1, 2],
        padding: [0, 1],
        ..window
    };
    let (dims, data) = at(Unfold(strided), &[(&[2, 1, 3], &[1, 2, 3, 4, 5, 6])]);
    assert_eq!((dims, data), (vec![2, 2, 2], vec![0, 2, 1, 3, 0, 5, 4, 6]));
    // An image without pixels, all padding.
    let padded = Window {
        padding: [1, 1],
        ..Window::of([2, 2])
    };
    assert_eq!(
        at(Unfold(padded), &[(&[0, 0], &[])]),
        (vec![4, 1], vec![0; 4])
    );
    assert_eq!(
        at(Fold(padded, [0, 0]), &[(&[4, 1], &[1; 4])]),
        (vec![0, 0], vec![])
    );
}

#[test]
fn rules() {
    for window in [
        Window::of([2, 3]),
        Window {
            padding: [2, 1],
            ..Window::of([2, 2])
        },
        Window {
            stride: [2, 3],
            padding: [1, 2],
            dilation: [1, 2],
            ..Window::of([3, 2])
        },
    ] {
        let x = Type::scalar(Dims::new(&[2, 5, 6]));
        let y = program(Unfold(window), std::slice::from_ref(&x))
            .unwrap()
            .output_types();
        check(&Unfold(window), &[x]);
        check(&Fold(window, [5, 6]), &y);
    }
}

#[test]
fn parameters_of_any_size() {
    const MAX: usize = usize::MAX;
    let x = [Type::scalar(Dims::new(&[2, 3]))];
    let site = Site { x: &x, y: &x };
    let fits = Window::of([1, 1]);
    let pairs = |window: Window| {
        [
            Window {
                kernel: [MAX, MAX],
                ..window
            },
            Window {
                stride: [MAX, MAX],
                ..window
            },
            Window {
                padding: [MAX, MAX],
                ..window
            },
            Window {
                padding: [MAX / 2, 0],
                ..window
            },
            Window {
                dilation: [MAX, MAX],
                ..window
            },
        ]
    };
    for window in pairs(fits).into_iter().chain(pairs(Window::of([2, 2]))) {
        let taken = [
            program(Unfold(window), &x),
            program(Fold(window, [MAX, MAX]), &x),
        ];
        // One place needs no stride, one pixel no dilation.
        let small = window.kernel != [MAX, MAX] && window.padding == [0, 0];
        let harmless = small && (window.kernel == [1, 1] || window.dilation == [1, 1]);
        assert_eq!(taken[0].is_ok(), harmless, "{window}");
        assert!(
            matches!(taken[1], Err(ProgramError::Arguments { .. })),
            "{window}"
        );
        for (_, mutant) in Unfold(window).mutants(&site) {
            let _ = program(mutant, &x); // no overflow
        }
    }
}

#[test]
fn no_mistake_wraps_around() {
    const MAX: usize = usize::MAX;
    let x = [Type::scalar(Dims::new(&[4, 4]))];
    let site = Site { x: &x, y: &x };
    let index = |prim: crate::program::Prim| ("index".to_owned(), prim);
    let window = Window {
        dilation: [MAX, MAX],
        ..Window::of([1, 1])
    };
    let other = Window {
        padding: [1, 0],
        ..window
    };
    assert_eq!(Unfold(window).mutants(&site), [index(Unfold(other).into())]);
    let window = Window {
        padding: [MAX, MAX],
        ..Window::of([1, 1])
    };
    let other = Window {
        dilation: [2, 1],
        ..window
    };
    assert_eq!(Unfold(window).mutants(&site), [index(Unfold(other).into())]);
}

#[test]
fn mistakes() {
    let x = [Type::scalar(Dims::new(&[4, 4]))];
    let site = Site { x: &x, y: &x };
    let window = Window {
        padding: [1, 0],
        ..Window::of([2, 2])
    };
    let others = [
        Window {
            padding: [0, 1],
            ..window
        },
        Window {
            padding: [2, 0],
            ..window
        },
        Window {
            dilation: [2, 1],
            ..window
        },
    ];
    let index = |prim: crate::program::Prim| ("index".to_owned(), prim);
    assert_eq!(
        Unfold(window).mutants(&site),
        others.map(|w| index(Unfold(w).into()))
    );
    let fold = |window| Fold(window, [4, 4]);
    assert_eq!(
        fold(window).mutants(&site),
        others.map(|w| index(fold(w).into()))
    );
}
