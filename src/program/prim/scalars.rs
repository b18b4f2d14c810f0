//! What the primitives of scalars share.

use crate::program::ProgramError;
use crate::program::builder::Builder;
use crate::program::primitive::{Batched, Fault, Primitive};
use crate::scalar::{Level, Literal, Semiring};
use crate::tensor::{AnyTensor, Type, Value};

/// The scalars of an argument. `types` has let nothing else through.
pub(super) fn scalars<'v, A>(x: &[&'v Value<A>], i: usize) -> &'v AnyTensor<A> {
    match x[i] {
        Value::Scalar(x) => x,
        Value::Index(_) | Value::Key(_) => unreachable!("the types of arguments are checked"),
    }
}

/// A value of scalars with the dims of its type.
pub(super) fn scalar_value<A>(y: &[Type], data: Vec<A>) -> Vec<Value<A>> {
    vec![Value::Scalar(AnyTensor::from_parts(
        y[0].dims().clone(),
        data,
    ))]
}

/// One type that all arguments have, if they are `n` values of scalars.
pub(super) fn same_scalars(x: &[Type], n: usize) -> Option<&Type> {
    let (first, rest) = x.split_first()?;
    let all = x.len() == n && first.is_scalar() && rest.iter().all(|ty| ty == first);
    all.then_some(first)
}

/// The same primitive, each argument with the new axis: for what works element by element.
pub(super) fn batch_each<P: Primitive>(
    b: &mut Builder,
    prim: &P,
    x: &[Batched],
    size: usize,
) -> Result<Vec<Batched>, ProgramError> {
    let mut arguments = Vec::with_capacity(x.len());
    for x in x {
        arguments.push(match x.batched {
            true => x.id,
            false => b.repeated(x.id, size)?,
        });
    }
    let y = b.push_all(prim.clone(), &arguments)?;
    Ok(y.into_iter().map(Batched::yes).collect())
}

/// The value of a literal. 0 exists in every semiring, whatever its table says.
pub(super) fn literal<A: Semiring>(c: Literal) -> Result<A, Fault> {
    match c {
        Literal::Ratio(0, _) => Ok(A::zero()),
        Literal::Ratio(..) | Literal::Real(_) => A::kernels().literal(c).ok_or(Fault::Level),
    }
}

/// The lowest level that has a number.
pub(super) fn level_of(c: Literal) -> Level {
    match c {
        Literal::Ratio(0.., 1) => Level::Semiring,
        Literal::Ratio(_, 1) => Level::Ring,
        Literal::Ratio(..) | Literal::Real(_) => Level::Field,
    }
}

/// A function of each element.
pub(super) fn each<A: Semiring>(x: &AnyTensor<A>, f: impl Fn(A) -> A) -> Vec<A> {
    x.as_slice().iter().cloned().map(f).collect()
}
