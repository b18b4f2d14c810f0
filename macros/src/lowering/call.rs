//! Calls: of ops, by functions and by macros, whose arguments may be Rust, and of graphs.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Expr, ExprCall, ExprMacro, Token, UnOp};

use super::normal_form::Step;
use super::state::{Destination, Lowering, Value};
use crate::syntax::dim::dim;
use crate::syntax::expression::{called, callee, unparenthesized, verbatim};
use crate::tokens::{ends, hygienic_after, hygienic_before, list_value};
use crate::validation::refusal;

impl Lowering<'_> {
    pub(crate) fn call(&mut self, call: &ExprCall, destination: Destination) -> Option<Value> {
        if let Some(callee) = callee(call) {
            let args = self.each(&call.args, Self::arg_of_graph)?;
            let (op, at) = called(call);
            if let Some(error) = self.arities.check(call, at) {
                return Some(self.error_variable(error));
            }
            let (bind, name, value) = self.fresh(destination, &op, call);
            self.steps.push(Step::Call {
                bind,
                name,
                at,
                callee,
                args,
                parens: call.paren_token.span.join(),
            });
            return Some(value);
        }
        let Expr::Path(_) = unparenthesized(&call.func) else {
            let wrong = self.error_variable(refusal::expression(unparenthesized(&call.func)));
            self.each(&call.args, Self::arg);
            return Some(wrong);
        };
        let args = self.each(&call.args, Self::arg)?;
        let (op, at) = called(call);
        let mut tokens = call.func.to_token_stream();
        call.paren_token.surround(&mut tokens, |tokens| {
            for (arg, pair) in args.iter().zip(call.args.pairs()) {
                arg.to_tokens(tokens);
                pair.punct().to_tokens(tokens);
            }
        });
        Some(self.node(destination, &op, at, call, tokens))
    }

    /// `einsum!("ij,jk->ik", x, w)`: lowered as the call of a function is. What the macro makes of it is its business.
    pub(crate) fn macro_call(
        &mut self,
        call: &ExprMacro,
        destination: Destination,
    ) -> Option<Value> {
        let mac = &call.mac;
        let read = mac.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated);
        let read = read.map_err(|error| {
            let message =
                "a macro in a graph takes values: pass what it makes in braces, `{ name!(…) }`";
            syn::Error::new(error.span(), message)
        });
        let inputs = self.errors.keep(read)?;
        let args = self.each(&inputs, Self::arg)?;
        let (op, at) = match mac.path.segments.last() {
            Some(segment) => (segment.ident.unraw().to_string(), segment.ident.span()),
            None => ("call".to_owned(), ends(&mac.path).0),
        };
        let mut body = TokenStream::new();
        for (arg, pair) in args.iter().zip(inputs.pairs()) {
            arg.to_tokens(&mut body);
            pair.punct().to_tokens(&mut body);
        }
        let mut lowered = mac.clone();
        lowered.tokens = body;
        Some(self.node(destination, &op, at, call, lowered.into_token_stream()))
    }

    fn each<'e>(
        &mut self,
        args: impl IntoIterator<Item = &'e Expr>,
        lower: fn(&mut Self, &Expr) -> Option<TokenStream>,
    ) -> Option<Vec<TokenStream>> {
        // No short cut: each argument is lowered, and each error in one is reported.
        let args: Vec<_> = args.into_iter().map(|arg| lower(self, arg)).collect();
        args.into_iter().collect()
    }

    /// An argument of a graph: a tuple is a list of handles.
    fn arg_of_graph(&mut self, arg: &Expr) -> Option<TokenStream> {
        let Expr::Tuple(tuple) = unparenthesized(arg) else {
            return self.arg(arg);
        };
        let entries = self.each(&tuple.elems, Self::arg_of_graph)?;
        Some(list_value(entries, tuple.paren_token.span.join()))
    }

    /// `{ H }` and `{ 4 * D }` of parameters that are dims: a dim is its own value. In an expression of Rust the name of a
    /// type is nothing.
    fn dim_value(&self, braces: &Expr) -> Option<TokenStream> {
        let parser = |input: ParseStream| dim(input, self.consts);
        let dim = parser.parse2(verbatim(braces)?).ok()?;
        let names = dim.names();
        let is_dim = |name| self.consts.is_type(name);
        let is_param = |name| is_dim(name) || self.consts.params.contains(name);
        let (first, last) = ends(braces);
        let (first, last) = (hygienic_before(first), hygienic_after(last));
        (names.iter().any(is_dim) && names.iter().all(is_param)).then(|| {
            let mut tokens = quote_spanned!(first=> <#dim as ::core::default::Default>);
            tokens.extend(quote_spanned!(last=> ::default()));
            tokens
        })
    }

    fn arg(&mut self, arg: &Expr) -> Option<TokenStream> {
        let peeled = unparenthesized(arg);
        match peeled {
            Expr::Lit(_) | Expr::Array(_) | Expr::Repeat(_) | Expr::Reference(_) => {
                Some(peeled.to_token_stream())
            }
            Expr::Unary(unary)
                if matches!(
                    (&unary.op, unparenthesized(&unary.expr)),
                    (UnOp::Neg(_), Expr::Lit(_))
                ) =>
            {
                Some(peeled.to_token_stream())
            }
            Expr::Block(_) => self.dim_value(peeled).or_else(|| verbatim(peeled)),
            _ => self.expr(arg, Destination::Operand).map(Value::tokens),
        }
    }
}
