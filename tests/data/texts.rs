//! Texts as tokens, and windows of them.

use crate::files::{Folder, error};
use cotangent::data::text::{self, Tokens};
use cotangent::data::{DataError, Dataset};
use cotangent::prelude::*;

#[test]
fn every_window_and_what_follows() -> Result<(), Box<dyn std::error::Error>> {
    let text: Vec<usize> = (0..23).map(|i| (i * i) % 10).collect();
    let tokens = Tokens::<N<10>>::new(text.iter().copied())?;
    for stride in 1..=5 {
        let set: Dataset<f64, environment![[4] < 10, [4] < 10]> =
            tokens.windows::<_, N<4>>(stride)?;
        // The last token is only a label.
        let starts: Vec<usize> = (0..=23 - 5).step_by(stride).collect();
        assert_eq!(set.len(), starts.len());
        for (tlist![from, to], start) in set.examples().zip(starts) {
            assert_eq!(from.as_slice(), &text[start..start + 4]);
            assert_eq!(to.as_slice(), &text[start + 1..start + 5]);
        }
    }
    // A batch gathers them as it gathers rows.
    let (_, rest) = tokens.split_at(11)?;
    let set = rest.windows::<f32, N<3>>(3)?;
    let tlist![from, to] = set.all::<N<3>>()?;
    assert_eq!(from.as_slice(), &text[11..20]);
    assert_eq!(to.as_slice(), &text[12..21]);
    Ok(())
}

/// 4 GB of windows over a text of a million bytes.
#[test]
fn windows_are_not_copied() -> Result<(), DataError> {
    let tokens = text::bytes(vec![b'a'; 1_000_000]);
    let set = tokens.windows::<f32, N<500>>(1)?;
    assert_eq!(set.len(), 1_000_000 - 500);
    let mut batches = set.batches::<N<2>>(Key::new(0))?;
    let tlist![from, _] = batches.next().expect("a batch");
    assert_eq!(from.as_slice(), [usize::from(b'a'); 1000]);
    Ok(())
}

#[test]
fn windows_that_are_none() -> Result<(), DataError> {
    let tokens = text::bytes("abcd");
    let text = "a window of 4 tokens and the token after it are 5 tokens, got 4";
    assert_eq!(error(tokens.windows::<f32, N<4>>(1)), text);
    assert_eq!(tokens.windows::<f32, N<3>>(9)?.len(), 1);
    assert_eq!(
        error(text::bytes("").windows::<f32, N<1>>(1)),
        "a window of 1 tokens and the token after it are 2 tokens, got 0"
    );
    assert_eq!(
        error(tokens.windows::<f32, N<2>>(0)),
        "windows are at least one token apart, got 0"
    );
    for at in [0, 4, 5] {
        let text = format!("a split at {at} of 4 tokens leaves none on one side");
        assert_eq!(error(tokens.split_at(at)), text);
    }
    let text = "label 2 is 3, and there are 3 classes: expected 0 to 2";
    assert_eq!(error(Tokens::<N<3>>::new([0_u8, 1, 3])), text);
    Ok(())
}

#[test]
fn a_file_that_is_no_text() -> Result<(), DataError> {
    let folder = Folder::new();
    assert_eq!(
        text::read(folder.file("a.txt", "\u{feff}schön\n"))?,
        "schön\n"
    );
    let path = folder.file("b.txt", b"one\ntwo\nthr\xe9e\n");
    assert_eq!(
        folder.error(text::read(path)),
        "b.txt, line 3: expected UTF-8, got the byte 0xe9"
    );
    let text = "none.txt: No such file or directory (os error 2)";
    assert_eq!(
        folder.error(text::read(folder.path().join("none.txt"))),
        text
    );
    Ok(())
}
