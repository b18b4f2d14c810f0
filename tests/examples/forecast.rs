//! The forecast: its windows are the days of the file, and the models beat a forecast without one.
#![cfg(all(feature = "gzip", feature = "train"))]

#[path = "../../examples/forecast/model.rs"]
mod model;
#[path = "../../examples/forecast/train.rs"]
mod train;

use cotangent::data::csv::Table;
use cotangent::prelude::*;
use model::{LastDay, Recurrent, last_day, recurrent};
use std::error::Error;
use train::{TEST, optimiser};

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/examples/forecast/seattle-weather.csv.gz"
);

type Outcome = Result<(), Box<dyn Error>>;

/// The largest temperature of each day, as the file has it.
fn temperatures() -> Result<Vec<f64>, Box<dyn Error>> {
    let table = Table::read(FILE)?;
    let texts = table.texts("temp_max")?.into_iter();
    Ok(texts.map(str::parse).collect::<Result<_, _>>()?)
}

/// Every day is there once: four years, one of them a leap year, of dates that grow.
#[test]
fn the_days() -> Outcome {
    let table = Table::read(FILE)?;
    let dates = table.texts("date")?;
    assert_eq!(dates.len(), 4 * 365 + 1);
    assert!(dates.is_sorted_by(|a, b| a < b));
    assert_eq!((dates[0], dates[1460]), ("2012/01/01", "2015/12/31"));
    Ok(())
}

#[test]
fn the_windows() -> Outcome {
    let (train, test) = train::read(FILE.as_ref())?;
    assert_eq!((train.len(), test.len()), (3 * 365 + 1 - 14, TEST));
    let temperatures = temperatures()?;
    for (i, tlist![numbers, season, weather]) in train.examples().chain(test.examples()).enumerate()
    {
        for day in [0, 13, 14] {
            let degrees = 16.0 + 7.5 * f64::from(numbers[[day, 0]]);
            approx::assert_abs_diff_eq!(degrees, temperatures[i + day], epsilon = 1e-5);
        }
        let [cosine, sine] = [season[[0, 0]], season[[0, 1]]];
        approx::assert_abs_diff_eq!(cosine * cosine + sine * sine, 1.0, epsilon = 1e-6);
        if i == 0 {
            assert_eq!(weather.as_slice()[..3], [0, 2, 2]); // drizzle, rain, rain
            assert_eq!([cosine, sine], [1.0, 0.0]);
        }
    }
    Ok(())
}

/// The numbers of the table in the README, from the file itself.
#[test]
fn tomorrow_is_as_today() -> Outcome {
    let temperatures = temperatures()?;
    let errors = (1461 - TEST..1461).map(|day| temperatures[day] - temperatures[day - 1]);
    let errors: Vec<f64> = errors.collect();
    let mean = |f: fn(&f64) -> f64| errors.iter().map(f).sum::<f64>() / TEST as f64;
    let expected = [mean(|x| x * x).sqrt(), mean(|x| x.abs())];
    let (_, test) = train::read(FILE.as_ref())?;
    let got = train::as_today(&test)?;
    for (got, expected) in got.into_iter().zip(expected) {
        approx::assert_abs_diff_eq!(f64::from(got), expected, epsilon = 1e-5);
    }
    approx::assert_abs_diff_eq!(expected[0], 2.907, epsilon = 5e-4);
    approx::assert_abs_diff_eq!(expected[1], 2.240, epsilon = 5e-4);
    Ok(())
}

/// As the example does it.
#[test]
fn both_beat_it() -> Outcome {
    let (train, test) = train::read(FILE.as_ref())?;
    let [of_today, _] = train::as_today(&test)?;
    let (epochs, key) = (10, Key::new(0));
    let updates = epochs * (train.len() / 32);
    let judge = recurrent();
    let trainer = recurrent().trainer(&optimiser(3e-3, 0.5, updates), &Recurrent::init(key));
    let says = |p: &_, test: &_| judge.value(p, test);
    let lstm = train::train(trainer, says, (&train, &test), epochs, key)?;
    let judge = last_day();
    let trainer = last_day().trainer(&optimiser(3e-2, 0.01, updates), &LastDay::init(key));
    let says = |p: &_, test: &_| judge.value(p, test);
    let linear = train::train(trainer, says, (&train, &test), epochs, key)?;

    // The mean square of what is forecast of the training days without a model, in units of 7.5 °C.
    let temperatures = temperatures()?;
    let days = 14..1461 - TEST;
    let squares = days
        .clone()
        .map(|day| (temperatures[day] - temperatures[day - 1]).powi(2));
    let of_training = squares.sum::<f64>() / days.len() as f64 / (7.5 * 7.5);
    for records in [lstm.records, linear.records] {
        let loss = records[epochs - 1].value("train/loss").unwrap_or(f64::NAN);
        let rmse = records[epochs - 1].value("valid/rmse").unwrap_or(f64::NAN);
        assert!(loss < 0.9 * of_training, "{loss} of {of_training}");
        assert!(rmse < 0.93 * f64::from(of_today), "{rmse} of {of_today}");
    }
    Ok(())
}

#[test]
fn a_file_that_is_none() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("weather.csv");
    let error = |text: &str| -> Result<String, Box<dyn Error>> {
        std::fs::write(&path, text)?;
        let error = train::read(&path).err().ok_or("it was read")?.to_string();
        Ok(error.replace(&format!("{}/", folder.path().display()), ""))
    };
    let head = "date,precipitation,temp_max,temp_min,wind,weather\n";
    let day = "2012/01/01,0.0,12.8,5.0,4.7,drizzle\n";
    assert_eq!(
        error(&format!("{head}{day}{}", day.replace("drizzle", "hail")))?,
        r#"weather.csv, line 3, column "weather": expected one of "drizzle", "fog", "rain", "snow", "sun", got "hail""#
    );
    assert_eq!(
        error(&format!("{head}{}", day.replace("12.8", "")))?,
        r#"weather.csv, line 2, column "temp_max": the value is missing"#
    );
    assert_eq!(
        error(&format!("{head}{}", day.repeat(14)))?,
        "a window has 15 examples, and the set has 14"
    );
    assert_eq!(
        error(&format!("{head}{}", day.repeat(15 + TEST - 1)))?,
        "a split at 0 of 365 examples leaves none on one side"
    );
    Ok(())
}
