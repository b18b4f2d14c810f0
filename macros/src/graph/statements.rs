//! The statements of an expansion: the inputs, one step after another, and what is returned.

use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::Ident;
use syn::ext::IdentExt;

use super::header::{EntryKind, Returned};
use super::parse::Graph;
use super::steps::{Bind, Lowered, Output, Step};
use crate::dim::Shape;
use crate::tokens::{after, at, before, end, list_type, list_value};

/// What the statements of an expansion need to know.
pub(super) struct Body<'a> {
    pub(super) graph: &'a Graph,
    pub(super) scalar: TokenStream,
    pub(super) name: String,
    pub(super) span: Span,
}

impl Body<'_> {
    pub(super) fn context(&self) -> TokenStream {
        list_type(
            self.graph.inputs.iter().map(|input| &input.entry),
            self.span,
        )
    }

    pub(super) fn environment(&self) -> TokenStream {
        let entries: Vec<_> = self
            .graph
            .environment
            .iter()
            .map(|entry| match &entry.kind {
                EntryKind::Labels { shape, classes } => {
                    quote_spanned!(at(shape.span())=> ::cotangent::env::LabelsOf<#classes, #shape>)
                }
                EntryKind::Type(entry) => entry.to_token_stream(),
            })
            .collect();
        let entries = list_type(entries, self.span);
        quote_spanned!(at(self.span)=> ::cotangent::context::TensorList<#entries>)
    }

    pub(super) fn tokens(&self, lowered: &Lowered) -> TokenStream {
        let span = at(self.span);
        let (scalar, name) = (&self.scalar, &self.name);
        let (environment, context) = (self.environment(), self.context());
        let (inputs, labels) = (&self.graph.inputs, &self.graph.environment);
        let input_names = inputs.iter().map(|input| input.name.unraw().to_string());
        let label_names = labels.iter().map(|labels| labels.name.unraw().to_string());
        let input_pattern = list_value(inputs.iter().map(|input| &input.name), self.span);
        let label_pattern = list_value(labels.iter().map(|labels| &labels.name), self.span);
        // First, with the caret on its type: an input that is no group.
        let groups = inputs.iter().filter(|input| !input.entry.is_tensor());
        let groups = groups.map(|input| input.entry.handles());
        let mut tokens = quote_spanned! {span=>
            #(let _: #groups;)*
            let __g = ::cotangent::__private::start::<#scalar, #environment, #context>(
                #name, &[#(#input_names),*], &[#(#label_names),*]
            );
            let #input_pattern = __g.inputs();
        };
        if !labels.is_empty() {
            tokens.extend(quote_spanned!(span=> let #label_pattern = __g.environment();));
        }
        tokens.extend(lowered.steps.iter().map(step));
        tokens.extend(match &self.graph.returned {
            Returned::Inferred => self.end(&lowered.outputs, &[]),
            Returned::One(shape) => self.end(&lowered.outputs, &[shape]),
            Returned::Many(shapes) => {
                self.end(&lowered.outputs, &shapes.iter().collect::<Vec<_>>())
            }
        });
        tokens
    }

    /// Returns the outputs, each held against its shape where the user wrote one.
    fn end(&self, outputs: &[Output], shapes: &[&Shape]) -> TokenStream {
        let span = at(self.span);
        let is_tuple = matches!(self.graph.returned, Returned::Many(_)) || outputs.len() > 1;
        let mut tokens = TokenStream::new();
        if let ([output], false) = (outputs, is_tuple) {
            let at = at(output.span);
            let value = &output.value;
            return match (output.is_newest, shapes.first()) {
                (true, Some(shape)) => {
                    let checked = checked(shape, value);
                    quote_spanned!(at=> let [_, __out] = #checked; __out.ending(__g))
                }
                (true, None) => quote_spanned!(at=> let __out = #value; __out.ending(__g)),
                (false, shape) => {
                    let shape = shape.map(|shape| var(shape));
                    quote_spanned! {at=>
                        let __out #shape = #value;
                        let (__g, __out) = __g.node("out", ::cotangent::op::identity(__out));
                        __out.ending(__g)
                    }
                }
            };
        }
        let mut names = Vec::new();
        for (index, output) in outputs.iter().enumerate() {
            let at = at(output.span);
            let (name, label) = (
                Ident::new(&format!("__o{index}"), at),
                format!("out.{index}"),
            );
            let Output { value, .. } = output;
            let check = shapes.get(index).map(|shape| var(shape));
            tokens.extend(quote_spanned! {at=>
                let #name #check = #value;
                let (__g, #name) = __g.node(#label, ::cotangent::op::identity(#name));
            });
            names.push(name);
        }
        let newest_first = list_value(names.into_iter().rev(), self.span);
        tokens.extend(quote_spanned!(span=> __g.returning_all(#newest_first)));
        tokens
    }
}

/// `: Var<SHAPE>`, all of it where the user wrote the shape.
fn var(shape: &Shape) -> TokenStream {
    let close = quote_spanned!(end(shape.span())=> >);
    quote_spanned!(at(shape.span())=> : ::cotangent::graph::Var<#shape #close)
}

/// `[expected::<SHAPE>(), VALUE]`, which holds a value against the shape that the user wrote.
///
/// Not a `let` with a type: that has its type also after an error, and the graph, which has another one, is then
/// reported twice more where it is returned. An array whose elements differ has the error type.
fn checked(shape: &Shape, value: &TokenStream) -> TokenStream {
    let (first, last) = (at(shape.span()), end(shape.span()));
    let call = quote_spanned!(last=> ());
    quote_spanned!(first=> [::cotangent::__private::expected::<#shape> #call, #value])
}

fn step(step: &Step) -> TokenStream {
    match step {
        Step::Node {
            bind,
            name,
            at: span,
            call,
        } => {
            // The bound of `node` is the shape rule of the op: its error belongs to the op.
            let args = quote_spanned!(at(*span)=> __g, #name, #call);
            bound(bind, &method("node", &args, *span), *span)
        }
        Step::Call {
            bind,
            name,
            at: span,
            callee,
            args,
            parens,
        } => {
            let args = list_value(args, *parens);
            let args = quote_spanned!(at(*span)=> __g, #name, #callee, #args);
            bound(bind, &method("call", &args, *span), *span)
        }
        Step::CallAll {
            binds,
            at: span,
            callee,
            args,
            parens,
        } => {
            let args = list_value(args, *parens);
            let hole = quote_spanned!(at(*span)=> _);
            let (names, binds): (Vec<_>, Vec<_>) = binds
                .iter()
                .map(|bind| match bind {
                    Some(bind) => (bind.unraw().to_string(), bind.to_token_stream()),
                    None => ("_".to_owned(), hole.clone()),
                })
                .unzip();
            let pattern = list_value(binds, *span);
            let args = quote_spanned!(at(*span)=> __g, &[#(#names),*], #callee, #args);
            let value = method("call_all", &args, *span);
            quote_spanned!(at(*span)=> let (__g, #pattern) = #value;)
        }
        Step::Alias {
            bind,
            shape: None,
            value,
        } => quote_spanned!(at(bind.span())=> let #bind = #value;),
        Step::Alias {
            bind,
            shape: Some(shape),
            value,
        } => {
            let checked = checked(shape, value);
            quote_spanned!(at(bind.span())=> let [_, #bind] = #checked;)
        }
    }
}

/// The call of a method. An error in its bounds underlines all of the user's token, and no token of ours is on it.
fn method(name: &str, args: &TokenStream, span: Span) -> TokenStream {
    let last = after(span);
    let name = Ident::new(name, last);
    let args = quote_spanned!(last=> (#args));
    quote_spanned!(before(span)=> ::cotangent::graph::GraphData::#name #args)
}

fn bound(bind: &Bind, value: &TokenStream, span: Span) -> TokenStream {
    match bind {
        Bind::Variable(name) => quote_spanned!(at(span)=> let (__g, #name) = #value;),
        Bind::Pair(pair) => quote_spanned!(at(span)=> let #pair = #value; let __g = #pair.0;),
    }
}
