//! The updates of all parameters, as instructions: from gradients to what comes next.

use super::carried::Carried;
use super::clip::{clip_by_norm, clipped_by_value, times};
use super::optimiser::Optimiser;
use super::parameters::distinct;
use super::rule::Update;
use super::wrong::{Range, SettingsError, wrong};
use crate::graph::Float;
use crate::program::{Binary, Builder, Input, Literal, ProgramError, Scale};
use crate::tensor::{Dims, Type};
use std::sync::Arc;

/// What a step does with the gradients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// It updates the parameters.
    Update,
    /// It adds them to those before.
    Gather,
}

/// The rate and the number of the update, as inputs.
pub(super) fn settings(b: &mut Builder) -> [usize; 2] {
    ["rate", "step"].map(|name| {
        b.input(Input {
            name: name.into(),
            ty: Type::scalar(Dims::default()),
        })
    })
}

/// What becomes of one parameter.
#[derive(Debug)]
pub(super) struct Parameter {
    pub name: Arc<str>,
    pub dims: Dims,
    pub update: Update,
    rate: f64,
    decay: f64,
    decoupled: f64,
}

/// What becomes of all parameters.
#[derive(Debug)]
pub(super) struct Updates {
    pub parameters: Vec<Parameter>,
    clip_value: Option<f64>,
    clip_norm: Option<f64>,
    batches: usize,
    average: Option<f64>,
}

impl Updates {
    /// Those of parameters of these names and dims.
    ///
    /// # Errors
    /// Settings that cannot be: rules, and factors of rates, may depend on name and dims.
    pub fn of<A: Float>(
        optimiser: &Optimiser<A>,
        parameters: Vec<(Arc<str>, Dims)>,
    ) -> Result<Updates, SettingsError> {
        let settings = &optimiser.settings;
        let mut refused = Vec::new();
        let mut all = Vec::with_capacity(parameters.len());
        for (name, dims) in parameters {
            let rate = settings.rate_of(&name, &dims);
            refused
                .extend(Range::NotNegative.wrong(format!("factor of the rate of `{name}`"), rate));
            let (decay, decoupled) = match settings.is_decaying(&name, &dims) {
                true => (settings.decay, settings.decoupled),
                false => (0.0, 0.0),
            };
            match optimiser.rule.of(&dims) {
                Ok(update) => all.push(Parameter {
                    name,
                    dims,
                    update,
                    rate,
                    decay,
                    decoupled,
                }),
                Err((expected, got)) => {
                    refused.push(wrong(format!("rule of `{name}`"), expected, got));
                }
            }
        }
        settings.check(refused)?;
        Ok(Updates {
            parameters: all,
            clip_value: settings.clip_value,
            clip_norm: settings.clip_norm,
            batches: settings.batches,
            average: settings.average,
        })
    }

    /// What is carried: the name and the dims of each.
    pub fn carried(&self) -> Carried<Input> {
        let of = |prefix: &str, parameter: &Parameter, ty: Type| Input {
            name: format!("{prefix}{}", parameter.name).into(),
            ty,
        };
        let each = |prefix: &str| -> Vec<Input> {
            let all = self.parameters.iter();
            all.map(|p| of(prefix, p, Type::scalar(p.dims.clone())))
                .collect()
        };
        let kept = self.parameters.iter().map(|parameter| {
            let kept = parameter.update.kept();
            let names = distinct(kept.iter().map(|kept| Arc::clone(&kept.name)));
            let each = names.into_iter().zip(kept);
            let each =
                each.map(|(name, kept)| of(&format!("kept/{name}/"), parameter, kept.ty.clone()));
            each.collect()
        });
        let nothing = Vec::new;
        Carried {
            parameters: each(""),
            kept: kept.collect(),
            gathered: if self.batches > 1 {
                each("gathered/")
            } else {
                nothing()
            },
            averages: if self.average.is_some() {
                each("average/")
            } else {
                nothing()
            },
        }
    }

    /// Whether an update needs the gradients of all parameters.
    pub fn needs_all(&self) -> bool {
        self.clip_norm.is_some()
    }

    /// What the steps do: an update; and, if an update takes several batches, those before it only gather.
    pub fn whats(&self) -> &'static [What] {
        match self.batches {
            0 | 1 => &[What::Update],
            _ => &[What::Update, What::Gather],
        }
    }

    /// What a step does with some gradients, each with the number of its parameter: with all, if an update needs all. `next` is what
    /// was carried, and becomes what comes next.
    pub fn add(
        &self,
        b: &mut Builder,
        what: What,
        next: &mut Carried<usize>,
        gradients: &[(usize, usize)],
        settings: [usize; 2],
    ) -> Result<(), ProgramError> {
        match what {
            What::Update => self.update(b, next, gradients, settings),
            What::Gather => {
                for &(parameter, gradient) in gradients {
                    let sum = &mut next.gathered[parameter];
                    *sum = b.push(Binary::Add, &[*sum, gradient])?;
                }
                Ok(())
            }
        }
    }

    fn update(
        &self,
        b: &mut Builder,
        next: &mut Carried<usize>,
        gradients: &[(usize, usize)],
        [rate, step]: [usize; 2],
    ) -> Result<(), ProgramError> {
        let mut clipped = Vec::with_capacity(gradients.len());
        for &(parameter, mut gradient) in gradients {
            if self.batches > 1 {
                let sum = b.push(Binary::Add, &[next.gathered[parameter], gradient])?;
                gradient = b.push(Scale(Literal::ratio(1, self.batches as u64)), &[sum])?;
                next.gathered[parameter] = b.full_like(gradient, Literal::ratio(0, 1))?;
            }
            if let Some(most) = self.clip_value {
                gradient = clipped_by_value(b, gradient, most)?;
            }
            clipped.push((parameter, gradient));
        }
        if let Some(most) = self.clip_norm {
            clip_by_norm(b, &mut clipped, most)?;
        }
        for (parameter, gradient) in clipped {
            self.update_one(b, next, parameter, gradient, [rate, step])?;
        }
        Ok(())
    }

    fn update_one(
        &self,
        b: &mut Builder,
        next: &mut Carried<usize>,
        at: usize,
        mut gradient: usize,
        [rate, step]: [usize; 2],
    ) -> Result<(), ProgramError> {
        let parameter = &self.parameters[at];
        let p = next.parameters[at];
        if parameter.decay != 0.0 {
            let decay = b.push(Scale(Literal::real(parameter.decay)), &[p])?;
            gradient = b.push(Binary::Add, &[gradient, decay])?;
        }
        let rate = scaled(b, rate, parameter.rate)?;
        let mut arguments = vec![p, gradient];
        arguments.extend(&next.kept[at]);
        arguments.extend([rate, step]);
        let mut updated = b
            .inline(parameter.update.program(), &arguments)?
            .into_iter();
        // An update gives the parameter first.
        let mut new = updated.next().unwrap_or(p);
        next.kept[at] = updated.collect();
        if parameter.decoupled != 0.0 {
            let part = scaled(b, rate, parameter.decoupled)?;
            let part = times(b, p, part)?;
            new = b.push(Binary::Sub, &[new, part])?;
        }
        next.parameters[at] = new;
        if let Some(kept) = self.average {
            let old = b.push(Scale(Literal::real(kept)), &[next.averages[at]])?;
            let now = b.push(Scale(Literal::real(1.0 - kept)), &[new])?;
            next.averages[at] = b.push(Binary::Add, &[old, now])?;
        }
        Ok(())
    }
}

/// A value times a number; itself if that is 1.
fn scaled(b: &mut Builder, x: usize, factor: f64) -> Result<usize, ProgramError> {
    match factor == 1.0 {
        true => Ok(x),
        false => b.push(Scale(Literal::real(factor)), &[x]),
    }
}
