//! Numbers in a graph, kept exact: `0.1` is one tenth over the rationals too, and not the nearest `f64`.

use proc_macro2::{Literal, Span, TokenStream};
use quote::quote_spanned;
use syn::{Error, Lit, Result};

use crate::rustc::unlinted;
use crate::tokens::hygienic_before;

/// The value of a numeric literal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    /// `numerator / denominator`, reduced.
    Ratio(i64, u64),
    /// A number whose ratio does not fit.
    Real(f64),
}

impl Number {
    /// Reads a literal; `None` if it is not a number.
    pub(crate) fn read(lit: &Lit) -> Option<Result<Self>> {
        let (digits, suffix) = match lit {
            Lit::Int(int) => (int.base10_digits(), int.suffix()),
            Lit::Float(float) => (float.base10_digits(), float.suffix()),
            _ => return None,
        };
        Some(if !suffix.is_empty() {
            Err(Error::new(
                lit.span(),
                "a number in a graph has no suffix: its type is the scalar of the graph",
            ))
        } else if let Some(ratio) = decimal(digits) {
            Ok(ratio)
        } else {
            match digits.parse::<f64>() {
                Ok(value) if value.is_finite() => Ok(Self::Real(value)),
                _ => Err(Error::new(lit.span(), "this number is too large")),
            }
        })
    }

    pub(crate) fn is_zero(self) -> bool {
        self == Self::Ratio(0, 1) || self == Self::Real(0.0)
    }

    pub(crate) fn is_one(self) -> bool {
        self == Self::Ratio(1, 1)
    }

    pub(crate) fn negated(self) -> Self {
        match self {
            // No literal is i64::MIN: its digits are read before its sign.
            Self::Ratio(numerator, denominator) => Self::Ratio(-numerator, denominator),
            Self::Real(value) => Self::Real(-value),
        }
    }

    /// `1 / self`, for a number that is not zero.
    pub(crate) fn reciprocal(self) -> Self {
        match self {
            Self::Ratio(numerator, denominator) => match i64::try_from(denominator) {
                Ok(value) => Self::Ratio(value * numerator.signum(), numerator.unsigned_abs()),
                #[expect(clippy::cast_precision_loss, reason = "the exact value does not fit")]
                Err(_) => Self::Real(denominator as f64 / numerator as f64),
            },
            Self::Real(value) => Self::Real(value.recip()),
        }
    }

    /// The `::cotangent::program::Literal` of that value.
    pub(crate) fn tokens(self, span: Span) -> TokenStream {
        let ours = hygienic_before(span);
        let spanned = |literal| unlinted(literal, Span::mixed_site());
        let (call, negative) = match self {
            Self::Ratio(numerator, denominator) => {
                let sign = (numerator < 0).then(|| quote_spanned!(ours=> -));
                let numerator = spanned(Literal::u64_unsuffixed(numerator.unsigned_abs()));
                let denominator = spanned(Literal::u64_unsuffixed(denominator));
                (
                    quote_spanned!(ours=> ratio),
                    quote_spanned!(ours=> #sign #numerator, #denominator),
                )
            }
            Self::Real(value) => {
                let sign = (value < 0.0).then(|| quote_spanned!(ours=> -));
                let value = spanned(Literal::f64_unsuffixed(value.abs()));
                (
                    quote_spanned!(ours=> real),
                    quote_spanned!(ours=> #sign #value),
                )
            }
        };
        quote_spanned!(ours=> ::cotangent::program::Literal::#call(#negative))
    }
}

/// The exact ratio of decimal digits such as `12`, `0.25` or `1e-3`, if it fits.
fn decimal(digits: &str) -> Option<Number> {
    let (mantissa, exponent) = match digits.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
        None => (digits, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let fraction = fraction.trim_end_matches('0');
    let numerator = format!("{whole}{fraction}").parse::<i64>().ok()?;
    let exponent = exponent.checked_sub(i32::try_from(fraction.len()).ok()?)?;
    if numerator == 0 {
        return Some(Number::Ratio(0, 1));
    }
    let power = 10_u64.checked_pow(exponent.unsigned_abs())?;
    if exponent >= 0 {
        return Some(Number::Ratio(
            numerator.checked_mul(i64::try_from(power).ok()?)?,
            1,
        ));
    }
    let common = gcd(numerator.unsigned_abs(), power);
    // The quotient of a positive i64 is one.
    let numerator = i64::try_from(numerator.unsigned_abs() / common).ok()?;
    Some(Number::Ratio(numerator, power / common))
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

#[cfg(test)]
mod tests {
    use super::Number::{Ratio, Real};
    use super::*;

    fn read(literal: &str) -> Number {
        Number::read(&syn::parse_str(literal).unwrap())
            .unwrap()
            .unwrap()
    }

    #[test]
    fn decimals_are_exact() {
        assert_eq!(read("2"), Ratio(2, 1));
        assert_eq!(read("2.50"), Ratio(5, 2));
        assert_eq!(read("0.1"), Ratio(1, 10));
        assert_eq!(read("0.000"), Ratio(0, 1));
        assert_eq!(read("1e-3"), Ratio(1, 1000));
        assert_eq!(read("1.5e3"), Ratio(1500, 1));
        assert_eq!(read("1_000.5"), Ratio(2001, 2));
        assert_eq!(read("0x10"), Ratio(16, 1));
        assert_eq!(read("1e-19"), Ratio(1, 10_000_000_000_000_000_000));
    }

    #[test]
    fn numbers_that_do_not_fit_are_real() {
        assert_eq!(read("1e30"), Real(1e30));
        assert_eq!(read("1e-30"), Real(1e-30));
        assert_eq!(read("9223372036854775807"), Ratio(i64::MAX, 1));
        assert_eq!(
            read("9223372036854775808"),
            Real(9_223_372_036_854_775_808.0)
        );
        assert_eq!(read("1e-19").reciprocal(), Real(1e19));
    }

    #[test]
    fn signs_and_reciprocals() {
        assert_eq!(read("0.4").reciprocal(), Ratio(5, 2));
        assert_eq!(read("0.4").negated().reciprocal(), Ratio(-5, 2));
        let tokens = read("0.4").negated().tokens(Span::call_site()).to_string();
        assert_eq!(
            tokens,
            quote::quote!(::cotangent::program::Literal::ratio(-2, 5)).to_string()
        );
        let tokens = Real(-1e30).tokens(Span::call_site()).to_string();
        assert!(tokens.contains("real (- 1000000"), "{tokens}");
    }

    #[test]
    fn suffixes_and_infinities_are_refused() {
        for (literal, words) in [
            ("2.0f32", "no suffix"),
            ("2u8", "no suffix"),
            ("1e400", "too large"),
        ] {
            let error = Number::read(&syn::parse_str(literal).unwrap())
                .unwrap()
                .unwrap_err();
            assert!(error.to_string().contains(words), "{error}");
        }
        assert!(Number::read(&syn::parse_str("\"two\"").unwrap()).is_none());
    }
}
