//! Bad input: an index out of range, no elements, NaN and infinities, an exact zero to divide by, wrong dims. A typed
//! error, or the result that is documented; never a panic that is not.

mod environments;
mod memory;
mod primitives;
mod random;
mod refusals;
mod scalars;
mod sizes;

use cotangent::program::Value;

/// The types of some values.
fn shown(values: &[Value<f64>]) -> String {
    let types = values.iter().map(|value| value.ty().to_string());
    types.collect::<Vec<_>>().join(" and ")
}
