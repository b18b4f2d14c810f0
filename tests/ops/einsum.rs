//! `einsum!` against plain loops, and its derivatives against those of the matrix products.

use super::common;
use cotangent::prelude::*;
use fastrand::Rng;
use std::collections::BTreeMap;

/// The sum of products, letter by letter: one step for each value of all letters together.
fn loops(spec: &str, x: &[AnyTensor<f64>], sizes: &[usize]) -> AnyTensor<f64> {
    let (operands, output) = spec.split_once("->").expect("an arrow");
    let operands: Vec<&str> = operands.split(',').collect();
    let mut letters = BTreeMap::new();
    for (operand, x) in operands.iter().zip(x) {
        letters.extend(operand.chars().zip(x.dims().to_vec()));
    }
    let offset = |term: &str, place: &BTreeMap<char, usize>| {
        let step = |so_far: usize, letter| so_far * letters[&letter] + place[&letter];
        term.chars().fold(0, step)
    };
    let mut y = vec![0.0; sizes.iter().product()];
    for number in 0..letters.values().product() {
        let (mut rest, mut place) = (number, BTreeMap::new());
        for (&letter, &size) in &letters {
            place.insert(letter, rest % size);
            rest /= size;
        }
        let terms = operands
            .iter()
            .zip(x)
            .map(|(operand, x)| x.as_slice()[offset(operand, &place)]);
        y[offset(output, &place)] += terms.product::<f64>();
    }
    AnyTensor::new(sizes, y).expect("the size of the result")
}

/// Small whole numbers: sums of their products are exact.
fn whole<G: Context>(rng: &mut Rng) -> TList<f64, G> {
    let tensors = G::dims().into_iter().map(|dims| {
        let data = (0..dims.count())
            .map(|_| f64::from(rng.i32(-9..=9)))
            .collect();
        AnyTensor::new(&dims, data).expect("as many as the dims say")
    });
    TensorList::from_any_list(tensors.collect::<Vec<_>>()).expect("the dims of the context")
}

macro_rules! agrees {
    ($spec:literal, $($x:ident: $shape:tt),+) => {{
        let g = graph!(|$($x: $shape),+| einsum!($spec, $($x),+));
        let rng = &mut Rng::with_seed(1);
        let x = whole::<context![$($shape),+]>(rng);
        let y = g.value(&x, ()).to_any();
        assert_eq!(y, loops($spec, &x.to_any_list(), y.dims()), "{}", $spec);

        // The adjoint, exactly; and the derivative along dx, which for a product of linear functions is a difference.
        let dx = whole::<context![$($shape),+]>(rng);
        let seeds = common::random_seed(&g, &x, (), rng);
        laws::backprop_correct(&g, &x, &dx, (), &seeds).unwrap();
        let (forth, back) = (x.add(&dx), x.sub(&dx));
        let difference = g.eval(&forth, ()).sub(&g.eval(&back, ())).scale(0.5);
        assert_eq!(g.jvp(&x, &dx, ()), difference, "{}", $spec);
    }};
}

#[test]
fn values_are_those_of_loops() {
    agrees!("ij,jk->ik", a: [2, 3], b: [3, 4]);
    agrees!("ij,kj->ki", a: [2, 3], b: [4, 3]);
    agrees!("bij,bjk->bik", a: [2, 3, 4], b: [2, 4, 5]);
    agrees!("bhqd,bhkd->bhqk", a: [2, 3, 4, 2], b: [2, 3, 5, 2]);
    agrees!("ibj,jkb->kib", a: [2, 3, 4], b: [4, 5, 3]);
    agrees!("i,j->ij", a: [2], b: [3]);
    agrees!("i,j->ji", a: [2], b: [3]);
    agrees!("i,i->", a: [4], b: [4]);
    agrees!("ij,ji->ij", a: [2, 3], b: [3, 2]);
    agrees!("ij,->j", a: [2, 3], b: []);
    agrees!("ij,jk->i", a: [2, 3], b: [3, 4]);
    agrees!("ijkl,mnj->mnikl", a: [2, 3, 2, 3], b: [2, 2, 3]);
    agrees!("ab,cdef->fedcba", a: [2, 2], b: [2, 1, 2, 3]);
    agrees!("ijk->kij", a: [2, 3, 4]);
    agrees!("ijk->j", a: [2, 3, 4]);
    agrees!("ij->ij", a: [2, 3]);
    agrees!("ij->", a: [2, 3]);
    agrees!("->", a: []);
    agrees!("ij,jk->ik", a: [2, 0], b: [0, 4]);
    agrees!("bij,bjk->bik", a: [0, 3, 4], b: [0, 4, 5]);
}

#[test]
fn matrix_products_have_the_same_derivatives() {
    macro_rules! same {
        ($spec:literal, $op:ident, $a:tt, $b:tt) => {{
            let rng = &mut Rng::with_seed(2);
            let x = whole::<context![$a, $b]>(rng);
            let (g, h) = (
                graph!(|a: $a, b: $b| einsum!($spec, a, b)),
                graph!(|a: $a, b: $b| $op(a, b)),
            );
            let tlist![dy] = whole::<context![[2, 4]]>(rng);
            assert_eq!(g.vjp(&x, (), &dy), h.vjp(&x, (), &dy), "{}", $spec);
        }};
    }
    same!("ij,jk->ik", matmul, [2, 3], [3, 4]);
    same!("ij,kj->ik", matmul_nt, [2, 3], [4, 3]);
    same!("ji,jk->ik", matmul_tn, [3, 2], [3, 4]);
}

/// The names in the expansion are nobody's.
#[test]
#[allow(non_upper_case_globals, dead_code)]
fn items_of_the_caller_do_not_clash() {
    const a: usize = 1;
    const b: f64 = 2.0;
    const einsum: u8 = 3;
    struct I;
    struct J;
    let g = graph!(|x: [2, 3], y: [3, 4]| einsum!("ij,jk->ik", x, y));
    let y = g.value(&tlist![Tensor::<f64, _>::ones(), Tensor::ones()], ());
    assert_eq!(y, Tensor::full(3.0));
}
