//! Byte pair encoding.

use crate::files::{Folder, bytes_of, error, made};
use cotangent::data::DataError;
use cotangent::data::text::{Bpe, Tokens};
use cotangent::prelude::*;

#[test]
fn a_file_of_the_python_package() -> Result<(), DataError> {
    let bpe = Bpe::<N<25>>::read(made("tokenizer.json"))?;
    assert_eq!(bpe.vocabulary(), 25);
    // As Python has it, see `make.py`.
    let tokens = bpe.encode("the cat<end>")?;
    assert_eq!(tokens.as_slice(), [13, 20, 0]);
    assert_eq!(bpe.decode(&tokens)?, "the cat<end>");
    Ok(())
}

/// By hand: of `aaab` eight times the first pair is `a a`. Then `aa a` and `a b` are there as often, and that with the smaller numbers
/// is the next; at last `aa ab`.
#[test]
fn pairs_are_learnt_in_their_order() -> Result<(), DataError> {
    let bpe = Bpe::<N<259>>::learn(&"aaab\n".repeat(8))?;
    assert_eq!(bpe.vocabulary(), 259);
    let count = |text: &str| bpe.encode(text).map(|tokens| tokens.as_slice().len());
    assert_eq!(
        (count("a")?, count("aa")?, count("aaa")?, count("aaab")?),
        (1, 1, 2, 1)
    );
    // Fewer than there is room for: no pair is there twice.
    assert_eq!(Bpe::<N<300>>::learn("abcdef")?.vocabulary(), 256);
    Ok(())
}

/// Every text has tokens, and they are that text.
#[test]
fn texts_come_back() -> Result<(), DataError> {
    let folder = Folder::new();
    let words = "The quick brown fox jumps over the lazy dog. ";
    let bpe = Bpe::<N<300>>::learn(&words.repeat(20))?;
    let path = folder.path().join("tokenizer.json");
    bpe.save(&path)?;
    let again = Bpe::<N<300>>::read(&path)?;
    for text in [
        words,
        "",
        " ",
        "\n\n",
        "naïve 🦊 \u{0}\u{7f}",
        "  two  spaces\tand a tab",
    ] {
        let tokens = bpe.encode(text)?;
        assert_eq!(bpe.decode(&tokens)?, text);
        assert_eq!(again.encode(text)?.as_slice(), tokens.as_slice());
    }
    assert!(bpe.encode(words)?.as_slice().len() < words.len() / 2);
    Ok(())
}

#[test]
fn tokenisers_that_are_wrong() {
    let folder = Folder::new();
    let text = "a text: expected a vocabulary of at most 255 tokens, got 256";
    assert_eq!(error(Bpe::<N<255>>::learn("abc")), text);
    let text = "x.json: expected a vocabulary of at most 24 tokens, got 25";
    assert_eq!(
        error(Bpe::<N<24>>::parse("x.json", &bytes_of("tokenizer.json"))),
        text
    );
    let whole = bytes_of("tokenizer.json");
    for length in (0..whole.len() - 1).step_by(7) {
        let text = error(Bpe::<N<25>>::parse("x.json", &whole[..length]));
        let is_placed = text.starts_with("x.json, line ");
        assert!(
            is_placed && text.contains(": it is no tokeniser: "),
            "{text}"
        );
    }
    for json in [
        "{}",
        "[]",
        "3",
        r#"{"model":{"type":"BPE","vocab":{"a":0},"merges":["a b"]}}"#,
    ] {
        let text = error(Bpe::<N<25>>::parse("x.json", json.as_bytes()));
        assert!(text.starts_with("x.json: it is no tokeniser: "), "{text}");
    }
    let none = "none.json: No such file or directory (os error 2)";
    assert_eq!(
        folder.error(Bpe::<N<25>>::read(folder.path().join("none.json"))),
        none
    );
    let bpe = Bpe::<N<300>>::learn("abc").expect("bytes");
    let directory = folder.error(bpe.save(folder.path()));
    assert!(
        directory.ends_with(": Is a directory (os error 21)"),
        "{directory}"
    );
    // Half of a character.
    let half = Tokens::new(
        bpe.encode("é").expect("two bytes").as_slice()[..1]
            .iter()
            .copied(),
    );
    assert_eq!(
        half.and_then(|half| bpe.decode(&half)).ok(),
        Some("\u{fffd}".to_owned())
    );
}
