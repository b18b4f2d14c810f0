//! Elements from the beginning of a cache line on: a vector of 64 bytes that lies in two of them is read twice.

use core::ops::{Deref, DerefMut};

/// The bytes of a cache line.
const LINE: usize = 64;

/// A list of elements whose first is at the beginning of a cache line, if their size divides one.
#[derive(Debug)]
pub(super) struct Aligned<E> {
    memory: Vec<E>,
    /// Where the elements begin in the memory.
    start: usize,
}

impl<E> Aligned<E> {
    /// No elements.
    pub const fn new() -> Self {
        Aligned {
            memory: Vec::new(),
            start: 0,
        }
    }

    /// How many bytes it holds.
    pub fn bytes(&self) -> usize {
        size_of::<E>() * self.memory.capacity()
    }
}

impl<E: Clone> Aligned<E> {
    /// As long as `len` at least, with `zero` behind what is there; `None` if there is no memory.
    pub fn grow(&mut self, len: usize, zero: E) -> Option<()> {
        if self.len() < len {
            *self = Aligned::of(self, len, zero)?;
        }
        Some(())
    }

    fn of(elements: &[E], len: usize, zero: E) -> Option<Self> {
        let most = LINE / size_of::<E>().max(1);
        let room = len.checked_add(most)?;
        let mut memory: Vec<E> = Vec::new();
        memory.try_reserve_exact(room).ok()?;
        let start = memory.as_ptr().align_offset(LINE).min(most);
        memory.resize(start, zero.clone());
        memory.extend_from_slice(elements);
        memory.resize(start + len, zero);
        Some(Aligned { memory, start })
    }
}

impl<E: Clone> Clone for Aligned<E> {
    fn clone(&self) -> Self {
        // Of no element there is no `zero`, and none is needed. Without memory the copy may lie anywhere, as that of a list.
        let aligned = self
            .first()
            .cloned()
            .and_then(|zero| Aligned::of(self, self.len(), zero));
        aligned.unwrap_or_else(|| Aligned {
            memory: self.to_vec(),
            start: 0,
        })
    }
}

impl<E> Deref for Aligned<E> {
    type Target = [E];

    fn deref(&self) -> &[E] {
        &self.memory[self.start..]
    }
}

impl<E> DerefMut for Aligned<E> {
    fn deref_mut(&mut self) -> &mut [E] {
        &mut self.memory[self.start..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_begins_with_a_line_and_keeps_what_it_has() {
        let mut all = Aligned::new();
        for len in [1, 3, 16, 17, 100, 5000] {
            let before = all.to_vec();
            all.grow(len, 0.5_f32).expect("memory");
            assert_eq!(all.len(), len);
            assert_eq!(all.as_ptr().align_offset(LINE), 0);
            assert_eq!(all[..before.len()], before);
            assert!(all[before.len()..].iter().all(|&x| x == 0.5));
            all[len - 1] = len as f32;
            let copy = all.clone();
            assert_eq!(copy.to_vec(), all.to_vec());
            assert_eq!(copy.as_ptr().align_offset(LINE), 0);
        }
        all.grow(7, 0.0).expect("memory");
        assert_eq!(all.len(), 5000);
        assert!(Aligned::<f64>::new().clone().is_empty());
        assert!(all.grow(usize::MAX, 0.0).is_none());
    }
}
