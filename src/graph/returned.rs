//! What a graph returns, and its derivatives, with types forgotten: by its program, or by the specification where it has
//! closures. Compiled once for each scalar.

use super::nodes::Nodes;
use super::planned::{Planned, Seeded};
use super::steps::{Entries, run};
use crate::scalar::Semiring;
use crate::tensor::{AnyTensor, Value, only_tensors};

/// What the program of a graph takes.
fn inputs<A: Clone>(x: Vec<AnyTensor<A>>, d: &Entries<A>) -> Vec<Value<A>> {
    let x = x.into_iter().map(Value::Scalar);
    x.chain(d.values.iter().cloned()).collect()
}

impl Nodes {
    /// What is returned, from all values.
    fn returned<A: Semiring>(&self, values: &[AnyTensor<A>], d: &Entries<A>) -> Vec<Value<A>> {
        let value = |&id: &usize| self.value_at(id, values, d);
        self.outputs().iter().map(value).collect()
    }

    /// The values that are returned: by a plan if the scalar is a float.
    pub(super) fn values<A: Semiring>(
        &self,
        x: Vec<AnyTensor<A>>,
        d: &Entries<A>,
    ) -> Vec<Value<A>> {
        if self.closure_name().is_some() {
            return self.returned(&self.eval(x, d), d);
        }
        let (whole, inputs) = (self.whole(), inputs(x, d));
        whole
            .run_planned(Planned::Values, &inputs)
            .unwrap_or_else(|| run(whole.run(), &inputs))
    }

    /// What a plan gives, taken apart after the values; nothing if the scalar is no float, or if there are closures.
    pub(super) fn planned<A: Semiring>(
        &self,
        what: Planned,
        x: &[AnyTensor<A>],
        d: &Entries<A>,
        more: &[AnyTensor<A>],
    ) -> Option<(Vec<Value<A>>, Vec<AnyTensor<A>>)> {
        if self.closure_name().is_some() {
            return None;
        }
        let mut inputs = inputs(x.to_vec(), d);
        inputs.extend(more.iter().cloned().map(Value::Scalar));
        let mut values = self.whole().run_planned(what, &inputs)?;
        let derivatives = only_tensors(values.split_off(self.outputs().len()));
        Some((values, derivatives))
    }

    /// The values that are returned, and the tangents of the tensors among them, by the interpreter.
    pub(crate) fn values_and_tangents<A: Semiring>(
        &self,
        x: Vec<AnyTensor<A>>,
        dx: Vec<AnyTensor<A>>,
        d: &Entries<A>,
    ) -> (Vec<Value<A>>, Vec<AnyTensor<A>>) {
        if self.closure_name().is_some() {
            let values = self.eval(x, d);
            let all = self.jvp(&values, dx, d);
            let outputs = self.outputs();
            let dy = outputs.iter().filter_map(|&id| self.tangent_at(id, &all));
            return (self.returned(&values, d), dy.collect());
        }
        let jvp = self.whole().run_jvp();
        let mut inputs = inputs(x, d);
        inputs.extend(dx.into_iter().map(Value::Scalar));
        let mut values = run(&jvp.program, &inputs);
        let dy = only_tensors(values.split_off(jvp.tangents.len()));
        let dy = self.whole().all_tangents(&values, dy);
        (values, dy)
    }

    /// The values that are returned, and the cotangents of the inputs for the cotangents of the tensors among them, or of
    /// the first, by the interpreter.
    pub(crate) fn values_and_cotangents<A: Semiring>(
        &self,
        x: Vec<AnyTensor<A>>,
        d: &Entries<A>,
        given: Seeded,
        dy: Vec<AnyTensor<A>>,
    ) -> (Vec<Value<A>>, Vec<AnyTensor<A>>) {
        if self.closure_name().is_some() {
            // Closures have no program: the specification is all there is.
            let values = self.eval(x, d);
            let zero = |x: &AnyTensor<A>| AnyTensor::zeros(x.dims().clone());
            let mut seeds: Vec<AnyTensor<A>> = values.iter().map(zero).collect();
            let outputs = self.outputs();
            let tensors = outputs.iter().filter(|&&id| self.ty(id).is_scalar());
            for (&id, dy) in tensors.zip(&dy) {
                self.add_seed(id, &mut seeds, dy);
            }
            let mut cotangents = self.backprop_all(&values, seeds, d);
            cotangents.truncate(self.inputs);
            return (self.returned(&values, d), cotangents);
        }
        let vjp = self.whole().run_vjp(given);
        let mut values = run(&vjp.forward, &inputs(x, d));
        let mut residuals = values.split_off(self.outputs().len());
        residuals.extend(dy.into_iter().map(Value::Scalar));
        (values, only_tensors(run(&vjp.backward, &residuals)))
    }
}
