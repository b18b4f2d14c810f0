//! Integers among the arguments of an op: an axis, and the sizes after it, are types.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{
    Error, Expr, ExprCall, ExprTuple, GenericArgument, Lit, LitInt, PathArguments, Result, UnOp,
};

use crate::rustc::spanning;
use crate::syntax::consts::Consts;
use crate::syntax::dim::dim;
use crate::syntax::expression::unparenthesized;
use crate::tokens::{hygienic_after, hygienic_before};

/// The ops that take an axis. A test of the library holds this list against their functions.
const OPS: [&str; 22] = [
    "argmax",
    "argmin",
    "batch_norm",
    "batch_norm_inference",
    "broadcast_axis",
    "channel_mean",
    "channel_variance",
    "concat",
    "cumsum",
    "log_softmax",
    "logsumexp",
    "max_axis",
    "mean_axis",
    "merge_axes",
    "pad",
    "slice",
    "softmax",
    "split",
    "split_axis",
    "stack",
    "sum_axis",
    "variance_axis",
];

/// What stands for each argument of a call of one of these ops that is an integer: the first is the axis, and those after
/// it are sizes. `permute` takes a tuple of axes.
pub(crate) fn sizes(call: &ExprCall) -> Vec<Option<Result<TokenStream>>> {
    let op = match unparenthesized(&call.func) {
        Expr::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    };
    let op = op.unwrap_or_default();
    let takes_axis = OPS.contains(&op.as_str());
    let mut is_axis = true;
    let of_arg = |arg: &Expr| match unparenthesized(arg) {
        Expr::Tuple(tuple) if op == "permute" => axes(tuple),
        arg => {
            let int = integer(arg).filter(|_| takes_axis)?;
            let was_axis = std::mem::replace(&mut is_axis, false);
            Some(int.and_then(if was_axis { axis } else { size }))
        }
    };
    call.args.iter().map(of_arg).collect()
}

/// `(Axis::<1>, Axis::<0>)` for `(1, 0)`
fn axes(tuple: &ExprTuple) -> Option<Result<TokenStream>> {
    let axes: Option<Vec<_>> = tuple.elems.iter().map(integer).collect();
    let axes: Result<Vec<_>> = axes?.into_iter().map(|int| int.and_then(axis)).collect();
    let span = hygienic_before(tuple.paren_token.span.join());
    Some(axes.map(|axes| quote_spanned!(span=> (#(#axes,)*))))
}

/// The error of `concat::<1>(x, y)`.
pub(crate) fn check_turbofish(call: &ExprCall) -> Option<Error> {
    let Expr::Path(path) = unparenthesized(&call.func) else {
        return None;
    };
    let last = path.path.segments.last()?;
    let PathArguments::AngleBracketed(generic) = &last.arguments else {
        return None;
    };
    let sizes: Vec<String> = generic.args.iter().map_while(literal).collect();
    let is_op = OPS.iter().any(|op| last.ident == op);
    let all = is_op && sizes.len() == generic.args.len() && !sizes.is_empty();
    all.then(|| {
        let message = format!(
            "an axis is an argument: write `{}(…, {})`",
            last.ident,
            sizes.join(", ")
        );
        Error::new_spanned(generic, message)
    })
}

fn literal(arg: &GenericArgument) -> Option<String> {
    match arg {
        GenericArgument::Const(Expr::Lit(lit)) => Some(lit.to_token_stream().to_string()),
        _ => None,
    }
}

/// An integer without a suffix.
fn integer(arg: &Expr) -> Option<Result<&LitInt>> {
    match unparenthesized(arg) {
        Expr::Lit(lit) => match &lit.lit {
            Lit::Int(int) if int.suffix().is_empty() => Some(Ok(int)),
            _ => None,
        },
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            let int = integer(&unary.expr)?.ok()?;
            let message = "axes are counted from 0, the first, and sizes are not negative";
            Some(Err(spanning((unary.op.span(), int.span()), message)))
        }
        _ => None,
    }
}

/// `Axis::<1>`
fn axis(int: &LitInt) -> Result<TokenStream> {
    let axis = Literal::usize_unsuffixed(int.base10_parse()?);
    let close = quote_spanned!(hygienic_after(int.span())=> >);
    Ok(quote_spanned!(hygienic_before(int.span())=> ::cotangent::shape::Axis::<#axis #close))
}

/// `N::<3>`
pub(crate) fn size(int: &LitInt) -> Result<TokenStream> {
    let consts = Consts::default();
    let parser = |input: ParseStream| dim(input, &consts);
    let dim = parser.parse2(int.to_token_stream())?;
    let mut tokens =
        quote_spanned!(hygienic_before(int.span())=> <#dim as ::core::default::Default>);
    tokens.extend(quote_spanned!(hygienic_after(int.span())=> ::default()));
    Ok(tokens)
}
