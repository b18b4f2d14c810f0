//! Bad input: an index out of range, no elements, NaN and infinities, an exact zero to divide by, wrong dims. A typed
//! error, or the result that is documented; never a panic that is not.

mod empty;
mod environments;
mod primitives;
