//! The node of a product with the windows of images.

use super::Lowering;
use crate::run::plan::node::{Kind, Work};
use crate::run::plan::patches::{Contraction, Patches, Role};
use crate::run::plan::view::{View, dense};
use crate::tensor::Type;

impl Lowering {
    /// The node of a product with windows.
    pub(super) fn patches(&mut self, product: &Contraction, values: &[View], ty: &Type) -> View {
        let Contraction { role, labels, .. } = product;
        let [first, second] = product.factors.map(|value| &values[value]);
        let left = match role {
            Role::Images => self.any(first),
            _ => self.beside(first),
        };
        let right = self.any(second);
        let made = dense(ty.dims());
        let [w, y] = match role {
            Role::Result => [&right.strides, &made],
            Role::Weights => [&made, &right.strides],
            Role::Images => [&left.strides, &right.strides],
        };
        let stride = |labels: &[usize], strides: &[usize], label: usize| {
            let place = labels.iter().position(|&other| other == label);
            place.map_or(0, |axis| strides[axis])
        };
        let (of_w, of_y) = (
            |label| stride(&labels[1], w, label),
            |label| stride(&labels[2], y, label),
        );
        // `is_one` said that they are there.
        let (outer, k, p) = product.windows().unwrap_or((&[], 0, 0));
        let filter = product.filter();
        // The second factor has it, whatever is made.
        let of_second = match role {
            Role::Result => &labels[1],
            Role::Weights | Role::Images => &labels[2],
        };
        let filters = filter.and_then(|label| {
            let axis = of_second.iter().position(|&other| other == label)?;
            right.dims.get(axis).copied()
        });
        let entries = product.dims[outer.len()];
        let channels = entries / product.window.size().max(1);
        let mut images = channels * product.image[0] * product.image[1];
        let mut axes: Vec<[usize; 4]> = Vec::new();
        for (&label, &dim) in outer.iter().zip(&product.dims).rev() {
            axes.push([dim, images, of_w(label), of_y(label)]);
            images *= dim;
        }
        axes.reverse();
        axes.retain(|axis| axis[0] != 1);
        let patches = Patches {
            role: *role,
            window: product.window,
            image: product.image,
            places: product.places().unwrap_or([0; 2]),
            channels,
            filters: filters.unwrap_or(1),
            of_w: [filter.map_or(0, of_w), of_w(k)],
            of_y: [filter.map_or(0, of_y), of_y(p)],
            outer: axes,
            weights: match role {
                Role::Weights => ty.dims().count(),
                _ => 0,
            },
            shift: None,
            ways: Box::default(),
        }
        .with_ways();
        let len = ty.dims().count();
        let buffer = self.buffer(Kind::Scalar, len);
        let mut writes = vec![buffer];
        if patches.parts() > 1 {
            writes.push(self.buffer(Kind::Scalar, len * patches.parts()));
        }
        self.push(
            Work::Patches {
                patches,
                left,
                right,
            },
            writes,
        );
        View::whole(buffer, ty.dims())
    }
}
