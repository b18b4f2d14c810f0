//! The same elements elsewhere. All but [`Pad`](super::super::Pad) take values of any kind; only those of scalars have
//! tangents and cotangents.

mod order;
mod parts;
#[cfg(test)]
mod tests;
