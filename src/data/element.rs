//! Types of the elements of arrays in files.

/// A number that files have arrays of: `u8` to `u64`, `i8` to `i64`, `f32` and `f64`; and `bool`.
pub trait Element: Copy + Send + Sync + 'static {
    /// Its name, as in Rust.
    const NAME: &'static str;
    /// Unsigned, signed, floating or boolean: `u`, `i`, `f` or `b`, as NumPy has it.
    #[doc(hidden)]
    const KIND: char;
    /// The elements of these bytes. Bytes after the last whole element are left out.
    #[doc(hidden)]
    fn of_bytes(bytes: &[u8], order: ByteOrder) -> Vec<Self>;
}

/// Which byte of a number comes first.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ByteOrder {
    /// The least.
    Little,
    /// The greatest.
    Big,
}

macro_rules! element {
    ($($T:ident $KIND:literal)*) => {$(
        impl Element for $T {
            const NAME: &'static str = stringify!($T);
            const KIND: char = $KIND;
            fn of_bytes(bytes: &[u8], order: ByteOrder) -> Vec<Self> {
                let (each, _) = bytes.as_chunks();
                match order {
                    ByteOrder::Little => each.iter().map(|bytes| $T::from_le_bytes(*bytes)).collect(),
                    ByteOrder::Big => each.iter().map(|bytes| $T::from_be_bytes(*bytes)).collect(),
                }
            }
        }
    )*};
}

element!(u8 'u' u16 'u' u32 'u' u64 'u' i8 'i' i16 'i' i32 'i' i64 'i' f32 'f' f64 'f');

impl Element for bool {
    const NAME: &'static str = "bool";
    const KIND: char = 'b';
    fn of_bytes(bytes: &[u8], _order: ByteOrder) -> Vec<Self> {
        bytes.iter().map(|&byte| byte != 0).collect()
    }
}

/// How many bytes so many elements of this size take, if any computer has as many.
pub(super) fn bytes_of<T>(count: usize) -> Option<u64> {
    (count as u64).checked_mul(size_of::<T>() as u64)
}
