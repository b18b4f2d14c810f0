//! Calls: of ops, by functions and by macros, whose arguments may be Rust, and of graphs.

use proc_macro2::{Delimiter, Group, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Error, Expr, ExprCall, ExprMacro, ExprRepeat, Ident, Result, Token};

use super::normal_form::Step;
use super::sizes::{check, size, sizes, unsuffixed};
use super::state::{Destination, Lowering, Value};
use crate::syntax::dim::dim;
use crate::syntax::expression::{base, called, is_of_a_type, unparenthesized, verbatim};
use crate::tokens::{after, ends, hygienic_after, hygienic_before, list_value};
use crate::validation::refusal;

/// The error of `Tensor::zeros()`, which is no op.
fn check_constructor(call: &ExprCall) -> Option<Error> {
    let Expr::Path(path) = unparenthesized(&call.func) else {
        return None;
    };
    let ty = path.path.segments.iter().rev().nth(1)?;
    (ty.ident == "Tensor").then(|| {
        let message = "this is a Rust value: in a graph it is `constant({ … })`, with its type";
        Error::new_spanned(call, message)
    })
}

impl Lowering<'_> {
    pub(crate) fn call(&mut self, call: &ExprCall, destination: Destination) -> Option<Value> {
        if let Some(name) = self.callees.name(&call.func) {
            return self.call_by_name(name, call, destination);
        }
        if let Some(callee) = self.callee(&call.func) {
            // Both report their errors.
            let args = self.each(&call.args, Self::arg_of_graph);
            let callee = match callee {
                Ok(callee) => callee,
                Err(error) => return Some(self.error_variable(error)),
            };
            let (_, at) = called(call);
            if let Some(error) = self.callees.check_loop(call, at) {
                return Some(self.error_variable(error));
            }
            return Some(self.graph(callee, args?, call, destination));
        }
        let Expr::Path(_) = unparenthesized(&call.func) else {
            let wrong = self.error_variable(refusal::expression(unparenthesized(&call.func)));
            self.each(&call.args, Self::arg);
            return Some(wrong);
        };
        if let Some(error) = check_constructor(call) {
            return Some(self.error_variable(error));
        }
        if let Some(error) = check(call) {
            let args = call
                .args
                .iter()
                .filter(|arg| !matches!(arg, Expr::Assign(_)));
            self.each(args, Self::arg);
            return Some(self.error_variable(error));
        }
        let (op, at) = called(call);
        let args = call.args.iter().zip(sizes(call));
        let args: Vec<_> = args
            .map(|(arg, size)| match (size, unparenthesized(arg)) {
                (Some(size), _) => self.errors.keep(size),
                (None, Expr::Tuple(parts)) if op == "split" => self.entries(parts, Self::part),
                (None, _) => self.arg(arg),
            })
            .collect();
        let args: Vec<_> = args.into_iter().collect::<Option<_>>()?;
        let mut tokens = call.func.to_token_stream();
        call.paren_token.surround(&mut tokens, |tokens| {
            for (arg, pair) in args.iter().zip(call.args.pairs()) {
                arg.to_tokens(tokens);
                pair.punct().to_tokens(tokens);
            }
        });
        Some(self.node(destination, &op, at, call, tokens))
    }

    /// `layer(x, w)`, of a graph that is known by its name. What is Rust among the arguments is for its function.
    fn call_by_name(
        &mut self,
        name: &Ident,
        call: &ExprCall,
        destination: Destination,
    ) -> Option<Value> {
        let (params, values): (Vec<&Expr>, Vec<&Expr>) =
            call.args.iter().partition(|arg| self.is_param(arg));
        let args = self.each(values.iter().copied(), Self::arg_of_graph);
        if self.own.as_ref() == Some(name) {
            let message =
                format!("`{name}` is this graph, which cannot call itself: it would have no end");
            return Some(self.error_variable(Error::new(name.span(), message)));
        }
        if let Some(error) = self.callees.check(name, &values, params.len()) {
            return Some(self.error_variable(error));
        }
        let callee = self.built(&call.func, &params)?;
        Some(self.graph(callee, args?, call, destination))
    }

    /// Whether an argument of a graph that is known is for its function: `4`, `{ H }`, or `HEADS`.
    fn is_param(&self, arg: &Expr) -> bool {
        match unparenthesized(arg) {
            Expr::Block(_) => true,
            Expr::Lit(lit) => unsuffixed(lit).is_some(),
            Expr::Path(path) => self.is_rust(path),
            _ => false,
        }
    }

    /// `layer()`, or `attention(N::<4>)`: the call that builds a graph known by its name.
    fn built(&mut self, function: &Expr, params: &[&Expr]) -> Option<TokenStream> {
        let params = self.each(params.iter().copied(), Self::param)?;
        let mut call = Group::new(Delimiter::Parenthesis, quote!(#(#params),*));
        call.set_span(after(ends(function).1));
        Some(quote!(#function #call))
    }

    /// The graph that is called, if it is an expression of Rust that gives one: `{ g }`, `layers::norm()`, `repeat(layer)`.
    fn callee(&mut self, function: &Expr) -> Option<Result<TokenStream>> {
        match unparenthesized(function) {
            Expr::Call(call) => Some(self.callee_of_call(call)),
            block => verbatim(block).map(Ok),
        }
    }

    /// A call that gives a graph. Among its arguments is the name of a graph that is known that graph.
    fn callee_of_call(&mut self, call: &ExprCall) -> Result<TokenStream> {
        if let Some(name) = self.callees.name(&call.func) {
            let message = format!(
                "`{name}` is a graph: write `{}`",
                self.callees.example(name)
            );
            return Err(Error::new(name.span(), message));
        }
        let mut args = Vec::new();
        for arg in &call.args {
            args.push(self.graph_as_argument(arg)?);
        }
        let mut tokens = call.func.to_token_stream();
        call.paren_token.surround(&mut tokens, |tokens| {
            for (arg, pair) in args.iter().zip(call.args.pairs()) {
                arg.to_tokens(tokens);
                pair.punct().to_tokens(tokens);
            }
        });
        Ok(tokens)
    }

    /// An argument of `repeat` and the like.
    fn graph_as_argument(&mut self, arg: &Expr) -> Result<TokenStream> {
        let peeled = unparenthesized(arg);
        if self.callees.name(peeled).is_some() {
            return Ok(self.built(peeled, &[]).unwrap_or_default());
        }
        let Expr::Call(call) = peeled else {
            return Ok(verbatim(peeled).unwrap_or_else(|| arg.to_token_stream()));
        };
        let Some(name) = self.callees.name(&call.func) else {
            return self.callee_of_call(call);
        };
        let params: Vec<&Expr> = call.args.iter().collect();
        if params.is_empty() {
            let message = format!("the name of a graph is enough: write `{name}`");
            return Err(Error::new(name.span(), message));
        }
        if !params.iter().all(|param| self.is_param(param)) {
            let message = format!("expected a graph, and this is its value: write `{name}`");
            return Err(Error::new(name.span(), message));
        }
        Ok(self.built(&call.func, &params).unwrap_or_default())
    }

    fn param(&mut self, param: &Expr) -> Option<TokenStream> {
        match unparenthesized(param) {
            Expr::Lit(lit) => self.errors.keep(size(unsuffixed(lit)?)),
            param => self.arg(param),
        }
    }

    /// The step of a graph that is called.
    fn graph(
        &mut self,
        callee: TokenStream,
        args: Vec<TokenStream>,
        call: &ExprCall,
        destination: Destination,
    ) -> Value {
        let (op, at) = called(call);
        let (bind, name, value) = self.fresh(destination, &op, call);
        self.steps.push(Step::Call {
            bind,
            name,
            at,
            callee,
            args,
            parens: call.paren_token.span.join(),
        });
        value
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
            Error::new(error.span(), message)
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

    pub(super) fn each<'e>(
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

    /// `[D; 3]`, where `D` is a dim; else an array of Rust.
    fn dims(&self, repeat: &ExprRepeat) -> TokenStream {
        let dim = &repeat.expr;
        let mut repeat = repeat.clone();
        if let Some(value) = self.dim_of(dim.to_token_stream(), dim) {
            repeat.expr = Box::new(Expr::Verbatim(value));
        }
        repeat.into_token_stream()
    }

    /// Whether an expression is a value of the graph, by its name.
    fn is_value(&self, expr: &Expr) -> bool {
        base(expr).is_some_and(|name| self.scope.is_bound(name))
    }

    /// `{ H }` and `{ 4 * D }` of parameters that are dims: a dim is its own value. In an expression of Rust the name of a
    /// type is nothing.
    fn dim_value(&self, braces: &Expr) -> Option<TokenStream> {
        self.dim_of(verbatim(braces)?, braces)
    }

    pub(super) fn dim_of(&self, tokens: TokenStream, written: &Expr) -> Option<TokenStream> {
        let parser = |input: ParseStream| dim(input, self.consts);
        let dim = parser.parse2(tokens).ok()?;
        let names = dim.names();
        let is_dim = |name| self.consts.is_type(name);
        let is_param = |name| is_dim(name) || self.consts.params.contains(name);
        let (first, last) = ends(written);
        let (first, last) = (hygienic_before(first), hygienic_after(last));
        (names.iter().any(is_dim) && names.iter().all(is_param)).then(|| {
            let mut tokens = quote_spanned!(first=> <#dim as ::core::default::Default>);
            tokens.extend(quote_spanned!(last=> ::default()));
            tokens
        })
    }

    pub(super) fn arg(&mut self, arg: &Expr) -> Option<TokenStream> {
        let peeled = unparenthesized(arg);
        match peeled {
            Expr::Repeat(repeat) => Some(self.dims(repeat)),
            Expr::Array(array) if array.elems.iter().any(|value| self.is_value(value)) => Some(
                self.error_variable(refusal::array_of_values(array))
                    .tokens(),
            ),
            Expr::Lit(_) | Expr::Array(_) | Expr::Reference(_) => Some(peeled.to_token_stream()),
            Expr::Path(path) => Some(self.path(path, false)),
            Expr::Block(_) => self.dim_value(peeled).or_else(|| verbatim(peeled)),
            // Several tensors for one argument, as of `concat`.
            Expr::Tuple(tuple) if !tuple.elems.is_empty() => self.entries(tuple, Self::arg),
            _ if is_of_a_type(peeled) => Some(peeled.to_token_stream()),
            _ => match self.number_of_rust(peeled) {
                Some(read) => self.errors.keep(read),
                None => self.expr(arg, Destination::Operand).map(Value::tokens),
            },
        }
    }
}
