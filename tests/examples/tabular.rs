//! Late flights: the table is the file, the test has days of its own, and both models learn.
#![cfg(all(feature = "gzip", feature = "train"))]

#[path = "../../examples/tabular/data.rs"]
mod data;
#[path = "../../examples/tabular/model.rs"]
mod model;
#[path = "../../examples/tabular/train.rs"]
mod train;

use cotangent::data::csv::Table;
use cotangent::prelude::*;
use model::{Flights, Network, Regression, network, regression};
use std::collections::HashSet;
use std::error::Error;
use train::optimiser;

const FILE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/examples/tabular/flights.csv.gz"
);

type Outcome = Result<(), Box<dyn Error>>;

/// What was counted in the file by another program: flights that arrived, late ones among them, and those without a year of
/// construction, a temperature and a pressure.
#[test]
fn the_table() -> Outcome {
    let (train, test) = data::read(FILE.as_ref(), Key::new(0))?;
    assert_eq!(train.len() + test.len(), 20_449);
    let (mut late, mut known) = (0.0, [0.0; 3]);
    for tlist![x, is_known, _, _, _, _, _, _, is_late] in train.examples().chain(test.examples()) {
        assert!(x.iter().all(|x| x.is_finite()));
        late += is_late.item();
        for (sum, is_known) in known.iter_mut().zip(is_known.as_slice()) {
            *sum += is_known;
        }
    }
    assert_eq!(late, 4_859.0);
    assert_eq!(
        known,
        [3_374.0, 90.0, 2_254.0].map(|missing| 20_449.0 - missing)
    );
    Ok(())
}

/// The file has no two days with the same weather at an hour of an airport, so what tells a day tells whether it is on both sides.
#[test]
fn no_day_is_on_both_sides() -> Outcome {
    let days = |flights: &Flights| -> HashSet<String> {
        let flights = flights
            .examples()
            .filter(|tlist![_, known, _, _, _, _, _, _, _]| known[[1]] == 1.0);
        flights
            .map(|tlist![x, _, month, weekday, hour, _, origin, _, _]| {
                let weather = &x.as_slice()[2..];
                format!("{weather:?} {month:?} {weekday:?} {hour:?} {origin:?}")
            })
            .collect()
    };
    let (train, test) = data::read(FILE.as_ref(), Key::new(0))?;
    assert!(days(&train).is_disjoint(&days(&test)));
    assert_ne!(
        days(&data::read(FILE.as_ref(), Key::new(1))?.1),
        days(&test)
    );
    assert_eq!(Table::read(FILE)?.classes("date")?.len(), 365);
    Ok(())
}

/// Two epochs of each.
#[test]
fn both_learn() -> Outcome {
    let (train, test) = data::read(FILE.as_ref(), Key::new(0))?;
    let (epochs, key) = (2, Key::new(0));
    let updates = epochs * (train.len() / 64);
    let mut judge = regression().plan();
    let trainer = regression().trainer(&optimiser(1e-2, 0.1, updates), &Regression::init(key));
    let says = |p: &_, flight: &_| judge.value(p, flight);
    let of_regression = train::train(trainer, says, (&train, &test), epochs, key)?;
    let mut judge = network().plan();
    let trainer = network().trainer(&optimiser(2e-3, 0.5, updates), &Network::init(key));
    let says = |p: &_, flight: &_| judge.value(p, flight);
    let of_network = train::train(trainer, says, (&train, &test), epochs, key)?;

    // Of what knows only how many flights are late: the entropy of that.
    let late = test.examples().map(|flight| flight.get::<8>().item());
    let share = f64::from(late.sum::<f32>()) / test.len() as f64;
    let entropy = -share * share.ln() - (1.0 - share) * (1.0 - share).ln();
    for records in [of_regression.records, of_network.records] {
        let value = |name| records[epochs - 1].value(name).unwrap_or(f64::NAN);
        assert!(value("valid/loss") < entropy, "{records:?}");
        assert!(value("valid/auc") > 0.65, "{records:?}");
        assert!(records[1].value("train/loss") < records[0].value("train/loss"));
    }
    Ok(())
}

#[test]
fn a_file_that_is_none() -> Outcome {
    let folder = tempfile::tempdir()?;
    let path = folder.path().join("flights.csv");
    let error = |text: &str| -> Result<String, Box<dyn Error>> {
        std::fs::write(&path, text)?;
        let error = data::read(&path, Key::new(0)).err().ok_or("it was read")?;
        Ok(error
            .to_string()
            .replace(&format!("{}/", folder.path().display()), ""))
    };
    let head = "date,month,weekday,hour,carrier,origin,dest,distance,built,temp,humid,wind,precip,visib,pressure,arr_delay\n";
    let flight = "01-01,Jan,Tue,5,UA,EWR,IAH,1400,NA,39,64,13,0,10,1012,";
    assert_eq!(
        error(&format!("{head}{flight}NA\n"))?,
        "flights.csv: expected at least one row, got none"
    );
    assert_eq!(
        error(&format!("{head}{flight}7\n"))?,
        r#"flights.csv, column "month": expected 12 classes, got 1: "Jan""#
    );
    assert_eq!(
        error(&format!("{head}{}7\n", flight.replace("39", "warm")))?,
        r#"flights.csv, line 2, column "temp": expected a finite number, got "warm""#
    );
    Ok(())
}
