//! A contraction as a product with the windows of images: which of its axes are what.

use super::product::Role;
use crate::program::Window;

/// A product with windows.
pub(in crate::run::plan) struct Contraction {
    pub role: Role,
    pub window: Window,
    pub image: [usize; 2],
    /// The dims of the windows, as they are contracted.
    pub dims: Vec<usize>,
    /// The labels of the windows, of the weights, and of what is indexed by places.
    pub labels: [Vec<usize>; 3],
    /// The factors, in that order without what is made.
    pub factors: [usize; 2],
}

impl Contraction {
    /// The labels of the axes around, of entries and of places.
    pub fn windows(&self) -> Option<(&[usize], usize, usize)> {
        match &*self.labels[0] {
            [outer @ .., k, p] => Some((outer, *k, *p)),
            _ => None,
        }
    }

    /// How many places along each axis.
    pub fn places(&self) -> Option<[usize; 2]> {
        self.window.places(self.image)
    }

    /// The label of `w` and `y` that the windows do not have, if it is one.
    pub fn filter(&self) -> Option<usize> {
        let [x, w, _] = &self.labels;
        w.iter().copied().find(|label| !x.contains(label))
    }

    /// Whether it is a product of matrices in loops.
    pub fn is_one(&self) -> bool {
        let [x, w, y] = &self.labels;
        let (Some((outer, k, p)), Some([rows, columns])) = (self.windows(), self.places()) else {
            return false;
        };
        let [.., entries, places] = *self.dims else {
            return false;
        };
        let is_whole =
            entries.is_multiple_of(self.window.size().max(1)) && places == rows * columns;
        let is_some = self.dims.iter().all(|&dim| dim > 0) && self.image.iter().all(|&dim| dim > 0);
        let are_apart = w.contains(&k) && !y.contains(&k) && y.contains(&p) && !w.contains(&p);
        // Nothing is added to a result from outside of a product.
        let are_made = self.role != Role::Result || outer.iter().all(|label| y.contains(label));
        let filters = |labels: &[usize]| -> Vec<usize> {
            let own = labels.iter().filter(|label| !x.contains(label));
            own.copied().collect()
        };
        let (of_w, of_y) = (filters(w), filters(y));
        is_whole && is_some && are_apart && are_made && of_w.len() < 2 && of_w == of_y
    }
}
