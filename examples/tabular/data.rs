//! The flights of a file.

use super::model::Flights;
use cotangent::data::csv::Csv;
use cotangent::data::{DataError, Dataset};
use cotangent::prelude::*;
use std::path::Path;

/// The numbers of a flight: the name of each, its median, which stands where it is missing, its mean and its deviation, about.
const NUMBERS: [(&str, &str, f32, f32); 8] = [
    ("distance", "872", 1040.0, 730.0),
    ("built", "2002", 2001.0, 6.5),
    ("temp", "57", 57.0, 18.0),
    ("humid", "58", 60.0, 20.0),
    ("wind", "10", 11.0, 5.5),
    ("precip", "0", 0.005, 0.03),
    ("visib", "10", 9.2, 2.0),
    ("pressure", "1018", 1018.0, 7.5),
];

/// The flights that arrived, on the days that are trained on and on others. The weather of all flights of a day is the same: with some
/// of them in the training, the others would be no test.
pub fn read(path: &Path, key: Key) -> Result<(Flights, Flights), DataError> {
    let table = Csv::new().missing(["NA"]).read(path)?;
    let table = table.without_missing(["arr_delay"])?;
    let known = table.known(["built", "temp", "pressure"])?;
    let filled = NUMBERS
        .iter()
        .try_fold(table.clone(), |table, (name, median, ..)| {
            table.filled(*name, median)
        })?;
    let flights: Flights = Dataset::new((
        filled.numbers(NUMBERS.map(|(name, ..)| name))?,
        known,
        table.found_labels("month")?.0,
        table.found_labels("weekday")?.0,
        table.numbered_labels("hour")?,
        table.found_labels("carrier")?.0,
        table.found_labels("origin")?.0,
        table.found_labels("dest")?.0,
        table.number("arr_delay")?,
    ))?;
    let mean = Tensor::from(NUMBERS.map(|(_, _, mean, _)| mean));
    let deviation = Tensor::from(NUMBERS.map(|(.., deviation)| deviation));
    let flights: Flights = flights.map(
        |tlist![x, known, month, weekday, hour, carrier, origin, dest, delay]| {
            let late = delay.map(|&minutes| f32::from(minutes > 15.0));
            tlist![
                (x - &mean) / &deviation,
                known,
                month,
                weekday,
                hour,
                carrier,
                origin,
                dest,
                late
            ]
        },
    );
    flights.split_groups(&table.texts("date")?, 0.8, key)
}
