//! Keys: one without the new axis draws the same for each sample, one with it draws for each.

use super::{Case, alone, indices, keys, program, scalars};
use cotangent::program::{Binary, FoldIn, FoldInIndex, Mask, Prim, Program, Uniform, Value, batch};
use cotangent::tensor::{AnyTensor, Dims, Key};

fn mask(dims: &[usize], keep: u64) -> Mask {
    Mask {
        dims: Dims::new(dims),
        keep,
    }
}

/// A mask of a folded key, times a value.
fn dropout() -> Program {
    let instructions: [(Prim, &[usize]); 3] = [
        (FoldIn(3).into(), &[1]),
        (mask(&[64], 1 << 31).into(), &[2]),
        (Binary::Mul.into(), &[0, 3]),
    ];
    program(&[scalars(&[64]), keys(&[])], &instructions, &[])
}

/// The programs.
pub fn cases() -> Vec<Case> {
    let all = [
        ("a mask", alone(&[keys(&[])], mask(&[2, 2], 1 << 31))),
        (
            "masks of two keys",
            alone(&[keys(&[2])], mask(&[2], 3 << 30)),
        ),
        (
            "a mask of one element",
            alone(&[keys(&[])], mask(&[], 1 << 31)),
        ),
        ("all", alone(&[keys(&[])], mask(&[3], 1 << 32))),
        ("none", alone(&[keys(&[])], mask(&[3], 0))),
        ("numbers", alone(&[keys(&[])], Uniform(Dims::new(&[2, 3])))),
        (
            "numbers of two keys",
            alone(&[keys(&[2])], Uniform(Dims::new(&[3]))),
        ),
        ("folded", alone(&[keys(&[2])], FoldIn(5))),
        (
            "folded with indices",
            alone(&[keys(&[2]), indices(&[2], 9)], FoldInIndex),
        ),
        (
            "folded with an index",
            alone(&[keys(&[]), indices(&[], 9)], FoldInIndex),
        ),
        ("dropout", dropout()),
    ];
    all.map(|(about, program)| (about.to_owned(), program))
        .to_vec()
}

/// Dropout of ones for four samples: their masks, one after another.
fn masks(keys: &[Key], batched: bool) -> Vec<Vec<f64>> {
    let ones = AnyTensor::full(Dims::new(&[4, 64]), 1.0);
    let keys = match batched {
        true => Value::Key(AnyTensor::new(&[4], keys.to_vec()).unwrap()),
        false => Value::from(keys[0]),
    };
    let all = batch(&dropout(), &[true, batched], 4).unwrap();
    assert_eq!(all.batched, [true]);
    let y = all.program.run(&[Value::Scalar(ones), keys]).unwrap();
    y[0].tensor()
        .unwrap()
        .as_slice()
        .chunks(64)
        .map(<[f64]>::to_vec)
        .collect()
}

/// What a key draws for one sample.
fn alone_with(key: Key) -> Vec<f64> {
    let ones = AnyTensor::full(Dims::new(&[64]), 1.0);
    let y = dropout()
        .run(&[Value::Scalar(ones), Value::from(key)])
        .unwrap();
    y[0].tensor().unwrap().as_slice().to_vec()
}

#[test]
fn one_key_draws_the_same_for_each_sample() {
    let key = Key::new(11);
    let masks = masks(&[key], false);
    assert_eq!(masks, vec![alone_with(key); 4]);
    // Not all, and not none.
    let kept: f64 = masks[0].iter().sum();
    assert!(kept > 16.0 && kept < 48.0, "{kept}");
}

#[test]
fn a_key_for_each_sample_draws_for_each() {
    let keys = [11, 12, 13, 11].map(Key::new);
    let masks = masks(&keys, true);
    assert_eq!(masks, keys.map(alone_with));
    assert_ne!(masks[0], masks[1]);
    assert_ne!(masks[1], masks[2]);
    assert_eq!(masks[0], masks[3]); // the same key
}

/// A mask that all samples share is drawn once: it has no axis until it meets a value that has one.
#[test]
fn a_shared_mask_is_drawn_once() {
    let draws = |batched| {
        let all = batch(&dropout(), &[true, batched], 4).unwrap();
        let masks = all.program.numbered().filter_map(|(id, i)| match &i.prim {
            Prim::Mask(_) => Some(all.program.types()[id].dims().to_string()),
            _ => None,
        });
        masks.collect::<Vec<_>>()
    };
    assert_eq!(draws(false), ["[64]"]);
    assert_eq!(draws(true), ["[4, 64]"]);
}
