//! Plans that the process keeps, so that a graph over floats is planned though nobody asked for it.

use super::planned::Planned;
use crate::program::Program;
use crate::run::plan::{NotFinite, Plan, PlanError};
use crate::run::{Arena, Float};
use crate::scalar::Semiring;
use crate::tensor::Value;
use core::any::{Any, TypeId};
use core::cell::Cell;
use core::num::NonZeroUsize;
use lru::LruCache;
use std::borrow::Cow;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};
use std::thread::LocalKey;

/// How many plans the process keeps of graphs that are gone: those that were used last.
const PLANS: NonZeroUsize = NonZeroUsize::new(64).unwrap(); // a constant: it is not 0

/// An arena of more bytes goes with the run that it was made for; smaller ones stay with their thread.
const ARENA: usize = 64 << 20;

/// What a plan is made of: the program of a graph, which inputs have cotangents, and which of its plans it is; with the scalar.
#[derive(PartialEq, Eq, Hash)]
struct Content {
    values: Program,
    differentiated: Box<[bool]>,
    what: Planned,
    scalar: TypeId,
}

/// Some plans of any scalar, by their content.
struct Kept(Mutex<LruCache<Content, Arc<dyn Any + Send + Sync>>>);

/// Those of the process.
static KEPT: LazyLock<Kept> = LazyLock::new(Kept::new);

thread_local! {
    static SINGLE: Cell<Option<Arena<f32>>> = const { Cell::new(None) };
    static DOUBLE: Cell<Option<Arena<f64>>> = const { Cell::new(None) };
}

/// The plans of one graph that were needed so far. Graphs of equal programs share theirs.
#[derive(Default)]
pub(crate) struct KeptPlans {
    single: [OnceLock<Arc<Plan<f32>>>; Planned::COUNT],
    double: [OnceLock<Arc<Plan<f64>>>; Planned::COUNT],
}

impl KeptPlans {
    /// The outputs of a program by its plan. Nothing if the scalar is no float.
    ///
    /// # Panics
    /// If there is no memory, as documented where graphs are run.
    #[allow(clippy::ptr_arg)] // a slice is not `Any`
    pub(crate) fn run<'p, A: Semiring>(
        &self,
        content: (&Program, &[bool], Planned),
        program: impl Fn() -> Cow<'p, Program>,
        inputs: &Vec<Value<A>>,
    ) -> Option<Vec<Value<A>>> {
        let given: &dyn Any = inputs;
        if let Some(inputs) = given.downcast_ref::<Vec<Value<f32>>>() {
            return same(run(&self.single, &SINGLE, content, &program, inputs));
        }
        if let Some(inputs) = given.downcast_ref::<Vec<Value<f64>>>() {
            return same(run(&self.double, &DOUBLE, content, &program, inputs));
        }
        None
    }
}

/// A value of a type that is known by another name.
fn same<T: 'static, U: 'static>(value: T) -> Option<U> {
    let mut value = Some(value);
    let value: &mut dyn Any = &mut value;
    value.downcast_mut::<Option<U>>()?.take()
}

fn run<'p, T: Float>(
    plans: &[OnceLock<Arc<Plan<T>>>; Planned::COUNT],
    arenas: &'static LocalKey<Cell<Option<Arena<T>>>>,
    content: (&Program, &[bool], Planned),
    program: &dyn Fn() -> Cow<'p, Program>,
    inputs: &[Value<T>],
) -> Vec<Value<T>> {
    let plan = plans[content.2.place()].get_or_init(|| KEPT.plan(content, program));
    let mut arena = arenas.take().unwrap_or_else(Arena::new);
    let values = plan.run_values(&mut arena, inputs);
    if arena.bytes() <= ARENA {
        arenas.set(Some(arena));
    }
    told(values)
}

impl Kept {
    fn new() -> Self {
        Kept(Mutex::new(LruCache::new(PLANS)))
    }

    /// The plan of this content, made if it is not there.
    fn plan<'p, T: Float>(
        &self,
        (values, differentiated, what): (&Program, &[bool], Planned),
        program: &dyn Fn() -> Cow<'p, Program>,
    ) -> Arc<Plan<T>> {
        let content = Content {
            values: values.clone(),
            differentiated: differentiated.into(),
            what,
            scalar: TypeId::of::<T>(),
        };
        let found = self.with(|plans| plans.get(&content).map(Arc::clone));
        if let Some(Ok(plan)) = found.map(|plan| plan.downcast()) {
            return plan;
        }
        // Others are not kept waiting while it is planned: two at once make two, and one stays.
        let plan = Arc::new(told(Plan::new(&program())));
        let any: Arc<dyn Any + Send + Sync> = Arc::<Plan<T>>::clone(&plan);
        self.with(|plans| plans.put(content, any));
        plan
    }

    fn with<R>(
        &self,
        f: impl FnOnce(&mut LruCache<Content, Arc<dyn Any + Send + Sync>>) -> R,
    ) -> R {
        f(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// What a plan gives. Types have fixed what its inputs are, so what is wrong is that there is no memory, or what a checked plan has
/// found.
pub(crate) fn told<T>(given: Result<T, PlanError>) -> T {
    match given {
        Ok(given) => given,
        Err(error) => panic!("{error}"),
    }
}

/// What a checked plan has found. What is not wrong with the numbers is as in [`told`].
pub(crate) fn not_finite(error: PlanError) -> NotFinite {
    match error {
        PlanError::NotFinite(error) => *error,
        error => panic!("{error}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Literal, Scale};
    use crate::tensor::Dims;

    /// `x ↦ factor x`.
    fn times(factor: i64) -> Program {
        let mut program = Program::new(&[Dims::new(&[2])]);
        let scale = Scale(Literal::ratio(factor, 1));
        let y = program.push(scale, &[0]).expect("a vector");
        program.set_outputs(&[y]).expect("a value");
        program
    }

    fn plan<T: Float>(kept: &Kept, factor: i64, what: Planned) -> Arc<Plan<T>> {
        let program = times(factor);
        kept.plan((&program, &[true], what), &|| Cow::Borrowed(&program))
    }

    #[test]
    fn equal_programs_share_a_plan() {
        let kept = Kept::new();
        let two = plan::<f32>(&kept, 2, Planned::Values);
        assert!(Arc::ptr_eq(&two, &plan(&kept, 2, Planned::Values)));
        assert!(!Arc::ptr_eq(&two, &plan(&kept, 3, Planned::Values)));
        assert!(!Arc::ptr_eq(&two, &plan(&kept, 2, Planned::Tangents)));
        // Over another scalar it is another.
        let double = plan::<f64>(&kept, 2, Planned::Values);
        assert!(Arc::ptr_eq(&double, &plan(&kept, 2, Planned::Values)));
        assert!(Arc::ptr_eq(&two, &plan(&kept, 2, Planned::Values)));
    }

    /// Those that were used last.
    #[test]
    fn they_are_bounded() {
        let kept = Kept::new();
        let (two, three) = (
            plan::<f32>(&kept, 2, Planned::Values),
            plan::<f32>(&kept, 3, Planned::Values),
        );
        for factor in 4..PLANS.get() as i64 + 3 {
            plan::<f32>(&kept, factor, Planned::Values);
            plan::<f32>(&kept, 2, Planned::Values);
        }
        assert_eq!(kept.with(|plans| plans.len()), PLANS.get());
        assert!(Arc::ptr_eq(&two, &plan(&kept, 2, Planned::Values)));
        assert!(!Arc::ptr_eq(&three, &plan(&kept, 3, Planned::Values)));
    }
}
