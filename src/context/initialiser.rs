//! What parameters are at first.

use super::draws::{Distribution, Draws};
use crate::tensor::{Dims, Key};
use core::f64::consts::SQRT_2;

/// What the numbers of a tensor are at first: a distribution, and how wide it is. They are functions of a key, the same on every
/// machine.
///
/// The functions of [`nn::init`](crate::nn::init) make them. `#[init(…)]` before a field of a group says which:
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     struct Linear<I: Dim, O: Dim> {
///         #[init(kaiming_uniform())]
///         weight: [I, O],
///         #[init(zeros())]
///         bias: [O],
///     }
///     struct Network {
///         hidden: Linear<64, 32>,
///         #[init(truncated_normal(0.02))] // for its weights: its bias stays as it is
///         output: Linear<32, 10>,
///     }
/// }
/// let p: Parameters<f32, Network> = Network::init(Key::new(7));
/// assert!(p.hidden.weight.iter().all(|w| w.abs() <= (6.0_f32 / 64.0).sqrt()));
/// assert!(p.output.weight.iter().all(|w| w.abs() <= 2.0 * 0.02 / 0.879));
/// assert_eq!(p.output.bias, Tensor::zeros());
/// ```
///
/// An initialiser of a group, or of an array of groups, is that of its tensors of two axes or more, whatever they say of
/// themselves. A tensor of which nothing is said has zeros if it has less than two axes; else it is [`lecun_uniform`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Initialiser {
    numbers: Numbers,
    fans: Fans,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Numbers {
    Constant(f64),
    /// From a distribution, with this deviation.
    Random(Distribution, Deviation),
    /// Of orthonormal rows or columns, times a number.
    Orthogonal(f64),
}

/// A standard deviation.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Deviation {
    Given(f64),
    /// `gain / √fan`.
    Scaled {
        gain: f64,
        by: Fan,
    },
}

/// How many numbers one is computed from, how many it goes into, or the mean of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fan {
    In,
    Mean,
}

/// Which axes of a weight count the inputs, and which the outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fans {
    /// `(I.., O)`, as `matmul` takes it.
    LastIsOut,
    /// `(I, O..)`, such as `(D, H, K)` for heads.
    FirstIsIn,
    /// `(O, I, K..)`, as `conv2d` takes it.
    Filters,
    /// `(I, O, K..)`, as `conv_transpose2d` takes it.
    Transposed,
}

impl Initialiser {
    const fn new(numbers: Numbers) -> Self {
        Initialiser {
            numbers,
            fans: Fans::LastIsOut,
        }
    }

    const fn scaled(distribution: Distribution, gain: f64, by: Fan) -> Self {
        Self::new(Numbers::Random(
            distribution,
            Deviation::Scaled { gain, by },
        ))
    }

    /// What a tensor is that nobody said anything of: zeros with less than two axes, else [`lecun_uniform`].
    pub(super) fn of_dims(dims: &[usize]) -> Self {
        match dims.len() {
            0 | 1 => zeros(),
            _ => lecun_uniform(),
        }
    }

    /// The same, `gain` times as large: `√2` before a [`relu`](crate::op::relu()), which halves the variance.
    ///
    /// ```
    /// use cotangent::nn::init::{constant, ones};
    /// assert_eq!(ones().gain(3.0), constant(3.0));
    /// ```
    #[must_use]
    pub fn gain(mut self, gain: f64) -> Self {
        let (Numbers::Constant(scale)
        | Numbers::Orthogonal(scale)
        | Numbers::Random(_, Deviation::Given(scale) | Deviation::Scaled { gain: scale, .. })) =
            &mut self.numbers;
        *scale *= gain;
        self
    }

    /// Of a weight `(I, O..)`: the first axis counts the inputs, the others the outputs. Without this, and the two below, the last
    /// axis counts the outputs, as in what `matmul` takes.
    #[must_use]
    pub fn first_is_in(mut self) -> Self {
        self.fans = Fans::FirstIsIn;
        self
    }

    /// Of filters `(O, I, K..)`, as [`conv2d`](crate::op::conv2d()) takes them.
    #[must_use]
    pub fn filters(mut self) -> Self {
        self.fans = Fans::Filters;
        self
    }

    /// Of filters `(I, O, K..)`, as transposed convolutions take them.
    #[must_use]
    pub fn transposed_filters(mut self) -> Self {
        self.fans = Fans::Transposed;
        self
    }

    /// The numbers of a tensor of these dims, row major.
    ///
    /// ```
    /// use cotangent::nn::init::xavier_uniform;
    /// use cotangent::prelude::*;
    /// let dims = cotangent::tensor::Dims::new(&[64, 32]);
    /// let weights = xavier_uniform().numbers(&dims, Key::new(7));
    /// assert_eq!(weights.len(), 64 * 32);
    /// assert!(weights.iter().all(|w| w.abs() <= (6.0_f64 / (64.0 + 32.0)).sqrt()));
    /// ```
    pub fn numbers(&self, dims: &Dims, key: Key) -> Vec<f64> {
        let count = dims.count();
        let mut draws = Draws::new(key);
        match self.numbers {
            Numbers::Constant(c) => vec![c; count],
            Numbers::Random(distribution, deviation) => {
                let deviation = match deviation {
                    Deviation::Given(deviation) => deviation,
                    Deviation::Scaled { gain, by } => gain / self.fan(by, dims).sqrt(),
                };
                (0..count)
                    .map(|_| deviation * draws.one(distribution))
                    .collect()
            }
            Numbers::Orthogonal(gain) => {
                let (rows, columns) = self.matrix(dims);
                draws.orthogonal(rows, columns, gain)
            }
        }
    }

    fn fan(&self, by: Fan, dims: &Dims) -> f64 {
        let of = |axes: &[usize]| axes.iter().product::<usize>() as f64;
        let (fan_in, fan_out) = match (self.fans, &**dims) {
            (_, []) => (1.0, 1.0),
            (_, [only]) => (of(&[*only]), of(&[*only])),
            (Fans::LastIsOut, [before @ .., last]) => (of(before), of(&[*last])),
            (Fans::FirstIsIn, [first, after @ ..]) => (of(&[*first]), of(after)),
            (Fans::Filters, [o, i, kernel @ ..]) | (Fans::Transposed, [i, o, kernel @ ..]) => {
                (of(&[*i]) * of(kernel), of(&[*o]) * of(kernel))
            }
        };
        let fan = match by {
            Fan::In => fan_in,
            Fan::Mean => (fan_in + fan_out) / 2.0,
        };
        fan.max(1.0) // of no input there is no weight
    }

    /// The rows and columns of the matrix whose rows, or columns, are orthonormal.
    fn matrix(&self, dims: &Dims) -> (usize, usize) {
        match (self.fans, &**dims) {
            (_, []) => (1, 1),
            (Fans::LastIsOut, [before @ .., last]) => (before.iter().product(), *last),
            (_, [first, after @ ..]) => (*first, after.iter().product()),
        }
    }
}

/// Zeros: biases.
pub const fn zeros() -> Initialiser {
    constant(0.0)
}

/// Ones: gains of norms.
pub const fn ones() -> Initialiser {
    constant(1.0)
}

/// One number everywhere.
pub const fn constant(c: f64) -> Initialiser {
    Initialiser::new(Numbers::Constant(c))
}

/// Uniform from `-bound` to `bound`.
pub fn uniform(bound: f64) -> Initialiser {
    let deviation = Deviation::Given(bound / 3.0_f64.sqrt());
    Initialiser::new(Numbers::Random(Distribution::Uniform, deviation))
}

/// Normal, with mean 0 and this standard deviation.
pub const fn normal(deviation: f64) -> Initialiser {
    let deviation = Deviation::Given(deviation);
    Initialiser::new(Numbers::Random(Distribution::Normal, deviation))
}

/// Normal, with mean 0, without what is farther from 0 than two of its deviations. What is given is the deviation of what is left,
/// as in JAX; that of the whole is 1.137 times as large.
pub const fn truncated_normal(deviation: f64) -> Initialiser {
    let deviation = Deviation::Given(deviation);
    Initialiser::new(Numbers::Random(Distribution::Truncated, deviation))
}

/// Uniform, of variance `1 / fan_in`: what a layer gives has the variance of what it takes.
///
/// Source: LeCun, Bottou, Orr and Müller, *Efficient BackProp* (1998), 4.6.
pub const fn lecun_uniform() -> Initialiser {
    Initialiser::scaled(Distribution::Uniform, 1.0, Fan::In)
}

/// Normal, of variance `1 / fan_in`: see [`lecun_uniform`].
pub const fn lecun_normal() -> Initialiser {
    Initialiser::scaled(Distribution::Normal, 1.0, Fan::In)
}

/// Uniform, of variance `2 / fan_in`, from `-√(6 / fan_in)` to `√(6 / fan_in)`: before a [`relu`](crate::op::relu()), which loses
/// half of the variance.
///
/// Source: He, Zhang, Ren and Sun, *Delving Deep into Rectifiers* (2015), 2.2.
pub const fn kaiming_uniform() -> Initialiser {
    Initialiser::scaled(Distribution::Uniform, SQRT_2, Fan::In)
}

/// Normal, of variance `2 / fan_in`: see [`kaiming_uniform`].
pub const fn kaiming_normal() -> Initialiser {
    Initialiser::scaled(Distribution::Normal, SQRT_2, Fan::In)
}

/// Uniform, of variance `2 / (fan_in + fan_out)`: between what keeps the variance of values and what keeps that of gradients.
///
/// Source: Glorot and Bengio, *Understanding the difficulty of training deep feedforward neural networks* (2010), 4.2.1.
pub const fn xavier_uniform() -> Initialiser {
    Initialiser::scaled(Distribution::Uniform, 1.0, Fan::Mean)
}

/// Normal, of variance `2 / (fan_in + fan_out)`: see [`xavier_uniform`].
pub const fn xavier_normal() -> Initialiser {
    Initialiser::scaled(Distribution::Normal, 1.0, Fan::Mean)
}

/// A matrix whose rows are orthonormal, or its columns if there are fewer of them: uniform among these. Of more than two axes
/// all but one are merged.
///
/// Source: Saxe, McClelland and Ganguli, *Exact solutions to the nonlinear dynamics of learning in deep linear neural networks*
/// (2014).
///
/// ```
/// use cotangent::nn::init::orthogonal;
/// use cotangent::prelude::*;
/// let dims = cotangent::tensor::Dims::new(&[2, 3]);
/// let w = orthogonal().numbers(&dims, Key::new(7));
/// let dot = |i: usize, j: usize| (0..3).map(|k| w[3 * i + k] * w[3 * j + k]).sum::<f64>();
/// assert!((dot(0, 0) - 1.0).abs() < 1e-15 && dot(0, 1).abs() < 1e-15);
/// ```
pub const fn orthogonal() -> Initialiser {
    Initialiser::new(Numbers::Orthogonal(1.0))
}
