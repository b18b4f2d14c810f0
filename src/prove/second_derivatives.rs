//! The laws of a gradient: it is the derivative, and its own derivatives are the Hessian.

use super::ProofScalar;
use super::chosen::Chosen;
use super::equations::{self, Equations};
use super::function_laws::{FUEL, POINTS};
use super::method::Shown;
use super::proof_scalar::{names, variables};
use super::prove_equal::same_list;
use super::soundness_error::of_second_derivatives;
use crate::counterexample::Counterexample;
use crate::program::{Jvp, Program, ProgramError, Vjp, jvp, vjp};
use crate::scalar::{Agreement, Dual, Real};
use crate::tensor::{AnyTensor, Position, Value, dot};

pub(super) const GRADIENT: &str = "gradient_is_the_derivative";
pub(super) const SYMMETRIC: &str = "forward_over_reverse_eq_reverse_over_reverse";
pub(super) const SECOND: &str = "hessian_is_the_second_derivative";

/// A program, its gradient, and the derivatives of that.
pub(super) struct Second<'p> {
    value: &'p Program,
    gradient: &'p Program,
    /// How many inputs are differentiated.
    pub(super) inputs: usize,
    pub(super) jvp: Jvp,
    pub(super) vjp: Vjp,
}

impl<'p> Second<'p> {
    pub(super) fn of(value: &'p Program, gradient: &'p Program) -> Result<Self, Counterexample> {
        let inputs = gradient.outputs().len();
        let types = value.input_types();
        let refuse = |place, expected: String, got: String| {
            Err(Counterexample::new(GRADIENT, place, expected, got))
        };
        same_list(
            GRADIENT,
            "the inputs of the gradient",
            types,
            gradient.input_types(),
        )?;
        let (place, wanted) = (
            "the outputs of the gradient",
            &types[..inputs.min(types.len())],
        );
        same_list(GRADIENT, place, wanted, &gradient.output_types())?;
        if let Some(ty) = wanted.iter().find(|ty| !ty.is_scalar()) {
            return refuse(place, "tensors".into(), ty.to_string());
        }
        match value.output_types().first() {
            Some(ty) if ty.is_scalar() && ty.dims().count() == 1 => {}
            Some(ty) => return refuse("the first output", "one scalar".into(), ty.to_string()),
            None => return refuse("the first output", "one scalar".into(), "none".into()),
        }
        let made = |error| Counterexample::new(SYMMETRIC, "the gradient", "its derivatives", error);
        let active: Vec<bool> = (0..types.len()).map(|input| input < inputs).collect();
        Ok(Second {
            value,
            gradient,
            inputs,
            jvp: jvp(gradient, &active).map_err(made)?,
            vjp: vjp(gradient, &active, &vec![true; inputs]).map_err(made)?,
        })
    }

    /// In one environment: by normal forms, or at random points.
    pub(super) fn shown(&self, chosen: &[Chosen], exact: bool) -> Result<Shown, Counterexample> {
        let laws = InOneEnvironment {
            second: self,
            chosen,
        };
        let rng = &mut fastrand::Rng::with_seed(0x6e55);
        equations::show(&laws, exact.then_some(FUEL), POINTS, rng)
            .map_err(|error| equations::explained(&laws, error))
    }

    /// The laws over one scalar; `None` where a value is not defined.
    fn check<A: ProofScalar>(
        &self,
        chosen: &[Chosen],
        rng: &mut fastrand::Rng,
    ) -> Result<Option<usize>, Counterexample> {
        let types = &self.value.input_types()[..self.inputs];
        let named = self.names();
        let mut list = |prefix: &str| -> Vec<AnyTensor<A>> {
            let named = types.iter().zip(&named);
            named
                .map(|(ty, name)| variables(&format!("{prefix}{name}"), ty.dims(), rng))
                .collect()
        };
        let (x, v, w) = (list(""), list("v"), list("w"));
        let entries = self.value.input_types()[self.inputs..].iter().zip(chosen);
        let entries: Vec<Value<A>> = entries
            .enumerate()
            .map(|(i, (ty, chosen))| chosen.value_or(&format!("e{i}"), ty.dims(), rng))
            .collect();
        let inputs = [values(&x), entries.clone()].concat();

        // The gradient, against the derivative of the value along an indeterminate direction: an identity in its elements.
        let gradient = tensors(self.gradient.run(&inputs)?);
        let zero = |x: &A| Dual::new(x.clone(), A::zero());
        let lifted: Vec<Value<Dual<A>>> = entries.iter().map(|entry| over(entry, zero)).collect();
        let along = |v: &[AnyTensor<A>]| -> Result<A, ProgramError> {
            let pairs = x.iter().zip(v);
            let duals: Vec<_> = pairs.map(|(x, v)| zipped(x, v, Dual::new)).collect();
            let y = self.value.run(&[values(&duals), lifted.clone()].concat())?;
            Ok(first(&y).map_or_else(A::zero, |y| y.tangent.clone()))
        };
        let of_gradient = "the gradient by";
        let Some(one) = self.equal(GRADIENT, of_gradient, along(&v)?, &gradient, &v, &along)?
        else {
            return Ok(None);
        };

        // The Hessian times v: forward over reverse, and reverse over reverse.
        let tangents = self
            .jvp
            .program
            .run(&[inputs.clone(), values(&v)].concat())?;
        let mut tangents = tensors(tangents).split_off(self.inputs).into_iter();
        let none = |x: &AnyTensor<A>| AnyTensor::full(x.dims().clone(), A::zero());
        let has = self.jvp.tangents.iter().zip(&x);
        let forward = has.map(|(&has, x)| if has { tangents.next() } else { Some(none(x)) });
        let forward: Vec<AnyTensor<A>> = forward.flatten().collect();
        let mut residuals = self.vjp.forward.run(&inputs)?.split_off(self.inputs);
        residuals.extend(values(&v));
        let reverse = tensors(self.vjp.backward.run(&residuals)?);
        for ((forward, reverse), name) in forward.iter().zip(&reverse).zip(&named) {
            let dims = forward.dims();
            let pairs = forward.as_slice().iter().zip(reverse.as_slice());
            for (at, (forward, reverse)) in pairs.enumerate() {
                match forward.agreement(reverse) {
                    Agreement::Equal => {}
                    Agreement::Undefined => return Ok(None),
                    Agreement::Differ => {
                        let place =
                            format!("the Hessian times v at {name}{}", Position { dims, at });
                        return Err(Counterexample::new(SYMMETRIC, place, forward, reverse));
                    }
                }
            }
        }

        // Against dual numbers of dual numbers, through the value alone.
        let zero = |x: &A| {
            Dual::new(
                Dual::new(x.clone(), A::zero()),
                Dual::new(A::zero(), A::zero()),
            )
        };
        let lifted: Vec<Value<Dual<Dual<A>>>> =
            entries.iter().map(|entry| over(entry, zero)).collect();
        let twice = |w: &[AnyTensor<A>]| -> Result<A, ProgramError> {
            let all = x.iter().zip(&v).zip(w);
            let duals: Vec<_> = all
                .map(|((x, v), w)| {
                    let inner = zipped(x, v, Dual::new);
                    zipped(&inner, w, |x, w| Dual::new(x, Dual::new(w, A::zero())))
                })
                .collect();
            let y = self.value.run(&[values(&duals), lifted.clone()].concat())?;
            Ok(first(&y).map_or_else(A::zero, |y| y.tangent.tangent.clone()))
        };
        let of_hessian = "the Hessian times v at";
        let two = self.equal(SECOND, of_hessian, twice(&w)?, &forward, &w, &twice)?;
        let elements: usize = types.iter().map(|ty| ty.dims().count()).sum();
        Ok(two.map(|two| one + two + elements))
    }

    /// Whether a derivative along an indeterminate direction is the sum of these elements times it: how many elements, `None`
    /// where it is not defined, or the element that is wrong.
    fn equal<A: ProofScalar>(
        &self,
        law: &'static str,
        what: &str,
        expected: A,
        got: &[AnyTensor<A>],
        direction: &[AnyTensor<A>],
        along: &dyn Fn(&[AnyTensor<A>]) -> Result<A, ProgramError>,
    ) -> Result<Option<usize>, Counterexample> {
        let sum = dot(got, direction);
        match expected.agreement(&sum) {
            Agreement::Undefined => return Ok(None),
            Agreement::Equal => return Ok(Some(got.iter().map(|x| x.as_slice().len()).sum())),
            Agreement::Differ => {}
        }
        // Element by element, to say where.
        for (i, (tensor, name)) in got.iter().zip(self.names()).enumerate() {
            for (at, element) in tensor.as_slice().iter().enumerate() {
                let unit: Vec<AnyTensor<A>> = got
                    .iter()
                    .enumerate()
                    .map(|(j, x)| {
                        let one = |k| {
                            if (i, at) == (j, k) {
                                A::one()
                            } else {
                                A::zero()
                            }
                        };
                        AnyTensor::from_parts(
                            x.dims().clone(),
                            (0..x.dims().count()).map(one).collect(),
                        )
                    })
                    .collect();
                let expected = along(&unit)?;
                if expected.agreement(element) == Agreement::Differ {
                    let dims = tensor.dims();
                    let place = format!("{what} {name}{}", Position { dims, at });
                    return Err(Counterexample::new(law, place, expected, element));
                }
            }
        }
        Err(Counterexample::new(law, what, expected, sum))
    }

    /// The names of the inputs that are differentiated.
    fn names(&self) -> Vec<String> {
        let inputs = &self.value.inputs()[..self.inputs];
        match inputs.iter().any(|input| input.name.is_empty()) {
            false => inputs.iter().map(|input| input.name.to_string()).collect(),
            true => names("x", inputs.len()),
        }
    }
}

/// The laws of second derivatives in one environment.
struct InOneEnvironment<'l> {
    second: &'l Second<'l>,
    chosen: &'l [Chosen],
}

impl Equations for InOneEnvironment<'_> {
    fn check<A: ProofScalar>(
        &self,
        rng: &mut fastrand::Rng,
    ) -> Result<Option<usize>, Counterexample> {
        self.second.check::<A>(self.chosen, rng)
    }
    fn law(&self) -> &'static str {
        GRADIENT
    }
    fn place(&self) -> String {
        "the gradient".to_owned()
    }
    fn soundness_error(&self) -> Result<f64, Counterexample> {
        let second = self.second;
        of_second_derivatives(
            second.value,
            second.gradient,
            &second.jvp.program,
            &second.vjp,
            second.inputs,
        )
    }
}

fn values<A: Clone>(tensors: &[AnyTensor<A>]) -> Vec<Value<A>> {
    tensors.iter().cloned().map(Value::Scalar).collect()
}

fn tensors<A>(values: Vec<Value<A>>) -> Vec<AnyTensor<A>> {
    values.into_iter().filter_map(Value::into_tensor).collect()
}

/// The only element of the first output.
fn first<A>(values: &[Value<A>]) -> Option<&A> {
    values.first()?.tensor()?.as_slice().first()
}

/// Two tensors of the same dims, element by element.
fn zipped<A: Clone, B: Clone, C>(
    x: &AnyTensor<A>,
    y: &AnyTensor<B>,
    f: impl Fn(A, B) -> C,
) -> AnyTensor<C> {
    let pairs = x.as_slice().iter().zip(y.as_slice());
    let all = pairs.map(|(x, y)| f(x.clone(), y.clone())).collect();
    AnyTensor::from_parts(x.dims().clone(), all)
}

/// A value over another scalar.
fn over<A, B: Real>(value: &Value<A>, f: impl Fn(&A) -> B) -> Value<B> {
    match value {
        Value::Scalar(x) => {
            let all = x.as_slice().iter().map(f).collect();
            Value::Scalar(AnyTensor::from_parts(x.dims().clone(), all))
        }
        Value::Index(indices) => Value::Index(indices.clone()),
        Value::Key(keys) => Value::Key(keys.clone()),
    }
}
