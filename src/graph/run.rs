//! What a typed graph computes: contexts in, results and cotangents out.

use super::data::GraphData;
use super::node_data::typed;
use super::results::Results;
use super::returns::{AllValues, Body, Computes, NamesNodes};
use super::steps::Entries;
use super::whole::Seeded;
use crate::context::{All, Context, EraseError, TList};
use crate::env::Environment;
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Value};

/// What a graph has computed for exactly these types.
fn computed<T>(taken: Result<T, EraseError>) -> T {
    match taken {
        Ok(values) => values,
        Err(error) => unreachable!("results that are not of their types: {error}"),
    }
}

/// The values of some results.
fn results<A: Semiring, R: Results>(values: Vec<Value<A>>) -> R::Of<A> {
    computed(R::take(&mut values.into_iter()))
}

/// The tangents of some results.
fn tangents<A: Semiring, R: Results>(values: Vec<AnyTensor<A>>) -> R::Tangents<A> {
    computed(R::take_tangents(&mut values.into_iter()))
}

impl<A: Semiring, D: Environment, G: Context, Ss> GraphData<A, D, G, Ss> {
    /// The whole context: the inputs, then each tensor that is computed, oldest first. Lean's `eval`.
    ///
    /// A closure form names all of them in its type. Of a graph with a name it is a list without types.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * y));
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let tlist![_x, _y, product, total] = g.eval(&x, &tlist![]);
    /// assert_eq!((product, total.item()), (Tensor::from([3.0, 8.0]), 11.0));
    /// ```
    pub fn eval(&self, x: &TList<A, G>, env: &D::Of<A>) -> Ss::All<A, G>
    where
        Ss: Body,
    {
        AllValues::typed(self.nodes.eval(x.to_any_list(), &Entries::of::<D>(env)))
    }

    /// The tangent of the whole context at `x` in the direction `dx`. Lean's `jvpCtx`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| sum(x * y));
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let dx = tlist![Tensor::from([1.0, 0.0]), Tensor::zeros()];
    /// let tlist![_, _, dproduct, dtotal] = g.jvp(&x, &dx, &tlist![]);
    /// assert_eq!((dproduct, dtotal.item()), (Tensor::from([3.0, 0.0]), 3.0));
    /// ```
    pub fn jvp(&self, x: &TList<A, G>, dx: &TList<A, G>, env: &D::Of<A>) -> Ss::All<A, G>
    where
        Ss: Body,
    {
        let d = Entries::of::<D>(env);
        let values = self.nodes.eval(x.to_any_list(), &d);
        AllValues::typed(self.nodes.jvp(&values, dx.to_any_list(), &d))
    }

    /// The cotangents of the inputs, from a seed for every value of the context. Lean's `backpropCtx`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| sum(x * x));
    /// let x = tlist![Tensor::from([1.0, 2.0])];
    /// // A seed for x, for x * x and for the sum: x itself counts once more.
    /// let seed = tlist![Tensor::ones(), Tensor::zeros(), Tensor::scalar(1.0)];
    /// assert_eq!(g.backprop(&x, &tlist![], &seed), tlist![Tensor::from([3.0, 5.0])]);
    /// ```
    pub fn backprop(
        &self,
        x: &TList<A, G>,
        env: &D::Of<A>,
        seed: &TList<A, All<G, Ss::Nodes>>,
    ) -> TList<A, G>
    where
        Ss: NamesNodes,
    {
        let d = Entries::of::<D>(env);
        let values = self.nodes.eval(x.to_any_list(), &d);
        let cotangents = self.nodes.backprop_all(&values, seed.to_any_list(), &d);
        typed::<A, G>(&cotangents[..self.nodes.inputs])
    }

    /// The cotangents of every value, from a seed for every value. Lean's `backpropAllCtx`, with one forward
    /// evaluation where that has one for each node.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| sum(x * x));
    /// let x = tlist![Tensor::from([1.0, 2.0])];
    /// let seed = tlist![Tensor::zeros(), Tensor::zeros(), Tensor::scalar(1.0)];
    /// let tlist![dx, dsquare, dtotal] = g.backprop_all(&x, &tlist![], &seed);
    /// assert_eq!((dx, dsquare, dtotal.item()), (Tensor::from([2.0, 4.0]), Tensor::ones(), 1.0));
    /// ```
    pub fn backprop_all(
        &self,
        x: &TList<A, G>,
        env: &D::Of<A>,
        seed: &TList<A, All<G, Ss::Nodes>>,
    ) -> TList<A, All<G, Ss::Nodes>>
    where
        Ss: NamesNodes,
    {
        let d = Entries::of::<D>(env);
        let values = self.nodes.eval(x.to_any_list(), &d);
        typed::<A, All<G, Ss::Nodes>>(&self.nodes.backprop_all(&values, seed.to_any_list(), &d))
    }
}

impl<A: Semiring, D: Environment, G: Context, Ss: Computes> GraphData<A, D, G, Ss> {
    /// The value at `x`: of the result, or a tuple of those of all results.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| -> ([2], []) { (relu(x), sum(x)) });
    /// let (y, total) = g.value(&tlist![Tensor::from([-1.0, 3.0])], &tlist![]);
    /// assert_eq!((y, total.item()), (Tensor::from([0.0, 3.0]), 2.0));
    /// ```
    pub fn value(&self, x: &TList<A, G>, env: &D::Of<A>) -> <Ss::Results as Results>::Of<A> {
        let d = Entries::of::<D>(env);
        results::<A, Ss::Results>(self.nodes.values(x.to_any_list(), &d))
    }

    /// The value at `x`, and its tangent in the direction `dx`.
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
        env: &D::Of<A>,
    ) -> (
        <Ss::Results as Results>::Of<A>,
        <Ss::Results as Results>::Tangents<A>,
    ) {
        let d = Entries::of::<D>(env);
        let (x, dx) = (x.to_any_list(), dx.to_any_list());
        let (values, dy) = self.nodes.values_and_tangents(x, dx, &d);
        (
            results::<A, Ss::Results>(values),
            tangents::<A, Ss::Results>(dy),
        )
    }

    /// The value, and the cotangents of the inputs for the cotangent `dy` of the result, or for a tuple of cotangents.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2], y: [2]| x * y);
    /// let x = tlist![Tensor::from([1.0, 2.0]), Tensor::from([3.0, 4.0])];
    /// let (z, tlist![dx, dy]) = g.vjp(&x, &tlist![], &Tensor::from([1.0, 10.0]));
    /// assert_eq!(z, Tensor::from([3.0, 8.0]));
    /// assert_eq!((dx, dy), (Tensor::from([3.0, 40.0]), Tensor::from([1.0, 20.0])));
    /// // Of several results.
    /// let g = graph!(|x: [2]| -> ([2], []) { (x * 2.0, sum(x)) });
    /// let dy = (Tensor::from([1.0, 0.0]), Tensor::scalar(10.0));
    /// let (_, tlist![dx]) = g.vjp(&tlist![Tensor::from([1.0, 3.0])], &tlist![], &dy);
    /// assert_eq!(dx, Tensor::from([12.0, 10.0]));
    /// ```
    pub fn vjp(
        &self,
        x: &TList<A, G>,
        env: &D::Of<A>,
        dy: &<Ss::Results as Results>::Tangents<A>,
    ) -> (<Ss::Results as Results>::Of<A>, TList<A, G>) {
        let mut seeds = Vec::new();
        Ss::Results::push_tangents(dy, &mut seeds);
        self.pull_back(x, env, Seeded::All, seeds)
    }

    /// The value, and the cotangents of the inputs for the cotangents of all results, or of the first value.
    pub(super) fn pull_back(
        &self,
        x: &TList<A, G>,
        env: &D::Of<A>,
        given: Seeded,
        dy: Vec<AnyTensor<A>>,
    ) -> (<Ss::Results as Results>::Of<A>, TList<A, G>) {
        let d = Entries::of::<D>(env);
        let (values, dx) = self
            .nodes
            .values_and_cotangents(x.to_any_list(), &d, given, dy);
        (results::<A, Ss::Results>(values), typed::<A, G>(&dx))
    }
}
