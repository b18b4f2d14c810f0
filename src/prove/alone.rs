//! Nodes alone, in as many environments and sets of draws as may show something new.

use super::at_point::Programs;
use super::chosen::at_slots;
use super::drawn_environments::ENVIRONMENTS;
use super::draws::Draws;
use super::environments::{Drawn, LARGE_ENVIRONMENTS, Tried, another_set, computes_labels};
use super::function_laws::{AtPoints, POINTS, show};
use super::method::{Method, Shown};
use crate::counterexample::Counterexample;
use crate::program::Function;

/// Shows the laws of a function that reads some entries of an environment. Labels reach each class, and comparisons each
/// answer, if there are at most 4,096. Where normal forms are too large, it is at three points modulo the prime in the first
/// 32, and at one in the others.
///
/// # Errors
/// The first law that does not hold.
pub(super) fn show_alone(
    function: &Function,
    place: &str,
    slots: &[usize],
    drawn: &Drawn,
    mut exact: bool,
) -> Result<Tried, Counterexample> {
    let programs = Programs::of(function, place)?;
    let computed = computes_labels(function);
    let (mut draws, mut total) = (Draws::new(), Shown::nothing());
    let mut at_points: Option<AtPoints<'_>> = None;
    let mut number = 0;
    loop {
        let entries = at_slots(slots, drawn.environment(number));
        if !exact && number >= LARGE_ENVIRONMENTS && at_points.is_none() {
            at_points = Some(AtPoints::new(function, &programs)?);
        }
        let shown = draws.in_set(number as u64, || {
            let points = match number < ENVIRONMENTS {
                true => POINTS,
                false => 1,
            };
            let at_points = at_points.as_ref();
            match at_points.and_then(|at_points| at_points.show(points, &entries)) {
                Some(shown) => Ok(shown),
                // With words for what is wrong, or at other points.
                None => show(function, place, &entries, exact),
            }
        })?;
        // The normal forms of the next are as large.
        exact &= shown.method == Method::NormalForms;
        total = total.and(shown);
        number += 1;
        let another = computed && another_set(&draws, number as u64);
        if !another && !drawn.are_new(slots, number) {
            break;
        }
    }
    Ok(Tried {
        shown: total,
        number,
        complete: !computed || draws.are_complete(number as u64),
    })
}
