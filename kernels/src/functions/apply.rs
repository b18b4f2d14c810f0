//! Functions of each element under the instructions of `simd`: what is inlined into a region that was compiled for them. Blocks
//! are as long as the result, and arithmetic goes by vectors.

use super::function::{Binary, Unary};
use crate::float::Float;
use pulp::Simd;

/// One operand of a function of several.
#[derive(Clone, Copy, Debug)]
pub enum Operand<'a, T> {
    /// One number for each element.
    Block(&'a [T]),
    /// The same number for all.
    Scalar(T),
}

impl<T: Float> Operand<'_, T> {
    #[inline(always)]
    fn at(&self, i: usize) -> T {
        match self {
            Operand::Block(x) => x[i],
            Operand::Scalar(x) => *x,
        }
    }
}

/// `y = f(x)`.
#[inline(always)]
pub(crate) fn unary<T: Float, S: Simd>(simd: S, f: Unary, x: Operand<T>, y: &mut [T]) {
    match x {
        Operand::Block(x) => of_block(simd, f, x, y),
        Operand::Scalar(x) => {
            if let Some(first) = y.first_mut() {
                of_block(simd, f, &[x], core::slice::from_mut(first));
                let value = *first;
                y.fill(value);
            }
        }
    }
}

#[inline(always)]
fn of_block<T: Float, S: Simd>(simd: S, f: Unary, x: &[T], y: &mut [T]) {
    let (zero, one) = (T::splat(simd, T::ZERO), T::splat(simd, T::ONE));
    macro_rules! each {
        (|$x:ident| $value:expr) => {
            each1(
                simd,
                x,
                y,
                #[inline(always)]
                |$x| $value,
            )
        };
    }
    match f {
        Unary::Stop => y.copy_from_slice(x),
        Unary::Neg => each!(|x| T::negative(simd, x)),
        Unary::Recip => each!(|x| T::over(simd, one, x)),
        Unary::Relu => each!(|x| T::choose(simd, T::less(simd, x, zero), zero, x)),
        Unary::Step => each!(|x| T::choose(simd, T::less(simd, zero, x), one, zero)),
        Unary::Sqrt => each!(|x| T::root(simd, x)),
        Unary::Rsqrt => each!(|x| T::over(simd, one, T::root(simd, x))),
        f => T::transcendental(f, x, y),
    }
}

/// `z = f(x, y)`.
#[inline(always)]
pub(crate) fn binary<T: Float, S: Simd>(
    simd: S,
    f: Binary,
    x: Operand<T>,
    y: Operand<T>,
    z: &mut [T],
) {
    let (zero, one) = (T::splat(simd, T::ZERO), T::splat(simd, T::ONE));
    macro_rules! each {
        (|$x:ident, $y:ident| $value:expr) => {
            each_form(
                simd,
                x,
                y,
                z,
                #[inline(always)]
                |$x, $y| $value,
            )
        };
    }
    macro_rules! truth {
        ($compare:ident) => {
            each!(|x, y| T::choose(simd, T::$compare(simd, x, y), one, zero))
        };
    }
    match f {
        Binary::Add => each!(|x, y| T::plus(simd, x, y)),
        Binary::Mul => each!(|x, y| T::times(simd, x, y)),
        Binary::Sub => each!(|x, y| T::minus(simd, x, y)),
        Binary::Div => each!(|x, y| T::over(simd, x, y)),
        // The first if equal or NaN, as the interpreter's: `largest`.
        Binary::Max => each!(|x, y| {
            let larger = T::choose(simd, T::less_or_equal(simd, y, x), x, y);
            T::choose(simd, T::equal(simd, x, x), larger, x)
        }),
        Binary::Less => truth!(less),
        Binary::LessEqual => truth!(less_or_equal),
        Binary::Equal => truth!(equal),
        Binary::Pow => {
            for (i, z) in z.iter_mut().enumerate() {
                *z = x.at(i).power(y.at(i));
            }
        }
    }
}

/// `z = x` where `c > 0`, else `y`.
#[inline(always)]
pub(crate) fn select<T: Float, S: Simd>(
    simd: S,
    c: Operand<T>,
    x: Operand<T>,
    y: Operand<T>,
    z: &mut [T],
) {
    let c = match c {
        Operand::Block(c) => c,
        Operand::Scalar(c) => {
            let chosen = if c > T::ZERO { x } else { y };
            return unary(simd, Unary::Stop, chosen, z);
        }
    };
    match (x, y) {
        (Operand::Block(x), Operand::Block(y)) => each3(
            simd,
            c,
            x,
            y,
            z,
            #[inline(always)]
            |c, x, y| chosen::<T, S>(simd, c, x, y),
        ),
        (Operand::Block(x), Operand::Scalar(y)) => {
            let y = T::splat(simd, y);
            each2(
                simd,
                c,
                x,
                z,
                #[inline(always)]
                |c, x| chosen::<T, S>(simd, c, x, y),
            );
        }
        (Operand::Scalar(x), Operand::Block(y)) => {
            let x = T::splat(simd, x);
            each2(
                simd,
                c,
                y,
                z,
                #[inline(always)]
                |c, y| chosen::<T, S>(simd, c, x, y),
            );
        }
        (Operand::Scalar(x), Operand::Scalar(y)) => {
            let (x, y) = (T::splat(simd, x), T::splat(simd, y));
            each1(
                simd,
                c,
                z,
                #[inline(always)]
                |c| chosen::<T, S>(simd, c, x, y),
            );
        }
    }
}

#[inline(always)]
fn chosen<T: Float, S: Simd>(simd: S, c: T::Of<S>, x: T::Of<S>, y: T::Of<S>) -> T::Of<S> {
    let zero = T::splat(simd, T::ZERO);
    T::choose(simd, T::less(simd, zero, c), x, y)
}

/// A function of two for each form of its operands.
#[inline(always)]
fn each_form<T: Float, S: Simd>(
    simd: S,
    x: Operand<T>,
    y: Operand<T>,
    z: &mut [T],
    f: impl Fn(T::Of<S>, T::Of<S>) -> T::Of<S>,
) {
    match (x, y) {
        (Operand::Block(x), Operand::Block(y)) => each2(simd, x, y, z, f),
        (Operand::Block(x), Operand::Scalar(y)) => {
            let y = T::splat(simd, y);
            each1(
                simd,
                x,
                z,
                #[inline(always)]
                |x| f(x, y),
            );
        }
        (Operand::Scalar(x), Operand::Block(y)) => {
            let x = T::splat(simd, x);
            each1(
                simd,
                y,
                z,
                #[inline(always)]
                |y| f(x, y),
            );
        }
        (Operand::Scalar(x), Operand::Scalar(y)) => {
            let value = f(T::splat(simd, x), T::splat(simd, y));
            if let Some(first) = z.first_mut() {
                T::store(simd, core::slice::from_mut(first), value);
                let value = *first;
                z.fill(value);
            }
        }
    }
}

/// Loops over whole vectors, then what is left over.
macro_rules! loops {
    ($($name:ident($($x:ident $whole:ident)*))*) => {$(
        #[inline(always)]
        fn $name<T: Float, S: Simd>(
            simd: S,
            $($x: &[T],)*
            out: &mut [T],
            f: impl Fn($(loops!(@vector $x T S)),*) -> T::Of<S>,
        ) {
            let done = out.len() / T::lanes::<S>() * T::lanes::<S>();
            $(let $whole = T::vectors::<S>($x);)*
            let whole = T::vectors_mut::<S>(out);
            $(let $whole = &$whole[..whole.len()];)*
            let all = whole.iter_mut();
            $(let all = all.zip($whole);)*
            for loops!(@pattern out $($x)*) in all {
                *out = f($(*$x),*);
            }
            if done < out.len() {
                let value = f($(T::load(simd, &$x[done..])),*);
                T::store(simd, &mut out[done..], value);
            }
        }
    )*};
    (@pattern $out:ident $x:ident) => { ($out, $x) };
    (@pattern $out:ident $x:ident $y:ident) => { (($out, $x), $y) };
    (@pattern $out:ident $x:ident $y:ident $z:ident) => { ((($out, $x), $y), $z) };
    (@vector $x:ident $T:ident $S:ident) => { $T::Of<$S> };
}

loops! {
    each1(x xs)
    each2(x xs y ys)
    each3(x xs y ys z zs)
}
