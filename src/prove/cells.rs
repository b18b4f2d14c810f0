//! The line of numbers, cut at some points: the points, the cells between two neighbours, and the two beyond. To an order
//! that asks for no other number, all numbers of a cell are alike.

use super::term::Coefficient;
use std::collections::BTreeSet;

/// A line cut at points, at least one.
#[derive(Clone, Debug)]
pub(super) struct Cells {
    points: Vec<Coefficient>,
    /// Each point, and two numbers of each cell: as many as a prime number, the last are beyond all points.
    samples: Vec<Coefficient>,
}

impl Cells {
    /// The line cut at 0, and at these.
    pub(super) fn at(points: &BTreeSet<Coefficient>) -> Self {
        let mut cut = points.clone();
        cut.insert(Coefficient::ZERO);
        let points: Vec<Coefficient> = cut.into_iter().collect();
        let mut cells = Cells {
            points,
            samples: Vec::new(),
        };
        for cell in 0..=cells.points.len() {
            cells.samples.extend(cells.points.get(cell).cloned());
            let two = [1, 2].map(|third| cells.inside(cell, third, 3));
            cells.samples.extend(two);
        }
        for further in 3.. {
            if is_prime(cells.samples.len()) {
                break;
            }
            let beyond = cells.inside(cells.points.len(), further, 3);
            cells.samples.push(beyond);
        }
        cells
    }

    /// In how many rounds [`sample`](Self::sample) is everywhere.
    pub(super) fn rounds(&self) -> u64 {
        self.samples.len() as u64
    }

    /// Of a key and the number of a round: each point, and a number or two of each cell, once in as many rounds as there are.
    /// Two keys have equal numbers in one of these, but for few pairs.
    pub(super) fn sample(&self, key: u64, round: u64) -> Coefficient {
        // x ↦ a x + b modulo a prime: pairwise independent (Carter and Wegman, 1979).
        let rounds = self.rounds();
        let random = mixed(key ^ mixed(round / rounds));
        let (a, b) = (1 + random % (rounds - 1), mixed(random) % rounds);
        self.samples[((a * (round % rounds) + b) % rounds) as usize].clone()
    }

    /// A number of some cell, which few others are.
    pub(super) fn somewhere(&self, key: u64) -> Coefficient {
        let cell = mixed(key) % (self.points.len() as u64 + 1);
        // An odd numerator below the denominator.
        let part = mixed(!key) % (1 << 19);
        self.inside(cell as usize, 2 * part as i64 + 1, 1 << 20)
    }

    /// In the cell before a point, or beyond the last: at `n / d` of it, which is between 0 and 1.
    fn inside(&self, cell: usize, n: i64, d: u64) -> Coefficient {
        let below = cell.checked_sub(1).map(|below| &self.points[below]);
        let part = Coefficient::ratio(n, d);
        match (below, self.points.get(cell)) {
            (Some(below), Some(above)) => {
                let length = above.plus(&below.negated());
                below.plus(&length.times(&part))
            }
            (None, Some(above)) => above.plus(&part.negated()),
            (Some(below), None) => below.plus(&part),
            // There is a point.
            (None, None) => part,
        }
    }
}

fn is_prime(n: usize) -> bool {
    n > 1
        && (2..)
            .take_while(|d| d * d <= n)
            .all(|d| !n.is_multiple_of(d))
}

/// The finalizer of splitmix64 (Steele, Lea and Flood, 2014): a bijection that mixes all bits.
pub(super) const fn mixed(word: u64) -> u64 {
    let z = word.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let z = (z ^ z >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let z = (z ^ z >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ z >> 31
}

#[cfg(test)]
mod tests {
    use super::Cells;
    use crate::prove::term::Coefficient;
    use std::collections::BTreeSet;

    fn points(all: &[(i64, u64)]) -> BTreeSet<Coefficient> {
        all.iter().map(|&(n, d)| Coefficient::ratio(n, d)).collect()
    }

    /// Which points and cells numbers are in.
    fn reached(points: &BTreeSet<Coefficient>, numbers: &[Coefficient]) -> BTreeSet<usize> {
        let cut: BTreeSet<Coefficient> =
            points.iter().cloned().chain([Coefficient::ZERO]).collect();
        let place = |x: &Coefficient| {
            let below = cut.iter().filter(|point| *point < x).count();
            2 * below + usize::from(cut.contains(x))
        };
        numbers.iter().map(place).collect()
    }

    #[test]
    fn a_number_goes_round_all_cells() {
        for all in [
            vec![],
            vec![(5, 1), (100, 1)],
            vec![(1, 4), (1, 2), (-7, 3), (1 << 60, 1)],
        ] {
            let points = points(&all);
            let cells = Cells::at(&points);
            for (key, start) in [(0, 0), (1, 0), (77, 3)] {
                let rounds = start * cells.rounds()..(start + 1) * cells.rounds();
                let numbers: Vec<_> = rounds.map(|round| cells.sample(key, round)).collect();
                // Each point with 0, a cell before each, and one beyond.
                assert_eq!(reached(&points, &numbers).len(), 2 * (all.len() + 1) + 1);
            }
            let anywhere: Vec<_> = (0..200).map(|key| cells.somewhere(key)).collect();
            assert_eq!(reached(&points, &anywhere).len(), all.len() + 2);
            assert!(anywhere.iter().collect::<BTreeSet<_>>().len() > 195);
        }
    }

    /// Over some turns two numbers are in each order.
    #[test]
    fn two_numbers_are_in_each_order() {
        let cells = Cells::at(&points(&[]));
        for (x, y) in [(0, 1), (1, 2), (5, 9)] {
            let orders = (0..32).map(|round| cells.sample(x, round).cmp(&cells.sample(y, round)));
            assert_eq!(orders.collect::<BTreeSet<_>>().len(), 3);
        }
    }
}
