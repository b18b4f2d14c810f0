//! The letters of Shakespeare: what is learnt in a few steps, and that a cache changes nothing.
#![cfg(all(feature = "gzip", feature = "train"))]

use cotangent::prelude::*;
use cotangent::train::Ended;
use std::path::Path;

#[path = "../../examples/shakespeare/model.rs"]
mod model;
#[path = "../../examples/shakespeare/sample.rs"]
mod sample;
#[path = "../../examples/shakespeare/text.rs"]
mod text;
#[path = "../../examples/shakespeare/train.rs"]
mod train;

use model::{LETTERS, Model, Past, Place, TIME, next_scores, scores};
use train::Length;

const PLAYS: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/examples/shakespeare/data/plays.txt.gz"
);

#[test]
fn letters_have_numbers() {
    let plays = cotangent::data::text::read(PLAYS).unwrap();
    let all = text::tokens(&plays).unwrap();
    let again: String = all
        .as_slice()
        .iter()
        .map(|&n| text::letter(n as usize))
        .collect();
    assert_eq!(again, plays);
    assert!((0..LETTERS).all(|n| text::number(text::letter(n)) == n));
    assert_eq!((text::number('é'), text::letter(1)), (1, ' '));
}

/// In 12 steps, from a guess among 96 letters, ln 96 = 4.56, to most of what is known by how often each is, 3.2.
#[test]
fn learns_in_a_few_steps() {
    let length = Length {
        epochs: 1,
        updates: 12,
    };
    let trained = train::train(Path::new(PLAYS), length, None).unwrap();
    assert_eq!(trained.ended, Ended::Whole);
    assert!((12..=13).contains(&trained.trainer.steps()));
    let loss = trained.last("valid/loss").unwrap();
    assert!(loss < 3.7, "{loss}");
    let perplexity = trained.last("valid/perplexity").unwrap();
    assert!(
        (perplexity.ln() - loss).abs() < 1e-6,
        "{perplexity} and {loss}"
    );
}

/// The scores of each letter by the cache are those of the whole piece, up to sums in another order.
#[test]
fn the_cache_gives_the_scores_of_the_whole_text() {
    let p: Parameters<f32, Model> = Model::init(Key::new(3));
    let letters: Vec<usize> = (0..TIME).map(|i| (i * i + 7) % LETTERS).collect();
    let whole = scores::<f32, N<1>>().value(&p, &Labels::new(letters.clone()).unwrap());
    let step = next_scores::<f32>();
    let mut past: Parameters<f32, Past> = Past::init(Key::new(0));
    for (t, letter) in letters.into_iter().enumerate() {
        let env = (
            &past,
            &Labels::new([letter]).unwrap(),
            &Place::new([t]).unwrap(),
        );
        let (got, after) = step.value(&p, env);
        let expected = &whole.as_slice()[t * LETTERS..(t + 1) * LETTERS];
        // Scores of the size 1, each of some thousand roundings of 1e-7.
        let close = got.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-4);
        assert!(close, "time {t}: {got:?} and {expected:?}");
        past = after;
    }
}

/// What a key draws is always the same, and as long as it was asked for, beyond what the model was trained on.
#[test]
fn goes_on_with_a_text() {
    let p: Parameters<f32, Model> = Model::init(Key::new(3));
    let written = |key| {
        let mut all = String::new();
        sample::go_on(&p, "KATHERINA.\n", 150, Key::new(key), |letter| {
            all.push(letter)
        })
        .unwrap();
        all
    };
    let text = written(1);
    assert_eq!(text.chars().count(), 150);
    assert!(text == written(1) && text != written(2));
}

#[test]
fn a_text_that_is_not_there_or_too_short() {
    let length = || Length {
        epochs: 1,
        updates: 1,
    };
    let error = train::train(Path::new("nowhere.txt"), length(), None).unwrap_err();
    assert!(error.to_string().starts_with("nowhere.txt: "), "{error}");
    let short = std::env::temp_dir().join(format!("short-{}.txt", std::process::id()));
    std::fs::write(&short, "To be, or not to be").unwrap();
    let error = train::train(&short, length(), None).unwrap_err();
    std::fs::remove_file(short).unwrap();
    let expected = "a window of 128 tokens and the token after it are 129 tokens, got 17";
    assert_eq!(error.to_string(), expected);
}
