//! The functions that a program uses.

use crate::program::syntax::{Function, Program};
use std::collections::HashSet;

impl Program {
    /// The functions of its calls and loops, and those of theirs: each once, after those that it uses itself.
    pub(crate) fn functions(&self) -> Vec<&Function> {
        let mut all = Vec::new();
        let mut seen = HashSet::new();
        // A stack, since functions may be nested deeply: a function, and what is left to be seen of those it uses.
        let mut open = vec![(None, used(&[self]))];
        while let Some((function, rest)) = open.last_mut() {
            match rest.pop() {
                Some(inside) if seen.insert(core::ptr::from_ref(inside)) => {
                    let mut programs = vec![inside.body()];
                    programs.extend(inside.rule().into_iter().flat_map(|r| [&r.jvp, &r.vjp]));
                    open.push((Some(inside), used(&programs)));
                }
                Some(_) => {}
                None => {
                    all.extend(*function);
                    open.pop();
                }
            }
        }
        all
    }
}

/// The functions that some programs use themselves, the last first.
fn used<'p>(programs: &[&'p Program]) -> Vec<&'p Function> {
    let instructions = programs.iter().flat_map(|program| program.instructions());
    let mut all: Vec<_> = instructions.filter_map(|i| i.prim.inside()).collect();
    all.reverse();
    all
}
