//! Sums, differences, products and quotients: of numbers, and as what rustc computes with.

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
    /// Whether there is a result for some dims only, so that a generic graph has to say that there is: a difference and a
    /// quotient are.
    pub(crate) fn is_judged(self) -> bool {
        matches!(self, Self::Sub | Self::Div)
    }

    /// `SubDim<right>`, underlined where the user wrote the operands.
    ///
    /// With the user's spans: a span of this macro would add a note about it to each error that points here.
    pub(crate) fn judgement(self, right: &TokenStream, (first, last): (Span, Span)) -> TokenStream {
        let (first, last) = (before(first), after(last));
        let name = Ident::new(
            if self == Self::Sub {
                "SubDim"
            } else {
                "DivDim"
            },
            first,
        );
        let mut tokens = quote_spanned!(first=> ::cotangent::dim::#name<#right);
        tokens.extend(quote_spanned!(last=> >));
        tokens
    }

    /// `Dim<Times<right> = value>`: that a difference or a quotient is taken back by a sum or a product.
    pub(crate) fn taken_back(
        self,
        right: &TokenStream,
        is_number: bool,
        value: &TokenStream,
        (first, last): (Span, Span),
    ) -> TokenStream {
        let (first, last) = (before(first), after(last));
        let name = match (self, is_number) {
            (Self::Sub, false) => "Plus",
            (Self::Sub, true) => "PlusNumber",
            (_, false) => "Times",
            (_, true) => "TimesNumber",
        };
        let name = Ident::new(name, first);
        let mut tokens = quote_spanned!(first=> ::cotangent::dim::Dim<#name<#right> = #value);
        tokens.extend(quote_spanned!(last=> >));
        tokens
    }

    /// `<right as Dim>::TimesNumber<number>`, which is what `<number as Dim>::Times<right>` comes to.
    pub(crate) fn of_number(
        self,
        number: &TokenStream,
        right: &TokenStream,
        ends: (Span, Span),
    ) -> TokenStream {
        let (first, last) = (before(ends.0), after(ends.1));
        let name = match self {
            Self::Add => "PlusNumber",
            _ => "TimesNumber",
        };
        let name = Ident::new(name, last);
        let mut tokens = quote_spanned!(first=> <#right as ::cotangent::dim::Dim>::#name<#number);
        tokens.extend(quote_spanned!(last=> >));
        tokens
    }

    /// `<left as Dim>::Times<right>`, or `<left as SubDim<right>>::Out`, underlined likewise.
    pub(crate) fn applied(
        self,
        left: &TokenStream,
        right: &TokenStream,
        ends: (Span, Span),
    ) -> TokenStream {
        let (first, last) = (before(ends.0), after(ends.1));
        if self.is_judged() {
            let judgement = self.judgement(right, ends);
            let mut tokens = quote_spanned!(first=> <#left as #judgement>::);
            tokens.extend(quote_spanned!(last=> Out));
            return tokens;
        }
        let name = Ident::new(if self == Self::Add { "Plus" } else { "Times" }, last);
        let mut tokens = quote_spanned!(first=> <#left as ::cotangent::dim::Dim>::#name<#right);
        tokens.extend(quote_spanned!(last=> >));
        tokens
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
