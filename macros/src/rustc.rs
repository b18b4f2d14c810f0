//! The tricks by which an expansion steers what rustc says: each has one name, and is written here and nowhere else.
//!
//! | trick | what it does |
//! | --- | --- |
//! | [`error_value`], [`error_type`], [`body_of_error`] | what is wrong has the error type: nothing cascades |
//! | [`ascribed`] | a value of a wrong type has the error type from there on |
//! | [`projected_first`], [`projected_first_in_item`] | what is no entry is said once, at its type, first |
//! | [`bounded_at`] | an error in the bounds of a call is the user's op's |
//! | [`PairedNode`] | an error in a value underlines its whole expression |
//! | [`spanning`] | an error of ours underlines from one token to another |
//! | [`bounded_identity`] | a value is what a bound asks for, or an error at it |
//! | [`number_of_rust`] | what is no number is an error at it |
//! | [`with_kind_of_handles`] | a message about a field has no kind to infer |
//! | [`field_named`] | a message about an argument has no note about the call |
//! | [`index_checked`] | an index out of range is the error of an array |
//! | [`in_braces`] | no lint is about the braces around a const |
//! | [`unlinted`] | no lint is about our digits for the user's number |
//! | [`second_impl`] | rustc asks a judgement with one case, and does not infer from it |
//! | [`last_bound`] | a bound that rustc proposes goes where the user can write it |
//! | [`not_recommended`] | an impl is not proposed, and the message is about the trait |
//! | [`bounded_twice`] | clippy does not blame the user for our bounds |
//!
//! Two more have a file of their own. Where a token stands, and whose it is, is [`crate::tokens`]: a token that is the
//! user's has no note about this macro. And an `einsum!` declares a trait for its judgement, whose message has its
//! letters: [`crate::expansion::expand_einsum`].

use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Error;

use crate::tokens::{after, before, ends, hygienic_after, hygienic_before};

/// Errors as one expression or pattern.
///
/// `compile_error!` has the error type, about which the compiler stays silent: nothing cascades from here.
pub(crate) fn error_value(mut errors: Vec<TokenStream>) -> TokenStream {
    if errors.len() == 1 {
        errors.remove(0)
    } else {
        quote!((#(#errors)|*))
    }
}

/// Errors as one type.
///
/// As a type `compile_error!` itself would be `()`, and cause errors elsewhere. As the length of an array it makes
/// that type one about which the compiler stays silent.
pub(crate) fn error_type(errors: &[TokenStream]) -> TokenStream {
    quote!([(); { #(#errors);* }])
}

/// Errors as the body of a function, whose signature is right: it returns whatever that says.
pub(crate) fn body_of_error(errors: &[TokenStream]) -> TokenStream {
    quote!(#(#errors)* ::core::unreachable!())
}

/// `[expected::<TYPE>(), VALUE]`, which holds a value against the type that the user wrote at `span`.
///
/// Not a `let` with a type: that has its type also after an error, and the graph, which has another one, is then
/// reported twice more where it is returned. An array whose elements differ has the error type.
pub(crate) fn ascribed(ty: &impl ToTokens, span: Span, value: &TokenStream) -> TokenStream {
    let (first, last) = (hygienic_before(span), hygienic_after(span));
    let call = quote_spanned!(last=> ());
    quote_spanned!(first=> [::cotangent::__private::expected::<#ty> #call, #value])
}

/// `let _: <TYPE as Entry>::Vars;`, at the beginning of a body: the first error about a type that is no entry, with the
/// caret on it. Those that follow from it rustc takes for the same, and keeps to itself.
pub(crate) fn projected_first(
    projections: impl IntoIterator<Item = TokenStream>,
    span: Span,
) -> TokenStream {
    let projections = projections.into_iter();
    quote_spanned!(span=> #(let _: #projections;)*)
}

/// [`projected_first`] above an item: the projections are the parameters of a function that nobody calls.
///
/// `params_end` is where the generic parameters of the item end. rustc proposes a clause after the parentheses: there,
/// where the item can have one.
pub(crate) fn projected_first_in_item(
    projections: &[TokenStream],
    params: &impl ToTokens,
    where_clause: &TokenStream,
    params_end: Span,
    span: Span,
) -> Option<TokenStream> {
    let mut taken = Group::new(
        Delimiter::Parenthesis,
        quote_spanned!(span=> #(_: #projections),*),
    );
    taken.set_span(after(params_end));
    (!projections.is_empty()).then(|| {
        quote_spanned! {span=>
            const _: () = {
                #[allow(dead_code, clippy::multiple_bound_locations)]
                fn judged #params #taken #where_clause {}
            };
        }
    })
}

/// The call of a method of `GraphData`, whose bounds are the rules of the user's op.
///
/// By its path, the first token before the user's op and the last after it: an error in the bounds underlines all of
/// the op, and no token of ours is on it.
pub(crate) fn bounded_at(method: &str, args: &TokenStream, span: Span) -> TokenStream {
    let last = after(span);
    let method = Ident::new(method, last);
    let args = quote_spanned!(last=> (#args));
    quote_spanned!(before(span)=> ::cotangent::graph::GraphData::#method #args)
}

/// A variable with a graph and its newest node, for a node that the user has no name for.
///
/// The node is `pair.1`, which are several tokens. The first is placed at the first token of the user's expression and
/// the last at its last, so that an error in that value underlines the whole expression. Both are the user's, unlike
/// other names of ours: a token of this macro would add a note about it to each error. Hence a name that is nobody's.
pub(crate) struct PairedNode {
    pub(crate) pair: Ident,
    pub(crate) node: TokenStream,
}

impl PairedNode {
    /// The pair of some number, for what the user wrote as `source`.
    pub(crate) fn new(number: usize, source: impl ToTokens) -> Self {
        let (first, last) = ends(source);
        let pair = temporary(number, first);
        let node = quote_spanned!(after(last)=> .1);
        Self {
            node: quote!(#pair #node),
            pair,
        }
    }
}

/// A variable of ours, before a token of the user.
pub(crate) fn temporary(number: usize, place: Span) -> Ident {
    Ident::new(&format!("__cotangent{number}"), before(place))
}

/// An error that underlines all from one token to another: two tokens stand for what is between them, for joining spans
/// is not stable.
pub(crate) fn spanning((first, last): (Span, Span), message: &str) -> Error {
    let mut tokens = quote_spanned!(first=> _);
    tokens.extend(quote_spanned!(last=> _));
    Error::new_spanned(tokens, message)
}

/// `::cotangent::__private::FUNCTION(ARGUMENT)`: a function that does nothing but to have a bound, which an error
/// underlines at `start`, before what the user wrote. The parentheses are at `parens`.
///
/// With the span of the user, unlike other names of ours: of one of this macro an error would have a note.
pub(crate) fn bounded_identity(
    function: &str,
    argument: TokenStream,
    start: Span,
    parens: Span,
) -> TokenStream {
    let function = Ident::new(function, before(start));
    let mut call = Group::new(Delimiter::Parenthesis, argument);
    call.set_span(parens);
    quote_spanned!(before(start)=> ::cotangent::__private::#function #call)
}

/// `::cotangent::program::Literal::of(NUMBER)`, whose bound an error underlines where the user wrote the number. Not by
/// [`bounded_identity`]: a message with this bound names the function, so it is one for users.
pub(crate) fn number_of_rust(value: &TokenStream, (first, last): (Span, Span)) -> TokenStream {
    let mut call = Group::new(Delimiter::Parenthesis, value.clone());
    call.set_span(after(last));
    quote_spanned!(before(first)=> ::cotangent::program::Literal::of #call)
}

/// `::<_, _, Handles>` for a literal of a group of so many types, whose kind is then known where its fields are
/// checked: the message about one is shorter. With the span of the user: of a literal of this macro, rustc proposes no
/// field for one that is misspelled.
pub(crate) fn with_kind_of_handles(params: usize, name: Span) -> TokenStream {
    let span = after(name);
    let holes = (0..params).map(|_| quote_spanned!(span=> _,));
    quote_spanned!(span=> ::<#(#holes)* ::cotangent::context::Handles>)
}

/// `{ VALUE }` where the user has braces of their own: those `unused_braces` would blame, and for these of ours no lint
/// says that they are not needed.
pub(crate) fn in_braces(value: &impl ToTokens, span: Span) -> TokenStream {
    quote_spanned!(hygienic_before(span)=> { #value })
}

/// A literal of ours that a lint does not compare to the user's number in that place.
pub(crate) fn unlinted(mut literal: Literal, ours: Span) -> Literal {
    literal.set_span(ours);
    literal
}

/// `TensorList { 0: VALUE }`: an argument of `TensorList(…)` of another type has three notes about that call.
pub(crate) fn field_named(value: &TokenStream, span: Span) -> TokenStream {
    let value = quote_spanned!(hygienic_after(span)=> { 0: #value });
    quote_spanned!(hygienic_before(span)=> ::cotangent::context::TensorList #value)
}

/// `BASE.layer(|all| { let at = INDEX; let () = all[at]; at })`: the entry of an array, whose handles are made when
/// they are asked for, so there is none to refer to. The index is also that of an array of the same length, for the
/// error of one that is out of range.
///
/// With the spans of the user: rustc is silent about an index of a macro. Hence a name that is nobody's.
pub(crate) fn index_checked(
    base: &TokenStream,
    index: &impl ToTokens,
    start: Span,
    brackets: Span,
) -> TokenStream {
    let all = Ident::new("__cotangent_all", before(start));
    let layer = Ident::new("layer", before(brackets));
    let mut entry = Group::new(
        Delimiter::Bracket,
        quote_spanned!(hygienic_before(brackets)=> at),
    );
    entry.set_span(brackets);
    quote_spanned! {hygienic_before(brackets)=>
        #base.#layer(|#all| { let at: ::core::primitive::usize = #index; let () = #all #entry; at })
    }
}

/// `A: Sized,`, the last bound of a graph. rustc proposes a bound in place of what is from the end of the last one to
/// the end of the clause. So the last one ends where the macro does, and not at `fn`.
pub(crate) fn last_bound() -> TokenStream {
    let scalar = Ident::new("A", Span::call_site());
    quote!(#scalar: ::core::marker::Sized,)
}

/// An impl of a judgement that the expansion declares, for a type that nobody has: were there one impl only, rustc
/// would take its arguments for those of the call, and not ask the judgement.
pub(crate) fn second_impl(judgement: &Ident, result: &Ident, span: Span) -> TokenStream {
    quote_spanned! {span=>
        enum Never {}
        impl<S> #judgement<Never> for S {
            type #result = ();
        }
    }
}

/// The attribute of an impl that rustc is not to propose in place of the trait that is missing.
pub(crate) fn not_recommended(span: Span) -> TokenStream {
    quote_spanned!(span=> #[diagnostic::do_not_recommend])
}

/// The attribute of an item whose parameters have bounds in two places, of which the user wrote one.
pub(crate) fn bounded_twice(span: Span) -> TokenStream {
    quote_spanned!(span=> #[allow(clippy::multiple_bound_locations)])
}
