//! Scalars at their edges: an exact zero to divide by, literals that are no number, NaN where there is none.

use crate::panics::panic_of;
use cotangent::prelude::*;
use cotangent::program::{Full, Literal, Prim, Program, ProgramError, Scale, Value};
use cotangent::prove::{Oracle, Term};
use cotangent::scalar::{
    Binary, Boolean, Dual, Interval, Kernels, Level, MaxPlus, MinPlus, Modular, RealScalar, Unary,
};
use cotangent::tensor::Dims;
use num_rational::BigRational;
use num_traits::{One, Zero};

/// `[1, 1]` divided by `[1, 0]`, and the reciprocal of `[1, 0]`.
fn divide<A: Field>() -> [Result<Vec<Value<A>>, ProgramError>; 2] {
    let two = Dims::new(&[2]);
    let mut division = Program::new(&[two.clone(), two.clone()]);
    let y = division.push(Binary::Div, &[0, 1]).expect("equal dims");
    division.set_outputs(&[y]).expect("it exists");
    let mut recip = Program::new(std::slice::from_ref(&two));
    let y = recip.push(Unary::Recip, &[0]).expect("one value");
    recip.set_outputs(&[y]).expect("it exists");
    let ones = Value::from(AnyTensor::full(two, A::one()));
    let divisor = AnyTensor::new(&[2], vec![A::one(), A::zero()]).expect("two elements");
    let divisor = Value::from(divisor);
    [
        division.run(&[ones, divisor.clone()]),
        recip.run(&[divisor]),
    ]
}

fn elements<A>(value: &Value<A>) -> &[A] {
    value.tensor().expect("scalars").as_slice()
}

#[test]
fn an_exact_zero_divides_nothing() {
    fn refused<A: Field>(zero: &str) {
        for (result, prim) in divide::<A>().into_iter().zip(["div", "recip"]) {
            let error = result.unwrap_err();
            assert!(
                matches!(error, ProgramError::Division { element: 1, .. }),
                "{error:?}"
            );
            let expected =
                format!("`{prim}` cannot divide by {zero}, which is element 1 of the divisor");
            assert_eq!(error.to_string(), expected);
        }
    }
    refused::<BigRational>("0");
    refused::<Modular>("0");
    refused::<Dual<Modular>>(&Dual::<Modular>::zero().to_string());
}

/// A scalar that has a value for it divides by zero.
#[test]
fn other_zeros_divide() {
    let [quotient, recip] = divide::<f64>().map(|result| result.expect("infinite"));
    assert_eq!(
        (elements(&quotient[0]), elements(&recip[0])),
        (&[1.0, f64::INFINITY][..], &[1.0, f64::INFINITY][..])
    );
    let [quotient, _] = divide::<Interval>().map(|result| result.expect("everything"));
    assert_eq!(elements(&quotient[0])[1], Interval::WHOLE);
    assert!(divide::<Term>().iter().all(Result::is_ok));
    assert!(divide::<Oracle>().iter().all(Result::is_ok));
}

/// A graph has no `Result`: it panics, in the words of the error. An op that divides a second time, in its VJP, does so
/// by the same divisor.
#[test]
fn a_graph_panics_in_these_words() {
    let g = graph!(|x: [2], y: [2]| sum(x / y));
    let x = tlist![Tensor::<BigRational, _>::ones(), Tensor::zeros()];
    let words = panic_of(|| g.value_and_vjp(&x, ()));
    assert_eq!(
        words,
        "`div` cannot divide by 0, which is element 0 of the divisor"
    );
    // The scalars themselves, as Rust's integers.
    let words = panic_of(|| Modular::one() / Modular::zero());
    assert_eq!(words, "division by zero modulo 2305843009213693951");
    let words = panic_of(|| BigRational::one() / BigRational::zero());
    assert_eq!(words, "denominator == 0");
}

/// NaN, infinities and a denominator of 0 are no exact numbers: they become 0, as documented.
#[test]
fn literals_that_are_no_number() {
    for literal in [
        Literal::real(f64::NAN),
        Literal::real(f64::INFINITY),
        Literal::real(f64::NEG_INFINITY),
        Literal::ratio(1, 0),
        Literal::ratio(0, 0),
        Literal::Ratio(1, 0),
        Literal::Ratio(0, 0),
        Literal::Ratio(i64::MIN, 0),
    ] {
        assert_eq!(
            BigRational::from_literal(literal),
            BigRational::zero(),
            "{literal}"
        );
        assert_eq!(Modular::from_literal(literal), Modular::zero(), "{literal}");
        assert!(Term::from_literal(literal).is_undefined(), "{literal}");
        let double = f64::from_literal(literal);
        assert_eq!(double.to_bits(), literal.to_f64().to_bits(), "{literal}");
        assert!(!double.is_finite(), "{literal}");
        let interval = Interval::from_literal(literal);
        assert!(
            interval.hi() == f64::INFINITY || interval.lo() == f64::NEG_INFINITY,
            "{literal}"
        );
        assert!(!literal.recip().to_f64().is_normal(), "{literal}");
    }
    assert_eq!(Literal::ratio(-1, 0), Literal::real(f64::NEG_INFINITY));
    assert_eq!(Literal::ratio(i64::MIN, u64::MAX).recip().to_f64(), -2.0);
    assert_eq!(
        Literal::ratio(i64::MIN, 1).recip(),
        Literal::ratio(-1, 1 << 63)
    );
    assert_eq!(Literal::ratio(0, 5).recip(), Literal::real(f64::INFINITY));
    // A multiple of the prime is 0 there.
    assert_eq!(
        Modular::from_literal(Literal::ratio(1, Modular::PRIME)),
        Modular::zero()
    );
}

/// In a program too.
#[test]
fn programs_with_such_literals() {
    let g = graph!(|x: [2]| scale(x, { f64::INFINITY }));
    let y = g.value(&tlist![Tensor::<BigRational, _>::ones()], ());
    assert_eq!(y, Tensor::zeros());
    let g = graph!(|x: [2]| scale(x, { f64::INFINITY }));
    let y = g.value(&Tensor::from([1.0, 0.0]), ());
    assert_eq!(y[[0]], f64::INFINITY);
    assert!(y[[1]].is_nan());
    let two = Dims::new(&[2]);
    for prim in [
        Prim::from(Scale(Literal::Ratio(3, 0))),
        Full(two.clone(), Literal::Ratio(3, 0)).into(),
    ] {
        let arguments: &[usize] = if matches!(prim, Prim::Scale(_)) {
            &[0]
        } else {
            &[]
        };
        let mut program = Program::new(std::slice::from_ref(&two));
        let y = program.push(prim, arguments).expect("it takes them");
        program.set_outputs(&[y]).expect("it exists");
        let ones = AnyTensor::full(two.clone(), BigRational::one()).into();
        let zeros = AnyTensor::zeros(two.clone()).into();
        assert_eq!(program.run::<BigRational>(&[ones]), Ok(vec![zeros]));
        let ones = AnyTensor::full(two.clone(), Boolean::from(true)).into();
        let naturals = program.run(&[ones]);
        assert!(
            matches!(naturals, Err(ProgramError::Scalar { .. })),
            "{naturals:?}"
        );
    }
}

/// NaN stays NaN in the tropical semirings, from either side; zero absorbs everything else.
#[test]
fn tropical_nan() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    for x in [0.0, 1.0, inf, -inf, nan] {
        for [a, b] in [[x, nan], [nan, x]] {
            let (a, b) = (MinPlus::from(a), MinPlus::from(b));
            assert!((a + b).value().is_nan() && (a * b).value().is_nan(), "{x}");
            let (a, b) = (MaxPlus::from(a.value()), MaxPlus::from(b.value()));
            assert!((a + b).value().is_nan() && (a * b).value().is_nan(), "{x}");
        }
    }
    assert_eq!(MinPlus::from(inf) * MinPlus::from(-inf), MinPlus::zero());
    assert_eq!(MaxPlus::from(inf) * MaxPlus::from(-inf), MaxPlus::zero());
    // In a product of matrices: no edge is no way, a NaN is seen.
    let g = graph!(|a: [1, 2], b: [2, 1]| matmul(a, b));
    let run = |a: [f64; 2]| {
        let a = Tensor::from([a]).map(|&x| MinPlus::from(x));
        let b = Tensor::from([[1.0], [-inf]]).map(|&x| MinPlus::from(x));
        g.value(&tlist![a, b], ()).as_slice()[0].value()
    };
    assert_eq!(run([2.0, inf]), 3.0);
    assert!(run([nan, inf]).is_nan());
}

/// What an interval cannot bound is the whole line, and no operation makes an interval that is none.
#[test]
fn intervals_of_nan_and_infinities() {
    let (inf, nan) = (f64::INFINITY, f64::NAN);
    let some = [nan, inf, -inf, 0.0, -0.0, 1e308, -1e308, 5e-324, 1.0, -2.0].map(Interval::from);
    let valid = |x: Interval| x.lo() <= x.hi() && x.lo() < inf && x.hi() > -inf;
    for x in some {
        for f in [Real::exp, Real::log, Real::tanh, Real::sigmoid, Real::sqrt] {
            assert!(valid(f(&x)), "{x}");
        }
        for &f in Unary::ALL {
            assert!(x.function(f).is_none_or(valid), "{f:?} {x}");
        }
        assert!(valid(-x) && valid(x.relu()) && valid(x.step()), "{x}");
        for y in some {
            assert!(
                [x + y, x - y, x * y, x / y].into_iter().all(valid),
                "{x} and {y}"
            );
            assert!(valid(Real::pow(&x, &y)), "{x} to the {y}");
            assert!(valid(Interval::largest(&x, &[&y])), "{x} and {y}");
            assert!(valid(Interval::select(&x, &y, &x)), "{x} and {y}");
            assert!(
                valid(Interval::around(x.midpoint(), y.midpoint())),
                "{x} and {y}"
            );
        }
    }
    let whole = Interval::from(nan);
    assert_eq!(whole, Interval::WHOLE);
    assert_eq!(whole + whole, Interval::WHOLE);
    assert_eq!(whole * Interval::zero(), Interval::zero());
    assert_eq!(Interval::one() / Interval::zero(), Interval::WHOLE);
    assert_eq!(Real::log(&Interval::from(-1.0)), Interval::WHOLE);
    assert!(Interval::new(nan, 1.0).is_err() && Interval::new(inf, inf).is_err());
}

/// A real scalar of a user: what is demanded, and what is said besides of other functions.
macro_rules! scalar {
    ($(#[$doc:meta])* $Name:ident { $($function:tt)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
        struct $Name(f64);

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::ops::Add for $Name {
            type Output = Self;
            fn add(self, other: Self) -> Self {
                $Name(self.0 + other.0)
            }
        }

        impl std::ops::Sub for $Name {
            type Output = Self;
            fn sub(self, other: Self) -> Self {
                $Name(self.0 - other.0)
            }
        }

        impl std::ops::Mul for $Name {
            type Output = Self;
            fn mul(self, other: Self) -> Self {
                $Name(self.0 * other.0)
            }
        }

        impl std::ops::Div for $Name {
            type Output = Self;
            fn div(self, other: Self) -> Self {
                $Name(self.0 / other.0)
            }
        }

        impl std::ops::Neg for $Name {
            type Output = Self;
            fn neg(self) -> Self {
                $Name(-self.0)
            }
        }

        impl Zero for $Name {
            fn zero() -> Self {
                $Name(0.0)
            }
            fn is_zero(&self) -> bool {
                self.0 == 0.0
            }
        }

        impl One for $Name {
            fn one() -> Self {
                $Name(1.0)
            }
        }

        impl Semiring for $Name {
            const EXACT: bool = false;
            fn kernels() -> &'static dyn Kernels<Self> {
                &RealScalar
            }
        }

        impl Ring for $Name {}

        impl Field for $Name {
            fn from_literal(literal: Literal) -> Self {
                $Name(literal.to_f64())
            }
        }

        impl OrderedField for $Name {}

        impl Real for $Name {
            fn exp(&self) -> Self {
                $Name(self.0.exp())
            }
            fn log(&self) -> Self {
                $Name(self.0.ln())
            }
            fn tanh(&self) -> Self {
                $Name(self.0.tanh())
            }
            fn sigmoid(&self) -> Self {
                $Name(Real::sigmoid(&self.0))
            }
            fn sqrt(&self) -> Self {
                $Name(self.0.sqrt())
            }
            fn pow(&self, exponent: &Self) -> Self {
                $Name(self.0.powf(exponent.0))
            }
            $($function)*
        }
    };
}

scalar! {
    /// With what is demanded and no more.
    Plain {}
}

scalar! {
    /// That says what its sine is.
    WithSine {
        fn function(&self, f: Unary) -> Option<Self> {
            match f {
                Unary::Sin => Some(WithSine(self.0.sin())),
                _ => None, // also of the functions of a later version
            }
        }
    }
}

/// A function that a scalar leaves undefined is an error of the program, also for its duals. It does what it does have.
#[test]
fn a_function_that_a_scalar_leaves_undefined() {
    fn run<A: Semiring>(f: Unary) -> Result<Vec<Value<A>>, ProgramError> {
        let two = Dims::new(&[2]);
        let mut program = Program::new(std::slice::from_ref(&two));
        let y = program.push(f, &[0]).expect("one value");
        program.set_outputs(&[y]).expect("it exists");
        program.run(&[AnyTensor::full(two, A::one()).into()])
    }
    let methods = [
        Unary::Exp,
        Unary::Log,
        Unary::Tanh,
        Unary::Sigmoid,
        Unary::Sqrt,
    ];
    for &f in Unary::ALL {
        let (plain, dual) = (run::<Plain>(f), run::<Dual<Plain>>(f));
        if f.level() == Level::Real && !methods.contains(&f) {
            for error in [plain.unwrap_err(), dual.unwrap_err()] {
                assert!(matches!(&error, ProgramError::Undefined { prim } if prim == f.name()));
            }
        } else {
            assert!(plain.is_ok() && dual.is_ok(), "{f:?}");
        }
    }
    // Until it says otherwise.
    let sine = run::<WithSine>(Unary::Sin).expect("it has a sine");
    assert_eq!(
        sine,
        [AnyTensor::full(Dims::new(&[2]), WithSine(1f64.sin())).into()]
    );
    assert!(run::<WithSine>(Unary::Cos).is_err());
    // A term evaluated over it is undefined where it has such a function, as `log(-1)`.
    let term = Term::indeterminate("x")
        .function(Unary::Sin)
        .expect("opaque");
    assert!(term.evaluate(|_| Plain(1.0)).0.is_nan());
    assert_eq!(term.evaluate(|_| 1.0), 1f64.sin());
}
