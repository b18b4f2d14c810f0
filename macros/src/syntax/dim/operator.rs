//! Sums, differences, products and quotients: of numbers, and as the traits that rustc computes with.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote_spanned;

use crate::tokens::{after, before};

/// One size above all sizes.
const LIMIT: u64 = 1_000_000_000;

/// What combines two sizes.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Operator {
    Add,
    Sub,
    Mul,
    Div,
}

impl Operator {
    /// What takes it back, of a difference or a quotient.
    pub(crate) fn inverse(self) -> Option<Self> {
        match self {
            Self::Add | Self::Mul => None,
            Self::Sub => Some(Self::Add),
            Self::Div => Some(Self::Mul),
        }
    }

    /// `MulDim<right>` or `MulDim<right, Out = value>`, underlined where the user wrote the operands.
    ///
    /// With the user's spans: a span of this macro would add a note about it to each error that points here.
    pub(crate) fn bound(
        self,
        right: &TokenStream,
        value: Option<&TokenStream>,
        (first, last): (Span, Span),
    ) -> TokenStream {
        let (first, last) = (before(first), after(last));
        let name = Ident::new(self.name(), first);
        let value = value.map(|value| quote_spanned!(first=> , Out = #value));
        let mut tokens = quote_spanned!(first=> ::cotangent::dim::#name<#right #value);
        tokens.extend(quote_spanned!(last=> >));
        tokens
    }

    /// `<left as MulDim<right>>::Out`, underlined likewise.
    pub(crate) fn applied(
        self,
        left: &TokenStream,
        right: &TokenStream,
        ends: (Span, Span),
    ) -> TokenStream {
        let bound = self.bound(right, None, ends);
        let mut tokens = quote_spanned!(before(ends.0)=> <#left as #bound>::);
        tokens.extend(quote_spanned!(after(ends.1)=> Out));
        tokens
    }

    /// The name of its trait.
    fn name(self) -> &'static str {
        match self {
            Self::Add => "AddDim",
            Self::Sub => "SubDim",
            Self::Mul => "MulDim",
            Self::Div => "DivDim",
        }
    }

    /// Its value, or why there is none.
    pub(crate) fn of_numbers(self, a: u64, b: u64) -> std::result::Result<u64, String> {
        let value = match self {
            Self::Add => a + b,
            Self::Mul => a * b, // of two sizes below 2^30
            Self::Sub => match a.checked_sub(b) {
                Some(value) => value,
                None => {
                    return Err(format!(
                        "a size is not negative, and this is -{}",
                        grouped(b - a)
                    ));
                }
            },
            Self::Div if a.is_multiple_of(b) => a / b,
            Self::Div => {
                return Err(format!("{} does not divide {}", grouped(b), grouped(a)));
            }
        };
        if value < LIMIT {
            Ok(value)
        } else {
            Err(format!(
                "a size is below 1,000,000,000, and this is {}",
                grouped(value)
            ))
        }
    }
}

/// `50257` as people read it: `50,257`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
