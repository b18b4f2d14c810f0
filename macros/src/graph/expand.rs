//! The function, or the expression, that a graph becomes.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{GenericParam, Ident, Type, WherePredicate};

use super::header::Returned;
use super::parse::{Form, Graph, Signature};
use super::statements::Body;
use super::steps::Lowered;
use crate::errors::Errors;
use crate::tokens::{at, list_type_onto};

/// The function or the expression for one graph, or its errors.
pub(crate) fn expand(mut graph: Graph, lowered: &Lowered) -> TokenStream {
    let header = std::mem::take(&mut graph.header_errors);
    let errors = std::mem::take(&mut graph.body_errors);
    match &graph.form {
        Form::Named(signature) if header.is_empty() => named(signature, &graph, lowered, errors),
        Form::Named(signature) => without_types(signature, header, errors),
        Form::Closure if header.is_empty() && errors.are_in_place() => {
            let span = Span::call_site();
            let body = Body {
                graph: &graph,
                scalar: quote_spanned!(at(span)=> _),
                name: "graph".to_owned(),
                span,
            };
            let body = body.tokens(lowered);
            quote!({ #body })
        }
        Form::Closure => header.and(errors).into_value(),
    }
}

/// The function of a named graph. With an error in its body it still has its signature, for those who call it.
fn named(signature: &Signature, graph: &Graph, lowered: &Lowered, errors: Errors) -> TokenStream {
    let Signature {
        attrs,
        vis,
        fn_token,
        name,
        generics,
        where_clause,
    } = signature;
    let span = at(name.span());
    let scalar = scalar(name);
    let params = generics.params.iter();
    let param_names = generics.params.iter().filter_map(param_name);
    let computed_before = if errors.are_in_place() {
        quote_spanned!(span=> impl ::cotangent::graph::Computed + use<#scalar, #(#param_names),*>)
    } else {
        quote_spanned!(span=> ::cotangent::__private::HNil)
    };
    // A context grows at its head, so what is returned first is deepest.
    let computed = match &graph.returned {
        Returned::Inferred => computed_before,
        Returned::One(shape) => list_type_onto([shape], computed_before, name.span()),
        Returned::Many(shapes) => list_type_onto(shapes.iter().rev(), computed_before, name.span()),
    };
    let body = Body {
        graph,
        scalar: scalar.to_token_stream(),
        name: name.unraw().to_string(),
        span: name.span(),
    };
    let (environment, context) = (body.environment(), body.context());
    let body = if errors.are_in_place() {
        body.tokens(lowered)
    } else {
        let errors = errors.invocations();
        quote!(#(#errors)* ::core::unreachable!())
    };
    // At `fn`, as if the user had written them: with spans of this macro, a message about a bound has one more note.
    let scalar_bound = (!bounds_scalar(signature))
        .then(|| quote_spanned!(fn_token.span=> #scalar: ::cotangent::scalar::Real));
    let const_bounds = generics.params.iter().filter_map(|param| match param {
        GenericParam::Const(param) if is(&param.ty, "usize") => {
            let name = &param.ident;
            let dim = quote_spanned!(at(name.span())=> ::cotangent::dim::N<#name>);
            Some(quote_spanned!(fn_token.span=> #dim: ::cotangent::dim::Dim))
        }
        _ => None,
    });
    let predicates = where_clause.iter().flat_map(|clause| &clause.predicates);
    // rustc proposes a bound from the end of the last one to the end of the clause: where the whole macro ends, and not
    // in place of all from `fn` on.
    let scalar_name = Ident::new("A", Span::call_site());
    let last = quote!(#scalar_name: ::core::marker::Sized);
    let bounds = scalar_bound.into_iter().chain(const_bounds);
    let bounds = bounds
        .chain(predicates.map(ToTokens::to_token_stream))
        .chain([last]);
    let output = quote_spanned!(span=> ::cotangent::graph::GraphData<#scalar, #environment, #context, #computed>);
    quote! {
        #(#attrs)*
        #vis #fn_token #name<#scalar, #(#params),*>() -> #output
        where
            #(#bounds,)*
        {
            #body
        }
    }
}

/// The function of a graph whose header is wrong: what it returns has the error type, which stops all that follows
/// from it.
fn without_types(signature: &Signature, header: Errors, body: Errors) -> TokenStream {
    let Signature {
        attrs,
        vis,
        fn_token,
        name,
        generics,
        ..
    } = signature;
    let scalar = scalar(name);
    // A lifetime, or another `A`, is what the header's error may be about.
    let params = generics
        .params
        .iter()
        .filter(|param| param_name(param).is_some_and(|name| name != "A"));
    let errors = header.and(body).into_type();
    quote!(#(#attrs)* #vis #fn_token #name<#scalar, #(#params),*>() -> #errors { ::core::unreachable!() })
}

/// The scalar's name. Users write it in `where` clauses, so it is one of their names, not one of ours.
fn scalar(name: &Ident) -> Ident {
    Ident::new("A", Span::call_site().located_at(name.span()))
}

fn param_name(param: &GenericParam) -> Option<&Ident> {
    match param {
        GenericParam::Type(param) => Some(&param.ident),
        GenericParam::Const(param) => Some(&param.ident),
        GenericParam::Lifetime(_) => None,
    }
}

fn bounds_scalar(signature: &Signature) -> bool {
    signature
        .where_clause
        .iter()
        .flat_map(|clause| &clause.predicates)
        .any(|predicate| match predicate {
            WherePredicate::Type(predicate) => is(&predicate.bounded_ty, "A"),
            _ => false,
        })
}

fn is(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.qself.is_none() && path.path.is_ident(name))
}
