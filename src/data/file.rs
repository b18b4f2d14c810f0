//! The bytes of a file.

use super::DataError;
use super::file_error::{Place, Wrong};
use std::fs;
use std::path::Path;

/// What a file is called in messages, and its bytes; of a gzip file, those that are packed in it.
pub(super) fn read(path: &Path) -> Result<(String, Vec<u8>), DataError> {
    let name = path.display().to_string();
    let bytes = fs::read(path).map_err(|error| Wrong::Io(error).of(&name))?;
    let bytes = unpacked(bytes).map_err(|wrong| wrong.of(&name))?;
    Ok((name, bytes))
}

/// The first bytes of a gzip file: RFC 1952.
const GZIP: [u8; 2] = [0x1f, 0x8b];

#[cfg(feature = "gzip")]
fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, Wrong> {
    use std::io::Read;
    if !bytes.starts_with(&GZIP) {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    let mut reader = flate2::read::MultiGzDecoder::new(&bytes[..]);
    match reader.read_to_end(&mut unpacked) {
        Ok(_) => Ok(unpacked),
        Err(error) => Err(Wrong::Unreadable {
            format: "gzip file",
            message: error.to_string(),
        }),
    }
}

#[cfg(not(feature = "gzip"))]
fn unpacked(bytes: Vec<u8>) -> Result<Vec<u8>, Wrong> {
    match bytes.starts_with(&GZIP) {
        true => Err(Wrong::Feature {
            format: "a gzip file",
            feature: "gzip",
        }),
        false => Ok(bytes),
    }
}

/// Bytes as a text, without the mark that some programs put before it.
pub(super) fn text<'t>(name: &str, bytes: &'t [u8]) -> Result<&'t str, DataError> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let (valid, rest) = bytes.split_at(error.valid_up_to());
        let line = 1 + valid.iter().filter(|&&byte| byte == b'\n').count() as u64;
        let got = rest.first().copied().unwrap_or_default();
        Wrong::Utf8 { got }.at(name, Place::Line(line))
    })?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}
