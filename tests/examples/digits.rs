//! The digits example: its file is checked at the door, and it learns.

#[allow(dead_code)]
#[path = "../../examples/digits/data.rs"]
pub mod data;
#[path = "../../examples/digits/model.rs"]
pub mod model;
#[allow(dead_code)]
#[path = "../../examples/digits/train.rs"]
pub mod train;

use cotangent::prelude::*;
use data::{DataError, Digit, LineError, ROWS, TRAINING};
use flate2::{Compression, write::GzEncoder};
use std::collections::HashSet;
use std::error::Error;
use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/digits.csv.gz");

type Outcome = Result<(), Box<dyn Error>>;

fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(name)
}

/// The real file, unpacked, as lines.
fn lines() -> Result<Vec<String>, Box<dyn Error>> {
    let mut text = String::new();
    flate2::read::GzDecoder::new(fs::File::open(FILE)?).read_to_string(&mut text)?;
    Ok(text.lines().map(str::to_owned).collect())
}

/// What reading says of a file of these bytes, without the name of the file.
fn error_of_bytes(name: &str, bytes: &[u8]) -> Result<String, Box<dyn Error>> {
    let path = path(name);
    fs::write(&path, bytes)?;
    let error = match data::read(&path) {
        Ok(_) => return Err(format!("{name} was accepted").into()),
        Err(error) => error.to_string(),
    };
    let shown = path.display().to_string();
    assert!(error.contains(&shown), "{error}");
    assert!(!error.contains('\n'), "{error}");
    Ok(error.replace(&shown, "FILE"))
}

/// What reading says of these lines.
fn error_of_lines(name: &str, lines: &[String]) -> Result<String, Box<dyn Error>> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(lines.join("\n").as_bytes())?;
    error_of_bytes(name, &packed.finish()?)
}

/// What reading says of the real file with another line 3.
fn error_of_line_3(name: &str, line: impl Into<String>) -> Result<String, Box<dyn Error>> {
    let mut lines = lines()?;
    lines[2] = line.into();
    error_of_lines(name, &lines)
}

fn zeros(count: usize) -> Vec<&'static str> {
    vec!["0"; count]
}

#[test]
fn the_real_file() -> Outcome {
    let digits = data::read(Path::new(FILE))?;
    assert_eq!(digits.len(), 1_797);
    let mut counts = [0; 10];
    for digit in &digits {
        counts[digit.label] += 1;
    }
    assert_eq!(counts, [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]);
    assert_eq!(digits[0].label, 0);
    assert_eq!(digits[0].pixels[..8], [0, 0, 5, 13, 9, 1, 0, 0]);
    let ink: usize = digits.iter().flat_map(|d| d.pixels).map(usize::from).sum();
    assert_eq!(ink, 561718);
    Ok(())
}

/// The two parts have no image in common, none is lost, and the seed says which is where.
#[test]
fn the_split() -> Outcome {
    let digits = data::read(Path::new(FILE))?;
    let (training, test) = data::split(digits.clone(), data::SEED);
    assert_eq!((training.len(), test.len()), (TRAINING, ROWS - TRAINING));
    assert_eq!((training.len(), test.len()), (1_437, 360));
    let set = |digits: &[Digit]| -> HashSet<_> { digits.iter().map(|d| d.pixels).collect() };
    assert!(set(&training).is_disjoint(&set(&test)));
    let key = |d: &Digit| (d.pixels, d.label);
    let mut all: Vec<_> = training.iter().chain(&test).map(key).collect();
    let mut expected: Vec<_> = digits.iter().map(key).collect();
    all.sort_unstable();
    expected.sort_unstable();
    assert_eq!(all, expected);
    assert_eq!(
        data::split(digits.clone(), data::SEED),
        (training, test.clone())
    );
    assert_ne!(data::split(digits, data::SEED + 1).1, test);
    Ok(())
}

#[test]
fn a_truncated_file() -> Outcome {
    let bytes = fs::read(FILE)?;
    let error = error_of_bytes("truncated.gz", &bytes[..bytes.len() / 2])?;
    assert_eq!(
        error,
        "cannot read FILE at line 895: incomplete deflate stream"
    );
    // Only the checksum is missing: every line is there.
    let error = error_of_bytes("no_checksum.gz", &bytes[..bytes.len() - 8])?;
    assert_eq!(
        error,
        "cannot read FILE at line 1798: unexpected end of file"
    );
    Ok(())
}

#[test]
fn a_file_that_is_not_gzip() -> Outcome {
    let error = error_of_bytes("plain.csv", b"0,0,5,13,9,1,0,0")?;
    assert_eq!(error, "cannot read FILE at line 1: invalid gzip header");
    Ok(())
}

#[test]
fn an_empty_file() -> Outcome {
    let error = error_of_bytes("empty.gz", b"")?;
    assert_eq!(error, "cannot read FILE at line 1: unexpected end of file");
    let error = error_of_lines("packed_nothing.gz", &[])?;
    assert_eq!(error, "FILE has 0 lines, expected 1797");
    Ok(())
}

#[test]
fn a_missing_file() {
    let path = path("no such file.gz");
    let error = data::read(&path).map_err(|error| (error.to_string(), error));
    let Err((text, DataError::Open { source, .. })) = error else {
        panic!("{error:?}");
    };
    assert_eq!(source.kind(), std::io::ErrorKind::NotFound);
    assert_eq!(text, format!("cannot open {}: {source}", path.display()));
}

#[test]
fn too_few_lines_and_too_many() -> Outcome {
    let mut lines = lines()?;
    let error = error_of_lines("few.gz", &lines[..1_796])?;
    assert_eq!(error, "FILE has 1796 lines, expected 1797");
    lines.push(lines[0].clone());
    let error = error_of_lines("many.gz", &lines)?;
    assert_eq!(error, "FILE goes on at line 1798, expected 1797 lines");
    Ok(())
}

#[test]
fn a_line_with_other_numbers() -> Outcome {
    let error = error_of_line_3("64.gz", zeros(64).join(","))?;
    assert_eq!(
        error,
        "line 3 of FILE is wrong: it has 64 numbers, expected 65: 64 pixels and a label"
    );
    assert_eq!(
        data::parse(&zeros(66).join(",")),
        Err(LineError::Count { got: 66 })
    );
    assert_eq!(data::parse(" "), Err(LineError::Count { got: 0 }));
    Ok(())
}

#[test]
fn a_pixel_out_of_range() -> Outcome {
    let mut line = zeros(65);
    line[4] = "17";
    let error = error_of_line_3("17.gz", line.join(","))?;
    assert_eq!(
        error,
        "line 3 of FILE is wrong: pixel 5 is `17`, expected an integer from 0 to 16"
    );
    for pixel in ["-1", "256", "1.5", "", "x", "NaN"] {
        line[4] = pixel;
        let got = pixel.to_owned();
        assert_eq!(
            data::parse(&line.join(",")),
            Err(LineError::Pixel { pixel: 5, got })
        );
    }
    line[4] = "16";
    assert_eq!(
        data::parse(&line.join(",")).map(|digit| digit.pixels[4]),
        Ok(16)
    );
    Ok(())
}

#[test]
fn a_label_out_of_range() -> Outcome {
    let mut line = zeros(65);
    line[64] = "10";
    let error = error_of_line_3("10.gz", line.join(","))?;
    assert_eq!(
        error,
        "line 3 of FILE is wrong: the label is `10`, expected an integer from 0 to 9"
    );
    line[64] = "9";
    assert_eq!(data::parse(&line.join(",")).map(|digit| digit.label), Ok(9));
    Ok(())
}

/// The accuracy that the example prints. Processors round differently, hence the margin.
#[test]
fn it_learns() -> Outcome {
    let (training, test) = data::split(data::read(Path::new(FILE))?, data::SEED);
    let mut losses = Vec::new();
    let report = |epoch: train::Epoch| losses.push(epoch.loss);
    let parameters = train::by_plan(&training, train::EPOCHS, data::SEED, report)?.weights;
    assert_eq!(losses.len(), train::EPOCHS);
    assert!(losses[0] < std::f64::consts::LN_10, "{losses:?}");
    assert!(losses[train::EPOCHS - 1] < 0.02, "{losses:?}");

    let (probabilities, answers) = model::predict::<{ ROWS - TRAINING }>(&test, &parameters)?;
    let rows = probabilities.as_slice().chunks(10);
    for row in rows.clone() {
        assert!((row.iter().sum::<f32>() - 1.0).abs() < 1e-5, "{row:?}");
    }
    // An answer has the largest probability of its row.
    for (row, &answer) in rows.zip(answers.as_slice()) {
        assert!(row.iter().all(|p| *p <= row[answer]), "{answer} of {row:?}");
    }
    let pairs = answers.as_slice().iter().zip(&test);
    let right = pairs
        .filter(|(answer, digit)| **answer == digit.label)
        .count();
    assert!(right * 100 >= test.len() * 96, "{right} of {}", test.len());
    Ok(())
}

/// The same steps, with sums in another order.
#[test]
fn the_tape_trains_as_the_plan_does() -> Outcome {
    let (training, _) = data::split(data::read(Path::new(FILE))?, data::SEED);
    let (mut by_plan, mut by_tape) = (Vec::new(), Vec::new());
    let plan = train::by_plan(&training, 2, data::SEED, |epoch| by_plan.push(epoch))?.weights;
    let tape = train::by_tape(&training, 2, data::SEED, |epoch| by_tape.push(epoch))?.weights;
    let (difference, size) = (&plan - &tape, tape.dot(&tape).sqrt());
    let difference = difference.dot(&difference).sqrt();
    assert!(difference < 1e-4 * size, "{difference} of {size}");
    for (plan, tape) in by_plan.iter().zip(&by_tape) {
        approx::assert_relative_eq!(plan.loss, tape.loss, max_relative = 1e-4);
        // An answer where two classes are as probable may be the other one.
        approx::assert_abs_diff_eq!(plan.accuracy, tape.accuracy, epsilon = 2e-3);
    }
    assert!(by_tape[1].loss < 0.5 * by_tape[0].loss, "{by_tape:?}");
    Ok(())
}
