//! A digit in characters.

use super::model::{Digits, Weights, answers};
use super::train::TEST;
use cotangent::data::DataError;
use cotangent::prelude::*;
use std::fmt;

/// A digit, with the probability of each class beside it.
pub struct Picture {
    pub label: usize,
    pub answer: usize,
    /// 8x8, row by row, from 0 to 1.
    pub pixels: Vec<f32>,
    pub probabilities: Vec<f32>,
}

/// Of the digits of the test the one whose answer has the smallest probability.
pub fn most_doubtful(test: &Digits, weights: &Weights) -> Result<Option<Picture>, DataError> {
    let tlist![x, labels] = test.all::<N<TEST>>()?;
    let (probabilities, answers) = answers().value((&x, weights), ());
    let pictures = x.as_slice().chunks(64).zip(labels.as_slice());
    let answers = answers
        .as_slice()
        .iter()
        .zip(probabilities.as_slice().chunks(10));
    let all = pictures.zip(answers);
    let least = all.min_by(|(_, (a, p)), (_, (b, q))| p[**a].total_cmp(&q[**b]));
    Ok(
        least.map(|((pixels, &label), (&answer, probabilities))| Picture {
            label,
            answer,
            pixels: pixels.to_vec(),
            probabilities: probabilities.to_vec(),
        }),
    )
}

impl fmt::Display for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];
        let mut rows = self.pixels.chunks(8);
        for (class, &probability) in self.probabilities.iter().enumerate() {
            for &pixel in rows.next().unwrap_or(&[0.0; 8]) {
                let shade = SHADES[(4.0 * pixel.clamp(0.0, 1.0)) as usize];
                write!(f, "{shade}{shade}")?;
            }
            let bar = "█".repeat((30.0 * probability).round() as usize);
            let line = format!("  {class} {:>5.1}% {bar}", 100.0 * probability);
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}
