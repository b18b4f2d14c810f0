//! The laws of each scalar, and its edges. `tests/values/intervals.rs` holds intervals against exact arithmetic.

use cotangent::prelude::*;
use cotangent::prove::{Oracle, Term};
use cotangent::scalar::{
    Agreement, Binary, Boolean, Dual, Interval, Level, Literal, MaxPlus, MinPlus, Modular,
    Precision, Sample, Unary,
};
use fastrand::Rng;
use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{Inv, One, Pow, Zero};
use proptest::prelude::*;

/// The name of a law, and its two sides.
type Equation<A> = (&'static str, A, A);

fn semiring<A: Semiring>([x, y, z]: [&A; 3]) -> Vec<Equation<A>> {
    let (zero, one) = (A::zero, A::one);
    let add = |x: &A, y: &A| x.clone() + y.clone();
    let mul = |x: &A, y: &A| x.clone() * y.clone();
    vec![
        ("x + y = y + x", add(x, y), add(y, x)),
        (
            "(x + y) + z = x + (y + z)",
            add(&add(x, y), z),
            add(x, &add(y, z)),
        ),
        ("x + 0 = x", add(x, &zero()), x.clone()),
        ("x y = y x", mul(x, y), mul(y, x)),
        ("(x y) z = x (y z)", mul(&mul(x, y), z), mul(x, &mul(y, z))),
        ("x 1 = x", mul(x, &one()), x.clone()),
        ("x 0 = 0", mul(x, &zero()), zero()),
        (
            "x (y + z) = x y + x z",
            mul(x, &add(y, z)),
            add(&mul(x, y), &mul(x, z)),
        ),
    ]
}

fn ring<A: Ring>([x, y, z]: [&A; 3]) -> Vec<Equation<A>> {
    let mut laws = semiring([x, y, z]);
    let (x, y) = (|| x.clone(), || y.clone());
    laws.push(("x + -x = 0", x() + -x(), A::zero()));
    laws.push(("x - y = x + -y", x() - y(), x() + -y()));
    laws.push(("-(-x) = x", -(-x()), x()));
    laws
}

/// For numbers that are not zero.
fn field<A: Field>([x, y, z]: [&A; 3]) -> Vec<Equation<A>> {
    let mut laws = ring([x, y, z]);
    let (x, y) = (|| x.clone(), || y.clone());
    laws.push(("x (1 / x) = 1", x() * (A::one() / x()), A::one()));
    laws.push(("(x / y) y = x", x() / y() * y(), x()));
    laws
}

/// The laws that do not hold, for three random numbers.
fn broken<A: Sample>(
    laws: fn([&A; 3]) -> Vec<Equation<A>>,
    holds: impl Fn(&A, &A) -> bool,
    rng: &mut Rng,
) -> Vec<Equation<A>> {
    let [x, y, z] = [(); 3].map(|()| A::sample(rng));
    let laws = laws([&x, &y, &z]).into_iter();
    laws.filter(|(_, left, right)| !holds(left, right))
        .collect()
}

fn agrees<A: Sample>(x: &A, y: &A) -> bool {
    x.agreement(y) == Agreement::Equal
}

fn equal<A: PartialEq>(x: &A, y: &A) -> bool {
    x == y
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn exact_scalars_keep_the_laws_to_the_letter(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        prop_assert_eq!(broken::<BigUint>(semiring, equal, rng), []);
        prop_assert_eq!(broken::<Boolean>(semiring, equal, rng), []);
        prop_assert_eq!(broken::<MinPlus>(semiring, equal, rng), []);
        prop_assert_eq!(broken::<MaxPlus>(semiring, equal, rng), []);
        prop_assert_eq!(broken::<BigRational>(field, equal, rng), []);
        prop_assert_eq!(broken::<Modular>(field, equal, rng), []);
        prop_assert_eq!(broken::<Oracle>(field, equal, rng), []);
        prop_assert_eq!(broken::<Dual<BigUint>>(semiring, equal, rng), []);
        prop_assert_eq!(broken::<Dual<MinPlus>>(semiring, equal, rng), []);
        prop_assert_eq!(broken::<Dual<BigRational>>(field, equal, rng), []);
        prop_assert_eq!(broken::<Dual<Dual<Modular>>>(field, equal, rng), []);
        prop_assert_eq!(broken::<Dual<Term>>(ring, agrees, rng), []);
        // Over functions that mean nothing too: the table gives derivatives that obey the chain rule.
        let [x, y] = [(); 2].map(|()| Dual::<Oracle>::sample(rng));
        prop_assert_eq!((x + y).exp(), x.exp() * y.exp());
        prop_assert_eq!(x.log().exp(), x);
    }

    /// The kernels of duals, which read the table over whole slices, agree with their operators.
    #[test]
    fn kernels_of_duals_are_their_operators(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        let [x, y] = [(); 2].map(|()| Dual::<BigRational>::sample(rng));
        let table = Dual::<BigRational>::kernels();
        let one = std::slice::from_ref::<Dual<BigRational>>;
        let operators = [
            (Binary::Add, x.clone() + y.clone()),
            (Binary::Sub, x.clone() - y.clone()),
            (Binary::Mul, x.clone() * y.clone()),
            (Binary::Div, x.clone() / y.clone()),
        ];
        for (f, value) in operators {
            prop_assert_eq!(table.binary(f, one(&x), one(&y)), Some(vec![value]));
        }
        prop_assert_eq!(table.unary(Unary::Neg, one(&x)), Some(vec![-x.clone()]));
        prop_assert_eq!(table.unary(Unary::Exp, one(&x)), None);
    }

    /// The samples are below 1.75, so both sides and all their parts are below 7. There are at most 5 roundings on
    /// both sides together, each up to half an epsilon of that.
    #[test]
    fn floats_keep_the_laws_up_to_rounding(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        let close = |x: &f64, y: &f64| (x - y).abs() <= 5.0 * 3.5 * f64::EPSILON;
        prop_assert_eq!(broken(field, close, rng), []);
        let close = |x: &f32, y: &f32| (x - y).abs() <= 5.0 * 3.5 * f32::EPSILON;
        prop_assert_eq!(broken(field, close, rng), []);
    }

    /// Both sides of a law contain the true value, so they overlap; and they are not so wide that they had to.
    #[test]
    fn intervals_keep_the_laws_by_inclusion(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        let close = |x: &Interval, y: &Interval| x.overlaps(*y) && x.width().max(y.width()) < 0.1;
        prop_assert_eq!(broken(field, close, rng), []);
    }

    #[test]
    fn idempotent_semirings(x in any::<f64>(), truth in any::<bool>()) {
        let min = MinPlus::from(x);
        prop_assert_eq!(min + min, min);
        let max = MaxPlus::from(x);
        prop_assert_eq!(max + max, max);
        let truth = Boolean::from(truth);
        prop_assert_eq!(truth + truth, truth);
    }

    /// Rounding is monotone, so products of any doubles distribute over least and greatest exactly.
    #[test]
    fn tropical_laws_that_hold_for_all_doubles(x in any::<f64>(), y in any::<f64>(), z in any::<f64>()) {
        let all_but_associativity = |law: &str| law != "(x y) z = x (y z)";
        let min = semiring([x, y, z].each_ref().map(|&x| MinPlus::from(x)).each_ref());
        for (law, left, right) in min.into_iter().filter(|(law, ..)| all_but_associativity(law)) {
            prop_assert_eq!(left, right, "{}", law);
        }
        let max = semiring([x, y, z].each_ref().map(|&x| MaxPlus::from(x)).each_ref());
        for (law, left, right) in max.into_iter().filter(|(law, ..)| all_but_associativity(law)) {
            prop_assert_eq!(left, right, "{}", law);
        }
    }

    #[test]
    fn residues_are_the_remainders_of_integers(a in any::<i64>(), b in any::<i64>(), n in any::<u64>()) {
        let p = i128::from(Modular::PRIME);
        let value = |x: Modular| i128::from(x.value());
        let (x, y) = (Modular::from(a), Modular::from(b));
        let (a, b) = (i128::from(a), i128::from(b));
        prop_assert_eq!(value(x), a.rem_euclid(p));
        prop_assert_eq!(value(x + y), (a + b).rem_euclid(p));
        prop_assert_eq!(value(x - y), (a - b).rem_euclid(p));
        prop_assert_eq!(value(-x), (-a).rem_euclid(p));
        prop_assert_eq!(value(x * y), (a * b).rem_euclid(p));
        prop_assert_eq!(value(Modular::from(n)), i128::from(n) % p);
        let power = BigUint::from(x.value()).modpow(&n.into(), &Modular::PRIME.into());
        prop_assert_eq!(BigUint::from(x.pow(n).value()), power);
    }

    #[test]
    fn fermat(x in 1..Modular::PRIME) {
        let x = Modular::from(x);
        prop_assert_eq!(x.pow(Modular::PRIME), x);
        prop_assert_eq!(x.pow(Modular::PRIME - 1), Modular::one());
        prop_assert_eq!(x.checked_recip().map(|y| x * y), Some(Modular::one()));
    }

    /// A literal is the rational that it is, in every exact field.
    #[test]
    fn literals_are_rationals(n in any::<i64>(), d in 1..u64::MAX, double in any::<f64>()) {
        // A quotient of integers modulo a prime, by way of big integers.
        let residue = |q: &BigRational, p: u64| {
            let p = BigInt::from(p);
            let inverse = q.denom().modpow(&(&p - 2), &p);
            let residue = (q.numer() * inverse).modpow(&1.into(), &p);
            u64::try_from(residue).ok()
        };
        for literal in [Literal::ratio(n, d), Literal::real(double)] {
            let exact = BigRational::from_literal(literal);
            prop_assert_eq!(Some(Modular::from_literal(literal).value()), residue(&exact, Modular::PRIME));
            prop_assert_eq!(Oracle::from_literal(literal).value(), residue(&exact, 2_305_843_009_188_546_239));
        }
    }

    /// What the oracle promises, and equations that it must refuse.
    #[test]
    fn oracle_functions(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        let [x, y, z] = [(); 3].map(|()| Oracle::sample(rng));
        let one = Oracle::one();
        prop_assert_eq!((x + y).exp(), x.exp() * y.exp());
        prop_assert_eq!((-x).exp(), one / x.exp());
        prop_assert_eq!((x * (y - z)).exp(), (x * y).exp() / (x * z).exp());
        prop_assert_eq!((x.exp() + y.exp()).exp(), x.exp().exp() * y.exp().exp());
        prop_assert_eq!((x + y).tanh().exp() * (-(y + x).tanh()).exp(), one);
        prop_assert_eq!(x.log().exp(), x);
        prop_assert_eq!((y - x.log()).exp(), y.exp() / x);
        prop_assert_eq!((x.log() + y.log() + z).exp(), x * y * z.exp());
        prop_assert_eq!((x.log() * Oracle::from(-3)).exp(), one / (x * x * x));
        prop_assert_eq!((x.exp().exp().log()).exp(), x.exp().exp());
        prop_assert_eq!(x.recip().recip(), x);
        prop_assert_eq!(Oracle::largest(&x, &[&y, &z, &x]), Oracle::largest(&z, &[&x, &y]));
        prop_assert_eq!(Oracle::select(&x, &y, &y), y);

        prop_assert_ne!((x * y).exp(), x.exp() * y.exp());
        prop_assert_ne!((x + y).exp(), x.exp() + y.exp());
        prop_assert_ne!((x * y).log(), x.log() + y.log());
        prop_assert_ne!(x.exp(), y.exp());
        prop_assert_ne!(Oracle::one().exp(), Oracle::from(4));
        prop_assert_ne!(x.relu(), x * x.step());
        prop_assert_ne!(x.sqrt() * x.sqrt(), x);
        prop_assert_ne!(Oracle::largest(&x, &[&y]), Oracle::largest(&x, &[&z]));
        prop_assert_ne!(Oracle::largest(&x, &[&y]), Oracle::largest(&x, &[&y, &z]));
        prop_assert_ne!(x.pow(&y), y.pow(&x));
        let values = [x.relu(), x.step(), x.sqrt(), x.tanh(), x.sigmoid(), x.log(), x.exp()];
        for (i, left) in values.iter().enumerate() {
            prop_assert!(values[..i].iter().all(|right| left != right));
        }
    }

    /// The derivative rules of softmax and its logarithm are those of what they abbreviate.
    #[test]
    fn oracle_tells_whether_graphs_are_equal(seed in any::<u64>()) {
        let rng = &mut Rng::with_seed(seed);
        let inputs = tlist![
            Tensor::<Oracle, shape![4]>::from_fn(|_| Oracle::sample(rng)),
            Tensor::<Oracle, shape![4]>::from_fn(|_| Oracle::sample(rng)),
        ];
        let rule = graph!(|x: [4], w: [4]| sum(w * softmax(x, 0)));
        let spelled = graph!(|x: [4], w: [4]| sum(w * (exp(x) / sum(exp(x)))));
        let through_log = graph!(|x: [4], w: [4]| sum(w * exp(log_softmax(x, 0))));
        let wrong = graph!(|x: [4], w: [4]| sum(w * (exp(x) / sum(x))));
        let expected = spelled.value_and_vjp(&inputs, ());
        prop_assert_eq!(&rule.value_and_vjp(&inputs, ()), &expected);
        prop_assert_eq!(&through_log.value_and_vjp(&inputs, ()), &expected);
        prop_assert_ne!(&wrong.value_and_vjp(&inputs, ()), &expected);
    }
}

#[test]
fn tropical_edges() {
    let [infinity, minus, nan] = [f64::INFINITY, f64::NEG_INFINITY, f64::NAN];
    let (min, max) = (MinPlus::from, MaxPlus::from);
    // Zero absorbs from both sides, the other infinity too.
    for x in [0.0, 5.0, infinity, minus, f64::MAX] {
        assert_eq!(min(x) * MinPlus::zero(), MinPlus::zero());
        assert_eq!(MinPlus::zero() * min(x), MinPlus::zero());
        assert_eq!(max(x) * MaxPlus::zero(), MaxPlus::zero());
        assert_eq!(MaxPlus::zero() * max(x), MaxPlus::zero());
    }
    assert!(min(infinity).is_zero() && max(minus).is_zero());
    assert!(!min(minus).is_zero() && !max(infinity).is_zero());
    for x in [nan, 1.0, infinity, minus] {
        for nan in [
            min(nan) + min(x),
            min(x) + min(nan),
            min(nan) * min(x),
            min(x) * min(nan),
        ] {
            assert!(nan.value().is_nan());
            assert_eq!(nan.agreement(&nan), Agreement::Undefined);
        }
        for nan in [
            max(nan) + max(x),
            max(x) + max(nan),
            max(nan) * max(x),
            max(x) * max(nan),
        ] {
            assert!(nan.value().is_nan());
        }
    }
    let show = |x: &dyn std::fmt::Display| format!("{x:.1}");
    assert_eq!(
        [&min(infinity), &min(minus), &min(-0.0)].map(|x| show(x)),
        ["∞", "-∞", "0.0"]
    );
    assert_eq!(
        [&max(infinity), &max(minus), &max(2.25)].map(|x| show(x)),
        ["∞", "-∞", "2.2"]
    );
    // Past 2^53 sums round, and products are no longer associative.
    let large = min(2f64.powi(53));
    assert_ne!((large * min(1.0)) * min(1.0), large * (min(1.0) * min(1.0)));
}

#[test]
fn modular_edges() {
    let p = Modular::PRIME;
    assert_eq!(Modular::from(p), Modular::zero());
    assert_eq!(Modular::from(u64::MAX).value(), u64::MAX - 8 * p);
    assert_eq!(
        Modular::from(i64::MIN) + Modular::from(i64::MAX),
        Modular::from(-1i64)
    );
    let last = Modular::from(-1i64);
    assert_eq!(
        (last * last, last + last),
        (Modular::one(), Modular::from(-2i64))
    );
    assert_eq!(-Modular::zero(), Modular::zero());
    assert_eq!(Modular::zero().pow(0), Modular::one());
    assert_eq!(Pow::pow(Modular::from(3u64), 4), Modular::from(81u64));
    assert_eq!(
        Modular::from(2u64).inv() + Modular::from(2u64).inv(),
        Modular::one()
    );
    assert_eq!(Modular::zero().checked_recip(), None);
    let mut x = Modular::from(6u64);
    x += Modular::from(4u64);
    x -= Modular::from(1u64);
    x *= Modular::from(5u64);
    x /= Modular::from(3u64);
    assert_eq!(x, Modular::from(15u64));
    let small = [1u64, 2, 3, 4].map(Modular::from);
    assert_eq!(small.into_iter().sum::<Modular>(), Modular::from(10u64));
    assert_eq!(small.into_iter().product::<Modular>(), Modular::from(24u64));
    assert_eq!(format!("{:>4}", Modular::from(7u64)), "   7");
    // What has no residue.
    for none in [
        Literal::Ratio(1, p),
        Literal::Ratio(1, 2 * p),
        Literal::Ratio(1, 0),
    ] {
        assert_eq!(Modular::from_literal(none), Modular::zero());
    }
    for none in [f64::NAN, f64::INFINITY, -0.0] {
        assert_eq!(Modular::from_literal(Literal::real(none)), Modular::zero());
    }
    assert_eq!(
        Modular::from_literal(Literal::real(-0.5)) * Modular::from(2u64),
        last
    );
}

#[test]
#[should_panic = "division by zero modulo 2305843009213693951"]
fn modular_division_by_zero_panics() {
    let _ = Modular::one() / Modular::zero();
}

#[test]
fn oracle_edges() {
    let [zero, one] = [0, 1].map(Oracle::from);
    let undefined = Oracle::UNDEFINED;
    let all = [
        zero.recip(),
        one / zero,
        zero * undefined,
        undefined + one,
        one - undefined,
        -undefined,
        undefined.exp(),
        undefined.relu(),
        undefined.recip(),
        zero.log(),
        zero.log().exp(),
        one.pow(&undefined),
        Oracle::largest(&one, &[&undefined]),
        Oracle::largest(&undefined, &[&one]),
        Oracle::select(&undefined, &one, &one),
        Oracle::from_literal(Literal::real(f64::NAN)),
        // Nothing says what these are.
        (Oracle::from(2).log() * Oracle::from(3).log()).exp(),
        (Oracle::from(2).log() / Oracle::from(2)).exp(),
        Oracle::from(2).log().recip().recip().exp(),
        (0..5).fold(one, |x, _| x.exp()),
    ];
    for (case, x) in all.iter().enumerate() {
        assert_eq!(x.value(), None, "{case}");
        assert_eq!(x.agreement(&one), Agreement::Undefined);
        assert_eq!(x.partial_cmp(x), None);
    }
    assert!((0..4).fold(one, |x, _| x.exp()).value().is_some());
    assert_eq!(zero.exp(), one);
    assert_eq!(one.log() * zero, zero);
    assert_eq!((one.log() * zero).exp(), one);
    assert_eq!(one.partial_cmp(&one), Some(std::cmp::Ordering::Equal));
    assert_eq!(one.partial_cmp(&zero), None);
    assert_eq!(format!("{one:3} {undefined:11.2}"), "  1   undefined");
}

#[test]
fn what_each_scalar_can_do() {
    assert_eq!(MinPlus::kernels().level(), Level::Semiring);
    assert_eq!(MaxPlus::kernels().level(), Level::Semiring);
    assert_eq!(Boolean::kernels().level(), Level::Semiring);
    assert_eq!(Modular::kernels().level(), Level::Field);
    assert_eq!(Interval::kernels().level(), Level::Real);
    assert_eq!(Oracle::kernels().level(), Level::Real);
    // A natural number is a sum of ones.
    assert_eq!(
        MinPlus::kernels().literal(Literal::from(3)),
        Some(MinPlus::one())
    );
    assert_eq!(
        Boolean::kernels().literal(Literal::from(0)),
        Some(Boolean::zero())
    );
    assert_eq!(
        Boolean::kernels().literal(Literal::from(2)),
        Some(Boolean::one())
    );
    assert_eq!(
        [true, false].map(|x| Boolean::from(x).to_string()),
        ["true", "false"]
    );
}

/// The laws of graphs hold over the new fields: an op is what its rules say over them too.
#[test]
fn graphs_run_over_the_new_scalars() {
    fn adjoint<A: Field + Sample>() -> Result<(), Counterexample> {
        let g = graph!(|x: [2, 3], w: [3, 2]| mean(matmul(x, w) * 0.5 / sum(x)));
        laws::compile_data_ctx_eq_eval(&g, &random::<A>(), ())?;
        let certified = g.certify()?;
        laws::compile_values_eq(&certified, &random(), ())
    }
    fn random<A: Sample>() -> TList<A, context![[2, 3], [3, 2]]> {
        let rng = &mut Rng::with_seed(3);
        let x = Tensor::from_fn(|_| A::sample(rng));
        tlist![x, Tensor::from_fn(|_| A::sample(rng))]
    }
    assert_eq!(adjoint::<Modular>(), Ok(()));
    assert_eq!(adjoint::<Oracle>(), Ok(()));
    assert_eq!(adjoint::<Interval>(), Ok(()));
}

/// Doubles round to singles, to the nearest; everything else stays what it is.
#[test]
fn precisions() {
    let all = [Precision::Run, Precision::Single, Precision::Double];
    let (inf, least) = (f64::INFINITY, f64::from(f32::from_bits(1)));
    for (x, single) in [
        (0.5, 0.5),
        (0.1, f64::from(0.1f32)),
        (-0.0, -0.0),
        // Halfway, to even.
        (1.0 + 2f64.powi(-24), 1.0),
        (1.0 + 3.0 * 2f64.powi(-24), 1.0 + 2f64.powi(-22)),
        (1e300, inf),
        (-inf, -inf),
        (0.75 * least, least),
        (0.25 * least, 0.0),
    ] {
        let bits = all.map(|precision| x.rounded(precision).to_bits());
        assert_eq!(bits, [x, single, x].map(f64::to_bits), "{x}");
        let tangent = Dual::new(1.0, x).rounded(Precision::Single).tangent;
        assert_eq!(tangent.to_bits(), single.to_bits());
        let interval = Interval::from(x).rounded(Precision::Single);
        assert!(interval.overlaps(Interval::from(x)) && interval.overlaps(Interval::from(single)));
        assert_eq!(
            Interval::from(x).rounded(Precision::Double),
            Interval::from(x)
        );
    }
    assert!(f64::NAN.rounded(Precision::Single).is_nan());
    assert_eq!(Interval::WHOLE.rounded(Precision::Single), Interval::WHOLE);
    let wide = Interval::new(0.1, 0.2)
        .expect("in order")
        .rounded(Precision::Single);
    assert_eq!((wide.lo(), wide.hi()), (0.1, f64::from(0.2f32)));
    let third = BigRational::new(1.into(), 3.into());
    let x = Term::indeterminate("x");
    for precision in all {
        assert_eq!(0.1f32.rounded(precision), 0.1);
        assert_eq!(third.rounded(precision), third);
        assert_eq!(
            Term::from(third.clone()).rounded(precision),
            Term::from(third.clone())
        );
        assert_eq!(x.rounded(precision), x);
        assert_eq!(Modular::from(5u64).rounded(precision), Modular::from(5u64));
    }
}
