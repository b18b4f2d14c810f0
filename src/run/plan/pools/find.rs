//! Pools in a program: reductions of the entries of windows, and folds of what these were given (`gradient.rs`).
//!
//! Each is one node, of the images. The windows are left out if nothing else reads them.

use super::pooling::{How, Pooling, Read, pool};
use crate::program::{
    Binary, Broadcast, Fold, Full, Instruction, Offset, Prim, Program, Reduce, Reduction, Scale,
    Unary, Unfold, Window,
};
use crate::run::plan::makers::{Makers, are_exact};
use crate::scalar::Literal;
use std::collections::{BTreeMap, BTreeSet};

/// The pools and their gradients, by the number of the instruction that makes them, and the instructions that nothing else needs.
pub(in crate::run::plan) fn pools(
    program: &Program,
    makers: &Makers<'_>,
) -> (BTreeMap<usize, Pooling>, Vec<usize>) {
    let mut all = BTreeMap::new();
    let mut between = BTreeSet::new();
    for (number, instruction) in program.instructions().iter().enumerate() {
        let mut seeker = Seeker {
            makers,
            seen: Vec::new(),
        };
        let found = match &instruction.prim {
            Prim::Reduce(reduce) => seeker.pooled(reduce, instruction),
            Prim::Fold(fold) => seeker.given(fold, instruction),
            _ => None, // a match over primitives: no other joins windows or folds them
        };
        if let Some(pooling) = found {
            all.insert(number, pooling);
            between.extend(seeker.seen);
        }
    }
    let skipped = unread(program, &all, &between);
    (all, skipped)
}

/// Those of the instructions between images and pools that nothing reads any more.
fn unread(
    program: &Program,
    pools: &BTreeMap<usize, Pooling>,
    between: &BTreeSet<usize>,
) -> Vec<usize> {
    let mut is_read = vec![false; program.types().len()];
    for &value in program.outputs() {
        is_read[value] = true;
    }
    let mut skipped = Vec::new();
    let mut end = is_read.len();
    for (number, instruction) in program.instructions().iter().enumerate().rev() {
        let results = end - instruction.results.len()..end;
        end = results.start;
        if let Some(pooling) = pools.get(&number) {
            for read in &pooling.reads {
                if let Read::Value(value) | Read::Along(value, ..) = read {
                    is_read[*value] = true;
                }
            }
        } else if between.contains(&number) && !is_read[results].contains(&true) {
            skipped.push(number);
        } else {
            for &value in &instruction.arguments {
                is_read[value] = true;
            }
        }
    }
    // What has no argument is no node anyway.
    skipped.retain(|&number| !program.instructions()[number].arguments.is_empty());
    skipped
}

/// Windows of images, whose padding is 0 or below all entries.
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Windows {
    pub window: Window,
    pub image: [usize; 2],
    pub images: usize,
}

/// Follows values back to what makes them.
pub(super) struct Seeker<'m> {
    makers: &'m Makers<'m>,
    /// The instructions that it went through.
    seen: Vec<usize>,
}

impl<'m> Seeker<'m> {
    pub fn dims(&self, value: usize) -> Vec<usize> {
        self.makers.dims(value)
    }

    /// The instruction that makes a value, if that is not rounded.
    pub fn step(&mut self, value: usize) -> Option<&'m Instruction> {
        let (number, of) = self.makers.maker(value)?;
        self.seen.push(number);
        are_exact([&of.results[0]]).then_some(of)
    }

    /// The argument of a function of one.
    pub fn unary(&mut self, f: Unary, value: usize) -> Option<usize> {
        let of = self.step(value)?;
        (of.prim == Prim::Unary(f)).then(|| of.arguments[0])
    }

    /// The arguments of a function of two.
    pub fn binary(&mut self, f: Binary, value: usize) -> Option<[usize; 2]> {
        let of = self.step(value)?;
        (of.prim == Prim::Binary(f)).then(|| [of.arguments[0], of.arguments[1]])
    }

    /// What is repeated along the entries of windows, and the same for all of them.
    pub fn along_entries(&mut self, value: usize) -> Option<usize> {
        let of = self.step(value)?;
        let rank = self.dims(value).len();
        match &of.prim {
            Prim::Broadcast(Broadcast(_, axes))
                if axes.len() + 1 == rank && !axes.contains(&(rank - 2)) =>
            {
                Some(of.arguments[0])
            }
            _ => None, // a match over primitives: no other repeats
        }
    }

    /// What is joined over the entries of windows.
    pub fn over_entries(&mut self, how: Reduction, value: usize) -> Option<usize> {
        let of = self.step(value)?;
        is_over_entries(&of.prim, how, self.dims(of.arguments[0]).len()).then(|| of.arguments[0])
    }

    /// Whether a value is this number everywhere.
    pub fn is_number(&mut self, value: usize, number: Literal) -> bool {
        match self.step(value).map(|of| (&of.prim, &of.arguments)) {
            Some((Prim::Full(Full(_, c)), _)) => *c == number,
            Some((Prim::Broadcast(_), from)) => self.is_number(from[0], number),
            _ => false, // a match over primitives: no other is a number everywhere
        }
    }

    /// The windows that a value has the entries of, with their padding below all of them or as 0.
    pub fn windows(&mut self, value: usize, lower: bool) -> Option<Windows> {
        let of = self.step(value)?;
        if let Prim::Unfold(Unfold(window)) = of.prim {
            let images = of.arguments[0];
            let [.., rows, columns] = *self.dims(images) else {
                return None;
            };
            let is_right = !lower || window.padding == [0, 0];
            return is_right.then_some(Windows {
                window,
                image: [rows, columns],
                images,
            });
        }
        let (Prim::Select(_), true, [inside, entries, low]) = (&of.prim, lower, &*of.arguments)
        else {
            return None;
        };
        let windows = self.windows(*entries, false)?;
        // As `max_pool2d` makes them: twice the smallest entry, less 1.
        let low = self.along_entries(*low)?;
        let low = self.unary(Unary::Stop, low).unwrap_or(low);
        let less = self.step(low)?;
        let twice = self.step(less.arguments.first().copied()?)?;
        let is_low = less.prim == Prim::Offset(Offset(Literal::ratio(-1, 1)))
            && twice.prim == Prim::Scale(Scale(Literal::ratio(-2, 1)));
        let highest = self.over_entries(Reduction::Max, twice.arguments.first().copied()?)?;
        let negative = self.unary(Unary::Neg, highest)?;
        let is_inside = self.is_inside(*inside, windows.window)?;
        // Pixels apart may all be in the padding: then what was made lower is the largest.
        let Window {
            padding, dilation, ..
        } = windows.window;
        let is_over_image = (0..2).all(|axis| padding[axis] == 0 || dilation[axis] == 1);
        (is_low && is_inside && is_over_image && negative == *entries).then_some(windows)
    }

    /// Whether a value is 1 in the image, under each place of a window, and 0 in its padding.
    pub fn is_inside(&mut self, value: usize, window: Window) -> Option<bool> {
        let of = self.step(value)?;
        let from = of.arguments.first().copied()?;
        match &of.prim {
            Prim::Broadcast(Broadcast(dims, axes)) => {
                let rank = dims.len();
                let is_last = rank > 1 && axes.ends_with(&[rank - 2, rank - 1]);
                is_last.then(|| self.is_inside(from, window))?
            }
            Prim::Unfold(Unfold(other)) => {
                Some(*other == window && self.is_number(from, Literal::ratio(1, 1)))
            }
            _ => None, // a match over primitives: no other repeats
        }
    }

    /// A reduction over the entries of windows.
    fn pooled(&mut self, Reduce(how, _): &Reduce, instruction: &Instruction) -> Option<Pooling> {
        let value = instruction.arguments[0];
        if !is_over_entries(&instruction.prim, *how, self.dims(value).len()) {
            return None;
        }
        let lower = *how == Reduction::Max;
        let windows = self.windows(value, lower)?;
        let pool = pool(windows.window, windows.image)?;
        let how = match how {
            Reduction::Max => How::Max,
            Reduction::Sum => How::Sum,
        };
        are_exact([&instruction.results[0]]).then(|| Pooling {
            how,
            pool,
            reads: vec![Read::Value(windows.images)],
        })
    }

    /// A fold of what the entries of windows are given.
    fn given(&mut self, Fold(window, image): &Fold, instruction: &Instruction) -> Option<Pooling> {
        let value = instruction.arguments[0];
        let pool = pool(*window, *image)?;
        let found = self.of_sums(value).map(|dy| (How::SumGradient, vec![dy]));
        let (how, reads) = match found {
            Some(found) => found,
            None => {
                self.seen.clear();
                let reads = self.of_largest(value, *window, *image)?;
                (How::MaxGradient, reads)
            }
        };
        are_exact([&instruction.results[0]]).then_some(Pooling { how, pool, reads })
    }

    /// What the sums over the entries of windows are given, if each entry is given just that.
    fn of_sums(&mut self, value: usize) -> Option<Read> {
        let of = self.step(value)?;
        self.repeated(of, value)
    }

    /// What an instruction repeats along the entries of windows, and maybe along other axes.
    pub fn repeated(&self, of: &Instruction, value: usize) -> Option<Read> {
        let mut places = self.dims(value);
        let entries = places.len().checked_sub(2)?;
        places.remove(entries);
        match &of.prim {
            Prim::Broadcast(Broadcast(_, axes)) if !axes.contains(&entries) => {
                let axes = axes.iter().map(|&axis| axis - usize::from(axis > entries));
                Some(Read::Along(of.arguments[0], axes.collect(), places))
            }
            Prim::Full(Full(_, number)) => Some(Read::Number(*number, places)),
            _ => None, // a match over primitives: no other repeats
        }
    }
}

/// Whether it reduces the entries of windows: the last axis but one.
fn is_over_entries(prim: &Prim, how: Reduction, rank: usize) -> bool {
    matches!(prim, Prim::Reduce(Reduce(other, axes))
        if *other == how && rank > 1 && **axes == [rank - 2])
}
