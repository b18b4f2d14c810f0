//! Training a graph with a state, which its results replace.

use super::optimiser::Optimiser;
use super::trainer::{Trainer, right, trainer};
use super::wrong::SettingsError;
use crate::context::{Context, ValueOf, take_all};
use crate::env::{EnvEntry, Environment, Inputs};
use crate::graph::{Computes, Float, GraphData, Results, computed};
use crate::shape::ScalarShape;
use crate::tensor::Value;
use frunk::hlist::{HCons, HNil};

/// What can be given as the state of a graph with the environment `D` and, after the loss, the results `R`: a reference, or a
/// tuple of references, each to a value of an entry of `D`, of which the result with its number is the next.
#[diagnostic::on_unimplemented(
    message = "this is no state of the graph",
    label = "the first entries of the environment, which the results after the loss replace; docs/errors.md#x11"
)]
pub trait StateOf<A, D, R> {
    /// What is replaced.
    type State: Results;
    /// What a step is given.
    type Given: Environment;
    /// What a step gives after the loss.
    type Rest;
    /// Adds the values with their types forgotten, depth first.
    #[doc(hidden)]
    fn push_state(&self, values: &mut Vec<Value<A>>);
}

#[diagnostic::do_not_recommend]
impl<A, T: ValueOf<A, E>, E: EnvEntry, D, R> StateOf<A, HCons<E, D>, HCons<E, R>> for &T
where
    D: Environment,
{
    type State = HCons<E, HNil>;
    type Given = D;
    type Rest = R;
    fn push_state(&self, values: &mut Vec<Value<A>>) {
        (**self).push_value(values);
    }
}

/// A list that begins with these entries.
macro_rules! before {
    ($Rest:ident;) => { $Rest };
    ($Rest:ident; $First:ident $($More:ident)*) => { HCons<$First, before!($Rest; $($More)*)> };
}

macro_rules! tuple {
    ($($T:ident $E:ident $i:tt)+) => {
        #[diagnostic::do_not_recommend]
        impl<A, $($T: ValueOf<A, $E>, $E: EnvEntry,)+ D: Environment, R>
            StateOf<A, before!(D; $($E)+), before!(R; $($E)+)> for ($(&$T,)+)
        {
            type State = before!(HNil; $($E)+);
            type Given = D;
            type Rest = R;
            fn push_state(&self, values: &mut Vec<Value<A>>) {
                $(self.$i.push_value(values);)+
            }
        }
    };
}

tuple!(T0 E0 0 T1 E1 1);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3 T4 E4 4);
tuple!(T0 E0 0 T1 E1 1 T2 E2 2 T3 E3 3 T4 E4 4 T5 E5 5);

impl<A: Float, D: Environment, G: Context, Ss, L: ScalarShape, R> GraphData<A, D, G, Ss>
where
    Ss: Computes<Results = HCons<L, R>, First = L>,
{
    /// As [`trainer`](Self::trainer), of a graph whose second result is what the first entry of its environment is in the next
    /// step: running statistics, what a recurrent network remembers, or a key, from which each step then draws anew. Of a
    /// state of up to six entries, the first ones, it is a tuple of references: the results after the loss are the next ones in
    /// the same order.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// graph! {
    ///     /// How far `x` is from a target, and the mean of the targets so far, which weighs the last by a quarter.
    ///     fn loss(x: [2]; mean: [2], target: [2]) -> ([], [2]) {
    ///         (mse(x, target), 0.75 * mean + 0.25 * target)
    ///     }
    /// }
    /// let g = loss::<f64>();
    /// let mut trainer = g.trainer_with_state(&sgd(0.5), &Tensor::zeros(), &Tensor::zeros());
    /// assert_eq!(trainer.step(&Tensor::from([1.0, -2.0])).item(), 2.5);
    /// assert_eq!(trainer.step(&Tensor::from([1.0, 2.0])).item(), (0.25 + 9.0) / 2.0);
    /// assert_eq!(trainer.state(), Tensor::from([0.4375, 0.125]));
    /// ```
    ///
    /// With dropout, and the mean of what was lost: a step is given the batch alone.
    ///
    /// ```
    /// use cotangent::optim::sgd;
    /// use cotangent::prelude::*;
    /// graph! {
    ///     struct Net { hidden: [2, 8], out: [8, 1] }
    ///
    ///     fn loss(p: Net; key, mean: [], x: [4, 2], y: [4, 1]) -> ([], key, []) {
    ///         let h = dropout(relu(matmul(x, p.hidden)), key, 0.5);
    ///         let lost = mse(matmul(h, p.out), y);
    ///         (lost, next_key(key), 0.9 * mean + 0.1 * lost)
    ///     }
    /// }
    /// let net = Net::of(Tensor::ones(), Tensor::zeros());
    /// let state = (&Key::new(7), &Tensor::scalar(0.0));
    /// let mut trainer = loss::<f32>().trainer_with_state(&sgd(0.01), &net, state);
    ///
    /// let x = Tensor::from([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
    /// let y = Tensor::from([[0.0], [1.0], [1.0], [2.0]]);
    /// let first = trainer.step((&x, &y));
    /// for _ in 0..200 {
    ///     trainer.step((&x, &y));
    /// }
    /// let (key, mean) = trainer.state();
    /// assert!(mean.item() < 0.5 * first.item());
    /// // Where it ends, another training goes on.
    /// let mut other = loss().trainer_with_state(&sgd(0.01), &trainer.parameters(), (&key, &mean));
    /// assert_eq!(other.step((&x, &y)), trainer.step((&x, &y)));
    /// ```
    ///
    /// # Panics
    /// As [`trainer`](Self::trainer).
    #[track_caller]
    pub fn trainer_with_state<X: Inputs<A, G>, T: StateOf<A, D, R>>(
        &self,
        optimiser: &Optimiser<A>,
        parameters: X,
        state: T,
    ) -> Trainer<A, X::Cotangents, T::Given, HCons<L, T::Rest>, T::State> {
        right(self.try_trainer_with_state(optimiser, parameters, state))
    }

    /// As [`trainer_with_state`](Self::trainer_with_state).
    ///
    /// # Errors
    /// Settings of the optimiser that cannot be.
    ///
    /// # Panics
    /// As [`try_trainer`](Self::try_trainer).
    #[track_caller]
    pub fn try_trainer_with_state<X: Inputs<A, G>, T: StateOf<A, D, R>>(
        &self,
        optimiser: &Optimiser<A>,
        parameters: X,
        state: T,
    ) -> Result<Trainer<A, X::Cotangents, T::Given, HCons<L, T::Rest>, T::State>, SettingsError>
    {
        let mut values = Vec::new();
        state.push_state(&mut values);
        trainer(self, optimiser, parameters, values)
    }
}

impl<A: Float, X, D, R, S: Results> Trainer<A, X, D, R, S> {
    /// A copy of the state; of several entries a tuple.
    pub fn state(&self) -> S::Of<A> {
        computed(take_all(self.state_values(), S::take))
    }
}
