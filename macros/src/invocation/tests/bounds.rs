//! The bounds that differences and quotients ask for.

use super::{expand, messages, short};

/// The predicates that the dims of a graph add to its `where` clause.
fn predicates(graph: &str) -> String {
    let text = short(&expand(graph));
    let clause = text.split(" where A : scalar :: Real , ").nth(1).unwrap();
    let clause = clause.split(" { let __g").next().unwrap().trim();
    // What every graph ends with.
    let clause = clause
        .strip_suffix("A : :: core :: marker :: Sized ,")
        .unwrap();
    clause.trim().to_owned()
}

#[test]
fn sums_and_products_have_none() {
    for graph in [
        "fn f<N: Dim, M: Dim>(x: [N + M], y: [M + N, 2 * N]) -> [2 * N * M] { f(x, y) }",
        "fn f<D: Dim>(x: [4 * D], y: [2 * 3, 2 * WIDTH]; l: [D * D] < D + 1) -> [] { f(x, y) }",
    ] {
        assert_eq!(predicates(graph), "");
    }
    let graph = "fn f<const H: usize, K: Dim>(x: [H * K]) -> [H * K] { f(x) }";
    assert_eq!(predicates(graph), "N < H > : Dim ,");
}

#[test]
fn what_a_quotient_takes_away_a_product_gives_back() {
    let graph = "fn f<D: Dim, H: Dim>(x: [D]) -> [] { let y: [H, D / H] = g(x); let z: [D / H] = g(y); sum(z) }";
    let expected = "D : DivDim < H > , \
         < D as DivDim < H > > :: Out : Dim < Times < H > = D > , \
         H : Dim < Times < < D as DivDim < H > > :: Out > = D > ,";
    assert_eq!(predicates(graph), expected);
    let graph = "fn f<D: Dim>(x: [D - 1]) -> [] { y }";
    let expected = "D : SubDim < N < 1 > > , \
         < D as SubDim < N < 1 > > > :: Out : Dim < Plus < N < 1 > > = D > , \
         < D as SubDim < N < 1 > > > :: Out : Dim < PlusNumber < N < 1 > > = D > ,";
    assert_eq!(predicates(graph), expected);
}

#[test]
fn a_clause_for_a_sum_or_a_product_is_refused() {
    for clause in ["4 * D: Dim", "D + D: Dim", "(2 * D): Dim"] {
        let text = messages(&format!(
            "fn f<D: Dim>(x: [D]) -> [] where {clause} {{ sum(x) }}"
        ));
        assert_eq!(
            text,
            [
                "each sum and each product of dims is a dim: leave this clause out (docs/errors.md#d15)"
            ]
        );
    }
    for clause in [
        "D / 2: Dim",
        "4 * (D / 2): Dim",
        "D: Clone",
        "D: Dim, [D; 2]: Clone",
    ] {
        let text = messages(&format!(
            "fn f<D: Dim>(x: [D]) -> [] where {clause} {{ sum(x) }}"
        ));
        assert!(text.is_empty(), "{text:?}");
    }
}
