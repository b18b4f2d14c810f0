//! Who runs a plan: the thread that calls it, or a pool, which is entered once for each run.
//!
//! How a step is cut into pieces never changes its numbers: pieces are whole products, whole rows of sums, whole images; and
//! where the cut of a product could, it depends on sizes alone.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

/// On which threads plans run.
#[derive(Clone, Debug, Default)]
pub(crate) enum Threads {
    /// Those of rayon's global pool, or of the pool that calls: as many as the machine has, if nobody said otherwise.
    #[default]
    Shared,
    /// The one that calls.
    Caller,
    /// Those of a pool of this size.
    Pool(Arc<ThreadPool>),
}

/// The pools that were asked for, by their size.
static POOLS: Mutex<BTreeMap<usize, Arc<ThreadPool>>> = Mutex::new(BTreeMap::new());

impl Threads {
    /// So many threads; 0 and 1 are the one that calls.
    ///
    /// # Errors
    /// The system gives no more threads.
    pub fn of(count: usize) -> std::io::Result<Threads> {
        if count < 2 {
            return Ok(Threads::Caller);
        }
        let mut pools = POOLS.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pool) = pools.get(&count) {
            return Ok(Threads::Pool(Arc::clone(pool)));
        }
        let builder = ThreadPoolBuilder::new().num_threads(count);
        let pool = builder.build().map_err(std::io::Error::other)?;
        let pool = Arc::clone(pools.entry(count).or_insert(Arc::new(pool)));
        Ok(Threads::Pool(pool))
    }

    /// How many they are.
    pub fn count(&self) -> usize {
        match self {
            Threads::Shared => rayon::current_num_threads(),
            Threads::Caller => 1,
            Threads::Pool(pool) => pool.current_num_threads(),
        }
    }

    /// Runs something among them.
    pub fn enter<R: Send>(&self, f: impl FnOnce() -> R + Send) -> R {
        match self {
            Threads::Shared => rayon::scope(|_| f()),
            Threads::Caller => f(),
            Threads::Pool(pool) => pool.install(f),
        }
    }
}

/// From so many functions of an element, or so many multiplications, on a piece is worth a thread: some 20 µs.
#[cfg(not(test))]
pub(super) const PIECE: usize = 1 << 19;
/// The programs of the tests are small, and are to be cut.
#[cfg(test)]
pub(super) const PIECE: usize = 6;

/// Into how many pieces at most something of this size is cut.
pub(super) fn pieces(threads: usize, size: usize) -> usize {
    threads.min(size / PIECE).max(1)
}
