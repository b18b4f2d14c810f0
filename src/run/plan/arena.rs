//! The memory that plans run in.

use super::aligned::Aligned;
use super::error::PlanError;
use super::float::Float;
use super::node::Kind;
use super::threads::Threads;
use crate::tensor::Key;

/// The memory that one caller runs plans in. It grows when a plan needs more than those before.
#[derive(Clone, Debug)]
pub(crate) struct Arena<T> {
    pub(super) scalars: Aligned<T>,
    pub(super) indices: Vec<usize>,
    pub(super) keys: Vec<Key>,
    /// Registers of chains, and what their parts make.
    pub(super) room: Aligned<T>,
    /// For each thread.
    pub(super) held: Vec<Vec<T>>,
    pub threads: Threads,
}

impl<T> Arena<T> {
    /// An arena without memory yet.
    pub fn new() -> Self {
        Arena {
            scalars: Aligned::new(),
            indices: Vec::new(),
            keys: Vec::new(),
            room: Aligned::new(),
            held: Vec::new(),
            threads: Threads::default(),
        }
    }

    /// One without memory yet, for the same threads.
    pub fn like(&self) -> Self {
        Arena {
            threads: self.threads.clone(),
            ..Arena::new()
        }
    }
}

impl<T: Float> Arena<T> {
    /// How many bytes it holds.
    pub fn bytes(&self) -> usize {
        let held: usize = self.held.iter().map(Vec::capacity).sum();
        self.scalars.bytes()
            + self.room.bytes()
            + size_of::<T>() * held
            + size_of::<usize>() * self.indices.capacity()
            + size_of::<Key>() * self.keys.capacity()
    }

    /// Sees that a plan of these sizes has its memory, and so many elements for its steps to work with.
    pub(super) fn fit(&mut self, sizes: [usize; 3], room: usize) -> Result<(), PlanError> {
        let lens = [sizes[Kind::Scalar as usize], room];
        for (memory, len) in [&mut self.scalars, &mut self.room].into_iter().zip(lens) {
            memory
                .grow(len, T::zero())
                .ok_or_else(|| no_room::<T>(len))?;
        }
        grow(&mut self.indices, sizes[Kind::Index as usize], 0)?;
        grow(&mut self.keys, sizes[Kind::Key as usize], Key::new(0))
    }

    /// Sees that each thread can hold so many elements.
    pub(super) fn hold(&mut self, threads: usize, len: usize) -> Result<(), PlanError> {
        if self.held.len() < threads {
            self.held.resize_with(threads, Vec::new);
        }
        for held in &mut self.held[..threads] {
            grow(held, len, T::zero())?;
        }
        Ok(())
    }
}

fn grow<E: Clone>(memory: &mut Vec<E>, len: usize, zero: E) -> Result<(), PlanError> {
    if memory.len() < len {
        let more = memory.try_reserve_exact(len - memory.len());
        more.map_err(|_| no_room::<E>(len))?;
        memory.resize(len, zero);
    }
    Ok(())
}

fn no_room<E>(len: usize) -> PlanError {
    PlanError::Memory {
        bytes: (len as u64).saturating_mul(size_of::<E>() as u64),
    }
}
