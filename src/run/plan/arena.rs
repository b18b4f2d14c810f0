//! The memory that plans run in.

use super::error::PlanError;
use super::float::Float;
use super::node::Kind;
use super::threads::Threads;
use crate::tensor::Key;

/// The memory that one caller runs plans in. It grows when a plan needs more than those before.
#[derive(Clone, Debug)]
pub(crate) struct Arena<T> {
    pub(super) scalars: Vec<T>,
    pub(super) indices: Vec<usize>,
    pub(super) keys: Vec<Key>,
    /// Registers of chains, and what their parts make.
    pub(super) room: Vec<T>,
    pub threads: Threads,
}

impl<T> Arena<T> {
    /// An arena without memory yet.
    pub fn new() -> Self {
        Arena {
            scalars: Vec::new(),
            indices: Vec::new(),
            keys: Vec::new(),
            room: Vec::new(),
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
        size_of::<T>() * (self.scalars.capacity() + self.room.capacity())
            + size_of::<usize>() * self.indices.capacity()
            + size_of::<Key>() * self.keys.capacity()
    }

    /// Sees that a plan of these sizes has its memory, and so many elements for its steps to work with.
    pub(super) fn fit(&mut self, sizes: [usize; 3], room: usize) -> Result<(), PlanError> {
        grow(&mut self.scalars, sizes[Kind::Scalar as usize], T::zero())?;
        grow(&mut self.indices, sizes[Kind::Index as usize], 0)?;
        grow(&mut self.keys, sizes[Kind::Key as usize], Key::new(0))?;
        grow(&mut self.room, room, T::zero())
    }
}

fn grow<E: Clone>(memory: &mut Vec<E>, len: usize, zero: E) -> Result<(), PlanError> {
    if memory.len() < len {
        let more = memory.try_reserve_exact(len - memory.len());
        more.map_err(|_| PlanError::Memory {
            bytes: (len as u64).saturating_mul(size_of::<E>() as u64),
        })?;
        memory.resize(len, zero);
    }
    Ok(())
}
