//! Group normalization, and instance normalization, where each channel is a group.

use crate::dim::{Dim, DivDim};
use crate::op::reduce::mean::over;
use crate::op::{Call, Op, Recorder, Var};
use crate::program::{Literal, Program, ProgramError, Reduction, primitives};
use crate::scalar::{Binary, Unary, levels};
use crate::shape::{Axis, AxisDim, If, Shape};
use crate::tensor::Dims;
use core::marker::PhantomData;

/// The op of [`group_norm`]: how many groups there are, as a type; what is added to the variance.
#[derive(Clone, Copy, Debug)]
pub struct GroupNorm<G>(Literal, PhantomData<G>);

/// The op of [`instance_norm`]: what is added to the variance.
#[derive(Clone, Copy, Debug)]
pub struct InstanceNorm(Literal);

/// `y = (x - m) / √(v + eps) * gain + shift`, where `m` and `v` are mean and variance of the channels of a group, in one sample.
///
/// For `x: (B, C, ..)`, such as images `(B, C, H, W)`, with the `C` channels in `groups` equal groups of neighbours; `gain: (C,)`,
/// `shift: (C,)`; real scalars. The mean is over the channels of the group and over all axes after them, and the variance is biased,
/// as in PyTorch. No sample depends on another, so that it is the same in training and at inference. With `eps = 0`, a group of
/// equal entries is NaN.
/// Source: Wu and He, *Group Normalization* (2018).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 4, 1], gain: [4], shift: [4]| group_norm(x, 2, gain, shift, { 9 }));
/// let x = Tensor::from([[[0.0], [8.0], [1.0], [1.0]]]); // means 4 and 1, variances 16 and 0
/// let (gain, shift) = (Tensor::from([5.0, 10.0, 1.0, 1.0]), Tensor::from([0.0, 1.0, 0.0, 7.0]));
/// let y = g.value(&tlist![x, gain, shift], ());
/// assert_eq!(y, Tensor::from([[[-4.0], [9.0], [0.0], [7.0]]]));
/// ```
#[expect(clippy::type_complexity, reason = "an alias would hide the shapes")]
pub fn group_norm<S: Shape, G: Dim, A: Shape, B: Shape>(
    x: Var<S>,
    _groups: G,
    gain: Var<A>,
    shift: Var<B>,
    eps: impl Into<Literal>,
) -> Call<GroupNorm<G>, (Var<S>, Var<A>, Var<B>)> {
    Call::new(GroupNorm(eps.into(), PhantomData), (x, gain, shift))
}

/// `y = (x - m) / √(v + eps) * gain + shift`, where `m` and `v` are mean and variance of a channel, in one sample.
///
/// For `x: (B, C, L, ..)`, such as images `(B, C, H, W)`: [`group_norm`] with as many groups as channels, over at least one axis after
/// them. PyTorch's `InstanceNorm2d` with `affine=True`; without it, `gain` is ones and `shift` zeros.
/// Source: Ulyanov, Vedaldi and Lempitsky, *Instance Normalization* (2016).
///
/// ```
/// use cotangent::prelude::*;
/// let g = graph!(|x: [1, 2, 2], gain: [2], shift: [2]| instance_norm(x, gain, shift, { 9 }));
/// let x = Tensor::from([[[0.0, 8.0], [1.0, 1.0]]]); // means 4 and 1, variances 16 and 0
/// let (gain, shift) = (Tensor::from([5.0, 1.0]), Tensor::from([1.0, 7.0]));
/// let y = g.value(&tlist![x, gain, shift], ());
/// assert_eq!(y, Tensor::from([[[-3.0, 5.0], [7.0, 7.0]]]));
/// ```
pub fn instance_norm<S: Shape, A: Shape, B: Shape>(
    x: Var<S>,
    gain: Var<A>,
    shift: Var<B>,
    eps: impl Into<Literal>,
) -> Call<InstanceNorm, (Var<S>, Var<A>, Var<B>)> {
    Call::new(InstanceNorm(eps.into()), (x, gain, shift))
}

/// A number of channels that is that of so many equal groups.
#[diagnostic::on_unimplemented(
    message = "`{Self}` channels are not `{Groups}` equal groups",
    label = "the number of groups divides the channels, the dim of `Axis<1>`",
    note = "docs/errors.md#b09"
)]
pub trait EqualGroups<Groups>: Dim {
    /// `Self`.
    type Checked: Dim;
}

#[diagnostic::do_not_recommend]
impl<C: DivDim<Groups>, Groups: Dim> EqualGroups<Groups> for C {
    type Checked = C;
}

/// Channels along the second axis, scaled by `Gain` and shifted by `Offset`: `(B, C, ..)`, `(C,)` and `(C,)`.
#[diagnostic::on_unimplemented(
    message = "cannot scale the channels of `{Self}` by `{Gain}` and shift them by `{Offset}`",
    label = "takes `(B, C, ..)`, `(C,)` and `(C,)`: a number for each channel",
    note = "docs/errors.md#b10"
)]
pub trait NormalChannels<Gain, Offset>: AxisDim<Axis<1>> {
    /// `Self`.
    type Checked: Shape;
}

#[diagnostic::do_not_recommend]
impl<S: AxisDim<Axis<1>, Dim: IsChannels<A, B>>, A, B> NormalChannels<A, B> for S {
    type Checked = If<<S::Dim as IsChannels<A, B>>::Checked, S>;
}

/// The case of [`NormalChannels`].
pub trait IsChannels<Gain, Offset>: Dim {
    /// `Self`.
    type Checked: Dim;
}

impl<C: Dim> IsChannels<(C,), (C,)> for C {
    type Checked = C;
}

impl<S, G, A, B> Op<(S, A, B)> for GroupNorm<G>
where
    S: NormalChannels<A, B> + AxisDim<Axis<1>, Dim: EqualGroups<G>>,
    G: Dim,
    A: Shape,
    B: Shape,
{
    type Out = If<<S::Dim as EqualGroups<G>>::Checked, If<S::Checked, S>>;
    type Level = levels::Real;
    const NAME: &'static str = "group_norm";

    fn forward(&self, r: &Recorder, vars: (Var<S>, Var<A>, Var<B>)) -> Var<S> {
        let shapes = [S::DIMS, A::DIMS, B::DIMS];
        r.program(lowered(shapes, G::SIZE, self.0), vars)
    }
}

impl<S, A, B> Op<(S, A, B)> for InstanceNorm
where
    S: NormalChannels<A, B> + AxisDim<Axis<2>>,
    A: Shape,
    B: Shape,
{
    type Out = If<<S as AxisDim<Axis<2>>>::Dim, If<S::Checked, S>>;
    type Level = levels::Real;
    const NAME: &'static str = "instance_norm";

    fn forward(&self, r: &Recorder, vars: (Var<S>, Var<A>, Var<B>)) -> Var<S> {
        let shapes = [S::DIMS, A::DIMS, B::DIMS];
        r.program(lowered(shapes, S::DIMS[1], self.0), vars)
    }
}

/// Not generic over the shapes, which are those of `x`, of the gain and of the shift.
fn lowered(shapes: [&[usize]; 3], groups: usize, eps: Literal) -> Result<Program, ProgramError> {
    let x = shapes[0];
    let all = Dims::new(x);
    // A program of no group is one of no channel, and so of no element.
    let size = x[1..].iter().product::<usize>() / groups.max(1);
    let by_group = Dims::new(&[x[0], groups, size]);
    let mut program = Program::new(&shapes.map(Dims::new));
    let mean = |program: &mut Program, of: usize| {
        let sum = program.push(primitives::Reduce(Reduction::Sum, vec![2]), &[of])?;
        program.push(primitives::Scale(over(1, size)), &[sum])
    };
    let along = primitives::Broadcast(by_group.clone(), vec![0, 1]);
    let by_channel = primitives::Broadcast(all.clone(), vec![1]);

    let rows = program.push(primitives::Reshape(by_group), &[0])?;
    let means = mean(&mut program, rows)?;
    let means = program.push(along.clone(), &[means])?;
    let centred = program.push(Binary::Sub, &[rows, means])?;
    let squares = program.push(Binary::Mul, &[centred, centred])?;
    let variance = mean(&mut program, squares)?;
    let variance = program.push(primitives::Offset(eps), &[variance])?;
    let deviation = program.push(Unary::Sqrt, &[variance])?;
    let deviation = program.push(along, &[deviation])?;
    let normal = program.push(Binary::Div, &[centred, deviation])?;
    let normal = program.push(primitives::Reshape(all), &[normal])?;
    let gain = program.push(by_channel.clone(), &[1])?;
    let shift = program.push(by_channel, &[2])?;
    let scaled = program.push(Binary::Mul, &[normal, gain])?;
    let shifted = program.push(Binary::Add, &[scaled, shift])?;
    program.set_outputs(&[shifted])?;
    Ok(program)
}

#[cfg(test)]
mod tests {
    use crate::prelude::*;

    law_tests! {
        group_norm:
        small(|x: [5, 4], gain: [4], shift: [4]| group_norm(x, 2, gain, shift, { 1 }));
        small(|x: [3, 6, 2], gain: [6], shift: [6]| group_norm(x, 3, gain, shift, { 1 }));
        middle(|x: [3, 6, 2, 5], gain: [6], shift: [6]| group_norm(x, 2, gain, shift, { 1e-5 }));
    }

    law_tests! {
        instance_norm:
        small(|x: [3, 2, 4], gain: [2], shift: [2]| instance_norm(x, gain, shift, { 1 }));
        small(|x: [5, 3, 2], gain: [3], shift: [3]| instance_norm(x, gain, shift, { 1 }));
        middle(|x: [3, 6, 2, 5], gain: [6], shift: [6]| instance_norm(x, gain, shift, { 1e-5 }));
        like_axes("sizes are equal on different axes");
        ranks("of three axes or more");
    }

    /// One group is a layer norm of the whole sample, and as many as channels an instance norm.
    #[test]
    fn between_layers_and_instances() {
        let norms = graph!(|x: [2, 4, 3], gain: [4], shift: [4]| -> ([2, 4, 3], [2, 4, 3], [2, 4, 3]) {
            let one = group_norm(x, 1, gain, shift, { 0.5 });
            let four = group_norm(x, 4, gain, shift, { 0.5 });
            (one, four, instance_norm(x, gain, shift, { 0.5 }))
        });
        let layer =
            graph!(|x: [2, 12], gamma: [12], beta: [12]| layer_norm(x, gamma, beta, { 0.5 }));
        let x = Tensor::<f64, shape![2, 4, 3]>::from_fn(|[i, j, k]| {
            ((7 * i + 5 * j + 3 * k) % 11) as f64
        });
        let rows = Tensor::from_vec(x.as_slice().to_vec()).expect("as many");
        let (one, four, instances) = norms.value(&tlist![x, Tensor::ones(), Tensor::zeros()], ());
        let rows = layer.value(&tlist![rows, Tensor::ones(), Tensor::zeros()], ());
        assert_eq!(one.as_slice(), rows.as_slice());
        assert_eq!(four, instances);
    }

    /// Entries near 10⁸ that differ by 2: their squares have no bits left for the variance, their differences do.
    #[test]
    fn far_from_zero() {
        let g = graph!(|x: [1, 2, 2], gain: [2], shift: [2]| group_norm(x, 1, gain, shift, { 0 }));
        let x = Tensor::from([[[1e8 - 2.0, 1e8 + 2.0], [1e8 - 2.0, 1e8 + 2.0]]]);
        let y = g.value(&tlist![x, Tensor::ones(), Tensor::zeros()], ());
        assert_eq!(y, Tensor::from([[[-1.0, 1.0], [-1.0, 1.0]]]));
    }

    graph! {
        fn normal<B: Dim, H: Dim, K: Dim>(x: [B, H * K, 2], gain: [H * K], shift: [H * K]) -> [B, H * K, 2] {
            instance_norm(x, gain, shift, { 1e-5 })
        }
        fn grouped<B: Dim, L: Dim>(x: [B, 32, L], gain: [32], shift: [32]) -> [B, 32, L] {
            group_norm(x, 8, gain, shift, { 1e-5 })
        }
    }

    #[test]
    fn over_generic_dims() {
        let x = tlist![Tensor::ones(), Tensor::ones(), Tensor::full(3.0)];
        let y = normal::<f64, N<2>, N<2>, N<3>>(N, N).value(&x, ());
        assert_eq!(y, Tensor::full(3.0));
        let x = tlist![Tensor::ones(), Tensor::ones(), Tensor::full(3.0)];
        let y = grouped::<f64, N<2>, N<5>>().value(&x, ());
        assert_eq!(y, Tensor::full(3.0));
    }
}
