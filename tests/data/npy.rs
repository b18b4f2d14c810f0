//! Arrays of NPY: as NumPy writes them, by hand, and wrong.

use crate::files::{bytes_of, error, made, shown};
use cotangent::data::{DataError, npy};

#[test]
fn arrays_of_numpy() -> Result<(), DataError> {
    let grid = ("[3, 2]".to_owned(), vec![0.0, 0.25, 0.5, 0.75, 1.0, 1.25]);
    assert_eq!(shown(&npy::read::<f32>(made("rows.npy"))?), grid);
    assert_eq!(shown(&npy::read::<f32>(made("version2.npy"))?), grid);
    // Column by column in the file.
    let all = (0..24).map(f64::from).collect();
    assert_eq!(
        shown(&npy::read::<f64>(made("columns.npy"))?),
        ("[2, 3, 4]".to_owned(), all)
    );
    assert_eq!(
        shown(&npy::read::<i16>(made("big_endian.npy"))?),
        ("[2]".to_owned(), vec![-2.0, 258.0])
    );
    assert_eq!(
        npy::read::<bool>(made("flags.npy"))?.as_slice(),
        [true, false, true]
    );
    assert_eq!(
        shown(&npy::read::<f32>(made("scalar.npy"))?),
        ("[]".to_owned(), vec![2.5])
    );
    Ok(())
}

/// A file with this header, and elements of zeros.
fn npy_of(header: &str, elements: usize) -> Vec<u8> {
    let mut file = b"\x93NUMPY\x01\x00".to_vec();
    file.extend((header.len() as u16).to_le_bytes());
    file.extend(header.as_bytes());
    file.resize(file.len() + elements, 0);
    file
}

#[test]
fn headers_that_are_right() -> Result<(), DataError> {
    for (header, dims) in [
        (
            "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }   \n",
            "[2]",
        ),
        (
            "{\"shape\":(1,2),\"fortran_order\":True,\"descr\":\"<f4\"}",
            "[1, 2]",
        ),
        (
            "  {'descr':'<f4','shape':(2L,1L),'fortran_order':False}",
            "[2, 1]",
        ),
    ] {
        assert_eq!(
            npy::parse::<f32>("x.npy", &npy_of(header, 8))?
                .dims()
                .to_string(),
            dims
        );
    }
    let none = npy_of(
        "{'descr': '<f4', 'fortran_order': True, 'shape': (0, 5), }",
        0,
    );
    assert_eq!(
        npy::parse::<f32>("x.npy", &none)?.dims().to_string(),
        "[0, 5]"
    );
    Ok(())
}

#[test]
fn headers_that_are_wrong() {
    let header = |text: &str| npy_of(text, 8);
    let shape = |shape: &str| {
        header(&format!(
            "{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}}}"
        ))
    };
    for (file, text) in [
        (
            header(""),
            "x.npy, byte 10: expected `{` in the header, got its end",
        ),
        (
            header("[1]"),
            "x.npy, byte 10: expected `{` in the header, got `[`",
        ),
        (
            header("{'descr': '<f4' 'shape'"),
            "x.npy, byte 26: expected `}` or `,` in the header, got `\\'`",
        ),
        (
            header("{'descr': '<f4"),
            "x.npy, byte 21: expected the end of a text in the header, got none",
        ),
        (
            header("{'descr': 4}"),
            "x.npy, byte 20: expected a text in quotes in the header, got `4`",
        ),
        (
            header("{'fortran_order': 0}"),
            "x.npy, byte 28: expected `True` or `False` in the header, got `0`",
        ),
        (
            header("{'size': 3}"),
            "x.npy, byte 18: expected each of the three keys once in the header, got `size`",
        ),
        (
            header("{'descr': '<f4', 'descr': '<f4'}"),
            "x.npy, byte 41: expected each of the three keys once in the header, got `descr`",
        ),
        (
            header("{'descr': '<f4'}"),
            "x.npy, byte 26: expected the key `fortran_order` in the header, got none",
        ),
        (
            shape("2"),
            "x.npy, byte 60: expected `(` in the header, got `2`",
        ),
        (
            shape("(2"),
            "x.npy, byte 62: expected `)` or `,` in the header, got `}`",
        ),
        (
            shape("(-2,)"),
            "x.npy, byte 61: expected a size in the header, got `-`",
        ),
        (
            shape("(99999999999999999999,)"),
            "x.npy, byte 61: expected a size in the header, got `9`",
        ),
        (shape("(3,)"), "x.npy: expected 77 bytes, got 73"),
        (shape("(1,)"), "x.npy: expected 69 bytes, got 73"),
        // What a header says is not believed: no memory is asked for.
        (
            shape("(1000000000000,)"),
            "x.npy: expected 4000000000077 bytes, got 85",
        ),
        (
            shape("(4294967296, 4294967296)"),
            "x.npy: an array of dims [4294967296, 4294967296] has too many elements",
        ),
        (
            shape("(0, 4294967296, 4294967296)"),
            "x.npy: an array of dims [0, 4294967296, 4294967296] has too many elements",
        ),
    ] {
        assert_eq!(error(npy::parse::<f32>("x.npy", &file)), text);
    }
    let record = "record.npy, byte 20: expected one type in the header, got a record of several";
    assert_eq!(
        error(npy::parse::<f32>("record.npy", &bytes_of("record.npy"))),
        record
    );
    let other = |got| format!("x.npy: expected elements of type f32, got `{got}`");
    for descr in ["<f8", "<i4", "|f4", "f4", "", "|O", "<U3", "é"] {
        let file = header(&format!(
            "{{'descr': '{descr}', 'fortran_order': False, 'shape': (2,)}}"
        ));
        assert_eq!(error(npy::parse::<f32>("x.npy", &file)), other(descr));
    }
    let start = "x.npy, byte 0: expected `\\x93NUMPY`, as an NPY file begins, got another start";
    assert_eq!(
        error(npy::parse::<f32>("x.npy", b"PK\x03\x04 is an archive")),
        start
    );
    let version = "x.npy, byte 6: expected version 1, 2 or 3 of the format, got 9";
    assert_eq!(
        error(npy::parse::<f32>("x.npy", b"\x93NUMPY\x09\x00\x00\x00")),
        version
    );
    // A header of 4 GiB, of which nothing is there.
    let long = "x.npy: expected 4294967307 bytes, got 12";
    assert_eq!(
        error(npy::parse::<f32>(
            "x.npy",
            b"\x93NUMPY\x02\x00\xff\xff\xff\xff"
        )),
        long
    );
}

#[test]
fn an_npy_file_that_ends_early() {
    let whole = bytes_of("rows.npy");
    assert_eq!(whole.len(), 152);
    for length in 0..whole.len() {
        let expected = match length {
            0..10 => 10,
            10..128 => 128,
            _ => 152,
        };
        let text = format!("x.npy: expected {expected} bytes, got {length}");
        assert_eq!(error(npy::parse::<f32>("x.npy", &whole[..length])), text);
    }
}
