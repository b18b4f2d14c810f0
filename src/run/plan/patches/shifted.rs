//! Windows whose rows are lines of one set: entry `(c, i, j)` at all places is what the lines of `(c, j)` are from some line on, so
//! only the columns of windows are gathered, and the sums read the lines where they lie.

use super::product::{PLACES, Patches, Role, TILE};
use super::way::Way;
use cotangent_kernels::{Dots, Sums};

/// The lines of a tile have at most so many elements, if they are several.
const LINES: usize = 2 * TILE;

/// With fewer filters than these the vectors of the weights' sums would be all but empty.
#[cfg(not(test))]
const FEW: usize = 4;
#[cfg(test)]
const FEW: usize = 2;

/// With more terms than these a tile of a packed product reads less.
#[cfg(not(test))]
const TERMS: usize = 1 << 10;
#[cfg(test)]
const TERMS: usize = 16;

/// With fewer filters than these and so many places or more in a tile, weights are sums along places: a vector of filters would have
/// few, and the lanes of a sum are joined once.
#[cfg(not(test))]
const LONG: [usize; 2] = [16, 256];
#[cfg(test)]
const LONG: [usize; 2] = [3, 4];

impl Patches {
    /// With how tiles are multiplied, where rows of windows are shifts of each other.
    pub fn with_ways(mut self) -> Self {
        if !self.is_shifted() {
            return self;
        }
        self.shift = Some(self.last());
        let (rows, all) = (self.rows(), self.places[0]);
        let last = Some(all % rows).filter(|&last| last > 0);
        let tiles = [rows].into_iter().chain(last);
        self.ways = tiles.map(|rows| self.way(rows)).collect();
        self
    }

    /// Whether the sums are less work than the gathering of windows.
    fn is_shifted(&self) -> bool {
        let height = self.window.kernel[0];
        let [down, _] = self.window.stride;
        let are_lines = height > 1 && self.window.dilation[0].is_multiple_of(down);
        let of_filters = self.filters * self.entries();
        of_filters > 0
            && are_lines
            && match self.role {
                Role::Result => self.of_y[1] == 1 && self.entries() <= TERMS,
                // They are summed by columns in the place of the result, and turned at the end.
                Role::Weights if !self.is_long() => {
                    self.filters >= FEW
                        && self.of_w == [self.entries(), 1]
                        && self.outer.iter().all(|axis| axis[2] % of_filters == 0)
                }
                Role::Weights => true,
                // Before and after the places are zeros.
                Role::Images => {
                    let are_few = self.filters * height <= TERMS;
                    are_few && 2 * self.last() <= self.places[0]
                }
            }
    }

    /// Whether the weights are sums along places.
    pub(super) fn is_long(&self) -> bool {
        let [filters, places] = LONG;
        let of_tile = self.rows_of_lines(self.last()) * self.places[1];
        self.of_y[1] == 1 && self.filters < filters && of_tile >= places
    }

    /// From a row of windows to the next, in lines.
    fn step(&self) -> usize {
        self.window.dilation[0] / self.window.stride[0].max(1)
    }

    /// From the first row of windows to the last.
    fn last(&self) -> usize {
        (self.window.kernel[0] - 1) * self.step()
    }

    /// How many rows of places a tile of lines has.
    pub(super) fn rows_of_lines(&self, shift: usize) -> usize {
        let [rows, columns] = self.places;
        let line = self.channels * self.window.kernel[1] * columns;
        let few = PLACES.div_ceil(columns.max(1));
        let least = match self.role {
            Role::Images => few.max(2 * shift),
            _ => few,
        };
        (LINES / line.max(1))
            .saturating_sub(shift)
            .max(least)
            .clamp(1, rows.max(1))
    }

    /// How many elements the filters of a tile have, as the sums read them: places by filters, or with zeros around.
    pub(super) fn copied(&self, rows: usize) -> usize {
        match (self.role, self.shift) {
            (Role::Weights, Some(_)) if !self.is_long() => {
                self.filters * (rows * self.places[1]).max(self.entries())
            }
            (Role::Images, Some(shift)) => self.filters * (rows + 2 * shift) * self.places[1],
            _ => 0,
        }
    }

    /// How a tile of so many rows of places is multiplied.
    fn way(&self, rows: usize) -> Way {
        let ([height, width], columns) = (self.window.kernel, self.places[1]);
        let (shift, step) = (self.shift.unwrap_or(0), self.step());
        let (lines, places) = (rows + shift, rows * columns);
        // Where an entry's lines begin, and where it is in the windows.
        let line = |entry: usize| {
            let (c, i, j) = (
                entry / (height * width),
                entry / width % height,
                entry % width,
            );
            ((c * width + j) * lines + i * step) * columns
        };
        let ([f, k], entries, filters) = (self.of_w, self.entries(), self.filters);
        Way::Sums(match self.role {
            Role::Result => {
                let terms = (0..entries).map(|entry| [entry * k, line(entry)]);
                Sums::new((0..filters).map(|at| at * f), terms, places, self.of_y[0])
            }
            Role::Weights if self.is_long() => {
                let of_y = (0..filters).map(|at| [at * self.of_y[0], at * f]);
                let of_x = (0..entries).map(|entry| [line(entry), entry * k]);
                return Way::Dots(Dots::new(of_y, of_x, places));
            }
            Role::Weights => {
                let terms = (0..places).map(|place| [place, place * filters]);
                Sums::new((0..entries).map(line), terms, filters, filters)
            }
            Role::Images => {
                let rows = (0..self.channels * width)
                    .map(|row| (row / width * height * width + row % width) * k);
                let filter = places + 2 * shift * columns;
                let terms = (0..filters * height).map(|term| {
                    let (at, i) = (term / height, term % height);
                    let from = at * filter + (shift - i * step) * columns;
                    [at * f + i * width * k, from]
                });
                Sums::new(rows, terms, lines * columns, lines * columns)
            }
        })
    }
}
