//! The bounds that computed dims ask for.

use super::{expand, short};

/// The predicates that the arithmetic of a graph adds to its `where` clause.
fn predicates(graph: &str) -> Vec<String> {
    let text = short(&expand(graph));
    let clause = text.split(" where A : scalar :: Real , ").nth(1).unwrap();
    let clause = clause.split(" { let __g").next().unwrap().trim();
    // What every graph ends with.
    let clause = clause
        .strip_suffix("A : :: core :: marker :: Sized ,")
        .unwrap();
    let predicates = clause
        .split_inclusive(" ,")
        .map(|p| p.trim_end_matches(" ,").trim());
    let mut predicates: Vec<String> = predicates.map(str::to_owned).collect();
    predicates.retain(|p| !p.is_empty() && !p.ends_with(":: Sized"));
    predicates
}

#[test]
fn arithmetic_of_dims_is_bounded() {
    let graph = "fn f<const H: usize, K: Dim>(x: [H * K], y: [2 * 3, {W} * 2]; l: [H * K] < K * H) -> [H * K] { f(x) }";
    let expected = [
        "N < { H } > : Dim",
        "N < { H } > : MulDim < K >",
        "K : MulDim < N < { H } >",
        "Out = < N < { H } > as MulDim < K > > :: Out >",
    ];
    assert_eq!(predicates(graph), expected);
    let graph = "fn f<N: Dim, M: Dim>(x: [N + M], y: [N + M]) -> [2 * N] { f(x, y) }";
    let expected = [
        "N : AddDim < M >",
        "N < 2 > : MulDim < N >",
        "N : MulDim < N < 2 >",
        "Out = < N < 2 > as MulDim < N > > :: Out >",
    ];
    assert_eq!(predicates(graph), expected);
}

#[test]
fn a_quotient_times_its_divisor_is_the_dividend() {
    let graph = "fn f<D: Dim, H: Dim>(x: [D]) -> [] { let y: [H, D / H] = g(x); let z: [H * (D / H)] = g(y); sum(z) }";
    let expected = [
        "D : DivDim < H >",
        "H : MulDim < < D as DivDim < H > > :: Out",
        "Out = D >",
        "< D as DivDim < H > > :: Out : MulDim < H",
        "Out = D >",
    ];
    assert_eq!(predicates(graph), expected);
    // Of a dim with itself nothing has to be said twice.
    let graph = "fn f<D: Dim>(x: [D - D], y: [D + D]) -> [] { sum(x) }";
    let expected = [
        "D : SubDim < D >",
        "D : AddDim < < D as SubDim < D > > :: Out",
        "Out = D >",
        "< D as SubDim < D > > :: Out : AddDim < D",
        "Out = D >",
        "D : AddDim < D >",
    ];
    assert_eq!(predicates(graph), expected);
}

#[test]
fn a_body_with_an_error_has_its_bounds() {
    let graph = "fn f<N: Dim>(x: [N + 1]) -> [N + 1] { y }";
    assert!(predicates(graph).contains(&"N : AddDim < N < 1 > >".to_owned()));
}
