//! Recording the rules of an op as a program.

use super::{Call, Op, Var, Vars};
use crate::env::{EnvVar, Seed};
use crate::owner::Owner;
use crate::program::{Literal, Prim, Program, ProgramError};
use crate::scalar::{Includes, Need, needs};
use crate::shape::{Given, Shape};
use crate::tensor::Dims;
use core::cell::RefCell;
use core::marker::PhantomData;
use std::rc::Rc;

/// Records operations on handles. The rules of an op are written with it.
///
/// `N` is what the op needs of its scalar: a rule cannot record an operation that needs more.
///
/// ```
/// use cotangent::prelude::*;
/// /// `x` over its largest: any field with an order.
/// #[derive(Clone)]
/// struct OverLargest;
/// impl<S: Shape + cotangent::shape::HasElements> Op<(S,)> for OverLargest {
///     type Out = S;
///     type Need = needs::OrderedField;
///     const NAME: &'static str = "over_largest";
///     fn forward(&self, r: &Recorder<needs::OrderedField>, (x,): (Var<S>,)) -> Var<S> {
///         let largest = r.record(max(x)); // any op; the usual ones are methods too
///         r.div_same(x, r.full_like(largest))
///     }
/// }
/// # fn over_largest<S: Shape>(x: Var<S>) -> Call<OverLargest, (Var<S>,)> { Call::new(OverLargest, (x,)) }
/// let g = graph!(|x: [2]| over_largest(x));
/// assert_eq!(g.value(&tlist![Tensor::from([1.0, 4.0])], &tlist![]), Tensor::from([0.25, 1.0]));
/// ```
pub struct Recorder<N = needs::Real> {
    program: Rc<RefCell<Program>>,
    owner: Owner,
    environment: Owner,
    need: PhantomData<N>,
}

/// An op that a rule over `N` may record on handles `V`.
///
/// ```
/// use cotangent::op::OpUnder;
/// use cotangent::prelude::*;
/// // Whatever a rule over real scalars may record on one matrix.
/// fn dims<O: OpUnder<needs::Real, (Var<shape![2, 3]>,)>>(y: Var<O::Out>) -> &'static [usize] {
///     let recorded: Var<O::Recorded> = O::recorded(y); // the same handle
///     assert_eq!(recorded.id(), y.id());
///     O::Recorded::DIMS
/// }
/// let g = GraphData::<f64, (), context![[3, 2]], _>::nil();
/// let cotangent::frunk::hlist_pat![y] = g.inputs();
/// assert_eq!(dims::<Transpose>(y), [3, 2]);
/// ```
pub trait OpUnder<N: Need, V: Vars>: Op<V::Shapes> {
    /// The shape of the result, which depends on the judgement: so rustc's message is short.
    type Recorded: Shape;
    /// The result.
    fn recorded(value: Var<Self::Out>) -> Var<Self::Recorded>;
}

#[diagnostic::do_not_recommend]
impl<O: Op<V::Shapes>, N: Includes<O::Need>, V: Vars> OpUnder<N, V> for O {
    type Recorded = Given<N::Itself, O::Out>;
    fn recorded(value: Var<O::Out>) -> Var<O::Out> {
        value
    }
}

impl<N: Need> Recorder<N> {
    /// A recorder over inputs of these dims. Its handles belong to a graph named `name`; environment handles to
    /// the graph `environment`.
    pub(crate) fn new(name: &'static str, inputs: &[Dims], environment: Owner) -> Self {
        Recorder {
            program: Rc::new(RefCell::new(Program::new(inputs))),
            owner: Owner::new(name),
            environment,
            need: PhantomData,
        }
    }

    /// The owner of the handles of this recorder.
    pub(crate) fn owner(&self) -> Owner {
        self.owner
    }

    /// The handle of an input of the program.
    pub(crate) fn value<S: Shape>(&self, id: usize) -> Var<S> {
        Var::new(self.owner, id)
    }

    /// The recorded program with these outputs, without what they do not need.
    pub(crate) fn finish(&self, outputs: &[usize]) -> Program {
        let mut program = self.program.borrow().clone();
        if let Err(error) = program.set_outputs(outputs) {
            // Handles are only made by this recorder, for values that exist.
            unreachable!("a handle without a value: {error}");
        }
        program.pruned()
    }

    /// The same recorder for an op that needs less.
    fn lowered<M: Need>(&self) -> Recorder<M> {
        Recorder {
            program: Rc::clone(&self.program),
            owner: self.owner,
            environment: self.environment,
            need: PhantomData,
        }
    }

    /// Writes a program into this one, on values of this recorder, and returns the ids of its outputs.
    ///
    /// # Panics
    /// If the program needs more of the scalar than the op says, or takes other dims. Both are mistakes in the op.
    #[track_caller]
    pub(crate) fn inline(&self, program: &Program, arguments: &[usize]) -> Vec<usize> {
        let name = self.owner.name();
        assert!(
            program.level() <= N::LEVEL,
            "the op `{name}` says it needs {:?}, and what it records needs {:?}",
            N::LEVEL,
            program.level()
        );
        match self.program.borrow_mut().inline(program, arguments, &[]) {
            Ok(outputs) => outputs,
            Err(error) => panic!("in the op `{name}`: {error}"),
        }
    }

    /// A recorder for another program in the surroundings of this one.
    pub(crate) fn beside(&self, inputs: &[Dims]) -> Self {
        Recorder::new(self.owner.name(), inputs, self.environment)
    }

    /// Records an operation: `r.record(my_op(x, y))`.
    ///
    /// # Panics
    /// If a handle belongs to another graph or rule.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// fn cosine<S: Shape>(r: &Recorder, x: Var<S>, y: Var<S>) -> Var<()> {
    ///     let dot = |x, y| r.record(sum(r.mul_same(x, y)));
    ///     r.div_same(dot(x, y), r.sqrt(r.mul_same(dot(x, x), dot(y, y))))
    /// }
    /// # #[derive(Clone)]
    /// # struct Rule;
    /// # impl Op<(shape![2], shape![2])> for Rule {
    /// #     type Out = shape![];
    /// #     type Need = needs::Real;
    /// #     const NAME: &'static str = "rule";
    /// #     fn forward(&self, r: &Recorder<needs::Real>, (a, b): (Var<shape![2]>, Var<shape![2]>)) -> Var<Self::Out> { cosine(r, a, b) }
    /// # }
    /// # fn op(a: Var<shape![2]>, b: Var<shape![2]>) -> Call<Rule, (Var<shape![2]>, Var<shape![2]>)> { Call::new(Rule, (a, b)) }
    /// let g = graph!(|a: [2], b: [2]| op(a, b)); // `op` has it as its rule
    /// let x = tlist![Tensor::from([3.0, 4.0]), Tensor::from([6.0, 8.0])];
    /// assert_eq!(g.value(&x, &tlist![]).item(), 1.0);
    /// ```
    #[track_caller]
    pub fn record<O: OpUnder<N, V>, V: Vars>(&self, call: Call<O, V>) -> Var<O::Recorded> {
        call.vars.ids(self.owner);
        O::recorded(call.op.forward(&self.lowered(), call.vars))
    }

    /// Records a primitive with a result of shape `S`.
    ///
    /// # Panics
    /// If a handle belongs to another graph or rule, if the primitive does not take these values, if its result
    /// is not of shape `S`, or if it needs more of the scalar than the op says. All are mistakes in the op.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::program::Prim;
    /// fn reversed_sums<D: Dim>(r: &Recorder<needs::Semiring>, x: Var<(D,)>) -> Var<(D,)> {
    ///     r.prim(Prim::CumSum { axis: 0, reverse: true }, (x,))
    /// }
    /// # #[derive(Clone)]
    /// # struct Rule;
    /// # impl Op<(shape![3],)> for Rule {
    /// #     type Out = shape![3];
    /// #     type Need = needs::Semiring;
    /// #     const NAME: &'static str = "rule";
    /// #     fn forward(&self, r: &Recorder<needs::Semiring>, (a,): (Var<shape![3]>,)) -> Var<Self::Out> { reversed_sums(r, a) }
    /// # }
    /// # fn op(a: Var<shape![3]>) -> Call<Rule, (Var<shape![3]>,)> { Call::new(Rule, (a,)) }
    /// let g = graph!(|a: [3]| op(a)); // `op` has it as its rule
    /// let y = g.value(&tlist![Tensor::from([1.0, 2.0, 3.0])], &tlist![]);
    /// assert_eq!(y, Tensor::from([6.0, 5.0, 3.0]));
    /// ```
    #[track_caller]
    pub fn prim<S: Shape>(&self, prim: Prim, vars: impl Vars) -> Var<S> {
        let ids = vars.ids(self.owner);
        self.push(prim, &ids)
    }

    /// Records a program, whose only output has the shape `S`: for an op whose steps have dims that no type names.
    ///
    /// # Panics
    /// If there is no such program, and as [`prim`](Self::prim). All are mistakes in the op.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::program::{Prim, Program, ProgramError, Reduction, Window};
    /// use cotangent::tensor::Dims;
    /// /// Sums of neighbours: a window of two moves over `x`.
    /// fn neighbours(x: Dims) -> Result<Program, ProgramError> {
    ///     let mut program = Program::new(&[x]);
    ///     let pairs = program.push(Prim::Unfold(Window::of([1, 2])), &[0])?;
    ///     let sums = program.push(Prim::Reduce(Reduction::Sum, vec![0]), &[pairs])?;
    ///     program.set_outputs(&[sums])?;
    ///     Ok(program)
    /// }
    /// fn rule(r: &Recorder<needs::Semiring>, x: Var<shape![1, 3]>) -> Var<shape![2]> {
    ///     r.program(neighbours(Dims::of::<shape![1, 3]>()), (x,))
    /// }
    /// # #[derive(Clone)]
    /// # struct Rule;
    /// # impl Op<(shape![1, 3],)> for Rule {
    /// #     type Out = shape![2];
    /// #     type Need = needs::Semiring;
    /// #     const NAME: &'static str = "rule";
    /// #     fn forward(&self, r: &Recorder<needs::Semiring>, (a,): (Var<shape![1, 3]>,)) -> Var<Self::Out> { rule(r, a) }
    /// # }
    /// # fn op(a: Var<shape![1, 3]>) -> Call<Rule, (Var<shape![1, 3]>,)> { Call::new(Rule, (a,)) }
    /// let g = graph!(|a: [1, 3]| op(a)); // `op` has it as its rule
    /// let y = g.value(&tlist![Tensor::from([[1.0, 2.0, 4.0]])], &tlist![]);
    /// assert_eq!(y, Tensor::from([3.0, 6.0]));
    /// ```
    #[track_caller]
    pub fn program<S: Shape>(
        &self,
        program: Result<Program, ProgramError>,
        vars: impl Vars,
    ) -> Var<S> {
        let (name, expected) = (self.owner.name(), Dims::of::<S>());
        let program = match program {
            Ok(program) => program,
            Err(error) => panic!("in the op `{name}`: {error}"),
        };
        let outputs = self.inline(&program, &vars.ids(self.owner));
        let dims = |&id: &usize| self.program.borrow().dims(id).ok();
        match outputs[..] {
            [id] if dims(&id).as_ref() == Some(&expected) => Var::new(self.owner, id),
            _ => {
                let got: Vec<_> = outputs.iter().filter_map(dims).collect();
                panic!("the op `{name}` declares {expected}, and its program gives {got:?}")
            }
        }
    }

    /// A tensor with the same number everywhere.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// fn fair<S: Shape>(r: &Recorder<needs::Field>) -> Var<S> {
    ///     r.full(0.5)
    /// }
    /// # #[derive(Clone)]
    /// # struct Rule;
    /// # impl Op<(shape![2],)> for Rule {
    /// #     type Out = shape![2];
    /// #     type Need = needs::Field;
    /// #     const NAME: &'static str = "rule";
    /// #     fn forward(&self, r: &Recorder<needs::Field>, (a,): (Var<shape![2]>,)) -> Var<Self::Out> { r.add_same(a, fair(r)) }
    /// # }
    /// # fn op(a: Var<shape![2]>) -> Call<Rule, (Var<shape![2]>,)> { Call::new(Rule, (a,)) }
    /// let g = graph!(|a: [2]| op(a)); // `op` has it as its rule
    /// assert_eq!(g.value(&tlist![Tensor::from([1.0, 2.0])], &tlist![]), Tensor::from([1.5, 2.5]));
    /// ```
    #[track_caller]
    pub fn full<S: Shape>(&self, value: impl Into<Literal>) -> Var<S>
    where
        N: Includes<needs::Field>,
    {
        self.push(Prim::Full(Dims::of::<S>(), value.into()), &[])
    }

    /// A tensor of zeros.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// fn nothing<S: Shape>(r: &Recorder<needs::Semiring>) -> Var<S> {
    ///     r.zeros()
    /// }
    /// # #[derive(Clone)]
    /// # struct Rule;
    /// # impl Op<(shape![2],)> for Rule {
    /// #     type Out = shape![2];
    /// #     type Need = needs::Semiring;
    /// #     const NAME: &'static str = "rule";
    /// #     fn forward(&self, r: &Recorder<needs::Semiring>, (a,): (Var<shape![2]>,)) -> Var<Self::Out> { r.mul_same(a, nothing(r)) }
    /// # }
    /// # fn op(a: Var<shape![2]>) -> Call<Rule, (Var<shape![2]>,)> { Call::new(Rule, (a,)) }
    /// let g = graph!(|a: [2]| op(a)); // `op` has it as its rule
    /// assert_eq!(g.value(&tlist![Tensor::from([1.0, 2.0])], &tlist![]), Tensor::zero());
    /// ```
    #[track_caller]
    pub fn zeros<S: Shape>(&self) -> Var<S> {
        self.push(Prim::Full(Dims::of::<S>(), Literal::ratio(0, 1)), &[])
    }

    /// A tensor of ones.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// fn successor<S: Shape>(r: &Recorder<needs::Semiring>, x: Var<S>) -> Var<S> {
    ///     r.add_same(x, r.ones())
    /// }
    /// # #[derive(Clone)]
    /// # struct Rule;
    /// # impl Op<(shape![2],)> for Rule {
    /// #     type Out = shape![2];
    /// #     type Need = needs::Semiring;
    /// #     const NAME: &'static str = "rule";
    /// #     fn forward(&self, r: &Recorder<needs::Semiring>, (a,): (Var<shape![2]>,)) -> Var<Self::Out> { successor(r, a) }
    /// # }
    /// # fn op(a: Var<shape![2]>) -> Call<Rule, (Var<shape![2]>,)> { Call::new(Rule, (a,)) }
    /// let g = graph!(|a: [2]| op(a)); // `op` has it as its rule
    /// assert_eq!(g.value(&tlist![Tensor::from([1.0, 2.0])], &tlist![]), Tensor::from([2.0, 3.0]));
    /// ```
    #[track_caller]
    pub fn ones<S: Shape>(&self) -> Var<S> {
        self.push(Prim::Full(Dims::of::<S>(), Literal::ratio(1, 1)), &[])
    }

    /// A tensor whose elements are 1 with probability `keep` and else 0, drawn from a seed.
    ///
    /// # Panics
    /// If the handle belongs to another graph.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// /// Keeps each element with probability 3/4, without making up for the others.
    /// #[derive(Clone)]
    /// struct Thinned(EnvVar<Seed>);
    /// impl<S: Shape> Op<(S,)> for Thinned {
    ///     type Out = S;
    ///     type Need = needs::Semiring;
    ///     const NAME: &'static str = "thinned";
    ///     fn forward(&self, r: &Recorder<needs::Semiring>, (x,): (Var<S>,)) -> Var<S> {
    ///         r.mul_same(x, r.mask(self.0, 0.75))
    ///     }
    /// }
    /// # fn thinned<S: Shape>(x: Var<S>, seed: EnvVar<Seed>) -> Call<Thinned, (Var<S>,)> { Call::new(Thinned(seed), (x,)) }
    /// let g = graph!(|x: [100]; seed: Seed| sum(thinned(x, seed)));
    /// let kept = g.value(&tlist![Tensor::<f64, _>::one()], &tlist![Seed::new(1)]).item();
    /// assert!(50.0 < kept && kept < 100.0);
    /// ```
    #[track_caller]
    pub fn mask<S: Shape>(&self, seed: EnvVar<Seed>, keep: f64) -> Var<S> {
        let (slot, dims) = (self.slot(seed), Dims::of::<S>());
        self.push(Prim::Mask { slot, dims, keep }, &[])
    }

    /// The slot of an environment entry.
    ///
    /// # Panics
    /// If the handle belongs to another graph.
    ///
    /// ```
    /// use cotangent::prelude::*;
    /// use cotangent::program::Prim;
    /// /// The entry of each row that a label names.
    /// #[derive(Clone)]
    /// struct Chosen(EnvVar<Labels<3, shape![2]>>);
    /// impl Op<(shape![2, 3],)> for Chosen {
    ///     type Out = shape![2];
    ///     type Need = needs::Semiring;
    ///     const NAME: &'static str = "chosen";
    ///     fn forward(&self, r: &Recorder<needs::Semiring>, x: (Var<shape![2, 3]>,)) -> Var<shape![2]> {
    ///         r.prim(Prim::Pick { slot: r.slot(self.0) }, x)
    ///     }
    /// }
    /// # fn chosen(x: Var<shape![2, 3]>, labels: EnvVar<Labels<3, shape![2]>>) -> Call<Chosen, (Var<shape![2, 3]>,)> {
    /// #     Call::new(Chosen(labels), (x,))
    /// # }
    /// let g = graph!(|x: [2, 3]; labels: [2] < 3| chosen(x, labels));
    /// let x = tlist![Tensor::from([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])];
    /// assert_eq!(g.value(&x, &tlist![Labels::new([2, 0])?]), Tensor::from([3.0, 4.0]));
    /// # Ok::<(), LabelsError>(())
    /// ```
    #[track_caller]
    pub fn slot<E>(&self, entry: EnvVar<E>) -> usize {
        self.environment.demand(entry.owner());
        entry.slot()
    }

    /// Records a primitive whose dims no type knows, and returns the id of its result.
    ///
    /// # Panics
    /// As [`prim`](Self::prim), but for the shape: [`typed`](Self::typed) checks it in the end.
    #[track_caller]
    pub(crate) fn untyped(&self, prim: Prim, ids: &[usize]) -> usize {
        let name = self.owner.name();
        assert!(
            prim.level() <= N::LEVEL,
            "the op `{name}` says it needs {:?}, and `{prim}` needs {:?}",
            N::LEVEL,
            prim.level()
        );
        match self.program.borrow_mut().push(prim, ids) {
            Ok(id) => id,
            Err(error) => panic!("in the op `{name}`: {error}"),
        }
    }

    /// The dims of a value.
    #[track_caller]
    pub(crate) fn dims(&self, id: usize) -> Dims {
        match self.program.borrow().dims(id) {
            Ok(dims) => dims,
            Err(error) => panic!("in the op `{}`: {error}", self.owner.name()),
        }
    }

    /// The handle of a value that is of shape `S`.
    ///
    /// # Panics
    /// If it is not.
    #[track_caller]
    pub(crate) fn typed<S: Shape>(&self, id: usize) -> Var<S> {
        let (got, expected) = (self.dims(id), Dims::of::<S>());
        assert!(
            got == expected,
            "the op `{}` declares {expected}, and gives {got}",
            self.owner.name()
        );
        self.value(id)
    }

    #[track_caller]
    fn push<S: Shape>(&self, prim: Prim, ids: &[usize]) -> Var<S> {
        self.check(&prim, ids, Dims::of::<S>());
        Var::new(self.owner, self.program.borrow().size() - 1)
    }

    /// Not generic over the shape.
    #[track_caller]
    fn check(&self, prim: &Prim, ids: &[usize], expected: Dims) {
        let id = self.untyped(prim.clone(), ids);
        let got = self.dims(id);
        assert!(
            got == expected,
            "the op `{}` declares {expected}, and `{prim}` gives {got}",
            self.owner.name()
        );
    }
}
