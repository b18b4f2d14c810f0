//! Matrix products, and a graph.

use super::{int, var};
use cotangent::prelude::*;
use cotangent::prove::Term;
use cotangent::scalar::Semiring;
use num_traits::Zero;

#[test]
fn the_matrix_product_is_the_reference() {
    let [m, k, n] = [2, 3, 4];
    let matrix = |letter: char, size: usize| -> Vec<Term> {
        (0..size)
            .map(|i| var(&format!("{letter}{i}")) + int(i as i64))
            .collect()
    };
    let (a, b) = (matrix('a', m * k), matrix('b', k * n));
    for ta in [false, true] {
        for tb in [false, true] {
            let product = Term::matmul(&a, &b, [m, k, n], ta, tb);
            for row in 0..m {
                for column in 0..n {
                    let entry = (0..k).fold(int(0), |sum, i| {
                        let x = if ta { &a[i * m + row] } else { &a[row * k + i] };
                        let y = if tb {
                            &b[column * k + i]
                        } else {
                            &b[i * n + column]
                        };
                        sum + x.clone() * y.clone()
                    });
                    assert_eq!(product[row * n + column], entry);
                }
            }
        }
    }
}

/// The equation of the VJP of a matrix product, `<dy, a'·b + a·b'> = <dy·bᵀ, a'> + <aᵀ·dy, b'>`, in general.
#[test]
fn the_vjp_of_a_matrix_product_is_adjoint() {
    let size = [4, 4, 4];
    let matrix = |name: &str| -> Vec<Term> {
        (0..16)
            .map(|i| var(&format!("{name}[{},{}]", i / 4, i % 4)))
            .collect()
    };
    let [a, b, da, db, dy] = ["a", "b", "da", "db", "dy"].map(matrix);
    let inner = |x: &[Term], y: &[Term]| Term::dot(x.iter().zip(y));
    let tangent: Vec<_> = Term::matmul(&da, &b, size, false, false)
        .into_iter()
        .zip(Term::matmul(&a, &db, size, false, false))
        .map(|(x, y)| x + y)
        .collect();
    let [va, vb] = [
        Term::matmul(&dy, &b, size, false, true),
        Term::matmul(&a, &dy, size, true, false),
    ];
    let forward = inner(&dy, &tangent);
    assert_eq!(forward, inner(&va, &da) + inner(&vb, &db));
    assert!(forward.to_string().ends_with("… (128 terms)"));
    // Without the transposition it is not.
    let wrong = Term::matmul(&dy, &b, size, false, false);
    assert_ne!(forward, inner(&wrong, &da) + inner(&vb, &db));
}

/// A graph with a product, functions and a quotient: its VJP is the adjoint of its JVP, at every point.
#[test]
fn a_graph_is_adjoint_on_indeterminates() {
    graph! {
        fn layer(x: [2, 3], w: [3, 2], b: [2]) -> [2, 2] {
            let y = tanh(matmul(x, w) + b);
            exp(y) / (y * y + 1)
        }
    }
    fn matrix<const R: usize, const C: usize>(name: &str) -> [[Term; C]; R] {
        core::array::from_fn(|i| core::array::from_fn(|j| var(&format!("{name}[{i},{j}]"))))
    }
    let g = layer::<Term>();
    let (x, w, b) = (
        matrix::<2, 3>("x"),
        matrix::<3, 2>("w"),
        ["b0", "b1"].map(var),
    );
    let (dx, dw, db) = (
        matrix::<2, 3>("dx"),
        matrix::<3, 2>("dw"),
        ["db0", "db1"].map(var),
    );
    let dy = matrix::<2, 2>("dy");

    let inputs = tlist![Tensor::from(x), Tensor::from(w), Tensor::from(b)];
    let tangents = tlist![
        Tensor::from(dx.clone()),
        Tensor::from(dw.clone()),
        Tensor::from(db.clone())
    ];
    let (value, tangent) = g.value_and_jvp(&inputs, &tangents, ());
    let (_, tlist![cx, cw, cb]) = g.vjp(&inputs, (), &Tensor::from(dy.clone()));
    let dot = |x: &[Term], y: &[Term]| Term::dot(x.iter().zip(y));
    let forward = dot(tangent.as_slice(), &dy.concat());
    let backward = dot(cx.as_slice(), &dx.concat())
        + dot(cw.as_slice(), &dw.concat())
        + dot(cb.as_slice(), &db);
    assert!(!forward.is_zero());
    assert!(forward.agrees_with(&backward));
    assert!(!forward.agrees_with(&(backward + dx[0][0].clone())));
    let names = [
        "b0", "w[0,0]", "w[1,0]", "w[2,0]", "x[0,0]", "x[0,1]", "x[0,2]",
    ];
    assert_eq!(value.as_slice()[0].indeterminates(), names);
}
