//! What of a graph runs as one plan.

/// Of which results there are cotangents.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Seeded {
    All,
    /// Of the first value only: the others stand beside it.
    First,
}

/// What of a graph runs as one plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Planned {
    Values,
    /// The values, then the tangents of those that have one.
    Tangents,
    /// The values, then the cotangents of the inputs.
    Cotangents(Seeded),
}

impl Planned {
    pub(crate) const COUNT: usize = 4;

    /// A number below [`COUNT`](Self::COUNT).
    pub(crate) fn place(self) -> usize {
        match self {
            Planned::Values => 0,
            Planned::Tangents => 1,
            Planned::Cotangents(Seeded::All) => 2,
            Planned::Cotangents(Seeded::First) => 3,
        }
    }
}
