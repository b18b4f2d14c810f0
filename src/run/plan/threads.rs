//! Who runs a plan: the thread that calls it, or a pool, which is entered once for each run.
//!
//! How a step is cut into pieces never changes its numbers: pieces are whole products, whole rows of sums, whole images; and
//! where the cut of a product could, it depends on sizes alone.

use rayon::{ThreadPool, ThreadPoolBuilder};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

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
            Threads::Caller => f(),
            Threads::Shared => rayon::scope(|_| awake(f)),
            Threads::Pool(pool) => pool.install(|| awake(f)),
        }
    }
}

/// For so long a thread without work looks for some before it sleeps. To wake it takes as long as a small step.
const PATIENCE: Duration = Duration::from_micros(500);

/// Runs something in the pool of this thread, whose other threads stay awake meanwhile.
fn awake<R: Send>(f: impl FnOnce() -> R + Send) -> R {
    let is_done = AtomicBool::new(false);
    let run = || {
        let _end = SetAtEnd(&is_done);
        f()
    };
    rayon::join(run, || look(rayon::current_num_threads() - 1, &is_done)).0
}

/// Sets the flag, after a panic too.
struct SetAtEnd<'f>(&'f AtomicBool);

impl Drop for SetAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Release);
    }
}

/// So many threads look for work until all is done.
fn look(threads: usize, is_done: &AtomicBool) {
    if threads > 1 {
        let here = threads / 2;
        rayon::join(|| look(here, is_done), || look(threads - here, is_done));
        return;
    }
    let mut since = Instant::now();
    while !is_done.load(Ordering::Acquire) {
        match rayon::yield_now() {
            Some(rayon::Yield::Executed) => since = Instant::now(),
            _ if since.elapsed() > PATIENCE => return,
            _ => core::hint::spin_loop(),
        }
    }
}

/// From so many functions of an element, or so many multiplications, on a piece is worth a thread that is awake: some 5 to 10 µs.
#[cfg(not(test))]
pub(super) const PIECE: usize = 1 << 18;
/// From so many on a step is worth that its plan runs in a pool.
#[cfg(not(test))]
pub(super) const LARGE: usize = 1 << 21;
/// The programs of the tests are small, and are to be cut.
#[cfg(test)]
pub(super) const PIECE: usize = 6;
#[cfg(test)]
pub(super) const LARGE: usize = 12;

/// Into how many pieces at most something of this size is cut.
pub(super) fn pieces(threads: usize, size: usize) -> usize {
    threads.min(size / PIECE).max(1)
}
