//! Keys and random bits against JAX's: the part `keys` of `tests/reference/jax.json`.

use cotangent::tensor::Key;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct File {
    keys: Vec<Case>,
}

/// What JAX makes of a seed.
#[derive(Deserialize)]
struct Case {
    seed: u64,
    key: [u32; 2],
    fold_in: Vec<Fold>,
    /// The first bits, as an array of dims [2, 3].
    first: [u32; 6],
    /// The same with 64 bits.
    wide: [u64; 6],
    bits: Vec<Bits>,
}

#[derive(Deserialize)]
struct Fold {
    n: u64,
    key: [u32; 2],
}

#[derive(Deserialize)]
struct Bits {
    index: u64,
    bits: u32,
}

fn cases() -> Vec<Case> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/jax.json");
    let text = std::fs::read_to_string(&path).unwrap();
    serde_json::from_str::<File>(&text).unwrap().keys
}

#[test]
fn keys_are_those_of_jax() {
    let cases = cases();
    assert!(cases.iter().any(|case| case.seed > u64::from(u32::MAX)));
    for case in cases {
        let key = Key::new(case.seed);
        assert_eq!(key.halves, case.key, "seed {}", case.seed);
        assert_eq!(case.fold_in.len(), 5);
        for Fold { n, key: folded } in case.fold_in {
            assert_eq!(key.fold_in(n).halves, folded, "seed {}, {n}", case.seed);
        }
    }
}

#[test]
fn bits_are_those_of_jax() {
    for case in cases() {
        let key = Key::new(case.seed);
        let first = [0, 1, 2, 3, 4, 5].map(|index| key.bits(index));
        assert_eq!(first, case.first, "seed {}", case.seed);
        let wide = [0, 1, 2, 3, 4, 5].map(|index| key.bits64(index));
        assert_eq!(wide, case.wide, "seed {}", case.seed);
        assert!(case.bits.iter().any(|bits| bits.index > 1 << 32));
        for Bits { index, bits } in case.bits {
            assert_eq!(key.bits(index), bits, "seed {}, index {index}", case.seed);
        }
    }
}
