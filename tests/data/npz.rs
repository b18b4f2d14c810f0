//! Archives of arrays.

use crate::files::{Folder, bytes_of, error, made};
use cotangent::data::npy::Npz;
use cotangent::data::{DataError, Dataset};
use cotangent::prelude::*;

#[test]
fn archives_of_numpy() -> Result<(), Box<dyn std::error::Error>> {
    let stored = Npz::read(made("stored.npz"))?;
    assert_eq!(stored.names(), ["x", "y"]);
    let x = stored.array::<f32>("x")?.column::<shape![2]>()?;
    let set: Dataset<f32, environment![[2], [] < 3]> =
        Dataset::new((x, stored.array::<u8>("y")?.labels()?))?;
    assert_eq!(
        set.example(2),
        Some(tlist![Tensor::from([1.0, 1.25]), Labels::new([1])?])
    );
    let packed = Npz::read(made("packed.npz"))?;
    assert_eq!(packed.array::<f32>("x")?.as_slice(), [0.0; 800]);
    assert_eq!(packed.array::<i64>("y")?.as_slice()[95..], [5, 6, 7, 8, 9]);
    Ok(())
}

#[test]
fn archives_that_are_wrong() -> Result<(), DataError> {
    let folder = Folder::new();
    let stored = Npz::parse("stored.npz", bytes_of("stored.npz"))?;
    let text = r#"stored.npz, entry "z": there is none of this name: there are "x", "y""#;
    assert_eq!(error(stored.array::<f32>("z")), text);
    let text = r#"stored.npz, entry "y": expected elements of type f32, got `|u1`"#;
    assert_eq!(error(stored.array::<f32>("y")), text);
    let text = r#"stored.npz, entry "x": expected rows of dims [3], got [2]"#;
    assert_eq!(error(stored.array::<f32>("x")?.column::<shape![3]>()), text);
    let none = folder.file("none.npz", "");
    assert!(
        folder
            .error(Npz::read(none))
            .starts_with("none.npz: it is no archive of arrays: ")
    );
    // One bit of an element: the archive has a sum of each entry.
    let mut bytes = bytes_of("stored.npz");
    let at = bytes
        .windows(4)
        .position(|four| four == 1.25_f32.to_le_bytes())
        .expect("the last of x");
    bytes[at] ^= 1;
    let wrong = Npz::parse("stored.npz", bytes)?.array::<f32>("x");
    assert_eq!(
        error(wrong),
        r#"stored.npz, entry "x": it is no archive of arrays: Invalid checksum"#
    );
    // Without its end an archive has no list.
    let whole = bytes_of("packed.npz");
    for length in 0..whole.len() {
        let text = error(Npz::parse("packed.npz", &whole[..length]));
        assert!(
            text.starts_with("packed.npz: it is no archive of arrays: "),
            "{text}"
        );
    }
    Ok(())
}
