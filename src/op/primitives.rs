//! Recording primitives: those whose shape a type says, which is checked, and those whose dims no type knows.

use super::inputs::Vars;
use super::recorder::Recorder;
use crate::env::EnvEntry;
use crate::handle::{Discrete, Var};
use crate::program::{Prim, Program, ProgramError};
use crate::scalar::ScalarLevel;
use crate::shape::Shape;

impl<N: ScalarLevel> Recorder<N> {
    /// Records a primitive with a result of shape `S`.
    ///
    /// # Panics
    /// If a handle belongs to another graph or rule, if the primitive does not take these values, if its result
    /// is not of shape `S`, or if it needs more of the scalar than the op says. All are mistakes in the op.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::program::CumSum;
    /// #[derive(Clone)]
    /// struct ReversedSums;
    /// impl<D: Dim> Op<((D,),)> for ReversedSums {
    ///     type Out = (D,);
    ///     type Level = levels::Semiring;
    ///     const NAME: &'static str = "reversed_sums";
    ///     fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<(D,)>,)) -> Var<(D,)> {
    ///         r.prim(CumSum { axis: 0, reverse: true }, x)
    ///     }
    /// }
    /// fn reversed_sums<D: Dim>(x: Var<(D,)>) -> Call<ReversedSums, (Var<(D,)>,)> {
    ///     Call::new(ReversedSums, (x,))
    /// }
    /// let g = graph!(|x: [3]| reversed_sums(x));
    /// let y = g.value(&Tensor::from([1.0, 2.0, 3.0]), ());
    /// assert_eq!(y, Tensor::from([6.0, 5.0, 3.0]));
    /// ```
    #[track_caller]
    pub fn prim<S: Shape>(&self, prim: impl Into<Prim>, vars: impl Vars) -> Var<S> {
        Var::of(self.record_of().prim(S::DIMS, &vars, prim.into()))
    }

    /// Records a primitive whose last argument is labels or a key: of the environment, computed by the graph, or of this
    /// rule.
    ///
    /// A key is another one at each use, in the same order in the value and in the derivatives of an op.
    ///
    /// # Panics
    /// As [`prim`](Self::prim), and if the handle belongs to another graph.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::program::Gather;
    /// /// The entry of each row that a label names.
    /// #[derive(Clone)]
    /// struct Chosen(Discrete<Labels<3, shape![2]>>);
    /// impl Op<(shape![2, 3],)> for Chosen {
    ///     type Out = shape![2];
    ///     type Level = levels::Semiring;
    ///     const NAME: &'static str = "chosen";
    ///     fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<shape![2, 3]>,)) -> Var<shape![2]> {
    ///         r.prim_reading(Gather { batch: 1, axis: 1 }, x, self.0)
    ///     }
    /// }
    /// fn chosen<S>(x: Var<S>, labels: Discrete<Labels<3, shape![2]>>) -> Call<Chosen, (Var<S>,)> {
    ///     Call::new(Chosen(labels), (x,))
    /// }
    /// let g = graph!(|x: [2, 3]; labels: [2] < 3| chosen(x, labels));
    /// let x = tlist![Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])];
    /// assert_eq!(g.value(&x, &tlist![Labels::new([2, 0])?]), Tensor::from([3.0, 4.0]));
    /// # Ok::<(), LabelsError>(())
    /// ```
    #[track_caller]
    pub fn prim_reading<S: Shape, E: EnvEntry>(
        &self,
        prim: impl Into<Prim>,
        vars: impl Vars,
        entry: Discrete<E>,
    ) -> Var<S> {
        let mut ids = self.record_of().ids_of(&vars);
        ids.push(self.entry(entry));
        self.typed_prim(prim.into(), &ids)
    }

    /// Records a program, whose only output has the shape `S`: for an op whose steps have dims that no type names.
    ///
    /// # Panics
    /// If there is no such program, and as [`prim`](Self::prim). All are mistakes in the op.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::program::{Program, ProgramError, Reduce, Reduction, Unfold, Window};
    /// use cotangent::tensor::Dims;
    /// /// Sums of neighbours: a window of two moves over `x`.
    /// fn neighbours(x: Dims) -> Result<Program, ProgramError> {
    ///     let mut program = Program::new(&[x]);
    ///     let pairs = program.push(Unfold(Window::of([1, 2])), &[0])?;
    ///     let sums = program.push(Reduce(Reduction::Sum, vec![0]), &[pairs])?;
    ///     program.set_outputs(&[sums])?;
    ///     Ok(program)
    /// }
    /// #[derive(Clone)]
    /// struct Neighbours;
    /// impl Op<(shape![1, 3],)> for Neighbours {
    ///     type Out = shape![2];
    ///     type Level = levels::Semiring;
    ///     const NAME: &'static str = "neighbours";
    ///     fn forward(&self, r: &Recorder<levels::Semiring>, x: (Var<shape![1, 3]>,)) -> Var<shape![2]> {
    ///         r.program(neighbours(Dims::of::<shape![1, 3]>()), x)
    ///     }
    /// }
    /// fn sums<S>(x: Var<S>) -> Call<Neighbours, (Var<S>,)> {
    ///     Call::new(Neighbours, (x,))
    /// }
    /// let g = graph!(|x: [1, 3]| sums(x));
    /// let y = g.value(&Tensor::from([[1.0, 2.0, 4.0]]), ());
    /// assert_eq!(y, Tensor::from([3.0, 6.0]));
    /// ```
    #[track_caller]
    pub fn program<S: Shape>(
        &self,
        program: Result<Program, ProgramError>,
        vars: impl Vars,
    ) -> Var<S> {
        Var::of(self.record_of().program(S::DIMS, &vars, program))
    }

    /// Records a primitive whose dims no type knows, and returns the id of its result.
    ///
    /// # Panics
    /// As [`prim`](Self::prim), but for the shape: [`typed`](Self::typed) checks it in the end.
    #[track_caller]
    pub(crate) fn untyped(&self, prim: impl Into<Prim>, ids: &[usize]) -> usize {
        self.untyped_all(prim, ids)[0]
    }

    /// A primitive, and its result reshaped to `S`.
    #[track_caller]
    pub(crate) fn prim_reshaped<S: Shape>(&self, prim: impl Into<Prim>, vars: impl Vars) -> Var<S> {
        Var::of(self.record_of().prim_reshaped(S::DIMS, &vars, prim.into()))
    }

    /// The handle of a value that is of shape `S`.
    ///
    /// # Panics
    /// If it is not.
    #[track_caller]
    pub(crate) fn typed<S: Shape>(&self, id: usize) -> Var<S> {
        self.record_of().check(id, S::DIMS, None);
        self.value(id)
    }

    #[track_caller]
    pub(super) fn typed_prim<S: Shape>(&self, prim: Prim, ids: &[usize]) -> Var<S> {
        Var::of(self.record_of().prim_of(S::DIMS, ids, prim))
    }
}
