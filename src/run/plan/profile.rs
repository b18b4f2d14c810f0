//! Where the time of a plan goes: a clock around each step.

use super::arena::Arena;
use super::error::PlanError;
use super::float::Float;
use super::limits::Limits;
use super::place::Memory;
use super::plan::Plan;
use super::report::PlanStep;
use super::watch::{Running, Watch};
use crate::tensor::Value;
use std::time::{Duration, Instant};

/// Where the time of some runs of a plan went. It prints as a table, and writes a trace that Perfetto and Chrome open:
/// [`to_trace`](Self::to_trace).
#[derive(Clone, Debug, PartialEq)]
pub struct Profile {
    /// How many runs were timed, after one that was not.
    pub runs: usize,
    /// The mean time of all the steps of a run.
    pub time: Duration,
    /// What this machine reaches.
    pub limits: Limits,
    /// The steps, in order, a loop before what is inside of it. The time of a loop has in it that of what is inside.
    pub steps: Vec<Timed>,
    /// When the steps of the last run began and how long each took, in the order in which they ended.
    pub last: Vec<Event>,
}

/// A step, and the time it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Timed {
    /// The step. What is inside of a loop follows by itself.
    pub step: PlanStep,
    /// How many loops are around it.
    pub depth: usize,
    /// How often it is run in a run of the plan.
    pub times: u64,
    /// The mean time that it takes of a run of the plan: all its times.
    pub time: Duration,
    /// The bytes that it reads and writes in a run of the plan.
    pub bytes: u64,
    /// The operations that it does in a run of the plan.
    pub operations: u64,
}

/// One step of the last run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event {
    /// The number of the step.
    pub step: usize,
    /// When it began, after the beginning of the run.
    pub start: Duration,
    /// How long it took.
    pub time: Duration,
}

impl Timed {
    /// Gigabytes a second.
    pub fn gigabytes(&self) -> f64 {
        self.bytes as f64 / 1e9 / self.time.as_secs_f64().max(1e-9)
    }

    /// Operations a second, in billions.
    pub fn gigaflops(&self) -> f64 {
        self.operations as f64 / 1e9 / self.time.as_secs_f64().max(1e-9)
    }

    /// Which part its least time at the limits of the machine is of the time it took. It is above 1 where its values are in a
    /// cache, which is faster than the memory that was measured.
    pub fn of_limit(&self, limits: &Limits) -> f64 {
        let least = limits.least(self.operations, self.bytes);
        least.as_secs_f64() / self.time.as_secs_f64().max(1e-9)
    }
}

impl Profile {
    /// Which part of the run a time is.
    pub fn share(&self, time: Duration) -> f64 {
        time.as_secs_f64() / self.time.as_secs_f64().max(1e-9)
    }
}

/// Looks at the time before and after each step.
struct Clock<'g> {
    running: Running<'g>,
    begun: Vec<Instant>,
    start: Instant,
    /// For each step how long all its times took, and how many they are.
    ticks: Vec<(Duration, u64)>,
    events: Vec<Event>,
}

impl<T> Watch<T> for Clock<'_> {
    fn before(&mut self, step: usize, _: usize, _: &Memory<'_, '_, T>) {
        self.running.begin(step);
        self.begun.push(Instant::now());
    }

    fn after(&mut self, step: usize, _: usize, _: &Memory<'_, '_, T>) -> Result<(), PlanError> {
        let now = Instant::now();
        if let (Some(begun), Some(group)) = (self.begun.pop(), self.running.end(step)) {
            let time = now - begun;
            let (all, times) = &mut self.ticks[group.number];
            *all += time;
            *times += 1;
            self.events.push(Event {
                step: group.number,
                start: begun - self.start,
                time,
            });
        }
        Ok(())
    }
}

impl<T: Float> Plan<T> {
    /// Runs the plan once, then `runs` times, at least once, with a clock around each step.
    ///
    /// # Errors
    /// As [`run_values`](Self::run_values).
    pub fn profile(
        &self,
        arena: &mut Arena<T>,
        runs: usize,
        inputs: &[Value<T>],
    ) -> Result<Profile, PlanError> {
        self.run_values(arena, inputs)?;
        let runs = runs.max(1);
        let all = self.explained().with_depth();
        let mut clock = Clock {
            running: Running::new(&self.explained().steps),
            begun: Vec::new(),
            start: Instant::now(),
            ticks: vec![(Duration::ZERO, 0); all.len()],
            events: Vec::new(),
        };
        for _ in 0..runs {
            clock.events.clear();
            self.with_values(inputs, &mut |inputs, outputs| {
                clock.start = Instant::now();
                self.run_watched(arena, inputs, outputs, &mut clock)
            })?;
        }
        let Clock { ticks, events, .. } = clock;
        let mut steps = Vec::with_capacity(all.len());
        for ((depth, group), (time, times)) in all.into_iter().zip(ticks) {
            let times = times / runs as u64;
            steps.push(Timed {
                depth,
                times,
                time: time / u32::try_from(runs).unwrap_or(u32::MAX),
                bytes: group.bytes * times,
                operations: group.operations * times,
                step: PlanStep {
                    inside: Vec::new(),
                    ..group.clone()
                },
            });
        }
        let outer = steps.iter().filter(|timed| timed.depth == 0);
        Ok(Profile {
            runs,
            time: outer.map(|timed| timed.time).sum(),
            limits: Limits::of::<T>(),
            steps,
            last: events,
        })
    }
}
