//! Arithmetic modulo an odd prime `p` below 2^62. All residues are below `p`.

use super::Literal;
use num_traits::float::FloatCore;

pub(crate) const fn add(a: u64, b: u64, p: u64) -> u64 {
    let sum = a + b;
    if sum >= p { sum - p } else { sum }
}

pub(crate) const fn neg(a: u64, p: u64) -> u64 {
    if a == 0 { 0 } else { p - a }
}

pub(crate) const fn mul(a: u64, b: u64, p: u64) -> u64 {
    (a as u128 * b as u128 % p as u128) as u64
}

/// `a` to the power of `n`, by squaring.
pub(crate) const fn pow(a: u64, n: u64, p: u64) -> u64 {
    let (mut square, mut n, mut result) = (a, n, 1);
    while n > 0 {
        if n & 1 == 1 {
            result = mul(result, square, p);
        }
        square = mul(square, square, p);
        n >>= 1;
    }
    result
}

/// `1 / a`, unless `a` is zero: Fermat's `a^(p - 2)`.
pub(crate) const fn inverse(a: u64, p: u64) -> Option<u64> {
    if a == 0 { None } else { Some(pow(a, p - 2, p)) }
}

/// The residue of an integer.
pub(crate) const fn integer(n: i64, p: u64) -> u64 {
    let size = n.unsigned_abs() % p;
    if n < 0 { neg(size, p) } else { size }
}

/// The residue of a literal; none for infinities, NaN and quotients by a multiple of `p`.
pub(crate) fn literal(literal: Literal, p: u64) -> Option<u64> {
    match literal {
        Literal::Ratio(n, d) => Some(mul(integer(n, p), inverse(d % p, p)?, p)),
        Literal::Real(value) if value.is_finite() => {
            // value = sign * mantissa * 2^exponent, exactly.
            let (mantissa, exponent, sign) = FloatCore::integer_decode(value);
            let base = if exponent < 0 { inverse(2, p)? } else { 2 };
            let size = mul(
                mantissa % p,
                pow(base, exponent.unsigned_abs().into(), p),
                p,
            );
            Some(if sign < 0 { neg(size, p) } else { size })
        }
        Literal::Real(_) => None,
    }
}
