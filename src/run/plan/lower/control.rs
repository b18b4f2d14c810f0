//! Loops: their body is lowered once, in place. Stacks are read and written an entry at a time.

use super::Lowering;
use crate::program::{Scan, Steps};
use crate::run::plan::error::PlanError;
use crate::run::plan::node::{Copied, Kind, Work};
use crate::run::plan::place::Region;
use crate::run::plan::view::{View, dense};
use crate::tensor::Type;

impl Lowering {
    /// The results of a loop.
    pub(super) fn scan(
        &mut self,
        scan: &Scan,
        x: &[&View],
        y: &[Type],
    ) -> Result<Vec<View>, PlanError> {
        let (constants, rest) = x.split_at(scan.constants);
        let (first, mut rest) = rest.split_at(scan.carried);
        let mut inputs = Vec::new();
        for view in constants {
            inputs.push(self.fixed(view));
        }
        let mut carried = Vec::new();
        for (view, ty) in first.iter().zip(y) {
            let from = self.any(view);
            let buffer = self.buffer(Kind::of(ty), ty.dims().count());
            self.copy_into(buffer, from, 0, 0);
            self.done.buffers[buffer].stored = true;
            self.done.buffers[buffer].used_inside = true;
            carried.push(View::whole(buffer, ty.dims()));
        }
        inputs.extend(carried.iter().cloned());
        let types = &scan.body.body().input_types()[inputs.len()..];
        for (&steps, ty) in scan.inputs.iter().zip(types) {
            let width = match steps {
                Steps::Stacked => 1,
                Steps::Listed => scan.length,
            };
            let (group, after) = rest.split_at(width);
            rest = after;
            let stack = match steps {
                Steps::Stacked => self.fixed(group[0]),
                Steps::Listed => self.stacked(group, ty),
            };
            inputs.push(stack.entry());
        }

        // Where the outputs of the steps go.
        let outputs = scan.body.body().output_types();
        let stacks = outputs[scan.carried..].iter().map(|ty| {
            let len = scan.length * ty.dims().count();
            self.buffer(Kind::of(ty), len)
        });
        let stacks: Vec<usize> = stacks.collect();

        self.done.parents.push(self.scope);
        let scope = core::mem::replace(&mut self.scope, self.done.parents.len() - 1);
        let before = core::mem::take(&mut self.nodes);
        let results = self.body(scan.body.body(), inputs)?;
        let (next, of_step) = results.split_at(scan.carried);
        for (&stack, view) in stacks.iter().zip(of_step) {
            self.put_in_stack(stack, view);
        }
        self.carry(&carried, next);
        let inner = core::mem::replace(&mut self.scope, scope);
        let nodes = self.take_nodes(before);
        let work = Work::Loop {
            length: scan.length,
            reverse: scan.reverse,
            scope: inner,
            nodes,
        };
        self.push(work, Vec::new());

        let mut all = carried;
        for ((&steps, &stack), ty) in scan
            .outputs
            .iter()
            .zip(&stacks)
            .zip(&outputs[scan.carried..])
        {
            let dims: Vec<usize> = core::iter::once(scan.length)
                .chain(ty.dims().iter().copied())
                .collect();
            let view = View::whole(stack, &dims);
            match steps {
                Steps::Stacked => all.push(view),
                Steps::Listed => all.extend((0..scan.length).map(|step| {
                    let mut entry = view.part(0, step, 1);
                    entry.dims.remove(0);
                    entry.strides.remove(0);
                    entry
                })),
            }
        }
        Ok(all)
    }

    /// A view that does not move with the loop around this one, since the steps of this one are counted inside.
    fn fixed(&mut self, view: &View) -> View {
        match view.advance {
            0 => self.any(view),
            _ => View::whole(self.copied(view), &view.dims),
        }
    }

    /// Values of one type along a new first axis.
    fn stacked(&mut self, values: &[&View], ty: &Type) -> View {
        let each = ty.dims().count();
        let parts = values.iter().enumerate().map(|(i, value)| Copied {
            from: self.any(value),
            offset: i * each,
            strides: dense(ty.dims()),
        });
        let (parts, len) = (parts.collect(), values.len() * each);
        let work = Work::Copy {
            parts,
            zero: false,
            advance: 0,
        };
        let buffer = self.node(Kind::of(ty), len, work);
        self.done.buffers[buffer].stored = true;
        let dims: Vec<usize> = core::iter::once(values.len())
            .chain(ty.dims().iter().copied())
            .collect();
        View::whole(buffer, &dims)
    }

    /// Copies a view, dense, into a buffer from `offset` on.
    pub(super) fn copy_into(&mut self, buffer: usize, from: View, offset: usize, advance: usize) {
        let strides = dense(&from.dims);
        let parts = vec![Copied {
            from,
            offset,
            strides,
        }];
        let work = Work::Copy {
            parts,
            zero: false,
            advance,
        };
        self.push(work, vec![buffer]);
    }

    /// Puts an output of a step into its stack: it is made there, if nothing stands against it.
    fn put_in_stack(&mut self, stack: usize, view: &View) {
        let view = self.any(view);
        let (len, scope) = (view.count(), self.scope);
        self.done.buffers[stack].stored = true;
        self.done.buffers[stack].used_inside = true;
        let buffer = &mut self.done.buffers[view.buffer];
        let is_made_here = buffer.scope == scope && buffer.region == Region::Arena;
        if is_made_here
            && buffer.stack.is_none()
            && !buffer.used_inside
            && view.is_all_of(buffer.len)
        {
            buffer.stack = Some((stack, len));
        } else {
            self.copy_into(stack, view, 0, len);
        }
    }
}
