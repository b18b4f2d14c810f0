//! What a node is alone. A tape has tensors only, so a node that reads computed labels contains what makes them.

use super::closures::Corner;
use super::node::{Reading, built};
use super::one_output::output_of;
use super::origins::{Maker, Origins};
use crate::program::{Builder, Function, Prim, Program, TRANSFORM};
use crate::tensor::Type;
use std::collections::{BTreeMap, BTreeSet};

/// The result of an instruction, or of a node after closures, as a function of tensors and entries.
pub(super) fn reading(origins: Origins<'_>, id: usize) -> Reading {
    let maker = origins.maker(id);
    let arguments = maker.arguments();
    if arguments.iter().all(|&id| origins.argument(id).is_some()) {
        let arguments = arguments.iter().filter_map(|&id| origins.argument(id));
        return Reading {
            function: alone(origins.program, maker, id),
            arguments: arguments.collect(),
        };
    }
    // The makers of labels, back to tensors and entries.
    let mut makers = BTreeSet::new();
    let mut open: Vec<usize> = arguments.to_vec();
    while let Some(id) = open.pop() {
        if origins.argument(id).is_none() && makers.insert(origins.first_result(id)) {
            open.extend(origins.maker(id).arguments());
        }
    }
    let mut b = Builder::new(&TRANSFORM);
    let mut inputs = Vec::new();
    let mut values: BTreeMap<usize, usize> = BTreeMap::new();
    let mut names = Vec::new();
    let mut known =
        |b: &mut Builder, values: &mut BTreeMap<usize, usize>, ids: &[usize]| -> Vec<usize> {
            let mut all = Vec::with_capacity(ids.len());
            for &id in ids {
                let value = *values.entry(id).or_insert_with(|| {
                    let input = b.input(origins.ty(id).clone().into());
                    inputs.push(input);
                    names.extend(origins.argument(id));
                    input
                });
                all.push(value);
            }
            all
        };
    // What the node itself takes comes first, in its order.
    let own = arguments.iter().copied();
    let own: Vec<usize> = own.filter(|&id| origins.argument(id).is_some()).collect();
    known(&mut b, &mut values, &own);
    for first in makers {
        let maker = origins.maker(first);
        let x = known(&mut b, &mut values, maker.arguments());
        for (i, y) in apply(&mut b, maker, &x).into_iter().enumerate() {
            // A tensor beside the labels is a node of its own, and an input here.
            if origins.argument(first + i).is_none() {
                values.insert(first + i, y);
            }
        }
    }
    let x = known(&mut b, &mut values, arguments);
    let y = apply(&mut b, maker, &x)[id - origins.first_result(id)];
    Reading {
        function: Function::new(maker.op(), built(b.finish(&inputs, &[y])), None),
        arguments: names,
    }
}

/// Writes what makes a value into a program.
fn apply(b: &mut Builder, maker: Maker<'_>, x: &[usize]) -> Vec<usize> {
    match maker {
        Maker::Instruction { instruction, .. } => built(b.push_all(instruction.prim.clone(), x)),
        Maker::Corner(node) => match &node.work {
            Corner::Function(function) => built(b.call(function, x)),
            Corner::Closures(_) => unreachable!("closures make a tensor, and no labels"),
        },
    }
}

/// What takes tensors and entries only.
fn alone(program: &Program, maker: Maker<'_>, id: usize) -> std::sync::Arc<Function> {
    let (instruction, result) = match maker {
        Maker::Instruction { instruction, first } => (instruction, id - first),
        Maker::Corner(node) => match &node.work {
            Corner::Function(function) => return std::sync::Arc::clone(function),
            Corner::Closures(_) => unreachable!("closures have no function"),
        },
    };
    if let Prim::Call(call) = &instruction.prim {
        return output_of(&call.function, result);
    }
    let types: Vec<Type> = program.argument_types(instruction);
    let mut body = Program::new(&types);
    let arguments: Vec<usize> = (0..types.len()).collect();
    let first = built(body.push(instruction.prim.clone(), &arguments));
    built(body.set_outputs(&[first + result]));
    Function::new(&instruction.prim.name(), body, None)
}
