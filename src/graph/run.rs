//! What a typed graph computes: contexts in, results and cotangents out.

use super::data::GraphData;
use super::node_data::typed;
use super::planned::{Planned, Seeded};
use super::results::{Results, erased};
use super::returns::{Computes, NamesNodes};
use super::steps::Entries;
use crate::context::{All, Context, EraseError, TList, take_all, take_tensors};
use crate::env::{Environment, Given, Inputs};
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Value, only_tensors};

/// What a graph has computed for exactly these types.
pub(crate) fn computed<T>(taken: Result<T, EraseError>) -> T {
    match taken {
        Ok(values) => values,
        Err(error) => unreachable!("results that are not of their types: {error}"),
    }
}

/// The values of some results.
pub(super) fn results<A: Semiring, R: Results>(values: Vec<Value<A>>) -> R::Of<A> {
    computed(take_all(values, R::take))
}

/// The tangents of some results.
pub(super) fn tangents<A: Semiring, R: Results>(values: Vec<AnyTensor<A>>) -> R::Tangents<A> {
    computed(take_tensors(values, R::take_tangents))
}

impl<A: Semiring, D: Environment, G: Context, Ss> GraphData<A, D, G, Ss> {
    /// Every value, and what was read to compute it.
    pub(super) fn all_at(
        &self,
        x: impl Given<A, G>,
        env: impl Given<A, D>,
    ) -> (Vec<AnyTensor<A>>, Entries<A>) {
        let entries = Entries::of(&self.nodes, env);
        (self.nodes.eval(x.tensors(), &entries), entries)
    }

    /// The cotangents of the inputs, from a seed for every value of the context. Lean's `backpropCtx`.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| sum(x * x));
    /// let x = tlist![Tensor::from([1.0, 2.0])];
    /// // A seed for x, for x * x and for the sum: x itself counts once more.
    /// let seed = tlist![Tensor::ones(), Tensor::zeros(), Tensor::scalar(1.0)];
    /// assert_eq!(g.backprop(&x, (), &seed), tlist![Tensor::from([3.0, 5.0])]);
    /// ```
    pub fn backprop<X: Inputs<A, G>>(
        &self,
        x: X,
        env: impl Given<A, D>,
        seed: &TList<A, All<G, Ss::Nodes>>,
    ) -> X::Cotangents
    where
        Ss: NamesNodes,
    {
        let d = Entries::of(&self.nodes, env);
        let values = self.nodes.eval(x.tensors(), &d);
        let mut cotangents = self.nodes.backprop_all(&values, seed.to_any_list(), &d);
        cotangents.truncate(self.nodes.inputs);
        computed(take_tensors(cotangents, X::take))
    }

    /// The cotangents of every value, from a seed for every value. Lean's `backpropAllCtx`, with one forward
    /// evaluation where that has one for each node.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// let g = graph!(|x: [2]| sum(x * x));
    /// let x = tlist![Tensor::from([1.0, 2.0])];
    /// let seed = tlist![Tensor::zeros(), Tensor::zeros(), Tensor::scalar(1.0)];
    /// let tlist![dx, dsquare, dtotal] = g.backprop_all(&x, (), &seed);
    /// assert_eq!((dx, dsquare, dtotal.item()), (Tensor::from([2.0, 4.0]), Tensor::ones(), 1.0));
    /// ```
    pub fn backprop_all(
        &self,
        x: impl Given<A, G>,
        env: impl Given<A, D>,
        seed: &TList<A, All<G, Ss::Nodes>>,
    ) -> TList<A, All<G, Ss::Nodes>>
    where
        Ss: NamesNodes,
    {
        let d = Entries::of(&self.nodes, env);
        let values = self.nodes.eval(x.tensors(), &d);
        typed::<A, All<G, Ss::Nodes>>(&self.nodes.backprop_all(&values, seed.to_any_list(), &d))
    }
}

impl<A: Semiring, D: Environment, G: Context, Ss: Computes> GraphData<A, D, G, Ss> {
    /// The values of the results.
    pub(super) fn results_at(
        &self,
        x: impl Given<A, G>,
        env: impl Given<A, D>,
    ) -> <Ss::Results as Results>::Of<A> {
        let d = Entries::of(&self.nodes, env);
        results::<A, Ss::Results>(self.nodes.values(x.tensors(), &d))
    }

    /// The values of the results, and their tangents: by a plan if the scalar is a float.
    pub(super) fn push_forward(
        &self,
        x: impl Given<A, G>,
        dx: Vec<Value<A>>,
        env: impl Given<A, D>,
    ) -> (
        <Ss::Results as Results>::Of<A>,
        <Ss::Results as Results>::Tangents<A>,
    ) {
        let d = Entries::of(&self.nodes, env);
        let (x, dx) = (x.tensors(), only_tensors(dx));
        let planned = self.nodes.planned(Planned::Tangents, &x, &d, &dx);
        let (values, dy) = match planned {
            Some((values, dy)) => {
                let dy = self.nodes.whole().all_tangents(&values, dy);
                (values, dy)
            }
            None => self.nodes.values_and_tangents(x, dx, &d),
        };
        (
            results::<A, Ss::Results>(values),
            tangents::<A, Ss::Results>(dy),
        )
    }

    /// The value, and the cotangents of the inputs for the cotangents of all results, or of the first value: by a plan if the
    /// scalar is a float.
    pub(super) fn pull_back<X: Inputs<A, G>>(
        &self,
        x: X,
        env: impl Given<A, D>,
        given: Seeded,
        dy: Vec<AnyTensor<A>>,
    ) -> (<Ss::Results as Results>::Of<A>, X::Cotangents) {
        let d = Entries::of(&self.nodes, env);
        let x = x.tensors();
        let seeds = match given {
            Seeded::All => dy.as_slice(),
            // The program has the 1.
            Seeded::First => &[],
        };
        let what = Planned::Cotangents(given);
        let planned = self.nodes.planned(what, &x, &d, seeds);
        let (values, dx) =
            planned.unwrap_or_else(|| self.nodes.values_and_cotangents(x, &d, given, dy));
        (
            results::<A, Ss::Results>(values),
            computed(take_tensors(dx, X::take)),
        )
    }

    /// The tangents of the results by the interpreter, for laws.
    pub(crate) fn tangents_of(
        &self,
        x: impl Given<A, G>,
        dx: impl Given<A, G>,
        env: impl Given<A, D>,
    ) -> Vec<AnyTensor<A>> {
        let d = Entries::of(&self.nodes, env);
        self.nodes
            .values_and_tangents(x.tensors(), dx.tensors(), &d)
            .1
    }

    /// The cotangents of the inputs by the interpreter, without types, for laws.
    pub(crate) fn cotangents_of(
        &self,
        x: impl Given<A, G>,
        env: impl Given<A, D>,
        dy: &<Ss::Results as Results>::Tangents<A>,
    ) -> Vec<AnyTensor<A>> {
        let seeds = erased::<A, Ss::Results>(dy);
        let d = Entries::of(&self.nodes, env);
        let given = Seeded::All;
        self.nodes
            .values_and_cotangents(x.tensors(), &d, given, seeds)
            .1
    }
}
