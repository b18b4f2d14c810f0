//! A training as it runs.

use super::error::TrainError;
use super::interrupt;
use super::log::{Log, Record, read_log};
use super::measures::Measures;
use super::metrics::Confusion;
use super::page::page;
use super::position::{Position, Source};
use super::progress::Progress;
use super::training::Training;
use crate::checkpoint::{self, Stored};
use crate::data::{Order, Prefetch};
use crate::dim::Positive;
use crate::env::{EnvEntries, Environment, StackedList};
use crate::explain::Profile;
use crate::graph::Results;
use crate::optim::{Snapshot, Trainer};
use core::fmt;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

/// A training that has ended.
pub struct Trained<T> {
    /// The trainer, where it ended: its parameters are the last ones.
    pub trainer: T,
    /// Why it ended.
    pub ended: Ended,
    /// A record of each epoch, and of each logged step between.
    pub records: Vec<Record>,
    /// What was taken for what in the last validation, if answers were measured.
    pub confusion: Option<Confusion>,
    /// The best value of the watched measure.
    pub best: Option<f64>,
}

/// Why a training ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All epochs are over.
    Whole,
    /// The watched measure got no better.
    Early,
    /// By Ctrl-C.
    Interrupted,
}

impl<T> Trained<T> {
    /// The last value of a measure: `valid/accuracy`.
    pub fn last(&self, name: &str) -> Option<f64> {
        self.records
            .iter()
            .rev()
            .find_map(|record| record.value(name))
    }
}

impl<T> fmt::Debug for Trained<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut f = f.debug_struct("Trained");
        f.field("ended", &self.ended).field("best", &self.best);
        f.field("records", &self.records).finish_non_exhaustive()
    }
}

/// How many batches are made while a step runs.
const AHEAD: usize = 2;
/// How many steps are run with a clock for the report.
const PROFILED: usize = 10;
const LAST: &str = "last.safetensors";
const BEST: &str = "best.safetensors";

/// The files of a training.
struct Files {
    folder: PathBuf,
    log: Log,
}

impl<A, X, D, R, S, E, B> Training<'_, A, X, D, R, S, E, B>
where
    A: Stored + Into<f64>,
    D: EnvEntries + Environment,
    R: Results,
    E: EnvEntries + StackedList<B, Stacks = D>,
    B: Positive,
{
    /// Runs it to its end. With a [folder](Self::checkpoint) it goes on from the checkpoint that is there, with the same bits as if
    /// it had never stopped.
    ///
    /// # Errors
    /// A set that has no batch of this size, files that cannot be read or written, a checkpoint of another training, a loss that is
    /// not finite, with the node that made it so, and what the validation fails with.
    pub fn run(mut self) -> Result<Trained<Trainer<A, X, D, R, S>>, TrainError> {
        interrupt::watch();
        let source = Source {
            key: self.key,
            examples: self.set.len(),
            batch: B::SIZE,
        };
        let mut at = Position {
            early: self
                .settings
                .watched
                .as_ref()
                .map(|(_, early)| early.clone()),
            ..Position::default()
        };
        let mut files = self.resumed(&mut at, source)?;
        let mut records = Vec::new();
        let mut confusion = None;
        let begun = Instant::now();
        let seconds_before = at.seconds;
        let per_epoch = self.set.batches::<B>(Order::Stored)?.len();
        let progress = Progress::new(self.epochs * per_epoch, self.settings.is_silent);
        let mut ended = Ended::Whole;

        'epochs: while at.epoch < self.epochs {
            // From where the epoch is run again, if a loss is not finite.
            let start = (self.trainer.snapshot(), at.batch);
            let batches = self.batches(&at)?;
            for batch in batches.prefetch(AHEAD).map_err(TrainError::Thread)? {
                let (loss, results) = self.trainer.step_and_loss(&batch);
                let loss: f64 = loss.into();
                if !loss.is_finite() {
                    progress.finish();
                    return Err(self.not_finite(start, &at, loss)?);
                }
                at.batch += 1;
                at.seconds = seconds_before + begun.elapsed().as_secs_f64();
                at.measures.mean("loss", loss, B::SIZE);
                if let Some(measure) = &mut self.measure {
                    measure(&mut at.measures, &results, &batch);
                }
                let steps = self.trainer.steps();
                progress.at(at.epoch * per_epoch + at.batch, || {
                    format!("loss {loss:.4}")
                });
                if is_due(self.settings.log_every, steps) {
                    let rate: f64 = self.trainer.rate().into();
                    let values = vec![("step/loss".into(), loss), ("step/rate".into(), rate)];
                    note(&mut records, &mut files, record(&at, steps, values))?;
                }
                if interrupt::was_pressed() {
                    self.save(&files, &at, source, LAST)?;
                    ended = Ended::Interrupted;
                    break 'epochs;
                }
                if is_due(self.settings.save_every, steps) {
                    self.save(&files, &at, source, LAST)?;
                }
            }
            let mut validated = Measures::default();
            if let Some(validate) = &mut self.validate {
                let done = validate(&mut validated, &self.trainer);
                let epoch = at.epoch;
                done.map_err(|source| TrainError::Validation { epoch, source })?;
            }
            confusion = validated.confusion().cloned();
            let measures = std::mem::take(&mut at.measures);
            let named = |set: &'static str| move |(name, x)| (format!("{set}/{name}"), x);
            let train = measures.values().into_iter().map(named("train"));
            let valid = validated.values().into_iter().map(named("valid"));
            at.epoch += 1;
            at.batch = 0;
            let record = record(&at, self.trainer.steps(), train.chain(valid).collect());
            progress.line(&line(&record, self.epochs), self.settings.is_silent);
            let (is_best, is_over) = self.watched(&mut at, &record)?;
            note(&mut records, &mut files, record)?;
            self.save(&files, &at, source, LAST)?;
            if is_best {
                self.save(&files, &at, source, BEST)?;
            }
            if is_over {
                ended = Ended::Early;
                break;
            }
            if interrupt::was_pressed() {
                ended = Ended::Interrupted;
                break;
            }
        }
        progress.finish();
        if let Some(files) = files {
            // Who pressed Ctrl-C does not want to wait.
            let profile = match ended {
                Ended::Interrupted => None,
                Ended::Whole | Ended::Early => self.profile()?,
            };
            let log = read_log(files.folder.join("log.jsonl"))?; // what was logged before, too
            let page = page(&self.settings, &log, confusion.as_ref(), profile);
            let path = files.folder.join("report.html");
            fs::write(&path, page).map_err(|source| TrainError::file(&path, source))?;
        }
        Ok(Trained {
            ended,
            records,
            confusion,
            best: at.early.as_ref().and_then(|early| early.best()),
            trainer: self.trainer,
        })
    }

    /// Where the time of a step goes, if a report is asked for.
    fn profile(&mut self) -> Result<Option<Profile>, TrainError> {
        if self.settings.graph.is_none() {
            return Ok(None);
        }
        let batch = self.set.batches::<B>(Order::Stored)?.next();
        Ok(batch.map(|batch| self.trainer.profile(PROFILED, &batch)))
    }

    /// The batches of the epoch that are still to come.
    fn batches(&self, at: &Position) -> Result<crate::data::Batches<A, E, B>, TrainError> {
        let key = self.key.fold_in(at.epoch as u64);
        Ok(self.set.batches::<B>(key)?.from_batch(at.batch)?)
    }

    /// Goes on from the checkpoint of the folder, if there is one.
    fn resumed(&mut self, at: &mut Position, source: Source) -> Result<Option<Files>, TrainError> {
        let Some(folder) = self.settings.folder.clone() else {
            return Ok(None);
        };
        fs::create_dir_all(&folder).map_err(|source| TrainError::file(&folder, source))?;
        let path = folder.join(LAST);
        let log = if path.exists() {
            let mut snapshot: Snapshot<A> = checkpoint::load(&path)?;
            at.restored(&mut snapshot, source, &path)?;
            let restored = self.trainer.restore(&snapshot);
            restored.map_err(|source| TrainError::Other { path, source })?;
            Log::after(&folder, self.trainer.steps())?
        } else {
            Log::new(&folder)?
        };
        Ok(Some(Files { folder, log }))
    }

    fn save(
        &self,
        files: &Option<Files>,
        at: &Position,
        source: Source,
        name: &str,
    ) -> Result<(), TrainError> {
        if let Some(files) = files {
            let snapshot = at.saved(self.trainer.snapshot(), source);
            checkpoint::save(files.folder.join(name), &snapshot)?;
        }
        Ok(())
    }

    /// Whether the watched measure is the best so far, and whether it is time to stop.
    fn watched(&mut self, at: &mut Position, record: &Record) -> Result<(bool, bool), TrainError> {
        let (Some((name, _)), Some(early)) = (&self.settings.watched, &mut at.early) else {
            return Ok((false, false));
        };
        let Some(value) = record.value(name) else {
            let there = record.values.iter().map(|(name, _)| format!("`{name}`"));
            return Err(TrainError::NotMeasured {
                name: name.clone(),
                there: there.collect::<Vec<_>>().join(", "),
            });
        };
        let is_over = early.is_over(value);
        self.trainer.report(value);
        Ok((early.waited() == 0, is_over))
    }

    /// Which node made a loss that is not finite: the epoch is run again from its start, with the same bits, and its last step is
    /// checked.
    fn not_finite(
        &mut self,
        (snapshot, first): (Snapshot<A>, usize),
        at: &Position,
        loss: f64,
    ) -> Result<TrainError, TrainError> {
        let restored = self.trainer.restore(&snapshot);
        let path = PathBuf::new();
        restored.map_err(|source| TrainError::Other { path, source })?;
        let (epoch, batch) = (at.epoch, at.batch);
        let begun = Position {
            epoch,
            batch: first,
            ..Position::default()
        };
        let mut batches = self.batches(&begun)?;
        for before in batches.by_ref().take(batch - first) {
            self.trainer.step(&before);
        }
        let checked = batches
            .next()
            .map(|last| self.trainer.checked().try_step(&last));
        Ok(match checked {
            Some(Err(node)) => TrainError::NotFinite {
                epoch,
                batch,
                node: Box::new(node),
            },
            _ => TrainError::Loss { epoch, batch, loss },
        })
    }
}

fn is_due(every: Option<usize>, steps: usize) -> bool {
    every.is_some_and(|every| steps.is_multiple_of(every.max(1)))
}

fn record(at: &Position, step: usize, values: Vec<(String, f64)>) -> Record {
    Record {
        step,
        epoch: at.epoch,
        seconds: at.seconds,
        values,
    }
}

fn note(
    records: &mut Vec<Record>,
    files: &mut Option<Files>,
    record: Record,
) -> Result<(), TrainError> {
    if let Some(files) = files {
        files.log.write(&record)?;
    }
    records.push(record);
    Ok(())
}

/// What is shown of an epoch.
fn line(record: &Record, epochs: usize) -> String {
    let values = record
        .values
        .iter()
        .map(|(name, x)| format!("{name} {x:.4}"));
    let values = values.collect::<Vec<_>>().join("  ");
    format!(
        "epoch {}/{epochs}  {:.1}s  {values}",
        record.epoch, record.seconds
    )
}
