//! Lowering: from the nested expressions of a body to a list of steps, one for each node.
//!
//! [`state`] has what all share, [`normal_form`] what comes out. An expression is in expressions, so the files from
//! [`expression`] on call each other's methods of [`state::Lowering`]; none of them imports another.

mod body;
mod call;
mod error_variable;
mod expression;
mod literal;
mod node_names;
pub(crate) mod normal_form;
mod number;
mod operators;
mod output;
mod place;
mod sizes;
mod state;
mod statement;
mod tuple;

pub(crate) use body::lower;
