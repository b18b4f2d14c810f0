//! What becomes of each primitive.

use super::Lowering;
use crate::program::{
    ArgMax, ArgMin, Broadcast, Cast, Compare, Concat, Constant, Elements, Fold, FoldIn,
    FoldInIndex, Full, Function, Gather, Instruction, Iota, Offset, OneHot, Pad, Permute, Prim,
    Reduce, Reshape, Scale, ScatterAdd, Select, Slice, Unary, Unfold,
};
use crate::run::plan::error::PlanError;
use crate::run::plan::member::{Drawn, Element};
use crate::run::plan::node::{Copied, Kind, Work};
use crate::run::plan::user_kernel::RESULTS;
use crate::run::plan::view::{View, dense};
use crate::scalar::Precision;
use crate::tensor::Type;

impl Lowering {
    /// The views of the results of an instruction.
    pub(super) fn instruction(
        &mut self,
        instruction: &Instruction,
        arguments: &[(View, Type)],
    ) -> Result<Vec<View>, PlanError> {
        let x: Vec<&View> = arguments.iter().map(|(view, _)| view).collect();
        let ty = &instruction.results[0];
        let y = match &instruction.prim {
            Prim::Call(call) => {
                if let Some(y) = self.user_kernel(&call.function, arguments) {
                    return Ok(y);
                }
                let inputs = x.into_iter().cloned().collect();
                return self.body(call.function.body(), inputs);
            }
            Prim::Scan(scan) => return self.scan(scan, &x, &instruction.results),
            Prim::Unary(Unary::Stop) => x[0].clone(),
            Prim::Unary(f) => self.element(Element::Unary(*f), &x),
            Prim::Binary(f) => self.element(Element::Binary(*f), &x),
            Prim::Scale(Scale(c)) => self.element(Element::Scale(*c), &x),
            Prim::Offset(Offset(c)) => self.element(Element::Offset(*c), &x),
            Prim::Select(Select) => self.element(Element::Select, &x),
            Prim::Compare(Compare(f)) => {
                let scalars = self.element(Element::Compare(*f), &x);
                let indices = self.buffer(Kind::Index, scalars.count());
                self.compared.insert(indices, scalars.buffer);
                View::whole(indices, ty.dims())
            }
            Prim::Cast(Cast(Precision::Single)) => return Ok(vec![self.round(x[0])]),
            Prim::Cast(Cast(Precision::Run | Precision::Double)) => x[0].clone(),
            Prim::Full(Full(dims, c)) => self.number(*c, dims),
            Prim::Constant(constant) => self.constant_of(constant),
            Prim::Iota(Iota(dims, axis)) => {
                let len = dims[*axis];
                let buffer = self.constant(Kind::Index, len, self.done.indices.len());
                self.done.indices.push((0..len).collect());
                View::whole(buffer, &[len]).repeated(dims, &[*axis])
            }
            Prim::Contract(contract) => {
                let (left, right) = (self.any(x[0]), self.any(x[1]));
                let labels = contract.clone();
                self.result(
                    ty,
                    Work::Product {
                        labels,
                        left,
                        right,
                    },
                )
            }
            Prim::Reduce(Reduce(how, axes)) => self.reduced(*how, axes, x[0]),
            Prim::CumSum(prim) => {
                let (prim, x) = (prim.clone(), self.beside(x[0]));
                self.result(ty, Work::CumSum { prim, x })
            }
            Prim::ArgMax(prim) => self.argument(ty, prim.clone(), false, x[0]),
            Prim::ArgMin(ArgMin(axis)) => self.argument(ty, ArgMax(*axis), true, x[0]),
            Prim::TopK(prim) => {
                let (prim, x) = (prim.clone(), self.beside(x[0]));
                self.result(ty, Work::TopK { prim, x })
            }
            Prim::Reshape(Reshape(dims)) => match x[0].reshaped(dims) {
                Some(view) => view,
                None => View::whole(self.copied(x[0]), dims),
            },
            Prim::Permute(Permute(axes)) => x[0].permuted(axes),
            Prim::Broadcast(Broadcast(dims, axes)) => x[0].repeated(dims, axes),
            Prim::Slice(Slice { axis, start, len }) => x[0].part(*axis, *start, *len),
            Prim::Concat(Concat(axis)) => {
                let mut start = 0;
                let strides = dense(ty.dims());
                let parts = x.iter().map(|x| {
                    let from = self.any(x);
                    let offset = start * strides[*axis];
                    start += from.dims[*axis];
                    let strides = strides.clone();
                    Copied {
                        from,
                        offset,
                        strides,
                    }
                });
                let parts = parts.collect();
                self.result(
                    ty,
                    Work::Copy {
                        parts,
                        zero: false,
                        advance: 0,
                    },
                )
            }
            Prim::Pad(Pad { axis, start, .. }) => {
                let strides = dense(ty.dims());
                let offset = match x[0].count() {
                    0 => 0,
                    _ => start * strides[*axis],
                };
                let from = self.any(x[0]);
                let parts = vec![Copied {
                    from,
                    offset,
                    strides,
                }];
                self.result(
                    ty,
                    Work::Copy {
                        parts,
                        zero: true,
                        advance: 0,
                    },
                )
            }
            Prim::Unfold(Unfold(window)) => {
                let x = self.beside(x[0]);
                let image = [x.dims[x.dims.len() - 2], x.dims[x.dims.len() - 1]];
                let prim = Unfold(*window);
                self.result(ty, Work::Unfold { prim, image, x })
            }
            Prim::Fold(Fold(window, image)) => {
                let (prim, x) = (Fold(*window, *image), self.beside(x[0]));
                self.result(ty, Work::Fold { prim, x })
            }
            Prim::Gather(prim) => self.gathered(ty, prim, x[0], x[1]),
            Prim::ScatterAdd(prim) => self.scattered(ty, prim, x[0], x[1]),
            Prim::OneHot(OneHot(classes)) => {
                let (classes, indices) = (*classes, self.beside(x[0]));
                self.result(ty, Work::OneHot { classes, indices })
            }
            Prim::ToScalar(_) => match self.compared.get(&x[0].buffer) {
                Some(&buffer) => View {
                    buffer,
                    ..x[0].clone()
                },
                None => {
                    let indices = self.beside(x[0]);
                    self.result(ty, Work::ToScalar { indices })
                }
            },
            Prim::FoldIn(FoldIn(number)) => {
                let (number, keys) = (*number, self.beside(x[0]));
                self.result(ty, Work::FoldIn { number, keys })
            }
            Prim::FoldInIndex(FoldInIndex) => {
                let (keys, indices) = (self.beside(x[0]), self.beside(x[1]));
                self.result(ty, Work::FoldInIndex { keys, indices })
            }
            Prim::Mask(mask) => self.draw(Drawn::Mask(mask.keep), &mask.dims, x[0]),
            Prim::Uniform(uniform) => self.draw(Drawn::Uniform, &uniform.0, x[0]),
        };
        Ok(vec![self.rounded(y, ty)])
    }

    /// The result of a node.
    fn result(&mut self, ty: &Type, work: Work) -> View {
        let buffer = self.node(Kind::of(ty), ty.dims().count(), work);
        View::whole(buffer, ty.dims())
    }

    fn argument(&mut self, ty: &Type, prim: ArgMax, smallest: bool, x: &View) -> View {
        let x = self.beside(x);
        self.result(ty, Work::ArgMax { prim, smallest, x })
    }

    fn gathered(&mut self, ty: &Type, prim: &Gather, table: &View, indices: &View) -> View {
        let (table, indices) = (self.beside(table), self.beside(indices));
        let (prim, dims) = (prim.clone(), table.dims.clone());
        self.result(
            ty,
            Work::Gather {
                prim,
                dims,
                table,
                indices,
            },
        )
    }

    fn scattered(&mut self, ty: &Type, prim: &ScatterAdd, x: &View, indices: &View) -> View {
        let (x, indices) = (self.beside(x), self.beside(indices));
        let (prim, dims) = (prim.clone(), ty.dims().to_vec());
        self.result(
            ty,
            Work::ScatterAdd {
                prim,
                dims,
                x,
                indices,
            },
        )
    }

    fn constant_of(&mut self, constant: &Constant) -> View {
        let Constant { dims, elements } = constant;
        let len = dims.count();
        let buffer = match elements {
            Elements::Scalars(all) => {
                let buffer = self.constant(Kind::Scalar, len, self.done.scalars.len());
                self.done.scalars.push(all.clone());
                buffer
            }
            Elements::Indices { elements, .. } => {
                let buffer = self.constant(Kind::Index, len, self.done.indices.len());
                self.done.indices.push(elements.clone());
                buffer
            }
            Elements::Keys(all) => {
                let buffer = self.constant(Kind::Key, len, self.done.keys.len());
                self.done.keys.push(all.clone());
                buffer
            }
        };
        View::whole(buffer, dims)
    }

    /// The results by the kernel of a user, if there is one that can be run: not where each instruction is looked at.
    fn user_kernel(&mut self, function: &Function, x: &[(View, Type)]) -> Option<Vec<View>> {
        let kernel = function.kernel().filter(|_| self.is_fused)?.clone();
        let types = function.body().output_types();
        if types.len() >= RESULTS || !types.iter().all(Type::is_scalar) {
            return None;
        }
        let is_key = |(_, ty): &(View, Type)| matches!(ty, Type::Key(_));
        if x.iter().any(is_key) {
            return None;
        }
        let (mut tensors, mut labels) = (Vec::new(), Vec::new());
        for (view, ty) in x {
            let view = self.beside(view);
            match ty.is_scalar() {
                true => tensors.push(view),
                false => labels.push(view),
            }
        }
        let writes = types
            .iter()
            .map(|ty| self.buffer(Kind::Scalar, ty.dims().count()));
        let writes: Vec<usize> = writes.collect();
        let work = Work::Kernel {
            kernel,
            tensors,
            labels,
        };
        self.push(work, writes.clone());
        let views = writes.iter().zip(&types);
        let views = views.map(|(&buffer, ty)| self.rounded(View::whole(buffer, ty.dims()), ty));
        Some(views.collect())
    }
}
