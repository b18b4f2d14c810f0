//! How what is drawn is chosen.

/// Chooses a number below its argument.
///
/// ```
/// use cotangent::env::Choose;
/// use cotangent::env::Draw;
/// fn smallest() -> Box<Choose<'static>> {
///     Box::new(|_below| 0)
/// }
/// assert_eq!(<() as Draw>::draw(&mut *smallest()), Some(()));
/// ```
pub type Choose<'c> = dyn FnMut(usize) -> usize + 'c;
