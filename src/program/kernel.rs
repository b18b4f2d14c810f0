//! Kernels that users bring: code that does what the body of a function says.

use core::any::Any;
use core::fmt;
use core::hash::{Hash, Hasher};
use std::sync::Arc;

/// Code for a function over floats: what a plan runs in place of the body, which stays the specification. An op brings one for
/// its value and one for its cotangents: [`Op::kernel`](crate::op::Op::kernel) and
/// [`Op::vjp_kernel`](crate::op::Op::vjp_kernel); [`kernels_eq`](crate::prove::kernels_eq) holds them to the body.
///
/// It is told no dims: it has those that it needs as fields. Kernels that are equal do the same.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::op::{AnyKernel, Kernel, KernelInputs};
/// /// `x²`, in one pass.
/// #[derive(Debug, PartialEq, Eq, Hash)]
/// struct Squares;
/// impl Kernel for Squares {
///     fn run_f32(&self, x: KernelInputs<'_, f32>, y: &mut [&mut [f32]]) {
///         y[0].iter_mut().zip(x.tensors[0]).for_each(|(y, x)| *y = x * x);
///     }
///     fn run_f64(&self, x: KernelInputs<'_, f64>, y: &mut [&mut [f64]]) {
///         y[0].iter_mut().zip(x.tensors[0]).for_each(|(y, x)| *y = x * x);
///     }
/// }
/// #[derive(Clone)]
/// struct MySquare;
/// impl<S: Shape> Op<(S,)> for MySquare {
///     type Out = S;
///     type Level = levels::Semiring;
///     const NAME: &'static str = "my_square";
///     fn forward(&self, r: &Recorder<levels::Semiring>, (x,): (Var<S>,)) -> Var<S> {
///         r.mul_same(x, x)
///     }
///     fn kernel(&self) -> Option<AnyKernel> {
///         Some(AnyKernel::new(Squares))
///     }
/// }
/// fn my_square<S: Shape>(x: Var<S>) -> Call<MySquare, (Var<S>,)> {
///     Call::new(MySquare, (x,))
/// }
/// let g: GraphData<f64, _, _, _> = graph!(|x: [2, 3]| sum(my_square(x)));
/// // Up to no rounding at all.
/// cotangent::prove::kernels_eq(&g, 0.0)?;
/// # Ok::<(), Counterexample>(())
/// ```
pub trait Kernel: fmt::Debug + Eq + Hash + Send + Sync + 'static {
    /// Writes every element of the results, from all inputs, row major. What was in the results is not to be read.
    fn run_f32(&self, x: KernelInputs<'_, f32>, y: &mut [&mut [f32]]);
    /// The same for doubles.
    fn run_f64(&self, x: KernelInputs<'_, f64>, y: &mut [&mut [f64]]);
}

/// What a [`Kernel`] takes: the inputs of an op, then what it reads around; of the cotangents the inputs, what is read, the value
/// and its cotangent, each in its order.
#[derive(Clone, Copy, Debug)]
pub struct KernelInputs<'a, T> {
    /// The elements of each tensor.
    pub tensors: &'a [&'a [T]],
    /// The elements of each entry of labels.
    pub labels: &'a [&'a [usize]],
}

/// Any [`Kernel`]. A clone is the same one.
#[derive(Clone)]
pub struct AnyKernel(Arc<dyn Erased>);

impl AnyKernel {
    /// A kernel with its type forgotten.
    pub fn new(kernel: impl Kernel) -> Self {
        AnyKernel(Arc::new(kernel))
    }

    /// As [`Kernel::run_f32`].
    pub fn run_f32(&self, x: KernelInputs<'_, f32>, y: &mut [&mut [f32]]) {
        self.0.single(x, y);
    }

    /// As [`Kernel::run_f64`].
    pub fn run_f64(&self, x: KernelInputs<'_, f64>, y: &mut [&mut [f64]]) {
        self.0.double(x, y);
    }
}

impl fmt::Debug for AnyKernel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl PartialEq for AnyKernel {
    fn eq(&self, other: &Self) -> bool {
        self.0.is(other.0.any())
    }
}

impl Eq for AnyKernel {}

impl Hash for AnyKernel {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.hash_into(state);
    }
}

/// A kernel behind a pointer.
trait Erased: fmt::Debug + Send + Sync {
    fn single(&self, x: KernelInputs<'_, f32>, y: &mut [&mut [f32]]);
    fn double(&self, x: KernelInputs<'_, f64>, y: &mut [&mut [f64]]);
    fn any(&self) -> &dyn Any;
    fn is(&self, other: &dyn Any) -> bool;
    fn hash_into(&self, state: &mut dyn Hasher);
}

impl<K: Kernel> Erased for K {
    fn single(&self, x: KernelInputs<'_, f32>, y: &mut [&mut [f32]]) {
        self.run_f32(x, y);
    }
    fn double(&self, x: KernelInputs<'_, f64>, y: &mut [&mut [f64]]) {
        self.run_f64(x, y);
    }
    fn any(&self) -> &dyn Any {
        self
    }
    fn is(&self, other: &dyn Any) -> bool {
        other.downcast_ref() == Some(self)
    }
    fn hash_into(&self, mut state: &mut dyn Hasher) {
        core::any::TypeId::of::<K>().hash(&mut state);
        self.hash(&mut state);
    }
}
