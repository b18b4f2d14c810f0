//! The function inside of a call or a loop, replaced.

use crate::program::syntax::{Call, Function, Prim, Scan};
use std::sync::Arc;

/// The same call or loop of another function. Other primitives, which have no inside, are as they were.
pub(super) fn with_inside(prim: &Prim, function: Arc<Function>) -> Prim {
    let mut prim = prim.clone();
    if let Prim::Call(Call {
        function: inside, ..
    })
    | Prim::Scan(Scan { body: inside, .. }) = &mut prim
    {
        *inside = function;
    }
    prim
}
