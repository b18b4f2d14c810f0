//! What is wrong is lowered too: to variables that are errors, about which the compiler is silent.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Error, ExprPath, Ident};

use super::normal_form::Step;
use super::state::{Lowering, Value};
use crate::rustc::temporary;
use crate::tokens::before;

impl Lowering<'_> {
    /// What an expression that is wrong is lowered to: a variable that is its error.
    pub(crate) fn error_variable(&mut self, error: Error) -> Value {
        let name = temporary(self.temporaries, error.span());
        self.temporaries += 1;
        self.define_as_error(&name, error);
        Value::Existing(name.into_token_stream())
    }

    /// Defines a variable whose value is an error: wherever it is used, the compiler is silent.
    pub(crate) fn define_as_error(&mut self, name: &Ident, error: Error) {
        let value = self.errors.in_place(error);
        self.newest.retain(|other| other != name);
        self.error = Some(name.clone());
        // An editor that completes a name asks what may stand where the user has one: that is at its use, not here.
        let mut bind = name.clone();
        bind.set_span(before(name.span()));
        self.steps.push(Step::Alias {
            bind,
            ty: None,
            value,
        });
    }

    pub(crate) fn define_all_as_error(&mut self, names: &[&Ident], error: Error) {
        let value = self.error_variable(error).tokens();
        self.define_all_as(names, &value);
    }

    pub(crate) fn define_all_as(&mut self, names: &[&Ident], value: &TokenStream) {
        for &name in names {
            self.newest.retain(|other| other != name);
            self.steps.push(Step::Alias {
                bind: name.clone(),
                ty: None,
                value: value.clone(),
            });
        }
    }

    /// A name. One that is not known is reported once.
    pub(crate) fn path(&mut self, path: &ExprPath, is_operand: bool) -> TokenStream {
        if let Some(name) = path.path.get_ident()
            && let Some(error) = self.scope.check(name, is_operand)
        {
            self.scope.report(name);
            self.define_as_error(name, error);
        }
        path.to_token_stream()
    }
}
