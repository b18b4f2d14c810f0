//! The files of a log.

use super::{Record, events, lines};
use crate::train::TrainError;
use std::fs::{self, File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The log of a training, in a folder: `log.jsonl`, a line of JSON for each record; `log.csv`, a line for each value; and an event
/// file for TensorBoard.
///
/// ```
/// use cotangent::train::{Log, Record, read_log};
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let folder = std::env::temp_dir().join(format!("log-doc-{}", std::process::id()));
/// let mut log = Log::new(&folder)?;
/// for step in 1..=3 {
///     let values = vec![("train/loss".into(), 1.0 / step as f64)];
///     log.write(&Record { step, epoch: 0, seconds: 0.0, values })?;
/// }
/// drop(log);
/// // Another process goes on after step 2: what came after it is forgotten.
/// let mut log = Log::after(&folder, 2)?;
/// log.write(&Record { step: 3, ..Record::default() })?;
/// let steps: Vec<usize> = read_log(folder.join("log.jsonl"))?.iter().map(|record| record.step).collect();
/// assert_eq!(steps, [1, 2, 3]);
/// # std::fs::remove_dir_all(&folder)?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Log {
    lines: Output,
    table: Output,
    events: Output,
}

/// A file that is written, and its path, for messages.
#[derive(Debug)]
struct Output {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Output {
    fn open(path: PathBuf, options: &mut OpenOptions) -> Result<Self, TrainError> {
        let file = options.create(true).open(&path);
        let file = file.map_err(|source| TrainError::file(&path, source))?;
        Ok(Output {
            path,
            file: BufWriter::new(file),
        })
    }

    /// Writes all of it now, so that whoever looks sees whole records.
    fn write(&mut self, bytes: &[u8]) -> Result<(), TrainError> {
        let written = self.file.write_all(bytes).and_then(|()| self.file.flush());
        written.map_err(|source| TrainError::file(&self.path, source))
    }
}

impl Log {
    /// A new log. One that was in the folder is overwritten.
    ///
    /// # Errors
    /// Files that cannot be written.
    pub fn new(folder: impl AsRef<Path>) -> Result<Self, TrainError> {
        Self::of(folder.as_ref(), Vec::new())
    }

    /// The log in the folder, without what came after a step: where a training goes on from a checkpoint.
    ///
    /// # Errors
    /// Files that cannot be read or written.
    pub fn after(folder: impl AsRef<Path>, step: usize) -> Result<Self, TrainError> {
        let path = folder.as_ref().join("log.jsonl");
        let mut records = match path.exists() {
            true => read_log(&path)?,
            false => Vec::new(),
        };
        records.retain(|record| record.step <= step);
        Self::of(folder.as_ref(), records)
    }

    fn of(folder: &Path, records: Vec<Record>) -> Result<Self, TrainError> {
        fs::create_dir_all(folder).map_err(|source| TrainError::file(folder, source))?;
        let open = |name: &str| {
            let mut options = OpenOptions::new();
            Output::open(folder.join(name), options.write(true).truncate(true))
        };
        let now = wall_time();
        remove_events(folder)?;
        let mut log = Log {
            lines: open("log.jsonl")?,
            table: open("log.csv")?,
            events: open(&format!("{EVENTS}{:010}{OURS}", now as u64))?,
        };
        log.table.write(b"step,epoch,seconds,name,value\n")?;
        log.events.write(&events::version(now))?;
        for record in &records {
            log.write(record)?;
        }
        Ok(log)
    }

    /// Adds a record.
    ///
    /// # Errors
    /// A file that cannot be written.
    pub fn write(&mut self, record: &Record) -> Result<(), TrainError> {
        self.lines
            .write(format!("{}\n", lines::line(record)).as_bytes())?;
        let mut rows = csv::Writer::from_writer(Vec::new());
        let start = [
            record.step.to_string(),
            record.epoch.to_string(),
            record.seconds.to_string(),
        ];
        for (name, value) in &record.values {
            let row = start
                .iter()
                .cloned()
                .chain([name.clone(), value.to_string()]);
            let written = rows.write_record(row.collect::<Vec<_>>());
            written.map_err(|error| TrainError::file(&self.table.path, error.into()))?;
        }
        // A vector takes all that is written.
        let rows = rows.into_inner().unwrap_or_default();
        self.table.write(&rows)?;
        self.events.write(&events::event(record, wall_time()))
    }
}

/// How the names of event files begin, by which TensorBoard finds them, and how those of ours end.
const EVENTS: &str = "events.out.tfevents.";
const OURS: &str = ".cotangent";

/// Removes the event files of an earlier log: all of its records are written again.
fn remove_events(folder: &Path) -> Result<(), TrainError> {
    let entries = fs::read_dir(folder).map_err(|source| TrainError::file(folder, source))?;
    for entry in entries.flatten() {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with(EVENTS) && name.ends_with(OURS) {
            let path = entry.path();
            fs::remove_file(&path).map_err(|source| TrainError::file(&path, source))?;
        }
    }
    Ok(())
}

/// Seconds since 1970.
fn wall_time() -> f64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0.0, |now| now.as_secs_f64())
}

/// The records of a `log.jsonl`. A line that is none, such as the last of a process that was killed, is left out.
///
/// # Errors
/// A file that cannot be read.
pub fn read_log(path: impl AsRef<Path>) -> Result<Vec<Record>, TrainError> {
    let path = path.as_ref();
    let text = fs::read_to_string(path).map_err(|source| TrainError::file(path, source))?;
    Ok(text.lines().filter_map(lines::parse).collect())
}
