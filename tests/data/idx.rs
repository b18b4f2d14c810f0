//! Arrays of IDX, by hand, and wrong.

use crate::files::{Folder, error, packed, shown};
use cotangent::data::{Column, DataError, Dataset, idx};
use cotangent::prelude::*;

/// An IDX file of this type and these sizes.
fn idx_of(code: u8, sizes: &[u32], data: &[u8]) -> Vec<u8> {
    let mut file = vec![0, 0, code, sizes.len() as u8];
    file.extend(sizes.iter().flat_map(|size| size.to_be_bytes()));
    file.extend(data);
    file
}

#[test]
fn arrays_of_idx() -> Result<(), DataError> {
    let parsed = idx::parse::<u8>("x", &idx_of(8, &[2, 1, 2], &[1, 2, 3, 255]))?;
    assert_eq!(
        shown(&parsed),
        ("[2, 1, 2]".to_owned(), vec![1.0, 2.0, 3.0, 255.0])
    );
    assert_eq!(
        shown(&idx::parse::<i8>("x", &idx_of(9, &[1], &[255]))?).1,
        [-1.0]
    );
    assert_eq!(
        shown(&idx::parse::<i16>("x", &idx_of(11, &[1], &[255, 254]))?).1,
        [-2.0]
    );
    assert_eq!(
        shown(&idx::parse::<i32>("x", &idx_of(12, &[1], &[0, 0, 1, 2]))?).1,
        [258.0]
    );
    assert_eq!(
        shown(&idx::parse::<f32>(
            "x",
            &idx_of(13, &[1], &1.5_f32.to_be_bytes())
        )?)
        .1,
        [1.5]
    );
    assert_eq!(
        shown(&idx::parse::<f64>(
            "x",
            &idx_of(14, &[1], &0.1_f64.to_be_bytes())
        )?)
        .1,
        [0.1]
    );
    Ok(())
}

#[test]
fn idx_files_that_are_wrong() {
    let whole = idx_of(8, &[2, 2], &[1, 2, 3, 4]);
    for length in 0..whole.len() {
        let expected = match length {
            0..4 => 4,
            4..12 => 12,
            _ => 16,
        };
        let text = format!("x: expected {expected} bytes, got {length}");
        assert_eq!(error(idx::parse::<u8>("x", &whole[..length])), text);
    }
    for (file, text) in [
        (idx_of(8, &[2], &[1, 2, 3]), "x: expected 10 bytes, got 11"),
        (
            idx_of(13, &[1], &[0; 4]),
            "x, byte 2: expected elements of type u8, got f32",
        ),
        (
            idx_of(7, &[1], &[0]),
            "x, byte 2: expected the type of the elements, 0x08, 0x09 or 0x0b to 0x0e, got 0x07",
        ),
        (
            vec![0x89, b'P', b'N', b'G'],
            "x, byte 0: expected two bytes of 0, as an IDX file begins, got 0x8950",
        ),
        (
            idx_of(8, &[u32::MAX], &[]),
            "x: expected 4294967303 bytes, got 8",
        ),
        (
            idx_of(8, &[u32::MAX, u32::MAX], &[]),
            "x: an array of dims [4294967295, 4294967295] has too many elements",
        ),
        (
            idx_of(8, &[0; 255], &[1]),
            "x: expected 1024 bytes, got 1025",
        ),
    ] {
        assert_eq!(error(idx::parse::<u8>("x", &file)), text);
    }
}

/// The set of MNIST, in small: files, packed if the feature is there.
#[test]
fn images_and_labels_of_two_files() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Folder::new();
    let pixels: Vec<u8> = (0..18).map(|i| i * 15).collect();
    let images = folder.file("images-idx3-ubyte", idx_of(8, &[3, 2, 3], &pixels));
    let labels = folder.file("labels-idx1-ubyte", packed(&idx_of(8, &[3], &[7, 0, 10])));
    let images = idx::read::<u8>(images)?;
    let x = images.bytes::<f32, shape![2, 3]>(|byte| f32::from(byte) / 255.0)?;
    let labels = idx::read::<u8>(labels)?;
    let few: Result<Column<f32, Labels<10, shape![]>>, _> = labels.labels();
    let text = "labels-idx1-ubyte: label 2 is 10, and there are 10 classes: expected 0 to 9";
    assert_eq!(folder.error(few), text);
    let set: Dataset<f32, environment![[2, 3], [] < 11]> = Dataset::new((x, labels.labels()?))?;
    let tlist![image, label] = set.example(1).expect("the second");
    let expected =
        [[90.0, 105.0, 120.0], [135.0, 150.0, 165.0]].map(|row| row.map(|x: f32| x / 255.0));
    assert_eq!((image, label), (Tensor::from(expected), Labels::new([0])?));
    let text = "images-idx3-ubyte: expected rows of dims [3, 2], got [2, 3]";
    assert_eq!(
        folder.error(images.map(f32::from).column::<shape![3, 2]>()),
        text
    );
    Ok(())
}

/// A file may say that it has 255 axes.
#[test]
fn dims_that_are_many_are_cut() {
    let mut file = vec![0, 0, 8, 255];
    file.extend([0, 0, 1, 0].repeat(255));
    let expected = "many: an array of dims [256, 256, 256, 256, 256, 256, 256, 256, and 247 more] has too many elements";
    assert_eq!(error(idx::parse::<u8>("many", &file)), expected);
}
