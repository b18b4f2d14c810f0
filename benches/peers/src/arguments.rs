//! What is asked for.

use crate::engines;
use crate::rows::{self, Engine, Failure, Row};
use clap::Parser;

/// The same training steps in several libraries: equal losses first, then times and ratios as a table.
#[derive(Debug, Parser)]
pub struct Arguments {
    /// Which rows, as W1,W9-block-1 [default: all]
    #[arg(long, value_delimiter = ',')]
    rows: Vec<String>,
    /// Which engines, as cotangent,candle [default: all that were built in]
    #[arg(long, value_delimiter = ',')]
    engines: Vec<String>,
    /// Numbers of threads, each in a process of its own
    #[arg(long, value_delimiter = ',', default_value = "1")]
    pub threads: Vec<usize>,
    /// How long a row is measured, for each engine
    #[arg(long, default_value_t = 1.0)]
    pub seconds: f64,
    /// Print where the time of cotangent's steps goes
    #[arg(long)]
    profile: bool,
    /// Of the process that measures
    #[arg(long, hide = true)]
    pub child: bool,
}

impl Arguments {
    /// # Errors
    /// A row that is not in the table.
    pub fn rows(&self) -> Result<Vec<Row>, Failure> {
        let mut rows = rows::all()?;
        if let Some(name) = self
            .rows
            .iter()
            .find(|name| !rows.iter().any(|row| row.name == **name))
        {
            let known: Vec<&str> = rows.iter().map(|row| &*row.name).collect();
            return Err(format!("no row {name}: there are {}", known.join(", ")).into());
        }
        rows.retain(|row| self.rows.is_empty() || self.rows.contains(&row.name));
        for row in &mut rows {
            row.profile = self.profile;
        }
        Ok(rows)
    }

    /// # Errors
    /// An engine that was not built in.
    pub fn engines(&self) -> Result<Vec<Box<dyn Engine>>, Failure> {
        let mut engines = engines::all();
        let is = |engine: &dyn Engine, name: &str| engine.name().split(' ').next() == Some(name);
        for name in &self.engines {
            if !engines.iter().any(|engine| is(&**engine, name)) {
                return Err(
                    format!("no engine {name}: is it built in, with --features {name}?").into(),
                );
            }
        }
        engines.retain(|engine| {
            self.engines.is_empty() || self.engines.iter().any(|name| is(&**engine, name))
        });
        Ok(engines)
    }
}
