//! How terms are printed.

use super::{int, ratio, var, xyz};
use cotangent::prove::Term;

#[test]
fn by_degree_and_name() {
    let [x, y, z] = xyz();
    let c = Term::clone;
    let [x0, y1] = ["x[0]", "y[1]"].map(var);
    let example =
        int(2) * c(&x0) * c(&y1) * c(&y1) + x0.exp() - ratio(1, 2) * (c(&x) + c(&y)).recip();
    let cases = [
        (int(0), "0"),
        (int(-7), "−7"),
        (ratio(3, 4), "3/4"),
        (c(&x), "x"),
        (-c(&x), "−x"),
        (ratio(-2, 3) * c(&x) + int(1), "−2/3·x + 1"),
        (c(&y) - c(&x), "−x + y"),
        (example, "2·x[0]·y[1]² + exp(x[0]) − 1/2·recip(x + y)"),
        (c(&x) / c(&y), "x·y⁻¹"),
        (
            x.pow(&int(10)) + x.pow(&int(3)) * y.pow(&int(-45)),
            "x¹⁰ + x³·y⁻⁴⁵",
        ),
        ((c(&x) + c(&y)).pow(&int(2)), "x² + 2·x·y + y²"),
        (c(&z) + c(&y) * c(&x) + c(&x) + int(1), "x·y + x + z + 1"),
        (
            var("w10") + var("w9") + var("w[1,10]") + var("w[1,2]"),
            "w9 + w10 + w[1,2] + w[1,10]",
        ),
        (
            (int(3) * c(&y) - int(3) * c(&x)).recip(),
            "−1/3·recip(x − y)",
        ),
        (
            Term::largest(&x, &[&(c(&y) + int(1))]) * x.sqrt(),
            "max{x, y + 1}·sqrt(x)",
        ),
        (
            (c(&x) - c(&y)).tanh() + x.pow(&y),
            "pow(x, y) + tanh(x − y)",
        ),
    ];
    for (term, printed) in cases {
        assert_eq!(term.to_string(), printed);
        assert_eq!(format!("{term:#}"), printed);
        assert_eq!(format!("{term:?}"), printed);
    }
}

#[test]
fn long_terms_are_cut() {
    let sum = Term::sum((0..123).map(|i| var(&format!("a{i}"))));
    let cut = "a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + a8 + a9 + a10 + a11 + … (123 terms)";
    assert_eq!(sum.to_string(), cut);
    assert_eq!(sum.tanh().to_string(), format!("tanh({cut})"));
    let whole: Vec<_> = (0..123).map(|i| format!("a{i}")).collect();
    assert_eq!(format!("{sum:#}"), whole.join(" + "));
    assert_eq!(
        format!("{:#}", sum.tanh()),
        format!("tanh({})", whole.join(" + "))
    );
}

#[test]
fn the_order_of_making_does_not_show() {
    // Names of this test only, made in both orders.
    let [late, early] = ["order_b", "order_a"].map(var);
    let term =
        (int(2) * late.clone() + int(3) * early.clone()).recip() + late.tanh() * early.tanh();
    assert_eq!(
        term.to_string(),
        "tanh(order_a)·tanh(order_b) + 1/3·recip(order_a + 2/3·order_b)"
    );
}

#[test]
fn names() {
    let term = (var("n10") * var("n9").tanh() + var("m").recip()).recip();
    assert_eq!(term.indeterminates(), ["m", "n9", "n10"]);
    assert!(int(3).indeterminates().is_empty());
}
