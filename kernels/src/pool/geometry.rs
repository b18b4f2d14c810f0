//! The geometry of a pool.

use super::lines::Lines;

/// So many elements of images are in planes at once, where that is more than one image.
const GROUP: usize = 1 << 12;

/// A window that moves over padded images, each of which is pooled by itself: [`max`](Self::max), [`sum`](Self::sum), and their
/// gradients.
///
/// ```
/// use cotangent_kernels::Pool;
/// let pool = Pool::new([2, 4], [2, 2], [2, 2], [0, 0], [1, 1]).ok_or("does not fit")?;
/// let (x, dy) = ([1.0, 2.0, 5.0, 5.0, 4.0, 3.0, 0.0, 0.0], [1.0, 1.0]);
/// let (mut y, mut dx) = ([0.0; 2], [0.0; 8]);
/// let mut held = vec![0.0; pool.held()];
/// pool.max(&x, &mut y, &mut held)?;
/// assert_eq!(y, [4.0, 5.0]);
/// pool.max_gradient([&x, &y, &dy], &mut dx, &mut held)?;
/// assert_eq!(dx, [0.0, 0.0, 0.5, 0.5, 1.0, 0.0, 0.0, 0.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
//
// An image is cut into planes: the pixels whose rows, and whose columns, leave the same remainder by the stride. In a plane the
// entries that one pixel of the window has at all places lie beside each other, but for a few columns after each row of places,
// which belong to no place: so all loops are long, over a stride of 1.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pool {
    /// Rows and columns of an image.
    pub(super) image: [usize; 2],
    /// Rows and columns of places.
    pub(super) places: [usize; 2],
    pub(super) lines: Lines,
    /// Where the entries of the window at the first place are in the planes, in order.
    pub(super) entries: Box<[usize]>,
    /// How many images are pooled as one that is as high as all of them.
    pub(super) group: usize,
}

impl Pool {
    /// That of images and a kernel of so many rows and columns; nothing if a window does not fit, or a number is 0 that must not be.
    pub fn new(
        image: [usize; 2],
        kernel: [usize; 2],
        stride: [usize; 2],
        padding: [usize; 2],
        dilation: [usize; 2],
    ) -> Option<Self> {
        let along = |axis: usize| {
            let reach = dilation[axis].checked_mul(kernel[axis].checked_sub(1)?)?;
            let padded = image[axis].checked_add(padding[axis].checked_mul(2)?)?;
            let moves = padded.checked_sub(reach.checked_add(1)?)?;
            let is_some = dilation[axis] > 0 && image[axis] > 0;
            is_some.then_some(moves.checked_div(stride[axis])? + 1)
        };
        let places = [along(0)?, along(1)?];
        // Images that lie one above the other are one image, if no window is over two of them.
        let is_apart = padding == [0, 0]
            && image[0].is_multiple_of(stride[0])
            && dilation[0] * (kernel[0] - 1) < stride[0];
        let group = match is_apart {
            true => (GROUP / image[0].checked_mul(image[1])?).max(1),
            false => 1,
        };
        let more = [0, 1].map(|axis| dilation[axis] * (kernel[axis] - 1) / stride[axis]);
        let lines = Lines {
            image,
            stride,
            padding,
            rows: group * places[0] + more[0],
            pitch: places[1] + more[1],
        };
        lines.checked_size()?;
        let mut entries = Vec::with_capacity(kernel[0].checked_mul(kernel[1])?);
        for row in (0..kernel[0]).map(|row| row * dilation[0]) {
            for column in (0..kernel[1]).map(|column| column * dilation[1]) {
                entries.push(lines.at(row, column));
            }
        }
        Some(Pool {
            image,
            places,
            lines,
            entries: entries.into(),
            group,
        })
    }

    /// Rows and columns of places: of what an image becomes.
    pub fn places(&self) -> [usize; 2] {
        self.places
    }

    /// How many entries a window has.
    pub fn entries(&self) -> usize {
        self.entries.len()
    }

    /// How many elements its functions need to work with.
    pub fn held(&self) -> usize {
        2 * self.in_planes() + 2 * self.between()
    }

    /// The pixels of an image.
    pub fn pixels(&self) -> usize {
        self.image[0] * self.image[1]
    }

    /// What an image becomes.
    pub(super) fn made(&self) -> usize {
        self.places[0] * self.places[1]
    }

    /// How many elements the planes have; none if the images are planes as they are.
    pub(super) fn in_planes(&self) -> usize {
        match self.lines.are_images() {
            true => 0,
            false => self.lines.size(),
        }
    }

    /// How many places there are with the columns between their rows; none if there are none.
    pub(super) fn between(&self) -> usize {
        match self.lines.pitch == self.places[1] {
            true => 0,
            false => self.group * self.places[0] * self.lines.pitch,
        }
    }

    /// From the first place of so many images to the last, with the columns between their rows.
    pub(super) fn reach(&self, images: usize) -> usize {
        (images * self.places[0] - 1) * self.lines.pitch + self.places[1]
    }
}
