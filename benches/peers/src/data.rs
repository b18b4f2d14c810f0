//! The numbers that all engines begin with, from an integer hash: a program in another language makes the same ones.

use std::num::NonZero;

/// What a tensor of the table is filled with.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fill {
    /// Numbers from `-scale` to `scale`.
    Hash {
        seed: u32,
        scale: f32,
    },
    Constant(f32),
}

/// A tensor of floats: row major.
#[derive(Clone, Debug)]
pub struct Floats {
    pub dims: Vec<usize>,
    pub values: Vec<f32>,
}

/// The finaliser of MurmurHash3, over an index and a seed.
pub fn hash(index: u32, seed: u32) -> u32 {
    let mut h = index.wrapping_mul(0x9E37_79B9) ^ seed.wrapping_mul(0x85EB_CA6B);
    h = (h ^ (h >> 16)).wrapping_mul(0x85EB_CA6B);
    h = (h ^ (h >> 13)).wrapping_mul(0xC2B2_AE35);
    h ^ (h >> 16)
}

/// The upper 24 bits of a hash, as a number from `-scale` to `scale`. Only the last product is rounded.
fn number(hash: u32, scale: f32) -> f32 {
    ((hash >> 8) as f32 / 8_388_608.0 - 1.0) * scale
}

impl Floats {
    pub fn new(dims: Vec<usize>, fill: Fill) -> Self {
        let count = dims.iter().product::<usize>() as u32;
        let values = match fill {
            Fill::Hash { seed, scale } => {
                (0..count).map(|i| number(hash(i, seed), scale)).collect()
            }
            Fill::Constant(value) => vec![value; count as usize],
        };
        Self { dims, values }
    }
}

/// A class for each sample.
pub fn labels(count: u32, classes: NonZero<usize>, seed: u32) -> Vec<usize> {
    let class = |i| hash(i, seed) as usize % classes;
    (0..count).map(class).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What `python3 data.py` prints, too.
    #[test]
    fn the_first_numbers() {
        let fill = Fill::Hash {
            seed: 7,
            scale: 0.5,
        };
        let floats = Floats::new(vec![2, 2], fill);
        assert_eq!(floats.values, FLOATS);
        assert_eq!(
            labels(6, NonZero::<usize>::MIN.saturating_add(9), 7),
            CLASSES
        );
    }

    const FLOATS: [f32; 4] = [-0.109_692_454, -0.235_627_47, -0.172_184_82, 0.318_062_84];
    const CLASSES: [usize; 6] = [8, 5, 6, 3, 9, 2];
}
