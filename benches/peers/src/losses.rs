//! That all engines do the same: the losses of the first and of the tenth step.

use crate::rows::{Built, Failure, Row};

/// How many steps are compared.
const STEPS: usize = 10;
/// How far apart two losses may be, relative to them.
const CLOSE: f32 = 1e-4;

/// What JAX found, `row,first,tenth`: `jax_rows.py` writes it.
const EXPECTED: &str = include_str!("../losses.csv");

/// Runs ten steps of every engine, and holds their losses to those of the file.
///
/// # Errors
/// A loss that is another; those of the libraries.
pub fn check(row: &Row, built: &mut [(&'static str, Built)]) -> Result<(), Failure> {
    let expected = expected(EXPECTED, &row.name)?;
    for (engine, step) in built {
        let Built::Step(step) = step else { continue };
        let losses = (0..STEPS).map(|_| step()).collect::<Result<Vec<_>, _>>()?;
        for (at, expected) in [(0, expected.0), (STEPS - 1, expected.1)] {
            if !close(losses[at], expected) {
                let (name, number, loss) = (&row.name, at + 1, losses[at]);
                return Err(format!(
                    "{name}: {engine}: the loss of step {number} is {loss}, expected {expected}"
                )
                .into());
            }
        }
    }
    Ok(())
}

/// The first and the tenth loss of a row.
fn expected(table: &str, row: &str) -> Result<(f32, f32), Failure> {
    let found = table.lines().find_map(|line| {
        let (name, losses) = line.split_once(',')?;
        (name == row).then_some(losses)
    });
    let (first, tenth) = found
        .and_then(|losses| losses.split_once(','))
        .ok_or_else(|| format!("no losses of the row {row}"))?;
    Ok((first.parse()?, tenth.parse()?))
}

/// A NaN is close to nothing.
fn close(loss: f32, expected: f32) -> bool {
    (loss - expected).abs() <= CLOSE * expected.abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rows::{self, Step};

    #[test]
    fn every_row_has_losses() -> Result<(), Failure> {
        for row in rows::all()? {
            let (first, tenth) = expected(EXPECTED, &row.name)?;
            assert!(first.is_finite() && tenth.is_finite(), "{}", row.name);
        }
        Ok(())
    }

    /// A step whose losses are these, and then the last one.
    fn made(losses: &'static [f32]) -> Step {
        let mut losses = losses.iter().cycle();
        Box::new(move || losses.next().copied().ok_or("no loss".into()))
    }

    #[test]
    fn another_loss_is_refused() -> Result<(), Failure> {
        let row = &rows::all()?[0];
        let (first, _) = expected(EXPECTED, &row.name)?;
        assert!(!close(first * 1.001, first) && close(first * 1.00001, first));
        assert!(!close(f32::NAN, first));
        let mut built = [("made", Built::Step(made(&[0.5])))];
        let error = check(row, &mut built).unwrap_err().to_string();
        assert!(
            error.starts_with("W1: made: the loss of step 1 is 0.5"),
            "{error}"
        );
        Ok(())
    }
}
