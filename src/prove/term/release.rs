//! Dropping atoms, however deeply they are nested, without recursion.

use super::term::{Kind, Node, Term};
use core::cell::Cell;
use core::mem::ManuallyDrop;

/// The arguments of atoms that are still to be dropped.
type Queue = Vec<Vec<Term>>;

thread_local! {
    /// `None`: nobody is dropping. It has no destructor, so that it is there until the thread is gone, also for terms
    /// that are in another variable of the thread. It owns nothing while nobody is dropping, so nothing leaks.
    static QUEUE: ManuallyDrop<Cell<Option<Queue>>> = const { ManuallyDrop::new(Cell::new(None)) };
}

impl Drop for Node {
    fn drop(&mut self) {
        if let Kind::Apply(_, arguments) = &mut self.kind {
            release(core::mem::take(arguments));
        }
    }
}

/// Drops the arguments of an atom that nobody has any more.
///
/// The arguments may be the last to have other atoms, whose arguments come here in turn. These wait in a queue, which
/// the first call empties: so the stack has two atoms at most.
fn release(arguments: Vec<Term>) {
    QUEUE.with(|queue| {
        if let Some(mut waiting) = queue.take() {
            waiting.push(arguments);
            queue.set(Some(waiting));
            return;
        }
        queue.set(Some(Vec::new()));
        let mut next = Some(arguments);
        while let Some(arguments) = next {
            drop(arguments);
            let mut waiting = queue.take();
            next = waiting.as_mut().and_then(Vec::pop);
            // With the last one the queue goes, and its memory.
            queue.set(waiting.filter(|_| next.is_some()));
        }
    });
}
