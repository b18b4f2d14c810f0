//! Environments drawn by choices: at random, or one after another until there are no more.

use super::{Choose, EnvEntries, EnvEntry, Environment};
use crate::context::TensorList;
use frunk::hlist::{HCons, HNil};

/// Environments that can be drawn: `()`, and lists of labels and seeds. Laws that hold "in every environment" need it.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::env::Draw;
/// graph! { fn f(x: [2, 3]; labels: [2] < 3) -> [] { cross_entropy(x, labels) } }
/// fn all<A, D: Draw, G, Ss>(_: &GraphData<A, D, G, Ss>) -> Option<Vec<D>> {
///     D::all(100)
/// }
/// assert_eq!(all(&f::<f64>()).map(|all| all.len()), Some(9)); // two labels of three classes
/// ```
///
/// One environment, by choices:
/// ```
/// use cotangent::env::Draw;
/// use cotangent::prelude::*;
/// type Env = TensorList<cotangent::frunk::HList![Labels<3, shape![2]>]>;
/// let env = Env::draw(&mut |below| below - 1);
/// assert_eq!(env, Some(tlist![Labels::new([2, 2])?]));
/// # Ok::<(), LabelsError>(())
/// ```
pub trait Draw: Environment {
    /// An environment made by choices; `None` if there is none, such as a label of no class.
    fn draw(choose: &mut Choose<'_>) -> Option<Self>;

    /// All environments, if there are at most `limit`.
    fn all(limit: usize) -> Option<Vec<Self>> {
        // An odometer: each choice is a wheel, and the last that has a number left turns on.
        let mut wheels: Vec<(usize, usize)> = Vec::new();
        let mut all = Vec::new();
        loop {
            let mut at = 0;
            let drawn = Self::draw(&mut |below| {
                if at == wheels.len() {
                    wheels.push((0, below));
                }
                at += 1;
                wheels[at - 1].0
            });
            all.extend(drawn);
            while wheels
                .last()
                .is_some_and(|&(chosen, below)| chosen + 1 >= below)
            {
                wheels.pop();
            }
            match wheels.last_mut() {
                None => return Some(all),
                Some((chosen, _)) => *chosen += 1,
            }
            if all.len() == limit {
                return None;
            }
        }
    }
}

impl Draw for () {
    fn draw(_choose: &mut Choose<'_>) -> Option<Self> {
        Some(())
    }
}

/// Lists of entries, drawn one after another.
///
/// ```
/// use cotangent::env::DrawEntries;
/// use cotangent::frunk::{HList, hlist};
/// use cotangent::prelude::*;
/// type Entries = HList![Labels<3, shape![1]>, Labels<5, shape![1]>];
/// let drawn = <Entries as DrawEntries>::draw(&mut |below| below - 1);
/// assert_eq!(drawn, Some(hlist![Labels::new([2])?, Labels::new([4])?]));
/// # Ok::<(), LabelsError>(())
/// ```
pub trait DrawEntries: EnvEntries {
    /// A list made by choices.
    fn draw(choose: &mut Choose<'_>) -> Option<Self>;
}

impl DrawEntries for HNil {
    fn draw(_choose: &mut Choose<'_>) -> Option<Self> {
        Some(HNil)
    }
}

impl<E: EnvEntry, D: DrawEntries> DrawEntries for HCons<E, D> {
    fn draw(choose: &mut Choose<'_>) -> Option<Self> {
        Some(HCons {
            head: E::draw(choose)?,
            tail: D::draw(choose)?,
        })
    }
}

impl<D: DrawEntries> Draw for TensorList<D> {
    fn draw(choose: &mut Choose<'_>) -> Option<Self> {
        D::draw(choose).map(TensorList)
    }
}
