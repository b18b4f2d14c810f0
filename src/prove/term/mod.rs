//! The free algebra: a scalar that remembers how it was computed.
//!
//! A [`Term`] is a polynomial. Its coefficients are exact rational numbers, and its variables are *atoms*. An atom is
//! an indeterminate, such as `x[0,1]`, or a function symbol applied to terms, such as `exp(x + y)`. Nothing is known
//! of an indeterminate, and of a function no more than the relations below. So an equation between terms holds for
//! every value of the indeterminates: to run a graph on indeterminates and compare the results is a proof by
//! evaluation, for that graph at that shape.
//!
//! ```
//! use cotangent::prove::Term;
//! let [x, y] = ["x", "y"].map(Term::indeterminate);
//! let square = (x.clone() + y.clone()).pow(&Term::from(2));
//! assert_eq!(square, x.clone() * x.clone() + Term::from(2) * x.clone() * y.clone() + y.clone() * y.clone());
//! assert_eq!((x.exp() * (y - x).exp()).to_string(), "exp(y)");
//! ```
//!
//! # Where a proof holds
//!
//! - If only `+` and `*` were used, and natural coefficients: in every commutative semiring, since ℕ\[x\] is a part of
//!   ℤ\[x\].
//! - With `-` and integer coefficients: in every commutative ring.
//! - With division and rational coefficients: in every field of characteristic 0, at each point where no divisor is 0.
//! - With functions: for any functions that have the relations below. The others are *opaque*: they may stand for
//!   anything.
//!
//! # Relations
//!
//! | relation | holds |
//! | --- | --- |
//! | `t·recip(t) = 1` and `recip(s·t) = recip(s)·recip(t)` for a monomial `t` | where `s` and `t` are not 0 |
//! | `recip(recip(t)) = t` | where `t` is not 0 |
//! | `exp(0) = 1`, `exp(s + t) = exp(s)·exp(t)` | everywhere |
//! | `exp(log(t)) = t` | where `t > 0` |
//! | `log(1) = 0`, `sqrt(1) = 1`, `rsqrt(1) = 1`, `cos(0) = 1`, and 0 at 0 of `sqrt`, `tanh`, `sin`, `atan`, `erf`, `expm1`, `log1p` | they are numbers |
//! | `relu(c)`, `step(c)` for a number `c` | by its sign; `step(0) = 0` |
//! | `max` does not heed order or repetition; the largest of its numbers is taken | in every total order |
//! | `pow(t, n)` is a product for an integer `n` from 0 to 64, and a reciprocal from -64 on | where it is defined |
//! | `select(c, s, t) = t + step(c)·(s - t)` | everywhere that the three are finite |
//!
//! There are no others: `tanh`, `sigmoid`, `softplus` and `expm1` are not related to `exp`, nor `relu` to `step`, nor `sin` to `cos`.
//!
//! # What is undefined
//!
//! A term that is no number at any input is [undefined](Term::is_undefined), and whatever is computed from it: a literal
//! that is not finite; `recip` of 0; `log` and `rsqrt` of 0 and of negative numbers; `sqrt` of negative ones; `log1p` from
//! -1 down. `sqrt(0)` is 0, and its derivative, which divides by it, is undefined. `select` of a number has only the one
//! that it chooses. A term that grew too large is undefined, too. It prints why: `` undefined (`recip` of 0) ``.
//!
//! What is undefined at some inputs is a term like others. A [`Proof`](super::Proof) says where it holds: the relations
//! above, and the functions with a domain, note what has to be positive or not 0.
//!
//! # Comparisons
//!
//! The result of a comparison is an index, and no term. A proof draws it, as it draws an environment: for
//! [`OrderedField::compare`](crate::scalar::OrderedField::compare) and `argmax`, a term that is no number stands for one that
//! is drawn. Equal terms have the same one, and a proof looks at many. Outside of a proof it depends on the term alone.
//!
//! # Two equalities
//!
//! `==` compares normal forms. With `+`, `*` and `-` alone it decides equality. After a division by a sum it can miss
//! one: `(x + y) / (x + y)` is `x·recip(x + y) + y·recip(x + y)`. [`Term::agrees_with`] multiplies out and decides equality
//! of fractions.
//!
//! # How it is stored
//!
//! A term is a sorted list of monomials with coefficients that are not zero; a monomial is a sorted list of atoms with
//! exponents, negative ones for reciprocals. Only the reciprocal of a sum is an atom of its own. Atoms are interned:
//! equal atoms are one object with one number, so that atoms, and with them terms, are compared by number. The table
//! of atoms does not keep them alive.
//!
//! A product of two sums has as many monomials as pairs, so terms can explode. [`with_fuel`] sets a limit.
//! Functions may be nested in each other as deeply as memory allows: nothing here, dropping included, recurses into
//! arguments.

mod accumulator;
mod agree;
mod arithmetic;
mod coefficient;
mod demands;
mod display;
mod evaluate;
mod fuel;
mod functions;
mod intern;
mod label;
mod monomial;
mod quadratic;
mod release;
mod sign;
mod term;
mod tower;
mod undefined;

pub(super) use coefficient::Coefficient;
pub use fuel::{OutOfFuel, with_fuel};
pub use term::Term;
