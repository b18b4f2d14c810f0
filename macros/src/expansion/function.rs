//! The function, or the expression, that a graph becomes.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::{GenericParam, Ident, Type, WherePredicate};

use super::body::Body;
use super::bounds::Bounds;
use crate::errors::Errors;
use crate::lowering::normal_form::NormalForm;
use crate::rustc;
use crate::syntax::consts::param_name;
use crate::syntax::dim::of_const;
use crate::syntax::graph::{Form, Graph, Signature};
use crate::tokens::{after, before, hygienic_after, hygienic_before};
use crate::validation::groups::Groups;
use crate::validation::undetermined::undetermined;

/// The function or the expression for one graph, or its errors.
pub(crate) fn expand(mut graph: Graph, lowered: &NormalForm, groups: &Groups) -> TokenStream {
    let header = std::mem::take(&mut graph.header_errors);
    let errors = std::mem::take(&mut graph.body_errors);
    match &graph.form {
        Form::Named(signature) if header.is_empty() => {
            named(signature, &graph, lowered, errors, groups)
        }
        Form::Named(signature) => without_types(signature, header, errors),
        Form::Closure if header.is_empty() && errors.are_in_place() => {
            let span = Span::call_site();
            let body = Body {
                graph: &graph,
                scalar: quote_spanned!(hygienic_before(span)=> _),
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
fn named(
    signature: &Signature,
    graph: &Graph,
    lowered: &NormalForm,
    errors: Errors,
    groups: &Groups,
) -> TokenStream {
    let Signature {
        attrs,
        vis,
        fn_token,
        name,
        generics,
        clause,
    } = signature;
    let span = hygienic_before(name.span());
    let scalar = scalar(name);
    let params = generics.params.iter();
    let close = quote_spanned!(hygienic_after(name.span())=> >);
    let body = Body {
        graph,
        scalar: scalar.to_token_stream(),
        name: name.unraw().to_string(),
        span: name.span(),
    };
    let (environment, context, results) = (body.environment(), body.context(), body.results());
    let body = if errors.are_in_place() {
        body.tokens(lowered)
    } else {
        errors.into_body()
    };
    // At `fn`, as if the user had written them: with spans of this macro, a message about a bound has one more note.
    let (first, last) = (before(fn_token.span), after(fn_token.span));
    let real = Ident::new("Real", last);
    let scalar_bound = (!bounds_scalar(signature))
        .then(|| quote_spanned!(first=> #scalar: ::cotangent::scalar::#real,));
    let bounds = Bounds::of_graph((generics, clause, fn_token.span), graph, lowered, groups);
    let last_bound = rustc::last_bound();
    let arguments = undetermined(generics, graph)
        .into_iter()
        .filter_map(|param| {
            let ty = match param {
                GenericParam::Const(param) => of_const(&param.ident),
                GenericParam::Type(param) => param.ident.to_token_stream(),
                GenericParam::Lifetime(_) => return None,
            };
            Some(quote_spanned!(span=> _: #ty))
        });
    let allowed = bounds.has_arithmetic().then(|| rustc::bounded_twice(span));
    let output = quote_spanned!(span=> ::cotangent::graph::GraphData<
        #scalar, #environment, #context, ::cotangent::graph::Returns<#results> #close);
    quote! {
        #(#attrs)*
        #allowed
        #vis #fn_token #name<#scalar, #(#params),*>(#(#arguments),*) -> #output
        where
            #scalar_bound
            #bounds
            #clause
            #last_bound
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
    let (errors, body) = (header.and(body).into_type(), rustc::body_of_error(&[]));
    quote!(#(#attrs)* #vis #fn_token #name<#scalar, #(#params),*>() -> #errors { #body })
}

/// The scalar's name. Users write it in `where` clauses, so it is one of their names, not one of ours.
fn scalar(name: &Ident) -> Ident {
    Ident::new("A", Span::call_site().located_at(before(name.span())))
}

fn bounds_scalar(signature: &Signature) -> bool {
    signature
        .clause
        .predicates
        .iter()
        .any(|predicate| match predicate {
            WherePredicate::Type(predicate) => is(&predicate.bounded_ty, "A"),
            _ => false,
        })
}

fn is(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Path(path) if path.qself.is_none() && path.path.is_ident(name))
}
