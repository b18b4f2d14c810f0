//! Where values are while a plan runs: an arena, the inputs and outputs of the caller, the constants of the plan.

use core::mem;

pub(super) use cotangent_kernels::Region;

/// A run of elements that a step reads or writes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Place {
    pub region: Region,
    /// Where it begins.
    pub offset: usize,
    /// How far it moves with each step of the loop around it.
    pub advance: usize,
    pub len: usize,
    /// How many of the buffers in the arena that the step writes lie before it.
    pub gap: usize,
}

impl Place {
    fn at(&self, step: usize) -> usize {
        self.offset + step * self.advance
    }
}

/// The elements of one kind.
pub(super) struct Memory<'m, 'o, E> {
    pub arena: &'m mut [E],
    pub inputs: &'m [&'m [E]],
    pub outputs: &'m mut [&'o mut [E]],
    pub constants: &'m [Box<[E]>],
}

/// Memory with some runs of it to be written, and all else to be read.
pub(super) struct Opened<'a, 'o, E, const W: usize> {
    pub written: [&'a mut [E]; W],
    /// What lies in the arena between the runs that are written, and where it begins.
    gaps: [(usize, &'a [E]); W],
    inputs: &'a [&'a [E]],
    outputs: &'a [&'o mut [E]],
    constants: &'a [Box<[E]>],
}

impl<'a, E, const W: usize> Opened<'a, '_, E, W> {
    /// What lies in a place that is not written.
    pub fn read(&self, place: &Place, step: usize) -> &'a [E] {
        if place.len == 0 {
            return &[];
        }
        let at = place.at(step);
        match place.region {
            Region::Arena => {
                let (start, gap) = self.gaps[place.gap];
                &gap[at - start..][..place.len]
            }
            Region::Input(i) => &self.inputs[i][at..][..place.len],
            Region::Output(i) => &self.outputs[i][at..][..place.len],
            Region::Constant(i) => &self.constants[i][at..][..place.len],
        }
    }
}

impl<'o, E> Memory<'_, 'o, E> {
    /// What lies in a place, while nothing of this kind is written.
    pub fn read(&self, place: &Place, step: usize) -> &[E] {
        if place.len == 0 {
            return &[];
        }
        let at = place.at(step);
        match place.region {
            Region::Arena => &self.arena[at..][..place.len],
            Region::Input(i) => &self.inputs[i][at..][..place.len],
            Region::Output(i) => &self.outputs[i][at..][..place.len],
            Region::Constant(i) => &self.constants[i][at..][..place.len],
        }
    }

    /// Calls `f` with some places to be written: fewer than `W`, those of the arena in order.
    #[inline]
    pub fn open<const W: usize, R>(
        &mut self,
        writes: &[Place],
        step: usize,
        f: impl FnOnce(&mut Opened<'_, 'o, E, W>) -> R,
    ) -> R {
        // One place of the arena, as most steps write: the arena is cut in two.
        if let [place] = writes
            && place.region == Region::Arena
        {
            let at = place.at(step);
            let (before, rest) = self.arena.split_at_mut(at);
            let (here, after) = rest.split_at_mut(place.len);
            let mut written: [&mut [E]; W] = core::array::from_fn(|_| <&mut [E]>::default());
            let mut gaps: [(usize, &[E]); W] = [(0, &[]); W];
            (written[0], gaps[0], gaps[1]) = (here, (0, &*before), (at + place.len, &*after));
            return f(&mut Opened {
                written,
                gaps,
                inputs: self.inputs,
                outputs: self.outputs,
                constants: self.constants,
            });
        }
        let mut taken: [&'o mut [E]; W] = core::array::from_fn(|_| <&mut [E]>::default());
        let mut written: [&mut [E]; W] = core::array::from_fn(|_| <&mut [E]>::default());
        let mut gaps: [(usize, &[E]); W] = [(0, &[]); W];
        let (mut rest, mut start, mut gap) = (&mut *self.arena, 0, 0);
        for ((place, written), taken) in writes.iter().zip(&mut written).zip(&mut taken) {
            match place.region {
                Region::Arena => {
                    let at = place.at(step);
                    let (before, here) = mem::take(&mut rest).split_at_mut(at - start);
                    gaps[gap] = (start, before);
                    gap += 1;
                    (*written, rest) = here.split_at_mut(place.len);
                    start = at + place.len;
                }
                Region::Output(i) => *taken = mem::take(&mut self.outputs[i]),
                Region::Input(_) | Region::Constant(_) => {}
            }
        }
        gaps[gap] = (start, rest);
        for ((place, written), taken) in writes.iter().zip(&mut written).zip(&mut taken) {
            if let Region::Output(_) = place.region {
                *written = &mut taken[place.at(step)..][..place.len];
            }
        }
        let result = f(&mut Opened {
            written,
            gaps,
            inputs: self.inputs,
            outputs: self.outputs,
            constants: self.constants,
        });
        for (place, taken) in writes.iter().zip(&mut taken) {
            if let Region::Output(i) = place.region {
                self.outputs[i] = mem::take(taken);
            }
        }
        result
    }
}
