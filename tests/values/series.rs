//! Functions of real numbers in exact arithmetic, cut and rounded by less than 2^-150.

use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::One;

/// e to the power of `q`, for `|q| <= 8`: the Taylor series in units of 2^-256, cut and rounded by less than 2^-200.
pub fn exp(q: &BigRational) -> BigRational {
    let unit: BigInt = BigInt::one() << 256;
    let x = (q * BigRational::from(unit.clone())).to_integer();
    let terms = std::iter::successors(Some((unit.clone(), 0)), |(term, k)| {
        Some((((term * &x) >> 256) / (k + 1), k + 1))
    });
    BigRational::new(terms.take(150).map(|(term, _)| term).sum(), unit)
}

/// The sum of a Taylor series, for `|q| <= 8`, in units of 2^-256: from `first(x)` on, each term has the factors
/// `x² / next(n)`.
fn series(
    q: &BigRational,
    first: fn(&BigInt, &BigInt) -> BigInt,
    next: fn(i64) -> i64,
) -> BigRational {
    let unit: BigInt = BigInt::one() << 256;
    let x = (q * BigRational::from(unit.clone())).to_integer();
    let square: BigInt = (&x * &x) >> 256;
    let terms = std::iter::successors(Some((first(&unit, &x), 1)), |(term, n)| {
        Some((((-term * &square) >> 256) / next(*n), n + 1))
    });
    BigRational::new(terms.take(400).map(|(term, _)| term).sum(), unit)
}

pub fn sine(q: &BigRational) -> BigRational {
    series(q, |_, x| x.clone(), |n| 2 * n * (2 * n + 1))
}

pub fn cosine(q: &BigRational) -> BigRational {
    series(q, |unit, _| unit.clone(), |n| 2 * n * (2 * n - 1))
}

/// The integral of `exp(-t²)` from 0 to `q`: the terms of `exp(-q²)`, each divided by `2n + 1`.
pub fn bell(q: &BigRational) -> BigRational {
    let unit: BigInt = BigInt::one() << 256;
    let x = (q * BigRational::from(unit.clone())).to_integer();
    let square: BigInt = (&x * &x) >> 256;
    let terms = std::iter::successors(Some((x, 0)), |(term, n)| {
        Some((((-term * &square) >> 256) / (n + 1), n + 1))
    });
    let sum = terms.take(400).map(|(term, n)| term / (2 * n + 1)).sum();
    BigRational::new(sum, unit)
}

/// `2/√π`, by Machin's formula for π, up to 2^-250.
pub fn two_over_root_pi() -> BigRational {
    let unit: BigInt = BigInt::one() << 512;
    let arctan_of_1_over = |n: i64| -> BigInt {
        let powers = std::iter::successors(Some(&unit / n), |power| Some(-power / (n * n)));
        (0..400)
            .zip(powers)
            .map(|(k, power)| power / (2 * k + 1))
            .sum()
    };
    let pi: BigInt = 16 * arctan_of_1_over(5) - 4 * arctan_of_1_over(239);
    // √(4 · 2^512 / π) in units of 2^-256, with π in units of 2^-512.
    let square: BigInt = ((&unit << 2) * &unit) / pi;
    BigRational::new(square.sqrt(), BigInt::one() << 256)
}
