//! Large chains in parts, for threads. Where a chain is cut depends on sizes alone, on one thread too, so that its numbers are the
//! same for every number of threads.

use super::chain::{Action, ChainStep, Cut, Given, Joined};
use super::float::Float;
use super::threads::PIECE;
use super::walk::gcd;

/// Into so many parts a chain is cut at most, and so many elements each may make of its own.
const PARTS: usize = 64;
const OWN: usize = 1 << 16;

impl Cut {
    /// The cut of a chain over `count` elements with so much work for each; nothing if that is too little.
    pub fn of<T>(
        count: usize,
        block: usize,
        work: usize,
        writes: usize,
        actions: &[Action<T>],
        joined: &[Joined<T>],
    ) -> Option<Cut> {
        let (mut rows, mut unit, mut own) = (vec![Some(1); writes], block, 0);
        let joins = actions.iter().filter_map(|action| match action {
            Action::Join { walk, to, .. } => Some((walk, *to)),
            Action::Run(_) | Action::Load { .. } | Action::Draw { .. } => None,
        });
        for ((walk, to), joined) in joins.zip(joined) {
            let row = match (walk.stride, &*walk.outer) {
                // Of rows without elements there is nothing to cut.
                (0, [(_, 1)]) if walk.columns > 0 => Some(walk.columns),
                (1, []) => Some(1),
                _ => None,
            };
            let larger = row.map(|row| (row, unit / gcd(unit, row) * row));
            rows[usize::from(to)] = match larger {
                Some((row, larger)) if larger <= count / 2 => {
                    unit = larger;
                    Some(row)
                }
                _ => {
                    own += joined.len;
                    None
                }
            };
        }
        let most = PARTS.min(OWN.checked_div(own).unwrap_or(PARTS));
        let size = count.saturating_mul(work);
        // A power of two is the same for each of two, four or eight threads.
        let parts = 1 << (size / PIECE).clamp(1, most.max(1)).ilog2();
        if parts < 2 || unit >= count {
            return None;
        }
        let part = count.div_ceil(unit).div_ceil(parts) * unit;
        Some(Cut {
            part,
            parts: count.div_ceil(part),
            rows: rows.into(),
            own,
            size,
        })
    }
}

/// Some parts in succession, and what they write.
struct Run<'p, T, const W: usize> {
    parts: [usize; 2],
    written: [&'p mut [T]; W],
    own: &'p mut [T],
    registers: &'p mut [T],
    /// On how many threads.
    threads: usize,
}

impl<T: Float> ChainStep<T> {
    /// How many elements its parts make of their own.
    pub fn own(&self) -> usize {
        self.cut.as_ref().map_or(0, |cut| cut.parts * cut.own)
    }

    pub(super) fn by_parts<const W: usize>(
        &self,
        cut: &Cut,
        given: Given<'_, '_, T>,
        written: &mut [&mut [T]; W],
        room: &mut [T],
        threads: usize,
    ) {
        let threads = threads.min(cut.parts);
        let (registers, own) = room.split_at_mut(threads * self.registers);
        let own = &mut own[..cut.parts * cut.own];
        let mut by_rows: [&mut [T]; W] = core::array::from_fn(|_| &mut [][..]);
        for ((by_rows, written), row) in by_rows.iter_mut().zip(&mut *written).zip(&cut.rows) {
            if row.is_some() {
                *by_rows = &mut **written;
            }
        }
        self.spread(
            cut,
            given,
            Run {
                parts: [0, cut.parts],
                written: by_rows,
                own: &mut *own,
                registers,
                threads,
            },
        );
        let mut own = &*own;
        for _ in 0..cut.parts {
            for joined in self.own_of(cut) {
                let (x, rest) = own.split_at(joined.len);
                joined.how.each(written[usize::from(joined.to)], x);
                own = rest;
            }
        }
    }

    /// What each part makes of its own.
    fn own_of(&self, cut: &Cut) -> impl Iterator<Item = &Joined<T>> {
        let is_own = |joined: &&Joined<T>| cut.rows[usize::from(joined.to)].is_none();
        self.joined.iter().filter(is_own)
    }

    /// In halves, on as many threads as there are registers for.
    fn spread<const W: usize>(&self, cut: &Cut, given: Given<'_, '_, T>, run: Run<'_, T, W>) {
        let ([first, last], threads) = (run.parts, run.threads);
        if threads < 2 || last - first < 2 {
            return self.each_part(cut, given, run);
        }
        let here = threads / 2;
        let middle = first + ((last - first) * here / threads).max(1);
        let mut before: [&mut [T]; W] = core::array::from_fn(|_| &mut [][..]);
        let mut after: [&mut [T]; W] = core::array::from_fn(|_| &mut [][..]);
        let halves = before.iter_mut().zip(&mut after);
        for (((before, after), all), row) in halves.zip(run.written).zip(&cut.rows) {
            if let Some(row) = row {
                (*before, *after) = all.split_at_mut((middle - first) * cut.part / row);
            }
        }
        let (own, own_after) = run.own.split_at_mut((middle - first) * cut.own);
        let (registers, registers_after) = run.registers.split_at_mut(here * self.registers);
        let one = Run {
            parts: [first, middle],
            written: before,
            own,
            registers,
            threads: here,
        };
        let other = Run {
            parts: [middle, last],
            written: after,
            own: own_after,
            registers: registers_after,
            threads: threads - here,
        };
        rayon::join(
            || self.spread(cut, given, one),
            || self.spread(cut, given, other),
        );
    }

    fn each_part<const W: usize>(&self, cut: &Cut, given: Given<'_, '_, T>, run: Run<'_, T, W>) {
        let (mut written, mut own) = (run.written, run.own);
        for part in run.parts[0]..run.parts[1] {
            let start = part * cut.part;
            let end = self.count.min(start + cut.part);
            let mut here: [&mut [T]; W] = core::array::from_fn(|_| &mut [][..]);
            for ((here, all), row) in here.iter_mut().zip(&mut written).zip(&cut.rows) {
                if let Some(row) = row {
                    let (part, rest) = core::mem::take(all).split_at_mut((end - start) / row);
                    (*here, *all) = (part, rest);
                }
            }
            for joined in self.own_of(cut) {
                let (part, rest) = own.split_at_mut(joined.len);
                part.fill(joined.first);
                here[usize::from(joined.to)] = part;
                own = rest;
            }
            let written = &mut here[..self.writes.len()];
            self.range(&cut.rows, given, written, run.registers, [start, end]);
        }
    }
}
