//! Offsets in an arena for runs of elements, each with the time it is live: the largest first, each at the lowest place that is
//! free while it lives.

/// From this many elements on a buffer begins at a multiple of them, with a cache line of 64 bytes of singles.
const LINE: usize = 16;

/// When something is live: from the node that makes it to the last that reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Life {
    pub first: usize,
    pub last: usize,
}

impl Life {
    pub fn of(self, other: Life) -> Life {
        Life {
            first: self.first.min(other.first),
            last: self.last.max(other.last),
        }
    }

    pub fn meets(&self, other: &Life) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// How many elements are set aside for so many.
pub(super) fn rounded(len: usize) -> usize {
    match len < LINE {
        true => len,
        false => len.next_multiple_of(LINE),
    }
}

/// The first place from here on at which a buffer of any length may begin.
pub(super) fn aligned(offset: usize) -> usize {
    offset.next_multiple_of(LINE)
}

/// An offset for each run, so that no two that live at once overlap, and how far they reach.
pub(super) fn offsets(runs: &[(usize, Life)]) -> (Vec<usize>, usize) {
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|&run| core::cmp::Reverse(runs[run].0));
    let mut out = vec![0; runs.len()];
    // Those that are placed, by their offsets.
    let mut placed: Vec<usize> = Vec::new();
    let mut size = 0;
    for run in order {
        let (len, life) = runs[run];
        let mut offset = 0;
        for &other in &placed {
            let (its_len, its_life) = runs[other];
            if !life.meets(&its_life) {
                continue;
            }
            if offset + len <= out[other] {
                break;
            }
            offset = offset.max(out[other] + its_len);
        }
        out[run] = offset;
        size = size.max(offset + len);
        let at = placed.partition_point(|&other| out[other] <= offset);
        placed.insert(at, run);
    }
    (out, size)
}

/// The largest sum of the runs that live at once.
pub(super) fn bound(runs: &[(usize, Life)]) -> usize {
    let mut events: Vec<(usize, bool, usize)> = Vec::new();
    for &(len, life) in runs {
        events.push((life.first, true, len));
        events.push((life.last + 1, false, len));
    }
    // What ends comes before what begins.
    events.sort_unstable();
    let (mut now, mut most) = (0, 0);
    for (_, begins, len) in events {
        match begins {
            true => now += len,
            false => now -= len,
        }
        most = most.max(now);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;
    use fastrand::Rng;

    fn random(rng: &mut Rng, count: usize) -> Vec<(usize, Life)> {
        let run = |_| {
            let first = rng.usize(..8);
            let last = first + rng.usize(..4);
            (rng.usize(1..6), Life { first, last })
        };
        (0..count).map(run).collect()
    }

    /// The least that any order of placing the runs at the lowest free place reaches. That is the least of all plans: from one,
    /// its runs pushed down in the order of their offsets are such a one.
    fn least(runs: &[(usize, Life)], placed: &mut Vec<(usize, usize)>) -> usize {
        let mut best = usize::MAX;
        for run in 0..runs.len() {
            if placed.iter().any(|(other, _)| *other == run) {
                continue;
            }
            let (len, life) = runs[run];
            let mut offset = 0;
            let mut near: Vec<(usize, usize)> = placed
                .iter()
                .filter(|(other, _)| runs[*other].1.meets(&life))
                .map(|&(other, at)| (at, runs[other].0))
                .collect();
            near.sort_unstable();
            for (at, its_len) in near {
                if offset + len <= at {
                    break;
                }
                offset = offset.max(at + its_len);
            }
            placed.push((run, offset));
            best = best.min(least(runs, placed));
            placed.pop();
        }
        match best {
            usize::MAX => placed
                .iter()
                .map(|&(run, at)| at + runs[run].0)
                .max()
                .unwrap_or(0),
            best => best,
        }
    }

    #[test]
    fn no_two_that_live_at_once_overlap() {
        let mut rng = Rng::with_seed(5);
        for count in (0..60).chain(0..60) {
            let runs = random(&mut rng, count);
            let (at, size) = offsets(&runs);
            for i in 0..count {
                assert!(at[i] + runs[i].0 <= size);
                for j in 0..i {
                    let apart = at[i] + runs[i].0 <= at[j] || at[j] + runs[j].0 <= at[i];
                    assert!(apart || !runs[i].1.meets(&runs[j].1), "{runs:?} at {at:?}");
                }
            }
            assert!(size >= bound(&runs));
        }
    }

    /// Against an exact search: never less, and in all but a few of a hundred as little.
    #[test]
    fn is_near_the_least() {
        let mut rng = Rng::with_seed(6);
        let (mut equal, mut most) = (0, 0.0);
        for _ in 0..100 {
            let runs = random(&mut rng, 6);
            let (_, size) = offsets(&runs);
            let least = least(&runs, &mut Vec::new());
            assert!(bound(&runs) <= least && least <= size);
            equal += usize::from(least == size);
            most = f64::max(most, size as f64 / least as f64);
        }
        assert!(equal >= 90 && most < 1.5, "{equal} of 100, at most {most}");
    }

    #[test]
    fn what_lives_at_once_is_counted() {
        let life = |first, last| Life { first, last };
        let runs = [
            (3, life(0, 2)),
            (4, life(1, 1)),
            (5, life(2, 4)),
            (1, life(3, 3)),
        ];
        assert_eq!(bound(&runs), 8);
        assert_eq!(offsets(&runs), (vec![5, 0, 0, 5], 8));
        assert_eq!((bound(&[]), offsets(&[])), (0, (vec![], 0)));
    }
}
