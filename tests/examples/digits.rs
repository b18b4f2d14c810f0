//! The digits example: its file is checked at the door, and it learns.
#![cfg(all(feature = "gzip", feature = "train"))]

#[path = "../../examples/digits/model.rs"]
pub mod model;
#[path = "../../examples/digits/show.rs"]
mod show;
#[path = "../../examples/digits/train.rs"]
pub mod train;

use cotangent::data::Order;
use cotangent::prelude::*;
use flate2::{Compression, write::GzEncoder};
use model::Digits;
use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use train::{EPOCHS, TEST};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/digits.csv.gz");

type Outcome = Result<(), Box<dyn Error>>;

/// The real file, unpacked, as lines.
fn lines() -> Result<Vec<String>, Box<dyn Error>> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(FILE)?).read_to_string(&mut text)?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// What is said of a file of these bytes, without the folder of the file.
fn error_of_bytes(name: &str, bytes: &[u8]) -> Result<String, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join(name);
    fs::write(&path, bytes)?;
    let error = match train::read(&path, 0) {
        Ok((train, test)) => train::train(&train, &test, 0, 0).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let error = error.err().ok_or_else(|| format!("{name} was accepted"))?;
    assert!(!error.contains('\n'), "{error}");
    Ok(error.replace(&format!("{}/", folder.path().display()), ""))
}

/// What is said of these lines.
fn error_of_lines(name: &str, lines: &[String]) -> Result<String, Box<dyn Error>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(lines.join("\n").as_bytes())?;
    error_of_bytes(name, &packed.finish()?)
}

/// What is said of the real file with another line 3, of which this field is that.
fn error_of_field(field: usize, text: &str) -> Result<String, Box<dyn Error>> {
    let mut lines = lines()?;
    let mut fields: Vec<&str> = lines[2].split(',').collect();
    fields[field] = text;
    lines[2] = fields.join(",");
    error_of_lines("digits.gz", &lines)
}

#[test]
fn the_real_file() -> Outcome {
    let (train, test) = train::read(FILE.as_ref(), 0)?;
    assert_eq!((train.len(), test.len()), (1_437, TEST));
    let mut counts = [0; 10];
    let mut ink = 0.0;
    for tlist![x, label] in train.examples().chain(test.examples()) {
        counts[label.as_slice()[0]] += 1;
        ink += f64::from(x.sum());
        assert!(x.iter().all(|pixel| (0.0..=1.0).contains(pixel)), "{x}");
    }
    assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    assert_eq!(16.0 * ink, 561_718.0); // sixteenths are exact
    Ok(())
}

/// The two parts have no image in common, and the seed says which is where.
#[test]
fn the_split() -> Outcome {
    let pixels = |digits: &Digits| -> HashSet<String> {
        let images = digits
            .examples()
            .map(|tlist![x, _]| format!("{:?}", x.as_slice()));
        images.collect()
    };
    let (training, test) = train::read(FILE.as_ref(), 0)?;
    assert_eq!(pixels(&training).len() + pixels(&test).len(), 1_797); // no two of all are the same
    assert!(pixels(&training).is_disjoint(&pixels(&test)));
    assert_eq!(pixels(&train::read(FILE.as_ref(), 0)?.1), pixels(&test));
    assert_ne!(pixels(&train::read(FILE.as_ref(), 1)?.1), pixels(&test));
    Ok(())
}

#[test]
fn a_file_that_is_none() -> Outcome {
    let bytes = fs::read(FILE)?;
    assert_eq!(
        error_of_bytes("truncated.gz", &bytes[..bytes.len() / 2])?,
        "truncated.gz: it is no gzip file: incomplete deflate stream"
    );
    // Only the checksum is missing: every line is there.
    assert_eq!(
        error_of_bytes("truncated.gz", &bytes[..bytes.len() - 8])?,
        "truncated.gz: it is no gzip file: unexpected end of file"
    );
    assert_eq!(
        error_of_bytes("empty.csv", b"")?,
        "empty.csv: expected at least one row, got none"
    );
    let plain = "plain.csv, column 8: there is none of this name";
    assert!(error_of_bytes("plain.csv", b"0,0,5,13,9,1,0,0")?.starts_with(plain));
    let error = train::read(Path::new("no such file.gz"), 0)
        .unwrap_err()
        .to_string();
    assert!(error.starts_with("no such file.gz: "), "{error}");
    Ok(())
}

#[test]
fn too_few_lines_and_too_many() -> Outcome {
    let mut lines = lines()?;
    let of_test = "a batch of all examples has 360 of them here, and the set has";
    let error = error_of_lines("few.gz", &lines[..1_796])?;
    assert_eq!(error, format!("{of_test} 359"));
    lines.push(lines[0].clone());
    assert_eq!(error_of_lines("many.gz", &lines)?, format!("{of_test} 361"));
    let error = error_of_lines("few.gz", &lines[..1_437])?;
    assert_eq!(
        error,
        "a split at 1437 of 1437 examples leaves none on one side"
    );
    Ok(())
}

#[test]
fn a_line_with_other_numbers() -> Outcome {
    let mut lines = lines()?;
    lines[2] = vec!["0"; 64].join(",");
    let error = error_of_lines("digits.gz", &lines)?;
    assert_eq!(error, "digits.gz, line 3: expected 65 fields, got 64");
    let place = "digits.gz, line 3, column";
    assert_eq!(
        error_of_field(4, "x")?,
        format!(r#"{place} 4: expected a finite number, got "x""#)
    );
    assert_eq!(
        error_of_field(4, "")?,
        format!("{place} 4: the value is missing")
    );
    let label = |got| format!("{place} 64: expected a label, 0 to 9, got {got:?}");
    for text in ["10", "-1", "1.5"] {
        assert_eq!(error_of_field(64, text)?, label(text));
    }
    Ok(())
}

/// The accuracy that the example prints. Processors round differently, hence the margin.
#[test]
fn it_learns() -> Outcome {
    let (training, test) = train::read(FILE.as_ref(), 0)?;
    let trained = train::train(&training, &test, EPOCHS, 0)?;
    let losses: Vec<f64> = trained
        .records
        .iter()
        .filter_map(|r| r.value("train/loss"))
        .collect();
    assert_eq!(losses.len(), EPOCHS);
    assert!(losses[0] < std::f64::consts::LN_10, "{losses:?}");
    assert!(losses[EPOCHS - 1] < 0.02, "{losses:?}");
    assert_eq!(trained.trainer.steps(), EPOCHS * (1_437 / 32));
    let accuracy = trained.last("valid/accuracy").unwrap_or_default();
    assert!(accuracy > 0.96, "{accuracy}");

    // What is measured is what the parameters answer, one by one.
    let weights = trained.trainer.parameters();
    let mut plan = model::answers::<f32, N<1>>().plan();
    let mut right = 0;
    for tlist![x, labels] in test.batches::<N<1>>(Order::Stored)? {
        let (probabilities, answer) = plan.value((&x, &weights), ());
        right += usize::from(answer == labels);
        assert!((probabilities.sum() - 1.0).abs() < 1e-5, "{probabilities}");
        let largest = probabilities[[0, answer.as_slice()[0]]];
        assert!(
            probabilities.iter().all(|p| *p <= largest),
            "{probabilities}"
        );
    }
    assert_eq!(right as f64 / TEST as f64, accuracy);

    let picture = show::most_doubtful(&test, &weights)?.ok_or("no picture")?;
    let mut shown = test.examples();
    let tlist![_, label] = shown
        .find(|tlist![x, _]| x.as_slice() == picture.pixels)
        .ok_or("a picture of no digit")?;
    assert_eq!(label.as_slice(), [picture.label]);
    let shown = picture.to_string();
    assert_eq!(shown.lines().count(), 10);
    assert!(
        picture
            .probabilities
            .iter()
            .all(|p| *p <= picture.probabilities[picture.answer])
    );
    assert!(picture.probabilities[picture.answer] < 0.7, "{shown}");
    Ok(())
}
