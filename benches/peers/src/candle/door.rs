//! How candle runs a row.

use crate::data::Floats;
use crate::rows::{Failure, Row, Step};
use candle_core::{Device, Error, Result, Tensor, Var};
use std::collections::BTreeMap;

/// The tensors of a row.
pub struct Inputs {
    parameters: BTreeMap<String, Tensor>,
    data: BTreeMap<String, Tensor>,
    labels: Option<Tensor>,
}

/// A loss, or an output.
type Model = fn(&Inputs) -> Result<Tensor>;

fn tensors(floats: &BTreeMap<String, Floats>) -> Result<BTreeMap<String, Tensor>> {
    let mut tensors = BTreeMap::new();
    for (name, floats) in floats {
        let tensor = Tensor::from_slice(&floats.values, &*floats.dims, &Device::Cpu)?;
        tensors.insert(name.clone(), tensor);
    }
    Ok(tensors)
}

impl Inputs {
    fn new(row: &Row) -> Result<Self> {
        let labels = row.labels.as_ref().map(|labels| {
            let labels: Vec<u32> = labels.iter().map(|&label| label as u32).collect();
            Tensor::new(labels, &Device::Cpu)
        });
        Ok(Self {
            parameters: tensors(&row.parameters)?,
            data: tensors(&row.data)?,
            labels: labels.transpose()?,
        })
    }

    /// A parameter.
    pub fn p(&self, name: &str) -> Result<&Tensor> {
        let found = self.parameters.get(name);
        found.ok_or_else(|| Error::Msg(format!("no parameter {name}")))
    }

    /// Data.
    pub fn data(&self, name: &str) -> Result<&Tensor> {
        let found = self.data.get(name);
        found.ok_or_else(|| Error::Msg(format!("no data {name}")))
    }

    pub fn labels(&self) -> Result<&Tensor> {
        let found = self.labels.as_ref();
        found.ok_or_else(|| Error::Msg("no labels".into()))
    }
}

/// A step of gradient descent, as `candle_nn::SGD` does it.
pub fn training(row: &Row, loss: Model) -> std::result::Result<Step, Failure> {
    let (mut inputs, rate) = (Inputs::new(row)?, f64::from(row.rate));
    let mut variables = Vec::new();
    for parameter in inputs.parameters.values_mut() {
        let variable = Var::from_tensor(parameter)?;
        *parameter = variable.as_tensor().clone();
        variables.push(variable);
    }
    Ok(Box::new(move || {
        let loss = loss(&inputs)?;
        let gradients = loss.backward()?;
        for variable in &variables {
            if let Some(gradient) = gradients.get(variable) {
                variable.set(&variable.sub(&(gradient * rate)?)?)?;
            }
        }
        Ok(loss.to_scalar()?)
    }))
}

/// A forward pass. Its parameters are no variables, so nothing is kept for a backward pass.
pub fn serving(row: &Row, output: Model) -> std::result::Result<Step, Failure> {
    let inputs = Inputs::new(row)?;
    Ok(Box::new(move || {
        let y = output(&inputs)?.flatten_all()?;
        Ok(y.get(y.elem_count() - 1)?.to_scalar()?)
    }))
}
