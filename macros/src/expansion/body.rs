//! The statements of an expansion: the inputs, one step after another, and what is returned.

use proc_macro2::{Span, TokenStream};
use quote::quote_spanned;
use syn::Ident;
use syn::ext::IdentExt;

use super::pattern::pattern;
use super::projection::{handles, of_environment};
use crate::lowering::normal_form::{Binder, NormalForm, Output, Step};
use crate::rustc::{ascribed, bounded_at, projected_first};
use crate::syntax::graph::{Form, Graph};
use crate::syntax::header::Returned;
use crate::tokens::{hygienic_before, list_type, list_value};

/// What the statements of an expansion need to know.
pub(crate) struct Body<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) scalar: TokenStream,
    pub(crate) name: String,
    pub(crate) span: Span,
}

impl Body<'_> {
    pub(crate) fn context(&self) -> TokenStream {
        list_type(
            self.graph.inputs.iter().map(|input| &input.entry),
            self.span,
        )
    }

    pub(crate) fn environment(&self) -> TokenStream {
        list_type(
            self.graph.environment.iter().map(|entry| &entry.ty),
            self.span,
        )
    }

    /// The list of the types that the graph returns.
    pub(crate) fn results(&self) -> TokenStream {
        list_type(self.graph.returned.types(), self.span)
    }

    pub(crate) fn tokens(&self, lowered: &NormalForm) -> TokenStream {
        let span = hygienic_before(self.span);
        let (scalar, name) = (&self.scalar, &self.name);
        let (environment, context) = (self.environment(), self.context());
        let (inputs, entries) = (&self.graph.inputs, &self.graph.environment);
        let input_names = inputs.iter().map(|input| input.name.unraw().to_string());
        let entry_names = entries.iter().map(|entry| entry.name.unraw().to_string());
        let input_pattern = list_value(inputs.iter().map(|input| &input.name), self.span);
        let entry_pattern = list_value(entries.iter().map(|entry| &entry.name), self.span);
        // An input that is no group, or an entry that is none.
        let groups = inputs.iter().filter(|input| !input.entry.is_tensor());
        let groups = groups.map(|input| handles(&input.entry));
        let groups = groups.chain(entries.iter().filter_map(|entry| of_environment(&entry.ty)));
        let mut tokens = projected_first(groups, span);
        tokens.extend(quote_spanned! {span=>
            let __g = ::cotangent::__private::start::<#scalar, #environment, #context>(
                #name, &[#(#input_names),*], &[#(#entry_names),*]
            );
            let #input_pattern = ::cotangent::graph::GraphData::inputs(&__g);
        });
        if !entries.is_empty() {
            tokens.extend(quote_spanned!(span=> let #entry_pattern = ::cotangent::graph::GraphData::environment(&__g);));
        }
        if let Form::Named(_) = self.graph.form {
            tokens.extend(
                quote_spanned!(span=> let __g = ::cotangent::graph::GraphData::hidden(__g);),
            );
        }
        tokens.extend(lowered.steps.iter().map(step));
        tokens.extend(match (&self.graph.returned, lowered.outputs.as_slice()) {
            (Returned::Inferred, [output]) => ending(output),
            _ => self.end(&lowered.outputs),
        });
        tokens
    }

    /// Returns the outputs, each held against its type where the user wrote one.
    fn end(&self, outputs: &[Output]) -> TokenStream {
        let types = self.graph.returned.types();
        let (mut tokens, mut names) = (TokenStream::new(), Vec::new());
        for (index, Output { value, span, .. }) in outputs.iter().enumerate() {
            let at = hygienic_before(*span);
            let name = Ident::new(&format!("__o{index}"), at);
            tokens.extend(match types.get(index) {
                Some(ty) => {
                    let checked = ascribed(ty, ty.span(), value);
                    quote_spanned!(at=> let [_, #name] = #checked;)
                }
                None => quote_spanned!(at=> let #name = #value;),
            });
            names.push(name);
        }
        let values = list_value(names, self.span);
        let returning = match self.graph.form {
            Form::Named(_) => Ident::new("returning_named", hygienic_before(self.span)),
            Form::Closure => Ident::new("returning_all", hygienic_before(self.span)),
        };
        tokens.extend(quote_spanned!(hygienic_before(self.span)=> __g.#returning(#values)));
        tokens
    }
}

/// The one value of a closure form whose type is not written: the graph ends at its newest node, which is a copy if
/// that is another.
fn ending(output: &Output) -> TokenStream {
    let Output { value, span, .. } = output;
    if output.is_newest {
        return quote_spanned!(hygienic_before(*span)=> let __out = #value; __out.ending(__g));
    }
    quote_spanned! {hygienic_before(*span)=>
        let __out = #value;
        let (__g, __out) = __g.node("out", ::cotangent::op::identity(__out));
        __out.ending(__g)
    }
}

fn step(step: &Step) -> TokenStream {
    match step {
        Step::Node {
            bind,
            name,
            at: span,
            call,
        } => {
            let args = quote_spanned!(hygienic_before(*span)=> __g, #name, #call);
            bound(bind, &bounded_at("node", &args, *span), *span)
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
            let args = quote_spanned!(hygienic_before(*span)=> __g, #name, #callee, #args);
            bound(bind, &bounded_at("call", &args, *span), *span)
        }
        Step::Destructure { results, value } => {
            let pattern = pattern(results);
            quote_spanned!(hygienic_before(results.span)=> let #pattern = #value;)
        }
        Step::Alias {
            bind,
            ty: None,
            value,
        } => quote_spanned!(hygienic_before(bind.span())=> let #bind = #value;),
        Step::Alias {
            bind,
            ty: Some(ty),
            value,
        } => {
            let checked = ascribed(ty, ty.span(), value);
            quote_spanned!(hygienic_before(bind.span())=> let [_, #bind] = #checked;)
        }
    }
}

fn bound(bind: &Binder, value: &TokenStream, span: Span) -> TokenStream {
    match bind {
        Binder::Variable(name) => {
            quote_spanned!(hygienic_before(span)=> let (__g, #name) = #value;)
        }
        Binder::Pair(pair) => {
            quote_spanned!(hygienic_before(span)=> let #pair = #value; let __g = #pair.0;)
        }
    }
}
