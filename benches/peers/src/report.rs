//! The table.

use crate::measure::Time;
use std::io::{self, Write};
use std::time::Duration;

/// A table that is printed row by row.
pub struct Report {
    engines: Vec<&'static str>,
    notes: Vec<&'static str>,
}

impl Report {
    /// Prints the head of the table.
    pub fn begin(engines: Vec<&'static str>) -> Self {
        println!("Median of a step, in brackets the least.\n");
        print!("| |");
        for engine in &engines {
            print!(" {engine} |");
        }
        if engines.len() > 1 {
            print!(" best other / {} |", engines[0]);
        }
        let columns = engines.len() + usize::from(engines.len() > 1);
        println!("\n| --- |{}", " ---: |".repeat(columns));
        Self {
            engines,
            notes: Vec::new(),
        }
    }

    /// Prints a row.
    ///
    /// # Errors
    /// Those of the output.
    pub fn row(&mut self, name: &str, times: &[Result<Time, &'static str>]) -> io::Result<()> {
        print!("| {name} |");
        for time in times {
            match time {
                Ok(time) => print!(" {} ({}) |", shown(time.median), shown(time.least)),
                Err(reason) => print!(" [{}] |", self.note(reason)),
            }
        }
        if times.len() > 1 {
            print!(" {} |", ratio(times).unwrap_or_default());
        }
        println!();
        io::stdout().flush()
    }

    /// The number of a reason.
    fn note(&mut self, reason: &'static str) -> usize {
        let known = self.notes.iter().position(|note| *note == reason);
        let at = known.unwrap_or_else(|| {
            self.notes.push(reason);
            self.notes.len() - 1
        });
        at + 1
    }

    /// Prints the reasons why engines are missing.
    pub fn end(self) {
        for (note, number) in self.notes.iter().zip(1..) {
            println!("\n[{number}] {note}");
        }
        if self.engines.is_empty() {
            println!("\nNo engine is built in.");
        }
    }
}

/// The best of the others as a multiple of the first: above 1 the first is ahead.
fn ratio(times: &[Result<Time, &'static str>]) -> Option<String> {
    let (first, others) = times.split_first()?;
    let first = first.as_ref().ok()?.median;
    let best = others.iter().flatten().map(|time| time.median).min()?;
    Some(format!("{:.2}", best.as_secs_f64() / first.as_secs_f64()))
}

/// Three digits and a unit.
fn shown(time: Duration) -> String {
    let micros = time.as_secs_f64() * 1e6;
    let (number, unit) = match micros {
        ..1e3 => (micros, "µs"),
        1e3..1e6 => (micros / 1e3, "ms"),
        _ => (micros / 1e6, "s"),
    };
    match number {
        ..10.0 => format!("{number:.2} {unit}"),
        10.0..100.0 => format!("{number:.1} {unit}"),
        _ => format!("{number:.0} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_three_digits() {
        let shown = |nanos| shown(Duration::from_nanos(nanos));
        assert_eq!(shown(480), "0.48 µs");
        assert_eq!(shown(7_312), "7.31 µs");
        assert_eq!(shown(75_430_000), "75.4 ms");
        assert_eq!(shown(2_000_000_000), "2.00 s");
    }

    #[test]
    fn a_ratio_is_of_the_best_other() {
        let time = |millis| {
            let median = Duration::from_millis(millis);
            Ok(Time {
                median,
                least: median,
            })
        };
        assert_eq!(
            ratio(&[time(2), time(9), Err("no"), time(5)]).as_deref(),
            Some("2.50")
        );
        assert_eq!(ratio(&[time(2), Err("no")]), None);
        assert_eq!(ratio(&[Err("no"), time(2)]), None);
    }
}
