//! The table of all rows, `rows.csv`, which programs in other languages read too.
//!
//! A line is `row,role,name,dims,scale`. Its number, the first after the header being 1, is the seed of its tensor. The role
//! `as` is for the parameters of another row, which is above.

use super::{Row, RowError};
use crate::data::{self, Fill, Floats};
use std::str::FromStr;

const TABLE: &str = include_str!("../../rows.csv");

/// Every row, in the order of the table.
///
/// # Errors
/// A line that is wrong.
pub fn all() -> Result<Vec<Row>, RowError> {
    read(TABLE)
}

fn read(table: &str) -> Result<Vec<Row>, RowError> {
    let mut rows: Vec<Row> = Vec::new();
    for (text, line) in table.lines().skip(1).zip(1..) {
        add(&mut rows, text, line).ok_or_else(|| RowError::Line {
            line: line as usize + 1,
            text: text.into(),
        })?;
    }
    Ok(rows)
}

/// Nothing where a line is wrong.
fn add(rows: &mut Vec<Row>, text: &str, seed: u32) -> Option<()> {
    let cells: Vec<&str> = text.split(',').collect();
    let [row, role, name, dims, scale] = cells[..] else {
        return None;
    };
    if rows.last().is_none_or(|last| last.name != row) {
        rows.push(Row {
            name: row.into(),
            ..Row::default()
        });
    }
    let floats = |fill| Some(Floats::new(numbers(dims)?, fill));
    let made = || {
        floats(Fill::Hash {
            seed,
            scale: number(scale)?,
        })
    };
    let shared = (role == "as").then(|| rows.iter().find(|other| other.name == name).cloned());
    let last = rows.last_mut()?;
    match role {
        "rate" => last.rate = number(scale)?,
        "parameter" => drop(last.parameters.insert(name.into(), made()?)),
        "one" => drop(
            last.parameters
                .insert(name.into(), floats(Fill::Constant(1.0))?),
        ),
        "zero" => drop(
            last.parameters
                .insert(name.into(), floats(Fill::Constant(0.0))?),
        ),
        "data" => drop(last.data.insert(name.into(), made()?)),
        "label" => last.labels = Some(data::labels(number(dims)?, number(scale)?, seed)),
        "as" => last.parameters = shared??.parameters,
        _ => return None,
    }
    Some(())
}

fn number<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn numbers(dims: &str) -> Option<Vec<usize>> {
    dims.split('x').map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read() -> Result<(), RowError> {
        let rows = all()?;
        let w2 = &rows[1];
        assert_eq!((&*w2.name, w2.rate), ("W2", 0.1));
        assert_eq!(w2.parameter("w1")?.dims, [784, 128]);
        assert_eq!(w2.labels()?.len(), 32);
        let (w6, served) = (&rows[5], &rows[8]);
        assert_eq!(served.name, "W9-block-1");
        assert_eq!(served.parameter("up")?.values, w6.parameter("up")?.values);
        assert_eq!(w6.parameter("gain1")?.values, [1.0; 256]);
        Ok(())
    }

    #[test]
    fn a_wrong_line_is_named() {
        let error = read("row,role,name,dims,scale\nW1,parameter,w,4y4,1\n").unwrap_err();
        assert_eq!(
            error.to_string(),
            "line 2 of the table is wrong: W1,parameter,w,4y4,1"
        );
    }
}
