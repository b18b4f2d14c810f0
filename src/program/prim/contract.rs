//! Contractions: an einsum of two operands.

#[cfg(test)]
pub(in crate::program) mod alone;
#[cfg(test)]
mod tests;

use super::scalars::{scalar_value, scalars};
use super::strided::{Axis, View};
use crate::program::builder::Builder;
use crate::program::parameter::Parameter;
use crate::program::primitive::{
    AtZeros, Batched, Change, Degrees, Fault, Interpreter, Primitive, Pullback, Site,
};
use crate::program::primitives::Contract;
use crate::program::syntax::Prim;
use crate::program::{Degree, ProgramError};
use crate::scalar::{Level, Semiring};
use crate::tensor::{AnyTensor, Dims, Type, Value};
use std::borrow::Cow;

impl Contract {
    /// The contraction of these labels. They are numbered anew, in the order of `left`, then of `right`: so equal
    /// contractions are equal.
    pub fn new(
        left: impl AsRef<[usize]>,
        right: impl AsRef<[usize]>,
        result: impl AsRef<[usize]>,
    ) -> Self {
        let mut known = Vec::new();
        let mut numbered = |labels: &[usize]| {
            let number = |label: &usize| match known.iter().position(|other| other == label) {
                Some(number) => number,
                None => {
                    known.push(*label);
                    known.len() - 1
                }
            };
            labels.iter().map(number).collect::<Box<[usize]>>()
        };
        Contract {
            left: numbered(left.as_ref()),
            right: numbered(right.as_ref()),
            result: numbered(result.as_ref()),
        }
    }

    /// The products of matrices, one for each entry of the leading axes: `ta` says that the left ones are transposed,
    /// `tb` that the right ones are.
    pub fn matmul(batch_axes: usize, ta: bool, tb: bool) -> Self {
        let [m, k, n] = [0, 1, 2].map(|i| batch_axes + i);
        let place = |pair: [usize; 2], transposed: bool| -> Vec<usize> {
            let [row, column] = pair;
            let pair = if transposed { [column, row] } else { pair };
            (0..batch_axes).chain(pair).collect()
        };
        Contract::new(place([m, k], ta), place([k, n], tb), place([m, n], false))
    }

    /// The axes that both operands and the result have, in the order of the result: of each, where the left operand
    /// has it and where the right one has it.
    pub fn batch_axes(&self) -> Vec<[usize; 2]> {
        self.pairs(&self.groups().batch)
    }

    /// The axes that are summed over: of each, where the left operand has it and where the right one has it.
    pub fn contracted_axes(&self) -> Vec<[usize; 2]> {
        self.pairs(&self.groups().summed)
    }

    /// The order of the result's axes: axis `i` is axis `order()[i]` of what XLA's `dot_general` gives, which has the
    /// axes of [`Contract::batch_axes`], then the others of the left operand, then the others of the right one.
    pub fn order(&self) -> Vec<usize> {
        let batch = self.groups().batch;
        let free = self.left.iter().chain(&self.right);
        let free = free.filter(|label| self.result.contains(label) && !batch.contains(label));
        let given: Vec<usize> = batch.iter().chain(free).copied().collect();
        self.result
            .iter()
            .filter_map(|label| place(&given, *label))
            .collect()
    }

    fn pairs(&self, labels: &[usize]) -> Vec<[usize; 2]> {
        let pair = |&label: &usize| Some([place(&self.left, label)?, place(&self.right, label)?]);
        labels.iter().filter_map(pair).collect()
    }

    /// The labels by what becomes of them.
    fn groups(&self) -> Groups {
        let (left, right, result) = (&self.left, &self.right, &self.result);
        let of_result = |in_left: bool, in_right: bool| {
            let all = result.iter().copied();
            all.filter(|label| left.contains(label) == in_left && right.contains(label) == in_right)
                .collect()
        };
        let shared = left.iter().copied().filter(|label| right.contains(label));
        let mut summed: Vec<usize> = shared.filter(|label| !result.contains(label)).collect();
        summed.sort_unstable();
        Groups {
            batch: of_result(true, true),
            rows: of_result(true, false),
            summed,
            columns: of_result(false, true),
        }
    }

    /// What is wrong with the labels alone, if anything is.
    fn check_labels(&self) -> Result<(), String> {
        for labels in [&self.left, &self.right, &self.result] {
            if let Some((_, label)) = labels
                .iter()
                .enumerate()
                .find(|(i, l)| labels[..*i].contains(l))
            {
                return Err(format!(
                    "each label once in {labels:?}, which has {label} twice"
                ));
            }
        }
        for (labels, other, which) in [
            (&self.left, &self.right, "first"),
            (&self.right, &self.left, "second"),
        ] {
            let lost = |label: &&usize| !other.contains(label) && !self.result.contains(label);
            if let Some(label) = labels.iter().find(lost) {
                return Err(format!(
                    "label {label} in the result, as only the {which} operand has it"
                ));
            }
        }
        let unknown = |label: &&usize| !self.left.contains(label) && !self.right.contains(label);
        match self.result.iter().find(unknown) {
            Some(label) => Err(format!("label {label} of the result in an operand")),
            None => Ok(()),
        }
    }

    /// Every label once, with its dim. The arguments fit.
    fn dims(&self, x: [&Dims; 2]) -> impl Iterator<Item = (usize, usize)> {
        let left = self.left.iter().copied().zip(x[0].iter().copied());
        let right = self.right.iter().copied().zip(x[1].iter().copied());
        left.chain(right.filter(|(label, _)| !self.left.contains(label)))
    }

    /// The sums of products: matrix products, one for each entry of the batch axes.
    fn contract<A: Semiring>(&self, left: &AnyTensor<A>, right: &AnyTensor<A>) -> Vec<A> {
        let Groups {
            batch,
            rows,
            summed,
            columns,
        } = self.groups();
        let dims: Vec<(usize, usize)> = self.dims([left.dims(), right.dims()]).collect();
        let (a, ta) = matrices(
            left.as_slice(),
            left.dims(),
            &self.left,
            [&batch, &rows, &summed],
        );
        let (b, tb) = matrices(
            right.as_slice(),
            right.dims(),
            &self.right,
            [&batch, &summed, &columns],
        );
        let sizes = [&rows, &summed, &columns].map(|labels| count(&dims, labels));
        let entries = count(&dims, &batch);
        let [m, k, n] = sizes;
        let matrix = |i: usize| {
            (
                &a[i * m * k..(i + 1) * m * k],
                &b[i * k * n..(i + 1) * k * n],
            )
        };
        let all = |product: &dyn Fn(&[A], &[A]) -> Vec<A>| match entries {
            1 => product(&a, &b),
            _ => (0..entries)
                .map(matrix)
                .flat_map(|(a, b)| product(a, b))
                .collect(),
        };
        // A result that has its columns before its rows is the product of the transposed matrices, in the other order.
        if self
            .result
            .iter()
            .eq(batch.iter().chain(&columns).chain(&rows))
        {
            return all(&|a, b| A::matmul(b, a, [n, k, m], !tb, !ta));
        }
        let product = all(&|a, b| A::matmul(a, b, sizes, ta, tb));
        let given: Vec<usize> = [batch, rows, columns].concat();
        match given == *self.result {
            true => product,
            false => {
                let given_dims: Vec<usize> =
                    given.iter().map(|&label| count(&dims, &[label])).collect();
                moved(&product, &given_dims, &given, &self.result)
            }
        }
    }
}

/// The labels of a contraction: each in one group. The batch, the rows and the columns are in the order of the result.
struct Groups {
    /// Of both operands and of the result.
    batch: Vec<usize>,
    /// Of the left operand and of the result.
    rows: Vec<usize>,
    /// Of both operands only, increasing: the order of the sums.
    summed: Vec<usize>,
    /// Of the right operand and of the result.
    columns: Vec<usize>,
}

fn place(labels: &[usize], label: usize) -> Option<usize> {
    labels.iter().position(|&other| other == label)
}

/// How many elements the axes of some labels span.
fn count(dims: &[(usize, usize)], labels: &[usize]) -> usize {
    let of = dims.iter().filter(|(label, _)| labels.contains(label));
    of.map(|(_, dim)| dim).product()
}

/// An operand as matrices, one after the other, and whether they are transposed. It is copied only if it is not so
/// already.
fn matrices<'x, A: Clone>(
    x: &'x [A],
    dims: &[usize],
    labels: &[usize],
    [batch, rows, columns]: [&[usize]; 3],
) -> (Cow<'x, [A]>, bool) {
    let wanted = [batch, rows, columns].concat();
    if *labels == wanted {
        (Cow::Borrowed(x), false)
    } else if *labels == [batch, columns, rows].concat() {
        (Cow::Borrowed(x), true)
    } else {
        (Cow::Owned(moved(x, dims, labels, &wanted)), false)
    }
}

/// The elements of axes with the labels `from`, in the order of the labels `to`.
fn moved<A: Clone>(x: &[A], dims: &[usize], from: &[usize], to: &[usize]) -> Vec<A> {
    let strides = Dims::new(dims).strides();
    let axes = to.iter().filter_map(|&label| place(from, label));
    let view = View::new(
        0,
        axes.map(|axis| Axis {
            dim: dims[axis],
            stride: strides[axis],
        }),
    );
    let Axis { dim, stride } = view.inner();
    let walk = |start: usize| (0..dim).map(move |i| x[start + i * stride].clone());
    view.starts().flat_map(walk).collect()
}

impl Primitive for Contract {
    fn name(&self) -> String {
        "contract".to_owned()
    }
    fn parameters(&self) -> Vec<Parameter> {
        [&self.left, &self.right, &self.result]
            .map(|labels| labels[..].into())
            .into()
    }
    fn parse(name: &str, parameters: &[Parameter]) -> Option<Self> {
        match (name, parameters) {
            ("contract", [left, right, result]) => Some(Contract {
                left: left.list()?.into(),
                right: right.list()?.into(),
                result: result.list()?.into(),
            }),
            _ => None,
        }
    }
    fn types(&self, x: &[Type]) -> Result<Vec<Type>, String> {
        self.check_labels()?;
        let (left, right, precision) = match x {
            [Type::Scalar(left, one), Type::Scalar(right, other)] if one == other => {
                (left, right, *one)
            }
            _ => return Err("two values of scalars, of one precision".to_owned()),
        };
        for (dims, labels, which) in [(left, &self.left, "first"), (right, &self.right, "second")] {
            if dims.len() != labels.len() {
                let axes = if labels.len() == 1 { "axis" } else { "axes" };
                return Err(format!(
                    "{} {axes} of the {which} operand, labelled {labels:?}",
                    labels.len()
                ));
            }
        }
        for (label, dim) in self.left.iter().zip(left.iter()) {
            if let Some(other) = place(&self.right, *label).map(|axis| right[axis])
                && *dim != other
            {
                return Err(format!(
                    "one dim for label {label}, which has {dim} in the first operand and {other} in the second"
                ));
            }
        }
        let dims: Vec<_> = self.dims([left, right]).collect();
        let result = self.result.iter().map(|&label| count(&dims, &[label]));
        Ok(vec![Type::Scalar(result.collect(), precision)])
    }
    fn level(&self) -> Level {
        Level::Semiring
    }
    fn run<A: Semiring>(
        &self,
        x: &[&Value<A>],
        y: &[Type],
        _interpreter: &impl Interpreter<A>,
    ) -> Result<Vec<Value<A>>, Fault> {
        Ok(scalar_value(y, self.contract(scalars(x, 0), scalars(x, 1))))
    }
    fn jvp(
        &self,
        b: &mut Builder,
        x: &[usize],
        dx: &[Change],
    ) -> Result<(Vec<usize>, Vec<Change>), ProgramError> {
        let y = b.push(self.clone(), x)?;
        let left = dx[0]
            .map(|dx| b.push(self.clone(), &[dx, x[1]]))
            .transpose()?;
        let right = dx[1]
            .map(|dx| b.push(self.clone(), &[x[0], dx]))
            .transpose()?;
        Ok((vec![y], vec![b.sum(left, right)?]))
    }
    fn vjp(
        &self,
        b: &mut Builder,
        at: &Pullback<'_>,
        dy: &[Change],
    ) -> Result<Vec<Change>, ProgramError> {
        let Some(dy) = dy[0] else {
            return Ok(vec![None; 2]);
        };
        let mut part = |wanted: bool, prim: Contract, arguments: [usize; 2]| match wanted {
            true => b.push(prim, &arguments).map(Some),
            false => Ok(None),
        };
        let of_left = Contract::new(&self.result, &self.right, &self.left);
        let of_right = Contract::new(&self.left, &self.result, &self.right);
        Ok(vec![
            part(at.wanted[0], of_left, [dy, at.x[1]])?,
            part(at.wanted[1], of_right, [at.x[0], dy])?,
        ])
    }
    fn batch(
        &self,
        b: &mut Builder,
        x: &[Batched],
        _size: usize,
    ) -> Result<Vec<Batched>, ProgramError> {
        // Numbered from 0 on, no label is as large as the number of places.
        let Contract {
            left,
            right,
            result,
        } = Contract::new(&self.left, &self.right, &self.result);
        let new = left.len() + right.len() + result.len();
        let with = |labels: &[usize], batched: bool| -> Vec<usize> {
            batched
                .then_some(new)
                .into_iter()
                .chain(labels.iter().copied())
                .collect()
        };
        let prim = Contract::new(
            with(&left, x[0].batched),
            with(&right, x[1].batched),
            with(&result, true),
        );
        Ok(vec![Batched::yes(b.push(prim, &[x[0].id, x[1].id])?)])
    }
    fn degrees(&self, x: &[Degree], site: &Site<'_>) -> Degrees {
        let dims: Vec<_> = self.dims([site.x[0].dims(), site.x[1].dims()]).collect();
        let terms = count(&dims, &self.groups().summed);
        Degrees::one(x[0].times(x[1]).summed(terms))
    }
    fn multiply_adds(&self, site: &Site<'_>) -> u64 {
        let dims = self.dims([site.x[0].dims(), site.x[1].dims()]);
        // A dim of 0 first: else the others may reach the largest number before it.
        let mut sizes: Vec<u64> = dims.map(|(_, dim)| dim as u64).collect();
        sizes.sort_unstable();
        sizes.into_iter().fold(1, u64::saturating_mul)
    }
    fn is_drawn(&self) -> bool {
        false
    }

    fn at_zeros(&self, _zero: &[bool]) -> AtZeros {
        // Linear in the argument that is zero.
        AtZeros::Zero
    }

    fn mutants(&self, _site: &Site<'_>) -> Vec<(String, Prim)> {
        let mut all: Vec<Contract> = Vec::new();
        for which in 0..3 {
            let labels = [&self.left, &self.right, &self.result][which];
            for (i, j) in (0..labels.len()).flat_map(|i| (0..i).map(move |j| (i, j))) {
                let mut places = [self.left.clone(), self.right.clone(), self.result.clone()];
                places[which].swap(i, j);
                let [left, right, result] = places;
                let mutant = Contract::new(left, right, result);
                if mutant != *self && !all.contains(&mutant) {
                    all.push(mutant);
                }
            }
        }
        all.into_iter()
            .map(|mutant| ("transposition".to_owned(), mutant.into()))
            .collect()
    }
}
