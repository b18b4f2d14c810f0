//! Logs as lines of JSON.

use super::Record;
use serde_json::{Map, Number, Value};

/// The names of a line that are no values.
const STEP: &str = "step";
const EPOCH: &str = "epoch";
const SECONDS: &str = "seconds";

/// A record as a line of JSON. JSON has no NaN and no infinity: these are texts.
pub(super) fn line(record: &Record) -> String {
    let mut map = Map::new();
    map.insert(STEP.into(), record.step.into());
    map.insert(EPOCH.into(), record.epoch.into());
    map.insert(SECONDS.into(), number(record.seconds));
    for (name, value) in &record.values {
        map.insert(name.clone(), number(*value));
    }
    Value::Object(map).to_string()
}

fn number(x: f64) -> Value {
    match Number::from_f64(x) {
        Some(x) => Value::Number(x),
        None => Value::String(x.to_string()),
    }
}

/// The record of a line, if it is one: a line that was cut when a process was killed is not.
pub(super) fn parse(line: &str) -> Option<Record> {
    let Value::Object(mut map) = serde_json::from_str(line).ok()? else {
        return None;
    };
    let mut count = |name| map.shift_remove(name)?.as_u64()?.try_into().ok();
    let (step, epoch) = (count(STEP)?, count(EPOCH)?);
    let seconds = value(&map.shift_remove(SECONDS)?)?;
    let values = map.iter().map(|(name, x)| Some((name.clone(), value(x)?)));
    Some(Record {
        step,
        epoch,
        seconds,
        values: values.collect::<Option<_>>()?,
    })
}

fn value(x: &Value) -> Option<f64> {
    match x {
        Value::Number(x) => x.as_f64(),
        Value::String(x) => x.parse().ok(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_read_back() {
        let record = Record {
            step: 30,
            epoch: 2,
            seconds: 0.125,
            values: vec![
                ("train/loss".into(), 0.1),
                ("a \"name\"".into(), f64::INFINITY),
                ("valid/loss".into(), -1e300),
            ],
        };
        let text = line(&record);
        assert_eq!(
            text,
            r#"{"step":30,"epoch":2,"seconds":0.125,"train/loss":0.1,"a \"name\"":"inf","valid/loss":-1e+300}"#
        );
        assert_eq!(parse(&text), Some(record));
        assert_eq!(parse(&text[..text.len() - 1]), None);
        assert_eq!(parse("{}"), None);
    }
}
