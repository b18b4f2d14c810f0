//! What is multiplied with the windows of images.

use super::way::Way;
use crate::program::Window;
use crate::run::plan::threads::pieces;

/// Which of the three the product makes of the other two: images `x`, weights `w`, and `y[f, p] = Σ w[f, k] u[k, p]`, where `u`
/// are the windows of `x`: entries `k`, places `p`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::run::plan) enum Role {
    /// `y` of `x` and `w`.
    Result,
    /// `w[f, k] = Σ y[f, p] u[k, p]` of `x` and `y`.
    Weights,
    /// `x`, the windows folded back, of `w` and `y`: `u[k, p] = Σ w[f, k] y[f, p]`.
    Images,
}

/// A product with the windows of images.
#[derive(Clone, Debug)]
pub(in crate::run::plan) struct Patches {
    pub role: Role,
    pub window: Window,
    pub image: [usize; 2],
    pub places: [usize; 2],
    /// How many channels are under a window.
    pub channels: usize,
    /// How many `f` there are.
    pub filters: usize,
    /// From an `f` and from a `k` to the next in `w`.
    pub of_w: [usize; 2],
    /// From an `f` and from a `p` to the next in `y`.
    pub of_y: [usize; 2],
    /// Axes around, such as images and groups: of each its dim, and the strides in `x`, `w` and `y`. Those of `x` are dense.
    pub outer: Vec<[usize; 4]>,
    /// How many elements the weights have.
    pub weights: usize,
    /// How many lines the last row of a window is after the first, if rows of windows are shifts of each other.
    pub shift: Option<usize>,
    /// Then how a tile is multiplied, and the last one if that has fewer rows.
    pub ways: Box<[Way]>,
}

/// A tile has at most so many elements, and is in the cache, or so many places.
#[cfg(not(test))]
pub(super) const TILE: usize = 1 << 14;
#[cfg(not(test))]
pub(super) const PLACES: usize = 64;
/// The programs of the tests are small, and are to have several.
#[cfg(test)]
pub(super) const TILE: usize = 16;
#[cfg(test)]
pub(super) const PLACES: usize = 2;

/// The sums of the weights over so many parts of the images at most are made one beside the other.
const PARTS: usize = 4;

impl Patches {
    /// The entries of a window.
    pub fn entries(&self) -> usize {
        self.channels * self.window.size()
    }

    /// How many rows of places a tile has: by size alone.
    pub fn rows(&self) -> usize {
        if let Some(shift) = self.shift {
            return self.rows_of_lines(shift);
        }
        let [rows, columns] = self.places;
        let in_cache = TILE / (self.entries() * columns).max(1);
        in_cache
            .max(PLACES.div_ceil(columns.max(1)))
            .clamp(1, rows.max(1))
    }

    /// The padded lines of an image under so many rows of places.
    pub fn lines(&self, rows: usize) -> usize {
        let Window {
            kernel,
            stride,
            dilation,
            ..
        } = self.window;
        (rows - 1) * stride[0] + (kernel[0] - 1) * dilation[0] + 1
    }

    /// How long a padded line is.
    pub fn line(&self) -> usize {
        self.image[1] + 2 * self.window.padding[1]
    }

    /// Whether there is padding.
    pub fn is_padded(&self) -> bool {
        self.window.padding != [0, 0]
    }

    /// How many elements a thread holds: padded lines, a tile of windows, and a copy of its filters.
    pub fn held(&self) -> [usize; 3] {
        let rows = self.rows();
        let lines = match self.is_padded() {
            true => self.channels * self.lines(rows) * self.line(),
            false => 0,
        };
        let windows = match self.shift {
            Some(shift) => self.channels * self.window.kernel[1] * (rows + shift),
            None => self.entries() * rows,
        };
        [lines, windows * self.places[1], self.copied(rows)]
    }

    /// How many multiplications.
    pub fn size(&self) -> usize {
        let outer: usize = self.outer.iter().map(|axis| axis[0]).product();
        let places = self.places[0] * self.places[1];
        outer * self.filters * self.entries() * places
    }

    /// Into how many sums the weights are cut: by size alone, and not where they would be much.
    pub fn parts(&self) -> usize {
        let outer: usize = self.outer.iter().map(|axis| axis[0]).product();
        let windows = outer * self.entries() * self.places[0] * self.places[1];
        let first = self.outer.first().map_or(1, |axis| axis[0]);
        match self.role {
            Role::Weights if 2 * PARTS * self.weights <= windows => {
                pieces(PARTS, self.size()).min(first)
            }
            _ => 1,
        }
    }
}
