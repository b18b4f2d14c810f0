//! Tensors with names.

use crate::files::{Folder, bytes_of, error, made};
use cotangent::data::DataError;
use cotangent::data::safetensors::Safetensors;
use cotangent::prelude::*;

#[test]
fn a_file_of_the_python_package() -> Result<(), DataError> {
    let file = Safetensors::read(made("three.safetensors"))?;
    assert_eq!(file.names(), ["b", "half", "w"]);
    let w: Tensor<f32, shape![3, 2]> = file.array("w")?.tensor()?;
    assert_eq!(w, Tensor::from([[0.0, 0.25], [0.5, 0.75], [1.0, 1.25]]));
    assert_eq!(file.array::<i64>("b")?.as_slice(), [1, -1]);
    let text = |rest: &str| format!("{}, {rest}", made("three.safetensors").display());
    let half = text(r#"entry "half": expected elements of type f32, got F16"#);
    assert_eq!(error(file.array::<f32>("half")), half);
    let none = text(r#"entry "v": there is none of this name: there are "b", "half", "w""#);
    assert_eq!(error(file.array::<f32>("v")), none);
    let dims = text(r#"entry "w": expected dims [2, 3], got [3, 2]"#);
    assert_eq!(
        error(file.array::<f32>("w")?.tensor::<shape![2, 3]>()),
        dims
    );
    Ok(())
}

#[test]
fn files_that_are_wrong() {
    let folder = Folder::new();
    let whole = bytes_of("three.safetensors");
    let header = 8 + whole[0] as usize + 256 * whole[1] as usize;
    for length in 0..whole.len() {
        let text = error(Safetensors::parse("x", whole[..length].to_vec()));
        match length {
            0..8 => assert_eq!(text, format!("x: expected 8 bytes, got {length}")),
            _ if length < header => {
                assert_eq!(text, format!("x: expected {header} bytes, got {length}"))
            }
            _ => assert!(text.starts_with("x: it is no file of tensors: "), "{text}"),
        }
    }
    let of = |header: &str, data: usize| {
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header.as_bytes());
        bytes.resize(bytes.len() + data, 0);
        error(Safetensors::parse("x", bytes))
    };
    for (header, data) in [
        ("", 0),
        ("[]", 0),
        (
            r#"{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}"#,
            4,
        ),
        (
            r#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}"#,
            8,
        ),
        (
            r#"{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#,
            5,
        ),
        (
            r#"{"w":{"dtype":"F99","shape":[1],"data_offsets":[0,4]}}"#,
            4,
        ),
        (
            r#"{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#,
            4,
        ),
        (
            r#"{"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}"#,
            4,
        ),
    ] {
        let text = of(header, data);
        assert!(text.starts_with("x: it is no file of tensors: "), "{text}");
    }
    // A header of more than there is of anything.
    let text = error(Safetensors::parse("x", vec![0xff; 8]));
    assert!(text.starts_with("x: it is no file of tensors: "), "{text}");
    assert_eq!(
        folder.error(Safetensors::read(folder.path().join("none"))),
        "none: No such file or directory (os error 2)"
    );
}
