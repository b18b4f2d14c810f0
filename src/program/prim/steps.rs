//! What the arguments and results of a loop are, and running it.

use crate::program::methods::takes;
use crate::program::primitive::{Degrees, Fault, Interpreter};
use crate::program::syntax::{Scan, Steps};
use crate::program::{Degree, ProgramError};
use crate::tensor::{AnyTensor, Dims, Indices, Type, Value};

/// Something for each argument of a loop, by what the argument is. The groups of constants and of carried values have one
/// entry each.
pub(in crate::program) struct Parts<T> {
    pub constants: Vec<Vec<T>>,
    pub carried: Vec<Vec<T>>,
    pub inputs: Vec<Vec<T>>,
}

impl<T> Parts<T> {
    /// The groups, one for each input of the body.
    pub fn groups(&self) -> impl Iterator<Item = &Vec<T>> {
        self.constants
            .iter()
            .chain(&self.carried)
            .chain(&self.inputs)
    }
}

impl Scan {
    /// How many values an input or output of the steps is.
    pub(in crate::program) fn width(&self, steps: Steps) -> usize {
        match steps {
            Steps::Stacked => 1,
            Steps::Listed => self.length,
        }
    }

    /// The entries of a list that has one for each argument.
    pub(in crate::program) fn parts<T: Clone>(&self, all: &[T]) -> Parts<T> {
        let mut rest = all;
        let mut take = |n: usize| {
            let (group, after) = rest.split_at(n.min(rest.len()));
            rest = after;
            group.to_vec()
        };
        Parts {
            constants: (0..self.constants).map(|_| take(1)).collect(),
            carried: (0..self.carried).map(|_| take(1)).collect(),
            inputs: self
                .inputs
                .iter()
                .map(|&steps| take(self.width(steps)))
                .collect(),
        }
    }

    /// Something for each argument, in the order in which a user gives them: what is carried, the inputs step by step, the
    /// constants.
    pub(crate) fn in_order<T: Clone>(&self, all: &[T]) -> Vec<T> {
        let parts = self.parts(all);
        let mut ordered = parts.carried.concat();
        for step in 0..self.length.max(1) {
            ordered.extend(
                parts
                    .inputs
                    .iter()
                    .filter_map(|group| group.get(step))
                    .cloned(),
            );
        }
        ordered.extend(parts.constants.concat());
        ordered
    }

    /// Marks carried values until the body marks no more: `outputs` says which outputs are marked if some inputs are.
    pub(super) fn close(
        &self,
        flags: &mut [bool],
        outputs: impl Fn(&[bool]) -> Result<Vec<bool>, ProgramError>,
    ) -> Result<(), ProgramError> {
        loop {
            let after = outputs(flags)?;
            let carried = &mut flags[self.constants..self.constants + self.carried];
            let mut more = false;
            for (flag, after) in carried.iter_mut().zip(after) {
                more |= after && !*flag;
                *flag |= after;
            }
            if !more {
                return Ok(());
            }
        }
    }

    /// The type of a stack of values of the steps.
    fn stacked(&self, ty: &Type) -> Type {
        ty.with_leading(self.length)
    }

    /// The types of the results, or what is expected of the arguments.
    pub(super) fn result_types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        let body = self.body.body();
        let (inputs, outputs) = (body.input_types(), body.output_types());
        let state = self.constants.saturating_add(self.carried);
        if state.checked_add(self.inputs.len()) != Some(inputs.len())
            || self.carried.checked_add(self.outputs.len()) != Some(outputs.len())
        {
            return Err("a body that takes constants, carried values and inputs, and gives carried values and outputs".into());
        }
        let widths = self.inputs.iter().map(|&steps| self.width(steps));
        let count = widths.fold(state, usize::saturating_add);
        if x.len() != count {
            return Err(format!("{count} arguments"));
        }
        let carried = &inputs[self.constants..state];
        if let Some(i) = (0..self.carried).find(|&i| !takes(&carried[i], &outputs[i])) {
            return Err(format!(
                "a body that carries {} on, and it gives {}",
                carried[i], outputs[i]
            ));
        }
        let parts = self.parts(x);
        for (i, (expected, group)) in inputs.iter().zip(parts.groups()).enumerate() {
            let stacked = i >= state && self.inputs[i - state] == Steps::Stacked;
            let expected = match stacked {
                true => self.stacked(expected),
                false => expected.clone(),
            };
            if let Some(got) = group.iter().find(|got| !takes(&expected, got)) {
                return Err(format!("{expected} for input {i} of its body, got {got}"));
            }
        }
        let mut all = carried.to_vec();
        for (&steps, ty) in self.outputs.iter().zip(&outputs[self.carried..]) {
            match steps {
                Steps::Stacked => all.push(self.stacked(ty)),
                Steps::Listed => all.extend(vec![ty.clone(); self.length]),
            }
        }
        match all.is_empty() {
            true => Err("a loop that returns something".to_owned()),
            false => Ok(all),
        }
    }

    /// Step after step.
    pub(super) fn run_steps<A: Clone>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        let parts = self.parts(x);
        let constants: Vec<Value<A>> = parts
            .constants
            .iter()
            .flatten()
            .map(|&x| x.clone())
            .collect();
        let mut carried: Vec<Value<A>> =
            parts.carried.iter().flatten().map(|&x| x.clone()).collect();
        let mut outputs: Vec<Vec<Value<A>>> =
            vec![Vec::with_capacity(self.length); self.outputs.len()];
        for i in 0..self.length {
            let step = if self.reverse { self.length - 1 - i } else { i };
            let mut inputs = Vec::with_capacity(parts.groups().count());
            inputs.extend(constants.iter().cloned());
            inputs.append(&mut carried);
            for (group, &steps) in parts.inputs.iter().zip(&self.inputs) {
                inputs.push(match steps {
                    Steps::Stacked => entry(group[0], step),
                    Steps::Listed => group[step].clone(),
                });
            }
            let mut results = interpreter.run(self.body.body(), inputs)?;
            let of_step = results.split_off(self.carried);
            carried = results;
            for (all, value) in outputs.iter_mut().zip(of_step) {
                all.push(value);
            }
        }
        let mut all = carried;
        for (mut values, &steps) in outputs.into_iter().zip(&self.outputs) {
            if self.reverse {
                values.reverse();
            }
            match steps {
                Steps::Listed => all.extend(values),
                Steps::Stacked => {
                    let ty = &y[all.len()];
                    all.push(stack(values, ty));
                }
            }
        }
        Ok(all)
    }

    /// How many bytes a run holds beside the arguments and the results, whose types are `y`: the entries and the values of a
    /// step, while the results take shape; then the outputs of the steps, while they are stacked.
    pub(super) fn step_bytes(&self, y: &[Type], scalar: usize) -> u64 {
        if self.length == 0 {
            return 0;
        }
        let stacked = |(&steps, ty): (&Steps, &Type)| match steps {
            Steps::Stacked => ty.bytes(scalar),
            Steps::Listed => 0,
        };
        let body = self.body.body();
        let types = &body.input_types()[self.constants + self.carried..];
        let entries = self.inputs.iter().zip(types).map(stacked);
        let of_step = entries.fold(body.computed_bytes(scalar), u64::saturating_add);
        let mut results = y[self.carried..].iter();
        let stacks = self.outputs.iter().map(|&steps| {
            let group = results.by_ref().take(self.width(steps));
            group
                .map(|ty| stacked((&steps, ty)))
                .fold(0, u64::saturating_add)
        });
        of_step.max(stacks.fold(0, u64::saturating_add))
    }

    /// The degrees after all steps.
    pub(super) fn step_degrees(&self, x: &[Degree]) -> Degrees {
        let parts = self.parts(x);
        let either =
            |group: &Vec<Degree>| group.iter().copied().fold(Degree::CONSTANT, Degree::either);
        let mut inputs: Vec<Degree> = parts.groups().map(either).collect();
        let carried = self.constants..self.constants + self.carried;
        let mut outputs = vec![Degree::CONSTANT; self.outputs.len()];
        let mut total = Degrees {
            results: Vec::new(),
            calls: 0,
            worst: Degree::CONSTANT,
        };
        for step in 0..self.length {
            let after = self.body.body().output_degrees(&inputs);
            total.calls = total.calls.saturating_add(after.calls);
            total.worst = total.worst.either(after.worst);
            let (next, of_step) = after.results.split_at(self.carried);
            for (all, more) in outputs.iter_mut().zip(of_step) {
                *all = all.either(*more);
            }
            if inputs[carried.clone()] == *next {
                // The rest of the steps is like this one.
                total.calls = total
                    .calls
                    .saturating_add(after.calls.saturating_mul(self.length - 1 - step));
                break;
            }
            inputs[carried.clone()].copy_from_slice(next);
        }
        total.results = inputs[carried].to_vec();
        for (&steps, &degree) in self.outputs.iter().zip(&outputs) {
            total.results.extend(vec![degree; self.width(steps)]);
        }
        total
    }
}

/// Entry `i` of the leading axis.
fn entry<A: Clone>(stacked: &Value<A>, i: usize) -> Value<A> {
    fn part<T: Clone>(x: &AnyTensor<T>, i: usize) -> AnyTensor<T> {
        let dims: Dims = x.dims().iter().skip(1).copied().collect();
        let len = dims.count();
        AnyTensor::from_parts(dims, x.as_slice()[i * len..(i + 1) * len].to_vec())
    }
    match stacked {
        Value::Scalar(x) => Value::Scalar(part(x, i)),
        Value::Index(x) => Value::Index(Indices::from_parts(x.below(), part(x.tensor(), i))),
        Value::Key(x) => Value::Key(part(x, i)),
    }
}

/// The values of the steps along a new leading axis. Of no steps there are no elements.
fn stack<A: Clone>(values: Vec<Value<A>>, ty: &Type) -> Value<A> {
    fn joined<T: Clone>(dims: &Dims, parts: impl Iterator<Item = AnyTensor<T>>) -> AnyTensor<T> {
        let mut all = Vec::with_capacity(dims.count());
        for part in parts {
            all.extend_from_slice(part.as_slice());
        }
        AnyTensor::from_parts(dims.clone(), all)
    }
    let values = values.into_iter();
    match ty {
        Type::Scalar(dims, _) => Value::Scalar(joined(
            dims,
            values.filter_map(|value| match value {
                Value::Scalar(x) => Some(x),
                Value::Index(_) | Value::Key(_) => None,
            }),
        )),
        Type::Index { dims, below } => {
            let indices = values.filter_map(|value| match value {
                Value::Index(x) => Some(x.tensor().clone()),
                Value::Scalar(_) | Value::Key(_) => None,
            });
            Value::Index(Indices::from_parts(*below, joined(dims, indices)))
        }
        Type::Key(dims) => Value::Key(joined(
            dims,
            values.filter_map(|value| match value {
                Value::Key(x) => Some(x),
                Value::Scalar(_) | Value::Index(_) => None,
            }),
        )),
    }
}
