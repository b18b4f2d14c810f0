//! Degrees of fractions of polynomials, as bounds.

/// The degrees of the numerator and the denominator of a fraction, as upper bounds.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Degree {
    /// Of the numerator.
    pub over: f64,
    /// Of the denominator.
    pub under: f64,
}

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
