//! Degrees of fractions of polynomials, as bounds.

/// The degrees of the numerator and the denominator of a fraction, as upper bounds.
///
/// ```
/// use cotangent::program::Degree;
/// // x + 1/x = (x² + 1) / x
/// let recip = Degree { over: 0.0, under: 1.0 };
/// let sum = Degree::VARIABLE.plus(recip);
/// assert_eq!((sum.over, sum.under), (2.0, 1.0));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Degree {
    /// Of the numerator.
    pub over: f64,
    /// Of the denominator.
    pub under: f64,
}

/// ```
/// use cotangent::program::Degree;
/// let square = Degree::VARIABLE.times(Degree::VARIABLE);
/// assert_eq!(square.plus(Degree::CONSTANT), square);
/// assert_eq!(square.summed(10), square); // ten squares
/// assert_eq!(square.either(Degree::VARIABLE), square);
/// // x² = x has at most two solutions.
/// assert_eq!(square.difference(Degree::VARIABLE), 2.0);
/// ```
impl Degree {
    /// Of a number.
    pub const CONSTANT: Degree = Degree {
        over: 0.0,
        under: 0.0,
    };
    /// Of an indeterminate.
    pub const VARIABLE: Degree = Degree {
        over: 1.0,
        under: 0.0,
    };

    /// Of a sum.
    pub fn plus(self, other: Degree) -> Degree {
        Degree {
            over: (self.over + other.under).max(other.over + self.under),
            under: self.under + other.under,
        }
    }

    /// Of a product.
    pub fn times(self, other: Degree) -> Degree {
        Degree {
            over: self.over + other.over,
            under: self.under + other.under,
        }
    }

    /// Of a sum of `n` values.
    pub fn summed(self, n: usize) -> Degree {
        let n = n as f64;
        match n {
            0.0 => Degree::CONSTANT,
            _ => Degree {
                over: self.over + (n - 1.0) * self.under,
                under: n * self.under,
            },
        }
    }

    /// Of the reciprocal.
    pub(crate) fn recip(self) -> Degree {
        Degree {
            over: self.under,
            under: self.over,
        }
    }

    /// Of either of two.
    pub fn either(self, other: Degree) -> Degree {
        Degree {
            over: self.over.max(other.over),
            under: self.under.max(other.under),
        }
    }

    /// Of the polynomial that is zero when two fractions are equal.
    pub fn difference(self, other: Degree) -> f64 {
        self.plus(other).over
    }
}
