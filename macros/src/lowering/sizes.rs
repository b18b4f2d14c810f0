//! Integers among the arguments of an op: an axis, and the sizes after it, are types.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::parse::{ParseStream, Parser};
use syn::spanned::Spanned;
use syn::{
    Error, Expr, ExprCall, ExprLit, ExprTuple, GenericArgument, Lit, LitInt, PathArguments, Result,
    UnOp,
};

use crate::rustc::spanning;
use crate::syntax::consts::Consts;
use crate::syntax::dim::dim;
use crate::syntax::expression::{called, unparenthesized};
use crate::tokens::{hygienic_after, hygienic_before};

/// The ops that take an axis. A test of the library holds this list against their functions.
const OPS: [&str; 23] = [
    "along",
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

/// The ops that take a window, and how many axes it has.
const POOLS: [(&str, usize); 4] = [
    ("avg_pool1d", 1),
    ("avg_pool2d", 2),
    ("max_pool1d", 1),
    ("max_pool2d", 2),
];

/// The ops that take a size, which is a pair; one integer is a square.
const TO_SIZE: [&str; 2] = ["adaptive_avg_pool2d", "adaptive_max_pool2d"];

/// The ops that take a factor.
const FACTOR: [&str; 2] = ["upsample_bilinear", "upsample_nearest"];

/// What stands for each argument of a call of one of these ops that is an integer: the first is the axis, and those after
/// it are sizes. An axis may be `keep(1)`, and sizes an array, `[4; 2]`. `permute` takes a tuple of axes, and a pool
/// a square.
pub(crate) fn sizes(call: &ExprCall) -> Vec<Option<Result<TokenStream>>> {
    let (op, _) = called(call);
    let takes_axis = OPS.contains(&op.as_str());
    let axes_of_pool = POOLS
        .iter()
        .find(|(pool, _)| *pool == op)
        .map(|(_, axes)| *axes);
    let mut is_axis = true;
    let of_arg = |arg: &Expr| match unparenthesized(arg) {
        Expr::Tuple(tuple) if op == "permute" => axes(tuple),
        arg if axes_of_pool.is_some() => {
            Some(integer(arg)?.and_then(|side| window(side, axes_of_pool)))
        }
        Expr::Tuple(tuple) if TO_SIZE.contains(&op.as_str()) => pair(tuple),
        arg if TO_SIZE.contains(&op.as_str()) => Some(integer(arg)?.and_then(square)),
        arg if FACTOR.contains(&op.as_str()) => Some(integer(arg)?.and_then(size)),
        Expr::Repeat(repeat) => {
            let int = integer(&repeat.expr).filter(|_| takes_axis)?;
            let span = hygienic_before(repeat.bracket_token.span.join());
            let count = &repeat.len;
            Some(
                int.and_then(size)
                    .map(|size| quote_spanned!(span=> [#size; #count])),
            )
        }
        Expr::Call(call) if takes_axis && is_axis => {
            let kept = kept(call)?;
            is_axis = false;
            Some(kept.and_then(|int| axis_named("Keep", int)))
        }
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

/// The ops of all elements, which others do along an axis.
const OF_ALL: [(&str, &str); 4] = [
    ("max", "max_axis"),
    ("mean", "mean_axis"),
    ("sum", "sum_axis"),
    ("variance", "variance_axis"),
];

/// The error of a call of an op by what it looks like: where the axis stands, and how many arguments there are.
pub(crate) fn check(call: &ExprCall) -> Option<Error> {
    check_turbofish(call)
        .or_else(|| check_axis(call))
        .or_else(|| check_arguments(call))
}

/// The error of `sum(x, 1)` and of `softmax(x, axis = 1)`.
fn check_axis(call: &ExprCall) -> Option<Error> {
    let (op, _) = called(call);
    let of_axis = OF_ALL.iter().find(|(of_all, _)| *of_all == op);
    let of_axis = of_axis.map(|(_, of_axis)| of_axis);
    for (at, arg) in call.args.iter().enumerate() {
        if let Expr::Assign(assign) = arg
            && let Some(int) = integer(&assign.right)
        {
            let op = of_axis.map_or(op.as_str(), |of_axis| of_axis);
            let axis = shown(int);
            let message = format!("an argument has no name: write `{op}(…, {axis})`");
            return Some(Error::new_spanned(assign, message));
        }
        if let (Some(int), 1..) = (integer(arg), at) {
            let (of_axis, axis) = (of_axis?, shown(int));
            let message = format!("`{op}` is of all elements: write `{of_axis}(…, {axis})`");
            return Some(Error::new_spanned(arg, message));
        }
    }
    None
}

/// An axis to show in a message; of one that is counted from the end nothing is known.
fn shown(int: Result<&LitInt>) -> String {
    int.map_or_else(|_| "…".to_owned(), LitInt::to_string)
}

/// The errors of `concat(x, y, 1)`, since the tensors that are joined are one argument, and of a convolution without a bias.
fn check_arguments(call: &ExprCall) -> Option<Error> {
    let Expr::Path(path) = unparenthesized(&call.func) else {
        return None;
    };
    let name = path.path.get_ident()?;
    let message = match (name.to_string().as_str(), call.args.len()) {
        ("concat" | "stack", 3..) => {
            format!(
                "several values are a tuple: write `{name}((x, y), 1)`, with the axis after them"
            )
        }
        ("conv1d" | "conv2d" | "conv_transpose1d" | "conv_transpose2d", 3) => {
            format!(
                "a convolution has a bias: write `{name}(x, w, b, window)`, and `NoBias` where there is none"
            )
        }
        _ => return None,
    };
    Some(Error::new(name.span(), message))
}

/// The error of `concat::<1>(x, y)`.
fn check_turbofish(call: &ExprCall) -> Option<Error> {
    let Expr::Path(path) = unparenthesized(&call.func) else {
        return None;
    };
    let last = path.path.segments.last()?;
    if !OPS.iter().any(|op| last.ident == op) {
        return None;
    }
    let PathArguments::AngleBracketed(generic) = &last.arguments else {
        return None;
    };
    let sizes: Vec<String> = generic.args.iter().map_while(literal).collect();
    let all = sizes.len() == generic.args.len() && !sizes.is_empty();
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
pub(crate) fn unsuffixed(lit: &ExprLit) -> Option<&LitInt> {
    match &lit.lit {
        Lit::Int(int) if int.suffix().is_empty() => Some(int),
        _ => None,
    }
}

/// The same; one with a minus is refused.
fn integer(arg: &Expr) -> Option<Result<&LitInt>> {
    match unparenthesized(arg) {
        Expr::Lit(lit) => unsuffixed(lit).map(Ok),
        Expr::Unary(unary) if matches!(unary.op, UnOp::Neg(_)) => {
            let int = integer(&unary.expr)?.ok()?;
            let message = "axes are counted from 0, the first, and sizes are not negative";
            Some(Err(spanning((unary.op.span(), int.span()), message)))
        }
        _ => None,
    }
}

/// The axis of `keep(1)`, which stands for `Keep::<1>`.
fn kept(call: &ExprCall) -> Option<Result<&LitInt>> {
    let is_keep =
        matches!(unparenthesized(&call.func), Expr::Path(path) if path.path.is_ident("keep"));
    match call.args.first() {
        Some(axis) if is_keep && call.args.len() == 1 => integer(axis),
        _ => None,
    }
}

/// `Axis::<1>`
fn axis(int: &LitInt) -> Result<TokenStream> {
    axis_named("Axis", int)
}

fn axis_named(name: &str, int: &LitInt) -> Result<TokenStream> {
    let span = hygienic_before(int.span());
    let name = Ident::new(name, span);
    let axis = Literal::usize_unsuffixed(int.base10_parse()?);
    let close = quote_spanned!(hygienic_after(int.span())=> >);
    Ok(quote_spanned!(span=> ::cotangent::shape::#name::<#axis #close))
}

/// `PoolWindow::of::<2, 2>()`, or `PoolWindow1d::of::<2>()`
fn window(int: &LitInt, axes: Option<usize>) -> Result<TokenStream> {
    let side = Literal::usize_unsuffixed(int.base10_parse()?);
    let span = hygienic_before(int.span());
    let parens = quote_spanned!(hygienic_after(int.span())=> ());
    Ok(match axes {
        Some(1) => quote_spanned!(span=> ::cotangent::shape::PoolWindow1d::of::<#side> #parens),
        _ => quote_spanned!(span=> ::cotangent::shape::PoolWindow::of::<#side, #side> #parens),
    })
}

/// `(N::<7>, N::<7>)`
fn square(int: &LitInt) -> Result<TokenStream> {
    let size = size(int)?;
    Ok(quote_spanned!(hygienic_before(int.span())=> (#size, #size)))
}

/// `(N::<7>, N::<5>)` for `(7, 5)`
fn pair(tuple: &ExprTuple) -> Option<Result<TokenStream>> {
    let sizes: Option<Vec<_>> = tuple.elems.iter().map(integer).collect();
    let sizes: Result<Vec<_>> = sizes?.into_iter().map(|int| int.and_then(size)).collect();
    let span = hygienic_before(tuple.paren_token.span.join());
    Some(sizes.map(|sizes| quote_spanned!(span=> (#(#sizes,)*))))
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
