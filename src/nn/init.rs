//! What parameters are at first: names for `#[init(…)]`, which needs no `use`.

pub use crate::context::initialiser::{
    constant, kaiming_normal, kaiming_uniform, lecun_normal, lecun_uniform, normal, ones,
    orthogonal, truncated_normal, uniform, xavier_normal, xavier_uniform, zeros,
};
