//! How dfdx runs a row.

use crate::data::Floats;
use crate::rows::{Failure, Row, Step};
use dfdx::data::OneHotEncode;
use dfdx::optim::{Optimizer, Sgd, SgdConfig};
use dfdx::prelude::*;

/// A tensor of floats on the CPU. dfdx has its shape in its type, and the tape that it carries, if any.
pub type Array<S, T = NoneTape> = Tensor<S, f32, Cpu, T>;
/// A tape that records.
pub type Recording = OwnedTape<f32, Cpu>;
/// What a tape begins with: the gradients of the parameters, as zeros.
pub type Zeros = Gradients<f32, Cpu>;

/// The tensors of a row.
pub struct Inputs<'a> {
    row: &'a Row,
    device: Cpu,
}

impl<'a> Inputs<'a> {
    /// On a device that keeps memory for the next step.
    pub fn new(row: &'a Row) -> Self {
        let device = Cpu::default();
        device.enable_cache();
        Self { row, device }
    }

    pub fn device(&self) -> &Cpu {
        &self.device
    }

    fn tensor<S, const D: usize>(&self, floats: &Floats) -> Result<Array<S>, Failure>
    where
        S: Shape<Concrete = [usize; D]>,
    {
        let dims = <[usize; D]>::try_from(&*floats.dims)?;
        let shape = S::from_concrete(&dims).ok_or("another shape than that of the table")?;
        Ok(self
            .device
            .try_tensor_from_vec(floats.values.clone(), shape)?)
    }

    /// A parameter.
    pub fn p<S, const D: usize>(&self, name: &str) -> Result<Array<S>, Failure>
    where
        S: Shape<Concrete = [usize; D]>,
    {
        self.tensor(self.row.parameter(name)?)
    }

    /// Data.
    pub fn data<S, const D: usize>(&self, name: &str) -> Result<Array<S>, Failure>
    where
        S: Shape<Concrete = [usize; D]>,
    {
        self.tensor(self.row.data(name)?)
    }

    /// The labels as `N` rows, each with a one among zeros.
    pub fn labels<const N: usize, const C: usize>(&self) -> Result<Array<Rank2<N, C>>, Failure> {
        let labels = <[usize; N]>::try_from(self.row.labels()?)?;
        Ok(self.device.one_hot_encode(Const::<C>, labels))
    }
}

/// A step of gradient descent, as dfdx's `Sgd` does it; the loss puts the gradients on a tape.
pub fn training<P, L>(row: &Row, mut parameters: P, loss: L) -> Result<Step, Failure>
where
    P: TensorCollection<f32, Cpu> + 'static,
    L: Fn(&P, Zeros) -> Array<Rank0, Recording> + 'static,
{
    let config = SgdConfig {
        lr: f64::from(row.rate),
        momentum: None,
        weight_decay: None,
    };
    let mut descent = Sgd::new(&parameters, config);
    let mut gradients = parameters.try_alloc_grads()?;
    Ok(Box::new(move || {
        let zeros = std::mem::replace(&mut gradients, Gradients::leaky());
        let loss = loss(&parameters, zeros);
        let value = loss.array();
        gradients = loss.try_backward()?;
        descent.update(&mut parameters, &gradients)?;
        parameters.try_zero_grads(&mut gradients)?;
        Ok(value)
    }))
}

/// A forward pass, without anything that records, and the last number of what it gives.
pub fn serving<S: Shape>(output: impl Fn() -> Array<S> + 'static) -> Result<Step, Failure> {
    Ok(Box::new(move || {
        let y = output();
        let last = y.as_vec().last().copied();
        last.ok_or("an empty output".into())
    }))
}
