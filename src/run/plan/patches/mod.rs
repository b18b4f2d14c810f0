//! Products with the windows of images, which are made a tile at a time and never stored: a convolution and its two gradients.

mod axes;
mod find;
mod product;
mod shifted;
mod step;
mod tile;
mod way;

pub(super) use axes::Contraction;
pub(super) use find::products;
pub(super) use product::{Patches, Role};
pub(super) use step::PatchesStep;
