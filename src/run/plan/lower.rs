//! From a program to nodes: what reads the same elements again becomes a view, what works element by element a chain.

mod carry;
mod chains;
mod control;
mod pools;
mod primitives;
mod small;
mod windows;

use super::error::PlanError;
use super::fused::{Fused, fused};
use super::node::{Buffer, Kind, Lowered, Node, Width, Work};
use super::origin::Origin;
use super::place::Region;
use super::view::View;
use crate::program::Program;
use crate::scalar::{Literal, Precision};
use crate::tensor::Type;
use std::collections::{BTreeMap, HashMap};

/// Which instructions share a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// None.
    Single,
    /// Elementwise ones do; and nodes over at most so many elements share a step.
    Grouped(usize),
}

/// What is known while a program is lowered.
pub(super) struct Lowering {
    done: Lowered,
    width: Width,
    /// The nodes of the loop that is lowered, or of the program.
    nodes: Vec<Node>,
    /// The number of that loop.
    scope: usize,
    clock: usize,
    /// Indices that a chain has as scalars 0 and 1: the buffer of indices, that of the scalars.
    compared: HashMap<usize, usize>,
    numbers: HashMap<Literal, usize>,
    /// What makes the buffers that are added.
    origin: Origin,
    /// Whether elementwise instructions share a node.
    is_fused: bool,
}

impl Lowering {
    /// The nodes of a program whose first `carried` outputs are its first inputs in the next run. They stay in the arena.
    pub fn lower(
        program: &Program,
        carried: usize,
        width: Width,
        form: Form,
    ) -> Result<Lowered, PlanError> {
        let mut this = Lowering {
            done: Lowered {
                parents: vec![0],
                ..Lowered::default()
            },
            width,
            nodes: Vec::new(),
            scope: 0,
            clock: 0,
            compared: HashMap::new(),
            numbers: HashMap::new(),
            origin: Origin::default(),
            is_fused: form != Form::Single,
        };
        let mut counts = [0; 3];
        let (mut inputs, mut kept) = (Vec::new(), Vec::new());
        for (number, input) in program.inputs().iter().enumerate() {
            let kind = Kind::of(&input.ty);
            this.origin = Origin::of_input(input);
            let buffer = this.buffer(kind, input.ty.dims().count());
            let view = View::whole(buffer, input.ty.dims());
            if number < carried {
                this.done.carried.push(buffer);
                this.done.buffers[buffer].stored = true;
                kept.push(view.clone());
            } else {
                let region = Region::Input(next(&mut counts, kind));
                this.done.buffers[buffer].region = region;
            }
            inputs.push(this.rounded(view, &input.ty));
        }
        this.origin = Origin::default();
        let outputs = this.body(program, inputs)?;
        let (next, given) = outputs.split_at(carried);
        this.outputs(&program.output_types()[carried..], given);
        this.carry(&kept, next);
        this.done.nodes = this.take_nodes(Vec::new());
        if let Form::Grouped(small) = form {
            this.group(small);
        }
        Ok(this.done)
    }

    /// The outputs of a program at these inputs.
    fn body(&mut self, program: &Program, inputs: Vec<View>) -> Result<Vec<View>, PlanError> {
        let mut values = inputs;
        let around = self.origin.clone();
        let joined = match self.is_fused {
            true => fused(program),
            false => BTreeMap::new(),
        };
        for (number, instruction) in program.instructions().iter().enumerate() {
            match joined.get(&number) {
                Some(Fused::Skipped) => {
                    values.push(values[instruction.arguments[0]].clone());
                    continue;
                }
                Some(Fused::Patches(product)) => {
                    self.origin = Origin::of(instruction, &around);
                    let y = self.patches(product, &values, &instruction.results[0]);
                    values.push(y);
                    continue;
                }
                Some(Fused::Pool(pooling)) => {
                    self.origin = Origin::of(instruction, &around);
                    let y = self.pooled(pooling, &values, &instruction.results[0]);
                    values.push(y);
                    continue;
                }
                None => {}
            }
            let x = instruction.arguments.iter();
            let x: Vec<(View, Type)> = x
                .map(|&id| (values[id].clone(), program.types()[id].clone()))
                .collect();
            self.origin = Origin::of(instruction, &around);
            let y = self.instruction(instruction, &x)?;
            values.extend(y);
        }
        self.origin = around;
        Ok(program
            .outputs()
            .iter()
            .map(|&id| values[id].clone())
            .collect())
    }

    /// Sees that each output is in its place.
    fn outputs(&mut self, types: &[Type], views: &[View]) {
        let mut counts = [0; 3];
        for (view, ty) in views.iter().zip(types) {
            let kind = Kind::of(ty);
            let place = next(&mut counts, kind);
            self.done.outputs.push((kind, place));
            let view = &self.settled(view);
            let buffer = &self.done.buffers[view.buffer];
            let fits = buffer.region == Region::Arena
                && buffer.scope == 0
                && !self.done.carried.contains(&view.buffer)
                && view.is_all_of(buffer.len);
            let buffer = match fits {
                true => {
                    self.read(view);
                    view.buffer
                }
                false => self.copied(view),
            };
            self.done.buffers[buffer].region = Region::Output(place);
        }
    }

    /// A new buffer, which the next node writes.
    fn buffer(&mut self, kind: Kind, len: usize) -> usize {
        self.done.buffers.push(Buffer {
            kind,
            len,
            region: Region::Arena,
            scope: self.scope,
            chain: None,
            stored: false,
            in_registers: false,
            used_inside: false,
            stack: None,
            origin: self.origin.clone(),
        });
        self.done.buffers.len() - 1
    }

    /// Adds a node, and returns the buffer that it writes.
    fn node(&mut self, kind: Kind, len: usize, work: Work) -> usize {
        let buffer = self.buffer(kind, len);
        self.push(work, vec![buffer]);
        buffer
    }

    fn push(&mut self, work: Work, writes: Vec<usize>) {
        self.clock += 1;
        let at = self.clock;
        let origin = self.origin.clone();
        self.nodes.push(Node {
            at,
            work,
            origin,
            writes,
        });
    }

    /// Says that something outside of chains reads a view.
    fn read(&mut self, view: &View) {
        let buffer = &mut self.done.buffers[view.buffer];
        buffer.stored = true;
        buffer.used_inside |= buffer.scope != self.scope;
        if let Some(chain) = buffer.chain {
            self.done.chains[chain].open = false;
        }
    }

    /// A view that is read, with its elements in a buffer: indices of a comparison become indices.
    fn settled(&mut self, view: &View) -> View {
        let Some(&scalars) = self.compared.get(&view.buffer) else {
            return view.clone();
        };
        self.compared.remove(&view.buffer);
        let len = self.done.buffers[scalars].len;
        let x = View::whole(scalars, &[len]);
        self.read(&x);
        self.push(Work::ToIndex { x }, vec![view.buffer]);
        view.clone()
    }

    /// A view of any strides, to be read by a node.
    fn any(&mut self, view: &View) -> View {
        let view = self.settled(view);
        self.read(&view);
        view
    }

    /// A view whose elements lie beside each other, to be read by a node.
    fn beside(&mut self, view: &View) -> View {
        let view = self.settled(view);
        match view.is_dense() {
            true => {
                self.read(&view);
                view
            }
            false => {
                let copy = View::whole(self.copied(&view), &view.dims);
                self.read(&copy);
                copy
            }
        }
    }

    /// A buffer with a copy of a view.
    fn copied(&mut self, view: &View) -> usize {
        let from = self.any(view);
        let kind = self.done.buffers[view.buffer].kind;
        let len = view.count();
        let buffer = self.buffer(kind, len);
        self.copy_into(buffer, from, 0, 0);
        self.done.buffers[buffer].stored = true;
        buffer
    }

    /// A number, everywhere.
    fn number(&mut self, number: Literal, dims: &[usize]) -> View {
        let buffer = match self.numbers.get(&number) {
            Some(&buffer) => buffer,
            None => {
                let buffer = self.constant(Kind::Scalar, 1, self.done.scalars.len());
                self.done.scalars.push(vec![number]);
                self.numbers.insert(number, buffer);
                buffer
            }
        };
        View::whole(buffer, &[]).repeated(dims, &[])
    }

    /// The buffer of a constant.
    fn constant(&mut self, kind: Kind, len: usize, place: usize) -> usize {
        let buffer = self.buffer(kind, len);
        let constant = &mut self.done.buffers[buffer];
        constant.region = Region::Constant(place);
        constant.scope = 0;
        buffer
    }

    /// A value in the precision of its type.
    fn rounded(&mut self, view: View, ty: &Type) -> View {
        match (self.width, ty) {
            (Width::Double, Type::Scalar(_, Precision::Single)) => self.round(&view),
            _ => view,
        }
    }

    /// The nodes so far, in order; those before are put back.
    fn take_nodes(&mut self, before: Vec<Node>) -> Vec<Node> {
        let mut nodes = core::mem::replace(&mut self.nodes, before);
        // Chains run when their last member does.
        nodes.sort_by_key(|node| node.at);
        nodes
    }
}

/// The next number of a kind.
fn next(counts: &mut [usize; 3], kind: Kind) -> usize {
    let count = &mut counts[kind as usize];
    *count += 1;
    *count - 1
}
