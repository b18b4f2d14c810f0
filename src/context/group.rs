//! Groups: entries with named fields.

use super::name::Name;
use super::{
    Algebra, Context, Elementwise, Entry, Erase, Initialiser, Named, TList, Taking, TensorList,
    Walk,
};
use crate::handle::{Arguments, Handle};
use crate::scalar::{Field, Literal, Ring, Semiring};
use crate::tensor::{Dims, Key, Value};

/// A group of parameters that [`graph!`](crate::graph!) declares as a `struct`: an entry of a context, and at the same
/// time the handles of its fields. Its [values](super::Values) are the same struct.
///
/// ```
/// use cotangent::prelude::*;
/// graph! {
///     /// A matrix and a bias.
///     struct Linear<I: Dim, O: Dim> { weight: [I, O], bias: [O] }
///
///     fn linear<I: Dim, O: Dim>(x: [I], p: Linear<I, O>) -> [O] {
///         einsum!("i,io->o", x, p.weight) + p.bias
///     }
/// }
/// assert_eq!(<Linear<N<2>, N<3>> as Group>::FIELDS, ["weight", "bias"]);
/// let g = linear::<f64, N<2>, N<1>>();
/// let p = Linear { weight: Tensor::from([[1.0], [10.0]]), bias: Tensor::from([100.0]) };
/// let y = g.value(&tlist![Tensor::from([2.0, 3.0]), p], ());
/// assert_eq!(y, Tensor::from([132.0]));
/// ```
pub trait Group: Entry<Vars = Self> + Arguments + Handle<Entry = Self> + Copy {
    /// The shapes of the fields.
    type Fields: Context;
    /// Their names.
    const FIELDS: &'static [&'static str];
}

/// The values of a group. They are a vector, as lists are, and are turned into lists and back without copying.
///
/// ```
/// use cotangent::context::GroupValues;
/// use cotangent::prelude::*;
/// graph! { struct Linear { weight: [2], bias: [] } }
/// let p = Linear::of(Tensor::from([1.0, 2.0]), Tensor::scalar(3.0));
/// let list = p.clone().into_list();
/// assert_eq!(list, tlist![Tensor::from([1.0, 2.0]), Tensor::scalar(3.0)]);
/// assert_eq!(Linear::from_list(list), p);
///
/// // Of any group.
/// fn describe<P: GroupValues<Scalar = f64>>(p: &P) -> String {
///     let mut sizes = Vec::new();
///     p.walk_fields(&"p".into(), &mut |name, _dims, elements| sizes.push(format!("{name} {}", elements.len())));
///     format!("{:?} {sizes:?}", P::Group::FIELDS)
/// }
/// assert_eq!(describe(&p), r#"["weight", "bias"] ["p.weight 2", "p.bias 1"]"#);
/// ```
pub trait GroupValues: Clone + Sized {
    /// The scalar.
    type Scalar: Semiring;
    /// The group.
    type Group: Group;
    /// The values of the fields, as a list.
    fn into_list(self) -> TList<Self::Scalar, <Self::Group as Group>::Fields>;
    /// The group of a list.
    fn from_list(list: TList<Self::Scalar, <Self::Group as Group>::Fields>) -> Self;
    /// Parameters as their [initialisers](super::Initialiser) have them: each tensor from a key of its own, which is this one
    /// with its number folded in.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// graph! { struct Linear { weight: [3, 2], #[init(constant(0.1))] bias: [2] } }
    /// let p: Parameters<f32, Linear> = Linear::init(Key::new(7));
    /// assert!(p.weight.iter().all(|w| w.abs() <= 1.0) && p.weight[[0, 0]] != p.weight[[2, 1]]);
    /// assert_eq!((&p.bias, &p), (&Tensor::full(0.1), &Linear::init(Key::new(7))));
    /// ```
    fn init(key: Key) -> Self
    where
        Self::Scalar: Field,
    {
        let (mut dims, mut initialisers) = (Vec::new(), Vec::new());
        Self::Group::push_dims(&mut dims);
        Self::Group::push_initialisers(None, &mut initialisers);
        let mut numbers = initialised(&dims, &initialisers, key).into_iter();
        let mut next = || Self::Scalar::from_literal(Literal::real(numbers.next().unwrap_or(0.0)));
        <Self as Algebra<Self::Scalar>>::zeros().map_each(&mut |_| next())
    }
    /// Calls `walk` at each tensor, depth first, where the group is called `name`.
    fn walk_fields<'a>(&'a self, name: &Name, walk: &mut Walk<'_, 'a, Self::Scalar>);
}

/// The numbers of all tensors, one after the other. Compiled once, not for each group.
fn initialised(dims: &[Dims], initialisers: &[Initialiser], key: Key) -> Vec<f64> {
    let each = dims.iter().zip(initialisers).enumerate();
    each.flat_map(|(i, (dims, initialiser))| initialiser.numbers(dims, key.fold_in(i as u64)))
        .collect()
}

/// The list that the values of a group are turned into.
pub(super) type ListOf<G> =
    TList<<G as GroupValues>::Scalar, <<G as GroupValues>::Group as Group>::Fields>;

/// The list of a group: its tensors are shared, not copied.
pub(super) fn list<G: GroupValues>(group: &G) -> ListOf<G> {
    group.clone().into_list()
}

#[diagnostic::do_not_recommend]
impl<G: GroupValues> Algebra<G::Scalar> for G {
    fn zeros() -> Self {
        G::from_list(TensorList(Algebra::zeros()))
    }
    fn add(&self, other: &Self) -> Self {
        G::from_list(Algebra::add(&list(self), &list(other)))
    }
    fn sub(&self, other: &Self) -> Self
    where
        G::Scalar: Ring,
    {
        G::from_list(Algebra::sub(&list(self), &list(other)))
    }
    fn scale(&self, c: G::Scalar) -> Self {
        G::from_list(Algebra::scale(&list(self), c))
    }
    fn dot(&self, other: &Self) -> G::Scalar {
        Algebra::dot(&list(self), &list(other))
    }
}

#[diagnostic::do_not_recommend]
impl<G: GroupValues> Elementwise<G::Scalar> for G {
    fn map_each(&self, f: &mut dyn FnMut(&G::Scalar) -> G::Scalar) -> Self {
        G::from_list(list(self).map_each(f))
    }
    fn zip_each(
        &self,
        other: &Self,
        f: &mut dyn FnMut(&G::Scalar, &G::Scalar) -> G::Scalar,
    ) -> Self {
        G::from_list(list(self).zip_each(&list(other), f))
    }
}

#[diagnostic::do_not_recommend]
impl<G: GroupValues> Erase<G::Scalar> for G {
    fn push_any(&self, values: &mut Vec<Value<G::Scalar>>) {
        list(self).push_any(values);
    }
    fn take_any(from: &mut Taking<G::Scalar>) -> Self {
        G::from_list(Erase::take_any(from))
    }
}

#[diagnostic::do_not_recommend]
impl<G: GroupValues> Named<G::Scalar> for G {
    fn walk<'a>(&'a self, name: &Name, walk: &mut Walk<'_, 'a, G::Scalar>) {
        self.walk_fields(name, walk);
    }
}
