//! The certified digits example: no score leaves its bounds, and no certified digit can be changed into another.
#![cfg(all(feature = "gzip", feature = "train"))]

#[path = "../../examples/certified_digits/attack.rs"]
mod attack;
#[path = "../../examples/certified_digits/certify.rs"]
mod certify;
#[path = "../../examples/certified_digits/report.rs"]
mod report;

use super::digits::{model, train};
use certify::{Images, ParametersOver, all_within, convert, images, perturbed, right, scores};
use cotangent::nn::Linear;
use cotangent::prelude::*;
use cotangent::scalar::Interval;
use model::{Digits, Network, Weights};
use std::error::Error;
use train::EPOCHS;

const DIGITS: usize = 40;

type Outcome = Result<(), Box<dyn Error>>;

/// Some test digits, and a classifier that has seen fewer digits than that of the example, which takes longer.
fn trained() -> Result<(Digits, Weights), Box<dyn Error>> {
    const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/data/digits.csv.gz");
    let (training, test) = train::read(PATH.as_ref(), 0)?;
    let (few, _) = training.split_at(320)?;
    let trained = train::train(&few, &test, EPOCHS, 0)?;
    let (digits, _) = test.split_at(DIGITS)?;
    Ok((digits, trained.trainer.parameters()))
}

#[test]
fn the_table() -> Outcome {
    let (digits, parameters) = trained()?;
    let radii = [0.003, 0.01, 0.03, 0.1];
    let rows: Result<Vec<_>, _> = radii
        .iter()
        .map(|&radius| report::row::<DIGITS>(&digits, &parameters, radius, 10))
        .collect();
    let rows = rows?;
    for row in &rows {
        assert_eq!((row.tried, row.outside, row.broken), (400, 0, 0), "{row:?}");
        // Bounds of differences certify more, what is certified withstands, and what withstands was recognised
        // (an attack that lowers the loss of a digit that was not is possible, and does not happen here).
        assert!(row.by_scores <= row.by_differences, "{row:?}");
        assert!(row.by_differences <= row.withstand, "{row:?}");
        assert!(row.withstand <= row.right, "{row:?}");
    }
    // From nearly all to none.
    assert!(rows[0].right * 10 >= DIGITS * 8, "{rows:?}");
    assert!(rows[0].by_scores * 10 >= rows[0].right * 8, "{rows:?}");
    assert!(
        rows.is_sorted_by(|a, b| a.by_differences >= b.by_differences),
        "{rows:?}"
    );
    assert!(rows[2].by_scores < rows[2].by_differences, "{rows:?}");
    assert_eq!(rows[3].by_differences, 0, "{rows:?}");
    let columns = |line: &str| -> Vec<usize> {
        let places = line.chars().enumerate();
        places
            .filter(|(_, c)| "│┼".contains(*c))
            .map(|(place, _)| place)
            .collect()
    };
    let head = report::HEAD.lines().last().map(columns);
    assert_eq!(head, Some(columns(&rows[0].to_string())));
    Ok(())
}

/// With no radius the bounds are as tight as rounding; the check that scores are inside them fails if they are those
/// of a smaller radius.
#[test]
fn the_bounds_are_tight_and_needed() -> Outcome {
    let (digits, parameters) = trained()?;
    let (x, labels) = images::<DIGITS>(&digits)?;
    let (points, intervals): (ParametersOver<f64>, ParametersOver<Interval>) =
        (convert(&parameters), convert(&parameters));
    let bounds = |radius| scores::<Interval, DIGITS>(all_within::<DIGITS>(&x, radius), &intervals);
    let of = |x: Images<f64, DIGITS>| scores::<f64, DIGITS>(x, &points);
    let outside = |scores: &certify::Scores<f64, DIGITS>, radius| {
        let inside = scores.zip_map(&bounds(radius), |&score, bounds| bounds.contains(score));
        inside.as_slice().iter().filter(|inside| !**inside).count()
    };
    // 64 and 48 terms below 10: f64 rounds them by less than 1e-12.
    assert!(
        bounds(0.0)
            .as_slice()
            .iter()
            .all(|score| score.width() < 1e-12)
    );
    let exact = bounds(0.0).map(|score| score.midpoint());
    assert!(
        exact
            .zip_map(&of(x.clone()), |a, b| (a - b).abs())
            .as_slice()
            .iter()
            .all(|d| *d < 1e-12)
    );

    let mut rng = fastrand::Rng::with_seed(3);
    let changed = attack::random::<DIGITS>(&x, 0.03, &mut rng);
    assert!(
        changed
            .zip_map(&x, |a, b| (a - b).abs() <= 0.03 + 1e-15)
            .as_slice()
            .iter()
            .all(|near| *near)
    );
    assert_eq!(outside(&of(changed.clone()), 0.03), 0);
    assert!(outside(&of(changed), 0.001) > 100);

    // The gradient finds what random changes do not: it is an attack.
    let attacked = of(attack::by_gradient::<DIGITS>(&x, &points, &labels, 0.1));
    assert_eq!(outside(&attacked, 0.1), 0);
    let count = |scores| {
        right::<f64, DIGITS>(scores, &labels)
            .iter()
            .filter(|right| **right)
            .count()
    };
    let by_chance = of(attack::random::<DIGITS>(&x, 0.1, &mut rng));
    assert!(count(&attacked) < count(&by_chance));
    Ok(())
}

#[test]
fn what_a_pixel_can_be() {
    let bounds = |pixel, radius| (perturbed(pixel, radius).lo(), perturbed(pixel, radius).hi());
    assert_eq!(bounds(0.5, 0.25), (0.25, 0.75));
    assert_eq!(bounds(0.0, 0.25), (0.0, 0.25));
    assert_eq!(bounds(1.0, 0.25), (0.75, 1.0));
    assert_eq!(bounds(0.0625, 0.0), (0.0625, 0.0625));
}

/// The margins are the differences of the scores, with integers exactly.
#[test]
fn the_margins() {
    let x = Tensor::<f64, shape![1, 64]>::from_fn(|[_, pixel]| (pixel % 3) as f64);
    let weight = |[i, j]: [usize; 2]| ((i * 7 + j * 5) % 11) as f64 - 5.0;
    let bias = Tensor::from_fn(|[class]: [usize; 1]| class as f64);
    let parameters: ParametersOver<f64> = Network {
        hidden: Linear::of(Tensor::from_fn(weight), Tensor::ones()),
        output: Linear::of(Tensor::from_fn(weight), bias),
    };
    let scores = scores::<f64, 1>(x.clone(), &parameters);
    for label in 0..10 {
        let inputs = tlist![x.clone(), parameters.clone()];
        let env = tlist![certify::differences(label)];
        let margins = certify::margins::<f64, N<1>>().value(&inputs, &env);
        for class in 0..10 {
            assert_eq!(margins[[0, class]], scores[[0, label]] - scores[[0, class]]);
        }
    }
}
