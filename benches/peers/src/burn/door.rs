//! How burn runs a row.

use crate::data::Floats;
use crate::rows::{Failure, Row, Step};
use burn_tensor::{Device, Gradients, Int, Tensor, TensorData};
use std::collections::BTreeMap;

/// Tensors of one rank, by name.
type Named<const D: usize> = BTreeMap<String, Tensor<D>>;

/// Tensors by rank and by name. burn has the rank of a tensor in its type.
#[derive(Default)]
struct Tensors {
    one: Named<1>,
    two: Named<2>,
    three: Named<3>,
    four: Named<4>,
}

/// The tensors of a row.
pub struct Inputs {
    parameters: Tensors,
    data: Tensors,
    labels: Option<Tensor<1, Int>>,
}

impl Tensors {
    fn new(all: &BTreeMap<String, Floats>, device: &Device) -> Result<Self, Failure> {
        let mut tensors = Self::default();
        for (name, Floats { dims, values }) in all {
            let (name, data) = (name.clone(), TensorData::new(values.clone(), dims.clone()));
            match dims.len() {
                1 => drop(tensors.one.insert(name, Tensor::from_data(data, device))),
                2 => drop(tensors.two.insert(name, Tensor::from_data(data, device))),
                3 => drop(tensors.three.insert(name, Tensor::from_data(data, device))),
                4 => drop(tensors.four.insert(name, Tensor::from_data(data, device))),
                rank => return Err(format!("{name} has {rank} axes").into()),
            }
        }
        Ok(tensors)
    }

    fn track(&mut self) {
        track(&mut self.one);
        track(&mut self.two);
        track(&mut self.four);
    }

    fn update(&mut self, gradients: &mut Gradients, rate: f32) {
        update(&mut self.one, gradients, rate);
        update(&mut self.two, gradients, rate);
        update(&mut self.four, gradients, rate);
    }
}

fn track<const D: usize>(tensors: &mut Named<D>) {
    for tensor in tensors.values_mut() {
        *tensor = tensor.clone().require_grad();
    }
}

/// As burn's optimisers do it: outside of what is recorded, and then tracked again.
fn update<const D: usize>(tensors: &mut Named<D>, gradients: &mut Gradients, rate: f32) {
    for tensor in tensors.values_mut() {
        if let Some(gradient) = tensor.grad_remove(gradients) {
            let next = tensor.clone().inner() - gradient * rate;
            *tensor = Tensor::from_inner(next).require_grad();
        }
    }
}

/// The tensor of this name.
fn named<const D: usize>(tensors: &Named<D>, name: &str) -> Result<Tensor<D>, Failure> {
    let found = tensors.get(name).cloned();
    found.ok_or_else(|| format!("no {name} with {D} axes").into())
}

impl Inputs {
    fn new(row: &Row, device: &Device) -> Result<Self, Failure> {
        let labels = row.labels.as_ref().map(|labels| {
            let labels: Vec<i32> = labels.iter().map(|&label| label as i32).collect();
            let dims = [labels.len()];
            Tensor::from_data(TensorData::new(labels, dims), device)
        });
        Ok(Self {
            parameters: Tensors::new(&row.parameters, device)?,
            data: Tensors::new(&row.data, device)?,
            labels,
        })
    }

    pub fn vector(&self, name: &str) -> Result<Tensor<1>, Failure> {
        named(&self.parameters.one, name)
    }

    pub fn matrix(&self, name: &str) -> Result<Tensor<2>, Failure> {
        named(&self.parameters.two, name)
    }

    pub fn filters(&self, name: &str) -> Result<Tensor<4>, Failure> {
        named(&self.parameters.four, name)
    }

    /// Data of samples.
    pub fn samples(&self, name: &str) -> Result<Tensor<2>, Failure> {
        named(&self.data.two, name)
    }

    pub fn sequences(&self, name: &str) -> Result<Tensor<3>, Failure> {
        named(&self.data.three, name)
    }

    pub fn images(&self, name: &str) -> Result<Tensor<4>, Failure> {
        named(&self.data.four, name)
    }

    pub fn labels(&self) -> Result<Tensor<1, Int>, Failure> {
        self.labels.clone().ok_or_else(|| "no labels".into())
    }
}

/// A loss, or an output.
type Model<const D: usize> = fn(&Inputs) -> Result<Tensor<D>, Failure>;

/// A step of gradient descent.
pub fn training(row: &Row, loss: Model<1>) -> Result<Step, Failure> {
    let (mut inputs, rate) = (Inputs::new(row, &Device::flex().autodiff())?, row.rate);
    inputs.parameters.track();
    Ok(Box::new(move || {
        let loss = loss(&inputs)?;
        let mut gradients = loss.backward();
        inputs.parameters.update(&mut gradients, rate);
        Ok(loss.try_into_scalar()?)
    }))
}

/// A forward pass, without anything that records.
pub fn serving<const D: usize>(row: &Row, output: Model<D>) -> Result<Step, Failure> {
    let inputs = Inputs::new(row, &Device::flex())?;
    Ok(Box::new(move || {
        let y = output(&inputs)?;
        let last = y.shape().num_elements() - 1;
        let y: Tensor<1> = y.reshape([-1]);
        Ok(y.narrow(0, last, 1).try_into_scalar()?)
    }))
}
