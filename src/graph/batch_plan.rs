//! A planned graph of one sample, over as many samples as there are.

use super::kept_plans::told;
use super::plan::{Plan, Plans};
use super::planned::{Planned, Seeded};
use super::results::Results;
use super::returns::Computes;
use super::run::computed;
use crate::context::{Context, take_all};
use crate::env::{Environment, Given, Inputs};
use crate::run::{Arena, Float, Threads};
use crate::shape::ScalarShape;
use crate::tensor::{AnyTensor, Value};
use core::fmt;
use core::marker::PhantomData;
use core::num::NonZeroUsize;
use lru::LruCache;
use std::sync::{Arc, Mutex, PoisonError};

/// A planned graph that runs over any number of samples at once: [`Plan::batched`] makes one.
///
/// The inputs are the same for all samples; each brings an environment of its own.
pub struct BatchPlan<A, D, G, Ss> {
    of_one: Arc<Plans<A>>,
    of_many: Arc<Mutex<LruCache<usize, Arc<Plans<A>>>>>,
    arena: Arena<A>,
    kind: PhantomData<fn(A, D, G) -> Ss>,
}

/// For how many numbers of samples plans are kept: those that were used last.
const COUNTS: NonZeroUsize = NonZeroUsize::new(16).unwrap(); // a constant: it is not 0

impl<A, D, G, Ss> Clone for BatchPlan<A, D, G, Ss> {
    fn clone(&self) -> Self {
        BatchPlan {
            of_one: Arc::clone(&self.of_one),
            of_many: Arc::clone(&self.of_many),
            arena: self.arena.like(),
            kind: PhantomData,
        }
    }
}

impl<A, D, G, Ss> fmt::Debug for BatchPlan<A, D, G, Ss> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchPlan").finish_non_exhaustive()
    }
}

impl<A: Float, D: Environment, G: Context, Ss: Computes> Plan<A, D, G, Ss> {
    /// The graph over a batch whose size is known when it runs: each sample has an environment of its own, and all have the
    /// inputs, such as parameters, in common. It runs as one program, one instruction for all samples, as of
    /// [`vmap_each`](crate::graph::vmap_each), and is planned once for each number of samples; plans for the 16 that were used
    /// last are kept.
    ///
    /// A key in the environment is folded with the number of the sample, so that each draws for itself though all are given
    /// the same. A graph that has a batch as a dim runs over more of them as that of one, with the dim 1.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! {
    ///     /// Of one sample.
    ///     fn error(w: [2]; x: [2], y: []) -> [] { square(matmul(x, w) - y) }
    /// }
    /// let mut error = error::<f32>().plan().batched();
    /// let samples = [([1.0, 0.0], 2.0), ([0.0, 1.0], -1.0), ([1.0, 1.0], 1.0)];
    /// let samples: Vec<_> = samples.map(|(x, y)| (Tensor::from(x), Tensor::scalar(y))).into();
    ///
    /// let mut w = Tensor::zeros();
    /// for _ in 0..100 {
    ///     let each = samples.iter().map(|(x, y)| (x, y));
    ///     let (_, gradient) = error.value_and_vjp(&w, each);
    ///     w -= gradient * 0.2;
    /// }
    /// // Any number of samples, here two of them.
    /// let errors = error.value(&w, samples[..2].iter().map(|(x, y)| (x, y)));
    /// assert_eq!(errors.len(), 2);
    /// assert!(errors.iter().all(|error| error.item() < 1e-6)); // y = 2 x₀ - x₁
    /// ```
    pub fn batched(&self) -> BatchPlan<A, D, G, Ss> {
        BatchPlan {
            of_one: Arc::clone(&self.plans),
            of_many: Arc::new(Mutex::new(LruCache::new(COUNTS))),
            arena: self.arena.like(),
            kind: PhantomData,
        }
    }
}

impl<A: Float, D: Environment, G: Context, Ss: Computes> BatchPlan<A, D, G, Ss> {
    /// The results of each sample, in their order.
    ///
    /// # Panics
    /// If there is no memory for the values.
    #[rustfmt::skip]
    pub fn value<X: Given<A, G>, E: Given<A, D>>(&mut self, x: X, samples: impl IntoIterator<Item = E>) -> Vec<<Ss::Results as Results>::Of<A>> {
        let (count, inputs, _) = self.inputs(x, samples);
        each::<A, Ss::Results>(count, self.run(Planned::Values, count, &inputs))
    }

    /// The results of each sample; and the cotangents of the inputs for the cotangent 1 of the first result of each, which are
    /// the sums of those of the samples. Of their mean they are that, divided by the number of samples.
    ///
    /// # Panics
    /// If there is no memory for the values.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let mut loss = graph!(|w: []; x: []| w * x).plan().batched();
    /// let samples = [1.0, 10.0, 100.0].map(Tensor::scalar);
    /// let (losses, dw) = loss.value_and_vjp(&Tensor::scalar(2.0), &samples);
    /// assert_eq!(losses, [2.0, 20.0, 200.0].map(Tensor::scalar));
    /// assert_eq!(dw, Tensor::scalar(111.0));
    /// ```
    #[rustfmt::skip]
    pub fn value_and_vjp<X: Inputs<A, G, Cotangents = C>, C, E: Given<A, D>>(&mut self, x: X, samples: impl IntoIterator<Item = E>) -> (Vec<<Ss::Results as Results>::Of<A>>, C) where Ss::First: ScalarShape {
        let (count, inputs, of_context) = self.inputs(x, samples);
        let mut values = self.run(Planned::Cotangents(Seeded::First), count, &inputs);
        let cotangents = match count {
            // A sum of none.
            0 => inputs[..of_context].iter().map(|x| Value::Scalar(AnyTensor::zeros(x.dims().clone()))).collect(),
            _ => values.split_off(self.of_one.outputs()),
        };
        (each::<A, Ss::Results>(count, values), computed(take_all(cotangents, X::take)))
    }

    /// Sets on how many threads it runs, as [`Plan::set_threads`] does.
    ///
    /// # Errors
    /// The system gives no more threads.
    pub fn set_threads(&mut self, threads: usize) -> std::io::Result<()> {
        self.arena.threads = Threads::of(threads)?;
        Ok(())
    }

    /// How many samples there are, the inputs of their program, and how many of these are of the context.
    fn inputs<E: Given<A, D>>(
        &self,
        x: impl Given<A, G>,
        samples: impl IntoIterator<Item = E>,
    ) -> (usize, Vec<Value<A>>, usize) {
        let mut inputs = x.values();
        let (mut entries, mut count) = (Vec::new(), 0);
        for sample in samples {
            sample.push_values(&mut entries);
            count += 1;
        }
        let of_context = inputs.len();
        inputs.extend(self.of_one.stacks(&entries, of_context));
        (count, inputs, of_context)
    }

    /// What a plan for so many samples gives; of none, nothing.
    fn run(&mut self, what: Planned, count: usize, inputs: &[Value<A>]) -> Vec<Value<A>> {
        if count == 0 {
            return Vec::new();
        }
        let plans = self.plans(count);
        told(plans.get(what).run_values(&mut self.arena, inputs))
    }

    fn plans(&self, count: usize) -> Arc<Plans<A>> {
        let mut plans = self.of_many.lock().unwrap_or_else(PoisonError::into_inner);
        let plans = plans.get_or_insert(count, || Arc::new(self.of_one.over_samples(count)));
        Arc::clone(plans)
    }
}

/// The results of each sample, from those of all.
fn each<A: Float, R: Results>(count: usize, values: Vec<Value<A>>) -> Vec<R::Of<A>> {
    let mut stacks: Vec<_> = values.iter().map(|x| x.unstack().into_iter()).collect();
    let samples = (0..count).map(|_| {
        let values = stacks.iter_mut().filter_map(Iterator::next).collect();
        computed(take_all(values, R::take))
    });
    samples.collect()
}
