//! Errors: many at once, each with its entry in docs/errors.md.

mod accumulated;
mod index;

pub(crate) use accumulated::Errors;
