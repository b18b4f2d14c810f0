//! Around a loop: an output of the steps that is an input of them is that input, and equal outputs are one.

use crate::program::ProgramError;
use crate::program::builder::Builder;
use crate::program::input::Label;
use crate::program::syntax::{Function, Scan, Steps};
use std::sync::Arc;

/// Where the values of an output of the steps are.
enum Place {
    /// They are those of an input.
    Input(usize),
    /// They are what the loop gives: the number of an output that it has.
    Output(usize),
}

/// Writes a loop, and returns the ids of its results; of those that its steps only pass on, the arguments.
pub(super) fn push(
    b: &mut Builder,
    scan: &Scan,
    x: &[usize],
    label: Option<Arc<Label>>,
) -> Result<Vec<usize>, ProgramError> {
    let mut body = scan.body.body().clone();
    let (carried, outputs) = body.outputs().split_at(scan.carried);
    let mut kept: Vec<(usize, Steps)> = Vec::new();
    let mut place = |output: (usize, Steps)| {
        let (id, steps) = output;
        if let Some(input) = id.checked_sub(scan.constants + scan.carried)
            && scan.inputs.get(input) == Some(&steps)
        {
            return Place::Input(input);
        }
        let known = kept.iter().position(|&other| other == output);
        Place::Output(known.unwrap_or_else(|| {
            kept.push(output);
            kept.len() - 1
        }))
    };
    let pairs = outputs.iter().copied().zip(scan.outputs.iter().copied());
    let places: Vec<Place> = pairs.map(&mut place).collect();

    let ids = kept.iter().map(|&(id, _)| id);
    let results: Vec<usize> = carried.iter().copied().chain(ids).collect();
    let mut of_loop = Vec::new();
    if !results.is_empty() {
        body.set_outputs(&results)?;
        let scan = Scan {
            body: Function::new(scan.body.name(), body, None),
            outputs: kept.iter().map(|&(_, steps)| steps).collect(),
            ..scan.clone()
        };
        of_loop = b.push_labelled(scan.into(), x, label)?;
    }
    let mut rest = of_loop.into_iter();
    let mut all: Vec<usize> = rest.by_ref().take(scan.carried).collect();
    let widths = kept.iter().map(|&(_, steps)| scan.width(steps));
    let given: Vec<Vec<usize>> = widths
        .map(|width| rest.by_ref().take(width).collect())
        .collect();
    let inputs = scan.parts(x).inputs;
    for place in places {
        all.extend(match place {
            Place::Input(input) => &inputs[input],
            Place::Output(output) => &given[output],
        });
    }
    Ok(all)
}
