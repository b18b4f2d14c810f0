//! What a typed graph computes: contexts in, contexts out.

use super::Newest;
use super::data::GraphData;
use super::node_data::{tensor, typed};
use super::steps::{Entries, run, tensors};
use crate::context::{Computed, Context, TList, Values};
use crate::env::Environment;
use crate::scalar::Semiring;
use crate::shape::Shape;
use crate::tensor::{AnyTensor, Tensor, Value};
use frunk::hlist::HCons;

impl<A: Semiring, D: Environment, G: Context, Ss> GraphData<A, D, G, Ss> {
    /// Every value, erased, in the order of the tape.
    fn all_values(&self, x: &TList<A, G>, d: &Entries<'_, A, D>) -> Vec<AnyTensor<A>> {
        self.nodes.eval(x.to_any_list(), d)
    }

    /// What the program of the graph takes.
    fn program_inputs(&self, x: &TList<A, G>, d: &D) -> Vec<Value<A>> {
        let context = x.to_any_list().into_iter().map(Value::Scalar);
        context.chain(d.values()).collect()
    }

    /// The newest `count` values, oldest of them first.
    fn newest(&self, count: usize, x: &TList<A, G>, d: &D) -> Vec<AnyTensor<A>> {
        match self.nodes.closure_name() {
            None => tensors(run(
                self.nodes.whole(count).run(),
                &self.program_inputs(x, d),
            )),
            Some(_) => {
                let mut values = self.all_values(x, &Entries::new(d));
                values.split_off(values.len() - count)
            }
        }
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
        typed::<A, Values<G, Ss>>(&self.all_values(x, &Entries::new(d)))
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
        let d = Entries::new(d);
        let values = self.all_values(x, &d);
        typed::<A, Values<G, Ss>>(&self.nodes.jvp(&values, dx.to_any_list(), &d))
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
        let d = Entries::new(d);
        let values = self.all_values(x, &d);
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
        let d = Entries::new(d);
        let values = self.all_values(x, &d);
        typed::<A, Values<G, Ss>>(&self.nodes.backprop_all(&values, seed.to_any_list(), &d))
    }
}

impl<A: Semiring, D: Environment, G: Context, T: Shape, Ss> GraphData<A, D, G, HCons<T, Ss>> {
    /// The output: the value of the last node.
    pub fn value(&self, x: &TList<A, G>, d: &D) -> Tensor<A, T> {
        tensor(&self.newest(1, x, d)[0])
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
        if self.nodes.closure_name().is_some() {
            let d = Entries::new(d);
            let values = self.all_values(x, &d);
            let tangents = self.nodes.jvp(&values, dx.to_any_list(), &d);
            let last = values.len() - 1;
            return (tensor(&values[last]), tensor(&tangents[last]));
        }
        let whole = self.nodes.whole(1);
        let jvp = whole.run_jvp(&self.nodes.differentiated());
        let mut inputs = self.program_inputs(x, d);
        inputs.extend(dx.to_any_list().into_iter().map(Value::Scalar));
        let all = tensors(run(&jvp.program, &inputs));
        match all.as_slice() {
            [y, dy, ..] => (tensor(y), tensor(dy)),
            // Of an output that depends on no input.
            _ => (tensor(&all[0]), Tensor::zero()),
        }
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
        (tensor(&values[0]), typed::<A, G>(&inputs))
    }
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
        typed::<A, Ss::Outputs>(&self.newest(Ss::Outputs::dims().len(), x, d))
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
        (typed::<A, Ss::Outputs>(&values), typed::<A, G>(&inputs))
    }

    /// The newest values, as many as there are cotangents of them, and the cotangents of the inputs.
    fn pull_back(
        &self,
        x: &TList<A, G>,
        d: &D,
        dy: Vec<AnyTensor<A>>,
    ) -> (Vec<AnyTensor<A>>, Vec<AnyTensor<A>>) {
        let count = dy.len();
        if self.nodes.closure_name().is_some() {
            // Closures have no program: the specification is all there is.
            let d = Entries::new(d);
            let mut values = self.all_values(x, &d);
            let before = values.len() - count;
            let zeros = values[..before]
                .iter()
                .map(|x| AnyTensor::zero(x.dims().clone()));
            let seeds = zeros.chain(dy).collect();
            let mut cotangents = self.nodes.backprop_all(&values, seeds, &d);
            cotangents.truncate(self.nodes.inputs);
            return (values.split_off(before), cotangents);
        }
        let whole = self.nodes.whole(count);
        let vjp = whole.run_vjp(&self.nodes.differentiated());
        let mut values = run(&vjp.forward, &self.program_inputs(x, d));
        let mut inputs = values.split_off(count);
        inputs.extend(dy.into_iter().map(Value::Scalar));
        (tensors(values), tensors(run(&vjp.backward, &inputs)))
    }
}
