//! Times of steps, engine by engine in turn: what else the machine does meets all of them.

use crate::rows::{Built, Failure, Step};
use std::time::{Duration, Instant};

/// In how many parts the time of an engine is cut.
const PARTS: u32 = 10;
/// The fewest times of which a median is taken.
const FEWEST: usize = 3;
/// How long one time is at least: a clock takes 20 to 50 ns to read.
const SHORTEST: Duration = Duration::from_micros(50);

/// What a step takes.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    pub median: Duration,
    pub least: Duration,
}

/// An engine while it is measured.
struct Runner<'a> {
    step: &'a mut Step,
    /// How many steps are timed at once.
    at_once: u32,
    times: Vec<Duration>,
    spent: Duration,
}

impl<'a> Runner<'a> {
    fn new(step: &'a mut Step) -> Result<Self, Failure> {
        let start = Instant::now();
        step()?;
        let one = start.elapsed().max(Duration::from_nanos(1));
        let at_once = SHORTEST.as_nanos().div_ceil(one.as_nanos());
        Ok(Self {
            step,
            at_once: u32::try_from(at_once)?,
            times: Vec::new(),
            spent: Duration::ZERO,
        })
    }

    /// Goes on for some time, and at least once.
    fn run(&mut self, time: Duration) -> Result<(), Failure> {
        let begin = Instant::now();
        loop {
            let start = Instant::now();
            for _ in 0..self.at_once {
                (self.step)()?;
            }
            self.times.push(start.elapsed() / self.at_once);
            if begin.elapsed() >= time {
                break;
            }
        }
        self.spent += begin.elapsed();
        Ok(())
    }

    fn is_done(&self, time: Duration) -> bool {
        self.spent >= time && self.times.len() >= FEWEST
    }

    fn time(mut self) -> Time {
        self.times.sort_unstable();
        Time {
            median: self.times[self.times.len() / 2],
            least: self.times[0],
        }
    }
}

/// Measures every step for some seconds. A reason why there is none stays.
///
/// # Errors
/// Those of the steps.
pub fn interleaved(
    built: &mut [(&'static str, Built)],
    seconds: f64,
) -> Result<Vec<Result<Time, &'static str>>, Failure> {
    let time = Duration::try_from_secs_f64(seconds)?;
    let mut runners = Vec::with_capacity(built.len());
    for (_, step) in built {
        runners.push(match step {
            Built::Step(step) => Ok(Runner::new(step)?),
            Built::Missing(reason) => Err(*reason),
        });
    }
    loop {
        let mut all_done = true;
        for runner in runners.iter_mut().flatten() {
            if !runner.is_done(time) {
                runner.run(time / PARTS)?;
                all_done = false;
            }
        }
        if all_done {
            break;
        }
    }
    Ok(runners
        .into_iter()
        .map(|runner| runner.map(Runner::time))
        .collect())
}
