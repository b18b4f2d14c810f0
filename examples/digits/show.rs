//! What is printed: a progress bar, the table of confusions, a digit in characters.

use super::data::{BLACK, Digit};
use super::train::{EPOCHS, Epoch};
use indicatif::style::TemplateError;
use indicatif::{ProgressBar, ProgressStyle};
use std::fmt;

/// A bar on stderr; where that is not a terminal, as in CI, a line for every fifth epoch.
pub struct Progress(ProgressBar);

impl Progress {
    pub fn new() -> Result<Self, TemplateError> {
        let style = ProgressStyle::with_template("epoch {pos:>2}/{len} {bar:30} {msg}")?;
        Ok(Progress(ProgressBar::new(EPOCHS as u64).with_style(style)))
    }

    /// One epoch more.
    pub fn step(&self, epoch: Epoch) {
        self.0.inc(1);
        self.0.set_message(epoch.to_string());
        let done = self.0.position();
        if self.0.is_hidden() && done.is_multiple_of(5) {
            eprintln!("epoch {done:>2}/{EPOCHS} {epoch}");
        }
    }

    /// Leaves the bar as it is, and goes to the next line.
    pub fn finish(self) {
        self.0.finish();
        if !self.0.is_hidden() {
            eprintln!();
        }
    }
}

impl fmt::Display for Epoch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = 100.0 * self.accuracy;
        write!(f, "loss {:.4}, training accuracy {percent:.1}%", self.loss)
    }
}

/// How often each digit (row) was taken for each digit (column).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Confusion([[usize; 10]; 10]);

impl Confusion {
    /// Counts a digit `label` that was taken for `answer`.
    pub fn count(&mut self, label: usize, answer: usize) {
        self.0[label][answer] += 1;
    }

    /// How many digits were taken for what they are.
    pub fn right(&self) -> usize {
        (0..10).map(|digit| self.0[digit][digit]).sum()
    }

    /// How many digits were counted.
    pub fn total(&self) -> usize {
        self.0.as_flattened().iter().sum()
    }

    /// The share of the digits that were taken for what they are.
    pub fn accuracy(&self) -> f64 {
        self.right() as f64 / self.total() as f64
    }
}

/// The table, with the recall of each digit: the share of its images that were recognised.
impl fmt::Display for Confusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "digit │")?;
        for answer in 0..10 {
            write!(f, "{answer:>4}")?;
        }
        writeln!(f, " │ recall")?;
        writeln!(f, "──────┼{}─┼────────", "─".repeat(40))?;
        for (digit, row) in self.0.iter().enumerate() {
            write!(f, "{digit:>5} │")?;
            for &count in row {
                match count {
                    0 => write!(f, "   ·")?,
                    _ => write!(f, "{count:>4}")?,
                }
            }
            match row.iter().sum::<usize>() {
                0 => writeln!(f, " │      –")?,
                total => writeln!(f, " │{:>6.1}%", 100.0 * row[digit] as f64 / total as f64)?,
            }
        }
        Ok(())
    }
}

/// A digit, with the probability of each class beside it.
pub struct Picture<'a> {
    pub digit: &'a Digit,
    pub probabilities: &'a [f32],
}

impl fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];
        let mut rows = self.digit.pixels.chunks(8);
        for (class, &probability) in self.probabilities.iter().enumerate() {
            for &pixel in rows.next().unwrap_or(&[0; 8]) {
                let shade = SHADES[usize::from(pixel) * 4 / usize::from(BLACK)];
                write!(f, "{shade}{shade}")?;
            }
            let bar = "█".repeat((30.0 * probability).round() as usize);
            let line = format!("  {class} {:>5.1}% {bar}", 100.0 * probability);
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
