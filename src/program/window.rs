//! The geometry of a window that moves over an image.

use core::fmt;

/// A window of `kernel` pixels (rows, columns) that moves over a padded image in steps of `stride`, its pixels
/// `dilation` apart.
///
/// ```
/// use cotangent::program::Window;
/// let window = Window { padding: [1, 1], ..Window::of([3, 3]) };
/// assert_eq!(window.places([8, 6]), Some([8, 6]));
/// assert_eq!(Window::of([9, 1]).places([8, 6]), None);
/// ```
///
/// With a stride and a dilation:
/// ```
/// use cotangent::program::Window;
/// let window = Window { kernel: [3, 3], stride: [2, 2], padding: [0, 0], dilation: [2, 2] };
/// assert_eq!(window.places([9, 9]), Some([3, 3])); // it covers 5 pixels, and moves by 2
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window {
    /// The pixels of the window.
    pub kernel: [usize; 2],
    /// How far it moves.
    pub stride: [usize; 2],
    /// How many rows or columns of zeros are on each side of the image.
    pub padding: [usize; 2],
    /// How far its pixels are apart: 1 for neighbours.
    pub dilation: [usize; 2],
}

impl Window {
    /// A window that moves by one pixel over an image without padding.
    pub const fn of(kernel: [usize; 2]) -> Self {
        Window {
            kernel,
            stride: [1; 2],
            padding: [0; 2],
            dilation: [1; 2],
        }
    }

    /// How many pixels it has.
    ///
    /// ```
    /// use cotangent::program::Window;
    /// assert_eq!(Window::of([3, 2]).size(), 6);
    /// ```
    pub fn size(&self) -> usize {
        self.kernel[0].saturating_mul(self.kernel[1])
    }

    /// How many places it has along each axis of an image: `(H + 2 padding - dilation (kernel - 1) - 1) / stride + 1`.
    /// `None` where it does not fit, and for a kernel, stride or dilation of 0.
    pub fn places(&self, image: [usize; 2]) -> Option<[usize; 2]> {
        let along = |axis: usize| {
            let reach = self.dilation[axis].checked_mul(self.kernel[axis].checked_sub(1)?)?;
            let padded = image[axis].checked_add(self.padding[axis].checked_mul(2)?)?;
            let moves = padded.checked_sub(reach.checked_add(1)?)?;
            match self.dilation[axis] {
                0 => None,
                _ => moves.checked_div(self.stride[axis])?.checked_add(1),
            }
        };
        Some([along(0)?, along(1)?])
    }

    /// The dims `[kernel, places]` of what it makes of an image; `None` where it does not fit or they are too large.
    pub(super) fn unfolded(&self, image: [usize; 2]) -> Option<[usize; 2]> {
        let [rows, columns] = self.places(image)?;
        let size = self.kernel[0].checked_mul(self.kernel[1])?;
        Some([size, rows.checked_mul(columns)?])
    }

    /// Calls `visit(entry of [kernel, places], pixel of the image)` for each that is not padding, in order.
    pub(super) fn visit(&self, image: [usize; 2], mut visit: impl FnMut(usize, usize)) {
        let Some([rows, columns]) = self.places(image) else {
            return;
        };
        let pixel = |axis: usize, place: usize, offset: usize| {
            let padded = place * self.stride[axis] + offset * self.dilation[axis];
            let pixel = padded.checked_sub(self.padding[axis])?;
            (pixel < image[axis]).then_some(pixel)
        };
        let mut entry = 0;
        for y in 0..self.kernel[0] {
            for x in 0..self.kernel[1] {
                for row in 0..rows {
                    let row = pixel(0, row, y);
                    for column in 0..columns {
                        if let (Some(row), Some(column)) = (row, pixel(1, column, x)) {
                            visit(entry, row * image[1] + column);
                        }
                        entry += 1;
                    }
                }
            }
        }
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "kernel {:?}", self.kernel)?;
        let usual = Window::of(self.kernel);
        for (name, value, usual) in [
            ("stride", self.stride, usual.stride),
            ("padding", self.padding, usual.padding),
            ("dilation", self.dilation, usual.dilation),
        ] {
            if value != usual {
                write!(f, ", {name} {value:?}")?;
            }
        }
        Ok(())
    }
}
