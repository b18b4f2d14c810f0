//! What the families say of their functions, for who has a function by name.

use super::binary::{Binary, each_binary};
use super::function::{Domain, Function, RealFunction, Relation, Sign};
use super::unary::{Unary, each_unary};
use super::{
    arithmetic, error_function, exponential, hyperbolic, order, power, root, trigonometric,
};
use crate::scalar::interval::Interval;

macro_rules! facts_of_unary {
    (
        [] $($Level:ident { $($(#[$doc:meta])* $F:ident in $family:ident,)* })*
        ; $Real:ident { $($(#[$of_reals:meta])* $G:ident in $g:ident,)* }
    ) => {
        impl Unary {
            /// Its name, as ops and programs have it.
            pub const fn name(self) -> &'static str {
                match self {
                    $($(Unary::$F => $family::$F::NAME,)*)*
                    $(Unary::$G => $g::$G::NAME,)*
                }
            }

            /// What it makes of an integer: [`Function::at_integer`].
            pub(crate) fn at_integer(self, n: i64) -> Option<i64> {
                match self {
                    $($(Unary::$F => $family::$F::at_integer(n),)*)*
                    $(Unary::$G => $g::$G::at_integer(n),)*
                }
            }

            /// Where it is defined over the reals.
            pub(crate) const fn domain(self) -> Domain {
                match self {
                    $($(Unary::$F => $family::$F::DOMAIN,)*)*
                    $(Unary::$G => $g::$G::DOMAIN,)*
                }
            }

            /// What is known of the sign of its values, from that of its argument.
            pub(crate) fn sign(self, x: Sign) -> Sign {
                match self {
                    $($(Unary::$F => $family::$F::sign(x),)*)*
                    $(Unary::$G => $g::$G::sign(x),)*
                }
            }

            /// Its value over `f32`, if it is a function of real numbers.
            pub(crate) fn single(self, x: f32) -> Option<f32> {
                match self {
                    $($(Unary::$F)|* => None,)*
                    $(Unary::$G => Some($g::$G::single(x)),)*
                }
            }

            /// Its value over `f64`, if it is a function of real numbers.
            pub(crate) fn double(self, x: f64) -> Option<f64> {
                match self {
                    $($(Unary::$F)|* => None,)*
                    $(Unary::$G => Some($g::$G::double(x)),)*
                }
            }

            /// What it is over an interval, if it is a function of real numbers.
            pub(crate) fn enclosure(self, x: Interval) -> Option<Interval> {
                match self {
                    $($(Unary::$F)|* => None,)*
                    $(Unary::$G => Some($g::$G::enclosure(x)),)*
                }
            }

            /// Its equations over terms and oracles, if it is a function of real numbers: the others are what their level
            /// makes of them.
            pub(crate) const fn relation(self) -> Option<Relation> {
                match self {
                    $($(Unary::$F)|* => None,)*
                    $(Unary::$G => Some($g::$G::RELATION),)*
                }
            }
        }
    };
}

macro_rules! names_of_binary {
    ([] $($Level:ident { $($(#[$doc:meta])* $F:ident in $family:ident,)* })*) => {
        impl Binary {
            /// Its name, as programs have it.
            pub const fn name(self) -> &'static str {
                match self {
                    $($(Binary::$F => $family::$F::NAME,)*)*
                }
            }
        }
    };
}

each_unary!(facts_of_unary);
each_binary!(names_of_binary);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::prove::{Oracle, Term};
    use crate::scalar::{Kernels, RealScalar, Semiring};

    /// None is named as another variant is, and each knows which it is.
    #[test]
    fn names_are_those_of_the_variants() {
        for (i, f) in Unary::ALL.iter().enumerate() {
            assert_eq!(*f as usize, i);
            assert_eq!(f.name(), format!("{f:?}").to_lowercase());
        }
        for (i, f) in Binary::ALL.iter().enumerate() {
            assert_eq!(*f as usize, i);
            assert_eq!(f.name(), format!("{f:?}").to_lowercase());
        }
        macro_rules! each_knows {
            ([] $($Level:ident { $($low:tt)* })* ; Real { $($(#[$doc:meta])* $F:ident in $family:ident,)* }) => {
                $(assert_eq!($family::$F::UNARY, Unary::$F);)*
            };
        }
        each_unary!(each_knows);
    }

    /// At the integers of the domain, and at no others, doubles have a finite value, intervals have bounds, and terms and
    /// oracles are defined.
    #[test]
    fn domains() {
        for (&f, n) in Unary::ALL.iter().flat_map(|f| (-4..5).map(move |n| (f, n))) {
            let (x, is_in) = (n as f64, f.domain().has(n));
            assert_eq!(f.domain().meets(x, x), is_in, "{f:?} at {n}");
            let double = RealScalar.unary(f, &[x]).map(|y| y[0].is_finite());
            assert_eq!(double, Some(is_in), "{f:?} at {n}");
            let interval = RealScalar.unary(f, &[Interval::from(x)]);
            let bounded = interval.map(|y| y[0] != Interval::WHOLE);
            assert_eq!(bounded, Some(is_in), "{f:?} at {n}");
            let term = RealScalar
                .unary(f, &[Term::from(n)])
                .map(|y| !y[0].is_undefined());
            assert_eq!(term, Some(is_in), "{f:?} at {n}");
            let oracle = RealScalar
                .unary(f, &[Oracle::from(n)])
                .map(|y| y[0].value().is_some());
            assert_eq!(oracle, Some(is_in), "{f:?} at {n}");
        }
    }

    /// At the integers of the domain, the values of doubles have the sign that is said.
    #[test]
    fn signs() {
        let of = |x: f64| match x {
            0.0 => Sign::NotNegative,
            x if x > 0.0 => Sign::Positive,
            _ => Sign::Unknown,
        };
        for (&f, n) in Unary::ALL.iter().flat_map(|f| (-4..5).map(move |n| (f, n))) {
            if f.domain().has(n) {
                let x = n as f64;
                let y = RealScalar.unary(f, &[x]).expect("doubles have all")[0];
                assert!(f.sign(of(x)) <= of(y), "{f:?} at {n} is {y}");
                assert!(f.sign(Sign::Unknown) <= of(y), "{f:?} at {n} is {y}");
            }
        }
    }

    /// What is known at integers is what doubles say there, and what intervals, terms and oracles say.
    #[test]
    fn at_integers() {
        fn of<A: Semiring>(f: Unary, x: A) -> Option<A> {
            A::kernels().unary(f, &[x])?.pop()
        }
        for (&f, n) in Unary::ALL.iter().flat_map(|f| (-4..5).map(move |n| (f, n))) {
            let Some(value) = f.at_integer(n) else {
                continue;
            };
            assert_eq!(of(f, n as f64), Some(value as f64), "{f:?} at {n}");
            assert_eq!(of(f, n as f32), Some(value as f32), "{f:?} at {n}");
            let point = Interval::from(value as f64);
            assert_eq!(of(f, Interval::from(n as f64)), Some(point), "{f:?} at {n}");
            assert_eq!(
                of(f, Term::from(n)),
                Some(Term::from(value)),
                "{f:?} at {n}"
            );
            assert_eq!(
                of(f, Oracle::from(n)),
                Some(Oracle::from(value)),
                "{f:?} at {n}"
            );
        }
        let sine = RealScalar.unary(Unary::Sin, &[Term::from(1)]);
        assert_eq!(sine.map(|y| y[0].to_string()).as_deref(), Some("sin(1)"));
    }
}
