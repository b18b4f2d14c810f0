//! Clipping by the norm of all gradients together. burn's own clips each by its norm alone.

use burn::module::{ModuleVisitor, Param};
use burn::optim::GradientsParams;
use burn::prelude::*;

struct Squares<'a> {
    gradients: &'a GradientsParams,
    sum: f32,
}

impl ModuleVisitor for Squares<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(gradient) = self.gradients.get::<D>(param.id) {
            self.sum += gradient.square().sum().into_scalar::<f32>();
        }
    }
}

struct Times<'a> {
    gradients: &'a mut GradientsParams,
    factor: f32,
}

impl ModuleVisitor for Times<'_> {
    fn visit_float<const D: usize>(&mut self, param: &Param<Tensor<D>>) {
        if let Some(gradient) = self.gradients.remove::<D>(param.id) {
            self.gradients.register(param.id, gradient * self.factor);
        }
    }
}

/// All gradients times `most / max(most, norm)`.
pub fn clip_norm(model: &impl Module, gradients: &mut GradientsParams, most: f32) {
    let mut squares = Squares {
        gradients,
        sum: 0.0,
    };
    model.visit(&mut squares);
    let factor = most / squares.sum.sqrt().max(most);
    if factor < 1.0 {
        model.visit(&mut Times { gradients, factor });
    }
}
