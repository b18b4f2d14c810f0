//! How a graph is run: the one place that knows it.

use crate::rows::{Failure, Row};
use cotangent::context::{Entry, Parameters, by_name};
use cotangent::prelude::*;

/// The parameters of a row, by the names of the fields of a group.
pub fn parameters<E: Entry>(row: &Row) -> Result<Parameters<f32, E>, Failure> {
    let mut missing = None;
    let parameters = by_name::<f32, E>(|name, _| match row.parameter(name) {
        Ok(floats) => floats.values.clone(),
        Err(error) => {
            missing = Some(error);
            Vec::new()
        }
    });
    match missing {
        Some(error) => Err(error.into()),
        None => Ok(parameters?),
    }
}

/// Data of a row.
pub fn data<S: Shape>(row: &Row, name: &str) -> Result<Tensor<f32, S>, Failure> {
    let floats = row.data(name)?;
    Ok(AnyTensor::new(&floats.dims, floats.values.clone())?.cast()?)
}

/// The labels of a row.
pub fn labels<C: Dim, S: Shape>(row: &Row) -> Result<LabelsOf<C, S>, Failure> {
    Ok(LabelsOf::new(row.labels()?)?)
}

/// A step of gradient descent: a graph, its row, its parameters, and a tuple of references to its environment.
macro_rules! training {
    ($graph:expr, $row:expr, $parameters:expr, $env:expr) => {{
        let mut trainer = $graph.trainer(&cotangent::optim::sgd($row.rate), &$parameters);
        if $row.profile {
            let peak = trainer.memory().peak;
            println!(
                "{}, {peak} bytes:\n{}",
                $row.name,
                trainer.profile(20, $env)
            );
        }
        Ok(Box::new(move || Ok(trainer.step($env).item())))
    }};
}
pub(super) use training;

/// A forward pass, and the last number of what it gives.
macro_rules! serving {
    ($graph:expr, $parameters:expr, $env:expr) => {{
        let (mut plan, parameters) = ($graph.plan(), $parameters);
        Ok(Box::new(move || {
            let y = plan.value(&parameters, $env);
            y.as_slice().last().copied().ok_or("an empty output".into())
        }))
    }};
}
pub(super) use serving;
