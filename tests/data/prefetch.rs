//! Batches that are made on a thread.

use crate::panics::panic_of;
use cotangent::data::{Column, Dataset, Prefetch};
use cotangent::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;

#[test]
fn the_same_in_the_same_order() -> Result<(), Box<dyn std::error::Error>> {
    let set = Dataset::new(Column::<f64, shape![]>::from_vec(
        (0..50).map(f64::from).collect(),
    )?)?;
    let here: Vec<_> = set.batches::<N<4>>(Key::new(3))?.collect();
    for ready in [0, 1, 3, 100] {
        let mut there = set.batches::<N<4>>(Key::new(3))?.prefetch(ready)?;
        assert_eq!(there.size_hint(), (12, Some(12)));
        let first = there.next();
        assert_eq!(
            (first.as_ref(), there.size_hint()),
            (here.first(), (11, Some(11)))
        );
        assert!(there.by_ref().eq(here[1..].iter().cloned()));
        assert_eq!(
            (there.next(), there.next(), there.size_hint()),
            (None, None, (0, Some(0)))
        );
    }
    Ok(())
}

/// Not more are made than were asked for, the one that waits for room, and the one that was taken.
#[test]
fn no_more_than_asked_for() -> std::io::Result<()> {
    let made = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&made);
    let mut items = (0..1000)
        .inspect(move |_| _ = count.fetch_add(1, Ordering::SeqCst))
        .prefetch(2)?;
    for taken in 1..100 {
        assert!(items.next().is_some());
        assert!(made.load(Ordering::SeqCst) <= taken + 3);
    }
    Ok(())
}

#[test]
fn a_panic_comes_out_after_what_was_before_it() -> std::io::Result<()> {
    let mut items = (0..5)
        .map(|i| {
            if i == 3 {
                panic!("item {i} is wrong")
            } else {
                i
            }
        })
        .prefetch(1)?;
    assert_eq!(
        [items.next(), items.next(), items.next()],
        [Some(0), Some(1), Some(2)]
    );
    assert_eq!(panic_of(|| items.next()), "item 3 is wrong");
    assert_eq!(items.next(), None);
    Ok(())
}

/// The thread stops at the item after the one that nobody takes, and nobody waits for it: not even where it is blocked for good.
#[test]
fn dropped_early_it_does_not_hang() -> std::io::Result<()> {
    let (dropped, is_dropped) = channel::<()>();
    #[expect(clippy::manual_inspect, reason = "what is held goes with the closure")]
    let endless = (0..).map(move |i| {
        let _held = &dropped;
        i
    });
    let mut items = endless.prefetch(2)?;
    assert_eq!(items.next(), Some(0));
    drop(items);
    // Only once the iterator is dropped, on its thread, is the channel closed.
    assert!(is_dropped.recv().is_err());

    let (never, waits) = channel::<i32>();
    let blocked = waits.into_iter().prefetch(1)?;
    drop(blocked);
    drop(never);
    Ok(())
}
