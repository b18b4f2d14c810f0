//! Adafactor: of a matrix, means of squares of its rows and columns are kept, and not of each number.

use crate::graph::Float;
use crate::optim::optimiser::Optimiser;
use crate::optim::wrong::Range;
use crate::program::primitives::{Broadcast, Full, Offset, Reduce, Reduction, Scale};
use crate::program::{Binary, Builder, Input, Literal, Program, ProgramError, TRANSFORM, Unary};
use crate::tensor::{Dims, Type};

/// The settings of Adafactor. The default is that of the paper, with the dims of Optax.
///
/// ```
/// use cotangent::optim::Adafactor;
/// use cotangent::prelude::*;
/// // A rate that is that of the numbers, as of Adam, and not that of their size.
/// let settings = Adafactor { scales: false, ..Adafactor::default() };
/// let mut trainer = graph!(|x: []| 7 * x).trainer(&settings.adafactor(0.5), &Tensor::scalar(2.0));
/// trainer.step(());
/// assert_eq!(trainer.parameters().item(), 1.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Adafactor {
    /// The exponent `c` of `1 - t^-c`: how much of the means of squares stays in update `t`.
    pub decay_rate: f64,
    /// What is added to the squares of the gradients.
    pub epsilon: f64,
    /// The least size by which the rate is multiplied.
    pub least_scale: f64,
    /// Changes with a larger root of their mean square are made shorter.
    pub clipping: f64,
    /// Tensors have means of rows and columns from this size of both axes on.
    pub least_factored: usize,
    /// Whether the rate is multiplied by the size of the parameter: the root of its mean square.
    pub scales: bool,
}

impl Default for Adafactor {
    fn default() -> Self {
        Adafactor {
            decay_rate: 0.8,
            epsilon: 1e-30,
            least_scale: 1e-3,
            clipping: 1.0,
            least_factored: 128,
            scales: true,
        }
    }
}

impl Adafactor {
    /// [`adafactor()`] with these settings.
    pub fn adafactor<A: Float>(self, rate: A) -> Optimiser<A> {
        Optimiser::of_tensors(rate, move |dims: &Dims| self.rule(dims))
            .demand("decay_rate", self.decay_rate, Range::NotNegative)
            .demand("epsilon", self.epsilon, Range::NotNegative)
            .demand("least_scale", self.least_scale, Range::NotNegative)
            .demand("clipping", self.clipping, Range::Positive)
    }

    /// The two largest axes, the larger one last, if both are large enough.
    fn factored(&self, dims: &Dims) -> Option<[usize; 2]> {
        let mut axes: Vec<usize> = (0..dims.len()).collect();
        axes.sort_by_key(|&axis| dims[axis]);
        match axes.as_slice() {
            &[.., smaller, larger] if dims[smaller] >= self.least_factored.max(1) => {
                Some([smaller, larger])
            }
            _ => None,
        }
    }

    fn rule(&self, dims: &Dims) -> Result<Program, ProgramError> {
        let mut b = Builder::new(&TRANSFORM);
        let factored = self.factored(dims);
        let kept: Vec<(&str, Dims)> = match factored {
            Some([smaller, larger]) => vec![
                ("row", without(dims, larger)),
                ("column", without(dims, smaller)),
            ],
            None => vec![("v", dims.clone())],
        };
        let p = input(&mut b, "p", dims);
        let g = input(&mut b, "g", dims);
        let before: Vec<usize> = kept
            .iter()
            .map(|(name, dims)| input(&mut b, name, dims))
            .collect();
        let rate = input(&mut b, "rate", &Dims::default());
        let step = input(&mut b, "step", &Dims::default());

        let exponent = b.full(&Type::scalar(Dims::default()), real(-self.decay_rate))?;
        let fresh = b.push(Binary::Pow, &[step, exponent])?; // t^(-decay_rate): how much of the means is new
        let stays = b.push(Unary::Neg, &[fresh])?;
        let stays = b.push(Offset(Literal::ratio(1, 1)), &[stays])?;
        let squares = b.push(Binary::Mul, &[g, g])?;
        let squares = b.push(Offset(real(self.epsilon)), &[squares])?;
        let mut means = Vec::with_capacity(before.len());
        let gone = factored.map_or(vec![None], |[smaller, larger]| {
            vec![Some(larger), Some(smaller)]
        });
        for (before, gone) in before.iter().zip(gone) {
            let now = match gone {
                Some(axis) => mean(&mut b, squares, vec![axis])?,
                None => squares,
            };
            let fresh = times_scalar(&mut b, now, fresh)?;
            let stays = times_scalar(&mut b, *before, stays)?;
            means.push(b.push(Binary::Add, &[stays, fresh])?);
        }

        let change = match (factored, means.as_slice()) {
            (Some([smaller, larger]), &[row, column]) => {
                // g over the root of row · column / mean(row).
                let axis = if smaller > larger {
                    smaller - 1
                } else {
                    smaller
                };
                let all = mean(&mut b, row, vec![axis])?;
                let of_rows = b.dims(row)?;
                let all = spread(&mut b, all, &of_rows, axis)?;
                let row = b.push(Binary::Div, &[row, all])?;
                let mut change = g;
                for (factor, axis) in [(row, larger), (column, smaller)] {
                    let root = b.push(Unary::Sqrt, &[factor])?;
                    let root = spread(&mut b, root, dims, axis)?;
                    change = b.push(Binary::Div, &[change, root])?;
                }
                change
            }
            (_, means) => {
                let root = b.push(Unary::Sqrt, &means[..1])?;
                b.push(Binary::Div, &[g, root])?
            }
        };
        let size = root_mean_square(&mut b, change)?;
        let longer = b.push(Scale(real(1.0 / self.clipping)), &[size])?;
        let longer = at_least(&mut b, longer, 1.0)?;
        let mut rate = b.push(Binary::Div, &[rate, longer])?;
        if self.scales {
            let size = root_mean_square(&mut b, p)?;
            let size = at_least(&mut b, size, self.least_scale)?;
            rate = b.push(Binary::Mul, &[rate, size])?;
        }
        let change = times_scalar(&mut b, change, rate)?;
        let next = b.push(Binary::Sub, &[p, change])?;

        // They were made first.
        let inputs: Vec<usize> = (0..4 + before.len()).collect();
        let outputs: Vec<usize> = [next].into_iter().chain(means).collect();
        b.finish(&inputs, &outputs)
    }
}

fn real(x: f64) -> Literal {
    Literal::real(x)
}

fn input(b: &mut Builder, name: &str, dims: &Dims) -> usize {
    b.input(Input {
        name: name.into(),
        ty: Type::scalar(dims.clone()),
    })
}

fn without(dims: &Dims, axis: usize) -> Dims {
    let kept = dims.iter().enumerate().filter(|&(at, _)| at != axis);
    kept.map(|(_, &dim)| dim).collect()
}

/// The mean over some axes.
fn mean(b: &mut Builder, x: usize, axes: Vec<usize>) -> Result<usize, ProgramError> {
    let dims = b.dims(x)?;
    let count: usize = axes.iter().map(|&axis| dims[axis]).product();
    let sum = b.push(Reduce(Reduction::Sum, axes), &[x])?;
    b.push(Scale(Literal::ratio(1, count.max(1) as u64)), &[sum])
}

fn root_mean_square(b: &mut Builder, x: usize) -> Result<usize, ProgramError> {
    let axes = (0..b.dims(x)?.len()).collect();
    let squares = b.push(Binary::Mul, &[x, x])?;
    let mean = mean(b, squares, axes)?;
    b.push(Unary::Sqrt, &[mean])
}

fn at_least(b: &mut Builder, x: usize, least: f64) -> Result<usize, ProgramError> {
    let dims = b.dims(x)?;
    let least = b.push(Full(dims, real(least)), &[])?;
    b.push(Binary::Max, &[x, least])
}

/// A value repeated along an axis that it has not, up to these dims.
fn spread(b: &mut Builder, x: usize, dims: &Dims, axis: usize) -> Result<usize, ProgramError> {
    let axes = (0..dims.len()).filter(|&at| at != axis).collect();
    b.push(Broadcast(dims.clone(), axes), &[x])
}

/// Each element times a scalar.
fn times_scalar(b: &mut Builder, x: usize, scalar: usize) -> Result<usize, ProgramError> {
    let dims = b.dims(x)?;
    let all = b.push(Broadcast(dims, Vec::new()), &[scalar])?;
    b.push(Binary::Mul, &[x, all])
}

/// Adafactor, which keeps of an `n × m` matrix the means of the squares of its rows and of its columns, `n + m` numbers: with
/// `s = g² + 1e-30` and `k = 1 - t^-0.8` in update `t`, `row ← k row + (1 - k) mean(s by rows)`, `column` likewise,
/// `u = g / √(row column / mean(row))`, `p ← p - rate max(size(p), 1e-3) u / max(1, size(u))`, where the size is the root of the mean
/// square. Of a tensor with more axes the two largest are those of the matrix. One with fewer, or with an axis below 128, keeps
/// the means of all squares, and `u = g / √v`. [`Adafactor`] has other numbers.
///
/// Source: Shazeer and Stern, *Adafactor: Adaptive Learning Rates with Sublinear Memory Cost* (2018), Algorithms 4 and 5, as in Optax.
///
/// ```
/// use cotangent::optim::{Adafactor, adafactor};
/// use cotangent::prelude::*;
/// let g: GraphData<f32, _, _, _> = graph!(|w: [4, 8]; x: [1, 4]| sum(matmul(x, w)));
/// let settings = Adafactor { least_factored: 2, ..Adafactor::default() };
/// let mut trainer = g.trainer(&settings.adafactor(0.01), &Tensor::ones());
/// trainer.step(&Tensor::from([[1.0, 2.0, 3.0, 4.0]]));
/// let kept = trainer.snapshot();
/// assert_eq!((kept.get("kept/row/w").unwrap().dims.clone(), kept.get("kept/column/w").unwrap().dims.clone()), (vec![4], vec![8]));
/// // The gradient of each row is one number, so each changes by as much: by the rate.
/// approx::assert_abs_diff_eq!(trainer.parameters(), Tensor::full(0.99), epsilon = 1e-6);
/// # let _ = adafactor(0.1_f32);
/// ```
pub fn adafactor<A: Float>(rate: A) -> Optimiser<A> {
    Adafactor::default().adafactor(rate)
}
