//! Masks in a proof: their thresholds are moved apart.
//!
//! Two masks of one key with thresholds `a < b` differ where its word is between them, for 0.75 and 0.7501 in one of ten
//! thousand. Which masks can be depends on the order of the thresholds alone. So a law holds for all words if and only if it
//! holds for all words with other thresholds in the same order, and with those at equal distances few words show it wrong.

use crate::program::Program;
use crate::program::primitives::Mask;
use crate::program::syntax::Prim;
use core::cell::RefCell;

/// As many as a `u32` has values.
pub(super) const WORDS: u64 = 1 << 32;

thread_local! {
    /// The thresholds between 0 and all, in order; empty outside of a proof.
    static THRESHOLDS: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// Runs `f` with the thresholds of all masks in some programs at equal distances, on this thread. Calls nest: the inner one
/// counts.
pub(crate) fn with_spread_masks<T>(programs: &[&Program], f: impl FnOnce() -> T) -> T {
    /// Puts the outer thresholds back, also if `f` panics.
    struct Outer(Vec<u64>);
    impl Drop for Outer {
        fn drop(&mut self) {
            THRESHOLDS.set(core::mem::take(&mut self.0));
        }
    }
    let _outer = Outer(THRESHOLDS.replace(thresholds(programs)));
    f()
}

/// The thresholds of all masks, also in calls, loops and rules. None and all are no thresholds: they stay.
fn thresholds(programs: &[&Program]) -> Vec<u64> {
    let mut found: Vec<u64> = Vec::new();
    let mut add = |program: &Program| {
        for instruction in program.instructions() {
            if let Prim::Mask(Mask { keep, .. }) = &instruction.prim {
                found.push(*keep);
            }
        }
    };
    for program in programs {
        add(program);
        for function in program.functions() {
            add(function.body());
            if let Some(rule) = function.rule() {
                add(&rule.jvp);
                add(&rule.vjp);
            }
        }
    }
    found.retain(|&keep| keep > 0 && keep < WORDS);
    found.sort_unstable();
    found.dedup();
    found
}

/// The threshold that a mask has here.
pub(super) fn of(keep: u64) -> u64 {
    THRESHOLDS.with_borrow(|all| match all.binary_search(&keep) {
        // At most 2^32 thresholds, so the products are below 2^64.
        Ok(place) => (place as u64 + 1) * (WORDS / (all.len() as u64 + 1)),
        Err(_) => keep,
    })
}
