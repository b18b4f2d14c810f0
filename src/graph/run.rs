//! What a typed graph computes: contexts in, contexts out.

use super::Newest;
use super::data::GraphData;
use super::node_data::{tensor, typed};
use super::rule::Surroundings;
use crate::context::{Computed, Context, TList, Values};
use crate::env::Environment;
use crate::scalar::Semiring;
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Tensor};
use frunk::hlist::HCons;

impl<A: Semiring, D: Environment, G: Context, Ss> GraphData<A, D, G, Ss> {
    /// Every value, erased, in the order of the tape.
    fn all_values(&self, x: &TList<A, G>, d: &Surroundings<'_, D>) -> Vec<AnyTensor<A>> {
        self.raw.eval(x.to_any_list(), d)
    }

    /// The whole context: the inputs, then the value of each node, oldest first. Lean's `eval`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * y));
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let tlist![_x, _y, product, total] = g.eval(&x, &tlist![]);
    /// assert_eq!((product, total.item()), (Tensor::from([3.0, 8.0]), 11.0));
    /// ```
    pub fn eval(&self, x: &TList<A, G>, d: &D) -> TList<A, Values<G, Ss>>
    where
        Ss: Computed,
    {
        typed::<A, Values<G, Ss>>(&self.all_values(x, &Surroundings::new(d)))
    }

    /// The tangent of the whole context at `x` in the direction `dx`. Lean's `jvpCtx`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * y));
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let dx = tlist![Tensor::from([1.0, 0.0]), Tensor::zero()];
    /// let tlist![_, _, dproduct, dtotal] = g.jvp(&x, &dx, &tlist![]);
    /// assert_eq!((dproduct, dtotal.item()), (Tensor::from([3.0, 0.0]), 3.0));
    /// ```
    pub fn jvp(&self, x: &TList<A, G>, dx: &TList<A, G>, d: &D) -> TList<A, Values<G, Ss>>
    where
        Ss: Computed,
    {
        let d = Surroundings::new(d);
        let values = self.all_values(x, &d);
        typed::<A, Values<G, Ss>>(&self.raw.jvp(&values, dx.to_any_list(), &d))
    }

    /// The cotangents of the inputs, from a seed for every value of the context. Lean's `backpropCtx`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| sum(x * x));
    /// let x = tlist![Tensor::from([1.0, 2.0])];
    /// // A seed for x, for x * x and for the sum: x itself counts once more.
    /// let seed = tlist![Tensor::one(), Tensor::zero(), Tensor::scalar(1.0)];
    /// assert_eq!(g.backprop(&x, &tlist![], &seed), tlist![Tensor::from([3.0, 5.0])]);
    /// ```
    pub fn backprop(&self, x: &TList<A, G>, d: &D, seed: &TList<A, Values<G, Ss>>) -> TList<A, G>
    where
        Ss: Computed,
    {
        let d = Surroundings::new(d);
        let values = self.all_values(x, &d);
        let cotangents = self.raw.backprop_all(&values, seed.to_any_list(), &d);
        typed::<A, G>(&cotangents[..self.raw.inputs.len()])
    }

    /// The cotangents of every value, from a seed for every value. Lean's `backpropAllCtx`, with one forward
    /// evaluation where that has one for each node.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| sum(x * x));
    /// let x = tlist![Tensor::from([1.0, 2.0])];
    /// let seed = tlist![Tensor::zero(), Tensor::zero(), Tensor::scalar(1.0)];
    /// let tlist![dx, dsquare, dtotal] = g.backprop_all(&x, &tlist![], &seed);
    /// assert_eq!((dx, dsquare, dtotal.item()), (Tensor::from([2.0, 4.0]), Tensor::one(), 1.0));
    /// ```
    pub fn backprop_all(
        &self,
        x: &TList<A, G>,
        d: &D,
        seed: &TList<A, Values<G, Ss>>,
    ) -> TList<A, Values<G, Ss>>
    where
        Ss: Computed,
    {
        let d = Surroundings::new(d);
        let values = self.all_values(x, &d);
        typed::<A, Values<G, Ss>>(&self.raw.backprop_all(&values, seed.to_any_list(), &d))
    }
}

impl<A: Semiring, D: Environment, G: Context, T: Shape, Ss> GraphData<A, D, G, HCons<T, Ss>> {
    /// The output: the value of the last node.
    pub fn value(&self, x: &TList<A, G>, d: &D) -> Tensor<A, T> {
        let values = self.all_values(x, &Surroundings::new(d));
        tensor(&values[self.raw.size() - 1])
    }

    /// The output at `x`, and its tangent in the direction `dx`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| x * x);
    /// let x = tlist![Tensor::from([1.0, 2.0])];
    /// let dx = tlist![Tensor::from([1.0, 10.0])];
    /// let (y, dy) = g.value_and_jvp(&x, &dx, &tlist![]);
    /// assert_eq!((y, dy), (Tensor::from([1.0, 4.0]), Tensor::from([2.0, 40.0])));
    /// ```
    pub fn value_and_jvp(
        &self,
        x: &TList<A, G>,
        dx: &TList<A, G>,
        d: &D,
    ) -> (Tensor<A, T>, Tensor<A, T>) {
        let d = Surroundings::new(d);
        let values = self.all_values(x, &d);
        let tangents = self.raw.jvp(&values, dx.to_any_list(), &d);
        let last = values.len() - 1;
        (tensor(&values[last]), tensor(&tangents[last]))
    }

    /// The output, and the cotangents of the inputs for the cotangent `dy` of the output.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| x * y);
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let (z, tlist![dx, dy]) = g.vjp(&x, &tlist![], &Tensor::from([1.0, 10.0]));
    /// assert_eq!(z, Tensor::from([3.0, 8.0]));
    /// assert_eq!((dx, dy), (Tensor::from([3.0, 40.0]), Tensor::from([1.0, 20.0])));
    /// ```
    pub fn vjp(&self, x: &TList<A, G>, d: &D, dy: &Tensor<A, T>) -> (Tensor<A, T>, TList<A, G>) {
        let (values, inputs) = self.pull_back(x, d, vec![dy.to_any()]);
        (tensor(&values[values.len() - 1]), typed::<A, G>(&inputs))
    }
}

/// As many of the newest values as a context has tensors.
fn newest<G: Context, T>(values: &[T]) -> &[T] {
    &values[values.len() - G::dims().len()..]
}

impl<A: Semiring, D: Environment, G: Context, Ss> GraphData<A, D, G, Ss> {
    /// The newest `K` values, in the order they were written: the outputs of a graph that returns a tuple.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| -> ([2], []) { (relu(x), sum(x)) });
    /// let tlist![y, total] = g.values::<2>(&tlist![Tensor::from([-1.0, 3.0])], &tlist![]);
    /// assert_eq!((y, total.item()), (Tensor::from([0.0, 3.0]), 2.0));
    /// ```
    pub fn values<const K: usize>(&self, x: &TList<A, G>, d: &D) -> TList<A, Ss::Outputs>
    where
        Ss: Newest<K>,
    {
        let values = self.all_values(x, &Surroundings::new(d));
        typed::<A, Ss::Outputs>(newest::<Ss::Outputs, _>(&values))
    }

    /// The newest `K` values, and the cotangents of the inputs for cotangents `dy` of all of them.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| -> ([2], []) { (x * 2.0, sum(x)) });
    /// let dy = tlist![Tensor::from([1.0, 0.0]), Tensor::scalar(10.0)];
    /// let (values, tlist![dx]) = g.values_and_vjp::<2>(&tlist![Tensor::from([1.0, 3.0])], &tlist![], &dy);
    /// assert_eq!(values, tlist![Tensor::from([2.0, 6.0]), Tensor::scalar(4.0)]);
    /// assert_eq!(dx, Tensor::from([12.0, 10.0]));
    /// ```
    #[allow(clippy::type_complexity)]
    pub fn values_and_vjp<const K: usize>(
        &self,
        x: &TList<A, G>,
        d: &D,
        dy: &TList<A, Ss::Outputs>,
    ) -> (TList<A, Ss::Outputs>, TList<A, G>)
    where
        Ss: Newest<K>,
    {
        let (values, inputs) = self.pull_back(x, d, dy.to_any_list());
        let outputs = typed::<A, Ss::Outputs>(newest::<Ss::Outputs, _>(&values));
        (outputs, typed::<A, G>(&inputs))
    }

    /// Every value, and the cotangents of the inputs for cotangents of the newest values, oldest of them first.
    fn pull_back(
        &self,
        x: &TList<A, G>,
        d: &D,
        dy: Vec<AnyTensor<A>>,
    ) -> (Vec<AnyTensor<A>>, Vec<AnyTensor<A>>) {
        let d = Surroundings::new(d);
        let values = self.all_values(x, &d);
        let mut seeds = vec![None; values.len() - dy.len()];
        seeds.extend(dy.into_iter().map(Some));
        let cotangents = self.raw.pull_back(&values, seeds, &d);
        let inputs = cotangents.into_iter().zip(&self.raw.inputs);
        let inputs = inputs
            .map(|(cotangent, dims)| cotangent.unwrap_or_else(|| AnyTensor::zero(dims.clone())))
            .collect();
        (values, inputs)
    }
}
