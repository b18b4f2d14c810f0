//! What runs step after step: plans over one memory, and where they are.

use super::carried::Carried;
use super::progress::Progress;
use crate::graph::Float;
use crate::program::{Input, Program};
use crate::run::Arena;
use crate::run::plan::{Plan, PlanError};
use crate::tensor::{AnyTensor, Type, Value};
use std::sync::Arc;

/// Plans of steps, the memory of what they carry, and how far they are.
pub(super) struct Session<A> {
    /// With an update; and, if an update takes several batches, without one. Both carry the same at the same places.
    programs: Arc<[Program]>,
    plans: Arc<[Plan<A>]>,
    pub arena: Arena<A>,
    /// The inputs of the step at hand. It is empty between steps, and keeps its room.
    inputs: Vec<Value<A>>,
    /// The rate and the number of the update, as inputs.
    settings: [AnyTensor<A>; 2],
    pub progress: Progress<A>,
    /// What is carried, by name.
    pub names: Arc<[Arc<str>]>,
    /// Where of what is carried the parameters are, and the rest of what updates need.
    pub places: Arc<Carried<usize>>,
}

impl<A: Copy> Clone for Session<A> {
    fn clone(&self) -> Self {
        Session {
            programs: Arc::clone(&self.programs),
            plans: Arc::clone(&self.plans),
            arena: self.arena.clone(),
            inputs: Vec::new(),
            settings: self.settings.clone(),
            progress: self.progress.clone(),
            names: Arc::clone(&self.names),
            places: Arc::clone(&self.places),
        }
    }
}

impl<A: Float> Session<A> {
    /// A session that begins with these parameters, and these further values that are carried. `carried` has the name and the type of
    /// each of the others, perhaps without the parameters.
    ///
    /// # Errors
    /// Programs that cannot be planned; no memory.
    pub fn new(
        programs: Vec<Program>,
        progress: Progress<A>,
        carried: &Carried<Input>,
        parameters: Vec<Value<A>>,
        further: Vec<(Arc<str>, Value<A>)>,
    ) -> Result<Self, PlanError> {
        let zeros = |input: &Input| Value::Scalar(AnyTensor::zeros(input.ty.dims().clone()));
        let mut first = carried.map(zeros);
        for begin in [&mut first.parameters, &mut first.averages] {
            if !begin.is_empty() {
                begin.clone_from(&parameters);
            }
        }
        let mut next = 0;
        let places = carried.map(|_| {
            next += 1;
            next - 1
        });
        let mut names = carried.map(|input| Arc::clone(&input.name)).all();
        let mut values = first.all();
        for (name, value) in further {
            names.push(name);
            values.push(value);
        }
        let plans = programs
            .iter()
            .map(|program| Plan::carrying(program, values.len()));
        let plans: Arc<[Plan<A>]> = plans.collect::<Result<_, _>>()?;
        let mut arena = Arena::new();
        plans[0].set(&mut arena, &values)?;
        Ok(Session {
            programs: programs.into(),
            plans,
            arena,
            inputs: Vec::new(),
            settings: [A::zero(); 2].map(AnyTensor::scalar),
            progress,
            names: names.into(),
            places: Arc::new(places),
        })
    }

    /// The plan of a step that makes an update.
    pub fn plan(&self) -> &Plan<A> {
        &self.plans[0]
    }

    /// A step: what it gives. `give` adds what it takes.
    pub fn step(
        &mut self,
        give: impl FnOnce(&mut Vec<Value<A>>),
    ) -> Result<Vec<Value<A>>, PlanError> {
        let plan = match self.progress.is_update() {
            true => 0,
            false => 1,
        };
        self.give(give);
        self.progress.advance();
        let values = self.plans[plan].run_values(&mut self.arena, &self.inputs);
        self.inputs.clear();
        values
    }

    /// What `run` makes of the plan of an update, with the inputs of a step, on a copy of what is carried.
    pub fn try_out<R>(
        &mut self,
        give: impl FnOnce(&mut Vec<Value<A>>),
        run: impl FnOnce(&Plan<A>, &mut Arena<A>, &[Value<A>]) -> R,
    ) -> R {
        self.give(give);
        let result = run(&self.plans[0], &mut self.arena.clone(), &self.inputs);
        self.inputs.clear();
        result
    }

    /// Puts the inputs of a step into their list.
    fn give(&mut self, give: impl FnOnce(&mut Vec<Value<A>>)) {
        give(&mut self.inputs);
        let progress = &self.progress;
        let settings = [progress.next_rate(), A::of_index(progress.next_update())];
        for (setting, x) in self.settings.iter_mut().zip(settings) {
            // No step holds it any more, so that nothing is copied.
            setting.as_mut_slice().fill(x);
            self.inputs.push(Value::Scalar(setting.clone()));
        }
    }

    /// The same with plans that are checked.
    ///
    /// # Errors
    /// No memory.
    pub fn checked(&self) -> Result<Self, PlanError> {
        let carried = self.carried();
        let plans = self
            .programs
            .iter()
            .map(|program| Plan::checked(program, carried.len()));
        let plans: Arc<[Plan<A>]> = plans.collect::<Result<_, _>>()?;
        let mut arena = self.arena.like();
        plans[0].set(&mut arena, &carried)?;
        let mut checked = self.clone();
        checked.plans = plans;
        checked.arena = arena;
        Ok(checked)
    }

    /// Copies of all that is carried.
    pub fn carried(&self) -> Vec<Value<A>> {
        let plan = &self.plans[0];
        plan.get(&self.arena, 0..plan.carried())
    }

    /// Copies of some of what is carried.
    pub fn values(&self, places: &[usize]) -> Vec<Value<A>> {
        let each = places.iter();
        let each = each.flat_map(|&place| self.plans[0].get(&self.arena, place..place + 1));
        each.collect()
    }

    /// Sets all that is carried.
    ///
    /// # Errors
    /// Values of another number or type; no memory.
    pub fn set(&mut self, values: &[Value<A>]) -> Result<(), PlanError> {
        self.plans[0].set(&mut self.arena, values)
    }

    /// The types of what is carried.
    pub fn types(&self) -> &[Type] {
        &self.programs[0].input_types()[..self.names.len()]
    }
}
