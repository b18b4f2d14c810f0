//! Logs as event files of TensorBoard.
//!
//! Such a file is a sequence of records, each the length, its checksum, an `Event` message, and its checksum. Source:
//! `tensorflow/core/lib/io/record_writer.h` and `tensorflow/core/util/event.proto`, of which three fields are written.

use super::Record;

/// The first event of a file.
pub(super) fn version(wall_time: f64) -> Vec<u8> {
    let mut event = Vec::new();
    double(&mut event, 1, wall_time);
    bytes(&mut event, 3, b"brain.Event:2");
    framed(&event)
}

/// The events of a record, one with all of its values.
pub(super) fn event(record: &Record, wall_time: f64) -> Vec<u8> {
    let mut summary = Vec::new();
    for (name, value) in &record.values {
        let mut scalar = Vec::new();
        bytes(&mut scalar, 1, name.as_bytes());
        key(&mut scalar, 2, Wire::Four);
        scalar.extend((*value as f32).to_le_bytes());
        bytes(&mut summary, 1, &scalar);
    }
    let mut event = Vec::new();
    double(&mut event, 1, wall_time);
    key(&mut event, 2, Wire::Varint);
    varint(&mut event, record.step as u64);
    bytes(&mut event, 5, &summary);
    framed(&event)
}

/// How a field of a message is written: its number in the encoding of protocol buffers.
#[derive(Clone, Copy)]
enum Wire {
    Varint = 0,
    Eight = 1,
    Length = 2,
    Four = 5,
}

fn key(out: &mut Vec<u8>, field: u64, wire: Wire) {
    varint(out, field << 3 | wire as u64);
}

fn varint(out: &mut Vec<u8>, mut x: u64) {
    while x >= 0x80 {
        out.push(x as u8 | 0x80);
        x >>= 7;
    }
    out.push(x as u8);
}

fn double(out: &mut Vec<u8>, field: u64, x: f64) {
    key(out, field, Wire::Eight);
    out.extend(x.to_le_bytes());
}

fn bytes(out: &mut Vec<u8>, field: u64, x: &[u8]) {
    key(out, field, Wire::Length);
    varint(out, x.len() as u64);
    out.extend(x);
}

fn framed(event: &[u8]) -> Vec<u8> {
    let length = (event.len() as u64).to_le_bytes();
    let parts = [&length[..], &masked(&length), event, &masked(event)];
    parts.concat()
}

/// A checksum as these files have it: turned and moved, so that that of a file of files is another.
fn masked(bytes: &[u8]) -> [u8; 4] {
    let sum = crc32c::crc32c(bytes);
    sum.rotate_right(15).wrapping_add(0xa282_ead8).to_le_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first record of a file that TensorFlow's own writer made at the time 0.
    #[test]
    fn the_first_record() {
        let event = version(0.0);
        assert_eq!(event[..8], 24_u64.to_le_bytes());
        assert_eq!(event[8..12], [0xa3, 0x7f, 0x4b, 0x22]);
        assert_eq!(&event[12..21], &[9, 0, 0, 0, 0, 0, 0, 0, 0]);
        assert_eq!(&event[21..36], b"\x1a\x0dbrain.Event:2");
        assert_eq!(event.len(), 12 + 24 + 4);
    }

    #[test]
    fn a_value_is_a_float_of_a_name() {
        let record = Record {
            step: 300,
            values: vec![("loss".into(), 0.5)],
            ..Record::default()
        };
        let event = event(&record, 1.0);
        let message = &event[12..event.len() - 4];
        // Time, step 300 as a varint, a summary with one value: the tag and the float.
        let mut expected = vec![9];
        expected.extend(1.0_f64.to_le_bytes());
        expected.extend([0x10, 0xac, 0x02, 0x2a, 13, 0x0a, 11, 0x0a, 4]);
        expected.extend(b"loss\x15");
        expected.extend(0.5_f32.to_le_bytes());
        assert_eq!(message, expected);
    }
}
