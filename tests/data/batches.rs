//! Batches of each kind, against the rows that they should be.

use crate::files::error;
use cotangent::data::{Batch, Column, Dataset, Order, permutation};
use cotangent::optim::sgd;
use cotangent::prelude::*;

type Pair = environment![[2], [] < 100];

/// Example `i` is `[i, -i]` and the label `i`.
fn pairs(count: u8) -> Dataset<f64, Pair> {
    let x = (0..count)
        .flat_map(|i| [f64::from(i), -f64::from(i)])
        .collect();
    let x = Column::from_vec(x).expect("pairs");
    let labels = Column::from_labels(0..count).expect("below 100");
    Dataset::new((x, labels)).expect("as many of both")
}

/// The labels of a batch, whose numbers are held against them.
fn labels_of(batch: &Batch<f64, Pair, N<3>>) -> Vec<usize> {
    let tlist![x, labels] = batch;
    for (x, &label) in x.rows().zip(labels.as_slice()) {
        assert_eq!(x, Tensor::from([label as f64, -(label as f64)]));
    }
    labels.as_slice().to_vec()
}

#[test]
fn an_epoch_is_the_permutation_of_its_key() -> Result<(), Box<dyn std::error::Error>> {
    let set = pairs(11);
    for seed in 0..20 {
        let batches = set.batches::<N<3>>(Key::new(seed))?;
        assert_eq!((batches.len(), batches.taken()), (3, 0));
        let got: Vec<usize> = batches.flat_map(|batch| labels_of(&batch)).collect();
        // The last two are dropped.
        assert_eq!(got, permutation(Key::new(seed), 11)[..9]);
    }
    let stored: Vec<usize> = set
        .batches::<N<3>>(Order::Stored)?
        .flat_map(|batch| labels_of(&batch))
        .collect();
    assert_eq!(stored, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    // Of a part, that of the part.
    let (_, rest) = set.shuffled(Key::new(4)).split_at(5)?;
    let order = permutation(Key::new(4), 11);
    let inner = permutation(Key::new(9), 6);
    let expected: Vec<usize> = inner.into_iter().map(|i| order[5 + i]).collect();
    let got: Vec<usize> = rest
        .batches::<N<3>>(Key::new(9))?
        .flat_map(|batch| labels_of(&batch))
        .collect();
    assert_eq!(got, expected);
    Ok(())
}

#[test]
fn an_epoch_goes_on_where_it_was() -> Result<(), Box<dyn std::error::Error>> {
    let set = pairs(10);
    let whole: Vec<_> = set.batches::<N<3>>(Key::new(1))?.collect();
    let padded: Vec<_> = set.padded_batches::<N<3>>(Key::new(1)).collect();
    let chunks: Vec<_> = set.chunks(3, Key::new(1))?.collect();
    assert_eq!((whole.len(), padded.len(), chunks.len()), (3, 4, 4));
    for n in 0..=3 {
        let mut batches = set.batches::<N<3>>(Key::new(1))?.from_batch(n)?;
        assert_eq!((batches.taken(), batches.len()), (n, 3 - n));
        assert_eq!(batches.next().as_ref(), whole.get(n));
        assert_eq!(batches.taken(), 3.min(n + 1));
        assert_eq!(
            set.padded_batches::<N<3>>(Key::new(1))
                .from_batch(n)?
                .collect::<Vec<_>>(),
            padded[n..]
        );
        assert_eq!(
            set.chunks(3, Key::new(1))?
                .from_batch(n)?
                .collect::<Vec<_>>(),
            chunks[n..]
        );
        // `skip` is `nth`, which gathers nothing on the way.
        assert_eq!(
            set.batches::<N<3>>(Key::new(1))?
                .skip(n)
                .collect::<Vec<_>>(),
            whole[n..]
        );
    }
    let text = |batches| {
        format!("an epoch of {batches} batches cannot begin at batch 9: expected 0 to {batches}")
    };
    assert_eq!(
        error(set.batches::<N<3>>(Key::new(1))?.from_batch(9)),
        text(3)
    );
    assert_eq!(
        error(set.padded_batches::<N<3>>(Key::new(1)).from_batch(9)),
        text(4)
    );
    assert_eq!(error(set.chunks(3, Key::new(1))?.from_batch(9)), text(4));
    Ok(())
}

#[test]
fn what_is_left_is_padded_with_its_first_example() -> Result<(), Box<dyn std::error::Error>> {
    let batches: Vec<_> = pairs(5).padded_batches::<N<3>>(Order::Stored).collect();
    let row = |i: f64| [i, -i];
    let expected = [
        tlist![
            Tensor::from([0.0, 1.0, 2.0].map(row)),
            Labels::new([0, 1, 2])?,
            Tensor::from([1.0, 1.0, 1.0])
        ],
        tlist![
            Tensor::from([3.0, 4.0, 3.0].map(row)),
            Labels::new([3, 4, 3])?,
            Tensor::from([1.0, 1.0, 0.0])
        ],
    ];
    assert_eq!(batches, expected);
    // A set that is smaller than a batch, and one that fits.
    let mut two = pairs(2).padded_batches::<N<3>>(Key::new(0));
    let tlist![_, _, weights] = two.next().expect("one");
    assert_eq!((weights, two.next()), (Tensor::from([1.0, 1.0, 0.0]), None));
    let six: Vec<_> = pairs(6)
        .padded_batches::<N<3>>(Key::new(0))
        .map(|tlist![_, _, weights]| weights)
        .collect();
    assert_eq!(six, [Tensor::ones(), Tensor::ones()]);
    Ok(())
}

#[test]
fn what_is_left_at_its_own_size() -> Result<(), Box<dyn std::error::Error>> {
    let set = pairs(5);
    let chunks: Vec<Vec<usize>> = set
        .chunks(2, Key::new(3))?
        .map(|chunk| {
            chunk
                .into_iter()
                .map(|tlist![_, label]| label.as_slice()[0])
                .collect()
        })
        .collect();
    assert_eq!(chunks.iter().map(Vec::len).collect::<Vec<_>>(), [2, 2, 1]);
    assert_eq!(chunks.concat(), permutation(Key::new(3), 5));
    // A chunk of more than there are is all of them.
    assert_eq!(
        set.chunks(100, Key::new(3))?
            .map(|chunk| chunk.len())
            .collect::<Vec<_>>(),
        [5]
    );
    assert_eq!(
        error(set.chunks(0, Key::new(3))),
        "a batch has at least one example, got a size of 0"
    );
    Ok(())
}

#[test]
fn a_batch_that_is_larger_than_the_set() {
    let text = "a batch has 6 examples, and the set has 5: an epoch would have no batch";
    assert_eq!(error(pairs(5).batches::<N<6>>(Key::new(0))), text);
    assert_eq!(
        pairs(5)
            .batches::<N<5>>(Key::new(0))
            .map(|batches| batches.len())
            .ok(),
        Some(1)
    );
}

graph! {
    fn of_batch(w: [2], b: []; x: [3, 2], labels: [3] < 100) -> [] {
        mean(square(matmul(x, w) + b)) + 0.0 * mean(square(to_scalar(labels)))
    }

    fn of_one(w: [2], b: []; x: [2], label: [] < 100) -> [] {
        square(matmul(x, w) + b) + 0.0 * square(to_scalar(label))
    }

    fn weighted(w: [2], b: []; x: [3, 2], labels: [3] < 100, weight: [3]) -> [] {
        sum(square(matmul(x, w) + b) * weight) + 0.0 * mean(square(to_scalar(labels)))
    }
}

/// A trainer takes a batch, a batched plan takes a chunk, and a weighted sum takes a padded batch: all of the same numbers. Sums
/// are of a few numbers below 100, in another order.
#[test]
fn batches_are_what_graphs_take() -> Result<(), Box<dyn std::error::Error>> {
    let set = pairs(8);
    let (w, b) = (Tensor::from([0.25, -0.5]), Tensor::scalar(0.125));
    let by_hand = |rows: &[usize]| {
        rows.iter()
            .map(|&i| (0.75 * i as f64 + 0.125).powi(2))
            .sum::<f64>()
    };
    let order = permutation(Key::new(2), 8);

    let mut trainer = of_batch().trainer(&sgd(0.0), (&w, &b));
    for (batch, rows) in set.batches::<N<3>>(Key::new(2))?.zip(order.chunks(3)) {
        approx::assert_relative_eq!(
            trainer.step(&batch).item(),
            by_hand(rows) / 3.0,
            max_relative = 1e-14
        );
    }
    assert_eq!(trainer.steps(), 2);
    let mut plan = of_one().plan().batched();
    for (chunk, rows) in set.chunks(3, Key::new(2))?.zip(order.chunks(3)) {
        let (values, _) = plan.value_and_vjp((&w, &b), &chunk);
        let sum: f64 = values.iter().map(Tensor::item).sum();
        approx::assert_relative_eq!(sum, by_hand(rows), max_relative = 1e-14);
    }
    let mut count = 0;
    for (batch, rows) in set.padded_batches::<N<3>>(Key::new(2)).zip(order.chunks(3)) {
        let sum = weighted().value((&w, &b), &batch).item();
        approx::assert_relative_eq!(sum, by_hand(rows), max_relative = 1e-14);
        count += 1;
    }
    assert_eq!(count, 3);
    Ok(())
}
