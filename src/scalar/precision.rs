//! How exact the numbers of a run are.

/// The precision of a value of a program: that of the run, or one that a part of a program asks for.
///
/// ```
/// use cotangent::prelude::*;
/// use cotangent::scalar::Precision;
/// let third = 1.0 / 3.0;
/// let cast = |precision| third.rounded(precision);
/// assert_eq!([cast(Precision::Run), cast(Precision::Double)], [third; 2]);
/// assert_eq!(cast(Precision::Single), f64::from(1.0_f32 / 3.0));
/// assert_eq!(Precision::default(), Precision::Run);
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Precision {
    /// What the scalar of the run has.
    #[default]
    Run,
    /// 24 bits, as `f32`.
    Single,
    /// 53 bits, as `f64`.
    Double,
}

/// `run`, `single` or `double`.
impl core::fmt::Display for Precision {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.write_str(match self {
            Precision::Run => "run",
            Precision::Single => "single",
            Precision::Double => "double",
        })
    }
}
