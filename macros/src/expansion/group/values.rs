//! The values of a group: the struct with tensors for its fields, which is a vector.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote_spanned};
use syn::{Visibility, parse_quote_spanned};

use super::declaration::Declaration;
use crate::expansion::projection::of_scalar;
use crate::tokens::{before, hygienic_before, list_value};

/// What a group is over a scalar. Users have no parameter of this name.
fn scalar(declaration: &Declaration) -> Ident {
    Ident::new("__Scalar", declaration.span)
}

/// What the values of a group implement, and their constructor.
pub(crate) fn expand(declaration: &Declaration) -> TokenStream {
    let span = declaration.span;
    let scalar = scalar(declaration);
    let ty = declaration.of(&quote_spanned!(span=> ::cotangent::context::Values<#scalar>));
    let mut tokens = group_values(declaration, &ty);
    tokens.extend(equality(declaration, &ty));
    tokens.extend(operators(declaration, &ty));
    tokens.extend(constructor(declaration, &ty));
    tokens
}

/// Their list and back, and a walk over their tensors.
fn group_values(declaration: &Declaration, ty: &TokenStream) -> TokenStream {
    let (span, group, context) = (
        declaration.span,
        &declaration.group.name,
        &declaration.context,
    );
    let (scalar, names, texts) = (
        scalar(declaration),
        declaration.names(),
        declaration.texts(),
    );
    let handles = declaration.of(&quote_spanned!(span=> ::cotangent::context::Handles));
    let fields = names.iter().map(|name| quote_spanned!(span=> self.#name));
    let fields = list_value(fields.collect::<Vec<_>>(), group.span());
    let bound: Vec<_> = (0..names.len())
        .map(|field| format_ident!("__{field}", span = span))
        .collect();
    let pattern = list_value(&bound, group.span());
    declaration.implement(
        Some(parse_quote_spanned!(span=> #scalar: ::cotangent::scalar::Semiring)),
        &quote_spanned!(span=> ::cotangent::context::GroupValues),
        ty,
        &quote_spanned! {span=>
            type Scalar = #scalar;
            type Group = #handles;
            fn into_list(self) -> ::cotangent::context::TList<#scalar, #context> {
                ::cotangent::context::TensorList(#fields)
            }
            fn from_list(list: ::cotangent::context::TList<#scalar, #context>) -> Self {
                let ::cotangent::context::TensorList(#pattern) = list;
                #group { #(#names: #bound,)* }
            }
            fn walk_fields<'__a>(
                &'__a self,
                name: &::cotangent::context::Name,
                walk: &mut ::cotangent::context::Walk<'_, '__a, #scalar>,
            ) {
                #(::cotangent::context::Named::walk(
                    &self.#names,
                    &::cotangent::__private::field(name, #texts),
                    walk,
                );)*
            }
        },
    )
}

fn equality(declaration: &Declaration, ty: &TokenStream) -> TokenStream {
    let (span, scalar, names) = (declaration.span, scalar(declaration), declaration.names());
    declaration.implement(
        Some(parse_quote_spanned!(span=> #scalar: ::cotangent::scalar::Semiring)),
        &quote_spanned!(span=> ::core::cmp::PartialEq),
        ty,
        &quote_spanned! {span=>
            fn eq(&self, other: &Self) -> ::core::primitive::bool {
                true #(&& self.#names == other.#names)*
            }
        },
    )
}

/// `p + q`, `p - q`, `p * 0.5`, `p / 2.0` and `-p`, of values and of references; `p += q`, `p -= q`, `p *= 0.5`, `p /= 2.0`; and of
/// floats `0.5 * p`.
fn operators(declaration: &Declaration, ty: &TokenStream) -> TokenStream {
    let (span, scalar) = (declaration.span, scalar(declaration));
    let (value, reference) = (quote_spanned!(span=> #ty), quote_spanned!(span=> &#ty));
    let number = quote_spanned!(span=> #scalar);
    let mut tokens = TokenStream::new();
    let mut implement = |level: &str, operator: TokenStream, this: &TokenStream, body| {
        let level = Ident::new(level, span);
        tokens.extend(declaration.implement(
            Some(parse_quote_spanned!(span=> #scalar: ::cotangent::scalar::#level)),
            &quote_spanned!(span=> ::core::ops::#operator),
            this,
            &body,
        ));
    };
    let others = [&value, &reference];
    for (level, operator, method, algebra, others) in [
        ("Semiring", "Add", "add", "add", &others[..]),
        ("Ring", "Sub", "sub", "sub", &others[..]),
        ("Semiring", "Mul", "mul", "scale", &[&number][..]),
        ("Field", "Div", "div", "map_each", &[&number][..]),
    ] {
        let assign = format_ident!("{operator}Assign", span = span);
        let method_assign = format_ident!("{method}_assign", span = span);
        let [operator, method] = [operator, method].map(|name| Ident::new(name, span));
        for other in others {
            // A vector is borrowed, as the method of the algebra wants it, and a scalar is given away.
            let result = match algebra {
                "scale" => quote_spanned! {span=>
                    ::cotangent::context::Algebra::<#scalar>::scale(this, other)
                },
                "map_each" => quote_spanned! {span=>
                    ::cotangent::context::Elementwise::<#scalar>::map_each(this, &mut |x| {
                        ::core::clone::Clone::clone(x) / ::core::clone::Clone::clone(&other)
                    })
                },
                name => {
                    let name = Ident::new(name, span);
                    quote_spanned! {span=>
                        ::cotangent::context::Algebra::<#scalar>::#name(this, ::core::borrow::Borrow::<#ty>::borrow(&other))
                    }
                }
            };
            for this in [&value, &reference] {
                implement(
                    level,
                    quote_spanned!(span=> #operator<#other>),
                    this,
                    quote_spanned! {span=>
                        type Output = #ty;
                        fn #method(self, other: #other) -> #ty {
                            let this = ::core::borrow::Borrow::<#ty>::borrow(&self);
                            #result
                        }
                    },
                );
            }
            implement(
                level,
                quote_spanned!(span=> #assign<#other>),
                &value,
                quote_spanned! {span=>
                    fn #method_assign(&mut self, other: #other) {
                        *self = ::core::ops::#operator::#method(&*self, other);
                    }
                },
            );
        }
    }
    for this in [&value, &reference] {
        implement(
            "Ring",
            quote_spanned!(span=> Neg),
            this,
            quote_spanned! {span=>
                type Output = #ty;
                fn neg(self) -> #ty {
                    let this = ::core::borrow::Borrow::<#ty>::borrow(&self);
                    ::cotangent::context::Algebra::<#scalar>::scale(this, -<#scalar as ::cotangent::__private::One>::one())
                }
            },
        );
    }
    for float in ["f32", "f64"] {
        let float = Ident::new(float, span);
        let ty = declaration
            .of(&quote_spanned!(span=> ::cotangent::context::Values<::core::primitive::#float>));
        for of in [quote_spanned!(span=> #ty), quote_spanned!(span=> &#ty)] {
            tokens.extend(declaration.implement(
                None,
                &quote_spanned!(span=> ::core::ops::Mul<#of>),
                &quote_spanned!(span=> ::core::primitive::#float),
                &quote_spanned! {span=>
                    type Output = #ty;
                    fn mul(self, other: #of) -> #ty {
                        other * self
                    }
                },
            ));
        }
    }
    tokens
}

/// `Linear::of(weight, bias)`: that it is of values need not be written.
fn constructor(declaration: &Declaration, ty: &TokenStream) -> TokenStream {
    let (span, group, scalar) = (declaration.span, declaration.group, scalar(declaration));
    let vis = group
        .fields
        .iter()
        .map(|field| &field.vis)
        .min_by_key(|vis| rank(vis))
        .unwrap_or(&group.vis);
    let generics =
        declaration.generics(parse_quote_spanned!(span=> #scalar: ::cotangent::scalar::Semiring));
    let (impl_generics, where_clause) = (generics.split_for_impl().0, &declaration.where_clause);
    let (name, names) = (&group.name, declaration.names());
    let params = group.fields.iter().map(|field| {
        let (name, ty) = (&field.name, of_scalar(&field.entry, &scalar));
        quote_spanned!(hygienic_before(name.span())=> #name: #ty)
    });
    // With the span of the user: with one of this macro, a message about an argument has one more note.
    let of = Ident::new("of", before(name.span()));
    quote_spanned! {span=>
        impl #impl_generics #ty #where_clause {
            /// The values of its fields, in the order in which they are declared.
            #[allow(clippy::too_many_arguments, dead_code)]
            #vis fn #of(#(#params),*) -> Self {
                #name { #(#names,)* }
            }
        }
    }
}

/// How many see it: the constructor is seen by those who see every field.
fn rank(vis: &Visibility) -> usize {
    match vis {
        Visibility::Inherited => 0,
        Visibility::Restricted(restricted) if restricted.path.is_ident("crate") => 2,
        Visibility::Restricted(_) => 1,
        Visibility::Public(_) => 3,
    }
}
