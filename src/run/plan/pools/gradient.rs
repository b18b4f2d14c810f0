//! The gradient of a maximum over windows, as the rule of `reduce_max` writes it: the entries that are not below the largest share
//! what it is given.

use super::find::{Seeker, Windows};
use super::pooling::Read;
use crate::program::{Binary, Prim, Reduction, Unary, Window};
use crate::scalar::Literal;

impl Seeker<'_> {
    /// Images, the largest of their windows, and what those were given, if that is what the entries of the windows are given.
    pub(super) fn of_largest(
        &mut self,
        value: usize,
        window: Window,
        image: [usize; 2],
    ) -> Option<Vec<Read>> {
        // Padding is given nothing, which is said where it was made lower.
        let of = self.step(value)?;
        let (given, inside) = match &of.prim {
            Prim::Select(_) => {
                let [inside, given, zero] = *of.arguments else {
                    return None;
                };
                let is_zero = self.is_number(zero, Literal::ratio(0, 1));
                (is_zero.then_some(given)?, Some(inside))
            }
            _ => (value, None), // a match over primitives: no other chooses
        };
        let (shared, dy) = self.times(given)?;
        let [share, total] = self.binary(Binary::Div, shared)?;
        let total = self.along_entries(total)?;
        let total = self.over_entries(Reduction::Sum, total)?;
        let (windows, largest) = self.share(share)?;
        // They may be computed twice, so their instructions are compared.
        if total != share && self.share(total)? != (windows, largest) {
            return None;
        }
        // That it is the largest says the program: another value would have another gradient.
        let joined = self.over_entries(Reduction::Max, largest)?;
        let of_largest = self.windows(joined, true)?;
        let is_padded = window.padding != [0, 0];
        let is_same = windows == of_largest && windows.window == window && windows.image == image;
        let is_right = match inside {
            Some(inside) => is_padded && self.is_inside(inside, window)?,
            None => !is_padded,
        };
        let reads = [Read::Value(windows.images), Read::Value(largest), dy];
        (is_same && is_right).then(|| reads.into())
    }

    /// The windows and the largest, of a value that is 1 where an entry is not below the largest, else 0.
    fn share(&mut self, value: usize) -> Option<(Windows, usize)> {
        let [one, below] = self.binary(Binary::Sub, value)?;
        let is_one = self.is_number(one, Literal::ratio(1, 1));
        let below = self.unary(Unary::Step, below)?;
        let [largest, entries] = self.binary(Binary::Sub, below)?;
        let largest = self.along_entries(largest)?;
        let windows = self.windows(entries, true)?;
        is_one.then_some((windows, largest))
    }

    /// The factors of what the entries are given: their shares, and what the largest is given.
    fn times(&mut self, value: usize) -> Option<(usize, Read)> {
        let of = self.step(value)?;
        match &of.prim {
            Prim::Binary(Binary::Mul) => {
                let [x, y] = [of.arguments[0], of.arguments[1]];
                [(x, y), (y, x)].into_iter().find_map(|(share, given)| {
                    let of = self.step(given)?;
                    Some((share, self.repeated(of, given)?))
                })
            }
            // What is given is 1.
            Prim::Binary(Binary::Div) => {
                let mut places = self.dims(value);
                places.remove(places.len().checked_sub(2)?);
                Some((value, Read::Number(Literal::ratio(1, 1), places)))
            }
            _ => None, // a match over primitives: no other is a product
        }
    }
}
