//! What a graph returns, and its derivatives, with types forgotten: by its program, or by the specification where it has
//! closures. Compiled once for each scalar.

use super::nodes::Nodes;
use super::steps::{Entries, run};
use super::whole::Seeded;
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

    /// The values that are returned.
    pub(super) fn values<A: Semiring>(
        &self,
        x: Vec<AnyTensor<A>>,
        d: &Entries<A>,
    ) -> Vec<Value<A>> {
        match self.closure_name() {
            None => run(self.whole().run(), &inputs(x, d)),
            Some(_) => self.returned(&self.eval(x, d), d),
        }
    }

    /// The values that are returned, and the tangents of the tensors among them.
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
        let mut dy = only_tensors(values.split_off(jvp.tangents.len())).into_iter();
        let mut all = Vec::new();
        for (value, &has) in values.iter().zip(&jvp.tangents) {
            match value {
                Value::Scalar(_) if has => all.extend(dy.next()),
                // Of what depends on no input.
                Value::Scalar(x) => all.push(AnyTensor::zeros(x.dims().clone())),
                Value::Index(_) | Value::Key(_) => {}
            }
        }
        (values, all)
    }

    /// The values that are returned, and the cotangents of the inputs for the cotangents of the tensors among them, or of
    /// the first.
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
